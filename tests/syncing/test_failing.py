"""The storage that fails on purpose, and the one that is slow on purpose."""

from pathlib import Path

import pytest

from assessor_app.syncing.transports.failing import FailingTransport, Failure, at, every
from assessor_app.syncing.transports.folder import FolderTransport
from assessor_app.syncing.transports.throttled import ThrottledTransport
from assessor_app.syncing.transports.transport import TransportFailed

NAME = "p/ab/piece"


def failing(folder: Path, number: int, failure: Failure) -> FailingTransport:
    return FailingTransport(FolderTransport(folder), at(number, failure))


@pytest.mark.parametrize(
    ("failure", "left"),
    [(Failure.BEFORE, None), (Failure.DURING, b"half"), (Failure.AFTER, b"halfhalf")],
)
def test_a_put_breaks_off_at_three_places(
    tmp_path: Path, failure: Failure, left: bytes | None
) -> None:
    transport = failing(tmp_path, 1, failure)

    with pytest.raises(TransportFailed) as failed:
        transport.put(NAME, b"halfhalf")

    assert failed.value.retry
    assert transport.size(NAME) == (None if left is None else len(left))
    assert left is None or transport.get(NAME) == left


def test_only_the_chosen_operation_fails_and_all_are_remembered(tmp_path: Path) -> None:
    transport = failing(tmp_path, 2, Failure.BEFORE)
    transport.put(NAME, b"x")
    with pytest.raises(TransportFailed):
        transport.size(NAME)

    assert transport.size(NAME) == 1
    assert transport.done == [("put", NAME), ("size", NAME), ("size", NAME)]


def test_what_is_lost_silently_was_accepted(tmp_path: Path) -> None:
    transport = failing(tmp_path, 1, Failure.LOSES)

    transport.put(NAME, b"x")

    assert transport.size(NAME) is None


def test_what_is_written_wrong_has_the_right_size(tmp_path: Path) -> None:
    transport = failing(tmp_path, 1, Failure.WRONG)
    transport.put(NAME, b"xy")
    transport.put("p/empty", b"")

    assert (transport.size(NAME), transport.get(NAME) == b"xy") == (2, False)


@pytest.mark.parametrize("verb", ["size", "get"])
def test_a_reader_gets_no_answer_another_one_or_none(tmp_path: Path, verb: str) -> None:
    FolderTransport(tmp_path).put(NAME, b"xy")
    true = {"size": 2, "get": b"xy"}[verb]

    def read(failure: Failure) -> object:
        return getattr(failing(tmp_path, 1, failure), verb)(NAME)

    for failure in (Failure.BEFORE, Failure.DURING, Failure.AFTER):
        with pytest.raises(TransportFailed) as failed:
            read(failure)
        assert failed.value.code == "storage_unreachable"
    assert read(Failure.WRONG) != true
    assert read(Failure.OLD) == true  # nobody wrote it since
    if verb == "size":
        assert read(Failure.LOSES) is None
    else:
        with pytest.raises(TransportFailed) as failed:
            read(Failure.LOSES)
        assert failed.value.code == "storage_missing"


def test_an_old_answer_is_that_of_before_the_last_write(tmp_path: Path) -> None:
    transport = FailingTransport(FolderTransport(tmp_path), lambda *_: None)
    transport.put("m/kept", b"old")
    transport.put("m/kept", b"newer")
    transport.put("m/new", b"new")
    transport.choose = lambda *_: Failure.OLD

    assert transport.get("m/kept") == b"old"
    assert transport.size("m/kept") == 3
    assert transport.size("m/new") is None
    assert list(transport.list("m/")) == ["m/kept"]
    with pytest.raises(TransportFailed):
        transport.get("m/new")


def test_a_list_breaks_off_loses_and_makes_up(tmp_path: Path) -> None:
    transport = FailingTransport(FolderTransport(tmp_path), lambda *_: None)
    for name in ("m/1", "m/2"):
        transport.put(name, b"x")
    found: list[str] = []

    transport.choose = every("list", Failure.DURING)
    with pytest.raises(TransportFailed):
        found.extend(transport.list("m/"))
    transport.choose = every("list", Failure.LOSES)

    assert list(transport.list("m/")) == []
    transport.choose = every("list", Failure.WRONG)
    assert list(transport.list("m/")) == [f"m/{'0' * 64}"]
    transport.choose = every("put", Failure.WRONG)
    assert list(transport.list("m/")) == ["m/1", "m/2"]


def test_a_delete_that_is_lost_leaves_it_there(tmp_path: Path) -> None:
    transport = FailingTransport(FolderTransport(tmp_path), lambda *_: None)
    transport.put(NAME, b"x")
    transport.choose = every("delete", Failure.LOSES)
    transport.delete(NAME)
    assert transport.size(NAME) == 1

    transport.choose = every("delete", Failure.AFTER)
    with pytest.raises(TransportFailed):
        transport.delete(NAME)

    assert transport.size(NAME) is None


def test_what_is_slow_is_done_after_its_time(tmp_path: Path) -> None:
    waited: list[float] = []
    inner = FolderTransport(tmp_path)
    transport = FailingTransport(inner, every("put", Failure.SLOW), delay=3, wait=waited.append)

    transport.put(NAME, b"x")

    assert waited == [3]
    assert transport.get(NAME) == b"x"


class Line:
    """A clock that goes on only by waiting."""

    def __init__(self) -> None:
        self.at = 1000.0

    def wait(self, seconds: float) -> None:
        self.at += seconds

    def now(self) -> float:
        return self.at


def test_over_a_while_a_limited_line_carries_no_more_than_its_limit(tmp_path: Path) -> None:
    line = Line()
    transport = ThrottledTransport(FolderTransport(tmp_path), 1000, line.wait, line.now)

    for number in range(10):
        transport.put(f"p/{number}", b"x" * 500)
    assert line.at - 1000 == pytest.approx(4.5)  # the last one is paid for by the next
    transport.get("p/0")
    transport.get("p/1")

    assert line.at - 1000 == pytest.approx(5.5)


def test_an_idle_line_saves_nothing_up(tmp_path: Path) -> None:
    line = Line()
    transport = ThrottledTransport(FolderTransport(tmp_path), 1000, line.wait, line.now)
    transport.put("p/0", b"x" * 1000)
    line.at += 3600

    transport.put("p/1", b"x" * 1000)
    began = line.at
    transport.put("p/2", b"x" * 1000)

    assert line.at - began == pytest.approx(1)


def test_looking_costs_nothing_of_a_limited_line(tmp_path: Path) -> None:
    line = Line()
    transport = ThrottledTransport(FolderTransport(tmp_path), 1, line.wait, line.now)
    transport.put("p/0", b"x")
    transport.size("p/0")
    transport.delete("p/0")

    assert list(transport.list("p/")) == []
    assert line.at == 1000
