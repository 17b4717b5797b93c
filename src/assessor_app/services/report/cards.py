"""Findings as cards: what was claimed, what was seen, and what to do about it."""

from dataclasses import replace
from decimal import Decimal

from assessor_app.domain.event import Json
from assessor_app.domain.findings import DEFAULT_DUE, HEAD_DUE, Finding, FindingKind
from assessor_app.domain.fulfilment import Compared
from assessor_app.domain.instrument import Indicator, Side
from assessor_app.domain.observation import Evidence, EvidenceKind, ObservationKey
from assessor_app.domain.visit import FindingRecord, Snapshot
from assessor_app.reporting.content import Fact, GapTone, Medium, Photo
from assessor_app.reporting.report_content import Finding as Card
from assessor_app.reporting.report_content import SideRecord
from assessor_app.services.advice import proposed_advice, proposed_wording
from assessor_app.services.evidence import words as evidence_words
from assessor_app.services.evidence.copies import report_copy
from assessor_app.services.report.answers import answer
from assessor_app.services.report.interviews import group_of
from assessor_app.services.report.words import Words
from assessor_app.storage.vault import Vault
from assessor_app.texts import Language

_TONES = {
    FindingKind.PAPER_ONLY: GapTone.PAPER_AHEAD,
    FindingKind.PAPER_AHEAD: GapTone.PAPER_AHEAD,
    FindingKind.NEITHER: GapTone.NEITHER,
    FindingKind.SHORTFALL: GapTone.NEITHER,
    FindingKind.PRACTICE_ONLY: GapTone.PRACTICE_AHEAD,
    FindingKind.PRACTICE_AHEAD: GapTone.PRACTICE_AHEAD,
}

_MEDIA = {
    EvidenceKind.PHOTO: Medium.PICTURE,
    EvidenceKind.DOCUMENT: Medium.DOCUMENT,
    EvidenceKind.AUDIO: Medium.SOUND,
    EvidenceKind.VIDEO: Medium.VIDEO,
}
_PICTURED = frozenset({EvidenceKind.PHOTO, EvidenceKind.DOCUMENT})


def card(
    number: int,
    finding: Finding,
    snapshot: Snapshot,
    vault: Vault,
    words: Words,
    *,
    counted: Decimal | None = None,
    lead: str = "",
) -> Card:
    """A finding with its proof; it has no weight where its indicator has none.

    `counted` is what the indicator weighs in this visit, with its share of what does not apply;
    `lead` says how it stands since an earlier visit.
    """
    indicator = finding.indicator
    known = snapshot.findings.get(finding.id, FindingRecord())
    product = snapshot.products.get(finding.product)
    text = words.of(indicator.text)
    reasons = {
        reason
        for key in finding.observations()
        if (reason := snapshot.observation(key).no_evidence_reason)
    }
    return Card(
        number=number,
        code=indicator.code,
        text=f"{text} – {product}" if product else text,
        wording=in_language(known.wording or proposed_wording(finding), words),
        weight=told_weight(finding.weight, words, counted=counted) if finding.weight else "",
        gap=words(f"finding.{finding.kind.value}"),
        tone=_TONES[finding.kind],
        claimed=_claimed(finding, snapshot, words),
        seen=_seen(finding, snapshot, words),
        photos=photos(finding.observations(), snapshot, vault, words),
        no_photo_reason=" ".join(sorted(reasons)),
        legal_basis=indicator.legal_basis,
        advice=in_language(known.advice or proposed_advice(finding), words),
        due_date=words.day(known.due_date) if known.due_date else "",
        due_set_by=due_set_by_told(known.due_set_by, words),
        check=words("findings.check"),
        unverified=not (indicator.verified and _law_verified(indicator)),
        lead=lead,
    )


def _law_verified(indicator: Indicator) -> bool:
    return indicator.legal_source is None or indicator.legal_source.verified


def photos(
    keys: tuple[ObservationKey, ...], snapshot: Snapshot, vault: Vault, words: Words
) -> tuple[Photo, ...]:
    """The photos of some observations, those of the whole unit included."""
    whole = [ObservationKey(key.indicator, key.side) for key in keys]
    wanted = {*keys, *whole}
    return tuple(
        photo(item, next(key for key in item.attached_to if key in wanted), vault, words)
        for item in snapshot.evidence_for(*wanted)
    )


def photo(item: Evidence, key: ObservationKey | None, vault: Vault, words: Words) -> Photo:
    """A photo as it is printed; a document by the page that proves, a recording by what is told.

    Without a `key` it proves the visit as a whole.
    """
    side = words.side(key.side) if key else ""
    named = {"code": key.indicator if key else words("findings.whole_visit"), "side": side.lower()}
    shown = Photo(
        jpeg=report_copy(vault, item) if item.kind in _PICTURED else b"",
        caption=item.caption or _unnamed("findings.photo_caption", key, words, **named),
        taken_at=_taken_at(item, words),
        short_hash=item.sha256[:16],
        side=side,
        details=". ".join(
            part
            for part in (
                evidence_words.web_told(item, words),
                words("evidence_told.annotated").rstrip(".") if item.annotations else "",
                evidence_words.covering_told(item, words),
            )
            if part
        ),
    )
    if item.kind is EvidenceKind.PHOTO:
        return shown
    kind = evidence_words.kind(item, words)
    return replace(
        shown,
        caption=item.caption or _unnamed("evidence_told.of", key, words, kind=kind, **named),
        taken_at=shown.taken_at if item.captured_at else "",
        medium=_MEDIA[item.kind],
        details=". ".join(filter(None, (evidence_words.facts(item, words), shown.details))),
        sha256=item.sha256,
    )


def _unnamed(name: str, key: ObservationKey | None, words: Words, **named: str) -> str:
    """What stands under evidence that has no caption."""
    return words("findings.of_visit") if key is None else words(name, **named)


def told_weight(weight: Decimal, words: Words, *, counted: Decimal | None) -> str:
    """The instrument's weight, and beside it the one of the table where they differ."""
    told = words.weight(weight)
    if counted is not None and words.weight(counted) != told:
        return words("cover.weight_counted", weight=told, counted=words.weight(counted))
    return words.counted(weight, one="singular.weight", many="cover.weight", weight=told)


def _taken_at(item: Evidence, words: Words) -> str:
    """A sentence on when it was taken, or that nobody knows."""
    if item.captured_at is None:
        return words("findings.photo_taken_unknown")
    return words("findings.photo_taken", made=evidence_words.made_at(item, words))


def notes(one: Compared, side: Side, snapshot: Snapshot, *, words: Words | None = None) -> str:
    """What was noted on a side; of several respondents each under the pseudonym.

    In the words of a document each stands under the respondent's group instead.
    """
    told = []
    for key in one.keys:
        note = snapshot.observation(key).note if key.side is side else None
        if note:
            asked = snapshot.respondents.get(key.respondent)
            who = asked and (group_of(asked, words) if words else asked.pseudonym)
            told.append(f"{who}: {note}" if who else note)
    return "\n".join(told)


def in_language(text: Json, words: Words) -> str:
    """A text that is recorded in both languages, or an assessor's own in one."""
    if isinstance(text, dict):
        return str(text["en" if words.language is Language.ENGLISH else "id"])
    return str(text or "")


def _claimed(finding: Finding, snapshot: Snapshot, words: Words) -> SideRecord:
    key = ObservationKey(finding.indicator.code, Side.PAPERWORK, finding.product)
    observation = snapshot.observation(key)
    document = observation.document
    where = document.where_seen
    facts = [
        ("kind", document.kind),
        ("number", document.number),
        ("date", words.day(document.dated) if document.dated else None),
        ("signatory", document.signatory),
        ("where_seen", words(f"where_seen.{where.value}") if where else None),
    ]
    return SideRecord(
        answer=answer(finding.compared, Side.PAPERWORK, snapshot, words),
        facts=tuple(Fact(words(f"fact.document_{name}"), text) for name, text in facts if text),
        note=notes(finding.compared, Side.PAPERWORK, snapshot, words=words),
    )


def _seen(finding: Finding, snapshot: Snapshot, words: Words) -> SideRecord:
    key = ObservationKey(finding.indicator.code, Side.PRACTICE, finding.product)
    observation = snapshot.observation(key)
    observed = observation.observed_at
    return SideRecord(
        answer=answer(finding.compared, Side.PRACTICE, snapshot, words),
        facts=(Fact(words("fact.observed"), words.moment(observed)),) if observed else (),
        note=notes(finding.compared, Side.PRACTICE, snapshot, words=words),
    )


def due_set_by_told(due_set_by: str | None, words: Words) -> str:
    """Who set a due date: an assessor by name, the head of the office, or nobody yet."""
    if due_set_by is None:
        return ""
    if due_set_by == DEFAULT_DUE:
        return words("findings.default_due")
    if due_set_by == HEAD_DUE:
        return words("findings.head_due")
    return words("findings.due_by", who=due_set_by)
