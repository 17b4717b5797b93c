"""The history of an indicator and of a visit: who did what, when, on which device, and why."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum

from assessor_app.domain.clocks import ClockJump, clock_jumps
from assessor_app.domain.event import STORE, Change, Event, EventKind, Json
from assessor_app.domain.findings import finding_id
from assessor_app.domain.followed import followed_place
from assessor_app.domain.instants import instant_from_text
from assessor_app.domain.lineage import given_up, in_order, undone
from assessor_app.domain.marks import marked_indicator
from assessor_app.domain.observation import WHOLE_UNIT
from assessor_app.services.enrolment import Workplace
from assessor_app.services.report.words import Words
from assessor_app.services.session import Session
from assessor_app.services.told_fields import SHORT_DEVICE, FieldWords
from assessor_app.services.trust import names_of_people

_ANSWERS = frozenset(
    {
        EventKind.RECORDED,
        EventKind.ATTACHED,
        EventKind.REDACTED,
        EventKind.MARKED,
        EventKind.FINDING_EDITED,
        EventKind.UNDONE,
    }
)
"""What the history of the visit as a whole leaves to that of its indicators."""

_OF_STEPS = frozenset(
    {"visit", "session", "receiver", "document", "handover", "returned", "export", "import"}
)
"""The entities that tell of a step; a closing fixes all findings besides."""


class Mark(StrEnum):
    """What became of an event; its value is not what holds then."""

    UNDONE = "undone"
    LATE = "late"
    GIVEN_UP = "given_up"  # another value was chosen
    CONFLICT = "conflict"  # it stands against another one


@dataclass(frozen=True, slots=True)
class Told:
    """One field that an event changed, in words."""

    entity: str
    field: str
    name: str
    before: str
    after: str
    before_value: Json
    after_value: Json


@dataclass(frozen=True, slots=True)
class Line:
    """One event as the history tells it; all texts are final.

    `part` says which side and subject it is about, `observed` when something was seen where that
    differs from when it was recorded, `clock` that the device's clock was turned just before.
    """

    event: Event
    moment: str
    did: str
    part: str
    author: str
    device: str
    own_device: bool
    reason: str
    observed: str
    clock: str
    changes: tuple[Told, ...]
    marks: frozenset[Mark]


def indicator_history(
    session: Session, workplace: Workplace, words: Words, code: str
) -> tuple[Line, ...]:
    """All that was done at an indicator, the latest first: both sides, every subject, evidence.

    Raises RecordRefused `indicator_unknown`.
    """
    session.instrument.indicator(code)
    events = _events(workplace, session.visit_id)
    return _lines(session, workplace, words, events, belongs=_of_indicator(session, code))


def visit_history(
    session: Session, workplace: Workplace, words: Words, *, everything: bool = False
) -> tuple[Line, ...]:
    """The steps of a visit, the latest first; with its answers where `everything` is wanted.

    That it left this device in a file, or came in one, is among them.
    """

    def belongs(event: Event, change: Change) -> bool:
        return everything or (
            event.kind not in _ANSWERS and change.entity.partition("/")[0] in _OF_STEPS
        )

    moved = _exchanges(workplace, session.visit_id)
    events = [*_events(workplace, session.visit_id), *moved]
    return _lines(session, workplace, words, events, belongs=belongs)


def late_history(session: Session, workplace: Workplace, words: Words) -> tuple[Line, ...]:
    """What came after the visit was closed and does not count until it is reopened."""
    if not workplace.store.log.late(session.visit_id):  # nearly always: no history is read then
        return ()
    found = visit_history(session, workplace, words, everything=True)
    return tuple(line for line in found if Mark.LATE in line.marks)


def late_count(workplace: Workplace, visit: str) -> int:
    """How many events came after a visit was closed."""
    return len(workplace.store.log.late(visit))


def _events(workplace: Workplace, visit: str) -> list[Event]:
    return [link.event for link in workplace.store.log.stored(visit)]


def _exchanges(workplace: Workplace, visit: str) -> list[Event]:
    """The events of this store by which a visit was exported or imported."""
    return [
        event
        for event in _events(workplace, STORE)
        if event.kind in (EventKind.EXPORTED, EventKind.IMPORTED)
        and any((one.field, one.after) == ("visit", visit) for one in event.changes)
    ]


def _of_indicator(session: Session, code: str) -> Callable[[Event, Change], bool]:
    """Tells the changes that are about an indicator: its observations, evidence and findings."""
    snapshot = session.snapshot
    own = f"observation/{code}/"
    products = (WHOLE_UNIT, *snapshot.products)
    findings = {f"finding/{finding_id(snapshot.visit.id, code, one)}" for one in products}
    shown = {
        f"evidence/{id_}"
        for id_, one in snapshot.evidence.items()
        if any(key.indicator == code for key in one.attached_to)
    }
    tried = {f"trial/{one.id}" for one in snapshot.trials if one.indicator == code}
    tried |= {f"timing/{one.id}" for one in snapshot.timings if one.indicator == code}

    def belongs(event: Event, change: Change) -> bool:
        entity = change.entity
        if (
            entity.startswith(own)
            or entity in findings
            or entity in tried
            or marked_indicator(entity) == code
            or (followed_place(entity) or ("",))[0] == code
        ):
            return True
        return entity.startswith("evidence/") and (
            entity in shown or _was_attached(event, entity, own)
        )

    return belongs


def _was_attached(event: Event, entity: str, own: str) -> bool:
    """Whether an event attached evidence to an indicator, or took it away from there."""
    for change in event.changes:
        if (change.entity, change.field) == (entity, "attached_to"):
            places = [*_listed(change.before), *_listed(change.after)]
            return any(place.startswith(own) for place in places)
    return False


def _listed(places: object) -> list[str]:
    return [str(place) for place in places] if isinstance(places, list | tuple) else []


def _lines(
    session: Session,
    workplace: Workplace,
    words: Words,
    found: Sequence[Event],
    *,
    belongs: Callable[[Event, Change], bool],
) -> tuple[Line, ...]:
    events, late = in_order(found), workplace.store.log.late(session.visit_id)
    people = names_of_people(workplace.store)
    telling = _Telling(
        fields=FieldWords(words, session.instrument, session.snapshot, people),
        own_device=workplace.store.device.id,
        marked=_marked(session, events, late=late),
        undos=frozenset(event.id for event in events if event.kind is EventKind.UNDONE),
        set_by={
            (event.id, one.entity, one.field): one for event in events for one in event.changes
        },
        jumps={jump.after.id: jump for jump in clock_jumps(events)},
    )
    lines = (telling.line(event, belongs) for event in reversed(events))
    return tuple(line for line in lines if line is not None)


def _marked(
    session: Session, events: Sequence[Event], *, late: frozenset[str]
) -> Mapping[Mark, frozenset[str]]:
    counted = [event for event in events if event.id not in late]
    contending = {
        one.event for conflict in session.snapshot.conflicts for one in conflict.contenders
    }
    return {
        Mark.UNDONE: undone(counted) - {one.id for one in counted if one.undoes is not None},
        Mark.LATE: late,
        Mark.GIVEN_UP: given_up(counted),
        Mark.CONFLICT: frozenset(contending),
    }


@dataclass(frozen=True, slots=True)
class _Telling:
    fields: FieldWords
    own_device: str
    marked: Mapping[Mark, frozenset[str]]
    undos: frozenset[str]
    """Who takes one of these back does again what it had taken back."""
    set_by: Mapping[tuple[str, str, str], Change]  # by event, entity and field
    jumps: Mapping[str, ClockJump]  # by the event after which the clock shows another time

    def line(self, event: Event, belongs: Callable[[Event, Change], bool]) -> Line | None:
        """An event with what of it belongs here; None where nothing does."""
        changes = [one for one in event.changes if belongs(event, one)]
        if not changes:
            return None
        words = self.fields.words
        own = event.device == self.own_device
        return Line(
            event=event,
            moment=words.moment(event.wall),
            did=words(f"timeline.did.{self._did(event)}"),
            part=self._part(changes),
            author=self.fields.people.get(event.actor, words("people.unknown")),
            device=words("timeline.own_device")
            if own
            else words("timeline.other_device", device=event.device[-SHORT_DEVICE:]),
            own_device=own,
            reason=event.reason or "",
            observed=self._observed(changes),
            clock=self._clock(event),
            changes=tuple(self._told(event, changes)),
            marks=frozenset(mark for mark, ids in self.marked.items() if event.id in ids),
        )

    def _did(self, event: Event) -> str:
        return "redone" if event.undoes in self.undos else event.kind.value

    def _part(self, changes: Iterable[Change]) -> str:
        """Which sides and subjects an event is about; empty where that is the visit itself."""
        parts = dict.fromkeys(
            self.fields.part(one.entity)
            for one in changes
            if one.entity.startswith(("observation/", "finding/"))
        )
        return "; ".join(parts)

    def _observed(self, changes: Iterable[Change]) -> str:
        words = self.fields.words
        for one in changes:
            if one.field == "observed_at" and one.after is not None:
                return words(
                    "timeline.observed", moment=words.moment(instant_from_text(str(one.after)))
                )
        return ""

    def _clock(self, event: Event) -> str:
        jump = self.jumps.get(event.id)
        if jump is None:
            return ""
        words = self.fields.words
        minutes = f"{max(1, round(jump.by / timedelta(minutes=1)))}"
        return words(f"timeline.clock.{jump.turn.value}", minutes=minutes)

    def _told(self, event: Event, changes: Sequence[Change]) -> Iterable[Told]:
        fields = self.fields
        ends = any(one.field == "departure" and one.after is not None for one in changes)
        useful = [
            one
            for one in changes
            if fields.is_told(one.entity, one.field)
            and ((one.before, one.after) != (None, None) or self._rejected(event, one))
            and not (ends and one.field == "to")  # the session ends with the visit
            and not (one.field == "state" and one.before == one.after)  # named as a parent only
        ]
        useful.sort(key=lambda one: fields.place_in_order(one.entity, one.field))
        for one in useful:
            before, after = (
                fields.value(one.entity, one.field, given) for given in (one.before, one.after)
            )
            before = self._rejected(event, one) or before
            name = fields.name(one.entity, one.field)
            yield Told(one.entity, one.field, name, before, after, one.before, one.after)

    def _rejected(self, event: Event, change: Change) -> str:
        """The values that stood against the one that an event chose, in words; empty elsewhere."""
        if event.kind is not EventKind.RESOLVED:
            return ""
        entity, field = change.entity, change.field
        stood = (self.set_by.get((parent, entity, field)) for parent in change.parents)
        values = [one.after for one in stood if one is not None and one.after != change.after]
        told = (self.fields.value(entity, field, one) for one in values)
        return ", ".join(dict.fromkeys(told))
