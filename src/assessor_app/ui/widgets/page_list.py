"""The pages of a document in small, to go to one of them."""

from collections.abc import Sequence

from PySide6.QtCore import QSignalBlocker, QSize, Qt, Signal
from PySide6.QtGui import QColor, QIcon, QImage, QPainter, QPixmap
from PySide6.QtWidgets import QListWidget, QListWidgetItem

from assessor_app.ui.theme import grown

THUMB_PX = 88  # wide
_COLUMN_PX = 136
_TALLEST = 130  # pixels of a thumbnail: an A4 page, and a little more
_FOOT_PX = 30  # the number below
_EDGE = QColor(128, 136, 148)


class PageList(QListWidget):
    """Each page has its number, and its picture once that is drawn."""

    chosen = Signal(int)  # the page, counted from 0

    def __init__(self, name: str = "page_list") -> None:
        super().__init__()
        self.setObjectName(name)
        self.setViewMode(QListWidget.ViewMode.IconMode)
        self.setFlow(QListWidget.Flow.TopToBottom)
        self.setWrapping(False)
        self.setMovement(QListWidget.Movement.Static)
        self.setUniformItemSizes(True)
        self.setIconSize(QSize(THUMB_PX, _TALLEST))
        self.setGridSize(QSize(_COLUMN_PX - 24, _TALLEST + grown(_FOOT_PX)))
        self.setFixedWidth(_COLUMN_PX)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollMode(QListWidget.ScrollMode.ScrollPerPixel)
        self.currentRowChanged.connect(self._on_row)

    def show_names(self, names: Sequence[str]) -> None:
        """A place for each page: what is read out of it is its name, what is seen its number."""
        with QSignalBlocker(self):
            self.clear()
            for number, name in enumerate(names, start=1):
                item = QListWidgetItem(_blank(), str(number))
                item.setTextAlignment(Qt.AlignmentFlag.AlignHCenter)
                item.setData(Qt.ItemDataRole.AccessibleTextRole, name)
                item.setToolTip(name)
                self.addItem(item)
            self.setCurrentRow(0)

    def show_thumb(self, index: int, picture: QImage) -> None:
        item = self.item(index)
        if item is not None:
            item.setIcon(_as_icon(QPixmap.fromImage(picture)))

    def show_current(self, index: int) -> None:
        """Mark the page that is looked at."""
        with QSignalBlocker(self):
            self.setCurrentRow(index)

    def _on_row(self, row: int) -> None:
        if row >= 0:
            self.chosen.emit(row)


def _blank() -> QIcon:
    paper = QPixmap(THUMB_PX, round(THUMB_PX * 297 / 210))
    paper.fill(Qt.GlobalColor.white)
    return _as_icon(paper)


def _as_icon(page: QPixmap) -> QIcon:
    """With an edge, to be seen on white; a chosen page is not tinted: it is paper."""
    painter = QPainter(page)
    painter.setPen(_EDGE)
    painter.drawRect(page.rect().adjusted(0, 0, -1, -1))
    painter.end()
    made = QIcon(page)
    made.addPixmap(page, QIcon.Mode.Selected)
    return made
