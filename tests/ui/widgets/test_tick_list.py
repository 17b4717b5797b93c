"""A list of parts is ticked part by part, and agreement in one row."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot
from tests.ui.widgets.hands import press, shown, speaks_as_chosen, spoken, tap

from assessor_app.ui.theme import TOUCH_TARGET_PX, Tokens
from assessor_app.ui.widgets.choices import Choices, Mark, Option
from assessor_app.ui.widgets.likert import likert_row
from assessor_app.ui.widgets.tick_list import Tick, TickList

LONG = "Jaminan pelayanan yang memberikan kepastian pelayanan sesuai dengan standar pelayanan"
TICKS = [Tick("a", "Persyaratan", "1"), Tick("b", "Biaya", "2"), Tick("c", LONG, "3")]


def row(list_: TickList | Choices, value: str) -> QPushButton:
    found = list_.findChild(QPushButton, f"p.{value}")
    assert found is not None
    return found


@pytest.fixture
def told() -> list[list[str]]:
    return []


@pytest.fixture
def ticks(tokens: Tokens, qtbot: QtBot, told: list[list[str]]) -> TickList:
    made = TickList("p", TICKS, tokens, columns=1, group="K-09")
    made.ticked.connect(told.append)
    made.window_ = shown(made, qtbot, width=320)  # type: ignore[attr-defined]  # keeps it alive
    return made


def test_each_tick_reports_all_that_are_in_the_lists_order(
    ticks: TickList, told: list[list[str]]
) -> None:
    ticks.toggle("c")
    tap(row(ticks, "a"))
    row(ticks, "c").setFocus()
    press(Qt.Key.Key_Space)

    assert told == [["c"], ["a", "c"], ["a"]]


def test_what_is_recorded_is_shown_without_a_report(ticks: TickList, told: list[list[str]]) -> None:
    ticks.show_ticked(["b"])

    assert ticks.values == ["b"]
    assert speaks_as_chosen(row(ticks, "b"))
    assert not told


def test_a_long_name_wraps_and_every_row_has_room_for_a_finger(ticks: TickList) -> None:
    heights = [row(ticks, tick.value).height() for tick in TICKS]

    assert min(heights) >= TOUCH_TARGET_PX
    assert heights[2] > heights[0]
    assert spoken(row(ticks, "c")) == f"K-09, {LONG}"


def test_two_columns_are_read_down_first(tokens: Tokens, qtbot: QtBot) -> None:
    made = TickList("p", TICKS, tokens, columns=2)
    window = shown(made, qtbot, width=700)

    assert row(made, "a").x() == row(made, "b").x()
    assert row(made, "c").x() > row(made, "a").x()
    assert window.isVisible()


def test_agreement_is_one_row_of_equal_buttons(tokens: Tokens, qtbot: QtBot) -> None:
    words = ["Sangat tidak setuju", "Tidak setuju", "Netral", "Setuju", "Sangat setuju"]
    options = [
        Option(str(place), word, str(place), Mark.CHOSEN) for place, word in enumerate(words, 1)
    ]
    likert = likert_row("p", options, tokens, group="K-11")
    window = shown(likert, qtbot, width=520)
    told: list[str] = []
    likert.chosen.connect(told.append)

    tap(row(likert, "4"))
    tap(row(likert, "4"))
    row(likert, "5").setFocus()
    press(Qt.Key.Key_Space)
    likert.show_value(None)

    assert told == ["4", "5"]
    assert not any(speaks_as_chosen(row(likert, str(place))) for place in range(1, 6))
    assert len({row(likert, str(place)).y() for place in range(1, 6)}) == 1
    widths = [row(likert, str(place)).width() for place in range(1, 6)]
    assert max(widths) - min(widths) <= 2
    assert spoken(row(likert, "1")) == "K-11, Sangat tidak setuju"
    assert window.isVisible()
