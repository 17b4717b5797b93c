"""The data key and the ways to it: who opens the store, and who does not any more."""

import json
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey
from tests.storage.key_world import (
    both,
    changed,
    checked,
    made_keys,
    passphrase_changed,
    refused_code,
    with_budi,
)
from tests.visiting import QUICK

from assessor_app.domain.problem import StoreProblem
from assessor_app.storage.key_file import read_key_file
from assessor_app.storage.keys import (
    Cost,
    DataKey,
    create_keys,
    holders,
    open_keys,
    open_keys_by_keyring,
    open_keys_by_recovery,
    with_keyring,
    with_passphrase,
    with_recovery,
    without_assessor,
    without_keyring,
    without_recovery,
)


@pytest.fixture
def keys(tmp_path: Path) -> Path:
    return made_keys(tmp_path)


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


@pytest.mark.parametrize("field", ["memory_kib", "passes", "lanes"])
def test_a_slot_made_cheaper_to_guess_does_not_open(keys: Path, field: str) -> None:
    create_keys(keys, "benar", assessor="siti", cost=Cost(memory_kib=64, passes=2, lanes=2))
    content = json.loads(keys.read_text())
    content["slots"][0][field] -= 1
    for copy in both(keys):
        copy.write_text(checked(content))

    assert refused_code(keys) == "passphrase_wrong"


def test_a_passphrase_is_the_same_on_every_keyboard(tmp_path: Path) -> None:
    path = tmp_path / "keys.json"
    create_keys(path, "caf\u00e9", assessor="siti", cost=QUICK)

    assert open_keys(path, "cafe\u0301").assessor == "siti"


def test_a_passphrase_of_another_encoding_is_told_apart_from_damage(keys: Path) -> None:
    assert refused_code(keys, "caf\udce9") == "passphrase_unreadable"


def test_a_change_of_one_passphrase_rewrites_one_slot_only(keys: Path) -> None:
    siti = open_keys(keys, "benar")
    added = with_budi(siti)
    changed(keys, siti, added)
    first = json.loads(keys.read_text())["slots"]

    passphrase_changed(keys, "lain", "baru")

    second = json.loads(keys.read_text())["slots"]
    assert first[0] == second[0]
    assert first[1] != second[1]
    assert open_keys(keys, "benar").assessor == "siti"
    assert open_keys(keys, "baru").assessor == "budi"


def test_two_assessors_never_share_a_passphrase(keys: Path) -> None:
    siti = open_keys(keys, "benar")

    with pytest.raises(StoreProblem) as refused:
        with_passphrase(
            siti.found.content, siti.key, assessor="budi", passphrase="benar", cost=QUICK
        )

    assert refused.value.code == "passphrase_taken"


def test_the_last_passphrase_and_an_unknown_one_are_not_taken_away(keys: Path) -> None:
    content = open_keys(keys, "benar").found.content

    for assessor, code in (("siti", "last_passphrase"), ("budi", "assessor_unknown")):
        with pytest.raises(StoreProblem) as refused:
            without_assessor(content, assessor)
        assert refused.value.code == code


def test_headquarters_opens_what_was_sealed_to_it_and_nothing_else(keys: Path) -> None:
    siti, private = open_keys(keys, "benar"), X25519PrivateKey.generate()
    sealed = with_recovery(siti.found.content, siti.key, private.public_key())
    changed(keys, siti, sealed)

    opened = open_keys_by_recovery(keys, private, assessor="siti")
    fingerprint = opened.found.content.recovery[0].fingerprint
    changed(keys, siti, without_recovery(opened.found.content, fingerprint))

    assert opened.key == siti.key
    with pytest.raises(StoreProblem) as refused:
        open_keys_by_recovery(keys, private, assessor="siti")
    assert refused.value.code == "recovery_slot_missing"
    with pytest.raises(StoreProblem) as unknown:
        without_recovery(read_key_file(keys).content, fingerprint)
    assert unknown.value.code == "recovery_unknown"


def test_sealing_twice_to_one_recovery_key_makes_one_slot(keys: Path) -> None:
    siti, public = open_keys(keys, "benar"), X25519PrivateKey.generate().public_key()

    once = with_recovery(siti.found.content, siti.key, public)
    twice = with_recovery(once, siti.key, public)

    assert len(once.recovery) == len(twice.recovery) == 1


def test_a_kept_key_opens_until_its_slot_is_gone(keys: Path) -> None:
    siti, kept = open_keys(keys, "benar"), {"name": bytes(32)}
    changed(
        keys,
        siti,
        with_keyring(
            siti.found.content, siti.key, assessor="siti", name="name", kept_key=kept["name"]
        ),
    )

    opened = open_keys_by_keyring(keys, kept.get)

    assert (opened.assessor, opened.key) == ("siti", siti.key)
    for other in ({}, {"name": b"k" * 32}):
        with pytest.raises(StoreProblem) as forgotten:
            open_keys_by_keyring(keys, dict[str, bytes](other).get)
        assert forgotten.value.code == "keyring_forgotten"
    changed(keys, siti, without_keyring(opened.found.content, "siti"))
    with pytest.raises(StoreProblem) as off:
        open_keys_by_keyring(keys, kept.get)
    assert off.value.code == "keyring_off"


def test_without_an_assessor_neither_passphrase_nor_keyring_is_left(keys: Path) -> None:
    siti = open_keys(keys, "benar")
    two = with_budi(siti)
    kept = with_keyring(two, siti.key, assessor="budi", name="name", kept_key=bytes(32))

    left = without_assessor(kept, "budi")

    assert holders(left) == ("siti",)
    assert left.keyring == ()


def test_a_forgotten_key_is_overwritten_and_opens_nothing() -> None:
    key = DataKey(b"k" * 32)
    held = key._secret

    key.forget()

    assert not held
    with pytest.raises(StoreProblem) as refused:
        key.subkey("database")
    assert refused.value.code == "store_locked"
