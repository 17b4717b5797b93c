"""Minds the open store: when it locks itself, what is done beside the work, how it was left."""

import gc
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QEvent, QObject, QTimer, Signal
from PySide6.QtGui import QPixmapCache
from PySide6.QtWidgets import QWidget

from assessor_app.ui.background import Background
from assessor_app.ui.coming_back import Sealed, put_back, scroll_back, seal, unseal
from assessor_app.ui.desk import Desk
from assessor_app.ui.directory import Where
from assessor_app.ui.self_locking import SelfLocking

if TYPE_CHECKING:  # a value that is only passed on here
    from assessor_app.services.enrolment import Workplace


class Doorkeeper(QObject):
    """Made at the first unlocking; the window decides what becomes of its pages."""

    lock_due = Signal()
    told = Signal(str, object)  # a text, and its Tone

    def __init__(self, desk: Desk, window: QWidget) -> None:
        super().__init__(window)
        self._desk = desk
        self.self_locking = SelfLocking(desk, window)
        self.self_locking.lock_due.connect(lambda: self.when_free(self.lock_due.emit))
        self.background = Background(desk, window)
        self.background.told.connect(self.told)

    def opened(self) -> None:
        """The store is open, and its first page is shown."""
        self.self_locking.begin()
        self.background.begin_soon()

    def closed(self) -> None:
        """The store is closed: let go of all that was shown of it."""
        self.self_locking.end()
        QPixmapCache.clear()
        # The page goes now and not when the event loop comes to it, and with it what it held.
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
        gc.collect()

    def when_free(self, act: Callable[[], None]) -> None:
        """Call `act` once nothing is being worked on; what no page waits for is broken off."""
        self._desk.tasks.when_rested(lambda: self.background.when_stopped(act))

    def notices(self, workplace: "Workplace") -> Iterator[str]:
        """What was found at the key file and mended."""
        return (self._desk.told(problem) for problem in workplace.notices)

    # How it was left

    def seal(self, where: Where, page: QWidget | None, *, recorded: bool) -> None:
        """Keep where the assessor is, and what could not be recorded, for the next unlocking."""
        seal(self._desk.workplace, where, page, recorded=recorded)

    def unseal(self) -> Sealed | None:
        return unseal(self._desk.workplace)

    def put_back(self, sealed: Sealed, page: QWidget) -> None:
        """Make a page stand as it was left, and scroll it so once it is laid out."""
        put_back(sealed, self._desk.workplace, page)
        QTimer.singleShot(0, page, lambda: scroll_back(sealed, page))
