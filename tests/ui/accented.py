"""A language that nobody speaks: every letter wears an accent, so that a text without one is seen.

What is left in plain letters while it is spoken was never a sentence of the product.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import fields, is_dataclass, replace
from functools import cache

import pytest

from assessor_app import texts
from assessor_app.domain.instrument import Instrument, Source, Wording
from assessor_app.domain.results import PublishedResult
from assessor_app.reporting import headings
from assessor_app.services.sample.published import published_results
from assessor_app.services.sample.visit import SampleVisit, sample_visit
from assessor_app.texts import Language

_PLAIN = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"
_DRESSED = "áƀçđéƒğĥíĵķłṁñóþɋřšŧúṽŵẋýžÁḂÇĐÉḞĞĤÍĴĶŁṀÑÓÞɊŘŠŦÚṼŴẊÝŽ"
_DRESS = str.maketrans(_PLAIN, _DRESSED)
_PLACE = re.compile(r"(\{[^}]*\})")
_NO_TEXT = frozenset({"answer", "code", "indicator", "object", "instrument", "timezone"})


def accented(sentence: str) -> str:
    """The sentence with every letter changed and every place kept."""
    parts = _PLACE.split(sentence)
    return "".join(one if one.startswith("{") else one.translate(_DRESS) for one in parts)


def accented_sample() -> SampleVisit:
    """The sample visit as somebody would type it who has no plain letters."""
    return SampleVisit.model_validate(_accented_tree(sample_visit().model_dump()))


def accented_results() -> tuple[PublishedResult, ...]:
    """The results of the sample as a paper without plain letters would print them."""
    return tuple(
        replace(
            one,
            institution=accented(one.institution),
            unit=one.unit and accented(one.unit),
            province=one.province and accented(one.province),
            source=accented(one.source),
            note=_accented_note(one.note),
            award_note=_accented_note(one.award_note),
        )
        for one in published_results()
    )


def _accented_note(note: Wording | None) -> Wording | None:
    return note and Wording(accented(note.id), accented(note.en))


def _accented_tree(tree: object) -> object:
    if isinstance(tree, Mapping):
        return {
            name: value if name in _NO_TEXT else _accented_tree(value)
            for name, value in tree.items()
        }
    if isinstance(tree, list | tuple):
        return [_accented_tree(one) for one in tree]
    return accented(tree) if type(tree) is str else tree  # an enumeration's value is no text


@contextmanager
def speaking_with_accents(*instruments: Instrument) -> Iterator[None]:
    """Every sentence of the product and every wording of the instruments, meanwhile."""
    plain = texts.catalogue

    @cache
    def catalogue(room: str, language: Language) -> dict[str, str]:
        return {name: accented(sentence) for name, sentence in plain(room, language).items()}

    before = [(one, name, getattr(one, name)) for one, name in _worded(instruments)]
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(texts, "catalogue", catalogue)
        patch.setattr(headings, "catalogue", catalogue)
        headings.headings.cache_clear()
        for one, name, text in before:
            object.__setattr__(one, name, accented(text))
        yield
    for one, name, text in before:
        object.__setattr__(one, name, text)
    headings.headings.cache_clear()


def _worded(instruments: Sequence[Instrument]) -> Iterator[tuple[Wording | Source, str]]:
    """Where instruments have their words, each place once.

    The very instruments that the visits hold are meant: they are changed where they stand.
    """
    found: dict[int, Wording | Source] = {}
    waiting: list[object] = [*instruments]
    while waiting:
        one = waiting.pop()
        if isinstance(one, Wording | Source):
            found[id(one)] = one
        elif is_dataclass(one):
            waiting += [getattr(one, field.name) for field in fields(one)]
        elif isinstance(one, tuple | list):
            waiting += one
    for each in found.values():
        names = ("id", "en") if isinstance(each, Wording) else ("note", "note_en")
        yield from ((each, name) for name in names if getattr(each, name))
