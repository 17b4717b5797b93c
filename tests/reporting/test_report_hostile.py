"""Texts that nobody would write on purpose lay out, and nothing of them vanishes."""

from dataclasses import replace
from functools import cache

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.reporting.report_sample import RECORD, sample

from assessor_app.reporting.headings import headings
from assessor_app.reporting.reading import read_back
from assessor_app.reporting.render import render
from assessor_app.reporting.report_content import Finding, ReportContent, SideRecord
from assessor_app.texts import Language

WORDS = headings(Language.INDONESIAN)


@cache
def small() -> ReportContent:
    """One finding without photos and one group of indicators: quick to set."""
    content = sample()
    finding = replace(content.findings[0], photos=())
    return replace(
        content,
        findings=(finding,),
        indicators=content.indicators[:1],
        other_photos=(),
        past_results=(),
    )


def with_note(note: str) -> ReportContent:
    finding = small().findings[0]
    seen = SideRecord(answer=finding.seen.answer, facts=finding.seen.facts, note=note)
    return replace(small(), findings=(replace(finding, seen=seen),))


def text_of(content: ReportContent) -> str:
    return "".join("".join(read_back(render(content, record=RECORD).pdf).page_texts).split())


def test_markup_in_a_note_is_shown_as_it_was_typed() -> None:
    note = "Biaya < 50.000 & <b>tidak</b> tertulis <img src='x'/> &amp; &#65;"

    assert "".join(note.split()) in text_of(with_note(note))


def test_a_character_without_a_glyph_is_named() -> None:
    assert "[grinningface]" in text_of(with_note("Petugas ramah \U0001f600"))


def test_a_direction_override_is_named_instead_of_obeyed() -> None:
    assert "[right-to-leftoverride]gpj" in text_of(with_note("foto\u202egpj"))


def test_a_lone_surrogate_and_control_characters_are_written_out() -> None:
    whole = text_of(with_note("a\ud800b\x00c\x1bd"))

    assert "a[U+D800]b[U+0000]c[U+001B]d" in whole


def test_arabic_and_hebrew_are_set_in_their_own_fonts() -> None:
    whole = text_of(with_note("Papan: خدمة عامة dan שלום"))

    assert any(
        "\ufe70" <= character <= "\ufeff" or "\u0600" <= character <= "\u06ff"
        for character in whole
    )
    assert "ש" in whole


def test_a_note_of_20000_characters_is_excerpted_in_place_and_whole_in_the_annex() -> None:
    note = " ".join(f"kata{number:05d}" for number in range(2000))
    assert len(note) > 19_000

    whole = text_of(with_note(note))

    assert all(word in whole for word in note.split())
    assert "".join(WORDS.see_full_note_of.format(number=1).split()) in whole


@pytest.mark.parametrize(
    "note",
    [
        "W" * 20_000,
        "\n" * 20_000 + "akhir",
        "\ufdfd" * 20_000,
        "\U0001f600" * 3_000,
        "a\u0301" * 10_000,
        "עברית " * 3_000,
        "<" * 20_000,
    ],
    ids=["no space", "line breaks", "wide ligature", "emoji", "accents", "hebrew", "brackets"],
)
def test_20000_characters_of_any_kind_lay_out(note: str) -> None:
    assert render(with_note(note), record=RECORD).page_count > 4


def test_an_indicator_name_of_400_characters_lays_out_whole() -> None:
    name = ("Ketersediaan informasi pelayanan publik " * 10).strip()
    content = small()
    rows = tuple(replace(row, text=name) for row in content.indicators[0].rows)
    group = replace(content.indicators[0], rows=rows)
    finding = replace(content.findings[0], text=name)

    whole = text_of(replace(content, findings=(finding,), indicators=(group,)))

    assert whole.count("".join(name.split())) >= len(rows) + 1


def test_no_finding_is_said_in_words() -> None:
    whole = text_of(replace(small(), findings=(), omissions=()))

    for sentence in (WORDS.no_findings, WORDS.weightiest_none, WORDS.no_omissions):
        assert "".join(sentence.split()) in whole


def test_150_findings_lay_out_each_with_its_bookmark() -> None:
    first = small().findings[0]
    many = tuple(replace(first, number=number) for number in range(1, 151))

    whole = text_of(replace(small(), findings=many))

    assert "".join(WORDS.finding_of.format(number=150).split()) in whole


def test_an_empty_report_lays_out() -> None:
    content = small()
    bare = replace(
        content,
        findings=(),
        indicators=(),
        dimensions=(),
        omissions=(),
        unverified_note="",
        cover=replace(content.cover, facts=(), address=()),
        receiver=replace(content.receiver, facts=(), response="", declaration=""),
        signature=replace(
            content.signature,
            signers=tuple(replace(one, facts=()) for one in content.signature.signers),
        ),
        method=replace(content.method, paragraphs=(), facts=()),
        integrity=replace(content.integrity, paragraphs=(), facts=(), steps=()),
    )

    assert render(bare, record=b"").page_count >= 3


def everywhere(text: str) -> ReportContent:
    """The same text in every free field of a small report."""
    content = small()
    finding: Finding = replace(
        content.findings[0],
        text=text,
        gap=text,
        code=text[:20],
        wording=text,
        advice=text,
        due_date=text,
        due_set_by=text,
        legal_basis=(text, text),
        claimed=SideRecord(
            answer=content.findings[0].claimed.answer,
            facts=tuple(replace(fact, value=text) for fact in content.findings[0].claimed.facts),
            note=text,
        ),
    )
    row = replace(content.indicators[0].rows[0], text=text, note=text, detail=text, gap=text)
    return replace(
        content,
        document=replace(content.document, title=text, number=text, author=text, subject=text),
        cover=replace(
            content.cover,
            unit=text,
            institution=text,
            facts=tuple(replace(fact, value=text) for fact in content.cover.facts),
        ),
        findings=(finding,),
        indicators=(replace(content.indicators[0], name=text, rows=(row,)),),
        receiver=replace(content.receiver, response=text, declaration=text),
    )


@settings(max_examples=25, deadline=None)
@given(text=st.text(max_size=600))
def test_arbitrary_text_never_breaks_the_layout(text: str) -> None:
    made = render(everywhere(text), record=RECORD)

    assert len(read_back(made.pdf).page_texts) == made.page_count


@pytest.mark.parametrize(
    "text", ["Pelayanan publik " * 1200, "W" * 2000, "W" * 450, "W " * 150, "Saran. \n" * 40]
)
def test_long_text_in_every_field_lays_out(text: str) -> None:
    assert render(everywhere(text), record=RECORD).page_count > 5
