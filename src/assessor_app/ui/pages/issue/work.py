"""What the issue page has done in a worker.

It knows no widget: the last one to hold a widget destroys it, and that must not be another thread.
"""

from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from assessor_app.domain.visit import HandoverWay
from assessor_app.services.enrolment import Workplace
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
) -> "Issued":
    """Sign the document and write it. Raises as `services.issuing.issue` does."""
    from assessor_app.services import issuing

    issuing.require_issuable(session, path)
    now = workplace.store.clock.now()
    identity = issuing.signing_identity(workplace, passphrase, now=now)
    return issuing.issue(session, workplace, identity, out=path, language=language, progress=tell)


def write_again(session: Session, workplace: Workplace, path: Path, _tell: Tell) -> "Issued | None":
    """Write a further copy of the document that was issued."""
    from assessor_app.services import issuing

    return issuing.write_again(session, workplace, path)


def hand_over(
    session: Session, workplace: Workplace, to: str, way: HandoverWay, when: datetime, _tell: Tell
) -> None:
    """Record to whom the document went."""
    from assessor_app.services import issuing

    issuing.hand_over(session, workplace, to=to, way=way, at=when)
