"""How a table of data looks: a dark rule under its column titles, a pale one under each row."""

from collections.abc import Sequence

from assessor_app.reporting import design
from assessor_app.reporting.flowables import Command

HEAD_RULE: Command = ("LINEBELOW", (0, 0), (-1, 0), 0.9, design.INK)
TIGHT = 1.6  # white above a row of figures, where a page has to hold several tables
INDENT = 8.0  # of a part's name under the whole's
_BELOW = 0.6  # more white below a row than above it: letters seldom reach below their line


def ruled(above: float, *, inset: float = 0.0) -> Sequence[Command]:
    """The rules, with `above` points of white over each row and `inset` between two columns."""
    return (
        HEAD_RULE,
        ("LINEBELOW", (0, 1), (-1, -1), 0.4, design.RULE),
        ("TOPPADDING", (0, 0), (-1, -1), above),
        ("BOTTOMPADDING", (0, 0), (-1, -1), above + _BELOW),
        ("RIGHTPADDING", (0, 0), (-2, -1), inset),
    )


def by_level(levels: Sequence[int]) -> Sequence[Command]:
    """A ground under the rows of wholes (level 0), and their parts' names set in from them."""
    rows = list(enumerate(levels, start=1))
    return [
        *(("BACKGROUND", (0, row), (-1, row), design.PANEL) for row, level in rows if not level),
        *(("LEFTPADDING", (0, row), (0, row), INDENT) for row, level in rows if level),
    ]
