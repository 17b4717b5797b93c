"""The editor of a moment: untouched it means now, touched it means what it shows."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from PySide6.QtCore import QDate, QPoint, QPointF, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QCalendarWidget, QLineEdit, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from assessor_app.domain.problem import RecordRefused
from assessor_app.ui import drafts
from assessor_app.ui.pages.parts.moment import DayEdit, MomentEdit
from assessor_app.ui.theme import Scheme, apply_theme

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
    for _ in range(minutes):
        QTest.keyClick(edit, Qt.Key.Key_Down)


def typed_anew(edit: QLineEdit, text: str) -> None:
    """Over what is shown."""
    edit.setFocus()
    QTest.keyClick(edit, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    QTest.keyClick(edit, Qt.Key.Key_Backspace)
    QTest.keyClicks(edit, text)


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
    typed_anew(edit, "22/11/2026 09:10")

    assert edit.touched
    assert edit.text() == "22/11/2026 09:10"


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("31/12/2025 23:59", "31/12/2025 23:59"),
        ("1.3.2026 7.05", "01/03/2026 07:05"),
        ("010320260705", "01/03/2026 07:05"),
        ("2026-03-01T07:05", "01/03/2026 07:05"),
        ("7:05", "22/11/2026 07:05"),
    ],
)
def test_a_moment_may_be_typed_as_people_write_it(edit: MomentEdit, typed: str, meant: str) -> None:
    typed_anew(edit, typed)
    assert edit.text() == typed

    QTest.keyClick(edit, Qt.Key.Key_Return)

    assert edit.text() == meant


@pytest.mark.parametrize(
    "typed", ["31/11/2026 10:00", "31122099", "22/11/2026", "siang", "25:10", ""]
)
def test_what_is_no_moment_stays_as_it_was_typed_and_is_refused(
    edit: MomentEdit, typed: str
) -> None:
    typed_anew(edit, typed)
    QTest.keyClick(edit, Qt.Key.Key_Return)

    assert edit.text() == typed
    with pytest.raises(RecordRefused) as refusal:
        edit.instant(now=NOW, not_before=None)
    assert refusal.value.code == "instant_unreadable"


# The screenless platform says so of every popup.
@pytest.mark.qt_log_ignore("This plugin does not support (raise|grabbing)")
def test_a_day_is_taken_from_the_calendar_with_the_time_that_is_shown(
    edit: MomentEdit, qtbot: QtBot
) -> None:
    edit.open_calendar()
    calendar = edit.findChild(QCalendarWidget)
    assert calendar is not None
    assert calendar.selectedDate() == QDate(2026, 11, 22)

    with qtbot.waitSignal(edit.picked):
        calendar.clicked.emit(QDate(2026, 11, 20))

    assert edit.text() == "20/11/2026 09:10"
    assert edit.touched


@pytest.mark.parametrize(
    ("typed", "day"),
    [
        ("01/01/2020", date(2020, 1, 1)),
        ("29022028", date(2028, 2, 29)),
        ("30/02/2026", None),
        ("31/12", None),
    ],
)
def test_a_day_is_never_mended(qtbot: QtBot, typed: str, day: date | None) -> None:
    edit = DayEdit("y")
    qtbot.addWidget(edit)
    edit.show_day(date(2026, 12, 22))
    typed_anew(edit, typed)

    assert edit.day == day
    assert edit.text() == typed


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
    typed_anew(edit, "22/11/2026 10:10")

    with pytest.raises(RecordRefused) as refusal:
        edit.instant(now=NOW, not_before=None)

    assert refusal.value.code == "instant_in_future"


@pytest.mark.parametrize("text", [100, 150])
def test_a_moment_is_never_cut_however_narrow_its_page_is(qtbot: QtBot, text: int) -> None:
    """A line that is too narrow scrolls to its end: of the 23rd only a 3 was left."""
    app = QApplication.instance()
    assert isinstance(app, QApplication)
    apply_theme(app, Scheme.CONTRAST, text=text)
    page = QWidget()
    qtbot.addWidget(page)
    made = MomentEdit("x", ZONE, at=SHOWN)
    QVBoxLayout(page).addWidget(made)
    page.resize(10, 10)
    with qtbot.waitExposed(page):
        page.show()

    made.setCursorPosition(0)
    first = made.cursorRect().center().x()
    made.setCursorPosition(len(made.text()))
    last = made.cursorRect().center().x()

    needed = made.fontMetrics().horizontalAdvance(made.text())
    assert last - first >= needed - 2  # pixels; both ends are in sight at once
    assert 0 <= first < last < made.width()
    apply_theme(app, Scheme.LIGHT)


def test_the_wheel_changes_nothing(edit: MomentEdit, qtbot: QtBot) -> None:
    day = DayEdit("y")
    qtbot.addWidget(day)
    day.show_day(date(2026, 12, 22))
    for one in (edit, day):
        before = one.text()
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

        assert one.text() == before
