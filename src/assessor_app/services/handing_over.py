"""Handing over: to whom the signed document went, how, when, and the hash that was shown."""

from datetime import datetime

from assessor_app.domain.instants import instant_text
from assessor_app.domain.problem import VisitRefused
from assessor_app.domain.visit import HandoverWay
from assessor_app.services.documents import require_document
from assessor_app.services.enrolment import Workplace
from assessor_app.services.entries import clean_text
from assessor_app.services.session import Session
from assessor_app.services.standing import Done


def hand_over(
    session: Session, workplace: Workplace, *, to: str, way: HandoverWay, at: datetime
) -> Done:
    """Record to whom the document went, how, and the hash that was shown.

    Raises VisitRefused where nothing was issued.
    """
    document = require_document(session)
    name = clean_text(to, "to")
    if name is None:
        raise VisitRefused("name_missing", field="to")
    departure = session.snapshot.visit.departure
    if departure is not None and at < departure:
        raise VisitRefused("handover_before_departure", visit=session.visit_id)
    entity = f"handover/{workplace.store.new_id()}"
    return session.handed_over(
        {
            (entity, "document"): document.id,
            (entity, "to"): name,
            (entity, "how"): way.value,
            (entity, "when"): instant_text(at),
            (entity, "hash_shown"): document.sha256,
        }
    )
