"""The demo's photographs are what a phone would have written."""

import io
from datetime import UTC, datetime, timedelta, timezone

import pytest
from PIL import ExifTags, Image, ImageChops, ImageOps, ImageStat

from assessor_app.services.sample.photos import Scene, caption, draw
from assessor_app.texts import Language, catalogue

TAKEN = datetime(2015, 8, 12, 9, 30, 15, tzinfo=timezone(timedelta(hours=9)))
AMBON = (-3.6954, 128.1814)


@pytest.mark.parametrize("scene", Scene)
def test_each_scene_is_a_full_size_photograph_with_a_caption(scene: Scene) -> None:
    content = draw(scene, taken=TAKEN, place=AMBON)

    photograph = Image.open(io.BytesIO(content))
    assert (photograph.format, photograph.size) == ("JPEG", (4000, 3000))
    assert 300_000 < len(content) < 3_000_000
    assert caption(scene, Language.INDONESIAN) != caption(scene, Language.ENGLISH)


def test_every_caption_belongs_to_a_scene() -> None:
    for language in Language:
        assert set(catalogue("sample", language)) >= {f"scene.{scene.value}" for scene in Scene}


def test_time_place_and_device_stand_in_the_exif_block() -> None:
    photograph = Image.open(io.BytesIO(draw(Scene.RAMP, taken=TAKEN, place=AMBON)))

    block = photograph.getexif()
    details = block.get_ifd(ExifTags.IFD.Exif)
    gps = block.get_ifd(ExifTags.IFD.GPSInfo)
    assert (block[ExifTags.Base.Make], block[ExifTags.Base.Model]) == ("CONTOH", "CONTOH")
    assert details[ExifTags.Base.DateTimeOriginal] == "2015:08:12 09:30:15"
    assert details[ExifTags.Base.OffsetTimeOriginal] == "+09:00"
    assert (gps[ExifTags.GPS.GPSLatitudeRef], gps[ExifTags.GPS.GPSLongitudeRef]) == ("S", "E")
    assert degrees(gps[ExifTags.GPS.GPSLatitude]) == pytest.approx(3.6954, abs=1e-5)
    assert degrees(gps[ExifTags.GPS.GPSLongitude]) == pytest.approx(128.1814, abs=1e-5)
    assert gps[ExifTags.GPS.GPSDateStamp] == "2015:08:12"
    assert [float(part) for part in gps[ExifTags.GPS.GPSTimeStamp]] == [0, 30, 15]


def test_a_photograph_without_a_place_has_no_gps() -> None:
    photograph = Image.open(io.BytesIO(draw(Scene.RAMP, taken=TAKEN, place=None)))

    assert not photograph.getexif().get_ifd(ExifTags.IFD.GPSInfo)


@pytest.mark.parametrize("orientation", [3, 6, 8])
def test_a_turned_photograph_is_upright_for_a_reader_that_heeds_its_exif(orientation: int) -> None:
    upright = Image.open(io.BytesIO(draw(Scene.RAMP, taken=TAKEN, place=None)))
    turned = draw(Scene.RAMP, taken=TAKEN, place=None, orientation=orientation)

    photograph = Image.open(io.BytesIO(turned))
    assert photograph.getexif()[ExifTags.Base.Orientation] == orientation
    shown = ImageOps.exif_transpose(photograph)
    difference = ImageChops.difference(shown.reduce(10), upright.reduce(10))
    assert max(ImageStat.Stat(difference).mean) < 1
    stored = photograph.resize(upright.size).reduce(10)
    assert max(ImageStat.Stat(ImageChops.difference(stored, upright.reduce(10))).mean) > 10


def test_the_same_photograph_comes_out_the_same() -> None:
    first = draw(Scene.DOCUMENTS, taken=TAKEN, place=AMBON)

    assert first == draw(Scene.DOCUMENTS, taken=TAKEN, place=AMBON)


def test_a_time_without_zone_and_an_unknown_orientation_are_refused() -> None:
    naive = TAKEN.replace(tzinfo=None)

    with pytest.raises(ValueError, match="time zone"):
        draw(Scene.RAMP, taken=naive, place=None)
    with pytest.raises(ValueError, match="orientation 9"):
        draw(Scene.RAMP, taken=TAKEN.astimezone(UTC), place=None, orientation=9)


def degrees(parts: tuple[float, float, float]) -> float:
    whole, minutes, seconds = (float(part) for part in parts)
    return whole + minutes / 60 + seconds / 3600
