"""Paired bars: points on paper over points in practice, on one common scale."""

from dataclasses import dataclass
from decimal import Decimal


@dataclass(frozen=True, slots=True)
class PairedBar:
    """Lengths of the track and of the two bars on it; None where a side was not measured."""

    track: float
    paper: float | None
    practice: float | None


def paired_bar(
    *, paper: Decimal | None, practice: Decimal | None, maximum: Decimal, width: float
) -> PairedBar:
    """The bars of one dimension: each side's share of `maximum`, on a track `width` long."""
    return PairedBar(
        track=width,
        paper=_length(paper, maximum=maximum, width=width),
        practice=_length(practice, maximum=maximum, width=width),
    )


def _length(value: Decimal | None, *, maximum: Decimal, width: float) -> float | None:
    if value is None or maximum <= 0:
        return None
    return float(min(max(value / maximum, Decimal(0)), Decimal(1))) * width
