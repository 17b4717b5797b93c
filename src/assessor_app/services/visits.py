"""Starting a visit, finding one again, and the list of all."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from assessor_app.domain.event import EventKind, Json
from assessor_app.domain.instants import instant_text
from assessor_app.domain.instrument import Instrument
from assessor_app.domain.problem import VisitRefused
from assessor_app.domain.snapshot import read_visit
from assessor_app.domain.visit import Outcome, Visit, VisitKind, VisitState
from assessor_app.instruments.library import Library
from assessor_app.services.enrolment import Workplace
from assessor_app.services.entries import clean_text
from assessor_app.services.findings import proposed_due
from assessor_app.services.following import followed_values_of
from assessor_app.services.instruments import keep
from assessor_app.services.session import Session
from assessor_app.services.standing import Done
from assessor_app.storage.log import Draft
from assessor_app.storage.store import Store


@dataclass(frozen=True, slots=True)
class NewVisit:
    """What is known at the door. `team` always holds the assessor who starts the visit.

    `predecessor` is the visit (id) that this one follows up, as the assessment after coaching:
    what it left open is carried over (services/comparing.py). A follow-up visit asks that alone
    (services/following.py).
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
    institution_ref: str | None = None
    unit_ref: str | None = None


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
    visit_id = store.new_id()
    asked = _followed(store, new, instrument, visit=visit_id, library=library)
    keep(instrument, library)
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
                ("visit", "sample"): new.sample or _follows_sample(store, new.predecessor),
                ("visit", "predecessor"): new.predecessor,
                **_refs(new),
                ("visit", "lead"): store.assessor,
                ("session/1", "from"): instant_text(new.arrival),
                **asked,
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
    """Close a visit; findings without a due date get the one that is proposed (`proposed_due`).

    `account` tells what happened where the visit was not completed. Raises as `Session.close`.
    """
    day = departure.astimezone(workplace.profile.zone).date()
    due = proposed_due(session, workplace, day=day)
    return session.close(
        outcome,
        departure=departure,
        due=lambda finding: due(finding).values,
        account=account,
    )


def _followed(
    store: Store, new: NewVisit, instrument: Instrument, *, visit: str, library: Library
) -> dict[tuple[str, str], Json]:
    """What a follow-up asks; one that names no visit before it asks everything."""
    if new.kind is not VisitKind.FOLLOW_UP or new.predecessor is None:
        return {}
    return followed_values_of(store, library, new.predecessor, visit=visit, instrument=instrument)


def _follows_sample(store: Store, predecessor: str | None) -> bool:
    """Whether the visit before is of the sample: what was invented stays so in all that follows."""
    if predecessor is None or predecessor not in store.log.visits():
        return False
    return read_visit(predecessor, store.log.heads(predecessor)).sample


def _refs(new: NewVisit) -> dict[tuple[str, str], Json]:
    """Which entries of the register are visited; an office that was typed has none."""
    refs = {"institution_ref": new.institution_ref, "unit_ref": new.unit_ref}
    return {("visit", name): ref for name, ref in refs.items() if ref is not None}


def _named(text: str, field: str) -> str:
    cleaned = clean_text(text, field)
    if cleaned is None:
        raise VisitRefused("name_missing", field=field)
    return cleaned
