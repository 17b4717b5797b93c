"""What differs between two instruments, down to each value."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, fields, replace
from decimal import Decimal

from assessor_app.domain.instrument import (
    Band,
    Indicator,
    Instrument,
    ObjectType,
    Opinion,
    PartOfWhole,
)
from assessor_app.domain.numbers import exact_text
from assessor_app.domain.respondents import Role
from assessor_app.domain.scale import Level, Part, Step
from assessor_app.domain.wording import Wording

Place = tuple[str, ...]
"""Where a value stands: `("scale", "levels", "partial", "fulfilment")`."""

_OWN = frozenset({"id", "version", "digest", "dimensions", "bands"})
"""What an instrument has beside its rules: it is told apart, or is no difference in the method."""

_NAMING = ("code", "value", "at_least")
"""What an entry of a list is known by: it stands in the place of its other values already."""


@dataclass(frozen=True, slots=True)
class ValueChange:
    """One value before and after, as text; None where there is none."""

    place: Place
    before: str | None
    after: str | None


@dataclass(frozen=True, slots=True)
class IndicatorChange:
    """An indicator that both have, and what is different of it."""

    before: Indicator
    after: Indicator
    values: tuple[ValueChange, ...]

    @property
    def code(self) -> str:
        return self.after.code


@dataclass(frozen=True, slots=True)
class BandChange:
    """A zone before and after, None where one has no zone of that name, and what is different."""

    before: Band | None
    after: Band | None
    values: tuple[ValueChange, ...] = ()


@dataclass(frozen=True, slots=True)
class Difference:
    """What was changed from one instrument to the other; empty where only name or file differ.

    `rules` are the values that belong to the whole: years, sources, sides, respondents, dimensions.
    `reordered` says that the indicators which both have stand in another order.
    """

    before: Instrument
    after: Instrument
    rules: tuple[ValueChange, ...]
    bands: tuple[BandChange, ...]
    added: tuple[Indicator, ...]
    removed: tuple[Indicator, ...]
    changed: tuple[IndicatorChange, ...]
    reordered: bool

    @property
    def none(self) -> bool:
        return not (
            any((self.rules, self.bands, self.added, self.removed, self.changed)) or self.reordered
        )


def difference(before: Instrument, after: Instrument) -> Difference:
    """All differences in content; the instruments' names, versions and digests are none."""
    old, new = _indicators(before), _indicators(after)
    changed = (
        IndicatorChange(old[code][0], new[code][0], tuple(_changes(old[code][1], new[code][1])))
        for code in new
        if code in old
    )
    return Difference(
        before=before,
        after=after,
        rules=tuple(_changes(dict(_rules(before)), dict(_rules(after)))),
        bands=tuple(_bands(before, after)),
        added=tuple(one for code, (one, _) in new.items() if code not in old),
        removed=tuple(one for code, (one, _) in old.items() if code not in new),
        changed=tuple(one for one in changed if one.values),
        reordered=[code for code in old if code in new] != [code for code in new if code in old],
    )


def weight_sum(instrument: Instrument, *, verified: bool = False) -> Decimal:
    """The points of all indicators; of those alone whose weight and text are verified."""
    weights = (one.weight for one in instrument.indicators() if one.verified or not verified)
    return sum(weights, Decimal(0))


def _indicators(instrument: Instrument) -> dict[str, tuple[Indicator, dict[Place, str]]]:
    """Every indicator by code, with its values and the dimension and variable it belongs to."""
    found = {}
    for dimension in instrument.dimensions:
        for variable in dimension.variables:
            for one in variable.indicators:
                at = {("dimension",): dimension.code, ("variable",): variable.name.id}
                found[one.code] = (one, dict(_values(one)) | at)
    return found


def _values(indicator: Indicator) -> Iterator[tuple[Place, str]]:
    for field in fields(indicator):
        value = getattr(indicator, field.name)
        match field.name:
            case "code" | "shared_with":
                # The weights of a group tell already who else shares its points.
                continue
            case "roles":  # what a role is belongs to the instrument
                value = tuple(role.code for role in indicator.roles)
            case "relevant" | "constraint":
                value = None if value is None else value.expression
            case _:
                pass
        yield from _leaves(value, (field.name,))


def _rules(instrument: Instrument) -> Iterator[tuple[Place, str]]:
    for field in fields(instrument):
        if field.compare and field.name not in _OWN:  # what is not, follows from the rest
            yield from _leaves(getattr(instrument, field.name), (field.name,))
    dimensions = instrument.dimensions
    if dimensions:
        yield ("dimensions",), ", ".join(one.code for one in dimensions)
    for dimension in dimensions:
        place = ("dimensions", dimension.code)
        yield from _leaves(dimension.name, (*place, "name"))
        yield from _leaves(dimension.source, (*place, "source"))
        for variable in dimension.variables:
            at = (*place, "variables", variable.name.id)
            yield from _leaves(variable.name, (*at, "name"))
            yield from _leaves(variable.means, (*at, "means"))


def _bands(before: Instrument, after: Instrument) -> Iterator[BandChange]:
    """Zones are the same zone by their name; their bounds, colour and words may change."""
    old = {one.name.id: one for one in before.bands}
    new = {one.name.id: one for one in after.bands}
    for name in dict.fromkeys((*new, *old)):
        one, other = old.get(name), new.get(name)
        if one is None or other is None:
            yield BandChange(one, other)
            continue
        compared = other
        if (one.source, other.source) == (before.bands_source, after.bands_source):
            # The source of all bounds is a rule of the whole, and told once.
            compared = replace(other, source=one.source)
        values = tuple(_changes(dict(_leaves(one, ())), dict(_leaves(compared, ()))))
        if values:
            yield BandChange(one, other, values)


def _changes(before: Mapping[Place, str], after: Mapping[Place, str]) -> Iterator[ValueChange]:
    for place in dict.fromkeys((*after, *before)):
        if before.get(place) != after.get(place):
            yield ValueChange(place, before.get(place), after.get(place))


def _leaves(value: object, place: Place) -> Iterator[tuple[Place, str]]:
    """Every single value in a value, with its place; what is not there is left out."""
    match value:
        case None:
            return
        case bool():
            yield place, "true" if value else "false"
        case Decimal():
            yield place, exact_text(value)
        case str() | int():  # the kinds are texts too
            yield place, str(value)
        case tuple():
            yield from _entries(value, place)
        case _:
            for field in fields(value):  # type: ignore[arg-type]  # the domain's values are frozen dataclasses
                yield from _leaves(getattr(value, field.name), (*place, field.name))


def _entries(found: Sequence[object], place: Place) -> Iterator[tuple[Place, str]]:
    """A list: the names of its entries in their order, and the values of each under its name."""
    if not found:
        return
    names = [_name(one, number) for number, one in enumerate(found, start=1)]
    if not all(isinstance(one, Wording) for one in found):
        yield place, ", ".join(names)
    for name, one in zip(names, found, strict=True):
        if not isinstance(one, str | int):
            own = {(*place, name, field) for field in _NAMING}
            yield from (leaf for leaf in _leaves(one, (*place, name)) if leaf[0] not in own)


def _name(entry: object, number: int) -> str:
    """What an entry of a list is known by."""
    match entry:
        case Level(value=name) | Part(value=name) | Role(code=name) | ObjectType(code=name):
            return name
        case Step():
            return exact_text(entry.at_least)
        case Opinion():
            return entry.quality.id
        case PartOfWhole():
            return "+".join(entry.dimensions)
        case _:
            return str(entry) if isinstance(entry, str | int) else str(number)
