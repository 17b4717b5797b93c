"""A veil over a page while something lasts: what is being done, and that it goes on."""

from PySide6.QtCore import QEvent, QObject, QRectF, Qt, Signal
from PySide6.QtGui import QColor, QKeyEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget
from shiboken6 import isValid

from assessor_app.ui.spoken import Role, spoken_as
from assessor_app.ui.theme import Tokens, dress, grown
from assessor_app.ui.widgets.buttons import button
from assessor_app.ui.widgets.labels import strong
from assessor_app.ui.widgets.ticking import Ticking

_TICK_MS = 40
_TURN_DEGREES = 12
_SPINNER = 32
_VEIL = 0.82  # opacity: the page stays to be guessed


class Busy(QWidget):
    """Covers its page and keeps mouse and keys from it between `begin` and `end`.

    What can be broken off has a button that says so; Esc does the same.
    """

    cancelled = Signal()

    def __init__(self, parent_page: QWidget, tokens: Tokens) -> None:
        super().__init__(parent_page)
        spoken_as(self, Role.ProgressBar)
        self._page = parent_page
        self._tokens = tokens
        self._before: QWidget | None = None
        self._text = strong("")
        self._text.setAlignment(Qt.AlignmentFlag.AlignVCenter)
        self._spinner = _Spinner(tokens)
        self._cancel = button("", f"{parent_page.objectName() or 'busy'}.break_off")
        self._cancel.clicked.connect(self._on_cancel)
        self._lay_out()
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setVisible(False)
        parent_page.installEventFilter(self)

    def begin(self, text: str, *, cancel: str = "") -> None:
        """Draw the veil, saying what is being done; `cancel` is the word on the way out of it.

        It takes the focus from its page only: whoever types beside it goes on.
        """
        self.show_progress(text)
        self._cancel.setText(cancel.replace("&", "&&"))
        self._cancel.setAccessibleName(cancel)
        self._cancel.setVisible(bool(cancel))
        self._cancel.setEnabled(True)
        if self.isVisible():
            return
        # The window's own: while a file is dropped from another one, the application has none here.
        focused = self.window().focusWidget()
        self._before = focused
        self.setGeometry(self._page.rect())
        self.raise_()
        self.setVisible(True)
        if focused is None or focused is self._page or self._page.isAncestorOf(focused):
            taken = self._cancel if cancel else self
            taken.setFocus(Qt.FocusReason.OtherFocusReason)

    def show_progress(self, text: str) -> None:
        """Say how far it is."""
        self._text.setText(text)
        self.setAccessibleName(text)

    def bind(self) -> None:
        """From now on it goes to its end: the way out is taken away."""
        if self.window().focusWidget() is self._cancel:
            self.setFocus(Qt.FocusReason.OtherFocusReason)
        self._cancel.setVisible(False)

    def end(self) -> None:
        """Lift the veil and give the focus back to where it was."""
        before, self._before = self._before, None
        held = self.window().focusWidget() in (self, self._cancel)
        self.setVisible(False)
        if not held:
            return
        back = before if before is not None and isValid(before) and _takes_keys(before) else None
        # Left on what is hidden it would swallow every key of the page, Esc among them.
        (back or self._page).setFocus(Qt.FocusReason.OtherFocusReason)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self._page and event.type() == QEvent.Type.Resize:
            self.setGeometry(self._page.rect())
        return False

    def paintEvent(self, _event: QPaintEvent) -> None:
        veil = QColor(self._tokens.window)
        veil.setAlphaF(_VEIL)
        QPainter(self).fillRect(self.rect(), veil)

    def event(self, event: QEvent) -> bool:
        """Take keys before the shortcuts of the page and the window do."""
        if event.type() == QEvent.Type.ShortcutOverride:
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        event.accept()
        if event.key() == Qt.Key.Key_Escape and self._cancel.isVisible():
            self._cancel.click()

    def _on_cancel(self) -> None:
        """Once is enough: it takes effect at the next step of the work."""
        self._cancel.setEnabled(False)
        self.setFocus(Qt.FocusReason.OtherFocusReason)
        self.cancelled.emit()

    def focusNextPrevChild(self, _next: bool) -> bool:  # noqa: FBT001, N802 - Qt's name
        """Tab does not lead behind the veil."""
        return True

    def _lay_out(self) -> None:
        card = QFrame()
        dress(card, "card")
        card.setMinimumWidth(grown(320))
        card.setMaximumWidth(grown(520))
        row = QHBoxLayout(card)
        row.setContentsMargins(24, 24, 24, 24)
        row.setSpacing(16)
        row.addWidget(self._spinner)
        row.addWidget(self._text, stretch=1)
        row.addWidget(self._cancel)
        middle = QHBoxLayout()
        middle.addStretch(1)
        middle.addWidget(card, stretch=4)
        middle.addStretch(1)
        layout = QVBoxLayout(self)
        layout.addStretch()
        layout.addLayout(middle)
        layout.addStretch()


def _takes_keys(widget: QWidget) -> bool:
    return widget.isVisible() and widget.isEnabled()


class _Spinner(QWidget):
    """A turning arc; it turns only while it is seen."""

    def __init__(self, tokens: Tokens) -> None:
        super().__init__()
        self._tokens = tokens
        self._turned = 0
        Ticking(self, every_ms=_TICK_MS).ticked.connect(self._on_tick)
        self.setFixedSize(_SPINNER, _SPINNER)

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        place = QRectF(self.rect()).adjusted(3, 3, -3, -3)
        painter.setPen(QPen(self._tokens.track, 4))
        painter.drawEllipse(place)
        painter.setPen(QPen(self._tokens.accent, 4, c=Qt.PenCapStyle.RoundCap))
        painter.drawArc(place, (90 - self._turned) * 16, -100 * 16)

    def _on_tick(self) -> None:
        self._turned = (self._turned + _TURN_DEGREES) % 360
        self.update()
