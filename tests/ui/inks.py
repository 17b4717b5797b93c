"""Words whose letters are too much like their ground, measured in the picture of the window."""

from collections import Counter
from collections.abc import Iterator
from functools import cache

from PySide6.QtCore import QPoint, QRect
from PySide6.QtGui import QColor, QImage
from PySide6.QtWidgets import QLabel, QPushButton, QWidget

from assessor_app.ui.theme import contrast

READABLE = 4.5  # WCAG 2.2, 1.4.3
_FEWEST = 6  # letters that are measured: fewer leave too little ink
_ROOM = 40  # pixels wide and more


def faint(window: QWidget) -> Iterator[str]:
    """The texts of labels and buttons with less contrast than can be read, as they are drawn.

    The ground is the most frequent colour behind a text; its ink is whatever differs from it most:
    the middle of a stroke, which smoothing leaves whole. What is disabled is exempt by the rule.
    """
    picture = window.grab().toImage()
    for one in window.findChildren(QWidget):
        if not isinstance(one, QLabel | QPushButton) or not one.isVisible() or not one.isEnabled():
            continue
        text = one.text()
        place = QRect(one.mapTo(window, QPoint(0, 0)), one.size()).intersected(window.rect())
        hidden = one.visibleRegion().boundingRect().size() != one.size()
        if len(text) < _FEWEST or place.width() < _ROOM or hidden or not _has_ink(one):
            continue
        found = _contrast_in(picture, place.adjusted(4, 4, -4, -4), picture.devicePixelRatio())
        if found < READABLE:
            yield f"{one.objectName() or type(one).__name__}: {text[:40]} ({found:.1f})"


def _has_ink(one: QLabel | QPushButton) -> bool:
    """Labels of pictures, and buttons whose words are labels of their own, have none."""
    return bool(one.text().strip()) and not (isinstance(one, QLabel) and not one.pixmap().isNull())


def _contrast_in(picture: QImage, place: QRect, dense: float) -> float:
    """The best contrast to the most frequent colour of a place."""
    shown = QRect(place.topLeft() * dense, place.size() * dense)
    part = picture.copy(shown).convertToFormat(QImage.Format.Format_RGB32)
    seen = Counter(memoryview(part.constBits()).cast("I"))
    if not seen:
        return 21.0
    ground = seen.most_common(1)[0][0]
    return max(_contrast(ink, ground) for ink in seen)


@cache
def _contrast(ink: int, ground: int) -> float:
    return contrast(QColor(ink), QColor(ground))
