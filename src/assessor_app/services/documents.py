"""The documents that a visit has: the latest, and its bytes as they were signed."""

from assessor_app.domain.problem import VisitRefused
from assessor_app.domain.visit import Document
from assessor_app.services.enrolment import Workplace
from assessor_app.services.session import Session
from assessor_app.storage.vault import Form


def latest_document(session: Session) -> Document | None:
    return session.snapshot.latest_document


def require_document(session: Session) -> Document:
    """The latest document. Raises VisitRefused `nothing_issued` where there is none."""
    document = latest_document(session)
    if document is None:
        state = session.snapshot.visit.state.value
        raise VisitRefused("nothing_issued", visit=session.visit_id, state=state)
    return document


def issued_pdf(session: Session, workplace: Workplace) -> bytes:
    """The latest document byte for byte as it was signed.

    Raises VisitRefused `nothing_issued`, or StoreProblem where the vault lost it.
    """
    return workplace.store.vault.get(require_document(session).id, Form.DOCUMENT)
