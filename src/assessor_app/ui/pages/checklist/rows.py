"""From the open session to the rows of the outline."""

from collections.abc import Iterator, Sequence
from decimal import Decimal

from assessor_app.domain.closing import CriticalRule
from assessor_app.domain.fulfilment import Compared, keys_of
from assessor_app.domain.instrument import Indicator, Side
from assessor_app.domain.visit import Outcome
from assessor_app.services.session import Session
from assessor_app.ui.desk import Desk
from assessor_app.ui.models.outline import OutlineGroup, OutlineRow, Sign


def groups(desk: Desk, session: Session) -> Iterator[OutlineGroup]:
    """The whole outline: dimensions (where there are several), their variables, their rows."""
    rows = {row.code: row for row in outline_rows(desk, session)}
    dimensions = session.instrument.dimensions
    for dimension in dimensions:
        variables = tuple(
            OutlineGroup(
                desk.words.of(variable.name),
                rows=tuple(rows[indicator.code] for indicator in variable.indicators),
            )
            for variable in dimension.variables
        )
        yield OutlineGroup(desk.words.of(dimension.name), groups=variables)


def outline_rows(
    desk: Desk, session: Session, codes: frozenset[str] | None = None
) -> Iterator[OutlineRow]:
    """The rows of all indicators, or of some codes."""
    found: dict[str, list[Compared]] = {}
    for one in session.compared():
        if codes is None or one.indicator.code in codes:
            found.setdefault(one.indicator.code, []).append(one)
    lacking = _lacking_evidence(session)
    for code, compared in found.items():
        yield _row(desk, session, compared, lacks=code in lacking)


def _lacking_evidence(session: Session) -> set[str]:
    """Indicators with a gap that neither evidence nor a reason stands for."""
    rules = session.open_rules(Outcome.INTERRUPTED)
    return {one.indicator for one in rules if one.rule is CriticalRule.GAP_WITHOUT_EVIDENCE}


def _row(desk: Desk, session: Session, compared: Sequence[Compared], *, lacks: bool) -> OutlineRow:
    indicator = compared[0].indicator
    paper = _sign(session, indicator, Side.PAPERWORK, compared)
    practice = _sign(session, indicator, Side.PRACTICE, compared)
    gap = any(one.gap is not None and one.gap.needs_evidence for one in compared)
    text = desk.words.of(indicator.text)
    spoken = desk.say(
        "checklist.row",
        code=indicator.code,
        text=text,
        paper=desk.say(f"checklist.sign.{paper.name.lower()}"),
        practice=desk.say(f"checklist.sign.{practice.name.lower()}"),
        gap=desk.say("checklist.row_gap" if gap else "checklist.row_no_gap"),
    )
    return OutlineRow(indicator.code, text, paper, practice, gap, lacks, spoken)


def _sign(session: Session, indicator: Indicator, side: Side, compared: Sequence[Compared]) -> Sign:
    if side not in indicator.sides:
        return Sign.NOT_ASKED
    keys = [
        key
        for one in compared
        for key in keys_of(session.snapshot, indicator, side, product=one.product)
    ]
    if not keys or not all(session.snapshot.observation(key).settled for key in keys):
        return Sign.OPEN
    known = [value for one in compared if (value := one.on(side)) is not None]
    if not known:
        return Sign.NOT_ASSESSED
    mean = sum(known, Decimal(0)) / len(known)
    if mean in (0, 1):
        return Sign.PRESENT if mean else Sign.ABSENT
    return Sign.PARTIAL
