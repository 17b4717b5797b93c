"""A picture with boxes over it: drawn, moved and resized by mouse, finger, pen or keyboard.

Qt hands the touch of a finger and of a pen on as the mouse where nobody else takes it, so that one
way of drawing serves all three.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QImage, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from assessor_app.domain.redaction import SCALE, SMALLEST, Box
from assessor_app.ui.spoken import Role, spoken_as
from assessor_app.ui.theme import Tokens
from assessor_app.ui.widgets.on_picture import farther, fitted, place_in, spot_at
from assessor_app.ui.widgets.painting import draw_focus_ring

_REACH = 22  # pixels around a corner that a finger hits
_HANDLE = 11  # pixels of the square that is drawn there
_STEP, _FINE_STEP = 100, 20  # of SCALE, at an arrow key
_NEW = 1500  # of SCALE: the side of a box that the keyboard adds in the middle
_SLIP = 6  # pixels: a shorter way is a tap, which draws nothing
_VEIL = 150  # of 255: what is covered is still seen while it is being covered
_ARROWS = {
    Qt.Key.Key_Left: (-1, 0),
    Qt.Key.Key_Right: (1, 0),
    Qt.Key.Key_Up: (0, -1),
    Qt.Key.Key_Down: (0, 1),
}


class _Way(Enum):
    """What a drag does."""

    DRAW = "draw"
    MOVE = "move"
    RESIZE = "resize"


@dataclass(frozen=True, slots=True)
class _Drag:
    way: _Way
    start: QPointF  # in parts of SCALE
    box: Box  # as it was when the drag began; its corner at `fixed` stays, where it is resized
    fixed: QPointF


@dataclass(frozen=True, slots=True)
class Covered:
    """A box and the word that stands in it."""

    box: Box
    label: str


class BoxCanvas(QWidget):
    """Shows boxes and reports what is done to them; it keeps none of its own."""

    drawn = Signal(object)  # Box: a new one
    altered = Signal(int, object)  # which, and its Box now
    chosen = Signal(int)  # which; -1 for none
    removed = Signal(int)  # which

    def __init__(self, name: str, tokens: Tokens) -> None:
        super().__init__()
        spoken_as(self, Role.Canvas)
        self.setObjectName(name)
        self._tokens = tokens
        self._image = QImage()
        self._boxes: tuple[Covered, ...] = ()
        self._chosen = -1
        self._solid = False
        self._locked = False
        self._drag: _Drag | None = None
        self._pending: Box | None = None
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMouseTracking(True)
        self.setMinimumSize(320, 240)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)

    def show_image(self, image: QImage) -> None:
        """Show a picture; boxes are drawn over it once there is one."""
        self._image = image
        self.update()

    def show_boxes(self, boxes: Sequence[Covered], *, chosen: int = -1) -> None:
        self._boxes = tuple(boxes)
        self._chosen = chosen if 0 <= chosen < len(self._boxes) else -1
        self.update()

    def show_solid(self, *, solid: bool) -> None:
        """Show the boxes as they are burnt in, or so that what lies under them is seen."""
        self._solid = solid
        self.update()

    def lock(self, *, locked: bool) -> None:
        """Let nothing be drawn or changed."""
        self._locked = locked
        self._drag = self._pending = None
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(800, 600)

    # Where things are

    def picture_place(self) -> QRectF:
        """Where in the widget the picture stands, in pixels."""
        return fitted(self._image.size(), self.size())

    def place_of(self, box: Box) -> QRectF:
        """Where a box stands, in pixels."""
        return place_in(self.picture_place(), box)

    def _spot(self, at: QPointF) -> QPointF:
        """A pixel in parts of SCALE, within the picture."""
        return spot_at(self.picture_place(), at)

    def _hit(self, at: QPointF) -> int:
        """The box at a pixel, the chosen one first, then the last drawn; -1 where there is none."""
        order = [self._chosen, *reversed(range(len(self._boxes)))]
        for number in order:
            if number >= 0 and self.place_of(self._boxes[number].box).contains(at):
                return number
        return -1

    def _opposite(self, at: QPointF) -> QPointF | None:
        """The corner that stays where the chosen box is taken at the one across, in SCALE."""
        if self._chosen < 0:
            return None
        left, top, right, bottom = self._boxes[self._chosen].box
        place = self.place_of(self._boxes[self._chosen].box)
        corners = {
            (right, bottom): place.topLeft(),
            (left, bottom): place.topRight(),
            (right, top): place.bottomLeft(),
            (left, top): place.bottomRight(),
        }
        fixed, corner = min(corners.items(), key=lambda one: farther(one[1], at))
        return QPointF(*fixed) if farther(corner, at) <= _REACH else None

    # What the hand does

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if self._locked or self._image.isNull() or event.button() != Qt.MouseButton.LeftButton:
            return
        at, spot = event.position(), self._spot(event.position())
        fixed = self._opposite(at)
        if fixed is not None:
            self._drag = _Drag(_Way.RESIZE, spot, self._boxes[self._chosen].box, fixed)
            return
        number = self._hit(at)
        if number >= 0:
            self._drag = _Drag(_Way.MOVE, spot, self._boxes[number].box, spot)
        elif self.picture_place().contains(at):
            self._drag = _Drag(_Way.DRAW, spot, Box(0, 0, 0, 0), spot)
        if number != self._chosen:
            self.chosen.emit(number)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if self._drag is None:
            self._show_what_would_happen(event.position())
            return
        self._pending = _dragged(self._drag, self._spot(event.position()))
        self.update()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        drag, self._drag, self._pending = self._drag, None, None
        self.update()
        if drag is None:
            return
        box = _dragged(drag, self._spot(event.position()))
        picture = self.picture_place()
        wide = (box.right - box.left) * picture.width() / SCALE
        high = (box.bottom - box.top) * picture.height() / SCALE
        if drag.way is _Way.DRAW:
            if min(wide, high) >= _SLIP and _is_telling(box):
                self.drawn.emit(box)
        elif box != drag.box and _is_telling(box):
            self.altered.emit(self._chosen, box)

    def _show_what_would_happen(self, at: QPointF) -> None:
        shape = Qt.CursorShape.CrossCursor
        if self._locked or not self.picture_place().contains(at):
            shape = Qt.CursorShape.ArrowCursor
        elif self._opposite(at) is not None:
            shape = Qt.CursorShape.SizeAllCursor
        elif self._hit(at) >= 0:
            shape = Qt.CursorShape.OpenHandCursor
        self.setCursor(shape)

    # What the keyboard does

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Arrows move the chosen box, with Shift its lower right corner; Ctrl makes fine steps."""
        if self._locked or self._image.isNull():
            super().keyPressEvent(event)
            return
        key = event.key()
        chosen = self._chosen >= 0
        if key == Qt.Key.Key_Insert or event.text() == "+":
            middle = (SCALE - _NEW) // 2
            self.drawn.emit(Box(middle, middle, middle + _NEW, middle + _NEW))
        elif key in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace) and chosen:
            self.removed.emit(self._chosen)
        elif key in (Qt.Key.Key_PageDown, Qt.Key.Key_PageUp) and self._boxes:
            onward = 1 if key == Qt.Key.Key_PageDown else -1
            begun = self._chosen if chosen else (-1 if onward > 0 else 0)
            self.chosen.emit((begun + onward) % len(self._boxes))
        elif key in _ARROWS and chosen:
            self._step(event, _ARROWS[Qt.Key(key)])
        else:
            super().keyPressEvent(event)

    def _step(self, event: QKeyEvent, towards: tuple[int, int]) -> None:
        held = event.modifiers()
        step = _FINE_STEP if held & Qt.KeyboardModifier.ControlModifier else _STEP
        x, y = towards[0] * step, towards[1] * step
        box = self._boxes[self._chosen].box
        if held & Qt.KeyboardModifier.ShiftModifier:
            right = min(max(box.right + x, box.left + SMALLEST), SCALE)
            bottom = min(max(box.bottom + y, box.top + SMALLEST), SCALE)
            moved = Box(box.left, box.top, right, bottom)
        else:
            moved = _shifted(box, x, y)
        if moved != box:
            self.altered.emit(self._chosen, moved)

    # How it looks

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.fillRect(self.rect(), self._tokens.track)
        if not self._image.isNull():
            painter.drawImage(self.picture_place(), self._image)
            for number, one in enumerate(self._boxes):
                self._draw(painter, number, one)
            if self._pending is not None and self._drag and self._drag.way is _Way.DRAW:
                self._outline(painter, self.place_of(self._pending), chosen=True)
        if self.hasFocus():
            draw_focus_ring(painter, QRectF(self.rect()), colour=self._tokens.focus, radius=4)

    def _draw(self, painter: QPainter, number: int, one: Covered) -> None:
        chosen = number == self._chosen
        box = self._pending if chosen and self._pending is not None and self._drags() else one.box
        place = self.place_of(box)
        if self._solid:
            painter.fillRect(place, QColor(0, 0, 0))
            return
        painter.fillRect(place, QColor(0, 0, 0, _VEIL))
        painter.setPen(QColor(255, 255, 255))
        painter.drawText(place.adjusted(4, 2, -4, -2), Qt.TextFlag.TextWordWrap, one.label)
        self._outline(painter, place, chosen=chosen)

    def _drags(self) -> bool:
        return self._drag is not None and self._drag.way is not _Way.DRAW

    def _outline(self, painter: QPainter, place: QRectF, *, chosen: bool) -> None:
        """White over black, so that it is seen on any photo; the chosen box has its corners."""
        painter.setBrush(Qt.BrushStyle.NoBrush)
        for colour, width in ((QColor(0, 0, 0), 4 if chosen else 3), (QColor(255, 255, 255), 2)):
            painter.setPen(QPen(colour, width))
            painter.drawRect(place)
        if not chosen or self._locked:
            return
        painter.setPen(QPen(QColor(0, 0, 0), 1))
        painter.setBrush(QColor(255, 255, 255))
        for corner in (place.topLeft(), place.topRight(), place.bottomLeft(), place.bottomRight()):
            half = _HANDLE / 2
            painter.drawRect(QRectF(corner.x() - half, corner.y() - half, _HANDLE, _HANDLE))


def _dragged(drag: _Drag, to: QPointF) -> Box:
    """The box that a drag comes to."""
    if drag.way is _Way.MOVE:
        way = to - drag.start
        return _shifted(drag.box, round(way.x()), round(way.y()))
    xs = sorted((round(drag.fixed.x()), round(to.x())))
    ys = sorted((round(drag.fixed.y()), round(to.y())))
    return Box(xs[0], ys[0], xs[1], ys[1])


def _shifted(box: Box, x: int, y: int) -> Box:
    """A box moved, stopped at the edges of the picture."""
    x = min(max(x, -box.left), SCALE - box.right)
    y = min(max(y, -box.top), SCALE - box.bottom)
    return Box(box.left + x, box.top + y, box.right + x, box.bottom + y)


def _is_telling(box: Box) -> bool:
    return box.right - box.left >= SMALLEST and box.bottom - box.top >= SMALLEST
