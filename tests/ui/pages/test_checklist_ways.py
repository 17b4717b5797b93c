"""The ways through the checklist: sides, indicators, search, subjects, undo, pause, narrow."""

import pytest
from PySide6.QtCore import QModelIndex, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QLineEdit, QTreeView, QWidget
from tests.ui.pages.checklist_hands import CTRL, PAPER, PRACTICE, SHIFT, AtChecklist, Look
from tests.ui.pages.hands import faults, part
from tests.visiting import answer

from assessor_app.domain.instrument import Side
from assessor_app.domain.observation import ObservationKey
from assessor_app.domain.problem import VisitRefused
from assessor_app.services.session import Session


def side_looked_at(at: AtChecklist) -> list[Side]:
    """The sides that are marked as the one the answer keys act upon."""
    sides = at.session.instrument.indicator(at.page.code).sides
    names = {side: f"indicator.{at.page.code}.{side.value}" for side in sides}
    return [side for side, name in names.items() if part(at.page, QWidget, name).property("active")]


# Sides and indicators


def test_arrows_change_the_side_and_the_indicator(at: AtChecklist) -> None:
    assert side_looked_at(at) == [PAPER]
    at.key(Qt.Key.Key_Right)
    assert side_looked_at(at) == [PRACTICE]

    at.key(Qt.Key.Key_Down)
    assert at.page.code == "P15-07"
    assert side_looked_at(at) == [PRACTICE]

    at.key(Qt.Key.Key_Up)
    at.key(Qt.Key.Key_Left)
    assert at.page.code == "P15-06"
    assert side_looked_at(at) == [PAPER]


def test_the_arrows_go_on_after_an_answer_was_clicked(at: AtChecklist) -> None:
    at.click(at.name(PRACTICE, "present"))
    at.key(Qt.Key.Key_Down)

    assert at.page.code == "P15-07"


def test_the_first_and_the_last_indicator_are_the_ends(at: AtChecklist) -> None:
    codes = [one.code for one in at.session.instrument.indicators()]
    for end, key in ((codes[0], Qt.Key.Key_Up), (codes[-1], Qt.Key.Key_Down)):
        at.page.show_indicator(end)
        at.key(key)
        assert at.page.code == end


def test_an_indicator_asked_on_one_side_shows_one_pane(look: Look, small: Session) -> None:
    at = look(small, "T-02")

    at.key(Qt.Key.Key_Right)
    at.key(Qt.Key.Key_1)

    assert at.page.findChild(QWidget, "indicator.T-02.practice") is None
    assert at.seen(PAPER).answer == "present"


def test_the_outline_goes_where_it_is_clicked(at: AtChecklist) -> None:
    tree = part(at.page, QTreeView, "checklist.tree")
    row = first_row(tree)
    tree.scrollTo(row)

    place = tree.visualRect(row).center()
    QTest.mouseClick(tree.viewport(), Qt.MouseButton.LeftButton, pos=place)

    assert at.page.code == next(at.session.instrument.indicators()).code


def first_row(tree: QTreeView) -> QModelIndex:
    """The first indicator: a leaf of the outline."""
    model = tree.model()
    row = model.index(0, 0)
    while model.rowCount(row):
        row = model.index(0, 0, row)
    return row


def test_the_next_open_indicator_is_one_key_away(look: Look, session: Session) -> None:
    for code, side in (*both("P15-07"), *both("P15-08")):
        answer(session, code, side, "present")
    at = look(session, "P15-06")

    at.key(Qt.Key.Key_Return, CTRL | SHIFT)

    assert at.page.code == "P15-09"


def test_where_nothing_is_open_any_more_it_is_said(look: Look, small: Session) -> None:
    for code, side in (("T-02", "paperwork"), *both("T-03"), *both("T-05"), *both("T-06")):
        answer(small, code, side, "present")
    for side in ("paperwork", "practice"):
        answer(small, "T-04", side, "present")
    answer(small, "T-01", "practice", "4", respondent="Petugas A")
    at = look(small, "T-03")

    at.key(Qt.Key.Key_Return, CTRL | SHIFT)

    assert at.page.code == "T-03"
    assert at.said[-1] == at.desk.say("checklist.all_settled")


def both(code: str) -> tuple[tuple[str, str], ...]:
    return ((code, "paperwork"), (code, "practice"))


# Search


def test_enter_in_the_search_goes_to_the_first_that_was_found(at: AtChecklist) -> None:
    at.page.show_indicator("P15-01")
    at.key(Qt.Key.Key_F, CTRL)
    QTest.keyClicks(part(at.page, QLineEdit, "checklist.search"), "maklumat")
    at.key(Qt.Key.Key_Return)

    assert at.page.code == "P15-06"
    assert part(at.page, QLineEdit, "checklist.search").text() == ""
    at.key(Qt.Key.Key_1)
    assert at.seen().answer == "present"


def test_a_search_filters_and_says_where_nothing_is_found(at: AtChecklist) -> None:
    tree = part(at.page, QTreeView, "checklist.tree")
    at.key(Qt.Key.Key_F, CTRL)
    sought = part(at.page, QLineEdit, "checklist.search")

    QTest.keyClicks(sought, "maklumat")
    assert first_row(tree).data() == at.desk.words.of(
        at.session.instrument.indicator("P15-06").text
    )

    QTest.keyClicks(sought, "xyz")
    labels = [one.text() for one in at.page.findChildren(QLabel) if one.isVisible()]
    assert at.desk.say("filters.none_found") in labels
    assert tree.model().rowCount() == 1  # what is worked on stays in sight


# Products and respondents


def test_an_answer_belongs_to_the_product_that_is_chosen(look: Look, small: Session) -> None:
    at = look(small, "T-04")
    at.click("indicator.T-04.products")
    at.type("indicator.T-04.product.new", "KTP-el")
    at.key(Qt.Key.Key_Return)
    at.key(Qt.Key.Key_2)
    at.click("indicator.T-04.product.-")  # the unit as a whole
    at.key(Qt.Key.Key_1)

    products = {name: key for key, name in small.snapshot.products.items()}
    of_product = small.snapshot.observation(ObservationKey("T-04", PAPER, products["KTP-el"]))
    assert of_product.answer == "absent"
    assert at.seen(PAPER).answer == "present"
    assert at.shown_answer(PAPER) == "present"
    at.click(f"indicator.T-04.product.{products['KTP-el']}")
    assert at.shown_answer(PAPER) == "absent"


def test_an_answer_belongs_to_the_respondent_who_is_named(look: Look, small: Session) -> None:
    at = look(small, "T-01")

    at.type("indicator.T-01.subject.new", "Petugas A")
    at.key(Qt.Key.Key_Return)
    at.key(Qt.Key.Key_5)

    (respondent,) = small.snapshot.respondents
    seen = small.snapshot.observation(ObservationKey("T-01", PRACTICE, respondent=respondent))
    assert seen.answer == "4"
    assert at.shown_answer(PRACTICE) == "4"


def test_an_answer_of_nobody_is_refused_and_not_shown(look: Look, small: Session) -> None:
    at = look(small, "T-01")

    at.key(Qt.Key.Key_5)

    assert at.notice()
    assert at.shown_answer(PRACTICE) is None
    assert not small.snapshot.observations


# Undo and redo


@pytest.mark.parametrize("by_keys", [True, False], ids=["keys", "buttons"])
def test_undo_and_redo_say_what_they_do_and_go_there(at: AtChecklist, *, by_keys: bool) -> None:
    at.key(Qt.Key.Key_1)
    at.key(Qt.Key.Key_Down)
    assert "P15-06" in at.button("checklist.undo").toolTip()

    if by_keys:
        at.key(Qt.Key.Key_Z, CTRL)
    else:
        at.click("checklist.undo")
    assert at.page.code == "P15-06"
    assert at.seen().answer is None
    assert at.shown_answer(PAPER) is None
    assert at.said[-1].startswith("Diurungkan pukul")
    assert "P15-06" in at.said[-1]
    assert "P15-06" in at.button("checklist.redo").toolTip()

    at.key(Qt.Key.Key_Down)
    if by_keys:
        at.key(Qt.Key.Key_Z, CTRL | SHIFT)
    else:
        at.click("checklist.redo")
    assert at.page.code == "P15-06"
    assert at.shown_answer(PAPER) == "present"
    assert at.said[-1].startswith("Diulangi pukul")
    assert not at.button("checklist.redo").isEnabled()


def test_with_nothing_to_undo_the_key_tells_and_the_button_rests(at: AtChecklist) -> None:
    assert not at.button("checklist.undo").isEnabled()

    at.key(Qt.Key.Key_Z, CTRL)

    assert at.notice()


# Pause


def test_a_pause_wants_its_reason_and_lets_nothing_in(at: AtChecklist) -> None:
    at.click("checklist.pause")
    at.key(Qt.Key.Key_Return)
    assert faults(at.page) == [at.desk.say("pause.reason_missing")]

    at.type("pause.reason", "Listrik padam")
    at.key(Qt.Key.Key_Return)
    at.key(Qt.Key.Key_1)

    assert at.session.snapshot.paused
    assert at.seen().answer is None
    assert not at.choice(PAPER, "present").isEnabled()
    assert at.visible("checklist.pausing")

    at.click("pause.resume")
    at.key(Qt.Key.Key_1)

    assert not at.session.snapshot.paused
    assert at.seen().answer == "present"
    assert not at.visible("checklist.pausing")


def test_a_key_during_a_pause_is_refused_and_records_nothing_even_where_it_ended_elsewhere(
    at: AtChecklist,
) -> None:
    at.session.pause("Listrik padam", at=at.desk.application.clock.now())
    at.key(Qt.Key.Key_Down)
    at.key(Qt.Key.Key_Up)
    elsewhere = at.desk.application.open(at.desk.workplace, at.session.visit_id)
    elsewhere.resume(at=at.desk.application.clock.now())

    at.key(Qt.Key.Key_3)

    assert at.notice() == at.desk.told(VisitRefused("visit_paused", visit=at.session.visit_id))
    anew = at.desk.application.open(at.desk.workplace, at.session.visit_id)
    assert not anew.snapshot.observations


def test_a_pause_can_be_thought_better_of(at: AtChecklist) -> None:
    at.click("checklist.pause")
    at.click("pause.cancel")

    assert not at.visible("checklist.pausing")
    assert not at.session.snapshot.paused


# A narrow window


def test_a_narrow_window_keeps_the_score_in_a_strip_and_a_drawer(
    look: Look, session: Session
) -> None:
    at = look(session, "P15-06", size=(1024, 640))
    assert at.visible("checklist.strip")
    assert not at.visible("checklist.outline")
    assert not at.visible("checklist.score")

    at.click("checklist.drawer")
    assert at.visible("checklist.score")
    at.key(Qt.Key.Key_Escape)
    assert not at.visible("checklist.score")
    at.click("checklist.menu")
    assert at.visible("checklist.outline")

    at.page.resize(1366, 700)
    at.until(lambda: at.visible("checklist.outline"))
    assert at.visible("checklist.score")
    assert not at.visible("checklist.strip")
