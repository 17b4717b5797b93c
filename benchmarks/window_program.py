"""The window in a process of its own, doing one thing of the day and telling what it took.

`python window_program.py WHAT HOME VISIT INDICATORS` prints one JSON object; bench_window asks.
"""

import gc
import json
import sys
from collections.abc import Mapping
from pathlib import Path
from time import perf_counter, process_time
from typing import TYPE_CHECKING, cast

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit

from assessor_app.compose import build
from assessor_app.sealing.cost import FLOOR, derive
from assessor_app.texts import Language
from assessor_app.ui.application import collect_here
from assessor_app.ui.desk import Desk
from assessor_app.ui.directory import PageName, Where
from assessor_app.ui.main_window import MainWindow
from assessor_app.ui.theme import Scheme, apply_theme
from places import PASSPHRASE, QUICK, percentile
from window_seen import Seen, Took, counting, rest  # first: it chooses where Qt paints

if TYPE_CHECKING:  # imported by the opening that is measured
    from assessor_app.ui.pages.checklist.page import ChecklistPage

_REST_MS = 1000  # what the product fetches in the background comes to its end
_AT_DOOR_MS = 2500  # nobody types a passphrase faster
_ANSWERED = 80  # indicators, both sides each
_OPENED = 5  # times
Figures = dict[str, object]


class Room:
    """The window over a home, at the list of visits or, while it is locked, at its door."""

    def __init__(self, home: Path, *, unlocked: bool = True) -> None:
        gc.disable()  # as __main__ does; the product's own timer collects
        self._qt = QApplication([])
        collect_here(self._qt)
        apply_theme(self._qt, Scheme.LIGHT)
        application = build(home, cost=QUICK)
        self.desk = Desk(
            home, language=Language.INDONESIAN, scheme=Scheme.LIGHT, application=application
        )
        if unlocked:
            self.desk.open_with(application.unlock(PASSPHRASE))
        self.window = MainWindow(self.desk)
        self.window.resize(1366, 768)
        self.window.show()
        if unlocked:
            self.window.go(Where(PageName.VISITS))
        QTest.qWaitForWindowExposed(self.window)
        self.window.activateWindow()
        self.seen = Seen(self.window)
        rest(_REST_MS if unlocked else _AT_DOOR_MS)

    def unlock(self) -> Took:
        """Enter behind the passphrase, until the list stands there."""
        field = self.window.findChild(QLineEdit, "unlock.passphrase")
        if field is None:
            raise RuntimeError("the door does not stand there")
        field.setText(PASSPHRASE)
        return self.seen.until(
            lambda: self.window.where.page is PageName.VISITS,
            lambda: self.seen.key(Qt.Key.Key_Return),
        )

    def open(self, visit: str) -> Took:
        return self.seen.of(lambda: self.window.open_visit(visit))

    def look_at(self, code: str) -> None:
        """Another indicator of the visit that is open."""
        page = cast("ChecklistPage", self.window.page)
        self.seen.of(lambda: page.show_indicator(code))

    def to_list(self) -> None:
        self.seen.of(lambda: self.window.go(Where(PageName.VISITS)))


def unlocking(home: Path, _visit: str, _: int) -> Figures:
    """From Enter behind the passphrase until the list stands there, at the cost of the store."""
    whole = Room(home, unlocked=False).unlock()
    began, cpu = perf_counter(), process_time()
    derive(PASSPHRASE.encode(), bytes(16), FLOOR)
    derived = Took(perf_counter() - began, process_time() - cpu)
    return {
        "whole_ms": whole.wall * 1000,
        "whole_cpu_ms": whole.cpu * 1000,
        "derivation_ms": derived.wall * 1000,
        "derivation_cpu_ms": derived.cpu * 1000,
        "usable_ms": (whole.wall - derived.wall) * 1000,
        "usable_cpu_ms": (whole.cpu - derived.cpu) * 1000,
    }


def opening(home: Path, visit: str, _: int) -> Figures:
    """The first opening of the day, straight after the list stands, and how it is from then on.

    It is come to as an assessor comes to it: by the door, where the passphrase is typed.
    """
    room = Room(home, unlocked=False)
    room.unlock()
    first = room.open(visit)
    again = []
    for _ in range(_OPENED):
        room.to_list()
        again.append(room.open(visit))
    again.sort(key=lambda one: one.wall)
    middle = again[_OPENED // 2]
    return {
        "first_ms": first.wall * 1000,
        "first_cpu_ms": first.cpu * 1000,
        "again_ms": middle.wall * 1000,
        "again_cpu_ms": sorted(one.cpu for one in again)[_OPENED // 2] * 1000,
    }


def answering(home: Path, visit: str, indicators: int) -> Figures:
    """From the first open indicator on: both sides, the next one, now and then a note."""
    room = Room(home)
    room.open(visit)
    seen = room.seen
    room.look_at(f"W-{indicators // 2 + 1:03}")
    answers: list[Took] = []
    moves: list[Took] = []
    letters: list[Took] = []
    work: list[Mapping[str, int]] = []
    for number in range(min(_ANSWERED, indicators // 2 - 1)):
        counted = number % 8 == 7
        for side in (Qt.Key.Key_Left, Qt.Key.Key_Right):
            seen.key(side)
            digit = Qt.Key.Key_2 if number % 3 == 0 and side is Qt.Key.Key_Right else Qt.Key.Key_1
            if counted:
                with counting() as found:
                    seen.key(digit)
                work.append(dict(found))
            else:
                answers.append(seen.key(digit))
        if number % 8 == 3:
            letters += _note(seen)
        moves.append(seen.key(Qt.Key.Key_Down))
    return {
        **_spread("answer", answers),
        **_spread("next_indicator", moves),
        **_spread("letter_of_a_note", letters),
        "work_per_answer": _mean(work),
        "answers": len(answers),
    }


def _note(seen: Seen) -> list[Took]:
    seen.key(Qt.Key.Key_N)
    took = [seen.key(Qt.Key(ord(letter))) for letter in "LOKET"]
    seen.key(Qt.Key.Key_Escape)
    return took


def memory(home: Path, visit: str, indicators: int) -> Figures:
    """The proportional share of memory (MB), at last after a walk that shows all photos."""
    room = Room(home)
    at_list = _pss_mb()
    room.open(visit)
    opened = _pss_mb()
    for number in range(min(indicators, 200)):
        room.look_at(f"W-{number * 7 % indicators + 1:03}")
    rest(_REST_MS * 2)
    return {"list_mb": at_list, "opened_mb": opened, "walked_mb": _pss_mb()}


def _pss_mb() -> float:
    lines = Path("/proc/self/smaps_rollup").read_text(encoding="ascii").splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith("Pss:")) / 1024


def _spread(name: str, took: list[Took]) -> Figures:
    found: Figures = {}
    for kind, times in (("", [one.wall for one in took]), ("cpu_", [one.cpu for one in took])):
        found[f"{name}_{kind}p50_ms"] = percentile(times, 0.5)
        found[f"{name}_{kind}p95_ms"] = percentile(times, 0.95)
    return found


def _mean(counts: list[Mapping[str, int]]) -> Figures:
    names = sorted({name for one in counts for name in one})
    return {name: sum(one.get(name, 0) for one in counts) / len(counts) for name in names}


THINGS = {one.__name__: one for one in (unlocking, opening, answering, memory)}

if __name__ == "__main__":
    what, home, visit, indicators = sys.argv[1:5]
    print(json.dumps(THINGS[what](Path(home), visit, int(indicators))))
