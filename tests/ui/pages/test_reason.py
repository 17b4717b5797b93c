"""After the exit talk each change needs its reason: asked once, and nothing given is lost."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QLineEdit, QWidget
from pytestqt.qtbot import QtBot
from tests.ui.pages.checklist_hands import CTRL, PAPER, PRACTICE, SHIFT, AtChecklist, Look
from tests.ui.pages.hands import click, desk_over, part, shown, type_into
from tests.visiting import answer, attach, photo_file

from assessor_app.compose import Application
from assessor_app.domain.event import Event
from assessor_app.domain.visit import Outcome
from assessor_app.services.change_reason import change_reason
from assessor_app.services.enrolment import Workplace
from assessor_app.services.session import Session, open_session
from assessor_app.services.visits import close_visit
from assessor_app.ui.pages.checklist.photos import Goal, Photos
from assessor_app.ui.pages.review.page import ReviewPage

WHY = "Kepala kantor menunjukkan dokumennya"


def events(session: Session, workplace: Workplace) -> list[Event]:
    return [link.event for link in workplace.store.log.stored(session.visit_id)]


@pytest.fixture
def talked(look: Look, session: Session, workplace: Workplace, tmp_path: Path) -> AtChecklist:
    """At an indicator during the exit talk, with a gap recorded before."""
    answer(session, "P15-06", "paperwork", "present")
    answer(session, "P15-06", "practice", "absent")
    attach(session, "P15-06", tmp_path)
    session.begin_exit_talk()
    return look(session, "P15-08")


def told(at: AtChecklist) -> str:
    label = part(at.page, QLabel, "checklist.reason.told")
    return label.text() if label.isVisible() else ""


def focused() -> str:
    focus = QApplication.focusWidget()
    return focus.objectName() if focus else ""


def test_before_the_exit_talk_no_reason_is_asked(at: AtChecklist) -> None:
    assert not at.visible("checklist.reason")

    at.click(at.name(PAPER, "present"))

    assert at.seen(PAPER).answer == "present"


def test_a_tapped_answer_waits_for_its_reason_and_is_recorded_with_it(
    talked: AtChecklist, workplace: Workplace
) -> None:
    at = talked
    at.click(at.name(PAPER, "present"))

    assert at.seen(PAPER).answer is None
    assert at.shown_answer(PAPER) is None
    assert focused() == "checklist.reason.text"
    assert "P15-08, di atas kertas" in told(at)

    at.type("checklist.reason.text", WHY)
    at.key(Qt.Key.Key_Return)

    assert at.seen(PAPER).answer == "present"
    assert events(at.session, workplace)[-1].reason == WHY
    assert told(at) == ""


def test_one_reason_goes_with_every_change_until_it_is_replaced(
    talked: AtChecklist, workplace: Workplace
) -> None:
    at = talked
    at.type("checklist.reason.text", WHY)
    at.click(at.name(PAPER, "present"))
    at.click(at.name(PRACTICE, "absent"))
    at.type("checklist.reason.text", "Salah ketik")
    at.click(at.name(PRACTICE, "present"))

    reasons = [event.reason for event in events(at.session, workplace)[-3:]]

    assert reasons == [WHY, WHY, "Salah ketik"]


def test_a_typed_note_stays_until_its_reason_is_given(talked: AtChecklist) -> None:
    at = talked
    at.type(at.name(PAPER, "note"), "Papan ada di loket 2")
    at.page.settle()

    assert at.note(PAPER).toPlainText() == "Papan ada di loket 2"
    assert at.seen(PAPER).note is None
    assert at.page.settle() is False

    at.type("checklist.reason.text", WHY)
    at.key(Qt.Key.Key_Return)

    assert at.seen(PAPER).note == "Papan ada di loket 2"
    assert at.page.settle() is True


def test_the_last_of_two_taps_on_one_side_is_what_waits(
    talked: AtChecklist, workplace: Workplace
) -> None:
    at = talked
    count = len(events(at.session, workplace))
    at.click(at.name(PAPER, "present"))
    at.click(at.name(PAPER, "absent"))

    at.type("checklist.reason.text", WHY)
    at.click("checklist.reason.record")

    assert at.seen(PAPER).answer == "absent"
    assert len(events(at.session, workplace)) == count + 1


def test_what_waits_can_be_dropped_and_that_is_said(
    talked: AtChecklist, workplace: Workplace
) -> None:
    at = talked
    count = len(events(at.session, workplace))
    at.type(at.name(PAPER, "note"), "Tidak jadi")
    at.page.settle()

    at.type("checklist.reason.text", "setengah alasan")
    at.click("checklist.reason.drop")

    assert len(events(at.session, workplace)) == count
    assert at.note(PAPER).toPlainText() == ""
    assert at.said[-1] == "Tidak dicatat: P15-08, di atas kertas."
    assert at.page.settle() is True


def test_an_undo_waits_for_its_reason_too(talked: AtChecklist, workplace: Workplace) -> None:
    at = talked
    at.key(Qt.Key.Key_Z, CTRL)
    assert "pengurungan" in told(at)
    before = len(at.session.snapshot.evidence)

    at.type("checklist.reason.text", WHY)
    at.key(Qt.Key.Key_Return)

    assert (before, len(at.session.snapshot.evidence)) == (1, 0)
    assert events(at.session, workplace)[-1].reason == WHY
    at.key(Qt.Key.Key_Z, CTRL | SHIFT)
    assert len(at.session.snapshot.evidence) == 1


def test_evidence_is_taken_in_once_there_is_a_reason(
    talked: AtChecklist, workplace: Workplace, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    at = talked
    file = photo_file(tmp_path, "olive")
    monkeypatch.setattr(at.page.proving, "ask_for_files", lambda: [file])
    at.click(at.name(PRACTICE, "evidence.add"))
    at.rest()
    assert len(at.session.snapshot.evidence) == 1

    at.type("checklist.reason.text", WHY)
    at.key(Qt.Key.Key_Return)
    at.rest()

    assert len(at.session.snapshot.evidence) == 2
    assert events(at.session, workplace)[-1].reason == WHY


def test_a_photo_on_its_way_when_the_exit_talk_begins_is_not_lost(
    look: Look, session: Session, tmp_path: Path
) -> None:
    at = look(session, "P15-08")
    photos: Photos = at.page._photos
    photos.take_files(Goal("P15-08", PRACTICE), [photo_file(tmp_path, "olive")])
    session.begin_exit_talk()
    at.rest()
    assert not session.snapshot.evidence
    assert "bukti yang baru dimasukkan" in told(at)

    at.type("checklist.reason.text", WHY)
    at.key(Qt.Key.Key_Return)

    assert len(session.snapshot.evidence) == 1


def test_the_page_is_not_left_while_a_change_waits(talked: AtChecklist) -> None:
    at = talked
    at.click(at.name(PAPER, "present"))

    at.page.show_indicator("P15-09")

    assert at.page.code == "P15-08"
    assert focused() == "checklist.reason.text"


def test_a_reason_holds_on_the_next_page_and_after_a_restart_but_not_after_a_reopening(
    talked: AtChecklist, workplace: Workplace, application: Application
) -> None:
    at = talked
    at.type("checklist.reason.text", WHY)
    at.page.settle()
    again = open_session(workplace.store, at.session.visit_id, application.library)
    assert change_reason(workplace, again) == WHY

    now = workplace.store.clock.now()
    close_visit(again, workplace, Outcome.INTERRUPTED, departure=now, account="Listrik padam")
    again.reopen("Catatan rekan tiba", at=workplace.store.clock.now())

    assert again.snapshot.reason_needed
    assert change_reason(workplace, again) is None


@pytest.fixture
def review(
    talked: AtChecklist, application: Application, workplace: Workplace, qtbot: QtBot
) -> Iterator[ReviewPage]:
    """At the finding of the visit in its exit talk."""
    desk = desk_over(application)
    desk.open_with(workplace)
    page = shown(qtbot, ReviewPage(desk, talked.session))
    page._go_to(1)
    yield page
    desk.tasks.wait()


def owner_of(page: QWidget) -> QLineEdit:
    return next(
        one
        for one in page.findChildren(QLineEdit)
        if one.objectName().startswith("review.owner") and one.isVisible()
    )


def test_a_finding_edited_after_the_exit_talk_waits_for_its_reason(
    review: ReviewPage, talked: AtChecklist, workplace: Workplace
) -> None:
    line = owner_of(review)
    type_into(review, line.objectName(), "Kepala Dinas")
    QTest.keyClick(line, Qt.Key.Key_Return)
    assert line.text() == "Kepala Dinas"
    assert "temuan P15-06" in part(review, QLabel, "review.reason.told").text()

    type_into(review, "review.reason.text", WHY)
    click(review, "review.reason.record")

    (finding,) = talked.session.snapshot.findings.values()
    assert finding.owner == "Kepala Dinas"
    assert events(talked.session, workplace)[-1].reason == WHY
    assert review.settle() is True


def test_a_dropped_edit_of_a_finding_shows_what_is_recorded(
    review: ReviewPage, talked: AtChecklist
) -> None:
    line = owner_of(review)
    type_into(review, line.objectName(), "Kepala Dinas")
    QTest.keyClick(line, Qt.Key.Key_Return)

    click(review, "review.reason.drop")

    assert owner_of(review).text() == ""
    assert not talked.session.snapshot.findings
    assert review.settle() is True
