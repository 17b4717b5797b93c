"""The door that stayed shut, recorded in one go."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit, QPlainTextEdit, QPushButton
from pytestqt.qtbot import QtBot
from tests.ui.pages.hands import (
    assert_usable,
    click,
    faults,
    part,
    shown,
    text_of,
    type_into,
)

from assessor_app.domain.problem import StoreProblem
from assessor_app.domain.visit import Declaration, Outcome, Receiver, VisitState
from assessor_app.services.enrolment import Workplace
from assessor_app.services.session import Session
from assessor_app.services.visits import all_visits
from assessor_app.texts import Language
from assessor_app.ui.desk import Desk
from assessor_app.ui.pages.starting.refused import RefusedPage


@pytest.fixture
def page(desk: Desk, qtbot: QtBot) -> RefusedPage:
    return shown(qtbot, RefusedPage(desk))


def fill(page: RefusedPage, outcome: Outcome = Outcome.ENTRY_REFUSED) -> None:
    type_into(page, "refused.institution", "Kota Ambon")
    type_into(page, "refused.unit", "Dinas Kesehatan")
    click(page, f"refused.outcome.{outcome.value}")


def made(page: RefusedPage, desk: Desk, qtbot: QtBot) -> Session:
    with qtbot.waitSignal(page.closed) as told:
        click(page, "refused.make")
    assert told.args is not None
    return desk.application.open(desk.workplace, str(told.args[0]))


def test_names_a_tap_and_a_ready_sentence_make_a_closed_visit(
    page: RefusedPage, desk: Desk, qtbot: QtBot
) -> None:
    fill(page)
    click(page, "refused.ready.guard")

    session = made(page, desk, qtbot)

    visit = session.snapshot.visit
    assert (visit.state, visit.outcome) == (VisitState.CLOSED, Outcome.ENTRY_REFUSED)
    assert session.snapshot.account == desk.say("refused.ready_guard")
    assert session.snapshot.receiver == Receiver(Declaration.REFUSED)
    assert visit.departure is not None
    assert visit.departure > visit.arrival


def test_who_was_met_is_recorded_as_having_refused(
    page: RefusedPage, desk: Desk, qtbot: QtBot
) -> None:
    fill(page)
    click(page, "refused.ready.officer")
    type_into(page, "refused.name", "Pak Anton")
    type_into(page, "refused.position", "Kepala Tata Usaha")

    receiver = made(page, desk, qtbot).snapshot.receiver

    assert receiver is not None
    assert (receiver.declared, receiver.name) == (Declaration.REFUSED, "Pak Anton")
    assert receiver.position == "Kepala Tata Usaha"


def test_whoever_stands_before_a_closed_office_receives_nothing_for_it(
    page: RefusedPage, desk: Desk, qtbot: QtBot
) -> None:
    fill(page, Outcome.OFFICE_CLOSED)
    click(page, "refused.ready.locked")
    type_into(page, "refused.name", "Penjaga parkir")

    session = made(page, desk, qtbot)

    assert session.snapshot.visit.outcome is Outcome.OFFICE_CLOSED
    assert session.snapshot.receiver is not None
    assert session.snapshot.receiver.declared is Declaration.ABSENT


def test_what_was_declared_follows_the_outcome_until_it_is_chosen(
    page: RefusedPage, desk: Desk, qtbot: QtBot
) -> None:
    refused = part(page, QPushButton, "refused.declared.refused")
    absent = part(page, QPushButton, "refused.declared.absent")
    fill(page)
    assert refused.isChecked()
    click(page, "refused.outcome.office_closed")
    assert absent.isChecked()

    click(page, "refused.declared.refused")
    click(page, "refused.outcome.entry_refused")
    click(page, "refused.outcome.office_closed")
    assert refused.isChecked()

    click(page, "refused.ready.locked")
    receiver = made(page, desk, qtbot).snapshot.receiver
    assert receiver is not None
    assert receiver.declared is Declaration.REFUSED


def test_ready_sentences_follow_the_outcome_and_add_to_what_is_written_once(
    page: RefusedPage, desk: Desk
) -> None:
    assert not part(page, QPushButton, "refused.ready.guard").isVisible()
    fill(page)
    type_into(page, "refused.account", "Pukul sembilan.")

    click(page, "refused.ready.guard")
    click(page, "refused.ready.guard")

    account = part(page, QPlainTextEdit, "refused.account")
    sentence = desk.say("refused.ready_guard")
    assert account.toPlainText() == f"Pukul sembilan. {sentence}"
    assert not part(page, QPushButton, "refused.ready.locked").isVisible()
    click(page, "refused.outcome.office_closed")
    assert part(page, QPushButton, "refused.ready.locked").isVisible()
    assert not part(page, QPushButton, "refused.ready.guard").isVisible()


def test_nothing_is_begun_while_something_is_missing(
    page: RefusedPage, desk: Desk, workplace: Workplace
) -> None:
    click(page, "refused.make")

    assert set(faults(page)) == {
        desk.say("office.missing_institution"),
        desk.say("office.missing_unit"),
        desk.say("refused.missing_outcome"),
        desk.say("refused.missing_account"),
    }
    assert not all_visits(workplace.store)


def test_a_failure_on_the_way_is_told_and_the_next_try_goes_on(
    page: RefusedPage, desk: Desk, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    fill(page)
    click(page, "refused.ready.guard")
    with monkeypatch.context() as full:
        full.setattr(Session, "close", _disk_full)
        click(page, "refused.make")
    assert "aman" in text_of(page, "refused.notice.text")

    session = made(page, desk, qtbot)

    assert len(all_visits(desk.workplace.store)) == 1
    assert session.snapshot.visit.state is VisitState.CLOSED


def test_an_office_corrected_after_a_failure_is_the_one_in_the_minutes(
    page: RefusedPage, desk: Desk, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    fill(page)
    click(page, "refused.ready.guard")
    type_into(page, "refused.name", "Pak Anton")
    with monkeypatch.context() as full:
        full.setattr(Session, "close", _disk_full)
        click(page, "refused.make")
    part(page, QLineEdit, "refused.institution").setText("Kota Tual")
    part(page, QLineEdit, "refused.name").clear()

    session = made(page, desk, qtbot)

    assert session.snapshot.visit.institution == "Kota Tual"
    assert session.snapshot.visit.state is VisitState.CLOSED
    assert session.snapshot.receiver == Receiver(Declaration.REFUSED)
    states = {one.institution: one.state for one in all_visits(desk.workplace.store)}
    assert states == {"Kota Tual": VisitState.CLOSED, "Kota Ambon": VisitState.VOIDED}


def test_the_keyboard_alone_makes_the_minutes(page: RefusedPage, desk: Desk, qtbot: QtBot) -> None:
    page.activateWindow()
    type_into(page, "refused.institution", "Kota Ambon")
    type_into(page, "refused.unit", "Dinas Kesehatan")
    closed = part(page, QPushButton, "refused.outcome.office_closed")
    closed.setFocus()
    QTest.keyClick(closed, Qt.Key.Key_Space)
    type_into(page, "refused.account", "Terkunci sejak pagi.")

    with qtbot.waitSignal(page.closed):
        QTest.keyClick(page, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)

    (visit,) = all_visits(desk.workplace.store)
    assert visit.outcome is Outcome.OFFICE_CLOSED


def test_another_language_keeps_outcome_and_arrival(
    page: RefusedPage, desk: Desk, qtbot: QtBot
) -> None:
    fill(page)
    begun = desk.workplace.store.clock.now()
    desk.language = Language.ENGLISH

    other = RefusedPage(desk)
    other.take_over(page)
    shown(qtbot, other)
    type_into(other, "refused.institution", "Kota Ambon")
    type_into(other, "refused.unit", "Dinas Kesehatan")
    click(other, "refused.ready.guard")

    visit = made(other, desk, qtbot).snapshot.visit
    assert visit.outcome is Outcome.ENTRY_REFUSED
    assert visit.arrival < begun


def test_escape_leaves_without_a_visit(page: RefusedPage, desk: Desk, qtbot: QtBot) -> None:
    page.activateWindow()

    with qtbot.waitSignal(page.left):
        QTest.keyClick(page, Qt.Key.Key_Escape)

    assert not all_visits(desk.workplace.store)


def test_escape_asks_before_it_throws_away_what_is_chosen_or_typed(
    page: RefusedPage, qtbot: QtBot
) -> None:
    click(page, "refused.outcome.entry_refused")
    page.activateWindow()

    with qtbot.assertNotEmitted(page.left):
        QTest.keyClick(page, Qt.Key.Key_Escape)
    assert not page.may_leave()

    with qtbot.waitSignal(page.left):
        click(page, "refused.leave.action")


def test_every_control_can_be_named_and_hit(page: RefusedPage) -> None:
    click(page, "refused.outcome.entry_refused")

    assert_usable(page)


def _disk_full(*_of_the_verb: object, **_named: object) -> None:
    raise StoreProblem("disk_full", path="store.db")
