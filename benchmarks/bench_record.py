"""One answer durably recorded through the service, beside a bare one-row commit, interleaved."""

import sqlite3
import tempfile
import time
from datetime import UTC
from pathlib import Path

from assessor_app.services.entries import entry_from
from places import begun, enrolled, percentile, told

ROUNDS = 1500


def main() -> None:
    """p50 and p95 in milliseconds; target: p95 under 5 ms, at most 4 x the bare commit."""
    with tempfile.TemporaryDirectory(dir=Path.cwd()) as folder:
        application, workplace = enrolled(Path(folder))
        session = begun(application, workplace, "2015-pemda")
        bare = sqlite3.connect(Path(folder) / "bare.db", isolation_level=None)
        for pragma in ("journal_mode=WAL", "synchronous=FULL"):
            bare.execute(f"PRAGMA {pragma}").fetchall()
        bare.execute("CREATE TABLE answer (id INTEGER PRIMARY KEY, value TEXT)")
        codes = [one.code for one in session.instrument.indicators()]
        ours: list[float] = []
        theirs: list[float] = []
        for number in range(ROUNDS):
            given = {
                "indicator": codes[number % len(codes)],
                "side": ("paperwork", "practice")[number % 2],
                "answer": ("present", "absent")[number % 3 == 0],
                "note": f"Terlihat di ruang pelayanan, catatan {number}",
            }
            began = time.perf_counter()
            entry = entry_from(given, zone=UTC, now=application.clock.now())
            session.record(entry)
            ours.append(time.perf_counter() - began)
            began = time.perf_counter()
            bare.execute("BEGIN IMMEDIATE")
            bare.execute("INSERT INTO answer (value) VALUES (?)", (given["note"],))
            bare.execute("COMMIT")
            theirs.append(time.perf_counter() - began)
        bare.close()
        workplace.store.close()
    ratio = percentile(ours, 0.5) / percentile(theirs, 0.5)
    told(
        "record_one_answer",
        answers=ROUNDS,
        p50_ms=percentile(ours, 0.5),
        p95_ms=percentile(ours, 0.95),
        bare_p50_ms=percentile(theirs, 0.5),
        bare_p95_ms=percentile(theirs, 0.95),
        times_bare_p50=ratio,
        times_bare_p95=percentile(ours, 0.95) / percentile(theirs, 0.95),
        target="p95 < 5 ms, at most 4 x bare",
    )


if __name__ == "__main__":
    main()
