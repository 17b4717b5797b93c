"""What a year publishes beside its weights: zones with bounds, words, shares of dimensions."""

from dataclasses import dataclass
from decimal import Decimal

from assessor_app.domain.wording import Source, Wording
from assessor_app.domain.zone import ZoneColour


@dataclass(frozen=True, slots=True)
class Band:
    """One zone or category with its bounds as published, both inclusive.

    A score between two published bounds (55 to 56) has not reached the upper band yet and belongs
    to the lower; `Instrument.between_source` says how sure that is. `opinion` are the words that
    the year gives beside the zone; `dark` marks a dark-green step. `source` is that of the bounds.
    """

    lower: Decimal
    upper: Decimal
    zone: ZoneColour
    name: Wording
    source: Source
    category: str | None = None
    opinion: Wording | None = None
    dark: bool = False


@dataclass(frozen=True, slots=True)
class Opinion:
    """Words of a year that has no published bounds: a quality word and the opinion it stands for.

    The second axis is the suffix `without` ("tanpa maladministrasi"), given where every finding of
    the Ombudsman was resolved (method.md 1.7).
    """

    quality: Wording
    opinion: Wording
    source: Source


@dataclass(frozen=True, slots=True)
class PartOfWhole:
    """Points of the maximum that the source gives for some dimensions together."""

    dimensions: tuple[str, ...]
    points: Decimal
    source: Source
