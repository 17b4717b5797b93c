"""Taking a file in as evidence: what it is, what it claims, and the smaller pictures of it."""

import contextlib
import hashlib
import io
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, tzinfo
from pathlib import Path
from typing import BinaryIO, assert_never

from PIL import Image

from assessor_app.domain.observation import EvidenceKind
from assessor_app.domain.problem import EvidenceRefused, IssueProblem
from assessor_app.reporting.first_page import FirstPage, first_page
from assessor_app.reporting.pictures import Picture, page_picture
from assessor_app.services.evidence.covering import UNCOVERED, Covering
from assessor_app.services.evidence.kinds import HEAD_BYTES, Kind, as_sound, sniff
from assessor_app.services.evidence.pictures import REPORT_SIDE, Copies, copies_of, see_picture
from assessor_app.services.evidence.recordings import see_recording
from assessor_app.services.evidence.taken import TakenIn

LARGEST_FILE = 100_000_000  # bytes of a photo or a document: it is decoded in memory
LARGEST_RECORDING = 2_000_000_000  # bytes; it is read in pieces and never held whole
_DIGESTED = 1024 * 1024  # bytes read at a time


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


@contextlib.contextmanager
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
        copies = document_copies(first.picture)
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


def _page(pdf: bytes, name: str, number: int) -> Picture:
    """A page of a document that was taken in; the first one where that cannot be drawn."""
    if number > 1:
        with contextlib.suppress(IssueProblem):
            return page_picture(pdf, number, width=REPORT_SIDE)
    return _first_page(pdf, name).picture


def document_copies(drawn: Picture, covering: Covering = UNCOVERED) -> Copies:
    """The pictures that stand for a document: one of its pages."""
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
            return document_copies(_page(original, name, covering.page), covering)
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
