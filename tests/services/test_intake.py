"""Photos taken in: what is one, what it claims, what the report gets of it."""

import hashlib
import io
import struct
import zlib
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image
from tests.visiting import jpeg

from assessor_app.domain.observation import Place
from assessor_app.domain.problem import EvidenceRefused
from assessor_app.services.evidence import intake
from assessor_app.services.evidence.intake import take_in, take_in_bytes
from assessor_app.services.sample.photos import Scene, draw

WIT = timezone(timedelta(hours=9))
TAKEN = datetime(2026, 11, 22, 9, 14, 5, tzinfo=WIT)


def written(folder: Path, data: bytes, name: str = "foto.jpg") -> Path:
    path = folder / name
    path.write_bytes(data)
    return path


def refused_code(path: Path) -> str:
    with pytest.raises(EvidenceRefused) as refused:
        take_in(path, zone=UTC)
    return refused.value.code


@pytest.fixture(scope="module")
def original() -> bytes:
    """As a phone takes it: a big picture, lying on its side."""
    return draw(Scene.RAMP, taken=TAKEN, place=(-3.6954, 128.1814), orientation=6)


def test_a_real_photo_keeps_its_bytes_and_tells_its_claims(tmp_path: Path, original: bytes) -> None:
    taken = take_in(written(tmp_path, original), zone=UTC)

    assert taken.original == original
    assert taken.sha256 == hashlib.sha256(original).hexdigest()
    assert taken.media_type == "image/jpeg"
    assert taken.captured_at == TAKEN
    assert taken.place is not None
    assert abs(float(taken.place.latitude) + 3.6954) < 1e-4
    assert abs(float(taken.place.longitude) - 128.1814) < 1e-4


def test_the_copy_for_the_report_is_small_upright_and_says_nothing_of_the_place(
    original: bytes,
) -> None:
    taken = take_in_bytes(original, name="foto", zone=UTC)

    copy = Image.open(io.BytesIO(taken.report_copy))

    assert copy.size == (1280, 960)
    assert not copy.getexif()


def test_a_camera_without_a_zone_is_meant_where_the_assessor_is(tmp_path: Path) -> None:
    exif = Image.Exif()
    exif[0x0132] = "2026:11:22 09:14:05"
    out = io.BytesIO()
    Image.new("RGB", (8, 8)).save(out, "JPEG", exif=exif)

    taken = take_in(written(tmp_path, out.getvalue()), zone=WIT)

    assert taken.captured_at == TAKEN
    assert taken.place is None


@pytest.mark.parametrize(
    "gps",
    [
        {},
        {1: "S", 2: (3, 41, 43), 3: "E"},
        {1: "S", 2: (300, 0, 0), 3: "E", 4: (1, 2, 3)},
    ],
)
def test_a_position_that_is_none_is_left_out(tmp_path: Path, gps: dict[int, object]) -> None:
    exif = Image.Exif()
    exif[0x8825] = gps
    out = io.BytesIO()
    Image.new("RGB", (8, 8)).save(out, "JPEG", exif=exif)

    assert take_in(written(tmp_path, out.getvalue()), zone=UTC).place is None


def test_a_position_in_the_west_is_negative(tmp_path: Path) -> None:
    exif = Image.Exif()
    exif[0x8825] = {1: "N", 2: (3.0, 30.0, 0.0), 3: "W", 4: (10.0, 0.0, 0.0)}
    out = io.BytesIO()
    Image.new("RGB", (8, 8)).save(out, "JPEG", exif=exif)

    assert take_in(written(tmp_path, out.getvalue()), zone=UTC).place == Place(
        "3.500000", "-10.000000"
    )


@pytest.mark.parametrize("mode", ["RGBA", "LA", "P", "L", "CMYK", "1", "I;16"])
def test_pictures_of_every_kind_become_a_plain_copy(tmp_path: Path, mode: str) -> None:
    kind = "JPEG" if mode == "CMYK" else "PNG"
    out = io.BytesIO()
    Image.new(mode, (2000, 500)).save(out, kind)

    copy = Image.open(io.BytesIO(take_in(written(tmp_path, out.getvalue()), zone=UTC).report_copy))

    assert (copy.mode, copy.size) == ("RGB", (1280, 320))


@pytest.mark.parametrize("mode", ["L", "I;16"])
def test_a_scan_of_many_greys_is_as_bright_in_its_copy(mode: str) -> None:
    """Of 16 bits as of 8: clipped to 8, all of such a scan would be white."""
    dark, bright = (b"\x00\x30", b"\x00\xc0") if mode == "I;16" else (b"\x30", b"\xc0")
    out = io.BytesIO()
    Image.frombytes(mode, (1280, 4), (dark * 640 + bright * 640) * 4).save(out, "PNG")

    taken = take_in_bytes(out.getvalue(), name="pindaian", zone=UTC)

    copy = Image.open(io.BytesIO(taken.report_copy)).convert("L")
    assert [copy.getpixel((x, 2)) for x in (100, 1100)] == pytest.approx([0x30, 0xC0], abs=2)


def test_what_is_clear_becomes_white_not_black(tmp_path: Path) -> None:
    out = io.BytesIO()
    Image.new("RGBA", (40, 40), (0, 0, 0, 0)).save(out, "PNG")

    copy = Image.open(io.BytesIO(take_in(written(tmp_path, out.getvalue()), zone=UTC).report_copy))

    assert copy.getpixel((5, 5)) == (255, 255, 255)


def test_webp_is_taken(tmp_path: Path) -> None:
    out = io.BytesIO()
    Image.new("RGB", (40, 40)).save(out, "WEBP")

    assert take_in(written(tmp_path, out.getvalue()), zone=UTC).media_type == "image/webp"


def huge_png(width: int, height: int) -> bytes:
    """A PNG of that many pixels in a few bytes: only its header is true."""

    def chunk(name: bytes, data: bytes) -> bytes:
        body = name + data
        return struct.pack(">I", len(data)) + body + struct.pack(">I", zlib.crc32(body))

    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", zlib.compress(b"\0"))


def test_200_megapixels_are_refused_before_they_are_decoded(tmp_path: Path) -> None:
    path = written(tmp_path, huge_png(20_000, 10_000), "besar.png")

    with pytest.raises(EvidenceRefused) as refused:
        take_in(path, zone=UTC)

    assert refused.value.code == "photo_too_large"
    assert refused.value.places["megapixels"] == 200


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "file_empty"),
        (b"%PDF-1.7 not a picture", "document_damaged"),
        (b"GIF89a" + bytes(40), "evidence_kind_unknown"),
        (b"bukan foto", "evidence_kind_unknown"),
        (b"\xff\xfe" + "catatan".encode("utf-16-le"), "evidence_kind_unknown"),
        (jpeg()[:600], "photo_damaged"),
        (huge_png(100, 100), "photo_damaged"),
        (b"\xff\xd8\xff" + bytes(100), "not_a_photo"),
    ],
)
def test_what_is_no_evidence_is_refused_by_name(tmp_path: Path, data: bytes, code: str) -> None:
    assert refused_code(written(tmp_path, data)) == code


def test_a_path_that_is_no_file_is_refused(tmp_path: Path) -> None:
    assert refused_code(tmp_path / "none.jpg") == "file_missing"
    assert refused_code(tmp_path) == "file_no_file"
    assert refused_code(Path("a\0b")) == "file_missing"


def test_a_file_that_is_too_large_is_not_even_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(intake, "LARGEST_FILE", 10)

    assert refused_code(written(tmp_path, jpeg())) == "file_too_large"


@given(at=st.integers(20, 400), byte=st.integers(0, 255))
@settings(max_examples=150)
def test_damaged_metadata_never_costs_a_good_photo(at: int, byte: int) -> None:
    exif = Image.Exif()
    exif[0x0132] = "2026:11:22 09:14:05"
    exif[0x8825] = {1: "S", 2: (3.0, 41.0, 43.0), 3: "E", 4: (128.0, 10.0, 52.0)}
    block = bytearray(exif.tobytes())
    if at < len(block):
        block[at] = byte
    out = io.BytesIO()
    Image.new("RGB", (8, 8)).save(out, "JPEG", exif=bytes(block))

    assert take_in_bytes(out.getvalue(), name="foto", zone=UTC).media_type == "image/jpeg"


def test_an_unset_camera_clock_is_no_time(tmp_path: Path) -> None:
    exif = Image.Exif()
    exif[0x0132] = "0002:01:01 00:00:00"
    out = io.BytesIO()
    Image.new("RGB", (8, 8)).save(out, "JPEG", exif=exif)

    assert take_in(written(tmp_path, out.getvalue()), zone=UTC).captured_at is None
