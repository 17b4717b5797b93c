"""What a report of findings says, as plain values like those of `content`."""

from dataclasses import dataclass

from assessor_app.domain.zone import ZoneColour
from assessor_app.reporting.content import (
    Answer,
    Cover,
    Document,
    Fact,
    GapTone,
    IndicatorGroup,
    Integrity,
    Mark,
    Omission,
    Photo,
    Receiver,
    SessionRow,
    Signature,
)
from assessor_app.reporting.figures import Consistency, DimensionRow, Matrix, Scores, Unscored


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

    `weight` is printed as given ("12 poin"; empty without weights), `gap` is the kind of gap
    in words. `due_date` and `due_set_by` say until when and who set it; `check` how it will be
    checked (may be empty).
    `no_photo_reason` is the attested statement why no photo was taken. `unverified` sets †.
    `wording` is the finding in one sentence, recorded with the visit; it leads the card. `lead`
    says before it how it stands since an earlier visit; empty outside of follow-up visits.
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
    lead: str = ""


@dataclass(frozen=True, slots=True)
class FollowUpRow:
    """One item of a follow-up visit: what it was `then`, and how it stands now.

    `since` says when it was found first and in which document, `due` until when it was to be
    repaired; both are empty for one that was added. `owed` says whether something is still to be
    done, `new_due` until when. `mark` is the sign beside the word of its `standing`.
    """

    code: str
    text: str
    then: str
    since: str
    due: str
    standing: str
    mark: Mark
    owed: str
    new_due: str


@dataclass(frozen=True, slots=True)
class FollowUp:
    """What became of what was found: a sentence, a note on the words, and every item.

    `heads` are the titles of the five columns: item, then, due, now, new due date.
    """

    title: str
    summary: str
    note: str
    heads: tuple[str, ...]
    rows: tuple[FollowUpRow, ...]


@dataclass(frozen=True, slots=True)
class PastResult:
    """A result published for the institution in an earlier year, under that year's own zones."""

    year: str
    score: str
    zone: ZoneColour | None
    zone_name: str
    source: str


@dataclass(frozen=True, slots=True)
class InterviewRow:
    """One question as it was answered by one group of respondents, never by one of them.

    `count` is how many answered, `result` their mean or the share fulfilled, `answers` how often
    each answer was given.
    """

    code: str
    text: str
    group: str
    count: str
    result: str
    answers: str


@dataclass(frozen=True, slots=True)
class Interviews:
    """Interviews in summary: how many of whom were asked, and what they said together.

    `groups` are the kinds of respondents with how many; `note` says that nobody is named, and
    `missing` who was to be asked and was not.
    """

    groups: tuple[Fact, ...]
    rows: tuple[InterviewRow, ...]
    note: str
    missing: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class TriedTable:
    """One table of what was tried: every row has as many cells as there are `heads`.

    `summary` stands above it, `notes` below: why a channel does not count.
    """

    name: str
    summary: str
    heads: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Tried:
    """Complaint channels that were tried, and service times that were measured."""

    title: str
    tables: tuple[TriedTable, ...]


@dataclass(frozen=True, slots=True)
class Method:
    """The annex on method: how it was scored, and what of it is unverified."""

    paragraphs: tuple[str, ...]
    facts: tuple[Fact, ...]


@dataclass(frozen=True, slots=True)
class ReportContent:
    """The whole report of findings, in reading order.

    `findings_note` says how the findings are ordered and that the order is ours.
    `unverified_note` is the legend of the mark †, printed wherever the mark is; empty where
    everything is verified. `other_photos` are evidence of indicators that made no finding.
    `dimensions` is empty where `scores` is Unscored. `inapplicable` are indicators that do not
    apply to this office, or whose condition does not hold. `visit` are all facts of the visit, of
    which the cover tells the first; `team` is one name a line, `sessions` are given where the visit
    was interrupted, `follow_up` where the visit looked whether something was repaired.
    """

    document: Document
    cover: Cover
    scores: Scores | Unscored
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
    inapplicable: tuple[Omission, ...] = ()
    consistency: Consistency | None = None
    visit: tuple[Fact, ...] = ()
    team: tuple[str, ...] = ()
    sessions: tuple[SessionRow, ...] = ()
    interviews: Interviews | None = None
    tried: Tried | None = None
    follow_up: FollowUp | None = None
