"""A picture that is looked at closely: by wheel, two fingers, keys, a double tap; moved by a drag.

Turning it is a way of looking, nothing of the picture changes.
"""

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, QSizeF, Qt, Signal
from PySide6.QtGui import (
    QImage,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QResizeEvent,
    QTouchEvent,
    QTransform,
    QWheelEvent,
)
from PySide6.QtWidgets import QSizePolicy, QWidget

from assessor_app.ui.spoken import Role, spoken_as
from assessor_app.ui.theme import Tokens
from assessor_app.ui.widgets.painting import draw_focus_ring

LARGEST = 8.0
"""Pixels of the window for one of the picture, at most."""
_STEP = 1.25  # of a key or a notch of the wheel
_NOTCH = 120  # eighths of a degree that a wheel turns at a notch
_MOVE = 60  # pixels at an arrow key
_DOUBLE = 2.5  # times as large as fitted: what a double tap shows
_TWO = 2  # fingers
_ARROWS = {
    Qt.Key.Key_Left: QPointF(_MOVE, 0),
    Qt.Key.Key_Right: QPointF(-_MOVE, 0),
    Qt.Key.Key_Up: QPointF(0, _MOVE),
    Qt.Key.Key_Down: QPointF(0, -_MOVE),
}


class ZoomView(QWidget):
    """Shows a picture whole, until it is made larger."""

    zoomed = Signal(float)  # times as large as when it is shown whole
    closer_wanted = Signal()  # it is shown larger than it has pixels for
    stepped = Signal(int)  # -1 or 1: to the one before or after, where the picture is shown whole

    def __init__(self, name: str, tokens: Tokens) -> None:
        super().__init__()
        spoken_as(self, Role.Graphic)
        self.setObjectName(name)
        self._tokens = tokens
        self._image = QImage()
        self._turned = QImage()
        self._quarter = 0
        self._zoom = 1.0  # times the size at which it is shown whole
        self._middle = QPointF(0.5, 0.5)  # of the picture, at the middle of the view
        self._dragged: QPointF | None = None
        self._spread = 0.0  # pixels between two fingers
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_AcceptTouchEvents)
        self.setMinimumSize(240, 180)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)

    @property
    def zoom(self) -> float:
        """Times as large as when it is shown whole."""
        return self._zoom

    @property
    def quarter(self) -> int:
        """Quarter turns to the right, 0 to 3."""
        return self._quarter

    @property
    def image(self) -> QImage:
        return self._image

    def show_image(self, image: QImage) -> None:
        """Another picture: shown whole and as it stands."""
        self._quarter = 0
        self._put(image)
        self.fit()

    def show_finer(self, image: QImage) -> None:
        """The same picture with more pixels: what is looked at stays where it is."""
        self._put(image)

    def turn(self) -> None:
        """A quarter to the right."""
        self._quarter = (self._quarter + 1) % 4
        self._put(self._image)
        self.fit()

    def fit(self) -> None:
        """Show the whole picture."""
        self._middle = QPointF(0.5, 0.5)
        self._zoom_to(1.0)

    def zoom_by(self, factor: float, *, at: QPointF | None = None) -> None:
        """Larger or smaller; what is at the pixel `at` stays there."""
        if self._turned.isNull():
            return
        spot = at or QPointF(self.rect().center())
        held = self._spot(spot)
        self._zoom_to(self._zoom * factor)
        place = self.picture_place()
        moved = QPointF(
            place.left() + held.x() * place.width(), place.top() + held.y() * place.height()
        )
        self._pan(spot - moved)

    def picture_place(self) -> QRectF:
        """Where the picture stands, in pixels of the view; it may reach beyond."""
        if self._turned.isNull():
            return QRectF()
        size = QSizeF(self._turned.size()) * (self._whole_scale() * self._zoom)
        left = self.width() / 2 - self._middle.x() * size.width()
        top = self.height() / 2 - self._middle.y() * size.height()
        return QRectF(left, top, size.width(), size.height())

    def sizeHint(self) -> QSize:
        return QSize(800, 600)

    # How it is reckoned

    def _put(self, image: QImage) -> None:
        self._image = image
        turned = image.transformed(QTransform().rotate(90 * self._quarter))
        self._turned = turned if self._quarter else image
        self.update()

    def _whole_scale(self) -> float:
        """Pixels of the view for one of the picture where it is shown whole."""
        size = self._turned.size()
        return min(self.width() / max(1, size.width()), self.height() / max(1, size.height()))

    def _spot(self, at: QPointF) -> QPointF:
        """A pixel of the view as a share of the picture's width and height."""
        place = self.picture_place()
        return QPointF(
            (at.x() - place.left()) / max(1.0, place.width()),
            (at.y() - place.top()) / max(1.0, place.height()),
        )

    def _zoom_to(self, zoom: float) -> None:
        if self._turned.isNull():
            return
        most = max(1.0, LARGEST / max(self._whole_scale(), 0.001))
        self._zoom = min(max(zoom, 1.0), most)
        self._keep_within()
        self.zoomed.emit(self._zoom)
        if self._whole_scale() * self._zoom * self.devicePixelRatioF() > 1:
            self.closer_wanted.emit()
        self.update()

    def _pan(self, by: QPointF) -> None:
        place = self.picture_place()
        self._middle -= QPointF(by.x() / max(1.0, place.width()), by.y() / max(1.0, place.height()))
        self._keep_within()
        self.update()

    def _keep_within(self) -> None:
        """No edge of the picture comes further in than it has to."""
        place = self.picture_place()
        for room, long, get, put in (
            (self.width(), place.width(), self._middle.x, self._middle.setX),
            (self.height(), place.height(), self._middle.y, self._middle.setY),
        ):
            half = room / 2 / max(1.0, long)
            put(0.5 if half >= 0.5 else min(max(get(), half), 1 - half))  # noqa: PLR2004 - the middle

    # What the hand does

    def event(self, event: QEvent) -> bool:
        kinds = (QEvent.Type.TouchBegin, QEvent.Type.TouchUpdate, QEvent.Type.TouchEnd)
        if event.type() in kinds and isinstance(event, QTouchEvent):
            points = event.points()
            if len(points) == _TWO:
                self._pinch(points[0].position(), points[1].position())
                event.accept()
                return True
            self._spread = 0.0
        return super().event(event)

    def _pinch(self, one: QPointF, other: QPointF) -> None:
        way = other - one
        spread = (way.x() ** 2 + way.y() ** 2) ** 0.5
        if self._spread > 0 and spread > 0:
            self.zoom_by(spread / self._spread, at=(one + other) / 2)
        self._spread = spread
        self._dragged = None

    def wheelEvent(self, event: QWheelEvent) -> None:
        turned = event.angleDelta().y() or event.pixelDelta().y()
        if turned:
            self.zoom_by(_STEP ** (turned / _NOTCH), at=event.position())
        event.accept()

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        if self._zoom > 1:
            self.fit()
        else:
            self.zoom_by(_DOUBLE, at=event.position())

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton:
            self._dragged = event.position()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if self._dragged is None:
            return
        self._pan(event.position() - self._dragged)
        self._dragged = event.position()

    def mouseReleaseEvent(self, _event: QMouseEvent) -> None:
        self._dragged = None

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """+ and - make it larger and smaller, 0 shows all of it; arrows move it or go on."""
        key, text = event.key(), event.text()
        if text in ("+", "="):
            self.zoom_by(_STEP)
        elif text == "-":
            self.zoom_by(1 / _STEP)
        elif text == "0":
            self.fit()
        elif text.lower() == "r":
            self.turn()
        elif key in _ARROWS and self._zoom > 1:
            self._pan(_ARROWS[Qt.Key(key)])
        elif key in (Qt.Key.Key_Left, Qt.Key.Key_PageUp):
            self.stepped.emit(-1)
        elif key in (Qt.Key.Key_Right, Qt.Key.Key_PageDown):
            self.stepped.emit(1)
        else:
            super().keyPressEvent(event)

    # How it looks

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._keep_within()

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        painter.fillRect(self.rect(), self._tokens.track)
        if not self._turned.isNull():
            self._draw(painter)
        if self.hasFocus():
            draw_focus_ring(painter, QRectF(self.rect()), colour=self._tokens.focus, radius=4)

    def _draw(self, painter: QPainter) -> None:
        """Only what is seen of it is scaled."""
        place = self.picture_place()
        shown = place.intersected(QRectF(self.rect()))
        across = self._turned.width() / place.width()
        source = QRectF(
            (shown.left() - place.left()) * across,
            (shown.top() - place.top()) * across,
            shown.width() * across,
            shown.height() * across,
        )
        painter.drawImage(shown, self._turned, source)
