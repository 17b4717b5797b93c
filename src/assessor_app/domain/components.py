"""The 14 components of a service standard (UU 25/2009 Pasal 21), as seen on a page of an office."""

from collections.abc import Iterable, Sequence
from enum import StrEnum

from assessor_app.domain.event import Json
from assessor_app.domain.problem import RecordRefused


class Component(StrEnum):
    """In the order of the law's letters a to n."""

    LEGAL_BASIS = "legal_basis"
    REQUIREMENTS = "requirements"
    PROCEDURE = "procedure"
    COMPLETION_TIME = "completion_time"
    FEE = "fee"
    PRODUCT = "product"
    FACILITIES = "facilities"
    COMPETENCE = "competence"
    INTERNAL_SUPERVISION = "internal_supervision"
    COMPLAINTS = "complaints"
    STAFF_NUMBER = "staff_number"
    SERVICE_GUARANTEE = "service_guarantee"
    SAFETY_GUARANTEE = "safety_guarantee"
    PERFORMANCE_EVALUATION = "performance_evaluation"


COUNT = len(Component)

TO_BE_PUBLISHED = frozenset(
    {
        Component.REQUIREMENTS,
        Component.PROCEDURE,
        Component.COMPLETION_TIME,
        Component.FEE,
        Component.PRODUCT,
        Component.COMPLAINTS,
    }
)
"""Those of service delivery, which an office has to make public (PermenPANRB 15/2014)."""

Components = tuple[Component, ...]


def components_json(seen: Iterable[str]) -> list[Json]:
    """The components as an event holds them: sorted by their codes, each once.

    Raises RecordRefused `component_unknown`.
    """
    codes = sorted({str(one) for one in seen})
    for code in codes:
        if code not in set(Component):
            raise RecordRefused("component_unknown", component=code, known=", ".join(Component))
    return list(codes)


def read_components(held: Json) -> Components | None:
    """The components that an event holds, in the law's order; None where nobody looked for them.

    One that this version does not know is left out: it was ticked in a later one.
    """
    if held is None:
        return None
    if not isinstance(held, Sequence) or isinstance(held, str):
        raise TypeError("components are a list")
    return tuple(one for one in Component if one.value in held)


def united_components(values: Iterable[Json]) -> Json:
    """All that any device ticked, where they ticked different ones; None where none has."""
    told = [value for value in values if isinstance(value, Sequence)]
    return sorted({str(one) for value in told for one in value}) if told else None
