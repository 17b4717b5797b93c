"""The form of an instrument file: which keys it has and what may stand there."""

import re
from decimal import Decimal
from typing import Annotated, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, StrictBool, StringConstraints
from pydantic_core import PydanticCustomError

from assessor_app.domain.instrument import AggregationRule, AnswerKind, Asked, Side, SideRule
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
Code = Annotated[str, StringConstraints(pattern=r"^[A-Z0-9]+(-[A-Z0-9]+)*$", max_length=24)]
Answer = Annotated[str, StringConstraints(pattern=r"^[a-z0-9_]+$", max_length=24)]
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
    value: Answer
    fulfilment: Points
    rubric: WordingForm


class ScaleForm(_Form):
    kind: AnswerKind
    levels: Annotated[tuple[LevelForm, ...], Field(min_length=2, max_length=50)]


class GroupForm(_Form):
    """Points that the source gives for several indicators together."""

    points: Points
    source: Name


class IndicatorForm(_Form):
    """`weight` with its source, or `shares`: the group of `shared_weights` it belongs to."""

    code: Code
    text: WordingForm
    text_source: Name
    scale: Name
    sides: Annotated[tuple[Side, ...], Field(min_length=1, max_length=2)]
    asked: Asked
    weight: Points | None = None
    weight_source: Name | None = None
    shares: Name | None = None
    counts: SideRule | None = None
    legal_basis: Annotated[tuple[Text, ...], Field(min_length=1)]
    legal_source: Name
    evidence_asked: WordingForm
    advice: WordingForm
    guidance: WordingForm | None = None


class VariableForm(_Form):
    name: WordingForm
    indicators: Annotated[tuple[IndicatorForm, ...], Field(min_length=1)]


class DimensionForm(_Form):
    code: Name
    name: WordingForm
    source: Name
    variables: Annotated[tuple[VariableForm, ...], Field(min_length=1)]


class ObjectTypeForm(_Form):
    code: Name
    name: WordingForm


class ZoneForm(_Form):
    lower: Points
    upper: Points
    zone: Zone
    name: WordingForm
    category: Text | None = None


class BetweenForm(_Form):
    """What a score between two published bounds belongs to."""

    rule: Literal["lower"]
    source: Name


class BandsForm(_Form):
    """`step` is what lies between an upper bound and the next lower one, as published."""

    source: Name
    step: Points
    between: BetweenForm | None = None
    zones: Annotated[tuple[ZoneForm, ...], Field(min_length=1)]


class CountsForm(_Form):
    rule: SideRule
    source: Name


class AggregationForm(_Form):
    rule: AggregationRule
    source: Name


class InstrumentForm(_Form):
    """One file. Without `dimensions` it knows a year's bounds only, and no visit can use it."""

    form: Annotated[Literal[1], Field(description="the version of this form")]
    id: Name
    version: Version
    year: Year
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
    bands: BandsForm
    dimensions: tuple[DimensionForm, ...] = ()
