"""Paragraphs and tables that are measured once, however often a page asks how tall they get.

ReportLab lays every cell out anew for each question about its table: four times in a usual report.
"""

from functools import cache
from typing import Any

from reportlab.lib.styles import ParagraphStyle
from reportlab.platypus import Paragraph, Table
from reportlab.platypus.paraparser import ParaParser


class MeasuredParagraph(Paragraph):
    """A paragraph that keeps its lines for as long as it is asked for the same width."""

    _asked: float | None = None
    _size = (0.0, 0.0)

    def wrap(self, available_width: float, available_height: float) -> tuple[float, float]:
        # A split that fails takes the lines away again.
        if self._asked != available_width or not hasattr(self, "blPara"):
            self._size = super().wrap(available_width, available_height)
            self._asked = available_width
        return self._size


class MeasuredTable(Table):
    """A table that keeps its rows' heights for as long as it is asked for the same width."""

    _asked: float | None = None

    def _calc(self, available_width: float, available_height: float) -> None:
        # Where the page is too short, ReportLab leaves the rows that cannot stand on it unmeasured.
        heights: list[float | None] = self._rowHeights  # type: ignore[attr-defined]  # not in the stub
        if self._asked != available_width or None in heights:
            super()._calc(available_width, available_height)  # type: ignore[misc]  # as above
            self._asked = available_width


def unmarked(words: str, style: ParagraphStyle) -> list[Any] | None:
    """The words as ReportLab's parser would return them; None where they have to be parsed."""
    if "<" in words or "&" in words or not words.strip():
        return None
    return [_fragment(style).clone(text=words)]


@cache
def _fragment(style: ParagraphStyle) -> Any:
    """What the parser makes of a single word in the style; styles are few, and live for good."""
    parsed: Any = ParaParser().parse("x", style)  # type: ignore[no-untyped-call]  # nor here
    (fragment,) = parsed[1]
    return fragment
