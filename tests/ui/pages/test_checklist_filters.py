"""Filters and marks: the outline narrowed by touch and keys, and what is marked to come back to."""

from PySide6.QtCore import QModelIndex, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QLabel, QLineEdit, QListView, QTreeView
from pytestqt.qtbot import QtBot
from tests.ui.pages.checklist_hands import ALT, CTRL, PAPER, PRACTICE, SHIFT, AtChecklist, Look
from tests.ui.pages.hands import desk_over, part
from tests.visiting import answer

from assessor_app.compose import Application
from assessor_app.domain.marks import Marked
from assessor_app.domain.visit import Outcome
from assessor_app.services.enrolment import Workplace
from assessor_app.services.session import Session
from assessor_app.ui.models.outline import Role
from assessor_app.ui.pages.review.missing import MissingSection


def listed(at: AtChecklist) -> list[str]:
    """The codes that the outline shows, in their order."""
    model = part(at.page, QTreeView, "checklist.tree").model()

    def of(above: QModelIndex) -> list[str]:
        rows = [model.index(place, 0, above) for place in range(model.rowCount(above))]
        codes = [(row, row.data(Role.CODE)) for row in rows]
        return [one for row, code in codes for one in ([code] if code else of(row))]

    return of(QModelIndex())


def none_told(at: AtChecklist) -> str:
    label = part(at.page, QLabel, "checklist.none")
    return label.text() if label.isVisible() else ""


def chip(at: AtChecklist, name: str) -> QAbstractButton:
    return part(at.page, QAbstractButton, f"checklist.filter.{name}")


def test_a_finger_narrows_the_outline_and_steps_go_within(look: Look, session: Session) -> None:
    for code in ("P15-03", "P15-08"):
        answer(session, code, "paperwork", "present")
        answer(session, code, "practice", "absent")
    at = look(session, "P15-01")

    at.touch("checklist.filter.gaps")

    assert listed(at) == ["P15-01", "P15-03", "P15-08"]  # the one that is worked on stays
    assert chip(at, "gaps").text().startswith("2\n")
    at.key(Qt.Key.Key_Down)
    assert at.page.code == "P15-03"
    assert listed(at) == ["P15-03", "P15-08"]
    at.key(Qt.Key.Key_Return)
    at.key(Qt.Key.Key_Return)
    assert at.page.code == "P15-08"
    assert at.said[-1] == at.desk.say("filters.last")


def test_an_indicator_does_not_vanish_under_the_hand(at: AtChecklist) -> None:
    at.key(Qt.Key.Key_2, ALT)  # what is open
    for side in (Qt.Key.Key_Left, Qt.Key.Key_Right):
        at.key(side)
        at.key(Qt.Key.Key_1)

    assert "P15-06" in listed(at)
    at.key(Qt.Key.Key_Down)

    assert at.page.code == "P15-07"
    assert "P15-06" not in listed(at)


def test_the_next_open_one_is_sought_within_the_filter(look: Look, session: Session) -> None:
    answer(session, "P15-03", "paperwork", "present")
    at = look(session, "P15-01")
    at.key(Qt.Key.Key_6, ALT)  # mine

    at.key(Qt.Key.Key_Return, CTRL | SHIFT)
    assert at.page.code == "P15-03"
    at.key(Qt.Key.Key_Return, CTRL | SHIFT)

    assert at.page.code == "P15-03"
    assert at.said[-1] == at.desk.say("filters.none_open")


def test_a_filter_that_holds_nothing_says_so(at: AtChecklist) -> None:
    for name in ("gaps", "unproven", "marked", "mine"):
        at.click(f"checklist.filter.{name}")
        assert none_told(at) == at.desk.say(f"filters.none.{name}")
        assert listed(at) == ["P15-06"]
    at.click("checklist.filter.all")

    assert not none_told(at)
    assert len(listed(at)) == len(at.page.outline.codes)


def test_filter_and_search_are_combined(look: Look, session: Session) -> None:
    for code in ("P15-01", "P15-06"):
        session.mark(code, later=True)
    at = look(session, "P15-06")
    at.key(Qt.Key.Key_5, ALT)

    at.key(Qt.Key.Key_F, CTRL)
    QTest.keyClicks(part(at.page, QLineEdit, "checklist.search"), "maklumat")

    assert listed(at) == ["P15-06"]
    at.key(Qt.Key.Key_Escape)
    assert listed(at) == ["P15-01", "P15-06"]


def test_a_place_of_the_matrix_narrows_the_outline(look: Look, session: Session) -> None:
    answer(session, "P15-03", "paperwork", "present")
    answer(session, "P15-03", "practice", "absent")
    at = look(session, "P15-01")

    at.page.filter_class((0, 1))
    assert listed(at) == ["P15-01", "P15-03"]
    at.click("checklist.filter.cell")

    assert len(listed(at)) == len(at.page.outline.codes)


# Marks


def test_a_key_marks_and_an_undo_takes_it_back(at: AtChecklist) -> None:
    at.key(Qt.Key.Key_M)
    assert at.session.snapshot.marks["P15-06"] == Marked(later=True)
    assert chip(at, "marked").text().startswith("1\n")
    assert at.button("indicator.P15-06.mark").isChecked()
    assert "P15-06" in at.said[-1]

    at.key(Qt.Key.Key_Z, CTRL)

    assert not at.button("indicator.P15-06.mark").isChecked()
    assert chip(at, "marked").text().startswith("0\n")


def test_a_finger_marks_and_takes(at: AtChecklist) -> None:
    at.touch("indicator.P15-06.mark")
    at.touch("indicator.P15-06.take")

    assert at.session.snapshot.marks["P15-06"] == Marked(later=True, mine=at.session.me)
    assert chip(at, "mine").text().startswith("1\n")
    at.touch("indicator.P15-06.mark")
    assert not at.session.snapshot.marks["P15-06"].later


def test_what_is_recorded_here_is_mine(at: AtChecklist) -> None:
    at.key(Qt.Key.Key_1)
    at.key(Qt.Key.Key_6, ALT)

    assert listed(at) == ["P15-06"]
    assert not none_told(at)


def test_the_review_lists_what_is_still_marked_and_lets_close(
    session: Session, application: Application, workplace: Workplace, qtbot: QtBot
) -> None:
    desk = desk_over(application)
    desk.open_with(workplace)
    session.mark("P15-06", later=True)
    before = len(session.open_rules(Outcome.COMPLETED))

    missing = MissingSection(desk, session)
    qtbot.addWidget(missing)
    missing.refresh()

    rows = part(missing, QListView, "review.missing").model()
    texts = [rows.index(place, 0).data() for place in range(rows.rowCount())]
    assert desk.say("marked.row") in texts
    assert len(session.open_rules(Outcome.COMPLETED)) == before


# The same as paperwork


def test_practice_takes_the_answer_of_paperwork_and_nothing_else(at: AtChecklist) -> None:
    at.key(Qt.Key.Key_2)
    QTest.keyClicks(at.note(), "Lampiran 3")
    at.key(Qt.Key.Key_Escape)

    at.key(Qt.Key.Key_S)

    assert at.seen(PRACTICE).answer == "absent"
    assert at.seen(PRACTICE).note is None
    assert at.seen(PAPER).note == "Lampiran 3"


def test_where_it_cannot_be_the_same_it_is_said_why(at: AtChecklist) -> None:
    at.touch("indicator.P15-06.same")
    assert "belum dijawab di atas kertas" in at.notice()
    at.key(Qt.Key.Key_1)
    at.key(Qt.Key.Key_Right)
    at.key(Qt.Key.Key_2)

    at.key(Qt.Key.Key_S)

    assert "sudah dijawab lain" in at.notice()
    assert at.seen(PRACTICE).answer == "absent"


def test_one_chord_answers_both_sides_and_goes_on(at: AtChecklist) -> None:
    at.key(Qt.Key.Key_1, CTRL)

    assert at.page.code == "P15-07"
    assert at.seen(PAPER, "P15-06").answer == at.seen(PRACTICE, "P15-06").answer == "present"
