"""How institutions and units are written into the record, field by field, and read from it."""

from collections.abc import Mapping
from datetime import date

from assessor_app.domain.event import Json
from assessor_app.domain.register import DatedName, Institution, Names, Unit
from assessor_app.domain.results import InstitutionLevel

INSTITUTION, UNIT = "institution/", "unit/"

Fields = Mapping[str, Json]


def institution_fields(one: Institution) -> dict[str, Json]:
    """Every field of an institution as the record has it."""
    return {
        **_names_fields(one.names),
        "level": one.level.value if one.level else None,
        "province": one.province,
        "code": one.code,
        "merged_into": one.merged_into,
        "valid_until": _day_text(one.until),
        "retired": one.retired or None,
    }


def unit_fields(one: Unit) -> dict[str, Json]:
    """Every field of a unit as the record has it."""
    return {
        **_names_fields(one.names),
        "institution": one.institution,
        "object_type": one.object_type,
        "address": one.address,
        "code": one.code,
        "merged_into": one.merged_into,
        "valid_until": _day_text(one.until),
        "retired": one.retired or None,
    }


def read_institution(id_: str, fields: Fields) -> Institution:
    """The institution that these fields tell; what is missing was never said."""
    level = fields.get("level")
    return Institution(
        id=id_,
        names=_names(fields),
        level=InstitutionLevel(str(level)) if level else None,
        province=_text(fields, "province"),
        code=_text(fields, "code"),
        merged_into=_text(fields, "merged_into"),
        until=_day(fields.get("valid_until")),
        retired=bool(fields.get("retired")),
    )


def read_unit(id_: str, fields: Fields) -> Unit:
    """The unit that these fields tell; what is missing was never said."""
    return Unit(
        id=id_,
        names=_names(fields),
        institution=str(fields.get("institution") or ""),
        object_type=_text(fields, "object_type"),
        address=_text(fields, "address"),
        code=_text(fields, "code"),
        merged_into=_text(fields, "merged_into"),
        until=_day(fields.get("valid_until")),
        retired=bool(fields.get("retired")),
    )


def _names_fields(names: Names) -> dict[str, Json]:
    former: Json = [
        {"name": one.name, "valid_from": _day_text(one.since)} for one in names.former
    ] or None
    return {
        "name": names.current.name,
        "valid_from": _day_text(names.current.since),
        "former_names": former,
        "aliases": list(names.aliases) or None,
    }


def _names(fields: Fields) -> Names:
    former, aliases = fields.get("former_names"), fields.get("aliases")
    return Names(
        current=DatedName(str(fields.get("name") or ""), _day(fields.get("valid_from"))),
        former=tuple(
            DatedName(str(one["name"]), _day(one.get("valid_from")))
            for one in (former if isinstance(former, list | tuple) else ())
            if isinstance(one, Mapping) and one.get("name")
        ),
        aliases=tuple(map(str, aliases)) if isinstance(aliases, list | tuple) else (),
    )


def _text(fields: Fields, name: str) -> str | None:
    value = fields.get(name)
    return None if value is None else str(value)


def _day(value: Json) -> date | None:
    return date.fromisoformat(value) if isinstance(value, str) else None


def _day_text(day: date | None) -> str | None:
    return day.isoformat() if day else None
