"""All facts of the visit: who came, when, with which letter, and where it was interrupted."""

from reportlab.platypus import Flowable, Table

from assessor_app.reporting import design
from assessor_app.reporting.draft import LINE_LIMIT, ReportDraft
from assessor_app.reporting.flowables import Story, grid, label, space, text
from assessor_app.reporting.lists import fact_grid
from assessor_app.reporting.sections import subsection
from assessor_app.reporting.session_table import session_table
from assessor_app.reporting.structure import Role
from assessor_app.reporting.table_tags import ITEMS

_ACROSS = 3
_COLUMN = (design.WIDTH - (_ACROSS - 1) * design.GUTTER) / _ACROSS
_SESSIONS_NEED = 70.0


def visit_facts(draft: ReportDraft) -> Story:
    """Facts in three columns, the team by name, and the sessions."""
    content, words = draft.content, draft.words
    if not content.visit:
        return []
    story: Story = [*subsection(words.visit), fact_grid(draft, content.visit)]
    if content.team:
        story += [label(words.team, width=design.WIDTH), _team(draft)]
    if content.sessions:
        sessions = session_table(draft, content.sessions)
        story += [space(1), *subsection(words.sessions, needs=_SESSIONS_NEED), sessions]
    return [*story, space(2)]


def _team(draft: ReportDraft) -> Table:
    """The team's names, as many in a row as there are columns."""
    names = [
        text(
            draft.excerpt(name, LINE_LIMIT, about=draft.words.team),
            design.SMALL,
            width=_COLUMN,
            role=Role.BODY,
        )
        for name in draft.content.team
    ]
    cells: list[Flowable | str] = [*names, *[""] * (-len(names) % _ACROSS)]
    return grid(
        [cells[at : at + _ACROSS] for at in range(0, len(cells), _ACROSS)],
        widths=(_COLUMN + design.GUTTER, _COLUMN + design.GUTTER, _COLUMN),
        tags=ITEMS,
        commands=[
            ("BOTTOMPADDING", (0, 0), (-1, -1), 2),
            ("RIGHTPADDING", (0, 0), (-2, -1), design.GUTTER),
        ],
    )
