"""Sending over failing storages: nothing is lost, held up, or twice but what was underway."""

import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from tests.conftest import SMALL
from tests.exchanging import Desk, Desks, desks_in
from tests.sending import (
    Hurried,
    closed_visit,
    is_whole,
    join_headquarters,
    left_on,
    queue_anew,
)

from assessor_app.domain.outbox import ItemState, Sending
from assessor_app.domain.problem import StoreProblem
from assessor_app.instruments.library import Library
from assessor_app.services.sync.packing import queue_visit
from assessor_app.services.sync.pushing import Pushed, due_visits, go_on, is_paused, pause, push
from assessor_app.storage import outbox
from assessor_app.storage.store import Store
from assessor_app.syncing.shipment import PIECE_BYTES
from assessor_app.syncing.transports.failing import Choose, FailingTransport, Failure, at, every
from assessor_app.syncing.transports.folder import FolderTransport
from assessor_app.syncing.transports.transport import TransportFailed


@dataclass
class Office:
    """A device with a visit in its queue, and a stick to send it to."""

    desk: Desk
    visit: str
    stick: Path

    @property
    def store(self) -> Store:
        return self.desk.workplace.store

    def push(self, choose: Choose = lambda *_: None, **more: object) -> tuple[Pushed, list[str]]:
        """Send; what came of it, and the names that were put, in order."""
        transport = FailingTransport(FolderTransport(self.stick), choose, wait=lambda _: None)
        hurried = Hurried()
        pushed = push(
            self.desk.workplace,
            transport,
            **{"library": self.desk.library, "stop": hurried, **more},  # type: ignore[arg-type]  # whatever a test tells it
        )
        return pushed, [name for verb, name in transport.done if verb == "put"]

    def states(self) -> dict[str, ItemState]:
        return {one.kind: one.state for one in outbox.items(self.store)}

    def afresh(self) -> None:
        """An empty stick, and nothing of the queue sent."""
        shutil.rmtree(self.stick)
        self.stick.mkdir()
        queue_anew(self.store)


@pytest.fixture(scope="module")
def queued(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Office]:
    """One for the whole file: what a test leaves on the stick, `afresh` takes away."""
    folder = tmp_path_factory.mktemp("queued")
    with desks_in(folder) as desks:
        desk = desks("A")
        join_headquarters(desk.workplace.store)
        visit = closed_visit(desk, folder, photos=1)
        queue_visit(desk.workplace, visit, library=desk.library)
        stick = folder / "stick"
        stick.mkdir()
        yield Office(desk, visit, stick)


@pytest.fixture
def office(queued: Office) -> Office:
    go_on(queued.store)
    queued.afresh()
    return queued


@pytest.fixture
def desks(tmp_path: Path) -> Iterator[Desks]:
    with desks_in(tmp_path) as made:
        yield made


def test_a_whole_push_puts_each_name_once_and_the_manifest_behind_the_record(
    office: Office,
) -> None:
    pushed, put = office.push()
    assert [name[:2] for name in put[:2]] == ["p/", "m/"]
    assert len(put) == len(set(put)) == sum(1 for _ in left_on(office.stick))
    assert is_whole(office.store, left_on(office.stick))
    assert set(office.states().values()) == {ItemState.SENT}
    assert (pushed.left, pushed.ended_by, pushed.stopped) == (0, None, False)
    assert pushed.put == sum(len(data) for data in left_on(office.stick).values())


def test_a_second_run_sends_nothing(office: Office) -> None:
    office.push()
    pushed, put = office.push()
    assert put == []
    assert (pushed.sent, pushed.put, pushed.queued) == ((), 0, ())


def _operations(office: Office) -> int:
    transport = FailingTransport(FolderTransport(office.stick), lambda *_: None)
    push(office.desk.workplace, transport, library=office.desk.library)
    office.afresh()
    return len(transport.done)


@pytest.mark.parametrize("failure", list(Failure))
def test_whichever_operation_fails_the_run_or_the_next_brings_all_of_it(
    office: Office, failure: Failure
) -> None:
    for number in range(1, _operations(office) + 1):
        office.afresh()
        first, put = office.push(at(number, failure))
        second, more = office.push()
        assert first.ended_by is None or first.left, number
        assert second.left == 0, number
        twice = len(put) + len(more) - len({*put, *more})
        assert twice <= 1, number
        lying = left_on(office.stick)
        if failure is not Failure.WRONG:  # as long, and other bytes: only its receiver can tell
            assert is_whole(office.store, lying), number


def test_a_line_that_stays_away_ends_the_run_in_its_words_after_longer_and_longer_waits(
    office: Office,
) -> None:
    hurried = Hurried()
    pushed, _ = office.push(every("put", Failure.BEFORE), stop=hurried)
    assert pushed.ended_by is not None
    assert pushed.ended_by.code == "storage_unreachable"
    assert hurried.waited == sorted(set(hurried.waited))
    assert len(hurried.waited) > 2
    assert pushed.left == len(office.states())
    assert office.push()[0].left == 0


def test_a_storage_that_lets_nobody_in_is_not_asked_again(office: Office) -> None:
    asked = []

    def refuse(_count: int, verb: str, name: str) -> Failure | None:
        asked.append((verb, name))
        raise TransportFailed("storage_login", place="stick", cause="401")

    pushed, _ = office.push(refuse)
    assert pushed.ended_by is not None
    assert pushed.ended_by.code == "storage_login"
    assert len(asked) == 1


def test_a_storage_that_accepts_and_keeps_nothing_is_called_a_liar(office: Office) -> None:
    pushed, put = office.push(every("put", Failure.LOSES))
    assert pushed.ended_by is not None
    assert pushed.ended_by.code == "storage_lies"
    assert len(set(put)) == 1  # it does not go on to lose the rest
    assert pushed.sent == ()


def test_a_pause_ends_the_run_after_its_piece_and_holds_until_it_is_lifted(
    office: Office,
) -> None:
    pushed, put = office.push(tell=lambda _: pause(office.store))
    assert pushed.stopped
    assert pushed.left
    assert len(put) <= 2
    assert is_paused(office.store)
    with pytest.raises(StoreProblem, match="sending_paused"):
        office.push()
    go_on(office.store)
    _, more = office.push()
    assert not set(put) & set(more)
    assert is_whole(office.store, left_on(office.stick))


def test_a_stop_goes_on_where_it_was(office: Office) -> None:
    done: list[str] = []
    runs = 0
    while runs < 20:
        stop = Hurried()
        pushed, put = office.push(stop=stop, tell=lambda _, stop=stop: stop.ask())
        done, runs = [*done, *put], runs + 1
        if not pushed.left:
            break
    assert runs > 2  # pieces of one part go side by side
    assert len(done) == len(set(done))
    assert is_whole(office.store, left_on(office.stick))


def test_progress_only_grows_and_ends_at_the_whole(office: Office) -> None:
    told: list[Sending] = []
    office.push(tell=told.append)
    assert [one.done for one in told] == sorted({one.done for one in told})
    assert told[-1].done == told[-1].total
    assert told[-1].seconds == 0
    assert {one.visit for one in told} == {office.visit}


def test_a_wanted_piece_is_put_again_though_the_storage_says_it_has_it(office: Office) -> None:
    office.push()
    item = next(one for one in outbox.items(office.store) if one.kind == "originals")
    pieces = outbox.pieces(office.store, item.id)
    assert len(pieces) > 1
    wanted = pieces[1]
    path = next(office.stick.rglob(wanted.sha256))
    path.write_bytes(bytes(wanted.size))
    assert outbox.want_again(office.store, item.id, {wanted.sha256})
    pushed, put = office.push()
    assert [name.rpartition("/")[2] for name in put] == [wanted.sha256]
    assert pushed.put == wanted.size <= PIECE_BYTES
    assert is_whole(office.store, left_on(office.stick))


@pytest.fixture
def two(desks: Desks, tmp_path: Path) -> Office:
    """A device with two visits that nobody has queued."""
    desk = desks("A")
    join_headquarters(desk.workplace.store)
    first = closed_visit(desk, tmp_path)
    closed_visit(desk, tmp_path)
    stick = tmp_path / "stick"
    stick.mkdir()
    return Office(desk, first, stick)


def test_the_records_of_all_visits_go_before_any_picture(two: Office) -> None:
    told: list[Sending] = []
    pushed, put = two.push(tell=told.append)
    assert [one.visit for one in pushed.queued] == list(due_visits(two.desk.workplace))
    assert [one.kind for one in told] == [
        *("record", "record", "derivatives", "derivatives", "originals", "originals")
    ]
    assert [name[0] for name in put[:4]] == ["p", "m", "p", "m"]


@pytest.mark.parametrize("kind", ["record", "originals"])
@pytest.mark.parametrize("harm", ["altered", "gone"])
def test_sealed_bytes_that_are_no_more_are_set_aside_and_hold_up_nothing(
    two: Office, kind: str, harm: str
) -> None:
    queue_visit(two.desk.workplace, two.visit, library=two.desk.library)
    item = next(one for one in outbox.items(two.store) if one.kind == kind)
    path = outbox.sealed_path(two.store, item.sha256)
    if harm == "gone":
        path.unlink()
    else:
        sealed = path.read_bytes()
        path.write_bytes(sealed[:-1] + bytes([sealed[-1] ^ 1]))
    pushed, _ = two.push()
    after = {one.id: one for one in outbox.items(two.store)}
    assert after[item.id].state is ItemState.QUARANTINED
    assert after[item.id].reason == "outbox_damaged"
    assert len(pushed.sent) == len(after) - 1
    assert item.sha256 not in {name.rpartition("/")[2] for name in left_on(two.stick)}


@pytest.mark.parametrize("harm", ["altered", "gone"])
def test_a_sealed_manifest_that_is_no_more_holds_up_nothing_else(two: Office, harm: str) -> None:
    queue_visit(two.desk.workplace, two.visit, library=two.desk.library)
    item = outbox.items(two.store)[0]
    path = outbox.sealed_path(two.store, item.manifest)
    if harm == "gone":
        path.unlink()
    else:
        sealed = path.read_bytes()
        path.write_bytes(sealed[:-1] + bytes([sealed[-1] ^ 1]))
    pushed, _ = two.push()
    states = {(one.visit, one.state) for one in outbox.items(two.store)}
    assert states == {
        (two.visit, ItemState.QUARANTINED),
        *((one.visit, ItemState.SENT) for one in outbox.items(two.store, visit=_other(two))),
    }
    assert item.manifest not in {name.rpartition("/")[2] for name in left_on(two.stick)}
    assert pushed.ended_by is None


def _other(two: Office) -> str:
    return next(one for one in due_visits(two.desk.workplace) if one != two.visit)


def test_a_visit_that_cannot_be_sealed_holds_up_no_other(two: Office) -> None:
    small = two.desk.begin("small").visit_id
    pushed, _ = two.push(visits=[two.visit, small], library=Library([SMALL]))
    assert [one.visit for one in pushed.queued] == [small]
    assert [visit for visit, _ in pushed.refused] == [two.visit]
    assert pushed.left == 0


def test_a_run_that_is_stopped_before_it_begins_queues_nothing(two: Office) -> None:
    stop = Hurried()
    stop.ask()
    pushed, put = two.push(stop=stop)
    assert (pushed.queued, pushed.stopped, put) == ((), True, [])
