"""A text that the product proposes and the assessor may change or have back."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from assessor_app.domain.event import Json
from assessor_app.services.report.cards import in_language
from assessor_app.ui.desk import Desk
from assessor_app.ui.theme import icon
from assessor_app.ui.widgets.buttons import button
from assessor_app.ui.widgets.fields import NoteEdit
from assessor_app.ui.widgets.labels import quiet


class ProposedText(QWidget):
    """An editor that says whose text it shows, with a button that gives the proposal back.

    What equals the proposal in either language is recorded as no text of the assessor's own, so
    that the document of the other language keeps its own wording.
    """

    changed = Signal(str)  # the assessor's own text; empty for the proposal
    restored = Signal()  # what is recorded stands here again
    templates_wanted = Signal(str)  # the text that stands here now

    def __init__(self, desk: Desk, name: str, proposal: Json) -> None:
        super().__init__()
        self._texts = set(proposal.values()) if isinstance(proposal, dict) else {proposal}
        self._desk = desk
        self._proposal = in_language(proposal, desk.words)
        self._recorded = ""
        self._edit = NoteEdit(name)
        self._edit.setPlaceholderText(self._proposal)
        self._edit.settled.connect(self._on_settled)
        self._edit.textChanged.connect(self._on_text_changed)
        self._state = quiet("")
        self._back = button(desk.say("review.finding.give_back"), f"{name}.proposal", role="flat")
        self._back.clicked.connect(self._on_back)
        self._others = button(
            desk.say("finding_templates.open"),
            f"{name}.templates",
            role="flat",
            icon=icon("template", desk.tokens.accent),
        )
        self._others.clicked.connect(lambda: self.templates_wanted.emit(self._edit.toPlainText()))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        column.addWidget(self._edit)
        row = QHBoxLayout()
        row.addWidget(self._state, stretch=1)
        row.addWidget(self._others)
        row.addWidget(self._back)
        column.addLayout(row)

    @property
    def stops(self) -> tuple[QWidget, ...]:
        """Where the Tab key halts."""
        return self._edit, self._others, self._back

    def take_over(self, text: str) -> None:
        """Put another text here, as if it had been typed."""
        self._edit.setPlainText(text)
        self._edit.settle()
        self._edit.setFocus()

    def setAccessibleName(self, name: str) -> None:
        """The editor is what is spoken of."""
        self._edit.setAccessibleName(name)

    def setAccessibleDescription(self, text: str) -> None:
        self._edit.setAccessibleDescription(text)

    def set_writable(self, *, writable: bool) -> None:
        self._edit.setReadOnly(not writable)
        self._back.setVisible(writable)
        self._others.setVisible(writable)

    def show_recorded(self, recorded: Json) -> None:
        """Show the text that is recorded, or the proposal where there is none."""
        self.show_state(recorded)
        self._edit.show_text(self._recorded or self._proposal)

    def show_state(self, recorded: Json) -> None:
        """Say whose text it is."""
        self._recorded = in_language(recorded, self._desk.words)
        own = bool(self._recorded) and self._recorded not in self._texts
        name = "own" if own else "proposed"
        self._state.setText(self._desk.say(f"review.text.{name}"))
        self._back.setEnabled(own)

    @property
    def pending(self) -> bool:
        """Whether something is typed that is not recorded."""
        return self._edit.typed.pending

    def settle(self) -> None:
        self._edit.settle()

    def refuse(self) -> None:
        """What was reported last could not be recorded: it stays, and is reported again."""
        self._edit.typed.refuse()

    def _on_text_changed(self) -> None:
        """What is put back from a page in the other language is the proposal in this one."""
        if self._edit.toPlainText() in self._texts - {self._proposal}:
            self._edit.setPlainText(self._proposal)

    def _on_settled(self, text: str) -> None:
        own = "" if text.strip() in self._texts else text.strip()
        if own != (self._recorded if self._recorded not in self._texts else ""):
            self.changed.emit(own)
        else:
            self.restored.emit()

    def _on_back(self) -> None:
        self._edit.setPlainText(self._proposal)
        self._edit.settle()
