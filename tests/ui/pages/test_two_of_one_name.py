"""Two respondents whom two devices called the same: each is asked, chosen and answered alone."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QComboBox
from pytestqt.qtbot import QtBot
from tests.exchanging import Desks, desks_in
from tests.ui.pages.hands import desk_over, part, shown
from tests.visiting import answer

from assessor_app.domain.instrument import Side
from assessor_app.domain.observation import ObservationKey
from assessor_app.services.session import Session
from assessor_app.ui.pages.interviews.page import InterviewsPage

USERS = "pengguna"


@pytest.fixture
def desks(tmp_path: Path) -> Iterator[Desks]:
    with desks_in(tmp_path) as made:
        yield made


def asked(session: Session, *, says: str) -> None:
    session.introduce("P-01", post=USERS, substitute=False)
    answer(session, "K-11", "practice", says, respondent="P-01")


def answers(session: Session) -> dict[str, str | None]:
    return {
        one.pseudonym: session.snapshot.observation(
            ObservationKey("K-11", Side.PRACTICE, respondent=id_)
        ).answer
        for id_, one in session.snapshot.respondents.items()
    }


def test_each_of_two_who_were_called_the_same_is_answered_alone(desks: Desks, qtbot: QtBot) -> None:
    here, there = desks("A"), desks("B", ahead=timedelta(hours=1))
    visit = here.begin("kinds").visit_id
    there.take_in(here.export(visit))
    asked(here.open(visit), says="4")
    asked(there.open(visit), says="1")
    here.take_in(there.export(visit))
    desk = desk_over(here.application)
    desk.open_with(here.workplace)
    session = here.open(visit)
    page = shown(qtbot, InterviewsPage(desk, session, USERS))
    listed = part(page, QComboBox, "interviews.people")
    names = [listed.itemData(place) for place in range(listed.count())]
    assert names == ["P-01", "P-01 (2)"]

    page.setFocus()
    QTest.keyClick(page, Qt.Key.Key_Left)
    assert page.pseudonym == "P-01"
    QTest.keyClick(page, Qt.Key.Key_2)
    QTest.keyClick(page, Qt.Key.Key_Right)
    assert page.pseudonym == "P-01 (2)"
    QTest.keyClick(page, Qt.Key.Key_3)

    first, second = answers(session).values()
    assert first != second
    QTest.keyClick(page, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert list(answers(session).values()) == [first, "1"]
