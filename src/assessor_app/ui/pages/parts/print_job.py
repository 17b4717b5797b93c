"""One print at a time: what it is at, how it is stopped, and how it ended."""

from functools import partial
from threading import Event

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from assessor_app.domain.problem import Problem
from assessor_app.ui.desk import Desk
from assessor_app.ui.pages.parts import printing
from assessor_app.ui.pages.parts.text_pages import Text, text_pages
from assessor_app.ui.widgets.notice import Notice, Tone


class PrintJob(QObject):
    """Asks by Qt's own dialog, then tells its progress in a notice, which can stop it."""

    printed = Signal()  # all pages went to the printer

    def __init__(self, desk: Desk, notice: Notice, *, owner: QWidget) -> None:
        super().__init__(owner)
        self._desk = desk
        self._notice = notice
        self._owner = owner
        self._stop: Event | None = None
        self._stopped = ""
        notice.acted.connect(self._on_stop)

    def begin(self, pdf: bytes, *, name: str, pages: int, current: int) -> None:
        """Print what the user chooses of a document; nothing where one is being printed."""
        say = self._desk.say
        title, stopped = say("paper.dialog"), say("paper.stopped")
        self._ask(pdf, name=name, pages=pages, current=current, title=title, stopped=stopped)

    def begin_text(self, text: Text) -> None:
        """Print what the user chooses of a text: a help to the assessor, and no document."""
        say = self._desk.say
        pdf, pages = text_pages(
            text, foot=lambda number, count: say("paper.place", number=number, count=count)
        )
        title, stopped = say("printing.dialog", title=text.title), say("printing.stopped")
        self._ask(pdf, name=text.title, pages=pages, current=0, title=title, stopped=stopped)

    def begin_sheet(self, pdf: bytes, *, title: str) -> None:
        """Print one page that is drawn already and is no document."""
        say = self._desk.say
        asked, stopped = say("printing.dialog", title=title), say("printing.stopped")
        self._ask(pdf, name=title, pages=1, current=0, title=asked, stopped=stopped)

    def _ask(
        self, pdf: bytes, *, name: str, pages: int, current: int, title: str, stopped: str
    ) -> None:
        if self._stop is not None:
            return
        self._stopped = stopped
        printer = printing.new_printer(name)
        if not printing.ask_printer(self._owner, printer, title=title, pages=pages):
            return
        chosen = printing.chosen_pages(printer, pages=pages, current=current)
        self._stop = Event()
        sentence = partial(self._desk.say, "paper.printing")
        ordered = printing.Ordered(pdf, printer, chosen, sentence, self._stop)
        self._on_progress(sentence(number=1, count=len(chosen)))
        self._desk.tasks.run(
            partial(printing.print_pages, ordered),
            owner=self._owner,
            done=self._on_done,
            failed=self._on_failed,
            progress=self._on_progress,
        )

    def _on_progress(self, text: str) -> None:
        self._notice.tell(text, Tone.INFO, action=self._desk.say("paper.stop"))

    def _on_stop(self) -> None:
        if self._stop is not None:
            self._stop.set()

    def _on_done(self, sent: int) -> None:
        self._stop = None
        if sent:
            self._notice.tell(self._desk.say("paper.printed", count=sent), Tone.SUCCESS)
            self.printed.emit()
        else:
            self._notice.tell(self._stopped, Tone.WARNING)

    def _on_failed(self, problem: Problem) -> None:
        self._stop = None
        self._notice.tell(self._desk.told(problem), Tone.ERROR)
