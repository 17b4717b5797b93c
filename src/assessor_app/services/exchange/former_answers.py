"""Answers that were given under the former instrument while the visit was moved on another device.

They are kept and count as they stand. Where the instrument that the visit is on now would misread
them, as 3 days for 3 seats, somebody has to look again: the move knew nothing of them, nor they of
the move. An import can tell, since a file brings all that its maker knew.
"""

from collections.abc import Collection, Mapping, Sequence

from assessor_app.domain.event import Event, EventKind, Heads
from assessor_app.domain.instrument import Indicator, Instrument
from assessor_app.domain.observation import ObservationKey
from assessor_app.domain.snapshot import read_snapshot
from assessor_app.instruments.library import Library
from assessor_app.services.instruments import instrument_of
from assessor_app.services.moving import misread


def former_answers(
    heads: Heads, arrived: Sequence[Event], *, before: Collection[Event], library: Library
) -> tuple[ObservationKey, ...]:
    """Where an answer means something else now, of those that met a move in this import.

    `heads` are the merged visit's, `arrived` all events of the file in its order, `before` those
    that were known here.
    """
    (*_, pinned) = heads["visit", "instrument_digest"]
    moves = {one.id: one for one in (*before, *arrived) if one.kind is EventKind.MOVED}
    move = moves.get(pinned.event)
    if move is None:
        return ()
    snapshot = read_snapshot(move.visit, heads)
    known = _indicators(instrument_of(snapshot.visit, library))
    former = _indicators(library.copy_of(_former_digest(move)))
    unaware = _unaware(move, arrived, before=before)
    return tuple(
        key
        for key, one in sorted(snapshot.observations.items())
        if one.answer is not None
        and key.indicator in known  # what is not asked any more is read by nobody
        and any(head.event in unaware for head in heads[key.entity, "answer"])
        and misread(key, one, known[key.indicator], former=former.get(key.indicator))
    )


def _unaware(move: Event, arrived: Sequence[Event], *, before: Collection[Event]) -> set[str]:
    """The events that knew nothing of the move, and of which it knew nothing."""
    here, there = {one.id for one in before}, [one.id for one in arrived]
    if move.id in here and move.id not in there:
        return set(there) - here
    if move.id in there and move.id not in here:
        return here - set(there[: there.index(move.id)])
    return set()


def _former_digest(move: Event) -> str:
    changed = {(one.entity, one.field): one.before for one in move.changes}
    return str(changed["visit", "instrument_digest"])


def _indicators(instrument: Instrument | None) -> Mapping[str, Indicator]:
    return {one.code: one for one in instrument.indicators()} if instrument else {}
