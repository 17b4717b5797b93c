"""A disk that is full at any write: told plainly, nothing lost, nothing half, and on it goes."""

from pathlib import Path

import pytest

from disk_full import filled
from power_cut import Recording, Syncing

pytestmark = pytest.mark.xdist_group("recorded")  # on one worker: the visit is recorded once


def test_a_full_disk_at_any_write_loses_nothing_and_is_told(
    recordings: dict[Syncing, Recording], tmp_path: Path
) -> None:
    found = filled(recordings[Syncing.FULL], tmp_path, moments=5)

    assert found.held, found.first
    assert found.refused >= 3
