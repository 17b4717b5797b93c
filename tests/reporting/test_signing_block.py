"""The block that is signed: one to eight parties on one page, neat, with room for the seal."""

from dataclasses import replace
from functools import cache
from itertools import combinations

import pypdfium2
import pytest
from tests.reporting.report_sample import RECORD, sample, signer
from tests.reporting.sample_words import Words

from assessor_app.domain.handwriting import Handwriting, Point
from assessor_app.reporting import design
from assessor_app.reporting.content import Fact, Receiver, SignatureBox
from assessor_app.reporting.reading import read_back
from assessor_app.reporting.render import Rendered, render
from assessor_app.reporting.report_content import ReportContent
from assessor_app.reporting.signature_fields import Box
from assessor_app.texts import Language

LONG = "Prof. Dr. Ir. H. Muhammad Abdurrahman Wahid Latuconsina-Tuhumury, S.H., M.Hum., Ph.D."
CROSS = Handwriting(
    1000,
    400,
    (
        (Point(0, 0, 0, 1000), Point(1000, 400, 200, 1000)),
        (Point(0, 400, 300, 200), Point(500, 200, 400, 600), Point(1000, 0, 500, 1000)),
        (Point(10, 10, 600, 500),),
    ),
)


@cache
def short(language: Language = Language.INDONESIAN) -> ReportContent:
    return replace(
        sample(language), findings=(), other_photos=(), indicators=(), omissions=(), past_results=()
    )


def made(assessors: int, *, name: str = "Maria Latuconsina, S.H.", **changed: object) -> Rendered:
    content, words = short(), Words(Language.INDONESIAN)
    signers = tuple(signer(words, number=n + 1, name=name) for n in range(assessors))
    receiver: Receiver = replace(content.receiver, **changed)  # type: ignore[arg-type]  # of a test
    signature = replace(content.signature, signers=signers)
    return render(replace(content, signature=signature, receiver=receiver), record=RECORD)


def boxes(rendered: Rendered) -> dict[str, Box]:
    return {one.name: one.box for one in rendered.fields if one.box is not None}


def apart(one: Box, other: Box) -> bool:
    left, bottom, right, top = one.corners
    their_left, their_bottom, their_right, their_top = other.corners
    beside = right <= their_left or their_right <= left
    return beside or top <= their_bottom or their_top <= bottom


@pytest.mark.parametrize("assessors", [1, 2, 3, 4, 7])
def test_all_boxes_stand_on_one_page_and_none_over_another(assessors: int) -> None:
    field = SignatureBox("TTD_Penerima", "Penerima", "Penerima")

    rendered = made(assessors, name=LONG, box=field, signs=False)

    found = boxes(rendered)
    names = [f"TTD_Asesor{n + 1}" for n in range(assessors)]
    assert list(found) == [*names, "TTD_Penerima", "Segel_BSrE"]
    assert len({box.page for box in found.values()}) == 1
    assert all(apart(one, other) for one, other in combinations(found.values(), 2))
    for box in found.values():
        left, bottom, right, top = box.corners
        assert design.MARGIN - 1 <= left < right <= design.MARGIN + design.WIDTH + 1
        assert design.BOTTOM <= bottom < top <= design.PAGE_HEIGHT - design.TOP
        assert right - left >= 110
        assert top - bottom >= (40 if box == found["Segel_BSrE"] else 60)
    page = read_back(rendered.pdf).page_texts[found["TTD_Asesor1"].page]
    told = " ".join(page.split())
    assert told.count("Latuconsina-Tuhumury") == assessors
    assert "Pengesahan" in told
    assert short().signature.legal_note[:40] in told


@pytest.mark.parametrize("name", ["Kedudukan", "Jabatan", "Capacity", "Position"])
def test_the_name_of_a_fact_is_not_broken_beside_three_boxes(name: str) -> None:
    facts = (Fact(name, "Pelaksana harian (Plh.)"),)

    rendered = made(2, facts=facts, signs=False)

    page = read_back(rendered.pdf).page_texts[boxes(rendered)["TTD_Asesor1"].page]
    assert name in page.split()


def test_the_last_who_signs_at_the_visit_locks_what_was_filled() -> None:
    rendered = made(2)

    assert [one.name for one in rendered.fields if one.lock] == ["TTD_Asesor2"]


def test_what_the_receiver_drew_is_drawn_as_strokes_where_they_sign() -> None:
    plain, drawn = made(1), made(1, handwriting=CROSS, signs=False, hint="Goresan tangan di layar.")

    page = boxes(drawn)["TTD_Asesor1"].page
    left, bottom, right, top = boxes(drawn)["TTD_Asesor1"].corners
    beside = (right + design.GUTTER, bottom, right + design.GUTTER + right - left, top)
    assert darkest(plain.pdf, page, beside) > 80  # a hint in grey
    assert darkest(drawn.pdf, page, beside) < 60
    told = " ".join(read_back(drawn.pdf).page_texts[page].split())
    assert "Goresan tangan di layar." in told
    assert "TTD_Penerima" not in boxes(drawn)


def test_the_same_strokes_give_the_same_bytes() -> None:
    assert made(1, handwriting=CROSS).pdf == made(1, handwriting=CROSS).pdf


def darkest(pdf: bytes, page: int, place: tuple[float, float, float, float]) -> int:
    """The darkest grey within a box, its frame left out."""
    left, bottom, right, top = place
    with pypdfium2.PdfDocument(pdf) as document:
        image = document[page].render(scale=2).to_pil().convert("L")
    cut = (left + 3, design.PAGE_HEIGHT - top + 3, right - 3, design.PAGE_HEIGHT - bottom - 3)
    lowest, _ = image.crop(tuple(2 * int(edge) for edge in cut)).getextrema()
    return int(lowest)
