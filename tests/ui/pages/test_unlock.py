"""The page that asks for the passphrase."""

import subprocess
import sys
from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QCheckBox, QLineEdit
from pytestqt.qtbot import QtBot
from tests.ui.pages.hands import (
    PATIENCE_MS,
    assert_usable,
    click,
    desk_over,
    faults,
    part,
    shown,
    text_of,
    type_into,
    wait_for_tasks,
)
from tests.visiting import PASSPHRASE

from assessor_app.compose import Application
from assessor_app.services.enrolment import Workplace
from assessor_app.ui.desk import Desk
from assessor_app.ui.pages.unlock import UnlockPage


@pytest.fixture
def desk(application: Application, qtbot: QtBot) -> Iterator[Desk]:
    desk = desk_over(application)
    yield desk
    desk.tasks.wait()


@pytest.fixture
def page(desk: Desk, qtbot: QtBot) -> UnlockPage:
    return shown(qtbot, UnlockPage(desk))


def test_the_passphrase_and_enter_open_the_store(page: UnlockPage, qtbot: QtBot) -> None:
    type_into(page, "unlock.passphrase", PASSPHRASE)

    with qtbot.waitSignal(page.unlocked, timeout=PATIENCE_MS) as opened:
        QTest.keyClick(part(page, QLineEdit, "unlock.passphrase"), Qt.Key.Key_Return)

    assert opened.args is not None
    workplace = opened.args[0]
    assert isinstance(workplace, Workplace)
    assert workplace.profile.name == "Siti Rahma, S.H."
    assert not part(page, QLineEdit, "unlock.passphrase").text()
    workplace.store.close()


def test_a_wrong_passphrase_is_told_at_the_field_and_can_be_typed_over(
    page: UnlockPage, desk: Desk, qtbot: QtBot
) -> None:
    type_into(page, "unlock.passphrase", "salah")

    click(page, "unlock.open")
    qtbot.waitUntil(lambda: bool(faults(page)), timeout=PATIENCE_MS)

    assert "salah" in faults(page)[0]
    wait_for_tasks(qtbot, desk)
    line = part(page, QLineEdit, "unlock.passphrase")
    assert line.hasFocus()
    assert line.selectedText()


def test_an_empty_passphrase_is_not_even_tried(page: UnlockPage) -> None:
    click(page, "unlock.open")

    assert faults(page) == ["Ketik frasa sandi Anda."]


def test_a_damaged_store_is_told_above_the_field(
    page: UnlockPage, application: Application, qtbot: QtBot
) -> None:
    (application.home / "store" / "keys.json").write_text("{", encoding="utf-8")
    type_into(page, "unlock.passphrase", PASSPHRASE)

    click(page, "unlock.open")

    qtbot.waitUntil(lambda: bool(text_of(page, "unlock.notice.text")), timeout=PATIENCE_MS)
    assert "rusak" in text_of(page, "unlock.notice.text")
    assert not faults(page)


def test_what_is_typed_can_be_shown_and_hidden(page: UnlockPage) -> None:
    line = part(page, QLineEdit, "unlock.passphrase")
    show = part(page, QCheckBox, "unlock.show")

    QTest.keyClick(show, Qt.Key.Key_Space)
    shown_now = line.echoMode()
    QTest.keyClick(show, Qt.Key.Key_Space)

    assert shown_now is QLineEdit.EchoMode.Normal
    assert line.echoMode() is QLineEdit.EchoMode.Password


def test_a_document_can_be_verified_without_any_store(page: UnlockPage, qtbot: QtBot) -> None:
    with qtbot.waitSignal(page.verify_wanted):
        click(page, "unlock.verify")


def test_every_control_can_be_named_and_hit(page: UnlockPage) -> None:
    assert_usable(page)


def test_the_first_pages_fetch_nothing_heavy() -> None:
    code = (
        "import sys; import assessor_app.ui.pages.unlock, assessor_app.ui.pages.enrolment.page;"
        "heavy = {'sqlalchemy', 'pydantic', 'PIL', 'reportlab', 'pyhanko', 'zxcvbn',"
        " 'assessor_app.compose'};"
        "print(sorted(heavy & set(sys.modules)))"
    )

    told = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True
    ).stdout

    assert told.strip() == "[]"
