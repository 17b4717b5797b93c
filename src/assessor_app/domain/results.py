"""Published results of institutions and units, and how a year's rule makes and reads them."""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from assessor_app.domain.instrument import Band, Instrument, Wording
from assessor_app.domain.scoring import published
from assessor_app.domain.zone import ZoneColour


class InstitutionLevel(StrEnum):
    """What an institution governs; ranks are made within one level.

    A vertical agency is a central agency's local office (land office, district police). Its score
    rolls up nationally, never into the city or regency (method.md 1.6).
    """

    PROVINCE = "provinsi"
    REGENCY = "kabupaten"
    CITY = "kota"
    VERTICAL = "vertikal"


@dataclass(frozen=True, slots=True)
class PublishedResult:
    """A result as a source printed it: a score, a category, a zone, or only some of these.

    Nothing missing is filled in: newspapers know zones without a number. `unit` is None where the
    result is the institution's own; `note` holds what the source says beside the figures.
    """

    institution: str
    unit: str | None
    province: str
    year: int
    score: Decimal | None
    category: str | None
    zone: ZoneColour | None
    source: str
    level: InstitutionLevel | None = None
    note: Wording | None = None


def mean_of_units(scores: Iterable[Decimal]) -> Decimal:
    """An institution's score of 2022 to 2025: the simple mean, rounded half up to 2 decimals.

    The rule fits four published cases to the last digit (method.md 0.5). Raises ValueError where
    there is no unit.
    """
    units = tuple(scores)
    if not units:
        raise ValueError("no unit to take the mean of")
    return published(sum(units, Decimal(0)) / len(units))


def classify(instrument: Instrument, score: Decimal) -> Band:
    """The band of a score under a year's bounds, after the rounding that the method publishes with.

    Raises ValueError outside of 0 to the instrument's maximum.
    """
    return instrument.band(published(score))
