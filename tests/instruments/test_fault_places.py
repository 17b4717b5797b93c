"""A fault names the place that its author knows: a line of a text, or a cell of a workbook."""

from dataclasses import replace
from pathlib import Path

import pytest
from tests.instruments.mistakes import KINDS, written

from assessor_app.instruments.document import Document, read_document
from assessor_app.instruments.faults import Cell, Fault, KeyPath, Line
from assessor_app.instruments.reading import check, examine
from assessor_app.instruments.rules import rule_faults
from assessor_app.texts import Language

PLEDGE: KeyPath = ("dimensions", 0, "variables", 0, "indicators", 0)
BOARD: KeyPath = ("dimensions", 0, "variables", 0, "indicators", 1)


@pytest.mark.parametrize(
    ("cell", "indonesian", "english"),
    [
        (Cell("survey"), "lembar survey", "sheet survey"),
        (Cell("survey", 12), "lembar survey, baris 12", "sheet survey, row 12"),
        (
            Cell("survey", None, "weight"),
            "lembar survey, kolom weight",
            "sheet survey, column weight",
        ),
        (
            Cell("survey", 12, "weight"),
            "lembar survey, baris 12, kolom weight",
            "sheet survey, row 12, column weight",
        ),
    ],
)
def test_a_fault_in_a_workbook_names_sheet_row_and_column(
    cell: Cell, indonesian: str, english: str
) -> None:
    places = {"value": "-1"}
    fault = Fault("buku.xlsx", None, "weight", "instrument_not_positive", places, cell)

    assert fault.told(Language.INDONESIAN).startswith(f"buku.xlsx, {indonesian}: Nilai -1 ")
    assert fault.told(Language.ENGLISH).startswith(f"buku.xlsx, {english}: The value -1 ")


def test_every_rule_tells_the_cells_of_a_workbook_instead_of_lines(tmp_path: Path) -> None:
    text = KINDS.read_text(encoding="utf-8").replace("code: K-02", "code: K-01")
    text = text.replace("            relevant: \"${K-01} = 'present'\"\n", "")
    path = tmp_path / "book.yaml"
    path.write_text(text.replace("weight: 15", "weight: 16"), encoding="utf-8")
    book = workbook(read_document(path))

    faults = examine(book)[1]

    assert [(fault.code, fault.place) for fault in faults] == [
        ("instrument_weights_do_not_sum", Cell("settings", 2, "maximum", 0, 9)),
        ("instrument_code_twice", Cell("survey", 3, "name", 1, 2)),
    ]
    assert faults[1].told(Language.INDONESIAN) == (
        f"{path}, lembar survey, baris 3, kolom name: Kode K-01 sudah dipakai di "
        "lembar survey, baris 2, kolom name. Beri setiap indikator kode sendiri."
    )
    assert all(fault.line is None for fault in rule_faults(book))


def test_what_has_no_cell_of_its_own_is_told_at_the_row_it_belongs_to(tmp_path: Path) -> None:
    path = written(tmp_path, "            weight: 10\n", "", file=KINDS)
    book = workbook(read_document(path))

    places = [one.place for one in examine(book)[1] if one.code == "instrument_weight_missing"]

    assert places == [Cell("survey", 2, None, 1, 0)]


def test_faults_of_a_workbook_come_sheet_by_sheet_and_row_by_row() -> None:
    cells = [
        Cell("settings", 2, "form_id", 0, 2),
        Cell("survey", None, "label", 1, 3),
        Cell("survey", 9, "weight", 1, 5),
        Cell("survey", 10, "name", 1, 2),
        Cell("survey", 10, "weight", 1, 5),
        Cell("choices", 3, "name", 2, 2),
    ]
    faults = [Fault("b.xlsx", None, "", "instrument_key_missing", {}, cell) for cell in cells]
    mixed = [*faults[3:], *faults[:3]]

    assert sorted(mixed, key=lambda fault: fault.order) == faults


def test_a_fault_of_the_file_as_a_whole_names_no_place() -> None:
    fault = Fault("b.yaml", None, "", "instrument_missing")

    assert fault.place is None
    assert fault.told(Language.ENGLISH).startswith("File b.yaml was not found.")


def test_a_fault_at_a_line_without_a_key_is_told_at_the_line(tmp_path: Path) -> None:
    path = tmp_path / "list.yaml"
    path.write_text("\n\n- a\n", encoding="utf-8")

    (fault,) = check(path)

    assert fault.place == Line(3)
    assert fault.told(Language.INDONESIAN).startswith(f"{path}, baris 3: ")


def workbook(document: Document) -> Document:
    """The same content as if a workbook had been read: the places of three of its cells."""
    cells: dict[KeyPath, Cell] = {
        (): Cell("survey", None, None, 1, 0),
        ("maximum",): Cell("settings", 2, "maximum", 0, 9),
        PLEDGE: Cell("survey", 2, None, 1, 0),
        (*PLEDGE, "code"): Cell("survey", 2, "name", 1, 2),
        BOARD: Cell("survey", 3, None, 1, 0),
        (*BOARD, "code"): Cell("survey", 3, "name", 1, 2),
    }
    return replace(document, lines={}, cells=cells)
