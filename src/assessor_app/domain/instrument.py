"""An instrument: what one year's method asks of one kind of office, as data."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from enum import StrEnum

from assessor_app.domain.bands import Band, Opinion, PartOfWhole
from assessor_app.domain.conditions import Condition
from assessor_app.domain.problem import RecordRefused
from assessor_app.domain.respondents import Role
from assessor_app.domain.scale import LEVELLED, AnswerKind, Level, Part, Scale, Step
from assessor_app.domain.wording import Source, Wording

__all__ = [
    "LEVELLED",
    "AggregationRule",
    "AnswerKind",
    "Asked",
    "Band",
    "Denominator",
    "Dimension",
    "Indicator",
    "Instrument",
    "Level",
    "Means",
    "NotAssessable",
    "ObjectType",
    "Opinion",
    "Part",
    "PartOfWhole",
    "Role",
    "Scale",
    "Side",
    "SideRule",
    "Source",
    "Step",
    "Variable",
    "Wording",
]


class Side(StrEnum):
    """The two sides of the record: what is on paper, and what is seen in practice."""

    PAPERWORK = "paperwork"
    PRACTICE = "practice"

    __hash__ = str.__hash__  # Enum's own is a call in Python, at every look into an observation


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


class Denominator(StrEnum):
    """Where the points of an indicator go that does not apply: to the others of the same."""

    INSTRUMENT = "instrument"
    DIMENSION = "dimension"


class NotAssessable(StrEnum):
    """What becomes of the points of a side that could not be assessed."""

    OPEN = "open"  # unmeasured: they may still be anything
    ZERO = "zero"  # earned by nobody
    LEAVE_OUT = "leave_out"  # as if it did not apply


class Means(StrEnum):
    """By which means a variable is measured (method.md 1.6)."""

    INTERVIEW = "interview"
    OBSERVATION = "observation"
    DOCUMENT_REVIEW = "document_review"
    SECONDARY_DATA = "secondary_data"


@dataclass(frozen=True, slots=True)
class Indicator:
    """One question, with its sides, its scale and its weight in points.

    `weight` is the indicator's own points, or its equal share of points that the source gives
    only for a group (`shared_with` then names the group's members, and the weight is unverified).
    It is 0, and `weight_source` None, for a question that is not scored, and throughout an
    instrument without weights. `relevant` says when it is asked at all, `constraint` what an
    answer must fulfil. `evidence_items` are the papers and photos that the method names for it.
    """

    code: str
    text: Wording
    scale: Scale
    sides: tuple[Side, ...]
    asked: Asked
    weight: Decimal
    weight_source: Source | None
    text_source: Source
    counts: SideRule
    legal_basis: tuple[str, ...]
    legal_source: Source | None
    evidence_asked: Wording | None
    advice: Wording | None
    guidance: Wording | None = None
    shared_with: tuple[str, ...] = ()
    required: bool = True
    may_not_apply: bool = True
    roles: tuple[Role, ...] = ()
    evidence_items: tuple[Wording, ...] = ()
    relevant: Condition | None = None
    constraint: Condition | None = None
    constraint_message: Wording | None = None

    @property
    def kind(self) -> AnswerKind:
        return self.scale.kind

    @property
    def levels(self) -> tuple[Level, ...]:
        return self.scale.levels

    @property
    def scored(self) -> bool:
        """Whether its answer can be more or less fulfilled."""
        return self.scale.scored

    @property
    def verified(self) -> bool:
        weight = self.weight_source is None or self.weight_source.verified
        return weight and self.text_source.verified

    def accepts_side(self, side: Side) -> None:
        """Raise RecordRefused where the indicator does not have this side."""
        if side not in self.sides:
            raise RecordRefused(
                "side_not_asked",
                indicator=self.code,
                side=side.value,
                sides=", ".join(self.sides),
            )

    def accepts(self, side: Side, answer: str) -> str:
        """The answer as it is written down.

        Raises RecordRefused where the indicator lacks the side or the scale lacks the answer.
        """
        self.accepts_side(side)
        paper = side is Side.PAPERWORK
        return self.scale.canonical(answer, indicator=self.code, paper=paper)

    def fulfilment(self, side: Side, answer: str, *, promised: str | None = None) -> Decimal | None:
        """How far an answer that was accepted fulfils the indicator on a side, from 0 to 1.

        None where it cannot be said: the scale is not scored, or a duration was not promised.
        """
        return self.scale.fulfilment(answer, paper=side is Side.PAPERWORK, promised=promised)


@dataclass(frozen=True, slots=True)
class Variable:
    name: Wording
    indicators: tuple[Indicator, ...]
    means: tuple[Means, ...] = ()


@dataclass(frozen=True, slots=True)
class Dimension:
    code: str
    name: Wording
    variables: tuple[Variable, ...]
    source: Source | None = None

    def indicators(self) -> Iterator[Indicator]:
        for variable in self.variables:
            yield from variable.indicators


@dataclass(frozen=True, slots=True)
class ObjectType:
    """A kind of office that the instrument may be used for.

    A vertical agency's score stays out of the city's and rolls up nationally, into `rolls_up_to`
    (method.md 1.6).
    """

    code: str
    name: Wording
    rolls_up_to: str | None = None

    @property
    def vertical(self) -> bool:
        return self.rolls_up_to is not None


@dataclass(frozen=True, slots=True)
class Instrument:
    """One version of one year's method for some kinds of office.

    `dimensions` is empty where only the bounds of a year are known: such an instrument classifies
    scores but no visit can be made with it. `bands` is empty where the bounds were not published.
    Without weights (`weighted` is false) it gives no score, and `unweighted_because` says why.
    `by_code` holds all indicators in their order.
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
    aggregation: AggregationRule | None
    aggregation_source: Source
    side_rule_source: Source
    digest: str  # SHA-256 of the file's bytes, hex: a visit is pinned to it
    years: tuple[int, ...] = ()
    weighted: bool = True
    unweighted_because: Wording | None = None
    denominator: Denominator = Denominator.INSTRUMENT
    denominator_source: Source | None = None
    not_assessable: NotAssessable = NotAssessable.OPEN
    not_assessable_source: Source | None = None
    roles: tuple[Role, ...] = ()
    roles_source: Source | None = None
    opinions: tuple[Opinion, ...] = ()
    without: Wording | None = None
    composition: tuple[PartOfWhole, ...] = ()
    by_code: Mapping[str, Indicator] = field(init=False, repr=False, compare=False)
    _watchers: Mapping[str, tuple[str, ...]] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        """What every answer looks up is put together once."""
        found: dict[str, Indicator] = {}
        watchers: dict[str, list[str]] = {}
        for one in (one for dimension in self.dimensions for one in dimension.indicators()):
            found.setdefault(one.code, one)
            for name in one.relevant.names if one.relevant is not None else ():
                watchers.setdefault(name, []).append(one.code)
        object.__setattr__(self, "by_code", found)
        object.__setattr__(
            self, "_watchers", {name: tuple(codes) for name, codes in watchers.items()}
        )

    @property
    def pin(self) -> str:
        """The name a visit is pinned to, for ever."""
        return f"{self.id}@{self.version}"

    @property
    def order(self) -> tuple[int, ...]:
        """The version as numbers: 10 comes after 9, and 1.2 after 1."""
        return tuple(int(part) for part in self.version.split("."))

    @property
    def visitable(self) -> bool:
        return bool(self.dimensions)

    def covers(self, year: int) -> bool:
        return year in (self.years or (self.year,))

    def object_type(self, code: str) -> ObjectType | None:
        return next((kind for kind in self.object_types if kind.code == code), None)

    def indicators(self) -> Iterator[Indicator]:
        return iter(self.by_code.values())

    def indicator(self, code: str) -> Indicator:
        """The indicator of that code. Raises RecordRefused where there is none."""
        found = self.by_code.get(code)
        if found is None:
            raise RecordRefused("indicator_unknown", indicator=code, instrument=self.pin)
        return found

    def watchers(self, code: str) -> tuple[str, ...]:
        """The codes of the indicators whose conditions look at this one."""
        return self._watchers.get(code, ())

    def band(self, score: Decimal) -> Band | None:
        """The band a score (points, 0 to `maximum`) falls in; None where none were published.

        Raises ValueError outside of 0 to `maximum`.
        """
        if not 0 <= score <= self.maximum:
            raise ValueError(f"score {score} is outside of 0 to {self.maximum}")
        reached = [band for band in self.bands if score >= band.lower]
        return max(reached, key=lambda band: band.lower, default=None)
