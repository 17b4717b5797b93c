"""Tables of results: every fault with its row, taken over whole or not at all."""

import csv
import io
import os
import zipfile
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path
from time import perf_counter

import openpyxl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from assessor_app.domain.event import STORE
from assessor_app.domain.problem import IssueProblem, ResultsRefused
from assessor_app.domain.results import InstitutionLevel
from assessor_app.domain.zone import ZoneColour as Zone
from assessor_app.instruments.library import Library
from assessor_app.services import table_file
from assessor_app.services.enrolment import Workplace
from assessor_app.services.results import Registered, published, register
from assessor_app.services.results_file import (
    COLUMNS,
    Imported,
    import_results,
    template,
    write_template,
)
from assessor_app.services.sample.published import published_results
from assessor_app.services.table_file import RowFault
from assessor_app.texts import Language, say

SCORES = Path(__file__).parents[1] / "domain" / "files" / "published_scores.csv"
Take = Callable[[str | bytes], Imported]


@pytest.fixture
def take(workplace: Workplace, library: Library, tmp_path: Path) -> Take:
    def taken(content: str | bytes, name: str = "hasil.csv") -> Imported:
        path = tmp_path / name
        path.write_bytes(content.encode() if isinstance(content, str) else content)
        return import_results(workplace, library, path)

    return taken


def refused(take: Take, content: str | bytes) -> ResultsRefused:
    with pytest.raises(ResultsRefused) as raised:
        take(content)
    return raised.value


def faults(take: Take, content: str) -> list[tuple[int, str | None, str]]:
    found = refused(take, content).places["faults"]
    assert isinstance(found, tuple)
    assert all(isinstance(fault, RowFault) for fault in found)
    for fault in found:
        for language in Language:
            assert str(fault.row) in fault.told(language)
    return [(fault.row, fault.column, fault.code) for fault in found]


def workbook(rows: list[list[object]]) -> bytes:
    book = openpyxl.Workbook()
    sheet = book.worksheets[0]
    for row in rows:
        sheet.append(row)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def test_the_published_scores_import_and_a_second_time_change_nothing(
    workplace: Workplace, library: Library
) -> None:
    first = import_results(workplace, library, SCORES)
    again = import_results(workplace, library, SCORES)

    kept = {(one.institution, one.year): one for one in published(workplace.store)}
    assert first.registered == Registered(added=47)
    assert again.registered == Registered(unchanged=47)
    solok = kept["Kabupaten Solok", 2024]
    assert (solok.level, solok.score, solok.zone) == (
        InstitutionLevel.REGENCY,
        Decimal("97.73"),
        Zone.GREEN,
    )
    assert solok.source == "published_scores.csv"
    assert kept["Provinsi Sumatera Barat", 2021].province == "Sumatera Barat"
    assert kept["Kantah Balangan", 2021].level is InstitutionLevel.VERTICAL


def test_a_table_upon_the_sample_adds_and_keeps_the_better_source(
    workplace: Workplace, library: Library
) -> None:
    register(workplace.store, published_results())

    made = import_results(workplace, library, SCORES)

    kept = {(one.institution, one.year): one for one in published(workplace.store)}
    ternate = kept["Kota Ternate", 2023]
    assert made.registered == Registered(added=40, unchanged=7)
    assert ternate.source.endswith("terbitmalut.com")
    assert kept["Kabupaten Halmahera Selatan", 2024].province == "Maluku Utara"


def test_a_whole_import_is_one_event(take: Take, workplace: Workplace) -> None:
    before = sum(1 for _ in workplace.store.log.stored(STORE))

    take("entity,year,score\nKota A,2022,80\nKota B,2022,70\n")

    assert sum(1 for _ in workplace.store.log.stored(STORE)) == before + 1


def test_indonesian_heads_semicolons_and_decimal_commas_are_understood(
    take: Take, workplace: Workplace
) -> None:
    made = take(
        "\ufeffInstansi;Tahun;Nilai;Zona;Provinsi;Layak Piagam;Catatan Piagam;Nomor\r\n"
        "Kota Jayapura;2024;90,10;Zona Hijau;Papua;tidak;Catatan lama;1\r\n"
    )

    (kept,) = published(workplace.store)
    assert (kept.score, kept.zone, kept.award_eligible) == (Decimal("90.10"), Zone.GREEN, False)
    assert kept.award_note is not None
    assert made.ignored == ("Nomor",)


def test_every_fault_of_every_row_is_told_with_row_and_column(
    take: Take, workplace: Workplace
) -> None:
    found = faults(
        take,
        "entity,year,score,zone,level,award_eligible\n"
        "Kota A,2022,80,hijau,kota,ya\n"
        ",2022,80,,,\n"
        "Kota B,dua ribu,80,,,\n"
        "Kota C,2020,80,,,\n"
        "Kota D,2022,tinggi,ungu,desa,mungkin\n"
        "Kota E,2022,100.01,,,\n"
        "Kota F,2022,,,,\n"
        "kota a,2022,81,,,\n"
        "Kota G,2022,80,,,,\n"
        "Kota H,2012,80,,,\n",
    )

    assert found == [
        (3, "entity", "cell_missing"),
        (4, "year", "cell_no_year"),
        (5, "year", "cell_year_not_held"),
        (6, "zone", "cell_word_unknown"),
        (6, "level", "cell_word_unknown"),
        (6, "award_eligible", "cell_word_unknown"),
        (6, "score", "cell_no_number"),
        (7, "score", "cell_score_too_high"),
        (8, "score", "cell_says_nothing"),
        (9, "entity", "cell_result_twice"),
        (10, None, "table_row_too_wide"),
        (11, "year", "cell_no_year"),
    ]
    assert published(workplace.store) == ()


def test_the_highest_score_is_that_of_the_year_and_kind_of_office(take: Take) -> None:
    assert take("entity,year,score\nKota A,2015,109\nKota B,2014,880\n").registered.added == 2
    assert faults(take, "entity,year,score\nKementerian C,2015,109\n") == [
        (2, "score", "cell_score_too_high")
    ]


def test_a_score_that_may_be_thousands_is_refused_where_scores_go_that_high(take: Take) -> None:
    assert take("entity,year,score\nKota A,2022,79.200\n").registered.added == 1
    assert faults(take, "entity,year,score\nKota A,2014,1.000\n") == [
        (2, "score", "cell_score_ambiguous")
    ]


def test_a_score_of_an_office_without_a_method_at_hand_is_kept_as_printed(
    take: Take, workplace: Workplace
) -> None:
    take("entity,year,score\nYang Lain,2015,150\n")

    assert published(workplace.store)[0].score == Decimal(150)


def test_a_control_character_is_refused_with_its_place(take: Take) -> None:
    assert faults(take, "entity,year,score\nKota\x07A,2022,80\n") == [
        (2, "entity", "cell_unprintable")
    ]


def test_a_printed_zone_that_contradicts_is_kept_and_remarked(
    take: Take, workplace: Workplace
) -> None:
    made = take("entity,year,score,zone\nKota A,2022,77.79,hijau\n")

    assert [(remark.row, remark.code) for remark in made.remarks] == [(2, "disagrees")]
    assert published(workplace.store)[0].zone is Zone.GREEN


def test_a_corrected_figure_replaces_and_a_dash_says_nothing(
    take: Take, workplace: Workplace
) -> None:
    take("entity,year,score,zone,note\nKota A,2022,77.79,kuning,dari koran\n")

    made = take("entity,year,score,zone,note\nKota A,2022,78.79,-,\n")

    (kept,) = published(workplace.store)
    assert made.registered == Registered(corrected=1)
    assert (kept.score, kept.zone) == (Decimal("78.79"), None)
    assert kept.note is not None


def test_a_workbook_gives_what_its_cells_show(take: Take, workplace: Workplace) -> None:
    rows: list[list[object]] = [
        ["entity", "year", "score", "award_eligible", None],
        ["Kota A", 2022, 87.80000000000001, True, None],
        [None, None, None, None],
        ["Kota B", 2022.0, "70,5", False, None],
    ]

    take(workbook(rows))

    kept = published(workplace.store)
    assert [one.score for one in kept] == [Decimal("87.8"), Decimal("70.5")]
    assert [one.award_eligible for one in kept] == [True, False]


def test_a_formula_that_was_never_computed_is_refused(take: Take) -> None:
    rows: list[list[object]] = [["entity", "year", "score"], ["Kota A", 2022, "=40+40"]]

    found = refused(take, workbook(rows))

    assert (found.code, found.places["row"]) == ("table_not_computed", 2)


def repacked(content: bytes, **parts: bytes) -> bytes:
    """A workbook with other parts: `sheet` its sheet, `styles`, `strings`; packed as Excel does."""
    names = {"sheet": "worksheets/sheet1.xml", "styles": "styles.xml", "workbook": "workbook.xml"}
    changed = {f"xl/{names[key]}": part for key, part in parts.items()}
    out = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(content)) as old,
        zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new,
    ):
        for name in old.namelist():
            new.writestr(name, changed.get(name) or old.read(name))
    return out.getvalue()


def sheet_of(content: bytes) -> bytes:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return archive.read("xl/worksheets/sheet1.xml")


ROW: list[list[object]] = [["entity", "year", "score"], ["Kota A", 2022, 80]]
FAR = b'<row r="1048576"><c r="A1048576">%s</c></row></sheetData>'


def test_a_zip_bomb_is_refused_before_it_unfolds(take: Take) -> None:
    bomb = repacked(workbook(ROW), workbook=b" " * 5_000_000)

    assert refused(take, bomb).code == "workbook_bomb"


def test_a_workbook_of_more_texts_or_looks_than_a_table_has_is_not_opened(take: Take) -> None:
    strings = b"<sst>%s</sst>" % (b"<si/>" * 150_001)
    looks = b"<styleSheet>%s</styleSheet>" % (b"<xf/>" * 60_001)

    for content in (repacked(workbook(ROW), sheet=strings), repacked(workbook(ROW), styles=looks)):
        begun = perf_counter()
        assert refused(take, content).code == "workbook_bomb"
        assert perf_counter() - begun < 5


def test_a_row_at_the_end_of_the_sheet_is_refused_before_the_rows_above_are_made(
    take: Take,
) -> None:
    sheet = sheet_of(workbook(ROW))
    far = repacked(workbook(ROW), sheet=sheet.replace(b"</sheetData>", FAR % b"<v>1</v>"))

    begun = perf_counter()
    assert refused(take, far).code == "table_too_long"
    assert perf_counter() - begun < 3


def test_looks_at_the_end_of_the_sheet_and_a_size_that_lies_change_nothing(take: Take) -> None:
    sheet = sheet_of(workbook(ROW))
    assert b'ref="A1:C2"' in sheet
    lies = sheet.replace(b'ref="A1:C2"', b'ref="A1:A1"').replace(b"</sheetData>", FAR % b"")

    begun = perf_counter()
    assert take(repacked(workbook(ROW), sheet=lies)).registered.added == 1
    assert perf_counter() - begun < 3


def test_entities_in_a_workbook_are_not_unfolded(take: Take) -> None:
    bomb = b'<!DOCTYPE a [<!ENTITY b "bbbb">]><workbook>&b;</workbook>'
    whole = io.BytesIO(workbook([["entity", "year"]]))
    out = io.BytesIO()
    with zipfile.ZipFile(whole) as old, zipfile.ZipFile(out, "w") as new:
        for member in old.infolist():
            changed = member.filename == "xl/workbook.xml"
            new.writestr(member, bomb if changed else old.read(member))

    assert refused(take, out.getvalue()).code == "workbook_entities"


def test_a_sheet_that_points_to_texts_that_are_not_there_is_refused(take: Take) -> None:
    sheet = sheet_of(workbook(ROW)).replace(b"<v>80</v>", b"<v>eighty</v>")

    assert refused(take, repacked(workbook(ROW), sheet=sheet)).code == "table_no_workbook"


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "table_empty"),
        (b"\n\n", "table_empty"),
        (b"PK\x03\x04nothing", "workbook_damaged"),
        (b"\xd0\xcf\x11\xe0old", "table_old_workbook"),
        (b"entity,year\nKota \xff,2022\n", "table_not_utf8"),
        (b'entity,year\n"Kota,2022\n', "table_not_csv"),
        (b"entity,score\nKota,80\n", "table_column_missing"),
        (b"entity|year\nKota|2022\n", "table_not_separated"),
        (b"entity,institution,year\nKota,Kota,2022\n", "table_column_twice"),
    ],
)
def test_what_is_no_table_is_refused(take: Take, content: bytes, code: str) -> None:
    assert refused(take, content).code == code


def test_a_text_as_excel_saves_it_in_utf_16_is_read(take: Take, workplace: Workplace) -> None:
    take("entity\tyear\tscore\nKota Ambon\t2022\t80\n".encode("utf-16"))

    assert published(workplace.store)[0].institution == "Kota Ambon"


def test_a_file_that_is_not_there_or_too_large_is_refused(
    workplace: Workplace, library: Library, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with pytest.raises(ResultsRefused, match="table_unreadable"):
        import_results(workplace, library, tmp_path / "none.csv")
    with pytest.raises(ResultsRefused, match="table_no_file"):
        import_results(workplace, library, tmp_path)
    monkeypatch.setattr(table_file, "LARGEST_FILE", 3)
    (tmp_path / "large.csv").write_text("entity,year\n")
    with pytest.raises(ResultsRefused, match="table_too_large"):
        import_results(workplace, library, tmp_path / "large.csv")


def test_a_pipe_and_a_device_are_not_waited_for(
    workplace: Workplace, library: Library, tmp_path: Path
) -> None:
    os.mkfifo(tmp_path / "hasil.csv")

    for path in (tmp_path / "hasil.csv", Path("/dev/zero")):
        with pytest.raises(ResultsRefused) as raised:
            import_results(workplace, library, path)
        assert raised.value.code == "table_no_file"
        for language in Language:
            assert str(path) in say(language, "problems.table_no_file", **raised.value.places)


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_a_table_that_never_ends_is_refused(
    take: Take, monkeypatch: pytest.MonkeyPatch, kind: str
) -> None:
    monkeypatch.setattr(table_file, "MOST_ROWS", 5)
    text = "entity,year\n" * 9
    rows: list[list[object]] = [["entity", "year"]] * 9

    assert refused(take, text if kind == "csv" else workbook(rows)).code == "table_too_long"


def test_a_missing_certificate_alone_is_worth_keeping(take: Take, workplace: Workplace) -> None:
    take("entity,year,award_eligible,award_note\nKota Jayapura,2024,tidak,Catatan lama\n")

    (kept,) = published(workplace.store)
    assert (kept.score, kept.zone, kept.award_eligible) == (None, None, False)


def test_a_named_source_and_province_stand_where_rows_name_none(
    workplace: Workplace, library: Library, tmp_path: Path
) -> None:
    path = tmp_path / "hasil.csv"
    path.write_text("entity,year,score,source\nKota A,2022,80,\nKota B,2022,70,koran\n")

    import_results(workplace, library, path, source="Keputusan 418/2023", province="Malut")

    kept = published(workplace.store)
    assert [one.source for one in kept] == ["Keputusan 418/2023", "koran"]
    assert {one.province for one in kept} == {"Maluku Utara"}


def test_the_template_is_understood_and_overwrites_nothing(take: Take, tmp_path: Path) -> None:
    head = next(csv.reader(io.StringIO(template().decode("utf-8-sig"))))
    write_template(tmp_path / "templat.csv")

    assert head == list(COLUMNS)
    assert take(template()).registered == Registered()
    with pytest.raises(IssueProblem, match="file_exists"):
        write_template(tmp_path / "templat.csv")


@settings(
    max_examples=60,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(rows=st.lists(st.lists(st.text(max_size=12), max_size=5), max_size=5), book=st.booleans())
def test_no_content_of_cells_crashes_the_import(
    take: Take, *, rows: list[list[str]], book: bool
) -> None:
    head = ["entity", "year", "score", "zone", "without_maladministration"]
    refusals: set[str] = set()
    try:
        if book:
            kept = [[text for text in row if text.isprintable()] for row in rows]
            take(workbook([list(head), *(list[object](row) for row in kept)]))
        else:
            out = io.StringIO()
            csv.writer(out).writerows([head, *rows])
            take(out.getvalue().encode("utf-8", "surrogatepass"))
    except ResultsRefused as told:
        refusals.add(told.code)
    assert all(code.startswith("table_") for code in refusals)
