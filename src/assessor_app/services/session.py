"""The open visit: every answer goes through here, each in one durable transaction."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime

from assessor_app.domain.closing import OpenRule, open_rules
from assessor_app.domain.event import Event, EventKind, FieldHead, Json, StreamHead
from assessor_app.domain.findings import Finding, find
from assessor_app.domain.fulfilment import Compared, compare
from assessor_app.domain.instants import instant_text
from assessor_app.domain.instrument import Instrument, Side
from assessor_app.domain.numbers import exact_text
from assessor_app.domain.observation import EvidenceSource, Observation, ObservationKey
from assessor_app.domain.problem import InstrumentFault, Problem, RecordRefused, VisitRefused
from assessor_app.domain.scoring import Basis, Score, score
from assessor_app.domain.snapshot import read_observation, read_snapshot, read_visit
from assessor_app.domain.undoing import undoable
from assessor_app.domain.visit import (
    Outcome,
    Receiver,
    Snapshot,
    VisitKind,
    VisitState,
    require_answerable,
    require_step,
)
from assessor_app.instruments.library import Library
from assessor_app.services.advice import proposed_advice, proposed_wording
from assessor_app.services.entries import Entry, clean_text
from assessor_app.services.intake import TakenIn, evidence_values
from assessor_app.services.placing import place
from assessor_app.storage.log import Draft
from assessor_app.storage.store import Store
from assessor_app.storage.vault import Form


@dataclass(frozen=True, slots=True)
class Done:
    """What a verb did: the event it recorded and the indicators that look different now."""

    event: str
    indicators: frozenset[str]


class Session:
    """One visit and its instrument; holds the current snapshot and nothing that is not stored."""

    def __init__(self, store: Store, visit_id: str, instrument: Instrument) -> None:
        self._store = store
        self.instrument = instrument
        self.visit_id = visit_id
        # Read before the fields: where another program writes in between, the next step is refused
        # rather than taken upon a state that nobody saw.
        self._streams = store.log.stream_heads(visit_id)
        self._heads: dict[tuple[str, str], tuple[FieldHead, ...]] = dict(store.log.heads(visit_id))
        self.snapshot: Snapshot = read_snapshot(visit_id, self._heads)

    # What can be seen

    def compared(self) -> tuple[Compared, ...]:
        return compare(self.snapshot, self.instrument)

    def scores(self) -> Mapping[Basis, Score]:
        """The three scores of the visit as it stands."""
        compared = self.compared()
        return {basis: score(compared, self.instrument, basis) for basis in Basis}

    def findings(self) -> tuple[Finding, ...]:
        return find(self.visit_id, self.compared())

    def open_rules(self, outcome: Outcome) -> tuple[OpenRule, ...]:
        return open_rules(self.snapshot, self.instrument, outcome)

    # What can be done

    def record(self, entry: Entry) -> Done:
        """Record one side of one indicator.

        Raises RecordRefused where it does not fit the instrument, VisitRefused where the visit
        takes no answers, StoreProblem where it could not be made durable. Nothing changed then.
        """
        require_answerable(self.snapshot.visit)
        indicator = self.instrument.indicator(entry.indicator)
        answer = entry.values.get("answer")
        indicator.accepts_side(entry.side)
        if answer is not None:
            indicator.accepts(entry.side, str(answer))
        values, key = place(self.snapshot, indicator, entry, new_id=self._store.new_id)
        values |= {(key.entity, field): value for field, value in entry.values.items()}
        before = self.snapshot.observations.get(key, Observation())
        if answer is not None and before.not_assessed_reason:
            values[key.entity, "not_assessed_reason"] = None  # it could be assessed after all
        if entry.values.get("not_assessed_reason") and before.answer:
            values[key.entity, "answer"] = None  # what could not be assessed has no answer
        return self._do(EventKind.RECORDED, values)

    def attach(
        self,
        indicator_code: str,
        side: Side,
        photo: TakenIn,
        *,
        source: EvidenceSource,
        product: str | None = None,
        respondent: str | None = None,
        caption: str | None = None,
    ) -> Done:
        """Keep a photo as evidence of one side. The original goes to the vault before the event.

        A photo that the visit already has is shared, not kept twice. Raises as `record` does,
        and RecordRefused `evidence_already_there`.
        """
        require_answerable(self.snapshot.visit)
        indicator = self.instrument.indicator(indicator_code)
        indicator.accepts_side(side)
        values, key = place(
            self.snapshot,
            indicator,
            Entry(indicator_code, side, {}, product, respondent),
            new_id=self._store.new_id,
        )
        known = next(
            (item for item in self.snapshot.evidence.values() if item.sha256 == photo.sha256), None
        )
        if known is not None:
            if key in known.attached_to:
                raise RecordRefused("evidence_already_there", indicator=indicator_code)
            places = sorted(one.entity for one in (*known.attached_to, key))
            values[f"evidence/{known.id}", "attached_to"] = places
            return self._do(EventKind.ATTACHED, values)
        evidence_id = self._store.new_id()
        values |= evidence_values(evidence_id, photo, key, source=source, caption=caption)
        self._store.vault.put(evidence_id, Form.ORIGINAL, photo.original)
        try:
            self._store.vault.put(evidence_id, Form.REPORT, photo.report_copy)
            return self._do(EventKind.ATTACHED, values)
        except Problem:
            for form in (Form.ORIGINAL, Form.REPORT):
                self._store.vault.drop(evidence_id, form)
            raise

    def edit_finding(self, finding: str, values: Mapping[str, Json]) -> Done:
        """Change what is recorded of a finding: wording, advice, due date, who set it, owner."""
        require_answerable(self.snapshot.visit)
        entity = f"finding/{finding}"
        return self._do(
            EventKind.FINDING_EDITED, {(entity, field): value for field, value in values.items()}
        )

    def record_receiver(self, receiver: Receiver) -> Done:
        """Fix who receives the document and what was declared, before it is made.

        Raises VisitRefused once a document was issued: a change of mind is a new document.
        """
        state = self.snapshot.visit.state
        if state not in (VisitState.OPEN, VisitState.EXIT_TALK, VisitState.CLOSED):
            raise VisitRefused("receiver_fixed", visit=self.visit_id, state=state.value)
        values: dict[tuple[str, str], Json] = {
            ("receiver", "declared"): receiver.declared.value,
            ("receiver", "capacity"): receiver.capacity.value if receiver.capacity else None,
        }
        for field in ("name", "nip", "position", "response"):
            values["receiver", field] = clean_text(getattr(receiver, field), field)
        return self._do(EventKind.RECEIVER_RECORDED, values, upon_this=True)

    def begin_exit_talk(self) -> Done:
        """Raises VisitRefused in a mystery visit, which has none."""
        if self.snapshot.visit.kind is VisitKind.MYSTERY:
            raise VisitRefused("exit_talk_not_in_mystery")
        return self._step(EventKind.EXIT_TALK_BEGUN, VisitState.EXIT_TALK, {})

    def close(self, outcome: Outcome, *, departure: datetime, due: Mapping[str, Json]) -> Done:
        """Close the visit; its findings are fixed with it and a checkpoint is signed.

        `due` gives the due date and who set it for findings that have none yet. Raises
        VisitRefused `critical_rules_open` with the list while one is open.
        """
        require_step(self.snapshot.visit, VisitState.CLOSED)
        rules = self.open_rules(outcome)
        if rules:
            raise VisitRefused("critical_rules_open", visit=self.visit_id, rules=rules)
        if departure < self.snapshot.visit.arrival:
            raise VisitRefused("departure_before_arrival", visit=self.visit_id)
        heads = self._streams
        values: dict[tuple[str, str], Json] = {
            ("visit", "outcome"): outcome.value,
            ("visit", "departure"): instant_text(departure),
            ("visit", "accepted_heads"): [[one.device, one.seq, one.hash] for one in heads],
            ("session/1", "to"): instant_text(departure),
        }
        for finding in self.findings():
            values |= self._fixed(finding, due)
        return self._step(EventKind.CLOSED, VisitState.CLOSED, values)

    def void(self, reason: str) -> Done:
        """Declare the visit void, with the reason; nothing of it is deleted."""
        told = clean_text(reason, "reason")
        if told is None:
            raise VisitRefused("reason_missing", visit=self.visit_id)
        return self._step(EventKind.VOIDED, VisitState.VOIDED, {}, reason=told)

    def issued(self, values: Mapping[tuple[str, str], Json]) -> Done:
        """Record that a document was signed and written (services/issuing.py makes it)."""
        return self._step(EventKind.ISSUED, VisitState.ISSUED, values)

    def handed_over(self, values: Mapping[tuple[str, str], Json]) -> Done:
        return self._step(EventKind.HANDED_OVER, VisitState.HANDED_OVER, values)

    def undo(self) -> tuple[Done, Event]:
        """Take back this actor's last action on this device by a new event; returns both.

        Raises VisitRefused `nothing_to_undo`, `undo_overtaken`, or where answers are refused.
        """
        require_answerable(self.snapshot.visit)
        log = self._store.log
        events = [one.event for one in log.stored(self.visit_id)]
        event = undoable(events, device=log.device.id, actor=log.actor)
        values = {(change.entity, change.field): change.before for change in event.changes}
        return self._do(EventKind.UNDONE, values, undoes=event.id, upon_this=True), event

    # How it is done

    def _step(
        self,
        kind: EventKind,
        to: VisitState,
        values: Mapping[tuple[str, str], Json],
        *,
        reason: str | None = None,
    ) -> Done:
        require_step(self.snapshot.visit, to)
        return self._do(
            kind,
            {**values, ("visit", "state"): to.value},
            reason=reason,
            upon_this=True,
            sealed=to in (VisitState.CLOSED, VisitState.ISSUED),
        )

    def _do(
        self,
        kind: EventKind,
        values: Mapping[tuple[str, str], Json],
        *,
        reason: str | None = None,
        undoes: str | None = None,
        upon_this: bool = False,
        sealed: bool = False,
    ) -> Done:
        """Record one action; `upon_this` refuses where the visit has moved on since it was read."""
        acted_upon = self._streams if upon_this else None
        draft = Draft(self.visit_id, kind, values, reason, undoes, acted_upon, sealed)
        stored = self._store.log.append(draft)
        event = stored.event
        mine = StreamHead(event.device, event.seq, stored.hash)
        others = (head for head in self._streams if head.device != event.device)
        self._streams = tuple(sorted((*others, mine)))
        for change in event.changes:
            self._heads[change.entity, change.field] = (FieldHead(event.id, change.after),)
        self.snapshot = self._after(event)
        return Done(event.id, frozenset(_indicators_touched(event)))

    def _after(self, event: Event) -> Snapshot:
        """The snapshot after an event; only observations are taken over one by one."""
        entities = {change.entity for change in event.changes}
        if not all(entity.startswith("observation/") for entity in entities):
            return read_snapshot(self.visit_id, self._heads)
        observations = dict(self.snapshot.observations)
        for entity in entities:
            key = ObservationKey.from_entity(entity)
            observations[key] = read_observation(entity, self._heads)
        return replace(self.snapshot, observations=observations)

    def _fixed(self, finding: Finding, due: Mapping[str, Json]) -> dict[tuple[str, str], Json]:
        entity = f"finding/{finding.id}"
        known = self.snapshot.findings.get(finding.id)
        wording = proposed_wording(finding)
        values: dict[tuple[str, str], Json] = {
            (entity, "observation"): [key.entity for key in finding.observations()],
            (entity, "gap_kind"): finding.kind.value,
            (entity, "weight"): exact_text(finding.weight),
            (entity, "legal_basis"): list(finding.indicator.legal_basis),
            (entity, "wording"): known.wording if known and known.wording else wording,
        }
        if known is None or known.advice is None:
            values[entity, "advice"] = proposed_advice(finding)
        if known is None or known.due_date is None:
            values |= {(entity, field): value for field, value in due.items()}
        return values


def _indicators_touched(event: Event) -> set[str]:
    touched: set[str] = set()
    for change in event.changes:
        if change.entity.startswith("observation/"):
            touched.add(ObservationKey.from_entity(change.entity).indicator)
        if change.field == "attached_to" and isinstance(change.after, list):
            touched |= {ObservationKey.from_entity(str(one)).indicator for one in change.after}
    return touched


def open_session(store: Store, visit_id: str, library: Library) -> Session:
    """Open a visit with the very version of the instrument that it was begun with.

    Raises InstrumentFault `instrument_unknown`, or `instrument_changed` where the file of that
    version is not the same any more.
    """
    visit = read_visit(visit_id, store.log.heads(visit_id))
    instrument = library.get(visit.instrument_version)
    if instrument.digest != visit.instrument_digest:
        raise InstrumentFault("instrument_changed", instrument=instrument.pin)
    return Session(store, visit_id, instrument)
