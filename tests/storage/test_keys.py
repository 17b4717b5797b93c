"""The key file: whose passphrase opens it, and what happens when it is touched."""

import json
from pathlib import Path

import pytest
from tests.visiting import QUICK

from assessor_app.domain.problem import StoreProblem
from assessor_app.storage.keys import Cost, create_keys, open_keys


@pytest.fixture
def keys(tmp_path: Path) -> Path:
    path = tmp_path / "store" / "keys.json"
    path.parent.mkdir()
    create_keys(path, "benar", assessor="siti", cost=QUICK)
    return path


def refused_code(path: Path, passphrase: str = "benar") -> str:
    with pytest.raises(StoreProblem) as refused:
        open_keys(path, passphrase)
    return refused.value.code


def test_the_passphrase_opens_the_same_key_and_says_who(keys: Path) -> None:
    first, second = open_keys(keys, "benar"), open_keys(keys, "benar")

    assert first == second
    assert first.assessor == "siti"
    assert len(first.key.secret) == 32


def test_each_purpose_has_a_key_of_its_own(keys: Path) -> None:
    key = open_keys(keys, "benar").key

    assert len({key.subkey(name) for name in ("database", "evidence", "device")}) == 3


def test_a_wrong_passphrase_is_told_apart_from_damage(keys: Path) -> None:
    assert refused_code(keys, "salah") == "passphrase_wrong"
    assert refused_code(keys, "") == "passphrase_wrong"


def test_the_file_holds_no_name_and_no_key(keys: Path) -> None:
    key = open_keys(keys, "benar").key

    assert key.secret not in keys.read_bytes()
    assert oct(keys.stat().st_mode)[-3:] == "600"


@pytest.mark.parametrize("field", ["memory_kib", "passes", "lanes"])
def test_a_slot_made_cheaper_to_guess_does_not_open(keys: Path, field: str) -> None:
    create_keys(keys, "benar", assessor="siti", cost=Cost(memory_kib=64, passes=2, lanes=2))
    content = json.loads(keys.read_text())
    content["slots"][0][field] -= 1
    keys.write_text(json.dumps(content))

    assert refused_code(keys) == "passphrase_wrong"


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"{",
        b"[]",
        b"{}",
        b'{"v": 1, "slots": []}',
        b'{"v": 9, "slots": [{}]}',
        b'{"v": 1, "slots": [{"wrapped": "x"}]}',
        b'{"v": 1, "slots": [{"memory_kib": 1e9}]}',
        b'{"v":1,"slots":[{"memory_kib":99999999999,"passes":1,"lanes":1,"salt":"","nonce":""}]}',
        b'{"v":1,"slots":[{"memory_kib":64,"passes":1,"lanes":1,"salt":5,"nonce":""}]}',
        b"\xff\xfe",
        b'{"v":1,"slots":[{"memory_kib":1,"passes":1,"lanes":1,"salt":"","nonce":""}]}',
    ],
)
def test_a_damaged_key_file_says_so(keys: Path, content: bytes) -> None:
    keys.write_bytes(content)

    assert refused_code(keys) == "keys_damaged"


def test_without_a_key_file_nobody_is_enrolled(tmp_path: Path) -> None:
    assert refused_code(tmp_path / "store" / "keys.json") == "not_enrolled"


def test_a_passphrase_is_the_same_on_every_keyboard(tmp_path: Path) -> None:
    path = tmp_path / "keys.json"
    create_keys(path, "caf\u00e9", assessor="siti", cost=QUICK)

    assert open_keys(path, "cafe\u0301").assessor == "siti"


def test_a_passphrase_of_another_encoding_is_told_apart_from_damage(keys: Path) -> None:
    assert refused_code(keys, "caf\udce9") == "passphrase_unreadable"
