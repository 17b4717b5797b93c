"""How the receiver signs, or the reason why not: what follows from what was declared."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from assessor_app.domain.handwriting import Handwriting
from assessor_app.domain.problem import Problem
from assessor_app.domain.visit import Declaration, ReceiverSigns
from assessor_app.services.receiving import handwriting_of
from assessor_app.services.session import Session
from assessor_app.ui.desk import Desk
from assessor_app.ui.pages.review.receiver_form import clean
from assessor_app.ui.pages.review.signing_dialog import SigningDialog
from assessor_app.ui.theme import icon
from assessor_app.ui.widgets.buttons import button
from assessor_app.ui.widgets.choices import Choices, Mark, Option
from assessor_app.ui.widgets.fields import Field, NoteEdit
from assessor_app.ui.widgets.labels import quiet
from assessor_app.ui.widgets.signing_pad import SigningPad

_SHEET_PX = 96  # high, of what was signed


class ReceiverWays(QWidget):
    """Strokes that were drawn and not recorded are kept here alone, in no draft.

    Strokes are of whom the pad named: under another name they do not stand.
    """

    changed = Signal()
    name_wanted = Signal()  # nobody signs before it is said who
    spoke = Signal(object)  # the QWidget that is to be in sight now

    def __init__(self, desk: Desk, session: Session) -> None:
        super().__init__()
        self._desk = desk
        self._session = session
        self._signs: ReceiverSigns | None = None
        self._declared: Declaration | None = None
        self._known = ""
        self._name = ""
        self._drawn: Handwriting | None = None
        self._drawn_for = ""
        self._reason = NoteEdit("review.receiver.reason")
        self._reason.textChanged.connect(self.changed)
        self._reason_field = Field(desk.say("receiving.reason"), self._reason)
        self._ways = self._choices()
        self._told = quiet("")
        self._told.setObjectName("review.receiver.signs.told")
        self._sheet = SigningPad("review.receiver.sheet", tokens=desk.tokens, still=True)
        self._sheet.setAccessibleName(desk.say("receiving.signed"))
        self._sheet.setMaximumHeight(_SHEET_PX)
        self._draw = button(
            desk.say("receiving.draw"),
            "review.receiver.draw",
            icon=icon("signature", desk.tokens.ink),
        )
        self._draw.clicked.connect(self._on_draw)
        self._furnish()
        self._show_state()

    @property
    def signs(self) -> ReceiverSigns | None:
        return self._signs if self._declared is Declaration.RECEIVED else None

    @property
    def drawn(self) -> Handwriting | None:
        """What was drawn for the name that stands, and is not recorded."""
        return self._drawn if self._stands else None

    @property
    def handwriting(self) -> str:
        """The id of the strokes that are recorded, empty where they do not stand."""
        by_hand = self.signs is ReceiverSigns.HANDWRITING
        return self._known if by_hand and self._stands else ""

    @property
    def reason(self) -> str:
        return "" if self._declared is Declaration.RECEIVED else clean(self._reason.toPlainText())

    @property
    def is_unsigned(self) -> bool:
        """Whether the receiver is to sign on the screen, and has not."""
        return self.signs is ReceiverSigns.HANDWRITING and not self._is_signed

    def show_known(self, *, signs: str, handwriting: str, reason: str) -> None:
        """What is recorded, or was kept of what was typed."""
        self._signs = ReceiverSigns(signs) if signs else None
        known = self._session.snapshot.receiver
        is_recorded = known is not None and known.handwriting == handwriting
        self._known = handwriting if is_recorded else ""
        self._drawn_for = clean(known.name or "") if known else ""
        self._ways.show_value(signs or None)
        self._reason.show_text(reason)
        self._sheet.show_handwriting(self._recorded())
        self._show_state()

    def follow(self, declared: Declaration | None) -> None:
        """Ask what goes with what was declared."""
        self._declared = declared
        self._reason_field.clear_fault()
        self._show_state()

    def propose(self) -> None:
        """Who receives signs on the print, unless something else was chosen."""
        if self._declared is Declaration.RECEIVED and self._signs is None:
            self._signs = ReceiverSigns.ON_PAPER
            self._ways.show_value(self._signs.value)
            self._show_state()

    def call(self, name: str) -> None:
        """Who signs, as the pad says it."""
        self._name = clean(name)
        self._show_state()

    def allow(self, *, writable: bool) -> None:
        """Whether anything can be changed now."""
        self._reason.setReadOnly(not writable)
        self._ways.setEnabled(writable)
        self._draw.setEnabled(writable)

    def ask_for_reason(self) -> None:
        """Say at its field that a refusal needs its reason."""
        self._reason_field.show_fault(self._desk.say("receiving.reasonless"))
        self._reason.setFocus()
        self.spoke.emit(self._reason_field)

    def ask_for_signature(self) -> None:
        self._draw.setFocus()
        self.spoke.emit(self._told)

    def settled(self) -> None:
        """What was drawn is recorded now."""
        self._drawn = None
        known = self._session.snapshot.receiver
        self._known = (known.handwriting or "") if known else ""

    def _choices(self) -> Choices:
        options = [
            Option(one.value, self._desk.say(f"receiving.signs.{one.value}"), "", Mark.CHOSEN)
            for one in ReceiverSigns
        ]
        choices = Choices("review.receiver.signs", options, self._desk.tokens, columns=3)
        choices.setAccessibleName(self._desk.say("receiving.how"))
        choices.chosen.connect(self._on_signs)
        return choices

    def _furnish(self) -> None:
        self._how = Field(self._desk.say("receiving.how"), self._ways)
        signing = QHBoxLayout()
        signing.setSpacing(12)
        signing.addWidget(self._draw)
        signing.addWidget(self._sheet, stretch=1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(10)
        column.addWidget(self._how)
        column.addLayout(signing)
        column.addWidget(self._told)
        column.addWidget(self._reason_field)

    def _show_state(self) -> None:
        takes = self._declared is Declaration.RECEIVED
        by_hand = takes and self._signs is ReceiverSigns.HANDWRITING
        self._how.setVisible(takes)
        self._draw.setVisible(by_hand)
        self._sheet.setVisible(by_hand and self._is_signed)
        self._told.setVisible(takes and self._signs is not None)
        if by_hand and (self._drawn or self._known) and not self._stands:
            self._told.setText(self._desk.say("receiving.of_other", name=self._drawn_for or "–"))
        elif self._signs is not None:
            self._told.setText(self._desk.say(f"receiving.told.{self._signs.value}"))
        self._reason_field.setVisible(self._declared not in (None, Declaration.RECEIVED))
        again = "receiving.draw_again" if self._is_signed else "receiving.draw"
        self._draw.setText(self._desk.say(again))
        self._draw.setAccessibleName(self._desk.say(again))

    @property
    def _stands(self) -> bool:
        """Whether the strokes are of whom is named now."""
        return self._name == self._drawn_for

    @property
    def _is_signed(self) -> bool:
        return self._stands and bool(self._drawn or self._known)

    def _recorded(self) -> Handwriting | None:
        """The recorded strokes; nothing where they cannot be read: the check of the store tells."""
        known = self._session.snapshot.receiver
        if known is None or not self._known:
            return None
        try:
            return handwriting_of(known, self._desk.workplace.store.vault)
        except Problem:
            return None

    def _on_signs(self, value: str) -> None:
        self._signs = ReceiverSigns(value)
        self._show_state()
        self.changed.emit()
        self.spoke.emit(self._told)

    def _on_draw(self) -> None:
        if not self._name:
            self.name_wanted.emit()
            return
        dialog = SigningDialog(self._desk, self, name=self._name)
        dialog.signed.connect(self._on_signed)
        dialog.open()

    def _on_signed(self, drawn: Handwriting) -> None:
        self._drawn, self._drawn_for = drawn, self._name
        self._sheet.show_handwriting(drawn)
        self._show_state()
        self.changed.emit()
