"""How it stands with headquarters: visit by visit what was sent and answered, and what came."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from assessor_app.domain.outbox import ITEM_KINDS, Item, ItemState
from assessor_app.domain.problem import StoreProblem
from assessor_app.domain.visit import Visit
from assessor_app.services.enrolment import Workplace
from assessor_app.services.sync.place import storage_of
from assessor_app.services.sync.pushing import due_visits, is_paused
from assessor_app.services.sync.queue import told_reason
from assessor_app.services.sync.trusted import joined
from assessor_app.services.visits import all_visits
from assessor_app.storage import outbox
from assessor_app.storage.inbox import TakenLetter, taken_letters
from assessor_app.storage.store import Store
from assessor_app.syncing.letter import LetterKind, PartState, read_letter, read_receipt

_PRESSING = (
    ItemState.QUARANTINED,
    ItemState.SENDING,
    ItemState.QUEUED,
    ItemState.SENT,
    ItemState.RECEIPTED,
)
"""What is said of several things together: the state of the first of these that is among them."""


@dataclass(frozen=True, slots=True)
class PartStanding:
    """All that goes of one visit in one kind of part; `size` and `put` are bytes."""

    kind: str
    state: ItemState
    size: int
    put: int
    reason: StoreProblem | None = None


@dataclass(frozen=True, slots=True)
class VisitStanding:
    """A visit that is sent; no parts where it has ended and nothing of it was queued yet."""

    visit: Visit
    parts: tuple[PartStanding, ...] = ()

    @property
    def state(self) -> ItemState:
        """The most pressing of its parts; what was not queued yet is still to be."""
        return most_pressing(one.state for one in self.parts) if self.parts else ItemState.QUEUED


@dataclass(frozen=True, slots=True)
class Arrived:
    """A letter of headquarters; `reason` says why it was set aside, `kind` is empty then.

    `visit` is what a receipt is about, `answers` are what it says of that visit's parts.
    """

    sha256: str
    kind: str
    number: int
    taken_at: datetime
    reason: str | None = None
    visit: str | None = None
    answers: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Standing:
    """How it stands; `storage` and `headquarters` are names, None where there is none."""

    storage: str | None
    headquarters: str | None
    is_paused: bool
    visits: tuple[VisitStanding, ...]
    letters: tuple[Arrived, ...]

    def count(self, state: ItemState) -> int:
        """How many visits stand there."""
        return sum(one.state is state for one in self.visits)

    @property
    def bytes_left(self) -> int:
        """What is queued and not put yet."""
        open_ = (ItemState.QUEUED, ItemState.SENDING)
        parts = (part for one in self.visits for part in one.parts)
        return sum(part.size - part.put for part in parts if part.state in open_)


def standing(workplace: Workplace) -> Standing:
    """Read how it stands. Raises StoreProblem as reading does."""
    store, known, place = workplace.store, joined(workplace.store), storage_of(workplace)
    return Standing(
        storage=None if place is None else place.place,
        headquarters=None if known is None else known.name,
        is_paused=is_paused(store),
        visits=_visits(workplace),
        letters=_letters(store),
    )


def visit_states(store: Store) -> dict[str, ItemState]:
    """The most pressing state of every visit of which something was queued."""
    found: defaultdict[str, list[Item]] = defaultdict(list)
    for item in outbox.items(store):
        found[item.visit].append(item)
    return {
        visit: most_pressing(one.state for one in _counting(items))
        for visit, items in found.items()
    }


def most_pressing(states: Iterable[ItemState]) -> ItemState:
    """What is said of several things together."""
    return min(states, key=_PRESSING.index)


def _visits(workplace: Workplace) -> tuple[VisitStanding, ...]:
    """The newest first; those that have ended and were never queued among them."""
    store, found = workplace.store, defaultdict[str, list[Item]](list)
    for item in outbox.items(store):
        found[item.visit].append(item)
    due = set(due_visits(workplace))
    known = [one for one in all_visits(store) if one.id in found or one.id in due]
    known.sort(key=lambda one: one.arrival, reverse=True)
    return tuple(VisitStanding(one, _parts(found.get(one.id, []))) for one in known)


def _parts(items: list[Item]) -> tuple[PartStanding, ...]:
    parts = list[PartStanding]()
    counting = _counting(items)
    for kind in ITEM_KINDS:
        same = [one for one in counting if one.kind == kind]
        if not same:
            continue
        reasons = (told_reason(one) for one in same if one.state is ItemState.QUARANTINED)
        parts.append(
            PartStanding(
                kind=kind,
                state=most_pressing(one.state for one in same),
                size=sum(one.size for one in same),
                put=sum(one.put for one in same),
                reason=next((one for one in reasons if one is not None), None),
            )
        )
    return tuple(parts)


def _counting(items: Iterable[Item]) -> list[Item]:
    """The items that count: one that a later one of its kind holds as well is of the past."""
    kept, held = list[Item](), defaultdict[str, set[str]](set)
    for item in sorted(items, key=lambda one: (one.number, one.id), reverse=True):
        if item.kind not in held or not held[item.kind].issuperset(item.entries):
            kept.append(item)
        held[item.kind].update(item.entries)
    return kept[::-1]


def _letters(store: Store) -> tuple[Arrived, ...]:
    """The newest first."""
    manifests = {one.manifest: one.visit for one in outbox.shipments(store)}
    letters = sorted(taken_letters(store), key=lambda one: (one.taken_at, one.number), reverse=True)
    return tuple(_arrived(one, manifests) for one in letters)


def _arrived(taken: TakenLetter, manifests: Mapping[str, str]) -> Arrived:
    visit, answers = None, tuple[tuple[str, str], ...]()
    if taken.kind == LetterKind.RECEIPT.value and taken.reason is None:
        receipt = read_receipt(read_letter(taken.line)[1].content)
        visit = manifests.get(receipt.manifest)
        answers = tuple((one.kind.value, _TOLD[one.state]) for one in receipt.parts)
    return Arrived(
        taken.sha256, taken.kind, taken.number, taken.taken_at, taken.reason, visit, answers
    )


_TOLD = {
    PartState.RECEIPTED: "receipted",
    PartState.WANTED: "wanted",
    PartState.REFUSED: "refused",
}
