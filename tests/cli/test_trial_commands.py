"""Complaint channels and service times by commands."""

from tests.cli.calling import Call


def test_a_channel_is_recorded_tried_listed_and_removed(call: Call, visit: str) -> None:
    added = call("trial", "add", visit, "phone", "--address", "0911-352123", "--json").data
    call("trial", "set", visit, added["id"], "--way", "called", "--result", "no_answer")
    national = call("trial", "add", visit, "phone", "--address", "112")

    listed = call("trial", "list", visit, "--json").data
    assert "nomor tunggal panggilan darurat" in national.out
    assert listed["tally"] == {"announced": 1, "tried": 1, "answered": 0, "others": 1}
    assert [one["own"] for one in listed["trials"]] == [True, False]
    assert listed["trials"][0]["result"] == "no_answer"

    call("trial", "remove", visit, added["id"])
    assert "0911" not in call("trial", "list", visit).out


def test_times_are_recorded_listed_together_and_removed(call: Call, visit: str) -> None:
    first = call("timing", "add", visit, "P15-06", "300", "2026-11-22T08:00", "--json").data
    call("timing", "add", visit, "P15-06", "900", "2026-11-22T08:10")

    listed = call("timing", "list", visit, "--json").data
    assert listed["together"] == [
        {"indicator": "P15-06", "count": 2, "median": 900, "longest": 900}
    ]
    assert "2 pelanggan" in call("timing", "list", visit).out

    call("timing", "remove", visit, first["id"])
    assert len(call("timing", "list", visit, "--json").data["timings"]) == 1


def test_a_visit_without_any_says_so(call: Call, visit: str) -> None:
    assert "Belum ada kanal" in call("trial", "list", visit).out
    assert "Belum ada waktu" in call("timing", "list", visit).out
