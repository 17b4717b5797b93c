"""The history of an indicator, or of the visit's steps, in a dialog over the page."""

from collections.abc import Callable, Iterator

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QVBoxLayout, QWidget

from assessor_app.domain.problem import Problem
from assessor_app.services.report.words import NONE
from assessor_app.services.session import Session
from assessor_app.services.timeline import (
    Line,
    Mark,
    indicator_history,
    late_history,
    visit_history,
)
from assessor_app.ui.desk import Desk
from assessor_app.ui.models.timeline import Chip, TimelineRow
from assessor_app.ui.pages.parts.timeline_view import TimelineView
from assessor_app.ui.tasks import Tell
from assessor_app.ui.widgets.buttons import button
from assessor_app.ui.widgets.labels import quiet, title
from assessor_app.ui.widgets.notice import Notice, Tone

_SHARE = 0.86  # of the window's size
_TONES = {
    Mark.UNDONE: "grey",
    Mark.LATE: "yellow",
    Mark.GIVEN_UP: "grey",
    Mark.CONFLICT: "red",
}
_FADED = frozenset({Mark.UNDONE, Mark.GIVEN_UP})

_Read = Callable[[], tuple[Line, ...]]


class HistoryDialog(QDialog):
    """Reads the record in a worker; Esc or the button closes it."""

    def __init__(self, desk: Desk, over: QWidget, *, heading: str, about: str, read: _Read) -> None:
        super().__init__(over)
        self.setObjectName("history")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(heading)
        self._desk = desk
        self._notice = Notice(desk.tokens, "history.notice")
        self._lines = TimelineView("history.lines", desk.tokens, spoken=heading)
        self._told = quiet(about)
        close = button(desk.say("history.close"), "history.close")
        close.clicked.connect(self.close)
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 16, 16, 16)
        column.setSpacing(8)
        column.addWidget(title(heading))
        column.addWidget(self._told)
        column.addWidget(self._notice)
        column.addWidget(self._lines, stretch=1)
        column.addWidget(close, alignment=Qt.AlignmentFlag.AlignRight)
        self.resize(over.window().size() * _SHARE)
        self._lines.setFocus()

        def work(_: Tell) -> tuple[Line, ...]:
            return read()

        desk.tasks.run(work, owner=self, done=self._on_read, failed=self._on_failed)

    def _on_read(self, lines: tuple[Line, ...]) -> None:
        self._lines.timeline.show_rows([row_of(self._desk, line) for line in lines])
        if lines:
            self._lines.setCurrentIndex(self._lines.timeline.index(0))
        else:
            self._notice.tell(self._desk.say("history.none"), Tone.INFO)

    def _on_failed(self, problem: Problem) -> None:
        self._notice.tell(self._desk.told(problem), Tone.ERROR)


def show_indicator_history(desk: Desk, session: Session, code: str, over: QWidget) -> None:
    """What was done at an indicator, on both sides and of every subject."""
    words, workplace = desk.words, desk.workplace
    HistoryDialog(
        desk,
        over,
        heading=desk.say("history.of_indicator", code=code),
        about=words.of(session.instrument.indicator(code).text),
        read=lambda: indicator_history(session, workplace, words, code),
    ).open()


def show_visit_history(desk: Desk, session: Session, over: QWidget) -> None:
    """The steps of the visit."""
    words, workplace, visit = desk.words, desk.workplace, session.snapshot.visit
    HistoryDialog(
        desk,
        over,
        heading=desk.say("history.of_visit"),
        about=desk.say("history.visit", unit=visit.unit, institution=visit.institution),
        read=lambda: visit_history(session, workplace, words),
    ).open()


def show_late(desk: Desk, session: Session, over: QWidget) -> None:
    """What came after the visit was closed."""
    words, workplace = desk.words, desk.workplace
    HistoryDialog(
        desk,
        over,
        heading=desk.say("history.of_late"),
        about=desk.say("history.late"),
        read=lambda: late_history(session, workplace, words),
    ).open()


def row_of(desk: Desk, line: Line) -> TimelineRow:
    """A line of the history in the window's words."""
    say = desk.say
    return TimelineRow(
        moment=line.moment,
        who=say("history.who", author=line.author, device=line.device),
        did=line.did,
        part=line.part,
        values=tuple((one.name, _change(desk, one.before, one.after)) for one in line.changes),
        remarks=tuple(_remarks(desk, line)),
        chips=tuple(_chips(desk, line)),
        faded=bool(line.marks & _FADED),
    )


def _change(desk: Desk, before: str, after: str) -> str:
    if before == NONE:
        return after
    if after == NONE:
        return desk.say("history.cleared", before=before)
    return desk.say("history.changed", before=before, after=after)


def _chips(desk: Desk, line: Line) -> Iterator[Chip]:
    for mark in sorted(line.marks):
        yield Chip(desk.words(f"timeline.mark.{mark.value}"), _TONES[mark])
    if line.observed:
        yield Chip(line.observed, "teal")
    if line.clock:
        yield Chip(desk.words("timeline.clock.turned"), "yellow")


def _remarks(desk: Desk, line: Line) -> Iterator[str]:
    """Why, unless a field tells it already, as of a pause; and what its clock did."""
    if line.reason and line.reason not in {one.after for one in line.changes}:
        yield desk.say("history.reason", reason=line.reason)
    if line.clock:
        yield line.clock
