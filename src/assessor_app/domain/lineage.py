"""How the events of a visit follow from each other: their order, and which hold no more."""

import heapq
from collections import defaultdict
from collections.abc import Sequence

from assessor_app.domain.event import Event, EventKind, Json, normalised


def in_order(events: Sequence[Event]) -> tuple[Event, ...]:
    """Events of one visit or several: what one was made in knowledge of stands before it.

    The wall clock decides only between events that did not know of each other, so that a clock
    that was turned moves nothing, and every device tells the same order.
    """
    known = {event.id: event for event in events}
    waiting, followers = _needs(known)
    ready = [_place(event) for event in known.values() if not waiting[event.id]]
    heapq.heapify(ready)
    ordered: list[Event] = []
    while ready:
        event = known[heapq.heappop(ready)[-1]]
        ordered.append(event)
        for id_ in followers[event.id]:
            waiting[id_] -= 1
            if not waiting[id_]:
                heapq.heappush(ready, _place(known[id_]))
    return tuple(ordered)


def undone(ordered: Sequence[Event]) -> frozenset[str]:
    """The ids of the actions that were taken back and not given back since.

    `ordered` is as `in_order` gives it: an undo stands after what it takes back.
    """
    taken_back: set[str] = set()
    for event in reversed(ordered):
        if event.undoes is not None and event.id not in taken_back:
            taken_back.add(event.undoes)
    return frozenset(taken_back)


def given_up(events: Sequence[Event]) -> frozenset[str]:
    """The ids of the events whose value stood against another one that was chosen."""
    values = {
        (event.id, change.entity, change.field): change.after
        for event in events
        for change in event.changes
    }
    lost: set[str] = set()
    for event in events:
        for change in event.changes:
            if event.kind is not EventKind.RESOLVED and len(change.parents) <= 1:
                continue
            for parent in change.parents:
                before = values.get((parent, change.entity, change.field))
                if before is not None and _differ(before, change.after):
                    lost.add(parent)
    return frozenset(lost)


def _needs(known: dict[str, Event]) -> tuple[dict[str, int], dict[str, list[str]]]:
    """How many events each one follows from, and which follow from it."""
    in_stream = {(one.visit, one.device, one.seq): one.id for one in known.values()}
    waiting: dict[str, int] = {}
    followers: defaultdict[str, list[str]] = defaultdict(list)
    for event in known.values():
        before = {parent for change in event.changes for parent in change.parents}
        stream = (event.visit, event.device)
        before |= {in_stream.get((*stream, event.seq - 1), ""), event.undoes or ""}
        seen = before & known.keys()
        waiting[event.id] = len(seen)
        for id_ in seen:
            followers[id_].append(event.id)
    return waiting, followers


def _place(event: Event) -> tuple[float, str, int, str]:
    return event.wall.timestamp(), event.device, event.seq, event.id


def _differ(one: Json, other: Json) -> bool:
    return normalised(one) != normalised(other)
