"""A checked instrument file as the domain's own value."""

from collections.abc import Iterable
from decimal import ROUND_DOWN, Decimal

from assessor_app.domain.instrument import (
    AnswerKind,
    Asked,
    Band,
    Denominator,
    Dimension,
    Indicator,
    Instrument,
    Level,
    NotAssessable,
    ObjectType,
    Opinion,
    Part,
    PartOfWhole,
    Role,
    Scale,
    SideRule,
    Source,
    Step,
    Variable,
    Wording,
)
from assessor_app.instruments.expressions import compiled
from assessor_app.instruments.schema import (
    DimensionForm,
    IndicatorForm,
    InstrumentForm,
    RoleForm,
    ScaleForm,
    SourceForm,
    WordingForm,
    ZoneForm,
)

_SMALLEST_SHARE = Decimal("0.000001")


def build(form: InstrumentForm, *, digest: str) -> Instrument:
    """The instrument of a form that has passed every rule; `digest` is its file's SHA-256."""
    sources = {name: _source(source) for name, source in form.sources.items()}
    bands_source = sources[form.bands.source]
    between, opinion = form.bands.between, form.opinion
    denominator, not_assessable = form.denominator, form.not_assessable
    return Instrument(
        id=form.id,
        version=form.version,
        year=form.year,
        years=form.years or (form.year,),
        title=_wording(form.title),
        legal_basis=form.legal_basis,
        object_types=tuple(
            ObjectType(one.code, _wording(one.name), one.rolls_up_to) for one in form.object_types
        ),
        dimensions=_dimensions(form, sources),
        bands=tuple(
            _band(zone, sources[zone.source] if zone.source else bands_source)
            for zone in form.bands.zones
        ),
        bands_source=bands_source,
        between_source=sources[between.source] if between else bands_source,
        maximum=form.maximum,
        aggregation=form.aggregation.rule,
        aggregation_source=sources[form.aggregation.source],
        side_rule_source=sources[form.counts.source],
        weighted=form.unweighted is None,
        unweighted_because=_wording(form.unweighted.because) if form.unweighted else None,
        denominator=denominator.rule if denominator else Denominator.INSTRUMENT,
        denominator_source=sources[denominator.source] if denominator else None,
        not_assessable=not_assessable.rule if not_assessable else NotAssessable.OPEN,
        not_assessable_source=sources[not_assessable.source] if not_assessable else None,
        roles=_roles(form),
        roles_source=sources[form.respondents.source] if form.respondents else None,
        opinions=tuple(
            Opinion(_wording(one.quality), _wording(one.opinion), sources[one.source])
            for one in (opinion.words if opinion else ())
        ),
        without=_optional(opinion.without if opinion else None),
        composition=tuple(
            PartOfWhole(one.dimensions, one.points, sources[one.source]) for one in form.composition
        ),
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
                    means=variable.means,
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
    group = shares.get(one.shares, {}) if one.shares else {}
    weight_source = form.shared_weights[one.shares].source if one.shares else one.weight_source
    weight = group[one.code] if group else one.weight
    return Indicator(
        code=one.code,
        text=_wording(one.text),
        scale=_scale(form.scales[one.scale]),
        sides=one.sides,
        asked=one.asked,
        weight=weight or Decimal(0),
        weight_source=sources[weight_source] if weight_source else None,
        text_source=sources[one.text_source],
        counts=_counts(one, form),
        legal_basis=one.legal_basis,
        legal_source=sources[one.legal_source] if one.legal_source else None,
        evidence_asked=_optional(one.evidence_asked),
        evidence_items=tuple(_wording(item) for item in one.evidence_items),
        advice=_optional(one.advice),
        guidance=_optional(one.guidance),
        shared_with=tuple(group),
        required=one.required,
        may_not_apply=one.may_not_apply,
        roles=tuple(role for role in _roles(form) if not one.roles or role.code in one.roles)
        if one.asked is Asked.PER_RESPONDENT
        else (),
        relevant=compiled(one.relevant) if one.relevant else None,
        constraint=compiled(one.constraint) if one.constraint else None,
        constraint_message=_optional(one.constraint_message),
    )


def _scale(scale: ScaleForm) -> Scale:
    counts = scale.kind is AnswerKind.COUNT and scale.least is None and scale.whole
    return Scale(
        kind=scale.kind,
        levels=tuple(
            Level(one.value, one.fulfilment, _wording(one.rubric)) for one in scale.levels
        ),
        parts=tuple(Part(one.value, _wording(one.name), one.share) for one in scale.parts),
        steps=tuple(
            Step(one.at_least, one.fulfilment, _optional(one.rubric)) for one in scale.steps
        ),
        target=scale.target,
        unit=_optional(scale.unit),
        least=Decimal(0) if counts and (scale.steps or scale.target) else scale.least,
        most=scale.most,
        whole=scale.whole,
    )


def _roles(form: InstrumentForm) -> tuple[Role, ...]:
    return tuple(_role(one) for one in (form.respondents.roles if form.respondents else ()))


def _role(one: RoleForm) -> Role:
    return Role(
        code=one.code,
        name=_wording(one.name),
        kind=one.kind,
        posts=one.posts,
        at_least=one.at_least,
        share=one.share,
        substitute_share=one.substitute_share,
    )


def _counts(one: IndicatorForm, form: InstrumentForm) -> SideRule:
    """The indicator's own rule, else its only side, else the instrument's default."""
    if one.counts is not None:
        return one.counts
    if len(one.sides) == 1:
        return SideRule(one.sides[0].value)
    return form.counts.rule


def _band(zone: ZoneForm, source: Source) -> Band:
    return Band(
        lower=zone.lower,
        upper=zone.upper,
        zone=zone.zone,
        name=_wording(zone.name),
        source=source,
        category=zone.category,
        opinion=_optional(zone.opinion),
        dark=zone.dark,
    )


def _source(source: SourceForm) -> Source:
    return Source(source.verified, source.note.id, source.note.en)


def _wording(wording: WordingForm) -> Wording:
    return Wording(wording.id, wording.en)


def _optional(wording: WordingForm | None) -> Wording | None:
    return None if wording is None else _wording(wording)
