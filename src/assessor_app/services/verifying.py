"""The verifier: is this PDF the one that was signed, by whom, and does its record belong to it?"""

import os
from collections.abc import Callable, Iterator, Sequence
from enum import StrEnum
from pathlib import Path

from assessor_app.domain.problem import IssueProblem, StoreProblem
from assessor_app.reporting.reading import read_back
from assessor_app.reporting.signature_fields import LATER_FIELDS
from assessor_app.reporting.weighing import LARGEST_PDF, too_large
from assessor_app.services.embedded_record import SHORT_HASH, EmbeddedRecord, find_record
from assessor_app.services.given_file import opened
from assessor_app.services.revocations import NONE_KNOWN, Revocations
from assessor_app.services.verifier import belonging, parties
from assessor_app.services.verifier.continuing import continued
from assessor_app.services.verifier.grounds import in_the_file
from assessor_app.services.verifier.telling import explain, harmless
from assessor_app.services.verifier.verdict import FileRead, Part, Reason, Standing, Verdict
from assessor_app.signing.verification import SignatureFacts, Trust, check_signatures

__all__ = [
    "CheckStage",
    "Part",
    "Reason",
    "SignatureFacts",
    "Standing",
    "Verdict",
    "explain",
    "harmless",
    "verify",
    "verify_continuation",
    "verify_file",
]

_PDF_MARK = b"%PDF-"
_HEADER_WITHIN = 1024  # bytes; where readers look for the mark


class CheckStage(StrEnum):
    """What the verifier is at; what its `progress` raises ends it: a verdict leaves no trace."""

    CONTENT = "content"
    SIGNATURES = "signatures"


Progress = Callable[[CheckStage], None]


def verify(
    pdf: bytes,
    *,
    roots: Sequence[bytes],
    trust_trial: bool,
    known: Revocations = NONE_KNOWN,
    progress: Progress = lambda _stage: None,
) -> Verdict:
    """Judge a file that claims to be a document of ours, without any network.

    `roots` are the pinned root certificates, PEM or DER; `trust_trial` lets a trial identity
    count as trusted; `known` is what headquarters has revoked. Bytes of any kind give a verdict.
    `progress` hears of each stage before it begins. Raises IdentityProblem `root_unreadable` for a
    root that is no certificate.
    """
    try:
        progress(CheckStage.CONTENT)
        content = read_back(pdf)
        progress(CheckStage.SIGNATURES)
        report = check_signatures(pdf, roots=roots, by_others=LATER_FIELDS)
        read = FileRead(content=content, report=report, revocations=known)
    except IssueProblem as problem:
        return Verdict(Standing.REFUSED, (_unreadable(pdf, problem),))
    record = find_record(read.content.attachments)
    standing, reasons = _judge(read, record, trust_trial=trust_trial)
    return Verdict(
        standing=standing,
        reasons=reasons,
        signers=read.report.signatures,
        parts=parties.parts(read, record),
        number=record.number if record else None,
        record_hash=record.hash if record else None,
        head=record.head if record else None,
    )


def verify_continuation(
    pdf: bytes,
    earlier: bytes,
    *,
    roots: Sequence[bytes],
    trust_trial: bool,
    known: Revocations = NONE_KNOWN,
    progress: Progress = lambda _stage: None,
) -> Verdict:
    """Judge a file, and whether it is an earlier one with nothing but later signatures added.

    What headquarters sealed begins with the very bytes that were handed over. A file that does not
    is refused, whatever else holds of it.
    """
    verdict = verify(pdf, roots=roots, trust_trial=trust_trial, known=known, progress=progress)
    before = verify(earlier, roots=roots, trust_trial=trust_trial, known=known, progress=progress)
    return continued(verdict, before, later=pdf, earlier=earlier)


def verify_file(
    path: Path,
    *,
    roots: Sequence[bytes],
    trust_trial: bool,
    continues: Path | None = None,
    known: Revocations = NONE_KNOWN,
    progress: Progress = lambda _stage: None,
) -> Verdict:
    """Judge the file at a path; what is far too large is refused unread.

    `continues` is the earlier file of which this one should be the continuation. Raises
    StoreProblem `given_missing`, `given_no_file` or `given_unreadable`, and what `verify` raises.
    """
    try:
        pdf = _content(path)
        earlier = None if continues is None else _content(continues)
    except IssueProblem as problem:
        return Verdict(Standing.REFUSED, (Reason("too_large", problem.places),))
    if earlier is None:
        return verify(pdf, roots=roots, trust_trial=trust_trial, known=known, progress=progress)
    return verify_continuation(
        pdf, earlier, roots=roots, trust_trial=trust_trial, known=known, progress=progress
    )


def _content(path: Path) -> bytes:
    try:
        with opened(path) as file:
            size = os.fstat(file.fileno()).st_size
            if size > LARGEST_PDF:
                raise too_large(size)
            return file.read(LARGEST_PDF + 1)
    except OSError as error:
        cause = error.strerror or error
        raise StoreProblem("given_unreadable", path=path, cause=cause) from error


def _unreadable(pdf: bytes, problem: IssueProblem) -> Reason:
    match problem.code:
        case "pdf_encrypted":
            return Reason("encrypted")
        case "pdf_too_large" | "pdf_too_heavy":
            return Reason(problem.code.removeprefix("pdf_"), problem.places)
        case _:
            is_pdf = _PDF_MARK in pdf[:_HEADER_WITHIN]
            return Reason("damaged" if is_pdf else "not_a_pdf")


def _judge(
    read: FileRead, record: EmbeddedRecord | None, *, trust_trial: bool
) -> tuple[Standing, tuple[Reason, ...]]:
    refusals = _refusals(read, record)
    if refusals or record is None:
        return Standing.REFUSED, refusals
    doubts = tuple(parties.doubts(read, record, trust_trial=trust_trial))
    facts = tuple(_facts(read, record, is_vouched_for=not doubts))
    if doubts:
        return Standing.UNDETERMINED, (*doubts, *facts)
    rests_on_a_trial = any(
        made.trust is Trust.TRIAL and part in (Part.LEAD, Part.ASSESSOR)
        for made, part in zip(read.report.signatures, parties.parts(read, record), strict=True)
    )
    return Standing.VALID, (Reason("valid_trial" if rests_on_a_trial else "valid"), *facts)


def _refusals(read: FileRead, record: EmbeddedRecord | None) -> tuple[Reason, ...]:
    """The first ground to refuse; a later one rests on the earlier ones not being there."""
    if found := in_the_file(read):
        return found
    if record is None:
        return tuple(belonging.without_record(read))
    for ground in (belonging.mismatched, parties.unexpected):
        if found := tuple(ground(read, record)):
            return found
    return ()


def _facts(read: FileRead, record: EmbeddedRecord, *, is_vouched_for: bool) -> Iterator[Reason]:
    """What holds for a file that is not refused."""
    yield from parties.facts(read, record, is_vouched_for=is_vouched_for)
    yield Reason("whole")
    yield Reason("record_belongs", {"number": record.number, "hash": record.hash[:SHORT_HASH]})
    if record.supersedes is not None:
        replaced = record.supersedes
        yield Reason("supersedes", {"number": replaced.number, "hash": replaced.sha256})
    if record.adds_to is not None:
        added = record.adds_to
        yield Reason("adds_to", {"number": added.number, "hash": added.sha256})
    yield from _revocation(read)


def _revocation(read: FileRead) -> Iterator[Reason]:
    """How much is known of revocations: as of which list of each headquarters, or nothing."""
    if not read.revocations.lists:
        yield Reason("revocation_unknown")
    for one in read.revocations.lists:
        yield Reason("revocation_listed", {"name": one.name, "at": one.made_at})
