"""The first page: letterhead, the gap in one picture, what the number may be called."""

import io
from dataclasses import replace
from io import BytesIO

import pypdfium2
import pytest
from PIL import Image
from pypdfium2 import raw as pdfium
from tests.reporting.report_sample import RECORD, sample, scores_of

from assessor_app.charts.strip import strip
from assessor_app.domain.problem import IssueProblem
from assessor_app.reporting import alternatives, chart_drawing
from assessor_app.reporting.content import Fact, Medium
from assessor_app.reporting.gap_picture import gap_picture
from assessor_app.reporting.headings import headings
from assessor_app.reporting.reading import read_back
from assessor_app.reporting.render import render
from assessor_app.reporting.report_content import ReportContent
from assessor_app.texts import Language

LANGUAGES = tuple(Language)
WORDS = headings(Language.INDONESIAN)
LONG = "Ketersediaan informasi pelayanan bagi penyandang disabilitas dan kelompok rentan " * 5


def front_of(content: ReportContent) -> str:
    return " ".join(read_back(render(content, record=RECORD).pdf).page_texts[0].split())


def logo(mode: str = "RGB", form: str = "PNG") -> bytes:
    out = io.BytesIO()
    Image.new(mode, (300, 100), "teal").save(out, form)
    return out.getvalue()


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_picture_of_the_gap_stands_with_its_counts_on_the_first_page(
    language: Language,
) -> None:
    content, words = sample(language), headings(language)
    counts = [[cell.count for cell in row] for row in content.matrix.cells]
    ahead = sum(counts[paper][practice] for paper, practice in ((0, 1), (0, 2), (1, 2)))

    front = front_of(content)

    assert f"{ahead} {words.more_on_paper.lower()}" in front
    assert f"{counts[0][0] + counts[1][1]} {words.consistent.lower()}" in front
    assert words.gap_picture_note in front
    assert front.index(content.matrix.summary[:30]) < front.index(words.gap_picture_note)


def test_no_picture_is_drawn_where_nothing_was_compared() -> None:
    content = sample()
    empty = tuple(tuple(replace(cell, count=0) for cell in row) for row in content.matrix.cells)

    front = front_of(replace(content, matrix=replace(content.matrix, cells=empty)))

    assert WORDS.gap_picture_note not in front
    assert content.matrix.summary[:30] in front


def test_the_tag_stands_under_the_number_and_the_gap_on_the_scale() -> None:
    content = sample()
    scores = replace(scores_of(content), tag="Simulasi", simulation=True, gap_text="selisih 34,00")

    front = front_of(replace(content, scores=scores))

    assert front.index(scores.official.text) < front.index("SIMULASI")
    assert "selisih 34,00" in front


def dashed(content: ReportContent) -> int:
    """How many paths of the first page are drawn with broken lines."""
    with pypdfium2.PdfDocument(BytesIO(render(content, record=RECORD).pdf)) as document:
        paths = document[0].get_objects(filter=[pdfium.FPDF_PAGEOBJ_PATH])
        return sum(pdfium.FPDFPageObj_GetDashCount(one.raw) > 0 for one in paths)


def test_a_simulation_is_told_by_broken_lines_too_and_a_provisional_score_is_not() -> None:
    content = sample()
    tagged = replace(scores_of(content), tag="Sementara")

    provisional = dashed(replace(content, scores=tagged))
    simulated = dashed(replace(content, scores=replace(tagged, simulation=True)))

    assert provisional == 0
    assert simulated >= 2


@pytest.mark.parametrize(("mode", "form"), [("RGB", "PNG"), ("RGBA", "PNG"), ("RGB", "JPEG")])
def test_a_logo_stands_beside_the_sender_and_takes_no_room_where_there_is_none(
    mode: str, form: str
) -> None:
    content = sample()
    branded = replace(content, cover=replace(content.cover, logo=logo(mode, form)))

    with pypdfium2.PdfDocument(BytesIO(render(branded, record=RECORD).pdf)) as document:
        (image,) = document[0].get_objects(filter=[pdfium.FPDF_PAGEOBJ_IMAGE])
        left, bottom, right, top = image.get_bounds()
    with pypdfium2.PdfDocument(BytesIO(render(content, record=RECORD).pdf)) as document:
        assert not list(document[0].get_objects(filter=[pdfium.FPDF_PAGEOBJ_IMAGE]))

    assert (right - left) / (top - bottom) == pytest.approx(3, rel=0.02)
    assert top - bottom <= 42.5


def test_a_logo_that_is_no_picture_is_refused() -> None:
    content = sample()
    broken = replace(content, cover=replace(content.cover, logo=b"no picture"))

    with pytest.raises(IssueProblem) as refused:
        render(broken, record=RECORD)

    assert refused.value.code == "photo_unreadable"


def test_revision_and_day_stand_under_the_number() -> None:
    content = sample()
    edition = "Revisi 2 · 23 November 2026"
    document = replace(content.document, edition=edition, supersedes="Menggantikan T-1")

    front = front_of(replace(content, document=document))

    assert front.index(content.document.number) < front.index(edition) < front.index("Menggantikan")


@pytest.mark.parametrize("language", LANGUAGES)
def test_long_facts_and_names_leave_the_first_page_one_page(language: Language) -> None:
    content = sample(language)
    facts = tuple(Fact(fact.label, LONG) for fact in content.cover.facts[:6])
    findings = tuple(replace(one, text=LONG, advice=LONG) for one in content.findings)

    pages = read_back(
        render(
            replace(
                content,
                cover=replace(content.cover, facts=facts, logo=logo()),
                findings=findings,
                visit=content.cover.facts,
            ),
            record=RECORD,
        ).pdf
    ).page_texts

    words = headings(language)
    assert words.weightiest in pages[0]
    assert all(one.due_date in " ".join(pages[0].split()) for one in findings[:3])
    assert words.overview in pages[1]


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_chart_says_in_words_what_it_shows(language: Language) -> None:
    content, words = sample(language), headings(language)
    scores = scores_of(content)

    gauge = chart_drawing.gauge(scores, words, width=300).alt
    matrix = chart_drawing.matrix_picture(content.matrix, words, width=300).alt
    gap = gap_picture(content.matrix, words, width=300).alt
    row = content.dimensions[1]
    bars = chart_drawing.bars(row, words, width=100, height=11).alt

    for score in (scores.official, scores.paper, scores.practice):
        assert score.text in gauge
        assert score.zone_name in gauge
    for line in content.matrix.cells:
        for cell in line:
            assert f": {cell.count}" in matrix
    counts = [[cell.count for cell in line] for line in content.matrix.cells]
    for run in strip(counts, width=300, apart=1):
        assert f": {len(run.columns)}" in gap
    assert row.name in bars
    assert row.paper_text in bars
    assert row.practice_text in bars


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_photo_is_told_by_what_it_is_its_side_caption_and_time(language: Language) -> None:
    content, words = sample(language), headings(language)
    photo = content.findings[0].photos[0]

    said = {
        medium: alternatives.photo_alt(replace(photo, medium=medium), words) for medium in Medium
    }

    assert len(set(said.values())) == len(Medium)
    for told in said.values():
        assert photo.side in told
        assert photo.caption.rstrip(".") in told
        assert photo.taken_at.rstrip(".") in told


def test_the_code_is_told_by_the_document_s_number_in_words() -> None:
    told = alternatives.qr_alt("T-1\n2026", WORDS)

    assert "T-1 2026" in told
    assert sum(map(str.isalpha, told)) > len(told) / 2
