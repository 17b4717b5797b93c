"""Where the window stands and how large it is, from one start to the next; always within reach."""

from dataclasses import replace
from pathlib import Path

from PySide6.QtCore import QByteArray, QRect
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QWidget

from assessor_app.ui.preferences import read_preferences, write_preferences

_SIZE = (1366, 768)  # pixels, where the screen has them
_GRIP = 120  # pixels of the window's top that must be on a screen to take hold of it


def put_back(window: QWidget, home: Path) -> None:
    """Let the window stand as it was left; in the usual size where that cannot be seen now."""
    kept = read_preferences(home).geometry
    if kept is not None:
        told = QByteArray.fromBase64(QByteArray(kept.encode("ascii")))
        if window.restoreGeometry(told) and within_reach(window.frameGeometry(), screens()):
            return
    available = window.screen().availableGeometry()
    width, height = min(_SIZE[0], available.width()), min(_SIZE[1], available.height())
    place = QRect(0, 0, width, height)
    place.moveCenter(available.center())
    window.setGeometry(place)


def keep(window: QWidget, home: Path) -> None:
    """Remember how the window stands, also whether it is maximised."""
    told = bytes(window.saveGeometry().toBase64().data()).decode("ascii")
    write_preferences(home, replace(read_preferences(home), geometry=told))


def screens() -> list[QRect]:
    """What of each screen a window may stand on."""
    return [screen.availableGeometry() for screen in QGuiApplication.screens()]


def within_reach(frame: QRect, places: list[QRect]) -> bool:
    """Whether the top of a window can be taken hold of on one of the screens."""
    if frame.isEmpty():
        return False
    top = QRect(frame.left(), frame.top(), frame.width(), min(frame.height(), _GRIP))
    for place in places:
        seen = place.intersected(top)
        if seen.width() >= min(_GRIP, frame.width()) and place.contains(
            seen.center().x(), frame.top() + 1
        ):
            return True
    return False
