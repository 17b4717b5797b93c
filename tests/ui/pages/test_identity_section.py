"""The device page's identities: told, asked for, imported, changed, and warned of in time."""

from datetime import timedelta
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication, QDialog, QLabel, QLineEdit, QPushButton
from pytestqt.qtbot import QtBot
from tests.conftest import SteppingClock
from tests.signing.office import Office, pem
from tests.ui.pages.hands import (
    assert_usable,
    click,
    desk_over,
    faults,
    part,
    shown,
    text_of,
    wait_for_tasks,
)
from tests.visiting import SIGNING_PASSPHRASE

from assessor_app.compose import Application
from assessor_app.services.enrolment import Workplace
from assessor_app.services.identities import open_identity
from assessor_app.ui.desk import Desk
from assessor_app.ui.main_window import MainWindow
from assessor_app.ui.pages.device.identity import IdentitySection
from assessor_app.ui.widgets.notice import Tone

NEW = "kapur barus lima belas"


@pytest.fixture(autouse=True)
def quick_seals(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("assessor_app.signing.identity._KDF_ROUNDS", 1000)


@pytest.fixture
def section(desk: Desk, qtbot: QtBot) -> IdentitySection:
    section = IdentitySection(desk)
    section.refresh()
    return shown(qtbot, section)


def told(section: IdentitySection) -> str:
    QApplication.processEvents()  # rows that were made anew are laid out
    return "\n".join(one.text() for one in section.findChildren(QLabel) if one.isVisible())


def offered(section: IdentitySection) -> set[str]:
    found = (one for one in section.findChildren(QPushButton) if one.isVisible())
    return {one.objectName().removeprefix("device.identity.") for one in found}


def answer(section: IdentitySection, desk: Desk, qtbot: QtBot, **lines: str) -> None:
    """Fill in the dialog that has just opened, and go."""
    dialog = next(one for one in section.findChildren(QDialog) if one.isVisible())
    name = dialog.objectName()
    for line, text in lines.items():
        part(dialog, QLineEdit, f"{name}.{line}").setText(text)
    click(dialog, f"{name}.go")
    wait_for_tasks(qtbot, desk)


def test_the_own_identity_is_told_with_label_and_end(section: IdentitySection) -> None:
    assert "Siti Rahma, S.H. (Anda)" in told(section)
    assert "tidak tersertifikasi (PP 71/2019 Pasal 60)" in told(section)
    assert "sisa " in told(section)
    assert offered(section) == {"passphrase", "request"}
    assert section.state().tone is Tone.INFO
    assert "Uji coba" in section.state().text


def test_a_request_is_written_and_the_answer_imported(
    section: IdentitySection, desk: Desk, qtbot: QtBot, tmp_path: Path
) -> None:
    office, out, file = Office(), tmp_path / "siti.csr", tmp_path / "siti.pem"

    section.request_to(out)
    assert_usable(part(section, QDialog, "identity.request"))
    answer(section, desk, qtbot, passphrase=SIGNING_PASSPHRASE)
    assert "siti.csr" in text_of(section, "device.identity.notice.text")
    assert offered(section) == {"passphrase", "request", "import", "request_anew"}
    file.write_bytes(pem(office.answer(out.read_bytes())))
    section.import_from(file)
    answer(section, desk, qtbot, passphrase=SIGNING_PASSPHRASE)

    assert "Penerbit Ombudsman RI" in told(section)
    assert offered(section) == {"passphrase", "request"}
    assert section.state().tone is Tone.SUCCESS


def test_a_request_whose_passphrase_is_forgotten_is_made_with_a_new_key(
    section: IdentitySection, desk: Desk, qtbot: QtBot, tmp_path: Path, clock: SteppingClock
) -> None:
    """A trial identity made meanwhile has another passphrase than the key that waits."""
    office, file = Office(), tmp_path / "siti.pem"
    section.request_to(tmp_path / "siti.csr")
    answer(section, desk, qtbot, passphrase=SIGNING_PASSPHRASE)
    clock.moment += timedelta(days=345)
    section.refresh()
    click(section, "device.identity.new")
    answer(section, desk, qtbot, new=NEW, again=NEW)
    assert offered(section) == {"passphrase", "request", "import", "request_anew"}

    section.request_to(tmp_path / "lagi.csr")
    dialog = part(section, QDialog, "identity.request")
    answer(section, desk, qtbot, passphrase=NEW)
    assert faults(dialog)
    click(dialog, "identity.request.cancel")
    section.request_to(tmp_path / "baru.csr", new_key=True)
    answer(section, desk, qtbot, passphrase=NEW)

    end = clock.moment + timedelta(days=200)
    file.write_bytes(pem(office.answer((tmp_path / "baru.csr").read_bytes(), end=end)))
    section.import_from(file)
    answer(section, desk, qtbot, passphrase=NEW)
    assert section.state().tone is Tone.SUCCESS


def test_a_request_that_waits_is_told_where_the_identity_is_gone_too(
    section: IdentitySection, desk: Desk, qtbot: QtBot, tmp_path: Path
) -> None:
    section.request_to(tmp_path / "siti.csr")
    answer(section, desk, qtbot, passphrase=SIGNING_PASSPHRASE)
    desk.workplace.store.identity_path.unlink()
    section.refresh()

    assert "Menunggu sertifikat" in told(section)
    assert offered(section) == {"new", "import"}


def test_what_is_wrong_stands_at_its_field_or_below(
    section: IdentitySection, desk: Desk, qtbot: QtBot, tmp_path: Path
) -> None:
    section.request_to(tmp_path / "siti.csr")
    dialog = part(section, QDialog, "identity.request")
    answer(section, desk, qtbot)
    assert faults(dialog)
    answer(section, desk, qtbot, passphrase="salah")
    assert faults(dialog)
    answer(section, desk, qtbot, passphrase=SIGNING_PASSPHRASE)

    junk = tmp_path / "lain.pem"
    junk.write_bytes(b"lain")
    section.import_from(junk)
    dialog = part(section, QDialog, "identity.import")
    answer(section, desk, qtbot, passphrase=SIGNING_PASSPHRASE)
    assert "bukan sertifikat" in text_of(dialog, "identity.import.notice.text")
    click(dialog, "identity.import.cancel")


def test_the_signing_passphrase_is_changed_with_the_old_one(
    section: IdentitySection, desk: Desk, qtbot: QtBot
) -> None:
    click(section, "device.identity.passphrase")
    dialog = part(section, QDialog, "identity.change")
    assert_usable(dialog)
    answer(section, desk, qtbot, new=NEW, again=NEW)
    assert faults(dialog)
    answer(section, desk, qtbot, old="salah", new=NEW, again="lain")
    assert faults(dialog)
    answer(section, desk, qtbot, old="salah", new=NEW, again=NEW)
    assert faults(dialog)
    answer(section, desk, qtbot, old=SIGNING_PASSPHRASE, new=NEW, again=NEW)

    assert text_of(section, "device.identity.notice.text")
    assert open_identity(desk.workplace, NEW, now=desk.application.clock.now()).is_trial


def test_an_identity_that_ends_is_told_and_a_new_one_made(
    section: IdentitySection, desk: Desk, qtbot: QtBot, clock: SteppingClock
) -> None:
    clock.moment += timedelta(days=345)
    section.refresh()
    assert section.state().tone is Tone.WARNING
    assert offered(section) == {"passphrase", "request", "new"}

    clock.moment += timedelta(days=30)
    section.refresh()
    assert section.state().tone is Tone.ERROR
    assert "sudah berakhir" in told(section)

    click(section, "device.identity.new")
    answer(section, desk, qtbot, new=NEW, again=NEW)
    assert section.state().tone is Tone.INFO
    assert open_identity(desk.workplace, NEW, now=clock.moment).is_trial


def test_without_a_file_a_new_identity_is_all_that_is_offered(
    section: IdentitySection, desk: Desk, qtbot: QtBot
) -> None:
    desk.workplace.store.identity_path.unlink()
    section.refresh()

    assert offered(section) == {"new"}
    assert section.state().tone is Tone.ERROR
    click(section, "device.identity.new")
    answer(section, desk, qtbot, new=NEW, again=NEW)
    assert section.state().tone is Tone.INFO


def test_who_comes_in_is_told_that_the_identity_ends_soon(
    application: Application, workplace: Workplace, clock: SteppingClock, qtbot: QtBot
) -> None:
    clock.moment += timedelta(days=345)
    desk = desk_over(application)
    window = MainWindow(desk)
    qtbot.addWidget(window)

    window.keeper.enter(workplace)

    assert "sisa " in part(window, QLabel, "window.notice.text").text()
    desk.tasks.wait()
    window.close()
