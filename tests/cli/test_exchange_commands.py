"""`export`, `import`, `conflicts`, `resolve`, `late`, `reopen`, `take-lead` on two homes."""

import io
import json
import re
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from tests.cli.calling import Answer
from tests.exchanging import SPOKEN, Desks, desks_in
from tests.visiting import PASSPHRASE, photo_file

from assessor_app.cli.application import run

At = Callable[..., Answer]


@pytest.fixture
def desks(tmp_path: Path) -> Iterator[Desks]:
    with desks_in(tmp_path) as made:
        yield made


@pytest.fixture
def at(desks: Desks, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> At:
    """Calls a command on one of two devices, by its name."""
    homes = {name: desks(name).application.home for name in "AB"}
    monkeypatch.setenv("ASSESSOR_PASSPHRASE", PASSPHRASE)
    monkeypatch.setenv("ASSESSOR_BUNDLE_PASSPHRASE", SPOKEN)
    monkeypatch.delenv("ASSESSOR_LANG", raising=False)

    def called(name: str, *arguments: object, stdin: bytes = b"") -> Answer:
        monkeypatch.setenv("ASSESSOR_HOME", str(homes[name]))
        monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(stdin)))
        code = run([str(argument) for argument in arguments])
        said = capsys.readouterr()
        assert "Traceback" not in said.out + said.err
        return Answer(code, said.out, said.err)

    return called


@pytest.fixture
def visit(at: At) -> str:
    begun = at(
        *("A", "new", "--institution", "Kota Ambon", "--unit", "Dinas Kesehatan"),
        *("--object", "opd", "--instrument", "2015-pemda", "--json"),
    )
    return str(begun.data["visit"])


def record(at: At, name: str, visit: str, **given: object) -> Answer:
    line = json.dumps({"indicator": "P15-06", "side": "practice", **given}).encode()
    return at(name, "record", visit, "-", stdin=line)


def hand(at: At, visit: str, file: Path, *, of: str, to: str) -> Answer:
    assert at(of, "export", visit, file).code == 0
    return at(to, "import", file)


def test_a_visit_goes_over_and_what_came_is_told(at: At, visit: str, tmp_path: Path) -> None:
    file = tmp_path / "satu.visit"
    record(at, "A", visit, answer="present")
    exported = at("A", "export", visit, file)
    imported, again = at("B", "import", file), at("B", "import", file)

    assert "2 peristiwa" in exported.out
    assert "lisan" in exported.out
    assert "Dinas Kesehatan, diekspor oleh Asesor A" in imported.out
    assert "2 peristiwa dan 0 berkas baru" in imported.out
    assert "Cocokkan dengan rekan Anda" in imported.out
    (shown,) = re.findall(r"sidik kuncinya ([0-9a-f]{16})", exported.out)
    assert shown in imported.out  # what two people compare can be read on both sides
    assert "Tidak ada yang baru" in again.out


def test_programs_are_told_the_same_as_data(at: At, visit: str, tmp_path: Path) -> None:
    photo = photo_file(tmp_path)
    at("A", "attach", visit, "P15-06", "practice", photo)
    small = at("A", "export", visit, tmp_path / "kecil.visit", "--without-evidence", "--json").data
    taken = at("B", "import", tmp_path / "kecil.visit", "--json").data
    at("A", "export", visit, tmp_path / "lengkap.visit")
    whole = at("B", "import", tmp_path / "lengkap.visit", "--json").data

    assert small["left_out"] == taken["missing"]
    assert len(small["left_out"]) == 1
    assert [taken["new"], taken["files"]] == [2, 0]
    assert [whole["new"], whole["files"], whole["missing"]] == [0, 1, []]
    assert taken["made_by"] == "Asesor A"
    assert len(taken["devices"][0]["key_sha256"]) == 64


def test_a_conflict_is_shown_and_settled(at: At, visit: str, tmp_path: Path) -> None:
    hand(at, visit, tmp_path / "1.visit", of="A", to="B")
    record(at, "A", visit, answer="present", note="dekat pintu")
    record(at, "B", visit, answer="absent")
    told = hand(at, visit, tmp_path / "2.visit", of="B", to="A")
    (shown,) = at("A", "conflicts", visit, "--json").data
    listed = at("A", "conflicts", visit)
    seen = at("A", "show", visit)

    assert "1 pertentangan perlu diselesaikan" in told.out
    assert "P15-06, dalam praktik: Jawaban" in listed.out
    assert "Tidak ada – Asesor B" in listed.out
    assert "catatan: dekat pintu" in listed.out
    assert "belum diselesaikan: 1" in seen.out
    chosen = next(side["event"] for side in shown["sides"] if not side["own_device"])

    settled = at("A", "resolve", visit, shown["entity"], chosen, "--field", "answer")

    assert settled.code == 0
    assert at("A", "conflicts", visit).out.strip() == "Tidak ada pertentangan."
    refused = at("A", "resolve", visit, shown["entity"], chosen)
    assert refused.code == 1
    assert "bukan salah satu nilai" in refused.err


def test_late_records_are_listed_until_the_lead_reopens(at: At, visit: str, tmp_path: Path) -> None:
    hand(at, visit, tmp_path / "1.visit", of="A", to="B")
    at("A", "close", visit, "--outcome", "stopped", "--account", "hujan lebat")
    record(at, "B", visit, answer="absent")
    told = hand(at, visit, tmp_path / "2.visit", of="B", to="A")

    late = at("A", "late", visit)
    (one,) = at("A", "show", visit, "--json").data["late"]

    assert "1 catatan datang sesudah kunjungan ditutup" in told.out
    assert "Asesor B" in late.out
    assert "Tidak ada" in late.out
    assert (one["author"], one["kind"]) == ("Asesor B", "recorded")
    reopened = at("A", "reopen", visit, "--reason", "ada yang belum masuk")
    assert reopened.code == 0
    assert "dokumennya dapat diterbitkan" in reopened.out
    assert at("A", "late", visit).out.strip() == "Tidak ada catatan yang terlambat."
    without = record(at, "A", visit, note="dicek")
    with_reason = record(at, "A", visit, note="dicek", reason="permintaan ketua")
    assert without.lines[0]["code"] == "reason_after_exit_talk"
    assert with_reason.lines[0]["ok"]
    assert at("A", "undo", visit).code == 1
    assert at("A", "undo", visit, "--reason", "keliru").code == 0


def test_a_colleague_takes_the_lead_to_close(at: At, visit: str, tmp_path: Path) -> None:
    hand(at, visit, tmp_path / "1.visit", of="A", to="B")
    close = ("B", "close", visit, "--outcome", "stopped", "--account", "hujan")

    refused = at(*close)
    taken = at("B", "take-lead", visit, "--reason", "laptop ketua hilang")

    assert refused.code == 1
    assert taken.code == 0
    assert at(*close).code == 0


@pytest.mark.parametrize("language", ["id", "en"])
def test_what_is_refused_is_said_plainly(
    at: At, visit: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, language: str
) -> None:
    file, wrong = tmp_path / "1.visit", tmp_path / "sandi.txt"
    wrong.write_text("bukan itu\n", encoding="utf-8")
    at("A", "export", visit, file)
    photo = photo_file(tmp_path)

    foreign = at("B", "import", photo, "--lang", language)
    shut = at("B", "import", file, "--bundle-passphrase-file", wrong, "--lang", language)
    taken = at("A", "export", visit, file, "--lang", language)
    monkeypatch.delenv("ASSESSOR_BUNDLE_PASSPHRASE")
    unasked = at("B", "import", file, "--lang", language)

    for answer in (foreign, shut, taken, unasked):
        assert answer.code == 1
        assert len(answer.err.strip()) > 40
    assert str(photo) in foreign.err
    assert str(file) in shut.err
    assert "ASSESSOR_BUNDLE_PASSPHRASE" in unasked.err
    assert at("B", "visits", "--json").data == []
