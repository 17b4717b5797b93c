"""Minutes of a visit that was not completed: one page, two where something was recorded."""

from collections.abc import Sequence

from reportlab.platypus import Flowable, Table

from assessor_app.reporting import chart_drawing, design
from assessor_app.reporting.content import Fact
from assessor_app.reporting.draft import LINE_LIMIT, MinutesDraft, brief
from assessor_app.reporting.flowables import Story, fact_table, grid, label, space, text
from assessor_app.reporting.indicator_table import gap_table
from assessor_app.reporting.lists import fact_grid
from assessor_app.reporting.masthead import masthead
from assessor_app.reporting.minutes_content import Recorded, SessionRow
from assessor_app.reporting.omission_table import omission_table
from assessor_app.reporting.outcome_signs import outcome_picture
from assessor_app.reporting.sections import part
from assessor_app.reporting.signing_block import signing_block

_SIGN = 40.0
_ACCOUNT_LIMIT = 2400  # characters of the account, and of the response, where they belong
_RESPONSE_LIMIT = 400
_TIGHT_BOX, _BOX = 58.0, 84.0  # heights of a signature's box: the only page, or one of two
_BESIDES_BOX = 177.0  # what stands above and below the boxes and stays on their page
_QR = 70.0
_INTEGRITY_NEEDS = 120.0
_HASH_LABELS = 106.0  # a hash beside it fills one line
_SESSIONS = (50.0, 130.0, 130.0, design.WIDTH - 310.0)  # number, from, to, why
_INSET = 10.0


def minutes(draft: MinutesDraft) -> Story:
    """The whole of the minutes but for texts that outgrow their place."""
    content, words = draft.content, draft.words
    box = _TIGHT_BOX if content.recorded is None else _BOX
    return [
        *masthead(draft),
        _outcome(draft),
        space(2),
        fact_grid(draft, content.cover.facts),
        *_sessions(draft),
        *part(draft, "account", words.account),
        _paragraph(draft, content.account, limit=_ACCOUNT_LIMIT, about=words.account),
        *_recorded(draft),
        *part(draft, "receiver", words.receiver),
        _paragraph(draft, content.receiver.response, limit=_RESPONSE_LIMIT, about=words.receiver),
        *part(draft, "signatures", words.signatures, needs=_BESIDES_BOX + box),
        *signing_block(draft, height=box),
        *_integrity(draft),
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
            ("TOPPADDING", (0, 0), (-1, -1), 7),
            ("BOTTOMPADDING", (0, 0), (-1, -1), 8),
            ("VALIGN", (0, 0), (0, 0), "MIDDLE"),
        ],
    )


def _sessions(draft: MinutesDraft) -> Story:
    sessions, words = draft.content.sessions, draft.words
    if not sessions:
        return []
    titles = (words.session, words.session_began, words.session_ended, words.session_why)
    head = [label(title, width=width) for title, width in zip(titles, _SESSIONS, strict=True)]
    return [
        *part(draft, "sessions", words.sessions),
        grid(
            [head, *(_session(draft, one) for one in sessions)],
            widths=_SESSIONS,
            repeat=1,
            commands=[
                ("LINEBELOW", (0, 0), (-1, 0), 0.9, design.INK),
                ("LINEBELOW", (0, 1), (-1, -1), 0.4, design.RULE),
                ("TOPPADDING", (0, 0), (-1, -1), 2),
                ("BOTTOMPADDING", (0, 0), (-1, -1), 2.6),
            ],
        ),
    ]


def _session(draft: MinutesDraft, one: SessionRow) -> Sequence[Flowable]:
    why = draft.excerpt(one.why, LINE_LIMIT, about=f"{draft.words.session} {one.number}")
    kinds = (design.SMALL_BOLD, design.SMALL, design.SMALL, design.SMALL)
    return [
        text(told, kind, width=width - _INSET)
        for told, kind, width in zip(
            (brief(one.number), brief(one.began), brief(one.ended), why),
            kinds,
            _SESSIONS,
            strict=True,
        )
    ]


def _recorded(draft: MinutesDraft) -> Story:
    """Counts, gaps and what could not be assessed, where there is anything to tell."""
    recorded, words = draft.content.recorded, draft.words
    if recorded is None:
        return []
    story = [
        *part(draft, "recorded", words.recorded),
        _counts(recorded.counts),
        space(1.4),
        *_gaps(draft, recorded),
    ]
    if recorded.omissions:
        story += [
            *part(draft, "omissions", words.not_assessed),
            omission_table(draft, recorded.omissions),
        ]
    if recorded.inapplicable:
        story += [
            *part(draft, "inapplicable", words.inapplicable),
            omission_table(draft, recorded.inapplicable),
        ]
    return story


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
    return [gap_table(draft, recorded.gaps)]


def _integrity(draft: MinutesDraft) -> Story:
    """What locks the document and how to check it, beside the code."""
    words, annex = draft.words, draft.content.integrity
    beside = design.WIDTH - _QR - design.GUTTER
    told: Story = [
        fact_table(annex.facts, width=beside, label_width=_HASH_LABELS),
        *(text(one, design.CAPTION, width=beside) for one in annex.paragraphs),
    ]
    code = chart_drawing.qr_picture(annex.qr, size=_QR)
    return [
        *part(draft, "integrity", words.document_integrity, needs=_INTEGRITY_NEEDS),
        space(0.4),
        grid([[code, told]], widths=(_QR + design.GUTTER, beside)),
    ]
