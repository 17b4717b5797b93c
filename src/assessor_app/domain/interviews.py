"""Whether enough people were interviewed: the posts of a unit, and users for a mean to hold."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from assessor_app.domain.fulfilment import Compared
from assessor_app.domain.instrument import Asked, Indicator, Instrument, Side
from assessor_app.domain.observation import ObservationKey
from assessor_app.domain.respondents import Role
from assessor_app.domain.visit import Snapshot


@dataclass(frozen=True, slots=True)
class Shortfall:
    """A role of which fewer have answered than the instrument asks for."""

    role: Role
    asked: int
    wanted: int


def shortfalls(one: Compared, side: Side, snapshot: Snapshot) -> Iterator[Shortfall]:
    """The roles of which too few have answered an indicator on a side; none where it is not asked.

    Those who are introduced and have not answered do not count.
    """
    if not one.asked:
        return
    posts = Counter(
        snapshot.respondents[key.respondent].post
        for key in one.keys
        if key.side is side
        and key.respondent in snapshot.respondents
        and snapshot.observation(key).answer
    )
    roles = one.indicator.roles
    if len(roles) == 1:  # whose post was not told can only be this one's
        posts[roles[0].code] += posts.pop(None, 0)
    for role in roles:
        wanted = role.posts or role.at_least or 0
        if posts[role.code] < wanted:
            yield Shortfall(role, posts[role.code], wanted)


@dataclass(frozen=True, slots=True)
class RoleTally:
    """A role with all that it is asked (codes), and how many have answered of how many wanted.

    `asked` is the least number of answers that any of the questions has: what a mean rests on.
    `wanted` is None where the instrument asks for no number.
    """

    role: Role
    questions: tuple[str, ...]
    asked: int
    wanted: int | None


def role_tallies(
    compared: Sequence[Compared], instrument: Instrument, snapshot: Snapshot
) -> tuple[RoleTally, ...]:
    """How far the interviews have come, role by role; those that are asked nothing are left out."""
    found: list[RoleTally] = []
    asked = [one for one in compared if one.asked and one.indicator.asked is Asked.PER_RESPONDENT]
    for role in instrument.roles:
        own = [one.indicator for one in asked if _asks(one.indicator, role)]
        if not own:
            continue
        people = [id_ for id_, one in snapshot.respondents.items() if one.post == role.code]
        counts = [
            sum(_answered(snapshot, indicator, side, id_) for id_ in people)
            for indicator in own
            for side in indicator.sides
        ]
        codes = tuple(indicator.code for indicator in own)
        wanted = role.posts or role.at_least
        found.append(RoleTally(role, codes, min(counts, default=0), wanted))
    return tuple(found)


def _asks(indicator: Indicator, role: Role) -> bool:
    return not indicator.roles or any(one.code == role.code for one in indicator.roles)


def _answered(snapshot: Snapshot, indicator: Indicator, side: Side, respondent: str) -> bool:
    key = ObservationKey(indicator.code, side, respondent=respondent)
    return snapshot.observation(key).answer is not None
