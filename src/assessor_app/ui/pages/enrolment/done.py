"""After enrolment: what was made, the printable hint sheet, and the way on."""

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, TypedDict

from PySide6.QtCore import Qt, QUrl, Signal
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QFileDialog, QVBoxLayout, QWidget

from assessor_app.domain.problem import Problem, RecordRefused
from assessor_app.ui.desk import Desk
from assessor_app.ui.pages.parts.centred import centred
from assessor_app.ui.pages.parts.file_place import documents_folder, free_path, with_suffix
from assessor_app.ui.tasks import Tell
from assessor_app.ui.theme import grown, icon
from assessor_app.ui.widgets.busy import Busy
from assessor_app.ui.widgets.buttons import button
from assessor_app.ui.widgets.card import Card
from assessor_app.ui.widgets.fields import Field, line_edit
from assessor_app.ui.widgets.flowing import Flowing
from assessor_app.ui.widgets.labels import quiet, title
from assessor_app.ui.widgets.notice import Notice, Tone

if TYPE_CHECKING:  # the first page is painted without them
    from datetime import datetime

    from assessor_app.services.enrolment import Profile, Workplace
    from assessor_app.texts import Language
    from assessor_app.ui.pages.parts.print_job import PrintJob

_WIDTH = 752
_MARGIN = 16


class _Asked(TypedDict):
    """What the sheet is made of."""

    profile: "Profile"
    hint: str
    passphrase: str
    home: Path
    at: "datetime"
    language: "Language"


class EnrolDone(QWidget):
    """Holds the passphrase until it is left: the sheet must not give it away."""

    started = Signal()

    def __init__(self, desk: Desk, workplace: "Workplace", *, passphrase: str, hint: str) -> None:
        super().__init__()
        self.setObjectName("enrol.done")
        self._desk = desk
        self.workplace = workplace
        self._passphrase = passphrase
        self._notice = Notice(desk.tokens, "enrol.sheet_notice")
        self._job: PrintJob | None = None  # Qt's printing is fetched when it is wanted
        self._start = button(desk.say("enrol.start"), "enrol.start", role="primary")
        self._start.setMinimumWidth(grown(_WIDTH // 3))
        self._start.clicked.connect(self.started)
        content = QWidget()
        column = QVBoxLayout(content)
        column.setContentsMargins(_MARGIN, _MARGIN, _MARGIN, _MARGIN)
        column.setSpacing(_MARGIN)
        for part in (title(desk.say("enrol.done_title")), self._made(), self._sheet(hint)):
            column.addWidget(part)
        column.addWidget(self._start, 0, Qt.AlignmentFlag.AlignHCenter)
        frame = QVBoxLayout(self)
        frame.setContentsMargins(0, 0, 0, 0)
        frame.addWidget(centred(content, "enrol.done_scroll", widest=_WIDTH, halfway=True))
        self._busy = Busy(self, desk.tokens)

    def anew(self) -> "EnrolDone":
        """The same in the language and colours of now, with the hint as it stands typed."""
        return EnrolDone(
            self._desk, self.workplace, passphrase=self._passphrase, hint=self._hint.text()
        )

    def begin(self) -> None:
        """Ready for the keyboard: Enter goes on."""
        self._start.setDefault(True)
        self.take_focus()

    def take_focus(self) -> None:
        self._start.setFocus()

    def _made(self) -> QWidget:
        say, profile = self._desk.say, self.workplace.profile
        made = QWidget()
        column = QVBoxLayout(made)
        column.setContentsMargins(0, 0, 0, 0)
        for name, text, tone in (
            (
                "enrol.done_store",
                say("enrol.done_store", name=profile.name, office=profile.office),
                Tone.SUCCESS,
            ),
            ("enrol.done_trial", say("enrol.done_trial"), Tone.INFO),
        ):
            notice = Notice(self._desk.tokens, name)
            column.addWidget(notice)
            notice.tell(text, tone)
        return made

    def _sheet(self, hint: str) -> QWidget:
        say = self._desk.say
        card = Card(say("enrol.sheet_title"))
        self._hint = line_edit("enrol.sheet_hint")
        self._hint.setText(hint)
        self._hint.returnPressed.connect(self._on_print_wanted)
        self._hint_field = Field(say("enrol.sheet_hint"), self._hint)
        ways = QWidget()
        row = Flowing(ways)
        for name, sign, text, act in (
            ("enrol.sheet_print", "print", say("hinting.print"), self._on_print_wanted),
            ("enrol.sheet", "save", say("hinting.save"), self._on_sheet_wanted),
        ):
            made = button(text, name, icon=icon(sign, self._desk.tokens.ink))
            made.clicked.connect(act)
            row.addWidget(made)
        card.body.addWidget(quiet(say("enrol.sheet_why")))
        card.body.addWidget(self._hint_field)
        card.body.addWidget(ways)
        card.body.addWidget(self._notice)
        return card

    def _on_print_wanted(self) -> None:
        """Straight to paper: a hint that lies about as a file helps others to it too."""
        self._hint_field.clear_fault()
        self._notice.clear()
        self._busy.begin(self._desk.say("enrol.sheet_making"))
        self._desk.tasks.run(
            partial(_drawn, self._asked()),
            owner=self,
            done=self._on_drawn,
            failed=self._on_refused,
        )

    def _on_drawn(self, pdf: bytes) -> None:
        from assessor_app.ui.pages.parts.print_job import PrintJob

        self._busy.end()
        if self._job is None:
            self._job = PrintJob(self._desk, self._notice, owner=self)
            self._job.printed.connect(self._on_printed)
        self._job.begin_sheet(pdf, title=self._desk.say("hinting.title"))

    def _on_printed(self) -> None:
        """The check before leaving asks whether there is a sheet: now there is."""
        from assessor_app.services.preflight.remembering import note_hint_sheet

        note_hint_sheet(self.workplace.store)

    def _on_sheet_wanted(self) -> None:
        self._hint_field.clear_fault()
        self._notice.clear()
        path = self._ask_where()
        if path is None:
            return
        self._busy.begin(self._desk.say("enrol.sheet_making"))
        self._desk.tasks.run(
            partial(_written, self.workplace, path, self._asked()),
            owner=self,
            done=self._on_written,
            failed=self._on_refused,
        )

    def _ask_where(self) -> Path | None:
        """Where the sheet is kept, or None where the assessor thought better of it."""
        say = self._desk.say
        wanted, _ = QFileDialog.getSaveFileName(
            self,
            say("enrol.sheet_dialog"),
            str(free_path(documents_folder(), say("enrol.sheet_file"))),
            say("enrol.sheet_filter"),
            options=QFileDialog.Option.DontConfirmOverwrite,  # it is refused: nothing is replaced
        )
        return with_suffix(wanted) if wanted else None

    def _asked(self) -> _Asked:
        return {
            "profile": self.workplace.profile,
            "hint": self._hint.text(),
            "passphrase": self._passphrase,
            "home": self._desk.home,
            "at": self.workplace.store.clock.now(),
            "language": self._desk.language,
        }

    def _on_written(self, path: Path) -> None:
        self._busy.end()
        self._notice.tell(self._desk.say("enrol.sheet_made", path=path), Tone.SUCCESS)
        QDesktopServices.openUrl(QUrl.fromLocalFile(str(path)))

    def _on_refused(self, problem: Problem) -> None:
        self._busy.end()
        if isinstance(problem, RecordRefused):
            self._hint_field.show_fault(self._desk.told(problem))
            self._hint.setFocus()
        else:
            self._notice.tell(self._desk.told(problem), Tone.ERROR)


# In a worker, which knows no widget.


def _drawn(asked: _Asked, _tell: Tell) -> bytes:
    from assessor_app.services.hint_sheet import hint_sheet

    return hint_sheet(**asked)


def _written(workplace: "Workplace", path: Path, asked: _Asked, _tell: Tell) -> Path:
    from assessor_app.services.hint_sheet import write_hint_sheet
    from assessor_app.services.preflight.remembering import note_hint_sheet

    write_hint_sheet(path, **asked)
    note_hint_sheet(workplace.store)
    return path
