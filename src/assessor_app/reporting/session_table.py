"""The sessions of a visit that was interrupted: when each began and ended, and why."""

from collections.abc import Sequence

from reportlab.platypus import Flowable, Table

from assessor_app.reporting import design
from assessor_app.reporting.content import SessionRow
from assessor_app.reporting.draft import LINE_LIMIT, AnyDraft, brief
from assessor_app.reporting.flowables import grid, label, text
from assessor_app.reporting.table_look import ruled

_WIDTHS = (50.0, 130.0, 130.0, design.WIDTH - 310.0)  # number, from, to, why
_INSET = 10.0


def session_table(draft: AnyDraft, sessions: Sequence[SessionRow]) -> Table:
    """A row for each session."""
    words = draft.words
    titles = (words.session, words.session_began, words.session_ended, words.session_why)
    head = [label(title, width=width) for title, width in zip(titles, _WIDTHS, strict=True)]
    return grid(
        [head, *(_session(draft, one) for one in sessions)],
        widths=_WIDTHS,
        repeat=1,
        commands=ruled(2),
    )


def _session(draft: AnyDraft, one: SessionRow) -> Sequence[Flowable]:
    why = draft.excerpt(one.why, LINE_LIMIT, about=f"{draft.words.session} {one.number}")
    kinds = (design.SMALL_BOLD, design.SMALL, design.SMALL, design.SMALL)
    return [
        text(told, kind, width=width - _INSET)
        for told, kind, width in zip(
            (brief(one.number), brief(one.began), brief(one.ended), why),
            kinds,
            _WIDTHS,
            strict=True,
        )
    ]
