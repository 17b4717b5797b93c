"""The fourth step of issuing: what comes back of the document from the office."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from assessor_app.domain.problem import Problem
from assessor_app.domain.visit import Document, Returned, ReturnedKind
from assessor_app.services import returned
from assessor_app.services.enrolment import Workplace
from assessor_app.services.returned import BroughtBack
from assessor_app.services.session import Session
from assessor_app.ui.desk import Desk
from assessor_app.ui.pages.parts.beside import with_calendar
from assessor_app.ui.pages.parts.file_place import documents_folder, free_path
from assessor_app.ui.pages.parts.moment import MomentEdit
from assessor_app.ui.tasks import Result, Tell
from assessor_app.ui.theme import icon
from assessor_app.ui.widgets.buttons import button, icon_button
from assessor_app.ui.widgets.card import Card
from assessor_app.ui.widgets.fields import Field, line_edit
from assessor_app.ui.widgets.labels import body, quiet
from assessor_app.ui.widgets.notice import Notice, Tone

_OF_MOMENT = frozenset({"instant_in_future", "instant_unreadable", "returned_before_departure"})


@dataclass(frozen=True, slots=True)
class _Given:
    """What was typed of a file that came back."""

    sender: str
    note: str
    when: datetime
    kind: ReturnedKind | None
    document: Document | None


class ReturnedStep(Card):
    """Lists what came back; a further file is attached once it was chosen."""

    view_wanted = Signal(object)  # the Returned
    attached = Signal()
    spoke = Signal(object)  # something was told; the QWidget that acts should be in sight with it

    def __init__(self, desk: Desk, session: Session) -> None:
        super().__init__(desk.say("handing.returned.title"))
        self._desk = desk
        self._session = session
        self._refused: Path | None = None
        self.document: Document | None = None  # of which a scan is; the one made last without
        self._from = line_edit("issue.returned.from")
        self._from_field = Field(desk.say("handing.returned.from"), self._from)
        now = desk.application.clock.now()
        self._when = MomentEdit("issue.returned.when", desk.workplace.profile.zone, at=now)
        self._when_field = Field(desk.say("handing.returned.when"), with_calendar(desk, self._when))
        self._note = line_edit("issue.returned.note")
        self._notice = Notice(desk.tokens, "issue.returned.notice")
        self._as_scan = self._button("as_scan", "attach")
        self._as_scan.setVisible(False)
        self._as_scan.clicked.connect(self._on_as_scan)
        self._list = QVBoxLayout()
        self._list.setSpacing(4)
        self._more = self._button("more", "add")
        self._more.setCheckable(True)
        self._choose = self._button("choose", "attach")
        self._choose.clicked.connect(self._on_choose)
        self._form = self._folded()
        self._more.toggled.connect(self._form.setVisible)
        self.body.addWidget(quiet(desk.say("handing.returned.hint")))
        self.body.addLayout(self._list)
        for part in (self._more, self._form, self._notice, self._as_scan):
            self.body.addWidget(part)
        self.show_items()

    def show_items(self) -> None:
        """List what came back until now."""
        while (entry := self._list.takeAt(0)) is not None:
            row = entry.widget()
            if row is not None:
                row.deleteLater()
        for item in self._session.snapshot.returned:
            self._list.addWidget(self._row(item))

    def _row(self, item: Returned) -> QWidget:
        words, say = self._desk.words, self._desk.say
        row = QWidget()
        line = QHBoxLayout(row)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(4)
        places = {
            "kind": words(f"returned.{item.kind.value}"),
            "sender": item.sender,
            "moment": words.moment(item.received_at),
        }
        line.addWidget(body(say("handing.returned.line", **places)), stretch=1)
        for name, sign, act in (("view", "eye", self._on_view), ("save", "save", self._on_save)):
            made = icon_button(
                say(f"handing.returned.{name}", **places),
                f"issue.returned.{item.id}.{name}",
                icon(sign, self._desk.tokens.ink),
            )
            made.clicked.connect(partial(act, item))
            line.addWidget(made)
        return row

    def _button(self, name: str, sign: str) -> QPushButton:
        text = self._desk.say(f"handing.returned.{name}")
        return button(text, f"issue.returned.{name}", icon=icon(sign, self._desk.tokens.ink))

    def _folded(self) -> QWidget:
        form = QWidget()
        column = QVBoxLayout(form)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(12)
        note = Field(self._desk.say("handing.returned.note"), self._note)
        for part in (self._from_field, self._when_field, note, self._choose):
            column.addWidget(part)
        form.setVisible(False)
        return form

    # What the assessor did

    def _on_view(self, item: Returned) -> None:
        self.view_wanted.emit(item)

    def _on_save(self, item: Returned) -> None:
        ending = returned.ending(item)
        name = self._desk.say("handing.returned.name", hash=item.sha256[:16])
        chosen = self._ask_where(free_path(documents_folder(), name, suffix=ending))
        if chosen:
            self._run(
                partial(_saved, self._desk.workplace, item, Path(chosen)),
                done=lambda _: self._tell("saved", file=Path(chosen).name),
                failed=lambda problem: self._notice.tell(self._desk.told(problem), Tone.ERROR),
            )

    def _on_choose(self) -> None:
        self._notice.clear()
        self._refused = None
        if not self._from.text().strip():
            self._from_field.show_fault(self._desk.say("handing.returned.nobody"))
            self._from.setFocus()
            return
        when = self._received_at()
        if when is None:
            return
        chosen = self._ask_file()
        if chosen:
            self._attach(Path(chosen), when, kind=None)

    def _on_as_scan(self) -> None:
        """Attach as a scan what does not go on from our document."""
        when = self._received_at()
        if self._refused is not None and when is not None:
            self._attach(self._refused, when, kind=ReturnedKind.WET_INK_COPY)

    def _ask_file(self) -> str:
        """The file that the user chooses, empty where none."""
        say = self._desk.say
        patterns = " ".join(
            pattern for form in returned.TAKEN_FORMS for pattern in (f"*{form}", f"*{form.upper()}")
        )
        kinds = say("handing.returned.kinds", patterns=patterns)
        title, folder = say("handing.returned.dialog"), str(documents_folder())
        return QFileDialog.getOpenFileName(self, title, folder, kinds)[0]

    def _ask_where(self, proposed: Path) -> str:
        """The path of a copy, empty where none is chosen; what lies there is never replaced."""
        title = self._desk.say("handing.returned.save_dialog")
        options = QFileDialog.Option.DontConfirmOverwrite
        return QFileDialog.getSaveFileName(self, title, str(proposed), options=options)[0]

    # How it is done

    def _received_at(self) -> datetime | None:
        """When it came back; None where that cannot be, which is said at its field."""
        self._when_field.clear_fault()
        departure = self._session.snapshot.visit.departure
        try:
            now = self._desk.application.clock.now()
            return self._when.instant(now=now, not_before=departure)
        except Problem as problem:
            self._when_field.show_fault(self._desk.told(problem))
            self._when.setFocus()
            return None

    def _attach(self, path: Path, when: datetime, *, kind: ReturnedKind | None) -> None:
        sender, note = self._from.text(), self._note.text()
        self._run(
            partial(
                _attached,
                self._session,
                self._desk.workplace,
                path,
                _Given(sender, note, when, kind, self.document),
            ),
            done=self._on_attached,
            failed=partial(self._on_refused, path),
        )

    def _on_attached(self, back: BroughtBack) -> None:
        self._refused = None
        self._note.clear()
        self._more.setChecked(False)
        self.show_items()
        self._tell("attached", kind=self._desk.words(f"returned.{back.item.kind.value}"))
        self.attached.emit()

    def _on_refused(self, path: Path, problem: Problem) -> None:
        told = self._desk.told(problem)
        if problem.code in _OF_MOMENT:
            self._notice.clear()
            self._when_field.show_fault(told)
            return
        self._refused = path if problem.code == "returned_not_continuing" else None
        self._as_scan.setVisible(self._refused is not None)
        self._notice.tell(told, Tone.ERROR)
        self.spoke.emit(self._as_scan if self._refused else self._choose)

    def _tell(self, name: str, **places: object) -> None:
        self._notice.tell(self._desk.say(f"handing.returned.{name}", **places), Tone.SUCCESS)
        self.spoke.emit(self._more)

    def _run(
        self,
        work: Callable[[Tell], Result],
        *,
        done: Callable[[Result], None],
        failed: Callable[[Problem], None],
    ) -> None:
        """One thing at a time: meanwhile nothing here can be pressed."""
        self._notice.tell(self._desk.say("handing.returned.reading"), Tone.INFO)
        self._as_scan.setVisible(False)
        self._form.setEnabled(False)

        def ended(tell: Callable[[Any], None], value: object) -> None:
            self._form.setEnabled(True)
            tell(value)

        self._desk.tasks.run(
            work, owner=self, done=partial(ended, done), failed=partial(ended, failed)
        )


def _attached(
    session: Session, workplace: Workplace, path: Path, given: _Given, _: Tell
) -> BroughtBack:
    return returned.bring_back(
        session,
        workplace,
        path,
        sender=given.sender,
        at=given.when,
        kind=given.kind,
        note=given.note,
        document=given.document,
    )


def _saved(workplace: Workplace, item: Returned, out: Path, _: Tell) -> None:
    returned.save_returned(workplace, item, out)
