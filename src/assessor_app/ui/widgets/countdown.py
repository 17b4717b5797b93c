"""A veil over a window with the seconds that are left; any key or tap is enough to lift it."""

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import (
    QAccessible,
    QAccessibleEvent,
    QColor,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
)
from PySide6.QtWidgets import QApplication, QFrame, QHBoxLayout, QLabel, QVBoxLayout, QWidget
from shiboken6 import isValid

from assessor_app.ui.theme import Tokens, dress, grown, icon
from assessor_app.ui.widgets.labels import body, title

_SIGN_PX = 48
_VEIL = 0.9  # opacity
_CARD_PX = 560
_ALL = 100  # of the stretch: the margins get what the widest card leaves


class Countdown(QWidget):
    """Takes the key or tap that lifts it: it presses nothing below."""

    lifted = Signal()

    def __init__(self, over: QWidget, tokens: Tokens, *, told: str) -> None:
        super().__init__(over)
        self.setObjectName("countdown")
        self._over = over
        self._tokens = tokens
        self._before = QApplication.focusWidget()
        self._left = title("")
        self._left.setObjectName("countdown.left")
        sign = QLabel()
        sign.setPixmap(icon("lock", tokens.accent, size=_SIGN_PX).pixmap(_SIGN_PX, _SIGN_PX))
        words = QVBoxLayout()
        words.addWidget(self._left)
        words.addWidget(body(told))
        card = QFrame()
        dress(card, "card")
        card.setMaximumWidth(grown(_CARD_PX))
        row = QHBoxLayout(card)
        row.setContentsMargins(24, 24, 24, 24)
        row.setSpacing(24)
        row.addWidget(sign, alignment=Qt.AlignmentFlag.AlignTop)
        row.addLayout(words, stretch=1)
        # Stretched and not aligned: an aligned card is as low as its text would be unwrapped.
        middle = QHBoxLayout()
        middle.addStretch(1)
        middle.addWidget(card, stretch=_ALL)
        middle.addStretch(1)
        layout = QVBoxLayout(self)
        layout.addStretch()
        layout.addLayout(middle)
        layout.addStretch()
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        over.installEventFilter(self)
        self.setGeometry(over.rect())
        self.raise_()
        self.show()
        self.setFocus(Qt.FocusReason.OtherFocusReason)

    def show_left(self, text: str) -> None:
        """Say how much time is left; it is spoken once, at the beginning."""
        first = not self._left.text()
        self._left.setText(text)
        self.setAccessibleName(text)
        if first:
            QAccessible.updateAccessibility(QAccessibleEvent(self, QAccessible.Event.Alert))

    def lift(self) -> None:
        """Go away, and give the keyboard back to where it was."""
        before, held = self._before, self.hasFocus()
        self.hide()
        if held and before is not None and isValid(before) and self._over.isAncestorOf(before):
            before.setFocus(Qt.FocusReason.OtherFocusReason)
        self.deleteLater()

    def event(self, event: QEvent) -> bool:
        """Take keys before the shortcuts of the page and the window do."""
        if event.type() == QEvent.Type.ShortcutOverride:
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        event.accept()
        self.lifted.emit()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        event.accept()
        self.lifted.emit()

    def focusNextPrevChild(self, _next: bool) -> bool:  # noqa: FBT001, N802 - Qt's name
        """Tab does not lead behind the veil."""
        return True

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self._over and event.type() == QEvent.Type.Resize:
            self.setGeometry(self._over.rect())
        return False

    def paintEvent(self, _event: QPaintEvent) -> None:
        veil = QColor(self._tokens.window)
        veil.setAlphaF(_VEIL)
        QPainter(self).fillRect(self.rect(), veil)
