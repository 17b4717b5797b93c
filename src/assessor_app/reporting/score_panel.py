"""The panel of the first page: the score, its zone, all three on one scale, and their standing."""

from collections.abc import Sequence

from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import Flowable, Table

from assessor_app.reporting import chart_drawing, design
from assessor_app.reporting.draft import LINE_LIMIT, ReportDraft, brief
from assessor_app.reporting.figures import Score, Scores
from assessor_app.reporting.flowables import Command, Picture, grid, label, space, text
from assessor_app.reporting.lettering import Lettering, draw_line
from assessor_app.reporting.sign_drawing import zone_picture
from assessor_app.reporting.typefaces import Face, text_width

_LEFT = 138.0  # width of the left part: number and zone
_DASHES = (4, 2.4)  # of what is a simulation: broken lines, whatever the colours
_TAG_HIGH = 13.0
_TAG = Lettering(size=7.3, face=Face.BOLD, colour=design.INK)


def score_panel(draft: ReportDraft, scores: Scores) -> Table:
    """Number and zone at the left, gauge and scores at the right, what it may be called below."""
    right_width = design.WIDTH - _LEFT - 4 * design.PAD
    inner = design.WIDTH - 2 * design.PAD
    right = [
        chart_drawing.gauge(scores, draft.words, width=right_width),
        space(1.1),
        _three_scores(scores, width=right_width),
    ]
    reason = draft.excerpt(scores.reason, 2 * LINE_LIMIT, about=scores.statement)
    statement = [
        text(scores.statement, design.SMALL_BOLD, width=inner),
        text(reason, design.SMALL, width=inner),
    ]
    return grid(
        [[_badge(draft, scores), right], [statement, ""]],
        widths=(_LEFT + 2 * design.PAD, right_width + 2 * design.PAD),
        commands=_look(scores),
    )


def _look(scores: Scores) -> Sequence[Command]:
    hue = design.zone_hue(scores.official.zone)
    dashes = _DASHES if scores.simulation else None
    return [
        ("BACKGROUND", (0, 0), (0, 0), hue.tint),
        ("BACKGROUND", (1, 0), (1, 0), design.PANEL),
        ("LINEABOVE", (0, 0), (-1, 0), 2.2, hue.fill),
        ("SPAN", (0, 1), (-1, 1)),
        ("BACKGROUND", (0, 1), (-1, 1), design.WHITE if scores.simulation else design.TRACK),
        ("BOX", (0, 1), (-1, 1), 0.9, design.QUIET, "butt", dashes),
        ("LEFTPADDING", (0, 0), (-1, -1), design.PAD),
        ("RIGHTPADDING", (0, 0), (-1, -1), design.PAD),
        ("TOPPADDING", (0, 0), (-1, -1), design.PAD),
        ("BOTTOMPADDING", (0, 0), (-1, -1), design.PAD),
        ("TOPPADDING", (0, 1), (-1, 1), 5),
        ("BOTTOMPADDING", (0, 1), (-1, 1), 6),
    ]


def _badge(draft: ReportDraft, scores: Scores) -> Sequence[Flowable]:
    words, official = draft.words, scores.official
    out_of = f"{words.out_of} {scores.maximum_text}"
    tag = [space(0.4), _tag(scores)] if scores.tag else []
    return [
        label(words.provisional_score, width=_LEFT),
        text(official.text, design.SCORE, width=_LEFT),
        text(out_of, design.SMALL, width=_LEFT, colour=design.QUIET),
        *tag,
        space(1.2),
        *_zone(official, kind=design.UNIT, size=24, width=_LEFT),
    ]


def _tag(scores: Scores) -> Picture:
    """What the number may be called, in one framed word under it; of a simulation in dashes."""
    words = scores.tag.upper()
    wide = min(text_width(words, _TAG.face, size=_TAG.size) + 12, _LEFT)

    def draw(canvas: Canvas) -> None:
        canvas.setStrokeColor(design.INK)
        canvas.setLineWidth(0.8)
        if scores.simulation:
            canvas.setDash(*_DASHES)
        canvas.roundRect(0.5, 0.5, wide - 1, _TAG_HIGH - 1, 2, stroke=1, fill=0)
        canvas.setDash()
        draw_line(canvas, words, x=6, y=3.9, look=_TAG, width=wide - 8)

    return Picture(wide, _TAG_HIGH, draw=draw, alt=scores.tag)


def _three_scores(scores: Scores, *, width: float) -> Table:
    three = (scores.official, scores.paper, scores.practice)
    each = width / len(three)
    return grid(
        [[_score_tile(score, width=each - 8) for score in three]],
        widths=(each,) * len(three),
        commands=[
            ("LINEABOVE", (0, 0), (-1, 0), 0.6, design.RULE),
            ("TOPPADDING", (0, 0), (-1, -1), 5),
        ],
    )


def _score_tile(score: Score, *, width: float) -> Sequence[Flowable]:
    return [
        text(score.name, design.CAPTION, width=width),
        text(score.text, design.UNIT, width=width, colour=design.INK),
        *_zone(score, kind=design.SMALL_BOLD, size=9, width=width),
    ]


def _zone(score: Score, *, kind: design.Type, size: float, width: float) -> Sequence[Flowable]:
    """A score's zone as sign and name; nothing where zones do not apply to it."""
    if not score.zone_name:
        return []
    indent = size * 4 / 3
    ink = design.zone_hue(score.zone).ink
    name = text(brief(score.zone_name), kind, width=width - indent, colour=ink)
    return [
        grid(
            [[zone_picture(score.zone, size=size), name]],
            widths=(indent, width - indent),
            commands=[("VALIGN", (0, 0), (-1, -1), "MIDDLE")],
        )
    ]
