"""The lock that nobody asks for: idle, asleep, warned, and back at the same place."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, QObject, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QDialog, QLabel, QLineEdit, QPlainTextEdit, QScrollArea, QWidget
from pytestqt.qtbot import QtBot
from tests.ui.hands_at_window import CTRL, Hands, drop, opened
from tests.ui.pages.hands import PATIENCE_MS, part
from tests.visiting import PASSPHRASE, answer

from assessor_app.compose import Application
from assessor_app.domain.instrument import Side
from assessor_app.domain.observation import ObservationKey
from assessor_app.domain.problem import StoreProblem
from assessor_app.services.enrolment import Profile, Workplace
from assessor_app.services.keys.access import add_assessor
from assessor_app.services.session import Session
from assessor_app.services.store_settings import change_settings
from assessor_app.ui.directory import PageName
from assessor_app.ui.locking import Clocks, IdleLock, Rules, slept
from assessor_app.ui.pages.parts.file_place import BUNDLE_SUFFIX

NOTE = "indicator.P15-06.practice.note"
UNRECORDABLE = "Bingkai\x07kosong"


class Hour:
    """Both clocks of a device, moved by the test."""

    def __init__(self) -> None:
        self.wall = self.mono = 1000.0

    def pass_by(self, seconds: float, *, asleep: float = 0.0) -> None:
        self.mono += seconds
        self.wall += seconds + asleep

    def __call__(self) -> Clocks:
        return Clocks(self.wall, self.mono)


class Watched:
    """An idle lock with all that it said."""

    def __init__(self, parent: QObject, *, idle_s: int = 60, on_suspend: bool = True) -> None:
        self.hour = Hour()
        self.busy = False
        self.said: list[str] = []
        self.lock = IdleLock(parent, busy=lambda: self.busy, clocks=self.hour)
        self.lock.due.connect(lambda: self.said.append("due"))
        self.lock.announced.connect(lambda left: self.said.append(str(left)))
        self.lock.calmed.connect(lambda: self.said.append("calm"))
        self.lock.begin(Rules(idle_s, on_suspend=on_suspend))

    def wait(self, seconds: int) -> None:
        """Second by second, as the timer does."""
        for _ in range(seconds):
            self.hour.pass_by(1)
            self.lock.look()


@pytest.fixture
def parent(qapp: object) -> Iterator[QObject]:
    one = QObject()
    yield one
    one.deleteLater()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)


# The clock


def test_the_last_twenty_seconds_are_counted_down_and_then_it_locks(parent: QObject) -> None:
    watched = Watched(parent)

    watched.wait(60)

    assert watched.said == [*(str(left) for left in range(20, 0, -1)), "due"]


def test_any_sign_of_life_begins_the_time_anew(parent: QObject) -> None:
    watched = Watched(parent)

    watched.wait(45)
    watched.lock.stir()
    watched.wait(39)

    assert watched.said[-1] == "calm"


def test_work_in_progress_is_not_idle(parent: QObject) -> None:
    watched = Watched(parent)
    watched.busy = True
    watched.wait(600)
    watched.busy = False
    watched.wait(39)

    assert not watched.said


def test_zero_minutes_never_lock(parent: QObject) -> None:
    watched = Watched(parent, idle_s=0)

    watched.wait(3 * 60)

    assert not watched.said


def test_a_device_that_slept_is_locked_when_it_wakes(parent: QObject) -> None:
    watched = Watched(parent)

    watched.hour.pass_by(1, asleep=30)
    watched.lock.look()

    assert watched.said == ["due"]


def test_sleep_counts_as_idle_where_it_does_not_lock_by_itself(parent: QObject) -> None:
    watched = Watched(parent, on_suspend=False)

    watched.hour.pass_by(1, asleep=30)
    watched.lock.look()
    assert not watched.said
    watched.hour.pass_by(1, asleep=30)
    watched.lock.look()

    assert watched.said == ["due"]


@pytest.mark.parametrize(
    ("wall", "mono", "asleep"),
    [
        (1, 1, False),
        (5, 1, False),  # a clock that was set right
        (-3600, 1, False),  # and one that was set back
        (12, 1, True),  # Linux and macOS: the other clock stood still
        (90, 90, True),  # Windows: both ran on, and nobody looked
    ],
)
def test_sleep_is_told_from_a_clock_that_was_set(wall: float, mono: float, asleep: bool) -> None:  # noqa: FBT001 - a case
    assert slept(Clocks(0, 0), Clocks(wall, mono)) is asleep


# The window


@pytest.fixture
def hands(application: Application, qtbot: QtBot) -> Hands:
    return opened(application, qtbot)


@pytest.fixture
def at(hands: Hands, session: Session) -> Hands:
    """At the checklist of a visit, at an indicator in the middle of it."""
    hands.open(session.visit_id)
    hands.checklist.show_indicator("P15-06")
    return hands


def locked(hands: Hands) -> None:
    """The time is over."""
    hands.window.keeper.self_locking.idle.due.emit()
    hands.at(PageName.UNLOCK)


def test_the_warning_covers_the_page_and_a_key_lifts_it(at: Hands, qtbot: QtBot) -> None:
    at.at(PageName.CHECKLIST)  # what is looked up meanwhile would keep it from locking
    idle = at.window.keeper.self_locking.idle
    idle._idle = 593.0  # of ten minutes, which no test waits
    idle.look()
    veil = part(at.window, QWidget, "countdown")
    assert "7 detik" in part(veil, QLabel, "countdown.left").text()
    assert veil.geometry() == at.window.rect()
    labels = [one for one in veil.findChildren(QLabel) if one.wordWrap()]
    assert len(labels) == 2
    qtbot.waitUntil(
        lambda: all(one.heightForWidth(one.width()) <= one.height() + 1 for one in labels)
    )
    before = at.checklist.session.snapshot.observation(ObservationKey("P15-06", Side.PRACTICE))

    QTest.keyClick(veil, Qt.Key.Key_1)

    assert not veil.isVisible()
    after = at.checklist.session.snapshot.observation(ObservationKey("P15-06", Side.PRACTICE))
    assert after == before
    assert at.window.desk.unlocked


def test_a_tap_anywhere_in_the_window_is_a_sign_of_life(at: Hands) -> None:
    idle = at.window.keeper.self_locking.idle
    handle = at.window.windowHandle()
    idle._idle = 500.0  # minutes that no test waits

    QTest.mouseClick(handle, Qt.MouseButton.LeftButton, pos=at.window.rect().bottomLeft())

    assert idle._idle == 0.0  # as above


def test_an_idle_lock_keeps_what_cannot_be_recorded_and_comes_back_to_it(at: Hands) -> None:
    part(at.window, QPlainTextEdit, NOTE).setPlainText(UNRECORDABLE)

    locked(at)
    assert not at.window.desk.unlocked
    assert at.window.session is None
    at.unlock()
    at.at(PageName.CHECKLIST)

    assert at.checklist.code == "P15-06"
    assert part(at.window, QPlainTextEdit, NOTE).toPlainText() == UNRECORDABLE


def test_nothing_of_it_lies_open_in_the_folder_meanwhile(at: Hands, home: Path) -> None:
    part(at.window, QPlainTextEdit, NOTE).setPlainText(UNRECORDABLE)

    locked(at)

    written = [one.read_bytes() for one in home.rglob("*") if one.is_file()]
    assert written
    assert not any(b"Bingkai" in content or b"P15-06" in content for content in written)


def test_a_locked_window_says_nothing_of_the_visit(at: Hands, session: Session) -> None:
    unit = session.snapshot.visit.unit
    assert any(unit in text for text in texts_of(at.window))

    locked(at)

    assert not [text for text in texts_of(at.window) if unit in text or "P15-06" in text]


def test_the_key_is_gone_from_memory(at: Hands) -> None:
    key = at.window.desk.workplace.store.unlocked.key

    locked(at)

    with pytest.raises(StoreProblem) as refused:
        key.subkey("anything")
    assert refused.value.code == "store_locked"


def test_ctrl_l_locks_at_once_even_with_a_text_that_cannot_be_recorded(at: Hands) -> None:
    part(at.window, QPlainTextEdit, NOTE).setPlainText(UNRECORDABLE)

    QTest.keyClick(at.window, Qt.Key.Key_L, CTRL)
    at.at(PageName.UNLOCK)

    assert not at.window.desk.unlocked


def test_an_open_dialog_goes_before_the_lock(at: Hands) -> None:
    dialog = QDialog(at.window.page)
    dialog.open()

    locked(at)

    assert not at.window.desk.unlocked


def test_unlocking_scrolls_back_and_leads_back_to_another_page_too(at: Hands, qtbot: QtBot) -> None:
    at.click("bar.step.review")
    at.at(PageName.REVIEW)
    areas = [one for one in at.window.page.findChildren(QScrollArea) if one.objectName()]
    scrolled = next(one for one in areas if one.verticalScrollBar().maximum())
    name = scrolled.objectName()
    scrolled.verticalScrollBar().setValue(scrolled.verticalScrollBar().maximum() // 2)
    wanted = scrolled.verticalScrollBar().value()

    locked(at)
    at.unlock()
    at.at(PageName.REVIEW)

    qtbot.waitUntil(
        lambda: part(at.window, QScrollArea, name).verticalScrollBar().value() == wanted,
        timeout=PATIENCE_MS,
    )


def test_what_somebody_recorded_meanwhile_is_not_written_over(
    at: Hands, application: Application, session: Session
) -> None:
    QTest.keyClicks(part(at.window, QPlainTextEdit, NOTE), "Bingkai kosong")
    locked(at)
    workplace = application.unlock(PASSPHRASE)
    other = application.open(workplace, session.visit_id)
    answer(other, "P15-06", "practice", "absent", note="Bingkai sudah diisi")
    workplace.store.close()

    at.unlock()
    at.at(PageName.CHECKLIST)

    assert part(at.window, QPlainTextEdit, NOTE).toPlainText() == "Bingkai sudah diisi"


def test_another_assessor_finds_neither_the_place_nor_the_text(
    at: Hands, workplace: Workplace, profile: Profile
) -> None:
    add_assessor(workplace, profile, "frasa sandi rekan")
    workplace.store.close()
    part(at.window, QPlainTextEdit, NOTE).setPlainText(UNRECORDABLE)
    locked(at)

    at.type("unlock.passphrase", "frasa sandi rekan")
    at.key(Qt.Key.Key_Return)
    at.at(PageName.CHECKLIST)  # where the store was left is no secret among its assessors

    assert part(at.window, QPlainTextEdit, NOTE).toPlainText() == ""


def test_a_passphrase_that_is_being_typed_is_kept_nowhere(
    at: Hands, application: Application
) -> None:
    secret, open_ = QLineEdit(at.window.page), QLineEdit(at.window.page)
    secret.setObjectName("checklist.secret")
    secret.setInputMethodHints(Qt.InputMethodHint.ImhSensitiveData)
    secret.setText("rahasia")
    open_.setObjectName("checklist.open")
    open_.setText("terbuka")

    locked(at)

    workplace = application.unlock(PASSPHRASE)
    kept = str(workplace.store.memory.section("drafts"))
    workplace.store.close()
    assert "terbuka" in kept
    assert "rahasia" not in kept


def test_what_is_set_of_locking_holds_from_then_on(at: Hands) -> None:
    change_settings(at.window.desk.workplace, idle_minutes=0, lock_on_suspend=False)

    at.window.keeper.obey_settings()

    idle = at.window.keeper.self_locking.idle
    assert idle._rules == Rules(0, on_suspend=False)  # what it goes by


def test_a_visit_file_that_falls_onto_a_locked_window_is_asked_for_again(
    hands: Hands, tmp_path: Path
) -> None:
    path = tmp_path / f"kunjungan{BUNDLE_SUFFIX}"
    path.write_bytes(b"x")

    assert drop(hands.window, [path])

    assert "Buka dahulu" in hands.notice()


def test_a_visit_file_that_falls_onto_the_window_is_taken_in(at: Hands, tmp_path: Path) -> None:
    path = tmp_path / f"kunjungan{BUNDLE_SUFFIX}"
    path.write_bytes(b"x")

    assert drop(at.window, [path])
    at.at(PageName.VISITS)

    assert part(at.window, QDialog, "import").isVisible()


def texts_of(window: QWidget) -> list[str]:
    """All that is seen or spoken, the title in the task bar too."""
    texts = [window.windowTitle()]
    for one in window.findChildren(QWidget):
        texts += [one.toolTip(), one.accessibleName(), one.accessibleDescription()]
        if isinstance(one, QLabel):
            texts.append(one.text())
    return texts
