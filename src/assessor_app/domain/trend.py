"""The years of one institution in a row, each read by its own year's method."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType

from assessor_app.domain.institutions import objects_of
from assessor_app.domain.instrument import Instrument
from assessor_app.domain.results import (
    PublishedResult,
    Reading,
    instrument_of_year,
    read_result,
)

NOT_HELD: Mapping[int, str] = MappingProxyType({2020: "covid"})
"""Years without an assessment, and why (method.md 1.1): nothing is missing there."""


@dataclass(frozen=True, slots=True)
class TrendPoint:
    """One year: what was published, or that nothing was.

    `reading` is None in a year without a result. `method_changed` says that another instrument
    holds than in the assessed year before, `bounds_changed` that its bounds differ too, so that
    the two scores cannot be compared by their zones.
    """

    year: int
    reading: Reading | None
    instrument: Instrument | None
    method_changed: bool
    bounds_changed: bool

    @property
    def held(self) -> bool:
        return self.year not in NOT_HELD


def trend(
    results: Sequence[PublishedResult], instruments: Sequence[Instrument]
) -> tuple[TrendPoint, ...]:
    """All years from the first result to the last, of one institution or one unit.

    A year with several results shows the one given last. Years without a result stay visible.
    """
    by_year = {one.year: one for one in results}
    if not by_year:
        return ()
    latest = by_year[max(by_year)]
    points: list[TrendPoint] = []
    before: Instrument | None = None
    for year in range(min(by_year), max(by_year) + 1):
        result = by_year.get(year)
        objects = objects_of(result or latest)
        reading = read_result(result, instruments, objects=objects) if result else None
        found = instrument_of_year(instruments, year, objects=objects)
        instrument = found if year not in NOT_HELD else None
        changed = before is not None and instrument is not None and instrument.id != before.id
        points.append(
            TrendPoint(
                year=year,
                reading=reading,
                instrument=instrument,
                method_changed=changed,
                bounds_changed=changed and _bounds(instrument) != _bounds(before),
            )
        )
        before = instrument or before
    return tuple(points)


def _bounds(instrument: Instrument | None) -> object:
    """What two years must share for their zones to be comparable."""
    bands = instrument.bands if instrument else ()
    limits = tuple((band.lower, band.upper, band.zone) for band in bands)
    return instrument and instrument.maximum, limits
