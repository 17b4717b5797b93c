"""The receiver signs on the screen: the pad as large as the window, and what it is."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QDialog, QHBoxLayout, QVBoxLayout, QWidget

from assessor_app.ui.desk import Desk
from assessor_app.ui.pages.parts.primary import primary
from assessor_app.ui.theme import icon
from assessor_app.ui.widgets.buttons import button
from assessor_app.ui.widgets.labels import body, quiet, title
from assessor_app.ui.widgets.signing_pad import SigningPad

_SHARE = 0.9  # of the window's size


class SigningDialog(QDialog):
    """The device is handed over with it. Esc drops what was drawn."""

    signed = Signal(object)  # Handwriting

    def __init__(self, desk: Desk, over: QWidget, *, name: str) -> None:
        super().__init__(over)
        self.setObjectName("signing_pad")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(desk.say("receiving.pad.title"))
        say = desk.say
        self._pad = SigningPad("signing_pad.sheet", tokens=desk.tokens)
        self._pad.setAccessibleName(say("receiving.pad.sheet"))
        self._pad.setAccessibleDescription(say("receiving.pad.honest"))
        self._pad.changed.connect(self._show_state)
        self._back = button(
            say("receiving.pad.back"), "signing_pad.back", icon=icon("undo", desk.tokens.ink)
        )
        self._back.clicked.connect(self._pad.take_back)
        self._clear = button(say("receiving.pad.clear"), "signing_pad.clear")
        self._clear.clicked.connect(self._pad.clear)
        self._leave = button(say("step.cancel"), "signing_pad.cancel")
        self._leave.clicked.connect(self.reject)
        self._use = primary(
            desk,
            "signing_pad.use",
            text=say("receiving.pad.use"),
            sign="signature",
            act=self._on_use,
        )
        row = QHBoxLayout()
        for part in (self._back, self._clear):
            row.addWidget(part)
        row.addStretch(1)
        for part in (self._leave, self._use):
            row.addWidget(part)
        column = QVBoxLayout(self)
        column.setContentsMargins(20, 16, 20, 16)
        column.setSpacing(10)
        column.addWidget(title(say("receiving.pad.title")))
        column.addWidget(body(say("receiving.pad.who", name=name)))
        column.addWidget(self._pad, stretch=1)
        column.addWidget(quiet(say("receiving.pad.honest")))
        column.addLayout(row)
        self.resize(over.window().size() * _SHARE)
        self._show_state()
        self._use.setDefault(True)
        self._pad.setFocus()  # Enter takes nothing away

    def _show_state(self) -> None:
        """Only what is a signature can be used; what can be taken back is offered."""
        self._use.setEnabled(self._pad.is_signed)
        for part in (self._back, self._clear):
            part.setEnabled(self._pad.has_strokes)

    def _on_use(self) -> None:
        drawn = self._pad.handwriting()
        if drawn is not None:
            self.signed.emit(drawn)
            self.accept()
