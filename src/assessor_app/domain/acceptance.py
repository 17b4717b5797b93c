"""Which events of a visit count: those that arrive after it was closed are late (record.md).

A closing lists the stream heads that it accepted. What is neither among them nor follows from the
closing is late: kept and shown, not scored, until the visit is reopened. All of it is a function of
the set of events, so that every device comes to the same answer in whatever order they arrive.
"""

import itertools
from collections import defaultdict
from collections.abc import Container, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from assessor_app.domain.event import Event, EventKind, FieldHead, Heads, current_heads

LAYERS = "layers"  # of evidence: what no hand-out shows

ACCEPTED = ("visit", "accepted_heads")
"""Where a closing names the last accepted event of each stream: [device, seq, hash]."""


def late_events(events: Iterable[Event]) -> frozenset[str]:
    """The ids of the events of one visit that came too late to count.

    Of two closings that did not know of each other the one that a document was issued upon holds,
    or else the one with the smaller id, and the other is late with all that follows from it. A
    reopening ends the closings that it follows from: one that was made elsewhere, in ignorance of a
    closing, opens no visit that was issued meanwhile.
    """
    known = {event.id: event for event in events}
    if len({event.device for event in known.values()}) <= 1:  # one device knows all
        return frozenset()
    closings, reopenings = (
        sorted(id_ for id_, one in known.items() if one.kind is kind)
        for kind in (EventKind.CLOSED, EventKind.REOPENED)
    )
    followers = _followers(known) if closings else {}
    following = {closing: _all_after(closing, followers) for closing in closings}
    late: set[str] = set()
    for closing in sorted(closings, key=lambda one: not _is_issued(following[one], known)):
        after = following[closing]
        if closing in late or any(one in after for one in reopenings if one not in late):
            continue
        accepted = _accepted(known[closing])
        late |= {
            id_
            for id_, one in known.items()
            if id_ not in after and one.seq > accepted.get(one.device, 0)
        }
    return frozenset(late)


@dataclass(frozen=True, slots=True)
class Counting:
    """What counts of a visit's events: the current values, and which events came too late."""

    heads: Heads
    late: frozenset[str]


def counting(events: Sequence[Event]) -> Counting:
    """What all events of one visit come to: late events set no value, but that a cover holds.

    Whoever covered a face before they heard of the closing is right about the face: it is one more
    current value of the layers, and all that are current are covered (`united_layers`).
    """
    late = late_events(events)
    heads = current_heads(event for event in events if event.id not in late)
    return Counting(_with_late_covers(heads, events, late=late) if late else heads, late)


def counting_all(events: Sequence[Event]) -> Counting:
    """What they come to where nothing is late: once the visit is reopened."""
    return Counting(current_heads(events), frozenset())


def _with_late_covers(heads: Heads, events: Sequence[Event], *, late: Container[str]) -> Heads:
    """The heads, and beside them each late cover that no event has replaced since."""
    known = {event.id: event for event in events}.values()
    replaced = {
        (one.entity, one.field, parent)
        for event in known
        for one in event.changes
        for parent in one.parents
    }
    found = dict(heads)
    for event in sorted(known, key=lambda one: one.id):
        if event.id not in late or event.kind is not EventKind.REDACTED:
            continue
        for one in event.changes:
            place = (one.entity, one.field)
            if one.field == LAYERS and (*place, event.id) not in replaced:
                both = (*found.get(place, ()), FieldHead(event.id, one.after))
                found[place] = tuple(sorted(both, key=lambda head: head.event))
    return found


def _followers(known: Mapping[str, Event]) -> Mapping[str, list[str]]:
    """Which events were made in knowledge of an event: the next of its stream, and its children."""
    followers: defaultdict[str, list[str]] = defaultdict(list)
    streams: defaultdict[str, list[Event]] = defaultdict(list)
    for id_, event in known.items():
        streams[event.device].append(event)
        for parent in {parent for change in event.changes for parent in change.parents}:
            followers[parent].append(id_)
    for stream in streams.values():
        stream.sort(key=lambda one: one.seq)
        for before, after in itertools.pairwise(stream):
            followers[before.id].append(after.id)
    return followers


def _all_after(start: str, followers: Mapping[str, list[str]]) -> set[str]:
    """An event and all that follows from it."""
    found, waiting = {start}, [start]
    while waiting:
        for id_ in followers.get(waiting.pop(), ()):
            if id_ not in found:
                found.add(id_)
                waiting.append(id_)
    return found


def _is_issued(after: Iterable[str], known: Mapping[str, Event]) -> bool:
    """Whether the outside world holds a signed document of it, which nobody can take back."""
    return any(known[id_].kind is EventKind.ISSUED for id_ in after)


def _accepted(closing: Event) -> Mapping[str, int]:
    for change in closing.changes:
        if (change.entity, change.field) == ACCEPTED and isinstance(change.after, Sequence):
            heads: Any = change.after  # the border of what another device wrote: device, seq, hash
            return {str(head[0]): int(head[1]) for head in heads}
    return {}
