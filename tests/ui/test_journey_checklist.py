"""The checklist in the assessor's hands: the whole walk by keys, and by a finger on a tablet."""

import pytest
from PySide6.QtCore import QModelIndex, QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QLineEdit, QPlainTextEdit, QTreeView, QWidget
from pytestqt.qtbot import QtBot
from tests.conftest import begin
from tests.ui.hands_at_window import CTRL, Hands, opened
from tests.ui.pages.hands import PATIENCE_MS, part

from assessor_app.compose import Application
from assessor_app.domain.instrument import Side
from assessor_app.domain.observation import ObservationKey
from assessor_app.domain.visit import Outcome
from assessor_app.instruments.library import Library
from assessor_app.services.enrolment import Workplace
from assessor_app.services.session import Session
from assessor_app.ui.directory import PageName
from assessor_app.ui.models.outline import Role
from assessor_app.ui.pages.checklist.columns import Room

PAPER, PRACTICE = Side.PAPERWORK, Side.PRACTICE
ALT = Qt.KeyboardModifier.AltModifier
TABLET = (768, 1024)


@pytest.fixture
def hands(application: Application, session: Session, qtbot: QtBot) -> Hands:
    """At the checklist of a visit that was just begun."""
    hands = opened(application, qtbot)
    hands.open(session.visit_id)
    return hands


def answered(hands: Hands, code: str, side: Side) -> str | None:
    key = ObservationKey(code, side)
    return hands.checklist.session.snapshot.observation(key).answer


def turn(hands: Hands, size: tuple[int, int], qtbot: QtBot) -> None:
    """Turn the tablet, or make the window another size."""
    hands.window.resize(*size)
    qtbot.waitUntil(lambda: hands.window.size().toTuple() == size, timeout=PATIENCE_MS)


def place_of(hands: Hands, code: str) -> QPoint:
    """Where a row of the outline lies in the window."""
    tree = part(hands.window, QTreeView, "checklist.tree")
    model = tree.model()

    def found(above: QModelIndex) -> QModelIndex | None:
        for place in range(model.rowCount(above)):
            index = model.index(place, 0, above)
            inner = index if index.data(Role.CODE) == code else found(index)
            if inner is not None:
                return inner
        return None

    row = found(QModelIndex())
    assert row is not None, code
    tree.scrollTo(row)
    return tree.viewport().mapTo(hands.window, tree.visualRect(row).center())


def tap_at(hands: Hands, place: QPoint) -> None:
    window, finger = hands.window.windowHandle(), QTest.createTouchDevice()
    QTest.touchEvent(window, finger).press(0, place, window).commit()
    QTest.touchEvent(window, finger).release(0, place, window).commit()


def test_the_whole_walk_by_the_keyboard_alone(hands: Hands) -> None:
    """Four keys an indicator at most; one is marked, found again by its filter, and settled."""
    page, pressed = hands.checklist, 0
    codes = page.outline.codes
    page.show_indicator(codes[0])
    page.setFocus()
    for place, code in enumerate(codes):
        if code == "P15-03":
            for key in (Qt.Key.Key_M, Qt.Key.Key_Return):
                hands.key(key)
            continue
        if place % 2:
            hands.key(Qt.Key.Key_1, CTRL)  # both alike, and on
            pressed += 1
            continue
        keys = [Qt.Key.Key_Left, Qt.Key.Key_2, Qt.Key.Key_S, Qt.Key.Key_Return]
        for key in keys:
            hands.key(key)
        pressed += len(keys)
        assert answered(hands, code, PRACTICE) == "absent"
    assert pressed <= 4 * (len(codes) - 1)

    hands.key(Qt.Key.Key_5, ALT)  # what is marked
    hands.key(Qt.Key.Key_Return, CTRL | Qt.KeyboardModifier.ShiftModifier)
    assert page.code == "P15-03"
    hands.key(Qt.Key.Key_M)
    hands.key(Qt.Key.Key_1, CTRL)

    assert not hands.checklist.session.open_rules(Outcome.COMPLETED)
    hands.key(Qt.Key.Key_R, CTRL)
    hands.at(PageName.REVIEW)


def test_the_walk_by_a_finger_on_a_tablet_held_upright(hands: Hands, qtbot: QtBot) -> None:
    """The outline comes as a drawer, an indicator is tapped, answered, marked; on it goes."""
    turn(hands, TABLET, qtbot)
    page = hands.checklist
    assert page.columns.room is Room.STACKED
    assert not part(hands.window, QWidget, "checklist.outline").isVisible()

    hands.touch("checklist.menu")
    assert part(hands.window, QWidget, "checklist.outline").isVisible()
    tap_at(hands, place_of(hands, "P15-04"))
    assert page.code == "P15-04"
    assert not part(hands.window, QWidget, "checklist.outline").isVisible()

    hands.touch("indicator.P15-04.paperwork.present")
    page.place.area.ensureWidgetVisible(part(page, QWidget, "indicator.P15-04.practice.absent"))
    hands.touch("indicator.P15-04.practice.absent")
    assert (answered(hands, "P15-04", PAPER), answered(hands, "P15-04", PRACTICE)) == (
        "present",
        "absent",
    )
    page.place.area.verticalScrollBar().setValue(0)
    hands.touch("indicator.P15-04.mark")
    hands.touch("checklist.next")
    assert page.code == "P15-05"

    hands.touch("checklist.menu")
    hands.touch("checklist.filter.marked")
    tap_at(hands, place_of(hands, "P15-04"))
    assert page.code == "P15-04"
    assert part(page, QAbstractButton, "indicator.P15-04.mark").isChecked()


def test_a_tap_beside_the_drawer_closes_it_and_hits_nothing(hands: Hands, qtbot: QtBot) -> None:
    turn(hands, TABLET, qtbot)
    hands.touch("checklist.menu")

    beside = QPoint(hands.window.width() - 60, hands.window.height() // 2)
    tap_at(hands, beside)

    assert not part(hands.window, QWidget, "checklist.outline").isVisible()
    assert not hands.checklist.session.snapshot.observations


def test_nothing_is_lost_when_the_window_shrinks_and_grows(hands: Hands, qtbot: QtBot) -> None:
    """What is typed, where the keys go, the filter, and a drawer that is open."""
    page = hands.checklist
    page.show_indicator("P15-06")
    note = part(page, QPlainTextEdit, "indicator.P15-06.practice.note")
    note.setFocus()
    QTest.keyClicks(note, "Bingkai ko")
    hands.key(Qt.Key.Key_2, ALT)
    for size in ((1024, 768), TABLET, (600, 900), (1366, 768)):
        turn(hands, size, qtbot)
        assert note.hasFocus()
        assert note.toPlainText() == "Bingkai ko"
    QTest.keyClicks(note, "song")
    hands.key(Qt.Key.Key_Escape)
    seen = page.session.snapshot.observation(ObservationKey("P15-06", PRACTICE))
    assert seen.note == "Bingkai kosong"
    assert page.outline.narrowing.show == "open"

    turn(hands, (1024, 768), qtbot)
    hands.touch("checklist.menu")
    turn(hands, TABLET, qtbot)

    assert part(hands.window, QWidget, "checklist.outline").isVisible()
    assert page.code == "P15-06"


def test_products_are_answered_beside_each_other_by_keys_and_touch(
    application: Application, workplace: Workplace, library: Library, qtbot: QtBot
) -> None:
    """Named in place, answered line by line, renamed without losing an answer."""
    visit = begin(workplace, library.get("small"), library)
    hands = opened(application, qtbot)
    hands.open(visit)
    page = hands.checklist
    page.show_indicator("T-04")
    hands.key(Qt.Key.Key_P)
    for name in ("KTP", "Akta"):
        hands.type("indicator.T-04.product.new", name)
        hands.key(Qt.Key.Key_Return)
    products = {name: id_ for id_, name in page.session.snapshot.products.items()}
    prefix = "indicator.T-04.product"
    first = f"{prefix}.{products['KTP']}.paperwork"
    qtbot.waitUntil(lambda: len(page.findChildren(QWidget, first)) == 1)  # the last pane is gone

    hands.touch(f"{prefix}.{products['KTP']}.paperwork.present")
    for key in (Qt.Key.Key_Right, Qt.Key.Key_2, Qt.Key.Key_Up, Qt.Key.Key_1):
        hands.key(key)
    hands.touch(f"{prefix}.{products['KTP']}.edit")
    field = part(page, QLineEdit, f"{prefix}.{products['KTP']}.name")
    field.setText("KTP-el")
    QTest.keyClick(field, Qt.Key.Key_Return)

    def answer_of(name: str, side: Side) -> str | None:
        key = ObservationKey("T-04", side, products[name])
        return page.session.snapshot.observation(key).answer

    assert page.session.snapshot.products[products["KTP"]] == "KTP-el"
    assert (answer_of("KTP", PAPER), answer_of("KTP", PRACTICE)) == ("present", "absent")
    assert answer_of("Akta", PRACTICE) == "present"
