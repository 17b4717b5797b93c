"""What a table would make of the register: seen, decided on, and then taken over."""

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from assessor_app.services.register.planned import Become, Decision
from assessor_app.ui.desk import Desk
from assessor_app.ui.pages.parts.cells import Cell
from assessor_app.ui.pages.parts.primary import primary
from assessor_app.ui.pages.parts.row_table_view import RowTableView, TableForm
from assessor_app.ui.pages.register.told import LineRow, line_rows
from assessor_app.ui.theme import grown, icon
from assessor_app.ui.widgets.buttons import button
from assessor_app.ui.widgets.choices import Choices, Mark, Option
from assessor_app.ui.widgets.fields import Field
from assessor_app.ui.widgets.labels import body, quiet, title
from assessor_app.ui.widgets.notice import Notice, Tone

if TYPE_CHECKING:  # a value that is only shown here
    from assessor_app.services.register.table import Previewed

_NAME, _BECOME, _ROW = range(3)
_NEXT = {
    Decision.SKIP: Decision.SAME,
    Decision.SAME: Decision.NEW,
    Decision.NEW: Decision.SKIP,
}


class PreviewView(QWidget):
    """Doubtful rows come first; a tap or Enter on one decides it apart from the others."""

    left = Signal()
    taken = Signal()
    decided = Signal(dict, str)  # decisions by the key of a line, and what holds for all others

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self._own: dict[str, Decision] = {}
        self._otherwise = Decision.SKIP
        self._previewed: Previewed | None = None
        say = desk.say
        self._title = title(say("register.preview_title"))
        self._counts = body("")
        self._counts.setObjectName("register.preview.counts")
        self._ignored = quiet("")
        self._notice = Notice(desk.tokens, "register.preview.notice")
        self._choices = Choices(
            "register.preview.otherwise",
            [
                Option(one.value, say(f"register.doubt.{one.value}"), "", Mark.CHOSEN)
                for one in Decision
            ],
            desk.tokens,
            columns=len(Decision),
        )
        self._choices.chosen.connect(self._on_otherwise)
        self._choice_field = Field(say("register.doubt_title"), self._choices)
        self._table: RowTableView[LineRow] = RowTableView(
            [say("register.head_name"), say("register.head_become"), say("register.head_row")],
            desk.tokens,
            form=TableForm(
                named=_NAME, widths=((_BECOME, grown(220)), (_ROW, grown(80))), draw=_draw
            ),
            name="register.preview.table",
            spoken=say("register.preview_title"),
        )
        self._table.opened.connect(self._on_row)
        self._lay_out()

    @property
    def previewed(self) -> "Previewed | None":
        """What is shown."""
        return self._previewed

    def take_focus(self) -> None:
        self._take.setFocus()

    def show_previewed(self, previewed: "Previewed", *, anew: bool) -> None:
        """Show what a table would make; `anew` forgets what was decided on another one."""
        if anew:
            self._own, self._otherwise = {}, Decision.SKIP
        self._previewed = previewed
        say, plan = self._desk.say, previewed.plan
        counts = [
            say(f"register.count.{one.value}", count=count)
            for one, count in plan.counts.items()
            if count
        ]
        file, told = previewed.file, ", ".join(counts)
        self._counts.setText(say("register.preview_counts", file=file, counts=told))
        self._ignored.setText(say("register.ignored", columns=", ".join(previewed.ignored)))
        self._ignored.setVisible(bool(previewed.ignored))
        self._table.show_rows(line_rows(self._desk, plan.lines))
        doubtful = any(one.close for one in plan.lines)
        self._choice_field.setVisible(doubtful)
        self._choices.show_value(self._otherwise.value)
        self._tell(plan.open, nothing=plan.counts[Become.UNCHANGED] == len(plan.lines))

    def _tell(self, left_out: tuple[object, ...], *, nothing: bool) -> None:
        say = self._desk.say
        if left_out:
            self._notice.tell(say("register.left_out", count=len(left_out)), Tone.WARNING)
        elif nothing:
            self._notice.tell(say("register.preview_nothing"), Tone.INFO)
        else:
            self._notice.clear()

    def _lay_out(self) -> None:
        say = self._desk.say
        leave = button(
            say("register.cancel"),
            "register.preview.cancel",
            icon=icon("back", self._desk.tokens.ink),
        )
        leave.clicked.connect(self.left)
        self._take = primary(
            self._desk,
            "register.preview.take",
            text=say("register.take"),
            sign="save",
            act=self.taken,
        )
        head = QHBoxLayout()
        head.setSpacing(8)
        head.addWidget(self._title, 1)
        head.addWidget(leave)
        head.addWidget(self._take)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(10)
        column.addLayout(head)
        for part in (self._counts, self._ignored, self._notice, self._choice_field):
            column.addWidget(part)
        column.addWidget(self._table, 1)
        column.addWidget(quiet(say("register.preview_how")))

    def _on_otherwise(self, value: str) -> None:
        self._otherwise = Decision(value)
        self.decided.emit(dict(self._own), value)

    def _on_row(self, key: str) -> None:
        """Decide a doubtful row in the next way; a row without doubt stays as it is."""
        plan = self._previewed.plan if self._previewed else None
        line = (
            next((one for one in plan.lines if one.key == key and one.close), None)
            if plan
            else None
        )
        if line is not None:
            now = self._own.get(key, self._otherwise)
            self._own[key] = _NEXT[now]
            self.decided.emit(dict(self._own), self._otherwise.value)


def _draw(cell: Cell, row: LineRow, column: int) -> None:
    if column == _NAME:
        cell.two_lines(row.name, row.below, badge="")
    else:
        cell.words(row.shown(column))
