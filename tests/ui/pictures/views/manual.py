"""What the manual shows beside the other views, and the manual itself."""

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QLineEdit
from tests.ui.pictures.round import Round
from tests.ui.pictures.view import View, part, press, rest

from assessor_app.ui.directory import PageName, Where
from assessor_app.ui.main_window import MainWindow
from assessor_app.ui.pages.visits.page import VisitsPage


def _checklist(round_: Round) -> Where:
    return Where(PageName.CHECKLIST, visit=round_.walked.visit_id, indicator="P15-06")


def _photo(window: MainWindow, _: Round) -> None:
    """The last photo of the indicator: in practice, where there is one."""
    buttons = window.findChildren(QAbstractButton)
    thumbs = [one for one in buttons if ".evidence.thumb." in one.objectName()]
    thumbs[-1].click()


def _redaction(window: MainWindow, round_: Round) -> None:
    _photo(window, round_)
    rest(window)
    press("photo.cover")(window, round_)


def _all_kinds(round_: Round) -> Where:
    """The list, once there are visits in several states."""
    made = (round_.interviewed, round_.unscored, round_.begun, round_.walked, round_.issued)
    assert all(one.visit_id for one in made)
    return Where(PageName.VISITS)


def _counted(window: MainWindow, _: Round) -> None:
    """Until every visit has its progress and its zone."""
    page = window.page
    while isinstance(page, VisitsPage) and page.counting:
        rest(window)


def _manual(window: MainWindow, _: Round) -> None:
    QTest.keyClick(window, Qt.Key.Key_F1)


def _sought(window: MainWindow, round_: Round) -> None:
    _manual(window, round_)
    rest(window)
    part(window, QLineEdit, "manual.search").setText("PDF")
    QApplication.processEvents()


VIEWS = (
    View("evidence", _checklist, _photo),
    View("redaction", _checklist, _redaction),
    View("visits-counted", _all_kinds, _counted),
    View("manual", _checklist, _manual),
    View("manual-searched", _checklist, _sought),
)
