"""What was answered and found here the last time, beside the answers: seen, never copied."""

from typing import TYPE_CHECKING
from weakref import WeakKeyDictionary

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from assessor_app.domain.problem import Problem
from assessor_app.domain.results import Reading
from assessor_app.services.carrying import carried_at
from assessor_app.services.last_time import (
    Comparable,
    LastTime,
    SideThen,
    Then,
    held_against,
    last_time,
)
from assessor_app.services.report.cards import due_set_by_told
from assessor_app.services.report.words import NONE
from assessor_app.services.session import Session
from assessor_app.ui.theme import icon
from assessor_app.ui.widgets.buttons import button
from assessor_app.ui.widgets.card import Card
from assessor_app.ui.widgets.eliding import ElidingLabel
from assessor_app.ui.widgets.labels import body, quiet, strong

if TYPE_CHECKING:
    from assessor_app.ui.pages.checklist.sections import Around, Section
    from assessor_app.ui.tasks import Tell

_SHORT = 48  # characters of an answer or note in the one line
_EXCERPT = 280  # characters of a note that is unfolded

_read: "WeakKeyDictionary[Session, LastTime | None]" = WeakKeyDictionary()
"""What was found out for a visit that is open: once is enough, since nothing of it changes."""


def last_year_section(around: "Around") -> "Section | None":
    """One line where the office was visited or its result published before; else nothing.

    Where an item is followed up or carried over, its card tells what was found, and has this
    within: two lines would take the room of an answer.
    """
    from assessor_app.ui.pages.checklist.sections import Section

    desk, session = around.desk, around.session
    library = desk.application.library
    if session.snapshot.followed:
        return None
    if carried_at(desk.workplace, library, session, around.spot.code):
        return None
    card = last_year_card(around)
    return Section(card) if card is not None else None


def last_year_card(around: "Around") -> "LastYearCard | None":
    """The line alone; it appears once it is known that there is anything to tell."""
    if around.session in _read:
        known = _read[around.session]
        if known is None or not _tells(known, around.spot.code):
            return None
        card = LastYearCard(around)
        card.show_known(known)
        return card
    card = LastYearCard(around)
    card.hide()
    _reader(around).found.connect(card.show_known)
    return card


def _tells(known: LastTime, code: str) -> bool:
    return code in known.by_code or bool(known.published)


class _Reader(QObject):
    """Looks once for what there is, after the page is painted."""

    found = Signal(object)  # LastTime

    def __init__(self, around: "Around") -> None:
        super().__init__(around.page)
        self._around = around
        around.desk.after_painted(around.page, self._begin)

    def _begin(self) -> None:
        around = self._around
        desk, session, page = around.desk, around.session, around.page
        if not desk.unlocked:
            return
        workplace, library = desk.workplace, desk.application.library
        visit = session.snapshot.visit

        def work(_: "Tell") -> LastTime | None:
            return last_time(workplace, library, visit)

        def done(known: LastTime | None) -> None:
            _read[session] = known
            if known is not None:
                self.found.emit(known)

        def failed(_: Problem) -> None:
            """What cannot be read of an earlier visit keeps nobody from answering."""

        desk.tasks.run(work, owner=page, done=done, failed=failed)


def _reader(around: "Around") -> _Reader:
    """The one of the page, made with its first pane."""
    found = around.page.findChild(_Reader)
    return found if isinstance(found, _Reader) else _Reader(around)


class LastYearCard(Card):
    """Folded it is one line; unfolded it says both sides, the finding, and the published result."""

    def __init__(self, around: "Around") -> None:
        super().__init__()
        self._around = around
        self._code = around.spot.code
        self._known: LastTime | None = None
        name = f"last_year.{self._code}"
        self.setObjectName(name)
        self.body.setContentsMargins(12, 2, 4, 2)
        self.body.setSpacing(4)
        say = around.desk.say
        self._when = strong("")
        self._when.setWordWrap(False)
        self._line = ElidingLabel()
        self._line.setObjectName(f"{name}.line")
        self._fold = button(say("last_year.more"), f"{name}.more", role="flat")
        self._fold.setCheckable(True)
        self._fold.toggled.connect(self._on_folded)
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(self._when)
        row.addWidget(self._line, stretch=1)
        row.addWidget(self._fold)
        self.body.addLayout(row)
        self._more: QWidget | None = None

    def show_known(self, known: LastTime) -> None:
        """Show what is known of this indicator; nothing where nothing is."""
        if not _tells(known, self._code):
            return
        self._known = known
        then = known.by_code.get(self._code)
        self._when.setText(self._when_told(then, known))
        told = self._line_told(then) if then else self._published_told(known.published[0])
        self._line.set_whole_text(told)
        self.setAccessibleName(f"{self._when.text()}. {told}")
        self.show()

    # In one line

    def _when_told(self, then: Then | None, known: LastTime) -> str:
        desk = self._around.desk
        if then is None:
            year = known.published[0].result.year
            return desk.say("last_year.result_of", year=year)
        zone = desk.workplace.profile.zone
        day = then.visit.arrival.astimezone(zone).date()
        now = self._around.session.snapshot.visit.arrival.astimezone(zone).date()
        name = "year" if now.year - day.year == 1 else "time"
        return desk.say(f"last_year.{name}", day=desk.words.day(day))

    def _line_told(self, then: Then) -> str:
        desk = self._around.desk
        parts = [
            desk.say(f"last_year.side_{one.side.value}", answer=_cut(self._answer(then, one)))
            for one in then.sides
        ]
        if then.finding is not None:  # first: it is what must not be overlooked
            parts.insert(0, self._finding_told(then, "finding"))
        return " · ".join(parts)

    def _finding_told(self, then: Then, name: str) -> str:
        """The finding is open still, as far as this store knows: no later visit asked it."""
        desk, visit = self._around.desk, self._around.session.snapshot.visit
        if then.due is None:
            return desk.say(f"last_year.{name}")
        today = visit.arrival.astimezone(desk.workplace.profile.zone).date()
        way = "overdue" if then.due < today else "due"
        return desk.say(f"last_year.{name}_{way}", due=desk.words.day(then.due))

    def _answer(self, then: Then, one: SideThen) -> str:
        if one.answer is not None:
            return self._around.desk.words.answer(then.indicator, one.answer, side=one.side)
        if one.reason is not None:
            return self._around.desk.say("last_year.not_assessed", reason=one.reason)
        return NONE

    # Unfolded

    def _on_folded(self, shown: bool) -> None:  # noqa: FBT001 - Qt's signal
        if self._more is None and shown and self._known is not None:
            self._more = self._details(self._known)
            self.body.addWidget(self._more)
        if self._more is not None:
            self._more.setVisible(shown)

    def _details(self, known: LastTime) -> QWidget:
        more = QWidget()
        column = QVBoxLayout(more)
        column.setContentsMargins(0, 0, 8, 8)
        column.setSpacing(4)
        then = known.by_code.get(self._code)
        if then is not None:
            self._add_then(column, then)
        elif known.last is not None:
            column.addWidget(quiet(self._around.desk.say("last_year.not_asked")))
        self._add_office(column, known)
        return more

    def _add_then(self, column: QVBoxLayout, then: Then) -> None:
        desk, words = self._around.desk, self._around.desk.words
        for one in then.sides:
            places = {"side": words.side(one.side), "answer": self._answer(then, one)}
            column.addWidget(body(desk.say("last_year.side", **places)))
            if one.note:
                column.addWidget(quiet(desk.say("last_year.note", note=_cut(one.note, _EXCERPT))))
        if then.gap is not None:
            column.addWidget(quiet(desk.say("last_year.gap", gap=words(f"gap.{then.gap.value}"))))
        if then.finding is not None:
            who = due_set_by_told(then.due_set_by, words)
            column.addWidget(body(self._finding_told(then, "told")))
            if who:
                column.addWidget(quiet(desk.say("last_year.due_set", who=who)))
        comparable = held_against(
            then, self._around.spot.indicator, self._around.session.instrument
        )
        if comparable is not Comparable.SAME:
            places = {"instrument": then.visit.instrument_version}
            column.addWidget(quiet(desk.say(f"last_year.{comparable.value}", **places)))
        if then.photos:
            look = button(
                desk.say("last_year.photos", count=len(then.photos)),
                f"last_year.{self._code}.photos",
                icon=icon("camera", desk.tokens.accent),
            )
            look.clicked.connect(lambda: self._show_photos(then))
            row = QHBoxLayout()
            row.addWidget(look)
            row.addStretch(1)
            column.addLayout(row)

    def _show_photos(self, then: Then) -> None:
        from assessor_app.ui.pages.checklist.follow_up_photos import PhotosOfThen

        PhotosOfThen(self._around.desk, self._around.page, then.photos).open()

    def _add_office(self, column: QVBoxLayout, known: LastTime) -> None:
        """What is known of the office as a whole."""
        desk, words = self._around.desk, self._around.desk.words
        if known.former_name is not None:
            told = desk.say("last_year.former_name", name=known.former_name)
            column.addWidget(quiet(told))
        if known.score is not None and known.score.measured:
            zone = known.score.band.zone if known.score.band else None
            told = desk.say(
                "last_year.own_score",
                score=words.points(known.score.points),
                zone=words(f"zone.{zone.value}" if zone else "zone.none"),
            )
            column.addWidget(quiet(told))
        for reading in known.published[:3]:
            column.addWidget(quiet(self._published_told(reading)))

    def _published_told(self, reading: Reading) -> str:
        desk, words, result = self._around.desk, self._around.desk.words, reading.result
        zone = words(f"zone.{reading.zone.value}" if reading.zone else "zone.none")
        score = words.points(result.score) if result.score is not None else NONE
        return desk.say(
            "last_year.published", year=result.year, score=score, zone=zone, source=result.source
        )


def _cut(text: str, most: int = _SHORT) -> str:
    line = " ".join(text.split())
    return line if len(line) <= most else line[: most - 1].rstrip() + "…"
