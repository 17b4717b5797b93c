"""Handing over: to whom the signed document went, how, when, and the hash that was shown."""

import hashlib
import itertools
import os
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from assessor_app.domain.event import Json
from assessor_app.domain.instants import instant_text
from assessor_app.domain.problem import IssueProblem, StoreProblem, VisitRefused
from assessor_app.domain.visit import Document, HandoverWay
from assessor_app.services.documents import issued_pdf, require_document
from assessor_app.services.enrolment import Workplace
from assessor_app.services.entries import clean_text
from assessor_app.services.session import Session
from assessor_app.services.standing import Done
from assessor_app.storage.stick import remove_folder, write_folder_whole
from assessor_app.texts import Language

Values = Mapping[tuple[str, str], Json]


@dataclass(frozen=True, slots=True)
class HandedOut:
    """What was written onto a stick: a folder of its own, and the names of the files in it."""

    folder: Path
    files: tuple[str, ...]
    done: Done


def hand_over(
    session: Session,
    workplace: Workplace,
    *,
    to: str,
    way: HandoverWay,
    at: datetime,
    document: Document | None = None,
) -> Done:
    """Record to whom a document went, how, and the hash that was shown.

    It is the one that was made last, where no other is named.

    Raises VisitRefused where nothing was issued, `name_missing` or `handover_before_departure`.
    """
    entity = f"handover/{workplace.store.new_id()}"
    went = document or require_document(session)
    return session.handed_over(_values(entity, session, went, to=to, way=way, at=at))


def hand_over_by_usb(
    session: Session,
    workplace: Workplace,
    *,
    to: str,
    at: datetime,
    onto: Path,
    roots: Sequence[bytes],
    document: Document | None = None,
    progress: Callable[[int, int], None] = lambda _done, _of: None,
) -> HandedOut:
    """Write the document, its certificates and the sheet "how to check", then record the hand-over.

    They go into a new folder in `onto`, named by the document's number: there whole and read back
    or not at all, and nothing that is there is touched. `roots` are the pinned certificates.
    `progress` hears of the bytes written and read back, for the last time before the folder gets
    its name; what it raises until then ends the hand-over as any refusal does.
    Raises as `hand_over`, IssueProblem `stick_folder_missing`, and StoreProblem as the vault
    and `write_folder_whole` do; nothing was recorded and nothing stays on the stick then.
    """
    entity = f"handover/{workplace.store.new_id()}"
    went = document or require_document(session)
    values = _values(entity, session, went, to=to, way=HandoverWay.USB, at=at)
    if not onto.is_dir():
        raise IssueProblem("stick_folder_missing", path=onto)
    files = _hand_out(session, workplace, went, to=to.strip(), at=at, roots=roots)
    target = _free(onto / went.number)
    write_folder_whole(target, files, progress=progress)
    try:
        done = session.handed_over(values)
    except BaseException:
        # What interrupted us may have come after the commit: only what no event names goes again.
        heads = workplace.store.log.heads(session.visit_id)
        if not any(of == entity for of, _ in heads):
            remove_folder(target, files)
        raise
    return HandedOut(target, tuple(files), done)


def _values(
    entity: str,
    session: Session,
    document: Document,
    *,
    to: str,
    way: HandoverWay,
    at: datetime,
) -> dict[tuple[str, str], Json]:
    name = clean_text(to, "to")
    if name is None:
        raise VisitRefused("name_missing", field="to")
    departure = session.snapshot.visit.departure
    if departure is not None and at < departure:
        raise VisitRefused("handover_before_departure", visit=session.visit_id)
    return {
        (entity, "document"): document.id,
        (entity, "to"): name,
        (entity, "how"): way.value,
        (entity, "when"): instant_text(at),
        (entity, "hash_shown"): document.sha256,
    }


def _hand_out(
    session: Session,
    workplace: Workplace,
    document: Document,
    *,
    to: str,
    at: datetime,
    roots: Sequence[bytes],
) -> Mapping[str, bytes]:
    """The document as it was signed, and what goes beside it, by file name."""
    from assessor_app.services.check_sheet import companions, document_file

    pdf = issued_pdf(session, workplace, document)
    if hashlib.sha256(pdf).hexdigest() != document.sha256:
        path = workplace.store.vault.folder
        raise StoreProblem("evidence_replaced", path=path, file=document.id)
    language = _language(session, workplace, document)
    beside = companions(
        document,
        pdf,
        workplace,
        roots=roots,
        to=to,
        at=at,
        language=language,
        sample=session.snapshot.visit.sample,
    )
    return {document_file(document): pdf, **beside}


def _language(session: Session, workplace: Workplace, document: Document) -> Language:
    heads = workplace.store.log.heads(session.visit_id)
    found = heads.get((f"document/{document.id}", "language"))
    return Language(str(found[-1].value)) if found else Language.INDONESIAN


def _free(path: Path) -> Path:
    """The path, or with the first number after it that nothing on the stick is called by."""
    numbered = (path.with_name(f"{path.name} ({number})") for number in itertools.count(2))
    return next(one for one in itertools.chain([path], numbered) if not os.path.lexists(one))
