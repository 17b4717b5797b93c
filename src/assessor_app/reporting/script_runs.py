"""Any text to paragraph markup: escaped, in fonts that have its characters, right-to-left shaped.

An assessor's note may hold anything a keyboard or a paste gives. Nothing of it may vanish: what no
font can draw, and what is invisible but changes the reading (direction overrides), is written out
as its Unicode name in brackets.
"""

import unicodedata
from collections.abc import Iterator
from functools import cache
from html import escape
from itertools import groupby

import arabic_reshaper
from bidi import get_display

from assessor_app.reporting.typefaces import Face, coverage, face_for, text_width

_SCRIPTS = {"ARABIC": "ar", "HEBREW": "he"}
_RIGHT_TO_LEFT = frozenset({"R", "AL", "AN"})
# These draw nothing and yet change how the text around them reads: never silently.
_INVISIBLE = frozenset(
    {"\u061c", "\u200e", "\u200f"}
    | set(map(chr, range(0x202A, 0x202F)))
    | set(map(chr, range(0x2060, 0x2070)))
)
# Joiners and variation selectors choose a glyph's shape and say nothing themselves.
_SHAPE_ONLY = frozenset(
    {"\u200b", "\u200d", "\u200c", "\ufeff", "\u00ad", *map(chr, range(0xFE00, 0xFE10))}
)


def legible(text: str) -> str:
    """The text with only characters that can be drawn; line breaks and spaces are kept."""
    if text.isascii() and text.isprintable():
        return text
    lines = text.replace("\r\n", "\n").replace("\r", "\n")
    return "".join(map(_legible_character, unicodedata.normalize("NFC", lines)))


def markup(text: str, *, face: Face, size: float, width: float) -> str:
    """The text as markup for a ReportLab paragraph in `face`, `size` points high.

    Lines with right-to-left script are broken here, to `width` points, because their order on the
    line can only be settled once the line is known. Every other line is left to the paragraph.
    """
    if text.isascii() and text.isprintable():
        return escape(text)
    return "<br/>".join(
        _set_runs(part, face)
        for line in legible(text).split("\n")
        for part in _display_lines(line, face=face, size=size, width=width)
    )


def display_line(text: str) -> str:
    """The text as one line, every character drawable and in the order in which it is drawn."""
    return _in_display_order(legible(text).replace("\n", " "))


def spoken(text: str) -> str:
    """What is read aloud in the place of letters that are drawn from right to left, else ""."""
    return legible(text) if _has_right_to_left(text) else ""


def script_language(text: str) -> str:
    """The language tag of a text all of whose letters are Arabic or Hebrew, else ""."""
    if not _has_right_to_left(text):
        return ""
    letters = {
        _SCRIPTS.get(unicodedata.name(one, "").split(" ")[0], "") for one in text if one.isalpha()
    }
    return letters.pop() if len(letters) == 1 else ""


@cache
def _legible_character(character: str) -> str:
    if character == "\n":
        return character
    if character == "\t" or unicodedata.category(character) == "Zs":
        return " " if character == "\t" or not face_for(character, Face.REGULAR) else character
    if character in {"\u2028", "\u2029"}:
        return "\n"
    if character in _SHAPE_ONLY:
        return "" if character != "\u200c" else character
    hidden = character in _INVISIBLE or unicodedata.category(character) == "Cc"
    if not hidden and face_for(character, Face.REGULAR):
        return character
    name = unicodedata.name(character, f"U+{ord(character):04X}")
    return f"[{name.lower() if ' ' in name else name}]"


def _display_lines(line: str, *, face: Face, size: float, width: float) -> Iterator[str]:
    if not _has_right_to_left(line):
        yield line
        return
    for part in _broken(arabic_reshaper.reshape(line), face=face, size=size, width=width):
        yield str(get_display(part))


def _in_display_order(line: str) -> str:
    return str(get_display(arabic_reshaper.reshape(line))) if _has_right_to_left(line) else line


def _has_right_to_left(line: str) -> bool:
    return not line.isascii() and any(
        unicodedata.bidirectional(character) in _RIGHT_TO_LEFT for character in line
    )


def _broken(line: str, *, face: Face, size: float, width: float) -> Iterator[str]:
    """Greedy lines of whole words; a word wider than a line is left for the paragraph to cut."""
    space = text_width(" ", face, size=size)
    words: list[str] = []
    used = 0.0
    for word in line.split(" "):
        wide = text_width(word, face, size=size)
        if words and used + space + wide > width:
            yield " ".join(words)
            words, used = [], 0.0
        used += wide + (space if words else 0)
        words.append(word)
    yield " ".join(words)


def _set_runs(line: str, face: Face) -> str:
    drawn = line.replace("\u200c", "")
    if coverage(face).issuperset(drawn):
        return escape(drawn)
    runs = groupby(drawn, key=lambda character: face_for(character, face) or face)
    return "".join(_set_run("".join(characters), run, wanted=face) for run, characters in runs)


def _set_run(text: str, run: Face, *, wanted: Face) -> str:
    if run is wanted:
        return escape(text)
    return f'<font face="{run.value}">{escape(text)}</font>'
