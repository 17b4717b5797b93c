"""What the form of a new visit knows beforehand: from the office before, or from what is due."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, tzinfo

from assessor_app.domain.visit import Visit, VisitKind, VisitState


@dataclass(frozen=True, slots=True)
class NewVisitFrom:
    """What is filled in; the assessor can change all of it. Nothing of it is an answer.

    `team` are the others beside who is at work, `instrument` is a pin (`id@version`),
    `predecessor` the visit (id) that is followed up. The arrival is always now.
    """

    institution: str = ""
    unit: str = ""
    object_type: str | None = None
    kind: VisitKind | None = None
    address_visited: str | None = None
    assignment_letter: str | None = None
    team: tuple[str, ...] = ()
    instrument: str | None = None
    predecessor: str | None = None


def next_office(
    visits: Iterable[Visit], *, own_name: str, now: datetime, zone: tzinfo
) -> NewVisitFrom | None:
    """The frame of the visit begun last today, for the next office; None where none was.

    Its unit and address are not taken over: they are what differs.
    """
    today = now.astimezone(zone).date()
    of_today = [
        one
        for one in visits
        if one.arrival.astimezone(zone).date() == today
        and one.state is not VisitState.VOIDED
        and not one.sample
    ]
    if not of_today:
        return None
    return office_after(max(of_today, key=lambda one: (one.arrival, one.id)), own_name=own_name)


def office_after(visit: Visit, *, own_name: str) -> NewVisitFrom:
    """The frame of one visit, for the office that is visited next."""
    # What follows something up has its own predecessor: the next office is looked at anew.
    follows = visit.kind is VisitKind.FOLLOW_UP
    return NewVisitFrom(
        institution=visit.institution,
        object_type=visit.object_type,
        kind=VisitKind.UNANNOUNCED if follows else visit.kind,
        assignment_letter=visit.assignment_letter,
        team=_others(visit, own_name),
        instrument=visit.instrument_version,
    )


def following_up(
    visit: Visit, *, own_name: str, kind: VisitKind = VisitKind.FOLLOW_UP
) -> NewVisitFrom:
    """The frame of the visit that looks what became of another one, or coaches because of it."""
    return NewVisitFrom(
        institution=visit.institution,
        unit=visit.unit,
        object_type=visit.object_type,
        kind=kind,
        address_visited=visit.address_visited,
        team=_others(visit, own_name),
        instrument=visit.instrument_version,
        predecessor=visit.id,
    )


def _others(visit: Visit, own_name: str) -> tuple[str, ...]:
    return tuple(name for name in visit.team if name != own_name)
