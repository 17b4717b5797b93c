"""Editing findings: their words, who owns them, and until when they are to be repaired."""

from collections.abc import Callable, Collection
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum

from assessor_app.domain.event import Json
from assessor_app.domain.findings import DEFAULT_DUE, HEAD_DUE, Finding
from assessor_app.domain.follow_up import FollowUpStanding
from assessor_app.domain.instants import one_month_later
from assessor_app.domain.problem import RecordRefused
from assessor_app.domain.scoring import Basis
from assessor_app.services.enrolment import Workplace
from assessor_app.services.entries import clean_text
from assessor_app.services.follow_up import items_of
from assessor_app.services.session import Session
from assessor_app.services.standing import Done


class DueBy(StrEnum):
    """Who sets a due date; one that nobody set is our own proposal."""

    ASSESSOR = "assessor"  # who works at this device, by name
    HEAD = "head"  # the head of the office, as named during the exit talk


@dataclass(frozen=True, slots=True)
class FindingEdit:
    """What an assessor changes of a finding; None leaves a field as it is, empty clears it."""

    wording: str | None = None
    advice: str | None = None
    owner: str | None = None
    due: date | None = None
    due_by: DueBy = DueBy.ASSESSOR


def edit_finding(
    session: Session,
    workplace: Workplace,
    indicator: str,
    edit: FindingEdit,
    *,
    product: str | None = None,
    reason: str | None = None,
) -> Done:
    """Record an edit of an indicator's finding, of a product or of the first that there is.

    A due date is said to be set by the assessor of this device, or by the head. Raises
    RecordRefused `nothing_recorded`, `due_before_visit`, `indicator_unknown`, `finding_unknown`,
    or for a text that cannot be printed; VisitRefused where the visit takes no answers, or without
    a `reason` where one is needed.
    """
    values: dict[str, Json] = {
        field: clean_text(text, field)
        for field in ("wording", "advice", "owner")
        if (text := getattr(edit, field)) is not None
    }
    if edit.due is not None:
        values |= _due(session, workplace, edit.due, edit.due_by)
    if not values:
        raise RecordRefused("nothing_recorded", fields="wording, advice, owner, due")
    finding = _finding_id(session, indicator, product)
    return session.edit_finding(finding, values, reason=reason)


def set_due_dates(
    session: Session,
    workplace: Workplace,
    findings: Collection[str],
    due: date,
    *,
    by: DueBy = DueBy.ASSESSOR,
    reason: str | None = None,
) -> Done:
    """Give several findings (ids) the same due date, in one action.

    Raises as `edit_finding`, and RecordRefused `nothing_recorded` where none is named.
    """
    if not findings:
        raise RecordRefused("nothing_recorded", fields="due")
    values = _due(session, workplace, due, by)
    return session.edit_findings(dict.fromkeys(findings, values), reason=reason)


@dataclass(frozen=True, slots=True)
class Due:
    """A due date and who set it: a name, DEFAULT_DUE or HEAD_DUE."""

    day: date
    set_by: str
    kept: bool = False  # from the visit that found it before

    @property
    def values(self) -> dict[str, Json]:
        return {"due_date": self.day.isoformat(), "due_set_by": self.set_by}


def proposed_due(session: Session, workplace: Workplace, *, day: date) -> Callable[[Finding], Due]:
    """By when each finding is to be repaired where nobody sets it anew, on a day of closing.

    One month, said to be our own proposal. Where a follow-up visit sees open what is within its
    time still, its date stays, and who set it: to be visited early does not give more time.
    """
    within = {
        finding.id: Due(one.item.due_date, one.item.due_set_by or DEFAULT_DUE, kept=True)
        for one in items_of(session, workplace)
        if one.standing is FollowUpStanding.STILL_OPEN and one.item.due_date is not None
        for finding in one.findings
    }
    month = Due(one_month_later(day), DEFAULT_DUE)
    return lambda finding: within.get(finding.id, month)


def counted_weight(session: Session, finding: Finding) -> Decimal | None:
    """What a finding weighs in this visit, in points; None where there is no score.

    Its share of what does not apply is in it, and where its indicator is asked of several products
    it is the part of one of them: what repairing just this finding would be worth.
    """
    official = session.scores().get(Basis.OFFICIAL)
    for line in official.lines if official else ():
        if line.indicator.code == finding.indicator.code:
            return line.weight / line.products
    return None


def _due(session: Session, workplace: Workplace, due: date, by: DueBy) -> dict[str, Json]:
    arrived = session.snapshot.visit.arrival.astimezone(workplace.profile.zone).date()
    if due < arrived:
        raise RecordRefused("due_before_visit", value=due)
    who = HEAD_DUE if by is DueBy.HEAD else workplace.profile.name
    return {"due_date": due.isoformat(), "due_set_by": who}


def _finding_id(session: Session, indicator: str, product: str | None) -> str:
    session.instrument.indicator(indicator)
    for found in session.findings():
        name = session.snapshot.products.get(found.product)
        if found.indicator.code == indicator and product in (None, name):
            return found.id
    raise RecordRefused("finding_unknown", indicator=indicator)
