"""What a workbook is refused for: every fault with its sheet, row and column, and none twice."""

from datetime import UTC, date, datetime, time
from pathlib import Path

import pytest
from openpyxl import load_workbook
from tests.instruments.workbooks import Rows, faults_of, places, rewrite, survey, workbook

from assessor_app.domain.problem import InstrumentFault
from assessor_app.instruments.xlsform.reading import read_workbook
from assessor_app.texts import Language

GOOD = ["text", "good", "Baik"]


@pytest.mark.parametrize(
    ("row", "code", "column"),
    [
        (["select_one nowhere", "a", "A"], "workbook_list_unknown", "type"),
        (["selct_one ada", "a", "A"], "workbook_type_unknown", "type"),
        (["select_one", "a", "A"], "workbook_type_unknown", "type"),
        (["select_one two words", "a", "A"], "workbook_type_unknown", "type"),
        (["geopoint", "a", "A"], "workbook_type_refused", "type"),
        (["range", "a", "A"], "workbook_type_refused", "type"),
        (["acknowledge", "a", "A"], "workbook_type_refused", "type"),
        (["select_one_from_file a.csv", "a", "A"], "workbook_type_refused", "type"),
        (["rank ada", "a", "A"], "workbook_type_refused", "type"),
        (["begin_repeat", "a", "A"], "workbook_repeat_refused", "type"),
        (["calculate", "a"], "workbook_calculate_refused", "type"),
        (["select_one ada or_other", "a", "A"], "workbook_or_other_refused", "type"),
        ([None, "a", "A"], "workbook_type_missing", "type"),
        (["text", None, "A"], "workbook_name_missing", "name"),
        (["text", "two words", "A"], "workbook_name_unfit_xml", "name"),
        (["text", "1a", "A"], "workbook_name_unfit_xml", "name"),
        (["text", 1, "A"], "workbook_name_unfit_xml", "name"),
        (["text", "a--b", "A"], "instrument_name_unfit", "name"),
        (["text", "a", None], "workbook_label_missing", "label"),
        (["text", "a", "x" * 4_001], "instrument_text_too_long", "label"),
        (["text", "a", "A\u202eB"], "workbook_cell_control", "label"),
        (["text", "good", "A"], "workbook_name_twice", "name"),
        (["end_group"], "workbook_group_never_open", "type"),
        (["begin_group", "a", "A"], "workbook_group_open", "type"),
    ],
)
def test_a_row_that_cannot_be_read_is_told_in_its_cell(
    tmp_path: Path, row: list[object], code: str, column: str
) -> None:
    path = survey(tmp_path / "book.xlsx", GOOD, [], row)

    assert places(path) == [(code, "survey", 4, column)]


def test_two_questions_of_one_name_are_told_though_their_codes_differ(tmp_path: Path) -> None:
    rows = [
        ["select_one ada", "q", "Q1", "A1", None],
        ["select_one ada", "q", "Q2", "A2", None],
        ["select_one ada", "z", "Z", None, "${q} = 'present'"],
    ]
    path = survey(tmp_path / "book.xlsx", *rows, columns=["code", "relevant"])

    (fault,) = faults_of(path)

    assert fault.code == "workbook_name_twice"
    for language, first, second in (
        (Language.INDONESIAN, "baris 2", "baris 3"),
        (Language.ENGLISH, "row 2", "row 3"),
    ):
        assert first in fault.told(language)
        assert second in fault.told(language)


@pytest.mark.parametrize(
    ("column", "value", "code"),
    [
        ("weight", "abc", "instrument_expects_number"),
        ("weight", "3,8", "instrument_expects_number"),
        ("weight", -1, "instrument_not_positive"),
        ("weight", "1e999", "instrument_expects_number"),
        ("weight", True, "instrument_expects_number"),
        ("weight", datetime(2026, 2, 1, tzinfo=UTC).replace(tzinfo=None), "workbook_cell_date"),
        ("weight", time(12), "workbook_cell_date"),
        ("weight", "#REF!", "workbook_cell_error"),
        ("weight", "=1+1", "workbook_cell_formula"),
        ("sides", "kertas", "instrument_value_unknown"),
        ("sides", "practice practice", "instrument_side_twice"),
        ("counts", "both", "instrument_value_unknown"),
        ("asked", "often", "instrument_value_unknown"),
        ("verified", "maybe", "workbook_truth_unfit"),
        ("required", "${good} = 'x'", "workbook_truth_unfit"),
        ("means", "guess", "instrument_value_unknown"),
        ("relevant", "${nowhere} = 1", "instrument_condition_unknown"),
        ("relevant", "good = 1", "instrument_expression_word"),
        ("relevant", "once(${good})", "instrument_expression_function"),
        ("relevant", "${a} = 1", "instrument_relevant_own"),
        ("constraint", ". >", "instrument_expression_broken"),
        ("text_source", "nowhere", "instrument_source_unknown"),
        ("shares", "nowhere", "instrument_shares_unknown"),
        ("roles", "nobody", "instrument_role_unknown"),
        ("scale", "Not A Name", "workbook_name_unfit"),
        ("scale_kind", "duration", "workbook_kind_unfit"),
        ("calculation", "1 + 1", "workbook_column_refused"),
        ("choice_filter", "x = 1", "workbook_column_refused"),
    ],
)
def test_a_cell_that_says_nothing_certain_is_refused(
    tmp_path: Path, column: str, value: object, code: str
) -> None:
    weight = "weight" if column != "weight" else "hint"
    path = survey(
        tmp_path / "book.xlsx",
        ["select_one ada", "a", "A", value, 1],
        GOOD,
        columns=(column, weight),
    )

    found = places(path)

    assert (code, "survey", 2, column) in found
    assert {place[:3] for place in found} <= {(code, "survey", 2), (found[0][0], "survey", 2)} | {
        ("instrument_weight_double", "survey", 2)
    }


def test_all_faults_of_a_workbook_are_told_at_once_and_in_order(tmp_path: Path) -> None:
    path = workbook(
        tmp_path / "book.xlsx",
        survey=[
            ["type", "name", "label", "weight", "wieght"],
            ["select_one nope", "a", "A", 1],
            ["select_one ada", "b", "B", "banyak"],
            ["begin_repeat", "r"],
            ["select_one ada", "c", "C", 1, 2],
        ],
        choices=[
            ["list_name", "name", "label"],
            ["ada", "present", "Ada"],
            ["ada", "absent", None],
            [None, "x", "X"],
        ],
    )

    assert places(path) == [
        ("workbook_column_misspelt", "survey", None, "wieght"),
        ("workbook_list_unknown", "survey", 2, "type"),
        ("instrument_expects_number", "survey", 3, "weight"),
        ("workbook_repeat_refused", "survey", 4, "type"),
        ("workbook_cell_missing", "choices", 3, "label"),
        ("workbook_row_nameless", "choices", 4, "list_name"),
    ]


def test_a_fault_names_sheet_row_and_column_in_both_languages(tmp_path: Path) -> None:
    path = survey(tmp_path / "book.xlsx", ["select_one ada", "a", "A", "abc"], columns=("weight",))

    (fault,) = faults_of(path)

    assert "lembar survey, baris 2, kolom weight" in fault.told(Language.INDONESIAN)
    assert "sheet survey, row 2, column weight" in fault.told(Language.ENGLISH)


def test_a_cycle_of_conditions_is_told_at_each_question_in_it(tmp_path: Path) -> None:
    path = survey(
        tmp_path / "book.xlsx",
        ["text", "a", "A", "${b} = 'x'"],
        ["text", "b", "B", "${c} = 'x'"],
        ["text", "c", "C", "${b} = 'y'"],
        columns=("relevant",),
    )

    assert places(path) == [
        ("instrument_relevant_cycle", "survey", 3, "relevant"),
        ("instrument_relevant_cycle", "survey", 4, "relevant"),
    ]


def test_weights_must_make_the_maximum_that_is_given(tmp_path: Path) -> None:
    path = workbook(
        tmp_path / "book.xlsx",
        survey=[["type", "name", "label", "weight"], ["select_one ada", "a", "A", 99]],
        settings=[["form_id", "maximum"], ["uji", 100]],
    )

    assert places(path) == [("instrument_weights_do_not_sum", "settings", 2, "maximum")]


def test_an_author_who_names_a_language_must_write_both(tmp_path: Path) -> None:
    path = workbook(
        tmp_path / "book.xlsx",
        survey=[
            ["type", "name", "label::Indonesia (id)", "label::English (en)", "weight"],
            ["select_one ada", "a", "A", None, 100],
        ],
        choices=[
            ["list_name", "name", "label", "label::English (en)"],
            ["ada", "present", "Ada", "Present"],
            ["ada", "absent", "Tidak", None],
        ],
        settings=[["form_id", "default_language"], ["uji", "Indonesia (id)"]],
    )

    assert places(path) == [
        ("workbook_translation_missing", "survey", 2, "label::English (en)"),
        ("workbook_translation_missing", "choices", 3, "label::English (en)"),
    ]


def test_lists_must_be_as_long_in_both_languages(tmp_path: Path) -> None:
    columns = ("evidence_items::Indonesia (id)", "evidence_items::English (en)")
    path = survey(tmp_path / "book.xlsx", ["text", "a", "A", "satu\ndua", "one"], columns=columns)

    assert [code for code, *_ in places(path)] == ["workbook_lines_differ"]


@pytest.mark.parametrize(
    "headings",
    [
        ["label", "label"],
        ["label::Indonesia (id)", "label::id"],
        ["label::id", "label::en", "label"],
        ["label", "caption"],
    ],
)
def test_a_column_must_not_stand_twice(tmp_path: Path, headings: list[str]) -> None:
    path = workbook(
        tmp_path / "book.xlsx",
        survey=[["type", "name", *headings], ["text", "a", "A", "B", "C"]],
    )

    (place,) = places(path)

    assert place == ("workbook_column_twice", "survey", 1, headings[-1])


def test_choices_are_held_to_the_rules_of_scales(tmp_path: Path) -> None:
    path = workbook(
        tmp_path / "book.xlsx",
        survey=[
            ["type", "name", "label", "weight"],
            ["select_one pilihan", "a", "A", 50],
            ["select_multiple bagian", "b", "B", 50],
        ],
        choices=[
            ["list_name", "name", "label", "fulfilment", "share"],
            ["pilihan", "x", "X", 1],
            ["pilihan", "x", "X lagi", 0],
            ["pilihan", "a b", "Dua kata", 2],
            ["bagian", "p", "P", None, 1],
            ["bagian", "q", "Q", None, "berat"],
        ],
    )

    found = places(path)

    assert ("instrument_name_unfit", "choices", 4, "name") in found
    assert ("instrument_expects_number", "choices", 6, "share") in found
    assert all(sheet == "choices" for _, sheet, *_ in found)


def test_the_sheets_of_scales_are_held_together(tmp_path: Path) -> None:
    path = workbook(
        tmp_path / "book.xlsx",
        survey=[
            ["type", "name", "label", "scale"],
            ["text", "a", "A", "kursi"],
            ["select_one ada", "b", "B", "kursi"],
            ["integer", "c", "C", "kursi"],
        ],
        scales=[
            ["name", "kind", "target"],
            ["kursi", "count", 20],
            ["kursi", "count", 10],
            [None, "count", 10],
        ],
        steps=[["scale", "at_least", "fulfilment"], ["meja", 1, 1]],
    )

    assert places(path) == [
        ("workbook_type_unfit", "survey", 2, "type"),
        ("workbook_scale_beside_list", "survey", 3, "scale"),
        ("workbook_scale_twice", "scales", 3, "name"),
        ("workbook_scale_nameless", "scales", 4, "name"),
        ("workbook_steps_astray", "steps", 2, "scale"),
    ]


def test_names_of_sources_and_groups_stand_once(tmp_path: Path) -> None:
    path = workbook(
        tmp_path / "book.xlsx",
        survey=[["type", "name", "label", "shares"], ["select_one ada", "a", "A", "g"]],
        sources=[["name", "verified", "note"], ["s", "no", "S"], ["s", "no", "S"], [None, "no"]],
        shared_weights=[["name", "points"], ["g", 100], ["g", 1], [None, 1]],
    )

    assert [place[0] for place in places(path)] == [
        "workbook_source_twice",
        "workbook_row_nameless",
        "workbook_group_twice",
        "workbook_row_nameless",
    ]


def test_bounds_with_a_hole_are_told_in_their_cell(tmp_path: Path) -> None:
    path = workbook(
        tmp_path / "book.xlsx",
        survey=[["type", "name", "label"], GOOD],
        settings=[["form_id", "bands_step", "maximum"], ["uji", 0.01, 100]],
        bands=[
            ["lower", "upper", "zone", "name"],
            [0, 50, "red", "Merah"],
            [51, 100, "green", "Hijau"],
        ],
    )

    assert places(path) == [("instrument_bands_hole", "bands", 3, "lower")]


def test_steps_that_cannot_be_read_are_told(tmp_path: Path) -> None:
    path = survey(
        tmp_path / "book.xlsx",
        ["integer", "a", "A", "1=0.5; 5:1", 100],
        columns=("steps", "weight"),
    )

    assert ("workbook_steps_unreadable", "survey", 2, "steps") in places(path)


def test_merged_cells_and_sheets_that_would_be_lost_are_refused(tmp_path: Path) -> None:
    path = workbook(
        tmp_path / "book.xlsx",
        survey=[["type", "name", "label"], GOOD],
        external_choices=[["list_name", "name"], ["a", "b"]],
        settings=[["form_id"], ["uji"], ["lagi"]],
    )
    book = load_workbook(path)
    book["survey"].merge_cells("A2:A3")
    book.save(path)

    assert [place[:3] for place in places(path)] == [
        ("workbook_merged", "survey", None),
        ("workbook_settings_rows", "settings", 3),
        ("workbook_sheet_refused", "external_choices", None),
    ]


def test_a_workbook_without_questions_is_refused(tmp_path: Path) -> None:
    empty = workbook(tmp_path / "empty.xlsx", survey=[["type", "name", "label"]])
    bare = workbook(tmp_path / "bare.xlsx", survey=[])
    missing = workbook(tmp_path / "missing.xlsx", pertanyaan=[["type", "name"], ["text", "a"]])

    assert [code for code, *_ in places(empty)] == ["workbook_survey_empty"]
    assert [code for code, *_ in places(bare)] == ["workbook_survey_empty"]
    assert [code for code, *_ in places(missing)] == ["workbook_survey_missing"]


def test_dates_and_errors_where_nobody_reads_do_no_harm(tmp_path: Path) -> None:
    path = workbook(
        tmp_path / "book.xlsx",
        survey=[
            ["type", "name", "label", "added on", None],
            [*GOOD, date(2026, 1, 2), "#REF!"],
        ],
        changelog=[[date(2026, 1, 2), "#REF!"]],
    )

    codes = [note.code for note in read_workbook(path).notes]

    assert "workbook_column_ignored" in codes
    assert "workbook_column_unheaded" in codes


def test_a_formula_that_was_never_computed_is_told_in_its_cell(tmp_path: Path) -> None:
    path = survey(tmp_path / "book.xlsx", ["text", "a", "LATER"], GOOD)
    typed = 't="inlineStr"><is><t>LATER</t></is>'
    rewrite(path, "xl/worksheets/sheet1.xml", typed, "><f>CONCAT(A1:B2)</f>")

    (fault,) = faults_of(path)

    assert fault.code == "workbook_cell_formula"
    assert "=CONCAT(A1:B2)" in fault.told(Language.ENGLISH)


def test_nothing_is_imported_in_part(tmp_path: Path) -> None:
    path = survey(tmp_path / "book.xlsx", GOOD, ["geopoint", "a", "A"])

    with pytest.raises(InstrumentFault) as refused:
        read_workbook(path)

    assert refused.value.code == "workbook_broken"
    assert refused.value.places["count"] == 1


SURVEY_ROWS: Rows = [["type", "name", "label"], ["text", "a", "A"]]


@pytest.mark.parametrize(
    ("name", "close"),
    [
        ("bamds", "bands"),
        ("Opini", "opinion"),
        ("object types", "object_types"),
        ("chioces", "choices"),
    ],
)
def test_a_sheet_whose_name_is_almost_ours_is_no_sheet_to_leave_out(
    tmp_path: Path, name: str, close: str
) -> None:
    other: Rows = [["a"], [1]]
    path = workbook(tmp_path / "book.xlsx", survey=SURVEY_ROWS, **{name: other})

    (fault,) = faults_of(path)

    assert (fault.code, fault.cell and fault.cell.sheet) == ("workbook_sheet_misspelt", name)
    assert fault.places["close"] == close


def test_a_sheet_of_the_authors_own_is_left_out_and_noted(tmp_path: Path) -> None:
    own: dict[str, Rows] = {"Catatan": [["a"]], "_bamds": [["a"]], "Sheet1": [["a"]]}
    path = workbook(tmp_path / "book.xlsx", survey=SURVEY_ROWS, **own)

    notes = read_workbook(path).notes

    left_out = [note.places["name"] for note in notes if note.code == "workbook_sheet_ignored"]
    assert sorted(left_out, key=str) == ["Catatan", "Sheet1"]
