"""Every key of the checklist stands in one table: it binds them, it shows them, and it is whole."""

import re

import pypdfium2
import pytest
from PySide6.QtCore import Qt
from PySide6.QtPrintSupport import QPrinter
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QDialog, QLabel, QLineEdit, QPlainTextEdit
from tests.ui.pages.checklist_hands import CTRL, NONE, PAPER, PRACTICE, AtChecklist, Look
from tests.ui.pages.hands import part
from tests.visiting import answer

from assessor_app.domain.instrument import Asked, Side
from assessor_app.domain.scale import AnswerKind
from assessor_app.services.session import Session
from assessor_app.ui.pages.checklist.acts import acts
from assessor_app.ui.pages.checklist.key_help import sheet
from assessor_app.ui.pages.checklist.key_table import ANSWER_KEYS, TABLE, caps
from assessor_app.ui.pages.checklist.keys import Keys
from assessor_app.ui.pages.parts import printing
from assessor_app.ui.pages.parts.text_pages import Text, text_pages

_OWN_ROOMS = ("timing.", "follow", "last_year", "landing")
"""Sections beside the answers: the tab key leads to what they hold."""


_WITHIN_FIELDS = ("respondents", ".calendar")


def test_no_key_stands_for_two_things() -> None:
    keys = [key for one in TABLE for key in one.keys]

    assert len(keys) == len(set(keys))


def test_the_table_and_what_the_page_does_are_the_same(at: AtChecklist) -> None:
    assert acts(at.page).keys() == {one.action for one in TABLE}

    known = dict(acts(at.page))
    del known["mark"]
    with pytest.raises(ValueError, match="mark"):
        Keys(at.page, known)


def test_every_button_of_the_page_has_its_key(look: Look, kinds: Session) -> None:
    """At every kind of indicator: it is an answer, or some key of the table stands for it."""
    parts = tuple(end for one in TABLE for end in one.parts)
    codes = [one.code for one in kinds.instrument.indicators()]
    at = look(kinds, codes[0])
    for code in codes:
        at.page.show_indicator(code)
        for one in at.page.findChildren(QAbstractButton):
            name = one.objectName()
            if not one.isVisibleTo(at.page) or not name or name.startswith("qt_"):
                continue
            answers = one.property("role") in ("choice", "tick")
            spoken = answers or name.endswith((".fewer", ".more"))
            tabbed = name.startswith(_OWN_ROOMS) or any(one in name for one in _WITHIN_FIELDS)
            by_tab = bool(one.focusPolicy() & Qt.FocusPolicy.TabFocus)
            assert spoken or name.endswith(parts) or (tabbed and by_tab), name


def test_the_overlay_shows_every_key_and_is_searched(at: AtChecklist) -> None:
    QTest.keyClick(at.page, Qt.Key.Key_Question)
    overlay = part(at.page, QDialog, "keys")
    at.until(overlay.isActiveWindow)

    told = [one.text() for one in overlay.findChildren(QLabel) if one.isVisibleTo(overlay)]
    for one in TABLE:
        assert caps(one) in told
        assert at.desk.say(f"keys.action.{one.action}") in told

    QTest.keyClicks(part(overlay, QLineEdit, "keys.search"), "tandai")
    told = [one.text() for one in overlay.findChildren(QLabel) if one.isVisibleTo(overlay)]
    assert at.desk.say("keys.action.mark") in told
    assert at.desk.say("keys.action.undo") not in told
    QTest.keyClick(overlay, Qt.Key.Key_Escape)
    assert overlay.isHidden()


def test_a_consistent_indicator_takes_four_keys_at_most(at: AtChecklist) -> None:
    at.page.show_indicator("P15-01")
    pressed = 0
    for place, code in enumerate(at.page.outline.codes[:6]):
        first, second = (Qt.Key.Key_Left, Qt.Key.Key_Right)
        keys = [Qt.Key.Key_1, second if place % 2 == 0 else first, Qt.Key.Key_1, Qt.Key.Key_Return]
        for key in keys:
            at.key(key)
            pressed += 1
        assert at.seen(PAPER, code).answer == at.seen(PRACTICE, code).answer == "present"
        assert pressed == 4 * (place + 1)
        assert at.page.code == at.page.outline.codes[place + 1]


def test_enter_presses_a_button_and_goes_on_elsewhere(at: AtChecklist) -> None:
    at.choice(PAPER, "absent").setFocus()
    at.key(Qt.Key.Key_Return)
    assert at.page.code == "P15-06"
    assert at.seen(PAPER).answer == "absent"

    at.page.setFocus()
    at.key(Qt.Key.Key_Return)

    assert at.page.code == "P15-07"


def test_enter_in_a_note_is_a_new_line(at: AtChecklist) -> None:
    at.key(Qt.Key.Key_N)
    QTest.keyClicks(at.note(), "Satu")
    at.key(Qt.Key.Key_Return)
    QTest.keyClicks(at.note(), "Dua")

    assert at.note().toPlainText() == "Satu\nDua"
    assert at.page.code == "P15-06"


@pytest.mark.parametrize("kind", [kind for kind in AnswerKind if kind is not AnswerKind.NOTE])
def test_every_kind_of_answer_is_reached_by_a_key(
    look: Look, kinds: Session, kind: AnswerKind, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The first key answers it, or leads into the field where it is typed."""
    found = [one for one in kinds.instrument.indicators() if one.kind is kind]
    answer(kinds, "K-01", "practice", "present")  # what else is asked follows from it
    answer(kinds, "K-01", "paperwork", "present")
    at = look(kinds, found[0].code)
    if found[0].asked is Asked.PER_RESPONDENT:
        at.page.introducing.introduce("Responden-1", found[0].roles[0].code, False)
        at.page.show_indicator(found[0].code)
    asked: list[object] = []
    monkeypatch.setattr(at.page.proving, "choose", asked.append)
    side = found[0].sides[0]

    at.key(Qt.Key.Key_1)

    focused = at.page.focusWidget()
    typing = isinstance(focused, QLineEdit | QPlainTextEdit)
    assert typing or asked or at.session.snapshot.observation(at.page.spot.key(side)).answer


def test_the_fourteen_components_have_each_a_key(look: Look, kinds: Session) -> None:
    parts = next(one for one in kinds.instrument.indicators() if one.kind is AnswerKind.PARTS)
    at = look(kinds, parts.code)
    side = parts.sides[0]

    assert len(ANSWER_KEYS) - 2 >= 14
    for place, part_ in enumerate(parts.scale.parts):
        QTest.keyClick(at.page, ANSWER_KEYS[place] if place < 8 else ANSWER_KEYS[place + 2], NONE)
        told = at.session.snapshot.observation(at.page.spot.key(side)).answer
        assert part_.value in (told or "").split()
    at.key(Qt.Key.Key_X)
    assert at.session.snapshot.observation(at.page.spot.key(side)).answer == "none"


def test_a_number_is_finished_by_enter_and_the_keys_answer_again(
    look: Look, kinds: Session
) -> None:
    counted = next(one for one in kinds.instrument.indicators() if one.kind is AnswerKind.COUNT)
    at = look(kinds, counted.code)
    at.key(Qt.Key.Key_3)
    at.key(Qt.Key.Key_Return)

    told = at.session.snapshot.observation(at.page.spot.key(counted.sides[0])).answer
    assert told == "3"
    assert at.page.code == counted.code
    at.key(Qt.Key.Key_Return)
    assert at.page.code != counted.code


def test_keys_fold_what_is_folded(look: Look, session: Session) -> None:
    answer(session, "P15-06", "paperwork", "present")
    answer(session, "P15-06", "practice", "absent")
    at = look(session, "P15-06")

    at.key(Qt.Key.Key_D)
    assert at.visible(at.name(PAPER, "document.number"))
    at.key(Qt.Key.Key_J)
    assert at.visible(at.name(PAPER, "observed_at"))
    at.key(Qt.Key.Key_L)
    reason = part(at.page, QLineEdit, "indicator.P15-06.no_evidence_reason")
    assert reason.hasFocus()
    at.key(Qt.Key.Key_Escape)
    at.key(Qt.Key.Key_G)
    assert at.button("indicator.P15-06.guidance").isChecked()


def test_the_note_comes_into_sight_when_it_is_written(look: Look, kinds: Session) -> None:
    code = next(one.code for one in kinds.instrument.by_code.values() if len(one.scale.parts) > 3)
    at = look(kinds, code, size=(1024, 420))
    at.key(Qt.Key.Key_N)

    note = at.note(PAPER if Side.PAPERWORK in kinds.instrument.by_code[code].sides else PRACTICE)

    assert note.hasFocus()
    assert note.visibleRegion().boundingRect().height() == note.height()


# Note templates


def test_a_template_is_inserted_by_two_keys_and_gone_on_with(at: AtChecklist) -> None:
    at.key(Qt.Key.Key_Right)
    at.key(Qt.Key.Key_K)
    dialog = part(at.page, QDialog, "templates")
    at.until(dialog.isActiveWindow)
    QTest.keyClick(dialog, Qt.Key.Key_2)

    at.page.activateWindow()
    at.until(at.page.isActiveWindow)
    text = at.desk.words("note_template.practice.not_seen")
    assert at.note(PRACTICE).hasFocus()
    QTest.keyClicks(at.note(PRACTICE), " Loket 1.")
    at.key(Qt.Key.Key_Escape)

    assert at.seen(PRACTICE).note == f"{text} Loket 1."


def test_the_template_that_goes_with_the_answer_has_the_first_digit(at: AtChecklist) -> None:
    at.key(Qt.Key.Key_Right)
    at.key(Qt.Key.Key_2)
    at.key(Qt.Key.Key_K)

    dialog = part(at.page, QDialog, "templates")

    assert shown_entries(dialog)[0].toolTip() == at.desk.words("note_template.practice.not_seen")
    dialog.close()


def test_a_note_is_kept_as_a_template_changed_and_taken_away(at: AtChecklist) -> None:
    QTest.keyClicks(at.note(), "Loket tutup.")
    at.key(Qt.Key.Key_T, CTRL)
    dialog = part(at.page, QDialog, "templates")
    QTest.mouseClick(part(dialog, QAbstractButton, "templates.keep"), Qt.MouseButton.LeftButton)
    assert at.said[-1] == at.desk.say("templates.kept")

    at.until(lambda: bool(shown_last(dialog, "templates.0.edit")))
    QTest.mouseClick(shown_last(dialog, "templates.0.edit")[0], Qt.MouseButton.LeftButton)
    field = part(dialog, QLineEdit, "templates.0.text")
    field.setText("Loket tutup siang.")
    QTest.keyClick(field, Qt.Key.Key_Return)
    at.until(lambda: bool(shown_last(dialog, "templates.0.remove")))
    texts = [one.toolTip() for one in shown_entries(dialog)]
    assert texts[0] == "Loket tutup siang."

    QTest.mouseClick(shown_last(dialog, "templates.0.remove")[0], Qt.MouseButton.LeftButton)
    at.until(lambda: bool(shown_entries(dialog)))
    assert "Loket tutup siang." not in [one.toolTip() for one in shown_entries(dialog)]


def shown_entries(dialog: QDialog) -> list[QAbstractButton]:
    found = dialog.findChildren(QAbstractButton)
    entry = re.compile(r"templates\.\d+")
    shown = [one for one in found if one.isVisibleTo(dialog)]
    return [one for one in shown if entry.fullmatch(one.objectName())]


def shown_last(dialog: QDialog, name: str) -> list[QAbstractButton]:
    """The button of that name that is seen: lines are made anew when one changes."""
    found = dialog.findChildren(QAbstractButton, name)
    return [one for one in found if one.isVisibleTo(dialog)]


def test_all_keys_are_printed_whatever_is_sought(
    at: AtChecklist, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[str] = []

    def keep(_: QDialog, printer: QPrinter, **__: object) -> bool:
        asked.append(printer.docName())
        return False

    monkeypatch.setattr(printing, "ask_printer", keep)
    at.key(Qt.Key.Key_Question)
    dialog = part(at.page, QDialog, "keys")
    part(dialog, QLineEdit, "keys.search").setText("tidak ada")
    at.until(dialog.isActiveWindow)
    QTest.keyClick(dialog, Qt.Key.Key_P, CTRL)
    assert asked == [at.desk.say("keys.title")]

    pdf, _ = text_pages(Text("Tombol", sheet(at.desk)), foot=lambda one, all_: f"{one}/{all_}")
    pages = (one.get_textpage().get_text_range() for one in pypdfium2.PdfDocument(pdf))
    words = "".join("".join(pages).split())
    for key in TABLE:
        told = at.desk.say(f"keys.action.{key.action}")
        assert "".join(told.split()) in words, key.action
    dialog.close()
