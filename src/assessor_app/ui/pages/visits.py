"""The page that lists the visits."""

from PySide6.QtWidgets import QHeaderView, QLabel, QTableView, QVBoxLayout, QWidget

from assessor_app.services.enrolment import Workplace
from assessor_app.services.report.words import Words
from assessor_app.services.visits import all_visits
from assessor_app.texts import Language
from assessor_app.ui.models.visit_list import VisitList
from assessor_app.ui.theme import TOUCH_TARGET_PX


class VisitsPage(QWidget):
    """All visits of the store, the latest first."""

    def __init__(self, workplace: Workplace) -> None:
        super().__init__()
        title = QLabel(self.tr("Kunjungan"))
        title.setObjectName("visits.title")
        words = Words(Language.INDONESIAN, workplace.profile.zone)
        self._model = VisitList(all_visits(workplace.store), words)
        table = QTableView()
        table.setObjectName("visits.table")
        table.setAccessibleName(self.tr("Daftar kunjungan"))
        table.setModel(self._model)
        table.setSelectionBehavior(QTableView.SelectionBehavior.SelectRows)
        table.verticalHeader().setDefaultSectionSize(TOUCH_TARGET_PX)
        table.verticalHeader().hide()
        table.horizontalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Stretch)
        column = QVBoxLayout(self)
        column.addWidget(title)
        column.addWidget(table)
