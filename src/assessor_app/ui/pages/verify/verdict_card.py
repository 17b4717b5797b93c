"""What the verifier found, in big words: sign, standing, reasons, and whose signature."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, assert_never

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QFormLayout, QHBoxLayout, QLabel, QWidget

from assessor_app.services.report.words import NONE
from assessor_app.ui.desk import Desk
from assessor_app.ui.pages.verify.signer_rows import signer_rows
from assessor_app.ui.theme import Hue, dress, icon
from assessor_app.ui.widgets.card import Card
from assessor_app.ui.widgets.labels import body, quiet, title

if TYPE_CHECKING:  # values that are only read here
    from assessor_app.services.verifying import Standing, Verdict

_SIGN = 56
_DOT = 20
# What the rows of signers say already, with the same places.
_TOLD_BY_ROWS = frozenset({"signed_by", "signed_by_employee"})


@dataclass(frozen=True, slots=True)
class Files:
    """The names of the file that was judged, and of the earlier one that it was compared with."""

    judged: str
    earlier: str = ""


def verdict_card(desk: Desk, verdict: "Verdict", sentences: Sequence[str], *, files: Files) -> Card:
    """A card on one file. `sentences` are the standing and its reasons (verifying.explain)."""
    sign, hue = _look(desk, verdict.standing)
    card = Card()
    card.setObjectName("verify.verdict")
    head = QHBoxLayout()
    head.setSpacing(16)
    head.addWidget(_sign(sign, hue, size=_SIGN), 0, Qt.AlignmentFlag.AlignTop)
    standing = title(desk.say(f"verify.{verdict.standing.value}"))
    standing.setObjectName("verify.standing")
    standing.setAccessibleName(sentences[0])
    head.addWidget(standing, 1)
    card.body.addLayout(head)
    decisive, *others = sentences[1:]
    first = body(decisive)
    first.setObjectName("verify.reason")
    dress(first, "strong")
    card.body.addWidget(first)
    for why, sentence in zip(verdict.reasons[1:], others, strict=True):
        if why.code not in _TOLD_BY_ROWS:
            card.body.addLayout(_reason(desk, sentence))
    card.body.addWidget(_rule())
    card.body.addWidget(signer_rows(desk, verdict))
    card.body.addWidget(_rule())
    card.body.addLayout(_facts(desk, verdict, files))
    return card


def _reason(desk: Desk, sentence: str) -> QHBoxLayout:
    row = QHBoxLayout()
    row.setSpacing(12)
    dot = _sign("dash", desk.tokens.grey, size=_DOT)
    row.addWidget(dot, 0, Qt.AlignmentFlag.AlignTop)
    row.addWidget(body(sentence), 1)
    return row


def _facts(desk: Desk, verdict: "Verdict", files: Files) -> QFormLayout:
    form = QFormLayout()
    form.setHorizontalSpacing(24)
    form.setVerticalSpacing(8)
    form.setRowWrapPolicy(QFormLayout.RowWrapPolicy.DontWrapRows)
    earlier = [("earlier", files.earlier, "body")] if files.earlier else []
    for name, text, role in (
        ("file", files.judged, "body"),
        *earlier,
        ("number", verdict.number or NONE, "body"),
        ("hash", _in_groups(verdict.record_hash) if verdict.record_hash else NONE, "mono"),
    ):
        fact = body(text)
        fact.setObjectName(f"verify.fact.{name}")
        dress(fact, role)
        form.addRow(quiet(desk.say(f"verify.{name}")), fact)
    return form


def _in_groups(digest: str) -> str:
    """Eight figures at a time: it can be compared with the paper, and breaks at the gaps."""
    return " ".join(digest[start : start + 8] for start in range(0, len(digest), 8))


def _look(desk: Desk, standing: "Standing") -> tuple[str, Hue]:
    from assessor_app.services.verifying import Standing

    match standing:
        case Standing.VALID:
            return "ok", desk.tokens.green
        case Standing.REFUSED:
            return "octagon", desk.tokens.red
        case Standing.UNDETERMINED:
            return "warning", desk.tokens.yellow
        case _:
            assert_never(standing)


def _sign(name: str, hue: Hue, *, size: int) -> QLabel:
    label = QLabel()
    label.setPixmap(icon(name, hue.ink, size=size).pixmap(QSize(size, size)))
    return label


def _rule() -> QWidget:
    rule = QLabel()
    rule.setFixedHeight(1)
    dress(rule, "rule")
    return rule
