"""A year's own rule applied to a number: which zone a score has, and what units make together."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from fractions import Fraction

from assessor_app.domain.aggregation import (
    Aggregate,
    NationalScore,
    UnitScore,
    aggregate,
    national,
    not_assessed,
    rounded,
)
from assessor_app.domain.institutions import object_codes
from assessor_app.domain.instrument import Band, Instrument, ObjectType, Source
from assessor_app.domain.problem import MethodRefused
from assessor_app.domain.results import classify, instrument_of_year
from assessor_app.domain.trend import NOT_HELD
from assessor_app.instruments.library import Library

_NUMBER = re.compile(r"-?[0-9]{1,7}([.,][0-9]{1,30})?")
_THOUSANDS = re.compile(r"[1-9][0-9]{0,2}[.,][0-9]{3}")  # 0.005 parts no thousands
_LARGE = 1000
DEFAULT_OBJECT = "kota"


@dataclass(frozen=True, slots=True)
class YearRule:
    """The method of one year for one kind of office.

    `asked` is the kind of office as it was asked for, where the year has no name of its own for it
    and judges it as `object_type`.
    """

    year: int
    object_type: ObjectType
    instrument: Instrument
    asked: str | None = None

    @property
    def maximum(self) -> Decimal | None:
        """What scores of that year go up to; None where it was not published."""
        return known_maximum(self.instrument)


@dataclass(frozen=True, slots=True)
class Classified:
    """A score under a year's bounds, as the method publishes it: half up to two decimals.

    `band` is None where the bounds were not published.
    """

    rule: YearRule
    score: Decimal
    band: Band | None

    @property
    def between(self) -> bool:
        """Whether the score lies between two published bounds, and so in the lower band."""
        return self.band is not None and self.score > self.band.upper

    @property
    def source(self) -> Source:
        """Where the bounds are from that decide here, or what is said of their lack."""
        instrument = self.rule.instrument
        if self.band is None:
            return instrument.bands_source
        return instrument.between_source if self.between else self.band.source

    @property
    def verified(self) -> bool:
        """Whether the bounds, and what lies between them where that matters, are sourced."""
        sure = self.band is not None and self.band.source.verified
        return sure and self.source.verified


@dataclass(frozen=True, slots=True)
class Aggregated:
    """An institution's score by a year's rule, and the zone that it has.

    `bodies` are the national bodies that units of the table roll up to instead; `not_assessed` are
    vertical agencies' offices that the year's method does not know and that count nowhere.
    """

    aggregate: Aggregate
    classified: Classified
    bodies: tuple[NationalScore, ...]
    not_assessed: tuple[UnitScore, ...] = ()


def known_maximum(instrument: Instrument) -> Decimal | None:
    """An instrument's maximum where it is known: by its weights, its bounds or its composition.

    Elsewhere the file's figure only fills its form.
    """
    known = instrument.weighted or instrument.bands or instrument.composition
    return instrument.maximum if known else None


def methods(library: Library) -> tuple[Instrument, ...]:
    """The instruments at hand, each for the years that it may answer for, the shipped ones first.

    What is shipped answers for the years that it covers: an own instrument cannot take one of
    them, but as a higher version of the very instrument that is shipped.
    """
    shipped = [one for one in library.all() if library.shipped(one)]
    own = (_answering(one, shipped) for one in library.all() if not library.shipped(one))
    return (*shipped, *(one for one in own if one is not None))


def _answering(own: Instrument, shipped: Sequence[Instrument]) -> Instrument | None:
    """An own instrument with the years that are left to it; None where none is."""
    others = [one for one in shipped if one.id != own.id]
    namesakes = [one for one in shipped if one.id == own.id]
    years = tuple(
        year
        for year in own.years or (own.year,)
        if any(one.covers(year) for one in namesakes) or not any(one.covers(year) for one in others)
    )
    return replace(own, years=years) if years else None


def rule_of(instruments: Sequence[Instrument], year: int, object_name: str) -> YearRule:
    """The method of a year for a kind of office, called by its code or an everyday name.

    Raises MethodRefused: `year_not_held`, `year_unknown`, `object_unknown` with what is known.
    """
    if year in NOT_HELD:
        raise MethodRefused("year_not_held", year=year)
    covering = [one for one in instruments if one.covers(year)]
    if not covering:
        years = {known for one in instruments for known in one.years or (one.year,)}
        known = ", ".join(str(known) for known in sorted(years))
        raise MethodRefused("year_unknown", year=year, known=known)
    codes = object_codes(object_name)
    for code in codes:
        found = instrument_of_year(covering, year, objects=(code,))
        kind = found.object_type(code) if found else None
        if found is not None and kind is not None:
            return YearRule(year, kind, found, None if code == codes[0] else object_name.strip())
    objects = dict.fromkeys(kind.code for one in covering for kind in one.object_types)
    known = ", ".join(objects)
    raise MethodRefused("object_unknown", object=object_name, year=year, known=known)


def read_score(text: str, rule: YearRule) -> Decimal:
    """A score as typed, with a decimal comma or point. Raises MethodRefused.

    1.000 is refused where the maximum is that large: it may mean a thousand, or one.
    """
    typed, maximum = text.strip(), rule.maximum
    if not _NUMBER.fullmatch(typed):
        raise MethodRefused("score_no_number", score=text)
    if maximum is not None and may_be_thousands(typed, maximum):
        raise MethodRefused("score_ambiguous", score=text)
    score = Decimal(typed.replace(",", "."))
    if maximum is not None and not 0 <= score <= maximum:
        raise MethodRefused("score_out_of_range", score=text, maximum=maximum, year=rule.year)
    if score < 0:
        raise MethodRefused("score_below_zero", score=text)
    return score


def may_be_thousands(text: str, maximum: Decimal) -> bool:
    """Whether a mark before three digits may part thousands, where scores go that high."""
    return maximum >= _LARGE and _THOUSANDS.fullmatch(text) is not None


def classified(rule: YearRule, score: Decimal) -> Classified:
    """The band of a score (points, 0 to the instrument's maximum) under a year's rule."""
    told = rounded(Fraction(score))  # at once: 77.9949999999999999 is 77.99, not by way of 77.995
    return Classified(rule, told, _band(rule, told))


def _band(rule: YearRule, score: Decimal) -> Band | None:
    return classify(rule.instrument, score) if rule.maximum is not None else None


def classified_under(rule: YearRule, score: Decimal, *, own: YearRule) -> Classified:
    """The band that a score of another year (its `own` rule) has under this year's rule.

    Raises MethodRefused: `scale_differs` where that year counts to another maximum (a score of
    100 is no score of 1000), `score_out_of_range` where the score's own maximum is not known.
    """
    maximum, known = rule.maximum, own.maximum
    if maximum is not None and known is not None and maximum != known:
        raise MethodRefused("scale_differs", year=rule.year, maximum=maximum, own=known)
    if maximum is not None and score > maximum:
        raise MethodRefused("score_out_of_range", score=score, maximum=maximum, year=rule.year)
    return classified(rule, score)


def aggregated(rule: YearRule, units: Sequence[UnitScore]) -> Aggregated:
    """What units make together by a year's rule, for a vertical agency's office its whole body.

    Raises MethodRefused as `aggregate` does.
    """
    instrument, body = rule.instrument, rule.object_type.rolls_up_to
    unknown = not_assessed(units, instrument)
    if body is None:
        whole = aggregate(units, instrument)
        bodies = _bodies(units, instrument)
        return Aggregated(whole, classified(rule, whole.score), bodies, unknown)
    own = [one.aggregate for one in national(units, instrument) if one.body == body]
    if not own:
        raise MethodRefused("units_missing")
    return Aggregated(own[0], classified(rule, own[0].score), (), unknown)


def _bodies(units: Sequence[UnitScore], instrument: Instrument) -> tuple[NationalScore, ...]:
    """The national bodies of the units that stay out; none where theirs cannot be recomputed."""
    try:
        return national(units, instrument)
    except MethodRefused:
        return ()


def year_rules(instruments: Sequence[Instrument]) -> tuple[YearRule, ...]:
    """Every year and kind of office that has a method, as `rule_of` answers, by year."""
    years = {year for one in instruments for year in one.years or (one.year,)}
    found: dict[tuple[int, str], YearRule] = {}
    for year in sorted(years - NOT_HELD.keys()):
        for one in instruments:
            for kind in one.object_types if one.covers(year) else ():
                rule = rule_of(instruments, year, kind.code)
                found[year, rule.object_type.code] = rule
    return tuple(found.values())
