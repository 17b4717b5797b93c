"""A follow-up visit as it stands: each item, what it was, and the photos of then."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, tzinfo

from assessor_app.domain.follow_up import Judged, standings
from assessor_app.domain.followed import Followed
from assessor_app.domain.observation import Evidence
from assessor_app.domain.owed import Owed, is_fixed
from assessor_app.domain.snapshot import read_snapshot, read_visit
from assessor_app.domain.visit import Snapshot
from assessor_app.instruments.library import Library
from assessor_app.services.enrolment import Workplace
from assessor_app.services.following import owed_before
from assessor_app.services.session import Session


def day_of_visit(snapshot: Snapshot, zone: tzinfo) -> date:
    """The day on which it is judged what is overdue: that of the arrival, where the office is."""
    return snapshot.visit.arrival.astimezone(zone).date()


def items_of(session: Session, workplace: Workplace) -> tuple[Judged, ...]:
    """How each item of an open visit stands now; empty where everything is asked."""
    snapshot = session.snapshot
    if not snapshot.followed:
        return ()
    seen = session.outlook()
    on = day_of_visit(snapshot, workplace.profile.zone)
    return standings(snapshot, seen.compared, on=on, findings=seen.findings)


def photos_of_then(workplace: Workplace, session: Session, item: Followed) -> tuple[Evidence, ...]:
    """The evidence of what was found, of the visit before; nothing where that is not here."""
    before = session.snapshot.visit.predecessor
    if before is None or before not in workplace.store.log.visits():
        return ()
    then = read_snapshot(before, workplace.store.log.heads(before))
    name = session.snapshot.products.get(item.product, "").casefold()
    products = {id_ for id_, told in then.products.items() if told.casefold() == name}
    return tuple(
        one
        for _, one in sorted(then.evidence.items())
        if any(
            key.indicator == item.indicator and (not name or key.product in {*products, "-"})
            for key in one.attached_to
        )
    )


@dataclass(frozen=True, slots=True)
class Moved:
    """What the visits before say otherwise now than when this one began.

    One was opened again, or came later from another device. What is asked here stays as it was
    fixed: of the indicators (codes) `gone` nothing is owed any more, `new` ones are owed since.
    """

    gone: tuple[str, ...]
    new: tuple[str, ...]


def moved_since(workplace: Workplace, library: Library, session: Session) -> Moved | None:
    """How the visits before have changed since this one began; None where they have not.

    None, too, while the one it follows is open again, void or not here: nothing is fixed then.
    """
    snapshot = session.snapshot
    before = snapshot.visit.predecessor
    if not snapshot.followed or before is None:
        return None
    log = workplace.store.log
    if before not in log.visits() or not is_fixed(read_visit(before, log.heads(before))):
        return None
    return _moved(snapshot, owed_before(workplace.store, library, snapshot.visit))


def _moved(snapshot: Snapshot, owed_then: Sequence[Owed]) -> Moved | None:
    asked = {code for (code, _), one in snapshot.followed.items() if not one.added}
    found = {one.indicator for one in owed_then}
    added = {code for (code, _), one in snapshot.followed.items() if one.added}
    gone, new = sorted(asked - found), sorted(found - asked - added)
    return Moved(tuple(gone), tuple(new)) if gone or new else None
