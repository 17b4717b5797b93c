"""The check before leaving: what it says, what it leads to, and what is mended at once."""

from pathlib import Path

import pypdfium2
import pytest
from PySide6.QtCore import Qt
from PySide6.QtPrintSupport import QPrinter
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QFrame, QLineEdit, QPushButton, QWidget
from pytestqt.qtbot import QtBot
from tests.conftest import begin
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
from tests.visiting import PASSPHRASE

from assessor_app.domain.listing import Sieve
from assessor_app.domain.visit import VisitState
from assessor_app.instruments.library import Library
from assessor_app.services.backup import back_up
from assessor_app.services.enrolment import Workplace
from assessor_app.services.preflight.telling import as_text, in_order
from assessor_app.services.store_settings import change_settings
from assessor_app.ui.desk import Desk
from assessor_app.ui.pages.parts import printing
from assessor_app.ui.pages.parts.print_job import PrintJob
from assessor_app.ui.pages.preflight.page import PreflightPage


@pytest.fixture
def page(desk: Desk, qtbot: QtBot) -> PreflightPage:
    page = shown(qtbot, PreflightPage(desk))
    wait_for_tasks(qtbot, desk)
    return page


def grade(page: QWidget, check: str) -> str:
    return str(part(page, QFrame, f"preflight.{check}").property("grade"))


def test_a_new_device_is_told_what_is_missing_and_what_to_do(page: PreflightPage) -> None:
    assert grade(page, "backup") == "attention"
    assert grade(page, "disk") == "ready"
    assert "hal perlu diperhatikan" in text_of(page, "preflight.verdict")
    assert text_of(page, "preflight.backup.found") == "Belum ada cadangan."
    assert part(page, QFrame, "preflight.backup").accessibleName().startswith("Cadangan. Perlu")
    assert_usable(page)


@pytest.mark.parametrize(("check", "section"), [("backup", "backup"), ("second_place", "backup")])
def test_a_line_leads_to_where_it_is_mended(
    page: PreflightPage, qtbot: QtBot, check: str, section: str
) -> None:
    with qtbot.waitSignal(page.section_wanted) as told:
        click(page, f"preflight.{check}.go")

    assert told.args == [section]


def test_unfinished_visits_are_shown_in_the_list(
    desk: Desk, workplace: Workplace, library: Library, page: PreflightPage, qtbot: QtBot
) -> None:
    begin(workplace, library.get("2015-pemda"), library)
    click(page, "preflight.again")
    wait_for_tasks(qtbot, desk)

    with qtbot.waitSignal(page.list_wanted) as told:
        click(page, "preflight.visits.go")

    assert told.args == [Sieve(states=frozenset({VisitState.OPEN, VisitState.EXIT_TALK}))]


def test_what_is_mended_is_ready_at_the_next_look(
    desk: Desk, workplace: Workplace, page: PreflightPage, qtbot: QtBot, tmp_path: Path
) -> None:
    usb = tmp_path / "usb"
    usb.mkdir()
    change_settings(workplace, backup_place=usb)
    back_up(workplace)

    QTest.keyClick(page, Qt.Key.Key_F5)
    wait_for_tasks(qtbot, desk)

    assert grade(page, "backup") == "ready"
    assert grade(page, "second_place") == "ready"
    assert (
        page.findChild(QPushButton, "preflight.backup.go") is None
        or not part(page, QPushButton, "preflight.backup.go").isVisible()
    )


def test_the_passphrase_is_tried_here_and_kept_nowhere(
    desk: Desk, page: PreflightPage, qtbot: QtBot
) -> None:
    assert grade(page, "passphrase") == "attention"
    click(page, "preflight.passphrase.try")
    assert faults(page) == ["Ketik dahulu frasa sandinya."]

    type_into(page, "preflight.passphrase.typed", "bukan ini")
    click(page, "preflight.passphrase.try")
    wait_for_tasks(qtbot, desk)
    assert faults(page) != []
    assert part(page, QLineEdit, "preflight.passphrase.typed").text() == ""

    type_into(page, "preflight.passphrase.typed", PASSPHRASE)
    QTest.keyClick(part(page, QLineEdit, "preflight.passphrase.typed"), Qt.Key.Key_Return)
    wait_for_tasks(qtbot, desk)
    assert text_of(page, "preflight.notice.text") == "Frasa sandinya benar."
    rows = [one for one in page.findChildren(QFrame, "preflight.passphrase") if one.isVisible()]
    assert [one.property("grade") for one in rows] == ["ready"]


def test_esc_leaves(page: PreflightPage, qtbot: QtBot) -> None:
    page.activateWindow()
    with qtbot.waitSignal(page.left):
        QTest.keyClick(page, Qt.Key.Key_Escape)


def test_what_was_found_is_printed_line_by_line(
    desk: Desk,
    page: PreflightPage,
    qtbot: QtBot,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    out = tmp_path / "periksa.pdf"

    def accept(_: QWidget, printer: QPrinter, **__: object) -> bool:
        printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
        printer.setOutputFileName(str(out))
        printer.setResolution(100)
        return True

    monkeypatch.setattr(printing, "ask_printer", accept)
    job = page.findChild(PrintJob)
    assert isinstance(job, PrintJob)
    with qtbot.waitSignal(job.printed, timeout=PATIENCE_MS):
        click(page, "preflight.print")

    (sheet,) = pypdfium2.PdfDocument(out)
    assert sheet.render(scale=1).to_numpy().min() < 60
    lines = as_text(page.judged, desk.words).split("\n\n")
    assert len(lines) == 1 + len(page.judged)
    assert (
        "**Cadangan** (Perlu diperhatikan): Belum ada cadangan." in lines[1 + _at(page, "backup")]
    )


def _at(page: PreflightPage, check: str) -> int:
    """The place of a line among all, what needs attention first."""
    return [one.check.value for one in in_order(page.judged)].index(check)
