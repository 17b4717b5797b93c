"""A drawer over a page: a panel that comes from one edge and goes again, and the rest in shade."""

from enum import Enum, auto

from PySide6.QtCore import QEvent, QPoint, QRect, Qt, Signal
from PySide6.QtGui import QColor, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QTouchEvent
from PySide6.QtWidgets import QApplication, QVBoxLayout, QWidget

_MOST_SHARE = 0.9  # of the page's width: something of it stays to be tapped
_SHADE = QColor(10, 18, 28, 110)
_SWIPED_PX = 40


class Edge(Enum):
    """Where a drawer comes from."""

    LEFT = auto()
    RIGHT = auto()


class Drawer(QWidget):
    """Covers its parent while it is open; what it holds is lent to it and can be taken back."""

    closed = Signal()

    def __init__(self, name: str, parent: QWidget, *, edge: Edge, width: int) -> None:
        super().__init__(parent)
        self.setObjectName(name)
        self._page = parent
        self._edge, self._width = edge, width
        self._inside = QWidget(self)
        self._column = QVBoxLayout(self._inside)
        self._column.setContentsMargins(8, 8, 8, 8)
        self.hide()

    def hold(self, content: QWidget) -> None:
        """Let it show a widget that stands elsewhere while there is room."""
        self._column.addWidget(content)

    def open(self) -> None:
        """Come over the page."""
        self.show()
        self.raise_()
        self.fit()

    def close_up(self) -> None:
        """Go again; the focus that was in it goes back to the page."""
        if not self.isVisible():
            return
        focused = QApplication.focusWidget()
        self.hide()
        if focused is None or self.isAncestorOf(focused):
            self._page.setFocus()
        self.closed.emit()

    def fit(self) -> None:
        """Cover the parent as large as it is now."""
        room = self._page.rect()
        wide = min(self._width, round(room.width() * _MOST_SHARE))
        self.setGeometry(room)
        left = 0 if self._edge is Edge.LEFT else room.width() - wide
        self._inside.setGeometry(QRect(QPoint(left, 0), QPoint(left + wide - 1, room.height() - 1)))

    def paintEvent(self, _event: QPaintEvent) -> None:
        QPainter(self).fillRect(self.rect(), _SHADE)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """A tap beside the panel closes it, and nothing below it is hit."""
        if not self._inside.geometry().contains(event.position().toPoint()):
            self.close_up()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.close_up()
        else:
            super().keyPressEvent(event)


class SwipeEdge(QWidget):
    """A narrow strip at an edge, from which a finger draws the drawer."""

    swiped = Signal()

    def __init__(self, name: str, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName(name)
        self.setAttribute(Qt.WidgetAttribute.WA_AcceptTouchEvents)
        self._began: float | None = None

    def event(self, event: QEvent) -> bool:
        if not isinstance(event, QTouchEvent) or not event.points():
            return super().event(event)
        at = event.points()[0].globalPosition().x()
        match event.type():
            case QEvent.Type.TouchBegin:
                self._began = at
            case QEvent.Type.TouchUpdate if self._began is not None:
                if at - self._began > _SWIPED_PX:
                    self._began = None
                    self.swiped.emit()
            case QEvent.Type.TouchEnd | QEvent.Type.TouchCancel:
                self._began = None
        event.accept()
        return True
