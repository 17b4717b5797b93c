"""The report's typefaces: the product's own fonts, and which of them has a character."""

from collections.abc import Mapping
from enum import StrEnum
from functools import cache

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


@cache
def register() -> Mapping[Face, TTFont]:
    """Make all faces known to ReportLab; needed once before text is measured or set."""
    folder = resources_dir() / "fonts"
    fonts = {face: TTFont(face.value, str(folder / f"{face.value}.ttf")) for face in Face}
    for font in fonts.values():
        pdfmetrics.registerFont(font)
    return fonts


@cache
def coverage(face: Face) -> frozenset[str]:
    """All characters that the face can draw."""
    return frozenset(map(chr, register()[face].face.charToGlyph))


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
