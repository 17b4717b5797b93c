"""Where the assessor was: the visit and indicator to come back to after a restart."""

import contextlib
from dataclasses import dataclass

from assessor_app.domain.problem import Problem
from assessor_app.services.enrolment import Workplace

_SECTION = "place"
_VISIT, _INDICATOR, _PAGE = "visit", "indicator", "page"


@dataclass(frozen=True, slots=True)
class Place:
    """An open visit, the indicator that was looked at in it, and the page (None: the checklist)."""

    visit: str
    indicator: str | None = None
    page: str | None = None


def remember(workplace: Workplace, place: Place | None) -> None:
    """Keep the place, or forget it. Never fails: what is lost here loses nothing recorded."""
    values = (
        {}
        if place is None
        else {_VISIT: place.visit, _INDICATOR: place.indicator, _PAGE: place.page}
    )
    with contextlib.suppress(Problem):
        workplace.store.memory.keep_section(_SECTION, values)


def remembered(workplace: Workplace) -> Place | None:
    """The place that was kept last, if there is one; whether it still exists is not asked."""
    kept = workplace.store.memory.section(_SECTION)
    visit, indicator = kept.get(_VISIT), kept.get(_INDICATOR)
    if not isinstance(visit, str):
        return None
    page = kept.get(_PAGE)
    return Place(
        visit,
        indicator if isinstance(indicator, str) else None,
        page if isinstance(page, str) else None,
    )
