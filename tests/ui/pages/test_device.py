"""The device page: who opens the store, when it locks, its copies, its check, and its end."""

from datetime import timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QCheckBox, QComboBox, QDialog, QLabel, QLineEdit, QPushButton
from pytestqt.qtbot import QtBot
from tests import keyrings
from tests.conftest import SteppingClock
from tests.ui.pages.hands import (
    PATIENCE_MS,
    assert_usable,
    click,
    faults,
    part,
    shown,
    text_of,
    type_into,
    wait_for_tasks,
)
from tests.visiting import PASSPHRASE, complete

from assessor_app.compose import Application
from assessor_app.domain.problem import StoreProblem
from assessor_app.services.backup import list_backups
from assessor_app.services.enrolment import Profile, Workplace
from assessor_app.services.keys import access
from assessor_app.services.keys.recovery import new_recovery_key
from assessor_app.services.people import Erased, Person, keep_person, people
from assessor_app.services.session import Session
from assessor_app.services.store_settings import change_settings, settings
from assessor_app.services.wiping import CONFIRMED_BY
from assessor_app.ui.desk import Desk
from assessor_app.ui.pages.device.backups import BackupSection
from assessor_app.ui.pages.device.keys import KeysSection
from assessor_app.ui.pages.device.page import DevicePage
from assessor_app.ui.pages.device.parts import State
from assessor_app.ui.widgets.notice import Tone

NEW = "kapur barus lima belas"


@pytest.fixture
def page(desk: Desk, qtbot: QtBot) -> DevicePage:
    page = shown(qtbot, DevicePage(desk))
    wait_for_tasks(qtbot, desk)
    return page


def choose(page: DevicePage, name: str, value: str) -> None:
    box = part(page, QComboBox, name)
    box.setCurrentIndex(box.findData(value))
    box.activated.emit(box.currentIndex())


def state_of(page: DevicePage, name: str) -> State:
    return page._sections[name].state()  # what the line at the left says


# Assessors


def test_another_assessor_gets_a_passphrase_of_their_own(
    page: DevicePage, desk: Desk, application: Application, qtbot: QtBot
) -> None:
    click(page, "device.assessors.add")
    dialog = part(page, QDialog, "assessor")
    assert_usable(dialog)
    click(dialog, "assessor.go")
    assert faults(dialog)
    type_into(dialog, "assessor.name", "Yosef Latuconsina, S.E.")
    type_into(dialog, "assessor.new", NEW)
    type_into(dialog, "assessor.again", "lain")
    click(dialog, "assessor.go")
    assert faults(dialog)
    part(dialog, QLineEdit, "assessor.again").setText(NEW)
    click(dialog, "assessor.go")
    wait_for_tasks(qtbot, desk)

    assert "Yosef" in text_of(page, "device.assessors.notice.text")
    other = application.unlock(NEW)
    assert other.profile.name == "Yosef Latuconsina, S.E."
    other.store.close()
    assert "2" in state_of(page, "assessors").text


def test_an_access_is_taken_away_for_a_reason(
    page: DevicePage, desk: Desk, application: Application, profile: Profile
) -> None:
    access.add_assessor(desk.workplace, profile, NEW)
    page._sections["assessors"].refresh()  # it was added beside the page

    click(page, "device.assessors.remove.1")
    dialog = part(page, QDialog, "device.remove")
    click(dialog, "device.remove.go")
    assert faults(dialog)
    type_into(dialog, "device.remove.reason", "Pindah tugas")
    click(dialog, "device.remove.go")

    with pytest.raises(StoreProblem) as refused:
        application.unlock(NEW)
    assert refused.value.code == "passphrase_wrong"
    assert (
        page.findChild(QPushButton, "device.assessors.remove.1") is None
        or not part(page, QPushButton, "device.assessors.remove.1").isVisible()
    )


def test_the_own_passphrase_is_changed_with_the_old_one(
    page: DevicePage, desk: Desk, application: Application, qtbot: QtBot
) -> None:
    click(page, "device.assessors.change")
    dialog = part(page, QDialog, "passphrase")
    assert_usable(dialog)
    type_into(dialog, "passphrase.old", "salah")
    for name in ("new", "again"):
        part(dialog, QLineEdit, f"passphrase.{name}").setText(NEW)
    click(dialog, "passphrase.go")
    qtbot.waitUntil(lambda: bool(faults(dialog)), timeout=PATIENCE_MS)
    wait_for_tasks(qtbot, desk)
    part(dialog, QLineEdit, "passphrase.old").setText(PASSPHRASE)
    click(dialog, "passphrase.go")
    wait_for_tasks(qtbot, desk)

    assert text_of(page, "device.assessors.notice.text")
    application.unlock(NEW).store.close()
    with pytest.raises(StoreProblem):
        application.unlock(PASSPHRASE)


# Locking


def test_what_is_chosen_of_locking_is_kept_at_once(
    page: DevicePage, desk: Desk, qtbot: QtBot
) -> None:
    page.show_section("lock")
    with qtbot.waitSignal(page.rules_changed):
        choose(page, "device.lock.idle", "5")
    QTest.keyClick(part(page, QCheckBox, "device.lock.suspend"), Qt.Key.Key_Space)

    chosen = settings(desk.workplace)
    assert (chosen.idle_minutes, chosen.lock_on_suspend) == (5, False)
    choose(page, "device.lock.idle", "0")
    assert state_of(page, "lock").tone is Tone.WARNING


def test_the_keyring_is_switched_on_with_a_warning_and_off_again(
    page: DevicePage, desk: Desk, application: Application, qtbot: QtBot
) -> None:
    page.show_section("lock")
    box = part(page, QCheckBox, "device.keyring.tick")
    with keyrings.using(keyrings.KeyringInMemory()):
        QTest.keyClick(box, Qt.Key.Key_Space)
        wait_for_tasks(qtbot, desk)
        assert box.isChecked()
        assert state_of(page, "lock").tone is Tone.WARNING
        assert access.can_unlock_by_keyring(application.home)
        QTest.keyClick(box, Qt.Key.Key_Space)
        wait_for_tasks(qtbot, desk)

    assert not box.isChecked()
    assert not access.can_unlock_by_keyring(application.home)


def test_a_system_without_a_keyring_says_so_and_the_box_stays_empty(
    page: DevicePage, desk: Desk, qtbot: QtBot
) -> None:
    page.show_section("lock")
    box = part(page, QCheckBox, "device.keyring.tick")
    with keyrings.using(keyrings.unprotecting()[0]):
        QTest.keyClick(box, Qt.Key.Key_Space)
        wait_for_tasks(qtbot, desk)

    assert text_of(page, "device.lock.notice.text")
    assert not box.isChecked()


# Backups


def test_a_backup_is_made_in_both_places(
    page: DevicePage, desk: Desk, session: Session, tmp_path: Path, qtbot: QtBot
) -> None:
    page.show_section("backup")
    assert state_of(page, "backup").tone is Tone.ERROR
    section = page._sections["backup"]  # a file dialog is no part of this test
    assert isinstance(section, BackupSection)
    second = tmp_path / "usb"
    second.mkdir()
    section._set_second(second)  # as above
    wait_for_tasks(qtbot, desk)

    click(page, "device.backup.now")
    wait_for_tasks(qtbot, desk)

    assert str(second) in text_of(page, "device.backup.notice.text")
    assert len(list_backups(second)) == len(list_backups(desk.home)) == 1
    assert state_of(page, "backup").tone is Tone.SUCCESS
    assert desk.workplace.store.head(session.visit_id)


def test_a_medium_that_is_not_plugged_in_is_told_and_holds_nothing_up(
    page: DevicePage, desk: Desk, tmp_path: Path, qtbot: QtBot
) -> None:
    page.show_section("backup")
    second = tmp_path / "usb"
    second.mkdir()
    section = page._sections["backup"]  # as above
    assert isinstance(section, BackupSection)
    section._set_second(second)  # as above
    second.rmdir()

    click(page, "device.backup.now")
    wait_for_tasks(qtbot, desk)

    assert "Tidak dicadangkan" in text_of(page, "device.backup.notice.text")
    assert len(list_backups(desk.home)) == 1
    assert state_of(page, "backup").tone is Tone.WARNING


# The check


def test_a_sound_record_is_called_sound(
    page: DevicePage, desk: Desk, session: Session, tmp_path: Path, qtbot: QtBot
) -> None:
    complete(session, desk.workplace, tmp_path)
    page.show_section("check")

    click(page, "device.check.go")
    wait_for_tasks(qtbot, desk)

    assert text_of(page, "device.check.notice.text").startswith("Utuh")
    assert state_of(page, "check").tone is Tone.SUCCESS


def test_a_file_of_evidence_that_was_changed_is_told_with_its_visit_and_what_to_do(
    page: DevicePage, desk: Desk, session: Session, tmp_path: Path, qtbot: QtBot
) -> None:
    complete(session, desk.workplace, tmp_path)
    vault = desk.workplace.store.vault.folder
    largest = max(
        (one for one in vault.rglob("*") if one.is_file()), key=lambda p: p.stat().st_size
    )
    content = bytearray(largest.read_bytes())
    content[len(content) // 2] ^= 1
    largest.write_bytes(content)
    page.show_section("check")

    click(page, "device.check.go")
    wait_for_tasks(qtbot, desk)

    assert state_of(page, "check").tone is Tone.ERROR
    told = " ".join(one.text() for one in page.findChildren(QLabel) if one.isVisible())
    assert session.snapshot.visit.unit in told
    assert "dari cadangan" in told
    assert "assessor " not in told  # no commands in a window


def test_a_check_that_is_left_is_broken_off(page: DevicePage, desk: Desk, qtbot: QtBot) -> None:
    page.show_section("check")
    click(page, "device.check.go")

    assert page.settle()
    wait_for_tasks(qtbot, desk)

    assert part(page, QPushButton, "device.check.go").isEnabled()


# Personal data


@pytest.fixture
def kept(workplace: Workplace, small: Session) -> str:
    small.introduce("Pengguna 1")
    return keep_person(
        workplace, small.visit_id, pseudonym="Pengguna 1", person=Person("Maria Tehupeiory")
    )


def test_personal_data_is_listed_without_names_and_erased_for_a_reason(
    desk: Desk, kept: str, qtbot: QtBot
) -> None:
    page = shown(qtbot, DevicePage(desk))
    page.show_section("privacy")
    told = " ".join(one.text() for one in page.findChildren(QLabel))
    assert "Pengguna 1" in told
    assert "Maria" not in told

    click(page, "device.privacy.erase.0")
    dialog = part(page, QDialog, "people.erase")
    type_into(dialog, "people.erase.reason", "Diminta yang bersangkutan")
    click(dialog, "people.erase.go")

    (one,) = people(desk.workplace)
    assert one.respondent == kept
    assert isinstance(one.data, Erased)
    assert one.data.reason == "Diminta yang bersangkutan"
    wait_for_tasks(qtbot, desk)


def test_what_was_kept_too_long_goes_when_it_is_asked_for(
    desk: Desk, kept: str, clock: SteppingClock, qtbot: QtBot
) -> None:
    clock.moment += timedelta(days=400)
    page = shown(qtbot, DevicePage(desk))
    page.show_section("privacy")
    assert state_of(page, "privacy").tone is Tone.WARNING

    click(page, "device.privacy.over.action")

    assert [one.respondent for one in people(desk.workplace) if isinstance(one.data, Erased)] == [
        kept
    ]
    assert state_of(page, "privacy").tone is Tone.SUCCESS
    wait_for_tasks(qtbot, desk)


def test_how_long_it_is_kept_can_be_chosen(page: DevicePage, desk: Desk) -> None:
    page.show_section("privacy")

    choose(page, "device.privacy.days", "90")

    assert settings(desk.workplace).retention_days == 90


# Keys and wiping


def test_headquarters_key_is_put_in_place_and_taken_away(
    page: DevicePage, desk: Desk, tmp_path: Path
) -> None:
    made = new_recovery_key(tmp_path / "pusat", "sandi kantor pusat")
    section = page._sections["keys"]  # a file dialog is no part of this test
    assert isinstance(section, KeysSection)
    page.show_section("keys")

    section.add_recovery(tmp_path / "tidak ada")
    assert text_of(page, "device.keys.notice.text")
    section.add_recovery(made.public)
    assert access.recovery_keys(desk.workplace) == (made.fingerprint,)
    assert state_of(page, "keys").tone is Tone.SUCCESS
    click(page, "device.recovery.remove.0")
    dialog = part(page, QDialog, "device.unseal")
    type_into(dialog, "device.unseal.reason", "Kunci diganti")
    click(dialog, "device.unseal.go")

    assert access.recovery_keys(desk.workplace) == ()


def test_wiping_shows_what_goes_and_wants_a_word_and_the_passphrase(
    page: DevicePage, desk: Desk, session: Session, qtbot: QtBot
) -> None:
    home, device = desk.home, desk.workplace.store.device.id
    page.show_section("keys")
    click(page, "device.wipe.ask")
    dialog = part(page, QDialog, "wipe")
    wait_for_tasks(qtbot, desk)
    assert_usable(dialog)
    told = " ".join(one.text() for one in dialog.findChildren(QLabel))
    assert session.snapshot.visit.unit in told
    assert device[-CONFIRMED_BY:] in told

    click(dialog, "wipe.go")
    assert faults(dialog)
    type_into(dialog, "wipe.confirmation", "salah")
    type_into(dialog, "wipe.passphrase", PASSPHRASE)
    click(dialog, "wipe.go")
    wait_for_tasks(qtbot, desk)
    assert faults(dialog)
    assert (home / "store").exists()
    part(dialog, QLineEdit, "wipe.confirmation").setText(device[-CONFIRMED_BY:])
    with qtbot.waitSignal(page.wiped, timeout=PATIENCE_MS):
        click(dialog, "wipe.go")

    assert not (home / "store").exists()


def test_wiping_names_the_backups_that_are_out_of_reach(
    page: DevicePage, desk: Desk, qtbot: QtBot, tmp_path: Path
) -> None:
    stick = tmp_path / "usb"
    stick.mkdir()
    change_settings(desk.workplace, backup_place=stick)
    stick.rmdir()
    device = desk.workplace.store.device.id
    page.show_section("keys")
    click(page, "device.wipe.ask")
    dialog = part(page, QDialog, "wipe")
    wait_for_tasks(qtbot, desk)
    assert str(stick) in " ".join(one.text() for one in dialog.findChildren(QLabel))

    type_into(dialog, "wipe.confirmation", device[-CONFIRMED_BY:])
    type_into(dialog, "wipe.passphrase", PASSPHRASE)
    with qtbot.waitSignal(page.wiped, timeout=PATIENCE_MS) as wiped:
        click(dialog, "wipe.go")

    assert [folder.parent for folder in wiped.args[0]] == [stick]


def test_every_part_can_be_named_and_hit(page: DevicePage) -> None:
    for name in ("assessors", "lock", "backup", "check", "privacy", "keys"):
        click(page, f"device.{name}")
        assert page.standing == name
        assert_usable(page)
