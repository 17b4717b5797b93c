"""Taking photos in: how long 20 of 12 megapixels take, and for how long the window stands still."""

import gc
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
from PySide6.QtCore import QEventLoop, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from assessor_app.domain.instrument import Side
from assessor_app.texts import Language
from assessor_app.ui.desk import Desk
from assessor_app.ui.directory import PageName, Where
from assessor_app.ui.main_window import MainWindow
from assessor_app.ui.pages.checklist.page import ChecklistPage
from assessor_app.ui.theme import Scheme, apply_theme
from places import begun, enrolled, told

PHOTOS, WIDE = 20, 4000  # 12 megapixels each
INDICATORS = 150
BEAT_MS = 2


class Heart(QTimer):
    """Beats as often as the event loop lets it; the longest time between two beats is a stall.

    `works` is what the thread itself worked meanwhile: the rest of a gap it waited, for another
    thread of ours or for a processor that somebody else had.
    """

    def __init__(self) -> None:
        super().__init__()
        self.gaps: list[float] = []
        self.works: list[float] = []
        self._last, self._worked = time.perf_counter(), time.thread_time()
        self.setInterval(BEAT_MS)
        self.timeout.connect(self._on_beat)

    def begin(self) -> None:
        self.gaps.clear()
        self.works.clear()
        self._last, self._worked = time.perf_counter(), time.thread_time()
        self.start()

    def _on_beat(self) -> None:
        now, worked = time.perf_counter(), time.thread_time()
        self.gaps.append((now - self._last) * 1000 - BEAT_MS)
        self.works.append((worked - self._worked) * 1000)
        self._last, self._worked = now, worked


def main() -> None:
    """Target: the window never stands still for more than 50 ms."""
    gc.disable()  # as __main__ does
    with tempfile.TemporaryDirectory(dir=Path.cwd()) as name:
        folder = Path(name)
        kinds = made(folder)
        window, page = opened(folder)
        for kind, files in kinds.items():
            measured(window, page, kind, files)
        window.close()


_MAKE = """
import io, sys
from pathlib import Path
import pillow_heif  # of the tests: the product reads HEIF and writes none
from PIL import Image
from tests.detailed_photos import photograph
folder, count, wide = Path(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3])
drawn = []
for number in range(2):  # drawn smaller and blown up: to draw so many pixels takes minutes
    with Image.open(io.BytesIO(photograph(number, side=1000))) as small:
        out = io.BytesIO()
        small.resize((wide, wide * 3 // 4)).save(out, "JPEG", quality=96)
        drawn.append(out.getvalue())
heic = io.BytesIO()
with Image.open(io.BytesIO(drawn[0])) as picture:
    pillow_heif.from_pillow(picture).save(heic, quality=60)
for number in range(count):  # what follows the picture makes each a file of its own
    (folder / f"IMG_{number:04}.jpg").write_bytes(drawn[number % 2] + b"%04d" % number)
    if number % 4 == 0:
        free = bytes((0, 0, 0, 12)) + b"free" + b"%04d" % number
        (folder / f"IMG_{number:04}.heic").write_bytes(heic.getvalue() + free)
"""


_IDLE = """
import select, sys, time
beat = int(sys.argv[1]) / 1000
last, worst = time.perf_counter(), 0.0
while not select.select([sys.stdin], [], [], beat)[0]:
    now = time.perf_counter()
    worst, last = max(worst, now - last - beat), now
print(worst * 1000)
"""
# It does nothing but beat, beside the window: what it misses, the machine took from both.


def made(folder: Path) -> dict[str, list[Path]]:
    """Made in another process, whose memory is not ours; every fourth as a HEIC as well."""
    given = [str(folder), str(PHOTOS), str(WIDE)]
    root = Path(__file__).resolve().parents[1]
    command = [sys.executable, "-c", _MAKE, *given]
    subprocess.run(command, check=True, cwd=root)  # noqa: S603 - our own program
    return {kind: sorted(folder.glob(f"*.{kind}")) for kind in ("jpg", "heic")}


def opened(folder: Path) -> tuple[MainWindow, ChecklistPage]:
    qt = QApplication.instance() or QApplication([])
    assert isinstance(qt, QApplication)  # noqa: S101 - for the type
    apply_theme(qt, Scheme.LIGHT)
    application, workplace = enrolled(folder, indicators=INDICATORS)
    session = begun(application, workplace, "lebar")
    desk = Desk(
        application.home, language=Language.INDONESIAN, scheme=Scheme.LIGHT, application=application
    )
    desk.open_with(workplace)
    window = MainWindow(desk)
    window.resize(1366, 768)
    window.show()
    window.go(Where(PageName.CHECKLIST, visit=session.visit_id))
    QTest.qWaitForWindowExposed(window)
    page = window.page
    assert isinstance(page, ChecklistPage)  # noqa: S101 - it was gone to
    return window, page


def measured(window: MainWindow, page: ChecklistPage, kind: str, files: list[Path]) -> None:
    """All files at once onto the open indicator, until each is evidence and painted."""
    before = len(page.session.snapshot.evidence)
    idle = subprocess.Popen(  # noqa: S603 - our own program
        [sys.executable, "-c", _IDLE, str(BEAT_MS)], stdin=subprocess.PIPE, stdout=subprocess.PIPE
    )
    heart = Heart()
    heart.begin()
    began = time.perf_counter()
    page.proving.take_files(page.spot.goal(Side.PRACTICE), files)
    wait(lambda: len(page.session.snapshot.evidence) == before + len(files))
    seconds = time.perf_counter() - began
    wait(lambda: not window.desk.tasks.running)
    heart.stop()
    told_by_idle, _ = idle.communicate(b"end")
    decoder = window.desk.decoder.process_id
    told(
        "photos_taken_in",
        kind=kind,
        photos=len(files),
        megabytes=sum(one.stat().st_size for one in files) / 1e6,
        seconds=seconds,
        worst_gap_ms=max(heart.gaps),
        worst_work_in_a_gap_ms=max(heart.works),
        p99_gap_ms=statistics.quantiles(heart.gaps, n=100)[98],
        worst_gap_of_an_idle_process_ms=float(told_by_idle),
        pss_mb=pss(),
        decoder_pss_mb=pss(str(decoder)) if decoder else 0.0,
        target="worst_gap_ms at most 50",
    )


def wait(until: Callable[[], bool]) -> None:
    loop = QEventLoop()
    timer = QTimer()
    timer.setInterval(BEAT_MS)
    timer.timeout.connect(lambda: loop.quit() if until() else None)
    timer.start()
    loop.exec()
    timer.stop()


def pss(process: str = "self") -> float:
    """Megabytes of memory that are a process's share; 0 where the system does not tell."""
    try:
        lines = Path(f"/proc/{process}/smaps_rollup").read_text(encoding="ascii").splitlines()
    except OSError:
        return 0.0
    return next(int(line.split()[1]) / 1024 for line in lines if line.startswith("Pss:"))


if __name__ == "__main__":
    main()
