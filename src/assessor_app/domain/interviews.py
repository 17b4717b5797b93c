"""Whether enough people were interviewed: the posts of a unit, and users for a mean to hold."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from assessor_app.domain.fulfilment import Compared
from assessor_app.domain.instrument import Side
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
