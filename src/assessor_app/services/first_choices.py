"""What a new visit is begun with where nothing else is said: team, letter, instrument."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime, timedelta

from assessor_app.domain.institutions import object_codes
from assessor_app.domain.instrument import Instrument
from assessor_app.domain.visit import ISSUED_STATES, Outcome, Visit, VisitKind, VisitState

LETTER_LASTS = timedelta(days=7)
"""How long an assignment letter is offered again: it names a journey of some days."""


def last_team(visits: Iterable[Visit], own_name: str) -> tuple[str, ...]:
    """Who else was at the last visit of this assessor; nobody where there was none."""
    last = _last(one for one in visits if own_name in one.team)
    return tuple(name for name in last.team if name != own_name) if last else ()


def last_letter(visits: Iterable[Visit], *, now: datetime) -> str | None:
    """The assignment letter of the last visit, while it may still be the same journey."""
    last = _last(one for one in visits if one.arrival <= now)
    if last is None or now - last.arrival > LETTER_LASTS:
        return None
    return last.assignment_letter


def fitting_instrument(
    instruments: Sequence[Instrument], object_type: str, *, today: date
) -> tuple[Instrument, str] | None:
    """The instrument for a kind of office (code), and the code that it knows it by.

    The newest year that is not ahead of today goes first; of that year the one that names the
    kind nearest, then one that is verified throughout, then the highest version. None where none
    knows the kind. Year goes before proof on purpose: a visit is held against the method of its own
    year, and what is not verified throughout says so itself, on the page and on paper.
    """
    codes = object_codes(object_type)
    found = [
        (one, code)
        for one in instruments
        for code in [_known(one, codes)]
        if one.visitable and code is not None
    ]
    due = [each for each in found if each[0].year <= today.year] or found
    return max(due, key=lambda each: _rank(each[0], codes.index(each[1])), default=None)


def kind_under(instrument: Instrument, object_type: str) -> str | None:
    """The code by which an instrument knows a kind of office; None where it does not."""
    return _known(instrument, object_codes(object_type))


def can_be_followed(visit: Visit) -> bool:
    """Whether a later visit can look what became of this one.

    What was turned away at the door saw nothing; a follow-up that was carries what it was to ask.
    """
    done = ISSUED_STATES | {VisitState.CLOSED}
    turned_away = visit.outcome in (Outcome.ENTRY_REFUSED, Outcome.OFFICE_CLOSED)
    return visit.state in done and (not turned_away or visit.kind is VisitKind.FOLLOW_UP)


def _last(visits: Iterable[Visit]) -> Visit | None:
    counting = (one for one in visits if not one.sample and one.state is not VisitState.VOIDED)
    return max(counting, key=lambda one: (one.arrival, one.id), default=None)


def _known(instrument: Instrument, codes: Sequence[str]) -> str | None:
    return next((code for code in codes if instrument.object_type(code) is not None), None)


def _rank(one: Instrument, distance: int) -> tuple[object, ...]:
    verified = all(indicator.verified for indicator in one.indicators())
    return max(one.years, default=one.year), -distance, verified, one.order
