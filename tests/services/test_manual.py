"""The manual says what is so: its labels stand in the window, its links and pictures are there."""

import re
import string
from collections.abc import Iterator

import pytest
from PIL import Image

from assessor_app.paths import manual_dir
from assessor_app.services.manual import PICTURES, ManualPage, manual_pages, page_about, pages_with
from assessor_app.texts import Language, catalogue

ID, EN = Language.INDONESIAN, Language.ENGLISH
MOST_BYTES = 60_000  # of one picture
MOST_BYTES_OF_ALL = 5_000_000

ROOMS = ("ui", "words", "preflight")
"""Whose sentences a page may quote as what stands in the window."""

_BOLD = re.compile(r"\*\*(.+?)\*\*")
_LINK = re.compile(r"(?<!!)\[[^\]]+\]\(([^)]+)\)")
_PICTURE = re.compile(r"!\[([^\]]+)\]\(([^)]+)\)")
_BEHIND = re.compile(r"\s*\([^()]*(?:\{|Ctrl|Esc|Del|F\d)[^()]*\)$")
"""What follows a label: its key, or how many there are."""

_ENGLISH = (
    "the and with that this these those is are was were has have from which where when who "
    "what your you they their it its not press choose button page screen save open close type "
    "click tap below above"
)
_INDONESIAN = (
    "yang dan dengan ini itu dari pada untuk tidak atau akan sudah belum oleh dapat tekan "
    "pilih tombol halaman layar simpan buka tutup ketik ketuk bila jika"
)
FOREIGN = {ID: frozenset(_ENGLISH.split()), EN: frozenset(_INDONESIAN.split())}
OF_DEVELOPERS = ("json", "sqlite", "sha-256", "python", "widget", "dialog", "commit", "exception")

LANGUAGES = pytest.mark.parametrize("language", list(Language))


@LANGUAGES
def test_the_pages_are_the_same_in_both_languages_and_have_titles_of_their_own(
    language: Language,
) -> None:
    pages, others = manual_pages(language), manual_pages(EN if language is ID else ID)

    assert [page.path.name for page in pages] == [page.path.name for page in others]
    assert len(pages) >= 20
    titles = [page.title for page in pages]
    assert len(set(titles)) == len(titles)
    assert not set(titles) & {page.title for page in others}


@LANGUAGES
def test_a_page_tells_steps_and_what_to_do_when_it_goes_wrong(language: Language) -> None:
    wrong = "## Bila ada masalah" if language is ID else "## When something is wrong"

    for page in manual_pages(language):
        if page.topic != "keys":
            assert "\n1. " in page.text, page.path
        if page.topic not in ("keys", "start"):
            assert wrong in page.text, page.path
        assert _PICTURE.search(page.text), page.path


@LANGUAGES
def test_what_is_quoted_stands_in_the_window(language: Language) -> None:
    labels = {_label(one) for room in ROOMS for one in catalogue(room, language).values()}

    wrong = [
        (page.path.name, quoted)
        for page in manual_pages(language)
        for quoted in _quoted(page)
        if quoted not in labels
    ]

    assert not wrong


@LANGUAGES
def test_links_lead_to_pages_of_the_manual(language: Language) -> None:
    pages = manual_pages(language)
    names = {page.path.name for page in pages}
    linked = {link for page in pages for link in _LINK.findall(page.text)}

    assert linked <= names
    reached = linked | {pages[0].path.name}
    assert names - reached == set(), "no page leads there"


@LANGUAGES
def test_pictures_are_there_small_and_all_of_them_shown(language: Language) -> None:
    folder = manual_dir() / language.value
    shown = {name for page in manual_pages(language) for _, name in _PICTURE.findall(page.text)}

    assert shown == {f"{PICTURES}/{one.name}" for one in (folder / PICTURES).iterdir()}
    for name in shown:
        assert (folder / name).stat().st_size <= MOST_BYTES, name
        with Image.open(folder / name) as picture:
            assert (picture.format, picture.mode) == ("PNG", "P"), name
    whole = sum(one.stat().st_size for one in manual_dir().rglob("*") if one.is_file())
    assert whole < MOST_BYTES_OF_ALL


@LANGUAGES
def test_no_page_speaks_the_other_language(language: Language) -> None:
    found = [
        (page.path.name, word)
        for page in manual_pages(language)
        for word in _words(page)
        if word in FOREIGN[language]
    ]

    assert not found


@LANGUAGES
def test_no_page_speaks_as_those_do_who_make_programs(language: Language) -> None:
    for page in manual_pages(language):
        told = page.text.casefold()
        assert not [word for word in OF_DEVELOPERS if word in told], page.path


def test_words_are_sought_in_all_pages_and_titles_come_first() -> None:
    pages = manual_pages(ID)

    found = pages_with(pages, "  FOTO  bukti ")

    assert found[0].topic == "evidence"
    assert all("foto" in page.text.casefold() for page in found)
    assert 1 < len(found) < len(pages)
    assert pages_with(pages, "") == pages
    assert pages_with(pages, "katayangtidakada") == ()


def test_a_page_is_found_by_what_it_is_about() -> None:
    about = page_about(manual_pages(EN), "checklist")

    assert about is not None
    assert about.path.name == "11-checklist.md"
    assert page_about(manual_pages(EN), "nothing") is None


def _quoted(page: ManualPage) -> Iterator[str]:
    """What is set bold as the label of something; other bold words begin a line and end in a stop.

    "Label" and “label” alike: a page may quote a label within the beginning of a line.
    """
    for bold in _BOLD.findall(page.text):
        if bold[-1] not in ".:?":
            yield _label(bold)


def _label(sentence: str) -> str:
    """As a page quotes it: without its key, without how many there are, without dots at its end."""
    return _BEHIND.sub("", sentence).rstrip(" .…")


def _words(page: ManualPage) -> Iterator[str]:
    """The words of the running text: what is quoted, a key or a link's address is none of it."""
    text = re.sub(r"`[^`]*`|\]\([^)]*\)|\*\*.+?\*\*", " ", page.text)
    for word in text.casefold().split():
        yield word.strip(string.punctuation + "“”–→←")
