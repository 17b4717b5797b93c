"""The trend chart: what it paints where, what it tells of a year, and how it speaks."""

from decimal import Decimal

import pytest
from PySide6.QtCore import QEvent, QPoint
from PySide6.QtGui import QColor, QHelpEvent, QImage
from PySide6.QtWidgets import QApplication, QToolTip, QWidget
from pytestqt.qtbot import QtBot
from tests.ui.widgets.hands import shown, spoken

from assessor_app.charts.trend import Step, TrendYear
from assessor_app.domain.zone import ZoneColour
from assessor_app.ui.theme import Tokens
from assessor_app.ui.widgets.trend_chart import TrendChart, YearShown

RED, YELLOW, GREEN = ZoneColour.RED, ZoneColour.YELLOW, ZoneColour.GREEN
STEPS = (Step(Decimal(0), RED), Step(Decimal(51), YELLOW), Step(Decimal(81), GREEN))


def year(
    number: int, score: str | None, zone: ZoneColour | None, *, is_shown: bool = True
) -> YearShown:
    points = None if score is None else Decimal(score)
    drawn = TrendYear(points, zone, Decimal(100), STEPS, shown=is_shown)
    return YearShown(drawn, str(number), score or "–", f"Tahun {number}")


@pytest.fixture
def chart(tokens: Tokens, qtbot: QtBot) -> TrendChart:
    made = TrendChart(tokens)
    qtbot.addWidget(made)
    made.show_years([year(2021, "90", GREEN), year(2022, None, RED)], "Dua tahun")
    return made


@pytest.fixture
def window(chart: TrendChart, qtbot: QtBot) -> QWidget:
    return shown(chart, qtbot)


def colours(image: QImage, *, left: float, right: float, top: float, bottom: float) -> set[str]:
    """All colours in a part of a picture, given by shares of its sides."""
    across = range(int(image.width() * left), int(image.width() * right))
    down = range(int(image.height() * top), int(image.height() * bottom))
    return {QColor(image.pixel(x, y)).name() for x in across for y in down}


def test_a_score_stands_on_the_plot_and_a_zone_without_one_below_it(
    chart: TrendChart, window: QWidget, tokens: Tokens
) -> None:
    picture = chart.grab().toImage()
    half = 150 / chart.width()  # a year is no wider than 150 pixels

    first = colours(picture, left=0.25 * half, right=0.75 * half, top=0, bottom=0.4)
    second = colours(picture, left=1.2 * half, right=1.8 * half, top=0, bottom=0.78)
    below = colours(picture, left=1.2 * half, right=1.8 * half, top=0.79, bottom=0.92)
    assert tokens.green.fill.name() in first
    assert tokens.red.fill.name() not in second
    assert tokens.red.fill.name() in below


def test_each_year_has_the_ground_of_its_zones(
    chart: TrendChart, window: QWidget, tokens: Tokens
) -> None:
    ground = colours(chart.grab().toImage(), left=0, right=0.2, top=0, bottom=1)

    assert {hue.tint.name() for hue in (tokens.red, tokens.yellow, tokens.green)} <= ground


def test_it_tells_of_the_year_under_the_pointer(chart: TrendChart, window: QWidget) -> None:
    assert chart.told_at(60) == "Tahun 2021"
    assert chart.told_at(200) == "Tahun 2022"
    assert chart.told_at(chart.width() - 1) == ""
    assert chart.told_at(0) == ""


@pytest.mark.qt_log_ignore("This plugin does not support")  # a screen that is not there
def test_the_tip_is_shown_where_the_pointer_rests(chart: TrendChart, window: QWidget) -> None:
    place = QPoint(60, 40)
    QApplication.sendEvent(chart, QHelpEvent(QEvent.Type.ToolTip, place, chart.mapToGlobal(place)))

    assert QToolTip.text() == "Tahun 2021"
    QToolTip.hideText()


def test_it_speaks_as_it_was_told(chart: TrendChart) -> None:
    assert spoken(chart) == "Dua tahun"


def test_many_narrow_years_are_drawn_without_words_that_have_no_room(
    tokens: Tokens, qtbot: QtBot
) -> None:
    chart = TrendChart(tokens)
    missing = year(2019, None, None, is_shown=False)
    years = [year(2000 + count, "60", YELLOW) for count in range(30)]
    chart.show_years([*years, missing], "Banyak tahun")
    window = shown(chart, qtbot, width=300)

    picture = chart.grab().toImage()

    line = colours(picture, left=0, right=1, top=0.93, bottom=1)
    assert tokens.ink.name() not in line
    assert window.isVisible()


def test_without_years_nothing_is_told(tokens: Tokens, qtbot: QtBot) -> None:
    chart = TrendChart(tokens)
    window = shown(chart, qtbot)

    assert chart.told_at(10) == ""
    assert chart.grab().toImage().height() == chart.minimumSizeHint().height()
    assert window.isVisible()
