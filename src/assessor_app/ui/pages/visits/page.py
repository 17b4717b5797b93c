"""The page that lists the visits: what there is, how far each has come, and how to begin one."""

import time
from collections import deque
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer, Signal
from PySide6.QtGui import QFocusEvent, QKeySequence, QShortcut, QShowEvent
from PySide6.QtWidgets import (
    QFileDialog,
    QHBoxLayout,
    QPushButton,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from assessor_app.domain.problem import Problem
from assessor_app.services.visits import all_visits
from assessor_app.ui.desk import Desk
from assessor_app.ui.pages.parts.file_place import BUNDLE_SUFFIX, documents_folder
from assessor_app.ui.pages.parts.primary import primary
from assessor_app.ui.pages.visits.empty import VisitsEmpty
from assessor_app.ui.pages.visits.rows import counted_row, first_row
from assessor_app.ui.pages.visits.sample_round import loading
from assessor_app.ui.pages.visits.table import visits_table
from assessor_app.ui.theme import icon
from assessor_app.ui.widgets.busy import Busy
from assessor_app.ui.widgets.buttons import button
from assessor_app.ui.widgets.labels import quiet, title
from assessor_app.ui.widgets.notice import Notice, Tone

if TYPE_CHECKING:  # a value that is only passed on here
    from assessor_app.domain.visit import Visit

_MARGIN = 16
_TURN_S = 0.008  # of counting at one go: half a frame, so that a key is never kept waiting
_PAINTED_AFTER_MS = 50


class VisitsPage(QWidget):
    """All visits of the store, the latest first; what takes counting follows row by row."""

    visit_opened = Signal(str)
    new_wanted = Signal()
    refused_wanted = Signal()
    results_wanted = Signal()
    verify_wanted = Signal()
    said = Signal(str)

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.setObjectName("visits")
        self._desk = desk
        self._chosen: str | None = None  # until the list is read
        self._visits: tuple[Visit, ...] = ()
        self._uncounted: deque[int] = deque()
        self._counting = QTimer(self)
        self._counting.setInterval(0)
        self._counting.timeout.connect(self._count_some)
        # What counts is imported once the rows are painted: they can be chosen and opened before.
        self._beginning = QTimer(self)
        self._beginning.setSingleShot(True)
        self._beginning.setInterval(_PAINTED_AFTER_MS)
        self._beginning.timeout.connect(self._counting.start)
        self._notice = Notice(desk.tokens, "visits.notice")
        self._table = visits_table(desk)
        self._table.opened.connect(self.visit_opened)
        self._stack = QStackedWidget()
        self._stack.addWidget(self._filled())
        self._stack.addWidget(self._empty())
        column = QVBoxLayout(self)
        column.setContentsMargins(_MARGIN, _MARGIN, _MARGIN, _MARGIN)
        column.setSpacing(12)
        column.addLayout(self._bar())
        column.addWidget(self._notice)
        column.addWidget(self._stack, 1)
        self._busy = Busy(self, desk.tokens)
        QShortcut(QKeySequence("Ctrl+N"), self, self.new_wanted.emit)
        QShortcut(QKeySequence("Ctrl+H"), self, self.results_wanted.emit)

    def take_over(self, before: QWidget) -> None:
        """Keep the chosen row of the same page in another language or other colours."""
        if isinstance(before, VisitsPage):
            self._chosen = before.chosen

    @property
    def chosen(self) -> str | None:
        """The visit of the row that is chosen."""
        return self._table.chosen

    @property
    def counting(self) -> bool:
        """Whether some rows still wait for their progress and zone."""
        return self._beginning.isActive() or self._counting.isActive()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.show_visits(chosen=self.chosen or self._chosen)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Hand the keyboard on; a focus proxy would bend the order of the Tab key."""
        super().focusInEvent(event)
        if self._visits:
            self._table.setFocus()
        else:
            self._none.take_focus()

    def import_file(self, path: Path) -> None:
        """Ask for the passphrase of a colleague's file and take its visit in."""
        from assessor_app.ui.pages.visits.importing import ImportDialog

        dialog = ImportDialog(self._desk, path, self)
        dialog.imported.connect(lambda visit: self.show_visits(chosen=visit))
        dialog.visit_wanted.connect(self.visit_opened)
        dialog.open()

    def show_visits(self, *, chosen: str | None = None) -> None:
        """Read the list anew and keep or set the chosen row."""
        self._visits = all_visits(self._desk.workplace.store)
        self._table.show_rows([first_row(self._desk, visit) for visit in self._visits])
        self._stack.setCurrentIndex(0 if self._visits else 1)
        for wanted in (self._title, self._bar_buttons):
            wanted.setVisible(bool(self._visits))
        if self._visits:
            self._table.choose(chosen)
        self.setFocus()
        self._uncounted = deque(range(len(self._visits)))
        self._beginning.start()

    # How it is laid out

    def _bar(self) -> QHBoxLayout:
        say, tokens = self._desk.say, self._desk.tokens
        self._title = title(say("visits.title"))
        self._bar_buttons = QWidget()
        row = QHBoxLayout(self._bar_buttons)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        for name, sign, act in (
            ("sample", "play", self._on_sample_wanted),
            ("refused", "door", self.refused_wanted.emit),
        ):
            one = button(say(f"visits.{name}"), f"visits.{name}", icon=icon(sign, tokens.ink))
            one.clicked.connect(act)
            row.addWidget(one)
        new = primary(
            self._desk,
            "visits.new",
            text=say("visits.new"),
            sign="add",
            act=self.new_wanted,
            tip=say("visits.new_tip"),
        )
        row.addWidget(new)
        bar = QHBoxLayout()
        bar.addWidget(self._title)
        bar.addStretch()
        bar.addWidget(self._results())
        bar.addWidget(self._verify())
        bar.addWidget(self._bar_buttons)
        return bar

    def _results(self) -> QPushButton:
        results = button(
            self._desk.say("visits.results"),
            "visits.results",
            role="flat",
            icon=icon("ranking", self._desk.tokens.accent),
            tip=self._desk.say("visits.results_tip"),
        )
        results.clicked.connect(self.results_wanted)
        return results

    def _verify(self) -> QPushButton:
        verify = button(
            self._desk.say("visits.verify"),
            "visits.verify",
            role="flat",
            icon=icon("shield-check", self._desk.tokens.accent),
        )
        verify.clicked.connect(self.verify_wanted)
        return verify

    def _filled(self) -> QWidget:
        filled = QWidget()
        column = QVBoxLayout(filled)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(12)
        column.addWidget(self._table, 1)
        foot = QHBoxLayout()
        foot.addWidget(quiet(self._desk.say("visits.how_to_open")), 1)
        go = button(
            self._desk.say("visits.open"),
            "visits.open",
            icon=icon("next", self._desk.tokens.ink),
        )
        go.clicked.connect(self._on_open_wanted)
        for name, sign, act in (
            ("import", "drawer", self._on_import_wanted),
            ("export", "send", self._on_export_wanted),
        ):
            text = self._desk.say(f"exchange.{name}.ask")
            one = button(text, f"visits.{name}", icon=icon(sign, self._desk.tokens.ink))
            one.clicked.connect(act)
            foot.addWidget(one)
        foot.addWidget(go)
        column.addLayout(foot)
        return filled

    def _empty(self) -> QWidget:
        self._none = VisitsEmpty(self._desk)
        self._none.new_wanted.connect(self.new_wanted)
        self._none.refused_wanted.connect(self.refused_wanted)
        self._none.sample_wanted.connect(self._on_sample_wanted)
        self._none.import_wanted.connect(self._on_import_wanted)
        return self._none

    # What happens

    def _on_open_wanted(self) -> None:
        if self._table.chosen:
            self.visit_opened.emit(self._table.chosen)

    def _on_export_wanted(self) -> None:
        """The chosen visit into a file."""
        from assessor_app.ui.pages.visits.exporting import ExportDialog

        for visit in self._visits:
            if visit.id == self._table.chosen:
                ExportDialog(self._desk, visit, self).open()

    def _on_import_wanted(self) -> None:
        chosen = self._ask_which()
        if chosen:
            self.import_file(Path(chosen))

    def _ask_which(self) -> str:
        """The file that is chosen in a dialog; empty where none is."""
        say = self._desk.say
        kind = say("exchange.kind", kinds=f"*{BUNDLE_SUFFIX}")
        kinds = ";;".join((kind, say("exchange.all_files")))
        title = say("exchange.import.choose")
        return QFileDialog.getOpenFileName(self, title, str(documents_folder()), kinds)[0]

    def _count_some(self) -> None:
        """Count a few visits, then let the window breathe; a hidden list does not count."""
        from assessor_app.services.overview import visit_line

        desk, until = self._desk, time.monotonic() + _TURN_S
        while self._uncounted and self.isVisible() and time.monotonic() < until:
            place = self._uncounted.popleft()
            line = visit_line(desk.workplace, desk.application.library, self._visits[place])
            self._table.show_row(place, counted_row(desk, self._table.rows[place], line))
        if not self._uncounted or not self.isVisible():
            self._counting.stop()

    def _on_sample_wanted(self) -> None:
        self._notice.clear()
        self._beginning.stop()
        self._counting.stop()
        self._busy.begin(self._desk.say("visits.sample_recording"))
        self._desk.tasks.run(
            loading(self._desk),
            owner=self,
            done=self._on_sample_loaded,
            failed=self._on_sample_failed,
            progress=self._busy.show_progress,
        )

    def _on_sample_loaded(self, visit: str) -> None:
        self._busy.end()
        self.show_visits(chosen=visit)
        self._notice.tell(self._desk.say("visits.sample_loaded"), Tone.SUCCESS)
        self.said.emit(self._desk.say("visits.sample_loaded"))

    def _on_sample_failed(self, problem: Problem) -> None:
        self._busy.end()
        self.show_visits()
        self._notice.tell(self._desk.told(problem), Tone.ERROR)
