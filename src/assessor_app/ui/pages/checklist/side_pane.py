"""One side of one indicator: answer, note, document details, time, evidence."""

from collections.abc import Mapping, Sequence

from PySide6.QtCore import Signal
from PySide6.QtGui import QImage, QTextCursor
from PySide6.QtWidgets import QBoxLayout, QWidget

from assessor_app.domain.instrument import AnswerKind, Indicator, Side
from assessor_app.domain.observation import Observation
from assessor_app.services.note_templates import Given, given
from assessor_app.ui.desk import Desk
from assessor_app.ui.pages.checklist.document_form import DocumentForm
from assessor_app.ui.pages.checklist.editors.kinds import TYPED_IN_DIGITS, editor_for
from assessor_app.ui.pages.checklist.editors.levels import LevelsEditor
from assessor_app.ui.pages.checklist.editors.naming import spoken_group
from assessor_app.ui.pages.checklist.editors.numbers import NumberEditor
from assessor_app.ui.pages.checklist.editors.photographed import PhotoEditor
from assessor_app.ui.pages.checklist.observed_at import ObservedAt
from assessor_app.ui.pages.checklist.reasons import Reasons
from assessor_app.ui.pages.checklist.side_head import side_head
from assessor_app.ui.sight import lead_to
from assessor_app.ui.theme import dress, set_look
from assessor_app.ui.widgets.card import Card
from assessor_app.ui.widgets.eliding import ElidingLabel
from assessor_app.ui.widgets.evidence_strip import EvidenceStrip, Thumb
from assessor_app.ui.widgets.fields import NoteEdit
from assessor_app.ui.widgets.labels import quiet


class SidePane(Card):
    """Shows what is recorded of a side and reports what the assessor records."""

    recorded = Signal(object)  # dict of fields, as `services.entries.entry_from` takes them
    photos_wanted = Signal()
    files_dropped = Signal(list)  # list[Path]
    image_pasted = Signal(QImage)
    photo_opened = Signal(str)
    web_wanted = Signal()
    templates_wanted = Signal()
    left = Signal()  # a field is done with: the keys answer again

    def __init__(
        self,
        desk: Desk,
        indicator: Indicator,
        side: Side,
        seen: Observation,
        *,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent=parent)
        self.side = side
        self.kind = indicator.kind
        self._indicator = indicator
        self._promised: str | None = None
        self._desk = desk
        self._prefix = f"indicator.{indicator.code}.{side.value}"
        self._seen = seen
        self._closed = False
        self.setObjectName(self._prefix)
        self.body.setContentsMargins(12, 4, 8, 8)
        self.body.setSpacing(6)
        self._document: DocumentForm | None = None
        self._moment: ObservedAt | None = None
        self._add_head()
        self._add_answer(indicator)
        self._add_note()
        self._add_evidence(indicator)
        self._details = ElidingLabel()
        dress(self._details, "quiet")
        self.body.addWidget(self._details)
        self.body.addStretch(1)
        self.show_seen(seen)

    # What is shown

    def show_seen(
        self, seen: Observation, *, promised: str | None = None, closed_by: str = ""
    ) -> None:
        """Show what is recorded now; nothing is reported by this.

        `promised` is the time that was promised on paper, where the answer is a time; `closed_by`
        says why no answer is taken: it is recorded elsewhere that the indicator does not apply.
        """
        self._seen = seen
        self._promised = promised
        self._closed = bool(closed_by)
        reasoned = seen.not_assessed_reason or seen.not_applicable_reason
        self._editor.show_answer(None if reasoned else seen.answer, promised=promised)
        self._reasons.show_reasons(seen)
        self._closed_by.setText(closed_by)
        self._closed_by.setVisible(self._closed)
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
        if isinstance(self._editor, PhotoEditor):
            self._editor.show_count(len(thumbs), of_other_kinds=any(one.sign for one in thumbs))

    def show_active(self, *, active: bool) -> None:
        """Mark the side that the answer keys act upon."""
        set_look(self, "active", active)

    def set_wide(self, *, wide: bool) -> None:
        """Put the reasons beside a few answers, where the side has the whole width to itself."""
        beside = wide and isinstance(self._editor, LevelsEditor) and self._editor.is_short
        ways = QBoxLayout.Direction
        self._answers.setDirection(ways.LeftToRight if beside else ways.TopToBottom)

    def set_editable(self, *, editable: bool) -> None:
        """Whether the visit takes answers, and of this very side."""
        self._editor.setEnabled(editable and not self._closed)
        own = self._seen.not_applicable_reason is not None
        self._reasons.setEnabled(editable and (own or not self._closed))
        for part in (self._document, self._moment):
            if part is not None:
                part.setEnabled(editable)
        self._head.templates.setEnabled(editable)
        self._note.setReadOnly(not editable)
        self._strip.setEnabled(editable)

    # What is done

    def choose_by_key(self, key: str) -> bool:
        """Give the answer that a key stands for; False where it stands for none."""
        if not self._editor.isEnabled():
            return False
        if self.kind is AnswerKind.PHOTO and key == "1":
            self.photos_wanted.emit()
            return True
        return self._editor.choose_by_key(key) or self._reasons.choose_by_key(key)

    def answer_by(self, key: str) -> str | None:
        """The whole answer that a key is to this side: a level, that both sides can be given."""
        if not isinstance(self._editor, LevelsEditor) or not self._editor.isEnabled():
            return None
        return self._editor.level_of(key)

    def answered_elsewhere(self) -> None:
        """An answer was given by a way of its own: reasons are not asked for any more."""
        self._reasons.end()

    def take_over(self, before: "SidePane") -> None:
        """Open the lines for reasons that were open in another language or other colours."""
        self._reasons.ask_again(before._reasons.asked)  # noqa: SLF001 - of the same kind

    def write_note(self) -> None:
        lead_to(self._note)

    @property
    def note(self) -> str:
        """The note as it is typed now."""
        return self._note.toPlainText()

    @property
    def given(self) -> Given | None:
        """What is answered now, as far as a note goes by it."""
        return given(self._indicator, self.side, self._seen, promised=self._promised)

    def insert_into_note(self, text: str) -> None:
        """Write a text behind what is in the note, to be gone on with there."""
        if self._note.isReadOnly():
            return
        cursor = self._note.textCursor()
        cursor.movePosition(QTextCursor.MoveOperation.End)
        before = self._note.toPlainText()
        gap = "" if not before or before[-1].isspace() else " "
        cursor.insertText(f"{gap}{text}")
        self._note.setTextCursor(cursor)
        lead_to(self._note)

    def fold_document(self) -> None:
        """Open or close the details of the document, where this side has one."""
        if self._head.document is not None:
            self._head.document.click()

    def fold_time(self) -> None:
        """Open or close the moment of observation."""
        self._head.time.click()

    def settle(self) -> bool:
        """Report what is typed and not recorded yet; False where something of it cannot be."""
        self._note.settle()
        self._reasons.settle()
        answered = self._editor.settle()
        documented = self._document is None or self._document.settle()
        timed = self._moment is None or self._moment.settle()
        return answered and documented and timed

    def refuse(self, fields: Mapping[str, object]) -> None:
        """These fields could not be recorded: what is typed in them stays, marked."""
        self._reasons.refuse(fields)
        if "answer" in fields:
            self._editor.refuse()
        lines = {"note": self._note.typed}
        document = fields.get("document")
        if self._document is not None and isinstance(document, Mapping):
            lines |= {name: line.typed for name, line in self._document.lines.items()}
        for name in (*fields, *(document if isinstance(document, Mapping) else ())):
            if name in lines:
                lines[name].refuse()

    # How it is furnished

    def _add_head(self) -> None:
        """The name of the side, and what is folded away: the document, another time."""
        self._head = side_head(self._desk, self._prefix, self.side)
        self._head.templates.clicked.connect(self.templates_wanted)
        if self._head.document is not None:
            self._head.document.toggled.connect(self._on_document_folded)
        self._head.time.toggled.connect(self._on_time_folded)
        self.body.addLayout(self._head.row)

    def _add_answer(self, indicator: Indicator) -> None:
        """The editor of the kind of answer, and below it why there is none."""
        self._editor = editor_for(self._desk, indicator, self.side, prefix=self._prefix)
        self._editor.answered.connect(self._on_answered)
        if isinstance(self._editor, NumberEditor):
            self._editor.left.connect(self.left)
        self._reasons = Reasons(
            self._desk,
            self._prefix,
            group=spoken_group(self._desk, indicator, self.side),
            may_not_apply=indicator.may_not_apply,
            digits=indicator.kind not in TYPED_IN_DIGITS,
        )
        self._reasons.recorded.connect(self.recorded)
        self._closed_by = quiet("")
        self.body.addWidget(self._closed_by)
        self._answers = QBoxLayout(QBoxLayout.Direction.TopToBottom)
        self._answers.setSpacing(6)
        self._answers.addWidget(self._editor, stretch=1)
        self._answers.addWidget(self._reasons, stretch=1)
        self.body.addLayout(self._answers)

    def _add_note(self) -> None:
        say = self._desk.say
        self._note = NoteEdit(f"{self._prefix}.note", placeholder=say("side.note_place"))
        self._note.setAccessibleName(say("side.note", side=self._desk.words.side(self.side)))
        self._note.settled.connect(lambda text: self.recorded.emit({"note": text}))
        self.body.addWidget(self._note)

    def _add_evidence(self, indicator: Indicator) -> None:
        """The photos: below the note, or in the place of the answer where they are it."""
        say = self._desk.say
        side = self._desk.words.side(self.side)
        self._strip = EvidenceStrip(
            f"{self._prefix}.evidence",
            self._desk.tokens,
            add=say("evidence.add"),
            empty=say("evidence.empty"),
            web=say("web.open"),
        )
        self._strip.setAccessibleName(say("evidence.of", side=side))
        self._strip.add_wanted.connect(self.photos_wanted)
        self._strip.dropped.connect(self.files_dropped)
        self._strip.pasted.connect(self.image_pasted)
        self._strip.opened.connect(self.photo_opened)
        self._strip.web_wanted.connect(self.web_wanted)
        if indicator.kind is AnswerKind.PHOTO:
            self._answers.insertWidget(1, self._strip)
        else:
            self.body.addWidget(self._strip)

    # What the assessor did

    def _on_answered(self, answer: str) -> None:
        self._reasons.end()
        self.recorded.emit({"answer": answer})

    def _on_document_folded(self, open_: bool) -> None:  # noqa: FBT001 - Qt's signal
        if open_ and self._document is None:
            self._document = DocumentForm(self._desk, f"{self._prefix}.document")
            self._document.show_document(self._seen.document)
            self._document.settled.connect(self.recorded)
            self.body.insertWidget(self.body.indexOf(self._details), self._document)
        if self._document is not None:
            self._document.setVisible(open_)

    def _on_time_folded(self, open_: bool) -> None:  # noqa: FBT001 - Qt's signal
        if open_ and self._moment is None:
            self._moment = ObservedAt(self._desk, self._prefix, at=self._seen.observed_at)
            self._moment.settled.connect(self.recorded)
            self.body.insertWidget(self.body.indexOf(self._details), self._moment)
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
