"""A box to tick is ticked wherever its row is tapped."""

from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from assessor_app.ui.pages.parts.ticks import tick


def test_a_tap_at_the_far_end_of_the_row_ticks(qtbot: QtBot) -> None:
    box = tick("Biaya/tarif", "one")
    qtbot.addWidget(box)
    box.resize(600, 48)
    box.show()

    QTest.mouseClick(box, Qt.MouseButton.LeftButton, pos=QPoint(590, 24))

    assert box.isChecked()
