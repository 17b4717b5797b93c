"""Where things stand on a picture in a widget: between pixels and parts of SCALE."""

from PySide6.QtCore import QPointF, QRectF, QSize, Qt

from assessor_app.domain.redaction import SCALE, Box


def fitted(picture: QSize, room: QSize) -> QRectF:
    """Where a picture stands that is shown whole in the middle of a widget, in pixels."""
    size = picture.scaled(room, Qt.AspectRatioMode.KeepAspectRatio)
    left, top = (room.width() - size.width()) / 2, (room.height() - size.height()) / 2
    return QRectF(left, top, size.width(), size.height())


def spot_at(picture: QRectF, at: QPointF) -> QPointF:
    """A pixel in parts of SCALE, within the picture."""
    x = (at.x() - picture.left()) / max(1.0, picture.width()) * SCALE
    y = (at.y() - picture.top()) / max(1.0, picture.height()) * SCALE
    return QPointF(min(max(x, 0), SCALE), min(max(y, 0), SCALE))


def place_in(picture: QRectF, box: Box) -> QRectF:
    """Where a box stands in a picture, both in pixels."""
    wide, high = picture.width() / SCALE, picture.height() / SCALE
    left, top = picture.left() + box.left * wide, picture.top() + box.top * high
    return QRectF(left, top, (box.right - box.left) * wide, (box.bottom - box.top) * high)


def farther(one: QPointF, other: QPointF) -> float:
    """How far two points are apart, along the axis on which they are farther."""
    return max(abs(one.x() - other.x()), abs(one.y() - other.y()))
