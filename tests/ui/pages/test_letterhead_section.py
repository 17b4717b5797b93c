"""The letterhead on the device page: typed, saved, refused, and with a logo."""

from pathlib import Path

import pytest
from PIL import Image
from PySide6.QtWidgets import QLabel, QLineEdit, QPlainTextEdit, QPushButton
from pytestqt.qtbot import QtBot
from tests.ui.pages.hands import assert_usable, click, part, shown, text_of, type_into

from assessor_app.services.enrolment import Workplace
from assessor_app.services.store_settings import settings
from assessor_app.ui.desk import Desk
from assessor_app.ui.pages.device.letterhead import LetterheadSection
from assessor_app.ui.widgets.notice import Tone


@pytest.fixture
def section(desk: Desk, qtbot: QtBot) -> LetterheadSection:
    section = shown(qtbot, LetterheadSection(desk))
    section.refresh()
    return section


def test_an_empty_letterhead_shows_what_is_usual(
    section: LetterheadSection, workplace: Workplace
) -> None:
    office = part(section, QLineEdit, "device.letterhead.office")

    assert office.text() == ""
    assert office.placeholderText() == workplace.profile.office
    assert not part(section, QPushButton, "device.letterhead.forget").isVisible()
    assert_usable(section)


def test_what_is_typed_is_kept_when_it_is_saved(
    section: LetterheadSection, workplace: Workplace, qtbot: QtBot
) -> None:
    type_into(section, "device.letterhead.contact", "Telepon 000")
    part(section, QPlainTextEdit, "device.letterhead.address").setPlainText("Jalan A\nKota B\n")

    with qtbot.waitSignal(section.changed):
        click(section, "device.letterhead.save")

    found = settings(workplace)
    assert (found.letterhead_contact, found.letterhead_address) == (
        "Telepon 000",
        "Jalan A\nKota B",
    )
    assert found.letterhead_office is None
    assert text_of(section, "device.letterhead.notice.text")


def test_a_logo_is_shown_kept_and_taken_back(
    section: LetterheadSection, workplace: Workplace, tmp_path: Path
) -> None:
    path = tmp_path / "logo.png"
    Image.new("RGB", (300, 200), "teal").save(path)
    type_into(section, "device.letterhead.office", "Belum disimpan")

    section.take_logo(path)

    assert settings(workplace).letterhead_logo is not None
    assert not part(section, QLabel, "device.letterhead.logo").pixmap().isNull()
    assert part(section, QLineEdit, "device.letterhead.office").text() == "Belum disimpan"
    click(section, "device.letterhead.forget")
    assert settings(workplace).letterhead_logo is None


def test_what_is_refused_says_why_and_keeps_what_was_typed(
    section: LetterheadSection, workplace: Workplace, tmp_path: Path
) -> None:
    path = tmp_path / "logo.png"
    path.write_bytes(b"no picture")

    section.take_logo(path)
    assert "logo.png" in text_of(section, "device.letterhead.notice.text")
    part(section, QPlainTextEdit, "device.letterhead.address").setPlainText("a\nb\nc\nd")
    click(section, "device.letterhead.save")

    assert "3" in text_of(section, "device.letterhead.notice.text")
    assert "letterhead" not in text_of(section, "device.letterhead.notice.text")
    assert settings(workplace).letterhead_address is None
    assert section.state().tone is Tone.INFO
