"""The whole content of a document, findings or minutes, of a visit as it was seen."""

import hashlib
from dataclasses import dataclass
from decimal import Decimal
from typing import assert_never

from assessor_app.domain.event import visit_head
from assessor_app.domain.observation import ObservationKey
from assessor_app.domain.outlook import Seen
from assessor_app.domain.results import PublishedResult
from assessor_app.domain.visit import Outcome
from assessor_app.reporting import content
from assessor_app.reporting.addendum import AddendumContent
from assessor_app.reporting.figures import DimensionRow, Matrix, Scores, Unscored
from assessor_app.reporting.minutes_content import MinutesContent
from assessor_app.reporting.report_content import Finding, PastResult, ReportContent
from assessor_app.services.embedded_record import SHORT_HASH
from assessor_app.services.enrolment import Workplace
from assessor_app.services.letterhead import Letterhead, letterhead
from assessor_app.services.report import (
    addendum,
    annexes,
    cards,
    counting,
    follow_up,
    left_out,
    matrix,
    method,
    minutes,
    receivers,
    summary,
    tables,
    tried,
)
from assessor_app.services.report.for_office import for_office, imprint_for_office, kept_names
from assessor_app.services.report.interview_summary import interview_summary
from assessor_app.services.report.leaving_out import records
from assessor_app.services.report.parties import Parties
from assessor_app.services.report.record import DocumentKind, Imprint
from assessor_app.services.report.words import NONE, Words
from assessor_app.services.results import of_institution
from assessor_app.storage.vault import Vault

_TITLES = {
    DocumentKind.FINDINGS: "document.title",
    DocumentKind.MINUTES: "minutes.title",
    DocumentKind.ADDENDUM: "addendum.title",
}


@dataclass(frozen=True, slots=True)
class Composed:
    """What is rendered: the content and the record that goes with it, None for a preview.

    `full_record` is what is sealed, of which `record` leaves some out; empty for a preview.
    """

    content: ReportContent | MinutesContent | AddendumContent
    record: bytes | None
    full_record: bytes = b""


@dataclass(frozen=True, slots=True)
class _Frame:
    """What documents of both kinds say in the same way."""

    document: content.Document
    paper: Letterhead
    receiver: content.Receiver
    signature: content.Signature
    integrity: content.Integrity


def compose(
    seen: Seen,
    workplace: Workplace,
    imprint: Imprint,
    words: Words,
    *,
    parties: Parties,
) -> Composed:
    """Everything that the document says and carries, as the office may read it (for_office.py).

    `parties` are whom the certificates name: the pages name nobody else. Raises StoreProblem for a
    lost photo, or lost strokes of the receiver's.
    """
    seen = follow_up.only_asked(seen)
    names = kept_names(workplace, seen.snapshot.visit.id)
    whole, seen = seen, for_office(seen, names, words)
    full, imprint = imprint, imprint_for_office(imprint, names, words)
    both = None if imprint.preview else records(whole, seen, full, told=imprint)
    locks = annexes.Locks(
        record=hashlib.sha256(both.embedded).hexdigest() if both else NONE,
        full_record=both.full_sha256 if both else NONE,
        head=visit_head(seen.streams),
    )
    snapshot = seen.snapshot
    frame = _Frame(
        document=_document(seen, imprint, words, workplace, locks.record),
        paper=letterhead(workplace, words),
        receiver=addendum.receiver(words)
        if imprint.kind is DocumentKind.ADDENDUM
        else receivers.receiver(snapshot, parties, words, workplace.store.vault),
        signature=annexes.signature(parties, imprint, words),
        integrity=_integrity(seen, imprint, words, locks=locks),
    )
    carried = (both.embedded, both.full) if both else (None, b"")
    match imprint.kind:
        case DocumentKind.FINDINGS:
            return Composed(_findings(seen, workplace, frame, words, parties=parties), *carried)
        case DocumentKind.MINUTES:
            vault = workplace.store.vault
            return Composed(_minutes(seen, frame, vault, words), *carried)
        case DocumentKind.ADDENDUM:
            return Composed(_addendum(seen, imprint, frame, words), *carried)
        case _:
            assert_never(imprint.kind)


def _findings(
    seen: Seen, workplace: Workplace, frame: _Frame, words: Words, *, parties: Parties
) -> ReportContent:
    snapshot, instrument, findings = seen.snapshot, seen.instrument, seen.outlook.findings
    vault, visit = workplace.store.vault, snapshot.visit
    told = {key for finding in findings for key in finding.observations()}
    told |= {ObservationKey(key.indicator, key.side) for key in told}
    past = of_institution(workplace.store, visit.institution, before=visit.arrival.year)
    compared = seen.outlook.compared
    return ReportContent(
        document=frame.document,
        cover=summary.cover(snapshot, parties, frame.paper, words),
        scores=_scores(seen, words),
        matrix=_matrix(seen, words),
        dimensions=_dimensions(seen, words),
        findings=_cards(seen, workplace, words),
        findings_note=words(_findings_note(seen)),
        receiver=frame.receiver,
        indicators=tuple(tables.indicator_groups(seen, words)),
        omissions=tuple(left_out.omissions(compared, snapshot, words)),
        inapplicable=tuple(left_out.inapplicable(compared, snapshot, words)),
        signature=frame.signature,
        method=method.method(seen, words),
        integrity=frame.integrity,
        unverified_note=words("unverified.note"),
        other_photos=tuple(
            cards.photo(item, next(iter(item.attached_to), None), vault, words)
            for _, item in sorted(snapshot.evidence.items())
            if not told & set(item.attached_to)
        ),
        past_results=tuple(_past(result, words) for result in past),
        consistency=counting.shares(seen, words),
        visit=tuple(summary.visit_facts(visit, instrument, words)),
        team=visit.team,
        sessions=tuple(minutes.sessions(snapshot, words)),
        interviews=interview_summary(seen, words),
        tried=tried.section(seen, words),
        follow_up=follow_up.section(seen, words),
    )


def _scores(seen: Seen, words: Words) -> Scores | Unscored:
    if seen.snapshot.followed:
        return follow_up.panel(seen, words)
    if not seen.outlook.scores:
        return counting.unscored(seen, words)
    return summary.scores(seen.outlook.scores, seen.instrument, words)


def _matrix(seen: Seen, words: Words) -> Matrix:
    return matrix.matrix(seen.outlook.compared, seen.instrument, words, weights=_weights(seen))


def _weights(seen: Seen) -> dict[str, Decimal]:
    """What the indicators weigh in this visit, by code: with their share of what does not apply."""
    return {code: line.weight for code, line in tables.official_lines(seen).items()}


def _dimensions(seen: Seen, words: Words) -> tuple[DimensionRow, ...]:
    if not seen.outlook.scores:
        return ()
    return tuple(tables.dimension_rows(seen.outlook.scores, seen.instrument, words))


def _cards(seen: Seen, workplace: Workplace, words: Words) -> tuple[Finding, ...]:
    vault, weights = workplace.store.vault, _weights(seen)
    items = follow_up.judged(seen, on=follow_up.visit_day(seen.snapshot, words))
    return tuple(
        cards.card(
            number,
            finding,
            seen.snapshot,
            vault,
            words,
            counted=weights.get(finding.indicator.code),
            lead=follow_up.lead(finding, items, words),
        )
        for number, finding in enumerate(seen.outlook.findings, start=1)
    )


def _findings_note(seen: Seen) -> str:
    if not seen.outlook.findings:
        return "findings.none_note"
    return "findings.order_note" if seen.instrument.weighted else "findings.order_by_kind_note"


def _minutes(seen: Seen, frame: _Frame, vault: Vault, words: Words) -> MinutesContent:
    snapshot = seen.snapshot
    outcome = snapshot.visit.outcome or Outcome.INTERRUPTED
    return MinutesContent(
        document=frame.document,
        cover=minutes.cover(snapshot.visit, frame.paper, words),
        outcome=outcome,
        headline=words(f"minutes.headline.{outcome.value}"),
        meaning=words(f"minutes.meaning.{outcome.value}"),
        no_score=minutes.no_score(outcome, words),
        account=minutes.account(snapshot, words),
        receiver=frame.receiver,
        signature=frame.signature,
        integrity=frame.integrity,
        sessions=tuple(minutes.sessions(snapshot, words)),
        recorded=minutes.recorded(seen.outlook.compared, snapshot, outcome, words),
        photos=tuple(cards.photo(one, None, vault, words) for one in snapshot.evidence_of_visit),
    )


def _addendum(seen: Seen, imprint: Imprint, frame: _Frame, words: Words) -> AddendumContent:
    return AddendumContent(
        document=frame.document,
        cover=minutes.cover(seen.snapshot.visit, frame.paper, words),
        added_to=tuple(addendum.added_to(imprint, words)),
        meaning=words("addendum.meaning"),
        statement=imprint.statement,
        receiver=frame.receiver,
        signature=frame.signature,
        integrity=frame.integrity,
    )


def _title(seen: Seen, imprint: Imprint) -> str:
    if imprint.kind is DocumentKind.FINDINGS and seen.snapshot.followed:
        return "followed.document_title"
    return _TITLES[imprint.kind]


def _integrity(
    seen: Seen, imprint: Imprint, words: Words, *, locks: annexes.Locks
) -> content.Integrity:
    if imprint.kind is not DocumentKind.FINDINGS:
        return annexes.brief_integrity(imprint, words, locks=locks)
    weighted = bool(seen.outlook.scores)
    return annexes.integrity(seen.snapshot, imprint, words, locks=locks, weighted=weighted)


def _document(
    seen: Seen, imprint: Imprint, words: Words, workplace: Workplace, record_hash: str
) -> content.Document:
    visit = seen.snapshot.visit
    return content.Document(
        language=words.language,
        title=words(_title(seen, imprint)),
        subject=words(
            "document.subject",
            unit=visit.unit,
            institution=visit.institution,
            day=words.day(visit.arrival.astimezone(words.zone).date()),
        ),
        author=workplace.profile.name,
        number=imprint.number,
        record_hash=record_hash,
        short_hash=record_hash[:SHORT_HASH],
        created_at=imprint.made_at,
        sample_mark=words("sample_mark") if visit.sample else "",
        preview_mark=words("preview.mark") if imprint.preview else "",
        edition=words(
            "addendum.edition" if imprint.adds_to else "document_told.edition",
            revision=imprint.revision,
            day=words.day(imprint.made_at.astimezone(words.zone).date()),
        ),
        supersedes=_named(imprint, words),
    )


def _named(imprint: Imprint, words: Words) -> str:
    """The document that this one takes the place of, and why, or adds to."""
    if imprint.adds_to is not None:
        return words("addendum.adds_to", number=imprint.adds_to.number)
    if imprint.supersedes is None:
        return ""
    number = imprint.supersedes.number
    if imprint.because:
        return words("addendum.supersedes_because", number=number, because=imprint.because)
    return words("document.supersedes", number=number)


def _past(result: PublishedResult, words: Words) -> PastResult:
    zone = words(f"zone.{result.zone.value}" if result.zone else "zone.published_without")
    return PastResult(
        year=str(result.year),
        score=words.points(result.score) if result.score is not None else NONE,
        zone=result.zone,
        zone_name=f"{zone} ({result.category})" if result.category else zone,
        source=result.source,
    )
