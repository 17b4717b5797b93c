"""The reason that goes with every change after the exit talk, as the assessor gave it last."""

from assessor_app.domain.visit import Snapshot
from assessor_app.services.drafts import draft, keep_draft
from assessor_app.services.enrolment import Workplace
from assessor_app.services.session import Session

_DRAFT = "reason"


def change_reason(workplace: Workplace, session: Session) -> str | None:
    """The reason that was given; None where none is needed or none was given yet.

    What was given before the visit was reopened was said of something else, and is not taken.
    """
    snapshot = session.snapshot
    if not snapshot.reason_needed:
        return None
    kept = draft(workplace, session.visit_id, name=_DRAFT)
    return (kept.get("text") or None) if kept.get("since") == _since(snapshot) else None


def keep_change_reason(workplace: Workplace, session: Session, text: str) -> None:
    """Keep the reason until another is given. Raises StoreProblem where it cannot be kept."""
    value = {"text": text.strip(), "since": _since(session.snapshot)} if text.strip() else {}
    keep_draft(workplace, session.visit_id, name=_DRAFT, value=value)


def reason_lacks(workplace: Workplace, session: Session) -> bool:
    """Whether a change would be refused now for want of its reason."""
    snapshot = session.snapshot
    wanted = snapshot.takes_answers and snapshot.reason_needed
    return wanted and change_reason(workplace, session) is None


def _since(snapshot: Snapshot) -> str:
    reopened = snapshot.visit.reopened
    return reopened.isoformat() if reopened else "exit_talk"
