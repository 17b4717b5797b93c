"""Published results of institutions and units, as the store holds them, and side by side."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, fields, replace
from decimal import Decimal
from typing import Any

from assessor_app.domain.event import STORE, EventKind, FieldHead, Json
from assessor_app.domain.institutions import (
    ResultKey,
    institution_key,
    province_name,
    result_key,
    same_name,
)
from assessor_app.domain.instrument import Wording
from assessor_app.domain.ranking import Ranked, level_of, loose_units, ranking
from assessor_app.domain.results import InstitutionLevel, PublishedResult, Reading
from assessor_app.domain.trend import TrendPoint, trend
from assessor_app.domain.zone import ZoneColour
from assessor_app.instruments.library import Library
from assessor_app.services.enrolment import Workplace
from assessor_app.services.method import OwnResult, own_results
from assessor_app.services.year_rules import methods
from assessor_app.storage.log import Draft
from assessor_app.storage.store import Store

_PREFIX = "published_result/"
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
    institution, unit and year replaces it. Nothing is recorded where nothing differs.
    """
    known: dict[ResultKey, tuple[str | None, PublishedResult | None]] = {
        result_key(one): (entity, one) for entity, one in _kept(store).items()
    }
    values: dict[tuple[str, str], Json] = {}
    counts = {"added": 0, "corrected": 0, "unchanged": 0}
    for result in results:
        entity, before = known.get(result_key(result), (None, None))
        if before == result:
            counts["unchanged"] += 1
            continue
        counts["added" if before is None else "corrected"] += 1
        entity = entity or f"{_PREFIX}{store.new_id()}"
        old = _values(before) if before is not None else {}
        for name, value in _values(result).items():
            if old.get(name) != value:
                values[entity, name] = value
        known[result_key(result)] = (entity, result)
    if values:
        store.log.append(Draft(STORE, EventKind.REGISTERED, values, reason))
    return Registered(**counts)


def published(store: Store) -> tuple[PublishedResult, ...]:
    """All published results, by institution, year and unit."""
    return tuple(
        sorted(_kept(store).values(), key=lambda one: (one.institution, one.year, one.unit or ""))
    )


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
    provinces = {institution_key(one.institution): one.province for one in kept}
    own = [
        one
        for one in own_results(workplace, library)
        if wanted.takes(_as_asked(one, provinces.get(institution_key(one.institution))))
    ]
    return SideBySide(ranked, loose, tuple(own))


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


def _kept(store: Store) -> dict[str, PublishedResult]:
    entities: dict[str, dict[str, Json]] = {}
    heads: dict[tuple[str, str], tuple[FieldHead, ...]] = dict(store.log.heads(STORE))
    for (entity, name), found in heads.items():
        if entity.startswith(_PREFIX):
            entities.setdefault(entity, {})[name] = found[-1].value
    return {entity: _result(values) for entity, values in sorted(entities.items())}


def _values(result: PublishedResult) -> dict[str, Json]:
    return {
        "institution": result.institution,
        "unit": result.unit,
        "province": result.province,
        "year": result.year,
        "score": None if result.score is None else f"{result.score:f}",
        "category": result.category,
        "zone": result.zone.value if result.zone else None,
        "source": result.source,
        "level": result.level.value if result.level else None,
        "note": _both(result.note),
        "opinion": result.opinion,
        "without_maladministration": result.without_maladministration,
        "award_eligible": result.award_eligible,
        "award_note": _both(result.award_note),
        "object_type": result.object_type,
    }


def _result(values: Mapping[str, Json]) -> PublishedResult:
    score, zone, level = (values.get(name) for name in ("score", "zone", "level"))
    return PublishedResult(
        institution=str(values["institution"]),
        unit=_text(values, "unit"),
        province=_text(values, "province"),
        year=int(str(values["year"])),
        score=None if score is None else Decimal(str(score)),
        category=_text(values, "category"),
        zone=None if zone is None else ZoneColour(str(zone)),
        source=str(values["source"]),
        level=None if level is None else InstitutionLevel(str(level)),
        note=_wording(values.get("note")),
        opinion=_text(values, "opinion"),
        without_maladministration=_flag(values, "without_maladministration"),
        award_eligible=_flag(values, "award_eligible"),
        award_note=_wording(values.get("award_note")),
        object_type=_text(values, "object_type"),
    )


def _text(values: Mapping[str, Json], name: str) -> str | None:
    value = values.get(name)
    return None if value is None else str(value)


def _flag(values: Mapping[str, Json], name: str) -> bool | None:
    value = values.get(name)
    return value if isinstance(value, bool) else None


def _both(wording: Wording | None) -> Json:
    return {"id": wording.id, "en": wording.en} if wording else None


def _wording(value: Json) -> Wording | None:
    return Wording(str(value["id"]), str(value["en"])) if isinstance(value, Mapping) else None
