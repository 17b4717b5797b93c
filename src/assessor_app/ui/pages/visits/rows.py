"""A visit in the words of the list."""

from dataclasses import replace
from typing import TYPE_CHECKING

from assessor_app.domain.visit import Outcome, Visit
from assessor_app.services.report.words import NONE
from assessor_app.ui.desk import Desk
from assessor_app.ui.models.visit_list import Column, Counted, VisitRow

if TYPE_CHECKING:  # a value that is only read here
    from assessor_app.services.overview import VisitLine

_UNENTERED = frozenset({Outcome.ENTRY_REFUSED, Outcome.OFFICE_CLOSED})
"""Nothing could be answered: to count what was not would look like negligence."""


def heads(desk: Desk) -> list[str]:
    """The headings of the columns."""
    return [desk.say(f"visits.head_{column.name.lower()}") for column in Column]


def first_row(desk: Desk, visit: Visit) -> VisitRow:
    """What the frame of a visit tells, at once."""
    words = desk.words
    return VisitRow(
        target=visit.id,
        institution=visit.institution,
        unit=visit.unit,
        badge=words("sample_mark") if visit.sample else "",
        spoken=desk.say(
            "visits.spoken_sample" if visit.sample else "visits.spoken",
            unit=visit.unit,
            institution=visit.institution,
        ),
        arrived=words.moment(visit.arrival),
        state=_begun_large(words(f"state.{visit.state.value}")),
        outcome=words(f"outcome.{visit.outcome.value}") if visit.outcome else NONE,
    )


def counted_row(desk: Desk, row: VisitRow, line: "VisitLine") -> VisitRow:
    """The same row with progress and provisional zone, which its answers were read for."""
    words = desk.words
    state = _standing(desk, row, line)
    if not line.instrument_found:
        unknown = desk.say("visits.no_instrument")
        return replace(row, state=state, counted=Counted(unknown, 0.0, None, ""))
    if line.visit.outcome in _UNENTERED and not line.answered:
        return replace(row, state=state, counted=Counted(NONE, 0.0, None, ""))
    band = line.official.band if line.official else None
    zone = band.zone if band else None
    counted = Counted(
        progress=desk.say("visits.progress", answered=line.answered, asked=line.asked),
        share=line.answered / line.asked if line.asked else 0.0,
        zone=zone,
        zone_text=words(f"zone.{zone.value}") if zone else desk.say(_no_zone(line)),
    )
    return replace(row, state=state, counted=counted)


def _standing(desk: Desk, row: VisitRow, line: "VisitLine") -> str:
    """Where the visit stands, and what of it waits for somebody."""
    state = desk.say("visits.paused") if line.paused else row.state
    if line.conflicts:
        return desk.say("exchange.state_conflicts", state=state, count=line.conflicts)
    if line.late:
        return desk.say("exchange.state_late", state=state, count=line.late)
    return state


def _no_zone(line: "VisitLine") -> str:
    """Why there is no zone: it can still change, or the year gives no score."""
    return "visits.zone_open" if line.weighted else "visits.no_score"


def _begun_large(text: str) -> str:
    """A term that stands alone in its cell begins with a capital."""
    return text[:1].upper() + text[1:]
