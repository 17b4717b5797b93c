"""The list of visits searched, filtered and empty of hits, and the check before leaving."""

from PySide6.QtWidgets import QLineEdit
from tests.ui.pictures.round import Round
from tests.ui.pictures.view import View, part

from assessor_app.domain.listing import Made, Sieve
from assessor_app.ui.directory import PageName, Where
from assessor_app.ui.main_window import MainWindow
from assessor_app.ui.pages.visits.page import VisitsPage


def _visits(round_: Round) -> Where:
    """The list with some visits in it: they are made when they are wanted."""
    assert round_.walked
    assert round_.begun
    return Where(PageName.VISITS)


def _preflight(_: Round) -> Where:
    return Where(PageName.PREFLIGHT)


def _type(window: MainWindow, text: str) -> None:
    part(window, QLineEdit, "visits.search").setText(text)


def _sift(window: MainWindow, sieve: Sieve) -> None:
    page = window.page
    if isinstance(page, VisitsPage):
        page.show_sieve(sieve)


VIEWS = (
    View("visits-searched", _visits, lambda window, _: _type(window, "dinas")),
    View("visits-nothing", _visits, lambda window, _: _type(window, "xyz")),
    View(
        "visits-filtered",
        _visits,
        lambda window, _: _sift(window, Sieve(made=frozenset({Made.COMPLETE, Made.UNDER_WAY}))),
    ),
    View("preflight", _preflight),
)
