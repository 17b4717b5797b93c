"""Locks the window by itself: the idle clock, the news of sleep, and the warning before."""

from collections.abc import Callable

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtWidgets import QApplication, QDialog, QWidget
from shiboken6 import isValid

from assessor_app.ui.desk import Desk
from assessor_app.ui.locking import Clocks, IdleLock, Rules, read_clocks
from assessor_app.ui.sleep_news import SleepNews
from assessor_app.ui.widgets.countdown import Countdown

_MINUTE_S = 60
_CLOSING_MS = 50  # that a dialog gets to go away
_TRIES = 20


class SelfLocking(QObject):
    """Begins with the unlocking and ends with the lock; `lock_due` is to be obeyed at once."""

    lock_due = Signal()

    def __init__(
        self, desk: Desk, window: QWidget, *, clocks: Callable[[], Clocks] = read_clocks
    ) -> None:
        super().__init__(window)
        self._desk = desk
        self._window = window
        self._countdown: Countdown | None = None
        self._tries = 0
        self.idle = IdleLock(self, busy=lambda: desk.tasks.running > 0, clocks=clocks)
        self.idle.due.connect(self._on_due)
        self.idle.announced.connect(self._on_announced)
        self.idle.calmed.connect(self._on_calmed)
        self._news = SleepNews(self)
        self._news.sleep_announced.connect(self._on_due)

    def begin(self) -> None:
        """Watch by what is set in the open store; also when that was changed."""
        from assessor_app.services.store_settings import settings

        chosen = settings(self._desk.workplace)
        self._tries = 0
        self.idle.begin(Rules(chosen.idle_minutes * _MINUTE_S, on_suspend=chosen.lock_on_suspend))
        if chosen.lock_on_suspend:
            self._news.begin(self._desk.say("lock.why_wait"))
        else:
            self._news.end()

    def end(self) -> None:
        """The store is locked: the device may sleep."""
        self.idle.end()
        self._news.end()

    def _on_announced(self, left: int) -> None:
        over = QApplication.activeModalWidget() or self._window
        if self._countdown is None or not isValid(self._countdown):
            self._countdown = Countdown(
                over, self._desk.tokens, told=self._desk.say("lock.how_to_stay")
            )
            self._countdown.lifted.connect(self.idle.stir)
        self._countdown.show_left(self._desk.say("lock.in_seconds", seconds=left))

    def _on_calmed(self) -> None:
        countdown, self._countdown = self._countdown, None
        if countdown is not None and isValid(countdown):
            countdown.lift()

    def _on_due(self) -> None:
        """Dialogs go first: whoever waits for their answer must not outlive the page."""
        self._on_calmed()
        dialog = QApplication.activeModalWidget()
        if dialog is None or self._tries >= _TRIES:
            self._tries = 0
            self.lock_due.emit()
            return
        self._tries += 1
        if isinstance(dialog, QDialog):
            dialog.reject()
        else:
            dialog.close()
        QTimer.singleShot(_CLOSING_MS, self, self._on_due)
