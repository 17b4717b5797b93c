"""What a report says, as plain values: every string final, in the report's language.

The mapping from the record to this content belongs to the services; the layout only places it.
Numbers that are drawn (gauge, bars) are given twice: as Decimal for the geometry and as the text
that is printed. A string may hold any characters; the layout escapes, shapes and shortens.
"""

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from enum import StrEnum
from typing import Protocol

from assessor_app.domain.zone import ZoneColour
from assessor_app.texts import Language

RECORD_NAME = "temuan.json"
"""The file name of the machine-readable record that every document carries."""


class Mark(StrEnum):
    """The sign drawn beside an answer, so that it is told by shape as well as by word."""

    PRESENT = "present"  # full fulfilment
    PARTIAL = "partial"
    ABSENT = "absent"  # no fulfilment
    NOT_ASSESSED = "not_assessed"  # asked, not answered; a reason stands in `omissions`
    NOT_ASKED = "not_asked"  # the instrument does not have this side


class GapTone(StrEnum):
    """How a gap is coloured; the words stand beside it."""

    CONSISTENT = "consistent"
    PAPER_AHEAD = "paper_ahead"  # on paper, not (fully) in practice
    PRACTICE_AHEAD = "practice_ahead"  # in practice, not (fully) on paper
    NEITHER = "neither"
    UNKNOWN = "unknown"  # one side was not asked or not assessed


@dataclass(frozen=True, slots=True)
class Fact:
    """A named value, such as "Surat tugas" and its number. `mono` is for hashes and numbers
    that are compared character by character."""

    label: str
    value: str
    mono: bool = False


@dataclass(frozen=True, slots=True)
class Answer:
    """One side's answer in words ("Ada", "Tidak ada", "2 dari 5") and the sign drawn beside it."""

    label: str
    mark: Mark


@dataclass(frozen=True, slots=True)
class Photo:
    """A photo in place: JPEG bytes of the 1280 px derivative, embedded without re-encoding.

    The pixels must already stand upright: an EXIF orientation is not obeyed by PDF viewers.
    `taken_at` is the time as printed, `short_hash` the first characters of the SHA-256 of the
    untouched original, `side` the word printed before the caption ("Praktik").
    """

    jpeg: bytes
    caption: str
    taken_at: str
    short_hash: str
    side: str = ""


@dataclass(frozen=True, slots=True)
class Document:
    """What identifies this document and goes into its properties, headers and footers.

    `number` is the document number, `record_hash` the full SHA-256 (64 hex digits) of the embedded
    record and `short_hash` the part of it that every footer prints. `created_at` is the aware
    instant put into the file's properties: it comes from the record, so that the same record gives
    the same bytes. `sample_mark` ("CONTOH") and `preview_mark` ("PRATINJAU – …") are printed over
    every page; empty for a real visit and for a document that is issued.
    """

    language: Language
    title: str
    subject: str
    author: str
    number: str
    record_hash: str
    short_hash: str
    created_at: datetime
    sample_mark: str = ""
    preview_mark: str = ""

    @property
    def marks(self) -> tuple[str, ...]:
        """What is printed over every page."""
        return tuple(mark for mark in (self.sample_mark, self.preview_mark) if mark)


@dataclass(frozen=True, slots=True)
class Cover:
    """The first page's facts.

    `organisation` and `office` are the letterhead, `address` its lines. `unit` is the office that
    was visited, `institution` its parent. `facts` are printed in the order given: kind of visit,
    address visited, arrival, departure, team, assignment letter, instrument, signer.
    """

    organisation: str
    office: str
    address: tuple[str, ...]
    unit: str
    institution: str
    facts: tuple[Fact, ...]


@dataclass(frozen=True, slots=True)
class Band:
    """One zone of the gauge, from `lower` to `upper` points, with its name and printed range."""

    lower: Decimal
    upper: Decimal
    zone: ZoneColour
    name: str
    range: str


@dataclass(frozen=True, slots=True)
class Score:
    """One of the three scores: its name, points (None where nothing was measured), printed points
    ("71,50"; a dash where nothing was measured), zone and the zone's name ("Zona kuning")."""

    name: str
    value: Decimal | None
    text: str
    zone: ZoneColour | None
    zone_name: str


@dataclass(frozen=True, slots=True)
class Scores:
    """The three scores on the scale 0 to `maximum` and what may be called of them.

    `statement` is the fixed qualification ("Simulasi — nilai sementara, belum ditetapkan") and
    `reason` the sentence that says why.
    """

    official: Score
    paper: Score
    practice: Score
    maximum: Decimal
    maximum_text: str
    bands: tuple[Band, ...]
    statement: str
    reason: str


@dataclass(frozen=True, slots=True)
class MatrixCell:
    """How many indicators have this pair of answers, and their points as printed, without unit."""

    count: int
    points: str


@dataclass(frozen=True, slots=True)
class Matrix:
    """Paper against practice: `cells[paper][practice]`, both in the order of `labels`.

    `labels` go from full to no fulfilment: three where the instrument knows a partial answer
    ("Ada", "Sebagian", "Tidak ada"), else two. `summary` is the sentence the picture proves;
    `note` says what is not counted in it (indicators with one side only).
    """

    labels: tuple[str, ...]
    cells: tuple[tuple[MatrixCell, ...], ...]
    summary: str
    note: str = ""


@dataclass(frozen=True, slots=True)
class DimensionRow:
    """A dimension (`level` 0) or variable (`level` 1) with its points on both sides.

    `paper` and `practice` are points of `maximum`, None where the side was not measured.
    `unverified` sets the mark †.
    """

    name: str
    level: int
    maximum: Decimal
    maximum_text: str
    paper: Decimal | None
    paper_text: str
    practice: Decimal | None
    practice_text: str
    official_text: str
    unverified: bool = False


@dataclass(frozen=True, slots=True)
class SideRecord:
    """What was recorded on one side of a finding.

    On paper: `facts` are the document's kind, number, date, signatory and where it was seen.
    In practice: when it was observed. `note` is the assessor's own, of any length.
    """

    answer: Answer
    facts: tuple[Fact, ...] = ()
    note: str = ""


@dataclass(frozen=True, slots=True)
class Finding:
    """One finding as a card. Findings are given in the order they are printed: by weight.

    `weight` is printed as given ("12 poin"), `gap` is the kind of gap in words. `due_date` and
    `due_set_by` say until when and who set it; `check` how it will be checked (may be empty).
    `no_photo_reason` is the attested statement why no photo was taken. `unverified` sets †.
    `wording` is the finding in one sentence, recorded with the visit; it leads the card.
    """

    number: int
    code: str
    text: str
    weight: str
    gap: str
    tone: GapTone
    claimed: SideRecord
    seen: SideRecord
    photos: tuple[Photo, ...] = ()
    no_photo_reason: str = ""
    legal_basis: tuple[str, ...] = ()
    advice: str = ""
    due_date: str = ""
    due_set_by: str = ""
    check: str = ""
    unverified: bool = False
    wording: str = ""


@dataclass(frozen=True, slots=True)
class IndicatorRow:
    """One line of the full indicator table. `detail` names the product or respondent of a
    repeated indicator; `note` is shown for indicators that made no finding."""

    code: str
    text: str
    weight: str
    paper: Answer
    practice: Answer
    gap: str
    tone: GapTone
    points: str
    detail: str = ""
    note: str = ""
    unverified: bool = False


@dataclass(frozen=True, slots=True)
class IndicatorGroup:
    """The indicators of one variable, under its name."""

    name: str
    rows: tuple[IndicatorRow, ...]


@dataclass(frozen=True, slots=True)
class Omission:
    """Something that was not assessed, and why."""

    code: str
    text: str
    reason: str


@dataclass(frozen=True, slots=True)
class PastResult:
    """A result published for the institution in an earlier year, under that year's own zones."""

    year: str
    score: str
    zone: ZoneColour | None
    zone_name: str
    source: str


@dataclass(frozen=True, slots=True)
class Receiver:
    """Who received, refused or was absent, in words that are final.

    `facts` are name, NIP, position and capacity. `declaration` is the sentence that stands above
    the receiver's signature ("menerima, bukan menyetujui isi", or the refusal or absence with its
    reason). `response` is what the receiver answered to the findings. `signs` leaves room for a
    handwritten signature; false for refused and absent.
    """

    facts: tuple[Fact, ...]
    declaration: str
    response: str
    signs: bool


@dataclass(frozen=True, slots=True)
class Signature:
    """The assessor's part of the signature page.

    `statement` is what is signed, `place_and_date` the line above the box, `facts` name, position,
    NIP and office, `legal_note` the honest label of the signature (PP 71/2019 art. 60).
    """

    statement: str
    place_and_date: str
    facts: tuple[Fact, ...]
    legal_note: str


@dataclass(frozen=True, slots=True)
class Method:
    """The annex on method: how it was scored, and what of it is unverified."""

    paragraphs: tuple[str, ...]
    facts: tuple[Fact, ...]


@dataclass(frozen=True, slots=True)
class Integrity:
    """The annex on integrity: hashes and head of the visit, how to verify, and the QR's text.

    `steps` are numbered on the page. `qr` is the exact text of the code (document number and
    hash); at most some 300 characters, so that a phone reads it from paper.
    """

    paragraphs: tuple[str, ...]
    facts: tuple[Fact, ...]
    steps: tuple[str, ...]
    qr: str


class Paper(Protocol):
    """What every document has, whatever it says besides."""

    @property
    def document(self) -> Document: ...
    @property
    def cover(self) -> Cover: ...
    @property
    def receiver(self) -> Receiver: ...
    @property
    def signature(self) -> Signature: ...
    @property
    def integrity(self) -> Integrity: ...


@dataclass(frozen=True, slots=True)
class ReportContent:
    """The whole report of findings, in reading order.

    `findings_note` says how the findings are ordered and that the order is ours.
    `unverified_note` is the legend of the mark †, printed wherever the mark is; empty where
    everything is verified. `other_photos` are evidence of indicators that made no finding.
    """

    document: Document
    cover: Cover
    scores: Scores
    matrix: Matrix
    dimensions: tuple[DimensionRow, ...]
    findings: tuple[Finding, ...]
    findings_note: str
    receiver: Receiver
    indicators: tuple[IndicatorGroup, ...]
    omissions: tuple[Omission, ...]
    signature: Signature
    method: Method
    integrity: Integrity
    unverified_note: str = ""
    other_photos: tuple[Photo, ...] = ()
    past_results: tuple[PastResult, ...] = ()
