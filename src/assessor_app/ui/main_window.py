"""The window: it shows one page at a time and nothing else."""

from PySide6.QtWidgets import QMainWindow, QStackedWidget

from assessor_app.compose import Application
from assessor_app.services.enrolment import Workplace
from assessor_app.ui.pages.unlock import UnlockPage
from assessor_app.ui.pages.visits import VisitsPage


class MainWindow(QMainWindow):
    """Unlock, then the list of visits. The checklist comes with the window's own issue."""

    def __init__(self, application: Application) -> None:
        super().__init__()
        self.setObjectName("window")
        self.setWindowTitle(self.tr("Asesor"))
        self._pages = QStackedWidget()
        self.setCentralWidget(self._pages)
        unlock = UnlockPage(application)
        unlock.unlocked.connect(self._on_unlocked)
        self._pages.addWidget(unlock)

    def _on_unlocked(self, workplace: Workplace) -> None:
        page = VisitsPage(workplace)
        self._pages.addWidget(page)
        self._pages.setCurrentWidget(page)
