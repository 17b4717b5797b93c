"""`improve` and `compare` as a stranger would use them, through the command line's own entry."""

import json
from collections.abc import Iterable
from pathlib import Path

import pytest
from tests.cli.calling import Call
from tests.conftest import SMALL
from tests.services.walking import ANSWERS

from assessor_app.texts import Language, say

ALL = tuple(f"P15-{number:02}" for number in range(1, 21))


def visit(
    call: Call,
    *,
    unit: str = "Dinas Kesehatan",
    absent: Iterable[str] = (),
    asked: Iterable[str] = ALL,
    closed: bool = False,
    instrument: str = "2015-pemda",
) -> str:
    """A visit where what is `absent` is so on both sides; one product, so that it may be summed."""
    begun = call(
        *("new", "--institution", "Kota Ambon", "--unit", unit, "--object", "opd"),
        *("--instrument", instrument, "--kind", "unannounced", "--json"),
    )
    made = str(begun.data["visit"])
    missing = set(absent)
    lines = [
        {"indicator": code, "side": side, "answer": "absent" if code in missing else "present"}
        for code in asked
        for side in ("paperwork", "practice")
    ]
    if lines:
        lines.append({**lines[-1], "product": "Rujukan"})
    recorded = call("record", made, "-", stdin="\n".join(map(json.dumps, lines)).encode())
    assert recorded.code == 0
    if closed:
        assert call("close", made, "--outcome", "completed").code == 0
    return made


def test_the_way_of_a_visit_is_told_with_exact_figures(call: Call) -> None:
    made = visit(call, absent=("P15-04", "P15-05", "P15-01"))

    found = call("improve", made, "--json")

    assert found.code == 0
    assert found.data["status"] == "reachable"
    assert found.data["target"] == {"zone": "green", "category": None, "lower": "89"}
    assert (found.data["now"], found.data["now_zone"]) == ("80.00", "yellow")
    assert (found.data["after"], found.data["after_zone"]) == ("92.00", "green")
    assert found.data["effort"] == "1"
    assert found.data["certain"] is True
    (repair,) = found.data["repairs"]
    assert (repair["indicator"], repair["gain"], repair["effort"]) == ("P15-04", "12", "1")
    assert repair["unit"] == "Dinas Kesehatan"
    assert "waktu" in repair["text"]
    assert repair["advice"].startswith("Penyelenggara agar")
    (unit,) = found.data["units"]
    assert unit == {
        "unit": "Dinas Kesehatan", "before": "80.00", "after": "92.00", "effect": "12",
    }  # fmt: skip
    assert "bukan penilaian Ombudsman" in found.data["statement"]


def test_efforts_and_target_are_given_on_the_line_or_in_a_file(call: Call, tmp_path: Path) -> None:
    made = visit(call, absent=("P15-04", "P15-05", "P15-01", "P15-02"))
    path = tmp_path / "upaya.csv"
    path.write_text("code;effort\nP15-04;7\nP15-05;7,5\n", encoding="utf-8")

    found = call("improve", made, "--efforts", path, "--effort", "P15-02=0.5", "--json").data
    already = call("improve", made, "--target", "yellow", "--json").data

    assert [one["indicator"] for one in found["repairs"]] == ["P15-04", "P15-02"]
    assert found["effort"] == "7.5"
    assert already["status"] == "already_there"
    assert already["repairs"] == []


@pytest.mark.parametrize("language", list(Language))
def test_people_are_told_in_sentences_that_it_is_our_own_computation(
    call: Call, language: Language
) -> None:
    made = visit(call, absent=("P15-04", "P15-05", "P15-01"))

    told = call("improve", made, "--lang", language.value).out

    assert say(language, "words.improve.statement") in told
    assert "P15-04" in told
    assert "{" not in told


def test_what_is_out_of_reach_says_how_much_is_lacking(call: Call) -> None:
    made = visit(call, asked=ALL[:5], absent=ALL[:2])

    found = call("improve", made, "--target", "green", "--json").data
    told = call("improve", made, "--target", "green").out

    assert found["status"] == "unreachable"
    assert found["after"] == "42.00"
    assert found["missing"] == "47.00"
    assert found["unmeasured"] == "68"
    assert "47,00" in told


def test_a_zone_is_not_called_certain_where_a_repair_opens_a_question(
    call: Call, home: Path
) -> None:
    """K-02 is asked once K-01 is present: its answer may take the zone away again."""
    folder = home / "instruments"
    folder.mkdir(exist_ok=True)
    (folder / "kinds.yaml").write_bytes((SMALL / "kinds.yaml").read_bytes())
    made = visit(call, asked=(), instrument="kinds")
    lines = [
        {"indicator": code, "side": side, "answer": given, **more}
        for code, side, given, more in ANSWERS
    ]
    lines.append({"indicator": "K-01", "side": "paperwork", "answer": "absent"})
    lines = [line for line in lines if line["indicator"] != "K-02"]
    call("record", made, "-", stdin="\n".join(map(json.dumps, lines)).encode())

    found = call("improve", made, "--target", "green", "--json").data
    told = call("improve", made, "--target", "green").out
    english = call("improve", made, "--target", "green", "--lang", "en").out

    assert (found["status"], found["opens"], found["certain"]) == ("reachable", ["K-02"], False)
    assert "BELUM PASTI tercapai" in told
    assert "is NOT CERTAIN to be reached" in english


def test_what_is_out_of_reach_is_not_called_uncertain(call: Call, home: Path) -> None:
    folder = home / "instruments"
    folder.mkdir(exist_ok=True)
    (folder / "kinds.yaml").write_bytes((SMALL / "kinds.yaml").read_bytes())
    made = visit(call, asked=(), instrument="kinds")
    lines = [
        {"indicator": "K-01", "side": side, "answer": "absent"}
        for side in ("paperwork", "practice")
    ]
    assert call("record", made, "-", stdin="\n".join(map(json.dumps, lines)).encode()).code == 0

    found = call("improve", made, "--target", "green", "--json").data
    told = call("improve", made, "--target", "green").out

    assert (found["status"], found["opens"]) == ("unreachable", ["K-02"])
    assert "K-02 dapat ikut ditanyakan" in told
    assert "BELUM PASTI" not in told


def test_a_city_is_told_unit_by_unit(call: Call) -> None:
    visit(call, unit="Dinas Sosial", absent=("P15-04", "P15-05", "P15-06", "P15-07"), closed=True)
    visit(call, unit="Disdik", absent=("P15-01",), closed=True)

    found = call("improve", "--institution", "Kota Ambon", "--year", "2026", "--json")
    told = call("improve", "--institution", "Kota Ambon", "--year", "2026")

    assert found.code == told.code == 0
    assert found.data["now"] == "83.00"
    assert found.data["after"] == "89.00"
    assert [(one["unit"], one["gain"]) for one in found.data["repairs"]] == [("Dinas Sosial", "12")]
    effects = {one["unit"]: one["effect"] for one in found.data["units"]}
    assert effects == {"Dinas Sosial": "6", "Disdik": "0"}
    assert "Menambah nilai instansi" in told.out


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        (("--institution", "Kota Ambon"), 2),
        ((), 2),
        (("--institution", "Kota Ambon", "--year", "1999"), 1),
        (("no-such-visit",), 1),
    ],
)
def test_what_cannot_be_asked_is_refused(call: Call, arguments: tuple[str, ...], code: int) -> None:
    assert call("improve", *arguments).code == code


def test_an_effort_of_nothing_and_an_unknown_target_are_refused_with_what_to_do(call: Call) -> None:
    made = visit(call, absent=("P15-04",))

    for arguments, told in (
        (("--effort", "P15-04=0"), "lebih dari 0"),
        (("--effort", "P15-77=1"), "P15-77"),
        (("--target", "ungu"), "red, yellow, green"),
    ):
        refused = call("improve", made, *arguments)
        assert refused.code == 1
        assert told in refused.err


def test_without_weights_the_instruments_own_reason_is_told(call: Call, home: Path) -> None:
    folder = home / "instruments"
    folder.mkdir(exist_ok=True)
    shipped = Path(__file__).parents[1] / "instruments" / "files" / "unweighted.yaml"
    (folder / "unweighted.yaml").write_bytes(shipped.read_bytes())
    made = visit(call, asked=(), instrument="unweighted")

    refused = call("improve", made)
    english = call("improve", made, "--lang", "en")

    assert refused.code == 1
    assert "belum mengumumkan bobot" in refused.err
    assert "has not published the weights" in english.err


def test_a_visit_is_compared_with_an_earlier_one(call: Call) -> None:
    earlier = visit(call, absent=("P15-04", "P15-05"))
    later = visit(call, absent=("P15-05", "P15-07"))

    found = call("compare", later, earlier, "--json").data
    guessed = call("compare", later, "--json").data
    told = call("compare", later, earlier).out

    assert found == guessed
    assert found["counts"] == {
        "newly_broken": 1, "still_open": 1, "repaired": 1, "still_fine": 17, "not_comparable": 0,
    }  # fmt: skip
    since = {one["indicator"]: one["since"] for one in found["indicators"]}
    assert (since["P15-04"], since["P15-05"], since["P15-07"]) == (
        "repaired", "still_open", "newly_broken",
    )  # fmt: skip
    assert (found["earlier_score"], found["score"]) == ("86.00", "86.00")
    assert found["carried_over"] == ["P15-05"]
    assert "Sudah diperbaiki: 1" in told
    assert "Baru timbul" in told


def test_a_visit_names_the_one_it_follows(call: Call) -> None:
    coached = visit(call, unit="Dinas Sosial", absent=("P15-04",))
    visit(call, unit="Dinas Sosial")
    begun = call(
        *("new", "--institution", "Kota Ambon", "--unit", "Dinas Sosial", "--object", "opd"),
        *("--instrument", "2015-pemda", "--predecessor", coached, "--json"),
    )

    found = call("compare", begun.data["visit"], "--json").data

    assert found["earlier"] == coached
    assert found["carried_over"] == ["P15-04"]
    assert (
        call(
            "new",
            "--institution",
            "A",
            "--unit",
            "B",
            "--object",
            "opd",
            "--predecessor",
            "no-such-visit",
        ).code
        == 1
    )


def test_another_office_is_compared_with_a_caution(call: Call) -> None:
    earlier = visit(call, unit="Disdik")
    later = visit(call, unit="Dinas Kesehatan")

    found = call("compare", later, earlier, "--json").data
    told = call("compare", later, earlier)

    assert not found["same_unit"]
    assert "Disdik" in told.out
    assert call("compare", later).code == 1
    assert call("compare", earlier, later).code == 1


def test_the_score_tells_paper_against_practice(call: Call) -> None:
    made = visit(call, absent=("P15-04",))
    line = {"indicator": "P15-05", "side": "practice", "answer": "absent"}
    call("record", made, "-", stdin=json.dumps(line).encode())

    found = call("score", made, "--json").data["consistency"]
    told = call("score", made).out

    assert found["by"] == "points"
    assert found["compared"] == "110"
    assert (found["paper_only"]["weight"], found["paper_only"]["share"]) == ("12", "0.1091")
    assert found["neither"]["weight"] == "12"
    assert found["consistent"]["weight"] == "86"
    assert sum(float(one["compared"]) for one in found["dimensions"]) == 110
    assert "Kertas banding praktik" in told
    assert "10,9 %" in told
