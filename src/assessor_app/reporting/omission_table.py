"""What was not assessed and what does not apply, each with its reason."""

from collections.abc import Sequence

from reportlab.platypus import Flowable, Table

from assessor_app.reporting import design
from assessor_app.reporting.content import Omission
from assessor_app.reporting.draft import AnyDraft, ReportDraft, brief
from assessor_app.reporting.flowables import Story, grid, label, space, text
from assessor_app.reporting.sections import section, subsection
from assessor_app.reporting.table_look import ruled

_WIDTHS = (50.0, 190.0, design.WIDTH - 240.0)
_INSET = 6.0


def omissions(draft: ReportDraft) -> Story:
    """What was not assessed, and why; apart from it, what does not apply to this office."""
    words, left_out, unfit = draft.words, draft.content.omissions, draft.content.inapplicable
    story = section(draft, "omissions", words.omissions)
    if left_out:
        story.append(omission_table(draft, left_out))
    else:
        story.append(text(words.no_omissions, design.BODY, width=design.WIDTH))
    if unfit:
        story += [space(2), *subsection(words.inapplicable), omission_table(draft, unfit)]
    return story


def omission_table(draft: AnyDraft, left_out: Sequence[Omission]) -> Table:
    """A row for each, with its reason."""
    words = draft.words
    titles = (words.code, words.indicator, words.reason)
    head = [label(title, width=width) for title, width in zip(titles, _WIDTHS, strict=True)]
    rows = [_omission(draft, omission) for omission in left_out]
    return grid([head, *rows], widths=_WIDTHS, repeat=1, commands=ruled(2.5, inset=_INSET))


def _omission(draft: AnyDraft, omission: Omission) -> list[Flowable]:
    words = (
        brief(omission.code),
        draft.excerpt(omission.text, about=omission.code),
        draft.excerpt(omission.reason, about=omission.code),
    )
    kinds = (design.SMALL_BOLD, design.SMALL, design.SMALL)
    return [
        text(told, kind, width=width - _INSET)
        for told, kind, width in zip(words, kinds, _WIDTHS, strict=True)
    ]
