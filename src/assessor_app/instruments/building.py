"""A checked instrument file as the domain's own value."""

from collections.abc import Iterable
from decimal import ROUND_DOWN, Decimal

from assessor_app.domain.instrument import (
    Band,
    Dimension,
    Indicator,
    Instrument,
    Level,
    ObjectType,
    SideRule,
    Source,
    Variable,
    Wording,
)
from assessor_app.instruments.schema import (
    DimensionForm,
    IndicatorForm,
    InstrumentForm,
    SourceForm,
    WordingForm,
    ZoneForm,
)

_SMALLEST_SHARE = Decimal("0.000001")


def build(form: InstrumentForm, *, digest: str) -> Instrument:
    """The instrument of a form that has passed every rule; `digest` is its file's SHA-256."""
    sources = {name: _source(source) for name, source in form.sources.items()}
    bands_source = sources[form.bands.source]
    between = form.bands.between
    return Instrument(
        id=form.id,
        version=form.version,
        year=form.year,
        title=_wording(form.title),
        legal_basis=form.legal_basis,
        object_types=tuple(ObjectType(o.code, _wording(o.name)) for o in form.object_types),
        dimensions=_dimensions(form, sources),
        bands=tuple(_band(zone) for zone in form.bands.zones),
        bands_source=bands_source,
        between_source=sources[between.source] if between else bands_source,
        maximum=form.maximum,
        aggregation=form.aggregation.rule,
        aggregation_source=sources[form.aggregation.source],
        side_rule_source=sources[form.counts.source],
        digest=digest,
    )


def split_evenly(points: Decimal, count: int) -> tuple[Decimal, ...]:
    """Points in `count` equal shares whose sum is exactly `points`.

    Where the division does not come out even to the millionth, the first shares are a millionth
    larger than the last.
    """
    share = (points / count).quantize(_SMALLEST_SHARE, rounding=ROUND_DOWN)
    left = points - share * count
    larger, rest = divmod(left, _SMALLEST_SHARE)
    shares = [share + (_SMALLEST_SHARE if index < larger else 0) for index in range(count)]
    shares[-1] += rest
    return tuple(_plain(one) for one in shares)


def _plain(number: Decimal) -> Decimal:
    """Without the zeros that a quantize leaves behind: 3.8 rather than 3.800000."""
    whole = number == number.to_integral_value()
    return number.to_integral_value() if whole else number.normalize()


def _dimensions(form: InstrumentForm, sources: dict[str, Source]) -> tuple[Dimension, ...]:
    shares = _shares(form)
    return tuple(
        Dimension(
            code=dimension.code,
            name=_wording(dimension.name),
            variables=tuple(
                Variable(
                    name=_wording(variable.name),
                    indicators=tuple(
                        _indicator(one, form, sources=sources, shares=shares)
                        for one in variable.indicators
                    ),
                )
                for variable in dimension.variables
            ),
            source=sources[dimension.source],
        )
        for dimension in form.dimensions
    )


def _shares(form: InstrumentForm) -> dict[str, dict[str, Decimal]]:
    """The members of every group of shared points, with the share of each, by code."""
    members: dict[str, list[str]] = {name: [] for name in form.shared_weights}
    for indicator in _indicators(form.dimensions):
        if indicator.shares is not None:
            members[indicator.shares].append(indicator.code)
    return {
        name: dict(zip(members[name], split_evenly(group.points, len(members[name])), strict=True))
        for name, group in form.shared_weights.items()
    }


def _indicators(dimensions: Iterable[DimensionForm]) -> Iterable[IndicatorForm]:
    for dimension in dimensions:
        for variable in dimension.variables:
            yield from variable.indicators


def _indicator(
    one: IndicatorForm,
    form: InstrumentForm,
    *,
    sources: dict[str, Source],
    shares: dict[str, dict[str, Decimal]],
) -> Indicator:
    scale = form.scales[one.scale]
    group = shares.get(one.shares, {}) if one.shares else {}
    weight_source = form.shared_weights[one.shares].source if one.shares else one.weight_source
    weight = group[one.code] if group else one.weight
    if weight is None or weight_source is None:
        raise ValueError(f"{one.code} has passed the rules without a weight")
    return Indicator(
        code=one.code,
        text=_wording(one.text),
        kind=scale.kind,
        levels=tuple(Level(x.value, x.fulfilment, _wording(x.rubric)) for x in scale.levels),
        sides=one.sides,
        asked=one.asked,
        weight=weight,
        weight_source=sources[weight_source],
        text_source=sources[one.text_source],
        counts=_counts(one, form),
        legal_basis=one.legal_basis,
        legal_source=sources[one.legal_source],
        evidence_asked=_wording(one.evidence_asked),
        advice=_wording(one.advice),
        guidance=_wording(one.guidance) if one.guidance else None,
        shared_with=tuple(group),
    )


def _counts(one: IndicatorForm, form: InstrumentForm) -> SideRule:
    """The indicator's own rule, else its only side, else the instrument's default."""
    if one.counts is not None:
        return one.counts
    if len(one.sides) == 1:
        return SideRule(one.sides[0].value)
    return form.counts.rule


def _band(zone: ZoneForm) -> Band:
    return Band(zone.lower, zone.upper, zone.zone, _wording(zone.name), zone.category)


def _source(source: SourceForm) -> Source:
    return Source(source.verified, source.note.id, source.note.en)


def _wording(wording: WordingForm) -> Wording:
    return Wording(wording.id, wording.en)
