"""One row of a sheet: its cells by heading, none of them empty."""

from collections.abc import Mapping, Sequence
from decimal import Decimal

from assessor_app.instruments.schema import WordingForm
from assessor_app.instruments.xlsform.sheet import NO, YES, Sheet, heading, joined_lines
from assessor_app.texts import Language

Cell = str | int | Decimal
Row = Mapping[str, Cell]


def filled(**cells: Cell | None) -> dict[str, Cell]:
    """The cells that hold something; names, numbers and empty lists come as they are in a form."""
    return {name: cell for name, cell in cells.items() if cell is not None and cell != ""}


def texts(sheet: Sheet, name: str, wording: WordingForm | None) -> dict[str, Cell]:
    """A text in the column of each language; no cells where there is none."""
    if wording is None:
        return {}
    indonesian, english = _headings(sheet, name)
    return {indonesian: wording.id, english: wording.en}


def lines(sheet: Sheet, name: str, wordings: Sequence[WordingForm]) -> dict[str, Cell]:
    """Several texts in the column of each language, one a line."""
    if not wordings:
        return {}
    indonesian, english = _headings(sheet, name)
    return {
        indonesian: joined_lines(one.id for one in wordings),
        english: joined_lines(one.en for one in wordings),
    }


def truth(*, held: bool) -> str:
    return YES if held else NO


def _headings(sheet: Sheet, name: str) -> tuple[str, str]:
    column = sheet.column(name)
    if column is None:
        raise KeyError(name)
    return heading(column, Language.INDONESIAN), heading(column, Language.ENGLISH)
