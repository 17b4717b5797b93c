"""Paper against practice in figures: how the weight is shared out, in total and by dimension."""

from typing import assert_never

from PySide6.QtWidgets import QVBoxLayout, QWidget

from assessor_app.domain.consistency import Balance, Consistency
from assessor_app.domain.gap import GapKind
from assessor_app.ui.desk import Desk
from assessor_app.ui.theme import Tokens
from assessor_app.ui.widgets.card import Card
from assessor_app.ui.widgets.labels import body, quiet, strong
from assessor_app.ui.widgets.share_bar import Share, ShareBar


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
    there = [kind for kind in GapKind if balance.weights[kind]]
    told = "; ".join(
        desk.say(
            "improve.share",
            kind=words(f"gap.{kind.value}"),
            share=words.percent(balance.weights[kind], balance.compared),
        )
        for kind in there
    )
    bar = ShareBar(desk.tokens)
    shares = [_share(desk.tokens, kind, float(balance.share(kind))) for kind in there]
    bar.show_shares(shares, desk.say("improve.shares", name=name, shares=told))
    row = QWidget()
    column = QVBoxLayout(row)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(4)
    for part in (strong(name), bar, quiet(told)):
        column.addWidget(part)
    return row


def _share(tokens: Tokens, kind: GapKind, part: float) -> Share:
    match kind:
        case GapKind.CONSISTENT:
            return Share(part, tokens.green)
        case GapKind.PAPER_ONLY:
            return Share(part, tokens.red)
        case GapKind.PAPER_AHEAD:
            return Share(part, tokens.yellow)
        case GapKind.PRACTICE_ONLY:
            return Share(part, tokens.teal)
        case GapKind.PRACTICE_AHEAD:
            return Share(part, tokens.teal, full=False)
        case GapKind.NEITHER:
            return Share(part, tokens.grey, full=False)
        case _:
            assert_never(kind)
