"""From the list to the field: found among many, all checked before leaving, killed and back."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QFrame, QLineEdit, QTabBar, QTableView
from pytestqt.qtbot import QtBot
from tests.ui.hands_at_window import Hands, opened
from tests.ui.pages.hands import PATIENCE_MS, part, text_of

from assessor_app.compose import Application
from assessor_app.domain.visit import VisitKind
from assessor_app.instruments.library import Library
from assessor_app.services.enrolment import Workplace
from assessor_app.services.session import Session
from assessor_app.services.visits import NewVisit, all_visits, start_visit
from assessor_app.ui.directory import PageName
from assessor_app.ui.pages.visits.page import VisitsPage

UNITS = 60


pytestmark = pytest.mark.qt_log_ignore(  # what a list of names asks of a screen, and this is none
    "does not support raise", "does not support grabbing the keyboard", extend=True
)


@pytest.fixture
def many(workplace: Workplace, library: Library) -> dict[str, str]:
    """Many visits, by their units."""
    return {
        f"Puskesmas {number}": start_visit(
            workplace.store,
            NewVisit(
                institution="Kota Ambon" if number % 2 else "Kabupaten Buru",
                unit=f"Puskesmas {number}",
                object_type="opd",
                kind=VisitKind.UNANNOUNCED,
                arrival=workplace.store.clock.now(),
                team=[workplace.profile.name, "Hasan Slamat"],
                assignment_letter="ST-7",
            ),
            library.get("2015-pemda"),
            library=library,
        )
        for number in range(UNITS)
    }


def test_a_visit_is_found_among_many_and_opened_by_keys_alone(
    application: Application, many: dict[str, str], qtbot: QtBot
) -> None:
    hands = opened(application, qtbot)
    hands.unlock()
    hands.at(PageName.VISITS)

    hands.key(Qt.Key.Key_F, Qt.KeyboardModifier.ControlModifier)
    for letter in "buru 42":
        QTest.keyClicks(part(hands.window, QLineEdit, "visits.search"), letter)
    assert text_of(hands.window, "visits.found") == "1 dari 60 kunjungan"
    hands.key(Qt.Key.Key_Return)
    hands.at(PageName.CHECKLIST)

    assert hands.checklist.session.visit_id == many["Puskesmas 42"]


def test_a_visit_is_found_and_opened_by_touch(
    application: Application, many: dict[str, str], qtbot: QtBot
) -> None:
    hands = opened(application, qtbot)
    hands.unlock()
    hands.at(PageName.VISITS)
    table = part(hands.window, QTableView, "visits.table")
    finger = QTest.createTouchDevice()
    window = hands.window.windowHandle()

    part(hands.window, QLineEdit, "visits.search").setText("puskesmas 17")
    place = table.viewport().mapTo(
        hands.window, table.visualRect(table.model().index(0, 0)).center() + QPoint(0, 0)
    )
    QTest.touchEvent(window, finger).press(0, place, window).commit()
    QTest.touchEvent(window, finger).release(0, place, window).commit()
    hands.at(PageName.CHECKLIST)

    assert hands.checklist.session.visit_id == many["Puskesmas 17"]


def test_the_next_office_of_the_day_needs_its_name_alone(
    application: Application, many: dict[str, str], qtbot: QtBot
) -> None:
    hands = opened(application, qtbot)
    hands.unlock()
    hands.at(PageName.VISITS)

    hands.touch("visits.next")
    hands.at(PageName.NEW_VISIT)
    hands.type("new_visit.unit", "Samsat Ambon")
    hands.key(Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    hands.at(PageName.CHECKLIST)

    (begun,) = (
        one for one in all_visits(hands.window.desk.workplace.store) if one.unit == "Samsat Ambon"
    )
    assert (begun.assignment_letter, begun.instrument_version) == ("ST-7", "2015-pemda@1")
    assert "Hasan Slamat" in begun.team


def test_before_leaving_a_fault_is_found_and_mended(
    application: Application, session: Session, workplace: Workplace, qtbot: QtBot
) -> None:
    workplace.store.close()
    hands = opened(application, qtbot)
    hands.unlock()
    hands.at(PageName.VISITS)
    hands.click("visits.preflight")
    hands.at(PageName.PREFLIGHT)
    hands.wait_for("preflight.backup.go")
    assert _grade(hands, "backup") == "attention"

    hands.touch("preflight.backup.go")
    hands.at(PageName.DEVICE)
    hands.click("device.backup.now")
    qtbot.waitUntil(
        lambda: any((application.home / "backups").rglob("*.json")), timeout=PATIENCE_MS
    )
    hands.at(PageName.DEVICE)
    hands.click("bar.back")
    hands.at(PageName.PREFLIGHT)
    hands.wait_for("preflight.visits.go")

    assert _grade(hands, "backup") == "ready"
    assert _grade(hands, "passphrase") == "ready"  # it was typed at the door
    hands.click("preflight.visits.go")
    hands.at(PageName.VISITS)
    page = hands.window.page
    assert isinstance(page, VisitsPage)
    assert page.shown == (session.visit_id,)
    assert text_of(hands.window, "visits.found") == "1 dari 1 kunjungan"


def _grade(hands: Hands, check: str) -> str:
    return str(part(hands.window, QFrame, f"preflight.{check}").property("grade"))


CRASHING = """
import os, sys, time
sys.path.insert(0, {root!r})
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QTabBar, QPlainTextEdit
from tests.visiting import PASSPHRASE
from assessor_app.services.drafts import draft
from assessor_app.ui.application import open_window
from assessor_app.ui.directory import PageName
application = QApplication(sys.argv)
window = open_window(application)
window.resize(1366, 768)
window.show()
window.activateWindow()
QTest.qWaitForWindowActive(window)
window.desk.tasks.wait()
workplace = window.desk.application.unlock(PASSPHRASE)
window.keeper.enter(workplace)
window.open_visit({visit!r})
for _ in range(4):
    QTest.keyClick(window.page, Qt.Key.Key_Down)
QTest.keyClick(window.page, Qt.Key.Key_1)
from assessor_app.services.drafts import keep_draft
keep_draft(workplace, {visit!r}, name="closing",
    value={{"account": "Listrik padam", "departure": "", "outcome": "interrupted"}})
from assessor_app.storage.vault import Form
workplace.store.vault.put(workplace.store.new_id(), Form.ORIGINAL, b"photo")
window.go(window.where.at(PageName.REVIEW))
print("tersimpan", flush=True)
application.exec()  # until it is killed
"""


def test_a_killed_window_says_what_is_there_and_returns_to_the_same_page(
    application: Application, session: Session, workplace: Workplace, qtbot: QtBot
) -> None:
    workplace.store.close()
    program = CRASHING.format(root=str(Path(__file__).parents[2]), visit=session.visit_id)
    environment = os.environ | {"ASSESSOR_HOME": str(application.home)}
    with subprocess.Popen(
        [sys.executable, "-c", program], stdout=subprocess.PIPE, env=environment
    ) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == b"tersimpan\n"
        process.kill()

    hands = opened(application, qtbot)
    hands.unlock()
    hands.at(PageName.REVIEW)
    told = hands.notice()

    assert "berhenti mendadak" in told
    assert "P15-05 di Dinas Kependudukan" in told
    assert "1 draf" in told
    assert "1 foto" in told
    assert part(hands.window, QTabBar, "review.tabs").isVisible()


def test_after_an_orderly_end_nothing_is_said(
    application: Application, session: Session, workplace: Workplace, qtbot: QtBot
) -> None:
    workplace.store.close()
    for _ in range(2):
        hands = opened(application, qtbot)
        hands.unlock()
        hands.at(PageName.VISITS)
        assert "berhenti mendadak" not in hands.notice()
        hands.window.close()
    assert not (application.home / "store" / "window.open").exists()


def test_a_lock_is_an_orderly_end_too(
    application: Application, session: Session, workplace: Workplace, qtbot: QtBot
) -> None:
    workplace.store.close()
    hands = opened(application, qtbot)
    hands.unlock()
    hands.at(PageName.VISITS)
    hands.key(Qt.Key.Key_L, Qt.KeyboardModifier.ControlModifier)
    hands.at(PageName.UNLOCK)
    assert not (application.home / "store" / "window.open").exists()

    hands.unlock()
    hands.at(PageName.VISITS)

    assert "berhenti mendadak" not in hands.notice()
