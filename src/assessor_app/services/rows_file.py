"""The answers of many units from a CSV or XLSX file, a row an indicator, scored at once."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from enum import Enum
from pathlib import Path
from typing import assert_never

from assessor_app.domain import bulk
from assessor_app.domain.fulfilment import Compared
from assessor_app.domain.institutions import name_key
from assessor_app.domain.instrument import Band, Indicator, Instrument, NotAssessable, Side
from assessor_app.domain.observation import WHOLE_UNIT
from assessor_app.domain.problem import RecordRefused
from assessor_app.domain.scoring import Basis, band_between, counted, published, rule_on
from assessor_app.services.table_file import (
    Columns,
    Row,
    RowFault,
    Table,
    read_table,
    refuse_faults,
)

COLUMNS: Columns = {
    "unit": ("nama unit", "unit layanan", "opd", "nama opd", "nama"),
    "indicator": ("indikator", "kode", "kode indikator", "code"),
    "paperwork": ("di atas kertas", "kertas", "dokumen", "paper"),
    "practice": ("dalam praktik", "praktik", "nyata"),
}
"""The columns of a table of answers; an empty side was not answered.

Conditions between questions are not followed: what was not asked stands as not applicable, and of
constraints only those are checked that look at the answer alone.
"""

NOT_APPLICABLE = ("n/a", "na", "tidak berlaku", "not applicable")
NOT_ASSESSED = ("tidak dapat dinilai", "not assessed")
MOST_ROWS = 400_000
"""A round of seven thousand units with forty indicators each."""

_NOTHING = Decimal(0)


@dataclass(frozen=True, slots=True)
class UnitResult:
    """The score of one unit as published, in points; `measured` of the maximum were answered.

    `band` is None while what was not measured could still change it.
    """

    unit: str
    score: Decimal
    measured: Decimal
    band: Band | None


class _Mark(Enum):
    """What a cell says instead of an answer."""

    NOT_APPLICABLE = "not_applicable"
    NOT_ASSESSED = "not_assessed"


@dataclass(frozen=True, slots=True)
class _Counted:
    """What the cells of a row come to; a `share` of None leaves the denominator."""

    measured: bool
    share: Decimal | None = None


_Known = dict[tuple[str, str | None, str | None], _Counted | RecordRefused]


def score_file(path: Path, instrument: Instrument) -> tuple[UnitResult, ...]:
    """Each unit's score from its rows, in the order of the file.

    A unit is the same however its name is spaced or capitalised. Raises ResultsRefused with every
    fault of every row, and RecordRefused `instrument_unweighted`.
    """
    table = read_table(path, COLUMNS, required=("unit", "indicator"), most_rows=MOST_ROWS)
    indicators = {one.code.casefold(): one for one in instrument.indicators()}
    faults = list(table.faults)
    units = _units(table)
    rows: list[bulk.Row] = []
    seen: dict[tuple[str, str], int] = {}
    known: _Known = {}
    for row in table.rows:
        wrong = _fault(table, row, indicators, units=units, seen=seen)
        if wrong is not None:
            faults.append(wrong)
            continue
        indicator = indicators[row.cells["indicator"].casefold()]
        found = _counted_row(row, indicator, instrument, known=known)
        if isinstance(found, RecordRefused):
            faults.append(RowFault(row.number, None, found.code, found.places))
        elif found.measured:
            rows.append((units[row.cells["unit"]], indicator.code, found.share))
    refuse_faults(faults, path.name)
    points = bulk.score_rows(rows, instrument)
    unmeasured = bulk.UnitPoints(_NOTHING, _NOTHING)
    return tuple(
        _result(unit, points.get(unit, unmeasured), instrument)
        for unit in dict.fromkeys(units.values())
    )


def _units(table: Table) -> Mapping[str, str]:
    """Each unit by every spelling of it, as it is spelled first."""
    spelled = dict.fromkeys(row.cells["unit"] for row in table.rows if "unit" in row.cells)
    first: dict[str, str] = {}
    return {name: first.setdefault(name_key(name), name) for name in spelled}


def _result(unit: str, found: bulk.UnitPoints, instrument: Instrument) -> UnitResult:
    most = found.points + instrument.maximum - found.measured
    band = band_between(instrument, found.points, most) if found.measured else None
    return UnitResult(unit, published(found.points), published(found.measured), band)


def _fault(
    table: Table,
    row: Row,
    indicators: Mapping[str, Indicator],
    *,
    units: Mapping[str, str],
    seen: dict[tuple[str, str], int],
) -> RowFault | None:
    for name in ("unit", "indicator"):
        if name not in row.cells:
            return table.fault(row, name, "cell_missing")
    unit, code = row.cells["unit"], row.cells["indicator"]
    if code.casefold() not in indicators:
        known = ", ".join(one.code for one in indicators.values())
        return table.fault(row, "indicator", "cell_indicator_unknown", value=code, known=known)
    first = seen.setdefault((units[unit], code.casefold()), row.number)
    if first != row.number:
        return table.fault(row, "indicator", "cell_indicator_twice", value=code, first=first)
    return None


def _counted_row(
    row: Row, indicator: Indicator, instrument: Instrument, *, known: _Known
) -> _Counted | RecordRefused:
    """What a row counts, or why it is refused; worked out once for all rows that say the same."""
    key = (indicator.code, row.cells.get("paperwork"), row.cells.get("practice"))
    if key not in known:
        try:
            known[key] = _counted(row, indicator, instrument)
        except RecordRefused as refused:
            known[key] = refused
    return known[key]


def _counted(row: Row, indicator: Indicator, instrument: Instrument) -> _Counted:
    told = {side: row.cells[side] for side in Side if side in row.cells}
    marks = {side: mark for side, text in told.items() if (mark := _mark(text)) is not None}
    # A mark on a side that the indicator does not have says nothing of the other one.
    marked = {side: mark for side, mark in marks.items() if side in indicator.sides}
    if _Mark.NOT_APPLICABLE in marked.values():
        if not indicator.may_not_apply:
            raise RecordRefused("cell_always_applies", indicator=indicator.code)
        return _Counted(measured=True)
    answers = {
        side: _accepted(indicator, side, text) for side, text in told.items() if side not in marks
    }
    rule = rule_on(indicator, Basis.OFFICIAL)
    if rule is None or not indicator.weight:
        return _Counted(measured=False)
    one = _compared(indicator, answers)
    share = counted(one, rule)
    if share is not None:
        return _Counted(measured=True, share=share)
    # Whether it would count, had but those sides been measured that could not be assessed.
    assessed = replace(
        one,
        paper=_NOTHING if Side.PAPERWORK in marked else one.paper,
        practice=_NOTHING if Side.PRACTICE in marked else one.practice,
    )
    unassessable = counted(assessed, rule) is not None
    return _not_assessed(instrument.not_assessable) if unassessable else _Counted(measured=False)


def _not_assessed(rule: NotAssessable) -> _Counted:
    match rule:
        case NotAssessable.OPEN:
            return _Counted(measured=False)
        case NotAssessable.ZERO:
            return _Counted(measured=True, share=_NOTHING)
        case NotAssessable.LEAVE_OUT:
            return _Counted(measured=True)
        case _:
            assert_never(rule)


def _mark(text: str) -> _Mark | None:
    plain = name_key(text)
    if plain in NOT_APPLICABLE:
        return _Mark.NOT_APPLICABLE
    return _Mark.NOT_ASSESSED if plain in NOT_ASSESSED else None


def _accepted(indicator: Indicator, side: Side, text: str) -> str:
    """The answer as it is written down. Raises RecordRefused, also for one that is not allowed."""
    answer, constraint = indicator.accepts(side, text), indicator.constraint
    if constraint is None or not constraint.names <= {indicator.code}:
        return answer
    if constraint.holds({indicator.code: answer}, own=answer):
        return answer
    reason = indicator.constraint_message
    if reason is not None:
        raise RecordRefused(
            "cell_unfit_because", indicator=indicator.code, answer=answer, reason=reason
        )
    raise RecordRefused(
        "cell_unfit",
        indicator=indicator.code,
        answer=answer,
        constraint=constraint.expression,
    )


def _compared(indicator: Indicator, answers: Mapping[Side, str]) -> Compared:
    paper, practice = answers.get(Side.PAPERWORK), answers.get(Side.PRACTICE)
    return Compared(
        indicator,
        WHOLE_UNIT,
        paper=indicator.fulfilment(Side.PAPERWORK, paper) if paper else None,
        practice=indicator.fulfilment(Side.PRACTICE, practice, promised=paper)
        if practice
        else None,
        gap=None,
        keys=(),
    )
