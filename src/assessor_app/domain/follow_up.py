"""What became of what was found: how each item of a follow-up visit stands."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from assessor_app.domain.findings import Finding, find
from assessor_app.domain.followed import Followed
from assessor_app.domain.fulfilment import Applies, Compared
from assessor_app.domain.observation import WHOLE_UNIT
from assessor_app.domain.progress import side_settled
from assessor_app.domain.visit import Snapshot


class FollowUpStanding(StrEnum):
    """How an item of a follow-up visit stands, in the order in which it is told.

    - OVERDUE: it falls short still, and its due date was over on the day of the visit. The due day
      itself belongs to the office: who is visited on it is not late.
    - STILL_OPEN: it falls short still, within its time, or no due date was ever set. It need not be
      the same gap: what had no document then and is not practised now is not repaired.
    - NEWLY_BROKEN: it falls short now and was not among what was to be repaired: it had been in
      order, was never looked at, or an earlier follow-up had found it repaired.
    - NOT_LOOKED_AT: a side of it is not answered yet. Nothing is said of the office then.
    - NOT_ASSESSED: it was looked at, and a side could not be assessed. That it was repaired nobody
      has seen, that it was not nobody either: it stays owed, and is not called open.
    - NOT_ASKED_HERE: the instrument of this visit does not have it: it was dropped from a later
      version. It is told, and stays owed until somebody decides.
    - REPAIRED: both sides were looked at, and no finding is left.
    - NO_LONGER_APPLIES: it was recorded that it does not apply (any more), or its condition does
      not hold: a service that was given up owes no standard.
    - IN_ORDER: it was added, and nothing is wrong with it.
    """

    OVERDUE = "overdue"
    STILL_OPEN = "still_open"
    NEWLY_BROKEN = "newly_broken"
    NOT_LOOKED_AT = "not_looked_at"
    NOT_ASSESSED = "not_assessed"
    NOT_ASKED_HERE = "not_asked_here"
    REPAIRED = "repaired"
    NO_LONGER_APPLIES = "no_longer_applies"
    IN_ORDER = "in_order"


SETTLED = frozenset(
    {
        FollowUpStanding.REPAIRED,
        FollowUpStanding.NO_LONGER_APPLIES,
        FollowUpStanding.IN_ORDER,
    }
)
"""Nothing is owed of it any more."""


@dataclass(frozen=True, slots=True)
class Judged:
    """One item and how it stands; `findings` are what falls short of it now."""

    item: Followed
    standing: FollowUpStanding
    findings: tuple[Finding, ...] = ()

    @property
    def owed(self) -> bool:
        """Whether the office still has to do something; what was only added owes nothing yet."""
        if self.item.added:
            return bool(self.findings)
        return self.standing not in SETTLED


def standings(
    snapshot: Snapshot,
    compared: Sequence[Compared],
    *,
    on: date,
    findings: Sequence[Finding] | None = None,
    items: Iterable[Followed] | None = None,
) -> tuple[Judged, ...]:
    """How each item of a follow-up visit stands on the day of the visit, in the checklist's order.

    Empty for a visit that asks everything, unless it is given the `items` that it carries over.
    `compared` holds each item's indicator and those that its condition looks at; `findings` are
    those of `compared` where they are known already. What the instrument does not have stands last.
    """
    wanted = tuple(snapshot.followed.values() if items is None else items)
    if not wanted:
        return ()
    found = find(snapshot.visit.id, compared) if findings is None else findings
    by_code = by_indicator(compared)
    judged = [_judged(snapshot, item, by_code, found, on=on) for item in wanted]
    rank = {code: place for place, code in enumerate(by_code)}
    last = len(rank)
    return tuple(
        sorted(
            judged,
            key=lambda one: (
                rank.get(one.item.indicator, last),
                one.item.indicator,
                snapshot.products.get(one.item.product, ""),
            ),
        )
    )


@dataclass(frozen=True, slots=True)
class Repaired:
    """`repaired` of the `found` items that were found before; what was added is not counted.

    `found` leaves out what no longer applies: nobody could have repaired it.
    """

    repaired: int
    found: int


def repaired(judged: Iterable[Judged]) -> Repaired:
    """How much of what was found is repaired: what is told in the place of a score."""
    counted = [
        one.standing
        for one in judged
        if not one.item.added and one.standing is not FollowUpStanding.NO_LONGER_APPLIES
    ]
    return Repaired(counted.count(FollowUpStanding.REPAIRED), len(counted))


# What a visit can say of an indicator


def by_indicator(compared: Iterable[Compared]) -> dict[str, list[Compared]]:
    """What was compared of each indicator (code), one for each product that it is asked of."""
    found: dict[str, list[Compared]] = {}
    for one in compared:
        found.setdefault(one.indicator.code, []).append(one)
    return found


def assessed(snapshot: Snapshot, one: Compared) -> bool:
    """Whether both sides were looked at, and each could be assessed.

    One that is not scored has no fulfilment to know.
    """
    if not looked_at(snapshot, one):
        return False
    if not one.indicator.scored:
        return not one.unassessed
    return all(one.on(side) is not None for side in one.indicator.sides)


def looked_at(snapshot: Snapshot, one: Compared) -> bool:
    """Whether every side was answered, or said why not."""
    return all(side_settled(snapshot, one, side) for side in one.indicator.sides)


def does_not_apply(
    snapshot: Snapshot, one: Compared, by_code: Mapping[str, Sequence[Compared]]
) -> bool:
    """Whether the visit says that an indicator does not apply.

    A condition that does not hold says so only once it can: as long as nothing was answered to what
    it looks at, near or far, it never holds. A visit that was turned away at the door, or is just
    begun, has not seen that a service was given up. A follow-up asks what it cannot decide.
    """
    if one.asked or one.applies is Applies.NOT_FOLLOWED:
        return False
    if snapshot.followed:
        return True
    waiting, seen = [one], {one.indicator.code}
    while waiting:  # a form may chain a thousand conditions: no recursion
        at = waiting.pop()
        if at.asked and not looked_at(snapshot, at):
            return False
        condition = at.indicator.relevant
        if at.applies is Applies.NOT_RELEVANT and condition is not None:
            names = [name for name in condition.names if name not in seen]
            seen.update(names)
            waiting += (each for name in names for each in by_code.get(name, ()))
    return True


# How it is done


def _about(item: Followed, compared: Sequence[Compared]) -> list[Compared]:
    """What was compared of an item's indicator: of its product, or of all where one names none.

    A version of the instrument may ask once what another one asked of each product.
    """
    return [
        one
        for one in compared
        if one.product == item.product or WHOLE_UNIT in (one.product, item.product)
    ]


def _judged(
    snapshot: Snapshot,
    item: Followed,
    by_code: Mapping[str, Sequence[Compared]],
    found: Sequence[Finding],
    *,
    on: date,
) -> Judged:
    about = _about(item, by_code.get(item.indicator, ()))
    places = {(one.indicator.code, one.product) for one in about}
    short = tuple(one for one in found if (one.indicator.code, one.product) in places)
    if short:
        return Judged(item, _broken(item, on=on), short)
    return Judged(item, _without_finding(snapshot, item, about, by_code))


def _broken(item: Followed, *, on: date) -> FollowUpStanding:
    if item.added:
        return FollowUpStanding.NEWLY_BROKEN
    late = item.due_date is not None and item.due_date < on
    return FollowUpStanding.OVERDUE if late else FollowUpStanding.STILL_OPEN


def _without_finding(
    snapshot: Snapshot,
    item: Followed,
    about: Sequence[Compared],
    by_code: Mapping[str, Sequence[Compared]],
) -> FollowUpStanding:
    if not about:
        return FollowUpStanding.NOT_ASKED_HERE
    left = [one for one in about if not does_not_apply(snapshot, one, by_code)]
    if not left:
        return FollowUpStanding.NO_LONGER_APPLIES
    if not all(one.asked and looked_at(snapshot, one) for one in left):
        return FollowUpStanding.NOT_LOOKED_AT
    if not all(assessed(snapshot, one) for one in left):
        return FollowUpStanding.NOT_ASSESSED
    return FollowUpStanding.IN_ORDER if item.added else FollowUpStanding.REPAIRED
