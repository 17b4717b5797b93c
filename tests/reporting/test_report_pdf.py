"""The report of findings as a reader and a verifier get it."""

import hashlib
import subprocess
from dataclasses import replace
from functools import cache
from io import BytesIO
from pathlib import Path

import pikepdf
import pytest
from pikepdf import OutlineItem
from tests.reporting.report_sample import RECORD, sample, scores_of

from assessor_app.domain.problem import IssueProblem
from assessor_app.reporting.content import Mark
from assessor_app.reporting.headings import headings
from assessor_app.reporting.reading import read_back
from assessor_app.reporting.render import Rendered, render
from assessor_app.reporting.signature_fields import Box
from assessor_app.texts import Language

LANGUAGES = tuple(Language)


@cache
def rendered(language: Language = Language.INDONESIAN, *, sample_mark: str = "CONTOH") -> Rendered:
    return render(sample(language, sample_mark=sample_mark), record=RECORD)


@cache
def pages(language: Language = Language.INDONESIAN) -> tuple[str, ...]:
    return read_back(rendered(language).pdf).page_texts


def signing_box(made: Rendered) -> Box:
    return next(field.box for field in made.fields if field.box)


def squeezed(text: str) -> str:
    """Text without white space, so that line breaks of the layout do not matter."""
    return "".join(text.split())


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_word_of_the_findings_survives_the_layout(language: Language) -> None:
    whole = squeezed("".join(pages(language)))

    for finding in sample(language).findings:
        told = [finding.code, finding.text, finding.gap, finding.claimed.note, finding.seen.note]
        told += [finding.wording, finding.advice]
        told += [finding.due_date, finding.due_set_by, finding.check]
        told += [fact.value for fact in finding.claimed.facts + finding.seen.facts]
        told += [photo.caption for photo in finding.photos]
        told += [photo.short_hash for photo in finding.photos]
        for words in (*told, *finding.legal_basis):
            assert squeezed(words) in whole, words


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_first_page_tells_zone_scores_gap_and_the_weightiest_findings(
    language: Language,
) -> None:
    content = sample(language)
    front = squeezed(pages(language)[0])

    told = [content.cover.unit, content.cover.institution, content.scores.statement]
    told += [content.scores.reason, content.matrix.summary, content.document.number]
    told += [fact.value for fact in content.cover.facts]
    scores = scores_of(content)
    for score in (scores.official, scores.paper, scores.practice):
        told += [score.name, score.text, score.zone_name]
    for finding in content.findings[:3]:
        told += [finding.text, finding.gap, finding.weight, finding.due_date, finding.advice[:60]]
    for words in told:
        assert squeezed(words) in front, words


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_page_has_its_number_the_total_the_document_number_and_the_hash(
    language: Language,
) -> None:
    content, words = sample(language), headings(language)

    for number, text in enumerate(pages(language), start=1):
        assert words.page_of.format(page=number, total=len(pages(language))) in text
        assert content.document.number in text
        assert content.document.short_hash in text


def test_the_sample_mark_is_over_every_page_and_in_its_header() -> None:
    assert all(text.count("CONTOH") == 2 for text in pages())


def test_a_real_visit_has_no_sample_mark() -> None:
    texts = read_back(rendered(sample_mark="").pdf).page_texts

    assert not any("CONTOH" in text for text in texts)


def test_bookmarks_name_every_section_and_finding_and_lead_to_their_pages() -> None:
    words, content = headings(Language.INDONESIAN), sample()
    with pikepdf.open(BytesIO(rendered().pdf)) as pdf, pdf.open_outline() as outline:
        numbers = {page.obj.objgen: index for index, page in enumerate(pdf.pages)}
        marks = [
            (item.title, numbers[_page_of(item, pdf)])
            for top in outline.root
            for item in (top, *top.children)
        ]

    sections = {words.overview, words.findings, words.receiver, words.indicators}
    sections |= {words.omissions, words.signatures, words.method, words.integrity}
    assert sections <= {title for title, _ in marks}
    for finding in content.findings:
        page = next(page for title, page in marks if title.startswith(f"{finding.number}. "))
        assert words.finding_of.format(number=finding.number) in pages()[page]
    for title, page in marks:
        if title in sections:
            assert title in pages()[page]


def _page_of(item: OutlineItem, pdf: pikepdf.Pdf) -> tuple[int, int]:
    """The page object that a bookmark names, itself or through a named destination."""
    destination: object = item.destination
    if isinstance(destination, (str, pikepdf.String, pikepdf.Name)):
        destination = pdf.Root.Dests[f"/{str(destination).removeprefix('/')}"]
    assert isinstance(destination, pikepdf.Array)
    return destination[0].objgen


def test_the_contents_name_the_page_on_which_a_section_begins() -> None:
    words = headings(Language.INDONESIAN)
    begins = next(i for i, text in enumerate(pages()[2:], start=3) if words.integrity in text)

    overview = squeezed(pages()[1])

    assert squeezed(f"{words.integrity}{begins}") in overview


def test_column_titles_repeat_where_the_indicator_table_goes_on() -> None:
    words = headings(Language.INDONESIAN)
    on = [text for text in pages() if words.gap.upper() in text and words.weight.upper() in text]

    assert len(on) >= 2


def test_only_our_own_fonts_are_in_the_file_and_all_are_embedded(tmp_path: Path) -> None:
    file = tmp_path / "report.pdf"
    file.write_bytes(rendered().pdf)

    out = subprocess.run(["pdffonts", str(file)], check=True, capture_output=True, text=True)

    rows = out.stdout.splitlines()[2:]
    assert rows
    for row in rows:
        assert "+NotoSans" in row.split()[0]
        assert row.split()[-5:-2] == ["yes", "yes", "yes"]  # embedded, subset, with Unicode


def test_the_same_content_gives_the_same_bytes() -> None:
    again = render(sample(), record=RECORD)

    assert hashlib.sha256(again.pdf).digest() == hashlib.sha256(rendered().pdf).digest()


def test_photos_go_in_byte_for_byte() -> None:
    wanted = {photo.jpeg for finding in sample().findings for photo in finding.photos}

    with pikepdf.open(BytesIO(rendered().pdf)) as pdf:
        found = {
            image.read_raw_bytes()
            for image in pdf.objects
            if isinstance(image, pikepdf.Stream) and "/DCTDecode" in repr(image.get("/Filter"))
        }

    assert wanted <= found


def test_a_photo_that_is_no_jpeg_is_refused_by_its_hash() -> None:
    content = sample()
    first = content.findings[0]
    broken = replace(first.photos[0], jpeg=b"\x89PNG not a photo", short_hash="abc123")

    with pytest.raises(IssueProblem) as refusal:
        render(
            replace(content, findings=(replace(first, photos=(broken,)),)),
            record=RECORD,
        )

    assert (refusal.value.code, refusal.value.places) == ("photo_unreadable", {"photo": "abc123"})


def test_properties_say_title_author_language_and_the_record_s_date() -> None:
    with pikepdf.open(BytesIO(rendered().pdf)) as pdf:
        assert str(pdf.docinfo.Title).startswith("Laporan Temuan Kunjungan Mendadak")
        assert str(pdf.docinfo.CreationDate) == "D:20261117142000+09'00"
        assert pdf.Root.Lang == "id"
        assert pdf.Root.ViewerPreferences.DisplayDocTitle
        with pdf.open_metadata(set_pikepdf_as_editor=False) as metadata:
            assert "0042/TMN" in str(metadata["dc:title"])
            assert metadata["xmp:CreateDate"] == "2026-11-17T14:20:00+09:00"


def test_the_record_is_the_only_attachment_and_is_marked_as_the_pages_data() -> None:
    back = read_back(rendered().pdf)

    assert [(one.name, one.data) for one in back.attachments] == [("temuan.json", RECORD)]
    with pikepdf.open(BytesIO(rendered().pdf)) as pdf:
        (spec,) = pdf.Root.AF
        assert spec.AFRelationship == "/Data"
        assert spec.EF.F.Subtype == "/application/json"
        assert list(pdf.attachments) == ["temuan.json"]


def test_an_own_report_has_nothing_active() -> None:
    assert read_back(rendered().pdf).active == ()


def test_the_signature_box_is_empty_and_on_the_page_that_says_signatures() -> None:
    made = rendered()
    box = signing_box(made)
    left, bottom, right, top = box.corners

    assert headings(Language.INDONESIAN).signatures in pages()[box.page]
    assert 0 < left < right < 595
    assert 0 < bottom < top < 842
    assert right - left >= 200
    assert top - bottom >= 80
    assert made.page_count == len(pages())


def test_a_receiver_who_refused_leaves_no_room_for_a_signature() -> None:
    content = sample()
    words = headings(Language.INDONESIAN)
    refused = replace(
        content.receiver, signs=False, declaration="Menolak menandatangani: menunggu pimpinan."
    )

    made = render(replace(content, receiver=refused), record=RECORD)

    text = read_back(made.pdf).page_texts[signing_box(made).page]
    assert words.no_signature in text
    assert words.wet_signature not in text
    assert "Menolak menandatangani" in text


@pytest.mark.parametrize("size", [2, 3])
def test_the_matrix_has_as_many_rows_as_the_instrument_has_answers(size: int) -> None:
    content = sample()
    labels = tuple(content.matrix.labels[:: 1 if size == 3 else 2])
    cells = tuple(row[:: 1 if size == 3 else 2] for row in content.matrix.cells)
    matrix = replace(content.matrix, labels=labels, cells=cells[:: 1 if size == 3 else 2])

    made = render(replace(content, matrix=matrix), record=RECORD)

    assert labels[-1] in read_back(made.pdf).page_texts[1]


def test_a_visit_without_any_measure_says_so_instead_of_a_zone() -> None:
    content = sample()
    nothing = replace(scores_of(content).official, value=None, text="–", zone=None, zone_name="–")
    scores = replace(scores_of(content), official=nothing, paper=nothing, practice=nothing)

    made = render(replace(content, scores=scores), record=RECORD)

    assert "Zona" not in read_back(made.pdf).page_texts[0].split("JENIS KUNJUNGAN")[0]


def test_every_answer_has_a_mark_that_is_drawn() -> None:
    content = sample()
    group = content.indicators[0]
    row = group.rows[0]
    rows = tuple(replace(row, paper=replace(row.paper, mark=mark)) for mark in Mark)

    made = render(replace(content, indicators=(replace(group, rows=rows),)), record=RECORD)

    assert made.page_count > 0
