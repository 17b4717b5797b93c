"""The rows of the first sheet of a workbook, each cell as the text that it shows."""

import io
import re
import struct
import warnings
import zipfile
import zlib
from collections.abc import Iterator, Sequence
from typing import Any
from xml.etree.ElementTree import ParseError

from assessor_app.domain.problem import InstrumentFault, ResultsRefused
from assessor_app.instruments.xlsform.extent import last_filled_row
from assessor_app.instruments.xlsform.package import Limits, check_package

MOST_COLUMNS = 200
_BYTES_OF_A_ROW = 500  # ten cells, unpacked
_MARKS_OF_A_ROW = 40
_ROWS_OF_ANY = 10_000
_MOST_STRINGS = 150_000

_FORMULA = re.compile(rb"<(?:[^\s<>/:]+:)?f[\s/>]")
# What openpyxl and the standard library raise over a broken workbook; it checks little itself.
_BROKEN = (
    *(zipfile.BadZipFile, zlib.error, struct.error, ParseError),
    *(AttributeError, EOFError, LookupError, OSError, RuntimeError, TypeError, ValueError),
    *(ArithmeticError, NotImplementedError),
)


def workbook_rows(content: bytes, file: str, most_rows: int) -> list[tuple[int, list[str]]]:
    """The rows with their numbers, from 1.

    Raises ResultsRefused `workbook_…` for a workbook that no reader should open, and `table_…` for
    one that is broken, too long or was never computed.
    """
    rows = max(most_rows, _ROWS_OF_ANY)
    limits = Limits(_BYTES_OF_A_ROW * rows, _MARKS_OF_A_ROW * rows, _MOST_STRINGS)
    try:
        check_package(content, file, limits=limits)
        with warnings.catch_warnings():
            # openpyxl warns of looks that it cannot keep; only values are read here.
            warnings.simplefilter("ignore")
            return list(_sheet_rows(content, file, most_rows))
    except InstrumentFault as fault:
        raise ResultsRefused(fault.code, **fault.places) from fault
    except _BROKEN as error:
        cause = f"{type(error).__name__}: {error}"
        raise ResultsRefused("table_no_workbook", file=file, cause=cause) from error


def _sheet_rows(content: bytes, file: str, most_rows: int) -> Iterator[tuple[int, list[str]]]:
    sheet = _first_sheet(content, computed=True)
    part = sheet._worksheet_path  # noqa: SLF001 - openpyxl tells nowhere else which part it is
    with zipfile.ZipFile(io.BytesIO(content)) as package:
        xml = package.read(part)
    last = last_filled_row(xml)
    if last > most_rows:
        raise ResultsRefused("table_too_long", file=file, rows=most_rows)
    if _FORMULA.search(xml):
        _require_computed(
            _rows(sheet, last), _rows(_first_sheet(content, computed=False), last), file
        )
    for number, row in enumerate(_rows(sheet, last), start=1):
        cells = [_cell_text(value) for value in row]
        while cells and not cells[-1]:  # a sheet is as wide as its widest row
            cells.pop()
        yield number, cells


def _first_sheet(content: bytes, *, computed: bool) -> Any:
    """The sheet as openpyxl reads it; its stubs do not fit what it reads without loading."""
    import openpyxl

    book = openpyxl.load_workbook(io.BytesIO(content), read_only=True, data_only=computed)
    sheet: Any = book.worksheets[0]
    sheet.reset_dimensions()  # a sheet may claim any size
    return sheet


def _rows(sheet: Any, last: int) -> Iterator[Sequence[object]]:
    if last:
        yield from sheet.iter_rows(max_row=last, max_col=MOST_COLUMNS, values_only=True)


def _require_computed(
    shown: Iterator[Sequence[object]], written: Iterator[Sequence[object]], file: str
) -> None:
    """Refuse a formula that was never computed, for it looks empty."""
    for number, (row, source) in enumerate(zip(shown, written, strict=True), start=1):
        for value, formula in zip(row, source, strict=True):
            if value is None and formula is not None:
                raise ResultsRefused("table_not_computed", file=file, row=number)


def _cell_text(value: object) -> str:
    match value:
        case None:
            return ""
        case bool():
            return "1" if value else "0"
        case float():
            return f"{value:.15g}"  # what a spreadsheet itself shows of a number
        case _:
            return str(value)
