"""Tables of the register: every fault with its row, seen before it is written, whole or not."""

import csv
import io
from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from pathlib import Path
from time import perf_counter

import openpyxl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from assessor_app.domain.event import STORE
from assessor_app.domain.problem import IssueProblem, RegisterRefused, ResultsRefused
from assessor_app.domain.results import InstitutionLevel
from assessor_app.instruments.library import Library
from assessor_app.services.enrolment import Workplace
from assessor_app.services.register.columns import COLUMNS
from assessor_app.services.register.exporting import export_register, template, write_template
from assessor_app.services.register.planned import Become, Decision
from assessor_app.services.register.reading import kept, read_register
from assessor_app.services.register.table import (
    Previewed,
    decided,
    import_table,
    preview,
    take_over,
)
from assessor_app.services.table_file import RowFault
from assessor_app.texts import Language

Look = Callable[..., Previewed]
HEAD = "instansi,provinsi,nama unit,kode,jenis objek,alamat,nama lama,berlaku sejak,digabung ke"


@pytest.fixture
def look(workplace: Workplace, library: Library, tmp_path: Path) -> Look:
    def looked(content: str | bytes, **how: object) -> Previewed:
        path = tmp_path / "register.csv"
        path.write_bytes(content.encode() if isinstance(content, str) else content)
        return preview(workplace.store, library, path, **how)  # type: ignore[arg-type]

    return looked


@pytest.fixture
def take(look: Look, workplace: Workplace) -> Look:
    def taken(content: str | bytes, **how: object) -> Previewed:
        seen = look(content, **how)
        take_over(workplace.store, seen)
        return seen

    return taken


def counts(seen: Previewed) -> Mapping[Become, int]:
    return {one: count for one, count in seen.plan.counts.items() if count}


def faults(look: Look, content: str | bytes) -> list[tuple[int, str | None, str]]:
    with pytest.raises(ResultsRefused) as raised:
        look(content)
    found = raised.value.places["faults"]
    assert isinstance(found, tuple)
    for fault in found:
        assert isinstance(fault, RowFault)
        for language in Language:
            assert str(fault.row) in fault.told(language)
    return [(fault.row, fault.column, fault.code) for fault in found]


def workbook(rows: list[list[object]]) -> bytes:
    book = openpyxl.Workbook()
    for row in rows:
        book.worksheets[0].append(row)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def test_a_table_is_seen_first_written_as_one_event_and_changes_nothing_a_second_time(
    look: Look, workplace: Workplace
) -> None:
    table = f"{HEAD}\nPemkot Ambon,Maluku,Dinas Kesehatan,A-1,dinas,Jalan 1,,,\nKab. Buru,Maluku"
    before = workplace.store.log.stream_heads(STORE)[0].seq
    seen = look(table)
    assert counts(seen) == {Become.NEW: 3}
    assert not read_register(workplace.store).units

    assert take_over(workplace.store, seen)

    assert workplace.store.log.stream_heads(STORE)[0].seq == before + 1
    index = kept(workplace.store).index
    unit = index.unit_of("Kota Ambon", "Dinas Kesehatan")
    assert unit is not None
    assert (unit.code, unit.object_type, unit.address) == ("A-1", "dinas", "Jalan 1")
    buru = index.institution_of("Kabupaten Buru")
    assert buru is not None
    assert (buru.level, buru.province) == (InstitutionLevel.REGENCY, "Maluku")
    again = look(table)
    assert counts(again) == {Become.UNCHANGED: 2}
    assert not take_over(workplace.store, again)
    assert workplace.store.log.stream_heads(STORE)[0].seq == before + 1


def test_columns_are_understood_in_both_languages_and_the_others_named(take: Look) -> None:
    seen = take(
        "Institution;Unit;Unit code;Object type;Address;Telepon\nKota Tual;Dinas A;1;dinas;x;9"
    )

    assert seen.ignored == ("Telepon",)
    assert [one.name for one in seen.plan.lines] == ["Kota Tual", "Dinas A"]


def test_a_code_that_has_another_name_now_is_a_renaming_with_its_day(
    take: Look, workplace: Workplace
) -> None:
    take(f"{HEAD}\nKota Ambon,,Kantor Catatan Sipil,A-1,dinas,,,,")

    seen = take(f"{HEAD}\nKota Ambon,,Dinas Dukcapil,A-1,dinas,,,1/2/2026,")

    assert counts(seen) == {Become.RENAMED: 1}
    unit = kept(workplace.store).index.unit_by_code("a-1")
    assert unit is not None
    assert (unit.name, unit.names.before) == ("Dinas Dukcapil", "Kantor Catatan Sipil")
    assert str(unit.names.current.since) == "2026-02-01"
    assert counts(take(f"{HEAD}\nKota Ambon,,Kantor Catatan Sipil,A-1,dinas,,,,")) == {
        Become.UNCHANGED: 1
    }


def test_a_former_name_finds_an_office_without_a_code(take: Look, workplace: Workplace) -> None:
    take(f"{HEAD}\nKota Ambon,,Kantor Catatan Sipil,,dinas,,,,")

    seen = take(f"{HEAD}\nKota Ambon,,Dinas Dukcapil,,dinas,,Kantor Catatan Sipil,,")

    assert counts(seen) == {Become.RENAMED: 1}
    assert len(read_register(workplace.store).units) == 1


def test_a_renamed_institution_keeps_its_units(take: Look, workplace: Workplace) -> None:
    take("instansi,kode instansi,unit\nKota Ambon,81,Dinas A")

    seen = take("instansi,kode instansi,unit\nKota Ambon Manise,81,Dinas A")

    assert counts(seen) == {Become.RENAMED: 1, Become.UNCHANGED: 1}
    register = read_register(workplace.store)
    assert len(register.institutions) == len(register.units) == 1


def test_a_name_that_is_nearly_known_is_doubtful_until_somebody_decides(
    take: Look, look: Look, workplace: Workplace
) -> None:
    take(f"{HEAD}\nKota Ambon,,Dinas Kesehatan,,dinas,,,,")
    table = f"{HEAD}\nKota Ambon,,Dinas Kesehtan,,dinas,,,,\nKota Ambon,,Puskesmas 1,,,,,,"
    seen = look(table)
    (line,) = seen.plan.open
    assert (line.row, line.close) == (2, ("Dinas Kesehatan",))

    same = decided(workplace.store, seen, decisions={line.key: Decision.SAME})
    new = decided(workplace.store, seen, decisions={}, otherwise=Decision.NEW)

    assert counts(same) == {Become.CHANGED: 1, Become.NEW: 1}
    assert counts(new) == {Become.NEW: 2}
    take_over(workplace.store, same)
    assert len(read_register(workplace.store).units) == 2
    assert counts(look(table)) == {Become.UNCHANGED: 2}
    assert not look(f"{HEAD}\nKota Ambon,,Puskesmas 2,,,,,,").plan.open


def test_units_of_a_doubtful_institution_wait_with_it(look: Look, take: Look) -> None:
    take("instansi\nKabupaten Maluku Tenggara")
    table = "instansi,unit\nKabupaten Maluku Tengara,Dinas A"

    assert counts(look(table)) == {Become.DOUBTFUL: 2}
    assert counts(look(table, otherwise=Decision.NEW)) == {Become.NEW: 2}
    same = look(table, otherwise=Decision.SAME)
    assert counts(same) == {Become.CHANGED: 1, Become.NEW: 1}


def test_mergers_in_a_table_are_kept_and_come_back_the_same(
    take: Look, workplace: Workplace, library: Library, tmp_path: Path
) -> None:
    take(
        f"{HEAD}\nKota Ambon,,Dinas A,A,,,,,C\nKota Ambon,,Dinas B,B,,,,,Dinas C\n"
        "Kota Ambon,,Dinas C,C,,,,,"
    )

    index = kept(workplace.store).index
    found = index.unit_of("Kota Ambon", "Dinas A")
    assert found is not None
    assert found.name == "Dinas C"
    for name in ("keluar.csv", "keluar.xlsx"):
        out = tmp_path / name
        export_register(workplace.store, out)
        assert counts(preview(workplace.store, library, out)) == {Become.UNCHANGED: 4}


def test_a_row_that_moves_an_office_or_says_more_of_it_changes_it(
    take: Look, workplace: Workplace
) -> None:
    take(f"{HEAD}\nKota Ambon,,Dinas A,A,,,,,\nKota Tual")

    seen = take(f"{HEAD}\nKota Tual,,Dinas A,A,puskesmas,Jalan 2,,,")

    assert counts(seen) == {Become.CHANGED: 1}
    unit = kept(workplace.store).index.unit_by_code("A")
    assert unit is not None
    assert unit.address == "Jalan 2"
    assert kept(workplace.store).index.unit_of("Kota Tual", "Dinas A") == unit


@pytest.mark.parametrize(
    ("row", "column", "code"),
    [
        (",,Dinas A,,,,,,", "instansi", "cell_unit_without_institution"),
        (",Maluku,,,,,,,", "instansi", "cell_missing"),
        ("Kota Ambon,,Dinas A,,kapal,,,,", "jenis objek", "cell_object_unknown"),
        ("Kota Ambon,,=A1&B1,,,,,,", "nama unit", "cell_formula"),
        ("Kota Ambon,,@SUM(A1),,,,,,", "nama unit", "cell_formula"),
        ("Kota Ambon,,Dinas A,,,,,besok,", "berlaku sejak", "cell_no_day"),
        ("Kota Ambon,,Dinas A,,,,,45123,", "berlaku sejak", "cell_no_day"),
        ("Kota Ambon,,Dinas A,,,,,31/2/2026,", "berlaku sejak", "cell_no_day"),
        ("Kota Ambon,,Dinas A,,,,,1900-01-01,", "berlaku sejak", "cell_day_unlikely"),
        ("Kota Ambon,,Dinas A,,,,,0/1/1900,", "berlaku sejak", "cell_no_day"),
        ("Kota Ambon,,Dinas A,,,,,,Dinas Z", "digabung ke", "cell_merge_unknown"),
        ("Kota Ambon,,Dinas A,,,,,,Dinas A", "digabung ke", "cell_merge_circle"),
        ("Kota Ambon,,Dinas A,,,,,,,,", None, "table_row_too_wide"),
    ],
)
def test_what_is_wrong_in_a_row_is_named_with_its_place(
    look: Look, workplace: Workplace, row: str, column: str | None, code: str
) -> None:
    assert faults(look, f"{HEAD}\nKota Tual,,Dinas Baik,,,,,,\n{row}") == [(3, column, code)]
    assert not read_register(workplace.store).units


def test_all_faults_of_a_table_are_told_at_once(look: Look) -> None:
    table = (
        "instansi,tingkat,unit,kode\n"
        "Kota Ambon,desa,Dinas A,1\n"
        "\n"
        "Kota Ambon,kota,Dinas B,2\n"
        "Kota Ambon,kota,DINAS  b,3\n"
        "Kota Tual,,Dinas C,2\n"
    )

    assert faults(look, table) == [
        (2, "tingkat", "cell_level_unknown"),
        (5, "unit", "cell_office_twice"),
        (6, "kode", "cell_code_twice"),
    ]


def test_a_merger_into_a_row_with_a_fault_is_no_fault_itself(look: Look) -> None:
    table = f"{HEAD}\nKota Ambon,,A,1,,,,,2\nKota Ambon,,B,2,kapal,,,,\nKota Ambon,,C,3,,,,,9"

    assert faults(look, table) == [
        (3, "jenis objek", "cell_object_unknown"),
        (4, "digabung ke", "cell_merge_unknown"),
    ]


def test_one_code_of_two_institutions_and_a_circle_of_three_are_told(look: Look) -> None:
    codes = "instansi,kode instansi,unit\nKota Ambon,81,Dinas A\nKota Tual,81,Dinas B"
    assert faults(look, codes) == [(3, "kode instansi", "cell_code_twice")]
    circle = f"{HEAD}\nKota Ambon,,A,1,,,,,2\nKota Ambon,,B,2,,,,,3\nKota Ambon,,C,3,,,,,1"
    assert [code for _, _, code in faults(look, circle)] == ["cell_merge_circle"] * 3


@pytest.mark.parametrize(
    ("content", "code"),
    [
        ("instansi,unit\nKota Ambon,Dinas Keséhatan\n".encode("latin-1"), "table_not_utf8"),
        (b"unit,kode\nDinas A,1\n", "table_column_missing"),
        (b"instansi,instansi\nKota Ambon,Kota Tual\n", "table_column_twice"),
        (b"", "table_empty"),
        (b"instansi/unit\nx\n", "table_not_separated"),
    ],
)
def test_a_file_that_is_no_such_table_is_refused(look: Look, content: bytes, code: str) -> None:
    with pytest.raises(ResultsRefused) as raised:
        look(content)

    assert raised.value.code == code


def test_a_workbook_is_read_with_its_days_and_without_what_was_never_computed(
    look: Look, workplace: Workplace
) -> None:
    head: list[object] = ["Instansi", "Unit", "Kode", "Berlaku sejak"]
    day = datetime(2026, 1, 2, tzinfo=UTC).replace(tzinfo=None)
    seen = look(workbook([head, ["Kota Ambon", "Dinas A", 7, day]]))
    take_over(workplace.store, seen)

    unit = kept(workplace.store).index.unit_by_code("7")
    assert unit is not None
    assert str(unit.names.current.since) == "2026-01-02"
    with pytest.raises(ResultsRefused) as raised:
        look(workbook([head, ["Kota Ambon", "=A1", 7, None]]))
    assert raised.value.code == "table_not_computed"


def test_what_was_seen_is_what_is_written(look: Look, take: Look, workplace: Workplace) -> None:
    seen = look("instansi\nKota Ambon")
    take("instansi\nKota Tual")

    with pytest.raises(RegisterRefused) as raised:
        take_over(workplace.store, seen)

    assert raised.value.code == "register_moved_on"
    assert len(read_register(workplace.store).institutions) == 1


def test_looking_can_be_stopped_and_says_how_far_it_is(look: Look, workplace: Workplace) -> None:
    heard: list[tuple[int, int]] = []

    def tell(done: int, total: int) -> None:
        heard.append((done, total))
        if done >= 500:
            raise RegisterRefused("register_import_stopped")

    rows = "\n".join(f"Kota Ambon,Dinas {place}" for place in range(1200))
    with pytest.raises(RegisterRefused):
        look(f"instansi,unit\n{rows}", tell=tell)

    assert heard[0] == (0, 1200)
    assert not read_register(workplace.store).units


def test_ten_thousand_offices_take_seconds_not_minutes(look: Look, workplace: Workplace) -> None:
    rows = "\n".join(
        f"Kota K{place // 50},Maluku,Dinas Urusan {place},C{place},dinas,Jalan {place},,,"
        for place in range(10_000)
    )
    began = perf_counter()
    seen = look(f"{HEAD}\n{rows}")
    take_over(workplace.store, seen)
    index = kept(workplace.store).index
    took = perf_counter() - began

    found = perf_counter()
    assert index.search("dinas urusan 77")[0].name == "Dinas Urusan 77"
    search = perf_counter() - found
    assert took < 20  # 2.5 s on the machine that it was written on
    assert search < 0.5  # 15 ms there


def test_the_empty_table_can_be_filled_and_taken_over(
    take: Look, tmp_path: Path, workplace: Workplace
) -> None:
    assert template().decode("utf-8-sig").strip().split(",") == list(COLUMNS)
    filled = template(example=True)

    seen = take(filled)

    assert counts(seen) == {Become.NEW: 2}
    assert "Disdukcapil" in read_register(workplace.store).units[seen.plan.entries[1].id].names.all
    write_template(tmp_path / "kosong.xlsx")
    with pytest.raises(IssueProblem):
        write_template(tmp_path / "kosong.xlsx")


def test_importing_at_once_leaves_out_what_is_doubtful(
    take: Look, workplace: Workplace, library: Library, tmp_path: Path
) -> None:
    take("instansi,unit\nKota Ambon,Dinas Kesehatan")
    path = tmp_path / "lagi.csv"
    path.write_text("instansi,unit\nKota Ambon,Dinas Kesehatn\nKota Ambon,Dinas Sosial")

    import_table(workplace.store, library, path)

    assert len(read_register(workplace.store).units) == 2


names = st.text(
    st.characters(codec="utf-8", exclude_categories=("Cs", "Cc", "Zl", "Zp")), min_size=1
).filter(lambda text: text.strip() not in ("", "-", "–") and text.strip()[0] not in "=@+")


@settings(
    max_examples=8, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(rows=st.lists(st.tuples(st.sampled_from(["Kota Ambon", "Kota Tual"]), names), max_size=5))
def test_what_was_taken_over_is_never_new_again(
    look: Look, workplace: Workplace, rows: list[tuple[str, str]]
) -> None:
    out = io.StringIO()
    csv.writer(out).writerows([("instansi", "unit"), *rows])
    try:
        seen = look(out.getvalue().encode(), otherwise=Decision.NEW)
    except ResultsRefused:
        return  # the same name twice
    take_over(workplace.store, seen)

    again = look(out.getvalue().encode(), otherwise=Decision.NEW)

    assert not again.plan.counts[Become.NEW]
    assert not take_over(workplace.store, again)


def test_the_whole_register_comes_back_from_its_own_table(
    take: Look, workplace: Workplace, library: Library, tmp_path: Path
) -> None:
    head = "instansi,nama unit,kode instansi,nama lama,berlaku sejak,digabung ke\n"
    take(
        head
        + "Kota Tual,,KT,Kabupaten Tual Lama; Kota Tual Baru (2008-01-31),2012-05-01,Kota Ambon\n"
        + "Kota Ambon,,,,,\n"
        + "Kota Ambon,Dinas Satu,,Kantor A; Kantor B (2019-01-31),2021-01-01,\n"
        + "Kota Ambon,Dinas Dua,,,,Dinas Satu\n"
    )
    out = tmp_path / "whole.csv"
    export_register(workplace.store, out)
    before = read_register(workplace.store)
    (one,) = (unit for unit in before.units.values() if unit.name == "Dinas Satu")
    assert [name.name for name in one.names.former] == ["Kantor A", "Kantor B"]

    again = preview(workplace.store, library, out)

    assert counts(again) == {Become.UNCHANGED: 4}
    (tual,) = (each for each in before.institutions.values() if each.name == "Kota Tual")
    assert before.institutions[tual.merged_into or ""].name == "Kota Ambon"
    assert out.read_text("utf-8-sig").count("Kantor A; Kantor B (2019-01-31)") == 1


def test_former_names_that_a_table_tells_later_are_added_by_their_days(
    take: Look, workplace: Workplace
) -> None:
    take("instansi,nama unit,nama lama\nKota Ambon,Dinas,Kantor B (2019-01-31)\n")
    take("instansi,nama unit,nama lama\nKota Ambon,Dinas,Kantor A; Kantor B (2019-01-31)\n")

    (unit,) = read_register(workplace.store).units.values()

    assert [one.name for one in unit.names.former] == ["Kantor A", "Kantor B"]


def test_institutions_that_a_table_merges_in_a_circle_are_faults(look: Look) -> None:
    with pytest.raises(ResultsRefused) as refused:
        look("instansi,digabung ke\nKota Satu,Kota Dua\nKota Dua,Kota Satu\nKota X,Kota Nihil\n")

    faults: tuple[RowFault, ...] = refused.value.places["faults"]  # type: ignore[assignment]
    assert [(one.row, one.code) for one in faults] == [
        (2, "cell_merge_circle"),
        (3, "cell_merge_circle"),
        (4, "cell_merge_unknown"),
    ]


@pytest.mark.parametrize("cell", ["#REF!", "#N/A", "#DIV/0!", "-1+1|cmd", "=A1"])
def test_what_a_spreadsheet_failed_to_compute_is_no_name(look: Look, cell: str) -> None:
    with pytest.raises(ResultsRefused) as refused:
        look(f"instansi,nama unit\nKota Ambon,{cell}\n")

    faults: tuple[RowFault, ...] = refused.value.places["faults"]  # type: ignore[assignment]
    assert [(one.row, one.column) for one in faults] == [(2, "nama unit")]
