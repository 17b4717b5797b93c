"""Parts beside each other where the window is wide, and below each other where it is narrow."""

from PySide6.QtCore import QRect, QSize
from PySide6.QtWidgets import QBoxLayout, QWidget

from assessor_app.ui.theme import Space, grown

_ALL = 16_777_215  # pixels: as wide as Qt lets a widget be


class Stacking(QBoxLayout):
    """A row that becomes a column when it has less than `below` pixels, more for larger letters.

    It asks for no more width than its widest part, so that a window may become narrow at all.
    """

    def __init__(self, *, below: int, space: int = Space.LARGE) -> None:
        super().__init__(QBoxLayout.Direction.LeftToRight)
        self._below = grown(below)
        self.setContentsMargins(0, 0, 0, 0)
        self.setSpacing(space)
        self._held: list[tuple[QWidget, int]] = []

    def hold(self, part: QWidget, width: int) -> None:
        """Keep a part to a width (pixels) beside the others; below them it has all there is."""
        part.setMinimumWidth(width)
        part.setMaximumWidth(width)
        self._held.append((part, width))

    def setGeometry(self, rect: QRect) -> None:
        self._turn(rect.width())
        super().setGeometry(rect)

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        self._turn(width)
        super().hasHeightForWidth()  # measures what changed, else it is that of nothing
        found = super().heightForWidth(width)
        return found if found >= 0 else super().sizeHint().height()

    def minimumSize(self) -> QSize:
        # As beside each other: whoever lays this out asks for the height at its width anyway, and
        # would keep that of a column when the parts stand beside each other again.
        items = [self.itemAt(place) for place in range(self.count())]
        least = [item.minimumSize() for item in items if item]
        wide = max((size.width() for size in least), default=0)
        return QSize(wide, max((size.height() for size in least), default=0))

    def _turn(self, width: int) -> None:
        wide = width >= self._below
        way = QBoxLayout.Direction.LeftToRight if wide else QBoxLayout.Direction.TopToBottom
        if self.direction() is not way:
            self.setDirection(way)
            for part, most in self._held:
                part.setMaximumWidth(most if wide else _ALL)
