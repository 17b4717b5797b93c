"""The open visit as it stands, and its steps: pause, exit talk, close, reopening, document."""

from collections.abc import Callable, Mapping
from datetime import datetime

from assessor_app.domain.closing import OpenRule, open_rules
from assessor_app.domain.doubts import Doubt, doubts
from assessor_app.domain.event import (
    Event,
    EventKind,
    Json,
)
from assessor_app.domain.findings import Finding
from assessor_app.domain.fulfilment import Compared
from assessor_app.domain.instrument import Instrument
from assessor_app.domain.outlook import Outlook, Seen
from assessor_app.domain.problem import VisitRefused
from assessor_app.domain.scoring import Basis, Score
from assessor_app.domain.visit import (
    ISSUED_STATES,
    Outcome,
    Receiver,
    Snapshot,
    VisitKind,
    VisitState,
    is_led_by,
    require_answerable,
    require_lead,
    require_running,
    require_step,
)
from assessor_app.services import steps
from assessor_app.services.standing import NOTHING, Done, Standing, Streams
from assessor_app.storage.store import Store


class VisitSteps:
    """What can be seen of an open visit, and the steps that it goes through as a whole.

    A worker may make a document while the window goes on: each action is taken over whole.
    """

    def __init__(self, store: Store, visit_id: str, instrument: Instrument) -> None:
        self._store = store
        self.instrument = instrument
        self.visit_id = visit_id
        self._standing = Standing(store, visit_id, instrument)

    # What can be seen

    @property
    def snapshot(self) -> Snapshot:
        """The visit as it stands."""
        return self._standing.snapshot

    @property
    def is_led_here(self) -> bool:
        """Whether who works here leads the visit: closes it, opens it again, and certifies."""
        return is_led_by(self.snapshot.visit, self._store.assessor)

    def outlook(self) -> Outlook:
        """Both sides compared, scores and findings as the visit stands; computed once for each."""
        return self._standing.outlook()

    def seen(self) -> Seen:
        """The visit as it stands now, to make a document of while it may go on."""
        return self._standing.seen()

    def compared(self) -> tuple[Compared, ...]:
        return self.outlook().compared

    def compared_of(self, code: str) -> tuple[Compared, ...]:
        """What was compared of one indicator: one for each product that it is asked of."""
        return self._standing.compared_of(code)

    def scores(self) -> Mapping[Basis, Score]:
        """The three scores of the visit as it stands; none where the year has no weights."""
        return self.outlook().scores

    def findings(self) -> tuple[Finding, ...]:
        return self.outlook().findings

    def open_rules(self, outcome: Outcome) -> tuple[OpenRule, ...]:
        return open_rules(self.snapshot, self.compared(), outcome)

    def doubts(self, now: datetime) -> tuple[Doubt, ...]:
        """What contradicts and does not forbid to close."""
        return doubts(self.snapshot, self.compared(), instrument=self.instrument, now=now)

    @property
    def next_undo(self) -> Event | None:
        """The action that an undo would take back; None while the visit takes no answers."""
        if not self.snapshot.takes_answers:
            return None
        found = self._standing.taking_back.stacks(self._standing.streams).next_undo
        return found.original if found else None

    @property
    def next_redo(self) -> Event | None:
        """The action that a redo would give back; None while the visit takes no answers."""
        if not self.snapshot.takes_answers:
            return None
        found = self._standing.taking_back.stacks(self._standing.streams).next_redo
        return found.original if found else None

    # What it goes through

    def record_receiver(
        self,
        receiver: Receiver,
        *,
        besides: Mapping[tuple[str, str], Json] | None = None,
        require: Callable[[], None] | None = None,
        amends: str | None = None,
    ) -> Done:
        """Fix who receives the document and what was declared, before it is made.

        `besides` names the file of a signature that was drawn (services/receiving.py puts it into
        the vault), `require` is what must hold then. Raises VisitRefused once a document was
        issued, unless the lead `amends` it with a reason: a change of mind is a new document, which
        supersedes. The visit is closed then, to be issued once more; its answers stay as they are.
        """
        with self._standing.turn:
            told, state = self._receiver_open(amends), self.snapshot.visit.state
            values = steps.received(receiver)
            if not self._standing.differing(values, about={"receiver"}):
                return NOTHING
            if state is VisitState.CLOSED or told is not None:
                # It names the closing as its parent: what another device adds afterwards is known
                # to follow from it, and not taken for late (domain/acceptance.py).
                values["visit", "state"] = VisitState.CLOSED.value
            return self._standing.do(
                EventKind.RECEIVER_RECORDED,
                {**values, **(besides or {})},
                reason=told,
                acted_upon=self._standing.streams,
                require=require,
            )

    def pause(self, reason: str, *, at: datetime) -> Done:
        """Interrupt the visit, to be resumed later or on another day; it takes no answers then.

        Raises VisitRefused `visit_paused`, `reason_missing` or `pause_too_early`.
        """
        self._require_open()
        told = steps.told_reason(reason, visit=self.visit_id)
        values = steps.paused(self.snapshot, told, at=at)
        return self._standing.do(
            EventKind.PAUSED, values, reason=told, acted_upon=self._standing.streams
        )

    def resume(self, *, at: datetime) -> Done:
        """Go on with a paused visit, in a session of its own.

        Raises VisitRefused `visit_not_paused` or `resumed_before_pause`.
        """
        require_answerable(self.snapshot.visit)
        values = steps.resumed(self.snapshot, at=at)
        return self._standing.do(EventKind.RESUMED, values, acted_upon=self._standing.streams)

    def begin_exit_talk(self) -> Done:
        """Raises VisitRefused in a mystery visit, which has none, and while the visit is paused."""
        if self.snapshot.visit.kind is VisitKind.MYSTERY:
            raise VisitRefused("exit_talk_not_in_mystery")
        require_running(self.snapshot)
        return self._step(EventKind.EXIT_TALK_BEGUN, VisitState.EXIT_TALK, {})

    def close(
        self,
        outcome: Outcome,
        *,
        departure: datetime,
        due: Callable[[Finding], Mapping[str, Json]],
        account: str | None = None,
    ) -> Done:
        """Close the visit, as its lead; its findings are fixed and a checkpoint is signed.

        `due` gives the due date of a finding that has none yet, and who set it; `account` tells
        what happened where the visit was not completed. Raises VisitRefused
        `critical_rules_open` with the list while one is open, `only_the_lead`,
        `departure_before_arrival`, `departure_before_session`, `account_missing` or
        `account_not_asked`.
        """
        require_step(self.snapshot.visit, VisitState.CLOSED)
        require_lead(self.snapshot.visit, self._store.assessor)
        rules = self.open_rules(outcome)
        if rules:
            raise VisitRefused("critical_rules_open", visit=self.visit_id, rules=rules)
        values = steps.departed(self.snapshot, departure)
        told = steps.told_account(account, outcome, visit=self.visit_id)
        values["visit", "outcome"] = outcome.value
        values["visit", "account"] = told
        values["visit", "accepted_heads"] = [
            [one.device, one.seq, one.hash] for one in self._standing.streams
        ]
        for finding in self.findings():
            values |= steps.fixed(finding, self.snapshot.findings.get(finding.id), due=due(finding))
        return self._step(EventKind.CLOSED, VisitState.CLOSED, values, reason=told)

    def reopen(self, reason: str, *, at: datetime) -> Done:
        """Open a closed visit again, as its lead: what came late counts from now on.

        After a document was issued only headquarters reopens. Raises VisitRefused
        `visit_step_refused`, `only_the_lead`, `reason_missing` or `resumed_before_pause`.
        """
        visit = self.snapshot.visit
        if visit.state in ISSUED_STATES or self.snapshot.documents:
            raise VisitRefused("reopened_by_headquarters", visit=self.visit_id)
        require_step(visit, VisitState.OPEN)
        require_lead(visit, self._store.assessor)
        told = steps.told_reason(reason, visit=self.visit_id)
        values = steps.reopened(self.snapshot, at=at)
        return self._step(EventKind.REOPENED, VisitState.OPEN, values, reason=told)

    def take_lead(self, reason: str) -> Done:
        """Lead the visit from now on, where its lead cannot close it or sign its document.

        The reason is recorded. Raises VisitRefused `leads_already`, `reason_missing`, or where the
        visit is void.
        """
        visit = self.snapshot.visit
        if visit.state is VisitState.VOIDED:
            require_answerable(visit)
        if self.is_led_here:
            raise VisitRefused("leads_already", visit=self.visit_id)
        told = steps.told_reason(reason, visit=self.visit_id)
        values: dict[tuple[str, str], Json] = {("visit", "lead"): self._store.assessor}
        if not visit.answerable:  # it follows from the closing, and is not late
            values["visit", "state"] = visit.state.value
        return self._standing.do(
            EventKind.LEAD_TAKEN, values, reason=told, acted_upon=self._standing.streams
        )

    def void(self, reason: str) -> Done:
        """Declare the visit void, with the reason; nothing of it is deleted."""
        told = steps.told_reason(reason, visit=self.visit_id)
        return self._step(EventKind.VOIDED, VisitState.VOIDED, {}, reason=told)

    def issued(
        self,
        values: Mapping[tuple[str, str], Json],
        *,
        of: Seen,
        require: Callable[[], None] | None = None,
    ) -> Done:
        """Record that a document was signed and written (services/issuing.py makes it).

        A visit of which one is out already stays as far as it has come.
        `of` is the visit as the document tells it: raises VisitRefused `visit_moved_on` where
        anything was recorded since. `require` is what must hold then (storage/log.py, Draft).
        """
        state = self.snapshot.visit.state
        to = state if state in ISSUED_STATES else VisitState.ISSUED
        return self._step(EventKind.ISSUED, to, values, acted_upon=of.streams, require=require)

    def moved(self, values: Mapping[tuple[str, str], Json], *, reason: str, of: Seen) -> Done:
        """Record that the visit goes on under another instrument, as services/moving.py showed.

        This session takes no answers any more: open the visit anew. Raises VisitRefused
        `visit_moved_on` where anything was recorded since `of` was seen.
        """
        self._require_open()
        return self._standing.do(EventKind.MOVED, values, reason=reason, acted_upon=of.streams)

    def handed_over(self, values: Mapping[tuple[str, str], Json]) -> Done:
        return self._step(EventKind.HANDED_OVER, VisitState.HANDED_OVER, values)

    def came_back(
        self, values: Mapping[tuple[str, str], Json], *, require: Callable[[], None]
    ) -> Done:
        """Record what came back of a document (services/returned.py judges it)."""
        with self._standing.turn:
            # It names the closing as its parent, and is not taken for late (domain/acceptance.py).
            state = {("visit", "state"): self.snapshot.visit.state.value}
            return self._standing.do(EventKind.RETURNED, {**values, **state}, require=require)

    # How it is done

    def _receiver_open(self, amends: str | None) -> str | None:
        """The reason of an amendment; raises VisitRefused where the receiver cannot be recorded."""
        visit = self.snapshot.visit
        if visit.state in (VisitState.OPEN, VisitState.EXIT_TALK, VisitState.CLOSED):
            require_running(self.snapshot)
            return None
        amendable = visit.state in (VisitState.ISSUED, VisitState.HANDED_OVER)
        if amends is None or not amendable:
            raise VisitRefused("receiver_fixed", visit=self.visit_id, state=visit.state.value)
        require_lead(visit, self._store.assessor)
        return steps.told_reason(amends, visit=self.visit_id)

    def _require_open(self) -> None:
        require_answerable(self.snapshot.visit)
        require_running(self.snapshot)
        if self.snapshot.visit.instrument_digest != self.instrument.digest:
            pin = self.snapshot.visit.instrument_version
            raise VisitRefused("visit_on_other_instrument", visit=self.visit_id, instrument=pin)

    def _step(
        self,
        kind: EventKind,
        to: VisitState,
        values: Mapping[tuple[str, str], Json],
        *,
        reason: str | None = None,
        acted_upon: Streams | None = None,
        require: Callable[[], None] | None = None,
    ) -> Done:
        with self._standing.turn:
            require_step(self.snapshot.visit, to)
            return self._standing.do(
                kind,
                {**values, ("visit", "state"): to.value},
                reason=reason,
                acted_upon=self._standing.streams if acted_upon is None else acted_upon,
                sealed=kind in (EventKind.CLOSED, EventKind.ISSUED),
                require=require,
            )
