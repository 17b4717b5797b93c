"""Signs over a picture in the window, as services/evidence/drawing.py burns them into its copy."""

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter, QPainterPath, QPen

from assessor_app.domain.annotation import (
    INKS,
    Annotation,
    Shape,
    line_width,
    lines_of,
    text_height,
)
from assessor_app.domain.redaction import SCALE

_SMALLEST_TEXT = 8  # pixels


def draw_sign(painter: QPainter, sign: Annotation, picture: QRectF) -> None:
    """Draw a sign over a picture that stands in that place, in pixels."""
    if sign.shape is Shape.TEXT:
        _write(painter, sign, picture)
        return
    wide = line_width(picture.width(), picture.height())
    path = outline(sign, picture)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    for colour, thick in ((QColor(255, 255, 255), 2 * wide), (ink(sign), wide)):
        caps = (Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap, Qt.PenJoinStyle.RoundJoin)
        painter.setPen(QPen(colour, thick, *caps))
        painter.drawPath(path)


def outline(sign: Annotation, picture: QRectF) -> QPainterPath:
    """The lines of a sign, in pixels; the frame of words."""
    if sign.shape is Shape.TEXT:
        path = QPainterPath()
        path.addRect(_text_place(sign, picture)[0])
        return path
    path = QPainterPath()
    for line in lines_of(sign, picture.width(), picture.height()):
        points = [QPointF(picture.left() + x, picture.top() + y) for x, y in line]
        path.moveTo(points[0])
        for point in points[1:]:
            path.lineTo(point)
    return path


def ink(sign: Annotation) -> QColor:
    """The colour of a sign."""
    return QColor(*INKS[sign.ink])


def _write(painter: QPainter, sign: Annotation, picture: QRectF) -> None:
    place, font = _text_place(sign, picture)
    edge = font.pixelSize() / 7
    path = QPainterPath()
    base = place.top() + edge + QFontMetricsF(font).ascent()
    path.addText(QPointF(place.left() + edge, base), font, sign.text)
    caps = (Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap, Qt.PenJoinStyle.RoundJoin)
    painter.setPen(QPen(QColor(255, 255, 255), 2 * edge, *caps))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawPath(path)
    painter.fillPath(path, ink(sign))


def _text_place(sign: Annotation, picture: QRectF) -> tuple[QRectF, QFont]:
    """Where words stand, moved and made smaller until they are within the picture."""
    font = QFont("Noto Sans")
    font.setBold(True)
    high = text_height(picture.width(), picture.height())
    while True:
        font.setPixelSize(round(high))
        edge = high / 7
        long = QFontMetricsF(font).horizontalAdvance(sign.text) + 2 * edge
        if long <= picture.width() or high <= _SMALLEST_TEXT:
            break
        high = max(_SMALLEST_TEXT, min(high - 1, high * picture.width() / long))
    spot = sign.points[0]
    tall = high * 1.4
    left = max(0.0, min(spot.x * picture.width() / SCALE, picture.width() - long))
    top = max(0.0, min(spot.y * picture.height() / SCALE, picture.height() - tall))
    return QRectF(picture.left() + left, picture.top() + top, long, tall), font
