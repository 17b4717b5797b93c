"""What Qt itself writes is Indonesian too, and no word of ours stands for one that Qt lost."""

import tomllib
from collections.abc import Iterator
from pathlib import Path

import PySide6
import pytest
from PySide6.QtCore import QTranslator
from PySide6.QtPrintSupport import QPrintDialog, QPrinter
from PySide6.QtWidgets import (
    QApplication,
    QCalendarWidget,
    QDateEdit,
    QDialogButtonBox,
    QFileDialog,
    QLineEdit,
    QMessageBox,
    QPlainTextEdit,
    QSpinBox,
    QTabBar,
    QTextBrowser,
)

from assessor_app.paths import resources_dir

# The names of keys stand on the keyboards, which are English; the rest is no word.
AS_THEY_ARE = {
    "Ctrl", "Shift", "Alt", "Meta", "Num", "Space", "Esc", "Tab", "Backtab", "Backspace", "Return",
    "Enter", "Ins", "Del", "Pause", "SysReq", "Home", "End", "Left", "Up", "Right", "Down", "PgUp",
    "PgDown", "Alt+Left", "Alt+Right", "Alt+Up", "+", "...", "A4", "Form", "QT_LAYOUT_DIRECTION",
}  # fmt: skip
SAME = {"OK", "&OK", "Folder"}


class Listening(QTranslator):
    """Hears every word that Qt asks for."""

    def __init__(self) -> None:
        super().__init__()
        self.heard: set[str] = set()

    def isEmpty(self) -> bool:
        return False

    def translate(
        self,
        context: str,  # noqa: ARG002 - Qt gives it
        sourceText: str,  # noqa: N803 - Qt's name
        disambiguation: str | None = None,  # noqa: ARG002 - Qt gives it
        n: int = -1,  # noqa: ARG002 - Qt gives it
    ) -> str:
        self.heard.add(sourceText)
        return sourceText


@pytest.fixture
def listening(qapp: QApplication) -> Iterator[Listening]:
    listening = Listening()
    qapp.installTranslator(listening)
    yield listening
    qapp.removeTranslator(listening)


def words() -> dict[str, str]:
    path = resources_dir() / "translations" / "qt.id.toml"
    found: dict[str, str] = tomllib.loads(path.read_text(encoding="utf-8"))["words"]
    return found


def test_every_word_of_qts_dialogs_and_menus_has_ours(
    listening: Listening,
) -> None:
    file, printer = QFileDialog(), QPrinter()
    file.setOption(QFileDialog.Option.DontUseNativeDialog)
    file.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
    lines, texts, pages = QLineEdit("x"), QPlainTextEdit("x"), QTextBrowser()
    shown = [file, QPrintDialog(printer), QMessageBox(), QCalendarWidget(), QDateEdit(), QSpinBox()]
    buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.NoButton)
    for one in QDialogButtonBox.StandardButton:
        if one.value in {1 << place for place in range(10, 26)}:
            buttons.addButton(one)
    menus = [one.createStandardContextMenu() for one in (lines, texts, pages)]
    everything = [*shown, *menus, buttons, lines, texts, pages, QTabBar()]
    for widget in everything:
        widget.ensurePolished()
        widget.deleteLater()

    assert len(listening.heard) > 60
    assert listening.heard - set(words()) - AS_THEY_ARE == set()


def test_no_word_of_ours_is_left_english_or_empty() -> None:
    for english, ours in words().items():
        assert ours.strip(), english
        assert (english == ours) == (english in SAME), english
        assert english.count("%1") == ours.count("%1"), english


def test_every_word_of_ours_is_still_one_of_qts() -> None:
    folder = Path(PySide6.__file__).parent
    libraries = [
        one
        for name in ("Core", "Gui", "Widgets", "PrintSupport")
        for one in folder.rglob(f"*Qt6{name}*")
        if one.suffix != ".pyi" and one.is_file() and one.stat().st_size > 100_000
    ]
    said = b"".join(one.read_bytes() for one in libraries)
    assert libraries
    assert [one for one in words() if one.encode() not in said] == []
