"""An instrument form as a workbook that Excel, XLSForm tools and our own import read."""

import io
from collections.abc import Iterator, Sequence
from decimal import Decimal

from openpyxl import Workbook
from openpyxl.cell import Cell as SheetCell
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.worksheet import Worksheet

from assessor_app.domain.problem import InstrumentFault
from assessor_app.instruments.schema import InstrumentForm
from assessor_app.instruments.xlsform.cells import Cell, Row
from assessor_app.instruments.xlsform.columns import (
    CHOICES,
    SCALES,
    SETTINGS,
    SHARED_WEIGHTS,
    SHEETS,
    SOURCES,
    SURVEY,
)
from assessor_app.instruments.xlsform.rows import rows_of
from assessor_app.instruments.xlsform.sheet import NO, YES, Column, Holds, Sheet, heading
from assessor_app.texts import Language, say

_LONGEST_CELL = 32_767  # characters; Excel cuts off what is longer
_ROOM_TO_GROW = 200  # rows below the last one in which the lists of allowed values still help

_KNOWN_TO_ALL = PatternFill("solid", fgColor="DDEBF7")
_OURS = PatternFill("solid", fgColor="E2EFDA")
_BOLD = Font(bold=True)
_WRAPPED = Alignment(wrap_text=True, vertical="top")
_WIDTHS = {Holds.TEXT: 44, Holds.LINES: 44, Holds.NAME: 18, Holds.NAMES: 20}
_NARROW = 12  # characters
_READ_ME_WIDTHS = (18, 24, 64, 64)

_NEEDED = (SURVEY, CHOICES, SETTINGS)
_REFERRED = {"scale": SCALES, "shares": SHARED_WEIGHTS}


def write_workbook(form: InstrumentForm) -> bytes:
    """The workbook of a form; reading it gives the same form again.

    Raises InstrumentFault `workbook_without_questions` for a form that knows bounds only, and
    `workbook_cell_long` where a text is longer than Excel keeps.
    """
    if not form.dimensions:
        raise InstrumentFault("workbook_without_questions", instrument=f"{form.id}@{form.version}")
    book = Workbook()
    book.remove(book.worksheets[0])
    _read_me(book.create_sheet(say(Language.INDONESIAN, "workbook.read_me.name")))
    found = {sheet: rows for sheet, rows in rows_of(form).items() if rows or sheet in _NEEDED}
    for sheet, rows in found.items():
        page = book.create_sheet(sheet.name)
        columns = list(_columns(sheet, rows))
        _fill(page, sheet, columns, rows)
        _guide(page, columns, rows=len(rows), sheets=frozenset(found))
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


Heading = tuple[Column, Language | None]


def _columns(sheet: Sheet, rows: Sequence[Row]) -> Iterator[Heading]:
    """XLSForm's own columns, and of ours those in which something stands."""
    used = {name for row in rows for name in row}
    for place, column in enumerate(sheet.columns):
        known = [(column, language) for language in (Language if column.translated else (None,))]
        if place < sheet.standard or any(heading(*one) in used for one in known):
            yield from known


def _fill(page: Worksheet, sheet: Sheet, columns: Sequence[Heading], rows: Sequence[Row]) -> None:
    standard = sheet.columns[: sheet.standard]
    for place, (column, language) in enumerate(columns, start=1):
        top = _put(page, heading(column, language), row=1, column=place)
        top.font, top.alignment = _BOLD, _WRAPPED
        top.fill = _KNOWN_TO_ALL if column in standard else _OURS
        width = max(_WIDTHS.get(column.holds, _NARROW), len(column.name) + 2)
        page.column_dimensions[get_column_letter(place)].width = width
        for number, row in enumerate(rows, start=2):
            value = row.get(heading(column, language))
            if value is not None:
                _put(page, value, row=number, column=place).alignment = _WRAPPED
    page.freeze_panes = "C2" if sheet is SURVEY else "A2"


def _put(page: Worksheet, value: Cell, *, row: int, column: int) -> SheetCell:
    """A value as itself: a text that begins with `=` is no formula, and `#N/A` is no error."""
    cell = page.cell(row, column)
    if not isinstance(cell, SheetCell):
        raise TypeError(cell)  # merged, which none of ours is
    match value:
        case Decimal() if Decimal(f"{value:.16g}") == value:
            cell.value = value
        case int():
            cell.value = value
        case _:  # a number with more digits than a spreadsheet's has to be text as well
            text = str(value)
            if len(text) > _LONGEST_CELL:
                raise InstrumentFault(
                    "workbook_cell_long",
                    sheet=page.title,
                    cell=cell.coordinate,
                    length=len(text),
                    limit=_LONGEST_CELL,
                )
            cell.value = text
            cell.data_type = "s"
            # So that it stays a text when the author enters the cell and leaves it again.
            cell.quotePrefix = text.startswith(("=", "+", "-", "@", "#"))
    return cell


def _guide(
    page: Worksheet, columns: Sequence[Heading], *, rows: int, sheets: frozenset[Sheet]
) -> None:
    """Lists to choose from, where only some values are allowed."""
    for place, (column, _) in enumerate(columns, start=1):
        allowed = _allowed(column, sheets)
        if allowed is not None:
            rule = DataValidation(type="list", formula1=allowed, allow_blank=True)
            rule.showErrorMessage = True
            letter = get_column_letter(place)
            rule.add(f"{letter}2:{letter}{1 + rows + _ROOM_TO_GROW}")
            page.add_data_validation(rule)


def _allowed(column: Column, sheets: frozenset[Sheet]) -> str | None:
    """What a cell of the column may hold, as Excel wants to be told; None where it is free."""
    if column.holds is Holds.TRUTH:
        return f'"{YES},{NO}"'
    if column.allowed and column.holds is Holds.NAME:
        return f'"{",".join(column.allowed)}"'
    is_source = column.name == "source" or column.name.endswith("_source")
    referred = SOURCES if is_source else _REFERRED.get(column.name)
    return f"{referred.name}!$A$2:$A${1 + _ROOM_TO_GROW}" if referred in sheets else None


def _read_me(page: Worksheet) -> None:
    """What every sheet and column is for, in both languages."""
    for name in ("lead", "colours", "languages", "sides"):
        page.append(["", "", *_told(f"read_me.{name}")])
    page.append([])
    page.append([" / ".join(_told(f"read_me.{name}")) for name in ("sheet", "column")])
    head = page.max_row
    for place, text in enumerate(_told("read_me.text"), start=3):
        page.cell(head, place).value = text
    for cell in page[head]:
        cell.font, cell.fill = _BOLD, _OURS
    for sheet in SHEETS:
        page.append([sheet.name, "", *_told(f"sheet.{sheet.name}")])
        page.cell(page.max_row, 1).font = _BOLD
        for column in sheet.columns:
            page.append(["", column.name, *_told(f"column.{sheet.name}.{column.name}")])
    for place, width in enumerate(_READ_ME_WIDTHS, start=1):
        page.column_dimensions[get_column_letter(place)].width = width
    for row in page.iter_rows():
        for cell in row:
            cell.alignment = _WRAPPED


def _told(name: str) -> tuple[str, ...]:
    return tuple(say(language, f"workbook.{name}") for language in Language)
