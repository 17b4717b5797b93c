"""Published results of institutions and units, as the store holds them."""

from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal

from assessor_app.domain.event import STORE, EventKind, FieldHead, Json
from assessor_app.domain.instrument import Wording
from assessor_app.domain.results import InstitutionLevel, PublishedResult
from assessor_app.domain.zone import ZoneColour
from assessor_app.storage.log import Draft
from assessor_app.storage.store import Store

_PREFIX = "published_result/"


def register(store: Store, results: Iterable[PublishedResult]) -> None:
    """Keep published results, with their sources; one action, one event."""
    values: dict[tuple[str, str], Json] = {}
    for result in results:
        entity = f"{_PREFIX}{store.new_id()}"
        values |= {
            (entity, "institution"): result.institution,
            (entity, "unit"): result.unit,
            (entity, "province"): result.province,
            (entity, "year"): result.year,
            (entity, "score"): None if result.score is None else f"{result.score:f}",
            (entity, "category"): result.category,
            (entity, "zone"): result.zone.value if result.zone else None,
            (entity, "source"): result.source,
            (entity, "level"): result.level.value if result.level else None,
            (entity, "note"): {"id": result.note.id, "en": result.note.en} if result.note else None,
        }
    store.log.append(Draft(STORE, EventKind.REGISTERED, values))


def published(store: Store) -> tuple[PublishedResult, ...]:
    """All published results, by institution, year and unit."""
    entities: dict[str, dict[str, Json]] = {}
    heads: dict[tuple[str, str], tuple[FieldHead, ...]] = dict(store.log.heads(STORE))
    for (entity, field), found in heads.items():
        if entity.startswith(_PREFIX):
            entities.setdefault(entity, {})[field] = found[-1].value
    results = [_result(fields) for fields in entities.values()]
    return tuple(sorted(results, key=lambda one: (one.institution, one.year, one.unit or "")))


def of_institution(store: Store, institution: str, *, before: int) -> Sequence[PublishedResult]:
    """What was published of an institution itself before a year, the latest first."""
    wanted = institution.casefold()
    found = [
        result
        for result in published(store)
        if result.institution.casefold() == wanted and result.unit is None and result.year < before
    ]
    return sorted(found, key=lambda one: -one.year)


def _result(fields: dict[str, Json]) -> PublishedResult:
    score, zone, level, note = (fields[name] for name in ("score", "zone", "level", "note"))
    return PublishedResult(
        institution=str(fields["institution"]),
        unit=None if fields["unit"] is None else str(fields["unit"]),
        province=str(fields["province"]),
        year=int(str(fields["year"])),
        score=None if score is None else Decimal(str(score)),
        category=None if fields["category"] is None else str(fields["category"]),
        zone=None if zone is None else ZoneColour(str(zone)),
        source=str(fields["source"]),
        level=None if level is None else InstitutionLevel(str(level)),
        note=Wording(str(note["id"]), str(note["en"])) if isinstance(note, Mapping) else None,
    )
