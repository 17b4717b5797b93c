"""How a visit stands at one moment: both sides compared, the scores, the findings."""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from itertools import accumulate, chain

from assessor_app.domain.event import StreamHead
from assessor_app.domain.findings import Finding, find, find_again
from assessor_app.domain.fulfilment import Compared, parts
from assessor_app.domain.instrument import Instrument
from assessor_app.domain.relevance import dependents
from assessor_app.domain.scoring import Basis, Score, Scoring
from assessor_app.domain.visit import Snapshot


@dataclass(frozen=True, slots=True)
class Outlook:
    """All that is computed from one snapshot.

    `scores` is empty where the year has no weights, and of a follow-up visit: the points of what
    was found say nothing of the office, and no number may be read as if they did (record.md).
    """

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
    return RunningOutlook(snapshot, instrument).outlook


class RunningOutlook:
    """The outlook of a visit that goes on: an action lets only what it touches be computed anew.

    Each `outlook` is a value of its own, equal to what `outlook` makes of the same snapshot.
    """

    def __init__(self, snapshot: Snapshot, instrument: Instrument) -> None:
        self._instrument = instrument
        self._parts = parts(snapshot, instrument, instrument.by_code)
        self._flat = list(self._compared())
        self._at = self._places()
        self._scoring = None if snapshot.followed else Scoring(self._parts, instrument)
        self.outlook = self._now(find(snapshot.visit.id, self._compared()))

    def again(self, snapshot: Snapshot, *, touched: Collection[str]) -> Outlook:
        """The outlook after actions that touched only these indicators (codes)."""
        known = self._instrument.by_code.keys()
        codes = dependents(self._instrument, touched) & known
        changed = parts(snapshot, self._instrument, codes)
        self._take(changed)
        if self._scoring is not None:
            self._scoring.take(changed)
        findings = find_again(
            self.outlook.findings,
            snapshot.visit.id,
            chain.from_iterable(changed.values()),
            touched=codes,
        )
        self.outlook = self._now(findings)
        return self.outlook

    def of(self, code: str) -> tuple[Compared, ...]:
        """What was compared of one indicator; nothing of one that the instrument lacks."""
        return self._parts.get(code, ())

    def _take(self, changed: Mapping[str, tuple[Compared, ...]]) -> None:
        """Put what was compared anew in the place of what was; a product more or less moves all."""
        moved = any(len(self._parts.get(code, ())) != len(found) for code, found in changed.items())
        self._parts.update(changed)
        if moved:
            self._flat = list(self._compared())
            self._at = self._places()
            return
        for code, found in changed.items():
            place = self._at[code]
            self._flat[place : place + len(found)] = found

    def _places(self) -> dict[str, int]:
        """Where what was compared of each indicator begins."""
        ends = accumulate((len(found) for found in self._parts.values()), initial=0)
        return dict(zip(self._parts, ends, strict=False))

    def _compared(self) -> Iterator[Compared]:
        return chain.from_iterable(self._parts.values())

    def _now(self, findings: tuple[Finding, ...]) -> Outlook:
        found = {} if self._scoring is None else self._scoring.scores()
        return Outlook(tuple(self._flat), found, findings)
