"""The first start, from an empty device to an open store."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt, QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtPrintSupport import QPrinter
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QCheckBox, QComboBox, QLineEdit, QPushButton, QWidget
from pytestqt.qtbot import QtBot
from tests.conftest import CountingIds, SteppingClock
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
from tests.visiting import PASSPHRASE, QUICK

from assessor_app.compose import Application
from assessor_app.domain.passphrase import strength
from assessor_app.instruments.library import Library
from assessor_app.services.backup import back_up
from assessor_app.services.enrolment import Workplace
from assessor_app.services.issuing import signing_identity
from assessor_app.services.keys.access import recovery_keys
from assessor_app.services.keys.recovery import new_recovery_key
from assessor_app.services.preflight.remembering import hint_made_at
from assessor_app.texts import Language
from assessor_app.ui.desk import Desk
from assessor_app.ui.pages.enrolment.done import EnrolDone
from assessor_app.ui.pages.enrolment.page import EnrolPage
from assessor_app.ui.pages.parts import printing
from assessor_app.ui.pages.restoring import RestoreDialog
from assessor_app.ui.widgets.fields import choose

GOOD = "kuda hijau makan awan"
HINT = "lagu perpisahan kelas enam"


@pytest.fixture
def desk(tmp_path: Path, clock: SteppingClock, library: Library, qtbot: QtBot) -> Iterator[Desk]:
    desk = desk_over(Application(tmp_path / "baru", clock, CountingIds(), library, QUICK))
    yield desk
    desk.tasks.wait()
    desk.background.wait()


@pytest.fixture
def page(desk: Desk, qtbot: QtBot) -> EnrolPage:
    return shown(qtbot, EnrolPage(desk))


@pytest.mark.parametrize("reached", [True, False])
def test_a_wiping_that_was_broken_off_is_finished_and_says_what_it_did_not_reach(
    desk: Desk, qtbot: QtBot, tmp_path: Path, *, reached: bool
) -> None:
    aside = desk.home / ".store.being-wiped"
    aside.mkdir(parents=True)
    lost = tmp_path / "usb" / "assessor-0123456789abcdef"
    planned = [] if reached else [str(lost)]
    (aside / "wiping.json").write_text(json.dumps(planned), encoding="utf-8")

    page = shown(qtbot, EnrolPage(desk))
    wait_for_tasks(qtbot, desk)
    qtbot.waitUntil(lambda: not aside.exists(), timeout=PATIENCE_MS)
    wait_for_tasks(qtbot, desk)

    told = text_of(page, "enrol.notice.text")
    assert "sudah diselesaikan" in told
    assert (str(lost) in told) is not reached


def fill(page: EnrolPage, passphrase: str = GOOD) -> None:
    type_into(page, "enrol.name", "Budi Santoso, S.H.")
    type_into(page, "enrol.office", "Ombudsman RI Perwakilan Papua")
    type_into(page, "enrol.passphrase", passphrase)
    type_into(page, "enrol.again", passphrase)


def enrol(page: EnrolPage, qtbot: QtBot) -> EnrolDone:
    click(page, "enrol.go")
    qtbot.waitUntil(lambda: page.findChild(EnrolDone) is not None, timeout=PATIENCE_MS)
    done = page.findChild(EnrolDone)
    assert done is not None
    return done


def begin(page: EnrolPage, qtbot: QtBot) -> Workplace:
    """Press the last button; what the window would be given."""
    with qtbot.waitSignal(page.enrolled, timeout=PATIENCE_MS) as told:
        QTest.keyClick(part(page, QPushButton, "enrol.start"), Qt.Key.Key_Return)
    assert told.args is not None
    workplace = told.args[0]
    assert isinstance(workplace, Workplace)
    return workplace


def test_a_filled_form_makes_a_store_and_opens_it(
    page: EnrolPage, desk: Desk, qtbot: QtBot
) -> None:
    fill(page)
    type_into(page, "enrol.nip", "19900101 201501 1 001")
    choose(part(page, QComboBox, "enrol.zone"), "Asia/Jayapura")

    enrol(page, qtbot)
    workplace = begin(page, qtbot)

    profile = workplace.profile
    assert (profile.name, profile.nip) == ("Budi Santoso, S.H.", "19900101 201501 1 001")
    assert profile.zone.key == "Asia/Jayapura"
    assert "UJI COBA" in text_of(page, "enrol.done_trial.text")
    now = workplace.store.clock.now()
    assert signing_identity(workplace, GOOD, now=now) is not None  # the same passphrase signs
    workplace.store.close()
    desk.application.unlock(GOOD).store.close()


def test_signing_may_have_a_passphrase_of_its_own(page: EnrolPage, qtbot: QtBot) -> None:
    fill(page)
    QTest.keyClick(part(page, QCheckBox, "enrol.same"), Qt.Key.Key_Space)
    type_into(page, "enrol.signing", "sandi lain untuk tanda tangan")
    type_into(page, "enrol.signing_again", "sandi lain untuk tanda tangan")

    enrol(page, qtbot)
    workplace = begin(page, qtbot)

    now = workplace.store.clock.now()
    assert signing_identity(workplace, "sandi lain untuk tanda tangan", now=now) is not None
    workplace.store.close()


def test_every_fault_stands_at_its_field_and_the_first_has_the_focus(
    page: EnrolPage, desk: Desk
) -> None:
    type_into(page, "enrol.office", "Ombudsman RI Perwakilan Papua")
    type_into(page, "enrol.passphrase", GOOD)
    type_into(page, "enrol.again", "lain")
    QTest.keyClick(part(page, QCheckBox, "enrol.same"), Qt.Key.Key_Space)

    click(page, "enrol.go")

    assert faults(page) == [
        desk.say("enrol.fault_name"),
        desk.say("enrol.fault_again"),
        desk.say("enrol.fault_signing"),
    ]
    assert part(page, QLineEdit, "enrol.name").hasFocus()
    assert not desk.enrolled


def test_a_mended_fault_is_no_longer_told(page: EnrolPage, desk: Desk, qtbot: QtBot) -> None:
    click(page, "enrol.go")
    fill(page)

    enrol(page, qtbot)

    assert not faults(page)
    begin(page, qtbot).store.close()


def test_a_hint_that_tells_the_passphrase_is_refused_before_anything_is_made(
    page: EnrolPage, desk: Desk, qtbot: QtBot
) -> None:
    fill(page)
    type_into(page, "enrol.hint", "kuda itu hijau")

    QTest.keyClick(part(page, QLineEdit, "enrol.hint"), Qt.Key.Key_Return)

    qtbot.waitUntil(lambda: bool(faults(page)), timeout=PATIENCE_MS)
    assert not desk.enrolled
    assert part(page, QLineEdit, "enrol.hint").hasFocus()
    assert text_of(page, "enrol.notice.text") == desk.say("enrol.not_done")
    type_into(page, "enrol.hint", "x")
    assert not faults(page)


def test_a_weak_passphrase_is_taken_but_warned_of(
    page: EnrolPage, desk: Desk, qtbot: QtBot
) -> None:
    fill(page, "rahasia123")
    qtbot.waitUntil(
        lambda: text_of(page, "enrol.advice") == desk.say("enrol.weak"), timeout=PATIENCE_MS
    )

    enrol(page, qtbot)

    begin(page, qtbot).store.close()
    assert desk.enrolled


def test_a_strong_passphrase_is_called_strong(page: EnrolPage, desk: Desk, qtbot: QtBot) -> None:
    type_into(page, "enrol.passphrase", GOOD)

    wait_for_tasks(qtbot, desk)

    assert text_of(page, "enrol.advice") == ""


def test_a_device_that_has_a_store_already_says_so(
    page: EnrolPage, desk: Desk, qtbot: QtBot
) -> None:
    (desk.home / "store").mkdir(parents=True)
    fill(page)

    click(page, "enrol.go")

    qtbot.waitUntil(lambda: bool(text_of(page, "enrol.notice.text")), timeout=PATIENCE_MS)
    assert str(desk.home) in text_of(page, "enrol.notice.text")


def test_the_hint_sheet_is_written_where_the_assessor_wants_it(
    page: EnrolPage,
    desk: Desk,
    qtbot: QtBot,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    opened: list[QUrl] = []
    monkeypatch.setattr(QDesktopServices, "openUrl", opened.append)
    wanted = tmp_path / "petunjuk.pdf"
    monkeypatch.setattr(EnrolDone, "_ask_where", lambda _done: wanted)
    fill(page)
    type_into(page, "enrol.hint", HINT)
    enrol(page, qtbot)

    click(page, "enrol.sheet")
    qtbot.waitUntil(lambda: bool(opened), timeout=PATIENCE_MS)

    assert wanted.read_bytes().startswith(b"%PDF-")
    assert str(wanted) in text_of(page, "enrol.sheet_notice.text")
    assert opened == [QUrl.fromLocalFile(str(wanted))]
    begin(page, qtbot).store.close()


def test_the_hint_sheet_is_printed_without_a_file_and_the_check_before_leaving_knows_it(
    page: EnrolPage,
    desk: Desk,
    qtbot: QtBot,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def accept(_over: QWidget, printer: QPrinter, *, title: str, pages: int) -> bool:
        asked.append((title, pages))
        printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
        printer.setOutputFileName(str(tmp_path / "paper.pdf"))
        return True

    asked: list[tuple[str, int]] = []
    monkeypatch.setattr(printing, "ask_printer", accept)
    fill(page)
    type_into(page, "enrol.hint", HINT)
    enrol(page, qtbot)
    kept = set(desk.home.parent.rglob("*.pdf"))

    click(page, "enrol.sheet_print")
    told = desk.say("paper.printed", count=1)
    qtbot.waitUntil(lambda: text_of(page, "enrol.sheet_notice.text") == told, timeout=PATIENCE_MS)

    assert asked == [("Cetak: Lembar petunjuk ingatan", 1)]
    assert set(desk.home.parent.rglob("*.pdf")) - kept == {tmp_path / "paper.pdf"}
    workplace = begin(page, qtbot)
    assert hint_made_at(workplace.store) is not None
    workplace.store.close()


def test_a_hint_that_tells_the_passphrase_is_not_printed(
    page: EnrolPage, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[object] = []
    monkeypatch.setattr(printing, "ask_printer", asked.append)
    fill(page)
    enrol(page, qtbot)
    type_into(page, "enrol.sheet_hint", f"seperti {GOOD}")

    click(page, "enrol.sheet_print")
    qtbot.waitUntil(lambda: bool(faults(page)), timeout=PATIENCE_MS)

    assert asked == []
    begin(page, qtbot).store.close()


def test_a_sheet_replaces_no_file_and_an_empty_hint_makes_none(
    page: EnrolPage, desk: Desk, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    wanted = tmp_path / "petunjuk.pdf"
    wanted.write_text("milik orang lain", encoding="utf-8")
    monkeypatch.setattr(EnrolDone, "_ask_where", lambda _done: wanted)
    fill(page)
    enrol(page, qtbot)

    click(page, "enrol.sheet")
    qtbot.waitUntil(lambda: bool(faults(page)), timeout=PATIENCE_MS)
    type_into(page, "enrol.sheet_hint", HINT)
    click(page, "enrol.sheet")
    qtbot.waitUntil(lambda: bool(text_of(page, "enrol.sheet_notice.text")), timeout=PATIENCE_MS)

    assert wanted.read_text(encoding="utf-8") == "milik orang lain"
    begin(page, qtbot).store.close()


def test_the_devices_own_time_zone_is_named(page: EnrolPage, desk: Desk, qtbot: QtBot) -> None:
    zones = part(page, QComboBox, "enrol.zone")

    qtbot.waitUntil(lambda: zones.itemText(0) != desk.say("enrol.zone_device"))

    assert zones.currentIndex() == 0


def test_what_is_typed_can_be_shown(page: EnrolPage) -> None:
    QTest.keyClick(part(page, QCheckBox, "enrol.show"), Qt.Key.Key_Space)

    for name in ("enrol.passphrase", "enrol.again"):
        assert part(page, QLineEdit, name).echoMode() is QLineEdit.EchoMode.Normal


def test_every_control_can_be_named_and_hit(page: EnrolPage, desk: Desk, qtbot: QtBot) -> None:
    QTest.keyClick(part(page, QCheckBox, "enrol.same"), Qt.Key.Key_Space)
    assert_usable(page)
    QTest.keyClick(part(page, QCheckBox, "enrol.same"), Qt.Key.Key_Space)
    fill(page)

    done = enrol(page, qtbot)

    assert_usable(done)
    begin(page, qtbot).store.close()


def test_headquarters_key_is_sealed_in_and_its_fingerprint_shown(
    page: EnrolPage, tmp_path: Path, qtbot: QtBot
) -> None:
    made = new_recovery_key(tmp_path / "pusat", "sandi kantor pusat")
    fill(page)
    type_into(page, "enrol.recovery", str(tmp_path / "tidak ada"))
    click(page, "enrol.go")
    qtbot.waitUntil(lambda: bool(faults(page)), timeout=PATIENCE_MS)
    part(page, QLineEdit, "enrol.recovery").setText(str(made.public))
    assert made.fingerprint in text_of(page, "enrol.recovery_fingerprint")

    enrol(page, qtbot)

    workplace = begin(page, qtbot)
    assert recovery_keys(workplace) == (made.fingerprint,)
    workplace.store.close()


def test_a_device_can_begin_with_a_backup_in_the_place_of_enrolling(
    page: EnrolPage, workplace: Workplace, tmp_path: Path, qtbot: QtBot
) -> None:
    second = tmp_path / "usb"
    second.mkdir()
    back_up(workplace, to=second)
    workplace.store.close()
    click(page, "enrol.restore")
    dialog = part(page, RestoreDialog, "restore")
    assert_usable(dialog)
    dialog.look_in(second)
    type_into(dialog, "restore.passphrase", PASSPHRASE)
    click(dialog, "restore.go")
    qtbot.waitUntil(
        lambda: dialog.findChild(QPushButton, "restore.open") is not None, timeout=PATIENCE_MS
    )

    with qtbot.waitSignal(page.enrolled) as entered:
        click(dialog, "restore.open")

    assert entered.args is not None
    assert entered.args[0].profile == workplace.profile
    entered.args[0].store.close()


def test_the_keyboard_alone_enrols_from_field_to_field(page: EnrolPage, qtbot: QtBot) -> None:
    page.activateWindow()
    part(page, QLineEdit, "enrol.name").setFocus()
    office, nip, position, zone, show, same = ("Ombudsman RI", "", "Asisten", "", "", "")
    key, choose_key = ("", "")
    for typed in (
        *("Budi, S.H.", office, nip, position, zone, key, choose_key),
        *(GOOD, GOOD, show, same, HINT),
    ):
        QTest.keyClicks(focused(), typed)
        QTest.keyClick(focused(), Qt.Key.Key_Tab)
    assert focused().objectName() == "enrol.restore"
    QTest.keyClick(focused(), Qt.Key.Key_Tab)
    assert focused().objectName() == "enrol.verify"
    QTest.keyClick(focused(), Qt.Key.Key_Tab)

    QTest.keyClick(focused(), Qt.Key.Key_Return)

    qtbot.waitUntil(lambda: page.finished, timeout=PATIENCE_MS)
    workplace = begin(page, qtbot)
    assert workplace.profile.position == "Asisten"
    workplace.store.close()


def test_a_document_can_be_verified_before_enrolment(page: EnrolPage, qtbot: QtBot) -> None:
    with qtbot.waitSignal(page.verify_wanted):
        click(page, "enrol.verify")


def test_another_language_keeps_what_was_reached(page: EnrolPage, desk: Desk, qtbot: QtBot) -> None:
    fill(page)
    enrol(page, qtbot)
    type_into(page, "enrol.sheet_hint", HINT)
    desk.language = Language.ENGLISH

    other = EnrolPage(desk)
    other.take_over(page)
    shown(qtbot, other)

    assert other.finished
    assert part(other, QPushButton, "enrol.start").text() == "Start"
    assert part(other, QLineEdit, "enrol.sheet_hint").text() == HINT
    begin(other, qtbot).store.close()


def focused() -> QWidget:
    found = QApplication.focusWidget()
    assert found is not None
    return found


@pytest.mark.parametrize(
    ("passphrase", "most"),
    [("", 0), ("ombudsman", 1), ("Siti Rahma", 1), ("rahasia123", 1)],
)
def test_what_is_guessed_first_counts_for_little(passphrase: str, most: int) -> None:
    assert strength(passphrase, known=["Siti Rahma"]) <= most


def test_unrelated_words_count_for_much_however_long() -> None:
    assert strength(GOOD) == 4
    assert strength(GOOD * 100) == 4
