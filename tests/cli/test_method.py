"""Every year's method at the command line, without a store and without a passphrase."""

from decimal import Decimal
from pathlib import Path

import pytest
from tests.cli.calling import Call

DOMAIN = Path(__file__).parents[1] / "domain" / "files"
UNITS_2023 = (
    "unit;score;products;input;proses;output;pengaduan\r\n"
    'Puskesmas Watdek;"49,85";;8,72;10,76;20,76;9,61\r\n'
    "Dinas Pendidikan;52,86;;5,83;16,42;22,14;8,46\r\n"
    "Puskesmas Kolser;55,09;;;;;\r\n"
    "DPMPTSP;59,85;;;;;\r\n"
    "Dinas Sosial;62,06;;;;;\r\n"
    "Disdukcapil;71,08;;;;;\r\n"
    "Dinas Kesehatan;74,82;;;;;\r\n"
)
MAGELANG = (
    "unit,score,products\nDPMPTSP,87.95,7\nDisdik,75.58,3\nDukcapil,62.17,4\nDinkes,23.15,3\n"
)


@pytest.fixture(autouse=True)
def _no_store(call: Call, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("ASSESSOR_HOME", str(tmp_path / "nowhere"))
    monkeypatch.delenv("ASSESSOR_PASSPHRASE")


def test_a_score_is_classified_with_its_bounds_and_their_source(call: Call) -> None:
    told = call(
        *("method", "classify", "--year", 2022, "--object", "kota", "--score", "79,20", "--json"),
        *("--under", 2021, "--under", "2025"),
    ).data

    keys = ("zone", "zone_name", "category", "opinion", "bounds", "score", "verified")
    assert [told[key] for key in keys] == [
        *("green", "hijau", "B", "Kualitas Tinggi"),
        *(["78.00", "87.99"], "79.20", True),
    ]
    assert "[S24" in told["source"]
    assert "79,20" in told["statement"]
    other, unpublished = told["under"]
    assert (other["zone"], other["year"], other["bounds"]) == ("yellow", 2021, ["51.00", "80.99"])
    assert unpublished["zone"] is None


def test_a_year_on_another_scale_is_told_beside_the_others(call: Call) -> None:
    """79,20 of 100 is no score of 1000, and no reason to keep back what 2021 says."""
    line = ("method", "classify", "--year", 2022, "--object", "kota", "--score", "79,20")
    more = ("--under", 2014, "--under", 2021)

    told = call(*line, *more, "--json").data
    said = call(*line, *more, "--lang", "en").out

    differing, other = told["under"]
    assert set(differing) == set(other)
    keys = ("year", "status", "zone", "bounds", "maximum", "verified")
    assert [differing[key] for key in keys] == [2014, "scale differs", None, None, "1000", False]
    assert "1000" in differing["statement"]
    assert other["zone"] == "yellow"
    assert "not compared" in said
    assert "yellow zone" in said


@pytest.mark.parametrize("year", [2025, 2026])
def test_a_year_without_published_bounds_is_not_guessed(call: Call, year: int) -> None:
    said = call(
        *("method", "classify", "--year", year, "--object", "kota", "--score", "85.04", "--json")
    )

    told = said.data
    assert said.code == 0
    assert [told[key] for key in ("zone", "category", "opinion", "bounds")] == [None] * 4
    assert told["status"] == "band not published"
    assert "band not published" in told["statement"]


@pytest.mark.parametrize(
    ("given", "code"),
    [
        (("2020", "kota", "80"), "year_not_held"),
        (("2012", "kota", "80"), "year_unknown"),
        (("2022", "kantor pos", "80"), "object_unknown"),
        (("2022", "kota", "delapan"), "score_no_number"),
        (("2022", "kota", "100.01"), "score_out_of_range"),
        (("2022", "kota", "-1"), "score_out_of_range"),
        (("2014", "kota", "1.000"), "score_ambiguous"),
    ],
)
def test_what_has_no_answer_is_refused_by_name(
    call: Call, given: tuple[str, str, str], code: str
) -> None:
    year, kind, score = given

    said = call(
        *("method", "classify", "--year", year, "--object", kind, f"--score={score}", "--json")
    )

    assert (said.code, said.data["code"]) == (1, code)
    assert "Traceback" not in said.err


@pytest.mark.parametrize(
    ("year", "kind", "score", "zone", "maximum"),
    [
        (2014, "LPNK", "880", "green", "1000"),
        (2015, "Kementerian", "50.5", "red", "100"),
        (2015, "Kab.", "88.5", "yellow", "110"),
        (2015, "lain", "61", "green", "75"),
        (2018, "Pemkot", "94.5", "green", "100"),
        (2021, "Kantah", "84.36", "green", "100"),
        (2021, "Polres", "42.97", "red", "100"),
        (2023, "rumah sakit", "53.99", "red", "100"),
    ],
)
def test_everyday_names_find_the_method_of_a_year(
    call: Call, *, year: int, kind: str, score: str, zone: str, maximum: str
) -> None:
    told = call(
        *("method", "classify", "--year", year, "--object", kind, "--score", score, "--json")
    ).data

    assert (told["zone"], told["maximum"]) == (zone, maximum)


def test_a_score_between_two_bounds_says_so_and_is_not_called_verified(call: Call) -> None:
    told = call(
        *("method", "classify", "--year", 2015, "--object", "kota", "--score", "55.5", "--json")
    ).data

    assert (told["zone"], told["between"], told["verified"]) == ("red", True, False)


def test_sentences_are_said_in_either_language(call: Call) -> None:
    line = ("method", "classify", "--year", 2021, "--object", "kota", "--score", "79.2")

    assert "Zona kuning (51,00–80,99)" in call(*line).out
    assert "yellow zone (51.00–80.99)" in call(*line, "--lang", "en").out


def test_units_make_their_institution_as_published(call: Call, tmp_path: Path) -> None:
    path = tmp_path / "units.csv"
    path.write_bytes(b"\xef\xbb\xbf" + UNITS_2023.encode())

    said = call("method", "aggregate", "--year", 2023, path, "--json")

    told = said.data
    assert said.code == 0
    assert [told[key] for key in ("score", "zone", "category", "opinion", "rule")] == [
        *("60.80", "yellow", "C", "Kualitas Sedang", "mean_of_units"),
    ]
    assert told["units"][0]["unit"] == "Puskesmas Watdek"
    (difference,) = told["differences"]
    assert (difference["unit"], difference["difference"], difference["agreement"]) == (
        *("Dinas Pendidikan", "-0.01", "rounding"),
    )
    assert sum(Decimal(one["share"]) for one in told["units"]) == Decimal("100.03")
    assert "Nilai instansi: 60,80" in told["statement"]


def test_magelang_is_recomputable_with_product_counts_only(call: Call, tmp_path: Path) -> None:
    path = tmp_path / "units.csv"
    path.write_text(MAGELANG)
    told = call("method", "aggregate", "--year", 2021, path, "--json").data
    path.write_text("\n".join(line.rsplit(",", 1)[0] for line in MAGELANG.splitlines()))

    refused = call("method", "aggregate", "--year", 2021, path, "--json", "--lang", "en")

    assert (told["score"], told["zone"], told["verified"]) == ("68.27", "yellow", False)
    assert (refused.code, refused.data["code"]) == (1, "not_recomputable")
    assert "Not recomputable from what was published" in refused.err


def test_vertical_agencies_stay_out_and_what_is_odd_is_told(call: Call, tmp_path: Path) -> None:
    path = tmp_path / "units.csv"
    path.write_text(
        "unit,score,object,input,proses,output,pengaduan,catatan\n"
        "Dinas Sosial,60,dinas,10,20,20,10.5,a\n"
        "Polres Kota,90,,,,,,b\n"
        "Kantor Tanah,80,kantah,,,,,c\n"
    )

    told = call("method", "aggregate", "--year", 2023, path, "--json").data
    said = call("method", "aggregate", "--year", 2023, path).out
    police = call(
        *("method", "aggregate", "--year", 2023, "--object", "polres", path, "--json")
    ).data

    assert told["score"] == "60.00"
    assert [one["unit"] for one in told["left_out"]] == ["Polres Kota", "Kantor Tanah"]
    assert {one["body"]: one["score"] for one in told["national"]}["Kementerian ATR/BPN"] == "80.00"
    assert told["differences"][0]["agreement"] == "different"
    assert told["ignored_columns"] == ["catatan"]
    assert "PERIKSA Dinas Sosial" in said
    assert "satu-satunya unit" in said
    assert police["score"] == "90.00"


def test_every_fault_of_a_table_of_units_is_told(call: Call, tmp_path: Path) -> None:
    path = tmp_path / "units.csv"
    path.write_text(
        "unit,score,products,object,input\n"
        ",80,1,,\n"
        "A,nol,1.5,kota,x\n"
        "A,101,1,kantor pos,\n"
        "B,62,17,,,\n"
    )

    said = call("method", "aggregate", "--year", 2022, path, "--lang", "en")

    assert said.code == 1
    assert [line.split(":")[0].strip() for line in said.err.splitlines()[1:]] == [
        "row 2, column unit",
        "row 3, column score",
        "row 3, column products",
        "row 3, column input",
        "row 4, column score",
        "row 4, column object",
        "row 4, column unit",
        "row 5",
    ]


def test_an_unsourced_rule_gives_no_institution_score(call: Call, tmp_path: Path) -> None:
    path = tmp_path / "units.csv"
    path.write_text(MAGELANG)

    said = call("method", "aggregate", "--year", 2014, path, "--json")
    nothing = call(*("method", "aggregate", "--year", 2023, "--object", "kantah", path, "--json"))

    assert said.data["code"] == "aggregation_not_stated"
    assert nothing.data["score"] == "62.21"


def test_every_year_and_object_is_listed_with_what_is_sourced(call: Call) -> None:
    told = call("method", "list", "--json").data
    said = call("method", "list").out

    years = {one["year"] for one in told}
    assert years == set(range(2013, 2027))
    (covid,) = [one for one in told if one["year"] == 2020]
    assert not covid["held"]
    by_key = {(one["year"], one["object"]): one for one in told}
    assert by_key[2015, "kota"]["maximum"] == "110"
    assert by_key[2023, "polres"]["rolls_up_to"] == "Kepolisian Negara Republik Indonesia"
    assert by_key[2025, "kota"]["status"] == "band not published"
    assert "2020  Penilaian tidak diselenggarakan" in said
