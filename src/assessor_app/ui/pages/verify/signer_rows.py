"""Who signed: as what, when, and who vouches for the certificate; one row each."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QHBoxLayout, QLabel, QVBoxLayout, QWidget

from assessor_app.texts import say
from assessor_app.ui.desk import Desk
from assessor_app.ui.theme import Hue, icon
from assessor_app.ui.widgets.labels import body, heading, quiet, strong

if TYPE_CHECKING:  # values that are only read here
    from assessor_app.services.verifying import Part, SignatureFacts, Verdict

_SIGN = 24


def signer_rows(desk: Desk, verdict: "Verdict") -> QWidget:
    """All signatures, oldest first; that there are none is said in words.

    Of a document that is refused they are what was found, and vouch for nothing.
    """
    rows = QWidget()
    rows.setObjectName("verify.signers")
    column = QVBoxLayout(rows)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(12)
    is_refused = verdict.standing.value == "refused"
    column.addWidget(heading(desk.say("verify.signers_found" if is_refused else "verify.signers")))
    for made, part in zip(verdict.signers, verdict.parts, strict=True):
        look = ("person", desk.tokens.grey) if is_refused else _look(desk, made.trust.value)
        column.addLayout(_row(desk, made, part, look=look))
    if not verdict.signers:
        nobody = body(desk.say("verify.unsigned"))
        nobody.setObjectName("verify.signer.none")
        column.addWidget(nobody)
    return rows


def _row(desk: Desk, made: "SignatureFacts", part: "Part", *, look: tuple[str, Hue]) -> QHBoxLayout:
    row = QHBoxLayout()
    row.setSpacing(12)
    row.addWidget(_sign(*look), 0, Qt.AlignmentFlag.AlignTop)
    told = QVBoxLayout()
    told.setSpacing(2)
    name = strong(_name(desk, made, part))
    name.setObjectName(f"verify.signer.{made.field}")
    told.addWidget(name)
    for line in _lines(desk, made):
        told.addWidget(quiet(line))
    row.addLayout(told, 1)
    return row


def _name(desk: Desk, made: "SignatureFacts", part: "Part") -> str:
    from assessor_app.services.verifying import harmless

    name = harmless(made.name).strip() or desk.say("verify.nameless")
    return desk.say("verify.signer", name=name, part=say(desk.language, f"verify.part.{part}"))


def _lines(desk: Desk, made: "SignatureFacts") -> list[str]:
    from assessor_app.services.verifying import harmless

    signer, lines = made.signer, []
    if signer is None:
        return [desk.say("verify.certificate_unreadable")]
    if signer.employee_id or signer.organization:
        who = desk.say(
            "verify.employed" if signer.employee_id else "verify.organized",
            employee_id=harmless(signer.employee_id),
            organization=harmless(signer.organization),
        )
        lines.append(who)
    if made.claimed_at is not None:
        name = "verify.stamped_at" if made.is_timestamp else "verify.signed_at"
        lines.append(desk.say(name, at=desk.words.moment(made.claimed_at)))
    lines.append(desk.say(f"verify.signer_{made.trust}", issuer=harmless(signer.issuer)))
    return lines


def _look(desk: Desk, trust: str) -> tuple[str, Hue]:
    """Never by colour alone: the sign differs, and the words beside it say the same."""
    if trust == "trusted":
        return "shield-check", desk.tokens.green
    return ("warning" if trust == "trial" else "person"), desk.tokens.yellow


def _sign(name: str, hue: Hue) -> QLabel:
    label = QLabel()
    label.setPixmap(icon(name, hue.ink, size=_SIGN).pixmap(QSize(_SIGN, _SIGN)))
    return label
