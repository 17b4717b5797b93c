"""What an office owes: what visits found, what later ones of the same chain say of it."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from assessor_app.domain.documents import DocumentKind, replaced_by
from assessor_app.domain.event import Json
from assessor_app.domain.findings import Finding, find
from assessor_app.domain.follow_up import assessed, by_indicator, does_not_apply
from assessor_app.domain.followed import Followed
from assessor_app.domain.fulfilment import Compared
from assessor_app.domain.observation import WHOLE_UNIT
from assessor_app.domain.visit import ISSUED_STATES, Snapshot, Visit, VisitState

DUE_SOON = timedelta(days=7)
"""How long before its due date an item is said to come near: a working week to remind the office
and to plan the visit."""

Place = tuple[str, str]
"""An indicator (code) and the name of a product in small letters, empty for the whole unit."""


@dataclass(frozen=True, slots=True)
class Owed:
    """What an office has still to repair, and since when.

    `visit` (id) saw it last, `finding` is its id there; `found_at` is when it was found first.
    `product` is a name, empty for the unit as a whole: each visit has products of its own.
    `document` is the number of the findings that told it, where they were issued.
    """

    visit: str
    indicator: str
    product: str
    finding: str
    gap_kind: str
    found_at: datetime
    due_date: date | None = None
    due_set_by: str | None = None
    document: str | None = None
    wording: Json = None
    advice: Json = None

    @property
    def place(self) -> Place:
        return self.indicator, self.product.casefold()

    def is_overdue(self, today: date) -> bool:
        """Whether its due date is over."""
        return self.due_date is not None and self.due_date < today

    def is_near(self, today: date) -> bool:
        """Whether its due date is at hand, and not over."""
        return self.due_date is not None and today <= self.due_date <= today + DUE_SOON


@dataclass(frozen=True, slots=True)
class Left:
    """What one visit says: what it left owed, and what it found to be in order (`settled`).

    `by_products` are the indicators (codes) that it decided of one product after another: what was
    found of the unit as a whole, by a version that asked once, is told by them.
    """

    visit: str
    arrival: datetime
    owed: tuple[Owed, ...]
    settled: frozenset[Place]
    by_products: frozenset[str] = frozenset()

    @property
    def decided(self) -> "_Said":
        """Of which places what visits before said holds no more."""
        return _Said(self.settled | {one.place for one in self.owed}, self.by_products)


@dataclass(frozen=True, slots=True)
class _Said:
    """What a visit decided; the whole unit speaks for all its products."""

    places: frozenset[Place]
    by_products: frozenset[str]

    def __contains__(self, place: Place) -> bool:
        code, product = place
        if place in self.places or (code, "") in self.places:
            return True
        return not product and code in self.by_products


def is_fixed(visit: Visit) -> bool:
    """Whether what a visit found holds: it is closed, and was not declared void."""
    return visit.state is VisitState.CLOSED or visit.state in ISSUED_STATES


def left_by(snapshot: Snapshot, compared: Sequence[Compared]) -> Left | None:
    """What a visit leaves behind; None while it is not closed, and where it was declared void.

    Until a visit is closed nothing is fixed of it: what was owed before is owed still. Of a
    follow-up visit also what it did not look at stays owed, as it was found before.
    """
    visit = snapshot.visit
    if not is_fixed(visit):
        return None
    by_code = by_indicator(compared)
    owed = [_found_now(snapshot, one) for one in find(visit.id, compared)]
    found = {one.place for one in owed}
    settled = {
        _place_of(snapshot, one) for one in compared if _settled(snapshot, one, by_code)
    } - found
    told = found | settled
    by_products = frozenset(
        code
        for code, ones in by_code.items()
        if all(_place_of(snapshot, one) in told and one.product != WHOLE_UNIT for one in ones)
    )
    said = Left(visit.id, visit.arrival, tuple(owed), frozenset(settled), by_products)
    decided = said.decided
    carried = (_carried(snapshot, item) for item in snapshot.followed.values() if not item.added)
    kept = [one for one in carried if one.place not in decided]
    return replace(said, owed=(*owed, *kept))


def owed(chain: Iterable[Left]) -> tuple[Owed, ...]:
    """What is still owed after all visits of a chain, the most urgent first.

    Each visit, in the order of their arrivals, speaks for what it looked at: what it found is owed
    from then on by its own due date (and since the first visit that found it), what it saw in order
    is owed no more, and of everything else the word of the visits before it holds. So two
    follow-ups of one visit add up, and a visit that is missing here is told by what the later ones
    carry of it.
    """
    known: dict[Place, Owed] = {}
    for left in sorted(chain, key=lambda one: (one.arrival, one.visit)):
        decided = left.decided
        before: dict[str, list[Owed]] = {}
        for place in [place for place in known if place in decided]:
            before.setdefault(place[0], []).append(known.pop(place))
        for one in left.owed:
            since = [was.found_at for was in before.get(one.indicator, ()) if _same(was, one)]
            known[one.place] = replace(one, found_at=min([one.found_at, *since]))
    return tuple(
        sorted(
            known.values(),
            key=lambda one: (one.due_date or date.max, one.indicator, one.product),
        )
    )


def chains(predecessors: Mapping[str, str | None]) -> tuple[tuple[str, ...], ...]:
    """Visits (ids) that follow each other, each chain by its ids; from each one's predecessor.

    A predecessor that is not here still holds together what follows it.
    """
    root: dict[str, str] = {}

    def of(id_: str) -> str:
        while root.get(id_, id_) != id_:
            id_ = root[id_]
        return id_

    for visit, before in predecessors.items():
        root.setdefault(visit, visit)
        if before is not None and of(before) != of(visit):  # a circle would be no chain
            root.setdefault(before, before)
            root[of(visit)] = of(before)
    grouped: dict[str, list[str]] = {}
    for visit in sorted(predecessors):
        grouped.setdefault(of(visit), []).append(visit)
    return tuple(tuple(found) for found in grouped.values())


# How it is done


def _settled(snapshot: Snapshot, one: Compared, by_code: Mapping[str, Sequence[Compared]]) -> bool:
    """Whether a visit says of it that nothing is owed."""
    if one.asked:
        return assessed(snapshot, one)
    return does_not_apply(snapshot, one, by_code)


def _same(one: Owed, other: Owed) -> bool:
    """Whether two of one indicator are of one product, or either is of the whole unit."""
    return one.place == other.place or not (one.product and other.product)


def _place_of(snapshot: Snapshot, one: Compared) -> Place:
    return one.indicator.code, snapshot.products.get(one.product, "").casefold()


def _found_now(snapshot: Snapshot, finding: Finding) -> Owed:
    recorded = snapshot.findings.get(finding.id)
    code = finding.indicator.code
    item = snapshot.followed.get((code, finding.product)) or snapshot.followed.get(
        (code, WHOLE_UNIT)
    )
    since = item.found_at if item is not None else None
    document = replaced_by(snapshot, DocumentKind.FINDINGS)  # the one that stands
    return Owed(
        visit=snapshot.visit.id,
        indicator=code,
        product=snapshot.products.get(finding.product, ""),
        finding=finding.id,
        gap_kind=finding.kind.value,
        found_at=since or snapshot.visit.arrival,
        due_date=recorded.due_date if recorded else None,
        due_set_by=recorded.due_set_by if recorded else None,
        document=document.number if document else None,
        wording=recorded.wording if recorded else None,
        advice=recorded.advice if recorded else None,
    )


def _carried(snapshot: Snapshot, item: Followed) -> Owed:
    """What was found before and is not decided here."""
    return Owed(
        visit=snapshot.visit.id,
        indicator=item.indicator,
        product=snapshot.products.get(item.product, ""),
        finding=item.finding or "",
        gap_kind=item.gap_kind,
        found_at=item.found_at or snapshot.visit.arrival,
        due_date=item.due_date,
        due_set_by=item.due_set_by,
        document=item.document,
        wording=item.wording,
        advice=item.advice,
    )
