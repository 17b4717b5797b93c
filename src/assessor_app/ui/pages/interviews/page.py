"""Interviews one after another: digits answer, Enter goes on, + begins with the next respondent."""

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from assessor_app.domain.problem import Problem
from assessor_app.domain.pseudonyms import proposed_pseudonym
from assessor_app.services.session import Session
from assessor_app.services.standing import Done
from assessor_app.ui.desk import Desk
from assessor_app.ui.pages.checklist.key_table import FURTHER
from assessor_app.ui.pages.checklist.recording import Recording
from assessor_app.ui.pages.interviews.asking import Asking
from assessor_app.ui.pages.interviews.people import People
from assessor_app.ui.pages.interviews.sheet import Question, Sheet
from assessor_app.ui.pages.parts.page_keys import PageKeys, typing
from assessor_app.ui.pages.parts.reason_bar import ReasonBar
from assessor_app.ui.theme import icon
from assessor_app.ui.widgets.buttons import button, icon_button
from assessor_app.ui.widgets.labels import body, title
from assessor_app.ui.widgets.notice import Notice, Tone

_DIGITS = "1234567890"
_NONE = "X"  # of a checklist: none of its parts


class InterviewsPage(QWidget):
    """Every answer is recorded the moment it is given, as in the checklist."""

    left = Signal()
    said = Signal(str)

    def __init__(self, desk: Desk, session: Session, role: str | None = None) -> None:
        super().__init__()
        self.setObjectName("interviews")
        self._desk = desk
        self._session = session
        self._refused = False
        self._moved_on = False  # by itself, after an answer: Enter then skips nothing
        self._reasons = ReasonBar(desk, session, "interviews.reason")
        self._recording = Recording(desk, session, self, reasons=self._reasons)
        self._notice = Notice(desk.tokens, "interviews.notice")
        self._asking = Asking(session)
        roles = [one.role for one in self._asking.tallies()]
        if role in {one.code for one in roles} and role is not None:
            self._asking.role = role
        self._people = People(desk, roles)
        self._sheet = Sheet(desk, self._asking.questions())
        self._place = QVBoxLayout()
        self._connect()
        self._furnish()
        self._add_keys()
        self.hint = desk.say("interviews.keys")
        self._build_sheet()

    # How it is laid out

    def _connect(self) -> None:
        people = self._people
        people.role_chosen.connect(self._on_role)
        people.chosen.connect(self._on_chosen)
        people.next_wanted.connect(self._on_next)
        people.introduced.connect(self._on_introduced)
        people.break_wanted.connect(self._on_break)
        self._recording.changed.connect(self._renew)
        self._recording.refused.connect(self._tell)
        self._recording.said.connect(self.said)
        self._reasons.refused.connect(self._tell)
        self._reasons.said.connect(self.said)
        self._reasons.given.connect(self._show)
        self._reasons.dropped.connect(self._show)

    def _furnish(self) -> None:
        say, tokens = self._desk.say, self._desk.tokens
        back = button(
            say("interviews.back"), "interviews.back", role="flat", icon=icon("back", tokens.accent)
        )
        back.clicked.connect(self._on_back)
        self._undo = icon_button(
            say("actions.undo"), "interviews.undo", icon("undo", tokens.accent)
        )
        self._undo.clicked.connect(partial(self._turn_back, self._recording.undo))
        self._redo = icon_button(
            say("actions.redo"), "interviews.redo", icon("redo", tokens.accent)
        )
        self._redo.clicked.connect(partial(self._turn_back, self._recording.redo))
        head = QHBoxLayout()
        head.addWidget(title(say("interviews.title")), 1)
        for part in (self._undo, self._redo, back):
            head.addWidget(part)
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 10, 16, 10)
        column.setSpacing(8)
        column.addLayout(head)
        column.addWidget(self._notice)
        column.addWidget(self._reasons)
        if not self._asking.tallies():
            column.addWidget(body(say("interviews.nobody")))
            column.addStretch(1)
            self._people.hide()
            return
        column.addWidget(self._people)
        column.addLayout(self._place, 1)
        self._place.addWidget(self._sheet)

    def _add_keys(self) -> None:
        keys = PageKeys(self)
        for key in (*_DIGITS, *FURTHER, _NONE):
            keys.plain(key, partial(self._answer, key))
        for key in ("Return", "Enter"):
            keys.free(key, self._on_enter)
        keys.plain("+", self._on_next)
        keys.plain("Down", partial(self._step, 1))
        keys.plain("Up", partial(self._step, -1))
        keys.plain("Left", partial(self._go_on, -1))
        keys.plain("Right", partial(self._go_on, 1))
        keys.always("Ctrl+Return", self._on_next)
        keys.always("Ctrl+Z", partial(self._turn_back, self._recording.undo))
        keys.always("Ctrl+Shift+Z", partial(self._turn_back, self._recording.redo))
        keys.always("Esc", self._on_escape)

    # Where the assessor is

    @property
    def role(self) -> str:
        return self._asking.role

    @property
    def pseudonym(self) -> str:
        """Who is asked now; empty before the first."""
        one = self._asking.respondent()
        return one.pseudonym if one is not None else ""

    @property
    def count(self) -> int:
        """How many questions the role is asked."""
        return len(self._questions)

    @property
    def place(self) -> int:
        """The place of the question that is asked, from 0."""
        return self._sheet.at

    def take_over(self, before: QWidget) -> None:
        """Stand where the same page stood in another language or other colours."""
        if isinstance(before, InterviewsPage):
            self._asking.role = before.role
            if before.pseudonym:
                self._asking.choose(before.pseudonym)
            place = before.place
            self._build_sheet()
            self._sheet.go_to(place)
            self._reasons.take_over(before._reasons)  # noqa: SLF001 - of the same kind

    def settle(self) -> bool:
        """Record what is typed; False where something was refused."""
        self._refused = False
        settled = self._sheet.settle()
        return self._reasons.settle() and settled and not self._refused

    # What is recorded

    def _answer(self, key: str) -> None:
        row = self._sheet.row
        self._moved_on = False
        if row is None or not self._recording.takes_answers():
            return
        if not self.pseudonym and not self._begin_next():
            return
        before = self._sheet.at
        if row.choose_by_key(key) and self._sheet.at == before and not self._refused:
            one = self._asking.seen([row.question])[row.question.name]
            if one.settled and not self._typed_in(row.question):
                self._move_on()

    def _typed_in(self, question: Question) -> bool:
        """Whether a digit only began the answer."""
        from assessor_app.ui.pages.checklist.editors.kinds import TYPED_IN_DIGITS

        return question.indicator.kind in TYPED_IN_DIGITS or not question.indicator.levels

    def _move_on(self) -> None:
        """To the next open question; at the end it is said what comes now."""
        place = self._asking.next_open(self._questions, after=self._sheet.at)
        if place is None:
            self._moved_on = True
            self.said.emit(self._desk.say("interviews.finished", name=self.pseudonym))
            self._tell_whom()
            return
        self._sheet.go_to(place)
        self._moved_on = True

    def _on_answered(self, question: Question, answer: str) -> None:
        self._record(question, {"answer": answer})

    def _on_unanswered(self, question: Question) -> None:
        seen = self._asking.seen([question])[question.name]
        held = seen.not_assessed_reason is not None
        why = None if held else self._desk.say("interviews.no_answer_reason")
        self._record(question, {"not_assessed_reason": why})

    def _record(self, question: Question, fields: dict[str, object]) -> None:
        if not self.pseudonym and not self._begin_next():
            return
        place = {"indicator": question.indicator.code, "respondent": self.pseudonym}
        if self._recording.record(place, question.side.value, fields) is None:
            self._refused = True
            self._show()
        else:
            self._notice.clear()

    # The next respondent

    def _on_enter(self) -> None:
        """On to the next question; after the last one of somebody, to the next respondent."""
        all_asked = self._asking.first_open(self._questions) is None
        if self.pseudonym and all_asked:
            self._on_asked()
        elif self._moved_on:
            self._moved_on = False
        else:
            self._step(1)

    def _on_asked(self) -> None:
        """Somebody was asked all: the next of the role, or once these are enough, the next role."""
        tallies = {one.role.code: one for one in self._asking.tallies()}
        own = tallies[self._asking.role]
        if own.wanted is None or own.asked < own.wanted:
            self._on_next()
            return
        lacking = [one for one in tallies.values() if one.wanted and one.asked < one.wanted]
        if lacking:
            self._on_role(lacking[0].role.code)
        else:
            self.said.emit(self._desk.say("interviews.enough"))

    def _on_next(self) -> None:
        """Begin with the next respondent of the role; nobody is left behind unasked."""
        if not self.settle():
            return
        if not self._asking.begun(self._questions):
            self.said.emit(self._desk.say("interviews.unasked", name=self.pseudonym))
            self._sheet.go_to(0)
            return
        self._begin_next()
        self.setFocus()

    def _begin_next(self) -> bool:
        roles = {one.role.code: one.role for one in self._asking.tallies()}
        role = roles.get(self._asking.role)
        if role is None:
            return False
        name = proposed_pseudonym(role, self._asking.taken())
        return self._introduce(name, role.code, substitute=False)

    def _on_introduced(self, name: str, post: str, substitute: bool) -> None:  # noqa: FBT001 - Qt's signal
        if self.settle():
            self._asking.role = post
            self._introduce(name, post, substitute=substitute)
            self.setFocus()

    def _introduce(self, name: str, post: str, *, substitute: bool) -> bool:
        done = self._recording.introduce(name, post=post, substitute=substitute)
        if done is None:
            return False
        self._asking.choose(name)
        if [one.name for one in self._asking.questions()] != [
            row.question.name for row in self._sheet.rows
        ]:
            self._build_sheet()
        else:
            self._show()
            self._sheet.go_to(self._asking.first_open(self._questions) or 0)
        return True

    def _on_break(self) -> None:
        """What is left of the interview says that it was broken off; it can be gone on with."""
        one = self._asking.respondent()
        if one is None or not self.settle():
            return
        why = self._desk.say("interviews.broken_off")
        what = self._desk.say("interviews.breaking", name=one.pseudonym)
        self._recording.carry_out(
            ("break off", one.id),
            lambda reason: self._session.break_off(one.id, why=why, reason=reason),
            what=what,
        )
        self.setFocus()

    # The ways

    def _on_role(self, code: str) -> None:
        if self.settle():
            self._asking.role = code
            self._build_sheet()
            self.setFocus()
        self._show()

    def _on_chosen(self, pseudonym: str) -> None:
        if self.settle():
            self._asking.choose(pseudonym)
            self._sheet.go_to(self._asking.first_open(self._questions) or 0)
        self._show()
        self.setFocus()

    def _go_on(self, by: int) -> None:
        """The respondent before or after, of the same role."""
        names = [one.pseudonym for one in self._asking.people()]
        if self.pseudonym in names:
            place = names.index(self.pseudonym) + by
            if 0 <= place < len(names):
                self._on_chosen(names[place])

    def _step(self, by: int) -> None:
        self._moved_on = False
        self._sheet.settle()
        self._sheet.go_to(self._sheet.at + by)

    def _on_escape(self) -> None:
        """Out of a field first; from the sheet back to where it was gone to from."""
        if typing():
            self.settle()
            self.setFocus()
        else:
            self._on_back()

    def _on_back(self) -> None:
        if self.settle():
            self.left.emit()

    def _turn_back(self, act: Callable[[], Done | None]) -> None:
        if self.settle():
            act()

    # What is shown

    @property
    def _questions(self) -> list[Question]:
        return [row.question for row in self._sheet.rows]

    def _renew(self, _: Done) -> None:
        names = [one.name for one in self._asking.questions()]
        if names != [one.name for one in self._questions]:  # conditions hold that did not
            self._build_sheet()
        else:
            self._show()

    def _build_sheet(self) -> None:
        before, self._sheet = self._sheet, Sheet(self._desk, self._asking.questions())
        self._sheet.answered.connect(self._on_answered)
        self._sheet.unanswered.connect(self._on_unanswered)
        self._place.removeWidget(before)
        before.hide()
        before.deleteLater()
        self._place.addWidget(self._sheet)
        self._show()
        self._sheet.go_to(self._asking.first_open(self._questions) or 0)

    def _show(self) -> None:
        asking, questions = self._asking, self._questions
        editable = self._session.snapshot.takes_answers
        self._people.show_roles(asking.tallies(), asking.role)
        self._tell_whom()
        self._people.set_editable(editable=editable)
        self._sheet.show_seen(asking.seen(questions), editable=editable)
        undo, redo = self._recording.next_actions()
        for part, what, name in ((self._undo, undo, "undo"), (self._redo, redo, "redo")):
            part.setEnabled(what is not None)
            say = self._desk.say
            part.setToolTip(
                say(f"actions.{name}_what", what=what) if what else say(f"actions.{name}")
            )

    def _tell_whom(self) -> None:
        """Who is asked, and whether anything is left to ask."""
        asking, questions = self._asking, self._questions
        say, name = self._desk.say, self.pseudonym
        if not name:
            told = say("interviews.none_yet")
        elif asking.first_open(questions) is None:
            told = say("interviews.finished", name=name)
        else:
            told = say("interviews.asking", name=name)
        self._people.show_people(asking.shown(questions), name, taken=asking.taken(), told=told)

    def _tell(self, problem: Problem) -> None:
        self._notice.tell(self._desk.told(problem), Tone.ERROR)
