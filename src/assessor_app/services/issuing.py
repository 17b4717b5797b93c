"""Issuing: the visit becomes a signed document, whole on disk or not at all."""

import hashlib
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from functools import partial
from pathlib import Path

from assessor_app.domain.event import Json
from assessor_app.domain.outlook import Seen
from assessor_app.domain.problem import IdentityProblem, VisitRefused
from assessor_app.domain.visit import Document, VisitState
from assessor_app.reporting.render import render
from assessor_app.reporting.stamp import render_stamp
from assessor_app.services.awaited import awaited
from assessor_app.services.destination import require_free
from assessor_app.services.documents import latest_document
from assessor_app.services.enrolment import Profile, Workplace
from assessor_app.services.report.annexes import legal_note
from assessor_app.services.report.content import compose
from assessor_app.services.report.record import (
    DocumentKind,
    Imprint,
    Signer,
    kind_for,
    superseded,
)
from assessor_app.services.report.words import Words
from assessor_app.services.session import Session
from assessor_app.signing.identity import Identity, load_identity
from assessor_app.signing.pades import FIRST_SIGNER_FIELD, FieldPlace, sign
from assessor_app.signing.subject import storable
from assessor_app.storage.files import told_plainly, write_whole
from assessor_app.storage.vault import Form
from assessor_app.texts import Language

_PREFIXES = {DocumentKind.FINDINGS: "T", DocumentKind.MINUTES: "BA"}


class Stage(StrEnum):
    """What issuing is at, in this order."""

    COMPOSE = "compose"
    RENDER = "render"
    SIGN = "sign"
    WRITE = "write"


Progress = Callable[[Stage], None]


@dataclass(frozen=True, slots=True)
class Issued:
    """A signed document on disk. `again` where it was issued before and is the same bytes."""

    path: Path
    number: str
    sha256: str
    size: int  # bytes
    again: bool


def signing_identity(
    workplace: Workplace, passphrase: str, *, now: datetime, path: Path | None = None
) -> Identity:
    """Open the PKCS#12 of this device, or of a path.

    Raises IdentityProblem, `identity_missing` where this device's own is gone, or StoreProblem.
    """
    source = path or workplace.store.identity_path
    if path is None and not source.exists():
        raise IdentityProblem("identity_missing", path=source)
    with told_plainly(source):
        p12 = source.read_bytes()
    return load_identity(p12, passphrase, now=now)


def issue(
    session: Session,
    workplace: Workplace,
    identity: Identity,
    *,
    out: Path,
    language: Language,
    progress: Progress | None = None,
) -> Issued:
    """Make, sign and write the document of a closed visit, then record that it was issued.

    A visit that was completed gets its findings, any other its minutes. `progress` hears each
    stage as it begins. The file is complete on disk before the event; where the event fails, or
    anything was recorded of the visit since we began, the file goes again and the visit stays
    closed. Raises VisitRefused, IdentityProblem, IssueProblem or StoreProblem.
    """
    require_issuable(session, out)
    seen, store = session.seen(), workplace.store
    _require_evidence(seen, workplace)
    words = Words(language, workplace.profile.zone)
    imprint = _imprint(seen, identity, words, made_at=store.clock.now())
    told = progress or (lambda _: None)
    pdf = _signed(seen, workplace, identity, imprint, words=words, progress=told)
    told(Stage.WRITE)
    sha256 = hashlib.sha256(pdf).hexdigest()
    document = store.new_id()
    entity = f"document/{document}"
    store.vault.put(document, Form.DOCUMENT, pdf)
    try:
        write_whole(out, pdf, mode=0o644)
        values = _values(entity, imprint, sha256, predecessor=latest_document(session))
        still_there = partial(store.vault.require, document, Form.DOCUMENT)
        session.issued(values, of=seen, require=still_there)
    except BaseException:
        # What interrupted us may have come after the commit: only what no event names goes again.
        if not any(of == entity for of, _ in store.log.heads(session.visit_id)):
            out.unlink(missing_ok=True)
            store.vault.drop(document, Form.DOCUMENT)
        raise
    return Issued(out, imprint.number, sha256, len(pdf), again=False)


def write_again(session: Session, workplace: Workplace, out: Path) -> Issued | None:
    """Write the document that was issued before, byte for byte; None where there is none.

    None too where the visit was reopened and closed since: its next revision is to be made.
    Raises IssueProblem `file_exists` or StoreProblem.
    """
    document = latest_document(session)
    state = session.snapshot.visit.state
    if document is None or state is VisitState.CLOSED:
        return None
    if state is VisitState.VOIDED:
        raise VisitRefused("already_void", visit=session.visit_id)
    require_free(out)
    pdf = workplace.store.vault.get(document.id, Form.DOCUMENT)
    write_whole(out, pdf, mode=0o644)
    return Issued(out, document.number, document.sha256, len(pdf), again=True)


def require_issuable(session: Session, out: Path) -> None:
    """Raise before any secret is asked for: VisitRefused, or IssueProblem for the path."""
    visit = session.snapshot.visit
    if visit.state is not VisitState.CLOSED:
        raise VisitRefused("visit_not_closed", visit=visit.id, state=visit.state.value)
    require_free(out)


def _require_evidence(seen: Seen, workplace: Workplace) -> None:
    """Findings show their evidence: all of it has to be here. Minutes show none."""
    visit = seen.snapshot.visit
    missing = awaited(workplace.store) & seen.snapshot.evidence.keys()
    if missing and kind_for(visit) is DocumentKind.FINDINGS:
        raise VisitRefused("evidence_awaited", visit=visit.id, count=len(missing))


def _imprint(seen: Seen, identity: Identity, words: Words, *, made_at: datetime) -> Imprint:
    visit = seen.snapshot.visit
    kind, revision = kind_for(visit), 1 + len(seen.snapshot.documents)
    year = visit.arrival.astimezone(words.zone).year
    return Imprint(
        number=f"{_PREFIXES[kind]}-{year}-{visit.id[-8:].upper()}-R{revision}",
        revision=revision,
        kind=kind,
        language=words.language.value,
        made_at=made_at,
        signers=(Signer(identity.common_name, identity.fingerprint, FIRST_SIGNER_FIELD),),
        supersedes=superseded(seen.snapshot),
    )


def _values(
    entity: str, imprint: Imprint, sha256: str, *, predecessor: Document | None
) -> dict[tuple[str, str], Json]:
    return {
        (entity, "kind"): imprint.kind.value,
        (entity, "number"): imprint.number,
        (entity, "revision"): imprint.revision,
        (entity, "language"): imprint.language,
        (entity, "sha256"): sha256,
        (entity, "signers_expected"): [
            {"name": one.name, "fingerprint": one.fingerprint, "field": one.field}
            for one in imprint.signers
        ],
        (entity, "predecessor"): predecessor.id if predecessor else None,
    }


def _signed(
    seen: Seen,
    workplace: Workplace,
    identity: Identity,
    imprint: Imprint,
    *,
    words: Words,
    progress: Progress,
) -> bytes:
    signer = _signer(workplace.profile, identity)
    note = legal_note(words, issuer=None if identity.is_trial else identity.issuer)
    progress(Stage.COMPOSE)
    composed = compose(seen, workplace, imprint, words, signer=signer, legal_note=note)
    progress(Stage.RENDER)
    rendered = render(composed.content, record=composed.record)
    progress(Stage.SIGN)
    left, bottom, right, top = rendered.signature_box
    minutes = imprint.kind is DocumentKind.MINUTES
    reason = "minutes.reason" if minutes else "signature.reason"
    label = "signature.stamp_trial" if identity.is_trial else "signature.stamp_uncertified"
    stamp = render_stamp(
        (
            words("signature.stamp_title"),
            signer.name,
            signer.office,
            words.moment(imprint.made_at),
            words(label),
        ),
        width=right - left,
        height=top - bottom,
    )
    return sign(
        rendered.pdf,
        identity,
        field=FieldPlace(page=rendered.signature_page, box=rendered.signature_box),
        stamp=stamp,
        reason=words(reason, number=imprint.number),
        location=signer.office,
        at=imprint.made_at,
    )


def _signer(profile: Profile, identity: Identity) -> Profile:
    """Who signs, as the certificate says: the assessor of this device, or somebody else.

    A certificate cannot hold every sign of a name; where it is the assessor's own, the whole name
    is printed.
    """
    if identity.common_name == storable(profile.name):
        return profile
    return Profile(
        name=identity.common_name,
        office=identity.organization or profile.office,
        nip=identity.employee_id or None,
        position=None,
        zone=profile.zone,
    )
