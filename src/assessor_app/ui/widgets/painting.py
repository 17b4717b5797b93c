"""Signs and shapes that several widgets paint: zones, answers and the ring of the focus."""

import math
from collections.abc import Iterable, Sequence
from enum import StrEnum
from functools import cache, lru_cache
from typing import assert_never

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen, QPixmap, QPolygonF

from assessor_app.charts import signs
from assessor_app.domain.zone import ZoneColour
from assessor_app.ui.theme import Hue, Scheme, Tokens, points, readable_on, zone_hue
from assessor_app.ui.theme import tokens as colours_of

_KEY_POINTS = 9
_Line = Sequence[tuple[float, float]]
_SLASH = ((0.15, 0.15), (0.85, 0.85))  # from edge to edge of a disc
_EXCLAMATION = (((0.5, 0.76), (0.5, 0.44)), ((0.5, 0.26), (0.5, 0.25)))


class Mark(StrEnum):
    """What kind of answer a sign stands for."""

    PRESENT = "present"
    PARTIAL = "partial"
    ABSENT = "absent"
    NONE = "none"
    OUTSIDE = "outside"  # it does not apply here
    ANSWERED = "answered"  # by what is neither good nor bad: a text, a date, a photo
    CHOSEN = "chosen"  # one of several that are neither good nor bad
    OPEN = "open"  # another one of them


def mark_hue(tokens: Tokens, mark: Mark) -> Hue:
    """The colours of a kind of answer."""
    match mark:
        case Mark.PRESENT:
            return tokens.green
        case Mark.PARTIAL:
            return tokens.yellow
        case Mark.ABSENT:
            return tokens.red
        case Mark.NONE | Mark.OUTSIDE:
            return tokens.grey
        case Mark.ANSWERED | Mark.CHOSEN | Mark.OPEN:
            accent = tokens.accent
            return Hue(ink=tokens.ink, fill=accent, tint=tokens.accent_tint, edge=accent)
        case _:
            assert_never(mark)


def draw_zone_sign(
    painter: QPainter, place: QRectF, *, tokens: Tokens, zone: ZoneColour | None
) -> None:
    """A zone's sign filling the square `place`; a grey ring where no zone is known."""
    hue = zone_hue(tokens, zone)
    weight = place.width() / 12
    if zone is None:
        inner = place.adjusted(weight, weight, -weight, -weight)
        _stroke(painter, (_at(_closed(signs.disc()), inner),), colour=hue.edge, weight=weight)
        return
    sign = signs.zone_sign(zone)
    outline = _at(sign.outline, place)
    _fill(painter, outline, hue=hue, weight=max(1.0, place.width() / 18))
    strokes = [_at(line, place) for line in sign.strokes]
    _stroke(painter, strokes, colour=readable_on(hue.fill), weight=place.width() / 9)


def draw_mark(painter: QPainter, place: QRectF, *, tokens: Tokens, mark: Mark) -> None:
    """The sign of an answer: ticked disc, half disc, crossed disc, dash, slashed ring …"""
    dense = painter.device().devicePixelRatio()
    picture = _mark_picture(tokens.scheme, mark, place.width(), dense)
    painter.drawPixmap(place.topLeft(), picture)


@cache
def _mark_picture(scheme: Scheme, mark: Mark, side: float, dense: float) -> QPixmap:
    """A sign that stands in hundreds of rows is drawn once for each size."""
    picture = QPixmap(math.ceil(side * dense), math.ceil(side * dense))
    picture.setDevicePixelRatio(dense)
    picture.fill(Qt.GlobalColor.transparent)
    painter = QPainter(picture)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    _paint_mark(painter, QRectF(0, 0, side, side), tokens=colours_of(scheme), mark=mark)
    painter.end()
    return picture


def _paint_mark(painter: QPainter, place: QRectF, *, tokens: Tokens, mark: Mark) -> None:
    hue = mark_hue(tokens, mark)
    weight = place.width() * 0.11
    disc = _at(signs.disc(), place)
    match mark:
        case Mark.PRESENT | Mark.CHOSEN:
            _fill(painter, disc, hue=hue, weight=1)
            _stroke(painter, (_at(signs.TICK, place),), colour=readable_on(hue.fill), weight=weight)
        case Mark.PARTIAL:
            _fill(painter, _at(signs.half_disc(), place), hue=hue, weight=0)
            ring = _at(_closed(signs.disc()), place.adjusted(0.75, 0.75, -0.75, -0.75))
            _stroke(painter, (ring,), colour=hue.edge, weight=1.75)
        case Mark.ABSENT:
            _fill(painter, disc, hue=hue, weight=1)
            lines = [_at(line, place) for line in signs.CROSS]
            _stroke(painter, lines, colour=readable_on(hue.fill), weight=weight)
        case Mark.OPEN:
            ring = _at(_closed(signs.disc()), place.adjusted(0.75, 0.75, -0.75, -0.75))
            _stroke(painter, (ring,), colour=hue.edge, weight=1.75)
        case Mark.NONE:
            _stroke(painter, (_at(signs.DASH, place),), colour=hue.edge, weight=weight)
        case Mark.ANSWERED:
            ring = _at(_closed(signs.disc()), place.adjusted(0.75, 0.75, -0.75, -0.75))
            _stroke(painter, (ring,), colour=hue.edge, weight=1.75)
            inner = place.adjusted(*(weight * side for side in (2.5, 2.5, -2.5, -2.5)))
            _fill(painter, _at(signs.disc(), inner), hue=hue, weight=1)
        case Mark.OUTSIDE:
            inner = place.adjusted(weight, weight, -weight, -weight)
            lines = [_at(_closed(signs.disc()), inner), _at(_SLASH, inner)]
            _stroke(painter, lines, colour=hue.edge, weight=1.75)
        case _:
            assert_never(mark)


def draw_warning(painter: QPainter, place: QRectF, *, colour: QColor) -> None:
    """An octagon with an exclamation mark: something is wrong here."""
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(colour)
    painter.drawPolygon(_at(signs.zone_sign(ZoneColour.RED).outline, place))
    lines = [_at(line, place) for line in _EXCLAMATION]
    _stroke(painter, lines, colour=readable_on(colour), weight=place.width() / 9)


def draw_focus_ring(painter: QPainter, place: QRectF, *, colour: QColor, radius: float = 8) -> None:
    """Three pixels around what has the focus, inside of `place`."""
    painter.setPen(QPen(colour, 3))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawRoundedRect(place.adjusted(1.5, 1.5, -1.5, -1.5), radius, radius)


def draw_key_cap(painter: QPainter, place: QRectF, *, tokens: Tokens, key: str) -> None:
    """The key that does the same as a click, as a small key cap."""
    painter.setPen(tokens.rule)
    painter.setBrush(tokens.panel)
    painter.drawRoundedRect(place.adjusted(0.5, 0.5, -0.5, -0.5), 5, 5)
    font = painter.font()
    font.setBold(False)
    font.setPointSizeF(points(_KEY_POINTS))
    painter.setFont(font)
    painter.setPen(tokens.quiet)
    painter.drawText(place, Qt.AlignmentFlag.AlignCenter, key)


def blend(one: QColor, other: QColor, *, share: float) -> QColor:
    """From `one` (share 0) to `other` (share 1)."""
    return QColor.fromRgbF(
        one.redF() + (other.redF() - one.redF()) * share,
        one.greenF() + (other.greenF() - one.greenF()) * share,
        one.blueF() + (other.blueF() - one.blueF()) * share,
    )


def _at(line: _Line, place: QRectF) -> QPolygonF:
    """Points of the unit square, y upwards, as they stand on the screen."""
    sized = _sized(tuple(line), place.width(), place.height())
    return sized.translated(place.left(), place.bottom())


@lru_cache(maxsize=256)
def _sized(line: _Line, width: float, height: float) -> QPolygonF:
    """What is round has seventy corners, and stands in every picture in the same few sizes."""
    return QPolygonF([QPointF(x * width, -y * height) for x, y in line])


def _closed(line: _Line) -> _Line:
    return (*line, line[0])


def _fill(painter: QPainter, outline: QPolygonF, *, hue: Hue, weight: float) -> None:
    pen = QPen(hue.edge, weight, j=Qt.PenJoinStyle.RoundJoin)
    painter.setPen(pen if weight else Qt.PenStyle.NoPen)
    painter.setBrush(hue.fill)
    painter.drawPolygon(outline)


def _stroke(
    painter: QPainter, lines: Iterable[QPolygonF], *, colour: QColor, weight: float
) -> None:
    painter.setBrush(Qt.BrushStyle.NoBrush)
    pen = QPen(colour, weight)
    pen.setCapStyle(Qt.PenCapStyle.RoundCap)
    pen.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
    painter.setPen(pen)
    for line in lines:
        painter.drawPolyline(line)
