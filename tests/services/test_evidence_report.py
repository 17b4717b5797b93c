"""The pages show every kind of evidence: photos and first pages drawn, recordings in words."""

from datetime import UTC
from io import BytesIO

import pikepdf
import pypdfium2
import pytest
from tests.services import offered
from tests.visiting import answer, jpeg

from assessor_app.domain.instrument import Side
from assessor_app.domain.observation import EvidenceSource
from assessor_app.services.enrolment import Workplace
from assessor_app.services.evidence.intake import take_in_bytes
from assessor_app.services.history import told
from assessor_app.services.preview import preview
from assessor_app.services.report.words import Words
from assessor_app.services.session import Session
from assessor_app.storage.vault import Form
from assessor_app.texts import Language


def attach(session: Session, code: str, data: bytes, caption: str | None = None) -> str:
    taken = take_in_bytes(data, name="berkas", zone=UTC)
    source = EvidenceSource.FILE
    session.attach(code, Side.PRACTICE, taken, source=source, caption=caption)
    return taken.sha256


def pages(pdf: bytes) -> str:
    document = pypdfium2.PdfDocument(pdf)
    try:
        texts = [page.get_textpage().get_text_bounded() for page in document]
    finally:
        document.close()
    return " ".join(" ".join(texts).split())


def pictures(pdf: bytes) -> int:
    """How many pictures of evidence the pages hold: seals and signs are drawn as vectors."""
    with pikepdf.open(BytesIO(pdf)) as document:
        return sum(len(page.get_images()) for page in document.pages)


@pytest.mark.parametrize("code", ["P15-06", "P15-07"], ids=["in a finding", "beside findings"])
def test_every_kind_of_evidence_is_on_the_pages(
    session: Session, workplace: Workplace, code: str
) -> None:
    answer(session, "P15-06", "paperwork", "present")
    answer(session, "P15-06", "practice", "absent")
    attach(session, code, jpeg("navy"))
    hashes = [
        attach(session, code, offered.pdf("Maklumat", "Dua"), "Maklumat yang disimpan"),
        attach(session, code, offered.recording("note.opus")),
        attach(session, code, offered.recording("clip.mp4")),
    ]

    pdf = preview(session, workplace, Language.INDONESIAN)

    text = pages(pdf)
    for words in (
        "Maklumat yang disimpan",
        "Dokumen PDF, 2 halaman, 1,",
        "Waktu pengambilan tidak tercatat dalam berkas",
        f"Rekaman suara {code}",
        "Rekaman suara, 0:02, 3,5 kB",
        "Rekaman video, 0:02, 7,4 kB",
        "22 November 2026, 09.14 WIT (menurut berkasnya)",
    ):
        assert words in text, words
    run_together = text.replace(" ", "")
    assert all(one in run_together for one in hashes)
    assert pictures(pdf) == 2


def test_a_lost_picture_of_a_report_is_made_anew(session: Session, workplace: Workplace) -> None:
    attach(session, "P15-06", jpeg("navy"))
    (item,) = session.snapshot.evidence.values()
    workplace.store.vault.drop(item.id, Form.REPORT)

    assert pictures(preview(session, workplace, Language.INDONESIAN)) == 1


def test_the_history_names_what_was_attached_and_shared(session: Session) -> None:
    attach(session, "P15-06", offered.recording("clip.mp4"))
    attach(session, "P15-07", offered.recording("clip.mp4"))

    words = Words(Language.INDONESIAN, UTC)
    shared, first = session.undo()[1], session.undo()[1]

    said = [told(one, session.instrument, words, snapshot=session.snapshot) for one in (first,)]
    assert said == ["P15-06, dalam praktik: rekaman video dilampirkan"]
    session.redo()
    shown = told(shared, session.instrument, words, snapshot=session.snapshot)
    assert shown == "P15-07, dalam praktik: rekaman video dilampirkan"
    assert told(shared, session.instrument, words).endswith("berkas bukti dilampirkan")
