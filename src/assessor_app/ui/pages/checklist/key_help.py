"""All keys of the checklist over the page: by what they are for, searched by typing, printed."""

from collections.abc import Iterator
from html import escape

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QDialog, QGridLayout, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from assessor_app.ui.desk import Desk
from assessor_app.ui.pages.checklist.key_table import OVER_PAGES, TABLE, Group, Key, caps
from assessor_app.ui.pages.parts.centred import let_flow
from assessor_app.ui.pages.parts.print_job import PrintJob
from assessor_app.ui.pages.parts.text_pages import Text
from assessor_app.ui.theme import dress, icon
from assessor_app.ui.widgets.buttons import button
from assessor_app.ui.widgets.fields import line_edit
from assessor_app.ui.widgets.labels import body, heading, quiet, title
from assessor_app.ui.widgets.notice import Notice
from assessor_app.ui.widgets.scrolling import scrolling

_SHARE = 0.9  # of the window's size
_TWO_COLUMNS_EM = 52


class KeyHelp(QDialog):
    """Made of the table that binds the keys; Esc closes it."""

    def __init__(self, desk: Desk, over: QWidget) -> None:
        super().__init__(over)
        self.setObjectName("keys")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(desk.say("keys.title"))
        self._desk = desk
        self._lines: dict[Key, tuple[QWidget, ...]] = {}
        self._groups: dict[Group, QWidget] = {}
        self._sought = line_edit("keys.search", placeholder=desk.say("keys.search"))
        self._sought.setAccessibleName(desk.say("keys.search"))
        self._sought.textChanged.connect(self._on_sought)
        self._none = quiet(desk.say("keys.none"))
        notice = Notice(desk.tokens, "keys.notice")
        self._job = PrintJob(desk, notice, owner=self)
        self.resize(over.window().size() * _SHARE)
        column = QVBoxLayout(self)
        column.setContentsMargins(20, 16, 20, 16)
        column.setSpacing(10)
        column.addWidget(title(desk.say("keys.title")))
        column.addWidget(self._sought)
        column.addWidget(self._none)
        column.addWidget(notice)
        column.addWidget(scrolling(self._columns(), "keys.all"), stretch=1)
        column.addLayout(self._foot())
        let_flow(self)
        self._on_sought("")
        self._sought.setFocus()

    def _foot(self) -> QHBoxLayout:
        say, sign = self._desk.say, icon("print", self._desk.tokens.accent)
        printing = button(say("printing.print"), "keys.print", icon=sign)
        printing.clicked.connect(self._print)
        QShortcut(QKeySequence(QKeySequence.StandardKey.Print), self).activated.connect(self._print)
        close = button(say("keys.close"), "keys.close")
        close.clicked.connect(self.close)
        row = QHBoxLayout()
        row.addWidget(printing)
        row.addStretch(1)
        row.addWidget(close)
        return row

    def _print(self) -> None:
        """All of them, whatever is sought at the moment."""
        self._job.begin_text(Text(self._desk.say("keys.title"), sheet(self._desk)))

    def _columns(self) -> QWidget:
        """The groups in two columns where there is room for them."""
        whole = QWidget()
        row = QHBoxLayout(whole)
        row.setContentsMargins(0, 0, 8, 0)
        row.setSpacing(32)
        count = 2 if self.width() >= _TWO_COLUMNS_EM * self.fontMetrics().height() * 0.7 else 1
        columns = [QVBoxLayout() for _ in range(count)]
        for place, group in enumerate(Group):
            columns[place % count].addWidget(self._group(group))
        for column in columns:
            column.setSpacing(12)
            column.addStretch(1)
            row.addLayout(column, stretch=1)
        return whole

    def _group(self, group: Group) -> QWidget:
        part = QWidget()
        grid = QGridLayout(part)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(12)
        grid.setVerticalSpacing(6)
        grid.setColumnStretch(1, 1)
        grid.addWidget(heading(self._desk.say(f"keys.group.{group.value}")), 0, 0, 1, 2)
        for place, key in enumerate(_of(group), start=1):
            cap = QLabel(caps(key))
            dress(cap, "badge")
            told = body(self._desk.say(f"keys.action.{key.action}"))
            cap.setAlignment(Qt.AlignmentFlag.AlignCenter)
            grid.addWidget(cap, place, 0, Qt.AlignmentFlag.AlignTop)
            grid.addWidget(told, place, 1)
            self._lines[key] = (cap, told)
        self._groups[group] = part
        return part

    def _on_sought(self, text: str) -> None:
        """Show the keys whose words, or whose name on the keyboard, hold what is sought."""
        sought = text.strip().casefold()
        found: set[Group] = set()
        for key, widgets in self._lines.items():
            told = f"{caps(key)} {self._desk.say(f'keys.action.{key.action}')}".casefold()
            for widget in widgets:
                widget.setVisible(sought in told)
            if sought in told:
                found.add(key.group)
        for group, part in self._groups.items():
            part.setVisible(group in found)
        self._none.setVisible(not found)


def _of(group: Group) -> Iterator[Key]:
    return (key for key in (*TABLE, *OVER_PAGES) if key.group is group)


def sheet(desk: Desk) -> str:
    """All keys as rich text for paper, group by group."""
    parts = []
    for group in Group:
        lines = "".join(
            f"<tr><td><b>{escape(caps(key))}</b>&nbsp;&nbsp;</td>"
            f"<td>{escape(desk.say(f'keys.action.{key.action}'))}</td></tr>"
            for key in _of(group)
        )
        head = escape(desk.say(f"keys.group.{group.value}"))
        parts.append(f"<h3>{head}</h3><table cellpadding='2'>{lines}</table>")
    return "".join(parts)
