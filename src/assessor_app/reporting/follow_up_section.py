"""The items of a follow-up visit in a table: what each was, what it is now, and until when."""

from collections.abc import Sequence

from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import Flowable

from assessor_app.reporting import design
from assessor_app.reporting.draft import LINE_LIMIT, ReportDraft, brief
from assessor_app.reporting.flowables import Picture, Story, grid, label, space, text
from assessor_app.reporting.report_content import FollowUpRow
from assessor_app.reporting.sections import section
from assessor_app.reporting.sign_drawing import draw_mark
from assessor_app.reporting.table_look import ruled

_WIDTHS = (design.WIDTH - 370.0, 96.0, 88.0, 104.0, 82.0)  # item, then, due then, now, due
_INSET = 10.0
_SIGN = 9.0


def follow_up(draft: ReportDraft) -> Story:
    """The section; nothing in a visit that asked everything."""
    told = draft.content.follow_up
    if told is None:
        return []
    head = [label(name, width=width) for name, width in zip(told.heads, _WIDTHS, strict=True)]
    return [
        *section(draft, "follow_up", told.title),
        text(told.summary, design.BODY_BOLD, width=design.WIDTH),
        space(0.6),
        text(told.note, design.CAPTION, width=design.WIDTH, colour=design.QUIET),
        space(1),
        grid(
            [head, *(_row(draft, row) for row in told.rows)],
            widths=_WIDTHS,
            repeat=1,
            commands=ruled(3.0),
        ),
    ]


def _row(draft: ReportDraft, row: FollowUpRow) -> Sequence[Flowable | Sequence[Flowable]]:
    item, then, due, now, new_due = (width - _INSET for width in _WIDTHS)
    name = draft.excerpt(row.text, 2 * LINE_LIMIT, about=row.code)
    return [
        [text(row.code, design.SMALL_BOLD, width=item), text(name, design.SMALL, width=item)],
        [
            text(brief(row.then), design.SMALL, width=then),
            *([text(brief(row.since, LINE_LIMIT), design.CAPTION, width=then)] * bool(row.since)),
        ],
        text(brief(row.due), design.SMALL, width=due),
        [
            grid(
                [[_sign(row), text(brief(row.standing), design.SMALL_BOLD, width=now - 14)]],
                widths=(14, now - 14),
                commands=[("TOPPADDING", (0, 0), (0, 0), 2)],
            ),
            text(brief(row.owed), design.CAPTION, width=now),
        ],
        text(brief(row.new_due), design.SMALL, width=new_due),
    ]


def _sign(row: FollowUpRow) -> Picture:
    """The sign of the standing; its word stands beside it."""

    def draw(canvas: Canvas) -> None:
        draw_mark(canvas, row.mark, x=0, y=0, size=_SIGN)

    return Picture(_SIGN, _SIGN, draw=draw)
