"""What stands over the checklist for a while: the history of an indicator, and its conflicts."""

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from assessor_app.services.session import Session
from assessor_app.ui.desk import Desk
from assessor_app.ui.pages.conflict.dialog import ConflictDialog, entities_in_conflict
from assessor_app.ui.pages.parts.history import show_indicator_history


class Looking(QObject):
    """Opens dialogs over the page; what is chosen in them is recorded by them."""

    resolved = Signal(object)  # Done

    def __init__(self, desk: Desk, session: Session, page: QWidget) -> None:
        super().__init__(page)
        self._desk = desk
        self._session = session
        self._page = page

    def look_back(self, code: str) -> None:
        """Show what was done at an indicator."""
        show_indicator_history(self._desk, self._session, code, self._page)

    def compare(self, code: str) -> None:
        """Show what two devices recorded differently at an indicator, to be chosen from."""
        entities = entities_in_conflict(self._session, code)
        dialog = ConflictDialog(self._desk, self._session, entities, self._page)
        dialog.resolved.connect(self.resolved)
        dialog.open()
