"""Notices, the veil, steps and the strength of a passphrase say what they are given."""

from itertools import pairwise

import pytest
from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtTest import QSignalSpy, QTest
from PySide6.QtWidgets import QLabel, QPushButton, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot
from shiboken6 import delete
from tests.ui.widgets.hands import press, shown, spoken, tap

from assessor_app.ui.theme import TOUCH_TARGET_PX, Tokens, icon
from assessor_app.ui.widgets.busy import Busy
from assessor_app.ui.widgets.buttons import button, icon_button
from assessor_app.ui.widgets.card import Card
from assessor_app.ui.widgets.labels import body, heading, quiet, strong, title
from assessor_app.ui.widgets.notice import Notice, Tone
from assessor_app.ui.widgets.scrolling import scrolling
from assessor_app.ui.widgets.steps import Steps
from assessor_app.ui.widgets.strength import StrengthMeter

STEPS = [("review", "Tinjau"), ("issue", "Terbitkan"), ("hand", "Serahkan")]


@pytest.mark.parametrize("tone", list(Tone))
def test_a_notice_is_hidden_until_it_tells(tokens: Tokens, qtbot: QtBot, tone: Tone) -> None:
    notice = Notice(tokens, "notice")
    window = shown(notice, qtbot)
    assert not notice.isVisible()

    notice.tell("Jawaban Anda tersimpan.", tone)

    assert notice.isVisible()
    assert spoken(notice) == "Jawaban Anda tersimpan."
    notice.clear()
    assert not notice.isVisible()
    assert window.isVisible()


def test_a_notice_offers_one_thing_to_do(tokens: Tokens, qtbot: QtBot) -> None:
    notice = Notice(tokens, "notice")
    window = shown(notice, qtbot)
    notice.tell("Foto tidak terbaca.", Tone.ERROR, action="Coba lagi")
    action = notice.findChild(QPushButton, "notice.action")
    assert action is not None
    assert action.height() >= TOUCH_TARGET_PX
    qtbot.waitUntil(action.isVisible)

    with qtbot.waitSignal(notice.acted):
        tap(action)

    notice.tell("Tersimpan.", Tone.SUCCESS)
    assert not action.isVisible()
    assert window.isVisible()


def test_the_veil_keeps_mouse_and_keys_from_the_page(tokens: Tokens, qtbot: QtBot) -> None:
    page = QWidget()
    below = button("Tanda tangani", "sign")
    QVBoxLayout(page).addWidget(below)
    busy = Busy(page, tokens)
    window = shown(page, qtbot)
    below.setFocus()
    spy = QSignalSpy(below.clicked)

    busy.begin("Menandatangani.")
    assert busy.geometry() == page.rect()
    QTest.mouseClick(busy, Qt.MouseButton.LeftButton, pos=below.geometry().center())
    for key in (Qt.Key.Key_Tab, Qt.Key.Key_Space, Qt.Key.Key_Return):
        press(key)

    assert spy.count() == 0
    assert busy.hasFocus()
    busy.end()
    assert below.hasFocus()
    assert not busy.isVisible()
    assert window.isVisible()


def test_a_veil_over_a_part_leaves_the_focus_beside_it(tokens: Tokens, qtbot: QtBot) -> None:
    whole = QWidget()
    rows = QVBoxLayout(whole)
    beside, page = button("Cari", "search"), QWidget()
    rows.addWidget(beside)
    rows.addWidget(page)
    busy = Busy(page, tokens)
    window = shown(whole, qtbot)
    beside.setFocus()

    busy.begin("Menyimpan.")
    assert beside.hasFocus()
    busy.end()

    assert beside.hasFocus()
    assert window.isVisible()


def test_no_shortcut_works_behind_the_veil(tokens: Tokens, qtbot: QtBot) -> None:
    page = QWidget()
    below = button("Simpan", "save")
    QVBoxLayout(page).addWidget(below)
    undone = QShortcut(QKeySequence("Ctrl+Z"), page)
    spy = QSignalSpy(undone.activated)
    busy = Busy(page, tokens)
    window = shown(page, qtbot)
    below.setFocus()

    busy.begin("Menandatangani.")
    QTest.keyClick(busy, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert spy.count() == 0
    busy.end()
    QTest.keyClick(below, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert spy.count() == 1
    assert window.isVisible()


def test_the_veil_bears_that_what_had_the_focus_is_gone(tokens: Tokens, qtbot: QtBot) -> None:
    page = QWidget()
    rows = QVBoxLayout(page)
    below = button("Simpan", "save")
    rows.addWidget(below)
    busy = Busy(page, tokens)
    window = shown(page, qtbot)
    below.setFocus()
    busy.begin("Menyimpan.")

    delete(below)
    busy.end()

    assert not busy.isVisible()
    assert window.isVisible()


def test_the_veil_tells_how_far_it_is_and_turns_only_while_seen(
    tokens: Tokens, qtbot: QtBot
) -> None:
    page = QWidget()
    page.setMinimumSize(400, 300)
    busy = Busy(page, tokens)
    window = shown(page, qtbot)
    (clock,) = busy.findChildren(QTimer)
    assert not clock.isActive()

    busy.begin("Menyiapkan foto.")
    busy.show_progress("Foto 3 dari 20.")

    assert clock.isActive()
    assert spoken(busy) == "Foto 3 dari 20."
    assert [label.text() for label in busy.findChildren(QLabel)] == ["Foto 3 dari 20."]
    window.resize(900, 700)
    qtbot.waitUntil(lambda: busy.size() == page.size())
    busy.end()
    assert not clock.isActive()


def test_steps_tell_which_one_is_wanted_and_the_page_shows_it(tokens: Tokens, qtbot: QtBot) -> None:
    steps = Steps("step", STEPS, tokens)
    window = shown(steps, qtbot)
    steps.set_open({"review", "issue"})
    steps.show_step("review")
    spy = QSignalSpy(steps.chosen)

    tap(step(steps, "issue"))
    QTest.mouseClick(step(steps, "hand"), Qt.MouseButton.LeftButton)

    assert [spy.at(at) for at in range(spy.count())] == [["issue"]]
    assert step(steps, "review").isChecked()
    assert not step(steps, "issue").isChecked()
    assert not step(steps, "hand").isEnabled()
    assert step(steps, "issue").height() >= TOUCH_TARGET_PX
    assert window.isVisible()


def test_strength_is_told_in_a_word(tokens: Tokens, qtbot: QtBot) -> None:
    meter = StrengthMeter(tokens)
    window = shown(meter, qtbot)

    pictures = []
    for score, word in enumerate(("", "Lemah", "Cukup", "Kuat", "Sangat kuat")):
        meter.show_strength(score, word)
        assert spoken(meter) == word
        pictures.append(meter.grab().toImage())

    assert all(one != other for one, other in pairwise(pictures))
    assert window.isVisible()


def test_text_is_never_taken_for_markup(tokens: Tokens) -> None:
    for make in (title, heading, body, quiet, strong):
        label = make("<b>tebal</b> & rapi")
        assert label.textFormat() is Qt.TextFormat.PlainText
        assert label.text() == "<b>tebal</b> & rapi"
        assert label.wordWrap()
    assert spoken(button("Simpan & lanjut", "save")) == "Simpan & lanjut"


@pytest.mark.parametrize("role", ["plain", "primary", "flat", "danger"])
def test_a_button_answers_to_mouse_finger_and_both_keys(
    tokens: Tokens, qtbot: QtBot, role: str
) -> None:
    made = button("Simpan", "save", role=role, icon=icon("save", tokens.ink), tip="Ctrl+S")
    window = shown(made, qtbot)
    spy = QSignalSpy(made.clicked)
    made.clearFocus()
    unfocused = made.grab().toImage()

    QTest.mouseClick(made, Qt.MouseButton.LeftButton)
    tap(made)
    QTest.keyClick(made, Qt.Key.Key_Space)
    QTest.keyClick(made, Qt.Key.Key_Return)

    assert spy.count() == 4
    assert made.height() >= TOUCH_TARGET_PX
    assert made.hasFocus()
    assert made.grab().toImage() != unfocused
    assert window.isVisible()


def test_an_icon_button_speaks_and_is_large_enough(tokens: Tokens, qtbot: QtBot) -> None:
    made = icon_button("Ganti bahasa", "language", icon("globe", tokens.ink))
    window = shown(made, qtbot)

    assert spoken(made) == made.toolTip() == "Ganti bahasa"
    assert min(made.width(), made.height()) >= TOUCH_TARGET_PX
    with qtbot.waitSignal(made.clicked):
        QTest.keyClick(made, Qt.Key.Key_Space)
    assert window.isVisible()


def test_a_card_holds_its_heading_and_what_is_put_in(tokens: Tokens) -> None:
    card = Card("Nilai sementara")
    card.body.addWidget(body("66,1"))

    assert [label.text() for label in card.findChildren(QLabel)] == ["Nilai sementara", "66,1"]


def test_tall_content_scrolls_by_keyboard_focus(tokens: Tokens, qtbot: QtBot) -> None:
    tall = QWidget()
    rows = QVBoxLayout(tall)
    for at in range(30):
        rows.addWidget(button(f"Baris {at}", f"row.{at}"))
    area = scrolling(tall, "area")
    qtbot.addWidget(area)
    area.resize(300, 300)
    with qtbot.waitExposed(area):
        area.show()
    last = tall.findChild(QPushButton, "row.29")
    assert last is not None

    last.setFocus(Qt.FocusReason.TabFocusReason)
    area.ensureWidgetVisible(last)

    assert area.objectName() == "area"
    there = area.verticalScrollBar().value()
    QTest.keyClick(area, Qt.Key.Key_Up)
    assert area.verticalScrollBar().value() == there
    QTest.keyClick(area, Qt.Key.Key_PageUp)
    assert area.verticalScrollBar().value() < there
    area.ensureWidgetVisible(last)
    assert not last.visibleRegion().isEmpty()


def step(steps: Steps, value: str) -> QPushButton:
    found = steps.findChild(QPushButton, f"step.{value}")
    assert found is not None
    return found
