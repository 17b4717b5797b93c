"""A gentle hint before a visit is closed: evidence that nobody looked at, and texts to be covered.

It forbids nothing: what has a form is covered by itself, and a face only a person can see.
"""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from assessor_app.domain.observation import ObservationKey
from assessor_app.services.evidence.redacting import unexamined
from assessor_app.services.report.for_office import Found, kept_names, personal_texts
from assessor_app.services.session import Session
from assessor_app.services.standing import Done
from assessor_app.ui.desk import Desk
from assessor_app.ui.pages.checklist.redaction_editor import RedactionEditor
from assessor_app.ui.widgets.notice import Notice, Tone

_MOST_NAMED = 5
"""Texts that are named one by one; of more the number is told."""


class CoveringHint(QWidget):
    """Hidden where there is nothing to hint at."""

    said = Signal(str)

    def __init__(self, desk: Desk, session: Session) -> None:
        super().__init__()
        self.setObjectName("review.covering")
        self._desk = desk
        self._session = session
        self._looked_at = True
        self._pictures = Notice(desk.tokens, "review.covering.pictures")
        self._texts = Notice(desk.tokens, "review.covering.texts")
        self._pictures.acted.connect(self._on_examine)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addWidget(self._pictures)
        column.addWidget(self._texts)
        self.refresh()

    def refresh(self) -> None:
        """Count anew what is to be looked at."""
        say, snapshot = self._desk.say, self._session.snapshot
        waiting = unexamined(snapshot)
        if waiting:
            told = say("redaction.unexamined", count=len(waiting))
            self._pictures.tell(told, Tone.INFO, action=say("redaction.examine"))
        else:
            self._pictures.clear()
        names = kept_names(self._desk.workplace, self._session.visit_id)
        found = personal_texts(snapshot, self._session.instrument, names)
        if found:
            told = say("redaction.texts", count=len(found), places=self._places(found))
            self._texts.tell(told, Tone.INFO)
        else:
            self._texts.clear()
        self._hints = bool(waiting or found)
        self.setVisible(self._hints and self._looked_at)

    def look(self, *, here: bool) -> None:
        """Whether the section is looked at in which it hints."""
        self._looked_at = here
        self.setVisible(self._hints and here)

    def _places(self, found: list[Found]) -> str:
        names = list(dict.fromkeys(self._name(one) for one in found))
        listed = "; ".join(names[:_MOST_NAMED])
        more = len(names) - _MOST_NAMED
        if more <= 0:
            return listed
        return self._desk.say("redaction.texts_more", places=listed, count=more)

    def _name(self, found: Found) -> str:
        """Where a text stands: an indicator by its code, anything else by what it is called."""
        words = self._desk.words
        if found.entity.startswith("observation/"):
            key = ObservationKey.from_entity(found.entity)
            return f"{key.indicator} ({words(f'side_within.{key.side.value}')})"
        kind, _, id_ = found.entity.partition("/")
        if kind == "evidence":
            item = self._session.snapshot.evidence[id_]
            name = words(f"field.evidence.{found.field}")
            return f"{item.attached_to[0].indicator} ({name})" if item.attached_to else name
        return words(f"field.{kind}.{found.field}")

    def _on_examine(self) -> None:
        waiting = unexamined(self._session.snapshot)
        if not waiting:
            return
        editor = RedactionEditor(self._desk, self._session, waiting, self.window())
        editor.redacted.connect(self._on_redacted)
        editor.refused.connect(lambda problem: self.said.emit(self._desk.told(problem)))
        editor.open()

    def _on_redacted(self, _: Done) -> None:
        self.refresh()
