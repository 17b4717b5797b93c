"""Unit scores from a CSV or XLSX file, each row checked against the year's method."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from pathlib import Path

from assessor_app.domain.aggregation import (
    Agreement,
    DimensionDifference,
    UnitScore,
    dimension_difference,
    rounded,
)
from assessor_app.domain.institutions import (
    name_key,
    object_codes,
    vertical_code,
    vertical_objects,
)
from assessor_app.domain.instrument import Instrument
from assessor_app.services.table_file import (
    Columns,
    Row,
    RowFault,
    Table,
    read_table,
    refuse_faults,
)
from assessor_app.services.year_rules import known_maximum, may_be_thousands

COLUMNS: Columns = {
    "unit": ("nama unit", "unit layanan", "unit name", "opd", "nama opd", "name", "nama"),
    "score": ("nilai", "skor"),
    "products": ("produk", "jumlah produk", "produk layanan", "service products"),
    "object": ("objek", "jenis objek", "jenis", "object type"),
    "input": (),
    "proses": ("process",),
    "output": (),
    "pengaduan": ("complaints",),
}
"""The columns of a table of units; the last four hold published dimension points."""

REQUIRED = ("unit", "score")
_DIMENSIONS = ("input", "proses", "output", "pengaduan")
_NUMBER = re.compile(r"[0-9]{1,7}([.,][0-9]{1,30})?")
_BELOW_ZERO = re.compile(rf"-{_NUMBER.pattern}")
_WHOLE = re.compile(r"[0-9]{1,6}")


@dataclass(frozen=True, slots=True)
class UnitRow:
    """One unit; `difference` is None where not all dimension points were given.

    `given` is its score as the file has it: `unit` holds it half up to two decimals, as the method
    publishes the scores that an institution's is made of.
    """

    number: int
    given: Decimal
    unit: UnitScore
    difference: DimensionDifference | None


@dataclass(frozen=True, slots=True)
class Units:
    """The units of a file, and its columns that mean nothing to us."""

    rows: tuple[UnitRow, ...]
    ignored: tuple[str, ...]

    @property
    def odd(self) -> tuple[tuple[UnitRow, DimensionDifference], ...]:
        """The units whose dimension points do not add up to their score."""
        known = ((row, row.difference) for row in self.rows)
        return tuple(
            (row, one) for row, one in known if one and one.agreement is not Agreement.EQUAL
        )

    @property
    def rounded(self) -> tuple[UnitRow, ...]:
        """The units whose score had more decimals than are published."""
        return tuple(row for row in self.rows if row.given != row.unit.score)

    @property
    def scores(self) -> tuple[UnitScore, ...]:
        return tuple(row.unit for row in self.rows)


def read_units(path: Path, instrument: Instrument, *, kind: str | None = None) -> Units:
    """The units of a file. `kind` is the code of every unit whose row names no kind of office.

    A unit called Polres or Kantah is a vertical agency's office also where no column says so, and
    also where the year's method does not know that agency.
    Raises ResultsRefused, with every fault of every row at once.
    """
    table = read_table(path, COLUMNS, required=REQUIRED)
    faults = list(table.faults)
    rows: list[UnitRow] = []
    seen: dict[str, int] = {}
    for row in table.rows:
        wrong = [*_faults(table, row, instrument), *_twice(table, row, seen)]
        faults += wrong
        if not wrong:
            rows.append(_unit(row, instrument, kind))
    refuse_faults(faults, path.name)
    return Units(tuple(rows), table.ignored)


def exact(text: str) -> Decimal | None:
    """A number with a decimal comma or point; None where it is none."""
    return Decimal(text.replace(",", ".")) if _NUMBER.fullmatch(text) else None


def score_fault(text: str, maximum: Decimal | None) -> tuple[str, Mapping[str, object]] | None:
    """What is wrong with a score as it stands in a table: the sentence's code and places.

    `maximum` is None where it is not known. 1.000 is refused where scores go so high: it may mean
    a thousand, or one.
    """
    score = exact(text)
    if score is None:
        return _no_number(text), {"value": text}
    if maximum is None:
        return None
    if may_be_thousands(text, maximum):
        return "cell_score_ambiguous", {"value": text}
    if score > maximum:
        return "cell_score_too_high", {"value": text, "maximum": maximum}
    return None


def _no_number(text: str) -> str:
    return "cell_below_zero" if _BELOW_ZERO.fullmatch(text) else "cell_no_number"


def _faults(table: Table, row: Row, instrument: Instrument) -> Sequence[RowFault]:
    found: list[RowFault] = []
    missing = [name for name in REQUIRED if name not in row.cells]
    found += [table.fault(row, name, "cell_missing") for name in missing]
    wrong = score_fault(row.cells.get("score", "0"), known_maximum(instrument))
    if wrong is not None:
        found.append(table.fault(row, "score", wrong[0], **wrong[1]))
    products = row.cells.get("products", "1")
    if not _WHOLE.fullmatch(products) or int(products) < 1:
        found.append(table.fault(row, "products", "cell_no_count", value=products))
    for name in _DIMENSIONS:
        points = row.cells.get(name, "0")
        if exact(points) is None:
            found.append(table.fault(row, name, _no_number(points), value=points))
    given = row.cells.get("object")
    if given is not None and _object(given, instrument) is None:
        known = ", ".join(kind.code for kind in instrument.object_types)
        found.append(table.fault(row, "object", "cell_object_unknown", value=given, known=known))
    return found


def _twice(table: Table, row: Row, seen: dict[str, int]) -> Sequence[RowFault]:
    """A unit that stands twice would count twice."""
    name = row.cells.get("unit")
    first = seen.setdefault(name_key(name), row.number)
    if name is None or first == row.number:
        return ()
    return (table.fault(row, "unit", "cell_unit_twice", value=name, first=first),)


def _unit(row: Row, instrument: Instrument, kind: str | None) -> UnitRow:
    cells = row.cells
    given = cells.get("object")
    score = exact(cells["score"]) or Decimal(0)
    points = [exact(cells[name]) for name in _DIMENSIONS if name in cells]
    known = [one for one in points if one is not None]
    return UnitRow(
        number=row.number,
        given=score,
        unit=UnitScore(
            name=cells["unit"],
            score=rounded(Fraction(score)),
            products=int(cells["products"]) if "products" in cells else None,
            object_type=_object(given, instrument)
            if given
            else _known(vertical_objects(cells["unit"]), instrument) or kind,
        ),
        difference=dimension_difference(score, known) if len(known) == len(_DIMENSIONS) else None,
    )


def _object(name: str, instrument: Instrument) -> str | None:
    return _known(object_codes(name), instrument)


def _known(codes: Sequence[str], instrument: Instrument) -> str | None:
    """The first that the year knows; a vertical agency's own code also where none is known."""
    for code in codes:
        if instrument.object_type(code) is not None:
            return code
    return next((code for code in codes if vertical_code(code)), None)
