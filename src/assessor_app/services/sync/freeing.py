"""Room on this device: originals go once headquarters has signed for them, and somebody says so."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import timedelta

from assessor_app.domain.event import STORE, EventKind
from assessor_app.domain.instants import instant_from_text
from assessor_app.domain.outbox import Item, ItemState
from assessor_app.domain.problem import StoreProblem
from assessor_app.domain.visit import VisitState
from assessor_app.services.enrolment import Workplace
from assessor_app.services.freed import FILE, FREED, freed
from assessor_app.services.visits import all_visits
from assessor_app.storage import outbox
from assessor_app.storage.log import Draft
from assessor_app.storage.store import Store
from assessor_app.storage.vault import Form
from assessor_app.syncing.manifest import EVIDENCE

LONGEST_RULE = 3650
"""Days that a rule may wait at most."""
_RULE = ("setting", "free_after_days")
_OVER = frozenset({VisitState.HANDED_OVER, VisitState.RECEIPTED, VisitState.VOIDED})
"""The states after which no document is made of the originals any more."""


@dataclass(frozen=True, slots=True)
class Freeable:
    """An original that may go: `size` in bytes on this device."""

    visit: str
    id: str
    size: int


@dataclass(frozen=True, slots=True)
class FreedNow:
    """What was freed: how many originals, and the bytes that they took."""

    files: int = 0
    size: int = 0


def freeable(
    store: Store, *, visits: Collection[str] | None = None, days: int = 0
) -> tuple[Freeable, ...]:
    """The originals that headquarters has signed for, so many days ago or more, and that are here.

    Only of visits that are handed over or void, and only where the smaller picture can be opened
    wherever there is one: it is what is looked at from then on. Raises StoreProblem as reading.
    """
    over = {one.id for one in all_visits(store) if one.state in _OVER}
    until = store.clock.now() - timedelta(days=days)
    found: dict[str, Freeable] = {}
    for item in outbox.items(store):
        if item.visit not in over or (visits is not None and item.visit not in visits):
            continue
        if _is_ended(item) and instant_from_text(item.changed_at) <= until:
            for id_ in _originals(item):
                if store.vault.has(id_, Form.ORIGINAL) and _stays_visible(store, id_):
                    size = store.vault.taken(id_, Form.ORIGINAL)
                    found[id_] = Freeable(item.visit, id_, size)
    return tuple(found.values())


def free(workplace: Workplace, *, visits: Collection[str] | None = None, days: int = 0) -> FreedNow:
    """Let go of what is `freeable`; noted first, so that no file is ever missing without a reason.

    Raises StoreProblem as reading, recording and removing do; what went until then is noted.
    """
    store = workplace.store
    listed = freeable(store, visits=visits, days=days)
    known = freed(store)
    values = {(f"{FILE}{one.id}", FREED): True for one in listed if one.id not in known}
    if values:
        store.log.append(Draft(STORE, EventKind.FREED, values))
    for one in listed:
        store.vault.free(one.id)
    return FreedNow(len(listed), sum(one.size for one in listed))


def rule(store: Store) -> int | None:
    """After how many days originals go by themselves; None where nobody said so."""
    found = store.log.heads(STORE).get(_RULE, ())
    value = found[-1].value if found else None
    return value if isinstance(value, int) and not isinstance(value, bool) else None


def set_rule(workplace: Workplace, days: int | None) -> None:
    """Let originals go by themselves, so many days after their receipt; None lets none go.

    Raises StoreProblem `free_after_out_of_range`.
    """
    if days is not None and not 0 <= days <= LONGEST_RULE:
        raise StoreProblem("free_after_out_of_range", days=days, most=LONGEST_RULE)
    if days != rule(workplace.store):
        draft = Draft(STORE, EventKind.SETTING_CHANGED, {_RULE: days})
        workplace.store.log.append(draft)


def free_by_rule(workplace: Workplace) -> FreedNow:
    """What the rule says, where there is one. Raises as `free`."""
    days = rule(workplace.store)
    return FreedNow() if days is None else free(workplace, days=days)


def _is_ended(item: Item) -> bool:
    return item.kind == "originals" and item.state is ItemState.RECEIPTED


def _originals(item: Item) -> list[str]:
    kinds = (one.partition("/") for one in item.entries)
    return [id_ for kind, _, id_ in kinds if kind == EVIDENCE]


def _stays_visible(store: Store, id_: str) -> bool:
    """A recording has no smaller picture, and needs none."""
    return not store.vault.has(id_, Form.REPORT) or store.vault.opens(id_, Form.REPORT)
