"""One side of one indicator: answer, note, document details, time, evidence."""

from collections.abc import Mapping, Sequence

from PySide6.QtCore import Signal
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QHBoxLayout

from assessor_app.domain.instrument import Indicator, Level, Side
from assessor_app.domain.observation import Observation
from assessor_app.ui.desk import Desk
from assessor_app.ui.pages.checklist.document_form import DocumentForm
from assessor_app.ui.pages.checklist.observed_at import ObservedAt
from assessor_app.ui.theme import dress, icon, set_look
from assessor_app.ui.widgets.buttons import button
from assessor_app.ui.widgets.card import Card
from assessor_app.ui.widgets.choices import Choices, Mark, Option
from assessor_app.ui.widgets.eliding import ElidingLabel
from assessor_app.ui.widgets.evidence_strip import EvidenceStrip, Thumb
from assessor_app.ui.widgets.fields import Field, NoteEdit, RestingLine
from assessor_app.ui.widgets.labels import heading

NOT_ASSESSED = "not_assessed"
NOT_ASSESSED_KEY = "0"


class SidePane(Card):
    """Shows what is recorded of a side and reports what the assessor records."""

    recorded = Signal(object)  # dict of fields, as `services.entries.entry_from` takes them
    photos_wanted = Signal()
    files_dropped = Signal(list)  # list[Path]
    image_pasted = Signal(QImage)
    photo_opened = Signal(str)

    def __init__(self, desk: Desk, indicator: Indicator, side: Side, seen: Observation) -> None:
        super().__init__()
        self.side = side
        self._desk = desk
        self._prefix = f"indicator.{indicator.code}.{side.value}"
        self._seen = seen
        self.setObjectName(self._prefix)
        self.body.setContentsMargins(12, 8, 12, 10)
        self.body.setSpacing(6)
        name, about = heading(desk.words.side(side)), ElidingLabel(desk.say(f"side.{side.value}"))
        name.setWordWrap(False)
        dress(about, "quiet")
        self.body.addWidget(name)
        self.body.addWidget(about)
        self._add_choices(indicator)
        self._add_reason()
        self._add_note()
        self._add_details()
        self._add_evidence()
        self.body.addStretch(1)
        self.show_seen(seen)

    # What is shown

    def show_seen(self, seen: Observation) -> None:
        """Show what is recorded now; nothing is reported by this."""
        self._seen = seen
        not_assessed = seen.not_assessed_reason is not None
        self._choices.show_value(NOT_ASSESSED if not_assessed else seen.answer)
        self._reason.typed.show_text(seen.not_assessed_reason or "")
        asked = self._reason.hasFocus() or self._reason.typed.pending
        self._reason_field.setVisible(not_assessed or asked)  # what is being typed is not hidden
        self._note.show_text(seen.note or "")
        if self._document is not None:
            self._document.show_document(seen.document)
        if self._moment is not None:
            self._moment.show_moment(seen.observed_at)
        told = self._told(seen)
        self._details.set_whole_text(told)
        self._details.setVisible(bool(told))

    def show_thumbs(self, thumbs: Sequence[Thumb], *, pending: int) -> None:
        """Show the evidence of this side, and how many photos are still being taken in."""
        self._strip.show_thumbs(thumbs)
        self._strip.show_pending(pending)

    def show_active(self, *, active: bool) -> None:
        """Mark the side that the answer keys act upon."""
        set_look(self, "active", active)

    def set_editable(self, *, editable: bool) -> None:
        """Whether the visit takes answers."""
        for part in (self._choices, self._reason, self._document, self._time):
            if part is not None:
                part.setEnabled(editable)
        self._note.setReadOnly(not editable)
        self._strip.setEnabled(editable)

    # What is done

    def choose_by_key(self, key: str) -> bool:
        """Give the answer that a key stands for; False where it stands for none."""
        value = self._keys.get(key)
        if value is None:
            return False
        if not self._choices.isEnabled():  # the record says why it takes nothing now
            self.recorded.emit({"answer": self._seen.answer or value})
        elif value != self._seen.answer:
            self._on_chosen(value)
        return True

    def write_note(self) -> None:
        self._note.setFocus()

    def settle(self) -> bool:
        """Report what is typed and not recorded yet; False where something of it cannot be."""
        self._note.settle()
        self._reason.typed.settle()
        documented = self._document is None or self._document.settle()
        timed = self._moment is None or self._moment.settle()
        return documented and timed

    def refuse(self, fields: Mapping[str, object]) -> None:
        """These fields could not be recorded: what is typed in them stays, marked."""
        lines = {"note": self._note.typed, "not_assessed_reason": self._reason.typed}
        document = fields.get("document")
        if self._document is not None and isinstance(document, Mapping):
            lines |= {name: line.typed for name, line in self._document.lines.items()}
        for name in (*fields, *(document if isinstance(document, Mapping) else ())):
            if name in lines:
                lines[name].refuse()

    # How it is furnished

    def _add_choices(self, indicator: Indicator) -> None:
        words = self._desk.words
        options = [
            Option(level.value, words.of(level.rubric), str(place), _mark(level))
            for place, level in enumerate(indicator.levels, start=1)
        ]
        not_assessed = self._desk.say("side.not_assessed")
        options.append(Option(NOT_ASSESSED, not_assessed, NOT_ASSESSED_KEY, Mark.NONE))
        self._keys = {option.key: option.value for option in options}
        self._choices = Choices(
            self._prefix,
            options,
            self._desk.tokens,
            columns=2,
            group=self._desk.say("side.group", code=indicator.code, side=words.side(self.side)),
        )
        self._choices.chosen.connect(self._on_chosen)
        self.body.addWidget(self._choices)

    def _add_reason(self) -> None:
        say = self._desk.say
        name = f"{self._prefix}.reason"
        self._reason = RestingLine(name, placeholder=say("side.reason_example"))
        self._reason.settled.connect(self._on_reason)
        self._reason_field = Field(say("side.reason"), self._reason)
        self.body.addWidget(self._reason_field)

    def _add_note(self) -> None:
        say = self._desk.say
        self._note = NoteEdit(f"{self._prefix}.note", placeholder=say("side.note_place"))
        self._note.setAccessibleName(say("side.note", side=self._desk.words.side(self.side)))
        self._note.settled.connect(lambda text: self.recorded.emit({"note": text}))
        self.body.addWidget(self._note)

    def _add_details(self) -> None:
        """Two folded parts: the document (on the paperwork side), and another time."""
        say, ink = self._desk.say, self._desk.tokens.accent
        self._document: DocumentForm | None = None
        self._moment: ObservedAt | None = None
        row = QHBoxLayout()
        row.setSpacing(0)
        if self.side is Side.PAPERWORK:
            fold = button(
                say("document.fold"),
                f"{self._prefix}.document",
                role="flat",
                icon=icon("document", ink),
            )
            fold.setCheckable(True)
            fold.toggled.connect(self._on_document_folded)
            row.addWidget(fold)
        self._time = button(
            say("observed.other"), f"{self._prefix}.time", role="flat", icon=icon("clock", ink)
        )
        self._time.setCheckable(True)
        self._time.toggled.connect(self._on_time_folded)
        row.addWidget(self._time)
        row.addStretch(1)
        self.body.addLayout(row)
        self._details = ElidingLabel()
        dress(self._details, "quiet")
        self.body.addWidget(self._details)

    def _add_evidence(self) -> None:
        say = self._desk.say
        side = self._desk.words.side(self.side)
        self._strip = EvidenceStrip(
            f"{self._prefix}.evidence",
            self._desk.tokens,
            add=say("evidence.add"),
            empty=say("evidence.empty"),
        )
        self._strip.setAccessibleName(say("evidence.of", side=side))
        self._strip.add_wanted.connect(self.photos_wanted)
        self._strip.dropped.connect(self.files_dropped)
        self._strip.pasted.connect(self.image_pasted)
        self._strip.opened.connect(self.photo_opened)
        self.body.addWidget(self._strip)

    # What the assessor did

    def _on_chosen(self, value: str) -> None:
        if value != NOT_ASSESSED:
            self._reason_field.setVisible(False)
            self.recorded.emit({"answer": value})
            return
        # Recorded, and shown as chosen, once there is a reason.
        told = self._seen.not_assessed_reason is not None
        self._choices.show_value(NOT_ASSESSED if told else self._seen.answer)
        self._reason_field.setVisible(True)
        self._reason.setFocus()

    def _on_reason(self, text: str) -> None:
        self.recorded.emit({"not_assessed_reason": text})

    def _on_document_folded(self, open_: bool) -> None:  # noqa: FBT001 - Qt's signal
        if open_ and self._document is None:
            self._document = DocumentForm(self._desk, f"{self._prefix}.document")
            self._document.show_document(self._seen.document)
            self._document.settled.connect(self.recorded)
            self.body.insertWidget(self.body.indexOf(self._strip), self._document)
        if self._document is not None:
            self._document.setVisible(open_)

    def _on_time_folded(self, open_: bool) -> None:  # noqa: FBT001 - as above
        if open_ and self._moment is None:
            self._moment = ObservedAt(self._desk, self._prefix, at=self._seen.observed_at)
            self._moment.settled.connect(self.recorded)
            self.body.insertWidget(self.body.indexOf(self._strip), self._moment)
        if self._moment is not None:
            self._moment.setVisible(open_)

    def _told(self, seen: Observation) -> str:
        """What is recorded in the folded parts, in one line."""
        document, at, words = seen.document, seen.observed_at, self._desk.words
        parts = [
            document.kind,
            document.number,
            words.day(document.dated) if document.dated else None,
            self._desk.say("observed.at", moment=words.moment(at)) if at else None,
        ]
        return " · ".join(part for part in parts if part)


def _mark(level: Level) -> Mark:
    if level.fulfilment in (0, 1):
        return Mark.PRESENT if level.fulfilment else Mark.ABSENT
    return Mark.PARTIAL
