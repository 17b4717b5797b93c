"""Files that a command names: a folder, a pipe and a missing one are told plainly, at once."""

import os
import signal
from collections.abc import Iterator
from pathlib import Path

import pytest
from tests.cli.calling import Call

_SECONDS = 30  # a command that still waits then would wait for ever


@pytest.fixture
def pipe(tmp_path: Path) -> Iterator[Path]:
    """A pipe that nobody writes into: whoever opens it is interrupted after a while."""
    if not hasattr(os, "mkfifo"):
        pytest.skip("no named pipes here")
    made = tmp_path / "pipe"
    os.mkfifo(made)
    before = signal.signal(signal.SIGALRM, _give_up)
    signal.alarm(_SECONDS)
    yield made
    signal.alarm(0)
    signal.signal(signal.SIGALRM, before)


def _give_up(*_: object) -> None:
    raise TimeoutError


def test_a_pipe_is_refused_at_once_wherever_a_file_is_read(
    call: Call, visit: str, pipe: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("ASSESSOR_BUNDLE_PASSPHRASE", "sandi berkas kunjungan")
    monkeypatch.setenv("ASSESSOR_RECOVERY_PASSPHRASE", "sandi kantor pusat")

    for command, code, problem in (
        (("import", pipe), 1, "given_no_file"),
        (("verify", pipe), 2, "given_no_file"),
        (("verify", __file__, "--root", pipe), 2, "given_no_file"),
        (("store", "check", "--against", pipe), 2, "given_no_file"),
        (("record", visit, pipe), 1, "given_no_file"),
        (("import", __file__, "--recovery-key", pipe), 1, "recovery_file_missing"),
        (("keys", "recovery", "add", pipe), 1, "recovery_file_missing"),
    ):
        said = call(*command, "--json")
        assert (said.code, said.data["code"]) == (code, problem), command


def test_what_is_attached_must_be_a_regular_file(
    call: Call, visit: str, pipe: Path, tmp_path: Path
) -> None:
    for path in (pipe, tmp_path, "/dev/zero"):
        said = call("attach", visit, "P15-06", "practice", path, "--lang", "id")
        assert said.code == 1
        assert f"{path} bukan berkas biasa" in said.err


def test_a_missing_file_and_a_folder_are_told_in_the_language_that_was_chosen(
    call: Call, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("ASSESSOR_BUNDLE_PASSPHRASE", "sandi berkas kunjungan")
    missing = tmp_path / "nope.kunj"
    told = f"{missing} tidak dapat dibaca: berkasnya tidak ada. Periksa nama dan foldernya."

    for command, code in ((("import",), 1), (("store", "check", "--against"), 2), (("verify",), 2)):
        said = call(*command, missing, "--lang", "id")
        assert (said.code, said.err.strip()) == (code, f"{told} Tidak ada yang diubah.")
        said = call(*command, tmp_path, "--lang", "id")
        assert (said.code, "bukan berkas biasa" in said.err) == (code, True)


def test_a_file_is_no_home(call: Call, tmp_path: Path) -> None:
    file = tmp_path / "berkas"
    file.touch()

    for home in (file, file / "dalam"):
        said = call(
            *("--home", home, "enrol", "--name", "Siti", "--office", "Ombudsman Maluku"),
            *("--lang", "id"),
        )
        assert said.code == 1
        assert "di tempat itu sudah ada sebuah berkas" in said.err
