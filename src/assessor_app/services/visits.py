"""Starting a visit, finding one again, and the list of all."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from assessor_app.domain.event import EventKind, Json
from assessor_app.domain.findings import DEFAULT_DUE
from assessor_app.domain.instants import instant_text, one_month_later
from assessor_app.domain.instrument import Instrument
from assessor_app.domain.problem import VisitRefused
from assessor_app.domain.snapshot import read_visit
from assessor_app.domain.visit import Outcome, Visit, VisitKind, VisitState
from assessor_app.instruments.library import Library
from assessor_app.services.enrolment import Workplace
from assessor_app.services.entries import clean_text
from assessor_app.services.instruments import keep
from assessor_app.services.session import Session
from assessor_app.services.standing import Done
from assessor_app.storage.log import Draft
from assessor_app.storage.store import Store


@dataclass(frozen=True, slots=True)
class NewVisit:
    """What is known at the door. `team` always holds the assessor who starts the visit.

    `predecessor` is the visit (id) that this one follows up, as the assessment after coaching:
    what it left open is carried over (services/comparing.py).
    """

    institution: str
    unit: str
    object_type: str
    kind: VisitKind
    arrival: datetime
    team: Sequence[str]
    address_visited: str | None = None
    assignment_letter: str | None = None
    sample: bool = False
    predecessor: str | None = None


def start_visit(store: Store, new: NewVisit, instrument: Instrument, *, library: Library) -> str:
    """Begin a visit, pinned to this version of the instrument; returns its id.

    The library keeps a copy of the instrument for as long as there are visits. Raises VisitRefused
    where the instrument has no indicators or is not for this kind of office, or where a name is
    missing.
    """
    if not instrument.visitable:
        raise VisitRefused("instrument_bounds_only", instrument=instrument.pin)
    known = [kind.code for kind in instrument.object_types]
    if new.object_type not in known:
        raise VisitRefused(
            "object_type_unknown",
            object=new.object_type,
            objects=", ".join(known),
            instrument=instrument.pin,
        )
    keep(instrument, library)
    visit_id = store.new_id()
    store.log.append(
        Draft(
            visit_id,
            EventKind.STARTED,
            {
                ("visit", "institution"): _named(new.institution, "institution"),
                ("visit", "unit"): _named(new.unit, "unit"),
                ("visit", "object_type"): new.object_type,
                ("visit", "instrument_version"): instrument.pin,
                ("visit", "instrument_digest"): instrument.digest,
                ("visit", "kind"): new.kind.value,
                ("visit", "state"): VisitState.OPEN.value,
                ("visit", "arrival"): instant_text(new.arrival),
                ("visit", "team"): [_named(name, "team") for name in new.team],
                ("visit", "address_visited"): clean_text(new.address_visited, "address"),
                ("visit", "assignment_letter"): clean_text(
                    new.assignment_letter, "assignment_letter"
                ),
                ("visit", "sample"): new.sample,
                ("visit", "predecessor"): new.predecessor,
                ("visit", "lead"): store.assessor,
                ("session/1", "from"): instant_text(new.arrival),
            },
        )
    )
    return visit_id


def all_visits(store: Store) -> tuple[Visit, ...]:
    """The frames of all visits, the latest begun first."""
    frames = store.log.frames()
    return tuple(
        read_visit(visit_id, frames[visit_id]) for visit_id in sorted(frames, reverse=True)
    )


def find_visit(store: Store, name: str) -> str:
    """The id of the visit called by its id or an unambiguous beginning or end of it.

    Raises VisitRefused `visit_unknown` or `visit_ambiguous`.
    """
    ids = store.log.visits()
    if name in ids:
        return name
    found = [id_ for id_ in ids if name and (id_.startswith(name) or id_.endswith(name))]
    if len(found) > 1:
        raise VisitRefused("visit_ambiguous", visit=name, found=", ".join(found))
    if not found:
        raise VisitRefused("visit_unknown", visit=name)
    return found[0]


def close_visit(
    session: Session,
    workplace: Workplace,
    outcome: Outcome,
    *,
    departure: datetime,
    account: str | None = None,
) -> Done:
    """Close a visit; findings without a due date get one month, said to be our own proposal.

    `account` tells what happened where the visit was not completed. Raises as `Session.close`.
    """
    day = departure.astimezone(workplace.profile.zone).date()
    due: dict[str, Json] = {
        "due_date": one_month_later(day).isoformat(),
        "due_set_by": DEFAULT_DUE,
    }
    return session.close(outcome, departure=departure, due=due, account=account)


def _named(text: str, field: str) -> str:
    cleaned = clean_text(text, field)
    if cleaned is None:
        raise VisitRefused("name_missing", field=field)
    return cleaned
