"""The form of an instrument file: which keys it has and what may stand there."""

import re
from decimal import Decimal
from typing import Annotated, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, StrictBool, StringConstraints
from pydantic_core import PydanticCustomError

from assessor_app.domain.instrument import (
    AggregationRule,
    AnswerKind,
    Asked,
    Denominator,
    Means,
    NotAssessable,
    Side,
    SideRule,
)
from assessor_app.domain.respondents import RespondentKind
from assessor_app.domain.zone import ZoneColour as Zone

_NUMBER = re.compile(r"-?[0-9]{1,9}(\.[0-9]{1,9})?")


def _exact(value: object) -> Decimal:
    """A Decimal from digits as they stand in the file; no exponent, no float, no NaN."""
    if isinstance(value, bool) or not isinstance(value, int | str):
        raise PydanticCustomError("exact_number", "expected a number")
    if not _NUMBER.fullmatch(str(value)):
        raise PydanticCustomError("exact_number", "expected a number")
    return Decimal(value)


Text = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=4_000)]
Points = Annotated[Decimal, BeforeValidator(_exact)]
Year = Annotated[int, Field(strict=True, ge=2000, le=2100)]
Name = Annotated[str, StringConstraints(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$", max_length=60)]
Code = Annotated[
    str, StringConstraints(pattern=r"^[A-Za-z0-9_]+([-.][A-Za-z0-9_]+)*$", max_length=48)
]
Answer = Annotated[
    str, StringConstraints(pattern=r"^[A-Za-z0-9_]+([-.][A-Za-z0-9_]+)*$", max_length=48)
]
Expression = Annotated[
    str, StringConstraints(strip_whitespace=True, min_length=1, max_length=2_000)
]
Version = Annotated[str, StringConstraints(pattern=r"^[0-9]{1,6}(\.[0-9]{1,6})*$", max_length=24)]


class _Form(BaseModel):
    # A version `1` or a category `5` is text that happens to look like a number.
    model_config = ConfigDict(extra="forbid", frozen=True, coerce_numbers_to_str=True)


class WordingForm(_Form):
    id: Text
    en: Text


class SourceForm(_Form):
    """`verified` is true only for what was read in the source that the note names."""

    verified: StrictBool
    note: WordingForm


class LevelForm(_Form):
    """`fulfilment` is left out on every level of a scale that is not scored."""

    value: Answer
    fulfilment: Points | None = None
    rubric: WordingForm


class PartForm(_Form):
    """One part of a checklist; all parts have a `share`, or none where it is not scored."""

    value: Answer
    name: WordingForm
    share: Points | None = None


class StepForm(_Form):
    at_least: Points
    fulfilment: Points
    rubric: WordingForm | None = None


class ScaleForm(_Form):
    """Which of the keys a kind has stands in scale_rules."""

    kind: AnswerKind
    levels: Annotated[tuple[LevelForm, ...], Field(max_length=50)] = ()
    parts: Annotated[tuple[PartForm, ...], Field(max_length=100)] = ()
    steps: Annotated[tuple[StepForm, ...], Field(max_length=50)] = ()
    target: Points | None = None
    unit: WordingForm | None = None
    least: Points | None = None
    most: Points | None = None
    whole: StrictBool = True


class GroupForm(_Form):
    """Points that the source gives for several indicators together."""

    points: Points
    source: Name


class IndicatorForm(_Form):
    """`weight` with its source, or `shares`: the group of `shared_weights` it belongs to.

    Neither stands in a file with `unweighted`, nor at a question whose scale is not scored.
    `roles` name those who are asked where it is asked per respondent; all, where none is named.
    """

    code: Code
    text: WordingForm
    text_source: Name
    scale: Name
    sides: Annotated[tuple[Side, ...], Field(max_length=2)]
    asked: Asked
    weight: Points | None = None
    weight_source: Name | None = None
    shares: Name | None = None
    counts: SideRule | None = None
    legal_basis: tuple[Text, ...] = ()
    legal_source: Name | None = None
    evidence_asked: WordingForm | None = None
    evidence_items: tuple[WordingForm, ...] = ()
    advice: WordingForm | None = None
    guidance: WordingForm | None = None
    required: StrictBool = True
    may_not_apply: StrictBool = True
    roles: tuple[Name, ...] = ()
    relevant: Expression | None = None
    constraint: Expression | None = None
    constraint_message: WordingForm | None = None


class VariableForm(_Form):
    name: WordingForm
    means: tuple[Means, ...] = ()
    indicators: Annotated[tuple[IndicatorForm, ...], Field(min_length=1)]


class DimensionForm(_Form):
    code: Name
    name: WordingForm
    source: Name
    variables: Annotated[tuple[VariableForm, ...], Field(min_length=1)]


class ObjectTypeForm(_Form):
    """`rolls_up_to` is the national body that a vertical agency's score belongs to."""

    code: Name
    name: WordingForm
    rolls_up_to: Text | None = None


class ZoneForm(_Form):
    """`source` stands where a zone's bounds are from elsewhere than those of the others."""

    lower: Points
    upper: Points
    zone: Zone
    name: WordingForm
    category: Text | None = None
    opinion: WordingForm | None = None
    dark: StrictBool = False
    source: Name | None = None


class BetweenForm(_Form):
    """What a score between two published bounds belongs to."""

    rule: Literal["lower"]
    source: Name


class BandsForm(_Form):
    """`step` is what lies between an upper bound and the next lower one, as published.

    Without `zones` the bounds were not published, and `source` says so.
    """

    source: Name
    step: Points | None = None
    between: BetweenForm | None = None
    zones: tuple[ZoneForm, ...] = ()


class CountsForm(_Form):
    rule: SideRule
    source: Name


class AggregationForm(_Form):
    """Without a `rule` no source says how units make an institution's score."""

    rule: AggregationRule | None = None
    source: Name


class DenominatorForm(_Form):
    rule: Denominator
    source: Name


class NotAssessableForm(_Form):
    rule: NotAssessable
    source: Name


class UnweightedForm(_Form):
    """The sentence that stands where other instruments have a score."""

    because: WordingForm


class RoleForm(_Form):
    code: Name
    name: WordingForm
    kind: RespondentKind
    posts: Annotated[int, Field(strict=True, ge=1, le=1000)] | None = None
    at_least: Annotated[int, Field(strict=True, ge=1, le=100_000)] | None = None
    share: Points = Decimal(1)
    substitute_share: Points = Decimal(1)


class RespondentsForm(_Form):
    source: Name
    roles: Annotated[tuple[RoleForm, ...], Field(min_length=1)]


class OpinionWordForm(_Form):
    quality: WordingForm
    opinion: WordingForm
    source: Name


class OpinionForm(_Form):
    """Words without bounds; `without` is the suffix of the second axis."""

    words: Annotated[tuple[OpinionWordForm, ...], Field(min_length=1)]
    without: WordingForm | None = None


class PartOfWholeForm(_Form):
    dimensions: Annotated[tuple[Name, ...], Field(min_length=1)]
    points: Points
    source: Name


class InstrumentForm(_Form):
    """One file. Without `dimensions` it knows a year's bounds only, and no visit can use it."""

    form: Annotated[Literal[1], Field(description="the version of this form")]
    id: Name
    version: Version
    year: Year
    years: tuple[Year, ...] = ()
    title: WordingForm
    legal_basis: Text
    maximum: Points
    object_types: Annotated[tuple[ObjectTypeForm, ...], Field(min_length=1)]
    sources: dict[Name, SourceForm]
    scales: dict[Name, ScaleForm] = Field(default_factory=dict)
    shared_weights: dict[Name, GroupForm] = Field(default_factory=dict)
    retired_codes: tuple[Code, ...] = ()
    counts: CountsForm
    aggregation: AggregationForm
    denominator: DenominatorForm | None = None
    not_assessable: NotAssessableForm | None = None
    unweighted: UnweightedForm | None = None
    respondents: RespondentsForm | None = None
    opinion: OpinionForm | None = None
    composition: tuple[PartOfWholeForm, ...] = ()
    bands: BandsForm
    dimensions: tuple[DimensionForm, ...] = ()
