"""The editor of a moment: untouched it means now, touched it means what it shows."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDateTimeEdit, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from assessor_app.domain.problem import RecordRefused
from assessor_app.ui import drafts
from assessor_app.ui.pages.moment import DayEdit, MomentEdit

ZONE = ZoneInfo("Asia/Jayapura")
SHOWN = datetime(2026, 11, 22, 0, 10, 40, tzinfo=UTC)
NOW = SHOWN + timedelta(minutes=3)


@pytest.fixture
def edit(qtbot: QtBot) -> MomentEdit:
    made = MomentEdit("x", ZONE, at=SHOWN)
    qtbot.addWidget(made)
    with qtbot.waitExposed(made):
        made.show()
    return made


def set_back(edit: MomentEdit, *, minutes: int) -> None:
    edit.setFocus()
    edit.setCurrentSection(QDateTimeEdit.Section.MinuteSection)
    for _ in range(minutes):
        QTest.keyClick(edit, Qt.Key.Key_Down)


def test_what_nobody_touched_is_now(edit: MomentEdit) -> None:
    assert edit.text() == "22/11/2026 09:10"
    assert edit.instant(now=NOW, not_before=None) == NOW


def test_what_was_changed_is_meant_in_the_zone(edit: MomentEdit) -> None:
    set_back(edit, minutes=5)

    assert edit.instant(now=NOW, not_before=None) == datetime(2026, 11, 22, 0, 5, tzinfo=UTC)


def test_a_minute_is_not_before_what_happened_within_it(edit: MomentEdit) -> None:
    set_back(edit, minutes=5)
    arrival = datetime(2026, 11, 22, 0, 5, 30, tzinfo=UTC)

    assert edit.instant(now=NOW, not_before=arrival) == arrival
    later = arrival + timedelta(minutes=1)
    assert edit.instant(now=NOW, not_before=later) < later


def test_a_proposal_that_was_chosen_is_meant_as_it_is_shown(edit: MomentEdit) -> None:
    set_back(edit, minutes=1)
    QTest.keyClick(edit, Qt.Key.Key_Up)
    assert edit.text() == "22/11/2026 09:10"

    assert edit.instant(now=NOW, not_before=None) == datetime(2026, 11, 22, 0, 10, tzinfo=UTC)


def test_typing_what_is_shown_chooses_it(edit: MomentEdit) -> None:
    edit.setFocus()
    edit.setCurrentSection(QDateTimeEdit.Section.HourSection)
    QTest.keyClicks(edit, "09")

    assert edit.touched
    assert edit.text() == "22/11/2026 09:10"


def test_drafts_keep_a_chosen_moment_and_let_now_go_on(qtbot: QtBot) -> None:
    room = QWidget()
    qtbot.addWidget(room)
    edit = MomentEdit("x", ZONE, at=SHOWN)
    QVBoxLayout(room).addWidget(edit)
    with qtbot.waitExposed(room):
        room.show()
    assert "x" not in drafts.kept(room)

    set_back(edit, minutes=5)
    kept = drafts.kept(room)
    edit.propose(SHOWN - timedelta(minutes=5))
    drafts.put_back(room, kept)

    assert edit.touched
    assert edit.instant(now=NOW, not_before=None) == datetime(2026, 11, 22, 0, 5, tzinfo=UTC)


def test_what_is_to_come_is_refused(edit: MomentEdit) -> None:
    edit.setFocus()
    edit.setCurrentSection(QDateTimeEdit.Section.HourSection)
    QTest.keyClick(edit, Qt.Key.Key_Up)

    with pytest.raises(RecordRefused) as refusal:
        edit.instant(now=NOW, not_before=None)

    assert refusal.value.code == "instant_in_future"


def test_the_wheel_changes_nothing(edit: MomentEdit, qtbot: QtBot) -> None:
    day = DayEdit("y")
    qtbot.addWidget(day)
    for one in (edit, day):
        before = one.dateTime()
        turned = QWheelEvent(
            QPointF(5, 5),
            QPointF(5, 5),
            QPoint(0, 0),
            QPoint(0, 120),
            Qt.MouseButton.NoButton,
            Qt.KeyboardModifier.NoModifier,
            Qt.ScrollPhase.NoScrollPhase,
            False,
        )

        QApplication.sendEvent(one, turned)

        assert one.dateTime() == before
