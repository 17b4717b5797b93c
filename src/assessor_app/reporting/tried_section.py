"""What was tried and measured at the office: complaint channels and service times, in tables."""

from reportlab.platypus import Flowable

from assessor_app.reporting import design
from assessor_app.reporting.draft import LINE_LIMIT, ReportDraft
from assessor_app.reporting.flowables import Story, grid, label, space, text
from assessor_app.reporting.report_content import TriedTable
from assessor_app.reporting.sections import section, subsection
from assessor_app.reporting.table_look import ruled

_WIDTHS = (112.0, 92.0, 92.0, 104.0, design.WIDTH - 400.0)
_INSET = 8.0


def tried(draft: ReportDraft) -> Story:
    """The section; nothing where nothing was tried or measured."""
    found = draft.content.tried
    if found is None:
        return []
    told: Story = [*section(draft, "tried", found.title)]
    for table in found.tables:
        told += _table(draft, table)
    return told


def _table(draft: ReportDraft, table: TriedTable) -> Story:
    head: list[Flowable] = [
        label(name, width=width - _INSET) for name, width in zip(table.heads, _WIDTHS, strict=True)
    ]
    rows: list[list[Flowable]] = [
        [
            text(
                draft.excerpt(cell, 2 * LINE_LIMIT, about=row[0]),
                design.SMALL_BOLD if place == 0 else design.SMALL,
                width=width - _INSET,
            )
            for place, (cell, width) in enumerate(zip(row, _WIDTHS, strict=True))
        ]
        for row in table.rows
    ]
    return [
        *subsection(table.name),
        text(table.summary, design.SMALL_BOLD, width=design.WIDTH),
        space(0.8),
        grid([head, *rows], widths=_WIDTHS, repeat=1, commands=ruled(2.5, inset=_INSET)),
        *(
            text(one, design.CAPTION, width=design.WIDTH, colour=design.QUIET)
            for one in table.notes
        ),
        space(1),
    ]
