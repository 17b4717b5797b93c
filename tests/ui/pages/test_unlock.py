"""The page that asks for the passphrase."""

import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QCheckBox, QLineEdit, QPushButton, QWidget
from pytestqt.qtbot import QtBot
from tests import keyrings
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
from assessor_app.services.backup import back_up
from assessor_app.services.enrolment import Workplace
from assessor_app.services.keys.access import keep_in_keyring
from assessor_app.ui.desk import Desk
from assessor_app.ui.pages.restoring import RestoreDialog
from assessor_app.ui.pages.unlock import UnlockPage


@pytest.fixture
def desk(application: Application, qtbot: QtBot) -> Iterator[Desk]:
    desk = desk_over(application)
    yield desk
    desk.tasks.wait()
    desk.background.wait()


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
    damage_keys(application)
    type_into(page, "unlock.passphrase", PASSPHRASE)

    click(page, "unlock.open")

    qtbot.waitUntil(lambda: bool(text_of(page, "unlock.notice.text")), timeout=PATIENCE_MS)
    assert "rusak" in text_of(page, "unlock.notice.text")
    assert not faults(page)


def test_a_damaged_store_can_be_taken_back_from_its_backup(
    page: UnlockPage, desk: Desk, workplace: Workplace, qtbot: QtBot
) -> None:
    application = desk.application
    back_up(workplace)
    workplace.store.close()
    damage_keys(application)
    type_into(page, "unlock.passphrase", PASSPHRASE)
    click(page, "unlock.open")
    qtbot.waitUntil(lambda: bool(text_of(page, "unlock.notice.text")), timeout=PATIENCE_MS)
    wait_for_tasks(qtbot, desk)

    click(page, "unlock.notice.action")
    dialog = part(page, RestoreDialog, "restore")
    type_into(dialog, "restore.passphrase", "salah")
    click(dialog, "restore.go")
    qtbot.waitUntil(lambda: bool(faults(dialog)), timeout=PATIENCE_MS)
    wait_for_tasks(qtbot, desk)
    part(dialog, QLineEdit, "restore.passphrase").setText(PASSPHRASE)
    click(dialog, "restore.go")
    qtbot.waitUntil(lambda: found(dialog, "restore.open"), timeout=PATIENCE_MS)
    wait_for_tasks(qtbot, desk)
    with qtbot.waitSignal(page.unlocked) as opened:
        click(dialog, "restore.open")

    assert opened.args is not None
    assert opened.args[0].profile == workplace.profile
    assert opened.args[0].store.device.id != workplace.store.device.id
    assert len(list(application.home.glob("store*"))) == 2  # the damaged one is aside
    opened.args[0].store.close()


def test_a_place_without_backups_says_so_and_restores_nothing(
    page: UnlockPage, desk: Desk, tmp_path: Path, qtbot: QtBot
) -> None:
    dialog = RestoreDialog(desk, page)
    dialog.open()
    dialog.look_in(tmp_path / "tidak ada")
    assert "tidak ada" in text_of(dialog, "restore.notice.text")

    dialog.look_in(tmp_path)
    click(dialog, "restore.go")

    assert "tidak ada cadangan" in text_of(dialog, "restore.notice.text")
    assert not desk.tasks.running
    assert_usable(dialog)
    dialog.reject()


def test_after_several_wrong_ones_the_wait_is_counted_down(
    page: UnlockPage, desk: Desk, qtbot: QtBot
) -> None:
    for _ in range(5):
        type_into(page, "unlock.passphrase", "salah")
        click(page, "unlock.open")
        wait_for_tasks(qtbot, desk)
        if page.waits:
            break

    go = part(page, QPushButton, "unlock.open")
    assert not go.isEnabled()
    assert re.search(r"dalam \d+ detik", faults(page)[0])
    QTest.keyClick(part(page, QLineEdit, "unlock.passphrase"), Qt.Key.Key_Return)
    assert not desk.tasks.running
    qtbot.waitUntil(go.isEnabled, timeout=PATIENCE_MS)
    assert not faults(page)


def test_the_systems_keyring_is_offered_only_where_it_is_switched_on(
    application: Application, workplace: Workplace, qtbot: QtBot
) -> None:
    with keyrings.using(keyrings.KeyringInMemory()):
        keep_in_keyring(workplace)
        workplace.store.close()
        desk = desk_over(application)
        page = shown(qtbot, UnlockPage(desk))
        keyring = part(page, QPushButton, "unlock.keyring")
        qtbot.waitUntil(keyring.isVisible, timeout=PATIENCE_MS)
        with qtbot.waitSignal(page.unlocked, timeout=PATIENCE_MS) as opened:
            click(page, "unlock.keyring")

    assert opened.args is not None
    opened.args[0].store.close()
    desk.tasks.wait()
    desk.background.wait()


def test_without_it_the_keyring_is_not_offered(page: UnlockPage, desk: Desk, qtbot: QtBot) -> None:
    with qtbot.waitSignal(page.keyring_looked_for, timeout=PATIENCE_MS):
        pass

    assert not part(page, QPushButton, "unlock.keyring").isVisible()


def damage_keys(application: Application) -> None:
    """Both generations: one alone is mended from the other."""
    for copy in (application.home / "store").glob("keys*.json"):
        copy.write_text("{", encoding="utf-8")


def found(dialog: QWidget, name: str) -> bool:
    one = dialog.findChild(QWidget, name)
    return one is not None and one.isVisible()


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
