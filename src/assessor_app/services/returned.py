"""What comes back of a document: a scan of the signed print, or the file with later signatures."""

import contextlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from io import BytesIO
from pathlib import Path

from assessor_app.domain.event import Json
from assessor_app.domain.instants import instant_text
from assessor_app.domain.problem import (
    EvidenceRefused,
    IssueProblem,
    RecordRefused,
    StoreProblem,
    VisitRefused,
)
from assessor_app.domain.visit import (
    ISSUED_STATES,
    Document,
    Returned,
    ReturnedKind,
)
from assessor_app.services.destination import require_free
from assessor_app.services.documents import require_document
from assessor_app.services.embedded_record import find_record
from assessor_app.services.enrolment import Workplace
from assessor_app.services.entries import clean_text
from assessor_app.services.session import Session
from assessor_app.services.standing import Done
from assessor_app.storage.files import writing_whole
from assessor_app.storage.vault import Form

PDF = "application/pdf"
_ENDINGS = {
    PDF: ".pdf",
    "image/jpeg": ".jpg",
    "image/png": ".png",
    "image/heic": ".heic",
    "image/heif": ".heif",
}
TAKEN_FORMS = (*_ENDINGS.values(), ".jpeg")
"""The endings of files that can come back."""


@dataclass(frozen=True, slots=True)
class BroughtBack:
    """What was attached to the visit, and the event that says so."""

    item: Returned
    done: Done


def bring_back(
    session: Session,
    workplace: Workplace,
    path: Path,
    *,
    sender: str,
    at: datetime,
    kind: ReturnedKind | None = None,
    note: str | None = None,
    document: Document | None = None,
) -> BroughtBack:
    """Attach to the visit what came back of its document, and record it.

    A countersigned file begins with the bytes of a document of this visit and adds nothing but
    signatures; anything else comes back as a scan, of the `document` named or of the one that was
    made last. Without a `kind` the file tells which it is.
    Raises VisitRefused `nothing_issued`, `nothing_out` or `returned_before_departure`,
    RecordRefused `sender_missing`, `returned_unchanged` or `returned_already`; IssueProblem
    `returned_not_continuing` or `returned_of_another`; EvidenceRefused `returned_form_unknown` or
    as `take_in` does; StoreProblem as the vault does.
    """
    from assessor_app.services.evidence.intake import take_in

    _require_out(session, at)
    told = clean_text(sender, "from")
    if told is None:
        raise RecordRefused("sender_missing")
    taken = take_in(path, zone=workplace.profile.zone)
    if taken.media_type not in _ENDINGS or not isinstance(taken.original, bytes):
        raise EvidenceRefused("returned_form_unknown", file=path)
    _require_new(session, taken.sha256, path)
    signed_on = _signed_on(session, workplace, taken.original)
    about = signed_on or document or require_document(session)
    if signed_on is None and taken.media_type == PDF:
        _require_about(about, session.visit_id, taken.original, path=path)
    if kind is None:
        kind = _kind_by_file(session, workplace, taken.original, signed_on=signed_on, path=path)
    if kind is ReturnedKind.COUNTERSIGNED and signed_on is None:
        raise IssueProblem("returned_not_continuing", file=path)
    item = Returned(
        id=workplace.store.new_id(),
        document=about.id,
        kind=kind,
        sha256=taken.sha256,
        media_type=taken.media_type,
        size=taken.size,
        received_at=at,
        sender=told,
        note=clean_text(note, "note"),
    )
    return BroughtBack(item, _kept(session, workplace, item, taken.original))


def returned_file(workplace: Workplace, item: Returned) -> bytes:
    """A file that came back, byte for byte.

    Raises StoreProblem `evidence_missing`, `evidence_damaged` or `evidence_replaced`.
    """
    target = BytesIO()
    copied = workplace.store.vault.stream_to(item.id, Form.RETURNED, target)
    _require_same(item, copied.sha256, workplace.store.vault.folder)
    return target.getvalue()


def save_returned(workplace: Workplace, item: Returned, out: Path) -> None:
    """Write what came back as it was taken in; it is there whole and is what was recorded, or not.

    Raises IssueProblem `file_exists` or `folder_missing`, StoreProblem as `returned_file` or the
    writing does.
    """
    require_free(out)
    with writing_whole(out, mode=0o644) as target:
        copied = workplace.store.vault.stream_to(item.id, Form.RETURNED, target)
        _require_same(item, copied.sha256, out)


def returned_named(session: Session, told: str) -> Returned:
    """What came back to a visit by its id, or by the end of it where that names only one.

    Raises RecordRefused `returned_unknown`.
    """
    found = [one for one in session.snapshot.returned if told and one.id.endswith(told)]
    if len(found) != 1:
        raise RecordRefused("returned_unknown", returned=told, visit=session.visit_id)
    return found[0]


def ending(item: Returned) -> str:
    """What a copy's name ends in."""
    return _ENDINGS.get(item.media_type, "")


def as_picture(data: bytes, item: Returned, workplace: Workplace) -> bytes:
    """A photo that came back as an upright JPEG, for a window to show. Raises as `take_in`."""
    from assessor_app.services.evidence.intake import take_in_bytes

    return take_in_bytes(data, name=item.id, zone=workplace.profile.zone).report_copy


def _require_out(session: Session, at: datetime) -> None:
    require_document(session)
    visit = session.snapshot.visit
    if visit.state not in ISSUED_STATES:
        raise VisitRefused("nothing_out", visit=visit.id, state=visit.state.value)
    if visit.departure is not None and at < visit.departure:
        raise VisitRefused("returned_before_departure", visit=visit.id)


def _require_new(session: Session, sha256: str, path: Path) -> None:
    snapshot = session.snapshot
    if any(one.sha256 == sha256 for one in snapshot.documents.values()):
        raise RecordRefused("returned_unchanged", file=path)
    if any(one.sha256 == sha256 for one in snapshot.returned):
        raise RecordRefused("returned_already", file=path)


def _signed_on(session: Session, workplace: Workplace, data: bytes) -> Document | None:
    """The document of the visit that this file is, with nothing but later signatures."""
    for document in _latest_first(session):
        ours = workplace.store.vault.get(document.id, Form.DOCUMENT)
        if data.startswith(ours) and _continues(data, ours):
            return document
    return None


def _require_about(document: Document, visit: str, data: bytes, *, path: Path) -> None:
    """Make sure that a PDF is not another document of ours, as the record that it carries says.

    A scan carries none, and what cannot be read as one of ours may well be a scan.
    """
    from assessor_app.reporting.reading import read_attachments

    known = None
    with contextlib.suppress(IssueProblem):
        known = find_record(read_attachments(data))
    if known is not None and (known.visit, known.number) != (visit, document.number):
        raise IssueProblem(
            "returned_of_another", file=path, number=known.number, expected=document.number
        )


def _continues(data: bytes, ours: bytes) -> bool:
    """As the verifier says; by whom the later signatures are is another question."""
    from assessor_app.services.verifying import verify_continuation

    return verify_continuation(data, ours, roots=(), trust_trial=True).continues is True


def _kind_by_file(
    session: Session,
    workplace: Workplace,
    data: bytes,
    *,
    signed_on: Document | None,
    path: Path,
) -> ReturnedKind:
    """A file that begins as ours does and was changed otherwise is nobody's scan."""
    if signed_on is not None:
        return ReturnedKind.COUNTERSIGNED
    for document in _latest_first(session):
        if data.startswith(workplace.store.vault.get(document.id, Form.DOCUMENT)):
            raise IssueProblem("returned_not_continuing", file=path)
    return ReturnedKind.WET_INK_COPY


def _latest_first(session: Session) -> Sequence[Document]:
    documents = session.snapshot.documents.values()
    return sorted(documents, key=lambda one: (one.round, one.id), reverse=True)


def _kept(session: Session, workplace: Workplace, item: Returned, data: bytes) -> Done:
    """In the vault first, then recorded; what no event came to name goes again."""
    vault, entity = workplace.store.vault, f"returned/{item.id}"
    values: dict[str, Json] = {
        "document": item.document,
        "kind": item.kind.value,
        "sha256": item.sha256,
        "media_type": item.media_type,
        "size": item.size,
        "received_at": instant_text(item.received_at),
        "from": item.sender,
        "note": item.note,
    }
    vault.put(item.id, Form.RETURNED, data)
    try:
        with vault.claiming(item.id, Form.RETURNED):
            return session.came_back(
                {(entity, name): value for name, value in values.items()},
                require=partial(vault.require, item.id, Form.RETURNED),
            )
    except BaseException:
        if not any(of == entity for of, _ in workplace.store.log.heads(session.visit_id)):
            with contextlib.suppress(StoreProblem):  # what stays is swept later
                vault.drop(item.id, Form.RETURNED)
        raise


def _require_same(item: Returned, sha256: str, path: Path) -> None:
    if sha256 != item.sha256:
        raise StoreProblem("evidence_replaced", path=path, file=item.id)
