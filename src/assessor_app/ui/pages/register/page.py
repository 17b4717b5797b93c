"""The register: its list, and in its place one office, a table that is looked at, or its faults."""

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from PySide6.QtCore import Signal
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QFocusEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from assessor_app.domain.problem import Problem
from assessor_app.domain.register import Institution, Unit
from assessor_app.services.register.belonging import office
from assessor_app.services.register.columns import COLUMNS, REQUIRED
from assessor_app.services.register.keeping import take_back
from assessor_app.services.register.planned import Decision
from assessor_app.services.starting import NewVisitFrom
from assessor_app.services.table_file import RowFault
from assessor_app.ui.desk import Desk
from assessor_app.ui.pages.register import asking, working
from assessor_app.ui.pages.register.dialogs import (
    InstitutionDialog,
    RegisterDialog,
    RenameDialog,
    RetireDialog,
    UnitDialog,
)
from assessor_app.ui.pages.register.listing import RegisterList
from assessor_app.ui.pages.register.merging import MergeDialog
from assessor_app.ui.pages.register.office import OfficeView
from assessor_app.ui.pages.register.preview import PreviewView
from assessor_app.ui.pages.register.stopping import Stopping
from assessor_app.ui.pages.register.told import taken
from assessor_app.ui.pages.results.asking import dropped
from assessor_app.ui.pages.results.report import ReportView
from assessor_app.ui.widgets.busy import Busy
from assessor_app.ui.widgets.notice import Notice, Tone

if TYPE_CHECKING:
    from assessor_app.services.register.table import Previewed
    from assessor_app.ui.tasks import Tell

_MARGIN = 16


class _View(Protocol):
    def take_focus(self) -> None: ...


class RegisterPage(QWidget):
    """What is seen of a table is what is written; Esc leads one step back."""

    left = Signal()
    visit_opened = Signal(str)
    new_visit_wanted = Signal(object)  # NewVisitFrom

    def __init__(self, desk: Desk, shown: str | None = None) -> None:
        """`shown` is the id of an office to begin with."""
        super().__init__()
        self.setObjectName("register")
        self.setAcceptDrops(True)
        self._desk = desk
        self._gathered: working.Gathered | None = None
        self._shown = shown
        self._notice = Notice(desk.tokens, "register.notice")
        self._notice.acted.connect(self._on_offer_taken)
        self._list = self._made_list()
        self._preview = PreviewView(desk)
        self._preview.left.connect(self._show_place)
        self._preview.taken.connect(self._on_take_wanted)
        self._preview.decided.connect(self._on_decided)
        self._report = ReportView(desk, "register")
        self._report.left.connect(self._show_place)
        self._stopping = Stopping(desk)
        self._office: OfficeView | None = None
        self._stack = QStackedWidget()
        for view in (self._list, self._preview, self._report, self._stopping):
            self._stack.addWidget(view)
        column = QVBoxLayout(self)
        column.setContentsMargins(_MARGIN, _MARGIN, _MARGIN, _MARGIN)
        column.setSpacing(12)
        column.addWidget(self._notice)
        column.addWidget(self._stack, 1)
        self._busy = Busy(self, desk.tokens)
        QShortcut(QKeySequence("Escape"), self, self._on_escape)
        self._read()

    @property
    def standing(self) -> str | None:
        """Which office is open, for whoever leads back here."""
        return self._shown

    def stand(self, standing: str) -> None:
        """Stand as the page that was left."""
        self._shown = standing
        if self._gathered is not None:
            self._show_place()

    def take_over(self, before: QWidget) -> None:
        """Go on as the same page in another language or other colours."""
        if isinstance(before, RegisterPage) and before.standing is not None:
            self.stand(before.standing)

    def stop(self) -> None:
        """Stop what nobody needs the end of."""
        self._stopping.stop()

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Hand the keyboard on; a focus proxy would bend the order of the Tab key."""
        super().focusInEvent(event)
        self._view.take_focus()

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if dropped(event.mimeData()) is not None:
            event.acceptProposedAction()
        else:
            event.ignore()  # the window may want it

    def dropEvent(self, event: QDropEvent) -> None:
        path = dropped(event.mimeData())
        if path is None:
            event.ignore()
            return
        event.acceptProposedAction()
        self.import_file(path)

    def import_file(self, path: Path) -> None:
        """Look at a table; what it would make is shown before anything is written."""
        self._notice.clear()
        stop = self._stopping.begin(self._desk.say("register.importing", file=path.name))
        self._show(self._stopping)
        self._desk.tasks.run(
            working.previewing(self._desk, path, stop),
            owner=self,
            done=partial(self._on_previewed, anew=True),
            failed=self._on_import_failed,
            progress=self._stopping.show_progress,
        )

    # How it is laid out

    def _made_list(self) -> RegisterList:
        made = RegisterList(self._desk)
        made.opened.connect(self.open_office)
        made.add_wanted.connect(lambda: self._ask(UnitDialog(self._desk, self)))
        made.import_wanted.connect(self._on_import_wanted)
        made.export_wanted.connect(self._on_export_wanted)
        made.template_wanted.connect(self._on_template_wanted)
        made.undo_wanted.connect(self._on_undo_wanted)
        return made

    @property
    def _view(self) -> _View:
        """What is shown now."""
        shown = self._stack.currentWidget()
        for view in (self._preview, self._report, self._stopping, self._office):
            if view is shown and view is not None:
                return view
        return self._list

    # What is shown

    def _read(self) -> None:
        self._desk.tasks.run(
            working.gathering(self._desk), owner=self, done=self._on_read, failed=self._on_failed
        )

    def _on_read(self, gathered: working.Gathered) -> None:
        self._gathered = gathered
        self._list.show_register(gathered.kept)
        self._show_place()
        if gathered.offered and self._notice.isHidden():
            say = self._desk.say
            told = say("register.offer", count=len(gathered.offered))
            self._notice.tell(told, Tone.INFO, action=say("register.offer_take"))

    def _show_place(self) -> None:
        """One office where one is open; else the list."""
        before, self._office = self._office, None
        found = None
        if self._shown is not None:
            library = self._desk.application.library
            found = office(self._desk.workplace, library, self._shown)
        if found is None:
            self._shown = None
            self._show(self._list)
        else:
            self._office = self._made_office(OfficeView(self._desk, found))
            self._stack.addWidget(self._office)
            self._show(self._office)
        if before is not None:
            self._stack.removeWidget(before)
            before.deleteLater()

    def _made_office(self, view: OfficeView) -> OfficeView:
        entry, desk = view.office.entry, self._desk
        view.left.connect(self._on_office_left)
        view.visit_wanted.connect(self.visit_opened)
        view.office_wanted.connect(self.open_office)
        view.new_visit_wanted.connect(lambda: self._on_new_visit_wanted(view))
        view.rename_wanted.connect(lambda: self._ask(RenameDialog(desk, self, entry)))
        view.edit_wanted.connect(lambda: self._ask(self._editing(entry)))
        view.merge_wanted.connect(lambda: self._on_merge_wanted(entry))
        view.retire_wanted.connect(lambda: self._ask(RetireDialog(desk, self, entry)))

        def failed(_: Problem) -> None:
            """The history is missing; all else is there."""

        desk.tasks.run(
            working.reading_history(desk, entry.id),
            owner=view,
            done=view.show_history,
            failed=failed,
        )
        return view

    def _show(self, view: QWidget) -> None:
        """Show a view; where the keyboard was in the page it goes on in this one.

        Asked of the window, not of the application: short work is done before the window is
        active again after the file dialog.
        """
        focused = self.window().focusWidget()
        held = focused is not None and (focused is self or self.isAncestorOf(focused))
        self._stack.setCurrentWidget(view)
        if held:
            self._view.take_focus()

    # What happens

    def open_office(self, id_: str) -> None:
        """Show one institution or unit (id)."""
        self._notice.clear()
        self._shown = id_
        self._show_place()

    def _on_office_left(self) -> None:
        id_, self._shown = self._shown, None
        self._show_place()
        if id_ is not None:
            self._list.choose(id_)

    def _on_escape(self) -> None:
        """One step back: from what is looked at to the list, from the list to the visits."""
        shown = self._stack.currentWidget()
        if shown is self._stopping:
            self._stopping.stop()
        elif shown in (self._preview, self._report):
            self._show_place()
        elif self._office is not None:
            self._on_office_left()
        else:
            self.left.emit()

    def _ask(self, dialog: RegisterDialog) -> None:
        dialog.done_so.connect(self._on_changed)
        dialog.open()

    def _editing(self, entry: Institution | Unit) -> RegisterDialog:
        if isinstance(entry, Unit):
            return UnitDialog(self._desk, self, entry)
        return InstitutionDialog(self._desk, self, entry)

    def _on_merge_wanted(self, entry: Institution | Unit) -> None:
        if self._gathered is not None:
            self._ask(MergeDialog(self._desk, self, entry, self._gathered.kept))

    def _on_changed(self, id_: str) -> None:
        self._shown = id_
        self._tell_done(self._desk.say("register.saved"))
        self._read()

    def _on_new_visit_wanted(self, view: OfficeView) -> None:
        entry, institution = view.office.entry, view.office.institution
        if isinstance(entry, Unit):
            self.new_visit_wanted.emit(
                NewVisitFrom(
                    institution=institution.name if institution else "",
                    unit=entry.name,
                    object_type=entry.object_type,
                    address_visited=entry.address,
                )
            )

    # Tables

    def _on_import_wanted(self) -> None:
        path = asking.table(self, self._desk)
        if path is not None:
            self.import_file(path)

    def _on_previewed(self, previewed: "Previewed", *, anew: bool) -> None:
        self._busy.end()
        self._preview.show_previewed(previewed, anew=anew)
        self._show(self._preview)

    def _on_decided(self, own: dict[str, str], otherwise: str) -> None:
        previewed = self._preview.previewed
        if previewed is None:
            return
        # Qt hands the values over as plain text.
        decisions = {key: Decision(value) for key, value in own.items()}
        work = working.deciding(self._desk, previewed, decisions, Decision(otherwise))
        done = partial(self._on_previewed, anew=False)
        self._work(work, self._desk.say("register.deciding"), done)

    def _on_take_wanted(self) -> None:
        previewed = self._preview.previewed
        if previewed is not None:
            work = working.writing(self._desk, previewed)
            self._work(work, self._desk.say("register.writing"), self._on_written)

    def _on_written(self, written: bool) -> None:  # noqa: FBT001 - what a worker hands over
        self._busy.end()
        self._shown = None
        previewed, say = self._preview.previewed, self._desk.say
        lines = previewed.plan.lines if previewed is not None else ()
        told = taken(self._desk, lines) if written else say("register.taken_nothing")
        self._tell_done(told)
        self._show_place()
        self._read()

    def _on_import_failed(self, problem: Problem) -> None:
        """All faults of a table in lines that can be copied; else what happened."""
        faults = problem.places.get("faults")
        if not isinstance(faults, tuple):
            self._show_place()
            self._on_failed(problem)
            return
        language = self._desk.language
        lines = [one.told(language) for one in faults if isinstance(one, RowFault)]
        heading = self._desk.say("register.refused_title")
        self._report.show_lines(heading, self._desk.told(problem), lines, tone=Tone.ERROR)
        self._show(self._report)

    def _on_export_wanted(self) -> None:
        say = self._desk.say
        heading, name = say("register.export"), say("register.export_file")
        path = asking.place(self, self._desk, heading=heading, name=name)
        if path is not None:
            work = working.exporting(self._desk, path)
            self._work(work, say("register.exporting"), partial(self._on_exported, path))

    def _on_exported(self, path: Path, rows: int) -> None:
        self._busy.end()
        self._tell_done(self._desk.say("register.exported", path=path, rows=rows))

    def _on_template_wanted(self) -> None:
        say = self._desk.say
        heading, name = say("register.template"), say("register.template_file")
        path = asking.place(self, self._desk, heading=heading, name=name)
        if path is not None:
            work = working.writing_template(path)
            self._work(work, say("register.exporting"), self._on_template_written)

    def _on_template_written(self, path: Path) -> None:
        self._busy.end()
        say = self._desk.say
        lines = [
            say(
                f"register.column_{'required' if name in REQUIRED else 'line'}",
                column=name,
                meaning=say(f"register.column.{name}"),
            )
            for name in COLUMNS
        ]
        told = say("register.template_written", path=path)
        self._report.show_lines(say("register.template"), told, lines, tone=Tone.SUCCESS)
        self._show(self._report)

    def _on_offer_taken(self) -> None:
        if self._gathered is not None and self._gathered.offered:
            work = working.taking_names(self._desk, self._gathered.offered)
            self._work(work, self._desk.say("register.writing"), self._on_offer_written)

    def _on_offer_written(self, count: int) -> None:
        self._busy.end()
        self._tell_done(self._desk.say("register.offer_taken", count=count))
        self._read()

    def _on_undo_wanted(self) -> None:
        store = self._desk.workplace.store
        self._work(lambda _: take_back(store), self._desk.say("register.writing"), self._on_undone)

    def _on_undone(self, _: object) -> None:
        self._busy.end()
        self._tell_done(self._desk.say("register.undone"))
        self._read()

    def _work(self, work: "Callable[[Tell], object]", text: str, done: Callable[..., None]) -> None:
        self._notice.clear()
        self._busy.begin(text)
        self._desk.tasks.run(work, owner=self, done=done, failed=self._on_failed)

    def _tell_done(self, text: str) -> None:
        self._notice.tell(text, Tone.SUCCESS)

    def _on_failed(self, problem: Problem) -> None:
        self._busy.end()
        self._notice.tell(self._desk.told(problem), Tone.ERROR)
