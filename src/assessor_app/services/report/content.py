"""The whole content of a document, findings or minutes, of a visit as it was seen."""

import hashlib
from dataclasses import dataclass
from typing import assert_never

from assessor_app.domain.event import visit_head
from assessor_app.domain.observation import ObservationKey
from assessor_app.domain.outlook import Seen
from assessor_app.domain.results import PublishedResult
from assessor_app.domain.visit import Outcome
from assessor_app.reporting import content
from assessor_app.reporting.figures import DimensionRow, Matrix, Scores, Unscored
from assessor_app.reporting.minutes_content import MinutesContent
from assessor_app.reporting.report_content import Finding, PastResult, ReportContent
from assessor_app.services.embedded_record import SHORT_HASH
from assessor_app.services.enrolment import Profile, Workplace
from assessor_app.services.report import (
    annexes,
    cards,
    counting,
    left_out,
    matrix,
    method,
    minutes,
    summary,
    tables,
)
from assessor_app.services.report.record import DocumentKind, Imprint, record_bytes
from assessor_app.services.report.words import NONE, Words
from assessor_app.services.results import of_institution


@dataclass(frozen=True, slots=True)
class Composed:
    """What is rendered: the content and the record that goes with it, None for a preview."""

    content: ReportContent | MinutesContent
    record: bytes | None


@dataclass(frozen=True, slots=True)
class _Frame:
    """What documents of both kinds say in the same way."""

    document: content.Document
    receiver: content.Receiver
    signature: content.Signature
    integrity: content.Integrity


def compose(
    seen: Seen,
    workplace: Workplace,
    imprint: Imprint,
    words: Words,
    *,
    signer: Profile,
    legal_note: str,
) -> Composed:
    """Everything that the document says and carries.

    `signer` is whom the certificate names: the pages name nobody else. Raises StoreProblem for a
    lost photo.
    """
    record = None if imprint.preview else record_bytes(seen, imprint)
    record_hash = NONE if record is None else hashlib.sha256(record).hexdigest()
    snapshot, head = seen.snapshot, visit_head(seen.streams)
    frame = _Frame(
        document=_document(seen, imprint, words, workplace, record_hash),
        receiver=annexes.receiver(snapshot.receiver, words),
        signature=annexes.signature(signer, imprint, words, legal_note=legal_note),
        integrity=_integrity(seen, imprint, words, record_hash=record_hash, head=head),
    )
    match imprint.kind:
        case DocumentKind.FINDINGS:
            return Composed(_findings(seen, workplace, frame, words, signer=signer), record)
        case DocumentKind.MINUTES:
            return Composed(_minutes(seen, frame, words, signer=signer), record)
        case _:
            assert_never(imprint.kind)


def _findings(
    seen: Seen, workplace: Workplace, frame: _Frame, words: Words, *, signer: Profile
) -> ReportContent:
    snapshot, instrument, findings = seen.snapshot, seen.instrument, seen.outlook.findings
    vault, visit = workplace.store.vault, snapshot.visit
    told = {key for finding in findings for key in finding.observations()}
    told |= {ObservationKey(key.indicator, key.side) for key in told}
    past = of_institution(workplace.store, visit.institution, before=visit.arrival.year)
    compared = seen.outlook.compared
    return ReportContent(
        document=frame.document,
        cover=summary.cover(visit, instrument, signer, words),
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
            cards.photo(item, item.attached_to[0], vault, words)
            for _, item in sorted(snapshot.evidence.items())
            if not told & set(item.attached_to)
        ),
        past_results=tuple(_past(result, words) for result in past),
        consistency=counting.shares(seen, words),
    )


def _scores(seen: Seen, words: Words) -> Scores | Unscored:
    if not seen.outlook.scores:
        return counting.unscored(seen, words)
    return summary.scores(seen.outlook.scores, seen.instrument, words)


def _matrix(seen: Seen, words: Words) -> Matrix:
    weights = {code: line.weight for code, line in tables.official_lines(seen).items()}
    return matrix.matrix(seen.outlook.compared, seen.instrument, words, weights=weights)


def _dimensions(seen: Seen, words: Words) -> tuple[DimensionRow, ...]:
    if not seen.outlook.scores:
        return ()
    return tuple(tables.dimension_rows(seen.outlook.scores, seen.instrument, words))


def _cards(seen: Seen, workplace: Workplace, words: Words) -> tuple[Finding, ...]:
    vault = workplace.store.vault
    return tuple(
        cards.card(number, finding, seen.snapshot, vault, words)
        for number, finding in enumerate(seen.outlook.findings, start=1)
    )


def _findings_note(seen: Seen) -> str:
    if not seen.outlook.findings:
        return "findings.none_note"
    return "findings.order_note" if seen.instrument.weighted else "findings.order_by_kind_note"


def _minutes(seen: Seen, frame: _Frame, words: Words, *, signer: Profile) -> MinutesContent:
    snapshot = seen.snapshot
    outcome = snapshot.visit.outcome or Outcome.INTERRUPTED
    return MinutesContent(
        document=frame.document,
        cover=minutes.cover(snapshot.visit, signer, words),
        outcome=outcome,
        headline=words(f"minutes.headline.{outcome.value}"),
        meaning=words(f"minutes.meaning.{outcome.value}"),
        no_score=words("minutes.no_score"),
        account=minutes.account(snapshot, words),
        receiver=frame.receiver,
        signature=frame.signature,
        integrity=frame.integrity,
        sessions=tuple(minutes.sessions(snapshot, words)),
        recorded=minutes.recorded(seen.outlook.compared, snapshot, outcome, words),
    )


def _integrity(
    seen: Seen, imprint: Imprint, words: Words, *, record_hash: str, head: str
) -> content.Integrity:
    if imprint.kind is DocumentKind.MINUTES:
        return annexes.brief_integrity(imprint, words, record_hash=record_hash, head=head)
    return annexes.integrity(
        seen.snapshot,
        imprint,
        words,
        record_hash=record_hash,
        head=head,
        weighted=seen.instrument.weighted,
    )


def _document(
    seen: Seen, imprint: Imprint, words: Words, workplace: Workplace, record_hash: str
) -> content.Document:
    visit = seen.snapshot.visit
    minutes_title = imprint.kind is DocumentKind.MINUTES
    return content.Document(
        language=words.language,
        title=words("minutes.title" if minutes_title else "document.title"),
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
        supersedes=words("document.supersedes", number=imprint.supersedes.number)
        if imprint.supersedes
        else "",
    )


def _past(result: PublishedResult, words: Words) -> PastResult:
    zone = words(f"zone.{result.zone.value}" if result.zone else "zone.published_without")
    return PastResult(
        year=str(result.year),
        score=words.points(result.score) if result.score is not None else NONE,
        zone=result.zone,
        zone_name=f"{zone} ({result.category})" if result.category else zone,
        source=result.source,
    )
