"""Wrong passphrases wait longer and longer, across processes, and never lock the owner out."""

import json
from datetime import timedelta
from pathlib import Path

import pytest
from tests.conftest import SteppingClock

from assessor_app.domain.problem import StoreProblem
from assessor_app.storage.attempts import delay, one_attempt


def guess(folder: Path, clock: SteppingClock, code: str = "passphrase_wrong") -> StoreProblem:
    with pytest.raises(StoreProblem) as refused, one_attempt(folder, clock):
        raise StoreProblem(code)
    return refused.value


def test_three_mistakes_are_free_and_then_the_waiting_doubles_to_a_minute() -> None:
    assert [delay(count) for count in range(10)] == [0, 0, 0, 2, 4, 8, 16, 32, 60, 60]
    assert delay(10**9) == 60


def test_after_three_mistakes_nothing_is_tried_until_the_wait_is_over(
    tmp_path: Path, clock: SteppingClock
) -> None:
    for _ in range(3):
        assert guess(tmp_path, clock).code == "passphrase_wrong"

    with pytest.raises(StoreProblem) as refused, one_attempt(tmp_path, clock):
        pytest.fail("tried without waiting")
    assert refused.value.code == "passphrase_wait"
    assert refused.value.places == {"seconds": 1}

    clock.moment += timedelta(seconds=2)
    assert guess(tmp_path, clock).code == "passphrase_wrong"
    assert guess(tmp_path, clock).places == {"seconds": 3}


def test_the_right_passphrase_clears_the_count(tmp_path: Path, clock: SteppingClock) -> None:
    for _ in range(2):
        guess(tmp_path, clock)

    with one_attempt(tmp_path, clock):
        pass

    assert list(tmp_path.iterdir()) == []


def test_only_a_wrong_passphrase_counts(tmp_path: Path, clock: SteppingClock) -> None:
    for _ in range(10):
        assert guess(tmp_path, clock, "store_damaged").code == "store_damaged"


def test_a_clock_that_was_set_back_does_not_lock_the_owner_out(
    tmp_path: Path, clock: SteppingClock
) -> None:
    for _ in range(3):
        guess(tmp_path, clock)

    clock.moment -= timedelta(days=3650)

    assert guess(tmp_path, clock).places == {"seconds": 2}
    clock.moment += timedelta(seconds=2)
    with one_attempt(tmp_path, clock):
        pass


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"[]",
        b"{}",
        b'{"count": "9", "last": "2026-11-22T00:00:00.000000Z"}',
        b'{"count": 9, "last": "soon"}',
        b'{"count": -9, "last": "2026-11-22T00:00:00.000000Z"}',
        b"\xff",
        b"[" * 100_000,
    ],
)
def test_a_damaged_count_is_no_count(tmp_path: Path, clock: SteppingClock, content: bytes) -> None:
    (tmp_path / "attempts.json").write_bytes(content)

    with one_attempt(tmp_path, clock):
        pass


def test_a_count_beyond_all_numbers_waits_a_minute(tmp_path: Path, clock: SteppingClock) -> None:
    last = "2026-11-22T00:00:00.000000Z"
    (tmp_path / "attempts.json").write_text(json.dumps({"count": 10**30, "last": last}))

    assert guess(tmp_path, clock).places == {"seconds": 59}


def test_where_nothing_can_be_written_the_passphrase_is_tried_all_the_same(
    tmp_path: Path, clock: SteppingClock
) -> None:
    for _ in range(5):
        assert guess(tmp_path / "not" / "there", clock).code == "passphrase_wrong"
