"""How an institution's score is told: what each unit does to it, and what stays out."""

from collections.abc import Iterator
from decimal import Decimal
from fractions import Fraction

from assessor_app.cli.context import Context
from assessor_app.cli.method_telling import (
    band_data,
    maximum_data,
    source_line,
    taken_lines,
    words_of,
    zone_lines,
)
from assessor_app.domain.aggregation import DimensionDifference, Member, UnitScore, rounded
from assessor_app.domain.event import Json
from assessor_app.domain.instrument import Instrument
from assessor_app.domain.numbers import exact_text
from assessor_app.domain.results import classify
from assessor_app.domain.scoring import published
from assessor_app.services.report.words import Words
from assessor_app.services.units_file import UnitRow, Units
from assessor_app.services.year_rules import Aggregated


def aggregated_data(context: Context, made: Aggregated, units: Units) -> dict[str, Json]:
    words, rule, whole = words_of(context), made.classified.rule, made.aggregate
    instrument = rule.instrument
    return {
        "year": rule.year,
        "object": rule.object_type.code,
        "asked_object": rule.asked,
        "score": f"{whole.score:f}",
        "maximum": maximum_data(rule.maximum),
        **band_data(made.classified.band, instrument, words),
        "source": words.note_of(instrument.bands_source),
        "verified": made.classified.verified and instrument.aggregation_source.verified,
        "instrument": instrument.pin,
        "rule": whole.rule.value,
        "rule_source": words.note_of(instrument.aggregation_source),
        "rule_verified": instrument.aggregation_source.verified,
        "units": [_member_data(one, instrument, words) for one in whole.members],
        "left_out": [
            {**_unit_data(one.unit), "rolls_up_to": one.rolls_up_to} for one in whole.left_out
        ],
        "not_assessed": [_unit_data(one) for one in made.not_assessed],
        "rounded": [
            {"row": row.number, "unit": row.unit.name, "given": exact_text(row.given)}
            for row in units.rounded
        ],
        "national": [
            {
                "body": one.body,
                "score": f"{one.aggregate.score:f}",
                "units": [member.unit.name for member in one.aggregate.members],
            }
            for one in made.bodies
        ],
        "differences": [
            {
                "row": row.number,
                "unit": row.unit.name,
                "score": exact_text(one.score),
                "sum": exact_text(one.total),
                "difference": exact_text(one.difference),
                "agreement": one.agreement.value,
                "statement": _difference(row, one, words),
            }
            for row, one in units.odd
        ],
        "ignored_columns": list(units.ignored),
    }


def aggregated_lines(context: Context, made: Aggregated, units: Units) -> list[str]:
    """The institution's score with what each unit does to it, and what stays out."""
    words, whole = words_of(context), made.aggregate
    instrument = made.classified.rule.instrument
    told = {
        "count": len(whole.members),
        "year": made.classified.rule.year,
        "rule": words(f"aggregation.{whole.rule.value}"),
        "score": words.points(whole.score),
    }
    lines = [context.say("method.aggregated", **told)]
    if not instrument.aggregation_source.verified:
        note = words.note_of(instrument.aggregation_source)
        lines.append(context.say("method.aggregation_unverified", source=note))
    lines += taken_lines(context, made.classified.rule)
    lines += [*zone_lines(context, made.classified), source_line(context, made.classified)]
    lines += [_member(context, one, words) for one in whole.members]
    lines += _beside(context, made, words)
    lines += [_rounded(context, row, words) for row in units.rounded]
    lines += [_difference(row, odd, words) for row, odd in units.odd]
    if units.ignored:
        lines.append(context.say("method.ignored", columns=", ".join(units.ignored)))
    return lines


def _beside(context: Context, made: Aggregated, words: Words) -> Iterator[str]:
    """The units that do not count: where their scores go instead, or that they go nowhere."""
    whole, year = made.aggregate, made.classified.rule.year
    for out in whole.left_out:
        unit = {"unit": out.unit.name, "score": words.points(out.unit.score)}
        yield context.say("method.left_out", **unit, body=out.rolls_up_to)
    for unknown in made.not_assessed:
        unit = {"unit": unknown.name, "score": words.points(unknown.score)}
        yield context.say("method.not_assessed", **unit, year=year)
    for one in made.bodies:
        body = {"body": one.body, "score": words.points(one.aggregate.score)}
        yield context.say("method.national", **body, count=len(one.aggregate.members))


def _unit_data(unit: UnitScore) -> dict[str, Json]:
    return {
        "unit": unit.name,
        "score": f"{published(unit.score):f}",
        "products": unit.products,
        "object": unit.object_type,
    }


def _member_data(one: Member, instrument: Instrument, words: Words) -> dict[str, Json]:
    band = classify(instrument, one.unit.score)
    return {
        **_unit_data(one.unit),
        "share": f"{rounded(one.share * 100):f}",
        "points": f"{rounded(one.points):f}",
        "effect": None if one.effect is None else f"{rounded(one.effect):f}",
        "room": f"{rounded(one.room):f}",
        "zone": band.zone.value if band else None,
        "zone_name": words(f"zone_word.{band.zone.value}") if band else None,
        "category": band.category if band else None,
    }


def _member(context: Context, one: Member, words: Words) -> str:
    places = {
        "unit": one.unit.name,
        "score": words.points(one.unit.score),
        "room": words.points(rounded(one.room)),
    }
    if one.effect is None:
        return context.say("method.unit_alone", **places)
    places |= {"share": _percent(one.share, words), "effect": _signed(one.effect, words)}
    return context.say("method.unit", **places)


def _rounded(context: Context, row: UnitRow, words: Words) -> str:
    places = {"unit": row.unit.name, "row": row.number, "score": words.points(row.unit.score)}
    return context.say("method.rounded", **places, given=words.number(row.given))


def _signed(points: Fraction, words: Words) -> str:
    """Points with their sign: +1,83 or −1,25."""
    number = rounded(abs(points))
    sign = "" if not number else "+" if points > 0 else "−"
    return sign + words.points(number)


def _percent(share: Fraction, words: Words) -> str:
    return words.percent(rounded(share * 100), Decimal(100))


def _difference(row: UnitRow, one: DimensionDifference, words: Words) -> str:
    return words(
        f"agreement.{one.agreement.value}",
        unit=row.unit.name,
        total=words.points(one.total),
        score=words.points(one.score),
        difference=words.points(abs(one.difference)),
    )
