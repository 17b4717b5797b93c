"""Answers in writing: a text, or a day."""

from datetime import date

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from assessor_app.domain.instrument import Indicator, Side
from assessor_app.ui.desk import Desk
from assessor_app.ui.pages.checklist.editors.naming import spoken_group
from assessor_app.ui.pages.checklist.typed_day import day_meant
from assessor_app.ui.pages.parts.beside import with_calendar
from assessor_app.ui.pages.parts.moment import DayEdit
from assessor_app.ui.pages.parts.typed_time import day_text
from assessor_app.ui.widgets.fields import Field, NoteEdit


class TextEditor(QWidget):
    """Recorded when the typing rests."""

    answered = Signal(str)

    def __init__(self, desk: Desk, indicator: Indicator, side: Side, *, prefix: str) -> None:
        super().__init__()
        self._text = NoteEdit(f"{prefix}.answer", placeholder=desk.say("answering.text"))
        self._text.setAccessibleName(spoken_group(desk, indicator, side))
        self._text.settled.connect(self.answered)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self._text)

    def show_answer(self, answer: str | None, *, promised: str | None) -> None:  # noqa: ARG002 - one shape for all editors
        self._text.show_text(answer or "")

    def settle(self) -> bool:
        self._text.settle()
        return True

    def refuse(self) -> None:
        self._text.typed.refuse()

    def choose_by_key(self, key: str) -> bool:
        """1 leads into the text."""
        if key != "1" or not self._text.isEnabled():
            return False
        self._text.setFocus()
        return True


class DateEditor(QWidget):
    """What is no day stays as it was typed, and is told; a day is recorded when it is left."""

    answered = Signal(str)

    def __init__(self, desk: Desk, indicator: Indicator, side: Side, *, prefix: str) -> None:
        super().__init__()
        self._desk = desk
        self._shown = ""  # as it is recorded, and shown
        self._refused = False
        self._day = DayEdit(f"{prefix}.answer")
        self._day.setPlaceholderText(desk.say("document.day_form"))
        self._day.editingFinished.connect(self.settle)
        self._day.picked.connect(self.settle)
        self._field = Field(desk.say("answering.day"), with_calendar(desk, self._day))
        self._day.setAccessibleName(spoken_group(desk, indicator, side))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self._field)

    def show_answer(self, answer: str | None, *, promised: str | None) -> None:  # noqa: ARG002 - one shape for all editors
        pending = self._refused or self._day.text().strip() != self._shown
        shown = _shown(answer)
        if not pending or shown == self._day.text().strip():
            self._refused = False
            self._shown = shown
            self._day.setText(shown)

    def settle(self) -> bool:
        """Report the day where it is another one; False where it cannot be read."""
        typed = self._day.text().strip()
        if typed == self._shown and not self._refused:
            return True
        day = day_meant(typed, self._desk)
        if day is None:
            self._field.show_fault(self._desk.say("answering.day_unreadable"))
            return False
        self._field.clear_fault()
        self._refused = False
        self._shown = _shown(day or None)
        self._day.setText(self._shown)
        self.answered.emit(day)
        return True

    def refuse(self) -> None:
        self._refused = True

    def choose_by_key(self, key: str) -> bool:
        """1 leads into the field."""
        if key != "1" or not self._day.isEnabled():
            return False
        self._day.setFocus()
        return True


def _shown(answer: str | None) -> str:
    try:
        return day_text(date.fromisoformat(answer)) if answer else ""
    except ValueError:  # recorded under another version, where it was no day
        return answer or ""
