"""Every kind of evidence by its content: what it is, how long, when and where it was made."""

import hashlib
import io
import struct
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image
from tests.services import offered

from assessor_app.domain.observation import EvidenceKind, Place
from assessor_app.domain.problem import EvidenceRefused
from assessor_app.services.evidence import intake
from assessor_app.services.evidence.intake import take_in, take_in_bytes
from assessor_app.services.evidence.kinds import sniff
from assessor_app.services.evidence.recordings import SeenRecording, see_recording
from assessor_app.services.evidence.taken import TakenIn

MADE = datetime(2026, 11, 22, 0, 14, 5, tzinfo=UTC)
RED, BLUE = (True, False), (False, True)


def taken(data: bytes) -> TakenIn:
    return take_in_bytes(data, name="berkas", zone=UTC)


def refused(data: bytes) -> EvidenceRefused:
    with pytest.raises(EvidenceRefused) as problem:
        taken(data)
    return problem.value


def corners(jpeg: bytes) -> list[tuple[bool, bool]]:
    """Which corners are red and which are blue."""
    shown = Image.open(io.BytesIO(jpeg)).convert("RGB").resize((400, 200))
    colours = [shown.getpixel(place) for place in offered.CORNERS]
    assert all(isinstance(colour, tuple) for colour in colours)
    return [(colour[0] > 150, colour[2] > 150) for colour in colours if isinstance(colour, tuple)]


TURNED = {
    1: Image.Transpose.ROTATE_180,
    3: Image.Transpose.ROTATE_180,
    6: Image.Transpose.ROTATE_90,
    8: Image.Transpose.ROTATE_270,
}


@pytest.mark.parametrize("orientation", [3, 6, 8])
def test_a_turned_heic_stands_upright_in_its_copies_and_is_not_turned_twice(
    orientation: int,
) -> None:
    stored = offered.marked().transpose(TURNED[orientation])
    data = offered.heic(stored, orientation=orientation, moment="2026:11:22 00:14:05")

    photo = taken(data)

    assert (photo.kind, photo.media_type) == (EvidenceKind.PHOTO, "image/heic")
    assert photo.original == data
    assert photo.captured_at == MADE
    for copy in (photo.report_copy, photo.thumbnail):
        assert corners(copy) == [RED, BLUE, BLUE, BLUE]
        assert not Image.open(io.BytesIO(copy)).getexif()


def test_an_upright_heic_stays_as_it_is() -> None:
    assert corners(taken(offered.heic(offered.marked())).report_copy) == [RED, BLUE, BLUE, BLUE]


def test_a_cut_heic_is_told_as_damaged() -> None:
    data = offered.heic(offered.marked())

    assert refused(data[: len(data) // 2]).code in ("photo_damaged", "not_a_photo")


def test_a_document_is_counted_and_its_first_page_stands_for_it() -> None:
    data = offered.pdf("Maklumat", "Halaman dua", "Halaman tiga")

    document = taken(data)

    assert (document.kind, document.media_type) == (EvidenceKind.DOCUMENT, "application/pdf")
    assert (document.pages, document.original, document.size) == (3, data, len(data))
    page = Image.open(io.BytesIO(document.report_copy))
    assert max(page.size) == 1280
    assert abs(page.width / page.height - 595 / 842) < 0.01
    assert page.convert("L").getextrema()[0] != 255  # its line is drawn
    assert max(Image.open(io.BytesIO(document.thumbnail)).size) == 288


def test_a_scanner_may_write_before_the_sign_of_a_pdf() -> None:
    assert taken(b"@PJL JOB\r\n" + offered.pdf("Maklumat")).pages == 1


def test_a_locked_document_is_told_plainly_and_one_that_opens_is_taken() -> None:
    data = offered.pdf("Maklumat")

    assert refused(offered.locked(data)).code == "document_locked"
    assert taken(offered.locked(data, user="")).pages == 1


@pytest.mark.parametrize("data", [b"%PDF-1.7\n", offered.pdf("Maklumat")[:300]])
def test_a_broken_document_is_told_by_its_name(data: bytes) -> None:
    problem = refused(data)

    assert (problem.code, problem.places["file"]) == ("document_damaged", "berkas")


@pytest.mark.parametrize(
    ("name", "media_type", "duration_ms", "made", "placed"),
    [
        ("clip.mp4", "video/mp4", 2000, True, True),
        ("clip.mov", "video/quicktime", 2000, True, True),
        ("clip.3gp", "video/3gpp", 1000, True, True),
        ("clip.webm", "video/webm", 2008, True, False),
        ("clip.mkv", "video/x-matroska", 1008, True, False),
        ("clip.ogv", "video/ogg", None, False, False),
        ("voice.m4a", "audio/mp4", 2000, True, True),
        ("voice.3gp", "audio/3gpp", 2000, True, True),
        ("voice.webm", "audio/webm", 1008, False, False),
        ("voice.ogg", "audio/ogg", 2000, False, False),
        ("note.opus", "audio/ogg", 2006, False, False),
        ("voice.mp3", "audio/mpeg", None, False, False),
        ("bare.mp3", "audio/mpeg", None, False, False),
        ("voice.aac", "audio/aac", None, False, False),
    ],
)
def test_a_recording_tells_what_its_container_says(
    name: str, media_type: str, duration_ms: int | None, *, made: bool, placed: bool
) -> None:
    path = offered.RECORDINGS / name

    found = take_in(path, zone=UTC)

    assert found.kind.value == media_type.partition("/")[0]
    assert (found.media_type, found.duration_ms) == (media_type, duration_ms)
    assert found.captured_at == (MADE if made else None)
    assert (found.place is not None) is placed
    if found.place:
        assert abs(float(found.place.latitude) + 3.6954) < 1e-4
        assert abs(float(found.place.longitude) - 128.1814) < 1e-4
    assert found.original == path
    assert found.sha256 == hashlib.sha256(path.read_bytes()).hexdigest()
    assert found.report_copy == found.thumbnail == b""


def test_a_recording_of_sound_alone_is_taken_from_bytes_too() -> None:
    found = taken(offered.wav(1.5))

    assert (found.kind, found.media_type) == (EvidenceKind.AUDIO, "audio/wav")
    assert (found.duration_ms, found.original) == (1500, offered.wav(1.5))


def test_a_wav_that_was_cut_off_counts_what_is_there() -> None:
    data = offered.wav(2)

    assert taken(data[:16_044]).duration_ms == 1000
    assert taken(data[:40] + bytes(4) + data[44:]).duration_ms == 2000
    assert taken(data[:28] + bytes(4) + data[32:]).duration_ms is None


def test_the_ending_of_a_name_decides_nothing(tmp_path: Path) -> None:
    path = tmp_path / "foto.jpg"
    path.write_bytes(offered.recording("clip.mp4"))

    assert take_in(path, zone=UTC).kind is EvidenceKind.VIDEO


@pytest.mark.parametrize(
    ("head", "media_type"),
    [
        (b"#!AMR\n", "audio/amr"),
        (b"RF64\xff\xff\xff\xffWAVEds64", "audio/wav"),
        (b"\0\0\0\x18ftypmif1\0\0\0\0mif1miaf", "image/heif"),
        (b"\0\0\0\x18ftypmif1\0\0\0\0mif1heic", "image/heic"),
        (b"\0\0\0\x18ftypM4A \0\0\0\0M4A mp42", "audio/mp4"),
        (b"\0\0\0\x18ftyp3gp4\0\0\0\0isom3gp4", "video/3gpp"),
        (b"\0\0\0\x14ftypXAVC\0\0\0\0mp42", "video/mp4"),
        (b"\0\0\x10\0moov\0\0\0\x6cmvhd", "video/quicktime"),
        (b"ID3\x04\0\0\0\0\0\0", "audio/mpeg"),
    ],
)
def test_a_head_says_what_a_file_is(head: bytes, media_type: str) -> None:
    found = sniff(head)

    assert found is not None
    assert found.media_type == media_type


@pytest.mark.parametrize(
    "head",
    [
        b"",
        b"PK\x03\x04",
        b"RIFF\0\0\0\0AVI LIST",
        b"\0\0\0\x1cftypavif\0\0\0\0avifmif1miaf",
        b"\0\0\0\x1cftypmif1\0\0\0\0mif1avifmiaf",
        b"\x1a\x45\xdf\xa3\x01\0\0\0",
        b"\xff\xfb\x90\x64" + bytes(2000),
        b"\xff\xf1\x50\x80\x02\x1f\xfc" + bytes(200),
        b"\xff\xfb\xf0\x64",
        b"\xff\xfe#\0!\0",
    ],
)
def test_what_is_not_taken_is_not_guessed(head: bytes) -> None:
    assert sniff(head) is None


def mvhd(*, made: int, scale: int, duration: int, wide: bool = False) -> bytes:
    numbers = struct.pack(">QQIQ" if wide else ">IIII", made, made, scale, duration)
    body = bytes([int(wide), 0, 0, 0]) + numbers + bytes(80)
    header = struct.pack(">I4s", 8 + len(body), b"mvhd") + body
    return b"\0\0\0\x10ftypisom\0\0\0\0" + struct.pack(">I4s", 8 + len(header), b"moov") + header


def test_long_and_unset_numbers_of_a_container_are_read() -> None:
    seconds = int((MADE - datetime(1904, 1, 1, tzinfo=UTC)).total_seconds())
    long = taken(mvhd(made=seconds, scale=90_000, duration=180_000_000_000, wide=True))
    unset = taken(mvhd(made=0, scale=600, duration=0xFFFFFFFF))
    early = taken(mvhd(made=5, scale=600, duration=600))
    absurd = taken(mvhd(made=0, scale=1, duration=0x7FFFFFFF))

    assert (long.captured_at, long.duration_ms) == (MADE, None)  # 23 days: nobody records so long
    assert (unset.captured_at, unset.duration_ms) == (None, None)
    assert (early.captured_at, early.duration_ms) == (None, 1000)
    assert absurd.duration_ms is None


def box(name: bytes, body: bytes, *, size: int | None = None, wide: bool = False) -> bytes:
    whole = 8 + 8 * wide + len(body) if size is None else size
    if wide:
        return struct.pack(">I4sQ", 1, name, whole) + body
    return struct.pack(">I4s", whole, name) + body


HEADER = mvhd(made=0, scale=1000, duration=1500)[16:]
FTYP = b"\0\0\0\x10ftypisom\0\0\0\0"


@pytest.mark.parametrize(
    ("data", "duration_ms"),
    [
        (FTYP + box(b"mdat", bytes(40), wide=True) + HEADER, 1500),
        (FTYP + box(b"moov", HEADER[8:], size=0), 1500),
        (FTYP + box(b"mdat", bytes(40), size=0), None),
        (FTYP + box(b"moov", HEADER[8:], size=4), None),
        (FTYP + box(b"free", b"") * 10_001 + HEADER, None),
        (FTYP + box(b"moov", b""), None),
        (FTYP, None),
    ],
    ids=["wide", "to the end", "unfinished", "too short", "too many", "empty", "head alone"],
)
def test_boxes_of_every_form_are_walked(data: bytes, duration_ms: int | None) -> None:
    assert taken(data).duration_ms == duration_ms


def test_a_position_beyond_the_globe_is_none_and_a_text_without_one_is_passed_over() -> None:
    def placed(*notes: bytes) -> object:
        moov = HEADER[8:] + box(b"udta", b"".join(notes))
        return taken(FTYP + box(b"moov", moov)).place

    text = box(b"\xa9xyz", b"\0\x12\x15\xc7+03.6954-128.1814/")
    beyond = box(b"loci", bytes(6) + b"Kantor\0\0" + struct.pack(">iii", 200 << 16, 5 << 16, 0))
    found = placed(text)

    assert isinstance(found, Place)
    assert (found.latitude, found.longitude) == ("3.695400", "-128.181400")
    assert placed(box(b"\xa9xyz", b"di kantor")) is None
    assert placed(beyond) is None
    assert placed() is None


@pytest.mark.parametrize(
    ("media_type", "data"),
    [
        ("audio/wav", b"RF64" + offered.wav()[4:]),
        ("audio/wav", offered.wav()[:36]),
        ("audio/ogg", b"OggS" + bytes(600)),
        ("video/webm", b"\x1a\x45\xdf\xa3\x80" + b"\xec\x81\0"),
        ("video/webm", b"\0"),
        ("audio/mpeg", b""),
    ],
)
def test_what_a_container_does_not_say_is_not_made_up(media_type: str, data: bytes) -> None:
    assert see_recording(io.BytesIO(data), media_type) == SeenRecording()


@given(
    name=st.sampled_from(["clip.mp4", "clip.mov", "clip.webm", "voice.ogg", "note.opus", "wav"]),
    at=st.integers(0, 8000),
    noise=st.binary(min_size=1, max_size=12),
    cut=st.integers(0, 8000),
)
@settings(max_examples=150, deadline=None)
def test_a_damaged_container_says_less_and_breaks_nothing(
    name: str, at: int, noise: bytes, cut: int
) -> None:
    data = bytearray(offered.wav(0.4) if name == "wav" else offered.recording(name))
    data[at % len(data) : at % len(data) + len(noise)] = noise
    kinds = {"clip.mp4": "video/mp4", "clip.mov": "video/quicktime", "clip.webm": "video/webm"}
    media_type = kinds.get(name, "audio/wav" if name == "wav" else "audio/ogg")

    seen = see_recording(io.BytesIO(bytes(data[: max(cut, 1)])), media_type)

    assert seen.duration_ms is None or seen.duration_ms > 0


def test_a_recording_may_be_larger_than_a_photo_but_not_endless(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(intake, "LARGEST_FILE", 1000)
    path = tmp_path / "rekaman.wav"
    path.write_bytes(offered.wav())
    assert take_in(path, zone=UTC).size == len(offered.wav())

    monkeypatch.setattr(intake, "LARGEST_RECORDING", 2_000_000_000)
    with path.open("r+b") as file:
        file.truncate(2_000_000_001)  # sparse: it takes no room
    with pytest.raises(EvidenceRefused) as problem:
        take_in(path, zone=UTC)

    assert problem.value.code == "file_too_large"
    assert problem.value.places == {"file": str(path), "megabytes": 2000, "limit": 2000}
