"""Paper against practice in figures: how the weight is shared out, in total and by dimension."""

from collections.abc import Mapping
from typing import assert_never

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from assessor_app.domain.consistency import Balance, Consistency
from assessor_app.domain.gap import GapKind
from assessor_app.ui.desk import Desk
from assessor_app.ui.theme import Tokens
from assessor_app.ui.widgets.card import Card
from assessor_app.ui.widgets.flowing import Flowing
from assessor_app.ui.widgets.labels import body, quiet, strong
from assessor_app.ui.widgets.share_bar import Hatch, Share, ShareBar, ShareSign


def agreement_card(desk: Desk, found: Consistency) -> Card:
    """A bar for the total and for each dimension, with the shares in words below it."""
    words = desk.words
    card = Card(words("consistency.title"))
    card.setObjectName("improve.agreement")
    if not found.total.compared:
        card.body.addWidget(body(words("consistency.nothing")))
        return card
    counted = "points" if found.weighted else "indicators"
    compared = words.weight(found.total.compared)
    card.body.addWidget(quiet(words(f"consistency.{counted}", compared=compared)))
    card.body.addWidget(_row(desk, words("consistency.total"), found.total))
    for dimension, balance in found.dimensions:
        if balance.compared:
            card.body.addWidget(_row(desk, words.of(dimension.name), balance))
    return card


def _row(desk: Desk, name: str, balance: Balance) -> QWidget:
    words = desk.words
    told = {
        kind: desk.say(
            "improve.share",
            kind=words(f"gap.{kind.value}"),
            share=words.percent(balance.weights[kind], balance.compared),
        )
        for kind in GapKind
        if balance.weights[kind]
    }
    shares = {kind: share_of(desk.tokens, kind, float(balance.share(kind))) for kind in told}
    bar = ShareBar(desk.tokens)
    spoken = desk.say("improve.shares", name=name, shares="; ".join(told.values()))
    bar.show_shares(tuple(shares.values()), spoken)
    row = QWidget()
    column = QVBoxLayout(row)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(4)
    for part in (strong(name), bar, _legend(told, shares)):
        column.addWidget(part)
    return row


def _legend(told: Mapping[GapKind, str], shares: Mapping[GapKind, Share]) -> QWidget:
    """Each part as the bar draws it, before its word: no colour has to be known."""
    legend = QWidget()
    flow = Flowing(legend, space=4)
    for kind, text in told.items():
        entry = QWidget()
        row = QHBoxLayout(entry)
        row.setContentsMargins(0, 0, 12, 0)
        row.setSpacing(6)
        word = quiet(text)
        word.setWordWrap(False)
        for part in (ShareSign(shares[kind]), word):
            row.addWidget(part)
        flow.addWidget(entry)
    return legend


def share_of(tokens: Tokens, kind: GapKind, part: float) -> Share:
    """A part of the bar: no two kinds of gap have the same hatching."""
    match kind:
        case GapKind.CONSISTENT:
            return Share(part, tokens.green)
        case GapKind.PAPER_ONLY:
            return Share(part, tokens.red, hatch=Hatch.BDiagPattern)
        case GapKind.PAPER_AHEAD:
            return Share(part, tokens.yellow, hatch=Hatch.HorPattern)
        case GapKind.PRACTICE_ONLY:
            return Share(part, tokens.teal, hatch=Hatch.FDiagPattern)
        case GapKind.PRACTICE_AHEAD:
            return Share(part, tokens.teal, full=False, hatch=Hatch.VerPattern)
        case GapKind.NEITHER:
            return Share(part, tokens.grey, full=False, hatch=Hatch.Dense6Pattern)
        case _:
            assert_never(kind)
