"""The key file's two copies: read, mended, changed, and found damaged or altered."""

import json
import shutil
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from tests.storage.key_world import (
    both,
    changed,
    checked,
    made_keys,
    passphrase_changed,
    refused_code,
    with_budi,
)
from tests.visiting import PASSPHRASE

from assessor_app.domain.problem import StoreProblem
from assessor_app.durable import sync_folder
from assessor_app.storage.files import write_whole
from assessor_app.storage.key_file import read_key_file, second_copy
from assessor_app.storage.keys import change_keys, mend_keys, open_keys

RELEASED = Path(__file__).parent / "released" / "0001" / "home" / "store" / "keys.json"
WRITE = "assessor_app.storage.key_file.write_whole"
SYNC = "assessor_app.storage.key_file.sync_folder"


@pytest.fixture
def keys(tmp_path: Path) -> Path:
    return made_keys(tmp_path)


def test_neither_copy_holds_the_key_or_can_be_read_by_others(keys: Path) -> None:
    key = open_keys(keys, "benar").key

    for copy in both(keys):
        assert key.secret not in copy.read_bytes()
        assert oct(copy.stat().st_mode)[-3:] == "600"


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
def test_a_key_file_damaged_in_both_copies_says_so(keys: Path, content: bytes) -> None:
    for copy in both(keys):
        copy.write_bytes(content)

    assert refused_code(keys) == "keys_damaged"


def test_without_a_key_file_nobody_is_enrolled(tmp_path: Path) -> None:
    assert refused_code(tmp_path / "store" / "keys.json") == "not_enrolled"


def test_a_key_file_of_the_first_release_opens_unchanged(tmp_path: Path) -> None:
    path = Path(shutil.copy(RELEASED, tmp_path / "keys.json"))

    unlocked = open_keys(path, PASSPHRASE)

    assert unlocked.assessor == json.loads(RELEASED.read_text())["slots"][0]["assessor"]
    assert path.read_bytes() == RELEASED.read_bytes()
    assert not unlocked.found.damaged
    assert not unlocked.altered


def test_mending_gives_a_file_of_the_first_release_its_second_copy(tmp_path: Path) -> None:
    path = Path(shutil.copy(RELEASED, tmp_path / "keys.json"))
    before = open_keys(path, PASSPHRASE)

    mend_keys(path, before)

    for copy in both(path):
        alone = Path(shutil.copy(copy, tmp_path / "alone.json"))
        assert open_keys(alone, PASSPHRASE) == replace(
            before, found=open_keys(alone, PASSPHRASE).found
        )
    assert json.loads(path.read_text())["slots"] == json.loads(RELEASED.read_text())["slots"]


def test_a_newer_form_of_the_key_file_is_told_apart_from_damage(keys: Path) -> None:
    keys.write_text(checked({"v": 3, "whatever": "comes"}))

    assert refused_code(keys) == "keys_newer"


@pytest.mark.parametrize("change", [{"generation": "1"}, {"mac": None}, {"slots": []}])
def test_content_of_another_kind_is_damage(keys: Path, change: dict[str, object]) -> None:
    for copy in both(keys):
        copy.write_text(checked({**json.loads(keys.read_text()), **change}))

    assert refused_code(keys) == "keys_damaged"


def test_a_slot_that_does_not_say_whose_it_is_is_damage(keys: Path) -> None:
    content = json.loads(keys.read_text())
    del content["slots"][0]["assessor"]
    for copy in both(keys):
        copy.write_text(checked(content))

    assert refused_code(keys) == "keys_damaged"


@pytest.mark.parametrize("touch", [Path.unlink, lambda path: path.write_bytes(b"{")])
def test_the_second_copy_opens_the_store_and_mends_the_first(
    keys: Path, touch: Callable[[Path], object]
) -> None:
    whole = keys.read_bytes()
    touch(keys)

    unlocked = open_keys(keys, "benar")
    mend_keys(keys, unlocked)

    assert unlocked.found.damaged == (keys,)
    assert keys.read_bytes() == whole
    assert open_keys(keys, "benar").found.outdated == ()


def test_a_missing_second_copy_is_made_anew_without_a_word(keys: Path) -> None:
    second_copy(keys).unlink()

    unlocked = open_keys(keys, "benar")
    mend_keys(keys, unlocked)

    assert unlocked.found.damaged == ()
    assert second_copy(keys).read_bytes() == keys.read_bytes()


def test_every_flipped_bit_of_either_copy_is_noticed_and_harmless(keys: Path) -> None:
    whole = keys.read_bytes()
    for copy, step in zip(both(keys), (1, 5), strict=True):
        for place in range(0, len(whole), step):
            flipped = bytearray(whole)
            flipped[place] ^= 1 << (place % 8)
            copy.write_bytes(flipped)

            assert read_key_file(keys).damaged == (copy,), place
        copy.write_bytes(whole)


def test_a_store_without_any_key_file_is_not_taken_for_none(keys: Path) -> None:
    (keys.parent / "store.db").write_bytes(b"x")
    for copy in both(keys):
        copy.unlink()

    assert refused_code(keys) == "keys_missing"


def test_a_changed_passphrase_opens_and_the_old_one_opens_neither_copy(keys: Path) -> None:
    before = open_keys(keys, "benar")

    passphrase_changed(keys, "benar", "baru")

    for copy in both(keys):
        alone = keys.parent / "alone.json"
        shutil.copy(copy, alone)
        assert open_keys(alone, "baru").key == before.key
        assert refused_code(alone, "benar") == "passphrase_wrong"


def test_a_power_cut_at_any_step_leaves_a_whole_copy_and_no_older_one(
    keys: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The folder is copied after each step that makes something durable, then opened."""
    cuts: list[Path] = []

    def cut() -> None:
        cuts.append(Path(shutil.copytree(keys.parent, tmp_path / f"cut{len(cuts)}")))

    def then_cut(step: Callable[..., None]) -> Callable[..., None]:
        def stepped(*arguments: object) -> None:
            step(*arguments)
            cut()

        return stepped

    monkeypatch.setattr(WRITE, then_cut(write_whole))
    monkeypatch.setattr(SYNC, then_cut(sync_folder))
    passphrase_changed(keys, "benar", "baru")

    assert len(cuts) == 3
    for folder in cuts:
        path = folder / "keys.json"
        new = path.read_bytes() == keys.read_bytes()
        assert open_keys(path, "baru" if new else "benar").assessor == "siti"
        assert refused_code(path, "benar" if new else "baru") == "passphrase_wrong"
        if new and second_copy(path).exists():
            assert second_copy(path).read_bytes() == keys.read_bytes()


def test_a_disk_that_is_full_for_the_second_copy_leaves_the_change_made(
    keys: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(path: Path, data: bytes) -> None:
        if path == second_copy(keys):
            raise StoreProblem("disk_full", path=path)
        write_whole(path, data)

    monkeypatch.setattr(WRITE, full)
    passphrase_changed(keys, "benar", "baru")

    assert refused_code(keys, "benar") == "passphrase_wrong"
    assert not second_copy(keys).exists()


def test_a_change_of_what_only_the_second_copy_holds_keeps_a_whole_copy(keys: Path) -> None:
    keys.write_bytes(b"{")

    passphrase_changed(keys, "benar", "baru")

    assert open_keys(keys, "baru").found.outdated == ()


def test_a_change_that_another_program_has_overtaken_is_refused(keys: Path) -> None:
    unlocked = open_keys(keys, "benar")
    passphrase_changed(keys, "benar", "baru")

    with pytest.raises(StoreProblem) as refused:
        change_keys(keys, unlocked.found.content, key=unlocked.key, seen=1)

    assert refused.value.code == "keys_moved_on"
    assert open_keys(keys, "baru").assessor == "siti"


def test_mending_does_not_bring_back_what_was_changed_meanwhile(keys: Path) -> None:
    second_copy(keys).unlink()
    unlocked = open_keys(keys, "benar")
    passphrase_changed(keys, "benar", "baru")

    mend_keys(keys, unlocked)

    assert refused_code(keys, "benar") == "passphrase_wrong"


def test_a_slot_taken_out_by_somebody_without_the_key_is_noticed(keys: Path) -> None:
    siti = open_keys(keys, "benar")
    added = with_budi(siti)
    changed(keys, siti, added)
    content = json.loads(keys.read_text())
    content["slots"].pop()
    for copy in both(keys):
        copy.write_text(checked(content))
    altered = keys.read_bytes()

    unlocked = open_keys(keys, "benar")
    mend_keys(keys, unlocked)

    assert unlocked.altered
    assert keys.read_bytes() == altered
