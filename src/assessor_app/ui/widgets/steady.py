"""A place whose neighbours are laid out anew only when what it holds needs another size."""

from PySide6.QtCore import QEvent, QSize
from PySide6.QtGui import QResizeEvent, QShowEvent
from PySide6.QtWidgets import QWidget


class Steady(QWidget):
    """Holds one widget and gives it all of its room.

    Qt lays out the whole window for every text that is set anywhere in it. This has no layout of
    its own: what is asked of it ends here where the sizes that are wanted have stayed the same.
    """

    def __init__(self, held: QWidget) -> None:
        super().__init__()
        self._held = held
        self._wanted: tuple[QSize, QSize] | None = None  # as the neighbours know them
        held.setParent(self)
        self.setSizePolicy(held.sizePolicy())

    def sizeHint(self) -> QSize:
        return self._held.sizeHint()

    def minimumSizeHint(self) -> QSize:
        return self._held.minimumSizeHint()

    def event(self, event: QEvent) -> bool:
        if event.type() is QEvent.Type.LayoutRequest:
            self._pass_on()
            return True
        return super().event(event)

    def showEvent(self, event: QShowEvent) -> None:
        """What changed before, nothing was told of: only what is seen asks to be laid out."""
        super().showEvent(event)
        self._pass_on()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._held.setGeometry(self.rect())

    def _pass_on(self) -> None:
        wanted = self.sizeHint(), self.minimumSizeHint()
        if wanted != self._wanted:
            self._wanted = wanted
            self.updateGeometry()
