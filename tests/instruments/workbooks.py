"""Workbooks for the tests of the import, written with openpyxl as an author writes them."""

from collections.abc import Iterable, Sequence
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZipFile

import pytest
from openpyxl import Workbook

from assessor_app.domain.problem import InstrumentFault
from assessor_app.instruments.faults import Fault
from assessor_app.instruments.xlsform.reading import read_workbook

Rows = Sequence[Sequence[object]]

CHOICES: Rows = [
    ["list_name", "name", "label", "fulfilment"],
    ["ada", "present", "Ada", None],
    ["ada", "absent", "Tidak ada", None],
]
SETTINGS: Rows = [
    ["form_title", "form_id", "version", "year", "legal_basis"],
    ["Uji", "uji", "1", 2026, "Contoh"],
]


def workbook(path: Path, /, **sheets: Rows) -> Path:
    """A workbook of these sheets, the survey first, and of usual choices and settings."""
    book = Workbook()
    given = {"choices": CHOICES, "settings": SETTINGS} | sheets
    for name in sorted(given, key=lambda name: name != "survey"):
        page = book.create_sheet(name)
        for row in given[name]:
            page.append(list(row))
    book.remove(book.worksheets[0])
    book.save(path)
    return path


def survey(path: Path, /, *rows: Sequence[object], columns: Iterable[str] = ()) -> Path:
    """A workbook whose survey has type, name and label, and these columns beside them."""
    return workbook(path, survey=[["type", "name", "label", *columns], *rows])


def faults_of(path: Path) -> tuple[Fault, ...]:
    """What a workbook is refused for, cell by cell."""
    with pytest.raises(InstrumentFault) as refused:
        read_workbook(path)
    assert refused.value.code == "workbook_broken", refused.value
    found = refused.value.places["faults"]
    assert isinstance(found, tuple)
    assert refused.value.places["count"] == len(found) > 0
    return found


def rewrite(path: Path, part: str, old: str, new: str) -> None:
    """Change the XML of one part of a workbook, as another program would have written it."""
    with ZipFile(path) as package:
        parts = {name: package.read(name) for name in package.namelist()}
    assert old.encode() in parts[part]
    parts[part] = parts[part].replace(old.encode(), new.encode())
    with ZipFile(path, "w", ZIP_DEFLATED) as package:
        for name, content in parts.items():
            package.writestr(name, content)


def places(path: Path) -> list[tuple[str, str, int | None, str | None]]:
    """The faults of a workbook as code, sheet, row and heading."""
    return [
        (fault.code, fault.cell.sheet, fault.cell.row, fault.cell.column)
        for fault in faults_of(path)
        if fault.cell
    ]
