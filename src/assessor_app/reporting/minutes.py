"""Minutes of a visit: one page, two where something was recorded."""

from collections.abc import Sequence

from reportlab.platypus import Flowable, Table

from assessor_app.domain.visit import Outcome
from assessor_app.reporting import design
from assessor_app.reporting.content import Fact
from assessor_app.reporting.draft import MinutesDraft, brief
from assessor_app.reporting.flowables import Story, grid, label, space, text
from assessor_app.reporting.indicator_table import gap_table
from assessor_app.reporting.lists import fact_grid
from assessor_app.reporting.masthead import masthead
from assessor_app.reporting.minutes_content import Recorded
from assessor_app.reporting.omission_table import omission_table
from assessor_app.reporting.outcome_signs import outcome_picture
from assessor_app.reporting.photos import photo_rows
from assessor_app.reporting.sections import part
from assessor_app.reporting.session_table import session_table
from assessor_app.reporting.short_ending import integrity, signatures

_SIGN = 40.0
_ACCOUNT_LIMIT = 2400  # characters of the account, and of the response, where they belong
_RESPONSE_LIMIT = 400
_TIGHT_BOX, _BOX = 60.0, 80.0  # heights of a signature's box: the only page, or one of two
_INSET = 10.0


def minutes(draft: MinutesDraft) -> Story:
    """The whole of the minutes but for texts that outgrow their place."""
    content, words = draft.content, draft.words
    box = _TIGHT_BOX if content.recorded is None else _BOX
    return [
        *masthead(draft),
        _outcome(draft),
        space(0.5 if box == _TIGHT_BOX else 1.5),
        fact_grid(draft, content.cover.facts),
        *_sessions(draft),
        *part(draft, "account", words.account),
        _paragraph(draft, content.account, limit=_ACCOUNT_LIMIT, about=words.account),
        *_photos(draft),
        *_recorded(draft),
        *part(draft, "receiver", words.receiver),
        _paragraph(draft, content.receiver.response, limit=_RESPONSE_LIMIT, about=words.receiver),
        *signatures(draft, height=box),
        *integrity(draft),
    ]


def _paragraph(draft: MinutesDraft, told: str, *, limit: int, about: str) -> Flowable:
    return text(draft.excerpt(told, limit, about=about), design.BODY, width=design.WIDTH)


def _outcome(draft: MinutesDraft) -> Table:
    """The outcome as a sign and a headline, with what it means and that no score is told."""
    content = draft.content
    beside = design.WIDTH - _SIGN - 3.5 * design.PAD
    told: Story = [
        text(content.headline, design.HEADING, width=beside),
        text(content.meaning, design.BODY, width=beside),
        text(content.no_score, design.SMALL, width=beside, colour=design.QUIET),
    ]
    return grid(
        [[outcome_picture(content.outcome, size=_SIGN), told]],
        widths=(_SIGN + 2.5 * design.PAD, beside + design.PAD),
        commands=[
            ("BACKGROUND", (0, 0), (-1, -1), design.PANEL),
            ("LINEABOVE", (0, 0), (-1, 0), 2.2, design.INK),
            ("LEFTPADDING", (0, 0), (0, 0), design.PAD),
            ("TOPPADDING", (0, 0), (-1, -1), 5),
            ("BOTTOMPADDING", (0, 0), (-1, -1), 6),
            ("VALIGN", (0, 0), (0, 0), "MIDDLE"),
        ],
    )


def _sessions(draft: MinutesDraft) -> Story:
    sessions, words = draft.content.sessions, draft.words
    if not sessions:
        return []
    return [*part(draft, "sessions", words.sessions), session_table(draft, sessions)]


def _photos(draft: MinutesDraft) -> Story:
    """What proves the visit itself, two beside each other."""
    content = draft.content
    if not content.photos:
        return []
    each = (design.WIDTH - design.GUTTER) / 2
    rows = photo_rows(draft, content.photos, width=design.WIDTH)
    return [space(1.0), grid(rows, widths=(each, design.GUTTER, each))]


def _recorded(draft: MinutesDraft) -> Story:
    """Counts, gaps and what could not be assessed, where there is anything to tell."""
    recorded, words = draft.content.recorded, draft.words
    if recorded is None:
        return []
    completed = draft.content.outcome is Outcome.COMPLETED
    title = words.recorded_whole if completed else words.recorded
    story = [
        *part(draft, "recorded", title),
        _counts(recorded.counts),
        space(1.4),
        *_gaps(draft, recorded),
    ]
    lists = (
        ("omissions", words.not_assessed, recorded.omissions, recorded.omissions_note),
        ("inapplicable", words.inapplicable, recorded.inapplicable, recorded.inapplicable_note),
    )
    for key, title, told, note in lists:
        if told:
            story += [*part(draft, key, title), omission_table(draft, told), *_note(note)]
    return story


def _note(note: str) -> Story:
    return [text(note, design.SMALL, width=design.WIDTH, colour=design.QUIET)] if note else []


def _counts(counts: Sequence[Fact]) -> Table:
    """Counts side by side, each under its name."""
    each = design.WIDTH / max(len(counts), 1)
    cells = [
        [
            label(brief(fact.label), width=each - _INSET),
            text(brief(fact.value), design.UNIT, width=each - _INSET, colour=design.INK),
        ]
        for fact in counts
    ]
    return grid([cells or [""]], widths=[each] * max(len(counts), 1))


def _gaps(draft: MinutesDraft, recorded: Recorded) -> Story:
    if not recorded.gaps:
        return [text(recorded.gaps_note, design.BODY, width=design.WIDTH)]
    return [gap_table(draft, recorded.gaps), *_note(recorded.gaps_note)]
