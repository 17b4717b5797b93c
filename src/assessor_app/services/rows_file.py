"""The answers of many units from a CSV or XLSX file, a row an indicator, scored at once."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path

from assessor_app.domain import bulk
from assessor_app.domain.fulfilment import Compared
from assessor_app.domain.instrument import Band, Indicator, Instrument, Side
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
"""The columns of a table of answers; an empty side was not assessed.

Conditions between questions are not followed: what was not asked stands as not applicable.
"""

NOT_APPLICABLE = ("n/a", "na", "tidak berlaku", "not applicable")


@dataclass(frozen=True, slots=True)
class UnitResult:
    """The score of one unit as published, in points; `measured` of the maximum were answered.

    `band` is None while what was not measured could still change it.
    """

    unit: str
    score: Decimal
    measured: Decimal
    band: Band | None


def score_file(path: Path, instrument: Instrument) -> tuple[UnitResult, ...]:
    """Each unit's score from its rows, in the order of the file.

    Raises ResultsRefused with every fault of every row, and RecordRefused
    `instrument_unweighted`.
    """
    table = read_table(path, COLUMNS, required=("unit", "indicator"))
    indicators = {one.code.casefold(): one for one in instrument.indicators()}
    faults = list(table.faults)
    rows: list[bulk.Row] = []
    seen: dict[tuple[str, str], int] = {}
    for row in table.rows:
        wrong = _fault(table, row, indicators, seen)
        if wrong is not None:
            faults.append(wrong)
            continue
        try:
            rows += _row(row, indicators[row.cells["indicator"].casefold()])
        except RecordRefused as refused:
            faults.append(RowFault(row.number, None, refused.code, refused.places))
    refuse_faults(faults, path.name)
    found = bulk.score_rows(rows, instrument)
    unmeasured = bulk.UnitPoints(Decimal(0), Decimal(0))
    units = dict.fromkeys(row.cells["unit"] for row in table.rows)
    return tuple(_result(unit, found.get(unit, unmeasured), instrument) for unit in units)


def _result(unit: str, found: bulk.UnitPoints, instrument: Instrument) -> UnitResult:
    most = found.points + instrument.maximum - found.measured
    band = band_between(instrument, found.points, most) if found.measured else None
    return UnitResult(unit, published(found.points), published(found.measured), band)


def _fault(
    table: Table,
    row: Row,
    indicators: Mapping[str, Indicator],
    seen: dict[tuple[str, str], int],
) -> RowFault | None:
    for name in ("unit", "indicator"):
        if name not in row.cells:
            return table.fault(row, name, "cell_missing")
    unit, code = row.cells["unit"], row.cells["indicator"]
    if code.casefold() not in indicators:
        known = ", ".join(one.code for one in indicators.values())
        return table.fault(row, "indicator", "cell_indicator_unknown", value=code, known=known)
    first = seen.setdefault((unit, code.casefold()), row.number)
    if first != row.number:
        return table.fault(row, "indicator", "cell_indicator_twice", value=code, first=first)
    return None


def _row(row: Row, indicator: Indicator) -> list[bulk.Row]:
    """What a row counts; nothing where the side that counts was not assessed."""
    told = {side: row.cells[side] for side in Side if side in row.cells}
    if any(text.casefold() in NOT_APPLICABLE for text in told.values()):
        return [(row.cells["unit"], indicator.code, None)]
    answers = {side: indicator.accepts(side, text) for side, text in told.items()}
    paper, practice = answers.get(Side.PAPERWORK), answers.get(Side.PRACTICE)
    one = Compared(
        indicator,
        WHOLE_UNIT,
        paper=indicator.fulfilment(Side.PAPERWORK, paper) if paper else None,
        practice=indicator.fulfilment(Side.PRACTICE, practice, promised=paper)
        if practice
        else None,
        gap=None,
        keys=(),
    )
    rule = rule_on(indicator, Basis.OFFICIAL)
    share = counted(one, rule) if rule is not None and indicator.weight else None
    return [] if share is None else [(row.cells["unit"], indicator.code, share)]
