"""Numbers that only the last page knows: the total of pages, and the pages of the contents.

A PDF form may be used before it is defined. So every page refers to a form for its "page x of y",
the list of contents is one more, and all are defined at the end: one pass over the text is enough.
(Keeping the pages back until the total is known, the usual recipe, turns every bookmark to page 1.)
"""

import math

from reportlab.pdfgen.canvas import Canvas

from assessor_app.reporting import design
from assessor_app.reporting.draft import AnyDraft, ReportDraft
from assessor_app.reporting.figures import Scores
from assessor_app.reporting.flowables import Picture
from assessor_app.reporting.lettering import Lettering, draw_line
from assessor_app.reporting.structure import Role, Tag
from assessor_app.reporting.tagging import TaggedCanvas, tagged
from assessor_app.reporting.typefaces import Face

_ROW = 15
_ROWS = 6  # at most, in each of two columns
_PAGE_OF = Lettering(size=7.3, colour=design.QUIET, anchor=1)
_PAGE_OF_BOX = (-120, -3, 0, 9)  # around a line that ends at the form's origin


def draw_page_number(canvas: Canvas, *, x: float, y: float) -> None:
    """Place this page's "page x of y" so that it ends at (x, y)."""
    canvas.saveState()
    canvas.translate(x, y)
    canvas.doForm(_page_form(canvas.getPageNumber()))
    canvas.restoreState()


def contents(draft: ReportDraft) -> Picture:
    """The sections with their pages, each a link, down the left column first."""

    def draw(canvas: Canvas) -> None:
        entries = _entries(draft)
        with tagged(canvas, Tag(Role.CONTENTS)):
            for index, (key, title) in enumerate(entries):
                place = _place(index, of=len(entries))
                _place_entry(canvas, key, title, place=place)

    return Picture(design.WIDTH, _ROW * _ROWS, draw=draw)


def late_numbers(draft: AnyDraft) -> Picture:
    """The end of the story: here the total is known and every page's number is defined."""

    def draw(canvas: Canvas) -> None:
        total = canvas.getPageNumber()
        for page in range(1, total + 1):
            canvas.beginForm(_page_form(page), *_PAGE_OF_BOX)
            words = draft.words.page_of.format(page=page, total=total)
            draw_line(canvas, words, x=0, y=0, look=_PAGE_OF)
            canvas.endForm()
        _prepare_fields(canvas, draft)

    return Picture(0, 0, draw=draw)


def _prepare_fields(canvas: Canvas, draft: AnyDraft) -> None:
    """Prepare what has no place on a page, and lock by the last field: now all are known."""
    if not isinstance(canvas, TaggedCanvas):
        return
    for field in draft.fields():
        if field.box is None:
            canvas.field(field.name, field.label, corners=None)
        if field.lock:
            canvas.lock(field.name)


def late_contents(draft: ReportDraft) -> Picture:
    """After the last section: here the page of each is known and the list of contents defined."""

    def draw(canvas: Canvas) -> None:
        for key, title in _entries(draft):
            canvas.beginForm(_entry_form(key), 0, -1, math.ceil(design.HALF), _ROW)
            _draw_entry(canvas, title, page=draft.found[key])
            canvas.endForm()

    return Picture(0, 0, draw=draw)


def _place_entry(canvas: Canvas, key: str, title: str, *, place: tuple[float, float]) -> None:
    """Refer to the entry's form, and lay its link over it."""
    canvas.saveState()
    canvas.translate(*place)
    with (
        tagged(canvas, Tag(Role.ENTRY)),
        tagged(canvas, Tag(Role.REFERENCE)),
        tagged(canvas, Tag(Role.LINK)),
    ):
        canvas.doForm(_entry_form(key))
        if isinstance(canvas, TaggedCanvas):
            canvas.link(key, title, corners=(0, 0, design.HALF, _ROW))
    canvas.restoreState()


def _draw_entry(canvas: Canvas, title: str, *, page: int) -> None:
    size = design.SMALL.size
    look = Lettering(size=size)
    figure = Lettering(size=size, face=Face.BOLD, anchor=1)
    draw_line(canvas, title, x=0, y=4.5, look=look, width=design.HALF - 30)
    draw_line(canvas, f"{page}", x=design.HALF, y=4.5, look=figure)
    canvas.setStrokeColor(design.RULE)
    canvas.setLineWidth(0.4)
    canvas.line(0, 0, design.HALF, 0)


def _entries(draft: ReportDraft) -> list[tuple[str, str]]:
    """Key and title of every section that this report has."""
    words, follow_up = draft.words, draft.content.follow_up
    return [
        ("overview", overview_title(draft)),
        *([("follow_up", follow_up.title)] if follow_up else []),
        ("findings", words.findings),
        ("indicators", words.indicators),
        *([("interviews", words.interviews)] if draft.content.interviews else []),
        *([("tried", draft.content.tried.title)] if draft.content.tried else []),
        ("omissions", words.omissions),
        *([("photos", words.other_photos)] if draft.content.other_photos else []),
        ("receiver", words.receiver),
        ("signatures", words.signatures),
        ("method", words.method),
        ("integrity", words.integrity),
        *([("notes", words.full_notes)] if draft.notes else []),
    ]


def overview_title(draft: ReportDraft) -> str:
    """What the summary is called: without weights it holds no scores."""
    words = draft.words
    return words.overview if isinstance(draft.content.scores, Scores) else words.overview_of_gaps


def _place(index: int, *, of: int) -> tuple[float, float]:
    """Lower left corner of an entry: two columns of the same length, from the top."""
    column, row = divmod(index, math.ceil(of / 2))
    return column * (design.HALF + design.GUTTER), _ROW * (_ROWS - 1 - row)


def _page_form(page: int) -> str:
    return f"page-{page}"


def _entry_form(key: str) -> str:
    return f"contents-{key}"
