"""The page of trials and the stopwatch: times told exactly, reasons waited for, watches let go."""

from dataclasses import replace
from datetime import UTC, timedelta
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QLineEdit, QPushButton, QScrollArea, QWidget
from pytestqt.qtbot import QtBot
from tests.conftest import begin
from tests.ui.hands_at_window import Hands, opened
from tests.ui.pages.hands import part
from tests.visiting import answer, answer_all

from assessor_app.compose import Application
from assessor_app.domain.trials import Result
from assessor_app.domain.visit import Outcome
from assessor_app.instruments.library import Library
from assessor_app.services import stopwatch
from assessor_app.services.enrolment import Workplace
from assessor_app.services.session import Session, open_session
from assessor_app.services.visits import close_visit
from assessor_app.ui.directory import PageName, Where
from assessor_app.ui.pages.checklist.key_table import OVER_PAGES, caps

CTRL = Qt.KeyboardModifier.ControlModifier
WHY = "Uji coba diulang"


@pytest.fixture
def kinds(workplace: Workplace, library: Library) -> Session:
    return open_session(workplace.store, begin(workplace, library.get("kinds"), library), library)


@pytest.fixture
def hands(application: Application, workplace: Workplace, kinds: Session, qtbot: QtBot) -> Hands:
    workplace.store.close()
    made = opened(application, qtbot)
    made.open(kinds.visit_id)
    return made


def session_of(hands: Hands) -> Session:
    assert hands.window.session is not None
    return hands.window.session


def clock_of(hands: Hands) -> Any:
    return hands.window.desk.workplace.store.clock


def talked(hands: Hands) -> Session:
    """The visit after its exit talk: every change needs a reason."""
    session = session_of(hands)
    session.begin_exit_talk()
    return session


def tried(hands: Hands) -> None:
    hands.key(Qt.Key.Key_K, CTRL)
    hands.at(PageName.TRIALS)
    hands.type("trials.address", "0911-352123")
    QTest.keyClick(part(hands.window, QLineEdit, "trials.address"), Qt.Key.Key_Return)


def test_nothing_stands_in_the_place_of_a_list_while_no_channel_is_noted(hands: Hands) -> None:
    hands.key(Qt.Key.Key_K, CTRL)
    hands.at(PageName.TRIALS)
    assert not part(hands.window, QScrollArea, "trials.list").isVisible()

    hands.type("trials.address", "0911-352123")
    QTest.keyClick(part(hands.window, QLineEdit, "trials.address"), Qt.Key.Key_Return)

    assert part(hands.window, QScrollArea, "trials.list").isVisible()


def test_the_time_of_a_trial_is_told_exactly(hands: Hands) -> None:
    tried(hands)
    assert not part(hands.window, QWidget, "trials.began").isVisible()
    hands.window.page.setFocus()
    hands.key(Qt.Key.Key_3)
    found = session_of(hands).snapshot.trials[0]
    assert found.began_at is not None
    line = part(hands.window, QLineEdit, "trials.began")
    assert line.isVisible()

    zone = hands.window.desk.workplace.profile.zone
    earlier = (found.began_at - timedelta(hours=2)).astimezone(zone)
    hands.type("trials.began", f"{earlier:%d/%m/%Y %H:%M}")
    QTest.keyClick(line, Qt.Key.Key_Return)

    (told,) = session_of(hands).snapshot.trials
    assert told.began_at == earlier.replace(second=0, microsecond=0)
    assert told.result is Result.NO_ANSWER


@pytest.mark.parametrize("typed", ["kemarin", "99:99", "01/01/2099 10:00"])
def test_a_time_that_is_none_or_still_to_come_is_said_and_stays_typed(
    hands: Hands, typed: str
) -> None:
    tried(hands)
    hands.window.page.setFocus()
    hands.key(Qt.Key.Key_3)
    before = session_of(hands).snapshot.trials

    hands.type("trials.began", typed)
    hands.click("trials.back")

    assert hands.window.where.page is PageName.TRIALS
    assert session_of(hands).snapshot.trials == before
    assert part(hands.window, QLineEdit, "trials.began").text() == typed


def test_a_result_that_waits_for_its_reason_ends_the_watch_with_it(hands: Hands) -> None:
    tried(hands)
    hands.click("trials.start")
    session = talked(hands)
    clock = clock_of(hands)
    clock.moment += timedelta(seconds=40)

    hands.click("trials.answered")
    assert session.snapshot.trials[0].result is None
    hands.type("trials.reason.text", WHY)
    hands.click("trials.reason.record")

    assert session.snapshot.trials[0].result is Result.ANSWERED
    workplace = hands.window.desk.workplace
    assert stopwatch.running(workplace, session.visit_id, name=stopwatch.TRIAL) is None
    assert not part(hands.window, QPushButton, "trials.answered").isVisible()


def test_a_measured_customer_waits_for_its_reason_without_getting_longer(hands: Hands) -> None:
    hands.checklist.show_indicator("K-08")
    hands.key(Qt.Key.Key_F8)
    session = talked(hands)
    workplace, clock = hands.window.desk.workplace, clock_of(hands)
    watch = stopwatch.running(workplace, session.visit_id)
    assert watch is not None
    now = stopwatch.elapsed(workplace, watch).seconds

    part(hands.window, QPushButton, "timing.K-08.stop").click()
    for _ in range(600):  # while somebody thinks about the reason
        clock.mono()
    assert not session.snapshot.timings
    hands.type("checklist.reason.text", WHY)
    hands.click("checklist.reason.record")

    (one,) = session.snapshot.timings
    assert one.seconds <= now + 60
    assert stopwatch.running(workplace, session.visit_id) is None
    assert not part(hands.window, QLabel, "watch.face").isVisible()


def test_a_watch_that_nothing_can_be_recorded_of_is_let_go_over_every_page(
    application: Application, session: Session, workplace: Workplace, qtbot: QtBot
) -> None:
    answer_all(session)
    stopwatch.start(workplace, session.visit_id, "P15-01")
    stopped = workplace.store.clock.now()
    close_visit(session, workplace, Outcome.COMPLETED, departure=stopped)
    workplace.store.close()
    hands = opened(application, qtbot)
    hands.unlock()
    hands.at(PageName.VISITS)
    hands.window.open_visit(session.visit_id)
    qtbot.waitUntil(lambda: hands.window.session is not None)
    assert part(hands.window, QLabel, "watch.face").isVisible()
    assert not part(hands.window, QPushButton, "watch.stop").isVisible()

    hands.click("watch.drop")

    assert not part(hands.window, QLabel, "watch.face").isVisible()
    assert stopwatch.running(hands.window.desk.workplace, session.visit_id) is None


def test_a_lock_hides_the_watch_and_stops_it_not(hands: Hands) -> None:
    hands.checklist.show_indicator("K-08")
    hands.key(Qt.Key.Key_F8)
    visit = session_of(hands).visit_id

    hands.window.keeper.lock_when_free()
    hands.at(PageName.UNLOCK)
    assert not part(hands.window, QLabel, "watch.face").isVisible()
    hands.unlock()
    hands.at(PageName.CHECKLIST)

    assert session_of(hands).visit_id == visit
    assert part(hands.window, QLabel, "watch.face").isVisible()


def test_the_overlay_of_keys_tells_those_of_the_stopwatch(hands: Hands) -> None:
    answer(session_of(hands), "K-08", "paperwork", "5")
    hands.window.page.setFocus()
    QTest.keyClicks(QApplication.focusWidget() or hands.window, "?")
    told = {one.text() for one in hands.window.findChildren(QLabel)}

    assert {"F8", "Shift+F8"} <= told
    assert [caps(one) for one in OVER_PAGES] == ["F8", "Shift+F8"]


@pytest.mark.parametrize("percent", [100, 150])
def test_a_row_has_room_for_its_two_lines_however_low_the_list(hands: Hands, percent: int) -> None:
    desk = hands.window.desk
    session = session_of(hands)
    for number in range(8):
        session.record_trial({"channel": "phone", "address": f"0911-35212{number}"}, zone=UTC)
    hands.window.wear(replace(desk.look, text=percent))
    hands.window.resize(768, 1024)
    hands.window.go(Where(PageName.TRIALS, visit=session.visit_id))
    hands.at(PageName.TRIALS)
    QApplication.processEvents()

    for number in range(1, 9):
        row = part(hands.window, QPushButton, f"trials.row.{number}")
        assert row.height() >= 2 * row.fontMetrics().lineSpacing()
