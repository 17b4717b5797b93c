"""How the window is set: by mouse, finger and keys, before and after the store is open."""

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QLocale, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDateEdit, QLineEdit, QStyle, QWidget
from pytestqt.qtbot import QtBot
from tests.ui.hands_at_window import CTRL, Hands, opened
from tests.ui.pages.hands import part
from tests.visiting import PASSPHRASE

from assessor_app.compose import Application
from assessor_app.services.enrolment import Workplace
from assessor_app.texts import Language
from assessor_app.ui import system_look
from assessor_app.ui.application import open_window
from assessor_app.ui.directory import PageName
from assessor_app.ui.preferences import Look, read_preferences
from assessor_app.ui.theme import Scheme, Theme


@pytest.fixture
def hands(
    application: Application, workplace: Workplace, qtbot: QtBot, qapp: QApplication
) -> Iterator[Hands]:
    workplace.store.close()
    font = qapp.font()
    yield opened(application, qtbot)
    qapp.setFont(font)


def letters(window: QWidget) -> float:
    return window.font().pointSizeF()


def test_somebody_who_cannot_read_the_door_sets_the_window_before_it_is_opened(
    hands: Hands,
) -> None:
    hands.type("unlock.passphrase", PASSPHRASE)
    drawn = letters(hands.window)
    hands.click("bar.device")
    hands.at(PageName.DEVICE)
    hands.touch("device.look.text.150")
    hands.click("device.look.theme.contrast")
    hands.click("device.look.language.en")

    assert letters(hands.window) == pytest.approx(drawn * 1.5)
    assert hands.window.desk.scheme is Scheme.CONTRAST
    assert hands.window.windowTitle() == hands.window.desk.say("window.title")
    hands.click("bar.back")
    hands.at(PageName.UNLOCK)
    hands.unlock()
    hands.at(PageName.VISITS)
    assert hands.window.desk.look == Look(Language.ENGLISH, Theme.CONTRAST, 150)


def test_keys_change_the_letters_and_nothing_that_is_typed_is_lost(hands: Hands) -> None:
    hands.unlock()
    hands.at(PageName.VISITS)
    hands.key(Qt.Key.Key_N, CTRL)
    hands.at(PageName.NEW_VISIT)
    hands.type("new_visit.institution", "Kota Ambon")

    hands.key(Qt.Key.Key_Plus, CTRL)
    hands.key(Qt.Key.Key_Plus, CTRL)
    assert hands.window.desk.text == 130
    hands.key(Qt.Key.Key_Minus, CTRL)
    assert hands.window.desk.text == 115
    assert part(hands.window, QLineEdit, "new_visit.institution").text() == "Kota Ambon"
    hands.key(Qt.Key.Key_0, CTRL)
    assert hands.window.desk.text == 100
    assert part(hands.window, QLineEdit, "new_visit.institution").text() == "Kota Ambon"


def test_the_settings_are_walked_by_keys_alone(hands: Hands) -> None:
    hands.unlock()
    hands.at(PageName.VISITS)
    hands.window.look_after_device()
    hands.at(PageName.DEVICE)

    part(hands.window, QWidget, "device.look").setFocus()
    hands.key(Qt.Key.Key_Space)
    part(hands.window, QWidget, "device.look.theme.dark").setFocus()
    hands.key(Qt.Key.Key_Return)

    assert hands.window.desk.scheme is Scheme.DARK
    hands.wait_for("device.look.theme.dark")  # of the page that was built anew, at the same part


def test_what_was_set_is_so_at_the_next_start(
    hands: Hands, qapp: QApplication, monkeypatch: pytest.MonkeyPatch
) -> None:
    hands.click("bar.device")
    hands.click("device.look.theme.contrast-dark")
    hands.click("device.look.text.130")
    home = hands.window.desk.home
    monkeypatch.setenv("ASSESSOR_HOME", str(home))

    before = qapp.children()
    again = open_window(qapp)

    assert again.desk.look == Look(Language.INDONESIAN, Theme.CONTRAST_DARK, 130)
    assert again.desk.scheme is Scheme.CONTRAST_DARK
    again.deleteLater()
    made = [one for one in qapp.children() if one not in before]
    for one in made:  # what a program has once: its translator, its timer; the style is in use
        if not isinstance(one, QStyle):
            one.deleteLater()


@pytest.mark.parametrize("scheme", [Scheme.DARK, Scheme.CONTRAST, Scheme.CONTRAST_DARK])
def test_a_window_that_follows_the_system_looks_otherwise_as_soon_as_it_does(
    hands: Hands, monkeypatch: pytest.MonkeyPatch, scheme: Scheme
) -> None:
    hands.click("bar.device")
    hands.click("device.look.theme.system")
    told = QGuiApplication.styleHints().colorSchemeChanged

    # The platform of the tests has one look: the system is played, what hears of it is real.
    monkeypatch.setattr(system_look, "system_scheme", lambda: scheme)
    told.emit(Qt.ColorScheme.Dark)
    assert hands.window.desk.scheme is scheme
    assert hands.window.palette().window().color() == hands.window.desk.tokens.window

    hands.click("device.look.theme.light")
    told.emit(Qt.ColorScheme.Dark)
    assert hands.window.desk.scheme is Scheme.LIGHT
    assert read_preferences(hands.window.desk.home).theme is Theme.LIGHT


def test_dates_and_numbers_are_written_as_the_language_does(hands: Hands) -> None:
    assert QLocale().language() is QLocale.Language.Indonesian
    assert QLocale().toString(1234.5) == "1.234,5"
    shown = QDateEdit(hands.window)
    assert shown.locale().language() is QLocale.Language.Indonesian

    hands.click("bar.language")

    assert QLocale().toString(1234.5) == "1,234.5"


def test_a_key_pressed_while_work_goes_on_is_obeyed_afterwards_and_said_to_wait(
    hands: Hands,
) -> None:
    hands.type("unlock.passphrase", PASSPHRASE)
    QTest.keyClick(part(hands.window, QLineEdit, "unlock.passphrase"), Qt.Key.Key_Return)
    hands.click("bar.language")
    waiting = hands.status()

    hands.at(PageName.VISITS)

    assert waiting == "Menunggu pekerjaan yang sedang berjalan selesai …"
    assert hands.window.desk.language is Language.ENGLISH
