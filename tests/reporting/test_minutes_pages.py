"""Minutes on the page: signs told by shape, texts whole in their place, blocks not torn apart."""

from dataclasses import replace
from io import BytesIO
from itertools import combinations

import pytest
from reportlab.pdfgen.canvas import Canvas
from tests.reporting.report_sample import RECORD, sample

from assessor_app.domain.visit import Outcome
from assessor_app.reporting.content import Fact, SessionRow
from assessor_app.reporting.headings import headings
from assessor_app.reporting.minutes_content import MinutesContent, Recorded
from assessor_app.reporting.outcome_signs import outcome_picture
from assessor_app.reporting.pictures import pictures
from assessor_app.reporting.reading import read_back
from assessor_app.reporting.render import render
from assessor_app.texts import Language

WORDS = headings(Language.INDONESIAN)


def minutes(
    account: str = "Pintu terkunci.", *, outcome: Outcome = Outcome.OFFICE_CLOSED
) -> MinutesContent:
    report = sample()
    return MinutesContent(
        document=report.document,
        cover=replace(report.cover, facts=report.cover.facts[:6]),
        outcome=outcome,
        headline="Kantor tutup",
        meaning="Kantor ini tidak buka ketika tim datang.",
        no_score="Nilai tidak diberikan.",
        account=account,
        receiver=report.receiver,
        signature=report.signature,
        integrity=replace(report.integrity, facts=report.integrity.facts[:3]),
    )


def pages_of(content: MinutesContent) -> list[str]:
    pdf = render(content, record=RECORD).pdf
    return ["".join(text.split()) for text in read_back(pdf).page_texts]


def drawn(outcome: Outcome) -> bytes:
    out = BytesIO()
    canvas = Canvas(out, pagesize=(40, 40))
    outcome_picture(outcome, size=40).drawOn(canvas, 0, 0)
    canvas.showPage()
    canvas.save()
    (picture,) = pictures(out.getvalue(), width=40)
    return picture.pixels


def test_every_outcome_has_a_sign_of_its_own() -> None:
    signs = {outcome: drawn(outcome) for outcome in Outcome}

    for one, other in combinations(Outcome, 2):
        differing = sum(a != b for a, b in zip(signs[one], signs[other], strict=True))
        assert differing > len(signs[one]) / 20, (one, other)


def test_the_same_content_gives_the_same_bytes() -> None:
    assert render(minutes(), record=RECORD).pdf == render(minutes(), record=RECORD).pdf


def test_an_account_of_two_thousand_characters_stands_whole_in_its_place() -> None:
    account = " ".join(f"kata{number:04d}" for number in range(220))

    pages = pages_of(minutes(account))

    assert len(pages) == 2
    assert "".join(account.split()) in "".join(pages)
    assert WORDS.full_notes.replace(" ", "") not in "".join(pages)


@pytest.mark.parametrize("words", range(60, 220, 20))
def test_both_signatures_stay_on_one_page_and_the_code_with_its_hashes(words: int) -> None:
    content = minutes(" ".join(["Pintu terkunci."] * words))
    made = render(content, record=RECORD)

    pages = pages_of(content)

    signing = pages[next(field.box.page for field in made.fields if field.box)]
    assert WORDS.assessor_signs in signing
    assert WORDS.receiver_signs in signing
    assert content.document.record_hash in "".join(pages)
    assert content.signature.legal_note.replace(" ", "")[:40] in signing


def test_sessions_and_what_was_recorded_are_left_out_where_there_is_nothing_to_tell() -> None:
    told = "".join(pages_of(minutes()))
    row = SessionRow("1", "09.00", "10.00", "Listrik padam")
    recorded = Recorded(counts=(Fact("Jawaban", "3 dari 40"),), gaps=(), gaps_note="Tidak ada.")
    fuller = replace(minutes(), sessions=(row, row), recorded=recorded)

    whole = "".join(pages_of(fuller))

    for heading in (WORDS.sessions, WORDS.recorded):
        assert heading.replace(" ", "") not in told
        assert heading.replace(" ", "") in whole
    assert whole.count("Listrikpadam") == 2


def test_a_preview_mark_stands_beside_the_sample_mark_on_every_page() -> None:
    content = minutes(" ".join(["Pintu terkunci."] * 150))
    marked = replace(content, document=replace(content.document, preview_mark="PRATINJAU"))

    pages = pages_of(marked)

    assert len(pages) > 1
    assert all("CONTOH" in page and page.count("PRATINJAU") == 3 for page in pages)
