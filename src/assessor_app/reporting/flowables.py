"""The few building blocks that every section of the report is set from."""

from collections.abc import Callable, Sequence
from contextlib import nullcontext
from dataclasses import replace
from typing import Any

from reportlab.lib.colors import Color
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import Flowable, Paragraph, Spacer, Table

from assessor_app.reporting import design
from assessor_app.reporting.content import Fact
from assessor_app.reporting.design import Type
from assessor_app.reporting.measured import MeasuredTable
from assessor_app.reporting.paragraphs import Words
from assessor_app.reporting.paragraphs import words as tagged_words
from assessor_app.reporting.script_runs import markup, script_language, spoken
from assessor_app.reporting.structure import Role, Tag
from assessor_app.reporting.table_tags import LAYOUT, NAMED_VALUES, GridTagger, GridTags, data_table
from assessor_app.reporting.tagging import tagged
from assessor_app.reporting.typefaces import Face

Story = list[Flowable]
Command = tuple[Any, ...]


class Picture(Flowable):
    """A drawing of a fixed size, made by a function that gets the canvas at its lower left.

    `alt` says in words what it shows; a drawing without it is ornament, which no reader is told of.
    """

    def __init__(
        self, width: float, height: float, *, draw: Callable[[Canvas], None], alt: str = ""
    ) -> None:
        # Flowable's own constructor sets the size to 0, so it goes first.
        super().__init__()
        self.width = width
        self.height = height
        self._draw = draw
        self.alt = alt

    def draw(self) -> None:
        with tagged(self.canv, self._tag()) if self.alt else nullcontext():
            self._draw(self.canv)

    def _tag(self) -> Tag:
        left, bottom = self.canv.absolutePosition(0, 0)
        right, top = self.canv.absolutePosition(self.width, self.height)
        box = f"{left:.2f} {bottom:.2f} {right:.2f} {top:.2f}"
        attributes = f"/O/Layout/Placement/Block/BBox[{box}]"
        return Tag(Role.FIGURE, alt=self.alt, attributes=attributes)


class Marked(Flowable):
    """A paragraph with a small drawing before its first line."""

    def __init__(
        self, text: Paragraph, *, indent: float, draw: Callable[[Canvas, float], None]
    ) -> None:
        super().__init__()
        self._text = text
        self._indent = indent
        self._draw = draw

    def wrap(self, available_width: float, available_height: float) -> tuple[float, float]:
        _, self.height = self._text.wrap(available_width - self._indent, available_height)
        self.width = available_width
        return self.width, self.height

    def draw(self) -> None:
        self._draw(self.canv, self.height)
        self._text.drawOn(self.canv, self._indent, 0)


def text(
    words: str,
    kind: Type,
    *,
    width: float,
    colour: Color | None = None,
    role: Role = Role.PARAGRAPH,
    language: str = "",
) -> Words:
    """A paragraph of any text at one step of the type scale, to be set `width` points wide.

    `language` is the tag ("id", "en") of a text in another language than the document's.
    """
    tag = Tag(role, spoken=spoken(words), language=language or script_language(words), is_leaf=True)
    return _set(words, kind, width=width, colour=colour, tag=tag)


def heading(
    words: str, kind: Type, *, level: int, width: float, colour: Color | None = None
) -> Words:
    """A heading; `level` 1 is the document's title, 2 a section, 3 what stands within one."""
    tag = Tag(Role.HEADING, level=level, spoken=spoken(words), language=script_language(words))
    return _set(words, kind, width=width, colour=colour, tag=tag)


def _set(words: str, kind: Type, *, width: float, colour: Color | None, tag: Tag) -> Words:
    drawn = markup(words, face=kind.face, size=kind.size, width=width)
    return tagged_words(drawn, design.paragraph_style(kind, colour), tag=tag)


def clipped(
    words: str, kind: Type, *, width: float, lines: int, role: Role = Role.PARAGRAPH
) -> Words:
    """The paragraph in at most so many lines; what is cut ends in an ellipsis.

    For words that stand whole elsewhere in the report.
    """
    whole = text(words, kind, width=width, role=role)
    if _fits(whole, kind, width=width, lines=lines):
        return whole
    low, high = 0, len(words)
    while low < high:
        middle = (low + high + 1) // 2
        part = text(f"{words[:middle].rstrip()}…", kind, width=width, role=role)
        fits = _fits(part, kind, width=width, lines=lines)
        low, high = (middle, high) if fits else (low, middle - 1)
    kept = words[:low].rpartition(" ")[0] or words[:low]
    return text(f"{kept.rstrip(' ,;:')}…", kind, width=width, role=role)


def _fits(paragraph: Paragraph, kind: Type, *, width: float, lines: int) -> bool:
    return paragraph.wrap(width, design.PAGE_HEIGHT)[1] <= lines * kind.leading


def label(words: str, *, width: float, right: bool = False, role: Role = Role.PARAGRAPH) -> Words:
    """A small capital label above a value or column."""
    kind = design.LABEL_RIGHT if right else design.LABEL
    return text(words.upper(), kind, width=width, role=role)


def space(steps: float) -> Spacer:
    """White of so many steps of the vertical rhythm."""
    return Spacer(1, steps * design.STEP)


def grid(
    rows: Sequence[Sequence[Any]],
    *,
    widths: Sequence[float],
    commands: Sequence[Command] = (),
    repeat: int = 0,
    cut_rows: bool = False,
    tags: GridTags | None = None,
) -> Table:
    """A table without any line or padding but those asked for.

    With column titles that `repeat` on each page it is a table of data, else mere layout, unless
    `tags` say what it is.

    `cut_rows` lets a page end within a row. It is for rows that may outgrow a page only: ReportLab
    then cuts any row that does not fit on the rest of a page, and repeats the head above it.
    """
    plain: list[Command] = [
        ("LEFTPADDING", (0, 0), (-1, -1), 0),
        ("RIGHTPADDING", (0, 0), (-1, -1), 0),
        ("TOPPADDING", (0, 0), (-1, -1), 0),
        ("BOTTOMPADDING", (0, 0), (-1, -1), 0),
        ("VALIGN", (0, 0), (-1, -1), "TOP"),
        # An empty cell still sets a font, and the default would be Helvetica, not embedded.
        ("FONTNAME", (0, 0), (-1, -1), Face.REGULAR.value),
    ]
    columns = len(rows[0]) if rows else 0
    table = data_table(repeat, rows=len(rows), columns=columns) if repeat else LAYOUT
    return MeasuredTable(
        [list(row) for row in rows],
        colWidths=list(widths),
        style=[*plain, *commands],
        repeatRows=repeat,
        splitInRow=int(cut_rows),
        hAlign="LEFT",
        renderCB=GridTagger(tags or table),  # type: ignore[arg-type]  # called as it calls one, by name of the event
    )


def fact_table(facts: Sequence[Fact], *, width: float, label_width: float) -> Table:
    """Named values one under the other, names to the left."""
    value_width = width - label_width
    quiet = replace(design.SMALL, colour=design.QUIET)
    rows = [
        [
            text(fact.label, quiet, width=label_width - design.PAD),
            text(fact.value, design.MONO if fact.mono else design.SMALL, width=value_width),
        ]
        for fact in facts
    ]
    return grid(
        rows,
        widths=(label_width, value_width),
        tags=NAMED_VALUES,
        commands=[("BOTTOMPADDING", (0, 0), (-1, -1), 1.6), ("RIGHTPADDING", (0, 0), (0, -1), 9)],
    )
