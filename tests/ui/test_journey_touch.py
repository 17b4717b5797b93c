"""Fingers at the checklist: a scroll is no tap, in dialogs too; the edge draws the outline."""

from collections.abc import Sequence

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QDialog, QPlainTextEdit, QPushButton, QWidget
from pytestqt.qtbot import QtBot
from tests.ui.hands_at_window import Hands, opened
from tests.ui.pages.hands import PATIENCE_MS, part

from assessor_app.compose import Application
from assessor_app.services.session import Session
from assessor_app.ui.pages.checklist.columns import Room

TABLET = (768, 1024)


@pytest.fixture
def hands(application: Application, session: Session, qtbot: QtBot) -> Hands:
    """At the checklist of a visit that was just begun, on a tablet held upright."""
    hands = opened(application, qtbot)
    hands.open(session.visit_id)
    hands.window.resize(*TABLET)
    qtbot.waitUntil(lambda: hands.checklist.columns.room is Room.STACKED, timeout=PATIENCE_MS)
    return hands


def drag(window: QWidget, places: Sequence[QPoint]) -> None:
    """One finger along these places of a window, and off it."""
    handle, finger = window.windowHandle(), QTest.createTouchDevice()
    QTest.touchEvent(window, finger).press(0, places[0], handle).commit()
    for place in places[1:]:
        QTest.touchEvent(window, finger).move(0, place, handle).commit()
    QTest.touchEvent(window, finger).release(0, places[-1], handle).commit()


def middle_of(widget: QWidget) -> QPoint:
    return widget.mapTo(widget.window(), widget.rect().center())


def test_the_edge_draws_the_outline_and_a_short_way_does_not(hands: Hands) -> None:
    outline = part(hands.window, QWidget, "checklist.outline")
    edge = middle_of(part(hands.window, QWidget, "checklist.edge"))

    drag(hands.window, [edge, edge + QPoint(12, 0)])
    assert not outline.isVisible()
    drag(hands.window, [edge, edge + QPoint(30, 0), edge + QPoint(120, 4)])
    assert outline.isVisible()


def test_a_finger_that_scrolls_over_an_answer_gives_none(hands: Hands) -> None:
    page = hands.checklist
    button = part(page, QPushButton, f"indicator.{page.code}.paperwork.present")
    start = middle_of(button)

    drag(hands.window, [start, start - QPoint(0, 30), start - QPoint(0, 90), start])

    assert not page.session.snapshot.observations


def test_a_second_finger_answers_nothing_more(hands: Hands) -> None:
    page = hands.checklist
    names = [f"indicator.{page.code}.paperwork.{one}" for one in ("present", "absent")]
    first, second = (middle_of(part(page, QPushButton, name)) for name in names)
    handle, screen = hands.window.windowHandle(), QTest.createTouchDevice()

    QTest.touchEvent(hands.window, screen).press(0, first, handle).commit()
    QTest.touchEvent(hands.window, screen).stationary(0).press(1, second, handle).commit()
    QTest.touchEvent(hands.window, screen).stationary(0).release(1, second, handle).commit()
    QTest.touchEvent(hands.window, screen).release(0, first, handle).commit()

    assert len(page.session.snapshot.observations) <= 1
    answers = {one.answer for one in page.session.snapshot.observations.values()}
    assert answers <= {"present"}


def test_a_finger_that_scrolls_over_a_dialog_chooses_nothing(hands: Hands, qtbot: QtBot) -> None:
    """The templates are a list to be scrolled; a tap on the same line inserts it."""
    page = hands.checklist
    hands.key(Qt.Key.Key_K)
    dialog = part(page, QDialog, "templates")
    qtbot.waitUntil(dialog.isActiveWindow, timeout=PATIENCE_MS)
    line = middle_of(part(dialog, QPushButton, "templates.0"))

    drag(dialog, [line, line + QPoint(0, 8), line + QPoint(0, 60), line])
    assert dialog.isVisible()
    drag(dialog, [line])

    note = part(page, QPlainTextEdit, f"indicator.{page.code}.paperwork.note")
    qtbot.waitUntil(lambda: bool(note.toPlainText()), timeout=PATIENCE_MS)
    assert not any(one.isVisible() for one in page.findChildren(QDialog, "templates"))


def test_a_dialog_that_comes_again_is_guarded_again(hands: Hands, qtbot: QtBot) -> None:
    page = hands.checklist
    for _ in range(2):
        hands.key(Qt.Key.Key_Question)
        qtbot.waitUntil(lambda: bool(page.findChildren(QDialog, "keys")), timeout=PATIENCE_MS)
        dialog = page.findChildren(QDialog, "keys")[-1]
        qtbot.waitUntil(dialog.isActiveWindow, timeout=PATIENCE_MS)
        close = middle_of(part(dialog, QPushButton, "keys.close"))
        drag(dialog, [close, close - QPoint(0, 80), close])
        assert dialog.isVisible()
        drag(dialog, [close])
        qtbot.waitUntil(lambda: not page.findChildren(QDialog, "keys"), timeout=PATIENCE_MS)
        hands.window.activateWindow()
        qtbot.waitUntil(hands.window.isActiveWindow, timeout=PATIENCE_MS)
        page.setFocus()
