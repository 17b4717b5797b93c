"""docs/instruments.md does what it says: its example is a workbook, and no column is left out."""

import re
from decimal import Decimal
from pathlib import Path

import pytest
from openpyxl import Workbook
from tests.conftest import begin
from tests.visiting import answer

from assessor_app.domain.instrument import AnswerKind
from assessor_app.domain.scoring import Basis
from assessor_app.instruments.library import Library
from assessor_app.instruments.odk_functions import CLOCK, FUNCTIONS
from assessor_app.instruments.reading import check
from assessor_app.instruments.xlsform.columns import SHEETS
from assessor_app.services.enrolment import Workplace
from assessor_app.services.session import open_session
from assessor_app.services.workbooks import TakenOver, import_workbook
from assessor_app.texts import Language, say

GUIDE = Path(__file__).parents[2] / "docs" / "instruments.md"


def example() -> dict[str, list[list[str]]]:
    """The tables of the worked example, by sheet; each with its headings first."""
    found: dict[str, list[list[str]]] = {}
    text = GUIDE.read_text(encoding="utf-8")
    for part in text.split("<!-- example: ")[1:]:
        sheet = part.partition(" -->")[0]
        lines = re.search(r"(\|.*\n)+", part)
        assert lines
        rows = [
            [cell.strip() for cell in line.strip("|").split("|")] for line in lines[0].splitlines()
        ]
        found[sheet] = [rows[0], *rows[2:]]
    return found


@pytest.fixture
def book(tmp_path: Path) -> Path:
    """The example as its reader types it: numbers as numbers, the rest as text."""
    opened = Workbook()
    opened.remove(opened.worksheets[0])
    for sheet, rows in example().items():
        page = opened.create_sheet(sheet)
        for row in rows:
            page.append(
                [float(cell) if re.fullmatch(r"[0-9.]+", cell) else cell or None for cell in row]
            )
    path = tmp_path / "ruang-pelayanan.xlsx"
    opened.save(path)
    return path


@pytest.fixture
def taken(book: Path, tmp_path: Path) -> TakenOver:
    folder = tmp_path / "instruments"
    return import_workbook(book, Library([folder]), folder=folder)


def test_the_worked_example_imports_without_a_fault(taken: TakenOver) -> None:
    kinds = {one.code: one.kind for one in taken.instrument.indicators()}

    assert taken.instrument.pin == "ruang-pelayanan@1"
    assert check(taken.file) == ()
    assert kinds == {
        "TP-01": AnswerKind.PRESENCE,
        "TP-02": AnswerKind.PRESENCE,
        "TP-03": AnswerKind.PARTS,
        "TP-04": AnswerKind.COUNT,
        "TP-05": AnswerKind.PARTIAL,
        "TP-06": AnswerKind.DURATION,
        "TP-07": AnswerKind.LIKERT,
        "TP-08": AnswerKind.TEXT,
    }
    assert [one.code for one in taken.instrument.indicators() if not one.required] == ["TP-08"]
    assert len(taken.instrument.bands) == 3


def test_a_visit_is_walked_with_the_worked_example(taken: TakenOver, workplace: Workplace) -> None:
    library = Library([taken.file.parent])
    visit = open_session(
        workplace.store, begin(workplace, library.get("ruang-pelayanan"), library), library
    )

    answer(visit, "TP-01", "paperwork", "present")
    answer(visit, "TP-01", "practice", "present")
    answer(visit, "TP-02", "practice", "absent")
    answer(visit, "TP-03", "practice", "persyaratan biaya waktu")
    answer(visit, "TP-04", "practice", "7")
    answer(visit, "TP-05", "paperwork", "present")
    answer(visit, "TP-05", "practice", "partial")
    answer(visit, "TP-06", "paperwork", "5")
    answer(visit, "TP-06", "practice", "10")
    answer(visit, "TP-07", "practice", "3", respondent="Pengguna 1", post="pengguna")

    official = visit.scores()[Basis.OFFICIAL]
    # 20 + 0 + 20 x 3/4 + 10 x 7/10 + 15 x 0.5 + 15 x 5/10 + 10 x 0.67
    assert official.points == Decimal("63.7")
    assert official.band is not None
    assert official.band.name.id == "Sedang"
    assert official.verified == 0


def test_every_sheet_and_column_stands_in_the_guide_with_what_it_holds() -> None:
    guide = GUIDE.read_text(encoding="utf-8")

    for sheet in SHEETS:
        _, found, section = guide.partition(f"### `{sheet.name}`\n")
        assert found, sheet.name
        section = section.partition("\n### ")[0]
        assert say(Language.ENGLISH, f"workbook.sheet.{sheet.name}") in section
        for column in sheet.columns:
            held = say(Language.ENGLISH, f"workbook.column.{sheet.name}.{column.name}")
            row = rf"\| (\*\*)?`{column.name}`.* \| {re.escape(held)} \|"
            assert re.search(row, section), (sheet.name, column.name)


def test_every_kind_of_answer_and_every_function_stands_in_the_guide() -> None:
    guide = GUIDE.read_text(encoding="utf-8")

    for kind in AnswerKind:
        assert f"| `{kind.value}` |" in guide
    for function in {**FUNCTIONS, **CLOCK}:
        assert f"`{function}`" in guide, function
