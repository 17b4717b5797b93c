"""What the first page shows where an instrument has no weights: how much was done, and found."""

from collections.abc import Sequence

from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import Flowable, Table

from assessor_app.reporting import design
from assessor_app.reporting.content import Fact
from assessor_app.reporting.draft import LINE_LIMIT, ReportDraft, brief
from assessor_app.reporting.figures import Unscored
from assessor_app.reporting.flowables import Picture, Story, grid, label, space, text

_LEFT = 138.0  # width of the panel's left part
_BAR = 9.0


def unscored_panel(draft: ReportDraft, found: Unscored) -> Table:
    """Completeness and counts in the score's place, and the sentence why there is no number."""
    right_width = design.WIDTH - _LEFT - 4 * design.PAD
    inner = design.WIDTH - 2 * design.PAD
    reason = draft.excerpt(found.reason, 2 * LINE_LIMIT, about=found.statement)
    left = [
        label(found.label or draft.words.completeness, width=_LEFT),
        space(0.6),
        text(brief(found.progress), design.HEADING, width=_LEFT),
        space(0.8),
        _bar(draft, found, width=_LEFT),
    ]
    statement = [
        text(found.statement, design.SMALL_BOLD, width=inner),
        text(reason, design.SMALL, width=inner),
    ]
    return grid(
        [[left, _tiles(found.counts, width=right_width)], [statement, ""]],
        widths=(_LEFT + 2 * design.PAD, right_width + 2 * design.PAD),
        commands=[
            ("BACKGROUND", (0, 0), (-1, 0), design.PANEL),
            ("LINEABOVE", (0, 0), (-1, 0), 2.2, design.ACCENT),
            ("SPAN", (0, 1), (-1, 1)),
            ("BACKGROUND", (0, 1), (-1, 1), design.TRACK),
            ("LEFTPADDING", (0, 0), (-1, -1), design.PAD),
            ("RIGHTPADDING", (0, 0), (-1, -1), design.PAD),
            ("TOPPADDING", (0, 0), (-1, 0), design.PAD + 2),
            ("BOTTOMPADDING", (0, 0), (-1, 0), design.PAD + 4),
            ("TOPPADDING", (0, 1), (-1, 1), 5),
            ("BOTTOMPADDING", (0, 1), (-1, 1), 6),
        ],
    )


def _bar(draft: ReportDraft, found: Unscored, *, width: float) -> Picture:
    share = found.answered / found.asked if found.asked else 0.0

    def draw(canvas: Canvas) -> None:
        for length, colour in ((width, design.TRACK), (width * share, design.ACCENT)):
            canvas.setFillColor(colour)
            canvas.rect(0, 0, length, _BAR, stroke=0, fill=1)

    alt = draft.words.alt_progress_of.format(progress=found.progress)
    return Picture(width, _BAR, draw=draw, alt=alt)


def _tiles(counts: Sequence[Fact], *, width: float) -> Table:
    each = width / max(len(counts), 1)
    cells: list[Story | Sequence[Flowable]] = [
        [
            label(fact.label, width=each - 8),
            space(0.6),
            text(brief(fact.value), design.HEADING, width=each - 8),
        ]
        for fact in counts
    ]
    return grid([cells or [[]]], widths=[each] * max(len(counts), 1))
