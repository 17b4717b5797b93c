"""A workbook as plain sheets of values, each of which knows its cell; nothing in it is computed."""

import hashlib
import re
import warnings
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from io import BytesIO
from pathlib import Path
from typing import IO, Any, NoReturn, TypeAlias
from xml.etree.ElementTree import Element
from zipfile import BadZipFile, ZipFile

from defusedxml.ElementTree import iterparse
from openpyxl import load_workbook
from openpyxl.utils import get_column_letter
from openpyxl.utils.cell import coordinate_to_tuple
from openpyxl.utils.exceptions import InvalidFileException

from assessor_app.domain.problem import InstrumentFault
from assessor_app.instruments.faults import Cell
from assessor_app.instruments.xlsform.extent import last_filled_row
from assessor_app.instruments.xlsform.package import read_package

MOST_ROWS = 10_000
MOST_COLUMNS = 250
_MOST_SHEETS = 100

_NAMESPACE = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
_WORTH_A_LOOK = re.compile(rb"""<(?:\w+:)?(?:f[\s/>]|mergeCell\s)|\st=["']e["']""")
# A value with a minus, or with anything that could write one in another way.
_PERHAPS_NEGATIVE = re.compile(rb"<(?:[^\s<>/:]+:)?v(?:\s[^<>]*)?>[^<]*(?:[-&]|<!)")
# What openpyxl lets out of a damaged workbook; it promises no error of its own.
_DAMAGE = (
    ArithmeticError,
    AttributeError,
    AssertionError,
    BadZipFile,
    EOFError,
    InvalidFileException,
    LookupError,
    OSError,
    RuntimeError,
    SyntaxError,  # what XML raises
    TypeError,
    ValueError,
)


@dataclass(frozen=True, slots=True)
class Odd:
    """A cell that says nothing certain: an error, a date, a formula that was never computed."""

    why: str
    value: str


Value: TypeAlias = str | bool | Odd | None


@dataclass(frozen=True, slots=True)
class RawRow:
    """One row that is not empty; `values` begin with column A, numbers as they are shown."""

    number: int
    values: tuple[Value, ...]


@dataclass(frozen=True, slots=True)
class RawSheet:
    """A sheet as it stands; `name` is as the author wrote it, `number` its place in the book."""

    name: str
    number: int
    rows: tuple[RawRow, ...]
    merged: tuple[str, ...] = ()  # ranges such as A1:B2

    def cell(self, row: int | None = None, column: int | None = None) -> Cell:
        letter = None if column is None else get_column_letter(column)
        return Cell(self.name, row, letter, self.number, column or 0)


@dataclass(frozen=True, slots=True)
class Book:
    """A workbook; the wanted `sheets` by their names in lower case, and the names of the others."""

    file: str
    digest: str  # SHA-256 of the file, hex
    sheets: Mapping[str, RawSheet]
    others: tuple[str, ...]
    twice: tuple[str, ...]


def read_book(path: Path, *, wanted: Collection[str]) -> Book:
    """Read the wanted sheets of a workbook, hidden ones and hidden rows as well.

    Raises InstrumentFault `workbook_…` for a file that cannot be read as a workbook at all.
    """
    content = read_package(path)
    digest = hashlib.sha256(content).hexdigest()
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # of decorations that openpyxl leaves out
            return _read(content, str(path), digest=digest, wanted=wanted)
    except _DAMAGE as error:
        raise InstrumentFault("workbook_damaged", file=str(path)) from error


def _read(content: bytes, file: str, *, digest: str, wanted: Collection[str]) -> Book:
    sheets: dict[str, RawSheet] = {}
    others, twice = [], []
    book = load_workbook(BytesIO(content), read_only=True, data_only=True, keep_links=False)
    try:
        if len(book.sheetnames) > _MOST_SHEETS:
            raise InstrumentFault("workbook_many_sheets", file=file, limit=_MOST_SHEETS)
        with ZipFile(BytesIO(content)) as package:
            for number, sheet in enumerate(book.worksheets):
                key = str(sheet.title).strip().casefold()
                if key not in wanted:
                    others.append(str(sheet.title))
                elif key in sheets:
                    twice.append(str(sheet.title))
                else:
                    sheets[key] = _Reader(file, package).sheet(sheet, number)
    finally:
        book.close()
    return Book(file, digest, sheets, tuple(others), tuple(twice))


class _Reader:
    """Reads one sheet of a workbook."""

    def __init__(self, file: str, package: ZipFile) -> None:
        self._file = file
        self._package = package
        self._merged: list[str] = []
        self._odd: dict[int, dict[int, Odd]] = {}

    def sheet(self, sheet: Any, number: int) -> RawSheet:
        """The sheet as openpyxl reads it; its stubs do not fit what it reads without loading."""
        name = str(sheet.title)
        part = str(sheet._worksheet_path)  # noqa: SLF001 - openpyxl tells it nowhere else
        content = self._package.read(part)
        last = last_filled_row(content)
        if last > MOST_ROWS:
            self._refuse("rows", sheet=name, limit=MOST_ROWS)
        if _WORTH_A_LOOK.search(content) or _PERHAPS_NEGATIVE.search(content):
            self._look(BytesIO(content))
        # A sheet may claim any size, and its empty cells would be made one by one.
        sheet.reset_dimensions()
        return RawSheet(name, number, tuple(self._rows(sheet, name, last)), tuple(self._merged))

    def _rows(self, sheet: Any, name: str, last: int) -> Iterator[RawRow]:
        """The rows up to the last that holds anything; below it are but looks."""
        if not last:
            return
        rows = sheet.iter_rows(max_col=MOST_COLUMNS + 1, max_row=last, values_only=True)
        for number, cells in enumerate(rows, start=1):
            width = len(cells)
            while width and cells[width - 1] is None:  # each row is as wide as the widest may be
                width -= 1
            values = [_value(cell) for cell in cells[:width]]
            for column, odd in self._odd.get(number, {}).items():
                values.extend([None] * (column - len(values)))
                values[column - 1] = odd
            while values and values[-1] is None:
                values.pop()
            if not values:
                continue
            if len(values) > MOST_COLUMNS:
                self._refuse("columns", sheet=name, limit=MOST_COLUMNS)
            yield RawRow(number, tuple(values))

    def _look(self, stream: IO[bytes]) -> None:
        """Find merged cells, errors, formulas never computed, and texts that are not there.

        Raises LookupError for a cell that claims a text before the first of the workbook: Python
        would count it from the last.
        """
        number = 0
        for _, element in iterparse(stream, forbid_dtd=True):
            if element.tag == f"{_NAMESPACE}mergeCell":
                self._merged.append(element.get("ref", "?"))
            elif element.tag == f"{_NAMESPACE}row":
                number = int(element.get("r") or number + 1)
                self._odd[number] = dict(_odd_cells(element))
                element.clear()

    def _refuse(self, why: str, /, **places: object) -> NoReturn:
        raise InstrumentFault(f"workbook_many_{why}", file=self._file, **places)


def _odd_cells(row: Element) -> Iterator[tuple[int, Odd]]:
    """The odd cells of a row with their columns, which some programs leave to be counted."""
    column = 0
    for cell in row:
        at = cell.get("r")
        column = coordinate_to_tuple(at)[1] if at else column + 1
        odd = _odd(cell)
        if odd is not None and column <= MOST_COLUMNS:
            yield column, odd


def _odd(cell: Element) -> Odd | None:
    """What is odd about a cell that only its XML tells: `#REF!` may as well have been typed."""
    formula = cell.find(f"{_NAMESPACE}f")
    value = cell.findtext(f"{_NAMESPACE}v")
    if cell.get("t") == "s" and (value or "").strip().startswith("-"):
        raise LookupError(value)
    if cell.get("t") == "e":
        return Odd("error", value or "?")
    # A formula whose result is an empty text says so by its type.
    if formula is not None and not value and cell.get("t") != "str":
        return Odd("formula", f"={formula.text or ''}")
    return None


def _value(value: object) -> Value:
    match value:
        case None | bool():
            return value
        case str():
            return value.replace("_x000D_", "").replace("\r\n", "\n").strip() or None
        case int() | float():
            return number_text(value)
        case datetime() | date() | time() | timedelta():
            return Odd("date", str(value))
        case _:
            return str(value)


def number_text(number: float) -> str:
    """A number with the fifteen digits that Excel keeps, without an exponent."""
    if isinstance(number, int):
        return str(number)
    exact = Decimal(f"{number:.15g}")
    return f"{exact.normalize():f}" if exact.is_finite() else str(number)
