"""One picture with its meaning, its numbers as a table, and the ways to take it along."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QHeaderView, QTableWidget, QTableWidgetItem

from assessor_app.ui.desk import Desk
from assessor_app.ui.pages.pictures.drawn import Picture, Table
from assessor_app.ui.theme import TOUCH_TARGET_PX, icon
from assessor_app.ui.widgets.buttons import button
from assessor_app.ui.widgets.card import Card
from assessor_app.ui.widgets.labels import quiet

_WIDEST = 760  # pixels: a bar that is longer is no easier to read
_EDGES = 4


class PictureCard(Card):
    """Reports what is wanted; the table is built when it is unfolded."""

    png_wanted = Signal()
    svg_wanted = Signal()
    copy_wanted = Signal()

    def __init__(self, desk: Desk, picture: Picture) -> None:
        super().__init__(picture.title)
        self.picture = picture
        self._desk = desk
        name = f"pictures.{picture.kind.value}"
        self.setObjectName(name)
        say, tokens = desk.say, desk.tokens
        self.drawing = picture.make(tokens)
        self.drawing.setMaximumWidth(_WIDEST)
        self.drawing.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.drawing.setObjectName(f"{name}.drawing")
        self.drawing.setAccessibleName(picture.title)
        self.drawing.setAccessibleDescription(_spoken(picture))
        self.body.addWidget(self.drawing)
        self.body.addWidget(quiet(picture.told))
        row = QHBoxLayout()
        row.setSpacing(8)
        self._fold = button(say("pictures.table"), f"{name}.table", role="flat")
        self._fold.setCheckable(True)
        self._fold.toggled.connect(self._on_table)
        row.addWidget(self._fold)
        row.addStretch(1)
        for what, sign, wanted in (
            ("copy", "paste", self.copy_wanted),
            ("png", "save", self.png_wanted),
            ("svg", "save", self.svg_wanted),
        ):
            made = button(
                say(f"pictures.{what}"),
                f"{name}.{what}",
                icon=icon(sign, tokens.accent),
                tip=say(f"pictures.{what}_tip"),
            )
            made.clicked.connect(wanted)
            row.addWidget(made)
        self.body.addLayout(row)
        self._table: QTableWidget | None = None

    def _on_table(self, wanted: bool) -> None:  # noqa: FBT001 - Qt's signal
        if wanted and self._table is None:
            self._table = _made(self.picture.table, f"{self.objectName()}.numbers")
            self._table.setAccessibleName(self.picture.title)
            self.body.addWidget(self._table)
        if self._table is not None:
            self._table.setVisible(wanted)


def _made(table: Table, name: str) -> QTableWidget:
    made = QTableWidget(len(table.rows), len(table.heads))
    made.setObjectName(name)
    made.setHorizontalHeaderLabels(list(table.heads))
    made.verticalHeader().hide()
    made.setEditTriggers(QTableWidget.EditTrigger.NoEditTriggers)
    made.setWordWrap(True)
    for row, texts in enumerate(table.rows):
        for column, text in enumerate(texts):
            made.setItem(row, column, QTableWidgetItem(text))
    header = made.horizontalHeader()
    header.setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
    header.setSectionResizeMode(min(1, len(table.heads) - 1), QHeaderView.ResizeMode.Stretch)
    made.verticalHeader().setMinimumSectionSize(TOUCH_TARGET_PX + 1)  # one is its grid's
    made.resizeRowsToContents()
    high = sum(made.rowHeight(row) for row in range(made.rowCount()))
    made.setMinimumHeight(min(high + header.sizeHint().height() + _EDGES, 420))
    return made


def _spoken(picture: Picture) -> str:
    """The meaning and every number, for whoever does not see the picture."""
    rows = "; ".join(", ".join(row) for row in picture.table.rows)
    return f"{picture.told} {rows}"
