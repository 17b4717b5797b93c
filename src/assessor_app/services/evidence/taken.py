"""A file that was accepted as evidence, and what the record says of it; it needs no decoder."""

from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

from assessor_app.domain.event import Json
from assessor_app.domain.instants import instant_text
from assessor_app.domain.observation import EvidenceKind, EvidenceSource, Place
from assessor_app.services.entries import clean_text
from assessor_app.services.evidence.editing import NOTHING_TOLD, About, about_values


@dataclass(frozen=True, slots=True)
class TakenIn:
    """A file that was accepted: its untouched bytes, what it claims, and copies to be shown.

    `original` is a path where it was not held in memory: of a recording, which may be too long for
    it, and of what a process of its own took in (apart.py). It is read again when it is sealed, and
    must be the same then. `name` is what a refusal calls the file.
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
    staged_as: str | None = None  # its id in the vault, where attaching.py put it already


def evidence_values(
    evidence_id: str,
    taken: TakenIn,
    attached_to: str,
    *,
    source: EvidenceSource,
    caption: str | None,
    about: About = NOTHING_TOLD,
) -> dict[tuple[str, str], Json]:
    """What the record says of a file that was taken in for one observation, or for the visit.

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
        "attached_to": [attached_to],
    }
    only_some: dict[str, Json] = {"pages": taken.pages, "duration_ms": taken.duration_ms}
    told |= {name: value for name, value in only_some.items() if value is not None}
    told |= about_values(about, pages=taken.pages)
    entity = f"evidence/{taken.staged_as or evidence_id}"
    return {(entity, name): value for name, value in told.items()}
