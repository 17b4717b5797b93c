"""The review page, by mouse and keys, on a real store."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date, timedelta
from functools import partial
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QComboBox,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QTabBar,
    QWidget,
)
from pytestqt.qtbot import QtBot
from tests.ui.pages.hands import assert_usable, desk_over, part, shown
from tests.visiting import PASSPHRASE, answer, answer_all, attach

from assessor_app.compose import Application
from assessor_app.domain.conflicts import Conflict
from assessor_app.domain.findings import Finding
from assessor_app.domain.visit import Declaration, Outcome, VisitKind, VisitState
from assessor_app.instruments.library import Library
from assessor_app.services.advice import proposed_wording
from assessor_app.services.drafts import draft
from assessor_app.services.enrolment import Workplace
from assessor_app.services.objections import told_rule
from assessor_app.services.session import Session, open_session
from assessor_app.services.visits import NewVisit, close_visit, start_visit
from assessor_app.texts import Language
from assessor_app.ui import drafts
from assessor_app.ui.desk import Desk
from assessor_app.ui.pages.parts.moment import DayEdit, MomentEdit
from assessor_app.ui.pages.parts.rows import RowView
from assessor_app.ui.pages.review.page import ReviewPage

Open = Callable[[Session], ReviewPage]
ENTER = Qt.Key.Key_Return
LEFT = Qt.MouseButton.LeftButton


@pytest.fixture
def opened(desk: Desk, qtbot: QtBot) -> Iterator[Open]:
    kept: list[ReviewPage] = []

    def build(session: Session) -> ReviewPage:
        page = shown(qtbot, ReviewPage(desk, session))
        page.activateWindow()
        kept.append(page)
        return page

    yield build
    desk.tasks.wait()


@pytest.fixture
def ready(session: Session, tmp_path: Path) -> Session:
    """Answered and proven: one gap, one item absent on both sides."""
    answer_all(session, absent={"P15-06": "practice", "P15-12": "both"})
    attach(session, "P15-06", tmp_path)
    return session


def labels(page: QWidget) -> list[QLabel]:
    return [one for one in page.findChildren(QLabel) if one.isVisible()]


def state_of(session: Session) -> VisitState:
    return session.snapshot.visit.state


def press(page: QWidget, name: str) -> None:
    QTest.mouseClick(part(page, QAbstractButton, name), LEFT)


def first(session: Session) -> Finding:
    return session.findings()[0]


def told(page: QWidget, name: str) -> str:
    notice = part(page, QWidget, name)
    return part(notice, QLabel, f"{name}.text").text() if notice.isVisible() else ""


def test_what_is_missing_is_a_link_for_key_and_mouse(
    opened: Open, session: Session, qtbot: QtBot
) -> None:
    answer(session, "P15-01", "paperwork", "present")
    page = opened(session)
    rows = part(page, RowView, "review.missing")

    with qtbot.waitSignal(page.indicator_wanted) as wanted:
        QTest.keyClick(rows, ENTER)
    assert wanted.args == ["P15-01"]

    rows.setFocus()
    QTest.keyClick(rows, Qt.Key.Key_Down)
    third = rows.visualRect(rows.rows.index(2)).center()
    with qtbot.waitSignal(page.indicator_wanted) as wanted:
        QTest.mouseClick(rows.viewport(), LEFT, pos=third)
    assert wanted.args == ["P15-02"]


def test_a_heading_leads_nowhere(opened: Open, session: Session, qtbot: QtBot) -> None:
    page = opened(session)
    rows = part(page, RowView, "review.missing")

    with qtbot.assertNotEmitted(page.indicator_wanted):
        QTest.mouseClick(rows.viewport(), LEFT, pos=QPoint(40, 10))

    assert rows.rows.rows[0].target is None


def test_a_doubt_is_told_and_forbids_nothing(opened: Open, ready: Session) -> None:
    page = opened(ready)

    rows = [row.text for row in part(page, RowView, "review.missing").rows.rows]

    assert any("P15-06" in row and "catatan" in row for row in rows)
    assert not ready.open_rules(Outcome.COMPLETED)


def test_closing_too_early_shows_what_is_open_and_how_much(opened: Open, session: Session) -> None:
    page = opened(session)
    part(page, QTabBar, "review.tabs").setCurrentIndex(1)

    press(page, "review.close")

    count = len(session.open_rules(Outcome.COMPLETED))
    assert part(page, QTabBar, "review.tabs").currentIndex() == 0
    assert str(count) in told(page, "review.notice")
    assert part(page, RowView, "review.missing").hasFocus()
    assert state_of(session) is VisitState.OPEN


def test_a_visit_is_closed_once_it_was_asked_again(
    opened: Open, ready: Session, desk: Desk, qtbot: QtBot
) -> None:
    page = opened(ready)
    press(page, "review.close")
    assert part(page, QAbstractButton, "review.close.no").hasFocus()
    thoughts = part(page, QLabel, "review.close.thoughts").text()
    assert desk.say("review.close.no_receiver") in thoughts
    assert desk.say("review.close.no_exit_talk") in thoughts
    assert desk.say("review.close.doubts", count=1) in thoughts
    QTest.keyClick(part(page, QAbstractButton, "review.close.yes"), Qt.Key.Key_Escape)
    assert state_of(ready) is VisitState.OPEN

    press(page, "review.close")
    assert any("Waktu selesai: 22 November 2026, 09." in one.text() for one in labels(page))
    with qtbot.waitSignal(page.closed):
        QTest.keyClick(part(page, QAbstractButton, "review.close.yes"), ENTER)

    assert state_of(ready) is VisitState.CLOSED
    assert ready.snapshot.visit.outcome is Outcome.COMPLETED


def test_a_departure_to_come_is_refused_at_its_field(opened: Open, ready: Session) -> None:
    page = opened(ready)
    departure = part(page, MomentEdit, "review.departure")
    departure.setFocus()
    departure.selectAll()

    QTest.keyClicks(departure, "31/12/2099 10:00")
    press(page, "review.close")

    assert "masa depan" in departure.accessibleDescription()
    assert not part(page, QAbstractButton, "review.close.yes").isVisible()


def test_a_visit_that_was_stopped_asks_what_happened(
    opened: Open, session: Session, qtbot: QtBot
) -> None:
    page = opened(session)
    account = part(page, QPlainTextEdit, "review.account")
    assert not account.isVisible()
    outcome = part(page, QComboBox, "review.outcome")
    outcome.setFocus()
    QTest.keyClick(outcome, Qt.Key.Key_Down)
    assert account.isVisible()

    press(page, "review.close")
    assert "terjadi" in account.accessibleDescription()
    QTest.keyClicks(account, "Listrik padam")
    press(page, "review.close")
    with qtbot.waitSignal(page.closed):
        press(page, "review.close.yes")

    assert session.snapshot.visit.outcome is Outcome.INTERRUPTED
    assert session.snapshot.account == "Listrik padam"


def test_a_wording_is_recorded_at_rest_and_the_proposal_can_be_had_back(
    opened: Open, ready: Session, qtbot: QtBot
) -> None:
    page = opened(ready)
    QTest.keyClick(page, Qt.Key.Key_2, Qt.KeyboardModifier.ControlModifier)
    wording = part(page, QPlainTextEdit, "review.wording.P15-06")
    proposal = proposed_wording(first(ready))["id"]
    assert wording.toPlainText() == proposal
    assert first(ready).id not in ready.snapshot.findings

    wording.selectAll()
    QTest.keyClicks(wording, "Bingkai kosong.")
    qtbot.waitUntil(lambda: first(ready).id in ready.snapshot.findings)
    assert ready.snapshot.findings[first(ready).id].wording == "Bingkai kosong."

    press(page, "review.wording.P15-06.proposal")
    assert wording.toPlainText() == proposal
    assert ready.snapshot.findings[first(ready).id].wording is None


def test_owner_and_due_date_are_recorded_with_who_set_them(
    opened: Open, ready: Session, workplace: Workplace
) -> None:
    page = opened(ready)
    part(page, QTabBar, "review.tabs").setCurrentIndex(1)
    owner = part(page, QLineEdit, "review.owner.P15-06")
    due = part(page, DayEdit, "review.due.P15-06")
    QTest.keyClicks(owner, "Sekretaris Dinas")
    QTest.keyClick(owner, ENTER)
    due.setFocus()
    QTest.keyClick(due, Qt.Key.Key_Up)
    QTest.keyClick(due, ENTER)

    known = ready.snapshot.findings[first(ready).id]
    assert known.owner == "Sekretaris Dinas"
    assert known.due_date == date(2026, 12, 23)
    assert known.due_set_by == workplace.profile.name
    assert any(workplace.profile.name in label.text() for label in page.findChildren(QLabel))


def test_findings_are_listed_heaviest_first_and_chosen_by_keys(
    opened: Open, ready: Session
) -> None:
    page = opened(ready)
    part(page, QTabBar, "review.tabs").setCurrentIndex(1)
    rows = part(page, RowView, "review.findings")
    assert [row.code for row in rows.rows.rows] == [one.indicator.code for one in ready.findings()]

    rows.setFocus()
    QTest.keyClick(rows, Qt.Key.Key_Down)

    code = ready.findings()[1].indicator.code
    assert part(page, QPlainTextEdit, f"review.wording.{code}").isVisible()


def test_what_was_typed_is_recorded_before_another_finding_is_chosen(
    opened: Open, ready: Session
) -> None:
    page = opened(ready)
    part(page, QTabBar, "review.tabs").setCurrentIndex(1)
    QTest.keyClicks(part(page, QPlainTextEdit, "review.advice.P15-06"), " Segera.")

    QTest.keyClick(part(page, RowView, "review.findings"), Qt.Key.Key_Down)

    assert str(ready.snapshot.findings[first(ready).id].advice).endswith(" Segera.")


def test_a_receiver_is_recorded_by_one_button(opened: Open, ready: Session) -> None:
    page = opened(ready)
    part(page, QTabBar, "review.tabs").setCurrentIndex(2)
    press(page, "review.receiver.save")
    assert "pilih" in told(page, "review.receiver.notice")

    press(page, "review.declared.received")
    press(page, "review.receiver.save")
    name = part(page, QLineEdit, "review.receiver.name")
    assert name.accessibleDescription()
    assert ready.snapshot.receiver is None

    QTest.keyClicks(name, "Ibu Kepala")
    QTest.keyClicks(part(page, QPlainTextEdit, "review.response"), "Akan kami perbaiki.")
    QTest.keyClick(part(page, QComboBox, "review.receiver.capacity"), Qt.Key.Key_Down)
    press(page, "review.receiver.save")

    receiver = ready.snapshot.receiver
    assert receiver is not None
    assert (receiver.declared, receiver.name) == (Declaration.RECEIVED, "Ibu Kepala")
    assert receiver.response == "Akan kami perbaiki."
    assert receiver.capacity == "definitive"


def test_where_nobody_was_there_no_name_is_needed(opened: Open, ready: Session) -> None:
    page = opened(ready)
    part(page, QTabBar, "review.tabs").setCurrentIndex(2)

    press(page, "review.declared.absent")
    page.settle()

    assert ready.snapshot.receiver is not None
    assert ready.snapshot.receiver.declared is Declaration.ABSENT


def test_an_unfinished_receiver_is_there_again_when_the_page_is_come_back_to(
    opened: Open, ready: Session, qtbot: QtBot
) -> None:
    page = opened(ready)
    part(page, QTabBar, "review.tabs").setCurrentIndex(2)
    QTest.keyClicks(part(page, QPlainTextEdit, "review.response"), "Belum dapat menjawab.")

    with qtbot.waitSignal(page.said):
        page.settle()
    again = opened(ready)

    assert part(again, QPlainTextEdit, "review.response").toPlainText() == "Belum dapat menjawab."
    assert ready.snapshot.receiver is None


def test_the_exit_talk_is_begun_by_its_button(opened: Open, ready: Session) -> None:
    page = opened(ready)
    part(page, QTabBar, "review.tabs").setCurrentIndex(2)

    press(page, "review.exit_talk")

    assert state_of(ready) is VisitState.EXIT_TALK
    assert not part(page, QAbstractButton, "review.exit_talk").isVisible()


def test_a_mystery_visit_has_no_exit_talk(
    opened: Open, workplace: Workplace, library: Library
) -> None:
    store = workplace.store
    new = NewVisit(
        institution="Kota Ambon",
        unit="Dinas",
        object_type="opd",
        kind=VisitKind.MYSTERY,
        arrival=store.clock.now(),
        team=[workplace.profile.name],
    )
    visit = start_visit(store, new, library.get("2015-pemda"), library=library)

    page = opened(open_session(store, visit, library))
    part(page, QTabBar, "review.tabs").setCurrentIndex(2)

    assert not part(page, QAbstractButton, "review.exit_talk").isVisible()


def test_a_closed_visit_can_only_be_read(
    opened: Open, ready: Session, workplace: Workplace
) -> None:
    departure = workplace.store.clock.now() + timedelta(minutes=1)
    close_visit(ready, workplace, Outcome.COMPLETED, departure=departure)

    page = opened(ready)

    assert not part(page, QAbstractButton, "review.close").isVisible()
    assert part(page, QPlainTextEdit, "review.wording.P15-06").isReadOnly()
    assert part(page, QLineEdit, "review.owner.P15-06").isReadOnly()
    assert not part(page, QComboBox, "review.outcome").isEnabled()
    part(page, QTabBar, "review.tabs").setCurrentIndex(2)
    press(page, "review.declared.absent")
    press(page, "review.receiver.save")
    assert ready.snapshot.receiver is not None


def test_the_tab_key_leads_from_the_list_through_the_finding_to_the_foot(
    opened: Open, ready: Session
) -> None:
    page = opened(ready)
    part(page, QTabBar, "review.tabs").setCurrentIndex(1)
    part(page, RowView, "review.findings").setFocus()
    names = []
    for _ in range(9):
        focused = QApplication.focusWidget()
        assert focused is not None
        QTest.keyClick(focused, Qt.Key.Key_Tab)
        after = QApplication.focusWidget()
        assert after is not None
        names.append(after.objectName())

    assert list(dict.fromkeys(names)) == [
        "review.wording.P15-06",
        "review.wording.P15-06.templates",
        "review.advice.P15-06",
        "review.advice.P15-06.templates",
        "review.owner.P15-06",
        "review.due.P15-06",
        "review.due.P15-06.calendar",
        "review.due_by.P15-06",
        "review.departure",
    ]


def test_a_paused_visit_refuses_an_edit_and_says_so(
    opened: Open, ready: Session, workplace: Workplace
) -> None:
    page = opened(ready)
    part(page, QTabBar, "review.tabs").setCurrentIndex(1)
    ready.pause("Makan siang", at=workplace.store.clock.now())
    owner = part(page, QLineEdit, "review.owner.P15-06")

    QTest.keyClicks(owner, "Kepala Dinas")
    QTest.keyClick(owner, ENTER)

    assert "dijeda" in told(page, "review.problem")
    part(page, QTabBar, "review.tabs").setCurrentIndex(2)
    press(page, "review.declared.absent")
    press(page, "review.receiver.save")
    press(page, "review.exit_talk")
    assert "dijeda" in told(page, "review.receiver.notice")


def test_a_visit_that_another_program_changed_is_not_closed(
    opened: Open, ready: Session, workplace: Workplace, library: Library
) -> None:
    page = opened(ready)
    press(page, "review.close")
    other = open_session(workplace.store, ready.visit_id, library)
    answer(other, "P15-01", "practice", "absent")

    press(page, "review.close.yes")

    assert told(page, "review.problem")
    assert state_of(ready) is VisitState.OPEN
    assert part(page, QAbstractButton, "review.close").isVisible()


def stopped(page: ReviewPage, account: str) -> None:
    """Say that the visit was interrupted, and what happened."""
    QTest.keyClick(part(page, QComboBox, "review.outcome"), Qt.Key.Key_Down)
    QTest.keyClicks(part(page, QPlainTextEdit, "review.account"), account)


def test_outcome_account_and_departure_are_there_again_after_a_link_was_followed(
    opened: Open, session: Session
) -> None:
    page = opened(session)
    stopped(page, "Listrik padam")
    departure = part(page, MomentEdit, "review.departure")
    QTest.keyClick(departure, Qt.Key.Key_Up)
    assert page.settle()

    again = opened(session)

    assert part(again, QComboBox, "review.outcome").currentData() == "interrupted"
    assert part(again, QPlainTextEdit, "review.account").toPlainText() == "Listrik padam"
    assert part(again, QPlainTextEdit, "review.account").isVisible()
    assert part(again, MomentEdit, "review.departure").text() == departure.text()


def test_what_is_typed_and_not_recorded_survives_a_crash(
    opened: Open,
    session: Session,
    application: Application,
    workplace: Workplace,
    qtbot: QtBot,
) -> None:
    page = opened(session)
    stopped(page, "Listrik padam")
    QTest.keyClicks(part(page, QPlainTextEdit, "review.response"), "Belum dapat menjawab.")
    QTest.keyClicks(part(page, QLineEdit, "review.receiver.name"), "Ibu Kepala")
    for name in ("receiver", "closing"):
        qtbot.waitUntil(partial(has_draft, workplace, session, name))

    restarted = desk_over(application)
    restarted.open_with(application.unlock(PASSPHRASE))
    visit = application.open(restarted.workplace, session.visit_id)
    again = shown(qtbot, ReviewPage(restarted, visit))

    assert part(again, QPlainTextEdit, "review.account").toPlainText() == "Listrik padam"
    response = part(again, QPlainTextEdit, "review.response")
    assert response.toPlainText() == "Belum dapat menjawab."
    assert part(again, QLineEdit, "review.receiver.name").text() == "Ibu Kepala"
    restarted.lock()


def has_draft(workplace: Workplace, session: Session, name: str) -> bool:
    return bool(draft(workplace, session.visit_id, name=name))


def test_the_drafts_are_forgotten_once_all_is_recorded(
    opened: Open, session: Session, workplace: Workplace
) -> None:
    page = opened(session)
    stopped(page, "Listrik padam")
    QTest.keyClicks(part(page, QLineEdit, "review.receiver.name"), "Ibu Kepala")
    assert page.settle()
    assert draft(workplace, session.visit_id, name="receiver")
    assert draft(workplace, session.visit_id, name="closing")

    press(page, "review.declared.received")
    press(page, "review.receiver.save")
    press(page, "review.close")
    press(page, "review.close.yes")

    assert session.snapshot.account == "Listrik padam"
    assert not draft(workplace, session.visit_id, name="receiver")
    assert not draft(workplace, session.visit_id, name="closing")


def test_a_draft_that_cannot_be_kept_is_told_and_the_page_is_not_left(
    opened: Open, session: Session, workplace: Workplace
) -> None:
    page = opened(session)
    stopped(page, "Listrik padam")
    workplace.store.memory.path.unlink(missing_ok=True)
    workplace.store.memory.path.mkdir()

    assert not page.settle()

    assert told(page, "review.problem")


@pytest.mark.parametrize(("typed", "said"), [("01/01/2020", "2020"), ("31/02/2027", "31/02/2027")])
def test_a_due_date_that_cannot_be_stays_as_it_was_typed(
    opened: Open, ready: Session, typed: str, said: str
) -> None:
    page = opened(ready)
    part(page, QTabBar, "review.tabs").setCurrentIndex(1)
    due = part(page, DayEdit, "review.due.P15-06")
    due.setFocus()
    due.selectAll()
    QTest.keyClicks(due, typed)

    assert not page.settle()

    assert due.text() == typed
    assert said in due.accessibleDescription()
    assert first(ready).id not in ready.snapshot.findings


def test_a_typed_due_date_is_recorded_when_the_page_is_left(opened: Open, ready: Session) -> None:
    page = opened(ready)
    part(page, QTabBar, "review.tabs").setCurrentIndex(1)
    due = part(page, DayEdit, "review.due.P15-06")
    due.setFocus()
    QTest.keyClick(due, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    QTest.keyClicks(due, "30122026")
    assert first(ready).id not in ready.snapshot.findings

    assert page.settle()

    assert ready.snapshot.findings[first(ready).id].due_date == date(2026, 12, 30)
    events = ready.next_undo
    assert page.settle()
    assert ready.next_undo == events  # and once only


def test_a_wording_that_cannot_be_printed_stays_before_the_eyes(
    opened: Open, ready: Session
) -> None:
    page = opened(ready)
    part(page, QTabBar, "review.tabs").setCurrentIndex(1)
    wording = part(page, QPlainTextEdit, "review.wording.P15-06")
    wording.setPlainText("Bingkai\x07 kosong.")
    part(page, QTabBar, "review.tabs").setCurrentIndex(0)

    assert not page.settle()
    assert not page.settle()

    assert part(page, QTabBar, "review.tabs").currentIndex() == 1
    assert wording.accessibleDescription()
    rows = part(page, RowView, "review.findings")
    QTest.keyClick(rows, Qt.Key.Key_Down)
    assert wording.isVisible()
    assert wording.toPlainText() == "Bingkai\x07 kosong."

    wording.setPlainText("Bingkai kosong.")
    assert page.settle()
    assert not wording.accessibleDescription()
    assert ready.snapshot.findings[first(ready).id].wording == "Bingkai kosong."


def test_in_a_paused_visit_findings_are_only_read_and_the_receiver_waits(
    opened: Open, ready: Session, workplace: Workplace
) -> None:
    ready.pause("Makan siang", at=workplace.store.clock.now())
    page = opened(ready)

    assert part(page, QPlainTextEdit, "review.wording.P15-06").isReadOnly()
    assert "dijeda" in told(page, "review.problem")
    press(page, "review.declared.absent")

    assert page.settle()
    assert draft(workplace, ready.visit_id, name="receiver")["declared"] == "absent"


def test_conflicts_of_every_kind_are_told_in_words_and_can_be_compared(
    opened: Open, ready: Session, qtbot: QtBot
) -> None:
    photo = next(iter(ready.snapshot.evidence))
    finding = ready.findings()[1]
    places = (
        ("observation/P15-01/-/-/practice/-", "answer"),
        (f"evidence/{photo}", "caption"),
        (f"finding/{finding.id}", "wording"),
        ("receiver", "name"),
        ("visit", "team"),
    )
    conflicting = tuple(Conflict(entity, field, ()) for entity, field in places)
    ready._standing.snapshot = replace(ready.snapshot, conflicts=conflicting)
    page = opened(ready)
    rows = part(page, RowView, "review.missing")
    conflicts = rows.rows.rows[1 : len(places) + 1]
    assert all("mencatat hal yang berbeda" in row.text for row in conflicts)
    assert not any("/" in row.text for row in conflicts)
    followed: list[str] = []
    page._missing.conflict_wanted.disconnect()
    page._missing.conflict_wanted.connect(followed.append)

    for row in conflicts:
        rows.choose(str(row.target))
        QTest.keyClick(rows, ENTER)

    assert followed == [entity for entity, _ in places]


def test_the_rows_say_what_every_front_end_says(opened: Open, session: Session) -> None:
    page = opened(session)

    said = {row.text for row in part(page, RowView, "review.missing").rows.rows}

    for rule in session.open_rules(Outcome.COMPLETED):
        assert told_rule(rule, Language.INDONESIAN) in said


def test_a_visit_without_findings_says_so(opened: Open, session: Session) -> None:
    answer_all(session)
    page = opened(session)

    part(page, QTabBar, "review.tabs").setCurrentIndex(1)

    assert not part(page, RowView, "review.findings").isVisible()
    assert any("Tidak ada temuan" in one.text() for one in page.findChildren(QLabel))


def test_a_row_leads_to_the_receiver_who_is_missing(opened: Open, ready: Session) -> None:
    page = opened(ready)
    rows = part(page, RowView, "review.missing")
    rows.choose("receiver")

    QTest.keyClick(rows, Qt.Key.Key_Space)

    assert part(page, QTabBar, "review.tabs").currentIndex() == 2


def test_another_language_records_nothing_and_keeps_the_place(
    opened: Open, desk: Desk, ready: Session, qtbot: QtBot
) -> None:
    before = opened(ready)
    part(before, QTabBar, "review.tabs").setCurrentIndex(1)
    QTest.keyClick(part(before, RowView, "review.findings"), Qt.Key.Key_Down)
    code = ready.findings()[1].indicator.code
    typed = drafts.kept(before)
    desk.language = Language.ENGLISH

    after = opened(ready)
    after.take_over(before)
    drafts.put_back(after, typed)
    after.settle()

    assert part(after, QTabBar, "review.tabs").currentIndex() == 1
    wording = part(after, QPlainTextEdit, f"review.wording.{code}")
    assert wording.isVisible()
    assert wording.toPlainText() == proposed_wording(ready.findings()[1])["en"]
    assert not ready.snapshot.findings


def test_everything_that_can_be_used_has_a_name_and_room_for_a_finger(
    opened: Open, ready: Session
) -> None:
    page = opened(ready)
    for tab in range(3):
        part(page, QTabBar, "review.tabs").setCurrentIndex(tab)
        assert_usable(page)
