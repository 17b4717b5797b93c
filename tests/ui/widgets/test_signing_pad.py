"""Signing on the screen: with mouse, finger and pen, each stroke with its time and pressure."""

import time

import pytest
from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QPointingDevice, QTabletEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from assessor_app.domain.handwriting import (
    FULL_PRESSURE,
    Handwriting,
    Point,
    handwriting_bytes,
    read_handwriting,
)
from assessor_app.ui.theme import Scheme, tokens
from assessor_app.ui.widgets.signing_pad import HEIGHT, WIDTH, SigningPad

LEFT = Qt.MouseButton.LeftButton
NO_KEYS = Qt.KeyboardModifier.NoModifier


@pytest.fixture
def pad(qtbot: QtBot) -> SigningPad:
    made = SigningPad("pad", tokens=tokens(Scheme.LIGHT))
    qtbot.addWidget(made)
    made.resize(800, 300)
    with qtbot.waitExposed(made):
        made.show()
    return made


def drag(pad: SigningPad, *places: tuple[int, int]) -> None:
    QTest.mousePress(pad, LEFT, NO_KEYS, QPoint(*places[0]))
    for place in places[1:]:
        QTest.mouseMove(pad, QPoint(*place))
    QTest.mouseRelease(pad, LEFT, NO_KEYS, QPoint(*places[-1]))


def pen(pad: SigningPad, kind: QEvent.Type, x: float, y: float, *, pressure: float) -> None:
    at = QPointF(x, y)
    released = kind is QEvent.Type.TabletRelease
    event = QTabletEvent(
        kind,
        QPointingDevice.primaryPointingDevice(),
        at,
        QPointF(pad.mapToGlobal(at)),
        pressure,
        0,
        0,
        0,
        0,
        0,
        NO_KEYS,
        LEFT if kind is not QEvent.Type.TabletMove else Qt.MouseButton.NoButton,
        Qt.MouseButton.NoButton if released else LEFT,
    )
    QApplication.sendEvent(pad, event)


def test_the_mouse_draws_a_stroke_in_the_pads_own_units(pad: SigningPad, qtbot: QtBot) -> None:
    assert pad.handwriting() is None

    with qtbot.waitSignal(pad.changed):
        drag(pad, (80, 150), (400, 30), (720, 150))

    drawn = pad.handwriting()
    assert drawn is not None
    assert (drawn.width, drawn.height) == (WIDTH, HEIGHT)
    (stroke,) = drawn.strokes
    assert [(one.x, one.y) for one in stroke] == [(800, 1500), (4000, 300), (7200, 1500)]
    assert {one.pressure for one in stroke} == {FULL_PRESSURE}
    assert [one.at for one in stroke] == sorted(one.at for one in stroke)
    assert stroke[0].at == 0
    assert read_handwriting(handwriting_bytes(drawn)) == drawn


def test_a_finger_draws_and_a_second_one_is_not_heard(pad: SigningPad) -> None:
    device = QTest.createTouchDevice()

    QTest.touchEvent(pad, device).press(0, QPoint(80, 150), pad).commit()
    QTest.touchEvent(pad, device).move(0, QPoint(300, 60), pad).press(
        1, QPoint(600, 200), pad
    ).commit()
    QTest.touchEvent(pad, device).move(0, QPoint(500, 200), pad).move(
        1, QPoint(700, 250), pad
    ).commit()
    QTest.touchEvent(pad, device).release(0, QPoint(500, 200), pad).release(
        1, QPoint(700, 250), pad
    ).commit()

    drawn = pad.handwriting()
    assert drawn is not None
    (stroke,) = drawn.strokes
    assert [(one.x, one.y) for one in stroke] == [(800, 1500), (3000, 600), (5000, 2000)]


def test_a_pen_tells_how_hard_it_pressed(pad: SigningPad) -> None:
    pen(pad, QEvent.Type.TabletPress, 100, 100, pressure=0.2)
    pen(pad, QEvent.Type.TabletMove, 400, 200, pressure=0.75)
    pen(pad, QEvent.Type.TabletRelease, 500, 100, pressure=0.0)

    drawn = pad.handwriting()
    assert drawn is not None
    (stroke,) = drawn.strokes
    assert [one.pressure for one in stroke] == [200, 750, 0]


def test_the_last_stroke_is_taken_back_and_all_is_cleared(pad: SigningPad) -> None:
    drag(pad, (80, 150), (400, 30))
    drag(pad, (200, 250), (600, 250))

    pad.take_back()
    drawn = pad.handwriting()
    assert drawn is not None
    assert len(drawn.strokes) == 1

    pad.clear()
    assert pad.handwriting() is None
    assert not pad.has_strokes


def test_a_dot_is_no_signature(pad: SigningPad) -> None:
    drag(pad, (80, 150), (81, 150))

    assert pad.has_strokes
    assert not pad.is_signed


def test_what_leaves_the_sheet_stays_at_its_edge(pad: SigningPad) -> None:
    drag(pad, (400, 150), (3000, -50))

    drawn = pad.handwriting()
    assert drawn is not None
    assert drawn.strokes[0][-1][:2] == (WIDTH, 0)


def test_strokes_stay_where_they_are_on_a_pad_of_another_size(pad: SigningPad) -> None:
    drag(pad, (80, 150), (720, 150))
    before = pad.handwriting()

    pad.resize(1200, 700)

    assert pad.handwriting() == before


def test_a_still_pad_shows_strokes_of_any_pad_and_takes_none(qtbot: QtBot) -> None:
    still = SigningPad("still", tokens=tokens(Scheme.DARK), still=True)
    qtbot.addWidget(still)
    still.resize(400, 150)
    still.show()
    empty = still.grab().toImage()

    still.show_handwriting(Handwriting(100, 40, ((Point(5, 5, 0, 500), Point(95, 35, 9, 500)),)))
    drag(still, (80, 50), (300, 60))

    assert still.grab().toImage() != empty
    drawn = still.handwriting()
    assert drawn is not None
    assert len(drawn.strokes) == 1


def test_what_is_cleared_while_a_finger_draws_goes_on_with_nothing(pad: SigningPad) -> None:
    device = QTest.createTouchDevice()
    QTest.touchEvent(pad, device).press(0, QPoint(80, 150), pad).commit()
    pad.clear()

    QTest.touchEvent(pad, device).move(0, QPoint(300, 60), pad).commit()
    QTest.touchEvent(pad, device).release(0, QPoint(500, 200), pad).commit()
    assert not pad.has_strokes

    QTest.touchEvent(pad, device).press(0, QPoint(80, 150), pad).commit()
    pad.take_back()
    QTest.touchEvent(pad, device).move(0, QPoint(300, 60), pad).commit()
    QTest.touchEvent(pad, device).release(0, QPoint(500, 200), pad).commit()
    assert not pad.has_strokes


def test_the_mouse_does_not_go_on_with_what_a_finger_draws(pad: SigningPad) -> None:
    device = QTest.createTouchDevice()
    QTest.touchEvent(pad, device).press(0, QPoint(80, 150), pad).commit()

    drag(pad, (700, 20), (720, 250))
    QTest.touchEvent(pad, device).move(0, QPoint(300, 60), pad).commit()
    QTest.touchEvent(pad, device).release(0, QPoint(300, 60), pad).commit()

    drawn = pad.handwriting()
    assert drawn is not None
    assert [[point[:2] for point in stroke] for stroke in drawn.strokes] == [
        [(800, 1500), (3000, 600)]
    ]


def test_time_counts_from_the_first_point_of_what_is_kept(pad: SigningPad, qtbot: QtBot) -> None:
    drag(pad, (80, 150), (400, 30))
    began = time.monotonic()
    qtbot.waitUntil(lambda: time.monotonic() > began + 0.03)
    pad.clear()

    drag(pad, (80, 150), (400, 30))

    drawn = pad.handwriting()
    assert drawn is not None
    assert drawn.strokes[0][0].at == 0


def test_a_scribble_without_end_takes_no_more_points_than_can_be_kept(
    pad: SigningPad, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("assessor_app.ui.widgets.signing_pad._MOST_POINTS", 20)
    pen(pad, QEvent.Type.TabletPress, 80, 150, pressure=0.5)
    for step in range(50):
        pen(pad, QEvent.Type.TabletMove, 80 + 600 * (step % 2), 150, pressure=0.5)
    pen(pad, QEvent.Type.TabletRelease, 400, 30, pressure=0.0)

    drawn = pad.handwriting()
    assert drawn is not None
    assert len(tuple(drawn.points())) == 20
