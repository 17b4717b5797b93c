"""Published results: a year, a province, an institution over the years."""

from collections import Counter

from PySide6.QtWidgets import QComboBox
from tests.ui.pictures.round import Round
from tests.ui.pictures.view import Home, View, part

from assessor_app.services.results import Wanted
from assessor_app.ui.directory import PageName, Where
from assessor_app.ui.main_window import MainWindow
from assessor_app.ui.pages.results.page import ResultsPage, Standing

_RANKED = 2023  # the year whose results are side by side


def _results(round_: Round) -> Where:
    assert round_.results
    return Where(PageName.RESULTS)


def _of_one_province(window: MainWindow, round_: Round) -> None:
    """The province with the highest score."""
    scored = [one for one in round_.results if one.year == _RANKED and one.unit is None]
    highest = max(scored, key=lambda one: one.score or 0)
    assert isinstance(window.page, ResultsPage)
    window.page.stand(Standing(Wanted(year=_RANKED, province=highest.province)))


def _of_one_institution(window: MainWindow, round_: Round) -> None:
    """The institution with results of the most years, a number read by other rules."""
    years = Counter(one.institution for one in round_.results if one.unit is None)
    assert isinstance(window.page, ResultsPage)
    window.page.stand(Standing(Wanted(year=_RANKED), years.most_common(1)[0][0]))
    rules = part(window, QComboBox, "results.rules.year")
    rules.setCurrentIndex(rules.findData("2021"))


VIEWS = (
    View("results", _results, _of_one_province),
    View("results-institution", _results, _of_one_institution),
    View("results-empty", lambda _: Where(PageName.RESULTS), home=Home.EMPTY),
)
