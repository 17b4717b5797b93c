"""A pad to sign on with finger, pen or mouse: strokes with their time and the pen's pressure."""

from enum import Enum, auto
from itertools import pairwise

from PySide6.QtCore import QElapsedTimer, QEvent, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QEventPoint,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QTabletEvent,
    QTouchEvent,
)
from PySide6.QtWidgets import QSizePolicy, QWidget

from assessor_app.domain.handwriting import FULL_PRESSURE, LONGEST_MS, Handwriting, Point, is_drawn
from assessor_app.ui.spoken import Role, spoken_as
from assessor_app.ui.theme import Tokens

WIDTH, HEIGHT = 8000, 3000  # units of the pad, whatever its size on the screen
_SMALLEST = QSize(480, 180)  # pixels
_THIN, _THICK = 0.0025, 0.007  # of the pad's width, at no and at full pressure
_LINE_AT = 0.78  # of the height, where one signs
_MARGIN = 0.06
_LEAST_STEP = 8  # units: what moves less is the hand's trembling
_MOST_POINTS = 16_000
_HEARD = frozenset(
    {QEvent.Type.MouseButtonPress, QEvent.Type.MouseMove, QEvent.Type.MouseButtonRelease}
)


class _Held(Enum):
    """What draws: no other goes on with what one of them began."""

    MOUSE = auto()
    PEN = auto()
    FINGER = auto()


class SigningPad(QWidget):
    """Keeps the strokes in units of its own, so that they stay where they are when it is resized.

    A finger or pen draws as the mouse does; a second finger is not heard. With `still` it shows
    strokes and takes none.
    """

    changed = Signal()

    def __init__(self, name: str, *, tokens: Tokens, still: bool = False) -> None:
        super().__init__()
        spoken_as(self, Role.Canvas)
        self.setObjectName(name)
        self._tokens = tokens
        self._still = still
        self._strokes: list[list[Point]] = []
        self._held: _Held | None = None  # what draws now
        self._begun = QElapsedTimer()
        self._finger: int | None = None
        self.setMinimumSize(_SMALLEST / 2 if still else _SMALLEST)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setAttribute(Qt.WidgetAttribute.WA_AcceptTouchEvents, not still)
        if not still:
            self.setCursor(Qt.CursorShape.CrossCursor)
            self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)  # so that its name is read out

    @property
    def is_signed(self) -> bool:
        """Whether more was drawn than a dot."""
        return is_drawn(self._drawn())

    @property
    def has_strokes(self) -> bool:
        """Whether there is anything to take back."""
        return bool(self._strokes)

    def handwriting(self) -> Handwriting | None:
        """What was drawn, None where it is no signature yet."""
        return self._drawn() if self.is_signed else None

    def show_handwriting(self, drawn: Handwriting | None) -> None:
        """Show strokes that were drawn before, on a pad of any size; nothing for None."""
        self._strokes = [] if drawn is None else [list(stroke) for stroke in _fitted(drawn)]
        self.update()

    def take_back(self) -> None:
        """Take the last stroke away."""
        if self._strokes:
            self._held = None  # a second hand may do so while the first one draws
            self._strokes.pop()
            self._told()

    def clear(self) -> None:
        """Take everything away."""
        if self._strokes:
            self._held = None
            self._strokes.clear()
            self._told()

    # What is drawn

    def event(self, event: QEvent) -> bool:
        """Mouse, pen and finger in one place: what one of them began, no other goes on with."""
        if self._still:
            return super().event(event)
        match event:
            case QTouchEvent():
                self._touch(event)
            case QTabletEvent():  # a pen is a single point too, and Qt would send its mouse else
                self._hear(event, at=event.position(), pressure=_per_mille(event.pressure()))
            case QMouseEvent() if event.type() in _HEARD:
                self._hear(event, at=event.position(), pressure=FULL_PRESSURE)
            case _:
                return super().event(event)
        event.accept()
        return True

    def _hear(self, event: QMouseEvent | QTabletEvent, *, at: QPointF, pressure: int) -> None:
        by = _Held.PEN if isinstance(event, QTabletEvent) else _Held.MOUSE
        match event.type():
            case QEvent.Type.TabletPress | QEvent.Type.MouseButtonPress:
                if event.button() is Qt.MouseButton.LeftButton:
                    self._begin(at, pressure, by=by)
            case QEvent.Type.TabletMove | QEvent.Type.MouseMove:
                self._go_on(at, pressure, by=by)
            case QEvent.Type.TabletRelease | QEvent.Type.MouseButtonRelease:
                self._end(at, pressure, by=by)

    def _touch(self, event: QTouchEvent) -> None:
        if event.type() is QEvent.Type.TouchCancel:
            self._finger = None
            if self._held is _Held.FINGER:
                self._held = None
                self._told()  # as far as it came it stays, and can be taken back
            return
        for point in event.points():
            if self._finger is None and point.state() is QEventPoint.State.Pressed:
                self._finger = point.id()
                self._begin(point.position(), _touch_pressure(point), by=_Held.FINGER)
            elif point.id() == self._finger:
                self._follow(point)

    def _follow(self, point: QEventPoint) -> None:
        if point.state() is QEventPoint.State.Released:
            self._end(point.position(), _touch_pressure(point), by=_Held.FINGER)
            self._finger = None
        else:
            self._go_on(point.position(), _touch_pressure(point), by=_Held.FINGER)

    def _begin(self, at: QPointF, pressure: int, *, by: _Held) -> None:
        if self._held is not None or self._is_full():
            return
        if not self._strokes:  # time counts from the first point
            self._begun.start()
        self._held = by
        self._strokes.append([self._point(at, pressure)])
        self.update()

    def _go_on(self, at: QPointF, pressure: int, *, by: _Held) -> None:
        if self._held is not by or self._is_full():
            return
        point, last = self._point(at, pressure), self._strokes[-1][-1]
        if max(abs(point.x - last.x), abs(point.y - last.y)) >= _LEAST_STEP:
            self._strokes[-1].append(point)
            self.update()

    def _end(self, at: QPointF, pressure: int, *, by: _Held) -> None:
        if self._held is by:
            self._go_on(at, pressure, by=by)
            self._held = None
            self._told()

    def _is_full(self) -> bool:
        return sum(map(len, self._strokes)) >= _MOST_POINTS

    def _point(self, at: QPointF, pressure: int) -> Point:
        sheet = self._sheet()
        x = round((at.x() - sheet.left()) * WIDTH / sheet.width())
        y = round((at.y() - sheet.top()) * HEIGHT / sheet.height())
        elapsed = min(int(self._begun.elapsed()), LONGEST_MS)
        return Point(min(max(x, 0), WIDTH), min(max(y, 0), HEIGHT), elapsed, pressure)

    def _drawn(self) -> Handwriting:
        return Handwriting(WIDTH, HEIGHT, tuple(tuple(stroke) for stroke in self._strokes))

    def _told(self) -> None:
        self.update()
        self.changed.emit()

    # What is seen

    def _sheet(self) -> QRectF:
        """The largest sheet of the pad's form in the middle of the widget."""
        width = min(self.width(), self.height() * WIDTH / HEIGHT)
        height = width * HEIGHT / WIDTH
        return QRectF((self.width() - width) / 2, (self.height() - height) / 2, width, height)

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        sheet = self._sheet().adjusted(1, 1, -1, -1)
        edge, line = (self._tokens.accent, 2) if self.hasFocus() else (self._tokens.edge, 1)
        painter.setPen(QPen(edge, line))
        painter.setBrush(self._tokens.field)
        painter.drawRoundedRect(sheet, 6, 6)
        if not self._still:
            self._paint_line(painter, sheet)
        for stroke in self._strokes:
            self._paint_stroke(painter, stroke)

    def _paint_line(self, painter: QPainter, sheet: QRectF) -> None:
        """The line to sign on."""
        y = sheet.top() + sheet.height() * _LINE_AT
        inset = sheet.width() * _MARGIN
        painter.setPen(QPen(self._tokens.edge, 1.5, Qt.PenStyle.DashLine))
        painter.drawLine(QPointF(sheet.left() + inset, y), QPointF(sheet.right() - inset, y))

    def _paint_stroke(self, painter: QPainter, stroke: list[Point]) -> None:
        sheet = self._sheet()
        scale = sheet.width() / WIDTH
        places = [
            QPointF(sheet.left() + one.x * scale, sheet.top() + one.y * scale) for one in stroke
        ]
        pen = QPen(self._tokens.ink)
        pen.setCapStyle(Qt.PenCapStyle.RoundCap)
        for number, (before, after) in enumerate(pairwise([places[0], *places])):
            share = stroke[number].pressure / FULL_PRESSURE
            pen.setWidthF(sheet.width() * (_THIN + (_THICK - _THIN) * share))
            painter.setPen(pen)
            painter.drawLine(before, after)


def _per_mille(pressure: float) -> int:
    return min(max(round(pressure * FULL_PRESSURE), 0), FULL_PRESSURE)


def _touch_pressure(point: QEventPoint) -> int:
    """What a finger pressed; screens that cannot tell say nothing or all of it."""
    return _per_mille(point.pressure()) or FULL_PRESSURE


def _fitted(drawn: Handwriting) -> tuple[tuple[Point, ...], ...]:
    """The strokes of a pad of any size in the units of this one."""
    scale = min(WIDTH / drawn.width, HEIGHT / drawn.height)
    return tuple(
        tuple(one._replace(x=round(one.x * scale), y=round(one.y * scale)) for one in stroke)
        for stroke in drawn.strokes
    )
