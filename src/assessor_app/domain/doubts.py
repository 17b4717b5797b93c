"""What contradicts in a visit and does not forbid to close it: shown to the assessor, no more."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from assessor_app.domain.fulfilment import Compared
from assessor_app.domain.instrument import Instrument, Side
from assessor_app.domain.observation import Observation, ObservationKey
from assessor_app.domain.visit import Snapshot

PHOTO_SLACK = timedelta(hours=12)
"""How long before the arrival a photo may claim to be taken: camera clocks are rarely right."""


class DoubtKind(StrEnum):
    PAPER_ABSENT_WITH_DOCUMENT = "paper_absent_with_document"
    OBSERVED_OUTSIDE_VISIT = "observed_outside_visit"
    PHOTO_OUTSIDE_VISIT = "photo_outside_visit"
    GAP_WITHOUT_NOTE = "gap_without_note"


@dataclass(frozen=True, slots=True)
class Doubt:
    """One contradiction, and where; `side` is None where it lies between the two."""

    kind: DoubtKind
    indicator: str
    side: Side | None = None
    product_name: str | None = None


def doubts(
    snapshot: Snapshot, compared: Sequence[Compared], *, instrument: Instrument, now: datetime
) -> tuple[Doubt, ...]:
    """All doubts, in the instrument's order; `now` ends the visit while it has no departure."""
    rank = {one.code: place for place, one in enumerate(instrument.indicators())}
    found = [
        *_papers(snapshot, instrument),
        *_times(snapshot, now=now),
        *_photos(snapshot),
        *_gaps(snapshot, compared),
    ]
    return tuple(sorted(found, key=lambda doubt: rank[doubt.indicator]))


def _papers(snapshot: Snapshot, instrument: Instrument) -> Iterator[Doubt]:
    for key, own in _recorded(snapshot):
        answer = snapshot.observation(key).answer
        if key.side is not Side.PAPERWORK or answer is None:
            continue
        level = instrument.indicator(key.indicator).accepts(key.side, answer)
        if level.fulfilment == 0 and (own.document.number or own.document.kind):
            yield _doubt(DoubtKind.PAPER_ABSENT_WITH_DOCUMENT, snapshot, key)


def _times(snapshot: Snapshot, *, now: datetime) -> Iterator[Doubt]:
    visit = snapshot.visit
    # Times are given to the minute, the arrival is kept to the microsecond.
    began, ended = visit.arrival.replace(second=0, microsecond=0), visit.departure or now
    for key, own in _recorded(snapshot):
        if own.observed_at is not None and not began <= own.observed_at <= ended:
            yield _doubt(DoubtKind.OBSERVED_OUTSIDE_VISIT, snapshot, key)


def _photos(snapshot: Snapshot) -> Iterator[Doubt]:
    earliest = snapshot.visit.arrival - PHOTO_SLACK
    for _, photo in sorted(snapshot.evidence.items()):
        if photo.captured_at is not None and photo.captured_at < earliest:
            for key in photo.attached_to:
                yield _doubt(DoubtKind.PHOTO_OUTSIDE_VISIT, snapshot, key)


def _gaps(snapshot: Snapshot, compared: Sequence[Compared]) -> Iterator[Doubt]:
    for one in compared:
        if one.gap is None or not one.gap.needs_evidence:
            continue
        if not any(snapshot.observation(key).note for key in one.keys):
            name = snapshot.products.get(one.product)
            code = one.indicator.code
            yield Doubt(DoubtKind.GAP_WITHOUT_NOTE, code, product_name=name)


def _recorded(snapshot: Snapshot) -> Iterator[tuple[ObservationKey, Observation]]:
    yield from sorted(snapshot.observations.items(), key=lambda pair: pair[0])


def _doubt(kind: DoubtKind, snapshot: Snapshot, key: ObservationKey) -> Doubt:
    return Doubt(kind, key.indicator, key.side, snapshot.products.get(key.product))
