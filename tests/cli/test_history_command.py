"""`assessor history`: the same history as in the window, as text and as data."""

import json

from tests.cli.calling import Call


def recorded(call: Call, visit: str, **more: str) -> None:
    line = {"indicator": "P15-06", "side": "practice", **more}
    said = call("record", visit, "-", stdin=json.dumps(line).encode())
    assert said.code == 0, said.out + said.err


def test_the_history_of_an_indicator_is_told_with_before_after_and_reason(
    call: Call, visit: str
) -> None:
    recorded(call, visit, answer="present")
    call("exit-talk", visit)
    recorded(call, visit, answer="absent", note="Papan hilang", reason="Ditinjau bersama")

    told = call("history", visit, "P15-06", "--lang", "id").out
    data = call("history", visit, "P15-06", "--json").data

    assert "Siti Rahma, S.H., perangkat ini: Dicatat" in told
    assert "Jawaban: Ada → Tidak ada" in told
    assert "Catatan: – → Papan hilang" in told
    assert "Alasan: Ditinjau bersama" in told
    latest, first = data
    assert latest["reason"] == "Ditinjau bersama"
    assert latest["author"] == "Siti Rahma, S.H."
    assert latest["own_device"] is True
    assert latest["wall"].endswith("Z")
    assert [(one["field"], one["before"], one["after"]) for one in latest["changes"]] == [
        ("answer", "present", "absent"),
        ("note", None, "Papan hilang"),
    ]
    assert first["changes"][0]["after_told"] == "Ada"


def test_what_was_undone_is_marked_in_both_languages(call: Call, visit: str) -> None:
    recorded(call, visit, answer="present")
    call("undo", visit)

    assert "Dicatat [diurungkan]" in call("history", visit, "P15-06", "--lang", "id").out
    assert "Recorded [undone]" in call("history", visit, "P15-06", "--lang", "en").out
    undo, undone = call("history", visit, "P15-06", "--json").data
    assert undo["undoes"] == undone["event"]
    assert undone["marks"] == ["undone"]


def test_without_an_indicator_the_steps_are_told_and_with_all_every_event(
    call: Call, visit: str
) -> None:
    recorded(call, visit, answer="present")
    call("pause", visit, "--reason", "Listrik padam")

    steps = call("history", visit, "--json").data
    everything = call("history", visit, "--all", "--json").data

    assert [one["kind"] for one in steps] == ["paused", "started"]
    assert steps[0]["reason"] == "Listrik padam"
    assert [one["kind"] for one in everything] == ["paused", "recorded", "started"]


def test_nothing_and_an_unknown_indicator_are_said_so(call: Call, visit: str) -> None:
    nothing = call("history", visit, "P15-06", "--lang", "id")
    unknown = call("history", visit, "P99-99")

    assert (nothing.code, nothing.out.strip()) == (0, "Belum ada yang tercatat di sini.")
    assert unknown.code == 1
