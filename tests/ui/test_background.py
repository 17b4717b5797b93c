"""What is done beside the work: tidied and backed up, told only where there is a reason."""

from datetime import timedelta
from pathlib import Path

import pytest
from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot
from tests.conftest import SteppingClock
from tests.ui.hands_at_window import Hands, opened
from tests.ui.pages.hands import PATIENCE_MS, part
from tests.visiting import complete

from assessor_app.compose import Application
from assessor_app.services.backup import list_backups
from assessor_app.services.enrolment import Workplace
from assessor_app.services.people import Person, keep_person, people
from assessor_app.services.session import Session
from assessor_app.services.store_settings import change_settings
from assessor_app.storage.vault import Form
from assessor_app.ui import background
from assessor_app.ui.background import Background
from assessor_app.ui.directory import PageName


@pytest.fixture
def hands(application: Application, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> Hands:
    """Unlocked; what is done beside the work begins when the test says so."""
    monkeypatch.setattr(background, "_QUIET_MS", 10_000_000)
    hands = opened(application, qtbot)
    hands.unlock()
    hands.at(PageName.VISITS)
    return hands


def rested(hands: Hands, qtbot: QtBot) -> None:
    qtbot.waitUntil(lambda: not hands.window.desk.background.running, timeout=PATIENCE_MS)


def begin(hands: Hands, qtbot: QtBot) -> Background:
    """What begins a second and a half after the list is painted."""
    beside = hands.window.keeper.background
    beside.begin()
    rested(hands, qtbot)
    return beside


def test_an_ordinary_start_backs_up_and_says_nothing(hands: Hands, qtbot: QtBot) -> None:
    begin(hands, qtbot)

    assert len(list_backups(hands.window.desk.home)) == 1
    assert not hands.notice()


def test_remains_of_interrupted_writing_are_removed_or_put_aside_and_told(
    hands: Hands, qtbot: QtBot
) -> None:
    vault = hands.window.desk.workplace.store.vault
    vault.put("01" * 16, Form.ORIGINAL, b"x" * 5000)
    rest = vault.folder / "01" / f".{'01' * 16}.report.0123456789ab.part"
    rest.write_bytes(b"unfinished")

    begin(hands, qtbot)

    assert "sudah dibuang" in hands.notice()
    assert "disisihkan selama 30 hari" in hands.notice()
    assert [one.aside for one in vault.walk()] == [True]


def test_a_place_that_is_missing_is_told_with_the_way_to_mend_it(
    hands: Hands, session: Session, tmp_path: Path, qtbot: QtBot
) -> None:
    second = tmp_path / "usb"
    second.mkdir()
    change_settings(hands.window.desk.workplace, backup_place=second)
    second.rmdir()

    begin(hands, qtbot)
    assert str(second) in hands.notice()
    part(hands.window, QPushButton, "window.notice.action").click()
    hands.at(PageName.DEVICE)

    assert len(list_backups(hands.window.desk.home)) == 1
    hands.click("bar.back")
    hands.at(PageName.VISITS)


def test_data_that_is_due_is_told_and_not_erased(
    hands: Hands, small: Session, workplace: Workplace, clock: SteppingClock, qtbot: QtBot
) -> None:
    small.introduce("Pengguna 1")
    keep_person(workplace, small.visit_id, pseudonym="Pengguna 1", person=Person("Maria"))
    clock.moment += timedelta(days=400)

    begin(hands, qtbot)

    assert "Masa simpan" in hands.notice()
    (one,) = people(workplace)
    assert isinstance(one.data, Person)


def test_the_closing_of_a_visit_is_backed_up(
    hands: Hands, session: Session, workplace: Workplace, tmp_path: Path, qtbot: QtBot
) -> None:
    complete(session, workplace, tmp_path)

    hands.window.keeper.back_up()
    rested(hands, qtbot)

    assert len(list_backups(hands.window.desk.home)) == 1
    hands.window.keeper.back_up()
    rested(hands, qtbot)
    assert len(list_backups(hands.window.desk.home)) == 1  # nothing was recorded since


def test_a_lock_breaks_the_backup_off_and_leaves_nothing_half_done(
    hands: Hands, qtbot: QtBot
) -> None:
    hands.window.keeper.background.begin()
    hands.click("bar.lock")
    hands.at(PageName.UNLOCK)
    rested(hands, qtbot)

    assert not hands.window.desk.unlocked
    assert not hands.notice()
    for one in list_backups(hands.window.desk.home):
        assert (one.folder / "store.db").exists()


def test_a_mended_key_file_is_told_after_the_unlocking(
    application: Application, home: Path, qtbot: QtBot
) -> None:
    (home / "store" / "keys.json").write_text("{", encoding="utf-8")
    hands = opened(application, qtbot)

    hands.unlock()
    hands.at(PageName.VISITS)

    assert "ditulis ulang" in hands.notice()
