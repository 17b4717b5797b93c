"""Personal data in what an assessor wrote: numbers, addresses and names that no hand-out prints.

A phone number, an identity number (NIK or family card, 16 digits) or a civil servant's number (NIP,
18 digits) in a note names a person as surely as a face does (UU 27/2022 art. 4). What is found here
is found by its form: opening hours, dates, sums and decree numbers are left as they are. What has
no form the assessor marks: [[Ibu Sari]]. A number of the office itself, which nobody can tell from
a person's by its form, may be left to be read: {{0911-352123}}.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from enum import StrEnum
from functools import cache
from typing import NamedTuple


class Personal(StrEnum):
    """What a part of a text is."""

    NUMBER = "number"  # of a phone, an identity, a civil servant
    ADDRESS = "address"  # of e-mail
    NAME = "name"  # of a respondent whose name is kept
    MARKED = "marked"  # by the assessor, in double brackets


class Part(NamedTuple):
    """Where in a text it stands: from `start` up to `end`."""

    start: int
    end: int
    what: Personal


SHORTEST_NAME, SHORTEST_PART = 3, 4
"""Letters of a kept name, and of a part of it, that are looked for: “Al” is too short to tell."""

# A mark that was never closed covers the rest of its line: the slip must not print the name.
_MARKED = re.compile(r"\[\[(?s:.+?)\]\]|\[\[[^\n]+")
_READABLE = re.compile(r"\{\{([^{}]+)\}\}")
_OF_FORM = frozenset({Personal.NUMBER, Personal.ADDRESS})
_ADDRESS = re.compile(r"[\w.+%-]{1,64}@[\w-]+(?:\.[\w-]+)+")
_DASH = r"\-\u2010-\u2015\u2212"  # those too that a phone's keyboard puts in by itself
_GAP = rf"(?:\s?[{_DASH}]\s?|\.|\s{{1,2}})?"  # a dot and a space end a sentence
_APART = rf"[\s.{_DASH}]"
_NUMBERS = tuple(
    re.compile(rf"(?<![\d+])(?:{one})(?!\d)")
    for one in (
        # Mobile, with or without the country: 0812-3456-7890, +62 812 3456 7890, (0812) 345 6789
        r"08\d{7,11}",
        rf"\(?(?:(?:\+|00)?62\)?{_GAP}(?:\(0\))?{_GAP}|0)8\d(?:(?:{_GAP}|\)\s?)\d){{6,10}}",
        rf"8[1-9]\d{_APART}\d{{3,4}}{_APART}\d{{3,5}}",
        # Fixed: (0911) 352 123, 021-5550123, 0911352123, +62 21 555 0123
        rf"\(0\d{{2,3}}\){_GAP}\d{{3,4}}{_GAP}\d{{2,5}}",
        rf"0[2-9]\d{{1,2}}[\s{_DASH}]\d{{5,8}}",
        rf"0[2-9]\d{{1,2}}{_APART}\d{{3,4}}{_APART}\d{{3,4}}",
        r"0[2-9]\d{7,10}",  # not 13 digits: so many has a business's number (NIB)
        rf"\+\d{{1,3}}(?:{_GAP}\(?\d{{2,5}}\)?){{2,5}}",
        # NIK or family card, and NIP: whole, or as they are set in groups.
        r"\d{16}|\d{4}(?:[ .\-]\d{4}){3}|\d{6}[ .\-]\d{6}[ .\-]\d{4}",
        r"\d\d(?:[ .\-]\d\d){2}[ .\-]\d{6}[ .\-]\d{4}",
        r"\d{18}|\d{8}[ .\-]\d{6}[ .\-]\d[ .\-]?\d{3}",
    )
)
_FEWEST_DIGITS = 9
# All that may be a number at all: the patterns take their time, and most texts hold none.
_RUN = re.compile(rf"[+(]{{0,2}}\d(?:[\d\s.()+{_DASH}]*\d)?")
_WORD = re.compile(r"[^\W\d_]+(?:['’\-][^\W\d_]+)*")


def personal_parts(text: str, names: Iterable[str] = ()) -> tuple[Part, ...]:
    """What of a text is personal, in its order, none within another.

    `names` are the names and contacts that are kept of respondents: found as whole words whatever
    their case, and a part of a name where it begins with a capital (“Sari” of “Sari Dewi”).
    """
    readable = [one.span() for one in _READABLE.finditer(text)]
    found = [
        one
        for one in (*_marked(text), *_by_form(text), *_named(text, names))
        if one.what not in _OF_FORM or not _within(one, readable)
    ]
    found.sort(key=lambda one: (one.start, -one.end))
    apart: list[Part] = []
    for one in found:
        if not apart or one.start >= apart[-1].end:
            apart.append(one)
        elif one.end > apart[-1].end:  # two overlap: all of both is covered
            apart[-1] = apart[-1]._replace(end=one.end)
    return tuple(apart)


def without_braces(text: str) -> str:
    """A text without the signs that let a part of it be read."""
    return _READABLE.sub(r"\1", text)


def _within(part: Part, spans: Iterable[tuple[int, int]]) -> bool:
    return any(start <= part.start and part.end <= end for start, end in spans)


def _marked(text: str) -> Iterator[Part]:
    for one in _MARKED.finditer(text):
        yield Part(one.start(), one.end(), Personal.MARKED)


def _named(text: str, names: Iterable[str]) -> Iterator[Part]:
    whole = tuple(sorted({one.strip() for one in names if _letters(one) >= SHORTEST_NAME}))
    parts = {part for one in whole for part in _WORD.findall(one) if part[0].isupper()}
    # A card gives a name in capitals, and a note the same name as names are written.
    written = {form for one in parts for form in (one, one.upper(), one.capitalize())}
    alone = tuple(sorted(one for one in written if _letters(one) >= SHORTEST_PART))
    for listed, flags in ((whole, re.IGNORECASE), (alone, re.NOFLAG)):
        if listed:
            for one in _any_of(listed, flags).finditer(text):
                yield Part(one.start(), one.end(), Personal.NAME)


def _by_form(text: str) -> Iterator[Part]:
    if "@" in text:
        for one in _ADDRESS.finditer(text):
            yield Part(one.start(), one.end(), Personal.ADDRESS)
    for run in _RUN.finditer(text):
        if _digits(run.group()) >= _FEWEST_DIGITS:
            yield from _numbers(text, *run.span())


def _numbers(text: str, start: int, end: int) -> Iterator[Part]:
    for pattern in _NUMBERS:
        for one in pattern.finditer(text, start, end):
            if _digits(one.group()) >= _FEWEST_DIGITS:
                yield Part(one.start(), one.end(), Personal.NUMBER)


def _digits(text: str) -> int:
    return sum(map(str.isdigit, text))


def _letters(name: str) -> int:
    return sum(map(str.isalnum, name))


@cache
def _any_of(names: Sequence[str], flags: re.RegexFlag) -> re.Pattern[str]:
    longest_first = sorted(names, key=len, reverse=True)
    listed = "|".join(r"\s+".join(map(re.escape, one.split())) for one in longest_first)
    return re.compile(rf"(?<!\w)(?:{listed})(?!\w)", flags)
