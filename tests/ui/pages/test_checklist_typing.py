"""What is typed at the checklist: recorded as typed, at its own place, and kept when refused."""

import contextlib
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

from PySide6.QtCore import QMimeData, QPoint, Qt, QUrl
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit, QScrollArea, QWidget
from pytestqt.qtbot import QtBot
from tests.ui.hands_at_window import drop, opened
from tests.ui.pages.checklist_hands import CTRL, PAPER, AtChecklist
from tests.ui.pages.hands import part
from tests.visiting import answer, photo_file

from assessor_app.compose import Application
from assessor_app.domain.observation import ObservationKey
from assessor_app.services.enrolment import Workplace
from assessor_app.services.session import Session
from assessor_app.ui.directory import PageName
from assessor_app.ui.pages.parts.moment import MomentEdit


@contextlib.contextmanager
def refusing(workplace: Workplace) -> Iterator[None]:
    """The disk takes nothing for a while."""
    with workplace.store.engine.begin() as connection:
        connection.exec_driver_sql(
            "CREATE TRIGGER full BEFORE INSERT ON event BEGIN SELECT RAISE(ABORT, 'full'); END"
        )
    yield
    with workplace.store.engine.begin() as connection:
        connection.exec_driver_sql("DROP TRIGGER full")


def test_a_pause_between_two_words_eats_no_space(at: AtChecklist) -> None:
    note = at.note()
    note.setFocus()
    QTest.keyClicks(note, "ruang ")
    at.until(lambda: at.seen().note == "ruang")

    QTest.keyClicks(note, "tunggu")
    at.until(lambda: at.seen().note == "ruang tunggu")

    assert note.toPlainText() == "ruang tunggu"


def test_a_refused_note_stays_typed_and_is_recorded_when_it_can_be(
    at: AtChecklist, workplace: Workplace
) -> None:
    note = at.note()
    note.setFocus()
    with refusing(workplace):
        QTest.keyClicks(note, "Papan alur tidak ada.")
        at.key(Qt.Key.Key_Return, CTRL)

        assert at.page.code == "P15-06"
        assert at.notice()
        assert at.note().toPlainText() == "Papan alur tidak ada."
        assert at.seen().note is None
    at.key(Qt.Key.Key_Return, CTRL)

    assert at.page.code == "P15-07"
    assert at.seen(code="P15-06").note == "Papan alur tidak ada."


def test_a_reason_never_lands_on_another_indicator(
    at: AtChecklist, session: Session, workplace: Workplace
) -> None:
    answer(session, "P15-07", "paperwork", "present")
    at.key(Qt.Key.Key_0)
    with refusing(workplace):
        at.type(at.name(PAPER, "reason"), "arsip terkunci")
        at.key(Qt.Key.Key_Return, CTRL)
    at.key(Qt.Key.Key_Return, CTRL)

    assert at.seen(code="P15-06").not_assessed_reason == "arsip terkunci"
    assert at.seen(code="P15-07").answer == "present"


def test_a_photo_that_arrives_leaves_the_reason_that_is_being_typed(
    at: AtChecklist, tmp_path: Path
) -> None:
    drop(part(at.page, QWidget, at.name(PAPER, "evidence")), [photo_file(tmp_path)])
    at.key(Qt.Key.Key_0)
    reason = part(at.page, QLineEdit, at.name(PAPER, "reason"))
    QTest.keyClicks(reason, "arsip")
    at.until(lambda: bool(at.session.snapshot.evidence))

    assert reason.isVisible()
    assert reason.text() == "arsip"
    at.until(lambda: at.seen().not_assessed_reason == "arsip")


def test_a_photo_is_attached_though_the_page_was_left(
    application: Application, session: Session, workplace: Workplace, qtbot: QtBot, tmp_path: Path
) -> None:
    workplace.store.close()
    hands = opened(application, qtbot)
    hands.open(session.visit_id)
    hands.checklist.show_indicator("P15-06")
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(photo_file(tmp_path)))])
    QGuiApplication.clipboard().setMimeData(data)
    hands.key(Qt.Key.Key_V, CTRL)
    hands.click("bar.step.review")
    hands.at(PageName.REVIEW)

    kept = hands.window.session
    assert kept is not None
    evidence = next(iter(kept.snapshot.evidence.values()))
    assert evidence.attached_to == (ObservationKey("P15-06", PAPER),)


def test_the_month_of_a_date_may_be_written_out(at: AtChecklist) -> None:
    at.click(at.name(PAPER, "document"))
    at.type(at.name(PAPER, "document.date"), "12 Maret 2026")
    at.key(Qt.Key.Key_Return, CTRL)

    dated = at.seen(code="P15-06").document.dated
    assert dated is not None
    assert dated.isoformat() == "2026-03-12"


def test_a_moment_that_was_taken_back_is_not_recorded_again(at: AtChecklist) -> None:
    at.click(at.name(PAPER, "time"))
    moment = part(at.page, MomentEdit, at.name(PAPER, "observed_at"))
    shown = moment.shown
    assert shown is not None
    moment.choose(shown - timedelta(hours=1))
    moment.editingFinished.emit()
    assert at.seen().observed_at is not None

    at.click(at.name(PAPER, "observed_now"))
    at.key(Qt.Key.Key_Return, CTRL)

    assert at.seen(code="P15-06").observed_at is None


def test_a_product_is_the_same_in_other_letters(at: AtChecklist, session: Session) -> None:
    answer(session, "P15-06", "paperwork", "present", product="KTP")
    at.page.show_indicator("P15-07")
    at.page.show_indicator("P15-06")

    at.type("indicator.P15-06.product.new", "ktp")
    at.key(Qt.Key.Key_Return)

    assert at.shown_answer(PAPER) == "present"
    assert list(at.session.snapshot.products.values()) == ["KTP"]


def test_escape_gives_the_keys_back_to_the_page(at: AtChecklist) -> None:
    at.key(Qt.Key.Key_N)
    QTest.keyClicks(at.note(), "3 kursi")
    at.key(Qt.Key.Key_Escape)
    at.key(Qt.Key.Key_1)

    assert at.seen().note == "3 kursi"
    assert at.seen().answer == "present"


def test_the_same_answer_again_is_no_action_of_its_own(at: AtChecklist) -> None:
    at.key(Qt.Key.Key_2)
    at.key(Qt.Key.Key_1)
    at.key(Qt.Key.Key_1)
    at.key(Qt.Key.Key_Z, CTRL)

    assert at.seen().answer == "absent"


def test_a_finger_that_scrolls_answers_nothing(
    application: Application, session: Session, workplace: Workplace, qtbot: QtBot
) -> None:
    workplace.store.close()
    hands = opened(application, qtbot)
    hands.open(session.visit_id)
    hands.checklist.show_indicator("P15-06")
    hands.window.resize(1024, 700)
    hands.click("indicator.P15-06.paperwork.document")  # so that there is something to scroll
    area = part(hands.window, QScrollArea, "checklist.middle")
    qtbot.waitUntil(lambda: area.verticalScrollBar().maximum() > 40)
    # Left of 800 pixels: there the screenless platform's screen ends, and gestures with it.
    button = part(hands.window, QWidget, "indicator.P15-06.paperwork.absent")
    drag(button, by=-60)
    tree = part(hands.window, QWidget, "checklist.tree")
    drag(tree, by=-60)

    assert not hands.checklist.session.snapshot.observations
    assert hands.checklist.code == "P15-06"
    hands.touch("indicator.P15-06.paperwork.absent")
    seen = hands.checklist.session.snapshot.observation(ObservationKey("P15-06", PAPER))
    assert seen.answer == "absent"


def drag(widget: QWidget, *, by: int) -> None:
    """One finger, down in the middle, moved by so many pixels, up."""
    window = widget.window().windowHandle()
    finger = QTest.createTouchDevice()
    start = widget.mapTo(widget.window(), widget.rect().center())
    QTest.touchEvent(window, finger).press(0, QPoint(start), window).commit()
    for step in range(1, 7):
        place = QPoint(start.x(), start.y() + by * step // 6)
        QTest.touchEvent(window, finger).move(0, place, window).commit()
    end = QPoint(start.x(), start.y() + by)
    QTest.touchEvent(window, finger).release(0, end, window).commit()
