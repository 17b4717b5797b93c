"""A store of 500 visits with 150 indicators each and 20,000 evidence files: how fast it is."""

import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from datetime import UTC
from pathlib import Path

from assessor_app.compose import Application, build
from assessor_app.services.entries import entry_from
from assessor_app.services.session import Session
from assessor_app.services.visits import all_visits
from full_store import SHORT, WHOLE, Size, full_home
from places import PASSPHRASE, WIDE, begun, enrolled, percentile, told

STARTS, OPENED, ANSWERS = 5, 9, 400

# Each is a program of its own: what is measured is the whole process, from start to end.
_LIST = """
import gc, sys
gc.disable()  # as __main__ does
from pathlib import Path
from assessor_app.compose import build
from assessor_app.services.visits import all_visits
gc.freeze()
gc.enable()
workplace = build(Path(sys.argv[1])).unlock(sys.argv[2])
assert len(all_visits(workplace.store)) == int(sys.argv[3])
workplace.store.close()
"""
_WINDOW = """
import gc, os, sys, threading
gc.disable()  # as __main__ does
threading.Timer(60, os._exit, [1]).start()
from PySide6.QtWidgets import QApplication
from assessor_app.ui.application import open_window
application = QApplication(sys.argv)
window = open_window(application)
window.resize(1366, 768)
window.show()
while window.page.objectName() != "unlock":
    application.processEvents()
window.keeper.enter(window.desk.application.unlock(sys.argv[2]))
while window.page.objectName() != "visits" or len(window.page._table.rows) != int(sys.argv[3]):
    application.processEvents()
application.processEvents()  # painted
os._exit(0)
"""


@dataclass(frozen=True, slots=True)
class Speed:
    """Medians, in seconds; the answers' also as their ratio."""

    visits: int
    events: int
    evidence_files: int
    start_to_list_s: float
    start_to_window_list_s: float
    open_visit_s: float
    answer_p50_ms: float
    empty_answer_p50_ms: float
    times_empty: float


def speed(size: Size, folder: Path, *, kept: Path) -> Speed:
    """Measure a full store beside an empty one. `folder` is for what is changed."""
    home = Path(shutil.copytree(full_home(size, kept=kept), folder / "full", copy_function=os.link))
    database = home / "store" / "store.db"
    database.write_bytes(_unlinked(database))
    programs = {"list": _LIST, "window": _WINDOW}
    starts: dict[str, list[float]] = {name: [] for name in programs}
    for _ in range(STARTS + 1):  # the first warms the disk
        for name, program in programs.items():
            starts[name].append(_seconds(program, home, size.visits))
    application = build(home)
    workplace = application.unlock(PASSPHRASE)
    visits = [visit.id for visit in all_visits(workplace.store)]
    opened = [_opened(home, visits[at * len(visits) // OPENED]) for at in range(OPENED)]
    full = begun(application, workplace, WIDE)
    empty_application, empty_workplace = enrolled(folder / "empty", indicators=size.indicators)
    empty = begun(empty_application, empty_workplace, WIDE)
    ours, theirs = _answers(application, full, empty)
    events = workplace.store.engine
    with events.begin() as connection:
        count = connection.exec_driver_sql("SELECT count(*) FROM event").scalar_one()
    for one in (workplace, empty_workplace):
        one.store.close()
    return Speed(
        visits=size.visits,
        events=int(count),
        evidence_files=size.evidence,
        start_to_list_s=statistics.median(starts["list"][1:]),
        start_to_window_list_s=statistics.median(starts["window"][1:]),
        open_visit_s=statistics.median(opened),
        answer_p50_ms=percentile(ours, 0.5),
        empty_answer_p50_ms=percentile(theirs, 0.5),
        times_empty=percentile(ours, 0.5) / percentile(theirs, 0.5),
    )


def _unlinked(path: Path) -> bytes:
    content = path.read_bytes()
    path.unlink()
    return content


def _seconds(program: str, home: Path, visits: int) -> float:
    began = time.perf_counter()
    command = [sys.executable, "-c", program, str(home), PASSPHRASE, str(visits)]
    environment = os.environ | {"ASSESSOR_HOME": str(home), "QT_QPA_PLATFORM": "offscreen"}
    # No time limit: waiting with one polls in steps of 50 ms.
    subprocess.run(command, check=True, env=environment)  # noqa: S603 - our own program
    return time.perf_counter() - began


def _opened(home: Path, visit: str) -> float:
    """Seconds to open a visit, with its scores, by a program that has not opened any yet."""
    application = build(home)
    workplace = application.unlock(PASSPHRASE)
    began = time.perf_counter()
    application.open(workplace, visit).outlook()
    seconds = time.perf_counter() - began
    workplace.store.close()
    return seconds


def _answers(
    application: Application, full: Session, empty: Session
) -> tuple[list[float], list[float]]:
    """The same answers in both stores, one after the other in turn."""
    codes = [one.code for one in full.instrument.indicators()]
    times: tuple[list[float], list[float]] = ([], [])
    for number in range(ANSWERS):
        given = {
            "indicator": codes[number % len(codes)],
            "side": ("paperwork", "practice")[number // len(codes) % 2],
            "answer": ("present", "absent")[number % 3 == 0],
            "note": f"Terlihat di ruang pelayanan, catatan {number}",
        }
        for session, seconds in zip((full, empty), times, strict=True):
            began = time.perf_counter()
            session.record(entry_from(given, zone=UTC, now=application.clock.now()))
            seconds.append(time.perf_counter() - began)
    return times


def measured(size: Size) -> None:
    """Print the figures beside what they should be."""
    with tempfile.TemporaryDirectory(dir=Path.cwd()) as folder:
        found = speed(size, Path(folder), kept=Path("build/full-store"))
    told(
        "full_store",
        **{name: getattr(found, name) for name in Speed.__slots__},
        target="list < 1.5 s, open < 0.3 s, an answer at most 1.3 x that of an empty store",
    )


if __name__ == "__main__":
    measured(SHORT if "--short" in sys.argv else WHOLE)
