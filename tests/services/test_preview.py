"""The preview: the pages as they would be issued, never to be taken for the document."""

import threading
from io import BytesIO
from pathlib import Path

import pikepdf
import pytest
from tests.visiting import SIGNING_PASSPHRASE, answer, attach, complete

from assessor_app.domain.problem import IssueProblem
from assessor_app.domain.visit import Outcome
from assessor_app.reporting import design
from assessor_app.reporting.reading import read_back
from assessor_app.services import issuing, verifying
from assessor_app.services.enrolment import Workplace
from assessor_app.services.preview import Picture, pictures, preview
from assessor_app.services.session import Session
from assessor_app.services.visits import close_visit
from assessor_app.texts import Language

MARK = {
    Language.INDONESIAN: "PRATINJAU – BELUM DITANDATANGANI",
    Language.ENGLISH: "PREVIEW – NOT SIGNED",
}

NEEDLE = (
    b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n"
    b"2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj\n"
    b"3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 1 9000]>>endobj\n"
    b"trailer<</Root 1 0 R>>"
)
"""A page a point wide and nine thousand high, which would fill the memory with pixels."""


def pages_of(pdf: bytes) -> list[str]:
    return [" ".join(text.split()) for text in read_back(pdf).page_texts]


def everything_kept(workplace: Workplace, visit: str) -> tuple[str, frozenset[Path]]:
    return workplace.store.head(visit), frozenset(workplace.store.folder.rglob("*"))


@pytest.mark.parametrize("language", Language)
def test_an_open_visit_shows_its_findings_marked_on_every_page_and_keeps_nothing(
    session: Session, workplace: Workplace, tmp_path: Path, language: Language
) -> None:
    answer(session, "P15-06", "paperwork", "present")
    answer(session, "P15-06", "practice", "absent")
    attach(session, "P15-06", tmp_path)
    before = everything_kept(workplace, session.visit_id)

    pdf = preview(session, workplace, language)

    assert everything_kept(workplace, session.visit_id) == before
    pages = pages_of(pdf)
    assert len(pages) >= 4
    assert all(MARK[language] in page for page in pages)
    assert any("P15-06" in page for page in pages)
    assert not any("CONTOH" in page for page in pages)
    assert read_back(pdf).attachments == ()


def test_an_open_visit_does_not_say_that_it_was_interrupted(
    session: Session, workplace: Workplace
) -> None:
    told = " ".join(pages_of(preview(session, workplace, Language.INDONESIAN)))

    assert "Dalam praktik: belum dinilai." in told
    assert "terputus" not in told


def test_the_outcome_decides_which_document_is_shown(
    session: Session, workplace: Workplace
) -> None:
    now = workplace.store.clock.now()
    close_visit(session, workplace, Outcome.ENTRY_REFUSED, departure=now, account="Pagar terkunci.")

    (page,) = pages_of(preview(session, workplace, Language.INDONESIAN))

    assert "Berita Acara Kunjungan" in page
    assert "Pagar terkunci." in page
    assert "Siti Rahma, S.H." in page
    assert MARK[Language.INDONESIAN] in page


def test_the_pages_are_those_that_are_issued_then(
    session: Session, workplace: Workplace, tmp_path: Path
) -> None:
    complete(session, workplace, tmp_path)
    shown = pages_of(preview(session, workplace, Language.INDONESIAN))
    now = workplace.store.clock.now()
    identity = issuing.signing_identity(workplace, SIGNING_PASSPHRASE, now=now)
    out = tmp_path / "t.pdf"
    issuing.issue(session, workplace, identity, out=out, language=Language.INDONESIAN)

    issued = pages_of(out.read_bytes())

    assert len(shown) == len(issued)
    for before, after in zip(shown[1:5], issued[1:5], strict=True):
        body, _, _ = before.partition("Temuan Penilaian Kepatuhan")  # the header is drawn last
        assert len(body) > 200
        assert after.startswith(body)


def test_a_visit_in_any_later_state_can_be_shown_too(
    session: Session, workplace: Workplace, tmp_path: Path
) -> None:
    complete(session, workplace, tmp_path)
    now = workplace.store.clock.now()
    identity = issuing.signing_identity(workplace, SIGNING_PASSPHRASE, now=now)
    out = tmp_path / "t.pdf"
    issuing.issue(session, workplace, identity, out=out, language=Language.INDONESIAN)
    once_issued = preview(session, workplace, Language.ENGLISH)
    session.void("Salah kantor")

    voided = preview(session, workplace, Language.ENGLISH)

    for pdf in (once_issued, voided):
        assert all(MARK[Language.ENGLISH] in page for page in pages_of(pdf))


def test_the_verifier_takes_no_preview_for_a_document(
    session: Session, workplace: Workplace
) -> None:
    pdf = preview(session, workplace, Language.INDONESIAN)

    verdict = verifying.verify(pdf, roots=(), trust_trial=True)

    assert verdict.standing is verifying.Standing.REFUSED
    assert [reason.code for reason in verdict.reasons] == ["no_signature"]


def pixel(picture: Picture, x: int, y: int) -> tuple[int, int, int]:
    """Red, green, blue."""
    at = y * picture.stride + 3 * x
    blue, green, red = picture.pixels[at : at + 3]
    return red, green, blue


@pytest.mark.parametrize("width", [1, 333, 800])
def test_pictures_are_as_wide_as_asked_for_and_told_one_by_one(
    session: Session, workplace: Workplace, width: int
) -> None:
    pdf = preview(session, workplace, Language.INDONESIAN)
    told: list[tuple[int, int]] = []

    shown = pictures(pdf, width=width, tell=lambda done, of: told.append((done, of)))

    assert len(shown) == len(read_back(pdf).page_texts)
    assert told == [(number, len(shown)) for number in range(1, len(shown) + 1)]
    for one in shown:
        assert one.width == width
        assert one.stride >= 3 * width
        assert len(one.pixels) == one.stride * one.height
        assert abs(one.height - width * design.PAGE_HEIGHT / design.PAGE_WIDTH) <= 1


def test_pixels_are_blue_green_red(session: Session, workplace: Workplace) -> None:
    picture, *_ = pictures(preview(session, workplace, Language.INDONESIAN), width=595)

    assert pixel(picture, 5, 5) == (255, 255, 255)
    # Within the tag that says it is a preview, in the upper right corner.
    tag = pixel(picture, round(design.PAGE_WIDTH - design.MARGIN) - 4, 42)
    assert tag == tuple(round(255 * part) for part in design.ACCENT.rgb())


def test_a_signature_is_seen_on_its_page(
    session: Session, workplace: Workplace, tmp_path: Path
) -> None:
    now = workplace.store.clock.now()
    close_visit(session, workplace, Outcome.OFFICE_CLOSED, departure=now, account="Terkunci.")
    identity = issuing.signing_identity(workplace, SIGNING_PASSPHRASE, now=now)
    issuing.issue(
        session, workplace, identity, out=tmp_path / "b.pdf", language=Language.INDONESIAN
    )
    pdf = (tmp_path / "b.pdf").read_bytes()
    with pikepdf.open(BytesIO(pdf)) as opened:
        left, bottom, _, top = (float(at) for at in opened.Root.AcroForm.Fields[0].Rect)

    (picture,) = pictures(pdf, width=595)

    # The stamp's own bar of colour at its left, which the empty frame has not.
    middle = round(design.PAGE_HEIGHT - (bottom + top) / 2)
    assert pixel(picture, round(left + 1.5), middle) == pixel_of_accent()


def pixel_of_accent() -> tuple[int, ...]:
    return tuple(round(255 * part) for part in design.ACCENT.rgb())


@pytest.mark.parametrize(
    "pdf",
    [
        b"",
        b"%PDF-1.7\n",
        bytes(2000),
        NEEDLE,
    ],
)
def test_what_is_no_document_has_no_pictures(pdf: bytes) -> None:
    with pytest.raises(IssueProblem) as refused:
        pictures(pdf, width=100)

    assert refused.value.code == "pdf_unreadable"


def test_a_document_cut_in_the_middle_has_no_pictures(
    session: Session, workplace: Workplace
) -> None:
    pdf = preview(session, workplace, Language.INDONESIAN)

    with pytest.raises(IssueProblem) as refused:
        pictures(pdf[: len(pdf) // 2], width=100)

    assert refused.value.code == "pdf_unreadable"


def test_a_verifier_may_read_while_pictures_are_made(
    session: Session, workplace: Workplace
) -> None:
    pdf = preview(session, workplace, Language.INDONESIAN)
    texts, alone = read_back(pdf).page_texts, pictures(pdf, width=200)
    results: list[object] = []

    def read() -> None:
        results.extend(read_back(pdf).page_texts == texts for _ in range(6))

    def picture() -> None:
        results.extend(pictures(pdf, width=200) == alone for _ in range(6))

    threads = [threading.Thread(target=work) for work in (read, picture, picture)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert results == [True] * 18
