"""Published results of institutions and units, as the store holds them, and side by side."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, fields, replace
from typing import Any

from assessor_app.domain.clock import NewId
from assessor_app.domain.event import STORE, EventKind, Json
from assessor_app.domain.institutions import (
    ResultKey,
    institution_key,
    province_name,
    result_key,
    same_name,
)
from assessor_app.domain.problem import ResultsRefused, VisitRefused
from assessor_app.domain.ranking import Ranked, level_of, loose_units, ranking
from assessor_app.domain.results import InstitutionLevel, PublishedResult, Reading
from assessor_app.domain.trend import TrendPoint, trend
from assessor_app.instruments.library import Library
from assessor_app.services.enrolment import Workplace
from assessor_app.services.method import OwnResult, own_results
from assessor_app.services.result_fields import fields_of, result_of
from assessor_app.services.year_rules import methods
from assessor_app.storage.log import Draft
from assessor_app.storage.store import Store

_KIND = "published_result"
_PREFIX = f"{_KIND}/"
_TRIES = 20  # each of them takes milliseconds, and another program records in seconds
_OF_THE_FIGURE = ("category", "zone", "opinion", "without_maladministration")
"""Fields that were printed with a score and fall with it when it is corrected."""


@dataclass(frozen=True, slots=True)
class Registered:
    """What became of results that were to be kept."""

    added: int = 0
    corrected: int = 0
    unchanged: int = 0


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which results are asked for; None asks for all."""

    year: int | None = None
    province: str | None = None
    level: InstitutionLevel | None = None
    institution: str | None = None

    def takes(self, result: PublishedResult) -> bool:
        return (
            self.year in (None, result.year)
            and (self.province is None or same_name(province_name(self.province), result.province))
            and self.level in (None, level_of(result))
            and (self.institution is None or _same(self.institution, result.institution))
        )


@dataclass(frozen=True, slots=True)
class SideBySide:
    """Published results in order of rank, and beside them what own visits made so far.

    `loose` are results of units whose institution has none of that year; `own` is provisional and
    never ranked among what was published.
    """

    ranked: tuple[Ranked, ...]
    loose: tuple[Reading, ...]
    own: tuple[OwnResult, ...]


@dataclass(frozen=True, slots=True)
class Offered:
    """What can be chosen from: every year, province and level of the results at hand."""

    years: tuple[int, ...]
    provinces: tuple[str, ...]
    levels: tuple[InstitutionLevel, ...]


def register(
    store: Store, results: Iterable[PublishedResult], *, reason: str | None = None
) -> Registered:
    """Keep published results, with their sources; one action, one event.

    A result that is there already is not doubled; one that differs from what is kept of the same
    institution, unit and year replaces it. Nothing is recorded where nothing differs. Raises
    ResultsRefused `results_busy` where other programs do not let up recording.
    """
    told = tuple(results)
    return register_upon(store, lambda _: told, reason=reason)


def register_upon(
    store: Store,
    told: Callable[[Sequence[PublishedResult]], Iterable[PublishedResult]],
    *,
    reason: str | None = None,
) -> Registered:
    """As `register`, of results that rest on those that are kept.

    They are told anew where another program has recorded since they were read.
    """
    for _ in range(_TRIES):
        streams, kept = store.log.stream_heads(STORE), _kept(store)
        values, made = _to_register(kept, told(_in_order(kept.values())), new_id=store.new_id)
        if not values:
            return made
        draft = Draft(STORE, EventKind.REGISTERED, values, reason, acted_upon=streams)
        try:
            store.log.append(draft)
        except VisitRefused:  # another program has recorded meanwhile: read anew what is kept
            continue
        return made
    raise ResultsRefused("results_busy")


def _to_register(
    kept: Mapping[str, PublishedResult], results: Iterable[PublishedResult], *, new_id: NewId
) -> tuple[dict[tuple[str, str], Json], Registered]:
    """What has to be written to keep these results beside those that are kept."""
    known: dict[ResultKey, tuple[str | None, PublishedResult | None]] = {
        result_key(one): (entity, one) for entity, one in kept.items()
    }
    values: dict[tuple[str, str], Json] = {}
    counts = {"added": 0, "corrected": 0, "unchanged": 0}
    for result in results:
        entity, before = known.get(result_key(result), (None, None))
        if before == result:
            counts["unchanged"] += 1
            continue
        counts["added" if before is None else "corrected"] += 1
        entity = entity or f"{_PREFIX}{new_id()}"
        old = fields_of(before) if before is not None else {}
        for name, value in fields_of(result).items():
            if old.get(name) != value:
                values[entity, name] = value
        known[result_key(result)] = (entity, result)
    return values, Registered(**counts)


def published(store: Store) -> tuple[PublishedResult, ...]:
    """All published results, by institution, year and unit."""
    return _in_order(_kept(store).values())


def of_institution(store: Store, institution: str, *, before: int) -> Sequence[PublishedResult]:
    """What was published of an institution itself before a year, the latest first."""
    found = [
        result
        for result in published(store)
        if _same(result.institution, institution) and result.unit is None and result.year < before
    ]
    return sorted(found, key=lambda one: -one.year)


def side_by_side(workplace: Workplace, library: Library, wanted: Wanted) -> SideBySide:
    """The results that are asked for, each ranked among all of its level, province and year."""
    kept = published(workplace.store)
    instruments = methods(library)
    ranked = tuple(one for one in ranking(kept, instruments) if wanted.takes(one.reading.result))
    loose = tuple(one for one in loose_units(kept, instruments) if wanted.takes(one.result))
    return SideBySide(ranked, loose, own_asked(own_results(workplace, library), kept, wanted))


def provinces_of(kept: Iterable[PublishedResult]) -> Mapping[str, str]:
    """The province of each institution, by `institution_key`, where any of its results names it."""
    return {
        institution_key(one.institution): one.province for one in kept if one.province is not None
    }


def own_asked(
    own: Iterable[OwnResult], kept: Iterable[PublishedResult], wanted: Wanted
) -> tuple[OwnResult, ...]:
    """The own results that are asked for, like published ones; they have the published province."""
    provinces = provinces_of(kept)
    return tuple(
        one
        for one in own
        if wanted.takes(_as_asked(one, provinces.get(institution_key(one.institution))))
    )


def years_of(
    workplace: Workplace, library: Library, institution: str, *, unit: str | None = None
) -> tuple[TrendPoint, ...]:
    """The years of one institution, or of one of its units, in a row."""
    found = [
        one
        for one in published(workplace.store)
        if _same(one.institution, institution) and same_name(one.unit, unit)
    ]
    return trend(found, methods(library))


def offered(workplace: Workplace) -> Offered:
    """What the results at hand can be narrowed down to, the latest year first."""
    kept = published(workplace.store)
    levels = {level_of(one) for one in kept}
    return Offered(
        years=tuple(sorted({one.year for one in kept}, reverse=True)),
        provinces=tuple(sorted({one.province for one in kept if one.province})),
        levels=tuple(level for level in InstitutionLevel if level in levels),
    )


def upon(known: PublishedResult | None, given: PublishedResult) -> PublishedResult:
    """What is kept of a result with what is told anew; what is not told stays as it was.

    A corrected score takes the zone, category and opinion with it that were printed beside the
    old one.
    """
    if known is None:
        return given
    # The name stays as it is kept: another spelling of it is no correction.
    names: dict[str, Any] = {"institution": known.institution, "unit": known.unit}
    corrected = None not in (known.score, given.score) and known.score != given.score
    stays: dict[str, Any] = {
        field.name: getattr(known, field.name)
        for field in fields(PublishedResult)
        if field.name != "unit" and getattr(given, field.name) is None
        if not (corrected and field.name in _OF_THE_FIGURE)
    }
    return replace(given, **stays, **names)


def _same(one: str, other: str) -> bool:
    return institution_key(one) == institution_key(other)


def _as_asked(own: OwnResult, province: str | None) -> PublishedResult:
    """An own result in the shape that results are asked for; it is never shown so."""
    return PublishedResult(own.institution, None, province, own.year, None, None, None, source="")


def _in_order(results: Iterable[PublishedResult]) -> tuple[PublishedResult, ...]:
    return tuple(sorted(results, key=lambda one: (one.institution, one.year, one.unit or "")))


def _kept(store: Store) -> dict[str, PublishedResult]:
    entities: dict[str, dict[str, Json]] = {}
    for (entity, name), found in store.log.heads(STORE, kind=_KIND).items():
        entities.setdefault(entity, {})[name] = found[-1].value
    return {entity: result_of(values) for entity, values in sorted(entities.items())}
