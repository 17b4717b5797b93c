"""Kill -9 while answers are recorded, another process reads, and the log is checkpointed.

Each round has a fresh copy of one store, so that what is measured is one visit. A writer records
one answer after another, and says each number only after its commit; a reader in a second process
reads the visit and copies the log into the database (a checkpoint) again and again, through the
product's own engine. Both are killed at a random moment, in half of the rounds the writer first.
Then the store is opened and checked by the product.

A kill does not lose what the system still holds in memory: power_cut.py is the proof for that.
"""

import multiprocessing
import random
import shutil
import statistics
import tempfile
import time
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC
from multiprocessing.connection import Connection
from multiprocessing.context import ForkServerContext, SpawnContext
from multiprocessing.process import BaseProcess
from pathlib import Path

from assessor_app.compose import build
from assessor_app.domain.problem import Problem
from assessor_app.services.entries import entry_from
from assessor_app.services.session import Session, open_session
from checked import faults
from places import PASSPHRASE, begun, enrolled

ANSWERED = 40  # of the visit before the first kill
_LONGEST = 0.25  # seconds of recording before the kill
_PATIENCE = 60  # seconds until a child must have said something
_CODE = "P15-06"
# The check reads documents by these; to import them is no part of opening a store.
_IMPORTED = [
    f"assessor_app.{one}" for one in ("compose", "services.checking.check", "services.verifying")
]


@dataclass(frozen=True, slots=True)
class Killed:
    """What was found after the kills; milliseconds are of opening and checking together."""

    kills: int
    acknowledged: int
    lost: int
    corrupt: int
    unsaid: int
    """Answers that were recorded though their number was not said any more: allowed."""
    checkpoints: int
    reopen_and_check_p50_ms: float
    reopen_and_check_p95_ms: float
    first: str


@dataclass(frozen=True, slots=True)
class Reopened:
    last: int
    faults: tuple[str, ...]
    seconds: float


def killed(folder: Path, *, kills: int, seed: int = 20261122) -> Killed:
    """Kill that many times at random moments."""
    chance = random.Random(seed)
    visit = _one_visit(folder)
    context = _context()
    said: list[int] = []
    found: list[Reopened] = []
    checkpoints = 0
    for _ in range(kills):
        with tempfile.TemporaryDirectory(dir=folder) as place:
            home = Path(shutil.copytree(folder / "home", Path(place) / "home"))
            last, copied = _round(context, home, visit, chance=chance)
            said.append(last)
            checkpoints += copied
            found.append(_asked(context, home, visit))
    times = [one.seconds * 1000 for one in found]
    differing = list(zip(said, found, strict=True))
    whys = [f"said {last}, found {one}" for last, one in differing if one.last < last or one.faults]
    return Killed(
        kills=kills,
        acknowledged=sum(said),
        lost=sum(one.last < last for last, one in differing),
        corrupt=sum(bool(one.faults) for one in found),
        unsaid=sum(one.last > last for last, one in differing),
        checkpoints=checkpoints,
        reopen_and_check_p50_ms=statistics.median(times),
        reopen_and_check_p95_ms=statistics.quantiles(times, n=20, method="inclusive")[-1],
        first=next(iter(whys), ""),
    )


def _one_visit(folder: Path) -> str:
    """A store with one visit, half answered; its id."""
    application, workplace = enrolled(folder, indicators=10)
    session = begun(application, workplace, "2015-pemda")
    codes = [one.code for one in session.instrument.indicators() if one.code != _CODE]
    for code in codes[: ANSWERED // 2]:
        for side in ("paperwork", "practice"):
            _record(session, code, side, note="sebelumnya")
    workplace.store.close()
    return session.visit_id


def _context() -> ForkServerContext | SpawnContext:
    """Children of one process that has imported the product; started anew where there is no fork.

    A child must not be forked from here: a database that is open in its parent breaks in it.
    """
    if "forkserver" not in multiprocessing.get_all_start_methods():
        return multiprocessing.get_context("spawn")
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload(_IMPORTED)
    return context


def _round(
    context: ForkServerContext | SpawnContext, home: Path, visit: str, *, chance: random.Random
) -> tuple[int, int]:
    """One writer and one reader until both are killed: the last number said, the checkpoints."""
    numbers, writing = context.Pipe(duplex=False)
    counts, reading = context.Pipe(duplex=False)
    writer = context.Process(target=_write, args=(home, visit, writing), daemon=True)
    reader = context.Process(target=_read, args=(home, visit, reading), daemon=True)
    for process, end in ((reader, reading), (writer, writing)):
        process.start()
        end.close()  # so that the pipe ends where the child does
    said = _heard(numbers, _PATIENCE, first=True)
    copied = _heard(counts, _PATIENCE, first=True)
    said = _heard(numbers, chance.uniform(0.0, _LONGEST)) or said
    victims = [writer, reader] if chance.random() < 0.5 else [reader, writer]
    _kill(victims)
    return _heard(numbers, 0.0) or said, _heard(counts, 0.0) or copied


def _heard(end: Connection, seconds: float, *, first: bool = False) -> int:
    """The last number of a child within some seconds, or its first one; 0 without any."""
    last, until = 0, time.monotonic() + seconds
    while end.poll(max(0.0, until - time.monotonic())):
        try:
            last = end.recv()
        except EOFError:
            break
        if first:
            break
    return last


def _kill(processes: Sequence[BaseProcess]) -> None:
    for process in processes:
        process.kill()
    for process in processes:
        process.join()


def _asked(context: ForkServerContext | SpawnContext, home: Path, visit: str) -> Reopened:
    """Open and check in a process of its own that has nothing of the store in its memory."""
    answers, answering = context.Pipe(duplex=False)
    child = context.Process(target=_reopen, args=(home, visit, answering), daemon=True)
    child.start()
    answering.close()
    if not answers.poll(_PATIENCE):
        child.kill()
        return Reopened(0, ("no answer",), float(_PATIENCE))
    found: Reopened = answers.recv()
    child.join()
    return found


def _write(home: Path, visit: str, say: Connection) -> None:
    """The writer: one answer after another, each number said only after its commit."""
    application = build(home)
    session = application.open(application.unlock(PASSPHRASE), visit)
    number = 0
    while True:
        number += 1
        _record(session, _CODE, "practice", note=str(number))
        say.send(number)


def _read(home: Path, visit: str, say: Connection) -> None:
    """The reader: what the visit holds, and the log copied into the database, over and over."""
    store = build(home).unlock(PASSPHRASE).store
    count = 0
    while True:
        store.log.heads(visit)
        how = ("PASSIVE", "FULL", "TRUNCATE")[count % 3]
        raw = store.engine.raw_connection()
        try:
            # Outside of a transaction, as SQLite asks for; a busy writer makes it wait or give up.
            raw.cursor().execute(f"PRAGMA wal_checkpoint({how})")
        finally:
            raw.close()
        count += 1
        say.send(count)


def _reopen(home: Path, visit: str, say: Connection) -> None:
    """The judge: from the passphrase to the visit's fields, and the check of the whole store.

    The check is that of `assessor store check`: chain, checkpoints, projections, every page's
    authentication code, keys, evidence. The form of the instrument is read after the clock was
    stopped: it lies outside of the store.
    """
    application = build(home)
    began = time.perf_counter()
    try:
        workplace = application.unlock(PASSPHRASE)
        store = workplace.store
        store.log.heads(visit)
        found = faults(workplace)
        seconds = time.perf_counter() - began
        session = open_session(store, visit, application.library)
        last = _last(session)
        _record(session, _CODE, "practice", note="lanjut")
        store.close()
    except Problem as problem:
        say.send(Reopened(0, (problem.code,), time.perf_counter() - began))
        return
    say.send(Reopened(last, found, seconds))


def _last(session: Session) -> int:
    """The number in the last answer that is held."""
    held = session.snapshot.observations.items()
    return next((int(one.note or 0) for key, one in held if key.indicator == _CODE), 0)


def _record(session: Session, code: str, side: str, *, note: str) -> None:
    given = {"indicator": code, "side": side, "answer": "absent", "note": note}
    session.record(entry_from(given, zone=UTC, now=session.snapshot.visit.arrival))
