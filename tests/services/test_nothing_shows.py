"""What is covered reaches nothing that leaves the device: marks are planted and looked for."""

import contextlib
import io
import logging
import re
import shutil
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import UTC
from pathlib import Path

import numpy as np
import pikepdf
import pytest
from PIL import Image
from tests.conftest import begin
from tests.services import offered
from tests.services.test_disclosing import opened
from tests.services.walking import walk_kinds
from tests.visiting import SIGNING_PASSPHRASE, record

from assessor_app.domain.instrument import Side
from assessor_app.domain.observation import EvidenceKind, EvidenceSource
from assessor_app.domain.redaction import SCALE, Box, Layer, Why
from assessor_app.domain.visit import Declaration, Outcome, Receiver
from assessor_app.instruments.library import Library
from assessor_app.reporting.reading import read_back
from assessor_app.services import issuing
from assessor_app.services.evidence.intake import take_in_bytes
from assessor_app.services.evidence.redacting import COVERABLE
from assessor_app.services.handing_over import hand_over_by_usb
from assessor_app.services.people import Person, keep_person
from assessor_app.services.session import Session, open_session
from assessor_app.services.visits import close_visit
from assessor_app.texts import Language

NAME = "Zulaikha Rumbiak"
PHONE = "0812-3456-7890"
RED = (250, 10, 20)
"""Of what is covered; nothing else in any document has this colour."""


@dataclass(frozen=True)
class Left:
    """All that left the device, and what was logged meanwhile."""

    files: dict[str, bytes]
    logged: str
    places: dict[str, str]  # what was planted, and where


class Marks:
    """Numbered words, each planted at one place: `[[RAHASIA007]]`."""

    def __init__(self) -> None:
        self.places: dict[str, str] = {}

    def __call__(self, place: str) -> str:
        mark = f"RAHASIA{len(self.places):03}"
        self.places[mark] = place
        return f"Ada [[{mark}]] di sini"


def secret_photo() -> bytes:
    """Red where it is covered, and told of by every kind of metadata that a phone writes."""
    pixels = np.full((900, 1200, 3), 230, np.uint8)
    pixels[300:600, 400:800] = RED
    picture = Image.fromarray(pixels)
    exif = Image.Exif()
    exif[0x010E] = f"RAHASIA-EXIF {NAME}"
    exif[0x0110] = "RAHASIA-KAMERA"
    exif.get_ifd(0x8825).update({1: "S", 2: (3.0, 41.0, 43.21), 3: "E", 4: (128.0, 10.0, 54.32)})
    out = io.BytesIO()
    picture.save(out, "JPEG", exif=exif, comment=b"RAHASIA-KOMENTAR", xmp=b"<x>RAHASIA-XMP</x>")
    return out.getvalue()


def plant_words(session: Session, marks: Marks) -> None:
    """A mark in every text that an assessor can write of an indicator or a respondent."""
    product, pseudonym = marks("product"), marks("pseudonym")
    paper = {name: marks(f"document {name}") for name in ("kind", "number", "signatory")}
    named = f"{NAME}, {NAME.upper()}, {PHONE}"
    givens: tuple[tuple[str, str, dict[str, object]], ...] = (
        ("K-01", "practice", {"answer": "absent", "note": marks("note")}),
        ("K-01", "paperwork", {"answer": "present", "document": paper}),
        ("K-03", "practice", {"answer": "quarterly", "note": named}),
        ("K-13", "practice", {"answer": marks("answer in words")}),
        ("K-05", "practice", {"answer": 4, "no_evidence_reason": marks("no evidence")}),
        ("K-08", "practice", {"not_assessed_reason": marks("not assessed")}),
        ("K-14", "paperwork", {"not_applicable_reason": marks("not applicable")}),
        ("K-10", "practice", {"answer": "2", "respondent": "P-1", "note": "RAHASIA-JAWABAN"}),
        ("K-11", "practice", {"answer": "5", "respondent": "U-1", "note": "RAHASIA-JAWABAN"}),
        ("K-11", "practice", {"answer": "3", "respondent": pseudonym, "post": "pengguna"}),
        ("K-04", "practice", {"answer": "shared", "product": product}),
        ("K-07", "paperwork", {"answer": 5, "product": product}),
        ("K-07", "practice", {"answer": 5, "product": product}),
    )
    for code, side, given in givens:
        record(session, {"indicator": code, "side": side, **given})
    finding = session.findings()[0]
    session.edit_finding(finding.id, {"wording": marks("wording"), "advice": marks("advice")})


def plant_pictures(session: Session, marks: Marks) -> None:
    """A photo, a document and a recording, all covered where they can be."""
    for data in (secret_photo(), offered.pdf("RAHASIA-HALAMAN", "RAHASIA-LAMPIRAN"), offered.wav()):
        taken = take_in_bytes(data, name="RAHASIA-BERKAS.jpg", zone=UTC)
        source = EvidenceSource.FILE
        session.attach("K-01", Side.PRACTICE, taken, source=source, caption=marks("caption"))
    for item in session.snapshot.evidence.values():
        if item.kind in COVERABLE:
            whole = item.kind is EvidenceKind.DOCUMENT
            box = Box(0, 0, SCALE, SCALE) if whole else Box(3300, 3300, 6700, 6700)
            session.redact(item.id, [Layer(1, box, Why.FACE)])


@pytest.fixture(scope="module")
def left(enrolled: Path, library: Library, tmp_path_factory: pytest.TempPathFactory) -> Left:
    """A visit with a mark in every text and every picture, issued and handed over on a stick."""
    folder = tmp_path_factory.mktemp("planted")
    marks, heard = Marks(), io.StringIO()
    logging.getLogger().addHandler(listening := logging.StreamHandler(heard))
    workplace = opened(Path(shutil.copytree(enrolled, folder / "home")), library)
    visit = begin(workplace, library.get("kinds"), library)
    session, now = open_session(workplace.store, visit, library), workplace.store.clock.now
    walk_kinds(session, folder)
    session.pause(marks("pause"), at=now())
    session.resume(at=now())
    plant_words(session, marks)
    plant_pictures(session, marks)
    keep_person(workplace, visit, pseudonym="U-1", person=Person(NAME, PHONE, "RAHASIA-CATATAN"))
    told = Receiver(Declaration.RECEIVED, "Budi Santoso", response=marks("response"))
    session.record_receiver(replace(told, position=marks("position")))
    close_visit(session, workplace, Outcome.COMPLETED, departure=now())
    identity = issuing.signing_identity(workplace, SIGNING_PASSPHRASE, now=now())
    issuing.issue(session, workplace, identity, out=folder / "t.pdf", language=Language.INDONESIAN)
    (stick := folder / "stick").mkdir()
    handed = hand_over_by_usb(session, workplace, to="Budi", at=now(), onto=stick, roots=[])
    files = {one: (handed.folder / one).read_bytes() for one in handed.files}
    workplace.store.close()
    logging.getLogger().removeHandler(listening)
    return Left(files, heard.getvalue(), marks.places)


SECRET = re.compile(rb"RAHASIA[-\w]*|zulaikha|rumbiak|0812.?3456|3\.695|128\.181", re.IGNORECASE)


def strings(value: object) -> Iterator[str]:
    """Every string in an object of a PDF, decoded: titles, alternative texts, names."""
    if isinstance(value, pikepdf.String):
        yield str(value)
    elif isinstance(value, pikepdf.Array):
        for one in value:
            if not (isinstance(one, pikepdf.Object) and one.is_indirect):
                yield from strings(one)
    elif isinstance(value, pikepdf.Dictionary | pikepdf.Stream):
        for name, one in value.items():
            yield name
            if not (isinstance(one, pikepdf.Object) and one.is_indirect):
                yield from strings(one)


def all_of(pdf: bytes) -> Iterator[bytes]:
    """All that a PDF holds: as it is written, each string, each stream unpacked, each page read."""
    yield pdf
    with pikepdf.open(io.BytesIO(pdf)) as document:
        for one in document.objects:
            yield "\n".join(strings(one)).encode()
            if isinstance(one, pikepdf.Stream):
                yield one.read_raw_bytes()
                with contextlib.suppress(pikepdf.PdfError):  # a JPEG stays one
                    yield one.read_bytes()
    # Lines are broken within words as well: what is read is looked through without its spaces.
    yield "".join("".join(read_back(pdf).page_texts).split()).encode()


def document_of(left: Left) -> bytes:
    return next(data for name, data in left.files.items() if name.startswith("T-"))


def test_no_word_that_was_covered_leaves_the_device(left: Left) -> None:
    assert len(left.places) == 18
    assert len(left.files) == 4
    for name, data in left.files.items():
        parts = all_of(data) if name.endswith(".pdf") else [data]
        for part in (one for whole in parts for one in (whole, whole.replace(b"\0", b""))):
            found = {one.decode().upper() for one in SECRET.findall(part)}
            assert not found, (name, found, [left.places.get(one) for one in found])
    assert not SECRET.search(left.logged.encode())


def test_the_same_search_finds_what_is_not_covered(left: Left) -> None:
    """Else it proves nothing: the receiver is named on a page, in the record and in a title."""
    found = [
        part for part in all_of(document_of(left)) if b"BudiSantoso" in part.replace(b" ", b"")
    ]

    assert len(found) >= 2
    assert "".join("".join(read_back(document_of(left)).page_texts).split()).count("(ditutup)") > 9


def test_no_covered_pixel_leaves_the_device(left: Left) -> None:
    pictures = []
    with pikepdf.open(io.BytesIO(document_of(left))) as document:
        for page in document.pages:
            for image in page.get_images().values():
                assert isinstance(image, pikepdf.Stream)
                shown = pikepdf.PdfImage(image).as_pil_image().convert("RGB")
                pictures.append(np.asarray(shown).reshape(-1, 3).astype(int))

    assert len(pictures) == 6
    for pixels in pictures:
        assert int((np.abs(pixels - RED).sum(axis=1) < 120).sum()) == 0


def test_without_a_mark_no_bracket_is_left(left: Left) -> None:
    text = "".join(read_back(document_of(left)).page_texts)

    assert "[[" not in text
    assert "]]" not in text
