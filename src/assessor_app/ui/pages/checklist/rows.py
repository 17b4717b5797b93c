"""From the open session to the rows of the outline."""

from collections.abc import Iterator, Sequence
from decimal import Decimal

from assessor_app.domain.closing import CriticalRule
from assessor_app.domain.fulfilment import Applies, Compared
from assessor_app.domain.instrument import Indicator, Side
from assessor_app.domain.progress import side_settled
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
    return OutlineRow(
        code=indicator.code,
        text=text,
        paper=paper,
        practice=practice,
        gap=gap,
        lacks_evidence=lacks,
        spoken=spoken,
        required=indicator.required,
        hidden=all(one.applies is Applies.NOT_RELEVANT for one in compared),
        dimmed=not any(one.asked for one in compared),
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
