"""How the command line sets out an instrument, and what differs between two of them."""

from collections.abc import Iterator, Mapping, Sequence

from assessor_app.cli.context import Context
from assessor_app.cli.instrument_words import field_told, kind_told, number_told, value_told
from assessor_app.domain.changes import BandChange, Difference, ValueChange, weight_sum
from assessor_app.domain.event import Json
from assessor_app.domain.instrument import Band, Indicator, Instrument
from assessor_app.domain.numbers import exact_text
from assessor_app.domain.wording import Wording
from assessor_app.texts import Language, say

_NOTHING = "–"


def outline(one: Instrument, context: Context) -> str:
    """The whole instrument as an outline: what it is, its bounds, its indicators by dimension."""
    lines = [
        f"{one.pin}  {_in(context, one.title)}",
        context.say("instrument_basis", basis=one.legal_basis),
        context.say("instrument_years", years=", ".join(str(year) for year in one.years)),
        context.say(
            "instrument_objects",
            objects=", ".join(kind.code for kind in one.object_types),
        ),
        _scored(one, context),
        "",
        *(_band(band, context) for band in one.bands),
    ]
    if not one.bands:
        lines.append(context.say("instrument_no_bounds"))
    for dimension in one.dimensions:
        lines += ["", f"{dimension.code}  {_in(context, dimension.name)}"]
        for variable in dimension.variables:
            lines.append(f"  {_in(context, variable.name)}")
            lines += [f"    {_indicator(each, one, context)}" for each in variable.indicators]
    return "\n".join(lines)


def difference_told(found: Difference, context: Context) -> Iterator[str]:
    """The differences as lines: the rules, the zones, then the indicators."""
    yield f"{found.before.pin} → {found.after.pin}"
    if found.none:
        yield context.say("diff_none")
        return
    yield from _sums(found, context)
    if found.rules:
        yield context.say("diff_rules")
        yield from (f"  {_value(one, context)}" for one in _read(found.rules, context))
    for band in found.bands:
        yield from _band_lines(band, context)
    for one in found.removed:
        yield f"- {_indicator(one, found.before, context)}"
    for one in found.added:
        yield f"+ {_indicator(one, found.after, context)}"
    for codes, values in _alike(found, context).items():
        text = found.after.indicator(codes[0]).text
        yield f"~ {codes[0]}  {_in(context, text)}" if len(codes) == 1 else f"~ {', '.join(codes)}"
        yield from (f"    {_value(one, context)}" for one in values)
    if found.reordered:
        yield context.say("diff_reordered")


def difference_data(found: Difference) -> dict[str, Json]:
    """The differences as JSON; a field is named by its place, joined by dots."""
    return {
        "before": found.before.pin,
        "after": found.after.pin,
        "same": found.none,
        "weights": {
            "before": exact_text(weight_sum(found.before)),
            "after": exact_text(weight_sum(found.after)),
            "verified_before": exact_text(weight_sum(found.before, verified=True)),
            "verified_after": exact_text(weight_sum(found.after, verified=True)),
        },
        "rules": [_value_data(one) for one in found.rules],
        "bands": [
            {
                "before": _band_data(one.before),
                "after": _band_data(one.after),
                "fields": [_value_data(value) for value in one.values],
            }
            for one in found.bands
        ],
        "removed": [_indicator_data(one) for one in found.removed],
        "added": [_indicator_data(one) for one in found.added],
        "changed": [
            {
                **_indicator_data(one.after),
                "fields": [_value_data(value) for value in one.values],
            }
            for one in found.changed
        ],
        "reordered": found.reordered,
    }


def _alike(
    found: Difference, context: Context
) -> Mapping[tuple[str, ...], tuple[ValueChange, ...]]:
    """What changed, under the codes of all indicators in which it changed alike.

    A weight that was divided anew is told once, not for each of fourteen indicators.
    """
    codes: dict[ValueChange, list[str]] = {}
    for one in found.changed:
        for value in _read(one.values, context):
            codes.setdefault(value, []).append(one.code)
    together: dict[tuple[str, ...], tuple[ValueChange, ...]] = {}
    for value, shared in codes.items():
        together[tuple(shared)] = (*together.get(tuple(shared), ()), value)
    return together


def _read(values: Sequence[ValueChange], context: Context) -> Iterator[ValueChange]:
    """Of a text that changed in both languages the one that is read."""
    endings = {"id": "en", "note": "note_en"}
    if context.language is Language.ENGLISH:
        endings = {other: own for own, other in endings.items()}
    others = {(*one.place[:-1], endings.get(one.place[-1], "")) for one in values}
    yield from (one for one in values if one.place not in others)


def _scored(one: Instrument, context: Context) -> str:
    if one.unweighted_because is not None:
        return _in(context, one.unweighted_because)
    if not one.visitable:
        return context.say("instrument_bounds_only", maximum=number_told(one.maximum, context))
    verified = number_told(weight_sum(one, verified=True), context)
    return context.say(
        "instrument_maximum", maximum=number_told(one.maximum, context), verified=verified
    )


def _indicator(one: Indicator, instrument: Instrument, context: Context) -> str:
    sides = "+".join(context.say(f"side_short.{side.value}") for side in one.sides) or _NOTHING
    weight = f"  {number_told(one.weight, context)}" if instrument.weighted and one.scored else ""
    mark = "" if one.verified else f"  {context.say('unverified_short')}"
    asked = f"[{kind_told(one.kind, context)}; {sides}]"
    return f"{one.code}  {_in(context, one.text)}  {asked}{weight}{mark}"


def _sums(found: Difference, context: Context) -> Iterator[str]:
    sums = (weight_sum(found.before), weight_sum(found.after))
    if sums[0] != sums[1]:
        before, after = (number_told(one, context) for one in sums)
        yield context.say("diff_weights", before=before, after=after)


def _value(one: ValueChange, context: Context) -> str:
    before, after = (
        _NOTHING if value is None else value_told(one.place, value, context)
        for value in (one.before, one.after)
    )
    field = field_told(one.place, context)
    return context.say("diff_value", field=field, before=before, after=after)


def _band_lines(changed: BandChange, context: Context) -> Iterator[str]:
    """A zone that came or went as a whole; of one that both have only what is different."""
    before, after = changed.before, changed.after
    if before and after:
        yield context.say("diff_band_values", band=_band(after, context))
        yield from (f"  {_value(one, context)}" for one in _read(changed.values, context))
        return
    told = (_band(one, context) if one else _NOTHING for one in (before, after))
    yield context.say("diff_band", **dict(zip(("before", "after"), told, strict=True)))


def _band(band: Band, context: Context) -> str:
    name = _in(context, band.name)
    bounds = f"{number_told(band.lower, context)}–{number_told(band.upper, context)}"
    zone = say(context.language, f"words.zone.{band.zone.value}")
    parts = [f"{bounds}  {name} ({zone})"]
    if band.category:
        parts.insert(0, band.category)
    if band.opinion is not None:
        parts.append(_in(context, band.opinion))
    return "  ".join(parts)


def _value_data(one: ValueChange) -> Json:
    return {"field": ".".join(one.place), "before": one.before, "after": one.after}


def _band_data(band: Band | None) -> Json:
    if band is None:
        return None
    return {
        "lower": exact_text(band.lower),
        "upper": exact_text(band.upper),
        "zone": band.zone.value,
        "name": band.name.id,
        "name_en": band.name.en,
        "category": band.category,
        "opinion": band.opinion.id if band.opinion else None,
        "dark": band.dark,
    }


def _indicator_data(one: Indicator) -> dict[str, Json]:
    return {
        "indicator": one.code,
        "text": one.text.id,
        "text_en": one.text.en,
        "weight": exact_text(one.weight),
    }


def _in(context: Context, wording: Wording) -> str:
    return wording.en if context.language is Language.ENGLISH else wording.id
