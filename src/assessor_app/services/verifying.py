"""The verifier: is this PDF the one that was signed, by whom, and does its record belong to it?"""

import unicodedata
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, tzinfo
from enum import StrEnum

from assessor_app.domain.problem import IssueProblem
from assessor_app.reporting.content import RECORD_NAME
from assessor_app.reporting.reading import ReadBack, read_back
from assessor_app.services.embedded_record import (
    SHORT_HASH,
    EmbeddedRecord,
    ExpectedSigner,
    find_record,
)
from assessor_app.services.report.words import Words
from assessor_app.signing.verification import (
    SignatureFacts,
    SignatureReport,
    Trust,
    check_signatures,
)
from assessor_app.texts import Language, say

_UNSHOWN = frozenset({"Cc", "Cf", "Cs", "Co", "Zl", "Zp"})
_LONGEST_SHOWN = 120  # characters of one name out of a file
_OUR_FIELDS = "TTD_"
_PDF_MARK = b"%PDF-"
_HEADER_WITHIN = 1024  # bytes; where readers look for the mark


class Standing(StrEnum):
    """The answer in one word; nothing is valid by default."""

    VALID = "valid"
    REFUSED = "refused"
    UNDETERMINED = "undetermined"


@dataclass(frozen=True, slots=True)
class Reason:
    """Why: `code` names the sentence `verify.<code>`, and `places` fill it."""

    code: str
    places: Mapping[str, object] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Verdict:
    """What the verifier says of a file; the first reason is the decisive one.

    `signers` are the signatures as found. `number`, `record_hash` (SHA-256, hex) and `head` are
    what the embedded record says, None where there is none that can be read.
    """

    standing: Standing
    reasons: tuple[Reason, ...]
    signers: tuple[SignatureFacts, ...] = ()
    number: str | None = None
    record_hash: str | None = None
    head: str | None = None


@dataclass(frozen=True, slots=True)
class _Evidence:
    """What was read of a file: its signatures, and its pages and attachments."""

    report: SignatureReport
    content: ReadBack


def verify(pdf: bytes, *, roots: Sequence[bytes], trust_trial: bool) -> Verdict:
    """Judge a file that claims to be a document of ours, without any network.

    `roots` are the pinned root certificates, PEM or DER; `trust_trial` lets a trial identity
    count as trusted. Bytes of any kind give a verdict. Raises IdentityProblem `root_unreadable`
    for a root that is no certificate.
    """
    try:
        content = read_back(pdf)
        report = check_signatures(pdf, roots=roots)
    except IssueProblem as problem:
        return Verdict(Standing.REFUSED, (_unreadable(pdf, problem),))
    record = find_record(content.attachments)
    standing, reasons = _judge(_Evidence(report, content), record, trust_trial=trust_trial)
    return Verdict(
        standing=standing,
        reasons=reasons,
        signers=report.signatures,
        number=record.number if record else None,
        record_hash=record.hash if record else None,
        head=record.head if record else None,
    )


def explain(verdict: Verdict, language: Language, zone: tzinfo | None = None) -> tuple[str, ...]:
    """The verdict in plain sentences: the standing, the decisive reason, the others.

    Times are told as people write them in `zone`; without one in this computer's, by figures.
    """
    standing = say(language, f"verify.standing.{verdict.standing}")
    whys = (
        say(
            language,
            f"verify.{why.code}",
            **{name: _told(place, language, zone) for name, place in why.places.items()},
        )
        for why in verdict.reasons
    )
    return (standing, *whys)


def _told(place: object, language: Language, zone: tzinfo | None) -> object:
    if not isinstance(place, datetime):
        return _harmless(place)
    if zone is not None:
        return Words(language, zone).moment(place)
    return f"{place:{say(language, 'verify.instant')}}"


def _harmless(place: object) -> object:
    """What a file says, without what could paint another verdict on a terminal.

    Control and formatting characters and line breaks become spaces; a long text is cut.
    """
    if not isinstance(place, str):
        return place
    shown = "".join(" " if unicodedata.category(sign) in _UNSHOWN else sign for sign in place)
    return shown if len(shown) <= _LONGEST_SHOWN else shown[: _LONGEST_SHOWN - 1] + "…"


def _unreadable(pdf: bytes, problem: IssueProblem) -> Reason:
    match problem.code:
        case "pdf_encrypted":
            return Reason("encrypted")
        case "pdf_too_large":
            return Reason("too_large", problem.places)
        case _:
            is_pdf = _PDF_MARK in pdf[:_HEADER_WITHIN]
            return Reason("damaged" if is_pdf else "not_a_pdf")


def _judge(
    evidence: _Evidence, record: EmbeddedRecord | None, *, trust_trial: bool
) -> tuple[Standing, tuple[Reason, ...]]:
    refusals = _refusals(evidence, record)
    if refusals or record is None:
        return Standing.REFUSED, refusals
    facts = tuple(_facts(evidence, record))
    doubts = tuple(_doubts(evidence, record, trust_trial=trust_trial))
    if doubts:
        return Standing.UNDETERMINED, (*doubts, *facts)
    rests_on_a_trial = any(made.trust is Trust.TRIAL for made in evidence.report.signatures)
    return Standing.VALID, (Reason("valid_trial" if rests_on_a_trial else "valid"), *facts)


def _refusals(evidence: _Evidence, record: EmbeddedRecord | None) -> tuple[Reason, ...]:
    """The first ground to refuse; a later one rests on the earlier ones not being there."""
    for ground in _GROUNDS_IN_THE_FILE:
        if found := tuple(ground(evidence)):
            return found
    if record is None:
        return tuple(_recordless(evidence))
    for ground_in_record in (_mismatched, _unexpected):
        if found := tuple(ground_in_record(evidence, record)):
            return found
    return ()


def _ambiguous(evidence: _Evidence) -> Iterator[Reason]:
    """What can show one reader other pages than another."""
    if evidence.report.encrypted:
        yield Reason("encrypted")
    elif evidence.content.active:
        yield Reason("active_content", {"found": ", ".join(evidence.content.active)})


def _unsigned(evidence: _Evidence) -> Iterator[Reason]:
    if not evidence.report.signatures:
        was_ours = RECORD_NAME in _attachment_names(evidence)
        yield Reason("signature_stripped" if was_ours else "no_signature")


def _changed(evidence: _Evidence) -> Iterator[Reason]:
    for made in evidence.report.signatures:
        if not made.intact:
            yield Reason("changed_since_signing", {"field": made.field})


def _continued(evidence: _Evidence) -> Iterator[Reason]:
    if not evidence.report.signatures[-1].covers_whole_file:
        yield Reason("appended_after_signing")
    for made in evidence.report.signatures:
        if not made.changes_allowed:
            yield Reason("changed_between_signatures", {"field": made.field})


def _foreign(evidence: _Evidence) -> Iterator[Reason]:
    in_our_field = any(made.field.startswith(_OUR_FIELDS) for made in evidence.report.signatures)
    if not in_our_field and RECORD_NAME not in _attachment_names(evidence):
        yield Reason("not_ours")


def _uncertified(evidence: _Evidence) -> Iterator[Reason]:
    if not evidence.report.certified:
        yield Reason("not_certified")


def _badly_certified(evidence: _Evidence) -> Iterator[Reason]:
    for made in evidence.report.signatures:
        if made.certificate_problem is not None and made.signer is not None:
            yield Reason(
                f"certificate_{made.certificate_problem}",
                {
                    "name": made.signer.common_name,
                    "not_before": _local(made.signer.not_before),
                    "not_after": _local(made.signer.not_after),
                    "at": _local(made.claimed_at),
                },
            )


_GROUNDS_IN_THE_FILE: Sequence[Callable[[_Evidence], Iterator[Reason]]] = (
    _ambiguous,
    _unsigned,
    _changed,
    _continued,
    _foreign,
    _uncertified,
    _badly_certified,
)


def _recordless(evidence: _Evidence) -> Iterator[Reason]:
    names = _attachment_names(evidence)
    if RECORD_NAME not in names:
        yield Reason("record_missing")
    elif names != [RECORD_NAME]:
        yield Reason("record_extra", {"names": ", ".join(names)})
    else:
        yield Reason("record_unreadable")


def _mismatched(evidence: _Evidence, record: EmbeddedRecord) -> Iterator[Reason]:
    details = tuple(_mismatches(evidence, record))
    if details:
        yield Reason("record_not_of_these_pages")
        yield from details


def _mismatches(evidence: _Evidence, record: EmbeddedRecord) -> Iterator[Reason]:
    # Text extraction breaks long words at the line's end.
    pages = ["".join(text.split()) for text in evidence.content.page_texts]
    number = "".join(record.number.split())
    strange = [
        str(count)
        for count, page in enumerate(pages, start=1)
        if number not in page or record.hash[:SHORT_HASH] not in page
    ]
    if strange:
        yield Reason("footer_of_another_record", {"pages": ", ".join(strange)})
    if not any(record.hash in page for page in pages):
        yield Reason("hash_not_printed")
    if record.streams_head != record.head:
        yield Reason("head_not_of_streams")
    if not any(record.head in page for page in pages):
        yield Reason("head_not_printed")
    replaced = record.supersedes
    if replaced and not any(replaced.sha256 in page for page in pages):
        yield Reason("superseded_not_printed", {"number": replaced.number})


def _unexpected(evidence: _Evidence, record: EmbeddedRecord) -> Iterator[Reason]:
    for made in evidence.report.signatures:
        if not any(_is_by(made, expected) for expected in record.signers):
            yield Reason("signer_unexpected", {"name": made.name, "field": made.field})


def _doubts(evidence: _Evidence, record: EmbeddedRecord, *, trust_trial: bool) -> Iterator[Reason]:
    made_all = evidence.report.signatures
    for expected in record.signers:
        if not any(_is_by(made, expected) for made in made_all):
            yield Reason("signer_missing", {"name": expected.name, "field": expected.field})
    for made in made_all:
        if made.trust is Trust.UNKNOWN:
            yield Reason("unknown_identity", {"name": made.name})
        elif made.trust is Trust.TRIAL and not trust_trial:
            yield Reason("trial_identity", {"name": made.name})


def _facts(evidence: _Evidence, record: EmbeddedRecord) -> Iterator[Reason]:
    """What holds for a file that is not refused."""
    for made in evidence.report.signatures:
        if made.signer is not None:
            yield Reason(
                "signed_by_employee" if made.signer.employee_id else "signed_by",
                {
                    "name": made.signer.common_name,
                    "organization": made.signer.organization,
                    "employee_id": made.signer.employee_id,
                    "at": _local(made.claimed_at),
                },
            )
    yield Reason("whole")
    yield Reason("record_belongs", {"number": record.number, "hash": record.hash[:SHORT_HASH]})
    if record.supersedes is not None:
        replaced = record.supersedes
        yield Reason("supersedes", {"number": replaced.number, "hash": replaced.sha256})


def _local(instant: datetime | None) -> datetime | None:
    """The instant on this computer's clock, which the reader can compare with the wall's."""
    return instant.astimezone() if instant else None


def _attachment_names(evidence: _Evidence) -> list[str]:
    return [attachment.name for attachment in evidence.content.attachments]


def _is_by(made: SignatureFacts, expected: ExpectedSigner) -> bool:
    return (
        made.signer is not None
        and made.field == expected.field
        and made.signer.fingerprint == expected.fingerprint
    )
