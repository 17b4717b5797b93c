"""The page that asks for the passphrase."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QLabel, QLineEdit, QPushButton, QVBoxLayout, QWidget

from assessor_app.compose import Application
from assessor_app.domain.problem import Problem
from assessor_app.ui.messages import sentence
from assessor_app.ui.theme import TOUCH_TARGET_PX


class UnlockPage(QWidget):
    """Opens the store; says in words why it could not."""

    unlocked = Signal(object)  # the Workplace

    def __init__(self, application: Application) -> None:
        super().__init__()
        self._application = application
        title = QLabel(self.tr("Buka penyimpanan"))
        title.setObjectName("unlock.title")
        self._passphrase = QLineEdit()
        self._passphrase.setObjectName("unlock.passphrase")
        self._passphrase.setAccessibleName(self.tr("Frasa sandi"))
        self._passphrase.setPlaceholderText(self.tr("Frasa sandi"))
        self._passphrase.setEchoMode(QLineEdit.EchoMode.Password)
        self._passphrase.returnPressed.connect(self._on_asked)
        button = QPushButton(self.tr("Buka"))
        button.setObjectName("unlock.open")
        button.clicked.connect(self._on_asked)
        self._refusal = QLabel()
        self._refusal.setObjectName("unlock.refusal")
        self._refusal.setWordWrap(True)
        column = QVBoxLayout(self)
        column.addStretch()
        for widget in (title, self._passphrase, button, self._refusal):
            widget.setMinimumHeight(TOUCH_TARGET_PX)
            widget.setMaximumWidth(420)
            widget.setMinimumWidth(420)
            column.addWidget(widget, alignment=Qt.AlignmentFlag.AlignHCenter)
        column.addStretch()

    def _on_asked(self) -> None:
        try:
            workplace = self._application.unlock(self._passphrase.text())
        except Problem as problem:
            self._refusal.setText(sentence(problem))
            self._passphrase.selectAll()
            return
        self._passphrase.clear()
        self._refusal.clear()
        self.unlocked.emit(workplace)
