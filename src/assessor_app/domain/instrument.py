"""An instrument: what one year's method asks of one kind of office, as data."""

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from assessor_app.domain.problem import RecordRefused
from assessor_app.domain.zone import ZoneColour


class Side(StrEnum):
    """The two sides of the record: what is on paper, and what is seen in practice."""

    PAPERWORK = "paperwork"
    PRACTICE = "practice"


class Asked(StrEnum):
    """How often an indicator is asked in one visit."""

    ONCE = "once"
    PER_PRODUCT = "per_product"
    PER_RESPONDENT = "per_respondent"


class SideRule(StrEnum):
    """Which side counts for the score by the instrument's rule."""

    PRACTICE = "practice"
    PAPERWORK = "paperwork"
    LOWER = "lower"
    MEAN = "mean"


class AggregationRule(StrEnum):
    """How unit scores make an institution's score (method.md 0.5 and 0.6)."""

    MEAN_OF_UNITS = "mean_of_units"
    MEAN_OF_PRODUCTS = "mean_of_products"


@dataclass(frozen=True, slots=True)
class Wording:
    """One text in both languages."""

    id: str
    en: str


@dataclass(frozen=True, slots=True)
class Source:
    """Where a weight, text or bound comes from, and whether it was read there.

    `verified` is true for confidence A only (method.md); B and C ship unverified.
    """

    verified: bool
    note: str
    note_en: str = ""


@dataclass(frozen=True, slots=True)
class Level:
    """One answer of an indicator's scale: its name, fulfilment (0 to 1) and rubric."""

    value: str
    fulfilment: Decimal
    rubric: Wording


class AnswerKind(StrEnum):
    PRESENCE = "presence"  # present, absent
    PARTIAL = "partial"  # present, partial, absent
    ORDINAL = "ordinal"  # 0 to k, each level with its rubric


@dataclass(frozen=True, slots=True)
class Indicator:
    """One question, with its sides, its scale and its weight in points.

    `weight` is the indicator's own points, or its equal share of points that the source gives
    only for a group (`shared_with` then names the group's members, and the weight is unverified).
    """

    code: str
    text: Wording
    kind: AnswerKind
    levels: tuple[Level, ...]
    sides: tuple[Side, ...]
    asked: Asked
    weight: Decimal
    weight_source: Source
    text_source: Source
    counts: SideRule
    legal_basis: tuple[str, ...]
    legal_source: Source
    evidence_asked: Wording
    advice: Wording
    guidance: Wording | None = None
    shared_with: tuple[str, ...] = ()

    @property
    def verified(self) -> bool:
        return self.weight_source.verified and self.text_source.verified

    def accepts_side(self, side: Side) -> None:
        """Raise RecordRefused where the indicator does not have this side."""
        if side not in self.sides:
            raise RecordRefused(
                "side_not_asked",
                indicator=self.code,
                side=side.value,
                sides=", ".join(self.sides),
            )

    def accepts(self, side: Side, answer: str) -> Level:
        """The level that an answer means on a side.

        Raises RecordRefused where the indicator lacks the side or the scale lacks the answer.
        """
        self.accepts_side(side)
        for level in self.levels:
            if level.value == answer:
                return level
        raise RecordRefused(
            "answer_unknown",
            indicator=self.code,
            answer=answer,
            answers=", ".join(level.value for level in self.levels),
        )


@dataclass(frozen=True, slots=True)
class Variable:
    name: Wording
    indicators: tuple[Indicator, ...]


@dataclass(frozen=True, slots=True)
class Dimension:
    code: str
    name: Wording
    variables: tuple[Variable, ...]
    source: Source | None = None


@dataclass(frozen=True, slots=True)
class ObjectType:
    """A kind of office that the instrument may be used for."""

    code: str
    name: Wording


@dataclass(frozen=True, slots=True)
class Band:
    """One zone or category with its bounds as published, both inclusive.

    A score between two published bounds (55 to 56) has not reached the upper band yet and belongs
    to the lower; `Instrument.between_source` says how sure that is.
    """

    lower: Decimal
    upper: Decimal
    zone: ZoneColour
    name: Wording
    category: str | None = None


@dataclass(frozen=True, slots=True)
class Instrument:
    """One version of one year's method for some kinds of office.

    `dimensions` is empty where only the bounds of a year are known: such an instrument classifies
    scores but no visit can be made with it.
    """

    id: str
    version: str
    year: int
    title: Wording
    legal_basis: str
    object_types: tuple[ObjectType, ...]
    dimensions: tuple[Dimension, ...]
    bands: tuple[Band, ...]
    bands_source: Source
    between_source: Source
    maximum: Decimal
    aggregation: AggregationRule
    aggregation_source: Source
    side_rule_source: Source
    digest: str  # SHA-256 of the file's bytes, hex: a visit is pinned to it

    @property
    def pin(self) -> str:
        """The name a visit is pinned to, for ever."""
        return f"{self.id}@{self.version}"

    @property
    def visitable(self) -> bool:
        return bool(self.dimensions)

    def indicators(self) -> Iterator[Indicator]:
        for dimension in self.dimensions:
            for variable in dimension.variables:
                yield from variable.indicators

    def indicator(self, code: str) -> Indicator:
        """The indicator of that code. Raises RecordRefused where there is none."""
        for indicator in self.indicators():
            if indicator.code == code:
                return indicator
        raise RecordRefused("indicator_unknown", indicator=code, instrument=self.pin)

    def band(self, score: Decimal) -> Band:
        """The band a score (points, 0 to `maximum`) falls in.

        Raises ValueError outside of 0 to `maximum`.
        """
        if not 0 <= score <= self.maximum:
            raise ValueError(f"score {score} is outside of 0 to {self.maximum}")
        reached = [band for band in self.bands if score >= band.lower]
        return max(reached, key=lambda band: band.lower)
