"""A table from a CSV or XLSX file: rows by named columns, and where each fault of them lies."""

import csv
import io
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from assessor_app.domain.problem import RecordRefused, ResultsRefused
from assessor_app.domain.wording import Wording
from assessor_app.services.entries import clean_text
from assessor_app.services.objections import in_language
from assessor_app.services.table_workbook import workbook_rows
from assessor_app.texts import Language, say

LARGEST_FILE = 20 * 1024 * 1024
"""Bytes; a line of results takes some hundred."""
MOST_ROWS = 100_000

_ZIP, _OLD_OFFICE = b"PK\x03\x04", b"\xd0\xcf\x11\xe0"
_SEPARATORS = (",", ";", "\t")
_SHOWN = 60
_CELL_FAULTS = {"text_too_long": "cell_too_long", "text_unprintable": "cell_unprintable"}
"""What a cell's text is refused for, in words that fit where the whole table is refused."""

Columns = Mapping[str, tuple[str, ...]]
"""Columns by the name we use, with what people call them."""


@dataclass(frozen=True, slots=True)
class RowFault:
    """What is wrong in one row; `column` as it is called in the file, None for the whole row."""

    row: int
    column: str | None
    code: str
    places: Mapping[str, object]

    def told(self, language: Language) -> str:
        told = {
            name: in_language(place, language) if isinstance(place, Wording) else place
            for name, place in self.places.items()
        }
        sentence = say(language, f"problems.{self.code}", **told)
        if self.column is None:
            return say(language, "problems.table_fault_in_row", row=self.row, sentence=sentence)
        places = {"row": self.row, "column": self.column, "sentence": sentence}
        return say(language, "problems.table_fault_in_column", **places)


@dataclass(frozen=True, slots=True)
class Row:
    """One row with its number in the file, from 1; cells that are empty are left out."""

    number: int
    cells: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Table:
    """What a file holds.

    `names` tells what the file calls each column that was asked for and is there; `ignored` are
    its other columns, which are told to the user, not dropped in silence.
    """

    names: Mapping[str, str]
    ignored: tuple[str, ...]
    rows: tuple[Row, ...]
    faults: tuple[RowFault, ...]

    def fault(self, row: Row, column: str, code: str, **places: object) -> RowFault:
        return RowFault(row.number, self.names.get(column, column), code, places)


def read_table(
    path: Path, columns: Columns, *, required: Sequence[str], most_rows: int | None = None
) -> Table:
    """The rows of a file under the columns that are asked for.

    A CSV may be separated by commas, semicolons or tabs; of a workbook the first sheet is read.
    `most_rows` lets a longer file in than `MOST_ROWS`, and as many more bytes. Raises
    ResultsRefused where the file is no table, or lacks a `required` column.
    """
    most = most_rows or MOST_ROWS
    content = _content(path, largest=LARGEST_FILE * most // MOST_ROWS)
    if content.startswith(_OLD_OFFICE):
        raise ResultsRefused("table_old_workbook", file=path.name)
    read = workbook_rows if content.startswith(_ZIP) else _text_rows
    lines = [
        (number, cells)
        for number, cells in read(content, path.name, most)
        if any(map(str.strip, cells))
    ]
    if not lines:
        raise ResultsRefused("table_empty", file=path.name)
    _, head = lines[0]
    if read is _text_rows and len(head) == 1:
        _require_separated(head[0], columns, required=required, file=path.name)
    places = _head(head, columns, required=required, file=path.name)
    rows, faults = _rows(lines[1:], head, places)
    known = set(places.values())
    return Table(
        names={name: head[place].strip() for name, place in places.items()},
        ignored=tuple(
            text.strip() for place, text in enumerate(head) if place not in known and text.strip()
        ),
        rows=rows,
        faults=faults,
    )


def refuse_faults(faults: Sequence[RowFault], file: str) -> None:
    """Raise ResultsRefused `table_faults` with all of them, in the order of rows, if any."""
    if faults:
        ordered = tuple(sorted(faults, key=lambda fault: fault.row))
        raise ResultsRefused("table_faults", file=file, count=len(ordered), faults=ordered)


def _content(path: Path, *, largest: int) -> bytes:
    try:
        if path.exists() and not path.is_file():  # a device may never end, a pipe never begin
            raise ResultsRefused("table_no_file", file=path)
        with path.open("rb") as stream:
            content = stream.read(largest + 1)
    except OSError as error:
        reason = error.strerror or type(error).__name__
        raise ResultsRefused("table_unreadable", file=path, reason=reason) from error
    if len(content) > largest:
        megabytes = largest // (1024 * 1024)
        raise ResultsRefused("table_too_large", file=path.name, megabytes=megabytes)
    return content


def _text_rows(content: bytes, file: str, most_rows: int) -> Iterator[tuple[int, list[str]]]:
    text = _text(content, file)
    first = next((line for line in text.splitlines() if line.strip()), "")
    separator = max(_SEPARATORS, key=lambda one: _outside_quotes(first).count(one))
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True)
    number = 1
    try:
        for cells in reader:
            yield number, cells
            number = reader.line_num + 1
            if number > most_rows:
                raise ResultsRefused("table_too_long", file=file, rows=most_rows)
    except csv.Error as error:
        raise ResultsRefused("table_not_csv", file=file, row=number, cause=str(error)) from error


def _text(content: bytes, file: str) -> str:
    wide = content.startswith((b"\xff\xfe", b"\xfe\xff"))  # as Excel saves "Unicode text"
    try:
        return content.decode("utf-16" if wide else "utf-8-sig")
    except UnicodeDecodeError as error:
        row = content.count(b"\n", 0, error.start) + 1
        raise ResultsRefused("table_not_utf8", file=file, row=row) from error


def _outside_quotes(line: str) -> str:
    return "".join(line.split('"')[::2])


def _require_separated(first: str, columns: Columns, *, required: Sequence[str], file: str) -> None:
    """Raise ResultsRefused where one column is all there is, and more are needed."""
    known = _head([first], columns, required=(), file=file)
    if any(name not in known for name in required):
        shown = first.strip() if len(first) <= _SHOWN else f"{first.strip()[:_SHOWN]}…"
        example = ",".join(required)
        raise ResultsRefused("table_not_separated", file=file, first=shown, example=example)


def _head(
    head: Sequence[str], columns: Columns, *, required: Sequence[str], file: str
) -> dict[str, int]:
    """Where each known column stands. Raises ResultsRefused where one stands twice or not."""
    called = {alias: name for name, aliases in columns.items() for alias in (name, *aliases)}
    places: dict[str, int] = {}
    for place, text in enumerate(head):
        name = called.get(" ".join(text.casefold().replace("_", " ").split()))
        name = name or called.get(text.casefold().strip())
        if name is None:
            continue
        if name in places:
            raise ResultsRefused("table_column_twice", file=file, column=text.strip())
        places[name] = place
    missing = [name for name in required if name not in places]
    if missing:
        listed, known = ", ".join(missing), ", ".join(columns)
        raise ResultsRefused("table_column_missing", file=file, missing=listed, columns=known)
    return places


def _rows(
    lines: Iterable[tuple[int, Sequence[str]]], head: Sequence[str], places: Mapping[str, int]
) -> tuple[tuple[Row, ...], tuple[RowFault, ...]]:
    """The rows whose cells are text, and what is wrong with the others."""
    rows: list[Row] = []
    faults: list[RowFault] = []
    clean: dict[str, str | None] = {}  # of three hundred thousand rows most cells say the same
    for number, cells in lines:
        if len(cells) > len(head):  # also by an empty cell: 62,17 may have been one number
            counted = {"cells": len(cells), "columns": len(head)}
            faults.append(RowFault(number, None, "table_row_too_wide", counted))
            continue
        found: dict[str, str] = {}
        wrong: list[RowFault] = []
        for name, place in places.items():
            given = cells[place] if place < len(cells) else ""
            if given not in clean:
                column = head[place].strip()
                try:
                    clean[given] = clean_text(given, column)
                except RecordRefused as refused:
                    wrong.append(
                        RowFault(number, column, _CELL_FAULTS[refused.code], refused.places)
                    )
                    continue
            text = clean[given]
            if text is not None:
                found[name] = text
        faults += wrong
        rows += [] if wrong else [Row(number, found)]
    return tuple(rows), tuple(faults)
