"""One answer durably recorded through the service, beside a bare one-row commit, interleaved."""

import sqlite3
import sys
import tempfile
import time
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC
from pathlib import Path

from assessor_app.compose import Application
from assessor_app.domain.event import EventKind
from assessor_app.domain.instrument import Side
from assessor_app.domain.observation import ObservationKey
from assessor_app.services.enrolment import Workplace
from assessor_app.services.entries import entry_from
from assessor_app.services.session import Session
from assessor_app.storage.log import Draft
from assessor_app.storage.store import Store
from places import begun, enrolled, percentile, told

EVENTS = (10, 1_000, 10_000, 100_000)
ROUNDS = 600
AT_MOST = 4  # times a bare commit; 2.5 is the aim
_FLAT = 1.25  # times an answer in the smallest store


@dataclass(frozen=True, slots=True)
class Cost:
    """Milliseconds of an answer in a visit of so many events, and of a bare commit in turn."""

    events: int
    p50_ms: float
    p95_ms: float
    bare_p50_ms: float
    bare_p95_ms: float

    @property
    def times_bare(self) -> float:
        return self.p50_ms / self.bare_p50_ms


def costs(folder: Path, *, events: tuple[int, ...] = EVENTS) -> tuple[Cost, ...]:
    """What one answer costs in visits of so many events, one answer in each of them in turn."""
    opened: list[tuple[Application, Workplace, Session]] = []
    for count in events:
        application, workplace = enrolled(folder / str(count))
        visit = begun(application, workplace, "2015-pemda").visit_id
        _fill(workplace.store, visit, events=count)
        opened.append((application, workplace, application.open(workplace, visit)))
    bare = sqlite3.connect(folder / "bare.db", isolation_level=None)
    for pragma in ("journal_mode=WAL", "synchronous=FULL"):
        bare.execute(f"PRAGMA {pragma}").fetchall()
    bare.execute("CREATE TABLE answer (id INTEGER PRIMARY KEY, value TEXT)")
    times, theirs = _in_turn([(one, session) for one, _, session in opened], bare)
    bare.close()
    for _, workplace, _ in opened:
        workplace.store.close()
    return tuple(
        Cost(
            events=count,
            p50_ms=percentile(ours, 0.5),
            p95_ms=percentile(ours, 0.95),
            bare_p50_ms=percentile(theirs, 0.5),
            bare_p95_ms=percentile(theirs, 0.95),
        )
        for count, ours in zip(events, times, strict=True)
    )


def _fill(store: Store, visit: str, *, events: int) -> None:
    """Record answers up to so many events, without waiting for the disk."""
    raw = store.engine.raw_connection()
    raw.cursor().execute("PRAGMA synchronous=OFF")
    raw.close()  # back to the pool, which gives it out again
    entity = ObservationKey("P15-06", Side.PRACTICE).entity
    for number in range(1, events):
        note = f"Terlihat di ruang pelayanan, catatan {number}"
        values = {(entity, "answer"): ("present", "absent")[number % 2], (entity, "note"): note}
        store.log.append(Draft(visit, EventKind.RECORDED, values))
    store.engine.dispose()  # connections made from here on wait as the product has them wait


def _in_turn(
    opened: Sequence[tuple[Application, Session]], bare: sqlite3.Connection
) -> tuple[list[list[float]], list[float]]:
    """Seconds of each answer by session, and of the bare commits between them."""
    times: list[list[float]] = [[] for _ in opened]
    theirs: list[float] = []
    codes = [one.code for one in opened[0][1].instrument.indicators()]
    for number in range(ROUNDS):
        given = {
            "indicator": codes[number % len(codes)],
            "side": ("paperwork", "practice")[number % 2],
            "answer": ("present", "absent")[number % 3 == 0],
            "note": f"Terlihat di ruang pelayanan, catatan {number}",
        }
        for (application, session), ours in zip(opened, times, strict=True):
            began = time.perf_counter()
            session.record(entry_from(given, zone=UTC, now=application.clock.now()))
            ours.append(time.perf_counter() - began)
        began = time.perf_counter()
        bare.execute("BEGIN IMMEDIATE")
        bare.execute("INSERT INTO answer (value) VALUES (?)", (given["note"],))
        bare.execute("COMMIT")
        theirs.append(time.perf_counter() - began)
    return times, theirs


def main(events: tuple[int, ...] = EVENTS) -> bool:
    """Print the costs; whether each is as it must be."""
    with tempfile.TemporaryDirectory(dir=Path.cwd()) as folder:
        found = costs(Path(folder), events=events)
    for one in found:
        told(
            "record_one_answer",
            events=one.events,
            p50_ms=one.p50_ms,
            p95_ms=one.p95_ms,
            bare_p50_ms=one.bare_p50_ms,
            bare_p95_ms=one.bare_p95_ms,
            times_bare_p50=one.times_bare,
            times_bare_p95=one.p95_ms / one.bare_p95_ms,
            times_first_p50=one.p50_ms / found[0].p50_ms,
            target="p95 < 5 ms, at most 4 x bare, flat",
        )
    return all(one.times_bare <= AT_MOST and one.p50_ms <= _FLAT * found[0].p50_ms for one in found)


if __name__ == "__main__":
    sys.exit(not main())
