"""Beside the picture: what is drawn, in which colour, which words, and saving."""

from PySide6.QtCore import QSize, Signal
from PySide6.QtGui import QColor, QIcon, QPainter, QPixmap
from PySide6.QtWidgets import (
    QButtonGroup,
    QGridLayout,
    QHBoxLayout,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from assessor_app.domain.annotation import INKS, LONGEST_TEXT, Annotation, Ink, Shape
from assessor_app.ui.desk import Desk
from assessor_app.ui.pages.checklist.drawn_steps import DrawnSteps
from assessor_app.ui.theme import grown, icon
from assessor_app.ui.widgets.buttons import button, icon_button
from assessor_app.ui.widgets.fields import Field, line_edit
from assessor_app.ui.widgets.labels import quiet, strong

WIDE = 300  # pixels, at letters of normal size
_DOT = 26  # pixels of a colour


class AnnotationPanel(QWidget):
    """Knows the tool that is chosen; all else it is told, and reports what is pressed."""

    tool_chosen = Signal()
    words_given = Signal(str)
    undo_wanted = Signal()
    redo_wanted = Signal()
    removal_wanted = Signal()
    page_wanted = Signal(int)
    save_wanted = Signal()
    left = Signal()

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.setObjectName("annotation.panel")
        self.setMinimumWidth(grown(WIDE))
        self._desk = desk
        self._page = 1
        say, words = desk.say, desk.words
        self._shapes = QButtonGroup(self)
        self._inks = QButtonGroup(self)
        self._shape_buttons = {
            shape: self._choice(
                self._shapes,
                f"annotation.shape.{shape.value}",
                f"{words(f'annotation_shape.{shape.value}').capitalize()} ({key})",
                icon(f"shape-{shape.value}", desk.tokens.ink),
            )
            for key, shape in enumerate(Shape, start=1)
        }
        self._ink_buttons = {
            ink: self._choice(
                self._inks,
                f"annotation.ink.{ink.value}",
                words(f"annotation_ink.{ink.value}").capitalize(),
                _dot(ink),
            )
            for ink in Ink
        }
        self._told = quiet("")
        self._words = line_edit("annotation.text", placeholder=say("annotation.text_place"))
        self._words.setMaxLength(LONGEST_TEXT)
        self._words.returnPressed.connect(lambda: self.words_given.emit(self._words.text()))
        self._words_field = Field(say("annotation.text"), self._words)
        self._undo, self._redo = self._sign("undo"), self._sign("redo")
        self._remove = button(
            say("annotation.remove"), "annotation.remove", icon=icon("trash", desk.tokens.ink)
        )
        self._back, self._next = self._sign("back"), self._sign("next")
        self._at = quiet("")
        self._pager = QWidget()
        self._save = button(say("annotation.save"), "annotation.save", role="primary")
        self._leave = button(say("annotation.leave"), "annotation.leave")
        self.shape, self.ink = Shape.ARROW, Ink.RED
        self._furnish()
        self._connect()
        self.choose(Shape.ARROW)
        self._ink_buttons[Ink.RED].setChecked(True)

    @property
    def words(self) -> str:
        """What is typed to stand over the picture."""
        return self._words.text()

    def choose(self, shape: Shape) -> None:
        """Draw this from now on."""
        self.shape = shape
        self._shape_buttons[shape].setChecked(True)
        self._words_field.setVisible(shape is Shape.TEXT)
        self._told.setText(self._shape_buttons[shape].accessibleName())
        self.tool_chosen.emit()

    def ask_for_words(self) -> None:
        self._words.setFocus()

    def show_steps(self, steps: DrawnSteps[Annotation], *, pages: int, page: int) -> None:
        """Show what can be done now."""
        self._page = page
        chosen = steps.chosen
        self._undo.setEnabled(steps.can_undo)
        self._redo.setEnabled(steps.can_redo)
        self._remove.setEnabled(chosen is not None)
        self._save.setEnabled(pages > 0)
        self._pager.setVisible(pages > 1)
        self._back.setEnabled(page > 1)
        self._next.setEnabled(page < pages)
        self._at.setText(self._desk.say("proof.page", page=page, pages=pages))
        if chosen is not None:
            self._ink_buttons[chosen.ink].setChecked(True)
            self.ink = chosen.ink
            if chosen.shape is Shape.TEXT and not self._words.hasFocus():
                self._words.setText(chosen.text)

    def _furnish(self) -> None:
        say = self._desk.say
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(12)
        column.addWidget(strong(say("annotation.what")))
        column.addLayout(_grid(list(self._shape_buttons.values()), columns=3))
        column.addWidget(self._told)
        column.addWidget(self._words_field)
        column.addWidget(strong(say("annotation.ink")))
        column.addLayout(_grid(list(self._ink_buttons.values()), columns=5))
        tools = QHBoxLayout()
        tools.setSpacing(8)
        for made in (self._undo, self._redo, self._remove):
            tools.addWidget(made)
        column.addLayout(tools)
        turning = QHBoxLayout(self._pager)
        turning.setContentsMargins(0, 0, 0, 0)
        for part in (self._back, self._at, self._next):
            turning.addWidget(part, stretch=1 if part is self._at else 0)
        column.addWidget(self._pager)
        column.addWidget(quiet(say("annotation.hint")))
        column.addStretch(1)
        column.addWidget(self._save)
        column.addWidget(self._leave)

    def _connect(self) -> None:
        for shape, made in self._shape_buttons.items():
            made.clicked.connect(lambda _=False, one=shape: self.choose(one))
        for ink, made in self._ink_buttons.items():
            made.clicked.connect(lambda _=False, one=ink: self._on_ink(one))
        self._undo.clicked.connect(self.undo_wanted)
        self._redo.clicked.connect(self.redo_wanted)
        self._remove.clicked.connect(self.removal_wanted)
        self._back.clicked.connect(lambda: self.page_wanted.emit(self._page - 1))
        self._next.clicked.connect(lambda: self.page_wanted.emit(self._page + 1))
        self._save.clicked.connect(self.save_wanted)
        self._leave.clicked.connect(self.left)

    def _on_ink(self, ink: Ink) -> None:
        self.ink = ink
        self.tool_chosen.emit()

    def _choice(self, group: QButtonGroup, name: str, text: str, sign: QIcon) -> QToolButton:
        made = icon_button(text, name, sign)
        made.setCheckable(True)
        group.addButton(made)
        return made

    def _sign(self, name: str) -> QToolButton:
        sign = icon(name, self._desk.tokens.ink)
        return icon_button(self._desk.say(f"annotation.{name}"), f"annotation.{name}", sign)


def _grid(buttons: list[QToolButton], *, columns: int) -> QGridLayout:
    grid = QGridLayout()
    grid.setSpacing(6)
    for number, made in enumerate(buttons):
        grid.addWidget(made, number // columns, number % columns)
    grid.setColumnStretch(columns, 1)
    return grid


def _dot(ink: Ink) -> QIcon:
    """A disc of the colour with a white edge, as it is drawn."""
    picture = QPixmap(QSize(_DOT * 2, _DOT * 2))
    picture.setDevicePixelRatio(2)
    picture.fill(QColor(0, 0, 0, 0))
    painter = QPainter(picture)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(QColor(120, 130, 142))
    painter.setBrush(QColor(255, 255, 255))
    painter.drawEllipse(1, 1, _DOT - 2, _DOT - 2)
    painter.setBrush(QColor(*INKS[ink]))
    painter.drawEllipse(4, 4, _DOT - 8, _DOT - 8)
    painter.end()
    return QIcon(picture)
