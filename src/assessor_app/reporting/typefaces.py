"""The report's typefaces: the product's own fonts, and which of them has a character."""

from collections.abc import Mapping
from enum import StrEnum
from functools import cache, lru_cache

from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont

from assessor_app.paths import resources_dir


class Face(StrEnum):
    """A font by its registered name, which is its file's name too."""

    REGULAR = "NotoSans-Regular"
    BOLD = "NotoSans-Bold"
    ITALIC = "NotoSans-Italic"
    BOLD_ITALIC = "NotoSans-BoldItalic"
    MONO = "NotoSansMono-Regular"
    ARABIC = "NotoSansArabic-Regular"
    HEBREW = "NotoSansHebrew-Regular"
    SYMBOLS = "NotoSansSymbols-Regular"
    SYMBOLS_2 = "NotoSansSymbols2-Regular"


_FALLBACKS = (
    Face.REGULAR,
    Face.ARABIC,
    Face.HEBREW,
    Face.MONO,
    Face.SYMBOLS,
    Face.SYMBOLS_2,
)


class _MeasuredFont(TTFont):
    """A font that knows the widths of the words set last: a report repeats most of its words."""

    def stringWidth(  # noqa: N802  # ReportLab's name
        self,
        text: str,
        size: float,
        encoding: str = "utf8",  # noqa: ARG002  # of bytes, which nobody here gives
    ) -> float:
        return 0.001 * size * _thousandths(self, text)


@lru_cache(maxsize=16_384)
def _thousandths(font: TTFont, text: str) -> float:
    """How wide a text is in thousandths of its size."""
    widths, otherwise = font.face.charWidths, font.face.defaultWidth
    return float(sum(widths.get(ord(character), otherwise) for character in text))


@cache
def register() -> Mapping[Face, TTFont]:
    """Make all faces known to ReportLab; needed once before text is measured or set."""
    folder = resources_dir() / "fonts"
    fonts = {face: _MeasuredFont(face.value, str(folder / f"{face.value}.ttf")) for face in Face}
    for font in fonts.values():
        pdfmetrics.registerFont(font)
    return fonts


@cache
def coverage(face: Face) -> frozenset[str]:
    """All characters that the face can draw; a font ends its table with one that it cannot."""
    glyphs: Mapping[int, int] = register()[face].face.charToGlyph
    return frozenset(chr(code) for code, glyph in glyphs.items() if glyph)


@cache
def face_for(character: str, wanted: Face) -> Face | None:
    """The wanted face where it has the character, else the first that has it, else None."""
    for face in (wanted, *_FALLBACKS):
        if character in coverage(face):
            return face
    return None


def text_width(text: str, face: Face, *, size: float) -> float:
    """How wide one line of text is, in points, each character in the face that has it."""
    register()
    if coverage(face).issuperset(text):
        return float(pdfmetrics.stringWidth(text, face.value, size))
    return sum(
        float(pdfmetrics.stringWidth(character, (face_for(character, face) or face).value, size))
        for character in text
    )
