"""What two devices said differently, side by side: who said it, when, where, and by what proof."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from assessor_app.domain.conflicts import Conflict, Contender
from assessor_app.domain.event import Event, Json
from assessor_app.domain.instants import instant_from_text
from assessor_app.domain.observation import ObservationKey
from assessor_app.services.enrolment import Workplace
from assessor_app.services.report.words import Words
from assessor_app.services.session import Session
from assessor_app.services.told_fields import FieldWords
from assessor_app.services.trust import names_of_people


@dataclass(frozen=True, slots=True)
class Proof:
    """Evidence of an indicator's side, by whom it was attached there."""

    evidence: str
    caption: str | None
    sha256: str
    author: str
    own_device: bool
    attached_at: datetime


@dataclass(frozen=True, slots=True)
class Said:
    """One of the values that stand against each other.

    `event` chooses it. `name` is the field in words: of an answer and a reason why there is none
    both are shown. `recorded_at` is the device's wall clock; `observed_at` and `note` are what the
    same person noted there on the same device, `proofs` what they attached.
    """

    event: str
    field: str
    name: str
    value: str
    recorded: Json
    author: str
    device: str
    own_device: bool
    recorded_at: datetime
    observed_at: datetime | None
    note: str | None
    proofs: tuple[Proof, ...]


@dataclass(frozen=True, slots=True)
class Shown:
    """One conflict as it is shown; all texts are final. `key` is None where it is of no indicator.

    `others` is the evidence of that side that none of the authors attached.
    """

    entity: str
    field: str
    place: str
    name: str
    key: ObservationKey | None
    sides: tuple[Said, ...]
    others: tuple[Proof, ...]


def conflicts(session: Session, workplace: Workplace, words: Words) -> tuple[Shown, ...]:
    """All conflicts of a visit, in the order of their places."""
    snapshot = session.snapshot
    if not snapshot.conflicts:
        return ()
    people = names_of_people(workplace.store)
    events = [link.event for link in workplace.store.log.stored(session.visit_id)]
    showing = _Showing(
        session,
        FieldWords(words, session.instrument, snapshot, people),
        workplace.store.device.id,
        {event.id: event for event in events},
        _by_entity(events),
    )
    return tuple(showing.shown(one) for one in snapshot.conflicts)


@dataclass(frozen=True, slots=True)
class _Showing:
    session: Session
    fields: FieldWords
    own_device: str
    events: Mapping[str, Event]
    by_entity: Mapping[str, Sequence[Event]]

    def shown(self, conflict: Conflict) -> Shown:
        entity = conflict.entity
        key = ObservationKey.from_entity(entity) if entity.startswith("observation/") else None
        proofs = self._proofs(key)
        return Shown(
            entity=entity,
            field=conflict.field,
            place=self.fields.part(entity),
            name=self._name(entity, conflict.field),
            key=key,
            sides=tuple(self._said(entity, one, proofs) for one in conflict.contenders),
            others=tuple(
                proof
                for author, proof in proofs
                if author not in {self._author(one.event) for one in conflict.contenders}
            ),
        )

    def _said(
        self, entity: str, one: Contender, proofs: Iterable[tuple[tuple[str, str], Proof]]
    ) -> Said:
        event, author = self.events[one.event], self._author(one.event)
        observed = self._noted(entity, "observed_at", author)
        note = self._noted(entity, "note", author)
        return Said(
            event=one.event,
            field=one.field,
            name=self._name(entity, one.field),
            value=self._value(entity, one),
            recorded=one.value,
            author=self._person(event),
            device=event.device,
            own_device=event.device == self.own_device,
            recorded_at=event.wall,
            observed_at=instant_from_text(str(observed)) if observed else None,
            note=None if note is None else str(note),
            proofs=tuple(proof for of, proof in proofs if of == author),
        )

    def _proofs(self, key: ObservationKey | None) -> list[tuple[tuple[str, str], Proof]]:
        """The evidence of a side, each with who attached it there first: device and actor."""
        found: list[tuple[tuple[str, str], Proof]] = []
        for item in self.session.snapshot.evidence_for(key) if key else ():
            event = self._attaching(f"evidence/{item.id}", key.entity if key else "")
            proof = Proof(
                item.id,
                item.caption,
                item.sha256,
                self._person(event),
                event.device == self.own_device,
                event.wall,
            )
            found.append(((event.device, event.actor), proof))
        return found

    def _attaching(self, evidence: str, place: str) -> Event:
        return next(
            event
            for event in self.by_entity[evidence]
            for one in event.changes
            if (one.entity, one.field) == (evidence, "attached_to")
            and isinstance(one.after, Sequence)
            and place in one.after
        )

    def _noted(self, entity: str, field: str, author: tuple[str, str]) -> Json:
        """What somebody noted last of an observation, on the same device."""
        found: Json = None
        for event in self.by_entity[entity]:
            if (event.device, event.actor) == author:
                for one in event.changes:
                    if (one.entity, one.field) == (entity, field):
                        found = one.after
        return found

    def _name(self, entity: str, field: str) -> str:
        return self.fields.name(entity, field) if self.fields.is_told(entity, field) else field

    def _value(self, entity: str, one: Contender) -> str:
        return self.fields.value(entity, one.field, one.value)

    def _person(self, event: Event) -> str:
        return self.fields.people.get(event.actor, self.fields.words("people.unknown"))

    def _author(self, event: str) -> tuple[str, str]:
        found = self.events[event]
        return found.device, found.actor


def _by_entity(events: Iterable[Event]) -> Mapping[str, Sequence[Event]]:
    """Each entity's events, of one device in its own order."""
    found: defaultdict[str, list[Event]] = defaultdict(list)
    for event in sorted(events, key=lambda one: (one.device, one.seq)):
        for entity in {one.entity for one in event.changes}:
            found[entity].append(event)
    return found
