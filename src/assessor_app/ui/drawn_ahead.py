"""The icons of the pages behind the door are drawn at it, one at a time, while nobody types."""

from operator import attrgetter

from PySide6.QtCore import QEvent, QObject, QTimer
from PySide6.QtWidgets import QWidget

from assessor_app.ui.desk import Desk
from assessor_app.ui.theme import drawing, icon

_BETWEEN_MS = 5
_QUIET_MS = 400  # after a key: who types, or has pressed Enter, waits for no icon
_PRESSED = frozenset({QEvent.Type.KeyPress, QEvent.Type.MouseButtonPress, QEvent.Type.TouchBegin})
_SMALL, _USUAL, _LARGE = 18, 24, 22  # pixels square
# What the list of visits and an opened visit show, by the colour that it is drawn in.
_ICONS = {
    ("accent", _USUAL): (
        *("add", "back", "building", "check", "clock", "cross", "document", "drawer", "flag"),
        *("history", "info", "keyboard", "list", "menu", "more", "ok", "outbox", "pause", "person"),
        *("play", "ranking", "redo", "same", "send", "template", "undo"),
    ),
    ("ink", _USUAL): (
        *("attach", "control-down", "door", "globe", "history", "list", "next", "outbox"),
        *("person", "send"),
    ),
    ("on_accent", _USUAL): ("add", "check", "play", "review"),
    ("red.ink", _SMALL): ("gap",),
    ("red.ink", _LARGE): ("gap",),
    ("grey.ink", _LARGE): ("info",),
    ("yellow.ink", _SMALL): ("flag",),
    ("accent", _SMALL): ("person",),
}


def read_drawings() -> None:
    """Read the files of these icons: in a worker."""
    for names in _ICONS.values():
        for name in names:
            drawing(name)


class DrawnAhead(QObject):
    """Goes with the page that it was begun at; each icon is drawn in less than 2 ms."""

    def __init__(self, desk: Desk, page: QWidget) -> None:
        super().__init__(page)
        self._tokens = desk.tokens
        self._left = [
            (name, colour, size) for (colour, size), names in _ICONS.items() for name in names
        ]
        self._turn = QTimer(self)
        self._turn.setSingleShot(True)
        self._turn.timeout.connect(self._draw_one)
        window = page.window().windowHandle()
        if window is not None:
            window.installEventFilter(self)
        self._turn.start(_BETWEEN_MS)

    @property
    def left(self) -> int:
        """How many icons are not drawn yet."""
        return len(self._left)

    @property
    def resting(self) -> bool:
        """Whether something was pressed a moment ago."""
        return self._turn.remainingTime() > _BETWEEN_MS

    def eventFilter(self, _: QObject, event: QEvent) -> bool:
        """Wait once something is pressed."""
        if event.type() in _PRESSED and self._turn.isActive():
            self._turn.start(_QUIET_MS)
        return False

    def _draw_one(self) -> None:
        name, colour, size = self._left.pop()
        icon(name, attrgetter(colour)(self._tokens), size=size)
        if self._left:
            self._turn.start(_BETWEEN_MS)
