"""What an earlier visit left open and this one looks at: shown beside it, never as an answer.

A follow-up visit has it in its own record (services/following.py). A coaching visit that begins
from an assessment, and the assessment after coaching, ask everything, and read what was left open
from the visits before that are on this device.
"""

import uuid
from collections.abc import Iterator, Mapping
from weakref import WeakKeyDictionary

from assessor_app.domain.follow_up import Judged, standings
from assessor_app.domain.followed import Followed
from assessor_app.domain.fulfilment import Compared
from assessor_app.domain.observation import WHOLE_UNIT
from assessor_app.domain.owed import Owed
from assessor_app.domain.visit import Snapshot
from assessor_app.instruments.library import Library
from assessor_app.services.enrolment import Workplace
from assessor_app.services.follow_up import day_of_visit
from assessor_app.services.following import item_of, owed_before
from assessor_app.services.session import Session

_ByCode = Mapping[str, tuple[Owed, ...]]

# The visits before do not change while this one is open before the assessor: they are read once,
# since a pane that is built in a few milliseconds has no time to read a whole visit.
_READ: WeakKeyDictionary[Session, _ByCode] = WeakKeyDictionary()


def carried_items(workplace: Workplace, library: Library, session: Session) -> tuple[Followed, ...]:
    """What is to be looked at: of a follow-up what it asks, else what the visits before left open.

    Nothing where the visit follows none, or none of those is here and closed.
    """
    snapshot = session.snapshot
    if snapshot.followed:
        return tuple(snapshot.followed.values())
    found = _read(workplace, library, session).values()
    return tuple(item_of(one, _product(snapshot, one.product)) for owed in found for one in owed)


def carried(workplace: Workplace, library: Library, session: Session) -> tuple[Judged, ...]:
    """The same with how each stands now, in the checklist's order."""
    items = carried_items(workplace, library, session)
    if not items:
        return ()
    seen = session.outlook()
    on = day_of_visit(session.snapshot, workplace.profile.zone)
    return standings(session.snapshot, seen.compared, on=on, findings=seen.findings, items=items)


def carried_at(
    workplace: Workplace, library: Library, session: Session, code: str
) -> tuple[Judged, ...]:
    """Those of one indicator (code): what a pane shows beside its answers."""
    items = _items_at(workplace, library, session, code)
    if not items:
        return ()
    on = day_of_visit(session.snapshot, workplace.profile.zone)
    return standings(session.snapshot, tuple(_looked_at(session, code)), on=on, items=items)


def _items_at(
    workplace: Workplace, library: Library, session: Session, code: str
) -> list[Followed]:
    """Of one indicator, without making those of all others: an outline asks this of each."""
    snapshot = session.snapshot
    if snapshot.followed:
        return [one for (of, _), one in snapshot.followed.items() if of == code]
    found = _read(workplace, library, session).get(code, ())
    return [item_of(one, _product(snapshot, one.product)) for one in found]


def _looked_at(session: Session, code: str) -> Iterator[Compared]:
    """What was compared of an indicator, and of those that its condition looks at, near or far."""
    by_code = session.instrument.by_code
    waiting, seen = [code], {code}
    while waiting:
        at = waiting.pop()
        if at not in by_code:
            continue
        yield from session.compared_of(at)
        condition = by_code[at].relevant
        names = set(condition.names) - seen if condition is not None else set()
        seen |= names
        waiting += sorted(names)


def _read(workplace: Workplace, library: Library, session: Session) -> _ByCode:
    visit = session.snapshot.visit
    if visit.predecessor is None:
        return {}
    if session not in _READ:
        found: dict[str, tuple[Owed, ...]] = {}
        for one in owed_before(workplace.store, library, visit):
            found[one.indicator] = (*found.get(one.indicator, ()), one)
        _READ[session] = found
    return _READ[session]


def _product(snapshot: Snapshot, name: str) -> str:
    """The product of this visit that is called so; where it is not named yet, as it will be."""
    if not name:
        return WHOLE_UNIT
    for id_, known in snapshot.products.items():
        if known.casefold() == name.casefold():
            return id_
    return str(uuid.uuid5(uuid.UUID(snapshot.visit.id), name.casefold()))
