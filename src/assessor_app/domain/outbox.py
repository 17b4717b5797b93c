"""What is on its way to headquarters: its states, its order, and how long it will still take."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum


class ItemState(StrEnum):
    """Where a sealed part is. Only a receipt that headquarters has signed ends an item."""

    QUEUED = "queued"
    SENDING = "sending"
    SENT = "sent"  # the storage says that it has all of it
    RECEIPTED = "receipted"
    QUARANTINED = "quarantined"  # refused, or it cannot be read here; it blocks nothing


ITEM_KINDS = ("record", "derivatives", "originals")
"""Parts in the order in which they are sent: the records of all visits first."""

_NEXT: Mapping[ItemState, frozenset[ItemState]] = {
    ItemState.QUEUED: frozenset(
        {ItemState.SENDING, ItemState.RECEIPTED, ItemState.QUARANTINED},
    ),
    ItemState.SENDING: frozenset(
        {ItemState.SENDING, ItemState.SENT, ItemState.RECEIPTED, ItemState.QUARANTINED}
    ),
    ItemState.SENT: frozenset(ItemState) - {ItemState.QUEUED},
    ItemState.RECEIPTED: frozenset(),
    ItemState.QUARANTINED: frozenset({ItemState.QUEUED, ItemState.SENDING, ItemState.RECEIPTED}),
}


def may_become(before: ItemState, after: ItemState) -> bool:
    """Whether an item may go from one state to another; from a receipt it never goes back.

    A receipt may come for what was not known to be sent: the program was killed in between.
    """
    return after in _NEXT[before]


@dataclass(frozen=True, slots=True)
class Item:
    """A sealed part of one visit. `size` and `put` are bytes; `reason` is the code of a problem.

    `entries` are the names of what is in it (`evidence/<id>`), `receipt` is the SHA-256 (hex) of
    the letter that ended it.
    """

    id: str
    manifest: str
    visit: str
    number: int
    kind: str
    sha256: str
    size: int
    put: int
    state: ItemState
    reason: str | None
    places: Mapping[str, str]
    entries: tuple[str, ...]
    queued_at: str
    changed_at: str
    receipt: str | None

    @property
    def is_to_be_sent(self) -> bool:
        return self.state in (ItemState.QUEUED, ItemState.SENDING)


def in_order(items: Iterable[Item]) -> list[Item]:
    """Records first, then the smaller pictures, then originals; of a kind the oldest first."""
    return sorted(items, key=lambda one: (ITEM_KINDS.index(one.kind), one.queued_at, one.id))


def outdone(items: Iterable[Item]) -> frozenset[str]:
    """The ids of those that a later shipment stands in for: all of what they bring is in it too.

    A record always is, since each one brings all of its visit.
    """
    newest: dict[tuple[str, str, str], int] = {}
    listed = list(items)
    for one in listed:
        for part in _brought(one):
            newest[part] = max(newest.get(part, 0), one.number)
    return frozenset(
        one.id for one in listed if all(newest[part] > one.number for part in _brought(one))
    )


def _brought(item: Item) -> list[tuple[str, str, str]]:
    entries = item.entries if item.kind != ITEM_KINDS[0] else ("",)
    return [(item.visit, item.kind, one) for one in entries]


@dataclass(frozen=True, slots=True)
class Sending:
    """How far a run has come, in bytes and items; `seconds` is what is left, None while unknown."""

    visit: str
    kind: str
    done: int
    total: int
    items_left: int
    seconds: float | None


class Pace:
    """How fast it goes, of late: what is left is told by it. Bytes and seconds."""

    _SHARE = 0.3  # of the newest stretch in the mean
    _SETTLED = 2  # stretches before anything is told

    def __init__(self) -> None:
        self._rate: float | None = None
        self._stretches = 0

    def went(self, size: int, seconds: float) -> None:
        """So many bytes took so long."""
        if seconds <= 0 or size <= 0:
            return
        rate = size / seconds
        before = rate if self._rate is None else self._rate
        self._rate = before + self._SHARE * (rate - before)
        self._stretches += 1

    def left(self, size: int) -> float | None:
        """Seconds that so many bytes will take; None while too little is known."""
        if self._rate is None or self._stretches < self._SETTLED:
            return None
        return size / self._rate
