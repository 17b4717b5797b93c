"""The provisional score on an arc of zones, with what it could still become."""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import (
    QColor,
    QFont,
    QFontMetricsF,
    QPainter,
    QPaintEvent,
    QPen,
    QPixmap,
    QPolygonF,
)
from PySide6.QtWidgets import QSizePolicy, QWidget

from assessor_app.charts.gauge import angle, arc_between, arcs, on_circle
from assessor_app.domain.zone import ZoneColour
from assessor_app.ui.spoken import Role, spoken_as
from assessor_app.ui.theme import SMALL_POINTS, Tokens, points, zone_hue
from assessor_app.ui.widgets.painting import draw_zone_sign

_SWEEP = 204.0  # degrees of the arc
_GAP = 1.6  # degrees between zones
_THICK = 18.0
_SIGN = 15.0
_LEAST_SPAN_FOR_SIGN = 18.0  # degrees
_OUTSIDE = 14.0  # room for the marks outside of the arc
_CAPTION_LINES = 2
_FOOT = 0.32  # of the radius: from the middle down to the caption
_WIDEST_RADIUS = 132.0


@dataclass(frozen=True, slots=True)
class GaugeBand:
    """One zone of the scale, up to a bound."""

    upper: Decimal
    zone: ZoneColour


@dataclass(frozen=True, slots=True)
class GaugeValue:
    """What the gauge shows: `most` is what the score can still reach with all that is open."""

    points: Decimal | None
    text: str
    paper: Decimal | None
    practice: Decimal | None
    most: Decimal | None
    maximum: Decimal
    caption: str
    spoken: str


class Gauge(QWidget):
    """An arc of zones, a needle at the score, a soft range behind it, and a mark for each side."""

    def __init__(self, tokens: Tokens, bands: Sequence[GaugeBand]) -> None:
        super().__init__()
        spoken_as(self, Role.Chart)
        self._tokens = tokens
        self._bands = tuple(bands)
        self._value: GaugeValue | None = None
        self._zones: tuple[object, QPixmap] | None = None  # as last painted, and for what
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def show_value(self, value: GaugeValue) -> None:
        if value == self._value:
            return
        before = self._caption_height(self.width())
        self._value = value
        if self._caption_height(self.width()) != before:
            self.updateGeometry()
        self.setAccessibleName(value.spoken)
        self.setToolTip(value.spoken)
        self.update()

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        radius = _radius_in(width)
        return round(radius * (1 + _FOOT) + _OUTSIDE + self._caption_height(width))

    def sizeHint(self) -> QSize:
        return QSize(264, self.heightForWidth(264))

    def minimumSizeHint(self) -> QSize:
        return QSize(176, self.heightForWidth(176))

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        value = self._value
        if value is not None:
            painter.drawPixmap(0, 0, self._zones_picture(value))
            self._draw_standing(painter, value)

    def draw(self, painter: QPainter) -> None:
        """Paint it in its size, also onto a picture that is saved."""
        value = self._value
        if value is None:
            return
        painter.save()
        self._draw_zones(painter, value, radius=self._begin(painter))
        painter.restore()
        self._draw_standing(painter, value)

    def _zones_picture(self, value: GaugeValue) -> QPixmap:
        """The arc with its signs, drawn once: an answer moves only what stands over it."""
        dense = self.devicePixelRatio()
        wanted = (self.size(), dense, value.points is None, value.maximum)
        if self._zones is None or self._zones[0] != wanted:
            picture = QPixmap(self.size() * dense)
            picture.setDevicePixelRatio(dense)
            picture.fill(Qt.GlobalColor.transparent)
            painter = QPainter(picture)
            self._draw_zones(painter, value, radius=self._begin(painter))
            painter.end()
            self._zones = wanted, picture
        return self._zones[1]

    def _begin(self, painter: QPainter) -> float:
        """Put the middle of the arc at the origin; its radius."""
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        radius = _radius_in(self.width())
        painter.translate(self.width() / 2, _OUTSIDE + radius)
        return radius

    def _draw_standing(self, painter: QPainter, value: GaugeValue) -> None:
        radius = self._begin(painter)
        self._draw_range(painter, value, radius=radius)
        self._draw_side(painter, value, value.paper, radius=radius, filled=False)
        self._draw_side(painter, value, value.practice, radius=radius, filled=True)
        self._draw_needle(painter, value, radius=radius)
        self._draw_words(painter, value, radius=radius)

    def _draw_zones(self, painter: QPainter, value: GaugeValue, *, radius: float) -> None:
        bounds = [band.upper for band in self._bands]
        places = arcs(bounds, maximum=value.maximum, sweep=_SWEEP, gap=_GAP)
        for band, place in zip(self._bands, places, strict=True):
            hue = zone_hue(self._tokens, band.zone)
            colour = hue.tint if value.points is None else hue.fill
            middle = radius - _THICK / 2
            _draw_arc(painter, place.start, place.span, middle, _pen(colour, _THICK))
            if value.points is not None and -place.span >= _LEAST_SPAN_FOR_SIGN:
                at = _point(place.start + place.span / 2, middle)
                square = QRectF(at.x() - _SIGN / 2, at.y() - _SIGN / 2, _SIGN, _SIGN)
                draw_zone_sign(painter, square, tokens=self._tokens, zone=band.zone)

    def _draw_range(self, painter: QPainter, value: GaugeValue, *, radius: float) -> None:
        """A thin line inside of the arc, from the score to what it can still reach."""
        if value.points is None or value.most is None or value.most <= value.points:
            return
        place = arc_between(value.points, value.most, maximum=value.maximum, sweep=_SWEEP)
        at = radius - _THICK - 7
        _draw_arc(painter, place.start, place.span, at, _pen(self._tokens.edge, 3))
        end = place.start + place.span
        painter.setPen(_pen(self._tokens.edge, 3))
        painter.drawLine(_point(end, at - 5), _point(end, at + 5))

    def _draw_side(
        self,
        painter: QPainter,
        value: GaugeValue,
        points: Decimal | None,
        *,
        radius: float,
        filled: bool,
    ) -> None:
        """A small triangle outside of the arc: hollow for paper, full for practice."""
        if points is None:
            return
        at = angle(points, maximum=value.maximum, sweep=_SWEEP)
        top, half = (11.0, 2.6) if filled else (13.5, 3.7)  # both are seen where they coincide
        corners = (at, radius + 2), (at + half, radius + top), (at - half, radius + top)
        shape = QPolygonF([_point(degrees, away) for degrees, away in corners])
        painter.setPen(QPen(self._tokens.ink, 1.6, j=Qt.PenJoinStyle.RoundJoin))
        painter.setBrush(self._tokens.ink if filled else self._tokens.panel)
        painter.drawPolygon(shape)

    def _draw_needle(self, painter: QPainter, value: GaugeValue, *, radius: float) -> None:
        if value.points is None:
            return
        at = angle(value.points, maximum=value.maximum, sweep=_SWEEP)
        root, tip = _point(at, radius * 0.64), _point(at, radius - 4)
        for colour, weight in ((self._tokens.panel, 10.0), (self._tokens.ink, 5.0)):
            painter.setPen(QPen(colour, weight, c=Qt.PenCapStyle.RoundCap))
            painter.drawLine(root, tip)

    def _draw_words(self, painter: QPainter, value: GaugeValue, *, radius: float) -> None:
        font = _fitting(self.font(), value.text, room=radius * 0.96, points=28)
        painter.setFont(font)
        painter.setPen(self._tokens.ink)
        middle = QRectF(-radius, -radius * 0.34, 2 * radius, radius * 0.44)
        painter.drawText(middle, Qt.AlignmentFlag.AlignCenter, value.text)
        painter.setFont(_small(self.font()))
        painter.setPen(self._tokens.quiet)
        high = self._caption_height(self.width())
        place = QRectF(-self.width() / 2, radius * _FOOT, self.width(), high)
        painter.drawText(
            place, Qt.AlignmentFlag.AlignHCenter | Qt.TextFlag.TextWordWrap, value.caption
        )

    def _caption_height(self, width: int) -> int:
        """Room for the caption, at least for two lines, so that little moves when it changes."""
        caption = self._value.caption if self._value is not None else ""
        if self._value is not None and not caption:
            return 0
        metrics = QFontMetricsF(_small(self.font()))
        room = QRectF(0, 0, width, 1000)
        needed = metrics.boundingRect(room, Qt.TextFlag.TextWordWrap, caption).height()
        return math.ceil(max(needed, metrics.lineSpacing() * _CAPTION_LINES)) + 2


def _small(font: QFont) -> QFont:
    small = QFont(font)
    small.setPointSizeF(points(SMALL_POINTS))
    return small


def _radius_in(width: int) -> float:
    return min(max(width / 2 - _OUTSIDE, 40.0), _WIDEST_RADIUS)


def _pen(colour: QColor, weight: float) -> QPen:
    return QPen(colour, weight, c=Qt.PenCapStyle.FlatCap)


def _draw_arc(painter: QPainter, start: float, span: float, radius: float, pen: QPen) -> None:
    """An arc around the origin; Qt counts in sixteenths of a degree."""
    painter.setPen(pen)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    place = QRectF(-radius, -radius, 2 * radius, 2 * radius)
    painter.drawArc(place, round(start * 16), round(span * 16))


def _point(degrees: float, radius: float) -> QPointF:
    x, y = on_circle(degrees, radius=radius)
    return QPointF(x, -y)


def _fitting(font: QFont, text: str, *, room: float, points: float) -> QFont:
    """A bold font of at most `points` in which `text` takes no more than `room` pixels."""
    fitting = QFont(font)
    fitting.setBold(True)
    fitting.setPointSizeF(points)
    width = QFontMetricsF(fitting).horizontalAdvance(text)
    if width > room:
        fitting.setPointSizeF(max(points * room / width, 10))
    return fitting
