"""`storage set`, `test`, `show`, `forget`: what they print, and that no secret is among it."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from tests.cli.calling import Answer, Call
from tests.cli.test_command_start import DOCUMENTS, loaded
from tests.syncing.storages import SECRET, USER, serving_webdav


@pytest.fixture
def usb(tmp_path: Path) -> Path:
    place = tmp_path / "usb"
    place.mkdir()
    return place


@pytest.fixture(scope="module")
def nextcloud(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    with serving_webdav(tmp_path_factory.mktemp("nextcloud")) as address:
        yield f"{address}/kiriman"


@pytest.fixture
def secret_file(tmp_path: Path) -> Path:
    file = tmp_path / "secret.txt"
    file.write_text(f"{SECRET}\n", encoding="utf-8")
    return file


def silent(answer: Answer) -> Answer:
    assert SECRET not in answer.out + answer.err
    return answer


def test_a_stick_is_set_shown_and_tried(call: Call, usb: Path) -> None:
    made = call("storage", "set", usb)
    shown = call("storage", "show", "--json")
    tried = call("storage", "test")

    assert made.code == 0
    assert str(usb) in made.out
    assert shown.data == {
        "place": str(usb),
        "kind": "folder",
        "user": None,
        "has_secret": False,
        "limit": None,
    }
    assert tried.code == 0
    assert "Menulis: baik" in tried.out
    assert f"{usb} dapat melakukan semua yang diperlukan." in tried.out


def test_a_server_is_set_with_a_secret_that_is_never_printed(
    call: Call, nextcloud: str, secret_file: Path
) -> None:
    given = ("--user", USER, "--secret-file", secret_file, "--limit", 5000)
    made = silent(call("storage", "set", nextcloud, *given))
    shown = silent(call("storage", "show", "--lang", "en"))
    data = silent(call("storage", "show", "--json")).data
    tried = silent(call("storage", "test", "--json"))

    assert made.code == 0
    assert f"User: {USER}" in shown.out
    assert "never shown" in shown.out
    assert "At most 5000 kB/s" in shown.out
    assert data["has_secret"] is True
    assert (tried.code, tried.data["ok"]) == (0, True)
    assert {one["outcome"] for one in tried.data["steps"]} == {"done"}


def test_the_secret_may_come_from_the_surroundings(
    call: Call, nextcloud: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("ASSESSOR_STORAGE_SECRET", SECRET)

    tried = silent(call("storage", "test", nextcloud, "--user", USER))

    assert tried.code == 0


def test_a_secret_that_is_not_given_is_asked_for_by_its_variable(
    call: Call, nextcloud: str
) -> None:
    refused = call("storage", "set", nextcloud, "--user", USER, "--json")

    assert (refused.code, refused.data["code"]) == (1, "passphrase_not_given")
    assert "ASSESSOR_STORAGE_SECRET" in refused.err


def test_a_wrong_password_ends_with_1_and_says_what_to_do(
    call: Call, nextcloud: str, tmp_path: Path
) -> None:
    wrong = tmp_path / "wrong.txt"
    wrong.write_text("salah", encoding="utf-8")
    given = ("--user", USER, "--secret-file", wrong)

    told = call("storage", "test", nextcloud, *given, "--lang", "en")
    data = call("storage", "test", nextcloud, *given, "--json")

    assert told.code == 1
    assert "Writing: failed" in told.out
    assert "app password" in told.out
    assert "Reading: not tried" in told.out
    assert data.data["ok"] is False
    assert data.data["steps"][0]["code"] == "storage_login"


def test_without_a_storage_it_is_said_how_to_set_one(call: Call) -> None:
    assert "assessor storage set" in call("storage", "show").out
    assert call("storage", "show", "--json").data == {"place": None}
    assert call("storage", "test", "--json").data["code"] == "storage_not_set"


def test_a_folder_loads_nothing_of_servers(home: Path, usb: Path) -> None:
    for command in (["storage", "set", str(usb)], ["storage", "test"]):
        assert loaded(home, *command, watched=("opendal", "pyrage", *DOCUMENTS)) == []


def test_a_storage_is_forgotten_with_its_secret(call: Call, usb: Path) -> None:
    call("storage", "set", usb)

    assert call("storage", "forget").code == 0
    assert call("storage", "show", "--json").data == {"place": None}


def test_a_password_in_the_address_is_refused_and_not_repeated(call: Call) -> None:
    address = f"https://{USER}:{SECRET}@cloud.example.go.id/dav"

    refused = silent(call("storage", "set", address))

    assert refused.code == 1
    assert "cloud.example.go.id" in refused.err
