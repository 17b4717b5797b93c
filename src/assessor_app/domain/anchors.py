"""What vouches for a visit's streams from outside of their chain, and what it shows to be gone.

A chain alone does not notice that its tail was cut, nor that all of it was made anew. Whoever
named the heads of the streams at some moment does: a signed checkpoint, a document, a backup.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from assessor_app.domain.chain import Link
from assessor_app.domain.event import StreamHead

Streams = Mapping[str, Mapping[int, Link]]
"""The events of one visit by device and number."""


class AnchorKind(StrEnum):
    CHECKPOINT = "checkpoint"  # signed by a device, kept in the same database
    DOCUMENT = "document"  # a signed PDF in the vault
    BACKUP = "backup"  # the sealed manifest of one
    PAPER = "paper"  # a signed PDF that somebody brought


@dataclass(frozen=True, slots=True)
class Anchor:
    """The heads of a visit's streams as they were named at some moment.

    `name` is a document's number, a checkpoint's device or a backup's folder; `at` is told by who
    made it, None where it tells nothing.
    """

    kind: AnchorKind
    visit: str
    name: str
    streams: tuple[StreamHead, ...]
    at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Lost:
    """What an anchor names and the stream of a device does not hold.

    `missing` events after number `last` are gone (0 where they are all there and are others);
    `last` is the newest event of the stream that is there and as the anchors know it.
    """

    anchor: Anchor
    head: StreamHead
    last: int
    missing: int


def by_stream(links: Iterable[Link]) -> dict[str, dict[int, Link]]:
    """The events of a visit by device and number."""
    streams: defaultdict[str, dict[int, Link]] = defaultdict(dict)
    for link in links:
        streams[link.event.device][link.event.seq] = link
    return dict(streams)


def holds(head: StreamHead, streams: Streams) -> bool:
    """Whether the very event that a head names is there."""
    link = streams.get(head.device, {}).get(head.seq)
    return link is not None and link.hash == head.hash


def is_met(anchor: Anchor, streams: Streams) -> bool:
    """Whether all that an anchor names is there."""
    return all(holds(head, streams) for head in anchor.streams)


def vouching(anchors: Iterable[Anchor], device: str, *, before: int) -> tuple[Anchor, ...]:
    """Those that name an event of a stream before a number, the one that names the latest first.

    Give only anchors whose event of that stream is there (`holds`).
    """
    found = tuple(anchors)
    named = {
        index: head.seq
        for index, one in enumerate(found)
        for head in one.streams
        if head.device == device and head.seq < before
    }
    return tuple(found[index] for index in sorted(named, key=lambda one: -named[one]))


def lost(anchors: Iterable[Anchor], streams: Streams) -> dict[tuple[str, bool], Lost]:
    """What is gone or is another, by device and whether it is the tail that is gone.

    Of several anchors that miss the tail of a stream the one that names most of it; of several
    that name another event the one that names the earliest.
    """
    listed = tuple(anchors)
    found: dict[tuple[str, bool], Lost] = {}
    for anchor in listed:
        for head in anchor.streams:
            if holds(head, streams):
                continue
            stream = streams.get(head.device, {})
            newest = max(stream, default=0)
            cut = head.seq > newest
            known = newest if cut else _last_known(listed, head, streams)
            one = Lost(anchor, head, known, head.seq - newest if cut else 0)
            before = found.get((head.device, cut))
            if before is None or (one.head.seq > before.head.seq) == cut:
                found[head.device, cut] = one
    return found


def _last_known(anchors: Iterable[Anchor], other: StreamHead, streams: Streams) -> int:
    """The latest number before `other` of which an anchor knows the event that is there."""
    known = (
        head.seq
        for anchor in anchors
        for head in anchor.streams
        if head.device == other.device and head.seq < other.seq and holds(head, streams)
    )
    return max(known, default=0)
