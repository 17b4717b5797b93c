"""What stands over the review for a while: the history, a conflict, another instrument."""

from collections.abc import Callable

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtWidgets import QWidget

from assessor_app.services.session import Session
from assessor_app.ui.desk import Desk
from assessor_app.ui.pages.conflict.dialog import ConflictDialog
from assessor_app.ui.pages.parts.history import show_visit_history
from assessor_app.ui.pages.review.moving import MoveDialog


class Looking(QObject):
    """Opens dialogs over the page; `settle` records first what is typed in it, or refuses."""

    moved = Signal()
    resolved = Signal()
    said = Signal(str)

    def __init__(
        self, desk: Desk, session: Session, page: QWidget, *, settle: Callable[[], bool]
    ) -> None:
        super().__init__(page)
        self._desk = desk
        self._session = session
        self._page = page
        self._settle = settle

    def look_back(self) -> None:
        """Show the steps of the visit."""
        show_visit_history(self._desk, self._session, self._page)

    def compare(self, entity: str) -> None:
        """Show what two devices recorded differently, to be chosen from."""
        if self._page.findChild(ConflictDialog) is not None or not self._settle():
            return
        dialog = ConflictDialog(self._desk, self._session, {entity}, self._page)
        dialog.resolved.connect(self._on_resolved)
        dialog.open()

    def move(self) -> None:
        """Ask about it once no photo is taken in: each belongs to the instrument of its answer."""
        tasks = self._desk.tasks
        if tasks.running:
            self.said.emit(self._desk.say("moving.waiting"))
        tasks.when_rested(self._ask_about_move, owner=self._page)

    def _ask_about_move(self) -> None:
        """Show what moving to another instrument would do."""
        asked = self._page.findChild(MoveDialog) is not None
        if asked or not self._page.isVisible() or not self._settle():
            return
        dialog = MoveDialog(self._desk, self._session, self._page)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.moved.connect(self.moved)
        dialog.open()

    def _on_resolved(self) -> None:
        self.resolved.emit()
        self.said.emit(self._desk.say("conflict.resolved"))
