"""Moving a visit to another instrument: what differs is shown first, then done for a reason."""

from collections.abc import Iterator

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QDialog, QHBoxLayout, QVBoxLayout, QWidget

from assessor_app.domain.instrument import Indicator, Instrument
from assessor_app.domain.outlook import Outlook
from assessor_app.domain.problem import Problem
from assessor_app.domain.scoring import Basis
from assessor_app.services.moving import Move, Unfit, move_visit, moves
from assessor_app.services.session import Session
from assessor_app.ui.desk import Desk
from assessor_app.ui.widgets.buttons import button
from assessor_app.ui.widgets.fields import Field, combo, line_edit, value_of
from assessor_app.ui.widgets.labels import body, quiet, strong, title
from assessor_app.ui.widgets.notice import Notice, Tone
from assessor_app.ui.widgets.scrolling import scrolling

_SHARE = 0.8  # of the window's size


def others(desk: Desk, session: Session) -> tuple[Instrument, ...]:
    """The instruments that the visit could be moved to, the newest first."""
    visit = session.snapshot.visit
    if not session.snapshot.takes_answers:
        return ()
    found = (
        one
        for one in desk.application.library.all()
        if one.visitable
        and one.digest != visit.instrument_digest
        and one.object_type(visit.object_type) is not None
    )
    return tuple(sorted(found, key=lambda one: (one.year, one.pin), reverse=True))


class MoveDialog(QDialog):
    """Nothing happens before a reason is given; Esc leaves everything as it is."""

    moved = Signal()

    def __init__(self, desk: Desk, session: Session, over: QWidget) -> None:
        super().__init__(over)
        self.setObjectName("moving")
        self.setWindowTitle(desk.say("moving.title"))
        self._desk = desk
        self._session = session
        self._move: Move | None = None
        self._instruments = {one.pin: one for one in others(desk, session)}
        named = [
            (pin, desk.say("moving.instrument", title=desk.words.of(one.title), pin=pin))
            for pin, one in self._instruments.items()
        ]
        self._to = combo("moving.to", named)
        self._to.currentIndexChanged.connect(self._on_chosen)
        self._told = QVBoxLayout()
        self._told.setSpacing(6)
        self._reason = line_edit("moving.reason", placeholder=desk.say("moving.reason_example"))
        self._reason_field = Field(desk.say("moving.reason"), self._reason)
        self._notice = Notice(desk.tokens, "moving.notice")
        self._furnish()
        self.resize(over.window().size() * _SHARE)
        self._on_chosen()

    def _furnish(self) -> None:
        say = self._desk.say
        column = QVBoxLayout(self)
        column.setSpacing(10)
        column.addWidget(title(say("moving.title")))
        column.addWidget(quiet(say("moving.intro")))
        column.addWidget(Field(say("moving.to"), self._to))
        content = QWidget()
        inner = QVBoxLayout(content)
        inner.setContentsMargins(0, 0, 8, 0)
        inner.addLayout(self._told)
        inner.addStretch(1)
        column.addWidget(scrolling(content, "moving.told"), stretch=1)
        column.addWidget(self._notice)
        column.addWidget(self._reason_field)
        leave = button(say("moving.cancel"), "moving.cancel")
        leave.clicked.connect(self.reject)
        go = button(say("moving.go"), "moving.go", role="primary")
        go.clicked.connect(self._on_go)
        row = QHBoxLayout()
        row.addStretch(1)
        row.addWidget(leave)
        row.addWidget(go)
        column.addLayout(row)

    def _on_chosen(self) -> None:
        """Show what moving there would do."""
        self._notice.clear()
        self._move = None
        while item := self._told.takeAt(0):
            left = item.widget()
            if left is not None:
                left.hide()
                left.deleteLater()
        instrument = self._instruments.get(value_of(self._to))
        if instrument is None:
            return
        try:
            self._move = moves(self._session, instrument)
        except Problem as problem:
            self._notice.tell(self._desk.told(problem), Tone.ERROR)
            return
        self._told.addWidget(strong(self._desk.say("moving.what")))
        for line in self._lines(self._move):
            self._told.addWidget(body(line))

    def _lines(self, move: Move) -> Iterator[str]:
        say, difference = self._desk.say, move.difference
        before, after = (self._score(one) for one in (move.before.outlook, move.after))
        yield say("moving.score", before=before, after=after)
        yield say("moving.kept", count=len(move.taken_over))
        if move.unfit:
            yield say("moving.unfit", count=len(move.unfit))
            yield from (self._unfit(one, move) for one in move.unfit)
        for name, found in (
            ("added", difference.added),
            ("removed", difference.removed),
            ("changed", tuple(one.after for one in difference.changed)),
        ):
            if found:
                yield say(f"moving.{name}", count=len(found), codes=_codes(found))
        if difference.bands:
            yield say("moving.bands")
        if difference.none:
            yield say("moving.nothing")

    def _unfit(self, one: Unfit, move: Move) -> str:
        words, say = self._desk.words, self._desk.say
        snapshot, key = move.before.snapshot, one.key
        known = {each.code: each for each in move.before.instrument.indicators()}
        answer = say("moving.no_answer")
        if one.answer is not None:
            indicator = known.get(key.indicator)
            told = indicator and words.answer(indicator, one.answer, side=key.side)
            answer = told or one.answer
        respondent = snapshot.respondents.get(key.respondent)
        name = snapshot.products.get(key.product) or (respondent and respondent.pseudonym)
        place = say("moving.place_of", code=key.indicator, name=name) if name else key.indicator
        return say(
            "moving.set_aside" if one.set_aside else "moving.unread",
            place=place,
            side=words.side(key.side),
            answer=answer,
            why=say(f"moving.why.{one.why.value}"),
        )

    def _score(self, outlook: Outlook) -> str:
        official = outlook.scores.get(Basis.OFFICIAL)
        if official is None:
            return self._desk.say("moving.no_score")
        words = self._desk.words
        return self._desk.say(
            "moving.points",
            points=words.points(official.points),
            maximum=words.weight(official.maximum),
        )

    def _on_go(self) -> None:
        if self._move is None:
            return
        if not self._reason.text().strip():
            self._reason_field.show_fault(self._desk.say("moving.reason_missing"))
            self._reason.setFocus()
            return
        library = self._desk.application.library
        try:
            move_visit(self._session, self._move, reason=self._reason.text(), library=library)
        except Problem as problem:
            self._notice.tell(self._desk.told(problem), Tone.ERROR)
            return
        self.accept()
        self.moved.emit()


def _codes(indicators: tuple[Indicator, ...]) -> str:
    return ", ".join(one.code for one in indicators)
