"""The window itself: its bar, language and colours, lock, drops, what is typed, what is kept."""

import sys
from datetime import UTC, datetime
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QTextCursor
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractButton,
    QCheckBox,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)
from pytestqt.qtbot import QtBot
from tests.conftest import CountingIds, SteppingClock
from tests.ui.hands_at_window import CTRL, Hands, drop, opened
from tests.ui.pages.hands import part, pdf_of_nothing
from tests.visiting import PASSPHRASE, QUICK, complete

from assessor_app.compose import Application
from assessor_app.domain.instrument import Side
from assessor_app.domain.observation import ObservationKey
from assessor_app.instruments.library import Library
from assessor_app.services.enrolment import Workplace
from assessor_app.services.session import Session
from assessor_app.texts import Language
from assessor_app.ui import drafts
from assessor_app.ui.directory import PageName
from assessor_app.ui.pages.parts.moment import MomentEdit
from assessor_app.ui.preferences import Preferences, read_preferences, write_preferences
from assessor_app.ui.theme import Scheme, Theme
from assessor_app.ui.widgets.fields import combo, value_of


@pytest.fixture
def hands(application: Application, qtbot: QtBot) -> Hands:
    """Before a used store that is locked."""
    return opened(application, qtbot)


@pytest.fixture
def at(hands: Hands, session: Session, workplace: Workplace) -> Hands:
    """At the checklist of a visit, at an indicator in the middle of it."""
    hands.open(session.visit_id)
    hands.checklist.show_indicator("P15-06")
    return hands


NOTE = "indicator.P15-06.practice.note"


# Language and colours


@pytest.mark.parametrize("switch", ["bar.language", "bar.scheme"])
def test_a_switch_keeps_the_place_and_what_is_typed(at: Hands, switch: str) -> None:
    QTest.keyClicks(part(at.window, QPlainTextEdit, NOTE), "Bingkai kosong")
    at.type("checklist.search", "maklumat")

    at.click(switch)

    assert at.window.where.page is PageName.CHECKLIST
    assert at.checklist.code == "P15-06"
    assert part(at.window, QPlainTextEdit, NOTE).toPlainText() == "Bingkai kosong"
    assert part(at.window, QLineEdit, "checklist.search").text() == "maklumat"


def test_a_new_visit_that_is_being_written_survives_both_switches(hands: Hands) -> None:
    hands.unlock()
    hands.at(PageName.VISITS)
    hands.key(Qt.Key.Key_N, CTRL)
    hands.at(PageName.NEW_VISIT)
    hands.type("new_visit.institution", "Kota Ambon")
    hands.type("new_visit.unit", "Dinas Kependudukan")

    hands.click("bar.language")
    hands.click("bar.scheme")

    assert hands.window.desk.language is Language.ENGLISH
    assert hands.window.desk.scheme is Scheme.DARK
    assert part(hands.window, QLineEdit, "new_visit.institution").text() == "Kota Ambon"
    unit = part(hands.window, QLineEdit, "new_visit.unit")
    assert unit.text() == "Dinas Kependudukan"


@pytest.mark.parametrize("place", [QTextCursor.MoveOperation.End, QTextCursor.MoveOperation.Left])
def test_typing_goes_on_where_it_was_after_a_switch(
    at: Hands, place: QTextCursor.MoveOperation
) -> None:
    def note() -> QPlainTextEdit:
        return part(at.window, QPlainTextEdit, NOTE)

    note().setFocus()
    QTest.keyClicks(note(), "Loket tutu")
    note().moveCursor(place)
    before = note().textCursor().position()

    at.click("bar.language")
    QTest.keyClicks(note(), "X")

    assert note().hasFocus()
    assert note().toPlainText() == "Loket tutu"[:before] + "X" + "Loket tutu"[before:]


def test_the_passphrase_that_is_being_typed_survives_a_switch(hands: Hands) -> None:
    hands.type("unlock.passphrase", PASSPHRASE)
    hands.click("bar.language")
    hands.click("unlock.open")

    hands.at(PageName.VISITS)
    assert part(hands.window, QPushButton, "visits.new").text() == hands.window.desk.say(
        "visits.new"
    )


def test_what_was_switched_to_is_kept_for_the_next_start(hands: Hands) -> None:
    hands.click("bar.language")
    hands.click("bar.scheme")

    kept = read_preferences(hands.window.desk.home)
    assert kept == Preferences(Language.ENGLISH, Theme.DARK)


@pytest.mark.parametrize(
    "damaged",
    [
        "",
        "{",
        "[]",
        "1",
        '{"language": "xx"}',
        '{"text": true}',
        '{"text": "150"}',
        '{"language": 1, "scheme": 2}',
        "\x00",
    ],
)
def test_damaged_preferences_are_as_good_as_none(tmp_path: Path, damaged: str) -> None:
    (tmp_path / "window.json").write_text(damaged, encoding="utf-8")

    assert read_preferences(tmp_path) == Preferences()


def test_each_preference_is_read_for_itself(tmp_path: Path) -> None:
    told = '{"language": "en", "scheme": "dark", "text": 5000, "geometry": [1], "more": {}}'
    (tmp_path / "window.json").write_text(told, encoding="utf-8")

    assert read_preferences(tmp_path) == Preferences(Language.ENGLISH, Theme.DARK, 100, None)


def test_preferences_that_cannot_be_written_stop_nobody(tmp_path: Path) -> None:
    (tmp_path / "home").write_text("a file stands where the folder should be")

    write_preferences(tmp_path / "home", Preferences(Language.ENGLISH, Theme.DARK))

    assert read_preferences(tmp_path / "home") == Preferences()


# Lock, back and steps


def test_a_locked_window_opens_again_at_the_same_indicator(at: Hands) -> None:
    at.click("bar.lock")
    at.at(PageName.UNLOCK)
    assert not at.window.desk.unlocked
    assert at.window.session is None

    at.unlock()
    at.at(PageName.CHECKLIST)

    assert at.checklist.code == "P15-06"


def test_what_is_typed_is_recorded_before_the_lock(at: Hands) -> None:
    QTest.keyClicks(part(at.window, QPlainTextEdit, NOTE), "Bingkai kosong")

    at.click("bar.lock")
    at.unlock()
    at.at(PageName.CHECKLIST)

    assert part(at.window, QPlainTextEdit, NOTE).toPlainText() == "Bingkai kosong"


def test_the_steps_lead_through_a_visit_and_back(at: Hands) -> None:
    for step in (PageName.REVIEW, PageName.ISSUE, PageName.CHECKLIST):
        at.click(f"bar.step.{step.value}")
        at.at(step)
        assert part(at.window, QAbstractButton, f"bar.step.{step.value}").isChecked()
    assert at.checklist.code == "P15-06"


def test_back_leads_to_the_visits_and_forgets_the_place(at: Hands) -> None:
    at.click("bar.back")
    at.at(PageName.VISITS)
    assert not part(at.window, QWidget, "bar.back").isVisible()

    at.click("bar.lock")
    at.unlock()
    at.at(PageName.VISITS)


def test_a_closed_visit_opens_at_its_document(
    hands: Hands, session: Session, workplace: Workplace, tmp_path: Path
) -> None:
    complete(session, workplace, tmp_path)
    hands.unlock()
    hands.at(PageName.VISITS)

    hands.click("visits.open")

    hands.at(PageName.ISSUE)


def test_a_visit_whose_instrument_is_gone_is_told_and_the_list_stays(
    home: Path, session: Session, workplace: Workplace, tmp_path: Path, qtbot: QtBot
) -> None:
    nothing = tmp_path / "no instruments"
    nothing.mkdir()
    poor = Application(home, SteppingClock(), CountingIds(9000), Library([nothing]), QUICK)
    hands = opened(poor, qtbot)
    hands.unlock()
    hands.at(PageName.VISITS)

    hands.click("visits.open")

    assert hands.notice()
    assert hands.window.where.page is PageName.VISITS


# Files that fall onto the window


def test_a_pdf_that_falls_onto_a_locked_window_is_judged(hands: Hands, tmp_path: Path) -> None:
    assert drop(hands.window, [pdf_of_nothing(tmp_path)])
    hands.at(PageName.VERIFY)
    assert part(hands.window, QLabel, "verify.standing").text()

    hands.click("bar.back")
    hands.at(PageName.UNLOCK)


def test_back_from_a_judged_document_leads_to_where_it_fell(at: Hands, tmp_path: Path) -> None:
    assert drop(at.window, [pdf_of_nothing(tmp_path)])
    at.at(PageName.VERIFY)

    at.click("bar.back")
    at.at(PageName.CHECKLIST)

    assert at.checklist.code == "P15-06"


def test_other_files_are_let_fall(hands: Hands, tmp_path: Path) -> None:
    other, one, two = tmp_path / "a.txt", tmp_path / "a.pdf", tmp_path / "b.pdf"

    assert not drop(hands.window, [other])
    assert not drop(hands.window, [one, two])
    assert hands.window.where.page is PageName.UNLOCK


# What is typed


def test_closing_the_window_records_what_is_typed(
    at: Hands, application: Application, session: Session
) -> None:
    QTest.keyClicks(part(at.window, QPlainTextEdit, NOTE), "Bingkai kosong")

    at.window.close()

    again = application.open(application.unlock(PASSPHRASE), session.visit_id)
    seen = again.snapshot.observation(ObservationKey("P15-06", Side.PRACTICE))
    assert seen.note == "Bingkai kosong"


def test_a_fault_of_the_program_is_told_over_the_page(hands: Hands) -> None:
    hands.window.tell_fault("ZeroDivisionError")

    assert "ZeroDivisionError" in hands.notice()
    assert "aman" in hands.notice()


def test_drafts_keep_every_kind_of_editor_by_its_name(qtbot: QtBot) -> None:
    before, after = form(qtbot), form(qtbot)
    part(before, QLineEdit, "line").setText("Kota Ambon")
    part(before, QPlainTextEdit, "note").setPlainText("dua\nbaris")
    part(before, QCheckBox, "tick").setChecked(True)
    part(before, MomentEdit, "moment").choose(datetime(2026, 11, 21, 9, 30, tzinfo=UTC))
    untouched = part(before, MomentEdit, "now").text()
    part(after, MomentEdit, "now").propose(datetime(2026, 11, 20, tzinfo=UTC))
    chosen = before.choice
    chosen.setCurrentIndex(1)
    part(before, QLineEdit, "line").setFocus()

    drafts.put_back(after, drafts.kept(before))

    assert part(after, QLineEdit, "line").text() == "Kota Ambon"
    assert part(after, QPlainTextEdit, "note").toPlainText() == "dua\nbaris"
    assert part(after, QCheckBox, "tick").isChecked()
    assert part(after, MomentEdit, "moment").text() == part(before, MomentEdit, "moment").text()
    assert part(after, MomentEdit, "moment").touched
    assert part(after, MomentEdit, "now").text() != untouched
    assert value_of(after.choice) == "second"


class Form(QWidget):
    """One editor of each kind."""

    def __init__(self) -> None:
        super().__init__()
        self.choice = combo("choice", [("first", "Satu"), ("second", "Dua")])
        rows = QVBoxLayout(self)
        now = datetime(2026, 11, 22, tzinfo=UTC)
        kinds = (
            ("line", QLineEdit()),
            ("note", QPlainTextEdit()),
            ("tick", QCheckBox()),
            ("moment", MomentEdit("moment", UTC, at=now)),
            ("now", MomentEdit("now", UTC, at=now)),
        )
        for name, editor in kinds:
            editor.setObjectName(name)
            rows.addWidget(editor)
        rows.addWidget(self.choice)


def form(qtbot: QtBot) -> Form:
    made = Form()
    qtbot.addWidget(made)
    return made


# The binding


def test_the_binding_keeps_its_references_to_none(qtbot: QtBot) -> None:
    """PySide 6.12 on Python 3.11 loses one at each call, until the interpreter aborts."""
    button = QPushButton()
    qtbot.addWidget(button)
    button.setText("x")
    before = sys.getrefcount(None)

    for _ in range(500):
        button.setText("x")

    assert sys.getrefcount(None) > before - 50
