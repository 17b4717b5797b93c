"""How the checklist stands in the window: three columns, or the indicator alone with drawers."""

from enum import Enum, auto

from PySide6.QtCore import Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QApplication, QHBoxLayout, QLayout, QPushButton, QWidget

from assessor_app.ui.desk import Desk
from assessor_app.ui.pages.checklist.key_table import with_key
from assessor_app.ui.pages.checklist.score_strip import ScoreStrip
from assessor_app.ui.theme import grown, icon
from assessor_app.ui.widgets.buttons import button
from assessor_app.ui.widgets.drawer import Drawer, Edge, SwipeEdge

_WIDE = 1240  # pixels from which all three have room
_BESIDE = 860  # from which the two sides of an indicator stand beside each other
_OUTLINE_PX, _SCORE_PX = 280, 312
_DRAWN_PX = 340  # wide: a drawer
_MARGIN = 12


class Room(Enum):
    """What the window has room for, where letters are larger at a greater width."""

    COLUMNS = auto()  # outline, indicator and score
    DRAWERS = auto()  # the indicator, its sides beside each other
    STACKED = auto()  # its sides below each other


class Columns(QWidget):
    """The same widgets wherever they stand: nothing is built anew when the window changes."""

    room_changed = Signal(object)  # Room

    def __init__(
        self,
        desk: Desk,
        outline: QWidget,
        middle: QLayout,
        *,
        score: QWidget,
        strip: ScoreStrip,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._outline, self._score, self._strip = outline, score, strip
        self.room = Room.COLUMNS
        self.menu = _menu_button(desk)
        self.menu.toggled.connect(lambda _: self._show_drawers())
        strip.toggled.connect(self._show_drawers)
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(_MARGIN, _MARGIN, _MARGIN, 8)
        self._row.setSpacing(12)
        self._row.addWidget(outline)
        self._row.addLayout(middle, stretch=1)
        self._row.addWidget(score)
        width = grown(_DRAWN_PX)
        self._left = Drawer("checklist.drawer.outline", self, edge=Edge.LEFT, width=width)
        self._right = Drawer("checklist.drawer.score", self, edge=Edge.RIGHT, width=width)
        self._left.closed.connect(lambda: self.menu.setChecked(False))
        self._right.closed.connect(lambda: strip.set_open(opened=False))
        self._swipe = SwipeEdge("checklist.edge", self)
        self._swipe.swiped.connect(lambda: self.menu.setChecked(True))
        self._arrange(Room.COLUMNS)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        room = _room_at(self.width())
        if room is not self.room:
            self._arrange(room)
        self._swipe.setGeometry(0, 0, _MARGIN, self.height())
        for drawer in (self._left, self._right):
            drawer.fit()

    def open_outline(self) -> None:
        """Let the outline be seen, where it is in its drawer."""
        if self.room is not Room.COLUMNS:
            self.menu.setChecked(True)

    def close_drawers(self) -> bool:
        """Close what is open; False where nothing was."""
        found = [one for one in (self._left, self._right) if one.isVisible()]
        for drawer in found:
            drawer.close_up()
        return bool(found)

    def show_outline_after_score(self) -> None:
        """What was tapped in the score is seen in the outline, where only one has room."""
        if self.room is not Room.COLUMNS:
            self._strip.set_open(opened=False)
            self.menu.setChecked(True)

    def toggle_outline(self) -> None:
        if self.room is not Room.COLUMNS:
            self.menu.toggle()

    def toggle_score(self) -> None:
        if self.room is not Room.COLUMNS:
            self._strip.set_open(opened=not self._strip.open)

    def _arrange(self, room: Room) -> None:
        """Put outline and score where they have room; who types goes on typing."""
        focused = QApplication.focusWidget()
        self.room = room
        wide = room is Room.COLUMNS
        if wide:
            self._row.insertWidget(0, self._outline)
            self._row.addWidget(self._score)
            self._outline.setFixedWidth(grown(_OUTLINE_PX))
            self._score.setFixedWidth(grown(_SCORE_PX))
        else:
            for drawer, content in ((self._left, self._outline), (self._right, self._score)):
                content.setMinimumWidth(0)
                content.setMaximumWidth(grown(_DRAWN_PX))
                drawer.hold(content)
        for part in (self._outline, self._score):
            part.show()
        self._strip.setVisible(not wide)
        self.menu.setVisible(not wide)
        self._swipe.setVisible(not wide)
        self._show_drawers()
        self.room_changed.emit(room)
        if focused is not None and focused is not QApplication.focusWidget():
            focused.setFocus()

    def _show_drawers(self) -> None:
        """An open drawer stays open in a narrower window, and comes back with it."""
        drawn = self.room is not Room.COLUMNS
        for drawer, wanted in (
            (self._left, self.menu.isChecked()),
            (self._right, self._strip.open),
        ):
            if drawn and wanted:
                drawer.open()
            else:
                drawer.hide()


def _room_at(width: int) -> Room:
    if width >= grown(_WIDE):
        return Room.COLUMNS
    return Room.DRAWERS if width >= grown(_BESIDE) else Room.STACKED


def _menu_button(desk: Desk) -> QPushButton:
    made = button(
        desk.say("layout.outline"),
        "checklist.menu",
        icon=icon("menu", desk.tokens.accent),
        tip=with_key(desk, desk.say("layout.outline_tip"), "outline"),
    )
    made.setCheckable(True)
    return made
