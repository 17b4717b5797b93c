"""A visit in the words of the list."""

from assessor_app.domain.listing import UNENTERED, Counts, Listed, Sync
from assessor_app.domain.reminders import Nearness, Reminder
from assessor_app.domain.visit import VisitState
from assessor_app.services.report.words import NONE, Words
from assessor_app.ui.desk import Desk
from assessor_app.ui.models.visit_list import Column, Counted, VisitRow


def heads(desk: Desk) -> list[str]:
    """The headings of the columns."""
    return [desk.say(f"visits.head_{column.name.lower()}") for column in Column]


def row_of(desk: Desk, one: Listed, *, words: Words) -> VisitRow:
    """What is known of a visit now: its frame at once, the rest when it is counted."""
    visit = one.visit
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
        state=_standing(desk, one, words),
        outcome=words(f"outcome.{visit.outcome.value}") if visit.outcome else NONE,
        counted=_counted(desk, one, one.counts, words) if one.counts else None,
        sync="" if one.sync[0] is Sync.LOCAL else desk.say(f"listing.sync.{one.sync[0].value}"),
        due=due_told(desk, one.reminder) if one.reminder else "",
        over=one.reminder is not None and one.reminder.nearness is Nearness.OVER,
        void=visit.state is VisitState.VOIDED,
    )


def due_told(desk: Desk, reminder: Reminder) -> str:
    """Which date is over or near, in a few words."""
    if reminder.days == 0:
        return desk.say("listing.due_today")
    name = "over" if reminder.nearness is Nearness.OVER else "near"
    return desk.say(f"listing.due_{name}", days=abs(reminder.days))


def begun_large(text: str) -> str:
    """A term that stands alone in its cell begins with a capital."""
    return text[:1].upper() + text[1:]


def _counted(desk: Desk, one: Listed, counts: Counts, words: Words) -> Counted:
    if not counts.instrument_found:
        return Counted(desk.say("visits.no_instrument"), 0.0, None, "")
    if one.visit.outcome in UNENTERED and not counts.answered:
        return Counted(NONE, 0.0, None, "")
    zone = counts.zone
    return Counted(
        progress=desk.say("visits.progress", answered=counts.answered, asked=counts.asked),
        share=counts.answered / counts.asked if counts.asked else 0.0,
        zone=zone,
        zone_text=words(f"zone.{zone.value}") if zone else desk.say(_no_zone(counts)),
    )


def _standing(desk: Desk, one: Listed, words: Words) -> str:
    """Where the visit stands, and what of it waits for somebody."""
    state = begun_large(words(f"state.{one.visit.state.value}"))
    counts = one.counts
    if counts is None:
        return state
    if counts.paused:
        state = desk.say("visits.paused")
    if counts.conflicts:
        return desk.say("exchange.state_conflicts", state=state, count=counts.conflicts)
    if counts.late:
        return desk.say("exchange.state_late", state=state, count=counts.late)
    return state


def _no_zone(counts: Counts) -> str:
    """Why there is no zone: it can still change, or the year gives no score."""
    return "visits.zone_open" if counts.weighted else "visits.no_score"
