"""Taking a photo in: is it one, what does it claim, and the smaller copy for the report."""

import contextlib
import hashlib
import io
import re
import struct
import warnings
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, tzinfo
from pathlib import Path

from PIL import ExifTags, Image, ImageOps, UnidentifiedImageError

from assessor_app.domain.event import Json
from assessor_app.domain.instants import instant_text, plausible
from assessor_app.domain.observation import EvidenceSource, ObservationKey, Place
from assessor_app.domain.problem import EvidenceRefused
from assessor_app.services.entries import clean_text

LARGEST_FILE = 100_000_000  # bytes
LARGEST_PICTURE = 120_000_000  # pixels; decoding needs three bytes each
REPORT_SIDE = 1280  # pixels: the longer side of the copy in the report
_REPORT_QUALITY = 80
_MEDIA = {"JPEG": "image/jpeg", "MPO": "image/jpeg", "PNG": "image/png", "WEBP": "image/webp"}
_BAD_METADATA = (OSError, ValueError, TypeError, KeyError, SyntaxError, struct.error)
# Our own bound is checked on the header, before anything is decoded.
Image.MAX_IMAGE_PIXELS = None


@dataclass(frozen=True, slots=True)
class TakenIn:
    """A photo that was accepted: its untouched bytes, what it claims, and the report's copy."""

    original: bytes
    sha256: str
    media_type: str
    report_copy: bytes
    captured_at: datetime | None
    place: Place | None


def take_in(path: Path, *, zone: tzinfo) -> TakenIn:
    """Read a photo file.

    `zone` is meant where the camera wrote local time without an offset. Raises EvidenceRefused
    `file_missing`, `file_unreadable`, `file_empty`, `file_too_large`, `not_a_photo`,
    `photo_too_large`, `photo_damaged`.
    """
    return take_in_bytes(_bytes_of(path), name=str(path), zone=zone)


def take_in_bytes(data: bytes, *, name: str, zone: tzinfo) -> TakenIn:
    """Take a photo that is no file, from the clipboard or dropped; a refusal calls it `name`.

    The bytes are kept as they are. `zone` and what is raised as for `take_in`.
    """
    _require_size(len(data), name)
    try:
        with _quiet(), Image.open(io.BytesIO(data), formats=("JPEG", "PNG", "WEBP")) as picture:
            width, height = picture.size
            if width * height > LARGEST_PICTURE:
                raise EvidenceRefused(
                    "photo_too_large",
                    file=name,
                    megapixels=round(width * height / 1e6),
                    limit=LARGEST_PICTURE // 1_000_000,
                )
            media_type = _MEDIA[str(picture.format)]
            captured_at, place = _claims(picture, zone)
            report_copy = _report_copy(picture)
    except UnidentifiedImageError as error:
        raise EvidenceRefused("not_a_photo", file=name) from error
    except (OSError, SyntaxError, ValueError, MemoryError) as error:
        # Pillow tells of a damaged file by any of these.
        raise EvidenceRefused("photo_damaged", file=name, cause=error) from error
    return TakenIn(
        original=data,
        sha256=hashlib.sha256(data).hexdigest(),
        media_type=media_type,
        report_copy=report_copy,
        captured_at=captured_at,
        place=place,
    )


def evidence_values(
    evidence_id: str,
    photo: TakenIn,
    key: ObservationKey,
    *,
    source: EvidenceSource,
    caption: str | None,
) -> dict[tuple[str, str], Json]:
    """What the record says of a photo that was taken in for one observation."""
    entity = f"evidence/{evidence_id}"
    place = photo.place
    return {
        (entity, "sha256"): photo.sha256,
        (entity, "kind"): "photo",
        (entity, "media_type"): photo.media_type,
        (entity, "size"): len(photo.original),
        (entity, "source"): source.value,
        (entity, "captured_at"): instant_text(photo.captured_at) if photo.captured_at else None,
        (entity, "place"): (
            {"latitude": place.latitude, "longitude": place.longitude} if place else None
        ),
        (entity, "caption"): clean_text(caption, "caption"),
        (entity, "attached_to"): [key.entity],
    }


def _bytes_of(path: Path) -> bytes:
    try:
        if not path.exists():
            raise EvidenceRefused("file_missing", file=path)
        if not path.is_file():
            raise EvidenceRefused("file_unreadable", file=path, cause="–")
        _require_size(path.stat().st_size, str(path))  # before it fills the memory
        return path.read_bytes()
    except OSError as error:
        raise EvidenceRefused(
            "file_unreadable", file=path, cause=error.strerror or error
        ) from error


def _require_size(size: int, name: str) -> None:
    if not size:
        raise EvidenceRefused("file_empty", file=name)
    if size > LARGEST_FILE:
        raise EvidenceRefused(
            "file_too_large",
            file=name,
            megabytes=size // 1_000_000,
            limit=LARGEST_FILE // 1_000_000,
        )


def _report_copy(picture: Image.Image) -> bytes:
    """Upright, at most 1280 pixels, without EXIF: a hand-out must not carry positions."""
    picture.draft("RGB", (REPORT_SIDE * 2, REPORT_SIDE * 2))
    try:
        upright = ImageOps.exif_transpose(picture)
    except _BAD_METADATA:
        upright = picture.copy()
    upright.thumbnail((REPORT_SIDE, REPORT_SIDE), reducing_gap=2.0)
    if upright.mode in ("RGBA", "LA", "PA") or "transparency" in upright.info:
        clear = upright.convert("RGBA")
        upright = Image.new("RGB", clear.size, "white")
        upright.paste(clear, mask=clear.getchannel("A"))
    out = io.BytesIO()
    upright.convert("RGB").save(out, "JPEG", quality=_REPORT_QUALITY, optimize=True)
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
