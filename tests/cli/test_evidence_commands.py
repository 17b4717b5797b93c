"""Evidence of every kind by commands: attached, listed, saved and checked."""

import hashlib
from datetime import UTC
from pathlib import Path

import pytest
from tests.cli.calling import Call
from tests.services import offered
from tests.visiting import PASSPHRASE, photo_file

from assessor_app.cli.application import app
from assessor_app.compose import Application
from assessor_app.domain.instrument import Side
from assessor_app.domain.observation import EvidenceSource
from assessor_app.services.evidence.intake import take_in


@pytest.fixture
def files(tmp_path: Path) -> dict[str, Path]:
    """One of each kind, by what it is."""
    document = tmp_path / "maklumat.pdf"
    document.write_bytes(offered.pdf("Maklumat", "Lampiran"))
    return {
        "photo": photo_file(tmp_path),
        "document": document,
        "audio": offered.RECORDINGS / "note.opus",
        "video": offered.RECORDINGS / "clip.mp4",
    }


@pytest.fixture
def attached(application: Application, visit: str, files: dict[str, Path]) -> dict[str, Path]:
    """The files as evidence of the visit; attached without a command for each, which takes time."""
    workplace = application.unlock(PASSPHRASE)
    session = application.open(workplace, visit)
    for file in files.values():
        taken = take_in(file, zone=UTC)
        session.attach("P15-06", Side.PRACTICE, taken, source=EvidenceSource.FILE)
    workplace.store.close()
    return files


def test_a_file_that_is_shared_takes_the_caption_that_it_had_none_of_and_keeps_it(
    call: Call, visit: str, tmp_path: Path
) -> None:
    file, loket, ruang = photo_file(tmp_path), "Loket 1", "Ruang tunggu"
    first = call("attach", visit, "P15-06", "practice", file, "--json")
    second = call("attach", visit, "P15-08", "practice", file, "--caption", loket, "--json")
    third = call("attach", visit, "P15-12", "practice", file, "--caption", ruang, "--json")
    same = call("attach", visit, "P15-06", "paperwork", file, "--caption", f" {loket} ", "--json")

    assert [one.data["caption"] for one in (first, second, third, same)] == [None, *[loket] * 3]
    assert "“Loket 1”; keterangan pertama itu yang tetap" in third.err
    assert [first.err, second.err, same.err] == ["", "", ""]
    (listed,) = call("evidence", "list", visit, "--json").data
    assert listed["caption"] == loket


def test_the_list_tells_every_kind_with_its_length_size_and_hash(
    call: Call, visit: str, files: dict[str, Path]
) -> None:
    for kind, file in files.items():
        said = call("attach", visit, "P15-06", "practice", file, "--json")
        assert said.data["kind"] == kind
        assert said.data["sha256"] == hashlib.sha256(file.read_bytes()).hexdigest()

    listed = call("evidence", "list", visit, "--json").data
    told = call("evidence", "list", visit).out

    assert {one["kind"]: one["media_type"] for one in listed} == {
        "photo": "image/jpeg",
        "document": "application/pdf",
        "audio": "audio/ogg",
        "video": "video/mp4",
    }
    by_kind = {one["kind"]: one for one in listed}
    assert (by_kind["document"]["pages"], by_kind["video"]["duration_ms"]) == (2, 2000)
    assert by_kind["video"]["captured_at"] == "2026-11-22T00:14:05.000000Z"
    for words in ("Foto", "Dokumen PDF, 2 halaman", "Rekaman suara, 0:02", "7,4 kB", "praktik"):
        assert words in told
    assert "Video recording, 0:02" in call("evidence", "list", visit, "--lang", "en").out
    for one in listed:
        assert one["sha256"][:16] in told
        assert one["id"][-12:] in told


def test_a_visit_without_evidence_says_so(call: Call, visit: str) -> None:
    assert call("evidence", "list", visit).out.strip() == "Kunjungan ini belum mempunyai bukti."
    assert call("evidence", "list", visit, "--json").data == []


def test_a_saved_copy_is_the_file_as_it_was_taken_in(
    call: Call, visit: str, attached: dict[str, Path], tmp_path: Path
) -> None:
    for one in call("evidence", "list", visit, "--json").data:
        out = tmp_path / f"salinan-{one['kind']}"

        said = call("evidence", "save", visit, one["id"][-12:], "--out", out)

        assert said.code == 0
        assert one["sha256"] in said.out
        assert out.read_bytes() == attached[one["kind"]].read_bytes()


def test_what_cannot_be_saved_is_told_and_writes_nothing(
    call: Call, visit: str, attached: dict[str, Path], home: Path, tmp_path: Path
) -> None:
    one = call("evidence", "list", visit, "--json").data[0]
    out = tmp_path / "salinan"
    unknown = call("evidence", "save", visit, "0000", "--out", out, "--json")
    there = call("evidence", "save", visit, one["id"], "--out", attached["document"], "--json")
    (sealed,) = (home / "store" / "evidence").rglob(f"{one['id']}.original")
    data = bytearray(sealed.read_bytes())
    data[-20] ^= 1
    sealed.write_bytes(data)
    damaged = call("evidence", "save", visit, one["id"], "--out", out, "--json")

    codes = [said.data["code"] for said in (unknown, there, damaged)]
    assert codes == ["evidence_unknown", "file_exists", "evidence_damaged"]
    assert {said.code for said in (unknown, there, damaged)} == {1}
    assert not out.exists()
    assert list(tmp_path.glob("*.part")) == []


def test_after_the_exit_talk_evidence_asks_for_a_reason(
    call: Call, visit: str, tmp_path: Path
) -> None:
    assert call("exit-talk", visit).code == 0
    photo = photo_file(tmp_path)

    refused = call("attach", visit, "P15-06", "practice", photo, "--json")
    taken = call("attach", visit, "P15-06", "practice", photo, "--reason", "Baru ditunjukkan")

    assert refused.data["code"] == "reason_after_exit_talk"
    assert taken.code == 0


def test_the_commands_are_part_of_the_product() -> None:
    assert "evidence" in {group.name for group in app.registered_groups}
