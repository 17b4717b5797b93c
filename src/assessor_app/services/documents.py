"""The documents that a visit has: found by number, and written again as they were signed."""

from dataclasses import dataclass
from pathlib import Path

from assessor_app.domain.documents import DocumentKind, issued_now, kind_for
from assessor_app.domain.problem import VisitRefused
from assessor_app.domain.visit import ISSUED_STATES, Document, VisitState
from assessor_app.services.destination import require_free
from assessor_app.services.enrolment import Workplace
from assessor_app.services.session import Session
from assessor_app.storage.files import clear_rests, write_whole
from assessor_app.storage.vault import Form


@dataclass(frozen=True, slots=True)
class Issued:
    """A signed document on disk. `again` where it was issued before and is the same bytes."""

    path: Path
    number: str
    sha256: str
    size: int  # bytes
    again: bool


def latest_document(session: Session) -> Document | None:
    return session.snapshot.latest_document


def require_document(session: Session, number: str | None = None) -> Document:
    """The document of a number, or the one that was made last.

    Raises VisitRefused `nothing_issued` where there is none, `document_unknown` for the number.
    """
    latest = latest_document(session)
    if latest is None:
        state = session.snapshot.visit.state.value
        raise VisitRefused("nothing_issued", visit=session.visit_id, state=state)
    if number is None:
        return latest
    documents = session.snapshot.documents.values()
    for one in documents:
        if one.number.casefold() == number.strip().casefold():
            return one
    known = ", ".join(one.number for one in documents)
    raise VisitRefused("document_unknown", visit=session.visit_id, number=number, known=known)


def issued_pdf(session: Session, workplace: Workplace, document: Document | None = None) -> bytes:
    """A document byte for byte as it was signed: the one given, or the one that was made last.

    Raises VisitRefused `nothing_issued`, or StoreProblem where the vault lost it.
    """
    return workplace.store.vault.get((document or require_document(session)).id, Form.DOCUMENT)


def write_again(
    session: Session, workplace: Workplace, out: Path, *, kind: DocumentKind | None = None
) -> Issued | None:
    """Write the findings, or the minutes, that were issued; None where they are yet to be made.

    None too where the visit was closed anew since: the next revision is to be made. Raises
    VisitRefused `already_void`, IssueProblem `file_exists` or StoreProblem.
    """
    snapshot = session.snapshot
    if snapshot.documents and snapshot.visit.state is VisitState.VOIDED:
        raise VisitRefused("already_void", visit=session.visit_id)
    if snapshot.visit.state not in ISSUED_STATES:
        return None
    document = issued_now(snapshot, kind or kind_for(snapshot.visit))
    return None if document is None else write_copy(session, workplace, document, out=out)


def write_copy(session: Session, workplace: Workplace, document: Document, *, out: Path) -> Issued:
    """Write a document of the visit byte for byte as it was signed.

    Raises VisitRefused `already_void`, IssueProblem `file_exists` or StoreProblem.
    """
    if session.snapshot.visit.state is VisitState.VOIDED:
        raise VisitRefused("already_void", visit=session.visit_id)
    require_free(out)
    clear_rests(out)
    pdf = issued_pdf(session, workplace, document)
    write_whole(out, pdf, mode=0o644)
    return Issued(out, document.number, document.sha256, len(pdf), again=True)
