"""The manual in the window: the page that fits, its links, what is sought in it, on paper."""

import re
from collections.abc import Callable
from pathlib import Path

import pypdfium2
import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QPdfWriter, QTextCursor
from PySide6.QtPrintSupport import QPrinter
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QLineEdit, QToolButton, QWidget
from pytestqt.qtbot import QtBot
from tests.ui.pages.hands import assert_usable, desk_over, part
from tests.ui.pictures.manual import named
from tests.ui.pictures.view import all_views

from assessor_app.compose import Application
from assessor_app.services.manual import manual_pages, page_about
from assessor_app.texts import Language
from assessor_app.ui.directory import PageName
from assessor_app.ui.manual_topics import DIALOGS, FIRST, SECTIONS, TOPICS
from assessor_app.ui.pages.checklist.key_table import OVER_PAGES, TABLE
from assessor_app.ui.pages.manual.dialog import ManualDialog
from assessor_app.ui.pages.manual.paper import write_page
from assessor_app.ui.pages.manual.view import ManualView
from assessor_app.ui.pages.parts import printing
from assessor_app.ui.pages.parts.rows import RowView
from assessor_app.ui.theme import TOUCH_TARGET_PX

PAGES = Path(printing.__file__).parents[1]

ELSEWHERE = ("Ctrl+L", "Ctrl++", "Ctrl+-", "Ctrl+0", "Alt+←", "Ctrl+P", "F1")
"""Keys that are told with those of the checklist, and are the window's or the manual's own."""

Opened = Callable[..., ManualDialog]


@pytest.fixture
def opened(application: Application, qtbot: QtBot) -> Opened:
    """The manual over an empty window, which lives as long as the test."""
    windows: list[QWidget] = []

    def open_at(
        topic: str, *, language: Language = Language.INDONESIAN, size: tuple[int, int] = (1366, 768)
    ) -> ManualDialog:
        below = QWidget()
        windows.append(below)
        below.resize(*size)
        qtbot.addWidget(below)
        with qtbot.waitExposed(below):
            below.show()
        dialog = ManualDialog(desk_over(application, language), topic, below)
        with qtbot.waitExposed(dialog):
            dialog.open()
        return dialog

    return open_at


def test_every_place_has_a_page_in_the_manual() -> None:
    topics = {page.topic for page in manual_pages(Language.INDONESIAN)}

    assert set(TOPICS) == set(PageName)
    assert {FIRST, *TOPICS.values(), *SECTIONS.values(), *DIALOGS.values()} <= topics


def test_every_dialog_that_is_named_exists() -> None:
    sources = "".join(path.read_text(encoding="utf-8") for path in PAGES.rglob("*.py"))

    assert [name for name in DIALOGS if f'"{name}"' not in sources] == []


@pytest.mark.parametrize("language", list(Language))
def test_every_picture_is_a_view_of_the_window(language: Language) -> None:
    views = {one.name for one in all_views()}

    shown = {name for page in manual_pages(language) for name in named(page.text)}
    assert shown
    assert shown <= views


@pytest.mark.parametrize("language", list(Language))
def test_the_keys_it_tells_of_are_those_that_are_bound(language: Language) -> None:
    bound = {_as_told(key) for one in (*TABLE, *OVER_PAGES) for key in one.keys}
    page = page_about(manual_pages(language), "keys")
    assert page is not None
    told = re.findall(r"`([^`]+)`", page.text)

    assert set(told) <= {*bound, *ELSEWHERE}
    untold = bound - set(told) - {f"Ctrl+{one}" for one in range(2, 9)}
    assert untold <= {*"234567", "0", "9", *(f"Alt+{one}" for one in range(2, 6)), *EASY_TO_FIND}


EASY_TO_FIND = frozenset({"Ctrl+Enter", "Ctrl+T", "Ctrl+→", "+", "O", "I", "F8", "Shift+F8"})
"""Keys that the page of their task tells of, or the list that `?` shows."""


def test_a_link_leads_to_its_page_and_back(opened: Opened) -> None:
    dialog = opened("checklist")
    back = part(dialog, QToolButton, "manual.back")
    assert not back.isEnabled()

    follow(dialog, "12-keys.md")
    assert dialog.topic == "keys"
    assert text(dialog).startswith("Tombol papan ketik")
    QTest.keyClick(dialog, Qt.Key.Key_Left, Qt.KeyboardModifier.AltModifier)

    assert dialog.topic == "checklist"
    assert not back.isEnabled()


def test_an_unknown_topic_opens_the_first_page(opened: Opened) -> None:
    assert opened("nothing of the kind").topic == FIRST


def test_the_pages_are_walked_by_the_arrow_keys(opened: Opened) -> None:
    dialog = opened("enrol", language=Language.ENGLISH)
    pages = part(dialog, RowView, "manual.pages")
    pages.setFocus()

    QTest.keyClick(pages, Qt.Key.Key_Down)

    assert dialog.topic == "unlock"
    assert text(dialog).startswith("Unlocking and locking")


def test_what_is_sought_is_listed_and_marked_where_it_stands(opened: Opened) -> None:
    dialog = opened("checklist")
    sought = part(dialog, QLineEdit, "manual.search")
    QTest.keyClick(dialog, Qt.Key.Key_F, Qt.KeyboardModifier.ControlModifier)

    QTest.keyClicks(sought, "heic")

    rows = part(dialog, RowView, "manual.pages").rows.rows
    assert [row.target for row in rows] == ["evidence"]
    assert dialog.topic == "checklist", "the page that is read stays"
    QTest.keyClick(sought, Qt.Key.Key_Return)
    QTest.keyClick(part(dialog, RowView, "manual.pages"), Qt.Key.Key_Down)
    assert dialog.isVisible()
    assert dialog.topic == "evidence"
    marked = part(dialog, ManualView, "manual.text").extraSelections()
    assert [one.cursor.selectedText() for one in marked] == ["HEIC"]


def test_words_that_no_page_holds_are_told_and_lose_no_page(opened: Opened) -> None:
    dialog = opened("checklist")

    part(dialog, QLineEdit, "manual.search").setText("katayangtidakada")

    assert part(dialog, QLabel, "manual.none").isVisible()
    assert text(dialog).startswith("Mengisi daftar periksa")
    part(dialog, QLineEdit, "manual.search").clear()
    assert not part(dialog, QLabel, "manual.none").isVisible()
    rows = part(dialog, RowView, "manual.pages").rows.rows
    assert len(rows) == len(manual_pages(Language.INDONESIAN))


@pytest.mark.parametrize("size", [(1366, 768), (768, 1024), (600, 600)])
def test_it_can_be_read_and_worked_at_every_size(opened: Opened, size: tuple[int, int]) -> None:
    dialog = opened("start", size=size)
    view = part(dialog, ManualView, "manual.text")
    pages = part(dialog, RowView, "manual.pages")

    assert_usable(dialog)
    assert view.horizontalScrollBar().maximum() == 0, "a picture is wider than the page"
    assert view.viewport().height() >= 4 * TOUCH_TARGET_PX
    first = pages.visualRect(pages.model().index(0, 0))
    assert first.height() >= TOUCH_TARGET_PX


def test_a_page_is_printed_with_its_pictures(
    opened: Opened, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    out = tmp_path / "panduan.pdf"

    def accept(_: QWidget, printer: QPrinter, **__: object) -> bool:
        printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
        printer.setOutputFileName(str(out))
        printer.setResolution(100)  # a coarse printer: less to draw
        return True

    monkeypatch.setattr(printing, "ask_printer", accept)
    dialog = opened("unlock")

    QTest.keyClick(dialog, Qt.Key.Key_P, Qt.KeyboardModifier.ControlModifier)

    printed = pypdfium2.PdfDocument(out)
    told = "".join(page.get_textpage().get_text_range() for page in printed)
    assert "Membuka dan mengunci" in told
    assert "Hanya ingin memeriksa dokumen?" in told
    images = [one for page in printed for one in page.get_objects([3])]
    assert len(images) == 1
    left, _, right, _ = images[0].get_bounds()
    assert right - left > 300, "points: no sign of a missing picture"


def test_a_printed_page_keeps_within_its_sheet(qapp: object, tmp_path: Path) -> None:
    page = page_about(manual_pages(Language.ENGLISH), "trials")
    assert page is not None
    path = tmp_path / "page.pdf"
    paper = QPdfWriter(str(path))
    write_page(page, paper)
    del paper

    printed = pypdfium2.PdfDocument(path)
    for sheet in printed:
        wide, _ = sheet.get_size()
        for image in sheet.get_objects([3]):
            left, _, right, _ = image.get_bounds()
            assert left >= 0
            assert right <= wide


def _as_told(key: str) -> str:
    for name, sign in (("Left", "←"), ("Right", "→"), ("Up", "↑"), ("Down", "↓")):
        key = key.replace(name, sign)
    return key.replace("Return", "Enter")


def text(dialog: ManualDialog) -> str:
    return part(dialog, ManualView, "manual.text").toPlainText()


def follow(dialog: ManualDialog, link: str) -> None:
    """Click on a link of the page."""
    view = part(dialog, ManualView, "manual.text")
    place = _place_of(view, link)
    QTest.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=place)


def _place_of(view: ManualView, link: str) -> QPoint:
    cursor = QTextCursor(view.document())
    while not cursor.atEnd():
        cursor.movePosition(QTextCursor.MoveOperation.NextCharacter)
        if cursor.charFormat().anchorHref() == link:
            view.setTextCursor(cursor)
            view.ensureCursorVisible()
            return view.cursorRect(cursor).center() + QPoint(2, 0)
    raise AssertionError(link)
