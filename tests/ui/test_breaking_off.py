"""A long work can be ended by whoever waits for it, by a button or by Esc."""

import threading
from collections.abc import Callable, Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QPushButton, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from assessor_app.compose import Application
from assessor_app.domain.problem import Problem
from assessor_app.services.issuing import Stage
from assessor_app.texts import Language
from assessor_app.ui.desk import Desk
from assessor_app.ui.pages.issue.page import SIGNING
from assessor_app.ui.pages.parts.waiting import Waiting
from assessor_app.ui.tasks import BROKEN_OFF, BreakingOff, Tasks
from assessor_app.ui.theme import Scheme, apply_theme
from assessor_app.ui.widgets.busy import Busy


@pytest.fixture
def tasks() -> Iterator[Tasks]:
    made = Tasks()
    yield made
    made.wait()


def stepping(go_on: threading.Event, steps: list[str]) -> Callable[[Callable[[str], None]], str]:
    """A work of two steps, which waits between them."""

    def work(tell: Callable[[str], None]) -> str:
        tell("first")
        steps.append("first")
        go_on.wait(10)
        tell("last")
        steps.append("last")
        return "done"

    return work


def test_a_work_ends_where_it_next_tells_how_far_it_is(tasks: Tasks, qtbot: QtBot) -> None:
    owner = QWidget()
    qtbot.addWidget(owner)
    go_on, breaking = threading.Event(), BreakingOff()
    steps: list[str] = []
    refused: list[Problem] = []
    work = stepping(go_on, steps)
    tasks.run(
        lambda tell: work(breaking.heard(tell)),
        owner=owner,
        done=lambda _: steps.append("told as done"),
        failed=refused.append,
    )
    qtbot.waitUntil(lambda: steps == ["first"])

    breaking.break_off()
    go_on.set()
    tasks.wait()

    assert steps == ["first"]
    assert [one.code for one in refused] == [BROKEN_OFF]


@pytest.fixture
def veiled(qtbot: QtBot, qapp: QApplication) -> tuple[QWidget, QPushButton, Busy]:
    """A page with a button that has the focus, and the veil over it."""
    page = QWidget()
    page.setObjectName("page")
    below = QPushButton("Simpan")
    QVBoxLayout(page).addWidget(below)
    busy = Busy(page, apply_theme(qapp, Scheme.LIGHT))
    qtbot.addWidget(page)
    page.resize(600, 300)
    page.show()
    page.activateWindow()
    below.setFocus()
    qtbot.waitUntil(below.hasFocus)
    return page, below, busy


def test_esc_ends_what_can_be_ended_once(
    veiled: tuple[QWidget, QPushButton, Busy], qtbot: QtBot
) -> None:
    page, below, busy = veiled
    heard: list[str] = []
    busy.cancelled.connect(lambda: heard.append("cancelled"))
    busy.begin("Mengekspor", cancel="Batal")
    way = page.findChild(QPushButton, "page.break_off")
    assert isinstance(way, QPushButton)
    assert way.isVisible()

    focused = QApplication.focusWidget()
    assert focused is not None
    QTest.keyClick(focused, Qt.Key.Key_Escape)
    QTest.keyClick(busy, Qt.Key.Key_Escape)

    assert focused is way
    assert heard == ["cancelled"]
    busy.end()
    assert below.hasFocus()


@pytest.mark.parametrize("cancel", ["", "Batal"])
def test_a_veil_that_was_drawn_while_another_window_had_the_keys_leaves_none_behind(
    veiled: tuple[QWidget, QPushButton, Busy], cancel: str, qtbot: QtBot
) -> None:
    """A file is dropped from a file manager, which is the active window then."""
    page, below, busy = veiled
    other = QWidget()
    qtbot.addWidget(other)
    other.show()
    other.activateWindow()
    qtbot.waitUntil(lambda: QApplication.activeWindow() is other)

    busy.begin("Memeriksa", cancel=cancel)
    busy.end()

    assert page.window().focusWidget() is below
    below.setEnabled(False)
    busy.begin("Memeriksa", cancel=cancel)
    busy.end()
    assert page.window().focusWidget() not in [busy, *busy.findChildren(QWidget)]


def test_what_cannot_be_ended_offers_no_way_out(
    veiled: tuple[QWidget, QPushButton, Busy],
) -> None:
    page, below, busy = veiled
    heard: list[str] = []
    busy.cancelled.connect(lambda: heard.append("cancelled"))
    busy.begin("Menandatangani")

    assert busy.hasFocus()
    QTest.keyClick(busy, Qt.Key.Key_Escape)

    way = page.findChild(QPushButton, "page.break_off")
    assert isinstance(way, QPushButton)
    assert not way.isVisible()
    assert heard == []
    busy.end()
    assert below.hasFocus()


def test_from_the_binding_step_on_there_is_no_way_out(
    veiled: tuple[QWidget, QPushButton, Busy], application: Application, qtbot: QtBot
) -> None:
    page, _, busy = veiled
    desk = Desk(
        application.home,
        language=Language.INDONESIAN,
        scheme=Scheme.LIGHT,
        application=application,
    )
    ended: list[str] = []
    waiting = Waiting(desk, busy, owner=page, stopped=ended.append)
    go_on, bound = threading.Event(), threading.Event()

    def work(tell: Callable[[str], None]) -> str:
        tell("compose")
        go_on.wait(10)
        tell(SIGNING)
        bound.wait(10)
        return "signed"

    waiting.begin(
        work, "Menyusun", done=ended.append, failed=lambda _: ended.append("x"), binding=SIGNING
    )
    way = page.findChild(QPushButton, "page.break_off")
    assert isinstance(way, QPushButton)
    assert way.isVisible()
    go_on.set()
    qtbot.waitUntil(lambda: not way.isVisible())

    QTest.keyClick(busy, Qt.Key.Key_Escape)
    bound.set()
    desk.tasks.wait()

    assert ended == ["signed"]
    assert not busy.isVisible()


def test_issuing_is_binding_from_the_signature_on() -> None:
    assert SIGNING in {stage.value for stage in Stage}
    assert Stage(SIGNING) is Stage.SIGN
