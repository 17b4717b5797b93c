"""The whole content of a findings document, from an open session."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass

from assessor_app.domain.event import StreamHead, visit_head
from assessor_app.domain.observation import ObservationKey
from assessor_app.domain.results import PublishedResult
from assessor_app.domain.visit import Outcome
from assessor_app.reporting import content
from assessor_app.services.embedded_record import SHORT_HASH
from assessor_app.services.enrolment import Profile, Workplace
from assessor_app.services.report import annexes, cards, summary, tables
from assessor_app.services.report.record import Imprint, record_bytes
from assessor_app.services.report.words import NONE, Words
from assessor_app.services.session import Session


@dataclass(frozen=True, slots=True)
class Composed:
    """What is rendered: the content and the record that goes with it."""

    content: content.ReportContent
    record: bytes
    record_hash: str


def compose(
    session: Session,
    workplace: Workplace,
    imprint: Imprint,
    words: Words,
    *,
    heads: Sequence[StreamHead],
    signer: Profile,
    issuer: str | None,
    past: Sequence[PublishedResult],
) -> Composed:
    """Everything that the document says and carries.

    `signer` is whom the certificate names: the pages name nobody else. Raises StoreProblem for a
    lost photo.
    """
    record = record_bytes(session, imprint, heads)
    record_hash = hashlib.sha256(record).hexdigest()
    snapshot, instrument = session.snapshot, session.instrument
    compared, found = session.compared(), session.scores()
    vault = workplace.store.vault
    findings = session.findings()
    told = {key for finding in findings for key in finding.observations()}
    told |= {ObservationKey(key.indicator, key.side) for key in told}
    made = content.ReportContent(
        document=_document(session, imprint, words, workplace, record_hash),
        cover=summary.cover(snapshot.visit, instrument, signer, words),
        scores=summary.scores(found, instrument, words),
        matrix=summary.matrix(compared, instrument, words),
        dimensions=tuple(tables.dimension_rows(found, instrument, words)),
        findings=tuple(
            cards.card(number, finding, snapshot, vault, words)
            for number, finding in enumerate(findings, start=1)
        ),
        findings_note=words("findings.order_note" if findings else "findings.none_note"),
        receiver=annexes.receiver(snapshot.receiver, words),
        indicators=tuple(tables.indicator_groups(compared, snapshot, instrument, words)),
        omissions=tuple(tables.omissions(compared, snapshot, words)),
        signature=annexes.signature(signer, imprint, words, issuer=issuer),
        method=annexes.method(snapshot, instrument, found, words),
        integrity=annexes.integrity(
            snapshot, imprint, words, record_hash=record_hash, head=visit_head(heads)
        ),
        unverified_note=words("unverified.note"),
        other_photos=tuple(
            cards.photo(item, item.attached_to[0], vault, words)
            for _, item in sorted(snapshot.evidence.items())
            if not told & set(item.attached_to)
        ),
        past_results=tuple(_past(result, words) for result in past),
    )
    return Composed(made, record, record_hash)


def _document(
    session: Session, imprint: Imprint, words: Words, workplace: Workplace, record_hash: str
) -> content.Document:
    visit = session.snapshot.visit
    completed = visit.outcome is Outcome.COMPLETED
    return content.Document(
        language=words.language,
        title=words("document.title" if completed else "document.title_other"),
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
    )


def _past(result: PublishedResult, words: Words) -> content.PastResult:
    zone = words(f"zone.{result.zone.value}" if result.zone else "zone.published_without")
    return content.PastResult(
        year=str(result.year),
        score=words.points(result.score) if result.score is not None else NONE,
        zone=result.zone,
        zone_name=f"{zone} ({result.category})" if result.category else zone,
        source=result.source,
    )
