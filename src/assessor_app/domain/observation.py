"""What was recorded of one indicator on one side, and the evidence for it."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import NamedTuple

from assessor_app.domain.annotation import Annotations
from assessor_app.domain.components import Components
from assessor_app.domain.instrument import Side
from assessor_app.domain.redaction import Layers

WHOLE_UNIT = "-"  # not of one product, respondent or rater: of the unit as a whole

OF_VISIT = "visit"
"""What evidence is attached to that proves the visit itself: a door that stayed shut."""


class WhereSeen(StrEnum):
    """How the office let the assessor see a document."""

    SHOWN = "shown"
    POSTED = "posted"
    WEBSITE = "website"
    SENT = "sent"


class EvidenceKind(StrEnum):
    """What a file of evidence is, by its content."""

    PHOTO = "photo"
    DOCUMENT = "document"  # a PDF
    AUDIO = "audio"
    VIDEO = "video"


class EvidenceSource(StrEnum):
    CAMERA = "camera"
    FILE = "file"
    WATCHED_FOLDER = "watched_folder"
    CLIPBOARD = "clipboard"
    CABLE = "cable"
    MESSENGER = "messenger"


class ObservationKey(NamedTuple):
    """Which observation: indicator, product, respondent, side, rater (record.md, Names).

    A tuple, for its speed: a score looks up some hundreds of them at each keystroke.
    """

    indicator: str
    side: Side
    product: str = WHOLE_UNIT
    respondent: str = WHOLE_UNIT
    rater: str = WHOLE_UNIT

    @property
    def entity(self) -> str:
        parts = (self.indicator, self.product, self.respondent, self.side.value, self.rater)
        return "observation/" + "/".join(parts)

    @classmethod
    def from_entity(cls, entity: str) -> "ObservationKey":
        """The inverse of `entity`. Raises ValueError for another kind of entity."""
        kind, indicator, product, respondent, side, rater = entity.split("/")
        if kind != "observation":
            raise ValueError(f"{entity} is no observation")
        return cls(indicator, Side(side), product, respondent, rater)


@dataclass(frozen=True, slots=True)
class DocumentSeen:
    """The document by which an office claims something, as far as it was given."""

    kind: str | None = None
    number: str | None = None
    dated: date | None = None
    signatory: str | None = None
    where_seen: WhereSeen | None = None

    @property
    def known(self) -> bool:
        return any(
            (self.kind, self.number, self.dated is not None, self.signatory, self.where_seen)
        )


@dataclass(frozen=True, slots=True)
class Observation:
    """One side of one indicator as recorded.

    `observed_at` stands only where it was given (it differs from the time of recording);
    `not_assessed_reason` says why it could not be assessed, `not_applicable_reason` why the
    indicator does not apply here; `no_evidence_reason` is the attested statement why a gap has no
    evidence.
    """

    answer: str | None = None
    note: str | None = None
    observed_at: datetime | None = None
    not_assessed_reason: str | None = None
    not_applicable_reason: str | None = None
    no_evidence_reason: str | None = None
    document: DocumentSeen = DocumentSeen()

    @property
    def settled(self) -> bool:
        """Whether it was answered, or said why it could not be or does not apply."""
        return self.answer is not None or bool(
            self.not_assessed_reason or self.not_applicable_reason
        )

    def upon(self, whole: "Observation") -> "Observation":
        """What holds for a product, given what was recorded for the whole unit.

        A settled record stands for itself. Otherwise the whole unit's answer (or the reason that
        there is none) holds, and what was noted, proven or attested for the product is kept.
        """
        if self.settled:
            return self
        return Observation(
            answer=whole.answer,
            note=self.note or whole.note,
            observed_at=self.observed_at or whole.observed_at,
            not_assessed_reason=whole.not_assessed_reason,
            not_applicable_reason=whole.not_applicable_reason,
            no_evidence_reason=self.no_evidence_reason or whole.no_evidence_reason,
            document=self.document if self.document.known else whole.document,
        )


UNRECORDED = Observation()


@dataclass(frozen=True, slots=True)
class Place:
    """A position as claimed by a file, in decimal degrees (text: the record has no floats)."""

    latitude: str
    longitude: str


@dataclass(frozen=True, slots=True)
class Evidence:
    """A file that proves something; its original bytes are in the vault, untouched.

    `captured_at`, `place` and `duration_ms` are claims of the file, not proof. `layers` are the
    parts that no hand-out shows; `examined` says that somebody looked for such, even if none was
    found. `annotations` are drawn over it. `file_name` is what the file was called, or its path
    below the watched folder that it came by. `url` is where a page was seen and `seen_at` when,
    `components` what of the 14 was seen there (None where nobody looked), `page` the page of a
    document that proves. `of_visit` says that it proves the visit as a whole.
    """

    id: str
    sha256: str
    media_type: str
    size: int  # bytes of the original
    source: EvidenceSource
    attached_to: tuple[ObservationKey, ...]
    captured_at: datetime | None = None
    place: Place | None = None
    caption: str | None = None
    kind: EvidenceKind = EvidenceKind.PHOTO
    pages: int | None = None  # of a document
    duration_ms: int | None = None  # of a recording, where its file says it plainly
    layers: Layers = ()
    examined: bool = False
    annotations: Annotations = ()
    file_name: str | None = None
    url: str | None = None
    seen_at: datetime | None = None
    components: Components | None = None
    page: int | None = None
    of_visit: bool = False
