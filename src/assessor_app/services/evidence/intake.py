"""Taking a file in as evidence: what it is, what it claims, and the smaller pictures of it."""

import hashlib
import io
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, tzinfo
from pathlib import Path
from typing import BinaryIO, assert_never

from PIL import Image

from assessor_app.domain.event import Json
from assessor_app.domain.instants import instant_text
from assessor_app.domain.observation import EvidenceKind, EvidenceSource, ObservationKey, Place
from assessor_app.domain.problem import EvidenceRefused, IssueProblem
from assessor_app.reporting.first_page import FirstPage, first_page
from assessor_app.services.entries import clean_text
from assessor_app.services.evidence.covering import UNCOVERED, Covering
from assessor_app.services.evidence.kinds import HEAD_BYTES, Kind, as_sound, sniff
from assessor_app.services.evidence.pictures import REPORT_SIDE, Copies, copies_of, see_picture
from assessor_app.services.evidence.recordings import see_recording

LARGEST_FILE = 100_000_000  # bytes of a photo or a document: it is decoded in memory
LARGEST_RECORDING = 2_000_000_000  # bytes; it is read in pieces and never held whole
_DIGESTED = 1024 * 1024  # bytes read at a time


@dataclass(frozen=True, slots=True)
class TakenIn:
    """A file that was accepted: its untouched bytes, what it claims, and copies to be shown.

    `original` is the path of a recording, which may be too long for the memory; it is read again
    when it is sealed, and must be the same then. `name` is what a refusal calls the file.
    """

    original: bytes | Path
    sha256: str
    size: int
    kind: EvidenceKind
    media_type: str
    name: str = field(compare=False)  # the same bytes are the same file, whatever it is called
    report_copy: bytes = b""  # a JPEG of at most 1280 pixels; empty for a recording
    thumbnail: bytes = b""
    captured_at: datetime | None = None
    place: Place | None = None
    pages: int | None = None
    duration_ms: int | None = None
    staged_as: str | None = (
        None  # its id in the vault, where services/evidence/attaching.py put it already
    )


def take_in(path: Path, *, zone: tzinfo) -> TakenIn:
    """Read a file: a photo, a PDF, a sound or a video recording, by its content.

    `zone` is meant where the camera wrote local time without an offset. Raises EvidenceRefused
    `file_missing`, `file_no_file`, `file_unreadable`, `file_empty`, `file_too_large`,
    `evidence_kind_unknown`, `not_a_photo`, `photo_too_large`, `photo_damaged`, `document_locked`,
    `document_damaged`.
    """
    name = str(path)
    with _reading(path) as file:
        kind = _kind(file.read(HEAD_BYTES), name)
        size = file.seek(0, io.SEEK_END)
        _require_size(size, kind, name)
        file.seek(0)
        if _is_recording(kind):
            return _recording(file, kind, original=path, name=name)
        data = file.read()
    return _held(data, kind, name=name, zone=zone)


def take_in_bytes(data: bytes, *, name: str, zone: tzinfo) -> TakenIn:
    """Take in what is no file, from the clipboard or dropped; a refusal calls it `name`.

    The bytes are kept as they are. `zone` and what is raised as for `take_in`.
    """
    kind = _kind(data[:HEAD_BYTES], name)
    _require_size(len(data), kind, name)
    if _is_recording(kind):
        return _recording(io.BytesIO(data), kind, original=data, name=name)
    return _held(data, kind, name=name, zone=zone)


def evidence_values(
    evidence_id: str,
    taken: TakenIn,
    key: ObservationKey,
    *,
    source: EvidenceSource,
    caption: str | None,
) -> dict[tuple[str, str], Json]:
    """What the record says of a file that was taken in for one observation.

    `evidence_id` is what it is called, unless it was staged under an id already.
    """
    place = taken.place
    told: dict[str, Json] = {
        "sha256": taken.sha256,
        "kind": taken.kind.value,
        "media_type": taken.media_type,
        "size": taken.size,
        "source": source.value,
        "captured_at": instant_text(taken.captured_at) if taken.captured_at else None,
        "place": {"latitude": place.latitude, "longitude": place.longitude} if place else None,
        "caption": clean_text(caption, "caption"),
        "attached_to": [key.entity],
    }
    only_some: dict[str, Json] = {"pages": taken.pages, "duration_ms": taken.duration_ms}
    told |= {name: value for name, value in only_some.items() if value is not None}
    entity = f"evidence/{taken.staged_as or evidence_id}"
    return {(entity, name): value for name, value in told.items()}


@contextmanager
def _reading(path: Path) -> Iterator[BinaryIO]:
    try:
        if not path.exists():
            raise EvidenceRefused("file_missing", file=path)
        if not path.is_file():
            raise EvidenceRefused("file_no_file", file=path)
        with path.open("rb") as file:
            yield file
    except OSError as error:
        raise EvidenceRefused(
            "file_unreadable", file=path, cause=error.strerror or error
        ) from error


def _kind(head: bytes, name: str) -> Kind:
    if not head:
        raise EvidenceRefused("file_empty", file=name)
    kind = sniff(head)
    if kind is None:
        raise EvidenceRefused("evidence_kind_unknown", file=name)
    return kind


def _is_recording(kind: Kind) -> bool:
    return kind.kind in (EvidenceKind.AUDIO, EvidenceKind.VIDEO)


def _require_size(size: int, kind: Kind, name: str) -> None:
    limit = LARGEST_RECORDING if _is_recording(kind) else LARGEST_FILE
    if size > limit:
        raise EvidenceRefused(
            "file_too_large",
            file=name,
            megabytes=size // 1_000_000,
            limit=limit // 1_000_000,
        )


def _held(data: bytes, kind: Kind, *, name: str, zone: tzinfo) -> TakenIn:
    """A photo or a document, which is looked at whole."""
    sha256 = hashlib.sha256(data).hexdigest()
    taken = TakenIn(data, sha256, len(data), kind.kind, kind.media_type, name)
    if kind.kind is EvidenceKind.DOCUMENT:
        first = _first_page(data, name)
        copies = document_copies(first)
        taken = replace(taken, pages=first.pages)
    else:
        seen = see_picture(data, name=name, zone=zone)
        copies = seen.copies
        taken = replace(taken, captured_at=seen.captured_at, place=seen.place)
    return replace(taken, report_copy=copies.report, thumbnail=copies.thumbnail)


def _first_page(pdf: bytes, name: str) -> FirstPage:
    try:
        return first_page(pdf, width=REPORT_SIDE)
    except IssueProblem as problem:
        if problem.code == "pdf_encrypted":
            raise EvidenceRefused("document_locked", file=name) from problem
        cause = problem.places["reason"]
        raise EvidenceRefused("document_damaged", file=name, cause=cause) from problem


def document_copies(first: FirstPage, covering: Covering = UNCOVERED) -> Copies:
    """The pictures that stand for a document: its first page."""
    drawn = first.picture
    size = (drawn.width, drawn.height)
    page = Image.frombuffer("RGB", size, drawn.pixels, "raw", "BGR", drawn.stride, 1).copy()
    return copies_of(page, covering)


def covered_copies(original: bytes, kind: EvidenceKind, covering: Covering, *, name: str) -> Copies:
    """The copies of a photo or document anew, covered; none of a recording.

    Raises EvidenceRefused as `take_in`.
    """
    match kind:
        case EvidenceKind.PHOTO:
            return see_picture(original, name=name, zone=UTC, covering=covering).copies
        case EvidenceKind.DOCUMENT:
            return document_copies(_first_page(original, name), covering)
        case EvidenceKind.AUDIO | EvidenceKind.VIDEO:
            return Copies(b"", b"")
        case _:
            assert_never(kind)


def _recording(file: BinaryIO, kind: Kind, *, original: bytes | Path, name: str) -> TakenIn:
    digest, size = hashlib.sha256(), 0
    while piece := file.read(_DIGESTED):
        digest.update(piece)
        size += len(piece)
    seen = see_recording(file, kind.media_type)
    if seen.has_pictures is False:
        kind = as_sound(kind)
    return TakenIn(
        original=original,
        sha256=digest.hexdigest(),
        size=size,
        kind=kind.kind,
        media_type=kind.media_type,
        name=name,
        captured_at=seen.captured_at,
        place=seen.place,
        duration_ms=seen.duration_ms,
    )
