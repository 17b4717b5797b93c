"""A page of the manual: running text with pictures that are never wider than the page."""

from collections.abc import Iterator
from functools import cache
from pathlib import Path

from PySide6.QtCore import QRegularExpression, Qt, QUrl, Signal
from PySide6.QtGui import (
    QImage,
    QResizeEvent,
    QTextBlock,
    QTextBlockFormat,
    QTextCharFormat,
    QTextCursor,
    QTextDocument,
    QTextFragment,
)
from PySide6.QtWidgets import QScroller, QTextBrowser, QTextEdit

from assessor_app.services.manual import ManualPage
from assessor_app.ui.theme import Space, Tokens

_SMOOTH = Qt.TransformationMode.SmoothTransformation
_MARGIN = 48  # pixels beside a picture: the text's own margin and the scroll bar
_LINE_PERCENT = 130.0  # of the letters' height: read while standing
_MOST_FOUND = 500  # places of a word that are marked


class ManualView(QTextBrowser):
    """Follows no link itself: those within the manual are told, others lead nowhere offline."""

    followed = Signal(str)  # the topic of another page

    def __init__(self, tokens: Tokens) -> None:
        super().__init__()
        self.setObjectName("manual.text")
        self.setOpenLinks(False)
        self.anchorClicked.connect(self._on_link)
        self._tokens = tokens
        self._shown: ManualPage | None = None
        self._sought: tuple[str, ...] = ()
        # A bar that came with the text would resize the view while it is being filled.
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOn)
        self.document().setDocumentMargin(Space.MEDIUM)
        QScroller.grabGesture(self.viewport(), QScroller.ScrollerGestureType.TouchGesture)

    def show_page(self, page: ManualPage, sought: str = "") -> None:
        """Show a page from its beginning, or from the first of the words that are sought."""
        self._shown = page
        self._fill(page)
        self.verticalScrollBar().setValue(0)
        self.mark(sought)
        first = next(iter(self.extraSelections()), None)
        if first is not None:
            height = self.cursorRect(QTextCursor(first.cursor)).top()
            self.verticalScrollBar().setValue(max(0, height - self.viewport().height() // 3))

    def mark(self, sought: str) -> None:
        """Mark all places of these words."""
        self._sought = tuple(sought.split())
        self.setExtraSelections([self._marked(one) for one in self._places()])

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if self._shown is not None and event.oldSize().width() != event.size().width():
            above = self.verticalScrollBar().value() / max(self.verticalScrollBar().maximum(), 1)
            self._fill(self._shown)  # its pictures anew, as wide as there is room
            self.mark(" ".join(self._sought))
            self.verticalScrollBar().setValue(round(above * self.verticalScrollBar().maximum()))

    def loadResource(self, kind: int, name: QUrl | str) -> object:
        """A picture beside the page, made to fit; nothing is ever asked of a network."""
        if self._shown is None or kind != QTextDocument.ResourceType.ImageResource.value:
            return None
        return picture_of(self._shown, QUrl(name).path(), self.viewport().width() - _MARGIN)

    def _fill(self, page: ManualPage) -> None:
        self.setMarkdown(page.text)
        dress_document(self.document(), self._tokens)

    def _places(self) -> Iterator[QTextCursor]:
        """Where the words stand that are sought."""
        for word in self._sought:
            pattern = QRegularExpression(
                QRegularExpression.escape(word),
                QRegularExpression.PatternOption.CaseInsensitiveOption,
            )
            found = self.document().find(pattern)
            for _ in range(_MOST_FOUND):
                if found.isNull():
                    break
                yield found
                found = self.document().find(pattern, found)

    def _marked(self, place: QTextCursor) -> QTextEdit.ExtraSelection:
        made = QTextEdit.ExtraSelection()
        marked = QTextCharFormat()
        marked.setBackground(self._tokens.yellow.fill)
        marked.setForeground(Qt.GlobalColor.black)
        made.cursor = place
        made.format = marked
        return made

    def _on_link(self, url: QUrl) -> None:
        name = Path(url.path()).name
        if url.isRelative() and name.endswith(".md"):
            self.followed.emit(name.removesuffix(".md").partition("-")[2])


def dress_document(document: QTextDocument, tokens: Tokens) -> None:
    """Set lines apart, and show the keys as caps in the letters of everything else."""
    block = document.begin()
    while block.isValid():
        for fragment in _fragments(block):
            if fragment.charFormat().fontFixedPitch():
                _as_key(document, fragment, tokens)
        if not any(one.charFormat().isImageFormat() for one in _fragments(block)):
            _space(block)
        block = block.next()


def picture_of(page: ManualPage, name: str, room: int) -> QImage:
    """A picture that a page names, at most `room` pixels wide; a null image where there is none."""
    return _scaled(page.path.parent / name, max(room, 1))


@cache
def _read(path: Path) -> QImage:
    return QImage(str(path))


def _scaled(path: Path, room: int) -> QImage:
    picture = _read(path)
    if picture.isNull() or picture.width() <= room:
        return picture
    return picture.scaledToWidth(room, _SMOOTH)


def _fragments(block: QTextBlock) -> list[QTextFragment]:
    found, at = [], block.begin()
    while not at.atEnd():
        found.append(at.fragment())
        at += 1
    return found


def _as_key(document: QTextDocument, fragment: QTextFragment, tokens: Tokens) -> None:
    """The keys as on their caps: Qt sets them in the system's typewriter letters."""
    cap = QTextCharFormat()
    cap.setFont(document.defaultFont())
    cap.setFontWeight(600)
    cap.setForeground(tokens.accent)
    cap.setBackground(tokens.accent_tint)
    cursor = QTextCursor(document)
    cursor.setPosition(fragment.position())
    end = fragment.position() + fragment.length()
    cursor.setPosition(end, QTextCursor.MoveMode.KeepAnchor)
    cursor.setCharFormat(cap)


def _space(block: QTextBlock) -> None:
    spaced = QTextBlockFormat()
    spaced.setLineHeight(_LINE_PERCENT, QTextBlockFormat.LineHeightTypes.ProportionalHeight.value)
    QTextCursor(block).mergeBlockFormat(spaced)
