"""How long names and contacts are kept: from the end of their visit, as long as is set."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from assessor_app.domain.event import Event, EventKind, Heads
from assessor_app.domain.visit import VisitState
from assessor_app.services.enrolment import Workplace
from assessor_app.services.people import Erased, KnownPerson, erase_person, finish_erasing, people
from assessor_app.services.store_settings import settings
from assessor_app.services.visits import all_visits

RETENTION = "retention"
"""The reason of an erasing that nobody asked for: the time was over."""
_ENDED = frozenset(
    {VisitState.CLOSED, VisitState.ISSUED, VisitState.HANDED_OVER, VisitState.RECEIPTED}
)


@dataclass(frozen=True, slots=True)
class Due:
    """Until when what is kept of a respondent may be kept, and from when that is counted."""

    respondent: str
    visit: str
    pseudonym: str
    since: datetime
    until: datetime


def terms(workplace: Workplace) -> tuple[Due, ...]:
    """Of all whose data is kept here: until when. What ends first comes first."""
    return _terms(workplace, people(workplace))


def due(workplace: Workplace, now: datetime) -> tuple[Due, ...]:
    """Whose data has been kept as long as is set: to be told before it is erased."""
    since = now - timedelta(days=settings(workplace).retention_days)
    # Asked at every start: of a visit that began later than that, nothing can be due.
    young = {one.id for one in all_visits(workplace.store) if one.arrival > since}
    return tuple(one for one in _terms(workplace, people(workplace, but=young)) if one.until <= now)


def apply_retention(workplace: Workplace, now: datetime) -> tuple[Due, ...]:
    """Erase what is due and finish what a crash left; what was erased, to be reported.

    A clock that runs ahead erases too early and nothing brings it back: a front end tells `due`
    first. Raises StoreProblem as `erase_person` does.
    """
    finish_erasing(workplace)
    over = due(workplace, now)
    for one in over:
        erase_person(workplace, one.respondent, reason=RETENTION)
    return over


def _terms(workplace: Workplace, known: Iterable[KnownPerson]) -> tuple[Due, ...]:
    kept = [one for one in known if not isinstance(one.data, Erased)]
    length = timedelta(days=settings(workplace).retention_days)
    since = {visit: _ended(workplace, visit) for visit in {one.visit for one in kept}}
    listed = [_due(one, since[one.visit] or one.kept_at, length=length) for one in kept]
    return tuple(sorted(listed, key=lambda one: (one.until, one.respondent)))


def _due(one: KnownPerson, since: datetime, *, length: timedelta) -> Due:
    return Due(one.respondent, one.visit, one.pseudonym, since, since + length)


def _ended(workplace: Workplace, visit: str) -> datetime | None:
    """When the visit was closed last; else, or where it was reopened, its last event."""
    log = workplace.store.log
    events = [link.event for link in log.stored(visit)]
    closings = [event for event in events if event.kind is EventKind.CLOSED]
    return _latest(closings if _is_over(log.heads(visit)) and closings else events)


def _is_over(heads: Heads) -> bool:
    found = heads.get(("visit", "state"), ())
    return any(VisitState(str(one.value)) in _ENDED for one in found)


def _latest(events: Iterable[Event]) -> datetime | None:
    return max((event.wall for event in events), default=None)
