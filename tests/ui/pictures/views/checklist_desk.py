"""The checklist at work: drawers, filters, keys, note templates, products beside each other."""

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit
from tests.ui.pictures.round import Round
from tests.ui.pictures.view import View, in_turn, part, press

from assessor_app.ui.directory import PageName, Where
from assessor_app.ui.main_window import MainWindow


def _gap(round_: Round) -> Where:
    return Where(PageName.CHECKLIST, visit=round_.begun.visit_id, indicator="P15-02")


def _drawer(window: MainWindow, _: Round) -> None:
    QTest.keyClick(window.page, Qt.Key.Key_O)


def _keys(window: MainWindow, _: Round) -> None:
    QTest.keyClick(window.page, Qt.Key.Key_Question)


def _templates(window: MainWindow, _: Round) -> None:
    QTest.keyClick(window.page, Qt.Key.Key_K)


def _sought(window: MainWindow, _: Round) -> None:
    part(window, QLineEdit, "checklist.search").setText("tidak ada yang seperti ini")


VIEWS = (
    View("checklist-outline", _gap, _drawer),
    View("checklist-keys", _gap, _keys),
    View("checklist-templates", _gap, _templates),
    View("checklist-gaps", _gap, press("checklist.filter.gaps")),
    View("checklist-none", _gap, in_turn(press("checklist.filter.marked"), _sought)),
    View("checklist-guidance", _gap, press("indicator.P15-02.guidance")),
    View("checklist-products", _gap, press("indicator.P15-02.products")),
)
