"""Where the documents of a visit were written last, as far as this device remembers."""

from contextlib import suppress
from pathlib import Path

from assessor_app.domain.problem import Problem
from assessor_app.domain.visit import Document
from assessor_app.services.drafts import draft, keep_draft
from assessor_app.services.session import Session
from assessor_app.ui.desk import Desk

_DRAFT = "document"


def written(desk: Desk, session: Session, document: Document | None) -> Path | None:
    """Where a document was written last; None where that is not known."""
    if document is None:
        return None
    kept = draft(desk.workplace, session.visit_id, name=_DRAFT).get(document.id)
    return Path(kept) if kept else None


def remember(desk: Desk, session: Session, document: Document | None, path: Path) -> None:
    """Keep where a document lies; that it was issued does not depend on it."""
    if document is None:
        return
    kept = draft(desk.workplace, session.visit_id, name=_DRAFT)
    with suppress(Problem):
        value = {**kept, document.id: str(path.absolute())}
        keep_draft(desk.workplace, session.visit_id, name=_DRAFT, value=value)
