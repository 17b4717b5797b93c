"""Published results at the command line."""

from pathlib import Path

from tests.cli.calling import Call
from tests.visiting import PASSPHRASE

from assessor_app.compose import build
from assessor_app.services.results import register
from assessor_app.services.sample.published import published_results

SCORES = Path(__file__).parents[1] / "domain" / "files" / "published_scores.csv"


def with_sample(home: Path) -> None:
    workplace = build(home).unlock(PASSPHRASE)
    register(workplace.store, published_results())
    workplace.store.close()


def test_an_empty_store_says_so_and_an_empty_choice_says_what_there_is(
    call: Call, home: Path
) -> None:
    assert "Belum ada hasil" in call("results").out
    with_sample(home)

    said = call("results", "--province", "Jawa Barat", "--lang", "en")

    assert said.code == 0
    assert "Maluku Utara" in said.out
    assert "2023" in said.out


def test_ternate_leads_its_province_in_2023(call: Call, home: Path) -> None:
    with_sample(home)
    line = ("results", "--province", "Maluku Utara", "--year", 2023)

    rows = call(*line, "--json").data
    said = call(*line).out

    assert [(row["institution"], row["overall_rank"]) for row in rows][:2] == [
        ("Kota Ternate", 1),
        ("Kabupaten Halmahera Selatan", 2),
    ]
    assert rows[0]["opinion"] == "Kualitas Tertinggi"
    assert "Kota Ternate 2023: tertinggi dari 6" in said
    assert "Zona hijau: Kota Ternate (2023); Kabupaten Halmahera Selatan (2023)" in said


def test_nobody_is_called_the_highest_beside_others_without_a_number(
    call: Call, tmp_path: Path
) -> None:
    path = tmp_path / "hasil.csv"
    path.write_text(
        "entity,year,province,score,zone\n"
        "Kota A,2023,Maluku,60,\nKota B,2023,Maluku,50,\nKota C,2023,Maluku,,hijau\n"
    )
    call("results", "import", path)

    said = call("results").out

    assert "1 dari 2 +1" in said
    assert "tertinggi" not in said


def test_a_green_city_with_red_units_and_a_missing_certificate_are_told(
    call: Call, home: Path
) -> None:
    with_sample(home)

    said = call("results").out

    assert "Kota Tarakan 2018 hijau, tetapi unit berikut merah: Dinas Ketenagakerjaan;" in said
    assert "Kota Jayapura 2024: tidak mendapat piagam." in said
    assert "Zona merah*" in said  # the health office of Magelang: computed, not printed


def test_the_years_of_one_institution_stand_in_a_row(call: Call, home: Path) -> None:
    with_sample(home)

    rows = call("results", "--institution", "kota ambon", "--json").data
    said = call("results", "--institution", "Kota Ambon", "--lang", "en").out

    assert [row["year"] for row in rows] == list(range(2015, 2025))
    missing = {row["year"] for row in rows if row["missing"]}
    assert missing == {2018, 2019, 2020, 2021, 2022}
    assert [row["year"] for row in rows if row["bounds_changed"]] == [2016, 2021, 2022]
    assert "No assessment was held (COVID-19)." in said
    assert "The method changed, its bounds did not." in said


def test_a_file_is_taken_over_once(call: Call) -> None:
    first = call("results", "import", SCORES, "--json").data
    again = call("results", "import", SCORES).out

    assert (first["added"], first["corrected"], first["unchanged"]) == (47, 0, 0)
    assert "47 sudah ada" in again
    regencies = call("results", "--year", 2024, "--level", "kabupaten", "--json").data
    assert {row["level"] for row in regencies} == {"kabupaten"}
    green = [row for row in regencies if row["green"]]
    assert {row["zone_computed"] for row in green} == {False}


def test_a_file_with_faults_is_refused_with_its_rows(call: Call, tmp_path: Path) -> None:
    path = tmp_path / "hasil.csv"
    path.write_text("entity,year,score\nKota A,2022,tinggi\nKota B,2020,80\n")

    said = call("results", "import", path, "--lang", "en")

    assert said.code == 1
    assert "row 2, column score: 'tinggi' is not a number" in said.err
    assert "row 3, column year" in said.err
    assert call("results", "--json").data == []


def test_what_is_odd_in_a_file_is_told(call: Call, tmp_path: Path) -> None:
    path = tmp_path / "hasil.csv"
    path.write_text("entity,year,score,zone,nomor\nKota A,2022,77.79,hijau,1\n")

    said = call("results", "import", path, "--source", "koran").out
    listed = call("results").out

    assert "Baris 2 (Kota A)" in said
    assert "Kolom yang tidak dibaca: nomor." in said
    assert "Kota A 2022: zona atau kategori yang dicetak berbeda" in listed


def test_the_template_is_printed_or_written(call: Call, tmp_path: Path) -> None:
    out = tmp_path / "templat.csv"

    assert call("results", "template").out.startswith("institution,unit,level")
    assert "nama instansi" in call("results", "template", "--out", out).out
    assert out.read_text(encoding="utf-8-sig").startswith("institution,")
    told = call("results", "template", "--json").data
    assert [one["name"] for one in told["columns"] if one["required"]] == ["institution", "year"]
    assert call("results", "template", "--out", out).code == 1


def test_own_visits_stand_beside_and_are_never_ranked(call: Call, visit: str) -> None:
    lines = [
        f'{{"indicator": "P15-{number:02}", "side": "{side}", "answer": "present"}}'
        for number in range(1, 21)
        for side in ("paperwork", "practice")
    ]
    call("record", visit, "-", stdin="\n".join(lines).encode())
    assert call("close", visit, "--outcome", "completed").code == 0

    (row,) = call("results", "--json").data
    said = call("results").out

    assert (row["origin"], row["score"], row["zone"], row["sample"]) == (
        *("own", "110.00", "green", False),
    )
    assert "rank" not in row
    assert "nilai sementara, belum ditetapkan" in said


def test_own_visits_of_several_units_say_why_there_is_no_number(call: Call) -> None:
    for unit in ("Dinas Sosial", "Dinas Kesehatan"):
        visit = call(
            *("new", "--institution", "Kota Ambon", "--unit", unit, "--object", "opd"),
            *("--instrument", "2015-pemda", "--kind", "unannounced", "--json"),
        ).data["visit"]
        lines = [
            f'{{"indicator": "P15-{number:02}", "side": "{side}", "answer": "present"}}'
            for number in range(1, 21)
            for side in ("paperwork", "practice")
        ]
        call("record", visit, "-", stdin="\n".join(lines).encode())
        call("close", visit, "--outcome", "completed")

    (row,) = call("results", "--year", 2026, "--json").data

    assert (row["score"], row["units"]) == (None, 2)
    assert "Tidak dapat dihitung ulang" in row["refused"]
    assert "2 unit, tanpa nilai" in call("results", "--year", 2026).out


def test_an_opinion_that_was_not_printed_is_marked(call: Call, tmp_path: Path) -> None:
    path = tmp_path / "hasil.csv"
    path.write_text(
        "entity,year,score,category,zone,opinion\n"
        "Kota A,2022,79.20,B,hijau,\nKota B,2022,79.20,B,hijau,Kualitas Tinggi\n"
    )
    call("results", "import", path)

    rows = {row["institution"]: row for row in call("results", "--json").data}
    said = call("results").out

    assert [rows[name]["opinion_computed"] for name in ("Kota A", "Kota B")] == [True, False]
    shown = [line for line in said.splitlines() if "79,20" in line]
    assert [line.endswith("Kualitas Tinggi*") for line in shown] == [True, False]
    assert "* Tidak dicetak oleh sumbernya" in said
