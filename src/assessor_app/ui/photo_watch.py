"""Looks after the folders that photos arrive in, as long as a visit is open; also while the store
is locked or another page is shown, when what came waits."""

import logging
import threading
from collections.abc import Iterable
from pathlib import Path

from PySide6.QtCore import QFileSystemWatcher, QObject, QTimer, Signal
from PySide6.QtWidgets import QWidget

from assessor_app.services.evidence.watching import Arrived, FolderWatch, Looked, WatchedFolder

_EVERY_MS = 1500  # after the end of the last look: a slow share is never asked twice at a time
_HINTED_MS = 250  # after the system told of a change
_DIRECTORY_LIMIT = 32  # folders that the system is asked to tell of
_FOUND_MS = 40  # between two questions whether a look has come to its end
_LEFT_S = 0.2  # how long the end waits for a look: mostly it is done by then
_log = logging.getLogger(__name__)


class PhotoWatch(QObject):
    """Looks in a thread of its own, and not by ui/tasks, whose works are waited for.

    A share that hangs can hold a look for minutes: nothing else waits then, nor does the end of the
    program. The thread knows no object of Qt; what it finds is fetched.
    """

    changed = Signal()  # something came, or a folder went or came back

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self._visit = ""
        self._watch: FolderWatch | None = None
        self._looking: _Look | None = None
        self._waiting: list[Arrived] = []
        self._older: list[Arrived] = []
        self._missing: tuple[Path, ...] = ()
        self._settling = 0
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self._look)
        self._fetching = QTimer(self)
        self._fetching.setInterval(_FOUND_MS)
        self._fetching.timeout.connect(self._fetch)
        self._hints = QFileSystemWatcher(self)  # none come from a phone's or a network's folder
        self._hints.directoryChanged.connect(self._on_hint)

    @property
    def folders(self) -> tuple[WatchedFolder, ...]:
        """What is watched; nothing where no folder is set."""
        return tuple(self._watch.folders) if self._watch else ()

    @property
    def missing(self) -> tuple[Path, ...]:
        """The watched folders that are not there now: a phone that is not plugged in."""
        return self._missing

    @property
    def waiting(self) -> tuple[Arrived, ...]:
        """What came and was not taken yet."""
        return tuple(self._waiting)

    @property
    def older(self) -> tuple[Arrived, ...]:
        """What came too, but was made before the visit or the watching."""
        return tuple(self._older)

    @property
    def settling(self) -> int:
        """How many photos are seen and still being written: they come when they are whole."""
        return self._settling

    def begin(self, visit: str, watch: FolderWatch) -> None:
        """Watch for a visit; what was watched for it already goes on as it was."""
        if self._watch is not None and visit == self._visit:
            if tuple(self._watch.folders) == tuple(watch.folders):
                return
            watch.since = min(watch.since, self._watch.since)
        if visit != self._visit:
            self._waiting.clear()
            self._older.clear()
        self._visit, self._watch, self._missing, self._settling = visit, watch, (), 0
        self._timer.stop()
        self._looking = None  # one that hangs must not hold up those of other folders
        self._hear(())
        if watch.folders:
            self._look()
        self.changed.emit()

    def end(self) -> None:
        """Watch no more; a look that is under way is left to itself."""
        self._timer.stop()
        self._fetching.stop()
        self._watch = None
        looking, self._looking = self._looking, None
        if looking is not None:
            looking.thread.join(_LEFT_S)

    def take(self) -> tuple[Arrived, ...]:
        """What came and waited; it is the caller's now."""
        taken, self._waiting = tuple(self._waiting), []
        return taken

    def take_older(self) -> tuple[Arrived, ...]:
        """What was made before the visit; it is the caller's now, to be taken or left."""
        taken, self._older = tuple(self._older), []
        return taken

    def try_again(self, one: Arrived) -> bool:
        """Let a photo come once more that could not be read; False once that was tried enough."""
        return self._watch is not None and self._watch.try_again(one)

    def _look(self) -> None:
        if self._looking is None and self._watch is not None:
            self._looking = _Look(self._watch)
            self._fetching.start()

    def _fetch(self) -> None:
        """Take over what a look found, once it has ended."""
        look = self._looking
        if look is None or not look.ended:
            return
        self._fetching.stop()
        self._looking = None
        if look.found is not None and look.watch is self._watch:
            self._take_over(look.found)
        self._again()

    def _again(self) -> None:
        if self._watch is not None and self._watch.folders and not self._timer.isActive():
            self._timer.start(_EVERY_MS)

    def _take_over(self, looked: Looked) -> None:
        self._hear(one.path for one in self.folders if one.path not in looked.missing)
        stands = (looked.missing, looked.settling)
        news = bool(looked.arrived or looked.older) or stands != (self._missing, self._settling)
        self._waiting += looked.arrived
        self._older += looked.older
        self._missing, self._settling = stands
        if news:
            self.changed.emit()

    def _hear(self, folders: Iterable[Path]) -> None:
        """Ask the system to tell of changes in these, as a hint to look sooner."""
        wanted = {str(one) for one in folders}
        known = set(self._hints.directories())
        if known - wanted:
            self._hints.removePaths(sorted(known - wanted))
        if wanted - known:
            self._hints.addPaths(sorted(wanted - known)[:_DIRECTORY_LIMIT])

    def _on_hint(self, _: str) -> None:
        if self._watch is not None and self._looking is None:
            self._timer.start(_HINTED_MS)


class _Look:
    """One look through the folders, in a thread that nobody has to wait for."""

    def __init__(self, watch: FolderWatch) -> None:
        self.watch = watch
        self.found: Looked | None = None
        self.thread = threading.Thread(target=self._do, name="photo folders", daemon=True)
        self.thread.start()

    @property
    def ended(self) -> bool:
        return not self.thread.is_alive()

    def _do(self) -> None:
        try:
            self.found = self.watch.look()
        except Exception:  # noqa: BLE001 - as in ui/tasks.py: logged, and the next look comes
            _log.exception("a look through the photo folders failed")
