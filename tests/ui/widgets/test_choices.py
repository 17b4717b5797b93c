"""Answers are given by mouse, finger and key, once each, and the arrows stay the page's."""

from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtTest import QSignalSpy, QTest
from PySide6.QtWidgets import QPushButton, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot
from shiboken6 import isValid
from tests.ui.widgets.hands import press, shown, speaks_as_chosen, spoken, tap

from assessor_app.ui.theme import TOUCH_TARGET_PX, Tokens
from assessor_app.ui.widgets.choices import Choices, Mark, Option

OPTIONS = (
    Option("present", "Ada", "1", Mark.PRESENT),
    Option("partial", "Ada sebagian", "2", Mark.PARTIAL),
    Option("absent", "Tidak ada", "3", Mark.ABSENT),
    Option("none", "Tidak dinilai", "0", Mark.NONE),
)


class Page(QWidget):
    """A page that changes side with the arrows, as the checklist does."""

    def __init__(self, content: QWidget) -> None:
        super().__init__()
        QVBoxLayout(self).addWidget(content)
        self.arrows: list[int] = []

    def keyPressEvent(self, event: QKeyEvent) -> None:
        self.arrows.append(event.key())


@pytest.fixture
def choices(tokens: Tokens) -> Iterator[Choices]:
    made = Choices("P15-06.practice", OPTIONS, tokens, columns=2, group="Praktik")
    yield made
    if isValid(made):  # no window took it along
        made.deleteLater()


def answer(choices: Choices, value: str) -> QPushButton:
    button = choices.findChild(QPushButton, f"P15-06.practice.{value}")
    assert button is not None
    return button


def test_a_click_chooses_and_is_told_once(choices: Choices, qtbot: QtBot) -> None:
    window = shown(choices, qtbot)
    spy = QSignalSpy(choices.chosen)

    QTest.mouseClick(answer(choices, "absent"), Qt.MouseButton.LeftButton)
    QTest.mouseClick(answer(choices, "absent"), Qt.MouseButton.LeftButton)

    assert window.isVisible()
    assert [spy.at(at) for at in range(spy.count())] == [["absent"]]
    assert answer(choices, "absent").isChecked()


def test_a_finger_chooses(choices: Choices, qtbot: QtBot) -> None:
    window = shown(choices, qtbot)

    with qtbot.waitSignal(choices.chosen) as heard:
        tap(answer(choices, "partial"))

    assert window.isVisible()
    assert heard.args == ["partial"]


@pytest.mark.parametrize("key", [Qt.Key.Key_Space, Qt.Key.Key_Return])
def test_a_key_chooses_the_focused_answer(choices: Choices, qtbot: QtBot, key: Qt.Key) -> None:
    window = shown(choices, qtbot)
    answer(choices, "present").setFocus()

    with qtbot.waitSignal(choices.chosen) as heard:
        QTest.keyClick(answer(choices, "present"), key)

    assert window.isVisible()
    assert heard.args == ["present"]


def test_what_is_recorded_is_shown_without_being_told(choices: Choices) -> None:
    spy = QSignalSpy(choices.chosen)

    choices.show_value("partial")
    choices.show_value("absent")

    checked = [option.value for option in OPTIONS if answer(choices, option.value).isChecked()]
    assert checked == ["absent"]
    choices.show_value(None)
    assert not any(answer(choices, option.value).isChecked() for option in OPTIONS)
    assert spy.count() == 0


def test_arrows_reach_the_page_and_tab_visits_each_answer(choices: Choices, qtbot: QtBot) -> None:
    page = Page(choices)
    window = shown(page, qtbot)
    answer(choices, "present").setFocus()

    for key in (Qt.Key.Key_Left, Qt.Key.Key_Right, Qt.Key.Key_Up, Qt.Key.Key_Down):
        press(key)

    assert len(page.arrows) == 4
    assert answer(choices, "present").hasFocus()
    for option in OPTIONS[1:]:
        press(Qt.Key.Key_Tab)
        assert answer(choices, option.value).hasFocus()
    assert window.isVisible()


def test_an_answer_speaks_its_group_its_word_and_its_state(choices: Choices) -> None:
    choices.show_value("absent")

    assert spoken(answer(choices, "absent")) == "Praktik, Tidak ada"
    assert speaks_as_chosen(answer(choices, "absent"))
    assert not speaks_as_chosen(answer(choices, "present"))
    choices.setAccessibleName("Di atas kertas")
    assert spoken(answer(choices, "absent")) == "Di atas kertas, Tidak ada"


def test_answers_have_room_for_a_finger_and_for_their_words(choices: Choices, qtbot: QtBot) -> None:
    window = shown(choices, qtbot, width=choices.minimumSizeHint().width())

    for option in OPTIONS:
        button = answer(choices, option.value)
        assert button.height() >= TOUCH_TARGET_PX
        assert button.width() >= button.minimumSizeHint().width()
    assert window.isVisible()


def test_a_long_answer_wraps_onto_two_lines_at_its_smallest(tokens: Tokens) -> None:
    long = Option("x", "Tersedia sebagian dan tidak lengkap", "2", Mark.PARTIAL)
    short = Option("y", "Ada", "", Mark.PRESENT)
    choices = Choices("c", (long, short), tokens, columns=1)
    button = choices.findChild(QPushButton, "c.x")
    assert button is not None

    words = button.fontMetrics().horizontalAdvance(long.label)

    assert button.minimumSizeHint().width() < words
    assert button.sizeHint().width() > words
