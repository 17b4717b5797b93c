"""Issuing: the visit becomes a signed document, whole on disk or not at all."""

import hashlib
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum
from pathlib import Path

from assessor_app.domain.documents import (
    Addendum,
    DocumentKind,
    added_to,
    require_due,
    require_kind,
)
from assessor_app.domain.event import Json
from assessor_app.domain.outlook import Seen
from assessor_app.domain.problem import IssueProblem, StoreProblem, VisitRefused
from assessor_app.reporting.render import render
from assessor_app.reporting.stamp import render_stamp
from assessor_app.services.awaited import awaited
from assessor_app.services.destination import require_free
from assessor_app.services.documents import Issued, write_again
from assessor_app.services.enrolment import Workplace
from assessor_app.services.full_record import kept_record
from assessor_app.services.identities import open_identity
from assessor_app.services.imprinting import document_values, imprint, told_statement, why_again
from assessor_app.services.report.content import compose
from assessor_app.services.report.parties import Parties
from assessor_app.services.report.record import Imprint
from assessor_app.services.report.words import Words
from assessor_app.services.session import Session
from assessor_app.services.signatories import (
    Signers,
    parties,
    reason,
    require_parties,
    require_receiver,
    require_settled,
    stamp_lines,
    unlocked,
)
from assessor_app.signing.identity import Identity, load_identity
from assessor_app.signing.pades import FieldPlace, sign
from assessor_app.storage.files import clear_rests, flush, told_plainly, write_whole, writing_whole
from assessor_app.storage.store import Store
from assessor_app.storage.vault import Form
from assessor_app.texts import Language

__all__ = [
    "Issued",
    "Stage",
    "issue",
    "require_issuable",
    "signing_identity",
    "unlocked",
    "write_again",
]


class Stage(StrEnum):
    """What issuing is at, in this order."""

    COMPOSE = "compose"
    RENDER = "render"
    SIGN = "sign"
    WRITE = "write"


Progress = Callable[[Stage], None]


@dataclass(frozen=True, slots=True)
class _Signed:
    """A signed document, and the full record that it was made of and prints the hash of."""

    pdf: bytes
    full_record: bytes


def signing_identity(
    workplace: Workplace, passphrase: str, *, now: datetime, path: Path | None = None
) -> Identity:
    """Open the PKCS#12 of the assessor at work here, or of a path.

    Raises IdentityProblem, `identity_missing` where this device's own is gone, or StoreProblem.
    """
    if path is None:
        return open_identity(workplace, passphrase, now=now)
    with told_plainly(path):
        p12 = path.read_bytes()
    return load_identity(p12, passphrase, now=now)


def issue(
    session: Session,
    workplace: Workplace,
    identity: Identity,
    *,
    out: Path,
    language: Language,
    further: Sequence[Identity] = (),
    receiver: Identity | None = None,
    kind: DocumentKind | None = None,
    addendum: Addendum | None = None,
    progress: Progress | None = None,
) -> Issued:
    """Make, sign and write a document of a closed visit, then record that it was issued.

    `identity` is the lead's, who certifies; `further` assessors sign after it in their order, and
    the `receiver` last where they were recorded to sign with a certificate of their own. A visit
    that was completed gets its findings, or minutes by `kind`, in either order; any other its
    minutes. An `addendum` to one of them is signed by assessors, and its receiver signs on paper.
    `progress` hears each stage as it begins.

    All sign, or nothing is kept: the file is whole on disk before the event and has its name after
    it. Where the event fails, or anything was recorded of the visit since we began, the file goes
    again and the visit stays as it is. Raises VisitRefused, IdentityProblem, IssueProblem or
    StoreProblem.
    """
    require_issuable(session, out, kind=kind, addendum=addendum)
    signers = Signers(identity, tuple(further), receiver)
    require_parties(signers, None if addendum else session.snapshot.receiver)
    _fix_certificate(session, receiver)
    seen, store = session.seen(), workplace.store
    made = _kind(seen, kind, addendum)
    _require_evidence(seen, workplace, made)
    words = Words(language, workplace.profile.zone)
    who = parties(signers, workplace, words)
    because, now = why_again(store, session.visit_id), store.clock.now()
    mark = imprint(seen, who, words, kind=made, made_at=now, because=because, addendum=addendum)
    told = progress or (lambda _: None)
    signed = _signed(seen, workplace, signers, mark, words=words, who=who, progress=told)
    told(Stage.WRITE)
    sha256 = hashlib.sha256(signed.pdf).hexdigest()
    values = document_values(seen, mark, sha256, addendum=addendum)
    _keep(session, store, signed, values, out=out, of=seen)
    return Issued(out, mark.number, sha256, len(signed.pdf), again=False)


def _keep(
    session: Session,
    store: Store,
    signed: _Signed,
    values: Mapping[str, Json],
    *,
    out: Path,
    of: Seen,
) -> None:
    """Have the document in the vault and under its name, and record that it was issued; or none."""
    document = store.new_id()
    entity = f"document/{document}"
    clear_rests(out)
    store.vault.put(document, Form.DOCUMENT, signed.pdf)
    try:
        with (
            kept_record(store, signed.full_record, document=document) as record,
            writing_whole(out, mode=0o644) as file,
        ):
            file.write(signed.pdf)
            flush(file)  # a full disk has to refuse it before the event, which nothing takes back

            def still_there() -> None:
                store.vault.require(document, Form.DOCUMENT)
                record.require()

            named = {(entity, field): value for field, value in values.items()}
            session.issued({**named, **record.values}, of=of, require=still_there)
    except BaseException:
        # What interrupted us may have come after the commit: only what no event names goes again.
        if any(of == entity for of, _ in store.log.heads(session.visit_id)):
            with suppress(StoreProblem):
                write_whole(out, signed.pdf, mode=0o644)
        else:
            store.vault.drop(document, Form.DOCUMENT)
        raise


def require_issuable(
    session: Session,
    out: Path,
    *,
    kind: DocumentKind | None = None,
    addendum: Addendum | None = None,
    receiver_signs: bool | None = None,
) -> None:
    """Raise before any secret is asked for: VisitRefused, or IssueProblem for the path.

    `receiver_signs` says whether the receiver's certificate is at hand, where that is known.
    """
    snapshot = session.snapshot
    if kind is DocumentKind.ADDENDUM and addendum is None:
        raise VisitRefused("addendum_empty")
    require_settled(session, receiver=addendum is None)
    if addendum is not None:
        require_due(snapshot, DocumentKind.ADDENDUM)
        added_to(snapshot, addendum)
        told_statement(addendum)
    else:
        require_due(snapshot, require_kind(snapshot.visit, kind))
    if receiver_signs is not None:
        require_receiver(None if addendum else snapshot.receiver, signs=receiver_signs)
    require_free(out)


def _kind(seen: Seen, kind: DocumentKind | None, addendum: Addendum | None) -> DocumentKind:
    return DocumentKind.ADDENDUM if addendum else require_kind(seen.snapshot.visit, kind)


def _require_evidence(seen: Seen, workplace: Workplace, kind: DocumentKind) -> None:
    """Findings show their evidence, minutes what proves the visit itself: it has to be here."""
    visit, shown = seen.snapshot.visit, set[str]()
    if kind is DocumentKind.FINDINGS:
        shown = set(seen.snapshot.evidence)
    elif kind is DocumentKind.MINUTES:
        shown = {one.id for one in seen.snapshot.evidence_of_visit}
    missing = awaited(workplace.store) & shown
    if missing:
        raise VisitRefused("evidence_awaited", visit=visit.id, count=len(missing))


def _fix_certificate(session: Session, identity: Identity | None) -> None:
    """Record with which certificate the receiver signs, before the document is made."""
    known = session.snapshot.receiver
    if identity is not None and known is not None and known.certificate != identity.fingerprint:
        session.record_receiver(replace(known, certificate=identity.fingerprint))


def _signed(
    seen: Seen,
    workplace: Workplace,
    signers: Signers,
    mark: Imprint,
    *,
    words: Words,
    who: Parties,
    progress: Progress,
) -> _Signed:
    """The document with all signatures, in memory: what is signed is what was just rendered."""
    progress(Stage.COMPOSE)
    composed = compose(seen, workplace, mark, words, parties=who)
    progress(Stage.RENDER)
    rendered = render(composed.content, record=composed.record)
    progress(Stage.SIGN)
    pdf = rendered.pdf
    places = {one.name: one.box for one in rendered.fields}
    for party, identity in zip(who.signers, signers.all(), strict=True):
        box = places[party.field]
        if box is None:
            raise IssueProblem("document_unsignable", detail=party.field)
        lines = stamp_lines(party, identity, mark, words)
        pdf = sign(
            pdf,
            identity,
            field=FieldPlace(page=box.page, box=box.corners, name=party.field),
            stamp=render_stamp(lines, width=box.width, height=box.height),
            reason=reason(party, mark, words),
            location=party.profile.office,
            at=mark.made_at,
        )
    return _Signed(pdf, composed.full_record)
