"""What any document says, as plain values: every string final, in the document's language.

The mapping from the record to this content belongs to the services; the layout only places it.
A string may hold any characters; the layout escapes, shapes and shortens.
"""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Protocol

from assessor_app.domain.handwriting import Handwriting
from assessor_app.texts import Language

RECORD_NAME = "temuan.json"
"""The file name of the machine-readable record that every document carries."""


class Mark(StrEnum):
    """The sign drawn beside an answer, so that it is told by shape as well as by word."""

    PRESENT = "present"  # full fulfilment
    PARTIAL = "partial"
    ABSENT = "absent"  # no fulfilment
    RECORDED = "recorded"  # answered on a scale that gives no points
    NOT_ASSESSED = "not_assessed"  # asked, not answered; a reason stands in `omissions`
    NOT_ASKED = "not_asked"  # the instrument does not have this side, or it does not apply here


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
    """One side's answer in words ("Ada", "Tidak ada", "2 dari 5") and the sign drawn beside it.

    `label` fits a narrow column; where the answer is longer, `whole` is all of it and the label
    its beginning. `detail` is what the label only counts: the parts found and missing, or who was
    interviewed and what was said.
    """

    label: str
    mark: Mark
    whole: str = ""
    detail: str = ""


class Medium(StrEnum):
    """What a piece of evidence is."""

    PICTURE = "picture"
    DOCUMENT = "document"  # shown by its first page
    SOUND = "sound"  # paper cannot show it: a sign stands in its place
    VIDEO = "video"


@dataclass(frozen=True, slots=True)
class Photo:
    """A photo in place: JPEG bytes of the 1280 px derivative, embedded without re-encoding.

    The pixels must already stand upright: an EXIF orientation is not obeyed by PDF viewers.
    `taken_at` says when it was taken ("Diambil 17 November 2026"), `short_hash` is the beginning of
    the SHA-256 of the untouched original, `side` the word printed before the caption ("Praktik").

    Other evidence stands in the same place: a document by its first page, a recording (without
    `jpeg`) by a sign. `details` then says what it is, how long and how large, `sha256` is the whole
    hash, by which the file itself is known again, and `taken_at` may be empty.
    """

    jpeg: bytes
    caption: str
    taken_at: str
    short_hash: str
    side: str = ""
    medium: Medium = Medium.PICTURE
    details: str = ""
    sha256: str = ""


@dataclass(frozen=True, slots=True)
class Document:
    """What identifies this document and goes into its properties, headers and footers.

    `number` is the document number, `record_hash` the full SHA-256 (64 hex digits) of the embedded
    record and `short_hash` the part of it that every footer prints. `created_at` is the aware
    instant put into the file's properties: it comes from the record, so that the same record gives
    the same bytes. `sample_mark` ("CONTOH") and `preview_mark` ("PRATINJAU – …") are printed over
    every page; empty for a real visit and for a document that is issued. `edition` is the revision
    and the day it was made ("Revisi 1 · 23 November 2026"), `supersedes` says which document this
    one takes the place of, empty for a first one.
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
    edition: str = ""
    supersedes: str = ""

    @property
    def marks(self) -> tuple[str, ...]:
        """What is printed over every page."""
        return tuple(mark for mark in (self.sample_mark, self.preview_mark) if mark)


@dataclass(frozen=True, slots=True)
class Cover:
    """The first page's facts.

    `organisation` and `office` are the letterhead, `address` its lines, `logo` a PNG or JPEG beside
    them, empty for none. `unit` is the office that was visited, `institution` its parent. `facts`
    are printed in the order given: what a reader needs to know which visit this was.
    """

    organisation: str
    office: str
    address: tuple[str, ...]
    unit: str
    institution: str
    facts: tuple[Fact, ...]
    logo: bytes = b""


@dataclass(frozen=True, slots=True)
class SessionRow:
    """One stretch of a visit: its number, when it began and ended, and why it ended."""

    number: str
    began: str
    ended: str
    why: str


@dataclass(frozen=True, slots=True)
class IndicatorRow:
    """One line of the full indicator table. `detail` names the product or respondent of a
    repeated indicator; `note` is shown for indicators that made no finding.

    `weight` and `points` are empty without weights. `wholes` are answers that do not fit their
    columns, whole, by side.
    """

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
    wholes: tuple[Fact, ...] = ()


@dataclass(frozen=True, slots=True)
class IndicatorGroup:
    """The indicators of one variable, under its name."""

    name: str
    rows: tuple[IndicatorRow, ...]


@dataclass(frozen=True, slots=True)
class Omission:
    """Something that was not assessed or does not apply, and why."""

    code: str
    text: str
    reason: str


@dataclass(frozen=True, slots=True)
class SignatureBox:
    """Where an electronic signature will stand.

    `field` is its name in the file, `label` what a screen reader says of it. `title` stands above
    the box ("Ketua tim"), `facts` below it: name, position and NIP of who signs.
    """

    field: str
    label: str
    title: str
    facts: tuple[Fact, ...] = ()


@dataclass(frozen=True, slots=True)
class Receiver:
    """Who received, refused or was absent, in words that are final.

    `facts` are name, NIP, position and capacity. `declaration` is the sentence that stands under
    the receiver's signature ("menerima, bukan menyetujui isi", or the refusal or absence with its
    reason). `response` is what the receiver answered to the findings. `signs` leaves room for a
    handwritten signature; false for refused and absent.

    `handwriting` is what was drawn on the screen, and `box` the field that the receiver's own
    certificate fills: one of them at most. `hint` says in the receiver's box what it holds.
    """

    facts: tuple[Fact, ...]
    declaration: str
    response: str
    signs: bool
    hint: str = ""
    handwriting: Handwriting | None = None
    box: SignatureBox | None = None


@dataclass(frozen=True, slots=True)
class Signature:
    """The assessors' part of the signature page, and the room for the electronic seal.

    `statement` is what is signed, `place_and_date` the line above the boxes, `signers` the
    assessors in the order of signing, the lead first. `seal` is the empty box of the electronic
    seal, `seal_hint` says beside it that it is empty and why; `legal_note` is the honest label of
    the signatures (PP 71/2019 art. 60).
    """

    statement: str
    place_and_date: str
    signers: tuple[SignatureBox, ...]
    seal: SignatureBox
    seal_hint: str
    legal_note: str


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
