"""The foot of the checklist: one back, one on, undo and redo that say what they take back."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QMenu, QToolButton, QWidget

from assessor_app.ui.desk import Desk
from assessor_app.ui.pages.checklist.key_table import told_key, with_key
from assessor_app.ui.theme import icon
from assessor_app.ui.widgets.buttons import button, icon_button

_ASIDE = (
    ("pause", "pause", "actions.pause"),
    ("interviews", "person", "interviews.open_tip"),
    ("trials", "send", "trials.open_tip"),
    ("pictures", "ranking", "pictures.open_tip"),
    ("keys", "keyboard", "keys.open"),
)
"""What leads aside: the action, its sign, and what it is called."""


class ActionBar(QWidget):
    """Reports which action of the key table was pressed."""

    acted = Signal(str)

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        say, tokens = desk.say, desk.tokens
        self._previous = icon_button(
            with_key(desk, say("actions.previous"), "up"),
            "checklist.previous",
            icon("back", tokens.accent),
        )
        self._undo = icon_button(say("actions.undo"), "checklist.undo", icon("undo", tokens.accent))
        self._redo = icon_button(say("actions.redo"), "checklist.redo", icon("redo", tokens.accent))
        self._aside = {action: self._way(action, sign, told) for action, sign, told in _ASIDE}
        self._more = self._more_button()
        following = button(
            say("actions.next"), "checklist.next", role="primary", tip=told_key(desk, "next")
        )
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        for widget in (self._previous, self._undo, self._redo, *self._aside.values(), self._more):
            row.addWidget(widget)
        row.addStretch(1)
        row.addWidget(following)
        for made, action in (
            (self._previous, "up"),
            (self._undo, "undo"),
            (self._redo, "redo"),
            (following, "next"),
        ):
            made.clicked.connect(lambda _, action=action: self.acted.emit(action))
        self.set_narrow(narrow=False)

    def show_actions(self, *, undo: str | None, redo: str | None, editable: bool) -> None:
        """What the next undo and redo would do; None where there is nothing."""
        say = self._desk.say
        self._show(self._undo, say("actions.undo_what", what=undo) if undo else None, "undo")
        self._show(self._redo, say("actions.redo_what", what=redo) if redo else None, "redo")
        self._aside["pause"].setEnabled(editable)

    def set_narrow(self, *, narrow: bool) -> None:
        """Put what leads aside into a menu where the bar is too short for it."""
        for made in self._aside.values():
            made.setVisible(not narrow)
        self._more.setVisible(narrow)

    def _way(self, action: str, sign: str, told: str) -> QToolButton:
        words = with_key(self._desk, self._desk.say(told), action)
        made = icon_button(words, f"checklist.{action}", icon(sign, self._desk.tokens.accent))
        made.clicked.connect(lambda: self.acted.emit(action))
        return made

    def _more_button(self) -> QToolButton:
        made = icon_button(
            self._desk.say("actions.more"), "checklist.more", icon("more", self._desk.tokens.accent)
        )
        menu = QMenu(made)
        for action, sign, told in _ASIDE:
            words = with_key(self._desk, self._desk.say(told), action)
            entry = menu.addAction(icon(sign, self._desk.tokens.accent), words)
            entry.triggered.connect(lambda _, action=action: self.acted.emit(action))
        made.setMenu(menu)
        made.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        return made

    def _show(self, made: QToolButton, text: str | None, name: str) -> None:
        made.setEnabled(text is not None)
        shown = text or self._desk.say(f"actions.{name}")
        made.setToolTip(shown)
        made.setAccessibleName(shown)
