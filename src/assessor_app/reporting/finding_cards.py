"""Findings as cards: what was claimed beside what was seen, the proof, the rule and the way out."""

from collections.abc import Sequence
from dataclasses import replace

from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import Table

from assessor_app.reporting import design
from assessor_app.reporting.answers import whole_answer
from assessor_app.reporting.content import Fact, Photo
from assessor_app.reporting.draft import LINE_LIMIT, ReportDraft, brief
from assessor_app.reporting.flowables import (
    Command,
    Story,
    fact_table,
    grid,
    heading,
    label,
    space,
    text,
)
from assessor_app.reporting.photos import photo_beside, photo_rows
from assessor_app.reporting.report_content import Finding, SideRecord
from assessor_app.reporting.sections import section
from assessor_app.reporting.table_tags import LAYOUT

_INNER = design.WIDTH - 2 * design.PAD
_COLUMN = (_INNER - design.GUTTER) / 2
_FACT_LABEL = 74.0
_FOOT = (232.0, 134.0, _INNER - 366.0)  # advice, due date, how it is checked
_FOOT_INSET = 12.0
_APART = 10.0  # white between two cards
_HEADING = 84.0  # the section's heading with its notes, and the white before the first card
_LONGEST_TITLE = 420
_HEAD = 3  # rows of a card before its photos: strip, title, both sides
_TALLEST = 640.0  # of a card with one row of photos: beyond it, a page may end anywhere in it


def findings(draft: ReportDraft) -> Story:
    """All findings, in the order given; the heading stays with the first of them."""
    content, words = draft.content, draft.words
    cards = [_card(draft, finding) for finding in content.findings]
    first = cards[0].wrap(design.WIDTH, design.PAGE_HEIGHT)[1] if cards else 0.0
    story = section(draft, "findings", words.findings, needs=_HEADING + min(first, _TALLEST))
    if not content.findings:
        return [*story, text(words.no_findings, design.BODY, width=design.WIDTH)]
    if content.findings_note:
        story.append(
            text(content.findings_note, design.SMALL, width=design.WIDTH, colour=design.QUIET)
        )
    if content.unverified_note and any(finding.unverified for finding in content.findings):
        story.append(text(content.unverified_note, design.CAPTION, width=design.WIDTH))
    for card in cards:
        card.spaceBefore = _APART
        story.append(card)
    return story


def _card(draft: ReportDraft, finding: Finding) -> Table:
    """One card. It may be cut between rows of photos; its first row then repeats as a reminder."""
    rows = _rows(draft, finding)
    rows[_HEAD:_HEAD] = photo_rows(draft, _below(finding), width=_INNER)
    kept = (*rows[: _HEAD + 1], *rows[_HEAD + 1 :][-1:])
    tall = sum(max(map(_height, row)) for row in kept) > _TALLEST
    return grid(
        rows,
        widths=(design.PAD + _COLUMN, design.GUTTER, _COLUMN + design.PAD),
        repeat=1,
        tags=LAYOUT,
        commands=_card_look(finding, rows=len(rows), tall=tall),
        cut_rows=tall,
    )


def _rows(draft: ReportDraft, finding: Finding) -> list[list[Story | str]]:
    """Strip, title with the lead sentence, both sides, and the foot."""
    about = draft.words.finding_of.format(number=finding.number)
    title = draft.excerpt(finding.text, _LONGEST_TITLE, about=about)
    named = [
        text(title, design.CARD_TITLE, width=_INNER),
        *_lead(draft, finding, about=about),
    ]
    return [
        [_strip(draft, finding), "", ""],
        [named, "", ""],
        _both_sides(draft, finding, about=about),
        [_foot(draft, finding, about=about), "", ""],
    ]


def _lead(draft: ReportDraft, finding: Finding, *, about: str) -> Story:
    """How it stands since before, and the finding in one sentence, where they are told."""
    parts = ((finding.lead, design.SMALL_BOLD), (finding.wording, design.BODY))
    return [
        text(draft.excerpt(told, about=about), kind, width=_INNER) for told, kind in parts if told
    ]


def _both_sides(draft: ReportDraft, finding: Finding, *, about: str) -> list[Story | str]:
    """Paper beside practice, and the law under the shorter of the two."""
    claimed = _side(draft, finding.claimed, title=draft.words.on_paper, about=about)
    seen = _side(draft, finding.seen, title=draft.words.in_practice, about=about)
    if len(finding.photos) == 1:
        (proof,) = finding.photos
        seen += [space(1), *photo_beside(draft, proof, width=_COLUMN)]
    if finding.no_photo_reason:
        reason = draft.excerpt(finding.no_photo_reason, about=about)
        seen += [space(0.4), text(reason, design.SMALL_ITALIC, width=_COLUMN)]
    shorter = claimed if _height(claimed) <= _height(seen) else seen
    shorter += _law(draft, finding, about=about)
    return [claimed, "", seen]


def _below(finding: Finding) -> Sequence[Photo]:
    """Photos that stand in rows of their own: a single one stands under what was seen."""
    return finding.photos if len(finding.photos) > 1 else ()


def _card_look(finding: Finding, *, rows: int, tall: bool) -> Sequence[Command]:
    hue = design.tone_hue(finding.tone)
    foot = rows - 1
    spanned = (0, 1, foot)
    return [
        ("LINEABOVE", (0, 0), (-1, 0), 2.2, hue.fill),
        ("BACKGROUND", (0, 0), (-1, 0), hue.tint),
        ("BACKGROUND", (0, foot), (-1, -1), design.PANEL),
        ("BACKGROUND", (0, 0), (-1, -1), _draw_frame),
        ("LEFTPADDING", (0, 0), (0, -1), design.PAD),
        ("RIGHTPADDING", (2, 0), (2, -1), design.PAD),
        ("TOPPADDING", (0, 0), (-1, -1), 3),
        ("BOTTOMPADDING", (0, 0), (-1, -1), 4),
        ("BOTTOMPADDING", (0, 0), (-1, 0), 3),
        ("BOTTOMPADDING", (0, 1), (-1, 1), 1),
        *(("SPAN", (0, row), (-1, row)) for row in spanned),
        *(("RIGHTPADDING", (0, row), (0, row), design.PAD) for row in spanned),
        *(() if tall else _kept_together(foot)),
    ]


def _draw_frame(
    _card: Table, canvas: Canvas, left: float, top: float, width: float, height: float
) -> None:
    """One outline about a card, or the part of it on a page: crossing rules would be a table's.

    ReportLab calls it as it calls any ground of cells; the height goes down, below zero.
    """
    canvas.setStrokeColor(design.RULE)
    canvas.setLineWidth(0.6)
    canvas.rect(left, top, width, height, stroke=1, fill=0)


def _kept_together(foot: int) -> Sequence[Command]:
    """A page may end only between rows of photos: not before the first, not after the last."""
    return (("NOSPLIT", (0, 0), (-1, min(_HEAD, foot))), ("NOSPLIT", (0, foot - 1), (-1, foot)))


def _height(cell: Story | str) -> float:
    """How tall a cell's content gets in its column, in points."""
    if isinstance(cell, str):
        return 0.0
    return float(sum(part.wrap(_COLUMN, design.PAGE_HEIGHT)[1] for part in cell))


def _strip(draft: ReportDraft, finding: Finding) -> Story:
    number = draft.words.finding_of.format(number=finding.number)
    hue = design.tone_hue(finding.tone)
    mark = " †" if finding.unverified else ""
    parts = (number, finding.code, finding.weight)
    name = "  ·  ".join(brief(part) for part in parts if part) + mark
    gap = replace(design.SMALL_BOLD, right=True)
    bookmark = f"{finding.number}. {finding.code} {finding.text}"
    left = [
        draft.anchor(f"finding-{finding.number}", brief(bookmark, 120), level=1),
        heading(name, design.SMALL_BOLD, level=3, width=_COLUMN),
    ]
    right = text(brief(finding.gap), gap, width=_COLUMN, colour=hue.ink)
    return [grid([[left, right]], widths=(_INNER / 2, _INNER / 2))]


def _side(draft: ReportDraft, side: SideRecord, *, title: str, about: str) -> Story:
    place = f"{about}, {title.lower()}"
    told: Story = [
        label(title, width=_COLUMN),
        space(0.4),
        *whole_answer(draft, side.answer, width=_COLUMN, about=place),
    ]
    if side.facts:
        facts = [
            Fact(fact.label, draft.excerpt(fact.value, LINE_LIMIT, about=place), fact.mono)
            for fact in side.facts
        ]
        told += [space(0.6), fact_table(facts, width=_COLUMN, label_width=_FACT_LABEL)]
    if side.note:
        note = draft.excerpt(side.note, about=place)
        told += [space(0.4), text(note, design.SMALL, width=_COLUMN)]
    return told


def _law(draft: ReportDraft, finding: Finding, *, about: str) -> Story:
    if not finding.legal_basis:
        return []
    rules = draft.excerpt("\n".join(finding.legal_basis), about=about)
    return [
        space(1),
        label(draft.words.legal_basis, width=_COLUMN),
        space(0.2),
        text(rules, design.SMALL, width=_COLUMN, language=draft.law_language),
    ]


def _foot(draft: ReportDraft, finding: Finding, *, about: str) -> Story:
    """What to do, until when by whose word, and how it will be checked."""
    words = draft.words
    parts = (
        (words.advice, finding.advice, ""),
        (words.due_date, finding.due_date, finding.due_set_by),
        (words.check, "", finding.check),
    )
    cells = [
        _labelled(draft, name, (told, remark), about=about, width=width - _FOOT_INSET)
        for (name, told, remark), width in zip(parts, _FOOT, strict=True)
    ]
    inset = ("RIGHTPADDING", (0, 0), (-2, -1), _FOOT_INSET)
    return [grid([cells], widths=_FOOT, commands=[inset], cut_rows=True)]


def _labelled(
    draft: ReportDraft, name: str, told: tuple[str, str], *, about: str, width: float
) -> Story:
    """A label over words and a remark in small type, either of which may be missing."""
    parts = [
        text(draft.excerpt(words, about=about), kind, width=width)
        for words, kind in zip(told, (design.SMALL, design.CAPTION), strict=True)
        if words
    ]
    return [label(name, width=width), *parts] if parts else []
