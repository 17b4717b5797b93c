"""What is gathered while a report is set: its sections' pages, long texts, the signature's box."""

from dataclasses import dataclass, field, replace
from typing import Generic, TypeVar

from reportlab.pdfgen.canvas import Canvas

from assessor_app.reporting.content import Paper
from assessor_app.reporting.flowables import Picture
from assessor_app.reporting.headings import Headings, headings
from assessor_app.reporting.minutes_content import MinutesContent
from assessor_app.reporting.report_content import ReportContent
from assessor_app.reporting.script_runs import legible
from assessor_app.reporting.signature_fields import (
    TIMESTAMP_FIELDS,
    Box,
    SignatureField,
    is_later,
)
from assessor_app.reporting.tagging import TaggedCanvas
from assessor_app.reporting.typefaces import Face, text_width
from assessor_app.texts import Language

CARD_LIMIT = 500  # characters of a free text in a card; the rest stands in the annex
LINE_LIMIT = 160  # where a free text must stay short: tables, first page
_BREAKS_LIMIT = 8  # lines kept in an excerpt
_EMS = 0.8  # width allowed for each character; usual text takes 0.55


@dataclass(frozen=True, slots=True)
class FullNote:
    """A text too long for its place, printed whole in the annex under its number."""

    number: int
    about: str
    text: str


_Content_co = TypeVar("_Content_co", bound=Paper, covariant=True)


@dataclass(slots=True)
class Draft(Generic[_Content_co]):
    """A document in the making.

    `notes` are complete once the story is put together, before any page is drawn. `found` (pages,
    from 1, of the anchors) and `boxes` (of signatures, by field) grow while the pages are drawn.
    """

    content: _Content_co
    found: dict[str, int] = field(default_factory=dict)
    notes: list[FullNote] = field(default_factory=list)
    boxes: dict[str, SignatureField] = field(default_factory=dict)

    @property
    def words(self) -> Headings:
        return headings(self.content.document.language)

    @property
    def law_language(self) -> str:
        """The language tag of what is cited of the law where it is not the document's, else "".

        Laws are cited in Indonesian, and a screen reader has to speak them so. All else that an
        instrument says, it says in both languages.
        """
        law = Language.INDONESIAN
        return "" if self.content.document.language is law else law.value

    def excerpt(self, text: str, limit: int = CARD_LIMIT, *, about: str) -> str:
        """The text, or its beginning with a reference to the annex that then holds the whole."""
        whole = legible(text).strip()
        beginning = "\n".join(whole.split("\n")[:_BREAKS_LIMIT])
        if _cut(beginning, limit) == whole:
            return whole
        note = FullNote(number=len(self.notes) + 1, about=about, text=text)
        self.notes.append(note)
        reference = self.words.see_full_note_of.format(number=note.number)
        return f"{_cut(beginning, limit)}… {reference}"

    def anchor(self, key: str, title: str, *, level: int) -> Picture:
        """A point without size that becomes a bookmark and is remembered with its page.

        Only its first drawing counts: a repeated header row draws it again on later pages.
        """

        def draw(canvas: Canvas) -> None:
            if key in self.found:
                return
            self.found[key] = canvas.getPageNumber()
            canvas.bookmarkHorizontal(key, 0, 24)
            canvas.addOutlineEntry(
                legible(title).replace("\n", " "), key, level=level, closed=level > 0
            )

        return Picture(0, 0, draw=draw)

    def signature_box(
        self, canvas: Canvas, *, name: str, label: str, width: float, height: float
    ) -> None:
        """Remember that the field `name` is filled here, from the canvas's origin up and right.

        It draws nothing. `label` is what a screen reader says of the field, in whole words.
        """
        left, bottom = canvas.absolutePosition(0, 0)
        corners = (left, bottom, left + width, bottom + height)
        box = Box(page=canvas.getPageNumber() - 1, corners=corners)
        self.boxes[name] = SignatureField(name, label, box)
        if isinstance(canvas, TaggedCanvas):
            canvas.field(name, label, corners=corners)

    def fields(self) -> tuple[SignatureField, ...]:
        """All fields of the document: those with a box in reading order, then the timestamps'.

        The last that is signed at the visit locks what was filled in before it.
        """
        if not self.boxes:
            return ()
        people = [name for name in self.boxes if not is_later(name)]
        seen = [replace(one, lock=one.name in people[-1:]) for one in self.boxes.values()]
        stamps = (SignatureField(name, self._timestamp(name), None) for name in TIMESTAMP_FIELDS)
        return (*seen, *stamps)

    def _timestamp(self, name: str) -> str:
        return self.words.timestamp_of.format(number=1 + TIMESTAMP_FIELDS.index(name))


AnyDraft = Draft[Paper]
ReportDraft = Draft[ReportContent]
MinutesDraft = Draft[MinutesContent]


def brief(words: str, limit: int = 80) -> str:
    """One line of at most `limit` characters, for codes, labels and titles that stand elsewhere."""
    line = " ".join(legible(words).split())
    kept = _cut(line, limit)
    return line if kept == line else f"{kept}…"


def _cut(text: str, limit: int) -> str:
    """At most `limit` characters, cut between words where a word ends in the last fifth.

    Measured too, because a single character may be as wide as ten.
    """
    head = text[:limit].rstrip()
    while text_width(head, Face.REGULAR, size=1) > limit * _EMS:
        head = head[: len(head) * 4 // 5]
    if head == text.rstrip():
        return head
    space = head.rfind(" ")
    return (head[:space] if space > len(head) * 4 // 5 else head).rstrip()
