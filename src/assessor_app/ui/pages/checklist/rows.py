"""From the open session to the rows of the outline."""

from collections.abc import Iterator, Sequence
from decimal import Decimal
from itertools import chain

from assessor_app.domain.closing import without_evidence
from assessor_app.domain.fulfilment import Applies, Compared
from assessor_app.domain.instrument import Indicator, Side
from assessor_app.domain.marks import UNMARKED
from assessor_app.domain.progress import side_settled
from assessor_app.services.report.matrix import cell_of, is_graded
from assessor_app.services.session import Session
from assessor_app.ui.desk import Desk
from assessor_app.ui.models.outline import OutlineGroup
from assessor_app.ui.models.outline_row import OutlineRow, Sign
from assessor_app.ui.pages.checklist.follow_up_looks import standing_chip
from assessor_app.ui.pages.checklist.interview_count import with_count

_LEFT_OUT = frozenset({Applies.NOT_RELEVANT, Applies.NOT_FOLLOWED})


class OutlineRows:
    """Reads the open visit; what is said of one instrument in any case is worked out once."""

    def __init__(self, desk: Desk, session: Session) -> None:
        self._desk = desk
        self._session = session
        self._graded = is_graded(session.instrument)
        self._words = desk.words
        self._signs = {one: desk.say(f"checklist.sign.{one.name.lower()}") for one in Sign}
        self._gaps = {
            True: desk.say("checklist.row_gap"),
            False: desk.say("checklist.row_no_gap"),
        }

    def groups(self) -> Iterator[OutlineGroup]:
        """The whole outline: dimensions (where there are several), their variables, their rows."""
        rows = {row.code: row for row in self.of()}
        words = self._words
        for dimension in self._session.instrument.dimensions:
            variables = tuple(
                OutlineGroup(
                    words.of(variable.name),
                    rows=tuple(rows[indicator.code] for indicator in variable.indicators),
                )
                for variable in dimension.variables
            )
            yield OutlineGroup(words.of(dimension.name), groups=variables)

    def of(self, codes: frozenset[str] | None = None) -> Iterator[OutlineRow]:
        """The rows of all indicators, or of some codes."""
        session = self._session
        wanted = session.instrument.by_code if codes is None else codes
        found = {code: compared for code in wanted if (compared := session.compared_of(code))}
        every = chain.from_iterable(found.values())
        lacking = {one.indicator.code for one in without_evidence(session.snapshot, every)}
        for code, compared in found.items():
            yield self._row(compared, lacks=code in lacking)

    def _row(self, compared: Sequence[Compared], *, lacks: bool) -> OutlineRow:
        desk, session, indicator = self._desk, self._session, compared[0].indicator
        paper = _sign(session, indicator, Side.PAPERWORK, compared)
        practice = _sign(session, indicator, Side.PRACTICE, compared)
        gap = any(one.gap is not None and one.gap.needs_evidence for one in compared)
        mark = session.snapshot.marks.get(indicator.code, UNMARKED)
        text = self._words.of(indicator.text)
        spoken = desk.say(
            "checklist.row_marked" if mark.later else "checklist.row",
            code=indicator.code,
            text=text,
            paper=self._signs[paper],
            practice=self._signs[practice],
            gap=self._gaps[gap],
        )
        standing = standing_chip(desk, session, indicator.code)
        if standing is not None:
            spoken = desk.say("follow_up.row_spoken", row=spoken, standing=standing.text)
        cells = (cell_of(one, graded=self._graded) for one in compared)
        recorder = session.recorders().get(indicator.code)
        return OutlineRow(
            code=indicator.code,
            text=with_count(desk, session, compared[0], text),
            paper=paper,
            practice=practice,
            gap=gap,
            lacks_evidence=lacks,
            spoken=spoken,
            required=indicator.required,
            hidden=all(one.applies in _LEFT_OUT for one in compared),
            dimmed=not any(one.asked for one in compared),
            marked=mark.later,
            mine=session.me in (mark.mine, recorder),
            taken=mark.mine == session.me,
            cells=frozenset(cell for cell in cells if cell is not None),
            standing=standing,
        )


def _sign(session: Session, indicator: Indicator, side: Side, compared: Sequence[Compared]) -> Sign:
    if side not in indicator.sides:
        return Sign.NOT_ASKED
    asked = [one for one in compared if one.asked]
    if not asked:
        return Sign.NOT_APPLICABLE
    snapshot = session.snapshot
    if not all(side_settled(snapshot, one, side) for one in asked):
        return Sign.OPEN
    known = [value for one in asked if (value := one.on(side)) is not None]
    if not known:
        unassessed = all(side in one.unassessed for one in asked)
        return Sign.NOT_ASSESSED if unassessed else Sign.ANSWERED
    mean = sum(known, Decimal(0)) / len(known)
    if mean in (0, 1):
        return Sign.PRESENT if mean else Sign.ABSENT
    return Sign.PARTIAL
