"""Moving a visit to another instrument from its review: shown first, then done for a reason."""

from collections.abc import Iterator
from pathlib import Path
from threading import Event

import pytest
from PySide6.QtWidgets import QApplication, QComboBox, QDialog, QLabel, QLineEdit, QPushButton
from pytestqt.qtbot import QtBot
from tests.conftest import begin
from tests.ui.pages.hands import PATIENCE_MS, assert_usable, click, desk_over, faults, part
from tests.visiting import answer, photo_file

from assessor_app.compose import Application
from assessor_app.domain.instrument import Side
from assessor_app.instruments.library import Library
from assessor_app.services.enrolment import Workplace
from assessor_app.services.session import Session
from assessor_app.ui.desk import Desk
from assessor_app.ui.directory import PageName, Where
from assessor_app.ui.main_window import MainWindow
from assessor_app.ui.pages.checklist.photos import Goal
from assessor_app.ui.pages.review.moving import MoveDialog, others
from assessor_app.ui.tasks import Tell
from assessor_app.ui.widgets.fields import choose


@pytest.fixture
def window(
    application: Application, workplace: Workplace, kinds: Session, qtbot: QtBot
) -> Iterator[MainWindow]:
    """At the review of a visit under the instrument of every kind."""
    answer(kinds, "K-01", "paperwork", "present")
    desk = desk_over(application)
    desk.open_with(workplace)
    window = MainWindow(desk)
    qtbot.addWidget(window)
    window.resize(1024, 768)
    with qtbot.waitExposed(window):
        window.show()
    window.go(Where(PageName.REVIEW, visit=kinds.visit_id))
    yield window
    desk.tasks.wait()
    desk.forget()


def dialog_of(window: MainWindow) -> MoveDialog:
    click(window.page, "review.move")
    found = window.page.findChildren(QDialog, "moving")
    assert isinstance(found[0], MoveDialog)
    return found[0]


def said(dialog: MoveDialog) -> str:
    return "\n".join(one.text() for one in dialog.findChildren(QLabel) if one.isVisible())


def test_what_moving_does_is_shown_before_it_is_done(window: MainWindow) -> None:
    dialog = dialog_of(window)

    choose(part(dialog, QComboBox, "moving.to"), "small@1")
    QApplication.processEvents()

    told = said(dialog)
    assert "Jawaban yang tidak dihitung lagi: 1" in told
    assert "• K-01, Di atas kertas: “Ada” – indikatornya tidak ada lagi" in told
    assert "Indikator baru yang belum dijawab (6): T-01, T-02" in told
    assert_usable(dialog)
    dialog.reject()


def test_without_a_reason_nothing_is_moved(window: MainWindow, kinds: Session) -> None:
    dialog = dialog_of(window)

    click(dialog, "moving.go")

    assert faults(dialog) == ["Tuliskan alasannya; ia tercatat dalam kunjungan."]
    assert kinds.snapshot.visit.instrument_version == "kinds@1"
    dialog.reject()


def test_a_moved_visit_goes_on_under_the_other_instrument(
    window: MainWindow, kinds: Session
) -> None:
    dialog = dialog_of(window)
    choose(part(dialog, QComboBox, "moving.to"), "small@1")
    part(dialog, QLineEdit, "moving.reason").setText("Instrumen diperbaiki")

    click(dialog, "moving.go")

    assert window.where.page is PageName.CHECKLIST
    assert window.session is not None
    assert window.session is not kinds
    assert window.session.instrument.pin == "small@1"
    assert answer(window.session, "T-02", "paperwork", "present").event is not None


def keep_busy(window: MainWindow, *, workers: int) -> Event:
    """Let workers wait until the event that is returned is set."""
    let_go = Event()

    def work(_: Tell) -> None:
        let_go.wait(PATIENCE_MS / 1000)

    def told(_: object) -> None:
        """Nothing is to be shown."""

    for _ in range(workers):
        window.desk.tasks.run(work, owner=window, done=told, failed=told)
    return let_go


def test_a_photo_that_is_being_taken_in_comes_home_before_the_visit_is_moved(
    window: MainWindow, qtbot: QtBot, tmp_path: Path
) -> None:
    before = window.session
    assert before is not None
    let_go = keep_busy(window, workers=2)  # all there are: the photo waits in their queue
    goal = Goal("K-01", Side.PAPERWORK)
    window.photos_of(before).take_files(goal, [photo_file(tmp_path)])
    said: list[str] = []
    window.page.said.connect(said.append)  # type: ignore[attr-defined]  # of the review

    click(window.page, "review.move")
    click(window.page, "review.move")

    assert said[-1] == window.desk.say("moving.waiting")
    assert not window.page.findChildren(QDialog, "moving")
    let_go.set()
    qtbot.waitUntil(lambda: bool(window.page.findChildren(QDialog, "moving")), timeout=PATIENCE_MS)
    (dialog,) = window.page.findChildren(MoveDialog)
    assert len(before.snapshot.evidence) == 1
    choose(part(dialog, QComboBox, "moving.to"), "small@1")
    part(dialog, QLineEdit, "moving.reason").setText("Instrumen diperbaiki")
    click(dialog, "moving.go")

    assert window.session is not None
    assert window.session is not before
    assert window.session.instrument.pin == "small@1"
    assert len(window.session.snapshot.evidence) == 1
    other = Goal("T-02", Side.PAPERWORK)
    window.photos_of(window.session).take_files(other, [photo_file(tmp_path, "navy")])
    window.desk.tasks.wait()
    assert len(window.session.snapshot.evidence) == 2
    assert answer(window.session, "T-02", "paperwork", "present").event is not None


def test_who_left_the_review_meanwhile_is_not_asked_about_a_move(
    window: MainWindow, kinds: Session
) -> None:
    let_go = keep_busy(window, workers=1)
    click(window.page, "review.move")
    window.go(Where(PageName.CHECKLIST, visit=kinds.visit_id))

    let_go.set()
    window.desk.tasks.wait()

    assert window.where.page is PageName.CHECKLIST
    assert not window.findChildren(QDialog, "moving")


def test_a_closed_or_paused_visit_is_not_offered_another_instrument(
    application: Application, workplace: Workplace, library: Library
) -> None:
    desk = desk_over(application)
    desk.open_with(workplace)
    session = application.open(workplace, begin(workplace, library.get("kinds"), library))
    assert others(desk, session)

    session.pause("Istirahat", at=workplace.store.clock.now())

    assert not others(desk, session)
    desk.forget()


def test_an_instrument_for_other_offices_is_not_offered(
    desk_and_session: tuple[Desk, Session],
) -> None:
    desk, session = desk_and_session

    pins = [one.pin for one in others(desk, session)]

    assert "small@1" in pins
    assert session.instrument.pin not in pins
    kind = session.snapshot.visit.object_type
    library = desk.application.library
    assert all(library.get(pin).object_type(kind) for pin in pins)


@pytest.fixture
def desk_and_session(
    application: Application, workplace: Workplace, kinds: Session
) -> Iterator[tuple[Desk, Session]]:
    desk = desk_over(application)
    desk.open_with(workplace)
    yield desk, kinds
    desk.forget()


def test_the_button_is_hidden_where_there_is_nowhere_to_move(
    window: MainWindow, kinds: Session
) -> None:
    assert part(window.page, QPushButton, "review.move").isVisible()

    kinds.pause("Istirahat", at=kinds.snapshot.visit.arrival)
    window._opened.session = kinds
    window.go(Where(PageName.REVIEW, visit=kinds.visit_id))

    assert not part(window.page, QPushButton, "review.move").isVisible()
