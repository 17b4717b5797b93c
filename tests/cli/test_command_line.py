"""The command line as a stranger would use it: through its own entry, on real stores."""

import io
import json
import subprocess
import sys
from pathlib import Path

import pytest
from tests.cli.calling import Call
from tests.visiting import PASSPHRASE, jpeg

from assessor_app.compose import build


def every_answer(**changed: str) -> bytes:
    lines = []
    for number in range(1, 21):
        for side in ("paperwork", "practice"):
            code = f"P15-{number:02}"
            answer = "absent" if changed.get(code.replace("-", "_")) == side else "present"
            lines.append(json.dumps({"indicator": code, "side": side, "answer": answer}))
    return "\n".join(lines).encode()


def test_a_whole_visit_from_enrolment_to_a_document_that_verifies(
    call: Call, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    home = tmp_path / "fresh"
    monkeypatch.setenv("ASSESSOR_HOME", str(home))
    enrolled = call("enrol", "--name", "Siti", "--office", "Perwakilan Maluku", "--json")
    assert enrolled.code == 0
    visit = call(
        *("new", "--institution", "Kota Ambon", "--unit", "Dinas", "--object", "OPD", "--json"),
        *("--instrument", "2015-pemda", "--address", "Jalan 1", "--assignment-letter", "ST/1"),
        *("--team", "Budi", "--arrival", "2026-01-05T09:00:00"),
    ).data["visit"]
    assert call("visits", "--json").data[0]["visit"] == visit
    said = call("record", visit, "-", stdin=every_answer(P15_06="practice"))
    assert len(said.lines) == 40
    assert all(line["ok"] for line in said.lines)
    assert call("close", visit, "--outcome", "completed").code == 1
    photo = tmp_path / "foto.jpg"
    photo.write_bytes(jpeg())
    attached = call("attach", visit, "P15-06", "practice", photo, "--caption", "Bingkai", "--json")
    assert attached.data["ok"]
    due = call("finding", visit, "P15-06", "--due", "2026-12-31", "--advice", "Pasang.", "--json")
    assert due.data["ok"]
    assert call("exit-talk", visit, "--json").data["ok"]
    received = call(
        *("receiver", visit, "--declared", "received", "--name", "Ani", "--capacity", "plt"),
        *("--response", "Akan diperbaiki", "--json"),
    )
    assert received.data["ok"]
    closed = call("close", visit, "--outcome", "completed", "--json")
    assert closed.data["findings"] == 1
    out = tmp_path / "temuan.pdf"
    issued = call("issue", visit, "--out", out, "--json")
    assert issued.data["ok"]
    again = call("issue", visit, "--out", tmp_path / "lagi.pdf", "--json")
    assert again.data["again"]
    assert (tmp_path / "lagi.pdf").read_bytes() == out.read_bytes()
    assert call("handover", visit, "--to", "Ani", "--how", "usb", "--json").data["ok"]
    assert call("verify", out).code == 3
    assert call("verify", out, "--root", "README.md").code == 2
    verified = call("verify", out, "--trust-trial", "--json")
    assert (verified.code, verified.data["standing"]) == (0, "valid")
    assert verified.data["number"] == issued.data["number"]
    assert call("rebuild", "--json").data == {"ok": True, "written": True, "differences": []}
    assert call("show", visit, "--json").data["state"] == "handed_over"
    assert "Dinas" in call("visits").out


def test_record_answers_line_by_line_and_goes_on_after_a_wrong_one(call: Call, visit: str) -> None:
    given = b"\n".join(
        [
            b'{"indicator": "P15-06", "side": "practice", "answer": "absent", "note": "kosong"}',
            b'{"indicator": "P15-99", "side": "practice", "answer": "absent"}',
            b"",
            b"no json",
            b"\xff\xfe",
            b'{"indicator": "P15-07", "side": "practice", "answer": "present"}',
        ]
    )

    said = call("record", visit, "-", stdin=given)

    assert [line["ok"] for line in said.lines] == [True, False, False, False, True]
    assert said.code == 1
    assert all(line["event"] for line in said.lines if line["ok"])
    assert all(line["error"] for line in said.lines if not line["ok"])
    shown = {one["code"]: one for one in call("show", visit, "--json").data["indicators"]}
    assert shown["P15-06"]["practice"]["note"] == "kosong"
    assert shown["P15-07"]["practice"]["answer"] == "present"
    assert "paperwork" not in shown["P15-06"]


def test_record_reads_a_file_too(call: Call, visit: str, tmp_path: Path) -> None:
    path = tmp_path / "answers.jsonl"
    path.write_bytes(every_answer())

    assert len(call("record", visit, path).lines) == 40
    assert "cannot be read" in call("record", visit, tmp_path / "none", "--lang", "en").err


def test_products_are_shown_apart(call: Call, visit: str) -> None:
    line = {"indicator": "P15-05", "side": "practice", "answer": "absent", "product": "KTP-el"}
    call("record", visit, "-", stdin=json.dumps(line).encode())

    (shown,) = [
        one for one in call("show", visit, "--json").data["indicators"] if one["code"] == "P15-05"
    ]

    assert shown["observations"][0]["product"] == "KTP-el"
    assert "KTP-el" in call("show", visit).out


def test_undo_says_what_it_took_back(call: Call, visit: str) -> None:
    line = b'{"indicator": "P15-06", "side": "practice", "answer": "absent"}'
    event = call("record", visit, "-", stdin=line).lines[0]["event"]

    undone = call("undo", visit, "--json")

    assert undone.data["undid"] == event
    assert call("undo", visit).code == 1


def test_a_score_explains_itself(call: Call, visit: str) -> None:
    call("record", visit, "-", stdin=every_answer(P15_06="practice"))

    found = call("score", visit, "--explain", "--json").data

    assert found["official"]["points"] == "98"
    assert found["official"]["zone"] == "green"
    assert found["official"]["standing"] == "simulation"
    assert found["gaps"] == {"consistent": 19, "paper_only": 1}
    lines = {line["indicator"]: line for line in found["official"]["lines"]}
    assert lines["P15-06"]["points"] == "0"
    told = call("score", visit, "--explain").out
    assert "Simulasi" in told
    assert "P15-17 †: 3,80 dari 3,8 poin" in told


def test_instruments_are_listed_and_checked(call: Call, tmp_path: Path) -> None:
    listed = call("instrument", "list", "--json").data
    broken = tmp_path / "broken.yaml"
    shipped = Path("resources/instruments/2015-pemda.yaml")
    broken.write_text(shipped.read_text(encoding="utf-8").replace("weight: 12", "weight: twelve"))

    checked = call("instrument", "check", broken, "--json")

    assert {"2015-pemda", "2023-2024"} <= {one["id"] for one in listed}
    assert checked.code == 1
    fault = checked.data["faults"][0]
    assert fault["file"] == str(broken)
    assert fault["line"] > 1
    assert "weight" in fault["key"]
    assert call("instrument", "check", shipped).code == 0
    assert "110" in call("instrument", "list", "--lang", "en").out


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        (("show", "no-such-visit"), "visit_unknown"),
        (("close", "{visit}", "--outcome", "completed"), "critical_rules_open"),
        (("issue", "{visit}", "--out", "{folder}/a.pdf"), "visit_not_closed"),
        (("handover", "{visit}", "--to", "x", "--how", "usb"), "nothing_issued"),
        (("attach", "{visit}", "P15-06", "practice", "{folder}/none.jpg"), "file_missing"),
        (("finding", "{visit}", "P15-06", "--due", "soon"), "day_unreadable"),
        (("finding", "{visit}", "P15-06", "--due", "2020-01-01"), "due_before_visit"),
        (("finding", "{visit}", "P15-06", "--owner", "x"), "finding_unknown"),
        (("finding", "{visit}", "P15-06"), "nothing_recorded"),
        (("close", "{visit}", "--outcome", "stopped", "--departure", "now"), "instant_unreadable"),
        (("enrol", "--name", "x", "--office", "y"), "already_enrolled"),
        (("enrol", "--name", "x", "--office", "y", "--timezone", "Mars"), "timezone_unknown"),
        (("void", "{visit}", "--reason", ""), "reason_missing"),
        (
            ("close", "{visit}", "--outcome", "stopped", "--departure", "9999-12-20"),
            "instant_unreadable",
        ),
        (
            ("close", "{visit}", "--outcome", "stopped", "--departure", "2199-12-20"),
            "instant_in_future",
        ),
        (("record", "{visit}", "{folder}/none"), "given_missing"),
    ],
)
def test_a_refusal_is_a_sentence_and_a_code(
    call: Call, visit: str, tmp_path: Path, arguments: tuple[str, ...], code: str
) -> None:
    filled = [argument.format(visit=visit, folder=tmp_path) for argument in arguments]

    refused = call(*filled, "--json")

    assert refused.code == 1
    assert refused.data["code"] == code
    assert refused.data["error"]
    assert refused.data["error"] in refused.err


def test_a_visit_can_be_declared_void(call: Call, visit: str) -> None:
    assert call("void", visit, "--reason", "Salah kantor", "--json").data["ok"]
    assert call("show", visit, "--json").data["state"] == "voided"


@pytest.mark.parametrize(
    "arguments",
    [
        ("no-such-command",),
        ("new", "--institution", "x"),
        ("show",),
        ("attach", "x", "P15-06", "left", "file"),
        ("--lang", "xx", "visits"),
        ("verify", "/no/such/file.pdf"),
    ],
)
def test_wrong_usage_is_2(call: Call, arguments: tuple[str, ...]) -> None:
    assert call(*arguments).code == 2


def test_help_needs_no_store(call: Call) -> None:
    assert call("--help").code == 0
    assert "record" in call("--help").out


def test_options_for_all_commands_may_stand_anywhere(
    call: Call, home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("ASSESSOR_HOME", "ASSESSOR_PASSPHRASE"):
        monkeypatch.delenv(name)
    secret = tmp_path / "secret"
    secret.write_text(PASSPHRASE + "\n")

    after = call("visits", f"--home={home}", "--passphrase-file", secret, "--json")
    before = call("--home", home, "--passphrase-file", secret, "--json", "visits")

    assert after.data == before.data == []


def test_a_wrong_or_missing_passphrase_is_told(
    call: Call, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("ASSESSOR_PASSPHRASE", "salah")
    assert call("visits", "--json").data["code"] == "passphrase_wrong"
    monkeypatch.delenv("ASSESSOR_PASSPHRASE")
    assert call("visits", "--json").data["code"] == "passphrase_not_given"
    missing = call("visits", "--passphrase-file", tmp_path / "none", "--json")
    assert missing.data["code"] == "passphrase_file_unreadable"


def test_a_passphrase_is_asked_for_at_a_terminal(
    call: Call, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("ASSESSOR_PASSPHRASE")
    monkeypatch.setattr("sys.stdin.isatty", lambda: True, raising=False)
    asked: list[str] = []

    def answered(question: str) -> str:
        asked.append(question)
        return PASSPHRASE

    class Terminal(io.TextIOWrapper):
        def isatty(self) -> bool:
            return True

    monkeypatch.setattr("getpass.getpass", answered)
    monkeypatch.setattr(io, "TextIOWrapper", Terminal)

    assert call("visits").code == 0
    assert asked == ["Frasa sandi penyimpanan: "]


def test_a_short_passphrase_is_taken_but_called_short(
    call: Call, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("ASSESSOR_PASSPHRASE", "abc")

    enrolled = call("enrol", "--home", tmp_path / "h", "--name", "S", "--office", "O")

    assert enrolled.code == 0
    assert "12" in enrolled.err


def test_rebuild_reports_a_difference_with_exit_code_1(call: Call, home: Path, visit: str) -> None:
    workplace = build(home).unlock(PASSPHRASE)
    with workplace.store.engine.begin() as connection:
        connection.exec_driver_sql("UPDATE field_head SET value = '\"x\"' WHERE field = 'unit'")
    workplace.store.close()

    found = call("rebuild", "--json")

    assert found.code == 1
    assert found.data["differences"][0]["kind"] == "field"
    assert call("rebuild").code == 0


def test_results_are_listed(call: Call) -> None:
    assert "Belum ada hasil" in call("results").out


def test_english_is_complete(call: Call, visit: str) -> None:
    assert "Institution" in call("visits", "--lang", "en").out
    assert "Unannounced visit" in call("show", visit, "--lang", "en").out
    assert "Still missing" in call("close", visit, "--outcome", "completed", "--lang=en").err


def test_what_nobody_expected_is_told_without_a_traceback(
    call: Call, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object, **__: object) -> None:
        raise ZeroDivisionError("x")

    monkeypatch.setattr("assessor_app.cli.list_command.all_visits", fail)
    assert call("visits", "--json").data["code"] == "unexpected"

    def stop(*_: object, **__: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("assessor_app.cli.list_command.all_visits", stop)
    assert call("visits", "--json").code != 0


def test_no_command_imports_qt_and_listing_needs_no_heavy_library(home: Path) -> None:
    script = (
        "import sys\n"
        "from assessor_app.cli.application import run\n"
        "code = run(['visits', '--json'])\n"
        "heavy = {'PySide6', 'reportlab', 'alembic'} & set(sys.modules)\n"
        "sys.exit(code or len(heavy))\n"
    )
    ended = subprocess.run(
        [sys.executable, "-c", script],
        check=False,
        capture_output=True,
        env={"ASSESSOR_HOME": str(home), "ASSESSOR_PASSPHRASE": PASSPHRASE, "PATH": ""},
    )

    assert ended.returncode == 0, ended.stderr


def test_a_reader_that_goes_away_is_no_accident(home: Path) -> None:
    command = [sys.executable, "-m", "assessor_app", "instrument", "list", "--json"]
    writer = subprocess.Popen(
        command,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        env={"ASSESSOR_HOME": str(home), "PATH": "/usr/bin:/bin"},
    )
    assert writer.stdout is not None
    assert writer.stderr is not None
    writer.stdout.close()
    told = writer.stderr.read()
    writer.stderr.close()
    writer.wait()

    assert b"Traceback" not in told


def test_a_full_output_is_told_once_without_a_traceback(home: Path) -> None:
    command = [sys.executable, "-m", "assessor_app", "instrument", "list", "--json"]
    with Path("/dev/full").open("w") as full:
        ended = subprocess.run(
            command,
            check=False,
            stdout=full,
            stderr=subprocess.PIPE,
            env={"ASSESSOR_HOME": str(home), "PATH": "/usr/bin:/bin"},
        )

    assert ended.returncode == 1
    assert b"Traceback" not in ended.stderr


def test_the_demo_is_one_whole_visit(call: Call, tmp_path: Path) -> None:
    out = tmp_path / "demo"

    first = call("demo", "--out", out, "--json")

    told = first.data
    assert first.code == 0
    assert told["standing"] == "valid"
    assert told["aggregated"]["score"] == "60.80"
    assert (told["aggregated"]["category"], told["aggregated"]["zone"]) == ("C", "yellow")
    assert told["differences"] == 0
    assert told["gaps"] >= 5
    assert len(list((out / "photos").glob("*.jpg"))) >= 12
    assert call("verify", told["pdf"], "--trust-trial").code == 0
    strangers = tmp_path / "strangers"
    strangers.mkdir()
    (strangers / "keep.txt").write_text("x")
    assert call("demo", "--out", strangers, "--json").data["code"] == "demo_folder_not_ours"
    assert (strangers / "keep.txt").exists()


def test_a_sample_visit_says_so_wherever_it_is_shown(call: Call) -> None:
    visit = call(
        *("new", "--institution", "Kota Ambon", "--unit", "Dinas", "--object", "opd", "--json"),
        *("--instrument", "2015-pemda", "--sample"),
    ).data["visit"]

    for command in (("show", visit), ("score", visit), ("visits",)):
        assert "CONTOH" in call(*command).out


def test_a_photo_is_shown_before_its_side_is_answered(
    call: Call, visit: str, tmp_path: Path
) -> None:
    photo = tmp_path / "foto.jpg"
    photo.write_bytes(jpeg())
    call("attach", visit, "P15-06", "practice", photo)

    shown = {one["code"]: one for one in call("show", visit, "--json").data["indicators"]}

    assert len(shown["P15-06"]["practice"]["evidence"]) == 1


def test_an_unknown_language_around_us_falls_back_to_indonesian(
    call: Call, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("ASSESSOR_LANG", "fr")

    assert "Belum ada kunjungan" in call("visits").out


def test_an_assessor_without_a_name_is_not_enrolled(call: Call, tmp_path: Path) -> None:
    home = tmp_path / "h"

    refused = call("enrol", "--home", home, "--name", " ", "--office", "O", "--json")

    assert refused.data["code"] == "profile_incomplete"
    assert not home.exists()


def test_a_new_passphrase_is_asked_for_twice(
    call: Call, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Terminal(io.TextIOWrapper):
        def isatty(self) -> bool:
            return True

    typed = iter(["satu", "dua"])
    monkeypatch.delenv("ASSESSOR_PASSPHRASE")
    monkeypatch.setattr("getpass.getpass", lambda _: next(typed))
    monkeypatch.setattr(io, "TextIOWrapper", Terminal)

    refused = call("enrol", "--home", tmp_path / "h", "--name", "S", "--office", "O", "--json")

    assert refused.data["code"] == "passphrase_differs"


def test_a_verifier_that_fails_has_refused_nothing(
    call: Call, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object, **__: object) -> None:
        raise ZeroDivisionError("x")

    monkeypatch.setattr("assessor_app.services.verifying.verify", fail)

    assert call("verify", "README.md").code == 3


def test_only_the_verifier_may_say_that_it_cannot_be_determined(
    call: Call, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object, **__: object) -> None:
        raise ZeroDivisionError("x")

    monkeypatch.setattr("assessor_app.cli.visit_commands.start_visit", fail)
    given = ("new", "--institution", "verify", "--unit", "verify", "--object", "opd")

    assert call(*given, "--instrument", "2015-pemda").code == 1


def test_undo_and_redo_say_in_words_what_they_do(call: Call, visit: str) -> None:
    line = {"indicator": "P15-06", "side": "practice", "answer": "absent"}
    call("record", visit, "-", stdin=json.dumps(line).encode())

    undone, redone = call("undo", visit), call("redo", visit)

    assert undone.out.strip() == "Diurungkan: P15-06, dalam praktik: jawaban “Tidak ada”"
    assert redone.out.strip() == "Diulangi: P15-06, dalam praktik: jawaban “Tidak ada”"
    again = call("undo", visit, "--json").data
    assert again["undid"] == call("redo", visit, "--json").data["redid"]
    nothing = call("redo", visit, "--lang", "en")
    assert nothing.code == 1
    assert "to redo" in nothing.err
    assert call("rebuild").code == 0


def test_a_visit_is_paused_resumed_and_ends_with_an_account(call: Call, visit: str) -> None:
    line = json.dumps({"indicator": "P15-06", "side": "practice", "answer": "absent"}).encode()
    assert call("pause", visit).code == 2
    assert call("pause", visit, "--reason", "Jam istirahat").code == 0

    refused = call("record", visit, "-", stdin=line)
    assert refused.code == 1
    assert refused.lines[0]["code"] == "visit_paused"
    assert call("exit-talk", visit).code == 1
    assert call("resume", visit, "--at", "2001-01-01T00:00:00").code == 1
    assert call("resume", visit).code == 0
    assert call("resume", visit).code == 1
    assert call("record", visit, "-", stdin=line).code == 0
    told = ("--account", "Listrik padam; loket ditutup.")
    assert call("close", visit, "--outcome", "completed", *told).code == 1
    closed = call("close", visit, "--outcome", "interrupted", *told)

    assert closed.code == 0
    assert call("rebuild").code == 0
