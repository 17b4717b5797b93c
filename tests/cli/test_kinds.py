"""Every kind of answer on the command line: recorded as JSON lines, shown, and scored."""

import json
import shutil
from pathlib import Path

import pytest
from tests.cli.calling import Call
from tests.conftest import SMALL
from tests.services.walking import ANSWERS


def begun(call: Call, home: Path, instrument: str) -> str:
    (home / "instruments").mkdir(exist_ok=True)
    shutil.copy(SMALL / f"{instrument}.yaml", home / "instruments")
    said = call(
        *("new", "--institution", "Kota Ambon", "--unit", "Dinas Kesehatan", "--object", "opd"),
        *("--instrument", instrument, "--json"),
    )
    return str(said.data["visit"])


@pytest.fixture
def kinds(call: Call, home: Path) -> str:
    visit = begun(call, home, "kinds")
    lines = [
        {"indicator": code, "side": side, "answer": given, **more}
        for code, side, given, more in ANSWERS
    ]
    said = call("record", visit, "-", stdin=as_lines(*lines))
    assert [line for line in said.lines if not line["ok"]] == []
    return visit


def as_lines(*given: dict[str, object]) -> bytes:
    return "\n".join(json.dumps(line) for line in given).encode()


def test_numbers_and_lists_are_recorded_in_their_one_way(call: Call, kinds: str) -> None:
    shown = {one["code"]: one for one in call("show", kinds, "--json").data["indicators"]}

    assert shown["K-05"]["paperwork"]["answer"] == "7"
    assert shown["K-09"]["practice"]["answer"].split()[:2] == ["persyaratan", "prosedur"]
    assert len(shown["K-09"]["answers"]) == 14
    times = {(one["product"], one["side"]): one["answer"] for one in shown["K-07"]["observations"]}
    assert times["KTP-el", "practice"] == "9.5"
    assert times["Akta kelahiran", "paperwork"] == "none"
    assert shown["K-14"]["kind"] == "date"


def test_no_part_found_is_an_empty_list(call: Call, kinds: str) -> None:
    line: dict[str, object] = {"indicator": "K-09", "side": "practice", "answer": []}

    assert call("record", kinds, "-", stdin=as_lines(line)).code == 0

    assert "0 dari 14 butir – Tidak ada: Persyaratan; Sistem" in call("show", kinds).out


def test_respondents_are_shown_with_their_posts_and_substitutes(call: Call, kinds: str) -> None:
    respondents = call("show", kinds, "--json").data["respondents"]

    assert respondents[0] == {
        "respondent": "K-1",
        "role": "officer",
        "post": "kepala",
        "substitute": True,
    }
    assert len(respondents) == 10
    told = call("show", kinds).out
    assert "n = 8, rerata 4,0" in told
    assert "K-1, Kepala unit (pengganti): Menyebut 14 komponen" in told


def test_what_is_shown_of_every_kind_is_said_in_words(call: Call, kinds: str) -> None:
    told = call("show", kinds).out

    for words in (
        "7 dari 10 unsur keselamatan – Paling sedikit setengahnya tersedia.",
        "12 dari 20 kursi",
        "Janji 5 hari kerja",
        "Nyata 9,5 hari kerja",
        "Tidak ada janji waktu",
        "11 dari 14 butir – Ada: Persyaratan;",
        "12 Maret 2024",
        "Antrean Pro 2, dipasang 2023",
        "Tanpa foto",
        "Tidak perlu ditanyakan: bergantung pada jawaban K-01.",
    ):
        assert words in told, words


def test_what_does_not_apply_leaves_the_denominator(call: Call, kinds: str) -> None:
    before = call("score", kinds, "--json").data
    line: dict[str, object] = {
        "indicator": "K-06",
        "side": "practice",
        "not_applicable_reason": "Layanan hanya daring.",
    }

    assert call("record", kinds, "-", stdin=as_lines(line)).code == 0

    after = call("score", kinds, "--json").data
    assert before["does_not_apply"] == ["K-02"]
    assert after["does_not_apply"] == ["K-02", "K-06"]
    assert after["completeness"]["asked"] == before["completeness"]["asked"] - 1
    assert after["official"]["maximum"] == before["official"]["maximum"] == "100"
    assert "Tidak berlaku: Layanan hanya daring." in call("show", kinds).out


def test_a_side_without_an_answer_shows_its_reason_or_a_dash(call: Call, home: Path) -> None:
    visit = begun(call, home, "kinds")
    line: dict[str, object] = {
        "indicator": "K-06",
        "side": "practice",
        "not_assessed_reason": "Ruang terkunci.",
    }
    call("record", visit, "-", stdin=as_lines(line))

    told = call("show", visit).out

    assert "Dalam praktik: Tidak dinilai – Ruang terkunci." in told
    assert "Dalam praktik: –\n" in told


def test_an_answer_and_a_reason_why_it_does_not_apply_are_refused_together(
    call: Call, kinds: str
) -> None:
    line: dict[str, object] = {
        "indicator": "K-06",
        "side": "practice",
        "answer": 3,
        "not_applicable_reason": "Daring.",
    }

    refused = call("record", kinds, "-", stdin=as_lines(line))

    assert (refused.code, refused.lines[0]["code"]) == (1, "answer_and_reason")


def test_an_instrument_without_weights_is_answered_by_counts_and_a_sentence(
    call: Call, home: Path
) -> None:
    visit = begun(call, home, "unweighted")
    lines: list[dict[str, object]] = [
        {"indicator": "U-01", "side": "paperwork", "answer": "present"},
        {"indicator": "U-01", "side": "practice", "answer": "absent"},
        {"indicator": "U-03", "side": "practice", "not_applicable_reason": "Daring."},
    ]
    call("record", visit, "-", stdin=as_lines(*lines))

    data = call("score", visit, "--json").data
    told = call("score", visit).out

    assert data["weighted"] is False
    assert "belum mengumumkan bobot" in data["reason"]
    assert data["completeness"] == {"answered": 2, "asked": 5}
    assert data["gaps"] == {"paper_only": 1}
    assert data["findings"] == 1
    assert not data.keys() & {"official", "on_paper", "in_practice"}
    assert "points" not in json.dumps(data)
    assert "Tanpa nilai" in told
    assert data["reason"] in told
    assert "Hanya di atas kertas: 1" in told
    assert "0,00" not in told
    shown = call("show", visit)
    assert "Jawaban tercatat: 2 dari 5" in shown.out
    assert "0,00" not in shown.out


def test_a_weighted_score_says_so_beside_its_figures(call: Call, kinds: str) -> None:
    data = call("score", kinds, "--json", "--explain").data

    assert data["weighted"] is True
    assert data["reason"] is None
    assert data["completeness"]["asked"] >= data["completeness"]["answered"] > 0
    lines = {line["indicator"]: line for line in data["official"]["lines"]}
    assert lines["K-09"]["fulfilment"].startswith("0.7857142857")
    assert "K-02" not in lines
