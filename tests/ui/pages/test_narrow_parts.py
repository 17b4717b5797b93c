"""What stands beside a picture or a search takes the whole width below it, and cuts no word."""

from collections.abc import Iterator
from functools import partial

import pytest
from PySide6.QtWidgets import QApplication, QLineEdit, QPushButton, QWidget
from pytestqt.qtbot import QtBot
from tests.ui.pages.hands import desk_over

from assessor_app.compose import Application
from assessor_app.ui.desk import Desk
from assessor_app.ui.pages.visits.bar import BeginBar
from assessor_app.ui.theme import Scheme, apply_theme
from assessor_app.ui.widgets.stacking import Stacking

_BESIDE = 120  # pixels


@pytest.fixture
def large_letters(qapp: QApplication) -> Iterator[None]:
    apply_theme(qapp, Scheme.CONTRAST_DARK, text=150)
    yield
    apply_theme(qapp, Scheme.LIGHT)
    qapp.setStyleSheet("")


@pytest.fixture
def desk(application: Application) -> Desk:
    return desk_over(application)


def test_a_held_part_is_narrow_beside_and_wide_below(qtbot: QtBot) -> None:
    window, picture, panel = QWidget(), QWidget(), QWidget()
    qtbot.addWidget(window)
    row = Stacking(below=400)
    row.addWidget(picture, stretch=1)
    row.addWidget(panel)
    row.hold(panel, _BESIDE)
    window.setLayout(row)
    window.show()

    for wide, wanted in ((600, _BESIDE), (300, 300), (700, _BESIDE)):
        window.resize(wide, 500)
        qtbot.waitUntil(partial(is_wide, panel, wanted))


def is_wide(part: QWidget, pixels: int) -> bool:
    return part.width() == pixels


@pytest.mark.usefixtures("large_letters")
@pytest.mark.parametrize("wide", [500, 768, 1024, 1366])
def test_no_way_to_begin_a_visit_is_cut(desk: Desk, qtbot: QtBot, wide: int) -> None:
    bar = BeginBar(desk, QLineEdit())
    qtbot.addWidget(bar)
    bar.show_next(possible=True)
    bar.resize(wide, 300)
    bar.show()

    ways = bar.findChildren(QPushButton)
    assert len(ways) == 3
    qtbot.waitUntil(lambda: all(one.width() >= one.sizeHint().width() for one in ways))
    assert all(one.mapTo(bar, one.rect().topRight()).x() < wide for one in ways)
