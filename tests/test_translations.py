"""No sentence is left in the other language."""

import re

import pytest
from tests.test_texts import ROOMS

from assessor_app.texts import Language, catalogue

# Words that are the same in both languages; a sentence of nothing else may be equal in both.
SHARED = frozenset(
    {
        "april", "bahasa", "english", "folder", "gb", "id", "indonesia", "kb", "label",
        "linux", "macos", "mb", "nip", "november", "ombudsman", "pdf", "perwakilan", "png", "ri",
        "september", "sha", "sms", "stopwatch", "svg", "target", "unit", "usb",
    }
)  # fmt: skip
COMMON = {
    Language.INDONESIAN: ("the", "and", "is", "of", "with", "this", "not", "are", "was", "be"),
    Language.ENGLISH: ("yang", "dan", "tidak", "dengan", "untuk", "pada", "belum", "sudah", "ini"),
}
"""Frequent words of the other language."""
ALL = [*ROOMS, "problems"]


def plain(sentence: str) -> str:
    """Without places, without what is quoted or named in brackets, and without names of fields."""
    quoted = r"`[^`]*`|[\w-]+\(\)|“[^”]*”|\([^)]*\)|shasum[^–]*|sha256sum.*"
    return re.sub(rf"\{{[^}}]*\}}|{quoted}|\w*_\w*", "", sentence)


@pytest.mark.parametrize("room", ALL)
def test_what_is_equal_in_both_languages_is_a_word_of_both(room: str) -> None:
    english = catalogue(room, Language.ENGLISH)
    for key, sentence in catalogue(room, Language.INDONESIAN).items():
        if sentence == english[key]:
            letters = set(re.findall(r"[a-z]{2,}", plain(sentence).lower()))
            assert letters <= SHARED, (f"{room}.{key}", letters - SHARED)


@pytest.mark.parametrize("language", list(Language))
@pytest.mark.parametrize("room", ALL)
def test_no_sentence_has_the_frequent_words_of_the_other_language(
    room: str, language: Language
) -> None:
    foreign = set(COMMON[language])
    for key, sentence in catalogue(room, language).items():
        said = plain(sentence).lower().removeprefix("ya or tidak:")  # what stands in a table
        found = set(re.findall(r"[a-z]+", said)) & foreign
        assert not found, (f"{room}.{key}", sentence, found)
