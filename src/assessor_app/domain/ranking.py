"""Published results side by side: who is ahead within a province and level, ties said."""

from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal

from assessor_app.domain.institutions import institution_key, name_key, named, objects_of
from assessor_app.domain.instrument import Instrument
from assessor_app.domain.results import InstitutionLevel, PublishedResult, Reading, read_result
from assessor_app.domain.zone import ZoneColour

_LEVELS = tuple(InstitutionLevel)
_ZONES = (ZoneColour.GREEN, ZoneColour.YELLOW, ZoneColour.RED)
GOVERNMENTS = frozenset(
    {InstitutionLevel.PROVINCE, InstitutionLevel.REGENCY, InstitutionLevel.CITY}
)
"""Levels that the press ranks together within a province: "the highest of the ten"."""
NATIONAL = frozenset({InstitutionLevel.MINISTRY, InstitutionLevel.AGENCY})
"""Levels that are of no province: each is ranked among all of its level."""


@dataclass(frozen=True, slots=True)
class Rank:
    """A place among those with a score that are at hand: 1, 2, 2, 4 where two are level.

    `unscored` of the same group are known by their zone only and might stand anywhere.
    """

    place: int
    tied: bool
    among: int
    unscored: int = 0


@dataclass(frozen=True, slots=True)
class Ranked:
    """One institution's result among the others of its year.

    `rank` is within level and province, of a ministry or agency within its level; `overall` is
    among all governments of the province. None without a score or level, where the province that
    it is ranked in is not known, or (`overall`) for another level. `units` are what
    is known of its units in that year, by name.
    """

    reading: Reading
    level: InstitutionLevel | None
    rank: Rank | None
    overall: Rank | None
    units: tuple[Reading, ...]

    @property
    def red_units(self) -> tuple[Reading, ...]:
        """Its units in the red zone, which a green whole hides."""
        return tuple(unit for unit in self.units if unit.zone is ZoneColour.RED)

    @property
    def green(self) -> bool:
        return self.reading.zone is ZoneColour.GREEN

    @property
    def hides_red(self) -> bool:
        return self.green and bool(self.red_units)


def ranking(
    results: Iterable[PublishedResult], instruments: Sequence[Instrument]
) -> tuple[Ranked, ...]:
    """The institutions of these results by year, province and score, vertical agencies last.

    Units are not ranked; they stand with their institution.
    """
    readings = _read(results, instruments)
    whole = [one for one in readings if one.result.unit is None]
    units: dict[tuple[int, str], list[Reading]] = {}
    for one in readings:
        if one.result.unit is not None:
            units.setdefault(_whole(one), []).append(one)
    ranks = _ranks(whole, _peers)
    overall = _ranks(whole, _province)
    found = [
        Ranked(
            reading=reading,
            level=level_of(reading.result),
            rank=ranks[place],
            overall=overall[place],
            units=tuple(sorted(units.get(_whole(reading), ()), key=_unit_name)),
        )
        for place, reading in enumerate(whole)
    ]
    return tuple(sorted(found, key=_order))


def loose_units(
    results: Iterable[PublishedResult], instruments: Sequence[Instrument]
) -> tuple[Reading, ...]:
    """Results of units whose institution has no result of its own in that year."""
    readings = _read(results, instruments)
    wholes = {_whole(one) for one in readings if one.result.unit is None}
    loose = [one for one in readings if one.result.unit is not None and _whole(one) not in wholes]
    return tuple(sorted(loose, key=lambda one: (_whole(one), _unit_name(one))))


def level_of(result: PublishedResult) -> InstitutionLevel | None:
    """The level as recorded, else as the institution's name tells it."""
    return result.level or named(result.institution).level


_Group = tuple[object, ...]


def _read(results: Iterable[PublishedResult], instruments: Sequence[Instrument]) -> list[Reading]:
    return [read_result(one, instruments, objects=objects_of(one)) for one in results]


def _ranks(
    readings: Sequence[Reading], group: Callable[[Reading], _Group | None]
) -> list[Rank | None]:
    """The rank of each reading within its group; None for one without a score or a group."""
    groups = [group(reading) for reading in readings]
    scores: dict[_Group, list[Decimal]] = {}
    unscored: Counter[_Group] = Counter()
    for key, reading in zip(groups, readings, strict=True):
        if key is not None and reading.result.score is not None:
            scores.setdefault(key, []).append(reading.result.score)
        elif key is not None:
            unscored[key] += 1
    for found in scores.values():
        found.sort()
    return [
        None
        if key is None or reading.result.score is None
        else _rank(reading.result.score, scores[key], unscored=unscored[key])
        for key, reading in zip(groups, readings, strict=True)
    ]


def _rank(score: Decimal, scores: Sequence[Decimal], *, unscored: int) -> Rank:
    """The rank of a score among sorted ones."""
    upper = bisect_right(scores, score)
    tied = upper - bisect_left(scores, score) > 1
    return Rank(len(scores) - upper + 1, tied=tied, among=len(scores), unscored=unscored)


def _peers(reading: Reading) -> _Group | None:
    """Year, province, level; a land office is no peer of a police station."""
    result = reading.result
    level = level_of(result)
    if level in NATIONAL:
        return result.year, level
    if result.province is None or level is None:
        return None
    kind = objects_of(result)[:1] if level is InstitutionLevel.VERTICAL else ()
    return result.year, name_key(result.province), level, kind


def _province(reading: Reading) -> _Group | None:
    result = reading.result
    if result.province is None or level_of(result) not in GOVERNMENTS:
        return None
    return result.year, name_key(result.province)


def _unit_name(reading: Reading) -> str:
    return name_key(reading.result.unit)


def _whole(reading: Reading) -> tuple[int, str]:
    return reading.result.year, institution_key(reading.result.institution)


def _order(one: Ranked) -> tuple[object, ...]:
    result = one.reading.result
    government = 0 if one.level in GOVERNMENTS else 1
    level = 0 if government == 0 or one.level is None else _LEVELS.index(one.level)
    zone = _ZONES.index(one.reading.zone) if one.reading.zone else len(_ZONES)
    return (
        result.year,
        name_key(result.province),
        government,
        level,
        -(result.score if result.score is not None else Decimal(-1)),
        zone,
        name_key(result.institution),
    )
