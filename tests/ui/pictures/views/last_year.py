"""What was found the year before, beside the answers: one line, and unfolded."""

from datetime import UTC, datetime

from PySide6.QtCore import QDeadlineTimer
from PySide6.QtWidgets import QAbstractButton, QApplication, QLabel
from tests.ui.pictures.round import Round
from tests.ui.pictures.view import View, part, rest

from assessor_app.domain.visit import VisitKind
from assessor_app.services.visits import NewVisit, start_visit
from assessor_app.ui.directory import PageName, Where
from assessor_app.ui.main_window import MainWindow

_PATIENCE_MS = 5000


def _again(round_: Round) -> Where:
    """A visit to the office of the issued one, a year later."""

    def make(one: Round) -> str:
        before = one.issued.snapshot.visit
        later = datetime(before.arrival.year + 1, 3, 12, 2, tzinfo=UTC)
        return start_visit(
            one.workplace.store,
            NewVisit(
                institution=before.institution,
                unit=before.unit,
                object_type=before.object_type,
                kind=VisitKind.UNANNOUNCED,
                arrival=later,
                team=before.team,
                sample=before.sample,
            ),
            one.issued.instrument,
            library=one.application.library,
        )

    return Where(PageName.CHECKLIST, visit=round_.once("last-year", make), indicator="P15-06")


def _seen(window: MainWindow, _: Round) -> None:
    rest(window)
    until = QDeadlineTimer(_PATIENCE_MS)
    while not _told(window) and not until.hasExpired():
        QApplication.processEvents()
    rest(window)


def _told(window: MainWindow) -> bool:
    line = window.findChild(QLabel, "last_year.P15-06.line")
    return line is not None and line.isVisible()


def _unfolded(window: MainWindow, round_: Round) -> None:
    _seen(window, round_)
    part(window, QAbstractButton, "last_year.P15-06.more").click()
    rest(window)


VIEWS = (
    View("last-year", _again, _seen),
    View("last-year-unfolded", _again, _unfolded),
)
