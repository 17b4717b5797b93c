"""The small sealed file of what the window remembers."""

import os
from pathlib import Path

import pytest

from assessor_app.domain.problem import StoreProblem
from assessor_app.storage.keys import DataKey
from assessor_app.storage.memory import Memory

KEY = DataKey(b"k" * 32)


def memory(folder: Path, key: DataKey = KEY) -> Memory:
    return Memory(folder / "memory.bin", key)


def test_what_was_kept_last_is_read_and_nothing_else_lies_there(tmp_path: Path) -> None:
    memory(tmp_path).keep({"visit": "a", "indicator": "P15-06"})
    memory(tmp_path).keep({"visit": "kunjungan ñ"})

    assert memory(tmp_path).read() == {"visit": "kunjungan ñ"}
    assert [path.name for path in tmp_path.iterdir()] == ["memory.bin"]


def test_nobody_reads_it_without_the_key(tmp_path: Path) -> None:
    memory(tmp_path).keep({"visit": "kunjungan-rahasia"})

    sealed = memory(tmp_path).path.read_bytes()
    assert b"rahasia" not in sealed
    assert memory(tmp_path, DataKey(b"o" * 32)).read() == {}


@pytest.mark.parametrize("damage", [b"", b"short", b"x" * 200])
def test_a_missing_or_damaged_file_is_an_empty_memory(tmp_path: Path, damage: bytes) -> None:
    assert memory(tmp_path).read() == {}
    memory(tmp_path).path.write_bytes(damage)

    assert memory(tmp_path).read() == {}


def test_a_flipped_bit_or_a_cut_tail_is_an_empty_memory(tmp_path: Path) -> None:
    kept = memory(tmp_path)
    kept.keep({"visit": "a"})
    sealed = kept.path.read_bytes()

    for damaged in (sealed[:-1], bytes([sealed[0] ^ 1]) + sealed[1:]):
        kept.path.write_bytes(damaged)
        assert kept.read() == {}


def test_nobody_waits_for_the_disk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    synced: list[int] = []
    monkeypatch.setattr(os, "fsync", synced.append)

    memory(tmp_path).keep({"visit": "a"})

    assert memory(tmp_path).read() == {"visit": "a"}
    assert not synced


def test_what_cannot_be_written_leaves_what_was_kept(tmp_path: Path) -> None:
    kept = memory(tmp_path)
    kept.keep({"visit": "a"})

    with pytest.raises(StoreProblem):
        memory(tmp_path / "gone").keep({"visit": "b"})

    assert kept.read() == {"visit": "a"}
