"""What each repair costs an office: given one by one, or as a table in a CSV or XLSX file."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from pathlib import Path

from assessor_app.domain.institutions import name_key
from assessor_app.domain.instrument import Instrument
from assessor_app.domain.problem import ImprovementRefused
from assessor_app.services.table_file import Row, RowFault, Table, read_table, refuse_faults

_EFFORT = re.compile(r"[0-9]{1,6}([.,][0-9]{1,3})?")
_COLUMNS = {
    "code": ("code", "kode", "indicator", "indikator"),
    "effort": ("effort", "upaya"),
    "unit": ("unit",),
}


@dataclass(frozen=True, slots=True)
class Efforts:
    """Efforts by unit (as `name_key` writes it; empty for all) and indicator; 1 elsewhere."""

    given: Mapping[tuple[str, str], Decimal] = field(default_factory=dict)

    def of_unit(self, unit: str) -> dict[str, Decimal]:
        """The efforts that hold in a unit, by indicator: its own before those for all."""
        wanted = ("", name_key(unit))
        found = sorted(self.given.items(), key=lambda one: one[0][0] != "")
        return {code: effort for (where, code), effort in found if where in wanted}

    def over(self, others: "Efforts") -> "Efforts":
        """Both; these where both have one."""
        return Efforts({**others.given, **self.given})

    def require_known(self, instrument: Instrument, units: Iterable[str]) -> None:
        """Raise ImprovementRefused where an effort is for an indicator or unit there is not."""
        codes = {one.code for one in instrument.indicators()}
        names = tuple(units)
        known = {"", *(name_key(name) for name in names)}
        for unit, code in self.given:
            if code not in codes:
                raise ImprovementRefused(
                    "effort_indicator_unknown", indicator=code, instrument=instrument.pin
                )
            if unit not in known:
                told = ", ".join(names)
                raise ImprovementRefused("effort_unit_unknown", unit=unit, units=told)


def efforts_from(given: Iterable[str]) -> Efforts:
    """Efforts as typed: `P15-06=3`, one indicator each; the last of several counts.

    Raises ImprovementRefused `effort_unreadable` or `effort_no_number`.
    """
    found: dict[tuple[str, str], Decimal] = {}
    for one in given:
        code, sign, text = (part.strip() for part in one.partition("="))
        if not (code and sign):
            raise ImprovementRefused("effort_unreadable", given=one)
        effort = _number(text)
        if effort is None:
            raise ImprovementRefused("effort_no_number", indicator=code, effort=text)
        found["", code] = effort
    return Efforts(found)


def efforts_of(given: Mapping[str, int]) -> Efforts:
    """Efforts for indicators, as they were chosen one by one."""
    return Efforts({("", code): Decimal(effort) for code, effort in given.items()})


def read_efforts(path: Path) -> Efforts:
    """Efforts from a file with the columns code, effort and, where they differ, unit.

    Raises ResultsRefused as `read_table` does, or `table_faults` with every row that cannot be
    used; nothing is taken then.
    """
    table = read_table(path, _COLUMNS, required=("code", "effort"))
    found: dict[tuple[str, str], Decimal] = {}
    faults = [*table.faults]
    for row in table.rows:
        fault = _take(row, table, found)
        if fault is not None:
            faults.append(fault)
    refuse_faults(faults, path.name)
    return Efforts(found)


def _take(row: Row, table: Table, found: dict[tuple[str, str], Decimal]) -> RowFault | None:
    """Take a row's effort, or say what is wrong with it."""
    code, text = row.cells.get("code", ""), row.cells.get("effort", "")
    if not code:
        return table.fault(row, "code", "effort_code_missing")
    effort = _number(text)
    if effort is None:
        return table.fault(row, "effort", "effort_no_number", indicator=code, effort=text)
    key = name_key(row.cells.get("unit")), code
    if key in found:
        return table.fault(row, "code", "effort_twice", indicator=code)
    found[key] = effort
    return None


def _number(text: str) -> Decimal | None:
    """An effort above 0; None for what is none."""
    if not _EFFORT.fullmatch(text.strip()):
        return None
    return Decimal(text.strip().replace(",", ".")) or None
