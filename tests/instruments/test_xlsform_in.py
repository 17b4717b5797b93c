"""What a workbook becomes: a newcomer's small one, a foreign form, and everything of our own."""

from datetime import UTC, datetime
from decimal import Decimal
from pathlib import Path
from zipfile import ZipFile

import pytest
from openpyxl import load_workbook
from tests.instruments.workbooks import Rows, rewrite, survey, workbook

from assessor_app.domain.instrument import AnswerKind, Asked, Side, SideRule
from assessor_app.instruments.building import build
from assessor_app.instruments.schema import IndicatorForm, InstrumentForm, ScaleForm
from assessor_app.instruments.xlsform.names import name_from, version_from
from assessor_app.instruments.xlsform.reading import read_workbook
from assessor_app.instruments.xlsform.sheet import joined_lines, split_lines
from assessor_app.texts import Language

BOTH = (Side.PAPERWORK, Side.PRACTICE)


def indicators(form: InstrumentForm) -> dict[str, IndicatorForm]:
    return {
        one.code: one
        for dimension in form.dimensions
        for variable in dimension.variables
        for one in variable.indicators
    }


def scale_of(form: InstrumentForm, code: str) -> ScaleForm:
    return form.scales[indicators(form)[code].scale]


def test_a_newcomers_five_columns_make_an_instrument(tmp_path: Path) -> None:
    path = survey(
        tmp_path / "book.xlsx",
        ["select_one ada", "A-1", "Maklumat pelayanan", 60, "Input"],
        ["select_one ada", "A-2", "Papan tarif", 12.5, "Input"],
        ["select_one ada", "B-1", "Toilet", 27.5, "Proses"],
        columns=("weight", "dimension"),
    )

    imported = read_workbook(path)
    form = imported.form

    assert [dimension.code for dimension in form.dimensions] == ["input", "proses"]
    assert form.maximum == 100
    assert indicators(form)["A-2"].weight == Decimal("12.5")
    assert indicators(form)["A-1"].sides == BOTH
    assert indicators(form)["A-1"].required
    assert scale_of(form, "B-1").kind is AnswerKind.PRESENCE
    assert not any(source.verified for source in form.sources.values())
    assert {note.code for note in imported.notes} == {
        "workbook_maximum_made",
        "workbook_one_language",
    }


def test_an_imported_workbook_builds_an_instrument_that_scores(tmp_path: Path) -> None:
    path = survey(
        tmp_path / "book.xlsx", ["select_one ada", "A", "Maklumat", 100], columns=("weight",)
    )

    instrument = build(read_workbook(path).form, digest="0" * 64)

    assert instrument.pin == "uji@1"
    indicator = instrument.indicator("A")
    assert indicator.fulfilment(Side.PRACTICE, "absent") == 0
    assert indicator.fulfilment(Side.PRACTICE, "present") == 1


FOREIGN: Rows = [
    ["type", "name", "label::English (en)", "required", "relevant", "constraint", "appearance"],
    ["start", "start"],
    ["begin group", "Group_A", "Counter"],
    ["select_one yes_no", "q1", "Is there a counter?", "yes"],
    ["begin_group", "inner", "Inside", None, "${q1} = 'yes'"],
    ["select_multiple things", "q2", "What is there?", None, "${q1} != ''", None, "minimal"],
    ["begin_group", "deeper", "Deeper"],
    ["integer", "chairs", "Chairs", None, None, ". >= 0 and . < 120"],
    ["end_group"],
    ["end group"],
    ["end group"],
    ["decimal", "hours", "Hours"],
    ["note", None, "Thank you"],
    ["photo", "photo", "Photo"],
    ["string", "remarks", "Remarks on ${q1}"],
    ["date", "day", "Day", "true()", None, ". <= today()"],
    ["begin_group", "nothing", "Nothing"],
    ["end_group"],
]
FOREIGN_CHOICES: Rows = [
    ["list_name", "name", "label::English (en)"],
    ["yes_no", "yes", "Yes"],
    ["yes_no", "no", "No"],
    ["things", "desk", "A desk"],
    ["things", "sign", "A sign"],
    ["things", "none", "Nothing of these"],
    ["unused", "x", "X"],
]


@pytest.fixture
def foreign(tmp_path: Path) -> Path:
    settings: Rows = [
        ["form_title", "form_id", "version", "style"],
        ["A form", "My form", "2024052001"],
    ]
    sheets: dict[str, Rows] = {"survey": FOREIGN, "choices": FOREIGN_CHOICES, "settings": settings}
    return workbook(tmp_path / "foreign.xlsx", **sheets, changes=[["when"], ["2024"]])


def test_a_foreign_form_becomes_a_checklist_without_a_score(foreign: Path) -> None:
    form = read_workbook(foreign).form

    assert form.unweighted is not None
    assert not form.bands.zones
    assert form.aggregation.rule is None
    assert (form.id, form.version, form.year) == ("my-form", "202405.2001", 2024)
    assert list(indicators(form)) == [
        "q1",
        "q2",
        "chairs",
        "hours",
        "note-13",
        "photo",
        "remarks",
        "day",
    ]
    assert all(one.sides in ((Side.PRACTICE,), ()) for one in indicators(form).values())
    assert [code for code, one in indicators(form).items() if one.required] == ["q1", "day"]


def test_a_foreign_forms_questions_keep_their_kinds(foreign: Path) -> None:
    form = read_workbook(foreign).form

    assert [scale_of(form, code).kind.value for code in indicators(form)] == [
        "choice",
        "parts",
        "count",
        "count",
        "note",
        "photo",
        "text",
        "date",
    ]
    assert [level.fulfilment for level in scale_of(form, "q1").levels] == [None, None]
    assert [part.value for part in scale_of(form, "q2").parts] == ["desk", "sign"]
    assert scale_of(form, "chairs").whole
    assert not scale_of(form, "hours").whole


def test_groups_become_dimensions_and_variables_and_hand_down_their_conditions(
    foreign: Path,
) -> None:
    form = read_workbook(foreign).form

    names = [(one.code, [v.name.en for v in one.variables]) for one in form.dimensions]
    assert names == [("group-a", ["Counter", "Inside"]), ("a-form", ["A form"])]
    assert indicators(form)["q2"].relevant == "(${q1} = 'yes') and (${q1} != '')"
    assert indicators(form)["chairs"].relevant == "${q1} = 'yes'"


def test_nothing_of_a_foreign_form_is_left_out_in_silence(foreign: Path) -> None:
    imported = read_workbook(foreign)

    assert {note.code.removeprefix("workbook_") for note in imported.notes} == {
        "code_made",
        "column_ignored",
        "column_missing_id",
        "group_deep",
        "group_empty",
        "id_made",
        "label_reference",
        "legal_basis_open",
        "list_unused",
        "note_named",
        "part_none",
        "sheet_ignored",
        "type_ignored",
        "unscored",
        "version_made",
        "year_assumed",
    }
    for note in imported.notes:
        assert note.told(Language.INDONESIAN) != note.told(Language.ENGLISH)


def test_a_checklist_without_settings_is_of_this_year(tmp_path: Path) -> None:
    path = workbook(
        tmp_path / "Daftar Periksa.xlsx",
        survey=[["type", "name", "label"], ["text", "a", "A"]],
        settings=[],
    )

    form = read_workbook(path).form

    assert (form.id, form.title.id) == ("daftar-periksa", "Daftar Periksa")
    assert form.year == datetime.now(UTC).astimezone().year


KINDS: Rows = [
    ["type", "name", "label", "weight", "scale_kind", "target", "unit", "steps", "asked", "sides"],
    ["select_one level", "ordinal", "Pengetahuan", 10],
    ["select_one setuju", "likert", "Setuju", 10, "likert"],
    ["select_one kapan", "frequency", "Pengawasan", 10, "frequency"],
    ["select_one warna", "choice", "Loket", 10],
    ["select_one lengkap", "partial", "Papan", 10],
    ["integer", "target", "Kursi", 10, None, 20, "kursi", None, None, "practice"],
    ["integer", "steps", "Unsur", 10, None, None, "unsur", "1=0.5; 5=1"],
    ["decimal", "duration", "Waktu", 10, "duration", None, "hari", None, "per_product"],
    ["select_multiple bagian", "parts", "Komponen", 10],
    ["select_multiple berbobot", "shares", "Komponen utama", 10],
]
KIND_CHOICES: Rows = [
    ["list_name", "name", "label", "fulfilment", "share"],
    ["level", 1, "Sebagian", 0.5],
    ["level", 0, "Tidak tahu", 0],
    ["level", 2, "Tahu", 1],
    ["setuju", 2, "Setuju", 1],
    ["setuju", 1, "Tidak setuju", 0],
    ["kapan", "never", "Tidak pernah", 0],
    ["kapan", "monthly", "Setiap bulan", 1],
    ["warna", "separate", "Tersendiri", 1],
    ["warna", "shared", "Bersama", 0.6],
    ["warna", "nowhere", "Tidak ada", 0],
    ["lengkap", "absent", "Tidak ada"],
    ["lengkap", "present", "Lengkap"],
    ["lengkap", "partial", "Sebagian"],
    ["bagian", "a", "A"],
    ["bagian", "b", "B"],
    ["berbobot", "a", "A", None, 3],
    ["berbobot", "b", "B", None, 1],
]


def test_every_scored_kind_can_be_written_in_the_survey_itself(tmp_path: Path) -> None:
    form = read_workbook(workbook(tmp_path / "kinds.xlsx", survey=KINDS, choices=KIND_CHOICES)).form
    scales = {code: scale_of(form, code) for code in indicators(form)}

    kinds = [scale.kind.value for scale in scales.values()]
    expected = "ordinal likert frequency choice partial count count duration parts parts"
    assert kinds == expected.split()
    assert [level.value for level in scales["ordinal"].levels] == ["0", "1", "2"]
    assert [level.value for level in scales["likert"].levels] == ["1", "2"]
    partial = [(level.value, level.fulfilment) for level in scales["partial"].levels]
    assert partial == [("present", 1), ("partial", Decimal("0.5")), ("absent", 0)]
    assert scales["target"].target == 20
    assert scales["steps"].steps[1].at_least == 5
    assert [part.share for part in scales["parts"].parts] == [1, 1]
    assert [part.share for part in scales["shares"].parts] == [3, 1]
    assert indicators(form)["duration"].sides == BOTH
    assert indicators(form)["duration"].asked is Asked.PER_PRODUCT
    assert indicators(form)["target"].sides == (Side.PRACTICE,)


def test_questions_share_a_scale_where_it_is_the_same(tmp_path: Path) -> None:
    path = survey(
        tmp_path / "book.xlsx",
        ["select_one ada", "a", "A"],
        ["select_one ada", "b", "B"],
        ["select_multiple ada", "c", "C"],
        ["integer", "d", "D"],
        ["integer", "e", "E"],
    )

    form = read_workbook(path).form

    used = {code: one.scale for code, one in indicators(form).items()}
    assert used == {"a": "ada", "b": "ada", "c": "ada-2", "d": "d", "e": "e"}


def test_our_columns_say_the_rest_of_an_indicator(tmp_path: Path) -> None:
    columns = {
        "weight": 100,
        "sides": "practice, paperwork",
        "counts": "lower",
        "legal_basis": "UU 25/2009\nPasal 21\n  huruf a",
        "evidence": "Foto",
        "evidence_items": "SK\nFoto",
        "advice": "Pasang.",
        "hint": "Cari di ruang tunggu.",
        "means": "observation document_review",
        "variable": "Papan",
        "verified": "ya",
        "may_not_apply": "no",
        "roles": "kepala",
        "constraint_message": "Tidak boleh.",
    }
    rows = [["select_one ada", "A", "Maklumat", *columns.values()]]
    path = workbook(
        tmp_path / "book.xlsx",
        survey=[["type", "name", "label", *columns], *rows],
        respondents=[["code", "name", "kind", "posts"], ["kepala", "Kepala", "officer", 1]],
    )

    form = read_workbook(path).form

    (one,) = indicators(form).values()
    assert one.sides == (Side.PRACTICE, Side.PAPERWORK)
    assert one.counts is SideRule.LOWER
    assert one.legal_basis == ("UU 25/2009", "Pasal 21\nhuruf a")
    assert [item.id for item in one.evidence_items] == ["SK", "Foto"]
    assert one.asked is Asked.PER_RESPONDENT
    assert one.roles == ("kepala",)
    assert not one.may_not_apply
    assert form.sources[one.text_source].verified
    assert one.weight_source == one.legal_source == one.text_source
    (variable,) = form.dimensions[0].variables
    assert variable.name.id == "Papan"
    assert [means.value for means in variable.means] == ["observation", "document_review"]


def test_a_required_column_means_no_where_it_is_empty(tmp_path: Path) -> None:
    rows = (["text", "a", "A", "yes", 1], ["text", "b", "B"], ["text", "c", "C", "FALSE"])
    path = survey(tmp_path / "book.xlsx", *rows, columns=("required", "may_not_apply"))

    form = read_workbook(path).form

    assert [one.required for one in indicators(form).values()] == [True, False, False]


def test_a_code_that_is_no_xml_name_has_a_column_of_its_own(tmp_path: Path) -> None:
    path = survey(
        tmp_path / "book.xlsx",
        ["select_one ada", "_1a", "A", "1a"],
        [
            "text",
            "b",
            "B",
            None,
            "${_1a} = 'present'",
            "concat(., '${_1a}') != ${_1a}",
        ],
        columns=("code", "relevant", "constraint"),
    )

    form = read_workbook(path).form

    assert indicators(form)["b"].relevant == "${1a} = 'present'"
    assert indicators(form)["b"].constraint == "concat(., '${_1a}') != ${1a}"


@pytest.mark.parametrize(
    ("headings", "default", "expected"),
    [
        (["label::Indonesia (id)", "label::English (en)"], None, ("satu", "two")),
        (["label::English (en)", "label::Bahasa Indonesia"], None, ("two", "satu")),
        (["label: id", "Label::inggris"], None, ("satu", "two")),
        (["label", "label::English"], None, ("satu", "two")),
        (["label::Indonesian (in)", "label"], "English (en)", ("satu", "two")),
        (["label::Français (fr)", "label::Basa Jawa (jv)"], None, ("satu", "satu")),
        (["label::Français (fr)", "label"], None, ("two", "two")),
    ],
)
def test_a_heading_says_which_language_it_is(
    tmp_path: Path, headings: list[str], default: str | None, expected: tuple[str, str]
) -> None:
    path = workbook(
        tmp_path / "book.xlsx",
        survey=[["type", "name", *headings], ["text", "a", "satu", "two"]],
        settings=[["default_language"], [default]],
    )

    (one,) = indicators(read_workbook(path).form).values()

    assert (one.text.id, one.text.en) == expected


def test_a_workbook_of_bounds_alone_needs_no_question(tmp_path: Path) -> None:
    bands: Rows = [
        ["lower", "upper", "zone", "name", "dark"],
        [0, 50, "red", "Merah", None],
        ["50.01", 100, "green", "Hijau", "yes"],
    ]
    settings: Rows = [
        ["form_id", "bands_step", "between", "maximum", "years"],
        ["batas", 0.01, "lower", 100, "2026, 2027"],
    ]
    path = workbook(
        tmp_path / "book.xlsx",
        survey=[["type", "name", "label"]],
        bands=bands,
        settings=settings,
        opinion=[["quality", "opinion"], ["Baik", "Tinggi"]],
        retired_codes=[["code"], ["X-1"]],
    )

    form = read_workbook(path).form

    assert not form.dimensions
    assert [zone.dark for zone in form.bands.zones] == [False, True]
    assert form.bands.step == Decimal("0.01")
    assert form.retired_codes == ("X-1",)
    assert form.unweighted is None


def test_questions_beside_groups_keep_to_their_dimension(tmp_path: Path) -> None:
    path = survey(
        tmp_path / "book.xlsx",
        ["begin_group", "input", "Input", None, "document_review"],
        ["text", "a", "A"],
        ["begin_group", "inner", "Papan", None, "observation"],
        ["text", "b", "B", "Tanda", "interview"],
        ["text", "c", "C", None, "observation"],
        ["end_group"],
        ["text", "d", "D"],
        ["end_group"],
        ["begin_group", "Bare"],
        ["text", "e", "E"],
        ["end_group"],
        columns=("variable", "means"),
    )

    form = read_workbook(path).form

    shape = [
        (one.code, [(v.name.id, [i.code for i in v.indicators]) for v in one.variables])
        for one in form.dimensions
    ]
    assert shape == [
        ("input", [("Input", ["a", "d"]), ("Tanda", ["b"]), ("Papan", ["c"])]),
        ("bare", [("Bare", ["e"])]),
    ]
    means = [[one.value for one in v.means] for v in form.dimensions[0].variables]
    assert means == [["document_review"], ["interview"], ["observation"]]


def test_a_macro_workbook_with_headings_in_capitals_is_read_and_never_run(tmp_path: Path) -> None:
    path = workbook(
        tmp_path / "book.xlsm",
        survey=[["Type", "NAME", "Label", "Legal Basis"], ["Text", "a", "A", "UU 25/2009"]],
    )
    rewrite(path, "xl/workbook.xml", 'name="survey"', 'name=" Survey "')
    plain = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"
    macros = "application/vnd.ms-excel.sheet.macroEnabled.main+xml"
    rewrite(path, "[Content_Types].xml", plain, macros)
    with ZipFile(path, "a") as package:
        package.writestr("xl/vbaProject.bin", b"never read")

    (one,) = indicators(read_workbook(path).form).values()

    assert one.legal_basis == ("UU 25/2009",)


def test_shared_weights_and_sources_come_from_their_sheets(tmp_path: Path) -> None:
    path = workbook(
        tmp_path / "book.xlsx",
        survey=[
            ["type", "name", "label", "shares", "text_source"],
            ["select_one ada", "a", "A", "bersama", "terbaca"],
            ["select_one ada", "b", "B", "bersama"],
        ],
        shared_weights=[["name", "points", "source"], ["bersama", 40, "terbaca"]],
        sources=[["name", "verified", "note"], ["terbaca", "yes", "A"], ["dugaan", None, "C"]],
    )

    form = read_workbook(path).form

    assert form.maximum == 40
    assert form.sources["terbaca"].verified
    assert not form.sources["dugaan"].verified
    assert not form.sources[indicators(form)["b"].text_source].verified


def test_a_workbook_that_calls_its_own_source_workbook_is_not_taken_for_it(tmp_path: Path) -> None:
    path = workbook(
        tmp_path / "book.xlsx",
        survey=[["type", "name", "label"], ["text", "a", "A"]],
        sources=[["name", "verified", "note"], ["workbook", "yes", "A: terbaca"]],
    )

    form = read_workbook(path).form

    assert not form.sources[indicators(form)["a"].text_source].verified


def test_hidden_rows_and_sheets_are_read(tmp_path: Path) -> None:
    path = survey(tmp_path / "book.xlsx", ["text", "a", "A"], ["select_one ada", "b", "B"])
    book = load_workbook(path)
    book["survey"].row_dimensions[2].hidden = True
    book["choices"].sheet_state = "hidden"
    book.save(path)

    assert list(indicators(read_workbook(path).form)) == ["a", "b"]


SHEET = "xl/worksheets/sheet1.xml"  # the survey, which comes first in a book of these tests


def typed(text: str) -> str:
    """How a text that was typed stands in a sheet of these tests."""
    return f't="inlineStr"><is><t>{text}</t></is>'


def test_a_formula_reads_as_the_value_that_was_computed(tmp_path: Path) -> None:
    path = workbook(
        tmp_path / "book.xlsx",
        survey=[["type", "name", "label", "hint"], ["text", "a", "COMPUTED", "EMPTY"]],
    )
    rewrite(path, SHEET, typed("COMPUTED"), 't="str"><f>"A"&amp;"B"</f><v>AB</v>')
    rewrite(path, SHEET, typed("EMPTY"), 't="str"><f>""</f><v></v>')

    (one,) = indicators(read_workbook(path).form).values()

    assert one.text.id == "AB"
    assert one.guidance is None


def test_the_strings_that_excel_keeps_apart_are_read(tmp_path: Path) -> None:
    path = workbook(
        tmp_path / "book.xlsx", survey=[["type", "name", "label"], ["text", "a", "SHARED"]]
    )
    rewrite(path, SHEET, typed("SHARED"), 't="s"><v>0</v>')
    main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    kind = "application/vnd.openxmlformats-officedocument.spreadsheetml.sharedStrings+xml"
    shared = f'<Override PartName="/xl/sharedStrings.xml" ContentType="{kind}"/></Types>'
    rewrite(path, "[Content_Types].xml", "</Types>", shared)
    relation = f'<Relationship Type="{office}/sharedStrings" Target="sharedStrings.xml" Id="rIdS"/>'
    rewrite(path, "xl/_rels/workbook.xml.rels", "</Relationships>", f"{relation}</Relationships>")
    runs = "<r><t>Dari </t></r><r><rPr><b/></rPr><t>Excel</t></r>"
    with ZipFile(path, "a") as package:
        package.writestr("xl/sharedStrings.xml", f'<sst xmlns="{main}"><si>{runs}</si></sst>')

    (one,) = indicators(read_workbook(path).form).values()

    assert one.text.id == "Dari Excel"


@pytest.mark.parametrize(
    "items", [["one"], ["one", "two"], ["one\nand more\n\nof it", "two"], ["  a"], []]
)
def test_lists_of_texts_survive_a_cell(items: list[str]) -> None:
    assert split_lines(joined_lines(items)) == [item.strip() for item in items]


def test_names_and_versions_are_made_as_like_as_can_be() -> None:
    assert name_from("Café Über_Amt", otherwise="x") == "cafe-uber-amt"
    assert name_from("日本", otherwise="x") == "x"
    assert name_from("a b", otherwise="x", taken={"a-b", "a-b-2"}) == "a-b-3"
    assert len(name_from("a" * 200, otherwise="x", taken={"a" * 55})) <= 60
    assert version_from("v3.2-beta") == "3.2"
    assert version_from("final") == "1"
    assert version_from("1" * 80) == ".".join(["111111"] * 3 + ["111"])


IN_BOTH: list[object] = ["type", "name", "label::Indonesia (id)", "label::English (en)"]


def missing(path: Path) -> list[tuple[str, str, int | None, str | None]]:
    """Where a workbook's texts are in one language only: code, sheet, row and heading."""
    return [
        (note.code, note.cell.sheet, note.cell.row, note.cell.column)
        for note in read_workbook(path).notes
        if note.cell and ("missing" in note.code or "one_language" in note.code)
    ]


def test_each_empty_cell_of_a_translation_is_named_with_its_language(tmp_path: Path) -> None:
    rows: Rows = [
        IN_BOTH,
        ["text", "a", "A", None],
        ["text", "b", "B", "B"],
        ["text", "c", None, "C"],
    ]
    path = workbook(tmp_path / "book.xlsx", survey=rows)

    assert missing(path) == [
        ("workbook_text_missing_en", "survey", 2, "label::English (en)"),
        ("workbook_text_missing_id", "survey", 4, "label::Indonesia (id)"),
    ]
    notes = read_workbook(path).notes
    told = next(note for note in notes if note.code == "workbook_text_missing_en")
    assert "sheet survey, row 2, column label::English (en)" in told.told(Language.ENGLISH)


@pytest.mark.parametrize(("count", "more"), [(20, None), (21, 1), (65, 45)])
def test_after_twenty_missing_texts_the_others_are_counted(
    tmp_path: Path, count: int, more: int | None
) -> None:
    rows: list[list[object]] = [
        ["text", f"a{number}", f"A{number}", None] for number in range(count)
    ]
    path = workbook(tmp_path / "book.xlsx", survey=[IN_BOTH, *rows, ["text", "z", "Z", "Z"]])

    notes = [note for note in read_workbook(path).notes if "missing_en" in note.code]

    rows_named = [note.cell.row for note in notes if note.cell and "text_missing" in note.code]
    assert rows_named == list(range(2, 22))
    assert [note.places["count"] for note in notes[20:]] == ([more] if more else [])


def test_a_column_without_its_other_language_is_told_once(tmp_path: Path) -> None:
    rows = [["text", "a", "A"], ["text", "b", "B"]]
    named = workbook(
        tmp_path / "named.xlsx", survey=[["type", "name", "label::Indonesia (id)"], *rows]
    )
    plain = workbook(tmp_path / "plain.xlsx", survey=[["type", "name", "label"], *rows])
    paired = workbook(
        tmp_path / "paired.xlsx",
        survey=[["type", "name", "label", "label::English (en)"], ["text", "a", None, "A"]],
    )

    head = "label::Indonesia (id)"
    assert ("workbook_column_missing_en", "survey", None, head) in missing(named)
    assert ("workbook_one_language", "survey", None, "label") in missing(plain)
    assert ("workbook_text_missing_id", "survey", 2, "label") in missing(paired)
    assert {row for code, _, row, _ in missing(named) + missing(plain) if "text" in code} == set()
