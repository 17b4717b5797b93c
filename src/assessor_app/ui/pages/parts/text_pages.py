"""Text as pages of A4: a PDF in the shipped letters, so that all that is printed is one thing."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QMarginsF, QRectF, QSizeF, Qt, QUrl
from PySide6.QtGui import (
    QAbstractTextDocumentLayout,
    QFont,
    QGuiApplication,
    QImage,
    QPageLayout,
    QPageSize,
    QPainter,
    QPalette,
    QPdfWriter,
    QTextCharFormat,
    QTextCursor,
    QTextDocument,
)

_DPI = 300
_MARGIN_MM = 18
_FOOT_MM = 8  # from the text down to the lowest line, which has the page's number
_POINTS = 10.5  # on paper, whatever letters the window has
_FOOT_POINTS = 8.5
_SCREEN_DPI = 96  # that a picture's own size is meant for
_MM_PER_INCH = 25.4


@dataclass(frozen=True, slots=True)
class Text:
    """Rich text (what Qt takes of HTML) to be printed under a title.

    `folder` is where the pictures are that it names; without one it has none.
    """

    title: str
    html: str
    folder: Path | None = None


def from_markdown(text: str) -> str:
    """Markdown as the rich text that `Text` takes."""
    document = QTextDocument()
    document.setDefaultFont(_letters(_POINTS))  # else the window's size stands in what is made
    document.setMarkdown(text)
    return document.toHtml()


def text_pages(text: Text, *, foot: Callable[[int, int], str]) -> tuple[bytes, int]:
    """The pages as a PDF, and how many they are; `foot` says the number of a page, and of how many.

    Black on white, whatever colours the window has.
    """
    out = QByteArray()
    buffer = QBuffer(out)
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    writer = _writer(buffer, text.title)
    document = _document(text, writer)
    count = document.pageCount()
    painter = QPainter(writer)
    for page in range(count):
        if page:
            writer.newPage()
        _draw(painter, document, page)
        _write_foot(painter, document, text.title, foot(page + 1, count))
    painter.end()
    buffer.close()
    return bytes(out.data()), count


def _writer(buffer: QBuffer, title: str) -> QPdfWriter:
    writer = QPdfWriter(buffer)
    writer.setResolution(_DPI)
    writer.setTitle(title)
    sides = QMarginsF(_MARGIN_MM, _MARGIN_MM, _MARGIN_MM, _MARGIN_MM)
    size = QPageSize(QPageSize.PageSizeId.A4)
    writer.setPageLayout(
        QPageLayout(size, QPageLayout.Orientation.Portrait, sides, QPageLayout.Unit.Millimeter)
    )
    return writer


def _document(text: Text, writer: QPdfWriter) -> QTextDocument:
    document = QTextDocument()
    document.documentLayout().setPaintDevice(writer)
    document.setDefaultFont(_letters(_POINTS))
    document.setDocumentMargin(0)
    if text.folder is not None:
        document.setBaseUrl(QUrl.fromLocalFile(f"{text.folder}/"))
    document.setHtml(text.html)
    area = writer.pageLayout().paintRectPixels(_DPI)
    document.setPageSize(QSizeF(area.width(), area.height() - _pixels(_FOOT_MM)))
    if text.folder is not None:
        _fit_pictures(document, text.folder)
    _blacken_links(document)
    return document


def _letters(points: float) -> QFont:
    font = QFont(QGuiApplication.font())
    font.setPointSizeF(points)
    return font


def _pixels(millimetres: float) -> int:
    return round(millimetres / _MM_PER_INCH * _DPI)


def _fit_pictures(document: QTextDocument, folder: Path) -> None:
    """No picture is wider than the page, nor higher than half of it."""
    page = document.pageSize() * (_SCREEN_DPI / _DPI)
    most = QSizeF(page.width(), page.height() / 2)
    for span, shown in list(_spans(document)):  # a change would end a walk that goes on
        picture = shown.toImageFormat()
        size = QSizeF(QImage(str(folder / picture.name())).size())
        if not picture.isValid() or size.isEmpty():
            continue
        if size.width() > most.width() or size.height() > most.height():
            size = size.scaled(most, Qt.AspectRatioMode.KeepAspectRatio)
        picture.setWidth(size.width())
        picture.setHeight(size.height())
        span.setCharFormat(picture)


def _blacken_links(document: QTextDocument) -> None:
    """A link has the colour of the window's scheme, which white paper may not show."""
    for span, shown in list(_spans(document)):
        if shown.isAnchor():
            shown.setForeground(Qt.GlobalColor.black)
            span.setCharFormat(shown)


def _spans(document: QTextDocument) -> Iterator[tuple[QTextCursor, QTextCharFormat]]:
    """Each run of text, or picture, and how it looks."""
    block = document.begin()
    while block.isValid():
        walk = block.begin()
        while not walk.atEnd():
            part = walk.fragment()
            cursor = QTextCursor(document)
            cursor.setPosition(part.position())
            cursor.setPosition(part.position() + part.length(), QTextCursor.MoveMode.KeepAnchor)
            yield cursor, part.charFormat()
            walk += 1
        block = block.next()


def _draw(painter: QPainter, document: QTextDocument, page: int) -> None:
    size = document.pageSize()
    area = QRectF(0, page * size.height(), size.width(), size.height())
    context = QAbstractTextDocumentLayout.PaintContext()
    context.clip = area.adjusted(0, 0, 0, -1)  # a line that begins the next page touches this one
    palette = QPalette(context.palette)
    palette.setColor(QPalette.ColorRole.Text, Qt.GlobalColor.black)
    context.palette = palette
    painter.save()
    painter.translate(0, -area.top())
    painter.setClipRect(area)
    document.documentLayout().draw(painter, context)
    painter.restore()


def _write_foot(painter: QPainter, document: QTextDocument, title: str, number: str) -> None:
    """The lowest line: what this is, and which page of it."""
    size = document.pageSize()
    line = QRectF(0, size.height(), size.width(), _pixels(_FOOT_MM))
    painter.setFont(_letters(_FOOT_POINTS))
    painter.setPen(Qt.GlobalColor.black)
    room = painter.fontMetrics().horizontalAdvance(f"{number}   ")
    shown = painter.fontMetrics().elidedText(
        title, Qt.TextElideMode.ElideRight, round(size.width()) - room
    )
    painter.drawText(line, Qt.AlignmentFlag.AlignBottom | Qt.AlignmentFlag.AlignLeft, shown)
    painter.drawText(line, Qt.AlignmentFlag.AlignBottom | Qt.AlignmentFlag.AlignRight, number)
