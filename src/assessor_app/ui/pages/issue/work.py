"""What the issue page has done in a worker.

It knows no widget: the last one to hold a widget destroys it, and that must not be another thread.
"""

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from assessor_app.domain.documents import Addendum, DocumentKind
from assessor_app.domain.visit import Document
from assessor_app.services import documents
from assessor_app.services.enrolment import Workplace
from assessor_app.services.report.parties import Role, Signatory
from assessor_app.services.session import Session
from assessor_app.texts import Language
from assessor_app.ui.tasks import Tell

if TYPE_CHECKING:  # ReportLab and pyHanko: imported by the work that needs them
    from assessor_app.services.issuing import Issued


def issue(
    session: Session,
    workplace: Workplace,
    passphrase: str,
    path: Path,
    tell: Tell,
    *,
    language: Language,
    others: Sequence[Signatory] = (),
    kind: DocumentKind | None = None,
    addendum: Addendum | None = None,
) -> "Issued":
    """Have all sign the document, and write it; or nobody signs.

    Raises as `services.issuing.unlocked` and `issue` do.
    """
    from assessor_app.services import issuing

    by_certificate = any(one.role is Role.RECEIVER for one in others)
    issuing.require_issuable(
        session, path, kind=kind, addendum=addendum, receiver_signs=by_certificate
    )
    now = workplace.store.clock.now()
    lead = issuing.signing_identity(workplace, passphrase, now=now)
    signers = issuing.unlocked(workplace, lead, others, now=now)
    return issuing.issue(
        session,
        workplace,
        signers.lead,
        out=path,
        language=language,
        further=signers.further,
        receiver=signers.receiver,
        kind=kind,
        addendum=addendum,
        progress=tell,
    )


def write_copy(
    session: Session, workplace: Workplace, document: Document, path: Path, _tell: Tell
) -> "Issued":
    """Write a further copy of a document that was issued."""
    return documents.write_copy(session, workplace, document, out=path)
