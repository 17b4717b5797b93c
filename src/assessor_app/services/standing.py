"""How the open visit stands: its recorded fields, its snapshot, and what follows from both."""

import threading
from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass

from assessor_app.domain.event import (
    ANSWERING,
    Event,
    EventKind,
    FieldHead,
    Json,
    StreamHead,
    differing,
)
from assessor_app.domain.fulfilment import Compared
from assessor_app.domain.instrument import Instrument
from assessor_app.domain.outlook import Outlook, RunningOutlook, Seen
from assessor_app.domain.snapshot import indicators_touched, read_after, read_snapshot
from assessor_app.domain.visit import Snapshot
from assessor_app.services.taking_back import TakingBack
from assessor_app.storage.log import Draft
from assessor_app.storage.store import Store

Streams = tuple[StreamHead, ...]


@dataclass(frozen=True, slots=True)
class Done:
    """What a verb did: the event it recorded and the indicators that look different now.

    `event` is None where all that was given holds already: nothing was recorded then.
    """

    event: str | None
    indicators: frozenset[str]


NOTHING = Done(None, frozenset())


class Standing:
    """Moves on with each recorded action, whole; `turn` is held where several steps are one."""

    def __init__(self, store: Store, visit_id: str, instrument: Instrument) -> None:
        self._store = store
        self._visit_id = visit_id
        self._instrument = instrument
        self.turn = threading.RLock()
        # Read before the fields: where another program writes in between, the next step is refused
        # rather than taken upon a state that nobody saw.
        self.streams: Streams = store.log.stream_heads(visit_id)
        self._heads: dict[tuple[str, str], tuple[FieldHead, ...]] = dict(store.log.heads(visit_id))
        self.snapshot: Snapshot = read_snapshot(visit_id, self._heads)
        self._running: RunningOutlook | None = None
        self._touched: frozenset[str] | None = None  # indicators, since the outlook was drawn
        self.taking_back = TakingBack(store.log, visit_id)

    def outlook(self) -> Outlook:
        """Both sides compared, scores and findings as the visit stands; computed once for each."""
        return self._up_to_date().outlook

    def compared_of(self, code: str) -> tuple[Compared, ...]:
        """What was compared of one indicator: one for each product that it is asked of."""
        return self._up_to_date().of(code)

    def _up_to_date(self) -> RunningOutlook:
        with self.turn:
            if self._running is None:
                self._running = RunningOutlook(self.snapshot, self._instrument)
            elif self._touched is not None:
                self._running.again(self.snapshot, touched=self._touched)
            self._touched = None
            return self._running

    def seen(self) -> Seen:
        """The visit as it stands now, to make a document of while it may go on."""
        with self.turn:
            return Seen(self._instrument, self.snapshot, self.outlook(), self.streams)

    def differing(
        self, values: Mapping[tuple[str, str], Json], *, about: Collection[str]
    ) -> dict[tuple[str, str], Json]:
        """What is not recorded already; nothing where nothing of the entities `about` differs.

        All, where another program has written since: only then is it asked for, as it costs a
        transaction. What is left out of an event is looked at in its own (`held`).
        """
        found = differing(values, self._heads)
        if any(entity in about for entity, _ in found):
            return found
        if self._store.log.stream_heads(self._visit_id) != self.streams:
            return dict(values)
        return {}

    def do(
        self,
        kind: EventKind,
        values: Mapping[tuple[str, str], Json],
        *,
        reason: str | None = None,
        undoes: str | None = None,
        acted_upon: Streams | None = None,
        sealed: bool = False,
        require: Callable[[], None] | None = None,
        held: Collection[tuple[str, str]] = (),
    ) -> Done:
        """Record one action; refused where the visit has moved on beyond `acted_upon`.

        The values of the fields `held` are current already: they are left out where they still are.
        """
        under = self._instrument.digest if kind in ANSWERING else None
        with self.turn:
            draft = Draft(
                self._visit_id,
                kind,
                values,
                reason=reason,
                undoes=undoes,
                acted_upon=acted_upon,
                sealed=sealed,
                under=under,
                require=require,
                seen=self._seen(values) if kind in ANSWERING else None,
                held=self._seen(held),
            )
            stored = self._store.log.append(draft)
            event = stored.event
            known = {head.device: head for head in self.streams}
            before = known.get(event.device)
            known[event.device] = StreamHead(event.device, event.seq, stored.hash)
            self.streams = tuple(sorted(known.values()))
            overtaken = event.seq != (before.seq if before else 0) + 1
            if overtaken or kind is EventKind.REOPENED:  # which lets count what came late
                return self._read_again(event)
            return self._taken_over(event)

    def _seen(self, fields: Iterable[tuple[str, str]]) -> dict[tuple[str, str], list[str]]:
        return {place: [head.event for head in self._heads.get(place, ())] for place in fields}

    def _read_again(self, event: Event) -> Done:
        """More than this event has changed: everything may look different now."""
        self._heads = dict(self._store.log.heads(self._visit_id))
        self.snapshot = read_snapshot(self._visit_id, self._heads)
        self._running = None
        self.taking_back.forget()
        return Done(event.id, frozenset(one.code for one in self._instrument.indicators()))

    def _taken_over(self, event: Event) -> Done:
        for change in event.changes:
            self._heads[change.entity, change.field] = (FieldHead(event.id, change.after),)
        self.snapshot = read_after(self.snapshot, event, self._heads)
        self.taking_back.take(event)
        touched = indicators_touched(event, self._instrument, self.snapshot.evidence)
        self._touched = touched | (self._touched or frozenset())
        return Done(event.id, touched)
