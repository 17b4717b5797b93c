"""The checklist under odd hands: chords in a grid, keypads, empty filters, visits that are over."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QDialog, QLineEdit, QWidget
from tests.ui.pages.checklist_hands import (
    ALT,
    CTRL,
    NONE,
    PAPER,
    PRACTICE,
    SHIFT,
    AtChecklist,
    Look,
)
from tests.ui.pages.hands import part
from tests.ui.widgets.hands import spoken
from tests.visiting import LATER, answer, record

from assessor_app.domain.event import EventKind
from assessor_app.domain.observation import ObservationKey
from assessor_app.services.history import told
from assessor_app.services.session import Session
from assessor_app.ui.models.outline_row import Show

KEYPAD = Qt.KeyboardModifier.KeypadModifier


def with_products(look: Look, session: Session, *names: str) -> AtChecklist:
    """At an indicator that is asked of each product, with these beside each other."""
    for name in names:
        session.name_product(name)
    return look(session, "T-04")


def id_of(at: AtChecklist, name: str) -> str:
    return next(id_ for id_, one in at.session.snapshot.products.items() if one == name)


# One action


def test_both_sides_are_one_action_and_one_undo_takes_both_back(at: AtChecklist) -> None:
    before = at.session.next_undo

    at.key(Qt.Key.Key_1, CTRL)
    event = at.session.next_undo
    assert event is not None
    assert event is not before
    assert {change.entity for change in event.changes} == {
        ObservationKey("P15-06", side).entity for side in (PAPER, PRACTICE)
    }
    said = told(event, at.session.instrument, at.desk.words, snapshot=at.session.snapshot)
    assert "di kedua sisi" in said
    assert said in at.said[-1]

    at.key(Qt.Key.Key_Z, CTRL)
    assert at.page.code == "P15-06"
    assert (at.seen(PAPER).answer, at.seen(PRACTICE).answer) == (None, None)
    at.key(Qt.Key.Key_Z, CTRL | SHIFT)
    assert (at.seen(PAPER).answer, at.seen(PRACTICE).answer) == ("present", "present")


def test_both_sides_alike_where_one_had_another_answer_goes_back_to_that(at: AtChecklist) -> None:
    at.key(Qt.Key.Key_Right)
    at.key(Qt.Key.Key_2)

    at.key(Qt.Key.Key_1, CTRL)
    assert at.seen(PRACTICE, "P15-06").answer == "present"
    at.key(Qt.Key.Key_Z, CTRL)

    assert (at.seen(PAPER).answer, at.seen(PRACTICE).answer) == (None, "absent")


def test_what_is_asked_of_one_side_is_answered_by_the_chord_too(look: Look, small: Session) -> None:
    small.introduce("Petugas 1")
    at = look(small, "T-01")
    at.page.spot.choose("Petugas 1")
    at.page.subjects.show()

    at.key(Qt.Key.Key_1, CTRL)

    (respondent,) = small.snapshot.respondents
    key = ObservationKey("T-01", PRACTICE, respondent=respondent)
    level = small.instrument.indicator("T-01").levels[0]
    assert small.snapshot.observation(key).answer == level.value


def test_what_one_side_refuses_neither_has(look: Look, kinds: Session) -> None:
    """A visit that is paused takes none of them."""
    code = next(
        one.code for one in kinds.instrument.indicators() if len(one.sides) == 2 and one.levels
    )
    at = look(kinds, code)
    kinds.pause("istirahat", at=LATER)

    at.key(Qt.Key.Key_1, CTRL)

    assert at.page.code == code
    assert not kinds.snapshot.observations
    assert at.notice()


# Same as on paper


def test_an_indicator_that_does_not_apply_is_not_answered_by_sameness(at: AtChecklist) -> None:
    answer(at.session, "P15-06", PAPER, "present")
    reason = {"not_applicable_reason": "tidak ada layanan itu"}
    record(at.session, {"indicator": "P15-06", "side": "practice", **reason})

    at.key(Qt.Key.Key_S)

    assert at.seen(PRACTICE).answer is None
    assert at.seen(PRACTICE).not_applicable_reason


# Keys of other keyboards


def test_digits_of_the_keypad_answer(at: AtChecklist) -> None:
    at.key(Qt.Key.Key_2, KEYPAD)
    assert at.seen(PAPER).answer == "absent"

    at.key(Qt.Key.Key_Enter, KEYPAD)
    assert at.page.code == "P15-07"


def test_letters_work_while_capitals_are_locked(at: AtChecklist) -> None:
    QTest.sendKeyEvent(QTest.KeyAction.Click, at.page, Qt.Key.Key_M, "M", NONE)

    assert at.session.snapshot.marks["P15-06"].later


# Products beside each other


def test_a_chord_in_a_cell_is_the_pages_and_answers_nothing(look: Look, small: Session) -> None:
    at = with_products(look, small, "KTP")
    cell = part(at.page, QWidget, f"indicator.T-04.product.{id_of(at, 'KTP')}.paperwork")
    cell.setFocus()

    QTest.keyClick(cell, Qt.Key.Key_2, ALT)

    assert at.page.outline.narrowing.show is Show.OPEN
    assert not small.snapshot.observations


def test_the_keypad_answers_a_cell(look: Look, small: Session) -> None:
    at = with_products(look, small, "KTP")
    key = ObservationKey("T-04", PAPER, id_of(at, "KTP"))
    cell = part(at.page, QWidget, f"indicator.T-04.product.{key.product}.paperwork")
    cell.setFocus()

    QTest.keyClick(cell, Qt.Key.Key_1, KEYPAD)

    assert small.snapshot.observation(key).answer == "present"


def test_a_cell_is_spoken_with_product_side_and_what_holds(look: Look, small: Session) -> None:
    at = with_products(look, small, "KTP")
    cell = part(at.page, QWidget, f"indicator.T-04.product.{id_of(at, 'KTP')}.practice")

    assert "KTP" in spoken(cell)
    assert at.desk.words.side(PRACTICE) in spoken(cell)
    assert at.desk.say("products.open") in spoken(cell)


@pytest.mark.parametrize("over", ["paused", "closed"])
def test_products_of_a_visit_that_takes_no_answers_are_only_read(
    look: Look, small: Session, over: str
) -> None:
    small.name_product("KTP")
    if over == "paused":
        small.pause("istirahat", at=LATER)
    else:
        small.void("salah kantor")
    at = look(small, "T-04")

    prefix = f"indicator.T-04.product.{id_of(at, 'KTP')}"
    for name in (f"{prefix}.edit", f"{prefix}.paperwork", "indicator.T-04.product.new"):
        assert not part(at.page, QWidget, name).isEnabled(), name
    assert part(at.page, QWidget, prefix).isEnabled()  # what was recorded of it can be looked at


def test_a_product_whose_naming_is_undone_goes_from_the_grid(look: Look, small: Session) -> None:
    at = look(small, "T-04")
    at.click("indicator.T-04.products")
    at.type("indicator.T-04.product.new", "KTP")
    at.key(Qt.Key.Key_Return)
    product = id_of(at, "KTP")
    at.key(Qt.Key.Key_Z, CTRL)

    grid = part(at.page, QWidget, "indicator.T-04.products.grid")
    at.until(lambda: grid.findChild(QWidget, f"indicator.T-04.product.{product}") is None)
    at.page.setFocus()
    at.key(Qt.Key.Key_1)
    assert at.seen(PAPER).answer == "present"  # of the unit as a whole
    assert not small.snapshot.products


def test_a_renaming_that_is_undone_leaves_the_product_looked_at(look: Look, small: Session) -> None:
    at = with_products(look, small, "KTP")
    product = id_of(at, "KTP")
    at.click(f"indicator.T-04.product.{product}.edit")
    at.type(f"indicator.T-04.product.{product}.name", "KTP-el")
    at.key(Qt.Key.Key_Return)
    at.page.setFocus()
    at.key(Qt.Key.Key_Z, CTRL)
    at.key(Qt.Key.Key_1)

    assert small.snapshot.products == {product: "KTP"}
    assert small.snapshot.observation(ObservationKey("T-04", PAPER, product)).answer == "present"
    assert at.button(f"indicator.T-04.product.{product}").isChecked()


def test_a_product_is_renamed_to_what_another_is_called_and_stays(
    look: Look, small: Session
) -> None:
    at = with_products(look, small, "KTP", "Akta")
    prefix = f"indicator.T-04.product.{id_of(at, 'KTP')}"
    at.click(f"{prefix}.edit")
    at.type(f"{prefix}.name", "akta")
    at.key(Qt.Key.Key_Return)

    assert at.notice()
    assert sorted(small.snapshot.products.values()) == ["Akta", "KTP"]


# Filters


def test_steps_in_a_filter_that_holds_nothing_say_so_and_stay(at: AtChecklist) -> None:
    at.key(Qt.Key.Key_5, ALT)
    for key, modifier in (
        (Qt.Key.Key_Down, NONE),
        (Qt.Key.Key_Return, CTRL | SHIFT),
        (Qt.Key.Key_Up, NONE),
    ):
        at.key(key, modifier)
        assert at.page.code == "P15-06"
    assert at.said[-1] == at.desk.say("filters.none_open")


def test_an_undo_brings_an_indicator_back_to_the_filter_that_it_left(at: AtChecklist) -> None:
    at.key(Qt.Key.Key_2, ALT)  # what is open
    at.key(Qt.Key.Key_1, CTRL)
    assert at.page.code == "P15-07"
    model = at.page.outline._model
    assert not model.is_shown("P15-06")

    at.key(Qt.Key.Key_Z, CTRL)

    assert at.page.code == "P15-06"
    assert model.is_shown("P15-06")
    at.key(Qt.Key.Key_Down)
    assert at.page.code == "P15-07"


def test_a_matrix_cell_and_a_search_without_a_match_leave_the_keys_working(
    look: Look, session: Session
) -> None:
    at = look(session, "P15-06")
    at.page.filter_class((0, 0))
    at.type("checklist.search", "tidak ada yang begini")
    at.key(Qt.Key.Key_Return)
    at.key(Qt.Key.Key_Escape)
    at.key(Qt.Key.Key_1)

    assert at.page.code == "P15-06"
    assert at.seen(PAPER).answer == "present"


def test_marks_of_another_device_are_shown_and_make_no_event_of_ones_own(
    look: Look, session: Session
) -> None:
    session.mark("P15-07", later=True)
    at = look(session, "P15-06")
    events = at.session.next_undo

    at.key(Qt.Key.Key_5, ALT)
    at.key(Qt.Key.Key_Down)

    assert at.page.code == "P15-07"
    assert at.session.next_undo is events
    assert events is not None
    assert events.kind is EventKind.MARKED


# Note templates


@pytest.mark.parametrize(
    "text", ["Loket &tutup <b>siang</b>", "Baris satu\nbaris dua", "٣ petugas 👩‍💼 " + "x" * 300]
)
def test_a_template_of_odd_text_is_inserted_as_it_was_kept(at: AtChecklist, text: str) -> None:
    at.note().setPlainText(text)
    at.note().setFocus()
    at.key(Qt.Key.Key_T, CTRL)
    dialog = part(at.page, QDialog, "templates")
    QTest.mouseClick(part(dialog, QAbstractButton, "templates.keep"), Qt.MouseButton.LeftButton)
    dialog.close()
    at.page.settle()
    at.page.show_indicator("P15-07")
    at.page.setFocus()

    at.key(Qt.Key.Key_K)
    at.until(lambda: len(at.page.findChildren(QDialog, "templates")) == 1)
    QTest.keyClick(part(at.page, QDialog, "templates"), Qt.Key.Key_1)

    assert at.note().toPlainText() == text


def test_a_kept_template_of_two_lines_keeps_them_when_it_is_looked_over(at: AtChecklist) -> None:
    at.note().setPlainText("Baris satu\nbaris dua")
    at.note().setFocus()
    at.key(Qt.Key.Key_T, CTRL)
    dialog = part(at.page, QDialog, "templates")
    QTest.mouseClick(part(dialog, QAbstractButton, "templates.keep"), Qt.MouseButton.LeftButton)
    at.until(lambda: dialog.findChild(QLineEdit, "templates.0.text") is not None)
    QTest.mouseClick(part(dialog, QAbstractButton, "templates.0.edit"), Qt.MouseButton.LeftButton)
    QTest.keyClick(part(dialog, QLineEdit, "templates.0.text"), Qt.Key.Key_Return)

    tips = [one.toolTip() for one in dialog.findChildren(QAbstractButton, "templates.0")]
    assert "Baris satu\nbaris dua" in tips
