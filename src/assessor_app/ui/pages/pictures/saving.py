"""A picture as a sheet of its own: title, drawing, source, date, and what the number may be called.

It is always drawn in the light colours of print, whatever the window wears. In an SVG words stay
words: they can be searched, read aloud and translated.
"""

import re
from dataclasses import dataclass

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QFont, QFontMetricsF, QImage, QImageWriter, QPainter
from PySide6.QtSvg import QSvgGenerator
from PySide6.QtWidgets import QApplication

from assessor_app.ui.pages.pictures.drawn import Picture
from assessor_app.ui.theme import Scheme, Tokens, tokens

SCALES = (1, 2, 3, 4)
"""How many pixels of a PNG stand for one of the picture; 3 is sharp in print at 12 cm."""

# What XML 1.0 cannot hold (its production 2), and a name from elsewhere may.
_ILLEGAL = re.compile(r"[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_MARGIN, _SPACE = 24, 10
_TITLE, _SMALL = 14.0, 9.0  # points


@dataclass(frozen=True, slots=True)
class Sheet:
    """A picture with what stands around it; `mark` is CONTOH for a sample, empty else."""

    picture: Picture
    subject: str
    standing: str
    source: str
    mark: str


class _Laid:
    """The sheet in its size, ready to be painted."""

    def __init__(self, sheet: Sheet) -> None:
        self._sheet = sheet
        self._tokens: Tokens = tokens(Scheme.LIGHT)
        self._drawing = sheet.picture.make(self._tokens)
        width = sheet.picture.width
        drawing = self._drawing
        drawing.setFont(_font(None))
        needed = drawing.heightForWidth(width) if drawing.hasHeightForWidth() else -1
        high = needed if needed > 0 else drawing.sizeHint().height()
        drawing.resize(width, high)
        self.width = width + 2 * _MARGIN
        self._texts = self._placed(width, high)
        self.height = round(self._bottom) + _MARGIN

    def _placed(self, width: int, high: int) -> list[tuple[str, QFont, QRectF, bool]]:
        """Every text with its font and place; True for what is quiet."""
        sheet, placed = self._sheet, []
        top = float(_MARGIN)
        large = _font(_TITLE, bold=True)
        above = (
            (sheet.mark, large, False),
            (sheet.picture.title, large, False),
            (sheet.subject, _font(_SMALL), True),
        )
        for text, font, quiet in above:
            if text:
                place = _room(text, font, top=top, width=width)
                placed.append((text, font, place, quiet))
                top = place.bottom() + 2
        self._top = top + _SPACE
        top = self._top + high + _SPACE
        for text in (sheet.picture.told, sheet.standing, sheet.source):
            if text:
                font = _font(_SMALL)
                place = _room(text, font, top=top, width=width)
                placed.append((text, font, place, text is not sheet.standing))
                top = place.bottom() + 2
        self._bottom = top
        return placed

    def paint(self, painter: QPainter) -> None:
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.fillRect(QRectF(0, 0, self.width, self.height), self._tokens.panel)
        for text, font, place, quiet in self._texts:
            painter.setFont(font)
            painter.setPen(self._tokens.quiet if quiet else self._tokens.ink)
            painter.drawText(place, Qt.TextFlag.TextWordWrap, text)
        painter.save()
        painter.translate(_MARGIN, self._top)
        painter.setFont(self._drawing.font())
        self._drawing.draw(painter)
        painter.restore()

    def close(self) -> None:
        self._drawing.deleteLater()


def as_image(sheet: Sheet, *, scale: int) -> QImage:
    """The sheet as pixels, `scale` to one of its own."""
    laid = _Laid(sheet)
    image = QImage(laid.width * scale, laid.height * scale, QImage.Format.Format_RGB32)
    # Letters are as large as on the screen that they were measured on; the scale is told after.
    dots = round(QApplication.primaryScreen().logicalDotsPerInch() / 0.0254)
    image.setDotsPerMeterX(dots)
    image.setDotsPerMeterY(dots)
    painter = QPainter(image)
    painter.scale(scale, scale)
    laid.paint(painter)
    painter.end()
    laid.close()
    image.setDotsPerMeterX(dots * scale)
    image.setDotsPerMeterY(dots * scale)
    image.setText("Title", sheet.picture.title)
    image.setText("Description", f"{sheet.picture.told} {sheet.standing} {sheet.source}")
    return image


def as_png(sheet: Sheet, *, scale: int) -> bytes:
    """The file of a PNG."""
    out = QByteArray()
    buffer = QBuffer(out)
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    QImageWriter(buffer, QByteArray(b"png")).write(as_image(sheet, scale=scale))
    buffer.close()
    return bytes(out.data())


def as_svg(sheet: Sheet) -> bytes:
    """The file of an SVG, its words as text."""
    laid = _Laid(sheet)
    out = QByteArray()
    buffer = QBuffer(out)
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    generator = QSvgGenerator()
    generator.setOutputDevice(buffer)
    generator.setSize(QSize(laid.width, laid.height))
    generator.setViewBox(QRect(0, 0, laid.width, laid.height))
    generator.setResolution(round(QApplication.primaryScreen().logicalDotsPerInch()))
    generator.setTitle(sheet.picture.title)
    generator.setDescription(f"{sheet.picture.told} {sheet.standing} {sheet.source}".strip())
    painter = QPainter(generator)
    laid.paint(painter)
    painter.end()
    buffer.close()
    laid.close()
    return _ILLEGAL.sub(" ", bytes(out.data()).decode(errors="replace")).encode()


def _font(points: float | None, *, bold: bool = False) -> QFont:
    font = QFont(QApplication.font())
    if points is not None:
        font.setPointSizeF(points)
    font.setBold(bold)
    return font


def _room(text: str, font: QFont, *, top: float, width: int) -> QRectF:
    wide = QRectF(_MARGIN, top, width, 10_000)
    needed = QFontMetricsF(font).boundingRect(wide, Qt.TextFlag.TextWordWrap, text)
    return QRectF(_MARGIN, top, width, needed.height() + 1)
