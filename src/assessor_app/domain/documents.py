"""Which documents a visit has: their kinds, and what each one takes the place of or adds to.

Each closing of a visit, and each change of mind of its receiver, begins a round of documents. Of
one round there are findings and minutes side by side, and any number of addenda (ADR 20).
"""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from assessor_app.domain.problem import VisitRefused
from assessor_app.domain.visit import ISSUED_STATES, Document, Outcome, Snapshot, Visit, VisitState


class DocumentKind(StrEnum):
    """What a document tells: what was found, how the visit went, or what was added later."""

    FINDINGS = "findings"
    MINUTES = "minutes"
    ADDENDUM = "addendum"


PAPERS = (DocumentKind.FINDINGS, DocumentKind.MINUTES)
"""The documents of the visit itself, of which a later round makes a further revision."""


@dataclass(frozen=True, slots=True)
class Addendum:
    """What is added to a document that is out; to the findings that stand, where none is named."""

    statement: str
    to: Document | None = None


def kind_for(visit: Visit) -> DocumentKind:
    """Findings while a visit has no outcome yet: that is what it is meant to end in."""
    completed = visit.outcome in (None, Outcome.COMPLETED)
    return DocumentKind.FINDINGS if completed else DocumentKind.MINUTES


def require_kind(visit: Visit, wanted: DocumentKind | None) -> DocumentKind:
    """What is made of a visit: of a completed one its findings, or its minutes where wanted.

    Raises VisitRefused `findings_of_completed_only`.
    """
    made = kind_for(visit)
    if wanted is DocumentKind.FINDINGS and made is not wanted:
        raise VisitRefused("findings_of_completed_only", visit=visit.id)
    return wanted or made


def round_of(snapshot: Snapshot) -> int:
    """The round that a document made now belongs to, from 1."""
    last = max((one.round for one in snapshot.documents.values()), default=0)
    return last + 1 if snapshot.visit.state is VisitState.CLOSED else max(last, 1)


def issued_now(snapshot: Snapshot, kind: DocumentKind) -> Document | None:
    """The document of a kind that this round has already: findings or minutes are made once."""
    return _last(one for one in _of_kind(snapshot, kind) if one.round == round_of(snapshot))


def next_revision(snapshot: Snapshot, kind: DocumentKind) -> int:
    """Each kind counts its own, from 1; minutes that replace findings count on from them."""
    before = replaced_by(snapshot, kind)
    listed = [one.revision for one in _of_kind(snapshot, kind)]
    return 1 + max([*listed, before.revision if before else 0])


def require_due(snapshot: Snapshot, kind: DocumentKind) -> None:
    """Raise VisitRefused unless a document of this kind can be made of the visit as it stands.

    Of a closed visit its findings or minutes; beside those that are out the other kind, and addenda
    to them. `visit_not_closed`, `already_void`, `addendum_without_document`, `issued_already`.
    """
    visit = snapshot.visit
    if visit.state is VisitState.VOIDED:
        raise VisitRefused("already_void", visit=visit.id)
    if kind is DocumentKind.ADDENDUM:
        if visit.state not in ISSUED_STATES or not snapshot.documents:
            state = visit.state.value
            raise VisitRefused("addendum_without_document", visit=visit.id, state=state)
        return
    if visit.state is not VisitState.CLOSED and visit.state not in ISSUED_STATES:
        raise VisitRefused("visit_not_closed", visit=visit.id, state=visit.state.value)
    before = issued_now(snapshot, kind)
    if before is not None:
        raise VisitRefused("issued_already", visit=visit.id, number=before.number)


def due(snapshot: Snapshot) -> tuple[DocumentKind, ...]:
    """The kinds that can be made now, what the visit is meant to end in first."""
    wanted = kind_for(snapshot.visit)
    kinds = [one for one in DocumentKind if wanted is DocumentKind.FINDINGS or one is not PAPERS[0]]
    return tuple(one for one in kinds if _is_due(snapshot, one))


def replaced_by(snapshot: Snapshot, kind: DocumentKind) -> Document | None:
    """What the next document of a kind takes the place of: the last one of its kind.

    Minutes of a visit that is not completed any more take the place of the findings that nothing
    has replaced yet: there will be no other. An addendum takes nobody's place.
    """
    if kind is DocumentKind.ADDENDUM:
        return None
    if kind is DocumentKind.MINUTES and kind_for(snapshot.visit) is kind:
        findings = _last(_of_kind(snapshot, DocumentKind.FINDINGS))
        if findings and not _is_replaced(snapshot, findings):
            return findings
    return _last(_of_kind(snapshot, kind))


def added_to(snapshot: Snapshot, addendum: Addendum) -> Document:
    """The document that an addendum adds to: the one named, or the findings or minutes that stand.

    Raises VisitRefused `addendum_without_document`, `addendum_to_addendum` or
    `addendum_to_replaced`.
    """
    visit = snapshot.visit
    standing = (found for kind in PAPERS if (found := issued_now(snapshot, kind)))
    named = addendum.to or next(standing, None)
    if named is None:
        raise VisitRefused("addendum_without_document", visit=visit.id, state=visit.state.value)
    if named.kind == DocumentKind.ADDENDUM:
        raise VisitRefused("addendum_to_addendum", visit=visit.id, number=named.number)
    if _is_replaced(snapshot, named):
        raise VisitRefused("addendum_to_replaced", visit=visit.id, number=named.number)
    return named


def _is_due(snapshot: Snapshot, kind: DocumentKind) -> bool:
    try:
        require_due(snapshot, kind)
    except VisitRefused:
        return False
    return True


def _is_replaced(snapshot: Snapshot, document: Document) -> bool:
    """Whether a later one has taken its place; an addendum names it and leaves it where it is."""
    others = (one for one in snapshot.documents.values() if one.kind != DocumentKind.ADDENDUM)
    return any(one.predecessor == document.id for one in others)


def _of_kind(snapshot: Snapshot, kind: DocumentKind) -> list[Document]:
    return [one for one in snapshot.documents.values() if one.kind == kind]


def _last(documents: Iterable[Document]) -> Document | None:
    return max(documents, key=lambda one: (one.revision, one.id), default=None)
