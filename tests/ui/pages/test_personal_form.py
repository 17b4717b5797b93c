"""Name and contact of a respondent, asked for beside the interview and kept outside of it."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QDialog, QLabel, QLineEdit, QPushButton
from pytestqt.qtbot import QtBot
from tests.ui.pages.checklist_hands import Look
from tests.ui.pages.hands import assert_usable, click, faults, part, shown, type_into

from assessor_app.services.enrolment import Workplace
from assessor_app.services.people import Erased, Person, person, respondent_called
from assessor_app.services.session import Session
from assessor_app.ui.desk import Desk
from assessor_app.ui.pages.checklist.personal import PersonDialog


@pytest.fixture
def asked(small: Session) -> Session:
    small.introduce("Pengguna 1")
    return small


def dialog_of(desk: Desk, asked: Session, over: QLabel) -> PersonDialog:
    dialog = PersonDialog(desk, asked.visit_id, over, pseudonym="Pengguna 1")
    dialog.open()
    return dialog


def test_what_is_kept_is_shown_again_and_erased_for_a_reason(
    desk: Desk, asked: Session, workplace: Workplace, qtbot: QtBot
) -> None:
    over = shown(qtbot, QLabel("x"))
    dialog = dialog_of(desk, asked, over)
    assert_usable(dialog)
    click(dialog, "person.keep")
    assert faults(dialog)
    type_into(dialog, "person.name", "Maria Tehupeiory")
    type_into(dialog, "person.contact", "0812")
    click(dialog, "person.keep")
    id_ = respondent_called(workplace, asked.visit_id, pseudonym="Pengguna 1")
    assert person(workplace, id_) == Person("Maria Tehupeiory", "0812")

    again = dialog_of(desk, asked, over)
    assert part(again, QLineEdit, "person.name").text() == "Maria Tehupeiory"
    click(again, "person.erase")
    reason = part(again, QDialog, "people.erase")
    type_into(reason, "people.erase.reason", "Diminta yang bersangkutan")
    click(reason, "people.erase.go")

    assert isinstance(person(workplace, id_), Erased)
    assert not part(again, QLineEdit, "person.name").text()
    assert not part(again, QPushButton, "person.erase").isVisible()
    again.reject()


def test_the_form_is_opened_from_the_interview(look: Look, kinds: Session) -> None:
    code = next(one.code for one in kinds.instrument.indicators() if one.roles)
    role = kinds.instrument.indicator(code).roles[0]
    kinds.introduce("Orang-1", post=role.code)
    at = look(kinds, code)
    name = f"indicator.{code}.respondents.person"

    QTest.mouseClick(part(at.page, QAbstractButton, name), Qt.MouseButton.LeftButton)

    dialog = part(at.page, QDialog, "person")
    assert "Orang-1" in dialog.windowTitle()
    dialog.reject()
