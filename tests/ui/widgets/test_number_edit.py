"""A number is typed or counted, and reported once when it rests."""

from decimal import Decimal

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit, QPushButton
from pytestqt.qtbot import QtBot
from tests.ui.widgets.hands import press, shown, spoken, tap

from assessor_app.ui.theme import TOUCH_TARGET_PX, Tokens
from assessor_app.ui.widgets.number_edit import NumberEdit


@pytest.fixture
def told() -> list[str]:
    return []


@pytest.fixture
def number(tokens: Tokens, qtbot: QtBot, told: list[str]) -> NumberEdit:
    made = NumberEdit(
        "n", tokens, unit="kursi", fewer="Kurangi", more="Tambah", least=Decimal(0), most=Decimal(9)
    )
    made.settled.connect(told.append)
    made.window_ = shown(made, qtbot)  # type: ignore[attr-defined]  # keeps its window alive
    return made


def line(number: NumberEdit) -> QLineEdit:
    found = number.findChild(QLineEdit)
    assert found is not None
    return found


def button(number: NumberEdit, name: str) -> QPushButton:
    found = number.findChild(QPushButton, f"n.{name}")
    assert found is not None
    return found


def test_what_is_typed_is_reported_when_it_rests(
    number: NumberEdit, told: list[str], qtbot: QtBot
) -> None:
    QTest.keyClicks(line(number), "7")
    assert not told

    qtbot.waitUntil(lambda: told == ["7"])


def test_a_comma_that_nothing_follows_yet_is_not_reported(
    number: NumberEdit, told: list[str]
) -> None:
    number.show_text("2")
    QTest.keyClicks(line(number), ",")
    number.typed.settle()
    assert not told

    QTest.keyClicks(line(number), "5")
    number.typed.settle()

    assert told == ["2,5"]


def test_buttons_and_arrow_keys_count_within_the_bounds(
    number: NumberEdit, told: list[str]
) -> None:
    tap(button(number, "fewer"))
    number.typed.settle()
    assert told == ["0"], "nothing is less than the least"
    number.show_text("8")
    line(number).setFocus()

    for key in (Qt.Key.Key_Up, Qt.Key.Key_Up, Qt.Key.Key_Up):
        press(key)
    number.typed.settle()

    assert told == ["0", "9"], "nor more than the most"
    press(Qt.Key.Key_Down)
    number.typed.settle()
    assert told == ["0", "9", "8"]


def test_counting_goes_on_from_a_decimal_comma(number: NumberEdit) -> None:
    number.show_text("2,5")

    number.step(1)

    assert number.text() == "3,5"


def test_what_is_no_number_is_not_counted_on_from(number: NumberEdit) -> None:
    QTest.keyClicks(line(number), "x")

    number.step(1)

    assert number.text() == "x"


def test_a_refused_number_stays_and_is_reported_again(number: NumberEdit, told: list[str]) -> None:
    QTest.keyClicks(line(number), "12")
    number.typed.settle()
    number.typed.refuse()

    number.show_text("4")
    number.typed.settle()

    assert number.text() == "12"
    assert told == ["12", "12"]


def test_another_answer_takes_the_place_of_what_was_typed(
    number: NumberEdit, told: list[str]
) -> None:
    QTest.keyClicks(line(number), "12")

    number.typed.put("")
    number.typed.settle()

    assert number.text() == ""
    assert not told


def test_only_a_digit_begins_a_number(number: NumberEdit) -> None:
    assert not number.begin("T")
    assert number.begin("4")
    assert number.text() == "4"

    number.setEnabled(False)

    assert not number.begin("5")


def test_finger_and_ear_find_each_part(number: NumberEdit) -> None:
    number.setAccessibleName("K-06, kursi")

    assert spoken(line(number)) == "K-06, kursi"
    assert spoken(button(number, "fewer")) == "Kurangi"
    assert all(
        one.height() >= TOUCH_TARGET_PX and one.width() >= TOUCH_TARGET_PX
        for one in number.findChildren(QPushButton)
    )
