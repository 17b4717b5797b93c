"""What is queued goes to the storage: in pieces, in order, resumed where it was broken off.

A failing item is set aside and blocks nothing; a failing storage ends the run in words and loses
nothing. A put that succeeded ends no item: headquarters' receipt does (pulling.py).
"""

from collections.abc import Collection
from dataclasses import dataclass

from assessor_app.domain.outbox import Sending
from assessor_app.domain.problem import Problem, StoreProblem
from assessor_app.domain.visit import VisitState
from assessor_app.instruments.library import Library
from assessor_app.services.enrolment import Workplace
from assessor_app.services.sync.freeing import FreedNow, free_by_rule
from assessor_app.services.sync.packing import Queued, queue_visit
from assessor_app.services.sync.packing import Tell as TellSealing
from assessor_app.services.sync.sending import Run, Stop, TellSending
from assessor_app.services.sync.trusted import headquarters_of
from assessor_app.services.visits import all_visits
from assessor_app.storage import outbox
from assessor_app.storage.secrets import forget_secret, keep_secret, read_secret
from assessor_app.storage.store import Store
from assessor_app.syncing.transports.transport import Transport, TransportFailed

__all__ = ["Stop", "TellSending"]  # what front ends hear and say of a run

_PAUSED = "sending/paused"
_LEAVING = frozenset(
    {
        VisitState.CLOSED,
        VisitState.ISSUED,
        VisitState.HANDED_OVER,
        VisitState.RECEIPTED,
        VisitState.VOIDED,
    }
)
"""The states in which a visit is sent without being asked for by name."""


@dataclass(frozen=True, slots=True)
class Pushed:
    """What a run came to.

    `sent` are items that the storage now has whole, `put` the bytes that went over the line.
    `refused` are visits that could not be queued, each with its reason; `ended_by` is why the run
    ended before its end: what the storage said, or None. `stopped` says that it was asked to;
    `freed` is what the rule of freeing.py let go of.
    """

    queued: tuple[Queued, ...]
    sent: tuple[str, ...]
    put: int
    refused: tuple[tuple[str, Problem], ...]
    ended_by: Problem | None
    stopped: bool
    left: int
    freed: FreedNow


def push(
    workplace: Workplace,
    transport: Transport,
    *,
    library: Library,
    visits: Collection[str] | None = None,
    tell: TellSending | None = None,
    tell_sealing: TellSealing | None = None,
    stop: Stop | None = None,
) -> Pushed:
    """Queue what is new of the visits that have ended (or of those named), and send the queue.

    Raises StoreProblem `sending_paused`, `sending_busy`, as `headquarters_of` does, or as reading
    and writing here do. What the storage says is in the result; nothing is lost by it.
    """
    store, ending = workplace.store, stop or Stop()
    headquarters_of(store)
    if is_paused(store):
        raise StoreProblem("sending_paused")
    queued, refused = _queue(workplace, library, visits, tell=tell_sealing, stop=ending)
    with outbox.alone(store):
        run = Run(store, transport, ending, lambda: is_paused(store), tell or _unheard)
        ended_by: Problem | None = None
        try:
            run.send()
        except TransportFailed as failed:
            ended_by = failed
        outbox.sweep(store)
        left = sum(one.is_to_be_sent for one in outbox.items(store))
        freed = free_by_rule(workplace)
    return Pushed(
        queued=queued,
        sent=tuple(run.sent),
        put=run.put,
        refused=refused,
        ended_by=ended_by,
        stopped=run.is_stopped,
        left=left,
        freed=freed,
    )


def pause(store: Store) -> None:
    """Send nothing until it is gone on with; a run in whichever process ends after its piece."""
    keep_secret(store, _PAUSED, b"1")


def go_on(store: Store) -> None:
    """Let it be sent again."""
    forget_secret(store, _PAUSED)


def is_paused(store: Store) -> bool:
    """Whether somebody said to wait."""
    return read_secret(store, _PAUSED) is not None


def due_visits(workplace: Workplace) -> tuple[str, ...]:
    """The ids of the visits that go by themselves: those that have ended, in order of arrival."""
    ended = [one for one in all_visits(workplace.store) if one.state in _LEAVING]
    return tuple(one.id for one in sorted(ended, key=lambda one: one.arrival))


def _queue(
    workplace: Workplace,
    library: Library,
    visits: Collection[str] | None,
    *,
    tell: TellSealing | None,
    stop: Stop,
) -> tuple[tuple[Queued, ...], tuple[tuple[str, Problem], ...]]:
    """One visit that cannot be sealed holds up no other."""
    queued, refused = list[Queued](), list[tuple[str, Problem]]()
    for visit in due_visits(workplace) if visits is None else visits:
        if stop.is_asked():
            break
        try:
            made = queue_visit(workplace, visit, library=library, tell=tell)
        except Problem as problem:
            if problem.code in _OF_ALL:
                raise
            refused.append((visit, problem))
        else:
            queued += [made] if made is not None else []
    return tuple(queued), tuple(refused)


_OF_ALL = frozenset({"sending_busy", "disk_full", "disk_failing", "store_read_only"})
"""Codes that say of this device what would hold for the next visit as well."""


def _unheard(_: Sending) -> None:
    """Nobody listens."""
