"""Content that may be taller than its place: scrolled by wheel, keys and finger."""

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QScrollArea, QScroller, QWidget

from assessor_app.ui.theme import dress

_PAINTED_AFTER_MS = 60

ARROWS = frozenset({Qt.Key.Key_Left, Qt.Key.Key_Right, Qt.Key.Key_Up, Qt.Key.Key_Down})


def scrolling(content: QWidget, name: str) -> QScrollArea:
    """A frameless area around `content`, which takes the area's width."""
    area = _Area()
    area.setObjectName(name)
    area.setFrameShape(QFrame.Shape.NoFrame)
    area.setWidgetResizable(True)
    area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAsNeeded)
    area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    dress(content, "scrolled")
    area.setWidget(content)
    # Once painted: the first call that hands out a plain widget costs the binding 70 ms.
    QTimer.singleShot(_PAINTED_AFTER_MS, area, lambda: scroll_by_touch(area.viewport()))
    return area


class _Area(QScrollArea):
    """Scrolls by page keys; the arrows are left to the page."""

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in ARROWS:
            event.ignore()
        else:
            super().keyPressEvent(event)


def scroll_by_touch(viewport: QWidget) -> None:
    """Let a finger drag `viewport`; the mouse still selects and clicks."""
    QScroller.grabGesture(viewport, QScroller.ScrollerGestureType.TouchGesture)
