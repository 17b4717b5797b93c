"""How a published result is written into the record, field by field, and read from it."""

from collections.abc import Mapping
from decimal import Decimal

from assessor_app.domain.event import Json
from assessor_app.domain.instrument import Wording
from assessor_app.domain.results import InstitutionLevel, PublishedResult
from assessor_app.domain.zone import ZoneColour


def fields_of(result: PublishedResult) -> dict[str, Json]:
    """Every field of a result as the record has it; None where nothing was published."""
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


def result_of(values: Mapping[str, Json]) -> PublishedResult:
    """The result that these fields tell; an older record lacks some of them."""
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
