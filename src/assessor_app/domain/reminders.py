"""Due dates that come near or are over, of what visits found and nobody saw repaired since."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from assessor_app.domain.owed import DUE_SOON, Left, chains, owed


class Nearness(StrEnum):
    """How a due date stands today; the due day itself still belongs to the office."""

    OVER = "over"
    NEAR = "near"


@dataclass(frozen=True, slots=True)
class DueItem:
    """One thing that an office owes; `visit` (id) is the one that saw it last."""

    visit: str
    indicator: str
    product: str
    due_date: date
    nearness: Nearness


@dataclass(frozen=True, slots=True)
class Reminder:
    """What the list says of a visit: how many dates are over or near, and the first of them.

    `days` are those from today to the first; fewer than none where it is over.
    """

    visit: str
    over: int
    near: int
    first: date
    days: int

    @property
    def nearness(self) -> Nearness:
        return Nearness.OVER if self.over else Nearness.NEAR


def due_items(
    left: Iterable[Left],
    predecessors: Mapping[str, str | None],
    *,
    today: date,
    near: timedelta = DUE_SOON,
) -> tuple[DueItem, ...]:
    """What is due within `near` or was due before today, the earliest first.

    `left` is what closed visits left behind (owed.left_by), `predecessors` the visit (id)
    that each one follows up: what a later visit saw repaired is due no more, and what it found
    again is due by its own date.
    """
    by_visit = {one.visit: one for one in left}
    found = [
        DueItem(
            visit=one.visit,
            indicator=one.indicator,
            product=one.product,
            due_date=one.due_date,
            nearness=Nearness.OVER if one.due_date < today else Nearness.NEAR,
        )
        for chain in chains(predecessors)
        for one in owed(by_visit[id_] for id_ in chain if id_ in by_visit)
        if one.due_date is not None and one.due_date <= today + near
    ]
    return tuple(sorted(found, key=lambda one: (one.due_date, one.visit, one.indicator)))


def reminders(items: Iterable[DueItem], *, today: date) -> dict[str, Reminder]:
    """One reminder for each visit that has anything due, by its id."""
    first: dict[str, date] = {}
    counts: Counter[tuple[str, Nearness]] = Counter()
    for one in items:
        counts[one.visit, one.nearness] += 1
        first[one.visit] = min(one.due_date, first.get(one.visit, one.due_date))
    return {
        visit: Reminder(
            visit=visit,
            over=counts[visit, Nearness.OVER],
            near=counts[visit, Nearness.NEAR],
            first=day,
            days=(day - today).days,
        )
        for visit, day in first.items()
    }
