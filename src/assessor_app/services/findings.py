"""Editing a finding: its words, who owns it, and until when it is to be repaired."""

from dataclasses import dataclass
from datetime import date

from assessor_app.domain.event import Json
from assessor_app.domain.problem import RecordRefused
from assessor_app.services.enrolment import Workplace
from assessor_app.services.entries import clean_text
from assessor_app.services.session import Session
from assessor_app.services.standing import Done


@dataclass(frozen=True, slots=True)
class FindingEdit:
    """What an assessor changes of a finding; None leaves a field as it is, empty clears it."""

    wording: str | None = None
    advice: str | None = None
    owner: str | None = None
    due: date | None = None


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

    A due date is said to be set by the assessor of this device. Raises RecordRefused
    `nothing_recorded`, `due_before_visit`, `indicator_unknown`, `finding_unknown`, or for a text
    that cannot be printed; VisitRefused where the visit takes no answers, or without a `reason`
    where one is needed.
    """
    values: dict[str, Json] = {
        field: clean_text(text, field)
        for field in ("wording", "advice", "owner")
        if (text := getattr(edit, field)) is not None
    }
    if edit.due is not None:
        arrived = session.snapshot.visit.arrival.astimezone(workplace.profile.zone).date()
        if edit.due < arrived:
            raise RecordRefused("due_before_visit", value=edit.due)
        values["due_date"] = edit.due.isoformat()
        values["due_set_by"] = workplace.profile.name
    if not values:
        raise RecordRefused("nothing_recorded", fields="wording, advice, owner, due")
    finding = _finding_id(session, indicator, product)
    return session.edit_finding(finding, values, reason=reason)


def _finding_id(session: Session, indicator: str, product: str | None) -> str:
    session.instrument.indicator(indicator)
    for found in session.findings():
        name = session.snapshot.products.get(found.product)
        if found.indicator.code == indicator and product in (None, name):
            return found.id
    raise RecordRefused("finding_unknown", indicator=indicator)
