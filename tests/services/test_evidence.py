"""Photos out of the vault again, and photos that are no files."""

import hashlib
from datetime import UTC
from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image
from tests.visiting import attach, jpeg

from assessor_app.domain.instrument import Side
from assessor_app.domain.observation import EvidenceSource
from assessor_app.domain.problem import EvidenceRefused, StoreProblem
from assessor_app.services import intake
from assessor_app.services.enrolment import Workplace
from assessor_app.services.evidence import photo
from assessor_app.services.intake import take_in, take_in_bytes
from assessor_app.services.session import Session
from assessor_app.storage.vault import Form


def test_the_original_comes_back_untouched_and_the_copy_as_a_jpeg(
    session: Session, workplace: Workplace, tmp_path: Path
) -> None:
    attach(session, "P15-06", tmp_path, colour="navy")
    (item,) = session.snapshot.evidence.values()

    kept = workplace.store.vault.get(item.id, Form.ORIGINAL)
    shown = photo(workplace, item.id)

    assert kept == (tmp_path / "navy.jpg").read_bytes()
    assert hashlib.sha256(kept).hexdigest() == item.sha256
    assert Image.open(BytesIO(shown)).format == "JPEG"


def test_evidence_that_is_not_there_is_told(workplace: Workplace) -> None:
    with pytest.raises(StoreProblem) as refused:
        photo(workplace, "0" * 32)

    assert refused.value.code == "evidence_missing"


def test_a_pasted_picture_is_taken_as_the_same_file_would_be(
    session: Session, tmp_path: Path
) -> None:
    path = tmp_path / "foto.jpg"
    path.write_bytes(jpeg("red"))

    pasted = take_in_bytes(jpeg("red"), name="papan klip", zone=UTC)

    assert pasted == take_in(path, zone=UTC)
    session.attach("P15-06", Side.PRACTICE, pasted, source=EvidenceSource.CLIPBOARD)
    (item,) = session.snapshot.evidence.values()
    assert item.source is EvidenceSource.CLIPBOARD


@pytest.mark.parametrize(
    ("data", "code"),
    [(b"", "file_empty"), (b"GIF89a" + bytes(40), "not_a_photo"), (jpeg()[:600], "photo_damaged")],
)
def test_what_is_pasted_and_no_photo_is_refused_by_its_name(data: bytes, code: str) -> None:
    with pytest.raises(EvidenceRefused) as refused:
        take_in_bytes(data, name="papan klip", zone=UTC)

    assert (refused.value.code, refused.value.places["file"]) == (code, "papan klip")


def test_a_pasted_picture_may_not_be_larger_than_a_file(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(intake, "LARGEST_FILE", 10)

    with pytest.raises(EvidenceRefused) as refused:
        take_in_bytes(jpeg(), name="papan klip", zone=UTC)

    assert refused.value.code == "file_too_large"
