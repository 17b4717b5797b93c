"""The visit that is open in the window: its session, and the photos that are still taken in."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from assessor_app.domain.problem import Problem
from assessor_app.ui.desk import Desk
from assessor_app.ui.directory import Where

if TYPE_CHECKING:  # the first page is painted without them
    from assessor_app.services.session import Session
    from assessor_app.ui.pages.checklist.photos import Photos
    from assessor_app.ui.photo_watch import PhotoWatch


class Opened(QObject):
    """One visit at a time; photos find their way into it also from another page."""

    news = Signal()  # from the photo folders

    def __init__(self, desk: Desk, window: QWidget, *, refused: Callable[[Problem], None]) -> None:
        super().__init__(window)
        self._desk = desk
        self._window = window
        self._refused = refused
        self._photos: Photos | None = None
        self._watch: PhotoWatch | None = None
        self.session: Session | None = None

    @property
    def taking_in(self) -> bool:
        """Whether photos of the visit are still being taken in."""
        return self._photos is not None and self._photos.busy

    def session_at(self, where: Where) -> "Session":
        """The session of a place's visit. Raises Problem where it cannot be opened."""
        if self.session is None or self.session.visit_id != where.visit:
            workplace = self._desk.workplace
            self.session = self._desk.application.open(workplace, str(where.visit))
        return self.session

    def photos_of(self, session: "Session") -> "Photos":
        """What takes photos in for a visit: it outlives the page they were given to."""
        from assessor_app.ui.pages.checklist.photos import Photos

        if self._photos is None or self._photos.session is not session:
            self._photos = Photos(self._desk, session, self._window)
            self._photos.refused.connect(self._refused)
        self._photos.watch = self._watching(session)
        return self._photos

    def _watching(self, session: "Session") -> "PhotoWatch":
        """What looks after the photo folders: it outlives a lock, and the same visit's pages."""
        from assessor_app.services.evidence.watching import FolderWatch
        from assessor_app.services.store_settings import settings
        from assessor_app.ui.photo_watch import PhotoWatch

        if self._watch is None:
            self._watch = PhotoWatch(self._window)
            self._watch.changed.connect(self.news)
        visit, now = session.snapshot.visit, self._desk.workplace.store.clock.now()
        folders = settings(self._desk.workplace).photo_folders
        self._watch.begin(visit.id, FolderWatch(folders, visit.arrival, now))
        return self._watch

    @property
    def photos_waiting(self) -> int:
        """How many photos came into a watched folder and were not taken yet."""
        return len(self._watch.waiting) if self._watch is not None else 0

    def stop_watching(self) -> None:
        """The window is closed: nothing looks into any folder any more."""
        if self._watch is not None:
            self._watch.end()

    def read_anew(self) -> None:
        """Read the visit anew when it is opened again, unless photos are on their way into it."""
        if not self.taking_in:
            self.session = None

    def let_go(self) -> None:
        """Open the visit anew when it is gone to; photos on their way are refused."""
        self.session = self._photos = None

    def forget(self) -> None:
        """Nothing is open any more, and nothing of it stays in memory."""
        if self._photos is not None:
            self._photos.deleteLater()
        self.let_go()
