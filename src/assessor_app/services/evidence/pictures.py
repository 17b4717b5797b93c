"""A picture that was taken in: what its metadata claims, and the smaller copies made of it."""

import contextlib
import io
import re
import struct
import warnings
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, tzinfo

import pi_heif
from PIL import ExifTags, Image, ImageOps, UnidentifiedImageError

from assessor_app.domain.instants import plausible
from assessor_app.domain.observation import Place
from assessor_app.domain.problem import EvidenceRefused
from assessor_app.services.evidence.covering import UNCOVERED, Covering, cover
from assessor_app.services.evidence.drawing import draw

LARGEST_PICTURE = 120_000_000  # pixels; decoding needs three bytes each
REPORT_SIDE = 1280  # pixels: the longer side of the copy in the report
THUMBNAIL_SIDE = 288  # pixels: four times the tile of a list on a screen of normal density
_DRAFT = 1.5  # times the side that is wanted: it is made smaller by a better way then
_REPORT_QUALITY = 80
_THUMBNAIL_QUALITY = 75
_FORMATS = ("JPEG", "PNG", "WEBP", "HEIF")
_BAD_METADATA = (OSError, ValueError, TypeError, KeyError, SyntaxError, struct.error)
UNREADABLE = (OSError, SyntaxError, ValueError, MemoryError, RuntimeError, EOFError)
"""The decoders tell of a damaged file by any of these."""
# Our own bound is checked on the header, before anything is decoded.
Image.MAX_IMAGE_PIXELS = None
# HEIF says itself how it stands; the decoder turns it and sets the EXIF orientation to upright.
pi_heif.register_heif_opener(thumbnails=False)


@dataclass(frozen=True, slots=True)
class Copies:
    """Upright JPEGs without metadata, made of an original: a hand-out must not carry positions."""

    report: bytes  # at most 1280 pixels
    thumbnail: bytes  # at most 288 pixels


@dataclass(frozen=True, slots=True)
class SeenPicture:
    """What a picture claims of itself, and its copies."""

    copies: Copies
    captured_at: datetime | None
    place: Place | None


def see_picture(
    data: bytes, *, name: str, zone: tzinfo, covering: Covering = UNCOVERED
) -> SeenPicture:
    """Decode a JPEG, PNG, WebP or HEIF picture; a refusal calls it `name`.

    `zone` is meant where the camera wrote local time without an offset. Raises EvidenceRefused
    `not_a_photo`, `photo_too_large`, `photo_damaged`.
    """
    try:
        with _quiet(), Image.open(io.BytesIO(data), formats=_FORMATS) as picture:
            width, height = picture.size
            if width * height > LARGEST_PICTURE:
                raise EvidenceRefused(
                    "photo_too_large",
                    file=name,
                    megapixels=round(width * height / 1e6),
                    limit=LARGEST_PICTURE // 1_000_000,
                )
            captured_at, place = _claims(picture, zone)
            return SeenPicture(_copies(picture, covering), captured_at, place)
    except UnidentifiedImageError as error:
        raise EvidenceRefused("not_a_photo", file=name) from error
    except UNREADABLE as error:
        raise EvidenceRefused("photo_damaged", file=name, cause=error) from error


def copies_of(picture: Image.Image, covering: Covering = UNCOVERED) -> Copies:
    """The copies of a picture that stands upright; it is made smaller itself, to save memory.

    It is covered before it is made smaller, so that nothing below a box is mixed into the pixels
    beside it, and once more afterwards, so that the box is black to its edges. What is drawn comes
    between the two: a cover wins over everything.
    """
    report = burnt(picture, covering, side=REPORT_SIDE)
    thumbnail = _fitted(report.copy(), THUMBNAIL_SIDE)
    return Copies(
        _jpeg(report, _REPORT_QUALITY, mark=covering.mark),
        _jpeg(thumbnail, _THUMBNAIL_QUALITY, mark=covering.mark),
    )


def burnt(picture: Image.Image, covering: Covering, *, side: int) -> Image.Image:
    """A picture that stands upright as it is handed out: at most `side` pixels long, covered."""
    cover(picture, covering.boxes)
    shown = _fitted(picture, side)
    draw(shown, covering.annotations)
    cover(shown, covering.boxes)
    return shown


def thumbnail_of(jpeg: bytes, *, mark: bytes) -> bytes:
    """A thumbnail made anew of the report's copy, which carries this mark."""
    with Image.open(io.BytesIO(jpeg), formats=("JPEG",)) as picture:
        picture.load()
        return _jpeg(_fitted(picture, THUMBNAIL_SIDE), _THUMBNAIL_QUALITY, mark=mark)


def upright(data: bytes, *, side: int, covering: Covering = UNCOVERED) -> Image.Image:
    """A picture as it stands upright, at most `side` pixels long and in plain colours.

    What `covering` says is burnt in. Raises OSError and what else the decoders raise for a damaged
    file.
    """
    with _quiet(), Image.open(io.BytesIO(data), formats=_FORMATS) as picture:
        return burnt(_turned(picture, side), covering, side=side)


def _copies(picture: Image.Image, covering: Covering) -> Copies:
    return copies_of(_turned(picture, REPORT_SIDE), covering)


def _turned(picture: Image.Image, side: int) -> Image.Image:
    """Upright; a JPEG is decoded no larger than is of use: of 12 megapixels in half the time."""
    width, height = picture.size
    share = _DRAFT * side / max(width, height)
    picture.draft("RGB", (max(1, int(width * share)), max(1, int(height * share))))
    try:
        return ImageOps.exif_transpose(picture)
    except _BAD_METADATA:
        return picture.copy()


def _fitted(picture: Image.Image, side: int) -> Image.Image:
    """At most `side` pixels long, in plain colours and without metadata; what is clear is white."""
    if picture.mode in ("I", "I;16"):  # 16 bits of grey, as scanners write: 8 are left of them
        picture = picture.point(lambda grey: grey / 256).convert("L")
    picture.thumbnail((side, side), reducing_gap=2.0)
    if picture.mode in ("RGBA", "LA", "PA") or "transparency" in picture.info:
        clear = picture.convert("RGBA")
        plain = Image.new("RGB", clear.size, "white")
        plain.paste(clear, mask=clear.getchannel("A"))
        return plain
    plain = picture.convert("RGB")
    plain.info.clear()
    return plain


def _jpeg(picture: Image.Image, quality: int, *, mark: bytes) -> bytes:
    out = io.BytesIO()
    picture.save(out, "JPEG", quality=quality, optimize=True, comment=mark)
    return out.getvalue()


@contextlib.contextmanager
def _quiet() -> Iterator[None]:
    """Pillow warns the terminal of damaged metadata; it concerns nobody there."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        yield


def _claims(picture: Image.Image, zone: tzinfo) -> tuple[datetime | None, Place | None]:
    """When and where a photo says it was taken; nothing where its metadata is damaged.

    A good photo is never refused for bad metadata, which Pillow meets with faults of many kinds.
    """
    try:
        exif = picture.getexif()
        return _captured_at(exif, zone), _place(exif)
    except _BAD_METADATA:
        return None, None


def _captured_at(exif: Image.Exif, zone: tzinfo) -> datetime | None:
    details = exif.get_ifd(ExifTags.IFD.Exif)
    text = details.get(ExifTags.Base.DateTimeOriginal) or exif.get(ExifTags.Base.DateTime)
    offset = str(details.get(ExifTags.Base.OffsetTimeOriginal) or "").strip()
    try:
        told = str(text).strip("\0 ")
        local = datetime.strptime(told, "%Y:%m:%d %H:%M:%S")  # noqa: DTZ007 - EXIF has no zone
        if re.fullmatch(r"[+-]\d\d:\d\d", offset):
            return plausible(datetime.fromisoformat(f"{local.isoformat()}{offset}"))
        return plausible(local.replace(tzinfo=zone))
    except ValueError:
        return None


def _place(exif: Image.Exif) -> Place | None:
    gps = exif.get_ifd(ExifTags.IFD.GPSInfo)
    try:
        latitude = _degrees(gps[ExifTags.GPS.GPSLatitude], gps[ExifTags.GPS.GPSLatitudeRef], "S")
        longitude = _degrees(gps[ExifTags.GPS.GPSLongitude], gps[ExifTags.GPS.GPSLongitudeRef], "W")
    except (KeyError, TypeError, ValueError, ZeroDivisionError):
        return None
    return Place(latitude, longitude)


def _degrees(parts: tuple[float, float, float], reference: str, negative: str) -> str:
    degrees, minutes, seconds = (float(part) for part in parts)
    value = degrees + minutes / 60 + seconds / 3600
    if not 0 <= value <= 180:  # noqa: PLR2004 - degrees on a globe; also refuses NaN
        raise ValueError(f"{value} is no position")
    return f"{-value if reference == negative else value:.6f}"
