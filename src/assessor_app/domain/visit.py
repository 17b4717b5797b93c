"""A visit: its frame, its states, and the snapshot that everything is computed from."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum

from assessor_app.domain.conflicts import Conflict
from assessor_app.domain.event import Json
from assessor_app.domain.followed import FollowedItems
from assessor_app.domain.marks import Marked
from assessor_app.domain.observation import (
    UNRECORDED,
    WHOLE_UNIT,
    Evidence,
    Observation,
    ObservationKey,
)
from assessor_app.domain.problem import VisitRefused
from assessor_app.domain.respondents import Respondent
from assessor_app.domain.timings import Timing
from assessor_app.domain.trials import Trial


class VisitKind(StrEnum):
    UNANNOUNCED = "unannounced"
    SCHEDULED = "scheduled"
    MYSTERY = "mystery"
    COACHING = "coaching"
    FOLLOW_UP = "follow-up"


class VisitState(StrEnum):
    PLANNED = "planned"
    OPEN = "open"
    EXIT_TALK = "exit_talk"
    CLOSED = "closed"
    ISSUED = "issued"
    HANDED_OVER = "handed_over"
    RECEIPTED = "receipted"
    VOIDED = "voided"


class Outcome(StrEnum):
    COMPLETED = "completed"
    INTERRUPTED = "interrupted"
    ENTRY_REFUSED = "entry_refused"
    OFFICE_CLOSED = "office_closed"
    STOPPED = "stopped"


class Capacity(StrEnum):
    """In what capacity the receiver stands for the office."""

    DEFINITIVE = "definitive"
    PLT = "plt"  # pelaksana tugas, acting
    PLH = "plh"  # pelaksana harian, acting by the day
    POWER_OF_ATTORNEY = "power_of_attorney"


class Declaration(StrEnum):
    """What was declared about the document; received is not agreed."""

    RECEIVED = "received"
    REFUSED = "refused"
    ABSENT = "absent"


class ReceiverSigns(StrEnum):
    """How the receiver signs, where the document is received."""

    HANDWRITING = "handwriting"  # on the screen: strokes that the assessors' signatures seal
    CERTIFICATE = "certificate"  # with a certificate of their own
    ON_PAPER = "on_paper"  # in ink, on the print


class ReturnedKind(StrEnum):
    """What came back of a document that was handed over."""

    WET_INK_COPY = "wet_ink_copy"  # a scan or photo of the signed print
    COUNTERSIGNED = "countersigned"  # the file itself with later signatures


class HandoverWay(StrEnum):
    PRINT = "print"
    USB = "usb"
    MESSENGER = "messenger"
    EMAIL = "email"


ANSWERABLE = frozenset({VisitState.OPEN, VisitState.EXIT_TALK})

ISSUED_STATES = frozenset({VisitState.ISSUED, VisitState.HANDED_OVER, VisitState.RECEIPTED})
"""A document of the visit is out: whoever opens it again stands above the assessor."""

_NEXT: Mapping[VisitState, frozenset[VisitState]] = {
    VisitState.PLANNED: frozenset({VisitState.OPEN}),
    VisitState.OPEN: frozenset({VisitState.EXIT_TALK, VisitState.CLOSED}),
    VisitState.EXIT_TALK: frozenset({VisitState.CLOSED}),
    VisitState.CLOSED: frozenset({VisitState.ISSUED, VisitState.OPEN}),
    VisitState.ISSUED: frozenset({VisitState.ISSUED, VisitState.HANDED_OVER, VisitState.RECEIPTED}),
    VisitState.HANDED_OVER: frozenset({VisitState.HANDED_OVER, VisitState.RECEIPTED}),
    VisitState.RECEIPTED: frozenset({VisitState.RECEIPTED}),
    VisitState.VOIDED: frozenset(),
}


def require_step(visit: "Visit", to: VisitState) -> None:
    """Raise VisitRefused where a visit cannot go from its state to `to` (record.md, States)."""
    allowed = _NEXT[visit.state]
    voiding = to is VisitState.VOIDED and visit.state is not VisitState.VOIDED
    if to not in allowed and not voiding:
        raise VisitRefused(
            "visit_step_refused", visit=visit.id, state=visit.state.value, step=to.value
        )


def require_answerable(visit: "Visit") -> None:
    """Raise VisitRefused unless the visit is in a state that takes answers."""
    if not visit.answerable:
        raise VisitRefused("visit_not_answerable", visit=visit.id, state=visit.state.value)


def require_lead(visit: "Visit", actor: str) -> None:
    """Raise VisitRefused unless this assessor leads the visit."""
    if not is_led_by(visit, actor):
        raise VisitRefused("only_the_lead", visit=visit.id)


def is_led_by(visit: "Visit", actor: str) -> bool:
    """Whether this assessor leads the visit; old visits name no lead."""
    return visit.lead in (None, actor)


def require_running(snapshot: "Snapshot") -> None:
    """Raise VisitRefused `visit_paused` while a visit is paused."""
    if snapshot.paused:
        raise VisitRefused("visit_paused", visit=snapshot.visit.id)


@dataclass(frozen=True, slots=True)
class Visit:
    """The frame of a visit (record.md, Names).

    `lead` is the id of the assessor who closes it, None in visits from before there was one;
    `reopened` is when it was opened again after a closing. `institution_ref` and `unit_ref` are
    the ids of both in the register, None where the names were typed.
    """

    id: str
    institution: str
    unit: str
    object_type: str
    instrument_version: str
    instrument_digest: str
    kind: VisitKind
    state: VisitState
    arrival: datetime
    team: tuple[str, ...]
    departure: datetime | None = None
    outcome: Outcome | None = None
    address_visited: str | None = None
    assignment_letter: str | None = None
    predecessor: str | None = None
    sample: bool = False
    lead: str | None = None
    reopened: datetime | None = None
    institution_ref: str | None = None
    unit_ref: str | None = None

    @property
    def answerable(self) -> bool:
        """Whether it takes answers by its state."""
        return self.state in ANSWERABLE


@dataclass(frozen=True, slots=True)
class VisitSession:
    """One stretch of a visit, from arrival or resumption to pause or departure.

    `why` says why it paused.
    """

    number: int
    began: datetime
    ended: datetime | None
    why: str | None


@dataclass(frozen=True, slots=True)
class Receiver:
    """Who received the document for the office, and what was declared.

    `response` is what the office answers to the findings; where it was taken down while it was
    spoken, `said_by` and `said_at` are who spoke and when it was begun.
    `reason` is why it was refused or nobody was there. `handwriting` is the id of the strokes in
    the vault and `handwriting_sha256` what was recorded of their file, `certificate` the SHA-256
    (hex) of the receiver's own.
    """

    declared: Declaration
    name: str | None = None
    nip: str | None = None
    position: str | None = None
    capacity: Capacity | None = None
    response: str | None = None
    reason: str | None = None
    signs: ReceiverSigns | None = None
    handwriting: str | None = None
    certificate: str | None = None
    handwriting_sha256: str | None = None
    said_by: str | None = None
    said_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class FindingRecord:
    """What is recorded of a finding: set at close, or edited before."""

    wording: Json = None
    advice: Json = None
    due_date: date | None = None
    due_set_by: str | None = None
    owner: str | None = None


@dataclass(frozen=True, slots=True)
class Document:
    """A signed document of the visit; those of one `round` stand beside each other."""

    id: str
    kind: str
    number: str
    revision: int
    sha256: str
    predecessor: str | None = None
    round: int = 1


@dataclass(frozen=True, slots=True)
class Returned:
    """A file that came back of a document, kept in the vault under its id.

    `sender` is who brought or sent it, `size` counts bytes.
    """

    id: str
    document: str
    kind: ReturnedKind
    sha256: str
    media_type: str
    size: int
    received_at: datetime
    sender: str | None = None
    note: str | None = None


@dataclass(frozen=True, slots=True)
class Snapshot:
    """The whole visit at one moment, immutable.

    `conflicts` are the places where two devices said different things; `account` tells what
    happened where the visit was not completed. What is `unattached` was evidence once, proves
    nothing now and can be attached again. `followed` is what a follow-up visit asks, and
    empty where everything is asked.
    """

    visit: Visit
    observations: Mapping[ObservationKey, Observation]
    products: Mapping[str, str]  # id to name
    respondents: Mapping[str, Respondent]
    evidence: Mapping[str, Evidence]
    findings: Mapping[str, FindingRecord]
    documents: Mapping[str, Document]
    receiver: Receiver | None = None
    returned: tuple[Returned, ...] = ()  # in order of arrival
    conflicts: tuple[Conflict, ...] = ()
    sessions: tuple[VisitSession, ...] = ()
    account: str | None = None
    marks: Mapping[str, Marked] = field(default_factory=dict)  # by indicator
    unattached: Mapping[str, Evidence] = field(default_factory=dict)
    followed: FollowedItems = field(default_factory=dict)
    trials: tuple[Trial, ...] = ()
    timings: tuple[Timing, ...] = ()

    @property
    def paused(self) -> bool:
        """Whether the visit waits to be resumed and takes no answers meanwhile."""
        interrupted = bool(self.sessions) and self.sessions[-1].ended is not None
        return interrupted and self.visit.answerable

    @property
    def takes_answers(self) -> bool:
        """Whether answers are taken now: by the visit's state, and while it is not paused."""
        return self.visit.answerable and not self.paused

    @property
    def reason_needed(self) -> bool:
        """Whether a change needs its reason: the office has been told what was found."""
        return self.visit.state is VisitState.EXIT_TALK or self.visit.reopened is not None

    @property
    def latest_document(self) -> Document | None:
        """The one that was made last, of whatever kind."""
        return max(self.documents.values(), key=lambda one: (one.round, one.id), default=None)

    def observation(self, key: ObservationKey) -> Observation:
        """What holds for a key: a product without an answer of its own takes the whole unit's."""
        own = self.observations.get(key, UNRECORDED)
        if key.product == WHOLE_UNIT:
            return own
        whole = ObservationKey(key.indicator, key.side, respondent=key.respondent)
        return own.upon(self.observations.get(whole, UNRECORDED))

    def follows(self, indicator: str, product: str) -> bool:
        """Whether an indicator (code) is asked of a product: a follow-up asks what was found.

        What is followed of the whole unit is asked of each of its products, and the other way
        round: a version of the instrument may ask once what another one asked of each.
        """
        followed = self.followed
        if not followed or (indicator, product) in followed or (indicator, WHOLE_UNIT) in followed:
            return True
        return product == WHOLE_UNIT and any(code == indicator for code, _ in followed)

    def asked_products(self) -> tuple[str, ...]:
        """The products looked at; the unit as a whole where none was named."""
        return tuple(self.products) or (WHOLE_UNIT,)

    def evidence_for(self, *keys: ObservationKey) -> tuple[Evidence, ...]:
        """The evidence attached to any of these observations, in order of id."""
        wanted = set(keys)
        return tuple(
            sorted(
                (one for one in self.evidence.values() if not wanted.isdisjoint(one.attached_to)),
                key=lambda one: one.id,
            )
        )

    @property
    def evidence_of_visit(self) -> tuple[Evidence, ...]:
        """What proves the visit as a whole, in order of id."""
        return tuple(item for _, item in sorted(self.evidence.items()) if item.of_visit)
