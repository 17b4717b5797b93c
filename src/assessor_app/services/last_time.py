"""What was found at the same office before, indicator by indicator: shown, never copied."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from assessor_app.domain.findings import Finding, FindingKind
from assessor_app.domain.fulfilment import Compared
from assessor_app.domain.gap import GapKind
from assessor_app.domain.instrument import Indicator, Instrument, Side
from assessor_app.domain.observation import Evidence, EvidenceKind, Observation
from assessor_app.domain.outlook import Outlook, outlook
from assessor_app.domain.problem import InstrumentFault
from assessor_app.domain.results import Reading
from assessor_app.domain.scoring import Basis, Score
from assessor_app.domain.snapshot import read_snapshot
from assessor_app.domain.visit import Outcome, Snapshot, Visit, VisitState
from assessor_app.instruments.library import Library
from assessor_app.services.enrolment import Workplace
from assessor_app.services.instruments import instrument_of
from assessor_app.services.register.belonging import earlier_visits, results_to

_MOST_VISITS = 4
"""How far back it is looked for what the last one did not ask: coaching and follow-ups ask less."""
_DONE = frozenset(
    {VisitState.CLOSED, VisitState.ISSUED, VisitState.HANDED_OVER, VisitState.RECEIPTED}
)
_TOLD = frozenset({Outcome.COMPLETED, Outcome.INTERRUPTED, Outcome.STOPPED})


class Comparable(StrEnum):
    """Whether the answers of then can be held against those of now."""

    SAME = "same"
    OTHER_VERSION = "other_version"  # another version or year asks the same in the same way
    REWORDED = "reworded"  # the question has other words
    OTHER_SCALE = "other_scale"  # what can be answered is not the same


@dataclass(frozen=True, slots=True)
class SideThen:
    """What was recorded on one side; no answer and no reason where nothing was."""

    side: Side
    answer: str | None
    reason: str | None  # why it could not be assessed, or did not apply
    note: str | None


@dataclass(frozen=True, slots=True)
class Then:
    """One indicator at the last visit that asked it, under that visit's instrument.

    `finding` is what was to be repaired, with its due date and who set it.
    """

    visit: Visit
    indicator: Indicator
    sides: tuple[SideThen, ...]
    gap: GapKind | None
    finding: FindingKind | None
    due: date | None
    due_set_by: str | None
    photos: tuple[Evidence, ...]


@dataclass(frozen=True, slots=True)
class LastTime:
    """All that is known of an office from before a visit.

    `last` is the last visit that was made there, `score` its own provisional score; `published`
    are results of the office, the latest first; `former_name` what it was called then, where it
    bears another name now.
    """

    last: Visit | None
    score: Score | None
    by_code: Mapping[str, Then]
    published: tuple[Reading, ...]
    former_name: str | None


def last_time(workplace: Workplace, library: Library, visit: Visit) -> LastTime | None:
    """What this store knows of the office that a visit goes to; None where it knows nothing.

    Renames and mergers in the register are followed. It reads whole visits: asked in a worker.
    """
    before = [one for one in earlier_visits(workplace, visit) if _tells(one)][:_MOST_VISITS]
    year = visit.arrival.astimezone(workplace.profile.zone).year
    published = results_to(workplace, library, visit, before=year + 1)
    by_code: dict[str, Then] = {}
    score: Score | None = None
    for place, one in enumerate(before):
        stood = _stood(workplace, library, one)
        if stood is None:
            continue
        if place == 0:
            score = stood[2].scores.get(Basis.OFFICIAL)
        for code, then in _thens(*stood).items():
            by_code.setdefault(code, then)
    if not by_code and not published:
        return None
    last = before[0] if before else None
    renamed = last is not None and last.unit.casefold() != visit.unit.casefold()
    return LastTime(last, score, by_code, published, last.unit if last and renamed else None)


def held_against(then: Then, now: Indicator, instrument: Instrument) -> Comparable:
    """Whether what was answered then can be held against the indicator as it is asked now."""
    if then.visit.instrument_digest == instrument.digest:
        return Comparable.SAME
    if then.indicator.scale != now.scale or then.indicator.sides != now.sides:
        return Comparable.OTHER_SCALE
    if then.indicator.text != now.text:
        return Comparable.REWORDED
    return Comparable.OTHER_VERSION


def _tells(visit: Visit) -> bool:
    return visit.state in _DONE and (visit.outcome is None or visit.outcome in _TOLD)


def _stood(
    workplace: Workplace, library: Library, visit: Visit
) -> tuple[Snapshot, Instrument, Outlook] | None:
    """A visit under its instrument; None where that is not at hand."""
    snapshot = read_snapshot(visit.id, workplace.store.log.heads(visit.id))
    try:
        instrument = instrument_of(snapshot.visit, library)
    except InstrumentFault:
        return None
    return snapshot, instrument, outlook(snapshot, instrument)


def _thens(snapshot: Snapshot, _instrument: Instrument, seen: Outlook) -> Mapping[str, Then]:
    """Each indicator that was answered, of the product that fell short where there were several."""
    findings = {(one.indicator.code, one.product): one for one in seen.findings}
    found: dict[str, list[Compared]] = {}
    for one in seen.compared:
        if one.asked and _answered(snapshot, one):
            found.setdefault(one.indicator.code, []).append(one)
    return {
        code: _then(snapshot, _worst(products, findings), findings)
        for code, products in found.items()
    }


def _answered(snapshot: Snapshot, one: Compared) -> bool:
    for key in one.keys:
        seen = snapshot.observation(key)
        if seen.answer is not None or seen.not_assessed_reason is not None:
            return True
    return False


def _worst(products: Iterable[Compared], findings: Mapping[tuple[str, str], Finding]) -> Compared:
    return min(products, key=lambda one: (one.indicator.code, one.product) not in findings)


def _then(snapshot: Snapshot, one: Compared, findings: Mapping[tuple[str, str], Finding]) -> Then:
    finding = findings.get((one.indicator.code, one.product))
    kept = snapshot.findings.get(finding.id) if finding else None
    photos = tuple(
        item
        for item in snapshot.evidence_for(*one.keys)
        if item.kind in (EvidenceKind.PHOTO, EvidenceKind.DOCUMENT)
    )
    return Then(
        visit=snapshot.visit,
        indicator=one.indicator,
        sides=tuple(_side(snapshot, one, side) for side in one.indicator.sides),
        gap=one.gap.kind if one.gap else None,
        finding=finding.kind if finding else None,
        due=kept.due_date if kept else None,
        due_set_by=kept.due_set_by if kept else None,
        photos=photos,
    )


def _side(snapshot: Snapshot, one: Compared, side: Side) -> SideThen:
    """The side as one observation told it; of several respondents the first that has an answer."""
    seen = [snapshot.observation(key) for key in one.keys if key.side is side]
    best: Observation | None = next((each for each in seen if each.answer is not None), None)
    best = best or next(iter(seen), None)
    if best is None:
        return SideThen(side, None, None, None)
    notes = (each.note for each in seen if each.note)
    reason = best.not_assessed_reason or best.not_applicable_reason
    return SideThen(side, best.answer, reason, next(notes, None))
