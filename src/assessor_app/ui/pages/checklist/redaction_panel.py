"""Beside the picture: what a box covers, what can be done to it, and saving."""

from PySide6.QtCore import Signal
from PySide6.QtGui import QIcon
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QToolButton, QVBoxLayout, QWidget

from assessor_app.domain.redaction import Layer, Why
from assessor_app.ui.desk import Desk
from assessor_app.ui.pages.checklist.drawn_steps import DrawnSteps
from assessor_app.ui.theme import grown, icon
from assessor_app.ui.widgets.buttons import button, icon_button
from assessor_app.ui.widgets.choices import Choices, Mark, Option
from assessor_app.ui.widgets.labels import quiet, strong

WIDE = 340


class RedactionPanel(QWidget):
    """Knows what is chosen for the next box; all else it is told, and reports what is pressed."""

    why_chosen = Signal(object)  # Why
    undo_wanted = Signal()
    redo_wanted = Signal()
    removal_wanted = Signal()
    page_wanted = Signal(int)
    preview_wanted = Signal(bool)
    save_wanted = Signal()
    skip_wanted = Signal()
    left = Signal()

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.setObjectName("redaction.panel")
        self.setMinimumWidth(grown(WIDE))
        self._desk = desk
        self._page, self._pages = 1, 0
        self.why = Why.FACE
        say, words = desk.say, desk.words
        options = [
            Option(
                why.value, words(f"redaction_why.{why.value}").capitalize(), str(key), Mark.CHOSEN
            )
            for key, why in enumerate(Why, start=1)
        ]
        self._whys = Choices(
            "redaction.why", options, desk.tokens, columns=2, group=say("redaction.what")
        )
        self._whys.show_value(self.why.value)
        self._undo = self._sign("undo")
        self._redo = self._sign("redo")
        self._remove = button(say("redaction.remove"), "redaction.remove", icon=self._icon("trash"))
        self._preview = button(
            say("redaction.preview"), "redaction.preview", icon=self._icon("eye")
        )
        self._preview.setCheckable(True)
        self._back = self._sign("back")
        self._next = self._sign("next")
        self._at = quiet("")
        self._pager = QWidget()
        self._save = button(say("redaction.save"), "redaction.save", role="primary")
        self._skip = button(say("redaction.skip"), "redaction.skip")
        self._leave = button(say("redaction.leave"), "redaction.leave")
        self._furnish()
        self._connect()

    def show_why(self, why: Why) -> None:
        """Mark what the next box covers."""
        self.why = why
        self._whys.show_value(why.value)

    def show_history(self, history: DrawnSteps[Layer], *, pages: int, page: int) -> None:
        self._page, self._pages = page, pages
        if history.chosen is not None:
            self.show_why(history.chosen.why)
        locked = self._preview.isChecked()
        self._undo.setEnabled(history.can_undo and not locked)
        self._redo.setEnabled(history.can_redo and not locked)
        self._remove.setEnabled(history.chosen is not None and not locked)
        self._whys.setEnabled(not locked)
        self._save.setEnabled(pages > 0)
        self._pager.setVisible(pages > 1)
        self._back.setEnabled(page > 1)
        self._next.setEnabled(page < pages)
        self._at.setText(self._desk.say("redaction.page", page=page, pages=pages))

    def show_several(self, *, several: bool, last: bool) -> None:
        """Whether there are more pieces after this one."""
        say = self._desk.say
        told = say("redaction.save_next") if several and not last else say("redaction.save")
        self._save.setText(told)
        self._save.setAccessibleName(told)
        self._skip.setVisible(several and not last)

    def end_preview(self) -> None:
        self._preview.setChecked(False)

    def _furnish(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(12)
        column.addWidget(strong(self._desk.say("redaction.what")))
        column.addWidget(self._whys)
        tools = QGridLayout()
        tools.setSpacing(8)
        tools.addWidget(self._undo, 0, 0)
        tools.addWidget(self._redo, 0, 1)
        tools.setColumnStretch(2, 1)
        tools.addWidget(self._remove, 1, 0, 1, 3)  # a line of its own: large letters need it
        column.addLayout(tools)
        column.addWidget(self._preview)
        turning = QHBoxLayout(self._pager)
        turning.setContentsMargins(0, 0, 0, 0)
        for part in (self._back, self._at, self._next):
            turning.addWidget(part, stretch=1 if part is self._at else 0)
        column.addWidget(self._pager)
        column.addWidget(quiet(self._desk.say("redaction.hint")))
        column.addStretch(1)
        column.addWidget(self._save)
        out = QHBoxLayout()
        out.setSpacing(8)
        for last in (self._skip, self._leave):
            out.addWidget(last)
        column.addLayout(out)

    def _connect(self) -> None:
        self._whys.chosen.connect(lambda value: self.why_chosen.emit(Why(value)))
        self._undo.clicked.connect(self.undo_wanted)
        self._redo.clicked.connect(self.redo_wanted)
        self._remove.clicked.connect(self.removal_wanted)
        self._preview.toggled.connect(self.preview_wanted)
        self._back.clicked.connect(lambda: self.page_wanted.emit(self._page - 1))
        self._next.clicked.connect(lambda: self.page_wanted.emit(self._page + 1))
        self._save.clicked.connect(self.save_wanted)
        self._skip.clicked.connect(self.skip_wanted)
        self._leave.clicked.connect(self.left)

    def _sign(self, name: str) -> QToolButton:
        return icon_button(
            self._desk.say(f"redaction.{name}"), f"redaction.{name}", self._icon(name)
        )

    def _icon(self, name: str) -> QIcon:
        return icon(name, self._desk.tokens.ink)
