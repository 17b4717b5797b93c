"""The window stands where it was left, and never where nobody can take hold of it."""

from pathlib import Path

import pytest
from PySide6.QtCore import QByteArray, QDataStream, QIODevice, QRect
from PySide6.QtWidgets import QMainWindow
from pytestqt.qtbot import QtBot

from assessor_app.ui.geometry import keep, put_back, screens, within_reach
from assessor_app.ui.preferences import Preferences, read_preferences, write_preferences
from assessor_app.ui.theme import Theme


def window(qtbot: QtBot) -> QMainWindow:
    made = QMainWindow()
    qtbot.addWidget(made)
    return made


def test_the_window_comes_back_in_its_size_and_place(qtbot: QtBot, tmp_path: Path) -> None:
    before = window(qtbot)
    before.setGeometry(40, 60, 640, 480)
    before.show()
    keep(before, tmp_path)

    after = window(qtbot)
    put_back(after, tmp_path)
    after.show()

    assert after.geometry() == QRect(40, 60, 640, 480)


def test_a_maximised_window_is_maximised_again(qtbot: QtBot, tmp_path: Path) -> None:
    before = window(qtbot)
    before.showMaximized()
    keep(before, tmp_path)

    after = window(qtbot)
    put_back(after, tmp_path)
    after.show()

    assert after.isMaximized()


def test_the_choice_of_language_and_colours_stays(qtbot: QtBot, tmp_path: Path) -> None:
    write_preferences(tmp_path, Preferences(theme=Theme.DARK, text=130))

    keep(window(qtbot), tmp_path)

    kept = read_preferences(tmp_path)
    assert (kept.theme, kept.text) == (Theme.DARK, 130)
    assert kept.geometry


@pytest.mark.parametrize("kept", [None, "", "AAAA", "%%%", "eHh4eHh4"])
def test_without_a_place_it_opens_on_the_screen(
    qtbot: QtBot, tmp_path: Path, kept: str | None
) -> None:
    write_preferences(tmp_path, Preferences(geometry=kept))
    made = window(qtbot)

    put_back(made, tmp_path)
    made.show()

    assert within_reach(made.frameGeometry(), screens())


def test_a_window_left_on_a_screen_that_is_gone_comes_within_reach(
    qtbot: QtBot, tmp_path: Path
) -> None:
    far = QRect(9000, 5000, 640, 480)
    told = QByteArray()
    stream = QDataStream(told, QIODevice.OpenModeFlag.WriteOnly)
    stream.setVersion(QDataStream.Version.Qt_4_0)
    stream.writeUInt32(0x1D9D0CB)  # as QWidget.saveGeometry begins
    stream.writeUInt16(3)
    stream.writeUInt16(0)
    for place in (far, far):
        stream << place
    stream.writeInt32(0)
    stream.writeUInt8(0)
    stream.writeUInt8(0)
    stream.writeInt32(1366)
    stream << far
    geometry = bytes(told.toBase64().data()).decode()
    write_preferences(tmp_path, Preferences(geometry=geometry))
    made = window(qtbot)

    put_back(made, tmp_path)
    made.show()

    assert within_reach(made.frameGeometry(), screens())


@pytest.mark.parametrize(
    ("frame", "seen"),
    [
        (QRect(0, 0, 1366, 768), True),
        (QRect(1300, 10, 600, 400), False),  # only a strip of it
        (QRect(1200, 10, 600, 400), True),
        (QRect(-500, 10, 600, 400), False),
        (QRect(10, -60, 600, 400), False),  # its title is above the screen
        (QRect(10, 760, 600, 400), True),
        (QRect(3000, 10, 600, 400), True),  # on the second screen
        (QRect(10, 10, 80, 60), True),
        (QRect(10, 10, 0, 0), False),
    ],
)
def test_the_title_of_a_window_must_be_seen(frame: QRect, seen: bool) -> None:  # noqa: FBT001 - a case
    places = [QRect(0, 0, 1366, 768), QRect(2000, 0, 1920, 1080)]

    assert within_reach(frame, places) is seen
