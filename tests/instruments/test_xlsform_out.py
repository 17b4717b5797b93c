"""An instrument as a workbook: it reads back the same, and other XLSForm tools understand it."""

import io
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from defusedxml import ElementTree
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook
from openpyxl.cell import Cell
from openpyxl.worksheet.worksheet import Worksheet
from pyxform.xls2xform import convert  # type: ignore[import-untyped]  # it ships no types
from tests.conftest import SMALL

from assessor_app.domain.problem import InstrumentFault
from assessor_app.instruments.document import read_document
from assessor_app.instruments.schema import InstrumentForm
from assessor_app.instruments.xlsform.columns import SHEETS
from assessor_app.instruments.xlsform.reading import read_workbook
from assessor_app.instruments.xlsform.writing import write_workbook
from assessor_app.paths import resources_dir

SAMPLE = resources_dir() / "sample" / "instrument-contoh.yaml"
Tree = dict[str, Any]  # a form as YAML has it


def tree_of(path: Path) -> Tree:
    tree = read_document(path).tree
    assert isinstance(tree, dict)
    return tree


def form_of(path: Path) -> InstrumentForm:
    return InstrumentForm.model_validate(tree_of(path))


FILES = [
    path
    for path in [
        *sorted((resources_dir() / "instruments").glob("*.yaml")),
        *sorted(SMALL.glob("*.yaml")),
        SAMPLE,
    ]
    if form_of(path).dimensions
]


def written(form: InstrumentForm, folder: Path) -> Path:
    book = folder / "instrument.xlsx"
    book.write_bytes(write_workbook(form))
    return book


def page(form: InstrumentForm, name: str) -> Worksheet:
    found = load_workbook(io.BytesIO(write_workbook(form)))[name]
    assert isinstance(found, Worksheet)
    return found


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_a_round_trip_through_a_workbook_loses_nothing(path: Path, tmp_path: Path) -> None:
    form = form_of(path)

    read = read_workbook(written(form, tmp_path))

    assert read.form == form
    assert read.notes == ()


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_pyxform_converts_every_workbook(path: Path, tmp_path: Path) -> None:
    made = convert(str(written(form_of(path), tmp_path)), validate=False)

    assert made.xform
    unexpected = [warning for warning in made.warnings if "max-pixels" not in warning]
    assert unexpected == []


def test_the_xform_asks_what_the_instrument_asks(tmp_path: Path) -> None:
    xform = convert(str(written(form_of(SAMPLE), tmp_path)), validate=False).xform
    root = ElementTree.fromstring(xform)
    binds = {
        bind.attrib["nodeset"].rpartition("/")[2]: bind.attrib
        for bind in root.iter("{http://www.w3.org/2002/xforms}bind")
    }
    translations = [
        one.attrib["lang"] for one in root.iter("{http://www.w3.org/2002/xforms}translation")
    ]

    assert translations == ["Indonesia (id)", "English (en)"]
    signed = binds["CT-02"]
    assert "/data/informasi/informasi_1/CT-01" in signed["relevant"]
    assert signed["relevant"].endswith("= 'present'")
    assert signed["required"] == "true()"
    assert binds["CT-08"]["required"] == "false()"
    assert binds["CT-04"]["constraint"] == ". <= 200"
    assert [binds[name]["type"] for name in ("CT-03", "CT-04", "CT-06", "CT-08")] == [
        "string",
        "int",
        "decimal",
        "binary",
    ]
    fields = {one.tag.rpartition("}")[2] for one in root.iter()}
    assert {"select", "select1", "input", "upload", "group"} <= fields


def test_a_text_that_looks_like_a_formula_or_an_error_stays_text(tmp_path: Path) -> None:
    hostile = ['=HYPERLINK("http://a.example";"x")', "+1+1", "-1", "@SUM(A1)", "#N/A", "=1"]
    tree = tree_of(SAMPLE)
    first = tree["dimensions"][0]["variables"][0]["indicators"][0]
    first["legal_basis"] = hostile
    first["text"] = {"id": hostile[0], "en": "#REF!"}
    tree["title"] = {"id": hostile[0], "en": hostile[1]}
    form = InstrumentForm.model_validate(tree)

    cells = [cell for row in page(form, "survey").iter_rows() for cell in row]

    assert read_workbook(written(form, tmp_path)).form == form
    assert {cell.data_type for cell in cells} <= {"s", "n"}
    guarded = next(cell for cell in cells if cell.value == hostile[0])
    assert guarded.quotePrefix


def test_names_that_xml_forbids_or_that_meet_are_told_apart(tmp_path: Path) -> None:
    tree = tree_of(SAMPLE)
    first, second = tree["dimensions"][0]["variables"][0]["indicators"]
    first["code"], second["code"] = "1.a", "sarana"
    second["relevant"] = "${1.a} = 'present'"
    tree["dimensions"][0]["code"] = "2026"
    tree["dimensions"][1]["variables"][0]["indicators"][0]["code"] = "meta"
    form = InstrumentForm.model_validate(tree)

    book = written(form, tmp_path)

    names = [cell.value for cell in page(form, "survey")["B"][1:] if cell.value]
    assert len(set(names)) == len(names)
    assert read_workbook(book).form == form
    assert "sarana_2" in convert(str(book), validate=False).xform


def test_a_number_with_more_digits_than_a_spreadsheet_keeps_stays_exact(tmp_path: Path) -> None:
    tree = tree_of(SAMPLE)
    places = tree["dimensions"][0]["variables"][0]["indicators"]
    places[0]["weight"], places[1]["weight"] = "3.333333333", "21.666666667"
    tree["bands"]["step"] = "0.000000001"
    tree["bands"]["zones"] = [
        {**tree["bands"]["zones"][0], "upper": "49.999999999"},
        {**tree["bands"]["zones"][1], "upper": "79.999999999"},
        tree["bands"]["zones"][2],
    ]
    form = InstrumentForm.model_validate(tree)

    read = read_workbook(written(form, tmp_path)).form

    assert read == form
    assert read.bands.zones[0].upper == Decimal("49.999999999")


def test_the_workbook_is_good_to_work_in() -> None:
    form = form_of(SAMPLE)
    survey = page(form, "survey")
    heads = {str(cell.value): cell for cell in survey[1] if isinstance(cell, Cell)}

    assert survey.freeze_panes == "C2"
    assert all(cell.font.b for cell in heads.values())
    standard, ours = heads["type"].fill, heads["weight"].fill
    assert standard.fgColor.rgb != ours.fgColor.rgb
    assert survey.column_dimensions["C"].width > survey.column_dimensions["B"].width
    lists = {
        str(rule.sqref)[0:2].rstrip("123456789"): rule.formula1
        for rule in survey.data_validations.dataValidation
    }
    assert lists[heads["asked"].column_letter] == '"once,per_product,per_respondent"'
    assert lists[heads["required"].column_letter] == '"yes,no"'
    assert lists[heads["weight_source"].column_letter].startswith("sources!$A$2")
    assert lists[heads["scale"].column_letter].startswith("scales!$A$2")
    assert "shares" not in heads  # nobody shares points here


def test_the_first_sheet_explains_every_sheet_and_column_in_both_languages() -> None:
    rows = [[cell.value or "" for cell in row] for row in page(form_of(SAMPLE), "baca").iter_rows()]
    explained: dict[str, list[str]] = {}
    sheet = ""
    for first, second, indonesian, english in rows[6:]:
        sheet = str(first or sheet)
        assert indonesian
        assert english
        explained.setdefault(sheet, []).append(str(second))

    assert explained == {one.name: ["", *(column.name for column in one.columns)] for one in SHEETS}


def test_bounds_without_questions_are_no_workbook() -> None:
    bounds = next(
        form_of(path)
        for path in sorted((resources_dir() / "instruments").glob("*.yaml"))
        if path not in FILES
    )

    with pytest.raises(InstrumentFault) as caught:
        write_workbook(bounds)

    assert caught.value.code == "workbook_without_questions"


def test_a_text_longer_than_a_cell_keeps_is_refused_not_cut_off() -> None:
    tree = tree_of(SAMPLE)
    tree["dimensions"][0]["variables"][0]["indicators"][0]["legal_basis"] = ["x" * 4_000] * 9

    with pytest.raises(InstrumentFault) as caught:
        write_workbook(InstrumentForm.model_validate(tree))

    assert caught.value.code == "workbook_cell_long"
    assert (caught.value.places["sheet"], caught.value.places["length"]) == ("survey", 36_008)


# Controls and marks that turn the direction of writing are refused in any instrument's text.
LETTERS = st.characters(exclude_categories=["Cs", "Cc", "Cf", "Cn", "Zl", "Zp"])
TEXTS = st.text(LETTERS | st.just("\n"), min_size=1, max_size=40).filter(
    lambda text: text.strip() == text
)


@settings(max_examples=25, deadline=None)
@given(text=TEXTS, items=st.lists(TEXTS, min_size=1, max_size=3), step=st.decimals(1, 9, places=6))
def test_any_text_survives_a_workbook(
    tmp_path_factory: pytest.TempPathFactory, text: str, items: list[str], step: Decimal
) -> None:
    wording = {"id": text, "en": text[::-1].strip()}
    tree = tree_of(SMALL / "kinds.yaml")
    one = tree["dimensions"][0]["variables"][0]["indicators"][0]
    one |= {
        "text": wording,
        "guidance": wording,
        "legal_basis": items,
        "evidence_items": [{"id": each, "en": each} for each in items],
    }
    tree["object_types"][0]["rolls_up_to"] = text
    tree["scales"]["kursi"]["target"] = f"{step:f}"
    form = InstrumentForm.model_validate(tree)

    assert read_workbook(written(form, tmp_path_factory.mktemp("book"))).form == form


def test_every_key_that_the_shipped_files_do_without_has_its_place_too(tmp_path: Path) -> None:
    tree = tree_of(SAMPLE)
    tree["years"] = [2026, 2027]
    tree["opinion"] = {
        "words": [
            {
                "quality": {"id": "Baik", "en": "Good"},
                "opinion": {"id": "Kualitas Tinggi", "en": "High quality"},
                "source": "contoh",
            }
        ],
        "without": {"id": "Tanpa Maladministrasi", "en": "Without maladministration"},
    }
    tree["composition"] = [
        {"dimensions": ["informasi", "sarana"], "points": 85, "source": "contoh"},
        {"dimensions": ["pengguna"], "points": 15, "source": "contoh"},
    ]
    tree["retired_codes"] = ["CT-99", "007"]
    tree["denominator"] = {"rule": "dimension", "source": "contoh"}
    tree["not_assessable"] = {"rule": "zero", "source": "contoh"}
    tree["bands"]["between"] = {"rule": "lower", "source": "contoh"}
    tree["scales"]["unused"] = tree["scales"]["ada"]
    tree["scales"]["hari-kerja"]["steps"] = [
        {"at_least": 50, "fulfilment": "0.5", "rubric": {"id": "Dua kali", "en": "Twice"}},
        {"at_least": 100, "fulfilment": 1},
    ]
    form = InstrumentForm.model_validate(tree)

    read = read_workbook(written(form, tmp_path))

    assert read.form == form
    assert read.notes == ()
