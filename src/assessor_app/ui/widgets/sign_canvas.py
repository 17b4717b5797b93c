"""A picture with signs over it: drawn and moved by mouse, finger, pen or keyboard.

Qt hands the touch of a finger and of a pen on as the mouse where nobody else takes it, so that one
way of drawing serves all three.
"""

from collections.abc import Sequence

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QImage,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPainterPathStroker,
    QPaintEvent,
    QPen,
)
from PySide6.QtWidgets import QSizePolicy, QWidget

from assessor_app.domain.annotation import (
    MOST_POINTS,
    SHORTEST,
    Annotation,
    Ink,
    Shape,
    Spot,
    shifted,
)
from assessor_app.domain.redaction import SCALE
from assessor_app.ui.spoken import Role, spoken_as
from assessor_app.ui.theme import Tokens
from assessor_app.ui.widgets.on_picture import farther, fitted, spot_at
from assessor_app.ui.widgets.painting import draw_focus_ring
from assessor_app.ui.widgets.signs import draw_sign, outline

_REACH = 22  # pixels around a line that a finger hits
_SLIP = 6  # pixels: a shorter way is a tap, which draws nothing but words
_STEP, _FINE_STEP = 100, 20  # of SCALE, at an arrow key
_NEW = 1500  # of SCALE: the side of a sign that the keyboard adds in the middle
_NEAR = 60  # of SCALE: points of a line by hand that are nearer are left out
_ARROWS = {
    Qt.Key.Key_Left: (-1, 0),
    Qt.Key.Key_Right: (1, 0),
    Qt.Key.Key_Up: (0, -1),
    Qt.Key.Key_Down: (0, 1),
}


class SignCanvas(QWidget):
    """Shows signs and reports what is done to them; it keeps none of its own."""

    drawn = Signal(object)  # Annotation: a new one
    altered = Signal(object)  # the chosen one as it is now
    chosen = Signal(int)  # which; -1 for none
    removed = Signal()
    words_wanted = Signal(object)  # Spot: words are to stand there

    def __init__(self, name: str, tokens: Tokens) -> None:
        super().__init__()
        spoken_as(self, Role.Canvas)
        self.setObjectName(name)
        self._tokens = tokens
        self._image = QImage()
        self._signs: tuple[Annotation, ...] = ()
        self._chosen = -1
        self._page, self._shape, self._ink = 1, Shape.ARROW, Ink.RED
        self._way: list[QPointF] = []  # of the hand, in parts of SCALE
        self._pressed: QPointF | None = None  # where, in pixels
        self._moves = False
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMinimumSize(320, 240)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setCursor(Qt.CursorShape.CrossCursor)

    def show_image(self, image: QImage, *, page: int) -> None:
        self._image, self._page = image, page
        self._drop()

    def show_signs(self, signs: Sequence[Annotation], *, chosen: int) -> None:
        """Show these; the number of the one that keys act on, or -1."""
        self._signs, self._chosen = tuple(signs), chosen
        self._drop()

    def show_tool(self, shape: Shape, ink: Ink) -> None:
        """What the next stroke draws."""
        self._shape, self._ink = shape, ink

    def sizeHint(self) -> QSize:
        return QSize(800, 600)

    def picture_place(self) -> QRectF:
        """Where in the widget the picture stands, in pixels."""
        return fitted(self._image.size(), self.size())

    # What the hand does

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if self._image.isNull() or event.button() != Qt.MouseButton.LeftButton:
            return
        at = event.position()
        number = self._hit(at)
        if number != self._chosen:
            self.chosen.emit(number)
        if not self.picture_place().contains(at):
            return
        self._pressed = at
        self._moves = number >= 0
        self._way = [spot_at(self.picture_place(), at)]

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if self._pressed is None:
            return
        self._follow(event.position())
        self.update()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        pressed, at = self._pressed, event.position()
        if pressed is None:
            return
        self._follow(at)
        slip = farther(pressed, at) < _SLIP
        sign, moves = self._pending(), self._moves
        self._drop()
        if moves:
            if not slip and sign is not None:
                self.altered.emit(sign)
        elif self._shape is Shape.TEXT:
            self.words_wanted.emit(_spot(spot_at(self.picture_place(), pressed)))
        elif sign is not None and _is_telling(sign):
            self.drawn.emit(sign)

    def _follow(self, at: QPointF) -> None:
        spot = spot_at(self.picture_place(), at)
        if self._moves or self._shape is not Shape.FREEHAND:
            self._way = [self._way[0], spot]
        elif farther(self._way[-1], spot) >= _NEAR and len(self._way) < MOST_POINTS:
            self._way.append(spot)

    def _pending(self) -> Annotation | None:
        """What the hand is drawing, or the chosen sign where the hand has taken it to."""
        if len(self._way) < 2:  # noqa: PLR2004 - a way has two ends
            return None
        if self._moves and self._chosen >= 0:
            by = self._way[-1] - self._way[0]
            return shifted(self._signs[self._chosen], round(by.x()), round(by.y()))
        if self._shape is Shape.TEXT:
            return None
        return Annotation(self._page, self._shape, tuple(map(_spot, self._way)), self._ink)

    def _hit(self, at: QPointF) -> int:
        """The sign at a pixel, the chosen one first, then the last; -1 where there is none."""
        stroker = QPainterPathStroker()
        stroker.setWidth(2 * _REACH)
        for number in (self._chosen, *reversed(range(len(self._signs)))):
            if number < 0:
                continue
            sign = self._signs[number]
            path = outline(sign, self.picture_place())
            inside = sign.shape is Shape.TEXT and path.contains(at)
            if inside or stroker.createStroke(path).contains(at):
                return number
        return -1

    def _drop(self) -> None:
        self._pressed, self._moves, self._way = None, False, []
        self.update()

    # What the keyboard does

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Insert adds a sign in the middle; arrows move the chosen one, with Ctrl in fine steps."""
        key, chosen = event.key(), self._chosen >= 0
        if self._image.isNull():
            super().keyPressEvent(event)
        elif key == Qt.Key.Key_Insert:
            self._add()
        elif key in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace) and chosen:
            self.removed.emit()
        elif key in (Qt.Key.Key_PageDown, Qt.Key.Key_PageUp) and self._signs:
            onward = 1 if key == Qt.Key.Key_PageDown else -1
            begun = self._chosen if chosen else (-1 if onward > 0 else 0)
            self.chosen.emit((begun + onward) % len(self._signs))
        elif key in _ARROWS and chosen:
            fine = event.modifiers() & Qt.KeyboardModifier.ControlModifier
            x, y = (way * (_FINE_STEP if fine else _STEP) for way in _ARROWS[Qt.Key(key)])
            self._step(x, y, stretched=event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
        else:
            super().keyPressEvent(event)

    def _add(self) -> None:
        low, high = (SCALE - _NEW) // 2, (SCALE + _NEW) // 2
        if self._shape is Shape.TEXT:
            self.words_wanted.emit(Spot(low, low))
            return
        points = (Spot(low, low), Spot(high, high))
        self.drawn.emit(Annotation(self._page, self._shape, points, self._ink))

    def _step(self, x: int, y: int, *, stretched: Qt.KeyboardModifier) -> None:
        """Move the chosen sign; with Shift its last point alone, where it has two."""
        sign = self._signs[self._chosen]
        if stretched and len(sign.points) == 2:  # noqa: PLR2004 - a beginning and an end
            end = sign.points[1]
            moved = Spot(min(max(end.x + x, 0), SCALE), min(max(end.y + y, 0), SCALE))
            sign = sign._replace(points=(sign.points[0], moved))
        else:
            sign = shifted(sign, x, y)
        if _is_telling(sign):
            self.altered.emit(sign)

    # How it looks

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.fillRect(self.rect(), self._tokens.track)
        if not self._image.isNull():
            self._draw(painter)
        if self.hasFocus():
            draw_focus_ring(painter, QRectF(self.rect()), colour=self._tokens.focus, radius=4)

    def _draw(self, painter: QPainter) -> None:
        place = self.picture_place()
        painter.drawImage(place, self._image)
        pending = self._pending()
        for number, sign in enumerate(self._signs):
            moved = pending if self._moves and number == self._chosen and pending else sign
            draw_sign(painter, moved, place)
            if number == self._chosen:
                self._frame(painter, moved, place)
        if pending is not None and not self._moves:
            draw_sign(painter, pending, place)

    def _frame(self, painter: QPainter, sign: Annotation, place: QRectF) -> None:
        """Dashes around the chosen sign, black upon white: seen on any picture."""
        around = outline(sign, place).boundingRect().adjusted(-8, -8, 8, 8)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(QPen(QColor(255, 255, 255), 3))
        painter.drawRect(around)
        painter.setPen(QPen(QColor(0, 0, 0), 1.5, Qt.PenStyle.DashLine))
        painter.drawRect(around)


def _spot(point: QPointF) -> Spot:
    return Spot(round(point.x()), round(point.y()))


def _is_telling(sign: Annotation) -> bool:
    xs, ys = [spot.x for spot in sign.points], [spot.y for spot in sign.points]
    return sign.shape is Shape.TEXT or max(max(xs) - min(xs), max(ys) - min(ys)) >= SHORTEST
