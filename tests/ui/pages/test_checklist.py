"""The checklist records what is done by hand: answers, notes, documents, times."""

import contextlib
from datetime import timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QComboBox, QLineEdit
from tests.ui.pages.checklist_hands import CTRL, PAPER, PRACTICE, AtChecklist, Look
from tests.ui.pages.hands import faults, part
from tests.visiting import answer, complete

from assessor_app.compose import Application
from assessor_app.domain.instrument import Side
from assessor_app.domain.observation import ObservationKey
from assessor_app.domain.problem import StoreProblem
from assessor_app.services.enrolment import Workplace
from assessor_app.services.session import Session
from assessor_app.ui.pages.parts.moment import MomentEdit

# Answers


@pytest.mark.parametrize(
    ("arrow", "side"), [(Qt.Key.Key_Left, PAPER), (Qt.Key.Key_Right, PRACTICE)]
)
def test_a_digit_answers_the_side_that_an_arrow_went_to(
    at: AtChecklist, arrow: Qt.Key, side: Side
) -> None:
    at.key(arrow)
    at.key(Qt.Key.Key_2)

    other = PRACTICE if side is PAPER else PAPER
    assert at.seen(side).answer == "absent"
    assert at.shown_answer(side) == "absent"
    assert at.seen(other).answer is None


@pytest.mark.parametrize("side", [PAPER, PRACTICE])
def test_a_click_answers(at: AtChecklist, side: Side) -> None:
    at.click(at.name(side, "absent"))

    assert at.seen(side).answer == "absent"


@pytest.mark.parametrize("side", [PAPER, PRACTICE])
def test_a_finger_answers(at: AtChecklist, side: Side) -> None:
    at.touch(at.name(side, "present"))

    assert at.seen(side).answer == "present"


def test_the_status_line_says_what_was_saved_and_when(at: AtChecklist) -> None:
    at.key(Qt.Key.Key_1)

    zone = at.desk.workplace.profile.zone
    hour = at.desk.application.clock.now().astimezone(zone).hour
    assert at.said[-1].startswith(f"Tersimpan pukul {hour:02}.")
    assert "P15-06" in at.said[-1]


def test_an_answer_is_on_the_disk_when_the_status_line_says_so(
    at: AtChecklist, application: Application, workplace: Workplace
) -> None:
    at.key(Qt.Key.Key_1)

    again = application.open(workplace, at.session.visit_id)
    assert again.snapshot.observation(ObservationKey("P15-06", PAPER)).answer == "present"


def test_a_closed_visit_can_be_read_and_takes_nothing(
    look: Look, session: Session, workplace: Workplace, tmp_path: Path
) -> None:
    complete(session, workplace, tmp_path)
    at = look(session, "P15-05")
    before = len(session.snapshot.observations)

    at.key(Qt.Key.Key_2)

    assert not at.choice(PAPER, "absent").isEnabled()
    assert at.note().isReadOnly()
    assert not at.button(at.name(PAPER, "evidence.add")).isEnabled()
    assert at.shown_answer(PAPER) == "present"
    assert at.seen().answer == "present"
    assert len(session.snapshot.observations) == before


def test_a_refused_answer_is_told_and_what_is_recorded_stays_shown(
    at: AtChecklist, workplace: Workplace
) -> None:
    at.key(Qt.Key.Key_1)
    fill_the_disk(at.session, workplace)

    at.key(Qt.Key.Key_2)

    assert at.notice().startswith("Ruang penyimpanan habis")
    assert at.seen().answer == "present"
    assert at.shown_answer(PAPER) == "present"


def fill_the_disk(session: Session, workplace: Workplace) -> None:
    """Until not even an answer fits any more."""
    with workplace.store.engine.begin() as connection:
        pages = connection.exec_driver_sql("PRAGMA page_count").scalar()
        connection.exec_driver_sql(f"PRAGMA max_page_count={pages}")
    with contextlib.suppress(StoreProblem):
        for number in range(1000):
            answer(session, "P15-05", "practice", "present" if number % 2 else "absent")


# Not assessed


def test_not_assessed_is_recorded_once_its_reason_is_given(at: AtChecklist) -> None:
    at.key(Qt.Key.Key_0)
    assert not at.seen().settled
    assert at.visible(at.name(PAPER, "reason"))
    assert part(at.page, QLineEdit, at.name(PAPER, "reason")).hasFocus()

    at.type(at.name(PAPER, "reason"), "Ruang arsip terkunci")
    at.key(Qt.Key.Key_Return)

    assert at.seen().not_assessed_reason == "Ruang arsip terkunci"
    assert at.seen().settled
    assert at.shown_answer(PAPER) == "not_assessed"


def test_not_assessed_without_a_reason_leaves_what_was_answered(at: AtChecklist) -> None:
    at.key(Qt.Key.Key_1)
    at.key(Qt.Key.Key_0)
    at.key(Qt.Key.Key_Return, CTRL)  # on, without a reason
    at.page.show_indicator("P15-06")

    assert at.seen().answer == "present"
    assert at.shown_answer(PAPER) == "present"


def test_an_answer_takes_the_place_of_not_assessed(at: AtChecklist) -> None:
    at.key(Qt.Key.Key_0)
    at.type(at.name(PAPER, "reason"), "Ruang arsip terkunci")
    at.key(Qt.Key.Key_Return)
    at.click(at.name(PAPER, "present"))

    assert at.seen().answer == "present"
    assert at.seen().not_assessed_reason is None
    assert not at.visible(at.name(PAPER, "reason"))


# Notes


def test_digits_and_arrows_in_a_note_stay_in_the_note(at: AtChecklist) -> None:
    at.key(Qt.Key.Key_N)
    assert at.note().hasFocus()

    QTest.keyClicks(at.note(), "Pukul 10 ada 2 petugas")
    for key in (Qt.Key.Key_Left, Qt.Key.Key_Up, Qt.Key.Key_Down):
        at.key(key)

    assert at.note().toPlainText() == "Pukul 10 ada 2 petugas"
    assert at.page.code == "P15-06"
    assert at.seen().answer is None


def test_a_note_saves_itself_when_typing_rests(at: AtChecklist) -> None:
    QTest.keyClicks(at.note(PRACTICE), "Bingkai kosong")

    at.until(lambda: at.seen(PRACTICE).note == "Bingkai kosong")
    assert "Tersimpan" in at.said[-1]


def test_a_note_is_saved_when_the_next_indicator_is_asked_for(at: AtChecklist) -> None:
    at.key(Qt.Key.Key_N)
    QTest.keyClicks(at.note(), "Loket satu")
    at.key(Qt.Key.Key_Return, CTRL)

    assert at.page.code == "P15-07"
    assert at.seen(PAPER, "P15-06").note == "Loket satu"


# Documents and times


def test_each_detail_of_a_document_is_recorded_when_its_field_is_left(at: AtChecklist) -> None:
    at.click(at.name(PAPER, "document"))
    for field, text in (
        ("kind", "SK Kepala Dinas"),
        ("number", "188/12/2024"),
        ("date", "27/02/2024"),
        ("signatory", "Kepala Dinas"),
    ):
        at.type(at.name(PAPER, f"document.{field}"), text)
        at.key(Qt.Key.Key_Tab)
    where = part(at.page, QComboBox, at.name(PAPER, "document.where_seen"))
    where.setFocus()
    at.key(Qt.Key.Key_Down)

    document = at.seen().document
    assert document.kind == "SK Kepala Dinas"
    assert document.number == "188/12/2024"
    assert document.dated is not None
    assert document.dated.isoformat() == "2024-02-27"
    assert document.signatory == "Kepala Dinas"
    assert document.where_seen is not None
    assert at.page.code == "P15-06"  # the arrow was the combo box's


def test_a_date_that_cannot_be_read_is_said_and_the_recorded_one_stays(at: AtChecklist) -> None:
    at.click(at.name(PAPER, "document"))
    at.type(at.name(PAPER, "document.date"), "2024-02-27")
    at.key(Qt.Key.Key_Tab)

    at.type(at.name(PAPER, "document.date"), "30/02/2024")
    at.key(Qt.Key.Key_Tab)

    dated = at.seen().document.dated
    assert faults(at.page) == [at.desk.say("document.day_unreadable")]
    assert dated is not None
    assert dated.isoformat() == "2024-02-27"


def test_a_detail_can_be_taken_back(at: AtChecklist) -> None:
    at.click(at.name(PAPER, "document"))
    for text in ("SK 1", ""):
        at.type(at.name(PAPER, "document.number"), text)
        if not text:
            at.key(Qt.Key.Key_Backspace)
        at.key(Qt.Key.Key_Tab)

    assert not at.seen().document.number


def test_another_time_is_recorded_and_taken_back(at: AtChecklist) -> None:
    at.key(Qt.Key.Key_1)
    at.click(at.name(PAPER, "time"))
    moment = part(at.page, MomentEdit, at.name(PAPER, "observed_at"))
    day = moment.text().split()[0]
    moment.setFocus()
    moment.setText(f"{day} 07:30")
    at.key(Qt.Key.Key_Return)

    at_that_time = at.seen().observed_at
    assert at_that_time is not None
    local = at_that_time.astimezone(at.desk.workplace.profile.zone)
    assert f"{local:%d/%m/%Y %H:%M}" == f"{day} 07:30"

    at.click(at.name(PAPER, "observed_now"))
    assert at.seen().observed_at is None
    assert at.seen().answer == "present"


def test_a_time_ahead_of_the_clock_is_said_at_its_field(at: AtChecklist) -> None:
    at.click(at.name(PAPER, "time"))
    moment = part(at.page, MomentEdit, at.name(PAPER, "observed_at"))
    moment.setFocus()
    shown = moment.shown
    assert shown is not None
    moment.choose(shown + timedelta(days=2))
    at.key(Qt.Key.Key_Return)

    assert len(faults(at.page)) == 1
    assert at.seen().observed_at is None
