"""Two scores on one straight scale of zones: where it stands now, and where it leads."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QFont, QFontMetricsF, QPainter, QPaintEvent, QPen, QPolygonF
from PySide6.QtWidgets import QSizePolicy, QWidget

from assessor_app.charts.gauge import Segment, pointers, position, segments
from assessor_app.ui.spoken import Role, spoken_as
from assessor_app.ui.theme import SMALL_POINTS, Tokens, points, zone_hue
from assessor_app.ui.widgets.gauge import GaugeBand
from assessor_app.ui.widgets.painting import draw_zone_sign

_BAR = 20.0
_GAP = 2.0  # pixels between zones
_SIGN = 14.0
_LEAST_FOR_SIGN = 26.0  # pixels of a zone
_TIP = 11.0  # pixels from the bar to the words
_HALF = 6.0  # of a tip's width
_SIDE = 8  # pixels beside the scale, so that a tip at its end is whole


@dataclass(frozen=True, slots=True)
class BandBarValue:
    """What the bar shows: `after` is None where nothing leads anywhere."""

    now: Decimal
    now_text: str
    after: Decimal | None
    after_text: str
    spoken: str


class BandBar(QWidget):
    """A hollow tip above at the score now, a full one below at the score after."""

    def __init__(self, tokens: Tokens, bands: Sequence[GaugeBand], *, maximum: Decimal) -> None:
        super().__init__()
        spoken_as(self, Role.Chart)
        self._tokens = tokens
        self._bands = tuple(bands)
        self._maximum = maximum
        self._value: BandBarValue | None = None
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def show_value(self, value: BandBarValue | None) -> None:
        """Show two scores on the scale, or with None the scale alone."""
        self._value = value
        self.setAccessibleName(value.spoken if value else "")
        self.setToolTip(value.spoken if value else "")
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(280, self._height())

    def minimumSizeHint(self) -> QSize:
        return QSize(200, self._height())

    def paintEvent(self, _event: QPaintEvent) -> None:
        self.draw(QPainter(self))

    def draw(self, painter: QPainter) -> None:
        """Paint it in its size, also onto a picture that is saved."""
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setFont(self._font())
        top = self._line() + _TIP
        for band, place in zip(self._bands, self._places(), strict=True):
            self._draw_zone(painter, band, place, top=top)
        if self._value is None:
            return
        self._draw_score(painter, self._value.now, self._value.now_text, full=False)
        if self._value.after is not None:
            self._draw_way(painter, self._value.now, self._value.after, top=top)
            self._draw_score(painter, self._value.after, self._value.after_text, full=True)

    def _draw_zone(self, painter: QPainter, band: GaugeBand, place: Segment, *, top: float) -> None:
        box = QRectF(_SIDE + place.left, top, place.width, _BAR)
        hue = zone_hue(self._tokens, band.zone)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(hue.fill)
        painter.drawRoundedRect(box, 3, 3)
        if place.width >= _LEAST_FOR_SIGN:
            middle = box.center()
            sign = QRectF(middle.x() - _SIGN / 2, middle.y() - _SIGN / 2, _SIGN, _SIGN)
            draw_zone_sign(painter, sign, tokens=self._tokens, zone=band.zone)

    def _draw_way(self, painter: QPainter, now: Decimal, after: Decimal, *, top: float) -> None:
        """A line below the bar, from the one score to the other."""
        y = top + _BAR + _TIP / 2
        painter.setPen(QPen(self._tokens.ink, 2, c=Qt.PenCapStyle.RoundCap))
        painter.drawLine(QPointF(self._at(now), y), QPointF(self._at(after), y))
        painter.drawLine(QPointF(self._at(now), top + _BAR), QPointF(self._at(now), y))

    def _draw_score(self, painter: QPainter, score: Decimal, text: str, *, full: bool) -> None:
        """A tip that points at the bar, with its words beyond: hollow above, full below."""
        bar = self._line() + _TIP
        point, away = (bar + _BAR, 1.0) if full else (bar, -1.0)
        at = self._at(score)
        shape = QPolygonF(
            [QPointF(at, point)]
            + [QPointF(at + half, point + away * (_TIP - 1)) for half in (_HALF, -_HALF)]
        )
        painter.setPen(QPen(self._tokens.ink, 1.6, j=Qt.PenJoinStyle.RoundJoin))
        painter.setBrush(self._tokens.ink if full else self._tokens.panel)
        painter.drawPolygon(shape)
        wide = QFontMetricsF(self._font()).horizontalAdvance(text) + 2
        (pointer,) = pointers([score], maximum=self._maximum, width=self._scale(), label_width=wide)
        top = bar + _BAR + _TIP if full else 0.0
        place = QRectF(_SIDE + pointer.label - wide / 2, top, wide, self._line())
        painter.drawText(place, Qt.AlignmentFlag.AlignCenter, text)

    def _places(self) -> tuple[Segment, ...]:
        bounds = [band.upper for band in self._bands]
        return segments(bounds, maximum=self._maximum, width=self._scale(), gap=_GAP)

    def _at(self, score: Decimal) -> float:
        return _SIDE + position(score, maximum=self._maximum, width=self._scale())

    def _scale(self) -> float:
        return float(self.width() - 2 * _SIDE)

    def _height(self) -> int:
        return round(2 * (self._line() + _TIP) + _BAR) + 2

    def _line(self) -> float:
        return QFontMetricsF(self._font()).lineSpacing()

    def _font(self) -> QFont:
        font = QFont(self.font())
        font.setPointSizeF(points(SMALL_POINTS))
        font.setBold(True)
        return font
