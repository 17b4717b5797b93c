"""What stands on which page, and beside what: no page is almost empty, nothing is torn apart."""

from dataclasses import replace
from io import BytesIO

import pypdfium2
import pytest
from pypdfium2 import raw as pdfium
from tests.reporting.report_sample import RECORD, sample, scores_of

from assessor_app.reporting.content import Photo
from assessor_app.reporting.figures import Score
from assessor_app.reporting.headings import headings
from assessor_app.reporting.reading import read_back
from assessor_app.reporting.render import render
from assessor_app.reporting.report_content import Finding, ReportContent
from assessor_app.texts import Language

LANGUAGES = tuple(Language)
WORDS = headings(Language.INDONESIAN)


def squeezed(text: str) -> str:
    """Text without white space, so that line breaks of the layout do not matter."""
    return "".join(text.split())


def pages_of(content: ReportContent) -> tuple[str, ...]:
    return read_back(render(content, record=RECORD).pdf).page_texts


def objects(content: ReportContent, kind: int) -> list[list[tuple[float, ...]]]:
    """Of every page, the left, bottom, right and top of its objects of one kind."""
    with pypdfium2.PdfDocument(BytesIO(render(content, record=RECORD).pdf)) as document:
        return [[one.get_bounds() for one in page.get_objects(filter=[kind])] for page in document]


def photos(count: int) -> tuple[Photo, ...]:
    shown = sample().findings[0].photos[0]
    return tuple(replace(shown, short_hash=f"{number:012x}") for number in range(count))


def without_zone(score: Score) -> Score:
    return replace(score, zone=None, zone_name="")


@pytest.mark.parametrize(
    "title",
    [
        "Temuan Penilaian Kepatuhan Pelayanan Publik",
        "Findings of a Public Service Compliance Assessment",
    ],
)
def test_the_title_keeps_to_one_line(title: str) -> None:
    content = sample()
    document = replace(content.document, title=title)

    front = pages_of(replace(content, document=document))[0]

    assert title in front.splitlines()


@pytest.mark.parametrize("language", LANGUAGES)
def test_long_advice_is_cut_on_the_first_page_and_whole_on_the_card(language: Language) -> None:
    content = sample(language)
    advice = "Pasang maklumat pelayanan di ruang tunggu dan muat di laman resmi dinas. " * 6
    findings = tuple(replace(finding, advice=advice.strip()) for finding in content.findings)

    cover = replace(content.cover, facts=content.cover.facts[:6])

    front, overview, *rest = pages_of(replace(content, cover=cover, findings=findings))

    assert all(finding.text in " ".join(front.split()) for finding in findings[:3])
    assert front.count("…") == 3
    assert headings(language).overview in overview
    assert squeezed("".join(rest)).count(squeezed(advice)) == len(findings)


def test_a_front_page_that_flows_over_loses_nothing_and_leaves_no_page_empty() -> None:
    content = sample()
    facts = tuple(
        replace(fact, value=f"{number} {fact.value * 4}"[:150])
        for number, fact in enumerate(content.cover.facts * 2)
    )

    first, second, *_ = pages_of(replace(content, cover=replace(content.cover, facts=facts)))

    flowing = squeezed(first) + squeezed(second)
    assert all(squeezed(fact.value) in flowing for fact in facts)
    assert WORDS.weightiest in second
    assert WORDS.overview in second


def test_a_score_without_a_zone_has_no_sign_of_one() -> None:
    content = sample()
    scored = scores_of(content)
    bare = replace(scored, paper=without_zone(scored.paper), practice=without_zone(scored.practice))
    named = replace(
        bare,
        paper=replace(bare.paper, zone_name="Tanpa zona"),
        practice=replace(bare.practice, zone_name="Tanpa zona"),
    )

    drawn = [
        len(objects(replace(content, scores=scores), pdfium.FPDF_PAGEOBJ_PATH)[0])
        for scores in (bare, named)
    ]

    assert drawn[1] - drawn[0] == 2


@pytest.mark.parametrize("language", LANGUAGES)
def test_overview_and_contents_share_the_second_page(language: Language) -> None:
    content, words = sample(language), headings(language)
    dimensions = (content.dimensions * 2)[:14]
    past = (content.past_results * 2)[:4]

    pages = pages_of(replace(content, dimensions=dimensions, past_results=past))

    for title in (words.matrix, words.dimensions, words.past_results, words.contents):
        assert title in pages[1]
    assert words.integrity in pages[1]
    assert pages[1].count(words.overview) == 2  # its heading, and the first of the contents
    assert content.findings[0].wording in " ".join(pages[2].split())


@pytest.mark.parametrize("rows", range(18, 25))
def test_contents_that_find_no_room_do_not_take_a_page_for_themselves(rows: int) -> None:
    content = sample()
    dimensions = (content.dimensions * 4)[:rows]

    pages = pages_of(replace(content, dimensions=dimensions))

    page = next(text for text in pages if WORDS.contents in text)
    assert WORDS.overview in page or WORDS.finding_of.format(number=1) in page


def test_twenty_indicators_with_notes_take_at_most_two_pages() -> None:
    content = sample()
    note = "Dalam praktik: daftar persyaratan terpasang di papan di sisi kiri loket."
    groups = tuple(
        replace(group, rows=tuple(replace(row, note=f"{note} {row.code}") for row in group.rows))
        for group in content.indicators
    )

    pages = pages_of(replace(content, findings=(), indicators=groups))

    table = [text for text in pages if WORDS.gap.upper() in text and WORDS.points.upper() in text]
    assert len(table) <= 2
    for row in (row for group in groups for row in group.rows):
        page = next(text for text in table if row.code in text)
        assert squeezed(f"{note} {row.code}") in squeezed(page)


def test_other_photos_stand_three_in_a_row() -> None:
    content = replace(sample(), findings=(), other_photos=photos(4))
    page = next(
        number
        for number, text in enumerate(pages_of(content))
        if number > 1 and WORDS.other_photos in text
    )

    boxes = objects(content, pdfium.FPDF_PAGEOBJ_IMAGE)[page]

    tops = [round(top) for _, _, _, top in boxes]
    assert tops[0] == tops[1] == tops[2] > tops[3]
    assert len({round(left) for left, *_ in boxes[:3]}) == 3


@pytest.mark.parametrize("count", [2, 5, 12])
def test_photos_of_a_card_stay_with_their_words(count: int) -> None:
    content = sample()
    finding = replace(content.findings[0], photos=photos(count))
    shown = replace(content, findings=(finding,), other_photos=())

    boxes = objects(shown, pdfium.FPDF_PAGEOBJ_IMAGE)

    assert sum(map(len, boxes)) == count
    for text, on_page in zip(pages_of(shown), boxes, strict=True):
        assert len(on_page) == sum(photo.short_hash in text for photo in finding.photos)
        assert all(top - bottom <= 135 for _, bottom, _, top in on_page)


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_card_of_usual_length_stands_whole_on_one_page(language: Language) -> None:
    content, words = sample(language), headings(language)
    texts = [squeezed(text) for text in pages_of(content)[2:]]

    for finding in content.findings:
        strip = squeezed(f"{words.finding_of.format(number=finding.number)}  ·  {finding.code}")
        (page,) = [text for text in texts if strip in text]
        for told in (finding.wording, finding.seen.note, finding.advice, finding.check):
            assert squeezed(told) in page


def test_the_lead_sentence_stands_between_the_title_and_both_sides() -> None:
    content = sample()
    finding = content.findings[0]

    page = squeezed(pages_of(content)[2])

    title = page.index(squeezed(finding.text))
    lead = page.index(squeezed(finding.wording))
    assert title < lead < page.index(squeezed(WORDS.on_paper.upper()))


def test_usually_two_findings_share_a_page() -> None:
    content = sample()
    two_photos: tuple[Finding, ...] = tuple(
        replace(finding, photos=photos(1 + number % 2))
        for number, finding in enumerate(content.findings)
    )

    pages = pages_of(replace(content, findings=two_photos))

    cards = [text for text in pages[2:] if WORDS.advice.upper() in text]
    assert len(cards) <= (len(two_photos) + 2) // 2
