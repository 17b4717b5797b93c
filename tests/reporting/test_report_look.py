"""What the eye relies on: contrast, complete words in both languages, text in every font."""

import tomllib
from dataclasses import fields
from string import Formatter

import pytest
from reportlab.lib.colors import Color

from assessor_app.domain.zone import ZoneColour
from assessor_app.paths import resources_dir
from assessor_app.reporting import design
from assessor_app.reporting.content import GapTone
from assessor_app.reporting.headings import Headings
from assessor_app.reporting.script_runs import legible, markup
from assessor_app.reporting.typefaces import Face, coverage
from assessor_app.texts import Language, catalogue

HUES = [*map(design.zone_hue, (*ZoneColour, None)), *map(design.tone_hue, GapTone)]


def luminance(colour: Color) -> float:
    """WCAG 2 relative luminance."""
    parts = (
        value / 12.92 if value <= 0.04045 else ((value + 0.055) / 1.055) ** 2.4
        for value in colour.rgb()
    )
    red, green, blue = parts
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: Color, other: Color) -> float:
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


@pytest.mark.parametrize("hue", HUES)
def test_ink_of_a_meaning_can_be_read_on_white_and_on_its_tints(hue: design.Hue) -> None:
    for ground in (design.WHITE, hue.tint, design.tint(hue, 1), design.PANEL):
        assert contrast(hue.ink, ground) >= 4.5


@pytest.mark.parametrize("ground", [design.WHITE, design.PANEL, design.TRACK])
def test_text_can_be_read_on_every_ground(ground: Color) -> None:
    for ink in (design.INK, design.QUIET, design.ACCENT):
        assert contrast(ink, ground) >= 4.5


@pytest.mark.parametrize("language", Language)
def test_the_catalogue_has_exactly_the_words_the_report_uses(language: Language) -> None:
    assert set(catalogue("report", language)) == {word.name for word in fields(Headings)}


@pytest.mark.parametrize("catalogue_of", ["report", "problems.d/reporting"])
def test_both_languages_have_the_same_words_and_places(catalogue_of: str) -> None:
    indonesian, english = (
        tomllib.loads(
            (resources_dir() / "texts" / f"{catalogue_of}.{language}.toml").read_text("utf-8")
        )
        for language in Language
    )

    assert indonesian.keys() == english.keys()
    for name, sentence in indonesian.items():
        assert places(sentence) == places(english[name]), name


def places(sentence: str) -> set[str | None]:
    return {place for _, _, place, _ in Formatter().parse(sentence) if place}


def test_every_face_has_the_letters_it_is_there_for() -> None:
    for face in (Face.REGULAR, Face.BOLD, Face.ITALIC, Face.BOLD_ITALIC):
        assert coverage(face) >= set("Aa0é–—…·†×½€")
    assert coverage(Face.ARABIC) >= set("\ufe8d\ufedf\ufefb")
    assert coverage(Face.HEBREW) >= set("שלום")


def test_plain_text_is_left_as_it_is() -> None:
    assert legible("Dinas Pendudukan") == "Dinas Pendudukan"
    assert markup("A & B", face=Face.REGULAR, size=9, width=100) == "A &amp; B"


def test_right_to_left_lines_are_broken_before_they_are_turned_round() -> None:
    sentence = "שלום " * 40

    lines = markup(sentence.strip(), face=Face.REGULAR, size=9, width=120).split("<br/>")

    assert len(lines) > 5
    assert all("םולש" in line for line in lines)
