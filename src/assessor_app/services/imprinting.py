"""What identifies the next document of a visit: its number, and the documents that it names."""

from datetime import datetime

from assessor_app.domain.documents import (
    Addendum,
    DocumentKind,
    added_to,
    next_revision,
    replaced_by,
    round_of,
)
from assessor_app.domain.event import EventKind, Json
from assessor_app.domain.outlook import Seen
from assessor_app.domain.problem import VisitRefused
from assessor_app.services.entries import clean_text
from assessor_app.services.report.follow_up import visit_day
from assessor_app.services.report.parties import Parties
from assessor_app.services.report.record import Imprint, Signer, named, superseded
from assessor_app.services.report.words import Words
from assessor_app.storage.store import Store

_PREFIXES = {DocumentKind.FINDINGS: "T", DocumentKind.MINUTES: "BA", DocumentKind.ADDENDUM: "AD"}


def imprint(
    seen: Seen,
    who: Parties,
    words: Words,
    *,
    kind: DocumentKind,
    made_at: datetime,
    because: str = "",
    addendum: Addendum | None = None,
) -> Imprint:
    """The imprint of the next document of a kind. Raises VisitRefused as `told_statement`."""
    visit, revision = seen.snapshot.visit, next_revision(seen.snapshot, kind)
    year = visit.arrival.astimezone(words.zone).year
    # Addenda stand beside each other: they are counted, and none is a revision of another.
    counted = str(revision) if kind is DocumentKind.ADDENDUM else f"R{revision}"
    replaces = superseded(seen.snapshot, kind)
    return Imprint(
        number=f"{_PREFIXES[kind]}-{year}-{visit.id[-8:].upper()}-{counted}",
        revision=revision,
        kind=kind,
        language=words.language.value,
        made_at=made_at,
        signers=tuple(
            Signer(one.certified_name, one.fingerprint, one.field, one.role) for one in who.signers
        ),
        supersedes=replaces,
        because=because if replaces else "",
        adds_to=named(added_to(seen.snapshot, addendum)) if addendum else None,
        statement=told_statement(addendum) if addendum else "",
        day=visit_day(seen.snapshot, words),
    )


def told_statement(addendum: Addendum) -> str:
    """What an addendum states. Raises VisitRefused `addendum_empty`, RecordRefused."""
    told = clean_text(addendum.statement, "statement")
    if told is None:
        raise VisitRefused("addendum_empty")
    return told


def why_again(store: Store, visit: str) -> str:
    """Why the documents of a visit are made once more, as that was recorded; "" where they are not.

    A visit is opened again, or its receiver changed, with a reason only.
    """
    told, is_out = "", False
    for link in store.log.stored(visit):
        event = link.event
        is_out = is_out or event.kind is EventKind.ISSUED
        again = event.kind in (EventKind.REOPENED, EventKind.RECEIVER_RECORDED)
        if is_out and again and event.reason:
            told = event.reason
    return told


def document_values(
    seen: Seen, made: Imprint, sha256: str, *, addendum: Addendum | None = None
) -> dict[str, Json]:
    """What the record says of a document, field by field."""
    snapshot = seen.snapshot
    before = added_to(snapshot, addendum) if addendum else replaced_by(snapshot, made.kind)
    values: dict[str, Json] = {
        "kind": made.kind.value,
        "number": made.number,
        "revision": made.revision,
        "round": round_of(snapshot),
        "language": made.language,
        "sha256": sha256,
        "signers_expected": [
            {
                "name": one.name,
                "fingerprint": one.fingerprint,
                "field": one.field,
                "role": one.role.value,
            }
            for one in made.signers
        ],
        "predecessor": before.id if before else None,
    }
    return values | ({"statement": made.statement} if addendum else {})
