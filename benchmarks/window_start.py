"""The first painted window beside that of an empty program: whole processes, in turn."""

import os
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from time import perf_counter

from peers import FIRST_PAINT_MS
from places import told

STARTS = 15
_TIMES_EMPTY = 2

# Both programs end themselves once the frame is on the screen; what is measured is the whole
# process. Nothing but the window is watched: a filter over all objects lets PySide make a type for
# each kind of them, which takes longer than the painting.
_TAIL = """
from PySide6.QtCore import QEvent, QObject, QTimer
class Watch(QObject):
    def eventFilter(self, watched, event):
        if event.type() == QEvent.Type.Paint and is_there():
            QTimer.singleShot(0, self, lambda: os._exit(0))  # before what the frame has posted
        return False
watch = Watch()
window.installEventFilter(watch)
window.show()
application.exec()
"""
_EMPTY = """
import os, sys
from PySide6.QtWidgets import QApplication, QMainWindow
application = QApplication(sys.argv)
window = QMainWindow()
window.setObjectName("window")
window.resize(1366, 768)
is_there = lambda: True
"""
_OURS = """
import gc, os, sys
gc.disable()  # as __main__ does
from PySide6.QtWidgets import QApplication
from assessor_app.ui.application import open_window
application = QApplication(sys.argv)
window = open_window(application)
window.resize(1366, 768)
"""
_FRAME = _OURS + "is_there = lambda: True\n"
_PAGE = _OURS + "is_there = lambda: window.frame.page is not None\n"


def compiled() -> dict[str, str]:
    """Surroundings in which a program runs byte-compiled, as it is installed.

    Where the compiled files may not be written, each start would compile all that it imports.
    """
    surroundings = {"QT_QPA_PLATFORM": "offscreen"} | os.environ
    surroundings.pop("PYTHONDONTWRITEBYTECODE", None)
    return surroundings | {"PYTHONPYCACHEPREFIX": str(Path(tempfile.gettempdir()) / "bytecode")}


@dataclass(frozen=True, slots=True)
class _Start:
    wall: float
    cpu: float


def measure(folder: Path, *, starts: int = STARTS) -> None:
    """Alternating starts of both, the first of each to warm the disk; the median of the rest.

    The frame with its bar is painted first, the page right after it: both are told.
    """
    fresh, used = folder / "fresh", folder / "used"
    (used / "store").mkdir(parents=True)  # what makes the window ask for a passphrase
    runs = {
        "empty": (_EMPTY, fresh),
        "first_start": (_FRAME, fresh),
        "first_start_page": (_PAGE, fresh),
        "unlock": (_FRAME, used),
        "unlock_page": (_PAGE, used),
    }
    times: dict[str, list[_Start]] = {name: [] for name in runs}
    for _ in range(starts + 1):
        for name, (program, home) in runs.items():
            times[name].append(_started(program, home))
    wall = {name: _middle(one.wall for one in found[1:]) for name, found in times.items()}
    cpu = {name: _middle(one.cpu for one in found[1:]) for name, found in times.items()}
    told(
        "first_painted_window",
        **{f"{name}_ms": ms for name, ms in wall.items()},
        **{f"{name}_cpu_ms": ms for name, ms in cpu.items()},
        times_empty=max(wall["first_start"], wall["unlock"]) / wall["empty"],
        cpu_times_empty=max(cpu["first_start"], cpu["unlock"]) / cpu["empty"],
        page_cpu_times_empty=max(cpu["first_start_page"], cpu["unlock_page"]) / cpu["empty"],
        target=f"times_empty at most {_TIMES_EMPTY}",
        peers_ms=FIRST_PAINT_MS,
    )


def _middle(seconds: Iterable[float]) -> float:
    return statistics.median(seconds) * 1000


def _started(program: str, home: Path) -> _Start:
    environment = compiled() | {"ASSESSOR_HOME": str(home)}
    command = [sys.executable, "-c", program + _TAIL]
    began = perf_counter()
    process = subprocess.Popen(command, env=environment)  # noqa: S603 - our own program
    # Not by Popen.wait: with a time limit it polls in steps of 50 ms, and it tells no CPU time.
    _, status, used = os.wait4(process.pid, 0)
    wall = perf_counter() - began
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise subprocess.CalledProcessError(process.returncode, command)
    return _Start(wall, used.ru_utime + used.ru_stime)
