"""Covering parts of evidence: what is recorded, and the copies that are made anew of it."""

from collections.abc import Iterable
from typing import TYPE_CHECKING

from assessor_app.domain.event import Json
from assessor_app.domain.observation import Evidence, EvidenceKind
from assessor_app.domain.problem import RecordRefused, VisitRefused
from assessor_app.domain.redaction import Layer, layers_json, placed
from assessor_app.domain.visit import Snapshot, VisitState
from assessor_app.services.enrolment import Workplace
from assessor_app.services.evidence.copies import is_current, photo, thumbnail

if TYPE_CHECKING:
    from collections.abc import Callable

COVERABLE = frozenset({EvidenceKind.PHOTO, EvidenceKind.DOCUMENT})
"""What is shown to the office as a picture; of a recording it gets words only."""

_WHILE = frozenset({VisitState.OPEN, VisitState.EXIT_TALK, VisitState.CLOSED})
"""A document that is out cannot be covered any more; a later revision can, once reopened."""


def may_redact(snapshot: Snapshot) -> bool:
    """Whether layers are taken now."""
    return snapshot.visit.state in _WHILE


def unexamined(snapshot: Snapshot) -> tuple[Evidence, ...]:
    """The photos and documents that nobody has looked at for faces and names, while one still can.

    A hint, never a hindrance: what has a form is covered by itself, a face only a person can see.
    """
    if not may_redact(snapshot):
        return ()
    found = (item for _, item in sorted(snapshot.evidence.items()))
    return tuple(item for item in found if item.kind in COVERABLE and not item.examined)


def redaction(
    snapshot: Snapshot, evidence_id: str, layers: Iterable[Layer]
) -> dict[tuple[str, str], Json]:
    """What is recorded where evidence is covered by just these layers; none shows all of it.

    Raises VisitRefused `redaction_fixed` once a document was issued, RecordRefused
    `evidence_unknown`, `layers_need_picture`, or as `domain.redaction.placed`.
    """
    visit = snapshot.visit
    if not may_redact(snapshot):
        raise VisitRefused("redaction_fixed", visit=visit.id, state=visit.state.value)
    item = snapshot.evidence.get(evidence_id)
    if item is None:
        raise RecordRefused("evidence_unknown", evidence=evidence_id, visit=visit.id)
    if item.kind not in COVERABLE:
        raise RecordRefused("layers_need_picture", evidence=item.id)
    found = placed(layers, pages=item.pages or 1)
    return {(f"evidence/{item.id}", "layers"): layers_json(found)}


def renew_copies(
    workplace: Workplace,
    items: Iterable[Evidence],
    *,
    progress: "Callable[[int, int], None] | None" = None,
) -> int:
    """Make the copies anew that were made under other layers; in a worker's time.

    Nothing depends on it: whoever wants a copy that is not current makes it anew. Returns how many
    there were; `progress` hears how many of how many were looked at. Raises StoreProblem as
    `services.evidence.copies.photo`.
    """
    listed = [one for one in items if one.kind in COVERABLE]
    renewed = 0
    for number, item in enumerate(listed, start=1):
        if not is_current(workplace.store.vault, item):
            photo(workplace, item)
            thumbnail(workplace, item)
            renewed += 1
        if progress is not None:
            progress(number, len(listed))
    return renewed
