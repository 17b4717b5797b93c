"""What came in shortly one after another is shown at once, in a turn of its own: to show the whole
page anew for each of 20 photos would hold the window still."""

from PySide6.QtCore import QObject, QTimer, Signal

from assessor_app.services.standing import Done
from assessor_app.ui.pages.checklist.photos import Goal

_SHORTLY_MS = 200


class Gathering(QObject):
    """One that comes alone is shown as it comes. What is recorded stays so, shown or not."""

    told = Signal(object)  # Done: the last event, and all indicators that look different

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._gathered: Done | None = None
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(_SHORTLY_MS)
        self._timer.timeout.connect(self._tell)

    def add(self, _: Goal, done: Done) -> None:
        """Tell of it now, or with what else comes shortly after what was told of."""
        before = self._gathered.indicators if self._gathered else frozenset()
        self._gathered = Done(done.event, before | done.indicators)
        if not self._timer.isActive():
            self._tell()

    def _tell(self) -> None:
        gathered, self._gathered = self._gathered, None
        if gathered is not None:
            self._timer.start()
            self.told.emit(gathered)
