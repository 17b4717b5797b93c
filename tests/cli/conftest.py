"""The command line on a real store of its own, called through the product's entry."""

import io
import sys
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest
import typer.main
from tests.cli.calling import Answer, Call
from tests.visiting import PASSPHRASE, SIGNING_PASSPHRASE

from assessor_app.cli.application import run


@pytest.fixture(scope="session", autouse=True)
def commands_built_once() -> Iterator[None]:
    """As in a process, which runs one command line: to build all commands is half of a call."""
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr("typer.main.get_command", cache(typer.main.get_command))
        yield


@pytest.fixture
def call(home: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Call:
    monkeypatch.setenv("ASSESSOR_HOME", str(home))
    monkeypatch.setenv("ASSESSOR_PASSPHRASE", PASSPHRASE)
    monkeypatch.setenv("ASSESSOR_SIGNING_PASSPHRASE", SIGNING_PASSPHRASE)
    monkeypatch.delenv("ASSESSOR_LANG", raising=False)

    def called(*arguments: object, stdin: bytes = b"") -> Answer:
        monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(stdin)))
        code = run([str(argument) for argument in arguments])
        said = capsys.readouterr()
        assert "Traceback" not in said.out + said.err
        return Answer(code, said.out, said.err)

    return called


@pytest.fixture
def visit(call: Call) -> str:
    begun = call(
        *("new", "--institution", "Kota Ambon", "--unit", "Dinas Kesehatan", "--object", "opd"),
        *("--instrument", "2015-pemda", "--kind", "unannounced", "--json"),
    )
    assert begun.code == 0
    return str(begun.data["visit"])
