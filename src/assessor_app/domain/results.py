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

    MINISTRY = "kementerian"
    AGENCY = "lembaga"
    PROVINCE = "provinsi"
    REGENCY = "kabupaten"
    CITY = "kota"
    VERTICAL = "vertikal"


@dataclass(frozen=True, slots=True)
class PublishedResult:
    """A result as a source printed it: a score, a category, a zone, or only some of these.

    Nothing missing is filled in: newspapers know zones without a number. `unit` is None where the
    result is the institution's own, `province` where no source named it; `note` holds what the
    source says beside the figures. `object_type` is the code of the kind of office, where several
    instruments of a year are told apart by it.

    Award eligibility is a fact beside the score: in 2024 Kota Jayapura was the best of Papua and
    got no certificate, for earlier notes had not been followed up (method.md 1.6). `opinion` and
    `without_maladministration` are the two axes of 2025.
    """

    institution: str
    unit: str | None
    province: str | None
    year: int
    score: Decimal | None
    category: str | None
    zone: ZoneColour | None
    source: str
    level: InstitutionLevel | None = None
    note: Wording | None = None
    opinion: str | None = None
    without_maladministration: bool | None = None
    award_eligible: bool | None = None
    award_note: Wording | None = None
    object_type: str | None = None


@dataclass(frozen=True, slots=True)
class Reading:
    """A published result beside what its own year's bounds say of its score.

    `instrument` is the method of that year and kind of office, None where none is at hand; `band`
    is None where there is no score, or where the year's bounds were not published.
    """

    result: PublishedResult
    instrument: Instrument | None
    band: Band | None

    @property
    def zone(self) -> ZoneColour | None:
        """The zone as printed, else the score's own; `computed` tells which."""
        return self.result.zone or (self.band.zone if self.band else None)

    @property
    def computed(self) -> bool:
        """Whether the zone was not printed but follows from the score: said wherever shown."""
        return self.result.zone is None and self.band is not None

    @property
    def category(self) -> str | None:
        return self.result.category or (self.band.category if self.band else None)

    @property
    def category_computed(self) -> bool:
        return self.result.category is None and self.category is not None

    @property
    def opinion(self) -> Wording | None:
        """The opinion as printed, else the words that the year's method has for its category."""
        if self.result.opinion is not None:
            return Wording(self.result.opinion, self.result.opinion)
        if self.band is not None:
            return self.band.opinion
        wanted = (self.result.category or "").casefold()
        known = self.instrument.opinions if self.instrument else ()
        return next((one.opinion for one in known if one.quality.id.casefold() == wanted), None)

    @property
    def opinion_computed(self) -> bool:
        """Whether the opinion was not printed but follows from the score or the category."""
        return self.result.opinion is None and self.opinion is not None

    @property
    def disagrees(self) -> bool:
        """Whether the source printed another zone or category than its score has by the bounds."""
        if self.band is None:
            return False
        category, zone = self.result.category, self.result.zone
        other_zone = zone is not None and zone is not self.band.zone
        return other_zone or (category is not None and category != self.band.category)


def classify(instrument: Instrument, score: Decimal) -> Band | None:
    """The band of a score under a year's bounds, after the rounding that the method publishes with.

    None where the bounds of that year were not published. Raises ValueError outside of 0 to the
    instrument's maximum.
    """
    return instrument.band(published(score))


def instrument_of_year(
    instruments: Iterable[Instrument], year: int, *, objects: Iterable[str] = ()
) -> Instrument | None:
    """The method of a year for a kind of office: the first that names one of `objects` (codes).

    The highest version of each that covers the year stands for it, those with bounds go first,
    else the order given. Where a year had one method only it is meant for all; None where it
    cannot be told.
    """
    latest: dict[str, Instrument] = {}
    for one in instruments:
        if one.covers(year) and (one.id not in latest or latest[one.id].order < one.order):
            latest[one.id] = one
    covering = list(latest.values())
    candidates = [one for one in covering if one.bands] or covering
    for code in objects:
        for one in candidates:
            if one.object_type(code) is not None:
                return one
    return candidates[0] if len(candidates) == 1 else None


def read_result(
    result: PublishedResult, instruments: Iterable[Instrument], *, objects: Iterable[str]
) -> Reading:
    """What a result says and what its own year says of it; `objects` as in `instrument_of_year`."""
    instrument = instrument_of_year(instruments, result.year, objects=objects)
    if instrument is None or result.score is None:
        return Reading(result, instrument, None)
    fits = 0 <= result.score <= instrument.maximum
    return Reading(result, instrument, classify(instrument, result.score) if fits else None)
