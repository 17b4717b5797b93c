"""How the window starts, and what stands by while it runs: faults, tasks, Qt's own words."""

import os
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QAbstractButton, QApplication, QFileDialog, QLabel, QLineEdit, QWidget
from pytestqt.qtbot import QtBot
from tests.ui.hands_at_window import opened
from tests.ui.pages.hands import PATIENCE_MS, desk_over
from tests.visiting import PASSPHRASE

from assessor_app.compose import Application
from assessor_app.domain.problem import Problem
from assessor_app.services.enrolment import Workplace
from assessor_app.services.session import Session
from assessor_app.texts import Language
from assessor_app.ui import application as start
from assessor_app.ui.qt_words import QtWords
from assessor_app.ui.tasks import Tasks, Tell

HEAVY = ("sqlalchemy", "pyhanko", "reportlab", "alembic", "PIL", "openpyxl", "pydantic")

STARTING = """
import sys
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from assessor_app.ui.application import open_window
application = QApplication(sys.argv)
window = open_window(application)
window.show()
QTest.qWaitForWindowExposed(window)
window.grab()
print(window.where.page.value, *(one for one in {heavy!r} if one in sys.modules))
window.close()
"""


@pytest.mark.parametrize(("page", "used"), [("enrol", False), ("unlock", True)])
def test_the_first_page_is_painted_before_anything_heavy_is_imported(
    tmp_path: Path, page: str, *, used: bool
) -> None:
    if used:
        (tmp_path / "store").mkdir()
    ran = subprocess.run(
        [sys.executable, "-c", STARTING.format(heavy=HEAVY)],
        env=os.environ | {"ASSESSOR_HOME": str(tmp_path)},
        capture_output=True,
        text=True,
        timeout=60,
        check=True,
    )

    assert ran.stdout.split() == [page]


ANSWERING = """
import sys
from pathlib import Path
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from assessor_app.ui.application import open_window
application = QApplication(sys.argv)
window = open_window(application)
window.resize(1366, 768)
window.show()
window.activateWindow()
QTest.qWaitForWindowActive(window)
window.desk.tasks.wait()
window.keeper.enter(window.desk.application.unlock({passphrase!r}))
window.open_visit({visit!r})
before = len(window.session.snapshot.observations)
QTest.keyClick(window.page, Qt.Key.Key_1)
assert len(window.session.snapshot.observations) == before + 1
print(*(one for one in {heavy!r} if one in sys.modules))
window.close()
"""
HEAVY_FOR_ANSWERS = (
    "pyhanko",
    "reportlab",
    "alembic",
    "PIL",
    "openpyxl",
    "xlsxwriter",
    "python_calamine",
)


def test_nothing_heavy_is_imported_to_open_a_visit_and_to_answer(
    application: Application, session: Session, workplace: Workplace
) -> None:
    """What makes documents and reads tables is imported by who wants that."""
    workplace.store.close()
    root = Path(__file__).parents[2]
    program = ANSWERING.format(
        visit=session.visit_id, passphrase=PASSPHRASE, heavy=HEAVY_FOR_ANSWERS
    )
    ran = subprocess.run(
        [sys.executable, "-c", program],
        env=os.environ | {"ASSESSOR_HOME": str(application.home), "PYTHONPATH": str(root)},
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )

    assert ran.returncode == 0, ran.stderr
    assert ran.stdout.split() == []


# A fault that nobody foresaw


def test_a_fault_is_told_and_logged_without_what_it_was_about(
    application: Application, qtbot: QtBot
) -> None:
    hands = opened(application, qtbot)
    hook = start._hook(hands.window)

    try:
        _fail_over("Ibu Siti, NIK 8171")
    except ValueError as error:
        hook(type(error), error, error.__traceback__)

    log = (application.home / "window.log").read_text(encoding="utf-8")
    assert "ValueError" in hands.notice()
    assert "Siti" not in hands.notice()
    assert "ValueError" in log
    assert "_fail_over" in log
    assert "Siti" not in log


def _fail_over(name: str) -> None:
    raise ValueError(name)


def test_a_fault_is_told_even_where_no_log_can_be_written(
    application: Application, qtbot: QtBot
) -> None:
    hands = opened(application, qtbot)
    (application.home / "window.log").mkdir()

    start._hook(hands.window)(KeyError, KeyError("x"), None)

    assert "KeyError" in hands.notice()


# Tasks


class Told:
    """What a task told, and in which thread."""

    def __init__(self) -> None:
        self.heard: list[object] = []
        self.threads: set[int] = set()

    def hear(self, what: object) -> None:
        self.heard.append(what)
        self.threads.add(threading.get_ident())


@pytest.fixture
def tasks() -> Iterator[Tasks]:
    made = Tasks()
    yield made
    made.wait()


@pytest.fixture
def owner(qtbot: QtBot) -> QWidget:
    made = QWidget()
    qtbot.addWidget(made)
    return made


def run(tasks: Tasks, owner: QWidget, work: Callable[[Tell], object]) -> tuple[Told, Told, Told]:
    """Run a work; what is heard of its end, its refusal and its progress."""
    done, failed, progress = Told(), Told(), Told()
    tasks.run(work, owner=owner, done=done.hear, failed=failed.hear, progress=progress.hear)
    return done, failed, progress


def test_a_task_works_elsewhere_and_tells_its_end_here(
    tasks: Tasks, owner: QWidget, qtbot: QtBot
) -> None:
    worked = Told()

    def work(tell: Tell) -> int:
        worked.hear(None)
        tell("setengah")
        return 42

    done, failed, progress = run(tasks, owner, work)
    qtbot.waitUntil(lambda: not tasks.running, timeout=PATIENCE_MS)

    here = {threading.get_ident()}
    assert done.heard == [42]
    assert progress.heard == ["setengah"]
    assert not failed.heard
    assert done.threads == progress.threads == here
    assert worked.threads.isdisjoint(here)


def test_a_refusal_is_told_as_it_is(tasks: Tasks, owner: QWidget) -> None:
    refusal = Problem("disk_full")

    def work(_: Tell) -> None:
        raise refusal

    done, failed, _ = run(tasks, owner, work)
    tasks.wait()

    assert failed.heard == [refusal]
    assert not done.heard


def test_a_fault_in_a_task_is_told_by_its_kind_alone(
    tasks: Tasks, owner: QWidget, caplog: pytest.LogCaptureFixture
) -> None:
    done, failed, _ = run(tasks, owner, lambda _: 1 // 0)
    tasks.wait()

    (problem,) = failed.heard
    assert isinstance(problem, Problem)
    assert (problem.code, problem.places) == ("program_fault", {"cause": "ZeroDivisionError"})
    assert not done.heard
    assert "a task failed" in caplog.text


def test_nobody_is_told_once_the_owner_is_gone(tasks: Tasks, qtbot: QtBot) -> None:
    owner, go_on = QWidget(), threading.Event()
    done, failed, _ = run(tasks, owner, lambda _: go_on.wait(10))
    owner.deleteLater()
    with qtbot.waitSignal(owner.destroyed):
        pass
    go_on.set()
    tasks.wait()

    assert not done.heard
    assert not failed.heard
    assert not tasks.running


def test_waiting_tells_every_end_before_it_returns(tasks: Tasks, owner: QWidget) -> None:
    def given(number: int) -> Callable[[object], int]:
        return lambda _: number

    ends = [run(tasks, owner, given(number))[0] for number in range(8)]
    tasks.wait()

    assert [one.heard for one in ends] == [[number] for number in range(8)]


def test_what_is_to_follow_waits_in_its_order_until_nothing_runs(
    tasks: Tasks, owner: QWidget
) -> None:
    go_on, followed = threading.Event(), Told()
    run(tasks, owner, lambda _: go_on.wait(10))
    tasks.when_rested(lambda: followed.hear("first"))
    tasks.when_rested(lambda: followed.hear("last"))
    assert not followed.heard

    go_on.set()
    tasks.wait()

    assert followed.heard == ["first", "last"]


# Qt's own words


def words_of_qt(application: Application, language: Language, qapp: QApplication) -> set[str]:
    """What Qt itself writes on its file dialog and its menu of a text field."""
    words = QtWords(desk_over(application, language), qapp)
    qapp.installTranslator(words)
    dialog, line = QFileDialog(), QLineEdit("x")
    dialog.setOption(QFileDialog.Option.DontUseNativeDialog)
    dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
    parts: list[QAbstractButton | QLabel] = dialog.findChildren(QAbstractButton)
    parts += dialog.findChildren(QLabel)
    menu = line.createStandardContextMenu()
    said = {one.text() for one in parts} | {one.toolTip() for one in parts}
    said |= {one.text() for one in menu.actions()}
    for one in (menu, line, dialog, words):
        one.deleteLater()
    qapp.removeTranslator(words)
    return {text.replace("&", "").split("\t")[0] for text in said if text}


def test_qt_speaks_the_language_of_the_window(application: Application, qapp: QApplication) -> None:
    indonesian = words_of_qt(application, Language.INDONESIAN, qapp)
    english = words_of_qt(application, Language.ENGLISH, qapp)

    assert {"Batal", "Buka", "Tempel"} <= indonesian
    assert {"Cancel", "Open", "Paste"} <= english
    assert len(indonesian) == len(english)
    assert not indonesian & english
