"""Results side by side: published ones by province and year, and what own visits make so far."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import Protocol

from PySide6.QtCore import Signal
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QFocusEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QApplication, QStackedWidget, QVBoxLayout, QWidget

from assessor_app.domain.problem import Problem
from assessor_app.services.results import Wanted
from assessor_app.services.results_page import Gathered, institution_results
from assessor_app.ui.desk import Desk
from assessor_app.ui.pages.parts.waiting import Waiting
from assessor_app.ui.pages.results import asking, working
from assessor_app.ui.pages.results.empty import ResultsEmpty
from assessor_app.ui.pages.results.institution import InstitutionView
from assessor_app.ui.pages.results.listing import ListingView
from assessor_app.ui.pages.results.report import ReportView
from assessor_app.ui.pages.results.reports import Report, refused, taken, template_written
from assessor_app.ui.widgets.busy import Busy
from assessor_app.ui.widgets.notice import Notice, Tone

_MARGIN = 16


class _View(Protocol):
    def take_focus(self) -> None: ...


@dataclass(frozen=True, slots=True)
class Standing:
    """How the page stands: what the list is narrowed to, and which institution is open."""

    wanted: Wanted | None = None
    institution: str | None = None


class ResultsPage(QWidget):
    """The list, and in its place one institution, a report on a table, or two ways to begin."""

    left = Signal()
    said = Signal(str)
    way_wanted = Signal(str)  # to green, of a visit by its id

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.setObjectName("results")
        self.setAcceptDrops(True)
        self._desk = desk
        self._gathered: Gathered | None = None
        self._stand = Standing()
        self._reported: Callable[[Desk], Report] | None = None
        self._notice = Notice(desk.tokens, "results.notice")
        self._listing = self._made_listing()
        self._none = self._made_empty()
        self._report = ReportView(desk)
        self._report.left.connect(self._on_report_left)
        self._institution: InstitutionView | None = None
        self._stack = QStackedWidget()
        for view in (self._listing, self._none, self._report):
            self._stack.addWidget(view)
        column = QVBoxLayout(self)
        column.setContentsMargins(_MARGIN, _MARGIN, _MARGIN, _MARGIN)
        column.setSpacing(12)
        column.addWidget(self._notice)
        column.addWidget(self._stack, 1)
        self._waiting = Waiting(
            desk,
            Busy(self, desk.tokens),
            owner=self,
            stopped=lambda told: self._notice.tell(told, Tone.INFO),
        )
        QShortcut(QKeySequence("Escape"), self, self._on_escape)
        desk.tasks.run(
            working.gathering(desk), owner=self, done=self._show_gathered, failed=self._on_failed
        )

    @property
    def gathered(self) -> Gathered | None:
        """The results as they were read last."""
        return self._gathered

    @property
    def reported(self) -> Callable[[Desk], Report] | None:
        """How the report that is shown is told, in any language; None where none is."""
        return self._reported

    @property
    def standing(self) -> Standing:
        """What is chosen and open, for whoever leads back here."""
        if self._gathered is None:
            return self._stand
        return replace(self._stand, wanted=self._listing.wanted)

    def stand(self, standing: Standing) -> None:
        """Stand as the page that was left."""
        self._stand = standing
        if self._gathered is not None:
            self._show_gathered(self._gathered)

    def take_over(self, before: QWidget) -> None:
        """Go on as the same page in another language or other colours."""
        if not isinstance(before, ResultsPage):
            return
        self._stand, self._reported = before.standing, before.reported
        if before.gathered is not None:
            self._show_gathered(before.gathered)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Hand the keyboard on; a focus proxy would bend the order of the Tab key."""
        super().focusInEvent(event)
        self._view.take_focus()

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if asking.dropped(event.mimeData()) is not None:
            event.acceptProposedAction()
        else:
            event.ignore()  # the window may want it

    def dropEvent(self, event: QDropEvent) -> None:
        path = asking.dropped(event.mimeData())
        if path is None:
            event.ignore()
            return
        event.acceptProposedAction()
        self.import_file(path)

    def import_file(self, path: Path) -> None:
        """Take a table of results over, and tell what became of it."""
        self._work(
            working.importing(self._desk, path),
            self._desk.say("results.importing", file=path.name),
            done=self._on_taken,
        )

    # How it is laid out

    def _made_listing(self) -> ListingView:
        made = ListingView(self._desk)
        made.opened.connect(self._on_opened)
        made.import_wanted.connect(self._on_import_wanted)
        made.template_wanted.connect(self._on_template_wanted)
        return made

    def _made_empty(self) -> ResultsEmpty:
        made = ResultsEmpty(self._desk)
        made.import_wanted.connect(self._on_import_wanted)
        made.sample_wanted.connect(self._on_sample_wanted)
        made.template_wanted.connect(self._on_template_wanted)
        return made

    @property
    def _view(self) -> _View:
        """What is shown now."""
        shown = self._stack.currentWidget()
        for view in (self._none, self._report, self._institution):
            if view is shown and view is not None:
                return view
        return self._listing

    # What is shown

    def _show_gathered(self, gathered: Gathered) -> None:
        """Show what was read, standing as before."""
        wanted = self._stand.wanted or Wanted(year=gathered.latest)
        self._gathered = gathered
        self._listing.show_gathered(gathered, wanted)
        self._stand = replace(self._stand, wanted=wanted)
        if self._reported is not None:
            self._tell_report(self._reported)
        else:
            self._show_place()

    def _show_place(self) -> None:
        """One institution where one is open; else the list, or how to begin one."""
        gathered, name = self._gathered, self._stand.institution
        if gathered is None:
            return
        found = institution_results(gathered, name) if name else None
        before, self._institution = self._institution, None
        if found is not None:
            self._institution = InstitutionView(self._desk, gathered, found)
            self._institution.left.connect(self._on_institution_left)
            self._institution.way_wanted.connect(self.way_wanted)
            self._stack.addWidget(self._institution)
            self._show(self._institution)
        else:
            self._show(self._listing if gathered.offered.years else self._none)
        if before is not None:
            self._stack.removeWidget(before)
            before.deleteLater()

    def _show(self, view: QWidget) -> None:
        """Show a view; where the keyboard was in the page it goes on in this one."""
        focused = QApplication.focusWidget()
        held = focused is not None and (focused is self or self.isAncestorOf(focused))
        self._stack.setCurrentWidget(view)
        if held:
            self._view.take_focus()

    def _tell_report(self, made: Callable[[Desk], Report]) -> None:
        self._reported = made
        report = made(self._desk)
        self._report.show_lines(report.heading, report.told, report.lines, tone=report.tone)
        self._show(self._report)

    # What happens

    def _work(
        self,
        work: Callable[[Callable[[str], None]], object],
        text: str,
        *,
        done: Callable[..., None],
    ) -> None:
        self._notice.clear()
        self._waiting.begin(work, text, done=done, failed=self._on_failed)

    def _on_opened(self, institution: str) -> None:
        self._notice.clear()
        self._stand = Standing(self._listing.wanted, institution)
        self._show_place()

    def _on_institution_left(self) -> None:
        self._stand = Standing(self._listing.wanted, None)
        self._show_place()

    def _on_report_left(self) -> None:
        self._reported = None
        self._show_place()

    def _on_escape(self) -> None:
        """One step back: from what was opened to the list, from the list to the visits."""
        if self._reported is not None:
            self._on_report_left()
        elif self._institution is not None:
            self._on_institution_left()
        else:
            self.left.emit()

    def _on_import_wanted(self) -> None:
        path = asking.table(self, self._desk)
        if path is not None:
            self.import_file(path)

    def _on_taken(self, result: working.Taken) -> None:
        report = partial(taken, result=result)
        told = report(self._desk)
        self._stand = replace(self.standing, institution=None)
        if told.lines:
            self._reported = report
        self._show_gathered(result.gathered)
        if not told.lines:
            self._notice.tell(told.told, told.tone)
        self.said.emit(told.told)

    def _on_sample_wanted(self) -> None:
        done = self._on_sample_loaded
        self._work(working.loading_sample(self._desk), self._desk.say("results.loading"), done=done)

    def _on_sample_loaded(self, gathered: Gathered) -> None:
        self._stand = Standing()
        self._show_gathered(gathered)
        self._notice.tell(self._desk.say("results.sample_loaded"), Tone.SUCCESS)

    def _on_template_wanted(self) -> None:
        path = asking.template(self, self._desk)
        if path is not None:
            work = working.writing_template(path)
            self._work(work, self._desk.say("results.writing"), done=self._on_template_written)

    def _on_template_written(self, path: Path) -> None:
        self._tell_report(partial(template_written, path=path))

    def _on_failed(self, problem: Problem) -> None:
        if self._gathered is None:
            self._listing.stop_reading()
        if problem.places.get("faults"):
            self._tell_report(partial(refused, problem=problem))
        else:
            self._notice.tell(self._desk.told(problem), Tone.ERROR)
