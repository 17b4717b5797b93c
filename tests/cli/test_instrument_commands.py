"""Instruments on the command line: from a workbook to a visit, and a visit to another version."""

import json
from dataclasses import fields
from enum import StrEnum
from pathlib import Path

import pytest
from openpyxl import load_workbook
from tests.cli.calling import Call

from assessor_app.cli.context import Context
from assessor_app.cli.instrument_words import field_told, value_told
from assessor_app.domain.bands import Band, Opinion, PartOfWhole
from assessor_app.domain.changes import Place
from assessor_app.domain.instrument import (
    AggregationRule,
    Asked,
    Denominator,
    Indicator,
    Instrument,
    Means,
    NotAssessable,
    ObjectType,
    Side,
    SideRule,
)
from assessor_app.domain.respondents import RespondentKind, Role
from assessor_app.domain.scale import AnswerKind, Level, Part, Scale, Step
from assessor_app.domain.wording import Source
from assessor_app.domain.zone import ZoneColour
from assessor_app.instruments.reading import check
from assessor_app.paths import resources_dir
from assessor_app.services import workbooks
from assessor_app.texts import Language

SAMPLE = resources_dir() / "sample" / "instrument-contoh.yaml"

# By hand: 15 + 0 (unsigned) + 20 x 3/6 + 10 x 7/10 + the lower of 1 and 0.5 x 15 + 5/10 x 15
# + 15 x 0.75.
ANSWERS = [
    {"indicator": "CT-01", "side": "paperwork", "answer": "present"},
    {"indicator": "CT-01", "side": "practice", "answer": "present"},
    {"indicator": "CT-02", "side": "practice", "answer": "absent"},
    {"indicator": "CT-03", "side": "practice", "answer": ["persyaratan", "biaya", "waktu"]},
    {"indicator": "CT-04", "side": "practice", "answer": 7},
    {"indicator": "CT-05", "side": "paperwork", "answer": "present"},
    {"indicator": "CT-05", "side": "practice", "answer": "partial"},
    {"indicator": "CT-06", "side": "paperwork", "answer": 5},
    {"indicator": "CT-06", "side": "practice", "answer": 10},
    {"indicator": "CT-07", "side": "practice", "answer": "4", "respondent": "R1"},
]
SCORE = "58.25"


@pytest.fixture
def template(call: Call, tmp_path: Path) -> Path:
    book = tmp_path / "contoh.xlsx"
    assert call("instrument", "template", "--out", book).code == 0
    return book


def changed(book: Path, sheet: str, column: str, values: dict[str, object]) -> Path:
    """The workbook as an author would save it: other values by the name in their row."""
    opened = load_workbook(book)
    page = opened[sheet]
    heads = {cell.value: place for place, cell in enumerate(page[1], start=1)}
    for row in range(2, page.max_row + 1):
        name = str(page.cell(row, heads.get("name", 1)).value)
        if name in values:
            page.cell(row, heads[column]).value = values[name]  # type: ignore[assignment]  # as read
    saved = book.with_name("changed.xlsx")
    opened.save(saved)
    return saved


def next_version(call: Call, template: Path) -> str:
    """The example with another scale for CT-05, as version 2 of the library."""
    opened = load_workbook(template)
    settings = opened["settings"]
    for cell in settings[1]:
        if cell.value == "version":
            settings.cell(2, cell.column or 0).value = "2"
    survey = opened["survey"]
    heads = {cell.value: place for place, cell in enumerate(survey[1], start=1)}
    for row in range(2, survey.max_row + 1):
        if survey.cell(row, heads["name"]).value == "CT-05":
            survey.cell(row, heads["type"]).value = "select_one ada"
            survey.cell(row, heads["scale"]).value = "ada"
    saved = template.with_name("versi-2.xlsx")
    opened.save(saved)
    taken = call("instrument", "import", saved, "--json")
    assert taken.code == 0, taken.err
    return str(taken.data["instrument"])


def begun(call: Call, instrument: str) -> str:
    started = call(
        *("new", "--institution", "Kota Ambon", "--unit", "Dinas Kesehatan", "--object", "opd"),
        *("--instrument", instrument, "--json"),
    )
    assert started.code == 0, started.err
    visit = str(started.data["visit"])
    lines = "\n".join(json.dumps(one) for one in ANSWERS).encode()
    said = call("record", visit, "-", stdin=lines)
    assert all(line["ok"] for line in said.lines), said.out
    return visit


def test_from_the_template_to_a_visit_with_a_score(call: Call, template: Path, home: Path) -> None:
    taken = call("instrument", "import", template, "--json")
    assert (taken.code, taken.data["instrument"]) == (0, "instrumen-contoh@1")
    assert taken.data["notes"] == []
    file = Path(taken.data["file"])
    assert file == home / "instruments" / "instrumen-contoh@1.yaml"
    assert check(file) == ()
    assert "instrumen-contoh@1" in call("instrument", "list").out

    visit = begun(call, "instrumen-contoh")

    official = call("score", visit, "--json").data["official"]
    assert (official["points"], official["zone"], official["measured"]) == (SCORE, "yellow", "100")


def test_the_example_itself_is_offered_for_no_visit(call: Call) -> None:
    refused = call(
        *("new", "--institution", "Kota Ambon", "--unit", "Dinas", "--object", "opd"),
        *("--instrument", "instrumen-contoh"),
    )

    assert refused.code == 1


def test_the_same_workbook_again_adds_nothing(call: Call, template: Path, home: Path) -> None:
    first = call("instrument", "import", template, "--json").data
    before = Path(first["file"]).stat().st_mtime_ns

    again = call("instrument", "import", template, "--json")

    assert (again.code, again.data["again"]) == (0, True)
    assert Path(first["file"]).stat().st_mtime_ns == before
    assert sorted(path.name for path in (home / "instruments").iterdir()) == [
        "instrumen-contoh@1.yaml"
    ]


def test_other_content_under_a_taken_version_is_refused_with_what_to_do(
    call: Call, template: Path
) -> None:
    call("instrument", "import", template)
    other = changed(template, "scales", "target", {"kursi": 5})

    refused = call("--lang", "en", "instrument", "import", other, "--json")

    assert (refused.code, refused.data["code"]) == (1, "instrument_version_taken")
    assert "Raise the version" in refused.err
    assert call("instrument", "diff", "instrumen-contoh", other, "--json").data["changed"] == [
        {
            "indicator": "CT-04",
            "text": "Kursi di ruang tunggu",
            "text_en": "Seats in the waiting room",
            "weight": "10",
            "fields": [{"field": "scale.target", "before": "10", "after": "5"}],
        }
    ]


def test_an_import_may_be_written_elsewhere_but_over_nothing(
    call: Call, template: Path, tmp_path: Path, home: Path
) -> None:
    out = tmp_path / "mine.yaml"

    first = call("instrument", "import", template, "--out", out)
    again = call("instrument", "import", template, "--out", out, "--json")
    taken = call("instrument", "import", template, "--out", template, "--json")
    nowhere = call("instrument", "import", template, "--out", tmp_path / "x" / "y.yaml", "--json")

    assert first.code == 0
    assert str(home / "instruments") in first.out
    assert again.data["again"]
    assert (taken.data["code"], nowhere.data["code"]) == (
        "instrument_file_taken",
        "folder_missing",
    )
    assert not (home / "instruments").exists()


def test_a_broken_workbook_is_refused_whole_with_sheet_row_and_column(
    call: Call, template: Path, home: Path
) -> None:
    broken = changed(template, "survey", "weight", {"CT-01": "lima belas", "CT-04": "sepuluh"})

    checked = call("instrument", "check", broken, "--json")
    refused = call("instrument", "import", broken, "--json")

    assert (checked.code, checked.data["ok"]) == (1, False)
    assert {(one["sheet"], one["column"]) for one in checked.data["faults"]} == {
        ("survey", "weight")
    }
    assert len({one["row"] for one in checked.data["faults"]}) == 2
    assert (refused.code, refused.data["code"]) == (1, "workbook_broken")
    assert "survey" in refused.err
    assert not (home / "instruments").exists()
    assert call("instrument", "check", template).code == 0
    assert call("instrument", "check", SAMPLE).code == 0
    missing = call("instrument", "check", home / "nothing.xlsx", "--json")
    assert (missing.code, len(missing.data["faults"])) == (1, 1)


def test_a_check_tells_what_the_import_would_leave_out_or_guess(
    call: Call, template: Path, tmp_path: Path
) -> None:
    opened = load_workbook(template)
    page = opened["survey"]
    page.cell(1, page.max_column + 1).value = "catatan_saya"
    page.cell(2, page.max_column).value = "x"
    page.cell(3, page.max_column + 2).value = "tanpa judul"
    book = tmp_path / "noted.xlsx"
    opened.save(book)

    checked = call("instrument", "check", book, "--json")
    told = call("--lang", "en", "instrument", "check", book)
    taken = call("instrument", "import", book, "--json")

    assert (checked.code, checked.data["ok"], checked.data["faults"]) == (0, True, [])
    assert [(one["code"], one["sheet"]) for one in checked.data["notes"]] == [
        ("workbook_column_ignored", "survey"),
        ("workbook_column_unheaded", "survey"),
    ]
    assert [one["note"] for one in checked.data["notes"]] == taken.data["notes"]
    assert told.code == 0
    assert "sound, with these notes" in told.out
    assert "catatan_saya" in told.out
    assert "no faults" in call("--lang", "en", "instrument", "check", template).out


def test_a_misspelt_sheet_is_refused_before_its_content_is_lost(
    call: Call, template: Path, tmp_path: Path
) -> None:
    opened = load_workbook(template)
    opened["bands"].title = "bamds"
    book = tmp_path / "bamds.xlsx"
    opened.save(book)

    checked = call("instrument", "check", book, "--json")

    assert checked.code == 1
    assert "workbook_sheet_misspelt" in {one["code"] for one in checked.data["faults"]}
    assert call("instrument", "import", book).code == 1


def test_a_shipped_instrument_goes_out_and_comes_back_the_same(call: Call, tmp_path: Path) -> None:
    book = tmp_path / "2015.xlsx"

    assert call("instrument", "export", "2015-pemda", "--out", book, "--json").data["ok"]

    assert call("instrument", "diff", "2015-pemda@1", book, "--json").data["same"]
    assert "sama" in call("instrument", "diff", "2015-pemda@1", book).out
    assert call("instrument", "import", book, "--json").data["again"]
    assert call("instrument", "export", "2022", "--out", book, "--json").data["code"] == (
        "file_exists"
    )
    again = tmp_path / "again.xlsx"
    assert call("instrument", "export", book, "--out", again).code == 0
    assert call("instrument", "diff", book, again, "--json").data["same"]
    shipped = resources_dir() / "instruments" / "2015-pemda.yaml"
    assert call("instrument", "diff", shipped, again, "--json").data["same"]
    bounds = call("instrument", "export", "2014", "--out", tmp_path / "2014.xlsx", "--json")
    assert bounds.data["code"] == "workbook_without_questions"


def test_a_workbook_that_makes_too_large_a_file_is_refused(
    call: Call, template: Path, home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(workbooks, "LARGEST_BYTES", 1_000)

    refused = call("instrument", "import", template, "--json")

    assert refused.data["code"] == "instrument_too_large"
    assert not (home / "instruments").exists()


def test_a_broken_file_is_not_exported(call: Call, tmp_path: Path) -> None:
    broken = tmp_path / "broken.yaml"
    text = SAMPLE.read_text(encoding="utf-8").replace("weight: 15", "weight: 16", 1)
    broken.write_text(text, encoding="utf-8")

    refused = call("instrument", "export", broken, "--out", tmp_path / "x.xlsx", "--json")

    assert (refused.code, refused.data["code"]) == (1, "instrument_broken")
    assert not (tmp_path / "x.xlsx").exists()


def test_a_difference_is_told_in_words_once_for_all_that_changed_alike(call: Call) -> None:
    told = call("--lang", "en", "instrument", "diff", "2022", "2023-2024").out.splitlines()
    data = call("instrument", "diff", "2022", "2023-2024", "--json").data
    unlike = call("instrument", "diff", "2023-2024", "2025", "--json").data

    assert told[0] == "2022@1 → 2023-2024@1"
    assert [line.partition("  ")[0] for line in told if line.startswith("+")] == [
        f"+ {one['indicator']}" for one in data["added"]
    ]
    weights = [line for line in told if line.startswith("    weight:")]
    assert len(weights) < sum(
        field["field"] == "weight" for one in data["changed"] for field in one["fields"]
    )
    assert all("(belum" not in line for line in told)
    assert unlike["weights"]["after"] == "0"
    assert [one["after"] for one in unlike["bands"]] == [None] * 5
    assert "weighted" in {one["field"] for one in unlike["rules"]}


def test_a_difference_is_told_in_the_words_of_its_reader(
    call: Call, template: Path, tmp_path: Path
) -> None:
    opened = load_workbook(template)
    for line in opened["bands"].iter_rows(min_row=2):
        for cell in line:
            if str(cell.value) == "80":
                cell.value = 80.5
            if str(cell.value) == "79.99":
                cell.value = 80.49
    survey = opened["survey"]
    heads = {cell.value: place for place, cell in enumerate(survey[1], start=1)}
    for row in range(2, survey.max_row + 1):
        if survey.cell(row, heads["name"]).value == "CT-02":
            survey.cell(row, heads["required"]).value = "no"
            survey.cell(row, heads["sides"]).value = "paperwork practice"
            survey.cell(row, heads["label::English (en)"]).value = "Signed"
            survey.cell(row, heads["counts"]).value = "lower"
    book = tmp_path / "next.xlsx"
    opened.save(book)

    told = call("instrument", "diff", template, book).out.splitlines()
    english = call("--lang", "en", "instrument", "diff", template, book).out.splitlines()
    bands = call("instrument", "diff", template, book, "--json").data["bands"]

    assert "  batas bawah: 80 → 80,5" in told
    assert "  batas atas: 79,99 → 80,49" in told
    assert "    wajib: ya → tidak" in told
    assert "    sisi: praktik → dokumen, praktik" in told
    assert "    sisi yang dihitung: praktik → yang lebih rendah dari keduanya" in told
    assert any(line.startswith("    rumusan › teks bahasa Inggris: ") for line in told)
    assert "  lower bound: 80 → 80.5" in english
    assert any(line.startswith("    wording: ") and line.endswith("Signed") for line in english)
    assert [one["fields"] for one in bands] == [
        [{"field": "upper", "before": "79.99", "after": "80.49"}],
        [{"field": "lower", "before": "80", "after": "80.5"}],
    ]


def test_zones_that_stayed_are_not_told_where_only_their_source_did_not(call: Call) -> None:
    told = call("instrument", "diff", "2022", "2023-2024").out
    data = call("instrument", "diff", "2022", "2023-2024", "--json").data

    assert data["bands"] == []
    assert "Zona" not in told
    assert "sumber batas › keterangan" in told


DOMAIN = (Band, Indicator, Instrument, Level, ObjectType, Opinion, Part, PartOfWhole, Role, Scale)


@pytest.mark.parametrize("language", Language)
def test_every_field_and_every_word_of_an_instrument_can_be_told(language: Language) -> None:
    context = Context(Path(), None, None, language, as_json=False)
    own = {"code", "value", "id", "version", "digest", "dimensions", "bands", "shared_with"}
    for kind in (*DOMAIN, Source, Step):
        for field in fields(kind):
            if field.init and field.name not in own:  # an index of them is no field of a file
                assert field_told((field.name,), context)
    words: dict[Place, type[StrEnum]] = {
        ("aggregation",): AggregationRule,
        ("asked",): Asked,
        ("counts",): SideRule,
        ("denominator",): Denominator,
        ("scale", "kind"): AnswerKind,
        ("roles", "kepala", "kind"): RespondentKind,
        ("dimensions", "a", "variables", "b", "means"): Means,
        ("not_assessable",): NotAssessable,
        ("sides",): Side,
        ("zone",): ZoneColour,
    }
    for place, values in words.items():
        for value in values:
            assert value_told(place, value.value, context)


def test_numbers_and_names_are_told_as_the_language_writes_them() -> None:
    indonesian, english = (
        Context(Path(), None, None, language, as_json=False) for language in Language
    )
    place = ("scale", "steps", "0.5", "fulfilment")

    assert field_told(place, indonesian) == "skala › langkah › 0,5 › pemenuhan"
    assert field_told(place, english) == "scale › steps › 0.5 › fulfilment"
    assert value_told(place, "0.25", indonesian) == "0,25"
    assert value_told(("scale", "steps"), "0.5, 1", indonesian) == "0,5; 1"
    assert value_told(("scale", "steps"), "0.5, 1", english) == "0.5, 1"
    assert field_told(("scale", "levels", "id", "rubric", "id"), indonesian) == (
        "skala › tingkat › id › rubrik"
    )


def test_an_instrument_is_shown_with_its_bounds_and_indicators(call: Call) -> None:
    shown = call("instrument", "show", "2015-pemda")
    data = call("instrument", "show", "2015-pemda", "--json").data
    unweighted = call("--lang", "en", "instrument", "show", "2026")
    bounds = call("instrument", "show", "2014")

    assert "56–88" in shown.out
    assert "[ada atau tidak; dokumen+praktik]  3,8" in shown.out
    assert "P15-06" in shown.out
    first = data["dimensions"][0]["indicators"][0]
    assert (first["code"], first["weight"], first["sides"]) == (
        "P15-01",
        "6",
        ["paperwork", "practice"],
    )
    assert "No bounds" in unweighted.out
    assert "501–800" in bounds.out
    assert call("instrument", "show", "2999").code == 1


def test_moving_a_visit_is_shown_first_and_done_only_when_it_is_confirmed(
    call: Call, template: Path
) -> None:
    call("instrument", "import", template)
    visit = begun(call, "instrumen-contoh@1")
    other = next_version(call, template)

    shown = call("move", visit, other, "--json").data
    told = call("--lang", "en", "move", visit, other).out
    without_reason = call("move", visit, other, "--yes", "--json")
    still = call("score", visit, "--json").data["official"]["points"]

    assert not shown["moved"]
    assert (shown["from"], shown["to"]) == ("instrumen-contoh@1", "instrumen-contoh@2")
    assert [
        (one["indicator"], one["side"], one["answer"], one["why"], one["set_aside"])
        for one in shown["unfit"]
    ] == [("CT-05", "practice", "partial", "not_on_scale", True)]
    assert len(shown["taken_over"]) == 9
    assert (shown["score_before"]["points"], shown["score_after"]["points"]) == (SCORE, "50.75")
    assert [one["indicator"] for one in shown["difference"]["changed"]] == ["CT-05"]
    assert "“partial” – the new scale does not have it; this side is open again" in told
    assert "Nothing has changed yet" in told
    assert without_reason.data["code"] == "reason_missing"
    assert still == SCORE

    moved = call("move", visit, other, "--yes", "--reason", "Versi 2 berlaku", "--json").data

    assert moved["moved"]
    after = call("score", visit, "--json").data["official"]
    assert (after["points"], after["measured"]) == ("50.75", "85")
    assert call("undo", visit, "--json").data["code"] == "nothing_to_undo"
    assert call("move", visit, other, "--json").data["code"] == "visit_on_instrument"
    assert call("rebuild", "--json").data["differences"] == []


def test_a_visit_moved_to_an_instrument_with_other_codes_keeps_its_record(
    call: Call, visit: str
) -> None:
    call("record", visit, "-", stdin=b'{"indicator":"P15-06","side":"practice","answer":"absent"}')

    told = call("move", visit, "2026", "--yes", "--reason", "Salah instrumen")
    back = call("move", visit, "2015-pemda", "--yes", "--reason", "Kembali", "--json")

    assert told.code == 0, told.err
    assert "P15-06, praktik: “absent” – indikator ini tidak ada lagi" in told.out
    assert "tanpa nilai" in told.out
    assert back.data["unfit"] == []
    assert back.data["score_before"] is None
    shown = call("show", visit, "--json").data
    recorded = {one["code"]: one for one in shown["indicators"]}["P15-06"]["practice"]
    assert recorded["answer"] == "absent"
