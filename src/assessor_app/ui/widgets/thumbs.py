"""The tiles of the evidence strip: one that can be opened, and one that is on its way."""

from PySide6.QtCore import QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QFocusEvent,
    QIcon,
    QImage,
    QKeyEvent,
    QPainter,
    QPainterPath,
    QPaintEvent,
    QPen,
    QPixmap,
)
from PySide6.QtWidgets import QAbstractButton, QWidget

from assessor_app.ui.theme import Tokens, icon
from assessor_app.ui.widgets.painting import draw_focus_ring
from assessor_app.ui.widgets.ticking import Ticking

TILE_PX = 72
_RADIUS = 8.0
_SIGN_PX = 30
_BADGE_PX, _BADGE_FONT_PX = 20, 12
_TICK_MS = 50
_STEP = 0.04  # of the way, a tick


class ThumbButton(QAbstractButton):
    """A picture cut to a square with round corners, or a sign where there is no picture.

    Its caption is spoken and shown as a tip; a badge is set into its foot.
    """

    opened = Signal(str)  # the id of the evidence
    reached = Signal(QWidget)  # by the keyboard: bring it into view

    def __init__(self, key: str, *, tokens: Tokens) -> None:
        super().__init__()
        self.key = key
        self._tokens = tokens
        self._shown: tuple[object, ...] = ()
        self._picture = QPixmap()
        self._sign = QIcon()
        self._badge = ""
        self.setFixedSize(TILE_PX, TILE_PX)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.clicked.connect(self._on_clicked)

    def show_picture(self, image: QImage, caption: str, *, sign: str = "", badge: str = "") -> None:
        """Show another picture or caption; the same ones cost nothing."""
        shown = (image.cacheKey(), caption, sign, badge)
        if shown == self._shown:
            return
        self._shown = shown
        # The head of a page tells what it is, the middle of a photo.
        self._picture = _square(image, self.devicePixelRatioF(), from_top=bool(sign))
        wanted = sign if image.isNull() else ""
        self._sign = icon(wanted, self._tokens.accent, size=_SIGN_PX) if wanted else QIcon()
        self._badge = badge
        self.setAccessibleName(caption)
        self.setToolTip(caption)
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(TILE_PX, TILE_PX)

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.reached.emit(self)

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        place = QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5)
        outline = QPainterPath()
        outline.addRoundedRect(place, _RADIUS, _RADIUS)
        painter.setClipPath(outline)
        painter.fillRect(self.rect(), self._tokens.track)
        painter.drawPixmap(0, 0, self._picture)
        if not self._sign.isNull():
            lifted = _BADGE_PX // 2 if self._badge else 0
            left = (TILE_PX - _SIGN_PX) // 2
            self._sign.paint(painter, QRect(left, left - lifted, _SIGN_PX, _SIGN_PX))
        if self._badge:
            self._draw_badge(painter)
        painter.setClipping(False)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(QPen(self._tokens.edge, 1))
        painter.drawPath(outline)
        if self.hasFocus():
            draw_focus_ring(painter, QRectF(self.rect()), colour=self._tokens.focus, radius=_RADIUS)

    def _draw_badge(self, painter: QPainter) -> None:
        """Words at the foot on the ground of the panel: readable on any picture."""
        foot = QRect(0, TILE_PX - _BADGE_PX, TILE_PX, _BADGE_PX)
        painter.fillRect(foot, self._tokens.panel)
        font = self.font()
        font.setPixelSize(_BADGE_FONT_PX)
        painter.setFont(font)
        painter.setPen(self._tokens.ink)
        painter.drawText(foot, Qt.AlignmentFlag.AlignCenter, self._badge)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter opens it as the space bar does."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.click()
        else:
            super().keyPressEvent(event)

    def _on_clicked(self) -> None:
        self.opened.emit(self.key)


class PendingTile(QWidget):
    """A place for what is being taken in; its bar moves only while it is seen."""

    def __init__(self, tokens: Tokens) -> None:
        super().__init__()
        self._tokens = tokens
        self._way = 0.0
        Ticking(self, every_ms=_TICK_MS).ticked.connect(self._on_tick)
        self.setFixedSize(TILE_PX, TILE_PX)

    def paintEvent(self, _event: QPaintEvent) -> None:
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


def _square(image: QImage, dense: float, *, from_top: bool) -> QPixmap:
    """The middle of a picture, or its upper part, as a square of the tile's size."""
    side = round(TILE_PX * dense)
    if image.isNull():  # not loaded yet, or damaged
        return QPixmap()
    filled = image.scaled(
        side,
        side,
        Qt.AspectRatioMode.KeepAspectRatioByExpanding,
        Qt.TransformationMode.SmoothTransformation,
    )
    left, top = (filled.width() - side) // 2, 0 if from_top else (filled.height() - side) // 2
    picture = QPixmap.fromImage(filled.copy(left, top, side, side))
    picture.setDevicePixelRatio(dense)
    return picture
