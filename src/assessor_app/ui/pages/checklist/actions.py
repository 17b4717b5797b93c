"""The foot of the checklist: one back, one on, undo and redo that say what they take back."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QToolButton, QWidget

from assessor_app.ui.desk import Desk
from assessor_app.ui.theme import icon
from assessor_app.ui.widgets.buttons import button, icon_button


class ActionBar(QWidget):
    """Reports what was pressed."""

    previous_pressed = Signal()
    next_pressed = Signal()
    undo_pressed = Signal()
    redo_pressed = Signal()
    pause_pressed = Signal()

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        say, tokens = desk.say, desk.tokens
        previous = button(
            say("actions.previous"), "checklist.previous", tip=say("actions.previous_key")
        )
        previous.clicked.connect(self.previous_pressed)
        self._undo = icon_button(say("actions.undo"), "checklist.undo", icon("undo", tokens.accent))
        self._undo.clicked.connect(self.undo_pressed)
        self._redo = icon_button(say("actions.redo"), "checklist.redo", icon("redo", tokens.accent))
        self._redo.clicked.connect(self.redo_pressed)
        self._pause = icon_button(
            say("actions.pause"), "checklist.pause", icon("pause", tokens.accent)
        )
        self._pause.clicked.connect(self.pause_pressed)
        following = button(
            say("actions.next"), "checklist.next", role="primary", tip=say("actions.next_key")
        )
        following.clicked.connect(self.next_pressed)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        for widget in (previous, self._undo, self._redo, self._pause):
            row.addWidget(widget)
        row.addStretch(1)
        row.addWidget(following)

    def show_actions(self, *, undo: str | None, redo: str | None, editable: bool) -> None:
        """What the next undo and redo would do; None where there is nothing."""
        say = self._desk.say
        self._show(self._undo, say("actions.undo_what", what=undo) if undo else None, "undo")
        self._show(self._redo, say("actions.redo_what", what=redo) if redo else None, "redo")
        self._pause.setEnabled(editable)

    def _show(self, made: QToolButton, text: str | None, name: str) -> None:
        made.setEnabled(text is not None)
        shown = text or self._desk.say(f"actions.{name}")
        made.setToolTip(shown)
        made.setAccessibleName(shown)
