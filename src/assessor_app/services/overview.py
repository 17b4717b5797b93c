"""One line of the list of visits: how far each has come, and where it stands."""

from dataclasses import dataclass

from assessor_app.domain.findings import find
from assessor_app.domain.fulfilment import compare
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
    very file is missing: nothing can be counted then.
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


def visit_line(workplace: Workplace, library: Library, visit: Visit) -> VisitLine:
    """The line of a visit, from what is recorded now; its answers are not opened for writing."""
    snapshot = read_snapshot(visit.id, workplace.store.log.heads(visit.id))
    visit, paused = snapshot.visit, snapshot.paused
    # Only what is closed can have late events: to look for them costs a transaction.
    late = 0 if visit.answerable else len(workplace.store.log.late(visit.id))
    try:
        instrument = instrument_of(visit, library)
    except InstrumentFault:
        return VisitLine(visit, paused, 0, 0, 0, None, instrument_found=False)
    compared = compare(snapshot, instrument)
    made = progress(snapshot, compared)
    return VisitLine(
        visit=visit,
        paused=paused,
        answered=made.answered,
        asked=made.asked,
        gaps=sum(one.gap is not None and one.gap.needs_evidence for one in compared),
        official=score(compared, instrument, Basis.OFFICIAL),
        instrument_found=True,
        findings=len(find(visit.id, compared)),
        weighted=instrument.weighted,
        conflicts=len(snapshot.conflicts),
        late=late,
    )
