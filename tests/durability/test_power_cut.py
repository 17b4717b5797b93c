"""A power cut or a full disk at any of the product's own writes: what was acknowledged survives.

Both in one file, as one recording serves both and takes long.
"""

from pathlib import Path

from disk_full import filled
from power_cut import Recording, Syncing, cut
from syscalls import Rename, Sync, Write


def test_what_was_acknowledged_survives_a_power_cut(
    recordings: dict[Syncing, Recording], tmp_path: Path
) -> None:
    found = cut(recordings[Syncing.FULL], tmp_path, cuts=40)

    assert (found.lost, found.corrupt, found.whole) == (0, 0, 40), found.first


def test_the_same_cuts_lose_answers_where_the_database_syncs_less(
    recordings: dict[Syncing, Recording], tmp_path: Path
) -> None:
    found = cut(recordings[Syncing.NORMAL], tmp_path, cuts=10)

    assert found.lost > 0


def test_the_recording_holds_a_whole_visit(recordings: dict[Syncing, Recording]) -> None:
    recording = recordings[Syncing.FULL]
    done = [type(one) for one in recording.operations]

    assert [one.step for one in recording.said][-4:] == ["close", "issue", "hand over", "export"]
    assert min(done.count(kind) for kind in (Write, Rename, Sync)) >= 5


def test_a_full_disk_at_any_write_loses_nothing_and_is_told(
    recordings: dict[Syncing, Recording], tmp_path: Path
) -> None:
    found = filled(recordings[Syncing.FULL], tmp_path, moments=5)

    assert found.held, found.first
    assert found.refused >= 3
