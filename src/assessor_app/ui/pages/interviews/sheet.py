"""The sheet of one role: every question with its answers, one of them being asked now."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QEvent, QObject, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QScrollArea, QSizePolicy, QVBoxLayout, QWidget

from assessor_app.domain.instrument import Indicator, Side
from assessor_app.domain.observation import Observation
from assessor_app.ui.desk import Desk
from assessor_app.ui.pages.checklist.editors.kinds import TYPED_IN_DIGITS, editor_for
from assessor_app.ui.theme import dress, set_look
from assessor_app.ui.widgets.buttons import button
from assessor_app.ui.widgets.card import Card
from assessor_app.ui.widgets.labels import quiet, strong
from assessor_app.ui.widgets.scrolling import scrolling

NO_ANSWER_KEY = "0"


@dataclass(frozen=True, slots=True)
class Question:
    """What one respondent is asked on one side."""

    indicator: Indicator
    side: Side

    @property
    def name(self) -> str:
        return f"{self.indicator.code}.{self.side.value}"


class QuestionRow(Card):
    """One question; says what was answered, that nothing was, and that it was tapped."""

    answered = Signal(str)
    unanswered = Signal()
    touched = Signal()

    def __init__(self, desk: Desk, question: Question, *, place: int, count: int) -> None:
        super().__init__()
        prefix = f"interviews.{question.name}"
        self.setObjectName(prefix)
        self.question = question
        self._desk = desk
        self.body.setContentsMargins(14, 10, 14, 12)
        self.body.setSpacing(6)
        text = strong(desk.words.of(question.indicator.text))
        code = QLabel(question.indicator.code)
        dress(code, "badge")
        code.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        which = quiet(desk.say("interviews.question", place=place, count=count))
        which.setWordWrap(False)
        head = QHBoxLayout()
        head.setSpacing(8)
        head.addWidget(code)
        head.addWidget(text, stretch=1)
        head.addWidget(which)
        self._editor = editor_for(desk, question.indicator, question.side, prefix=prefix)
        self._editor.answered.connect(self.answered)
        self._none = button(
            desk.say("interviews.no_answer"),
            f"{prefix}.no_answer",
            role="flat",
            tip=desk.say("interviews.no_answer_tip"),
        )
        self._none.setCheckable(True)
        self._none.clicked.connect(self._on_none)
        self._why = quiet("")
        foot = QHBoxLayout()
        foot.addWidget(self._why, stretch=1)
        foot.addWidget(self._none)
        self.body.addLayout(head)
        self.body.addWidget(self._editor)
        self.body.addLayout(foot)
        for part in self.findChildren(QWidget):
            part.installEventFilter(self)
        self.show_current(current=False)

    def eventFilter(self, _: QObject, event: QEvent) -> bool:
        """Whatever of the row is tapped or reached by Tab makes it the one that is asked."""
        if event.type() in (QEvent.Type.FocusIn, QEvent.Type.MouseButtonPress):
            self.touched.emit()
        return False

    def show_seen(self, seen: Observation, *, editable: bool) -> None:
        """What is recorded of the respondent that is looked at."""
        self._editor.show_answer(seen.answer, promised=None)
        why = seen.not_assessed_reason or seen.not_applicable_reason or ""
        self._why.setText(why)
        self._none.setChecked(bool(seen.not_assessed_reason))
        for part in (self._editor, self._none):
            part.setEnabled(editable)

    def show_current(self, *, current: bool) -> None:
        set_look(self, "active", current)

    def choose_by_key(self, key: str) -> bool:
        """Whether a digit was an answer here; 0 is that there was none."""
        if not self._editor.isEnabled():
            return False
        digits = self.question.indicator.kind in TYPED_IN_DIGITS
        if key == NO_ANSWER_KEY and not digits:
            self.unanswered.emit()
            return True
        return self._editor.choose_by_key(key)

    def settle(self) -> bool:
        return self._editor.settle()

    def refuse(self) -> None:
        self._editor.refuse()

    def _on_none(self) -> None:
        self.unanswered.emit()


class Sheet(QWidget):
    """Built anew for a role; another respondent of the role shows in the same rows."""

    answered = Signal(object, str)  # Question, answer
    unanswered = Signal(object)  # Question

    def __init__(self, desk: Desk, questions: Sequence[Question]) -> None:
        super().__init__()
        count = len(questions)
        self.rows = [
            QuestionRow(desk, one, place=place, count=count)
            for place, one in enumerate(questions, start=1)
        ]
        self._at = 0
        content = QWidget()
        column = QVBoxLayout(content)
        column.setContentsMargins(0, 0, 6, 0)
        column.setSpacing(8)
        for place, row in enumerate(self.rows):
            row.answered.connect(lambda answer, row=row: self.answered.emit(row.question, answer))
            row.unanswered.connect(lambda row=row: self.unanswered.emit(row.question))
            row.touched.connect(lambda place=place: self._mark(place))
            column.addWidget(row)
        column.addStretch(1)
        self._area: QScrollArea = scrolling(content, "interviews.sheet")
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(self._area)
        self._mark(0)

    @property
    def at(self) -> int:
        """The place of the question that is asked now."""
        return self._at

    @property
    def row(self) -> QuestionRow | None:
        return self.rows[self._at] if self.rows else None

    def show_seen(self, seen: Mapping[str, Observation], *, editable: bool) -> None:
        """What is recorded, by the names of the questions."""
        for row in self.rows:
            row.show_seen(seen[row.question.name], editable=editable)

    def go_to(self, place: int) -> None:
        """Ask another question, and see to it that it is seen."""
        if not self.rows:
            return
        self._mark(min(max(place, 0), len(self.rows) - 1))
        row, seen = self.rows[self._at], self._area.viewport().height()
        if row.height() < seen:
            self._area.ensureWidgetVisible(row)
        else:  # the question above all
            self._area.verticalScrollBar().setValue(row.y())

    def settle(self) -> bool:
        settled = [row.settle() for row in self.rows]  # every one, whatever the others say
        return all(settled)

    def _mark(self, place: int) -> None:
        self._at = place
        for own, row in enumerate(self.rows):
            row.show_current(current=own == place)
