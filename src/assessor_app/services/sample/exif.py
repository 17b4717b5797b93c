"""What a phone writes into its photographs: when, where, by what, and which way is up."""

from collections.abc import Mapping
from datetime import UTC, datetime

from PIL import ExifTags, Image
from PIL.TiffImagePlugin import IFDRational

_DEVICE = "CONTOH"

# How the pixels of an upright picture are stored for each EXIF orientation (CIPA DC-008, 4.6.4).
_STORED: Mapping[int, Image.Transpose | None] = {
    1: None,
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_90,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_270,
}


def stored(upright: Image.Image, orientation: int) -> Image.Image:
    """The pixels as a camera held that way stores them.

    Raises ValueError for an orientation other than 1 to 8.
    """
    if orientation not in _STORED:
        raise ValueError(f"orientation {orientation} is not 1 to 8")
    turn = _STORED[orientation]
    return upright if turn is None else upright.transpose(turn)


def exif(
    taken: datetime, place: tuple[float, float] | None, *, orientation: int, size: tuple[int, int]
) -> Image.Exif:
    """The EXIF block of a photograph; `place` is latitude and longitude in degrees.

    Raises ValueError where `taken` has no time zone.
    """
    offset = taken.strftime("%z")
    if not offset:
        raise ValueError("the time of a photograph needs its time zone")
    block = Image.Exif()
    block[ExifTags.Base.Make] = _DEVICE
    block[ExifTags.Base.Model] = _DEVICE
    block[ExifTags.Base.Orientation] = orientation
    block[ExifTags.Base.DateTime] = f"{taken:%Y:%m:%d %H:%M:%S}"
    details = block.get_ifd(ExifTags.IFD.Exif)
    details[ExifTags.Base.DateTimeOriginal] = f"{taken:%Y:%m:%d %H:%M:%S}"
    details[ExifTags.Base.OffsetTimeOriginal] = f"{offset[:3]}:{offset[3:5]}"
    details[ExifTags.Base.ExifImageWidth], details[ExifTags.Base.ExifImageHeight] = size
    if place is not None:
        block.get_ifd(ExifTags.IFD.GPSInfo).update(_gps(taken, place))
    return block


def _gps(taken: datetime, place: tuple[float, float]) -> dict[int, object]:
    latitude, longitude = place
    at = taken.astimezone(UTC)
    return {
        ExifTags.GPS.GPSVersionID: b"\x02\x03\x00\x00",
        ExifTags.GPS.GPSLatitudeRef: "N" if latitude >= 0 else "S",
        ExifTags.GPS.GPSLatitude: _sexagesimal(latitude),
        ExifTags.GPS.GPSLongitudeRef: "E" if longitude >= 0 else "W",
        ExifTags.GPS.GPSLongitude: _sexagesimal(longitude),
        ExifTags.GPS.GPSTimeStamp: tuple(map(IFDRational, (at.hour, at.minute, at.second))),
        ExifTags.GPS.GPSDateStamp: f"{at:%Y:%m:%d}",
    }


def _sexagesimal(degrees: float) -> tuple[IFDRational, IFDRational, IFDRational]:
    """Degrees, minutes and seconds; to a hundredth of a second, about 30 centimetres."""
    hundredths = round(abs(degrees) * 360_000)
    whole, rest = divmod(hundredths, 360_000)
    minutes, left = divmod(rest, 6_000)
    return IFDRational(whole), IFDRational(minutes), IFDRational(left, 100)
