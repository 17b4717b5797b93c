"""Whole visits through the window, with real keys, mouse and touch, on real parts."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, Qt, QUrl
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractButton,
    QComboBox,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QTabBar,
)
from pytestqt.qtbot import QtBot
from tests.conftest import CountingIds, SteppingClock
from tests.ui.hands_at_window import Hands, drop, opened
from tests.ui.pages.hands import PATIENCE_MS, part
from tests.visiting import PASSPHRASE, QUICK, SIGNING_PASSPHRASE, photo_file

from assessor_app.compose import Application
from assessor_app.domain.instrument import Side
from assessor_app.domain.observation import ObservationKey
from assessor_app.domain.visit import Outcome, VisitState
from assessor_app.instruments.library import Library
from assessor_app.paths import resources_dir
from assessor_app.services.enrolment import Workplace
from assessor_app.services.session import Session
from assessor_app.services.verifying import Standing, verify
from assessor_app.services.visits import all_visits
from assessor_app.ui.directory import PageName
from assessor_app.ui.widgets.fields import choose


@pytest.fixture
def nobody(tmp_path: Path) -> Application:
    """The product as shipped, on a device where nobody was enrolled."""
    library = Library([resources_dir() / "instruments"])
    return Application(tmp_path / "new", SteppingClock(), CountingIds(5000), library, QUICK)


@pytest.fixture
def new(nobody: Application, qtbot: QtBot) -> Hands:
    return opened(nobody, qtbot)


@pytest.fixture
def used(application: Application, qtbot: QtBot) -> Hands:
    return opened(application, qtbot)


def enrol(hands: Hands) -> None:
    hands.type("enrol.name", "Dewi Lestari, S.H.")
    hands.type("enrol.office", "Ombudsman RI Perwakilan Maluku")
    hands.type("enrol.passphrase", PASSPHRASE)
    hands.type("enrol.again", PASSPHRASE)
    hands.click("enrol.go")
    hands.wait_for("enrol.start")
    hands.click("enrol.start")
    hands.at(PageName.VISITS)


def test_from_enrolment_to_a_verified_document(
    new: Hands, nobody: Application, tmp_path: Path, qtbot: QtBot
) -> None:
    hands = new
    enrol(hands)
    hands.key(Qt.Key.Key_N, Qt.KeyboardModifier.ControlModifier)
    hands.at(PageName.NEW_VISIT)
    hands.type("new_visit.institution", "Kota Ambon")
    hands.type("new_visit.unit", "Dinas Kependudukan")
    choose(part(hands.window, QComboBox, "new_visit.instrument"), "2015-pemda@1")
    hands.click("new_visit.start")
    hands.at(PageName.CHECKLIST)

    walk_by_keys(hands)
    repair_by_touch(hands)
    prove_the_gap(hands, tmp_path, qtbot)
    hands.key(Qt.Key.Key_R, Qt.KeyboardModifier.ControlModifier)
    hands.at(PageName.REVIEW)
    receive(hands)
    hands.click("review.close")
    hands.wait_for("review.close.yes")
    hands.click("review.close.yes")
    hands.at(PageName.ISSUE)
    path = tmp_path / "temuan.pdf"
    sign(hands, path, PASSPHRASE)
    hand_over(hands, qtbot)

    verdict = verify(path.read_bytes(), roots=(), trust_trial=True)
    assert verdict.standing is Standing.VALID
    visit = all_visits(hands.window.desk.workplace.store)[0]
    assert visit.state is VisitState.HANDED_OVER
    assert visit.outcome is Outcome.COMPLETED
    assert drop(hands.window, [path])
    hands.at(PageName.VERIFY)
    assert part(hands.window, QLabel, "verify.standing").text() == "Tidak dapat dipastikan"


def test_after_a_wiping_the_window_says_what_is_still_there(used: Hands, tmp_path: Path) -> None:
    hands = used
    hands.unlock()

    hands.window.keeper.leave_wiped((tmp_path / "usb",))

    assert str(tmp_path / "usb") in part(hands.window, QLabel, "window.notice.text").text()


def walk_by_keys(hands: Hands) -> None:
    """Every indicator by the keyboard alone: both sides present."""
    count = len(list(hands.checklist.session.instrument.indicators()))
    for _ in range(count):
        for key in (Qt.Key.Key_Left, Qt.Key.Key_1, Qt.Key.Key_Right, Qt.Key.Key_1):
            hands.key(key)
        assert "Tersimpan" in hands.status()
        hands.key(Qt.Key.Key_Down)
    assert not hands.checklist.session.open_rules(Outcome.COMPLETED)


def repair_by_touch(hands: Hands) -> None:
    """Back to one indicator by search; its practice is absent after all, told by a finger."""
    hands.key(Qt.Key.Key_F, Qt.KeyboardModifier.ControlModifier)
    QTest.keyClicks(part(hands.window, QLineEdit, "checklist.search"), "maklumat")
    hands.key(Qt.Key.Key_Return)
    assert hands.checklist.code == "P15-06"
    hands.touch("indicator.P15-06.practice.absent")
    assert part(hands.window, QAbstractButton, "indicator.P15-06.practice.absent").isChecked()
    note = part(hands.window, QPlainTextEdit, "indicator.P15-06.practice.note")
    hands.touch("checklist.undo")
    assert "Diurungkan" in hands.status()
    assert part(hands.window, QAbstractButton, "indicator.P15-06.practice.present").isChecked()
    hands.touch("checklist.redo")
    assert "Diulangi" in hands.status()
    note.setFocus()
    QTest.keyClicks(note, "Bingkai di dinding kosong, 1 2 3.")
    hands.key(Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert hands.checklist.code == "P15-07"
    hands.key(Qt.Key.Key_Up)


def prove_the_gap(hands: Hands, folder: Path, qtbot: QtBot) -> None:
    """A photo from the clipboard, as files are copied, onto the side that is looked at."""
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(photo_file(folder)))])
    QGuiApplication.clipboard().setMimeData(data)
    hands.window.page.setFocus()
    hands.key(Qt.Key.Key_Right)
    hands.key(Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
    session = hands.checklist.session
    qtbot.waitUntil(lambda: len(session.snapshot.evidence) == 1, timeout=PATIENCE_MS)
    hands.at(PageName.CHECKLIST)
    assert not session.open_rules(Outcome.COMPLETED)


def receive(hands: Hands) -> None:
    part(hands.window, QTabBar, "review.tabs").setCurrentIndex(2)
    hands.touch("review.declared.received")
    hands.type("review.receiver.name", "Ibu Kepala Dinas")
    hands.click("review.receiver.save")


def sign(hands: Hands, path: Path, passphrase: str) -> None:
    hands.wait_for("issue.sign")
    hands.type("issue.path", str(path))
    hands.type("issue.passphrase", passphrase)
    hands.click("issue.sign")
    hands.wait_for("issue.handover")


def hand_over(hands: Hands, qtbot: QtBot) -> None:
    hands.click("issue.handover.way.print")
    hands.click("issue.handover")
    session = hands.window.session
    assert session is not None
    qtbot.waitUntil(
        lambda: session.snapshot.visit.state is VisitState.HANDED_OVER, timeout=PATIENCE_MS
    )


def test_a_refused_visit_has_its_own_minutes(used: Hands, tmp_path: Path, qtbot: QtBot) -> None:
    hands = used
    hands.unlock()
    hands.at(PageName.VISITS)
    hands.click("visits.refused")
    hands.at(PageName.REFUSED)
    hands.type("refused.institution", "Kota Ambon")
    hands.type("refused.unit", "Puskesmas Waihaong")
    hands.touch("refused.outcome.entry_refused")
    hands.type("refused.account", "Petugas keamanan menolak asesor masuk.")
    hands.click("refused.make")
    hands.at(PageName.ISSUE)
    path = tmp_path / "berita-acara.pdf"
    sign(hands, path, SIGNING_PASSPHRASE)

    verdict = verify(path.read_bytes(), roots=(), trust_trial=True)
    visit = all_visits(hands.window.desk.workplace.store)[0]
    assert verdict.standing is Standing.VALID
    assert verdict.number is not None
    assert verdict.number.startswith("BA-")
    assert visit.outcome is Outcome.ENTRY_REFUSED


CRASHING = """
import os, sys, time
sys.path.insert(0, {root!r})
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QPlainTextEdit
from tests.visiting import PASSPHRASE
from assessor_app.domain.instrument import Side
from assessor_app.domain.observation import ObservationKey
from assessor_app.ui.application import open_window
application = QApplication(sys.argv)
window = open_window(application)
window.resize(1366, 768)
window.show()
window.activateWindow()
QTest.qWaitForWindowActive(window)
window.desk.tasks.wait()
window.keeper.enter(window.desk.application.unlock(PASSPHRASE))
window.open_visit({visit!r})
for _ in range(4):
    QTest.keyClick(window.page, Qt.Key.Key_Down)
QTest.keyClick(window.page, Qt.Key.Key_1)
for _ in range(3):
    QTest.keyClick(window.page, Qt.Key.Key_Down)
note = window.findChild(QPlainTextEdit, "indicator.P15-08.paperwork.note")
QTest.keyClicks(note, "Ruang tunggu penuh.")
key = ObservationKey("P15-08", Side.PAPERWORK)
patience = time.monotonic() + 30
while window.session.snapshot.observation(key).note is None and time.monotonic() < patience:
    application.processEvents()
print("tersimpan", flush=True)
application.exec()  # until it is killed
"""


def test_a_killed_window_opens_again_at_the_same_indicator(
    application: Application, session: Session, workplace: Workplace, qtbot: QtBot
) -> None:
    workplace.store.close()
    root = str(Path(__file__).parents[2])
    program = CRASHING.format(root=root, visit=session.visit_id)
    environment = os.environ | {"ASSESSOR_HOME": str(application.home)}
    with subprocess.Popen(
        [sys.executable, "-c", program], stdout=subprocess.PIPE, env=environment
    ) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == b"tersimpan\n"
        process.kill()

    hands = opened(application, qtbot)
    hands.unlock()
    hands.at(PageName.CHECKLIST)

    assert hands.checklist.code == "P15-08"
    note = part(hands.window, QPlainTextEdit, "indicator.P15-08.paperwork.note")
    assert note.toPlainText() == "Ruang tunggu penuh."
    answered = hands.checklist.session.snapshot.observations[
        ObservationKey("P15-05", Side.PAPERWORK)
    ]
    assert answered.answer == "present"
