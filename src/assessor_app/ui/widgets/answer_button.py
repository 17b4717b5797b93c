"""A button that an answer is given with: how it behaves; its face says how it looks."""

from typing import Protocol

from PySide6.QtCore import QEvent, QSize
from PySide6.QtGui import QFont, QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QPushButton, QSizePolicy

from assessor_app.ui.theme import dress
from assessor_app.ui.widgets.ground import on_ground
from assessor_app.ui.widgets.scrolling import ARROWS


class Face(Protocol):
    """What stands on an answer's button, over the ground that the style sheet draws."""

    def width(self, font: QFont) -> int:
        """In pixels, with the label as it reads best."""

    def least_width(self, font: QFont) -> int:
        """In pixels: its longest word must not be cut."""

    def height(self, font: QFont, width: int) -> int:
        """In pixels, at a width."""

    def draw(self, painter: QPainter, button: QPushButton) -> None:
        """Draw it as the button stands: chosen or not, enabled or not."""


class AnswerButton(QPushButton):
    """As high as its words need at its width; `stays` where a second press takes nothing back."""

    def __init__(self, name: str, label: str, face: Face, *, key: str, stays: bool) -> None:
        super().__init__()
        self._label = label
        self.face = face
        self._heights: dict[int, int] = {}  # by width: a layout asks a dozen times for the same
        self._stays = stays
        self.setObjectName(name)
        self.setAccessibleDescription(key)
        self.setToolTip(label)
        self.setCheckable(True)
        self.setAutoDefault(True)
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        dress(self, "choice" if stays else "tick")

    def speak_with(self, group: str) -> None:
        """Let a screen reader say the group before the label."""
        self.setAccessibleName(f"{group}, {self._label}" if group else self._label)

    def nextCheckState(self) -> None:
        """Chosen stays chosen: an answer is taken back by another one or by undo."""
        self.setChecked(self._stays or not self.isChecked())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Arrows belong to the page, which changes side and indicator with them."""
        if event.key() in ARROWS:
            event.ignore()
        else:
            super().keyPressEvent(event)

    def sizeHint(self) -> QSize:
        width = self.face.width(self.font())
        return QSize(width, self.heightForWidth(width))

    def minimumSizeHint(self) -> QSize:
        """As narrow as its longest word; what does not fit beside it makes it higher."""
        font = self.font()
        return QSize(self.face.least_width(font), self.heightForWidth(self.face.width(font)))

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        if width not in self._heights:
            self._heights[width] = self.face.height(self.font(), width)
        return self._heights[width]

    def changeEvent(self, event: QEvent) -> None:
        if event.type() is QEvent.Type.FontChange:
            self._heights.clear()
        super().changeEvent(event)

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = on_ground(self)
        self.face.draw(painter, self)
