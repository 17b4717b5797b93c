"""The first visit of the day opens as the next ones do: what it needs was fetched at the door."""

import json
import os
import subprocess
import sys
import threading
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest
import shiboken6
import sqlalchemy as sa
from PySide6.QtCore import QCoreApplication, QEvent, QObject, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot
from sqlalchemy.engine.interfaces import DBAPIConnection
from tests.ui.hands_at_window import Hands, opened
from tests.ui.pages.hands import PATIENCE_MS, desk_over, shown, wait_for_tasks
from tests.visiting import PASSPHRASE, attach

from assessor_app.compose import Application
from assessor_app.services.enrolment import Workplace
from assessor_app.services.session import Session
from assessor_app.ui import theme
from assessor_app.ui.desk import Desk
from assessor_app.ui.drawn_ahead import DrawnAhead
from assessor_app.ui.frame import Frame
from assessor_app.ui.pages.checklist import outline_view
from assessor_app.ui.pages.checklist.page import ChecklistPage

OPENING = """
import json, sys
from PySide6.QtCore import QEventLoop
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from assessor_app.ui.application import open_window
application = QApplication(sys.argv)
window = open_window(application)
window.resize(1366, 768)
window.show()
window.activateWindow()
QTest.qWaitForWindowActive(window)


def drawn():
    found = [one for one in window.page.children() if type(one).__name__ == "DrawnAhead"]
    return bool(found) and not found[0].left


while not drawn():
    application.processEvents(QEventLoop.ProcessEventsFlag.WaitForMoreEvents)
from assessor_app.ui import theme
before, known = set(sys.modules), theme._icon.cache_info().misses
window.keeper.enter(window.desk.application.unlock({passphrase!r}))
application.processEvents()
window.open_visit({visit!r})
application.processEvents()
modules = [one for one in set(sys.modules) - before if one.startswith("assessor_app.ui")]
icons = theme._icon.cache_info().misses - known
window.close()
print(json.dumps(dict(modules=modules, icons=icons)))
"""


def test_what_an_opened_visit_needs_was_fetched_and_drawn_at_the_door(
    application: Application, session: Session, workplace: Workplace
) -> None:
    workplace.store.close()
    program = OPENING.format(visit=session.visit_id, passphrase=PASSPHRASE)
    ran = subprocess.run(
        [sys.executable, "-c", program],
        env=os.environ
        | {"ASSESSOR_HOME": str(application.home), "PYTHONPATH": str(Path(__file__).parents[2])},
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )

    assert ran.returncode == 0, ran.stderr
    assert json.loads(ran.stdout) == {"modules": [], "icons": 0}


# At the door


@dataclass(frozen=True, slots=True)
class AtDoor:
    """A page that has been painted, and what draws while it stands there."""

    page: QWidget
    drawing: DrawnAhead


@pytest.fixture
def door(application: Application, qtbot: QtBot) -> AtDoor:
    """Nothing was drawn before."""
    theme._icon.cache_clear()
    page = shown(qtbot, QWidget())
    return AtDoor(page, DrawnAhead(desk_over(application), page))


def test_the_icons_of_the_next_pages_are_drawn_one_by_one(door: AtDoor, qtbot: QtBot) -> None:
    drawing = door.drawing
    whole = drawing.left
    assert theme._icon.cache_info().misses == 0

    qtbot.waitUntil(lambda: not drawing.left, timeout=PATIENCE_MS)

    assert theme._icon.cache_info().misses == whole


def test_no_icon_is_drawn_while_somebody_types(door: AtDoor, qtbot: QtBot) -> None:
    drawing = door.drawing
    whole = drawing.left
    qtbot.waitUntil(lambda: drawing.left < whole, timeout=PATIENCE_MS)
    assert not drawing.resting

    QTest.keyClick(door.page.window().windowHandle(), Qt.Key.Key_A)
    left = drawing.left
    QCoreApplication.processEvents()

    assert drawing.resting
    assert drawing.left == left > 0
    qtbot.waitUntil(lambda: not drawing.left, timeout=PATIENCE_MS)


# What is opened


class Counting(QObject):
    """Counts what a widget is sent of a kind."""

    def __init__(self, kind: QEvent.Type, parent: QWidget) -> None:
        super().__init__(parent)
        self._kind = kind
        self.count = 0
        parent.installEventFilter(self)

    def eventFilter(self, _: QObject, event: QEvent) -> bool:
        self.count += event.type() is self._kind
        return False


def test_a_page_is_not_painted_again_because_the_one_before_goes(
    application: Application, qtbot: QtBot
) -> None:
    frame = Frame(desk_over(application))
    before, after = QWidget(), QWidget()
    frame.show_page(before)
    frame.resize(400, 300)
    shown(qtbot, frame)
    paints = Counting(QEvent.Type.Paint, after)
    frame.show_page(after)
    QCoreApplication.processEvents()  # painted, before what was left goes
    assert paints.count == 1
    assert shiboken6.isValid(before)

    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
    QCoreApplication.processEvents()

    assert not shiboken6.isValid(before)
    assert paints.count == 1


@pytest.fixture
def hands(application: Application, session: Session, workplace: Workplace, qtbot: QtBot) -> Hands:
    workplace.store.close()
    return opened(application, qtbot)


def test_each_row_of_the_outline_is_laid_out_once(
    hands: Hands, session: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked = _counted(outline_view._RowPainter, "sizeHint", monkeypatch)

    hands.open(session.visit_id)
    QCoreApplication.processEvents()

    rows = len(hands.checklist.outline.codes)
    assert rows <= len(asked) < 2 * rows


def test_no_photo_costs_a_statement_when_its_visit_is_opened(
    application: Application,
    session: Session,
    workplace: Workplace,
    tmp_path: Path,
    qtbot: QtBot,
) -> None:
    desk = desk_over(application)
    desk.open_with(workplace)
    codes = list(session.instrument.by_code)
    _statements_of_opening(desk, session.visit_id, codes[0], qtbot)  # what is read once for all
    without = _statements_of_opening(desk, session.visit_id, codes[0], qtbot)

    for code in codes[1:5]:
        attach(session, code, tmp_path)

    assert _statements_of_opening(desk, session.visit_id, codes[0], qtbot) == without > 0


def _statements_of_opening(desk: Desk, visit: str, code: str, qtbot: QtBot) -> int:
    """How many statements the window waits for; what workers ask keeps it from nothing."""
    here, found = threading.get_ident(), list[str]()

    def note(statement: str) -> None:
        if threading.get_ident() == here:
            found.append(statement)

    def watch(connection: DBAPIConnection, *_: object) -> None:
        connection.set_trace_callback(note)

    pool = desk.workplace.store.engine.pool
    sa.event.listen(pool, "checkout", watch)
    page = shown(qtbot, ChecklistPage(desk, desk.application.open(desk.workplace, visit), code))
    sa.event.remove(pool, "checkout", watch)
    wait_for_tasks(qtbot, desk)
    assert page.code == code
    return len(found)


def _counted(kind: type, name: str, monkeypatch: pytest.MonkeyPatch) -> list[object]:
    """What is added to whenever a method is called, which does what it did."""
    found: list[object] = []
    real: Callable[..., object] = getattr(kind, name)

    def counted(*given: object) -> object:
        found.append(given[-1])
        return real(*given)

    monkeypatch.setattr(kind, name, counted)
    return found
