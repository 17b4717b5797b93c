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


@pytest.mark.parametrize(
    ("year", "score", "published", "between"),
    [
        (2022, "31.994", "31.99", False),
        (2022, "31.9949999999999999999999999999", "31.99", False),
        (2016, "50.001", "50.00", False),
        (2016, "50.005", "50.01", True),
        (2022, "77.9949999999999999999999999999", "77.99", False),
    ],
)
def test_a_score_is_told_between_two_bounds_only_as_it_is_published(
    call: Call, *, year: int, score: str, published: str, between: bool
) -> None:
    line = ("method", "classify", "--year", year, "--object", "kota", "--score", score)

    told = call(*line, "--json").data
    said = call(*line).out

    assert (told["score"], told["between"]) == (published, between)
    assert ("di antara dua batas" in said) is between


def test_a_score_on_a_published_bound_has_the_source_of_its_band(call: Call) -> None:
    line = ("method", "classify", "--year", 2015, "--object", "kota", "--score")

    on, above = (call(*line, score, "--json").data for score in ("55.001", "55.5"))

    assert (on["verified"], above["verified"]) == (True, False)
    assert on["source"] != above["source"]


def test_a_maximum_that_was_not_published_is_not_told(call: Call) -> None:
    """The 100 in the file of 2026 only fills its form; that of 2025 is sourced."""
    line = ("method", "classify", "--object", "kota", "--score", "85")

    open_, known = (call(*line, "--year", year, "--json").data for year in (2026, 2025))
    above = call(
        "method", "classify", "--object", "kota", "--year", 2026, "--score", "120", "--json"
    )
    refused = call(
        "method", "classify", "--object", "kota", "--year", 2025, "--score", "120", "--json"
    )
    listed = {(one["year"], one["object"]): one for one in call("method", "list", "--json").data}

    assert (open_["maximum"], known["maximum"]) == (None, "100")
    assert "100" not in open_["statement"]
    assert "dari 100" in known["statement"]
    assert above.data["score"] == "120.00"
    assert refused.data["code"] == "score_out_of_range"
    assert listed[2026, "kota"]["maximum"] is None
    assert "0–" not in call("method", "list").out.split("Penilaian Opini Ombudsman RI 2026")[1]


def test_a_score_of_an_unknown_scale_is_refused_where_another_year_has_no_such_score(
    call: Call,
) -> None:
    line = ("method", "classify", "--object", "kota", "--year", 2026, "--score", "120")

    (told,) = call(*line, "--under", 2022, "--json").data["under"]
    below = call("method", "classify", "--object", "kota", "--year", 2026, "--score=-1", "--json")

    assert (told["zone"], told["score"]) == (None, "120.00")
    assert "0 sampai 100" in told["statement"]
    assert below.data["code"] == "score_below_zero"


def test_a_small_fraction_cannot_be_thousands(call: Call) -> None:
    line = ("method", "classify", "--year", 2014, "--object", "LPNK", "--score")

    assert call(*line, "0.005", "--json").data["score"] == "0.01"
    assert call(*line, "500.995", "--json").data["code"] == "score_ambiguous"


def test_the_kind_of_office_that_another_was_taken_for_is_said(call: Call) -> None:
    line = ("method", "classify", "--year", 2022, "--score", "80", "--object")

    school, office = (call(*line, name, "--json").data for name in ("sekolah", "opd"))

    assert (school["object"], school["asked_object"]) == ("opd", "sekolah")
    assert "dinilai sebagai opd" in school["statement"]
    assert office["asked_object"] is None
    assert "dinilai sebagai" not in office["statement"]
    assert "assessed as opd" in call(*line, "sekolah", "--lang", "en").out


def test_dark_green_is_said_in_words(call: Call) -> None:
    line = ("method", "classify", "--year", 2022, "--object", "kota", "--score")

    assert "Zona hijau (tua), kategori A" in call(*line, "90").out
    assert "The dark green zone, category A" in call(*line, "90", "--lang", "en").out
    assert "(tua)" not in call(*line, "80").out
    assert "A hijau (tua) 88,00–100,00" in call("method", "list").out


def test_units_count_with_their_published_scores_and_what_was_rounded_is_said(
    call: Call, tmp_path: Path
) -> None:
    path = tmp_path / "units.csv"
    path.write_text("unit,score\nA,50.005\nB,50.004\nC,50.00\n")

    told = call("method", "aggregate", "--year", 2023, path, "--json").data
    said = call("method", "aggregate", "--year", 2023, path).out

    assert [one["score"] for one in told["units"]] == ["50.01", "50.00", "50.00"]
    assert Decimal(told["score"]) == Decimal("50.00")
    assert [(one["row"], one["given"]) for one in told["rounded"]] == [(2, "50.005"), (3, "50.004")]
    assert "A (baris 2): nilai 50,005 dibulatkan ke 50,01" in said


def test_a_vertical_agency_that_the_year_did_not_assess_is_left_out_by_name(
    call: Call, tmp_path: Path
) -> None:
    path = tmp_path / "units.csv"
    path.write_text(
        "unit,score,object\nDinas A,90,\nKanim X,71,\nRutan Y,72,\nB,60,lapas\n"
        "Lapas Z,80,opd\nPolres C,50,\n"
    )

    told = call("method", "aggregate", "--year", 2023, path, "--json").data
    said = call("method", "aggregate", "--year", 2023, path, "--lang", "en").out
    known = call("method", "aggregate", "--year", 2025, path, "--json").data

    assert [one["unit"] for one in told["not_assessed"]] == ["Kanim X", "Rutan Y", "B"]
    assert [one["unit"] for one in told["left_out"]] == ["Polres C"]
    assert told["score"] == "85.00"  # Dinas A, and Lapas Z, which the table calls an OPD
    assert "NOTE: Kanim X (71.00) is not counted" in said
    assert known["not_assessed"] == []
    assert [one["unit"] for one in known["left_out"]] == ["Kanim X", "Rutan Y", "B", "Polres C"]


def test_a_table_of_agencies_that_the_year_did_not_assess_makes_nothing(
    call: Call, tmp_path: Path
) -> None:
    path = tmp_path / "units.csv"
    path.write_text("unit,score\nKanim X,71\nPolres Y,72\n")

    said = call("method", "aggregate", "--year", 2016, path, "--json", "--lang", "en")

    assert said.data["code"] == "units_not_assessed"
    assert "Kanim X, Polres Y" in said.err


def test_the_faults_of_a_table_speak_of_the_table(call: Call, tmp_path: Path) -> None:
    path = tmp_path / "units.csv"
    told = {
        "unit|score\nA|50\n": ("“unit|score”", "koma, titik koma, atau tab", "unit,score"),
        "nilai\n50\n": ("“nilai”", "Tidak ada yang diambil"),
        f"{'x' * 90}\n50\n": (f"“{'x' * 60}…”",),
        "unit,score\nA,-1\n": ("baris 2, kolom score: -1 di bawah 0",),
        "unit,score,input\nA,1,-0.5\n": ("baris 2, kolom input: -0.5 di bawah 0",),
        "unit,score\nA\x1bB,50\n": ("Tidak ada yang diambil", "U+001B"),
        f"unit,score\n{'A' * 60_000},50\n": ("Tidak ada yang diambil", "60000 karakter"),
    }
    for table, parts in told.items():
        path.write_text(table)
        said = call("method", "aggregate", "--year", 2023, path)
        assert said.code == 1
        for part in parts:
            assert part in said.err
        assert "tidak dicatat" not in said.err
