"""Minds the store: how it is entered and left, and what goes on beside the work."""

import contextlib
import gc
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from PySide6.QtCore import QCoreApplication, QEvent, QObject, QTimer
from PySide6.QtGui import QPixmapCache
from PySide6.QtWidgets import QWidget

from assessor_app.domain.problem import Problem
from assessor_app.ui.background import Background
from assessor_app.ui.coming_back import Sealed, put_back, scroll_back, seal, unseal
from assessor_app.ui.desk import Desk
from assessor_app.ui.directory import PageName, Where, door
from assessor_app.ui.frame import Frame
from assessor_app.ui.leaving import Left, settled
from assessor_app.ui.self_locking import SelfLocking
from assessor_app.ui.sending import Sender
from assessor_app.ui.widgets.notice import Tone

if TYPE_CHECKING:  # a value that is only passed on here
    from assessor_app.services.enrolment import Workplace
    from assessor_app.services.places import Place
    from assessor_app.services.recovery import Running


class House(Protocol):
    """The window, as far as the coming and going of its store needs it."""

    @property
    def where(self) -> Where: ...
    @property
    def page(self) -> QWidget: ...
    @property
    def left_aside(self) -> Left | None: ...
    @property
    def frame(self) -> Frame: ...
    def go(self, where: Where) -> None: ...
    def open_visit(self, visit: str, indicator: str | None = None) -> None: ...
    def forget_visit(self) -> None: ...


class Doorkeeper(QObject):
    """Made at the first unlocking; where to go is its word, how to get there the window's."""

    def __init__(self, desk: Desk, house: House, *, window: QWidget) -> None:
        """`window` is what the warning before a lock lies over: the house itself."""
        super().__init__(window)
        self._desk = desk
        self._house = house
        self._running: Running | None = None
        self._recovered: list[str] = []
        self.self_locking = SelfLocking(desk, window)
        self.self_locking.lock_due.connect(self.lock_when_free)
        self.background = Background(desk, window)
        self.background.told.connect(self._on_told)
        self.sending = Sender(desk, window)

    # In

    def enter(self, workplace: "Workplace") -> None:
        """Go on where it was left: also after a crash, since the place is kept at every step."""
        from assessor_app.services.identities import expiry_notice
        from assessor_app.services.places import remembered

        self._desk.open_with(workplace)
        place, sealed = remembered(workplace), unseal(workplace)
        if sealed is not None:
            self._come_back(sealed)
        elif place is not None:
            self._return(place)
        else:
            self._house.go(Where(PageName.VISITS))
        ends = expiry_notice(workplace, now=self._desk.application.clock.now())
        found = [*workplace.notices, *([ends] if ends else [])]
        notices = [self._desk.told(problem) for problem in found]
        self._recovered = self._begin_running(workplace)
        if notices:
            self._house.frame.telling.point_out("\n".join([*self._recovered, *notices]))
        elif self._recovered:
            self._house.frame.telling.inform(*self._recovered)
        self.self_locking.begin()
        self.background.begin_soon()
        self.sending.begin_soon()

    def _come_back(self, sealed: Sealed) -> None:
        """Go on where the store was locked."""
        house, where = self._house, sealed.where
        if where.page is PageName.CHECKLIST:
            house.open_visit(str(where.visit), where.indicator)
        else:
            house.go(where)
        if house.where == where:
            page = house.page
            put_back(sealed, self._desk.workplace, page)
            QTimer.singleShot(0, page, lambda: scroll_back(sealed, page))  # it is laid out then

    def _return(self, place: "Place") -> None:
        """Go on at the page of a visit that was open when the program ended."""
        with contextlib.suppress(ValueError):  # a page of another version of the product
            if place.page is not None:
                self._house.go(Where(PageName(place.page), place.visit, place.indicator))
                return
        self._house.open_visit(place.visit, place.indicator)

    def _begin_running(self, workplace: "Workplace") -> list[str]:
        """Mark that a window is open; after a crash, what there is, in words."""
        from assessor_app.services.recovery import recovered, running, told

        self._running = running(workplace)
        if not self._running.begin():
            return []
        try:
            return [told(recovered(workplace), self._desk.words)]
        except Problem:
            return []  # what is amiss with the store is said where it is met

    # While it is open

    def obey_settings(self) -> None:
        """What the store's settings say of locking was changed."""
        self.self_locking.begin()

    def back_up(self) -> None:
        """A visit was closed: back it up beside the work that goes on."""
        self.background.back_up()

    def _on_told(self, text: str, tone: Tone) -> None:
        text = "\n".join([*self._recovered, text])  # not written over before it is read
        self._recovered = []
        self._house.frame.telling.point_out(text, tone)

    # Out

    def lock_when_free(self) -> None:
        """Lock once nothing is being worked on; what no page waits for is broken off."""
        sending, background = self.sending, self.background
        self._desk.tasks.when_rested(
            lambda: sending.when_stopped(lambda: background.when_stopped(self.lock))
        )

    def lock(self) -> None:
        """Close the store; the passphrase opens it at the same place again.

        What is typed and cannot be recorded is sealed with the place: it keeps no store open.
        """
        if not self._desk.unlocked:
            return
        house, workplace = self._house, self._desk.workplace
        aside, recorded = house.left_aside, settled(house.page)
        if aside is None:
            seal(workplace, house.where, house.page, recorded=recorded)
        else:
            seal(workplace, aside.where, None, recorded=True)
        house.forget_visit()
        self._end_running()
        self._desk.lock()
        self._close()

    def leave_wiped(self, left: tuple[Path, ...]) -> None:
        """The store was taken away from this device: begin anew, and say what is still there."""
        self.sending.stop()
        self._end_running()
        self._house.forget_visit()
        self._desk.forget()
        self._close()
        say, places = self._desk.say, ", ".join(map(str, left))
        told = say("device.wipe.left", places=places) if left else say("device.wipe.done")
        self._house.frame.telling.tell(told, Tone.WARNING if left else Tone.SUCCESS)

    def end(self) -> None:
        """The window is closed: let what was begun come to its end."""
        self.sending.stop()
        self.background.stop()
        self.self_locking.end()
        self._end_running()

    def _end_running(self) -> None:
        if self._running is not None:
            self._running.end()
            self._running = None

    def _close(self) -> None:
        """The store is closed: let go of all that was shown of it, and go to the door."""
        self.sending.forget()
        self.self_locking.end()
        QPixmapCache.clear()
        # The page goes now and not when the event loop comes to it, and with it what it held.
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
        gc.collect()
        self._house.go(door(self._desk))
