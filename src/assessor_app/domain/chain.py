"""Is a stream whole: are its events linked, each to the one before, by what was hashed?"""

import json
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from assessor_app.domain.event import Event, event_from_json, event_hash, is_canonical


@dataclass(frozen=True, slots=True)
class Link:
    """An event with the bytes and the hash that are kept of it."""

    event: Event
    body: bytes
    hash: str


@dataclass(frozen=True, slots=True)
class Break:
    """Where a chain does not hold: `kind` is `chain_gap`, `chain_broken` or `event_altered`."""

    kind: str
    event: Event
    found: str
    expected: str


def read_link(body: bytes, digest: str) -> Link:
    """Raises ValueError, KeyError or TypeError where the body is no event of a known version."""
    return Link(event_from_json(json.loads(body)), body, digest)


def read_checked(body: bytes, digest: str) -> tuple[Link, bool]:
    """A link, and whether its bytes are those that were hashed; raises as `read_link` does."""
    link = Link(event_from_json(json.loads(body.decode())), body, digest)
    return link, event_hash(body) == digest and is_canonical(link.event, body)


def unaltered(link: Link) -> bool:
    """Whether the bytes of a link are those that were hashed, and the one form of its event."""
    try:
        return read_checked(link.body, link.hash)[1]
    except (ValueError, KeyError, TypeError):  # bytes that were read as this event by others only
        return False


def breaks(links: Iterable[Link], *, whole: Callable[[Link], bool] = unaltered) -> list[Break]:
    """Every break in one stream (visit, device); `whole` where the bytes were looked at before."""
    found: list[Break] = []
    seq, prev = 0, None
    for link in sorted(links, key=lambda one: one.event.seq):
        event = link.event
        if event.seq != seq + 1:
            found.append(Break("chain_gap", event, str(event.seq), str(seq + 1)))
        elif event.prev != prev:
            found.append(Break("chain_broken", event, str(event.prev), str(prev)))
        if not whole(link):
            found.append(Break("event_altered", event, link.hash, event_hash(link.body)))
        seq, prev = event.seq, link.hash
    return found
