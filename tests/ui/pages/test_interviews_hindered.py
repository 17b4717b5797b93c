"""Interviews where nothing is recorded, where a reason is wanted, and beyond what is asked for."""

from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QPushButton
from pytestqt.qtbot import QtBot
from tests.conftest import begin
from tests.ui.pages.hands import click, desk_over, part, shown, type_into
from tests.visiting import answer

from assessor_app.compose import Application
from assessor_app.domain.instrument import Side
from assessor_app.domain.observation import ObservationKey
from assessor_app.instruments.library import Library
from assessor_app.services.enrolment import Workplace
from assessor_app.services.session import Session, open_session
from assessor_app.ui.pages.interviews.page import InterviewsPage

USERS = "pengguna"
CTRL = Qt.KeyboardModifier.ControlModifier

Opened = Callable[[str], InterviewsPage]
"""The page of a role."""


@pytest.fixture
def kinds(workplace: Workplace, library: Library) -> Session:
    return open_session(workplace.store, begin(workplace, library.get("kinds"), library), library)


@pytest.fixture
def opened(application: Application, workplace: Workplace, kinds: Session, qtbot: QtBot) -> Opened:
    desk = desk_over(application)
    desk.open_with(workplace)

    def look(role: str) -> InterviewsPage:
        page = shown(qtbot, InterviewsPage(desk, kinds, role))
        page.setFocus()
        return page

    return look


def said_of(session: Session, name: str, code: str = "K-11") -> str | None:
    ids = {one.pseudonym: id_ for id_, one in session.snapshot.respondents.items()}
    return session.snapshot.observation(
        ObservationKey(code, Side.PRACTICE, respondent=ids[name])
    ).answer


def test_a_paused_visit_takes_no_answer_and_says_so(
    opened: Opened, kinds: Session, workplace: Workplace
) -> None:
    answer(kinds, "K-11", "practice", "2", respondent="P-01", post=USERS)
    kinds.pause("Istirahat", at=workplace.store.clock.now())
    page = opened(USERS)

    for key in (Qt.Key.Key_4, Qt.Key.Key_Plus, Qt.Key.Key_0):
        QTest.keyClick(page, key)

    assert said_of(kinds, "P-01") == "2"
    assert len(kinds.snapshot.respondents) == 1
    assert part(page, QLabel, "interviews.notice.text").isVisible()


def test_more_are_asked_than_are_wanted(opened: Opened, kinds: Session) -> None:
    for number in range(1, 4):  # as many as the instrument asks for
        answer(kinds, "K-11", "practice", "2", respondent=f"P-{number:02}", post=USERS)
    page = opened(USERS)
    told = part(page, QPushButton, "interviews.role.pengguna")
    assert told.accessibleName().endswith(": 3 dari 3")

    QTest.keyClick(page, Qt.Key.Key_Plus)
    QTest.keyClick(page, Qt.Key.Key_3)

    assert page.pseudonym == "P-04"
    assert told.accessibleName().endswith(": 4 dari 3")


def test_undo_goes_back_through_an_interview_to_before_the_respondent(
    opened: Opened, kinds: Session
) -> None:
    page = opened(USERS)
    QTest.keyClick(page, Qt.Key.Key_3)
    assert page.pseudonym == "P-01"

    for _ in range(4):  # more often than there is anything to undo
        QTest.keyClick(page, Qt.Key.Key_Z, CTRL)
    assert not kinds.snapshot.respondents
    assert page.pseudonym == ""

    QTest.keyClick(page, Qt.Key.Key_Z, CTRL | Qt.KeyboardModifier.ShiftModifier)
    QTest.keyClick(page, Qt.Key.Key_Z, CTRL | Qt.KeyboardModifier.ShiftModifier)
    assert page.pseudonym == "P-01"
    assert said_of(kinds, "P-01") is not None


def test_a_substitute_weighs_less_and_is_no_more_respondents(
    opened: Opened, kinds: Session
) -> None:
    kinds.introduce("Kepala-1", post="kepala", substitute=True)
    page = opened("kepala")

    QTest.keyClick(page, Qt.Key.Key_1)

    (one,) = kinds.snapshot.respondents.values()
    assert one.substitute
    assert one.weight(kinds.instrument.roles) == kinds.instrument.roles[0].share / 2


def test_after_the_exit_talk_an_answer_waits_for_its_reason(opened: Opened, kinds: Session) -> None:
    answer(kinds, "K-11", "practice", "2", respondent="P-01", post=USERS)
    kinds.begin_exit_talk()
    page = opened(USERS)

    QTest.keyClick(page, Qt.Key.Key_4)
    assert said_of(kinds, "P-01") == "2"
    assert part(page, QLabel, "interviews.reason.told").isVisible()
    type_into(page, "interviews.reason.text", "Salah catat")
    click(page, "interviews.reason.record")

    assert said_of(kinds, "P-01") == "4"
