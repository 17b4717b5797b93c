"""What the two sides of an indicator say together: they agree, or what is still to be proven."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QBoxLayout, QFrame, QHBoxLayout, QLabel

from assessor_app.domain.fulfilment import Applies, Compared
from assessor_app.domain.gap import GapKind
from assessor_app.ui.desk import Desk
from assessor_app.ui.theme import dress, icon, set_look
from assessor_app.ui.widgets.fields import RestingLine
from assessor_app.ui.widgets.labels import body

_SIGN_PX = 22
_LOOKS = {
    GapKind.CONSISTENT: ("check", "green"),
    GapKind.PAPER_ONLY: ("gap", "red"),
    GapKind.PAPER_AHEAD: ("gap", "red"),
    GapKind.PRACTICE_AHEAD: ("gap", "teal"),
    GapKind.PRACTICE_ONLY: ("gap", "teal"),
    GapKind.NEITHER: ("warning", "grey"),
}


class GapBar(QFrame):
    """One sentence with its sign; where proof is missing, a line for the reason why.

    Hidden at what can never have a gap: a question that is not scored, or has one side only.
    """

    reason_settled = Signal(str)  # why there is no evidence, as attested by the assessor

    def __init__(self, desk: Desk, code: str) -> None:
        super().__init__()
        self.setObjectName(f"indicator.{code}.gap")
        self._desk = desk
        self._sign = QLabel()
        self._text = body("")
        name = f"indicator.{code}.no_evidence_reason"
        self.reason = RestingLine(name, placeholder=desk.say("gap.reason_place"))
        self.reason.setAccessibleName(desk.say("gap.reason"))
        self.reason.settled.connect(self.reason_settled)
        line = QHBoxLayout()
        line.setSpacing(10)
        line.addWidget(self._sign)
        line.addWidget(self._text, stretch=1)
        # As high without the reason as with it: a gap that is recorded moves nothing above it.
        self.reason.ensurePolished()
        line.addStrut(self.reason.sizeHint().height())
        self._parts = QBoxLayout(QBoxLayout.Direction.LeftToRight, self)
        self._parts.setContentsMargins(14, 6, 8, 6)
        self._parts.setSpacing(10)
        self._parts.addLayout(line, stretch=5)  # the longest sentence has two lines beside it
        self._parts.addWidget(self.reason, stretch=3)
        dress(self, "gap")

    def set_stacked(self, *, stacked: bool) -> None:
        """Put the line for the reason below the sentence, where it has no room beside it."""
        ways = QBoxLayout.Direction
        self._parts.setDirection(ways.TopToBottom if stacked else ways.LeftToRight)

    def show_gap(
        self,
        one: Compared | None,
        *,
        lacks_evidence: bool,
        reason: str,
        why_not: str,
        editable: bool,
    ) -> None:
        """Show how the sides compare; it keeps its place, so that nothing jumps at an answer.

        `why_not` is the recorded reason why the indicator does not apply.
        """
        gap = one.gap if one is not None else None
        sign, hue = _LOOKS[gap.kind] if gap is not None else ("info", "grey")
        ink = getattr(self._desk.tokens, hue).ink
        self._sign.setPixmap(icon(sign, ink, size=_SIGN_PX).pixmap(_SIGN_PX, _SIGN_PX))
        set_look(self, "hue", hue if gap is not None else "none")
        needs = gap is not None and gap.needs_evidence
        kind = self._desk.words(f"gap.{gap.kind.value}" if gap is not None else "gap.unknown")
        name = "gap.lacks" if lacks_evidence else "gap.stands"
        told = self._desk.say(name, kind=kind) if needs else kind
        unasked = _unasked(one, self._desk, why_not=why_not)
        self._text.setText(unasked or told)
        self.reason.typed.show_text(reason)
        asked = self.reason.hasFocus() or self.reason.typed.pending
        wanted = needs and (lacks_evidence or bool(reason))
        self.reason.setVisible(wanted or asked)  # what is being typed is not hidden
        self.reason.setEnabled(editable)
        indicator = one.indicator if one is not None else None
        comparable = indicator is None or (indicator.scored and len(indicator.sides) > 1)
        self.setVisible(comparable or bool(unasked) or wanted or asked)


def _unasked(one: Compared | None, desk: Desk, *, why_not: str) -> str:
    """Why an indicator does not count here; empty where it does."""
    match one.applies if one is not None else Applies.ASKED:
        case Applies.NOT_APPLICABLE:
            return desk.say("gap.not_applicable", reason=why_not)
        case Applies.NOT_RELEVANT:
            condition = one.indicator.relevant if one is not None else None
            codes = ", ".join(sorted(condition.names)) if condition is not None else ""
            return desk.say("gap.not_relevant", indicators=codes)
        case _:
            return ""
