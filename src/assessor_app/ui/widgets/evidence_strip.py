"""Evidence beside an answer: add by button, by dropping or by pasting; tap to open one."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QMimeData, Qt, Signal
from PySide6.QtGui import (
    QDragEnterEvent,
    QDragLeaveEvent,
    QDropEvent,
    QGuiApplication,
    QImage,
    QKeyEvent,
    QKeySequence,
)
from PySide6.QtWidgets import QFrame, QHBoxLayout, QScrollArea, QWidget

from assessor_app.ui.theme import Tokens, dress, icon, set_look
from assessor_app.ui.widgets.buttons import button, icon_button
from assessor_app.ui.widgets.labels import quiet
from assessor_app.ui.widgets.scrolling import scrolling
from assessor_app.ui.widgets.thumbs import TILE_PX, PendingTile, ThumbButton

_PHOTOS = ".jpg .jpeg .png .heic .heif .hif .webp"
_SOUND = ".wav .mp3 .m4a .aac .amr .ogg .oga .opus"
_VIDEO = ".mp4 .m4v .mov .3gp .3g2 .webm .mkv .ogv"
SUFFIXES = tuple(f"{_PHOTOS} .pdf {_SOUND} {_VIDEO}".split())
"""How files of evidence are called as a rule; what they are, their content tells."""

_TOLD_PLAINLY = (".tif", ".tiff", ".bmp", ".gif")  # not taken, but with a word why


@dataclass(frozen=True, slots=True)
class Thumb:
    """A small picture of a piece of evidence, and what is said of it.

    `sign` names an icon, shown where there is no picture; `badge` is set over the picture or below
    the sign: how long, how many pages.
    """

    id: str
    image: QImage
    caption: str
    sign: str = ""
    badge: str = ""


class EvidenceStrip(QFrame):
    """Knows no file format and stores nothing: it shows pictures and reports what arrives."""

    add_wanted = Signal()
    dropped = Signal(list)  # list[Path]
    pasted = Signal(QImage)
    opened = Signal(str)  # the thumb's id
    web_wanted = Signal()

    def __init__(self, prefix: str, tokens: Tokens, *, add: str, empty: str, web: str = "") -> None:
        """`web` names the button for a page on the web; without it there is none."""
        super().__init__()
        self.setObjectName(prefix)
        self._tokens = tokens
        self._tiles: list[ThumbButton] = []
        self._shown: list[tuple[str, str, str, int]] = []
        self._waiting: list[PendingTile] = []
        sign = icon("attach", tokens.ink)
        self._add = button(add, f"{prefix}.add", icon=sign)
        self._add.clicked.connect(self.add_wanted)
        self._empty = quiet(empty)
        self._row: QHBoxLayout | None = None  # made for the first tile: most sides have none
        self._area: QScrollArea | None = None
        layout = QHBoxLayout(self)
        layout.setContentsMargins(8, 8, 8, 8)
        layout.setSpacing(12)
        layout.addWidget(self._add)
        if web:
            page = icon_button(web, f"{prefix}.web", icon("globe", tokens.ink))
            page.clicked.connect(self.web_wanted)
            layout.addWidget(page)
        layout.addWidget(self._empty, stretch=1)
        self._parts = layout
        self.setAcceptDrops(True)
        dress(self, "strip")
        self._show_either()

    def show_thumbs(self, thumbs: Sequence[Thumb]) -> None:
        """Show these, in this order; tiles that stay keep their focus, and cost nothing."""
        keys = [(one.id, one.caption, one.badge, one.image.cacheKey()) for one in thumbs]
        if keys == self._shown:
            return
        self._shown = keys
        known: dict[str, ThumbButton | None] = dict(
            zip((one.key for one in self._tiles), self._tiles, strict=True)
        )
        tiles = [known.pop(one.id, None) or self._tile(one) for one in thumbs]
        for gone in filter(None, known.values()):
            self._discard(gone)
        for index, (tile, thumb) in enumerate(zip(tiles, thumbs, strict=True)):
            tile.show_picture(thumb.image, thumb.caption, sign=thumb.sign, badge=thumb.badge)
            if index >= len(self._tiles) or self._tiles[index] is not tile:
                self._places().insertWidget(index, tile)
        self._tiles = tiles
        self._show_either()

    def show_pending(self, count: int) -> None:
        """Show that so many files are being taken in."""
        while len(self._waiting) > count:
            self._discard(self._waiting.pop())
        while len(self._waiting) < count:
            tile = PendingTile(self._tokens)
            self._waiting.append(tile)
            self._places().insertWidget(self._places().count() - 1, tile)
        self._show_either()

    def paste(self) -> bool:
        """Take in what the clipboard holds; False where it holds no file and no picture."""
        data = QGuiApplication.clipboard().mimeData()
        return bool(data) and self._take(data)  # None where nothing was ever copied

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.matches(QKeySequence.StandardKey.Paste) and self.paste():
            return
        super().keyPressEvent(event)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if event.mimeData().hasImage() or _evidence_files(event.mimeData()):
            set_look(self, "over", True)
            event.acceptProposedAction()

    def dragLeaveEvent(self, _event: QDragLeaveEvent) -> None:
        set_look(self, "over", False)

    def dropEvent(self, event: QDropEvent) -> None:
        set_look(self, "over", False)
        if self._take(event.mimeData()):
            event.acceptProposedAction()

    def _take(self, data: QMimeData) -> bool:
        """Files come first: they still hold when and where a photo was taken."""
        files = _evidence_files(data)
        if files:
            self.dropped.emit(files)
            return True
        image = data.imageData() if data.hasImage() else None
        if not isinstance(image, QImage) or image.isNull():
            return False
        self.pasted.emit(image)
        return True

    def _tile(self, thumb: Thumb) -> ThumbButton:
        tile = ThumbButton(thumb.id, tokens=self._tokens)
        tile.setObjectName(f"{self.objectName()}.thumb.{thumb.id}")
        tile.opened.connect(self.opened)
        tile.reached.connect(self._on_reached)
        return tile

    def _discard(self, tile: QWidget) -> None:
        self._places().removeWidget(tile)
        tile.hide()
        tile.deleteLater()

    def _on_reached(self, tile: QWidget) -> None:
        if self._area is not None:
            self._area.ensureWidgetVisible(tile)

    def _places(self) -> QHBoxLayout:
        if self._row is None:
            inside = QWidget()
            self._row = QHBoxLayout(inside)
            self._row.setContentsMargins(0, 0, 0, 0)
            self._row.setSpacing(8)
            self._row.addStretch()
            self._area = self._scroll_area(inside)
            self._parts.addWidget(self._area, stretch=1)
        return self._row

    def _show_either(self) -> None:
        anything = bool(self._tiles or self._waiting)
        self._empty.setVisible(not anything)
        if self._area is not None:
            self._area.setVisible(anything)

    def _scroll_area(self, inside: QWidget) -> QScrollArea:
        area = scrolling(inside, f"{self.objectName()}.row")
        area.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setFixedHeight(TILE_PX + 16)
        return area


def _evidence_files(data: QMimeData) -> list[Path]:
    files = [Path(url.toLocalFile()) for url in data.urls() if url.isLocalFile()]
    return [file for file in files if file.suffix.lower() in SUFFIXES + _TOLD_PLAINLY]
