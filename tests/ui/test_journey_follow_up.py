"""From findings to a signed follow-up, from an assessment over coaching, and an exit talk."""

import json
from datetime import date, timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractButton,
    QComboBox,
    QDialog,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QTabBar,
    QWidget,
)
from pytestqt.qtbot import QtBot
from tests.conftest import SteppingClock
from tests.ui.hands_at_window import Hands, opened
from tests.ui.pages.hands import PATIENCE_MS, part
from tests.visiting import SIGNING_PASSPHRASE, answer_all, attach

from assessor_app.compose import Application
from assessor_app.domain.findings import HEAD_DUE
from assessor_app.domain.follow_up import FollowUpStanding as Now
from assessor_app.domain.visit import Outcome, VisitKind, VisitState
from assessor_app.instruments.library import Library
from assessor_app.reporting.content import RECORD_NAME
from assessor_app.reporting.reading import read_back
from assessor_app.services.enrolment import Workplace
from assessor_app.services.findings import FindingEdit, edit_finding
from assessor_app.services.session import Session, open_session
from assessor_app.services.verifying import Standing, verify
from assessor_app.services.visits import NewVisit, close_visit, start_visit
from assessor_app.ui.directory import PageName
from assessor_app.ui.pages.parts.rows import RowView
from assessor_app.ui.widgets.fields import choose, value_of

ABSENT = {"P15-06": "practice", "P15-08": "paperwork", "P15-12": "both"}


@pytest.fixture
def assessed(session: Session, workplace: Workplace, tmp_path: Path) -> Session:
    """Closed with three findings; one of them is due in a fortnight."""
    answer_all(session, absent=ABSENT)
    attach(session, "P15-06", tmp_path, colour="teal")
    attach(session, "P15-08", tmp_path, colour="navy")
    edit_finding(session, workplace, "P15-06", FindingEdit(due=date(2026, 12, 6)))
    close_visit(session, workplace, Outcome.COMPLETED, departure=workplace.store.clock.now())
    return session


def begin(
    workplace: Workplace, library: Library, before: Session, kind: VisitKind = VisitKind.FOLLOW_UP
) -> Session:
    seen = before.snapshot.visit
    new = NewVisit(
        institution=seen.institution,
        unit=seen.unit,
        object_type=seen.object_type,
        kind=kind,
        arrival=workplace.store.clock.now(),
        team=[workplace.profile.name],
        predecessor=seen.id,
    )
    visit = start_visit(workplace.store, new, before.instrument, library=library)
    return open_session(workplace.store, visit, library)


def at_window(
    application: Application, workplace: Workplace, qtbot: QtBot, visit: Session
) -> Hands:
    """The window, unlocked, at the checklist of a visit."""
    workplace.store.close()
    hands = opened(application, qtbot)
    hands.unlock()
    hands.at(PageName.VISITS)
    hands.window.open_visit(visit.visit_id)
    hands.at(PageName.CHECKLIST)
    return hands


def standing_at(hands: Hands, code: str) -> str:
    return part(hands.window, QLabel, f"follow_up.{code}.standing").text()


def answer_both(hands: Hands, paper: Qt.Key, practice: Qt.Key) -> None:
    """By the keyboard alone: 1 is present, 2 absent."""
    for key in (Qt.Key.Key_Left, paper, Qt.Key.Key_Right, practice):
        hands.key(key)


def test_findings_are_followed_up_a_month_later_to_a_signed_report(
    *,
    application: Application,
    assessed: Session,
    workplace: Workplace,
    library: Library,
    clock: SteppingClock,
    tmp_path: Path,
    qtbot: QtBot,
) -> None:
    clock.moment += timedelta(days=29)
    visit = begin(workplace, library, assessed)
    hands = at_window(application, workplace, qtbot, visit)
    page = hands.checklist

    assert page.outline.asked == ("P15-06", "P15-08", "P15-12")
    assert standing_at(hands, "P15-06") == "Belum dilihat"
    assert "6 Desember 2026" in part(hands.window, QLabel, "follow_up.P15-06.then").text()
    hands.touch("follow_up.P15-06.more")
    hands.touch("follow_up.P15-06.photos")
    photos = hands.window.page.findChild(QDialog, "follow_up.then_photos")
    assert photos is not None
    hands.at(PageName.CHECKLIST)
    hands.touch("follow_up.then_photos.close")
    back_at_checklist(hands, qtbot)
    answer_both(hands, Qt.Key.Key_1, Qt.Key.Key_2)
    assert standing_at(hands, "P15-06") == "Lewat tenggat"
    attach(page.session, "P15-06", tmp_path, colour="olive")
    hands.key(Qt.Key.Key_Down)
    answer_both(hands, Qt.Key.Key_1, Qt.Key.Key_1)
    assert standing_at(hands, "P15-08") == "Diperbaiki"
    hands.key(Qt.Key.Key_Down)
    answer_both(hands, Qt.Key.Key_2, Qt.Key.Key_2)
    assert standing_at(hands, "P15-12") == "Masih terbuka"
    add_another(hands, "P15-01", qtbot)
    answer_both(hands, Qt.Key.Key_2, Qt.Key.Key_2)
    assert standing_at(hands, "P15-01") == "Baru timbul"
    repaired = part(hands.window, QLabel, "checklist.follow_up.repaired").text()
    assert repaired == "1 dari 3 diperbaiki"

    hands.key(Qt.Key.Key_R, Qt.KeyboardModifier.ControlModifier)
    hands.at(PageName.REVIEW)
    tabs = part(hands.window, QTabBar, "review.tabs")
    tabs.setCurrentIndex(3)
    rows = part(hands.window, RowView, "review.carried").rows.rows
    assert [row.text.partition(":")[0] for row in rows] == [
        "Baru timbul",
        "Lewat tenggat",
        "Diperbaiki",
        "Masih terbuka",
    ]
    tabs.setCurrentIndex(2)
    hands.touch("review.declared.absent")
    hands.click("review.receiver.save")
    hands.click("review.close")
    hands.click("review.close.yes")
    hands.at(PageName.ISSUE)
    path = tmp_path / "tindak-lanjut.pdf"
    sign(hands, path)

    read = read_back(path.read_bytes())
    (carried,) = (one for one in read.attachments if one.name == RECORD_NAME)
    told = json.loads(carried.data)
    assert verify(path.read_bytes(), roots=(), trust_trial=True).standing is Standing.VALID
    assert {one["indicator"]: one["standing"] for one in told["follow_up"]["items"]} == {
        "P15-01": Now.NEWLY_BROKEN,
        "P15-06": Now.OVERDUE,
        "P15-08": Now.REPAIRED,
        "P15-12": Now.STILL_OPEN,
    }
    assert "Lewat tenggat" in " ".join(read.page_texts)


def back_at_checklist(hands: Hands, qtbot: QtBot) -> None:
    """A dialog has gone: the window has the keyboard again, as a window manager would see to."""
    hands.window.activateWindow()
    qtbot.waitUntil(hands.window.isActiveWindow, timeout=PATIENCE_MS)
    hands.checklist.setFocus()


def add_another(hands: Hands, code: str, qtbot: QtBot) -> None:
    hands.touch("checklist.follow_up.add")
    QTest.keyClicks(part(hands.window, QLineEdit, "follow_up.adding.search"), code)
    hands.key(Qt.Key.Key_Return)
    assert hands.checklist.code == code
    back_at_checklist(hands, qtbot)


def sign(hands: Hands, path: Path) -> None:
    hands.wait_for("issue.sign")
    hands.type("issue.path", str(path))
    hands.type("issue.passphrase", SIGNING_PASSPHRASE)
    hands.click("issue.sign")
    hands.wait_for("issue.handover")


def test_what_coaching_left_open_is_looked_at_in_the_next_assessment(
    *,
    application: Application,
    assessed: Session,
    workplace: Workplace,
    library: Library,
    clock: SteppingClock,
    qtbot: QtBot,
) -> None:
    """Coaching begins from an assessment; the assessment after it sees what is left, unanswered."""
    clock.moment += timedelta(days=20)
    coaching = begin(workplace, library, assessed, VisitKind.COACHING)
    answer_all(coaching, absent={"P15-12": "both"})
    close_visit(coaching, workplace, Outcome.COMPLETED, departure=clock.now())
    clock.moment += timedelta(days=60)
    again = begin(workplace, library, coaching, VisitKind.UNANNOUNCED)
    hands = at_window(application, workplace, qtbot, again)
    page = hands.checklist

    assert not page.session.snapshot.observations
    assert len(page.outline.asked) == 20
    page.show_indicator("P15-06")
    assert hands.window.page.findChild(QWidget, "follow_up.P15-06") is None
    page.show_indicator("P15-12")
    assert standing_at(hands, "P15-12") == "Belum dilihat"
    page.setFocus()
    answer_both(hands, Qt.Key.Key_1, Qt.Key.Key_1)
    assert standing_at(hands, "P15-12") == "Diperbaiki"
    hands.key(Qt.Key.Key_R, Qt.KeyboardModifier.ControlModifier)
    hands.at(PageName.REVIEW)

    (row,) = part(hands.window, RowView, "review.carried").rows.rows
    assert row.code == "P15-12"
    assert row.text.startswith("Diperbaiki")


def test_an_exit_talk_with_other_words_due_dates_and_a_dictated_response(
    *,
    application: Application,
    session: Session,
    workplace: Workplace,
    tmp_path: Path,
    qtbot: QtBot,
) -> None:
    answer_all(session, absent=ABSENT)
    attach(session, "P15-06", tmp_path, colour="teal")
    attach(session, "P15-08", tmp_path, colour="navy")
    hands = at_window(application, workplace, qtbot, session)
    hands.key(Qt.Key.Key_R, Qt.KeyboardModifier.ControlModifier)
    hands.at(PageName.REVIEW)
    tabs = part(hands.window, QTabBar, "review.tabs")
    tabs.setCurrentIndex(1)

    hands.touch("review.wording.P15-06.templates")
    offered = part(hands.window, RowView, "finding_templates.list")
    offered.setFocus()
    hands.key(Qt.Key.Key_Down)
    hands.key(Qt.Key.Key_Return)
    wording = part(hands.window, QPlainTextEdit, "review.wording.P15-06")
    assert wording.toPlainText().endswith("dalam praktik di Dinas Kependudukan.")
    hands.touch("review.due_all")
    day = part(hands.window, QLineEdit, "due_dates.day")
    day.setFocus()
    hands.type("due_dates.day", "15/12/2026")
    choose(part(hands.window, QComboBox, "due_dates.by"), "head")
    hands.click("due_dates.go")
    tabs.setCurrentIndex(2)
    hands.touch("review.exit_talk")
    hands.touch("review.dictation")
    response = part(hands.window, QPlainTextEdit, "review.response")
    QTest.keyClicks(response, "Akan kami pasang minggu ini.")
    hands.type("review.dictation.who", "Ibu Kepala Dinas")
    hands.touch("review.declared.received")
    hands.type("review.receiver.name", "Ibu Kepala Dinas")
    hands.click("review.receiver.save")
    held = hands.window.session
    assert held is not None
    qtbot.waitUntil(lambda: held.snapshot.receiver is not None, timeout=PATIENCE_MS)
    hands.click("review.close")
    hands.click("review.close.yes")
    hands.at(PageName.ISSUE)
    path = tmp_path / "temuan.pdf"
    sign(hands, path)

    snapshot, receiver = held.snapshot, held.snapshot.receiver
    pages = " ".join(" ".join(read_back(path.read_bytes()).page_texts).split())
    assert snapshot.visit.state is VisitState.ISSUED
    assert {one.due_date for one in snapshot.findings.values()} == {date(2026, 12, 15)}
    assert {one.due_set_by for one in snapshot.findings.values()} == {HEAD_DUE}
    assert receiver is not None
    assert receiver.said_by == "Ibu Kepala Dinas"
    assert "Akan kami pasang minggu ini. (Disampaikan secara lisan oleh Ibu Kepala" in pages
    assert "ditetapkan oleh pimpinan unit" in pages
    assert verify(path.read_bytes(), roots=(), trust_trial=True).standing is Standing.VALID
    assert not part(hands.window, QAbstractButton, "issue.sign").isVisible()


def test_coaching_and_a_follow_up_begin_from_the_visit_that_is_done(
    *,
    application: Application,
    assessed: Session,
    workplace: Workplace,
    clock: SteppingClock,
    tmp_path: Path,
    qtbot: QtBot,
) -> None:
    """From the row of the list, and from the issue page once the document was handed over."""
    workplace.store.close()
    hands = opened(application, qtbot)
    hands.unlock()
    hands.at(PageName.VISITS)
    hands.wait_for("visits.coaching")

    hands.touch("visits.coaching")
    hands.at(PageName.NEW_VISIT)
    assert value_of(part(hands.window, QComboBox, "new_visit.kind")) == VisitKind.COACHING.value
    before = part(hands.window, QComboBox, "new_visit.predecessor")
    assert value_of(before) == assessed.visit_id
    hands.click("new_visit.start")
    hands.at(PageName.CHECKLIST)
    hands.checklist.show_indicator("P15-06")
    assert standing_at(hands, "P15-06") == "Belum dilihat"
    assert hands.window.page.findChild(QWidget, "last_year.P15-06") is None  # one line, not two

    hands.window.open_visit(assessed.visit_id)
    hands.at(PageName.ISSUE)
    sign(hands, tmp_path / "temuan.pdf")
    following = part(hands.window, QAbstractButton, "issue.follow_up")
    assert not following.isVisible()
    hands.type("issue.handover.to", "Ibu Kepala Dinas")
    hands.click("issue.handover.way.print")
    hands.click("issue.handover")
    qtbot.waitUntil(following.isVisible, timeout=PATIENCE_MS)
    hands.at(PageName.ISSUE)
    hands.click("issue.follow_up")
    hands.at(PageName.NEW_VISIT)
    assert value_of(part(hands.window, QComboBox, "new_visit.kind")) == VisitKind.FOLLOW_UP.value
    hands.click("new_visit.start")
    hands.at(PageName.CHECKLIST)
    assert hands.checklist.outline.asked == ("P15-06", "P15-08", "P15-12")
