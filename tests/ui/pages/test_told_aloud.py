"""What happens beside the focus is read out; keys walk lists in the order that is seen."""

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent, QAccessibleEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QTreeView, QWidget
from pytestqt.qtbot import QtBot
from tests.ui.pages.checklist_hands import PAPER, PRACTICE, AtChecklist
from tests.ui.pages.hands import part
from tests.ui.widgets.hands import shown

from assessor_app.domain.problem import RecordRefused
from assessor_app.domain.zone import ZoneColour
from assessor_app.ui import spoken
from assessor_app.ui.pages.checklist.landing import Offer
from assessor_app.ui.widgets import notice
from assessor_app.ui.widgets.notice import Tone
from assessor_app.ui.widgets.status_line import StatusLine
from assessor_app.ui.widgets.zone_chip import ZoneChip


class Heard(list[str]):
    """Every sentence that a screen reader is given, in order; Qt is told all the same."""

    def isActive(self) -> bool:  # noqa: N802 - Qt's
        return True

    def updateAccessibility(self, event: QAccessibleEvent) -> None:  # noqa: N802 - Qt's
        if isinstance(event, QAccessibleAnnouncementEvent):
            self.append(event.message())
        elif event.type() is QAccessible.Event.Alert:
            told = event.object()
            assert isinstance(told, QWidget)
            self.append(told.accessibleName())
        QAccessible.updateAccessibility(event)

    def __getattr__(self, name: str) -> object:
        return getattr(QAccessible, name)


@pytest.fixture
def heard(monkeypatch: pytest.MonkeyPatch) -> Heard:
    found = Heard()
    for module in (spoken, notice):
        monkeypatch.setattr(module, "QAccessible", found)
    return found


def test_what_was_saved_is_read_out(at: AtChecklist, heard: Heard, qtbot: QtBot) -> None:
    line = StatusLine()
    qtbot.addWidget(line)
    at.page.said.connect(line.say)

    at.key(Qt.Key.Key_1)

    assert heard == [at.said[-1]]
    assert "P15-06" in heard[0]


def test_what_was_refused_is_read_out(
    at: AtChecklist, heard: Heard, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise RecordRefused("template_empty")

    monkeypatch.setattr(at.session, "record", refuse)
    at.key(Qt.Key.Key_1)

    assert at.notice()
    assert heard == [at.notice()]


def test_another_zone_is_read_out_where_it_is_seen_and_the_first_is_not(
    at: AtChecklist, heard: Heard, qtbot: QtBot
) -> None:
    chip = ZoneChip(at.desk.tokens)
    window = shown(chip, qtbot)

    chip.show_zone(None, "Zona belum dapat disebut")
    chip.show_zone(ZoneColour.YELLOW, "Zona kuning")
    chip.show_zone(ZoneColour.YELLOW, "Zona kuning")
    assert heard == ["Zona kuning"]

    window.hide()
    chip.show_zone(ZoneColour.GREEN, "Zona hijau")
    assert heard == ["Zona kuning"]


def test_photos_that_come_are_read_out_once_and_again_when_some_did_not_go_in(
    at: AtChecklist, heard: Heard, qtbot: QtBot
) -> None:
    offer = Offer(at.desk, "landing.coming")
    window = shown(offer, qtbot)

    for told in ("Foto 1 dari 3", "Foto 2 dari 3"):
        offer.tell(told, Tone.INFO)
    offer.tell("2 dari 3 berkas.", Tone.WARNING)
    offer.clear()
    offer.tell("Foto 1 dari 2", Tone.INFO)

    assert heard == ["Foto 1 dari 3", "2 dari 3 berkas.", "Foto 1 dari 2"]
    assert window.isVisible()


def test_the_arrows_walk_the_outline_as_it_is_seen_and_tab_leaves_it(at: AtChecklist) -> None:
    tree = part(at.page, QTreeView, "checklist.tree")
    tree.setFocus(Qt.FocusReason.TabFocusReason)
    codes, heights = [at.page.code], [row_top(tree)]

    for _ in range(5):
        QTest.keyClick(tree, Qt.Key.Key_Down)
        codes.append(at.page.code)
        heights.append(row_top(tree))
        assert tree.viewport().rect().intersects(tree.visualRect(tree.currentIndex()))

    every = list(at.session.instrument.by_code)
    assert codes == every[every.index("P15-06") :][: len(codes)]
    assert heights == sorted(set(heights))
    tree.setFocus(Qt.FocusReason.TabFocusReason)
    QTest.keyClick(tree, Qt.Key.Key_Tab)
    assert QApplication.focusWidget() is not tree


def test_tab_goes_down_the_paperwork_before_it_goes_down_the_practice(at: AtChecklist) -> None:
    at.button(at.name(PAPER, "templates")).setFocus(Qt.FocusReason.TabFocusReason)
    visited: list[str] = []
    while (now := QApplication.focusWidget()) is not None and now.objectName() not in visited:
        visited.append(now.objectName())
        QTest.keyClick(now, Qt.Key.Key_Tab)

    both = [PAPER.value, PRACTICE.value]
    sides = [found for name in visited for found in name.split(".")[2:3] if found in both]
    answers = [name for name in visited if name.endswith(("present", "absent", "note"))]
    assert sides == sorted(sides, key=both.index)
    assert answers == [
        f"indicator.P15-06.{side.value}.{what}"
        for side in (PAPER, PRACTICE)
        for what in ("present", "absent", "note")
    ]


def row_top(tree: QTreeView) -> int:
    """How far down the current row stands in the whole list (pixels)."""
    row = tree.visualRect(tree.currentIndex())
    return tree.viewport().mapTo(tree, QPoint(0, row.top())).y() + tree.verticalScrollBar().value()
