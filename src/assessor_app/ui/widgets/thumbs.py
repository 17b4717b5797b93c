"""The tiles of the evidence strip: a photo that can be opened, and one that is on its way."""

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QFocusEvent,
    QImage,
    QKeyEvent,
    QPainter,
    QPainterPath,
    QPaintEvent,
    QPen,
    QPixmap,
)
from PySide6.QtWidgets import QAbstractButton, QWidget

from assessor_app.ui.theme import Tokens
from assessor_app.ui.widgets.painting import draw_focus_ring
from assessor_app.ui.widgets.ticking import Ticking

TILE_PX = 72
_RADIUS = 8.0
_TICK_MS = 50
_STEP = 0.04  # of the way, a tick


class ThumbButton(QAbstractButton):
    """One photo, cut to a square with round corners; its caption is spoken and shown as a tip."""

    opened = Signal(str)  # the photo's id
    reached = Signal(QWidget)  # by the keyboard: bring it into view

    def __init__(self, key: str, image: QImage, caption: str, *, tokens: Tokens) -> None:
        super().__init__()
        self._key = key
        self._tokens = tokens
        self._picture = _square(image, self.devicePixelRatioF())
        self.setAccessibleName(caption)
        self.setToolTip(caption)
        self.setFixedSize(TILE_PX, TILE_PX)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.clicked.connect(self._on_clicked)

    def sizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        return QSize(TILE_PX, TILE_PX)

    def focusInEvent(self, event: QFocusEvent) -> None:  # noqa: N802 - Qt's name
        super().focusInEvent(event)
        self.reached.emit(self)

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        place = QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5)
        outline = QPainterPath()
        outline.addRoundedRect(place, _RADIUS, _RADIUS)
        painter.setClipPath(outline)
        painter.drawPixmap(0, 0, self._picture)
        painter.setClipping(False)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(QPen(self._tokens.edge, 1))
        painter.drawPath(outline)
        if self.hasFocus():
            draw_focus_ring(painter, QRectF(self.rect()), colour=self._tokens.focus, radius=_RADIUS)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        """Enter opens a photo as the space bar does."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.click()
        else:
            super().keyPressEvent(event)

    def _on_clicked(self) -> None:
        self.opened.emit(self._key)


class PendingTile(QWidget):
    """A place for a photo that is being taken in; its bar moves only while it is seen."""

    def __init__(self, tokens: Tokens) -> None:
        super().__init__()
        self._tokens = tokens
        self._way = 0.0
        Ticking(self, every_ms=_TICK_MS).ticked.connect(self._on_tick)
        self.setFixedSize(TILE_PX, TILE_PX)

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(self._tokens.edge, 1, Qt.PenStyle.DashLine))
        painter.setBrush(self._tokens.track)
        painter.drawRoundedRect(
            QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), _RADIUS, _RADIUS
        )
        track = QRectF(12, TILE_PX / 2 - 2, TILE_PX - 24, 4)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(self._tokens.panel)
        painter.drawRoundedRect(track, 2, 2)
        wide = track.width() * 0.4
        there = 1 - abs(2 * self._way - 1)  # to the right and back
        bar = QRectF(track.left() + there * (track.width() - wide), track.top(), wide, 4)
        painter.setBrush(self._tokens.accent)
        painter.drawRoundedRect(bar, 2, 2)

    def _on_tick(self) -> None:
        self._way = (self._way + _STEP) % 1
        self.update()


def _square(image: QImage, dense: float) -> QPixmap:
    """The middle of a picture as a square of the tile's size."""
    side = round(TILE_PX * dense)
    if image.isNull():  # not loaded yet, or damaged
        return QPixmap()
    filled = image.scaled(
        side,
        side,
        Qt.AspectRatioMode.KeepAspectRatioByExpanding,
        Qt.TransformationMode.SmoothTransformation,
    )
    left, top = (filled.width() - side) // 2, (filled.height() - side) // 2
    picture = QPixmap.fromImage(filled.copy(left, top, side, side))
    picture.setDevicePixelRatio(dense)
    return picture
