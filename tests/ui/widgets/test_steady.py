"""A text that keeps its size has no neighbour laid out anew; one that grows gets its room."""

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QEvent, QObject
from PySide6.QtWidgets import QApplication, QPushButton, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from assessor_app.ui.widgets.filter_chips import Filter, FilterChips
from assessor_app.ui.widgets.steady import Steady


class Asked(QObject):
    """Counts how often a widget is asked to lay out what it holds."""

    count = 0

    def eventFilter(self, _: QObject, event: QEvent) -> bool:
        self.count += event.type() is QEvent.Type.LayoutRequest
        return False


@pytest.fixture
def chips() -> FilterChips:
    filters = [Filter("open", "Terbuka", "A"), Filter("gaps", "Kesenjangan", "B")]
    return FilterChips("filter", filters, columns=2, spoken="Saringan")


@pytest.fixture
def around(qtbot: QtBot, chips: FilterChips) -> Iterator[QWidget]:
    whole = QWidget()
    column = QVBoxLayout(whole)
    column.addWidget(Steady(chips))
    column.addStretch(1)
    qtbot.addWidget(whole)
    whole.show()
    chips.show_counts({"open": 74, "gaps": 3})
    QApplication.processEvents()
    yield whole
    whole.hide()


def test_a_number_that_changes_leaves_the_neighbours_alone(
    around: QWidget, chips: FilterChips
) -> None:
    asked = Asked(around)
    around.installEventFilter(asked)

    chips.show_counts({"open": 73, "gaps": 4})
    for _ in range(5):  # each parent asks its own in the next round
        QApplication.processEvents()

    assert asked.count == 0
    assert around.findChild(QPushButton, "filter.open").text() == "73\nTerbuka"  # type: ignore[union-attr]  # it was made above


def test_what_grows_beyond_its_place_is_given_more(
    qtbot: QtBot, around: QWidget, chips: FilterChips
) -> None:
    before = chips.width()

    chips.show_counts({"open": 10**15, "gaps": 10**15})

    qtbot.waitUntil(lambda: chips.width() >= chips.minimumSizeHint().width() > before)
    assert around.width() >= chips.width()


def test_what_changed_while_it_was_hidden_has_its_room_when_it_is_shown(
    around: QWidget, chips: FilterChips
) -> None:
    around.hide()
    chips.show_counts({"open": 10**15, "gaps": 10**15})

    around.show()
    QApplication.processEvents()

    assert chips.width() >= chips.minimumSizeHint().width()
