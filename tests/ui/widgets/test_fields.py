"""Fields name their editors, show faults beside them, and notes settle by themselves."""

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt
from PySide6.QtGui import QEnterEvent, QImage, QWheelEvent
from PySide6.QtTest import QSignalSpy, QTest
from PySide6.QtWidgets import QApplication, QLabel, QLineEdit, QPushButton, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot
from tests.ui.widgets.hands import shown, spoken

from assessor_app.ui.theme import TOUCH_TARGET_PX, Tokens
from assessor_app.ui.widgets.choices import Choices, Mark, Option
from assessor_app.ui.widgets.fields import Field, NoteEdit, choose, combo, line_edit, value_of


@pytest.fixture
def note(tokens: Tokens, qtbot: QtBot) -> Iterator[NoteEdit]:
    note = NoteEdit("note")
    beside = QWidget()
    rows = QVBoxLayout(beside)
    rows.addWidget(note)
    rows.addWidget(line_edit("other"))
    window = shown(beside, qtbot)
    note.setFocus()
    yield note
    window.close()


def test_a_field_names_its_editor_and_its_hint_is_spoken(tokens: Tokens) -> None:
    editor = line_edit("name")
    field = Field("Nama", editor, hint="Dengan gelar.")

    assert spoken(editor) == "Nama"
    assert editor.accessibleDescription() == "Dengan gelar."
    assert [label.buddy() for label in field.findChildren(QLabel) if label.buddy()] == [editor]


def test_a_fault_is_told_beside_the_editor_and_goes_again(tokens: Tokens, qtbot: QtBot) -> None:
    editor = line_edit("name")
    field = Field("Nama", editor, hint="Dengan gelar.")
    window = shown(field, qtbot)

    field.show_fault("Isi nama Anda.")

    told = [label for label in field.findChildren(QLabel) if label.text() == "Isi nama Anda."]
    assert told[0].isVisible()
    assert editor.accessibleDescription() == "Isi nama Anda."
    assert editor.property("fault") is True
    field.clear_fault()
    assert not told[0].isVisible()
    assert editor.accessibleDescription() == "Dengan gelar."
    assert window.isVisible()


def test_a_fault_goes_with_what_was_wrong(tokens: Tokens, qtbot: QtBot) -> None:
    line, note, chosen = line_edit("name"), NoteEdit("note"), combo("kind", [("", "–"), ("a", "A")])
    answer = Choices("answer", [Option("yes", "Ya", "", Mark.CHOSEN)], tokens, columns=1)
    fields = [Field("Isian", editor) for editor in (line, note, chosen, answer)]
    window = QWidget()
    column = QVBoxLayout(window)
    for field in fields:
        column.addWidget(field)
        field.show_fault("Ini belum benar.")
    held = shown(window, qtbot)

    QTest.keyClicks(line, "a")
    QTest.keyClicks(note, "a")
    choose(chosen, "a")
    QTest.mouseClick(answer.findChildren(QPushButton)[0], Qt.MouseButton.LeftButton)

    assert held.isVisible()
    assert not [one for one in window.findChildren(QLabel) if one.text() == "Ini belum benar."]


def test_a_secret_is_not_shown(tokens: Tokens) -> None:
    assert line_edit("x", secret=True).echoMode() is QLineEdit.EchoMode.Password
    assert line_edit("x").echoMode() is QLineEdit.EchoMode.Normal


def test_a_combo_speaks_in_values(tokens: Tokens) -> None:
    box = combo("language", [("id", "Bahasa Indonesia"), ("en", "English")])

    choose(box, "en")
    assert (value_of(box), box.currentText()) == ("en", "English")
    choose(box, "fr")
    assert value_of(box) == ""


def test_a_wheel_over_a_combo_without_focus_changes_nothing(tokens: Tokens, qtbot: QtBot) -> None:
    box = combo("language", [("id", "Bahasa Indonesia"), ("en", "English")])
    window = shown(box, qtbot)
    box.clearFocus()

    QApplication.sendEvent(box, wheel_down())
    assert value_of(box) == "id"
    box.setFocus()
    QApplication.sendEvent(box, wheel_down())
    assert value_of(box) == "en"
    assert window.isVisible()


def test_what_has_no_room_in_a_combo_ends_with_an_ellipsis_and_is_told_whole(
    tokens: Tokens, qtbot: QtBot
) -> None:
    long = "2026 (tanpa nilai) · Penilaian Opini Ombudsman Republik Indonesia 2026"
    box = combo("instrument", [("a", long)])
    window = shown(box, qtbot, width=300)
    cut = box.grab().toImage()

    at = QPointF(5, 5)
    QApplication.sendEvent(box, QEnterEvent(at, at, at))

    assert box.toolTip() == long
    pictures = []
    for letters in range(len(long)):
        box.setItemText(0, f"{long[:letters].rstrip()}…")
        pictures.append(box.grab().toImage())
    assert cut in pictures
    assert window.isVisible()


def test_editors_have_room_for_a_finger(tokens: Tokens, qtbot: QtBot) -> None:
    page = QWidget()
    rows = QVBoxLayout(page)
    editors = [line_edit("a"), combo("b", [("x", "X")]), NoteEdit("c")]
    for editor in editors:
        rows.addWidget(editor)
    window = shown(page, qtbot)

    assert all(editor.height() >= TOUCH_TARGET_PX for editor in editors)
    assert window.isVisible()


def test_a_note_settles_when_typing_rests(note: NoteEdit, qtbot: QtBot) -> None:
    with qtbot.waitSignal(note.settled) as heard:
        QTest.keyClicks(note, "Papan biaya")

    assert heard.args == ["Papan biaya"]


def test_a_note_settles_when_the_focus_leaves_by_tab(note: NoteEdit, qtbot: QtBot) -> None:
    spy = QSignalSpy(note.settled)
    QTest.keyClicks(note, "Loket")

    QTest.keyClick(note, Qt.Key.Key_Tab)

    assert not note.hasFocus()
    assert [spy.at(at) for at in range(spy.count())] == [["Loket"]]


def test_a_note_that_did_not_change_says_nothing(note: NoteEdit) -> None:
    note.show_text("Lama")
    spy = QSignalSpy(note.settled)

    note.settle()
    QTest.keyClick(note, Qt.Key.Key_X)
    QTest.keyClick(note, Qt.Key.Key_Backspace)
    note.settle()

    assert spy.count() == 0


def test_what_is_being_typed_outlives_what_is_shown(note: NoteEdit) -> None:
    QTest.keyClicks(note, "Baru")
    spy = QSignalSpy(note.settled)

    note.show_text("Dari tempat lain")

    assert note.toPlainText() == "Baru"
    note.settle()
    assert spy.at(0) == ["Baru"]
    note.show_text("Dibatalkan")
    assert note.toPlainText() == "Dibatalkan"
    note.settle()
    assert spy.count() == 1


def test_a_note_grows_with_its_text_up_to_eight_lines(note: NoteEdit, qtbot: QtBot) -> None:
    heights = []
    for lines in (1, 2, 5, 8, 30):
        note.show_text("\n".join(["baris"] * lines))
        heights.append(note.height())

    assert heights[0] == heights[1] < heights[2] < heights[3] == heights[4]
    assert note.verticalScrollBar().maximum() > 0
    note.show_text("pendek")
    qtbot.waitUntil(lambda: note.height() == heights[0])


def test_a_note_of_eight_lines_shows_them_all(note: NoteEdit) -> None:
    note.show_text("\n".join(["baris"] * 8))

    assert note.verticalScrollBar().maximum() == 0


def test_a_note_that_can_only_be_read_looks_so(note: NoteEdit) -> None:
    note.setReadOnly(True)

    QTest.keyClicks(note, "tidak")
    assert note.toPlainText() == ""
    assert note.property("locked") is True
    note.setReadOnly(False)
    assert note.property("locked") is False


def test_a_note_takes_words_but_no_picture(note: NoteEdit) -> None:
    data = QMimeData()
    data.setImageData(QImage(4, 4, QImage.Format.Format_RGB32))
    note.insertFromMimeData(data)
    assert note.toPlainText() == ""

    data.setText("disalin")
    note.insertFromMimeData(data)
    assert note.toPlainText() == "disalin"


def wheel_down() -> QWheelEvent:
    return QWheelEvent(
        QPointF(5, 5),
        QPointF(5, 5),
        QPoint(0, 0),
        QPoint(0, -120),
        Qt.MouseButton.NoButton,
        Qt.KeyboardModifier.NoModifier,
        Qt.ScrollPhase.NoScrollPhase,
        False,
    )
