"""How a visit stands at one moment: both sides compared, the scores, the findings."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from assessor_app.domain.event import StreamHead
from assessor_app.domain.findings import Finding, find
from assessor_app.domain.fulfilment import Compared, compare, compare_again
from assessor_app.domain.instrument import Instrument
from assessor_app.domain.scoring import Basis, Score, scores
from assessor_app.domain.visit import Snapshot


@dataclass(frozen=True, slots=True)
class Outlook:
    """All that is computed from one snapshot; `scores` is empty where the year has no weights."""

    compared: tuple[Compared, ...]
    scores: Mapping[Basis, Score]
    findings: tuple[Finding, ...]


@dataclass(frozen=True, slots=True)
class Seen:
    """A visit as it was seen at one moment: what a document tells, whatever is recorded meanwhile.

    `streams` are the stream heads that the snapshot was read from.
    """

    instrument: Instrument
    snapshot: Snapshot
    outlook: Outlook
    streams: tuple[StreamHead, ...]


def outlook(snapshot: Snapshot, instrument: Instrument) -> Outlook:
    """The outlook of a visit under its instrument."""
    compared = compare(snapshot, instrument)
    return Outlook(compared, scores(compared, instrument), find(snapshot.visit.id, compared))


def outlook_again(
    before: Outlook, snapshot: Snapshot, instrument: Instrument, *, touched: Collection[str]
) -> Outlook:
    """The same after actions that touched only these indicators (codes)."""
    compared = compare_again(before.compared, snapshot, instrument, touched=touched)
    found = scores(compared, instrument, before=before.scores, touched=touched)
    return Outlook(compared, found, find(snapshot.visit.id, compared))
