"""What was acknowledged survives kill -9, with a reader and checkpoints beside the writer."""

from pathlib import Path

from kill_nine import killed


def test_what_was_acknowledged_survives_kill_nine(tmp_path: Path) -> None:
    found = killed(tmp_path, kills=20)

    assert (found.lost, found.corrupt) == (0, 0), found.first
    assert found.acknowledged >= found.kills
    assert found.checkpoints >= found.kills
    # The soak holds the 95th percentile to 100 ms; other tests run beside this one.
    assert found.reopen_and_check_p50_ms < 1000
