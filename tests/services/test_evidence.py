"""Photos out of the vault again, and photos that are no files."""

import hashlib
import json
from dataclasses import replace
from datetime import UTC
from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image
from tests.services import offered
from tests.visiting import attach, jpeg

from assessor_app.domain.instrument import Side
from assessor_app.domain.observation import Evidence, EvidenceKind, EvidenceSource
from assessor_app.domain.problem import EvidenceRefused, RecordRefused, StoreProblem
from assessor_app.services.enrolment import Workplace
from assessor_app.services.evidence import intake
from assessor_app.services.evidence import words as evidence_words
from assessor_app.services.evidence.copies import (
    chosen,
    file_name,
    photo,
    save_copy,
    thumbnail,
)
from assessor_app.services.evidence.derived import document_pages
from assessor_app.services.evidence.intake import take_in, take_in_bytes
from assessor_app.services.report.content import compose
from assessor_app.services.report.parties import alone
from assessor_app.services.report.record import DocumentKind, Imprint
from assessor_app.services.report.words import Words
from assessor_app.services.session import Session
from assessor_app.storage.vault import Form, Vault
from assessor_app.texts import Language


def test_the_original_comes_back_untouched_and_the_copy_as_a_jpeg(
    session: Session, workplace: Workplace, tmp_path: Path
) -> None:
    attach(session, "P15-06", tmp_path, colour="navy")
    (item,) = session.snapshot.evidence.values()

    kept = workplace.store.vault.get(item.id, Form.ORIGINAL)
    shown = photo(workplace, item)

    assert kept == (tmp_path / "navy.jpg").read_bytes()
    assert hashlib.sha256(kept).hexdigest() == item.sha256
    assert Image.open(BytesIO(shown)).format == "JPEG"


def test_evidence_that_is_not_there_is_told(session: Session, workplace: Workplace) -> None:
    item = replace(taken_as(session, jpeg("navy")), id="0" * 32)

    with pytest.raises(StoreProblem) as refused:
        photo(workplace, item)

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
    [
        (b"", "file_empty"),
        (b"GIF89a" + bytes(40), "evidence_kind_unknown"),
        (jpeg()[:600], "photo_damaged"),
    ],
)
def test_what_is_pasted_and_no_evidence_is_refused_by_its_name(data: bytes, code: str) -> None:
    with pytest.raises(EvidenceRefused) as refused:
        take_in_bytes(data, name="papan klip", zone=UTC)

    assert (refused.value.code, refused.value.places["file"]) == (code, "papan klip")


def test_a_pasted_picture_may_not_be_larger_than_a_file(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(intake, "LARGEST_FILE", 10)

    with pytest.raises(EvidenceRefused) as refused:
        take_in_bytes(jpeg(), name="papan klip", zone=UTC)

    assert refused.value.code == "file_too_large"


def only(session: Session) -> Evidence:
    (item,) = session.snapshot.evidence.values()
    return item


def taken_as(session: Session, data: bytes) -> Evidence:
    taken = take_in_bytes(data, name="berkas", zone=UTC)
    session.attach("P15-06", Side.PRACTICE, taken, source=EvidenceSource.MESSENGER)
    return only(session)


@pytest.mark.parametrize("lost", [(Form.THUMBNAIL,), (Form.REPORT,), (Form.REPORT, Form.THUMBNAIL)])
@pytest.mark.parametrize("damaged", [True, False], ids=["damaged", "missing"])
def test_lost_pictures_are_made_anew_of_the_original(
    session: Session, workplace: Workplace, lost: tuple[Form, ...], *, damaged: bool
) -> None:
    item = taken_as(session, jpeg("navy"))
    vault = workplace.store.vault
    before = [vault.get(item.id, form) for form in (Form.REPORT, Form.THUMBNAIL)]
    for file in [one for one in vault.walk() if one.form in lost]:
        file.path.write_bytes(b"") if damaged else file.path.unlink()

    assert [photo(workplace, item), thumbnail(workplace, item)] == before
    assert [vault.get(item.id, form) for form in (Form.REPORT, Form.THUMBNAIL)] == before


def test_a_document_has_its_page_and_a_recording_no_picture(
    session: Session, workplace: Workplace
) -> None:
    item = taken_as(session, offered.pdf("Maklumat", "Lampiran"))
    pages = document_pages(workplace.store.vault, item.id, width=300)

    assert (item.kind, item.pages, len(pages)) == (EvidenceKind.DOCUMENT, 2, 2)
    assert {page.width for page in pages} == {300}
    assert Image.open(BytesIO(thumbnail(workplace, item))).format == "JPEG"
    for form in (Form.REPORT, Form.THUMBNAIL):
        workplace.store.vault.drop(item.id, form)
    assert Image.open(BytesIO(photo(workplace, item))).size == (905, 1280)


def test_a_recording_is_kept_whole_and_has_no_other_form(
    session: Session, workplace: Workplace
) -> None:
    item = taken_as(session, offered.wav())
    vault = workplace.store.vault

    assert (item.kind, item.duration_ms) == (EvidenceKind.AUDIO, 1500)
    assert [one.form for one in vault.walk()] == [Form.ORIGINAL]
    assert thumbnail(workplace, item) == photo(workplace, item) == b""
    assert [one.form for one in vault.walk()] == [Form.ORIGINAL]


def test_a_picture_is_shown_where_its_new_copy_cannot_be_written(
    session: Session, workplace: Workplace, monkeypatch: pytest.MonkeyPatch
) -> None:
    item = taken_as(session, jpeg("navy"))
    shown = thumbnail(workplace, item)
    workplace.store.vault.drop(item.id, Form.THUMBNAIL)

    def full(*_: object) -> None:
        raise StoreProblem("disk_full", path="/")

    monkeypatch.setattr(Vault, "put", full)

    assert thumbnail(workplace, item) == shown


def test_an_original_that_is_no_picture_any_more_is_told_as_damaged(
    session: Session, workplace: Workplace
) -> None:
    item = taken_as(session, jpeg("navy"))
    workplace.store.vault.drop(item.id, Form.REPORT)
    workplace.store.vault.put(item.id, Form.ORIGINAL, b"GIF89a")

    with pytest.raises(StoreProblem) as refused:
        photo(workplace, item)

    assert refused.value.code == "evidence_damaged"


def test_a_disk_that_fails_is_not_taken_for_a_lost_picture(
    session: Session, workplace: Workplace, monkeypatch: pytest.MonkeyPatch
) -> None:
    item = taken_as(session, jpeg("navy"))

    def failing(*_: object, **__: object) -> object:
        raise OSError(5, "Input/output error")

    monkeypatch.setattr(Path, "open", failing)
    with pytest.raises(StoreProblem) as refused:
        photo(workplace, item)

    assert refused.value.code == "file_failed"


def test_a_copy_of_another_file_than_was_recorded_is_not_handed_over(
    session: Session, workplace: Workplace, tmp_path: Path
) -> None:
    item = taken_as(session, offered.wav())
    workplace.store.vault.put(item.id, Form.ORIGINAL, offered.wav(2))
    out = tmp_path / file_name(item, "bukti")
    assert out.name == f"bukti-{item.sha256[:16]}.wav"

    with pytest.raises(StoreProblem) as refused:
        save_copy(workplace, item, out)

    assert refused.value.code == "evidence_replaced"
    assert list(tmp_path.glob("*bukti*")) == []


def test_evidence_is_known_by_the_end_of_its_number(session: Session) -> None:
    item = taken_as(session, offered.wav())

    assert chosen(session.snapshot, item.id[-6:]) == item
    for unknown in ("", "zzz"):
        with pytest.raises(RecordRefused) as refused:
            chosen(session.snapshot, unknown)
        assert refused.value.code == "evidence_unknown"


@pytest.mark.parametrize(
    ("milliseconds", "told"),
    [(1, "0:01"), (59_400, "0:59"), (65_000, "1:05"), (3_725_000, "1:02:05")],
)
def test_a_length_is_told_as_a_player_shows_it(milliseconds: int, told: str) -> None:
    assert evidence_words.length(milliseconds) == told


@pytest.mark.parametrize(
    ("size", "told"),
    [
        (1, "0,1 kB"),
        (999, "1 kB"),
        (81_234, "81 kB"),
        (3_449_999, "3,4 MB"),
        (35_000_000, "35 MB"),
        (1_900_000_000, "1,9 GB"),
    ],
)
def test_a_size_is_told_as_a_person_reads_it(size: int, told: str) -> None:
    assert evidence_words.size(size, Words(Language.INDONESIAN, UTC)) == told


def test_evidence_without_a_caption_is_named_by_kind_and_number(session: Session) -> None:
    words = Words(Language.INDONESIAN, UTC)
    item = taken_as(session, offered.recording("clip.mp4"))

    assert evidence_words.name_of(item, 2, words) == "Rekaman video 2, 22 November 2026, 00.14 UTC"
    assert evidence_words.facts(item, words) == "Rekaman video, 0:02, 7,4 kB"
    assert evidence_words.made_at(item, words).endswith("(menurut berkasnya)")
    assert evidence_words.name_of(replace(item, caption="Antrean"), 2, words) == "Antrean"


def test_the_record_names_the_kind_of_all_evidence(session: Session, workplace: Workplace) -> None:
    taken_as(session, offered.recording("clip.mp4"))
    composed = compose(
        session.seen(),
        workplace,
        Imprint(
            number="1",
            revision=1,
            kind=DocumentKind.FINDINGS,
            language="id",
            made_at=workplace.store.clock.now(),
            signers=(),
        ),
        Words(Language.INDONESIAN, UTC),
        parties=alone(workplace.profile),
    )

    assert composed.record is not None
    (told,) = json.loads(composed.record)["evidence"]
    assert (told["kind"], told["duration_ms"]) == ("video", 2000)
    assert "pages" not in told
    assert told["place"].keys() == {"left_out"}  # where it was made is for nobody to read
