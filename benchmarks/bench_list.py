"""The list of 500 visits: from opening the page to painted rows, and what counting them costs."""

import gc
import os
import shutil
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtCore import QEvent, QEventLoop, QObject, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from assessor_app.compose import build
from assessor_app.domain.listing import Sieve, Zone
from assessor_app.texts import Language
from assessor_app.ui.desk import Desk
from assessor_app.ui.directory import PageName, Where
from assessor_app.ui.main_window import MainWindow
from assessor_app.ui.pages.visits.page import VisitsPage
from assessor_app.ui.theme import Scheme, apply_theme
from full_store import SHORT, WHOLE, Size, full_home
from places import PASSPHRASE, told

OPENINGS = 7
_BEAT_MS = 2


def main() -> None:
    """Targets: painted under 0.5 s, no stall over 50 ms while it counts; then known at once."""
    measured(WHOLE)


def measured(size: Size) -> None:
    """Measure a store of that size; the first counting of a home happens once, so on a copy."""
    with tempfile.TemporaryDirectory(dir=Path.cwd()) as folder:
        home = _copied(full_home(size), Path(folder))
        qt = QApplication.instance() or QApplication([])
        assert isinstance(qt, QApplication)  # noqa: S101 - for the type
        gc.disable()  # as the window does: it collects between events
        apply_theme(qt, Scheme.LIGHT)
        application = build(home)
        desk = Desk(
            home, language=Language.INDONESIAN, scheme=Scheme.LIGHT, application=application
        )
        window = MainWindow(desk)
        window.resize(1366, 768)
        window.show()
        QTest.qWaitForWindowExposed(window)
        workplace = application.unlock(PASSPHRASE)
        first = _opened(qt, lambda: window.keeper.enter(workplace))
        began, cpu = time.perf_counter(), time.process_time()
        stall, stall_cpu = _stalls(qt, lambda: not _page(window).counting)
        counted, counted_cpu = time.perf_counter() - began, time.process_time() - cpu
        again = []
        for _ in range(OPENINGS):
            window.go(Where(PageName.RESULTS))
            qt.processEvents(QEventLoop.ProcessEventsFlag.AllEvents)
            again.append(_opened(qt, lambda: window.go(Where(PageName.VISITS))))
        second = time.perf_counter()
        _stalls(qt, lambda: not _page(window).counting)
        known = time.perf_counter() - second
        searched = _searched(qt, window)
        visits = len(_page(window).shown)
        window.close()
    told(
        "visits_listed",
        visits=visits,
        first_opening_ms=first[0] * 1000,
        first_opening_cpu_ms=first[1] * 1000,
        opening_p50_ms=statistics.median(one[0] for one in again) * 1000,
        opening_cpu_p50_ms=statistics.median(one[1] for one in again) * 1000,
        counting_all_s=counted,
        counting_all_cpu_s=counted_cpu,
        longest_stall_while_counting_ms=stall * 1000,
        longest_stall_cpu_ms=stall_cpu * 1000,
        counted_again_ms=known * 1000,
        search_letter_p50_ms=searched * 1000,
        target="opened and painted under 500 ms; no stall over 50 ms",
    )


def _copied(home: Path, folder: Path) -> Path:
    """A home of its own, with the evidence linked: the list does not touch it."""
    copy = Path(shutil.copytree(home, folder / "home", copy_function=os.link))
    for name in ("store.db", "store.db-wal", "counted.bin", "memory.bin"):
        path = copy / "store" / name
        if path.exists():
            content = path.read_bytes()
            path.unlink()
            if name.startswith("store.db"):
                path.write_bytes(content)
    return copy


def _page(window: MainWindow) -> VisitsPage:
    page = window.page
    assert isinstance(page, VisitsPage)  # noqa: S101 - for the type
    return page


class _Painted(QObject):
    """Notices the first painting of the rows."""

    seen = False

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        table = watched.parent() if event.type() is QEvent.Type.Paint else None
        self.seen = self.seen or (table is not None and table.objectName() == "visits.table")
        return False


def _opened(qt: QApplication, go: Callable[[], None]) -> tuple[float, float]:
    """Seconds from going to the list until its rows are painted, and of CPU."""
    watch = _Painted()
    qt.installEventFilter(watch)
    began, cpu = time.perf_counter(), time.process_time()
    go()
    while not watch.seen:
        qt.processEvents(QEventLoop.ProcessEventsFlag.AllEvents)
    took = time.perf_counter() - began, time.process_time() - cpu
    qt.removeEventFilter(watch)
    return took


def _stalls(qt: QApplication, until: Callable[[], bool]) -> tuple[float, float]:
    """The longest time between two beats of a timer in seconds, and of this thread's CPU.

    On a machine that is busy with others only the second one speaks of the window.
    """
    longest = longest_cpu = 0.0
    last, last_cpu = time.perf_counter(), time.thread_time()

    def beat() -> None:
        nonlocal longest, longest_cpu, last, last_cpu
        now, cpu = time.perf_counter(), time.thread_time()
        longest = max(longest, now - last - _BEAT_MS / 1000)
        longest_cpu = max(longest_cpu, cpu - last_cpu)
        last, last_cpu = now, cpu

    timer = QTimer()
    timer.setInterval(_BEAT_MS)
    timer.timeout.connect(beat)
    timer.start()
    while not until():
        qt.processEvents(QEventLoop.ProcessEventsFlag.AllEvents)
    timer.stop()
    return longest, longest_cpu


def _searched(qt: QApplication, window: MainWindow) -> float:
    """The median of a letter of a search until it is painted, and of a filter."""
    page, times = _page(window), []
    for sieve in (
        Sieve(text="k"),
        Sieve(text="ke"),
        Sieve(text="kes"),
        Sieve(zones=frozenset({Zone.GREEN})),
        Sieve(),
    ):
        began = time.perf_counter()
        page.show_sieve(sieve)
        qt.processEvents(QEventLoop.ProcessEventsFlag.AllEvents)
        times.append(time.perf_counter() - began)
    return statistics.median(times)


if __name__ == "__main__":
    measured(SHORT if "--short" in sys.argv else WHOLE)
