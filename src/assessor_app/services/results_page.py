"""Results for a page: read once, narrowed at once, and one institution's years and units."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from assessor_app.domain.institutions import institution_key, objects_of
from assessor_app.domain.instrument import Instrument
from assessor_app.domain.problem import MethodRefused
from assessor_app.domain.ranking import Ranked, level_of, loose_units, ranking
from assessor_app.domain.results import InstitutionLevel, PublishedResult, Reading
from assessor_app.domain.trend import TrendPoint, trend
from assessor_app.instruments.library import Library
from assessor_app.services.enrolment import Workplace
from assessor_app.services.method import OwnResult, own_results
from assessor_app.services.results import (
    Offered,
    SideBySide,
    Wanted,
    own_asked,
    provinces_of,
    published,
)
from assessor_app.services.year_rules import Classified, classified_under, methods, rule_of


@dataclass(frozen=True, slots=True)
class Gathered:
    """Everything that a page of results shows, as it stood when it was read.

    `offered` has the years of own visits too; `latest` is the latest year with a published
    result, else with an own one, None where there is nothing at all. `provinces` are those that
    were published, by what an institution is compared by.
    """

    whole: SideBySide
    offered: Offered
    latest: int | None
    provinces: Mapping[str, str]
    kept: tuple[PublishedResult, ...]
    instruments: tuple[Instrument, ...]


@dataclass(frozen=True, slots=True)
class InstitutionResults:
    """What is known of one institution: its years in a row, its units, its own visits.

    `ranked` and `units` come the latest year first; `units` has those of every year, also of one
    in which the institution has no result of its own.
    """

    institution: str
    province: str | None
    points: tuple[TrendPoint, ...]
    ranked: tuple[Ranked, ...]
    units: tuple[Reading, ...]
    own: tuple[OwnResult, ...]


def gather(workplace: Workplace, library: Library) -> Gathered:
    """Read all results once, rank them, and work out what own visits make."""
    kept, instruments = published(workplace.store), methods(library)
    own = own_results(workplace, library)
    published_years = {one.year for one in kept}
    years = published_years | {one.year for one in own}
    levels = {level_of(one) for one in kept}
    provinces = provinces_of(kept)
    return Gathered(
        whole=SideBySide(ranking(kept, instruments), loose_units(kept, instruments), own),
        offered=Offered(
            years=tuple(sorted(years, reverse=True)),
            provinces=tuple(sorted(set(provinces.values()))),
            levels=tuple(level for level in InstitutionLevel if level in levels),
        ),
        latest=max(published_years or years, default=None),
        provinces=provinces,
        kept=kept,
        instruments=instruments,
    )


def narrowed(gathered: Gathered, wanted: Wanted) -> SideBySide:
    """What is asked for out of what was read; ranks stay those among all."""
    whole = gathered.whole
    return SideBySide(
        ranked=tuple(one for one in whole.ranked if wanted.takes(one.reading.result)),
        loose=tuple(one for one in whole.loose if wanted.takes(one.result)),
        own=own_asked(whole.own, gathered.kept, wanted),
    )


def institution_results(gathered: Gathered, institution: str) -> InstitutionResults | None:
    """One institution by name, however it is spelled; None where nothing is known of it."""
    key = institution_key(institution)
    whole = gathered.whole
    ranked = [one for one in whole.ranked if _is(key, one.reading.result)]
    loose = [one for one in whole.loose if _is(key, one.result)]
    own = [one for one in whole.own if institution_key(one.institution) == key]
    kept = [one for one in gathered.kept if _is(key, one)]
    if not kept and not own:
        return None
    units = [*(unit for one in ranked for unit in one.units), *loose]
    return InstitutionResults(
        institution=kept[0].institution if kept else own[0].institution,
        province=gathered.provinces.get(key),
        points=trend([one for one in kept if one.unit is None], gathered.instruments),
        ranked=tuple(sorted(ranked, key=lambda one: -one.reading.result.year)),
        units=tuple(sorted(units, key=lambda one: -one.result.year)),
        own=tuple(sorted(own, key=lambda one: -one.year)),
    )


def years_of_rules(instruments: Sequence[Instrument], result: PublishedResult) -> tuple[int, ...]:
    """The other years that have a method for this kind of office, the latest first."""
    years = {year for one in instruments for year in one.years or (one.year,)}
    found = []
    for year in sorted(years - {result.year}, reverse=True):
        try:
            rule_of(instruments, year, _kind(result))
        except MethodRefused:
            continue
        found.append(year)
    return tuple(found)


def under_rule_of(
    instruments: Sequence[Instrument], result: PublishedResult, year: int
) -> Classified:
    """The same score under another year's rule.

    Raises MethodRefused as `rule_of`, `score_missing` where nothing was published, or
    `scale_differs` where that year counts to another maximum: a score of 100 is no score of 1000.
    """
    if result.score is None:
        raise MethodRefused("score_missing", institution=result.institution, year=result.year)
    rule = rule_of(instruments, year, _kind(result))
    own = rule_of(instruments, result.year, _kind(result))
    return classified_under(rule, result.score, own=own)


def _kind(result: PublishedResult) -> str:
    return next(iter(objects_of(result)), "")


def _is(key: str, result: PublishedResult) -> bool:
    return institution_key(result.institution) == key
