"""The letterhead: as set in the store, the usual where nothing is, a logo kept small and plain."""

import io
import struct
from pathlib import Path
from zlib import crc32

import pytest
from PIL import Image
from tests.services.test_evidence_report import pages, pictures
from tests.visiting import PASSPHRASE

from assessor_app.compose import Application
from assessor_app.domain.problem import StoreProblem
from assessor_app.services import logo
from assessor_app.services.enrolment import Workplace
from assessor_app.services.letterhead import letterhead
from assessor_app.services.preview import preview
from assessor_app.services.report.words import Words
from assessor_app.services.session import Session
from assessor_app.services.store_settings import change_settings, setting_from_text, settings
from assessor_app.texts import Language

ADDRESS = "Jalan Contoh Nomor 15\nKota Ambon 97116"


def words(workplace: Workplace) -> Words:
    return Words(Language.INDONESIAN, workplace.profile.zone)


def drawn(path: Path, *, size: tuple[int, int] = (1200, 900), mode: str = "RGBA") -> Path:
    Image.new(mode, size, (200, 30, 40, 0) if mode == "RGBA" else "navy").save(path)
    return path


def test_nothing_set_heads_with_the_ombudsman_and_the_assessors_office(
    workplace: Workplace,
) -> None:
    found = letterhead(workplace, words(workplace))

    assert found.organisation == "Ombudsman Republik Indonesia"
    assert found.office == workplace.profile.office
    assert (found.address, found.logo) == ((), None)


def test_what_is_set_heads_every_document_after_a_restart_too(
    application: Application, workplace: Workplace, session: Session, tmp_path: Path
) -> None:
    change_settings(
        workplace,
        letterhead_organisation="Lembaga Contoh",
        letterhead_office="Kantor Perwakilan Contoh",
        letterhead_address=ADDRESS,
        letterhead_contact="Telepon (0911) 000 000",
        letterhead_logo=drawn(tmp_path / "logo.png"),
    )

    again = application.unlock(PASSPHRASE)
    found = letterhead(again, words(again))
    again.store.close()

    assert (found.organisation, found.office) == ("Lembaga Contoh", "Kantor Perwakilan Contoh")
    assert found.address == (*ADDRESS.split("\n"), "Telepon (0911) 000 000")
    assert found.logo is not None
    pdf = preview(session, workplace, Language.INDONESIAN)
    assert pictures(pdf) == 1
    assert all(
        line in pages(pdf) for line in ("LEMBAGA CONTOH", *found.address, "Kantor Perwakilan")
    )


@pytest.mark.parametrize("mode", ["RGBA", "RGB", "L", "P"])
def test_a_logo_is_kept_small_in_plain_colours_and_without_metadata(
    tmp_path: Path, mode: str
) -> None:
    path = tmp_path / "logo.png"
    Image.new("RGB", (1200, 900), "navy").convert(mode).save(path)

    with Image.open(io.BytesIO(logo.logo_of(path))) as kept:
        assert (kept.mode, kept.format) == ("RGB", "PNG")
        assert kept.width <= 600
        assert kept.height <= 200
        assert not kept.info.get("exif")


def test_what_is_clear_in_a_logo_is_white_on_paper(tmp_path: Path) -> None:
    with Image.open(io.BytesIO(logo.logo_of(drawn(tmp_path / "logo.png")))) as kept:
        assert kept.getpixel((5, 5)) == (255, 255, 255)


def test_a_grey_logo_of_sixteen_bits_keeps_its_grey(tmp_path: Path) -> None:
    path = tmp_path / "logo.png"
    Image.new("I;16", (300, 300), 32896).save(path)

    with Image.open(io.BytesIO(logo.logo_of(path))) as kept:
        assert kept.getpixel((5, 5)) == (128, 128, 128)


def test_a_logo_stands_as_its_camera_says_and_in_its_printed_colours(tmp_path: Path) -> None:
    path = tmp_path / "logo.jpg"
    wide = Image.new("CMYK", (400, 200), (0, 255, 255, 0))
    turned = wide.getexif()
    turned[0x0112] = 6  # orientation: a quarter to the right
    wide.save(path, exif=turned)

    with Image.open(io.BytesIO(logo.logo_of(path))) as kept:
        assert kept.size == (100, 200)
        red, green, blue = kept.tobytes()[:3]
        assert red > 200 > green + blue


def test_a_file_that_claims_to_be_enormous_is_refused_like_any_other(tmp_path: Path) -> None:
    path = tmp_path / "logo.png"
    head = struct.pack(">IIBBBBB", 30_000, 30_000, 8, 0, 0, 0, 0)
    chunk = b"IHDR" + head
    path.write_bytes(
        b"\x89PNG\r\n\x1a\n" + struct.pack(">I", 13) + chunk + struct.pack(">I", crc32(chunk))
    )

    with pytest.raises(StoreProblem) as refused:
        logo.logo_of(path)

    assert refused.value.code == "logo_unfit"


def test_a_logo_of_many_colours_becomes_a_jpeg(tmp_path: Path) -> None:
    path = tmp_path / "logo.png"
    Image.effect_noise((1200, 400), 120).convert("RGB").save(path)

    made = logo.logo_of(path)

    assert made.startswith(b"\xff\xd8\xff")


@pytest.mark.parametrize("content", [b"", b"no picture", b"\x89PNG\r\n\x1a\n" + b"x" * 40])
def test_a_file_that_is_no_picture_changes_nothing(
    workplace: Workplace, tmp_path: Path, content: bytes
) -> None:
    path = tmp_path / "logo.png"
    path.write_bytes(content)

    with pytest.raises(StoreProblem) as refused:
        change_settings(workplace, letterhead_logo=path, letterhead_office="Lain")

    assert refused.value.code == "logo_unfit"
    assert settings(workplace).letterhead_office is None


def test_a_picture_too_large_is_refused_before_it_is_decoded(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(logo, "LARGEST_FILE", 10)
    with pytest.raises(StoreProblem) as by_bytes:
        logo.logo_of(drawn(tmp_path / "one.png"))
    monkeypatch.undo()
    monkeypatch.setattr(logo, "_LARGEST", 1000)
    with pytest.raises(StoreProblem) as by_pixels:
        logo.logo_of(drawn(tmp_path / "two.png"))

    assert by_bytes.value.code == by_pixels.value.code == "logo_unfit"


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("letterhead_office", "x" * 161),
        ("letterhead_contact", "satu\ndua"),
        ("letterhead_address", "a\nb\nc\nd"),
    ],
)
def test_a_letterhead_that_would_push_the_page_down_is_refused(
    workplace: Workplace, name: str, value: str
) -> None:
    with pytest.raises(StoreProblem) as refused:
        change_settings(workplace, **{name: value})

    assert refused.value.code == "letterhead_too_long"


@pytest.mark.parametrize("value", ["no base64 !", "", 7])
def test_a_logo_of_another_kind_is_refused(workplace: Workplace, value: object) -> None:
    with pytest.raises(StoreProblem) as refused:
        change_settings(workplace, letterhead_logo=value)

    assert refused.value.code == "setting_not_text"


def test_what_was_set_can_be_taken_back(workplace: Workplace, tmp_path: Path) -> None:
    change_settings(
        workplace, letterhead_address=ADDRESS, letterhead_logo=drawn(tmp_path / "logo.png")
    )

    change_settings(workplace, letterhead_address=None, letterhead_logo=None)

    found = settings(workplace)
    assert (found.letterhead_address, found.letterhead_logo) == (None, None)


def test_a_typed_address_has_its_lines_parted_by_semicolons(tmp_path: Path) -> None:
    assert setting_from_text("letterhead_address", "Jalan A; Kota B ") == "Jalan A\nKota B"
    assert setting_from_text("letterhead_logo", str(tmp_path)) == tmp_path
    assert setting_from_text("letterhead_office", "-") is None
