"""Boxes over a picture by mouse, finger and keyboard: only what was meant is reported."""

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QColor, QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from assessor_app.domain.redaction import SCALE, SMALLEST, Box
from assessor_app.ui.theme import Scheme, tokens
from assessor_app.ui.widgets.box_canvas import BoxCanvas, Covered

LEFT = Qt.MouseButton.LeftButton
SHIFT, CTRL = Qt.KeyboardModifier.ShiftModifier, Qt.KeyboardModifier.ControlModifier
BOX = Box(2000, 2000, 6000, 6000)


class Hand:
    """A canvas of 800 x 400 whose picture of 400 x 400 stands in its middle."""

    def __init__(self, canvas: BoxCanvas) -> None:
        self.canvas = canvas
        self.drawn: list[Box] = []
        self.altered: list[tuple[int, Box]] = []
        self.chosen: list[int] = []
        self.removed: list[int] = []
        canvas.drawn.connect(self.drawn.append)
        canvas.altered.connect(lambda number, box: self.altered.append((number, box)))
        canvas.chosen.connect(self._on_chosen)
        canvas.removed.connect(self.removed.append)

    def _on_chosen(self, number: int) -> None:
        """As a page does: what was chosen is shown so."""
        self.chosen.append(number)
        self.canvas.show_boxes(self.canvas._boxes, chosen=number)

    def at(self, x: int, y: int) -> QPoint:
        place = self.canvas.picture_place()
        return QPoint(
            round(place.left() + x * place.width() / SCALE),
            round(place.top() + y * place.height() / SCALE),
        )

    def drag(self, start: tuple[int, int], end: tuple[int, int]) -> None:
        QTest.mousePress(self.canvas, LEFT, pos=self.at(*start))
        QTest.mouseMove(self.canvas, self.at((start[0] + end[0]) // 2, (start[1] + end[1]) // 2))
        QTest.mouseMove(self.canvas, self.at(*end))
        QTest.mouseRelease(self.canvas, LEFT, pos=self.at(*end))


@pytest.fixture
def hand(qtbot: QtBot) -> Hand:
    canvas = BoxCanvas("canvas", tokens(Scheme.LIGHT))
    qtbot.addWidget(canvas)
    canvas.resize(800, 400)
    image = QImage(600, 600, QImage.Format.Format_RGB32)
    image.fill(QColor("white"))
    canvas.show_image(image)
    with qtbot.waitExposed(canvas):
        canvas.show()
    canvas.setFocus()
    return Hand(canvas)


def near(box: Box, other: Box) -> bool:
    """A pixel is 25 parts of the picture here."""
    return all(abs(one - two) <= 30 for one, two in zip(box, other, strict=True))


def test_a_drag_over_the_picture_draws_a_box_from_any_corner(hand: Hand) -> None:
    hand.drag((6000, 7000), (2000, 1000))

    (drawn,) = hand.drawn
    assert near(drawn, Box(2000, 1000, 6000, 7000))


def test_a_box_ends_at_the_edge_of_the_picture(hand: Hand) -> None:
    hand.drag((8000, 8000), (14_000, 9000))

    (drawn,) = hand.drawn
    assert drawn.right == SCALE


@pytest.mark.parametrize("end", [(3000, 3000), (3060, 6000), (6000, 3060)])
def test_a_tap_or_a_slip_draws_nothing(hand: Hand, end: tuple[int, int]) -> None:
    hand.drag((3000, 3000), end)

    assert hand.drawn == []


def test_beside_the_picture_nothing_is_drawn(hand: Hand) -> None:
    hand.drag((-4000, 3000), (-1000, 7000))

    assert hand.drawn == []


def test_a_box_is_chosen_and_moved_and_stays_within_the_picture(hand: Hand) -> None:
    hand.canvas.show_boxes([Covered(BOX, "wajah")])

    hand.drag((4000, 4000), (5000, 4500))
    hand.drag((4000, 4000), (12_000, 4000))

    assert hand.chosen == [0]
    (_, moved), (_, stopped) = hand.altered
    assert near(moved, Box(3000, 2500, 7000, 6500))
    assert near(stopped, Box(6000, 2000, SCALE, 6000))
    assert hand.drawn == []


@pytest.mark.parametrize(
    ("corner", "box"),
    [
        ((6000, 6000), Box(2000, 2000, 8000, 9000)),
        ((2000, 2000), Box(6000, 6000, 8000, 9000)),
        ((6000, 2000), Box(2000, 6000, 8000, 9000)),
        ((2000, 6000), Box(6000, 2000, 8000, 9000)),
    ],
)
def test_the_chosen_box_is_resized_at_each_corner(
    hand: Hand, corner: tuple[int, int], box: Box
) -> None:
    """The corner across stays, also where the hand goes past it."""
    hand.canvas.show_boxes([Covered(BOX, "wajah")], chosen=0)

    hand.drag(corner, (8000, 9000))

    ((number, resized),) = hand.altered
    assert number == 0
    assert near(resized, box)


def test_of_two_boxes_the_chosen_one_is_taken_first(hand: Hand) -> None:
    both = [Covered(BOX, "wajah"), Covered(Box(3000, 3000, 7000, 7000), "nama")]
    hand.canvas.show_boxes(both, chosen=0)

    hand.drag((4500, 4500), (4600, 4600))

    assert [number for number, _ in hand.altered] == [0]


def test_keys_move_resize_remove_choose_and_add(hand: Hand) -> None:
    hand.canvas.show_boxes([Covered(BOX, "wajah"), Covered(BOX, "nama")], chosen=0)

    QTest.keyClick(hand.canvas, Qt.Key.Key_Right)
    QTest.keyClick(hand.canvas, Qt.Key.Key_Up, CTRL)
    QTest.keyClick(hand.canvas, Qt.Key.Key_Left, SHIFT)
    QTest.keyClick(hand.canvas, Qt.Key.Key_Down, SHIFT | CTRL)
    QTest.keyClick(hand.canvas, Qt.Key.Key_Delete)
    QTest.keyClick(hand.canvas, Qt.Key.Key_PageDown)
    QTest.keyClick(hand.canvas, Qt.Key.Key_PageDown)
    QTest.keyClick(hand.canvas, Qt.Key.Key_PageUp)
    QTest.keyClick(hand.canvas, Qt.Key.Key_Insert)

    assert [box for _, box in hand.altered] == [
        Box(2100, 2000, 6100, 6000),
        Box(2000, 1980, 6000, 5980),
        Box(2000, 2000, 5900, 6000),
        Box(2000, 2000, 6000, 6020),
    ]
    assert hand.removed == [0]
    assert hand.chosen == [1, 0, 1]
    (added,) = hand.drawn
    assert added.right - added.left > SMALLEST


def test_keys_never_make_a_box_that_covers_nothing(hand: Hand) -> None:
    small = Box(5000, 5000, 5000 + SMALLEST, 5000 + SMALLEST)
    hand.canvas.show_boxes([Covered(small, "wajah")], chosen=0)

    QTest.keyClick(hand.canvas, Qt.Key.Key_Left, SHIFT)
    QTest.keyClick(hand.canvas, Qt.Key.Key_Up, SHIFT)
    hand.canvas.show_boxes([Covered(Box(0, 0, 500, 500), "wajah")], chosen=0)
    QTest.keyClick(hand.canvas, Qt.Key.Key_Left)

    assert hand.altered == []


def test_a_finger_draws_as_the_mouse_does(hand: Hand) -> None:
    window = hand.canvas.windowHandle()
    finger = QTest.createTouchDevice()

    QTest.touchEvent(window, finger).press(0, hand.at(1000, 1000), window).commit()
    QTest.touchEvent(window, finger).move(0, hand.at(3000, 3000), window).commit()
    QTest.touchEvent(window, finger).move(0, hand.at(5000, 4000), window).commit()
    QTest.touchEvent(window, finger).release(0, hand.at(5000, 4000), window).commit()

    (drawn,) = hand.drawn
    assert near(drawn, Box(1000, 1000, 5000, 4000))


def test_while_it_is_looked_at_as_the_office_does_nothing_can_be_drawn(hand: Hand) -> None:
    hand.canvas.show_boxes([Covered(BOX, "wajah")], chosen=0)
    hand.canvas.show_solid(solid=True)
    hand.canvas.lock(locked=True)

    hand.drag((7000, 7000), (9000, 9000))
    QTest.keyClick(hand.canvas, Qt.Key.Key_Delete)

    assert (hand.drawn, hand.removed) == ([], [])
    shown = hand.canvas.grab().toImage()
    assert shown.pixelColor(hand.at(4000, 4000)) == QColor("black")
    assert shown.pixelColor(hand.at(8000, 8000)) == QColor("white")


def test_without_a_picture_nothing_is_drawn(qtbot: QtBot) -> None:
    canvas = BoxCanvas("canvas", tokens(Scheme.DARK))
    parent = QWidget()
    qtbot.addWidget(parent)
    canvas.setParent(parent)
    hand = Hand(canvas)

    QTest.mousePress(canvas, LEFT)
    QTest.mouseRelease(canvas, LEFT)
    QTest.keyClick(canvas, Qt.Key.Key_Insert)

    assert hand.drawn == []
