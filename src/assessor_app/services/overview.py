"""One line of the list of visits: how far each has come, and where it stands."""

from collections.abc import Iterator
from dataclasses import dataclass

from assessor_app.domain.findings import count_findings
from assessor_app.domain.fulfilment import compare
from assessor_app.domain.listing import Counts
from assessor_app.domain.owed import Left, left_by
from assessor_app.domain.problem import InstrumentFault
from assessor_app.domain.progress import progress
from assessor_app.domain.scoring import Basis, Score, score
from assessor_app.domain.snapshot import read_snapshot
from assessor_app.domain.visit import Visit
from assessor_app.instruments.library import Library
from assessor_app.services.enrolment import Workplace
from assessor_app.services.instruments import instrument_of


@dataclass(frozen=True, slots=True)
class VisitLine:
    """A visit as the list shows it.

    `conflicts` are places where two devices said different things, `late` counts the events that
    came after it was closed.
    `answered` of `asked` sides are settled, `gaps` of its indicators differ between the sides.
    `official` is None where the instrument has no weights (`weighted` is false), and where its
    very file is missing: nothing can be counted then. `left` is what a closed visit leaves owed,
    `year` its instrument's. One that only follows up (`followed`) has no number either.
    """

    visit: Visit
    paused: bool
    answered: int
    asked: int
    gaps: int
    official: Score | None
    instrument_found: bool
    findings: int = 0
    weighted: bool = True
    conflicts: int = 0
    late: int = 0
    left: Left | None = None
    year: int | None = None
    followed: bool = False

    @property
    def counts(self) -> Counts:
        """What of it is worth keeping until the list is opened again."""
        band = self.official.band if self.official else None
        return Counts(
            paused=self.paused,
            answered=self.answered,
            asked=self.asked,
            gaps=self.gaps,
            findings=self.findings,
            zone=band.zone if band else None,
            weighted=self.weighted and not self.followed,
            instrument_found=self.instrument_found,
            year=self.year,
            conflicts=self.conflicts,
            late=self.late,
            left=self.left,
        )


def visit_line(workplace: Workplace, library: Library, visit: Visit) -> VisitLine:
    """The line of a visit, from what is recorded now; its answers are not opened for writing."""
    *_, line = counting(workplace, library, visit)
    if line is None:
        raise RuntimeError("nothing was counted")
    return line


def counting(workplace: Workplace, library: Library, visit: Visit) -> Iterator[VisitLine | None]:
    """Count a line step by step, so that a window can breathe between; the last step has it."""
    store = workplace.store
    heads = store.log.heads(visit.id)
    yield None
    snapshot = read_snapshot(visit.id, heads)
    visit, paused = snapshot.visit, snapshot.paused
    # Only what is closed can have late events: to look for them costs a transaction.
    late = 0 if visit.answerable else len(store.log.late(visit.id))
    yield None
    try:
        instrument = instrument_of(visit, library)
    except InstrumentFault:
        yield VisitLine(visit, paused, 0, 0, 0, None, instrument_found=False)
        return
    compared = compare(snapshot, instrument)
    yield None
    made = progress(snapshot, compared)
    # Of a follow-up visit no number is told (domain/outlook.py).
    official = None if snapshot.followed else score(compared, instrument, Basis.OFFICIAL)
    yield None
    yield VisitLine(
        visit=visit,
        paused=paused,
        answered=made.answered,
        asked=made.asked,
        gaps=sum(one.gap is not None and one.gap.needs_evidence for one in compared),
        official=official,
        instrument_found=True,
        findings=count_findings(compared),
        weighted=instrument.weighted,
        followed=bool(snapshot.followed),
        conflicts=len(snapshot.conflicts),
        late=late,
        left=left_by(snapshot, compared),
        year=instrument.year,
    )
