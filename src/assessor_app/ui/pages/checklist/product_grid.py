"""Service products beside each other: what each has on paper and in practice, answered in place."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import chain

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QLineEdit, QPushButton, QToolButton, QWidget

from assessor_app.domain.instrument import LEVELLED, Indicator, Side
from assessor_app.domain.observation import WHOLE_UNIT
from assessor_app.ui.desk import Desk
from assessor_app.ui.pages.checklist.editors.levels import level_mark
from assessor_app.ui.pages.checklist.key_table import DIGITS
from assessor_app.ui.theme import dress, icon, set_look
from assessor_app.ui.widgets.answer_cell import AnswerCell
from assessor_app.ui.widgets.buttons import button, icon_button
from assessor_app.ui.widgets.card import Card
from assessor_app.ui.widgets.choices import Option
from assessor_app.ui.widgets.fields import line_edit
from assessor_app.ui.widgets.labels import quiet

_MOST_LEVELS = 4  # more have no room beside each other: they are answered in the panes below


@dataclass(frozen=True, slots=True)
class ProductRow:
    """One product, or the unit as a whole: its own answers, in the record's and in final words.

    `told` says of each side what holds, also where that is the unit's answer.
    """

    id: str
    name: str
    answers: Mapping[Side, str | None]
    told: Mapping[Side, str]


class ProductGrid(Card):
    """Reports what is answered, chosen and named; the panes below show the chosen one."""

    chosen = Signal(str)  # the product's name; empty for the unit as a whole
    answered = Signal(str, str, str)  # the product's name, side, answer
    named = Signal(str)
    renamed = Signal(str, str)  # the product's id, its new name

    def __init__(self, desk: Desk, indicator: Indicator) -> None:
        super().__init__()
        self._desk, self._indicator = desk, indicator
        self._prefix = f"indicator.{indicator.code}.product"
        self.setObjectName(f"{self._prefix}s.grid")
        self._rows: tuple[ProductRow, ...] = ()
        self._chosen = ""
        self._editing = ""  # the id of the product whose name is being written
        self._cells: list[list[AnswerCell]] = []
        self._names: dict[str, QPushButton] = {}
        self._edits: list[QToolButton] = []
        self._editable = True
        self._place = QWidget()
        self._grid = QGridLayout(self._place)
        self._new = line_edit(
            f"{self._prefix}.new", placeholder=desk.say("subject.per_product.new")
        )
        self._new.setAccessibleName(desk.say("subject.per_product.new"))
        self._new.returnPressed.connect(self._on_named)
        self.body.setContentsMargins(12, 6, 8, 8)
        self.body.setSpacing(6)
        self.body.addWidget(self._place)
        self.body.addWidget(self._new)

    def show_rows(self, rows: Sequence[ProductRow], *, chosen: str) -> None:
        """Show the products; lines are built anew only where there are other ones."""
        same = [(one.id, one.name) for one in rows] == [(one.id, one.name) for one in self._rows]
        self._rows, self._chosen = tuple(rows), chosen
        if not same or not self._names:
            self._build()
        for place, row in enumerate(self._rows):
            for cell in self._cells[place]:
                cell.show_answer(row.answers[cell.side], told=row.told[cell.side])
            self._names[row.id].setChecked(self._named(row) == chosen)

    def set_editable(self, *, editable: bool) -> None:
        """Whether the visit takes answers, also in lines that are built later."""
        self._editable = editable
        for part in (*chain.from_iterable(self._cells), *self._edits, self._new):
            part.setEnabled(editable)

    # How it is furnished

    def _build(self) -> None:
        self._clear()
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(12)
        self._grid.setVerticalSpacing(4)
        self._grid.setColumnStretch(0, 1)
        for column, side in enumerate(self._indicator.sides, start=1):
            self._grid.addWidget(quiet(self._desk.words.side(side)), 0, column)
        for place, row in enumerate(self._rows):
            self._grid.addWidget(self._name_part(row), place + 1, 0)
            cells = [self._cell(row, side, place=place) for side in self._indicator.sides]
            for column, cell in enumerate(cells, start=1):
                self._grid.addWidget(cell, place + 1, column)
            self._cells.append(cells)
        self.set_editable(editable=self._editable)

    def _clear(self) -> None:
        while (item := self._grid.takeAt(0)) is not None:
            part = item.widget()
            if part is not None:
                part.hide()
                part.deleteLater()
        self._cells, self._names, self._edits = [], {}, []

    def _name_part(self, row: ProductRow) -> QWidget:
        """The name, that leads the panes to the product; and what gives it another one."""
        part = QWidget()
        line = QHBoxLayout(part)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(2)
        name = button(row.name, f"{self._prefix}.{row.id}", tip=row.name)
        name.setCheckable(True)
        set_look(name, "subject", True)
        name.clicked.connect(lambda: self._on_chosen(row))
        self._names[row.id] = name
        line.addWidget(name, stretch=1)
        if row.id == WHOLE_UNIT:
            return part
        told = self._desk.say("products.rename", name=row.name)
        sign = icon("edit", self._desk.tokens.accent)
        edit = icon_button(told, f"{self._prefix}.{row.id}.edit", sign)
        field = line_edit(f"{self._prefix}.{row.id}.name")
        field.setAccessibleName(told)
        field.hide()
        edit.clicked.connect(lambda: self._on_edit(row, name, field))
        self._edits.append(edit)
        field.editingFinished.connect(lambda: self._on_renamed(row, name, field))
        line.insertWidget(1, field, stretch=1)
        line.addWidget(edit)
        return part

    def _cell(self, row: ProductRow, side: Side, *, place: int) -> AnswerCell:
        spoken = self._desk.say("products.cell", name=row.name, side=self._desk.words.side(side))
        cell = AnswerCell(
            f"{self._prefix}.{row.id}.{side.value}",
            self._options(),
            self._desk.tokens,
            side=side,
            spoken=spoken,
        )
        dress(cell, "cell")
        cell.answered.connect(
            lambda answer: self.answered.emit(self._named(row), side.value, answer)
        )
        cell.opened.connect(lambda: self._on_chosen(row))
        column = self._indicator.sides.index(side)
        cell.moved.connect(lambda down, right: self._go(place + down, column + right))
        return cell

    def _options(self) -> list[Option]:
        """The levels, where they are few enough to stand in a line."""
        indicator = self._indicator
        if indicator.kind not in LEVELLED or len(indicator.levels) > _MOST_LEVELS:
            return []
        return [
            Option(level.value, self._desk.words.of(level.rubric), key, level_mark(level))
            for key, level in zip(DIGITS, indicator.levels, strict=False)
        ]

    # What the assessor did

    def _named(self, row: ProductRow) -> str:
        return "" if row.id == WHOLE_UNIT else row.name

    def _go(self, place: int, column: int) -> None:
        if 0 <= place < len(self._cells) and 0 <= column < len(self._cells[place]):
            self._cells[place][column].setFocus()

    def _on_chosen(self, row: ProductRow) -> None:
        self._names[row.id].setChecked(self._named(row) == self._chosen)
        self.chosen.emit(self._named(row))

    def _on_named(self) -> None:
        name = self._new.text().strip()
        if name:
            self.named.emit(name)

    def clear_new(self) -> None:
        """The new product is there: the line is free for the next."""
        self._new.clear()

    def _on_edit(self, row: ProductRow, name: QPushButton, field: QLineEdit) -> None:
        self._editing = row.id
        name.hide()
        field.setText(row.name)
        field.show()
        field.setFocus()
        field.selectAll()

    def _on_renamed(self, row: ProductRow, name: QPushButton, field: QLineEdit) -> None:
        if self._editing != row.id:
            return
        self._editing = ""
        told = field.text().strip()
        field.hide()
        name.show()
        if told and told != row.name:
            self.renamed.emit(row.id, told)
