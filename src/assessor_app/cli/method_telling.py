"""How the method's answers are told: sentences for people, JSON with exact decimals as text."""

from collections.abc import Iterator, Sequence
from datetime import UTC
from decimal import Decimal
from fractions import Fraction

from assessor_app.cli.context import Context
from assessor_app.cli.printing import refusal
from assessor_app.domain.aggregation import rounded
from assessor_app.domain.event import Json
from assessor_app.domain.instrument import Band, Instrument
from assessor_app.domain.numbers import exact_text
from assessor_app.domain.problem import Problem
from assessor_app.services.report.words import Words
from assessor_app.services.year_rules import Classified, YearRule

UNVERIFIED = " †"
_CENTS = -2
_CLASSIFIED, _UNPUBLISHED = "classified", "band not published"
_DIFFERS = "scale differs"


def words_of(context: Context) -> Words:
    """Words without a store: nothing here is dated, so no time zone is asked for."""
    return Words(context.language, UTC)


def bounds(band: Band, instrument: Instrument) -> tuple[Decimal, Decimal]:
    """The bounds of a band, all of an instrument's with as many decimals: 81.00 and 100.00."""
    places = min(
        int(bound.as_tuple().exponent)
        for one in instrument.bands
        for bound in (one.lower, one.upper)
    )
    step = Decimal(1).scaleb(min(places, 0))
    return band.lower.quantize(step), band.upper.quantize(step)


def zone_told(context: Context, band: Band) -> str:
    """A zone in words, a dark-green step by its own: hijau (tua)."""
    zone = words_of(context)(f"zone_word.{band.zone.value}")
    return context.say("method.zone_dark", zone=zone) if band.dark else zone


def maximum_data(maximum: Decimal | None) -> str | None:
    """A year's maximum; null where it was not published."""
    return None if maximum is None else exact_text(maximum)


def band_data(band: Band | None, instrument: Instrument, words: Words) -> dict[str, Json]:
    """A band's names and bounds; every key there, and null, where there is no band."""
    if band is None:
        names = ("zone", "zone_name", "name", "category", "opinion", "bounds", "dark")
        return dict.fromkeys(names)
    lower, upper = bounds(band, instrument)
    return {
        "zone": band.zone.value,
        "zone_name": words(f"zone_word.{band.zone.value}"),
        "name": words.of(band.name),
        "category": band.category,
        "opinion": words.of(band.opinion) if band.opinion else None,
        "bounds": [f"{lower:f}", f"{upper:f}"],
        "dark": band.dark,
    }


def classified_data(context: Context, one: Classified) -> dict[str, Json]:
    words, instrument = words_of(context), one.rule.instrument
    return {
        "year": one.rule.year,
        "object": one.rule.object_type.code,
        "asked_object": one.rule.asked,
        "score": f"{one.score:f}",
        "maximum": maximum_data(one.rule.maximum),
        **band_data(one.band, instrument, words),
        "source": words.note_of(one.source),
        "verified": one.verified,
        "between": one.between,
        "status": _CLASSIFIED if one.band else _UNPUBLISHED,
        "instrument": instrument.pin,
        "statement": " ".join(_statement(context, one)),
    }


def differing_data(
    context: Context, rule: YearRule, refused: Problem, *, score: Decimal
) -> dict[str, Json]:
    """The keys of `classified_data` for a year that counts on another scale: no zone, and why."""
    instrument = rule.instrument
    return {
        "year": rule.year,
        "object": rule.object_type.code,
        "asked_object": rule.asked,
        "score": f"{rounded(Fraction(score)):f}",
        "maximum": maximum_data(rule.maximum),
        **band_data(None, instrument, words_of(context)),
        "source": None,
        "verified": False,
        "between": False,
        "status": _DIFFERS,
        "instrument": instrument.pin,
        "statement": refusal(refused, context.language),
    }


def classified_lines(context: Context, one: Classified) -> list[str]:
    """What a score is under a year's rule, and how sure that is."""
    words, rule = words_of(context), one.rule
    places = {
        "object": words.of(rule.object_type.name),
        "year": rule.year,
        "score": words.points(one.score),
    }
    if rule.maximum is None:
        told = context.say("method.score_alone", **places)
    else:
        told = context.say("method.score", **places, maximum=words.weight(rule.maximum))
    taken = taken_lines(context, rule)
    return [told, *taken, *zone_lines(context, one), source_line(context, one)]


def taken_lines(context: Context, rule: YearRule) -> list[str]:
    """For which kind of office the asked one was taken, where it was for another."""
    if rule.asked is None:
        return []
    taken = words_of(context).of(rule.object_type.name)
    places = {"asked": rule.asked, "year": rule.year, "object": taken}
    return [context.say("method.taken_for", **places, code=rule.object_type.code)]


def _statement(context: Context, one: Classified) -> list[str]:
    """The lines without the source, which stands beside them; what is unverified says so."""
    lines = classified_lines(context, one)
    return lines[:-1] if one.verified or one.band is None else lines


def zone_lines(context: Context, one: Classified) -> Iterator[str]:
    """The zone, category and opinion of a score, or that no bounds were published."""
    words, band = words_of(context), one.band
    if band is None:
        yield context.say("method.unpublished", year=one.rule.year)
        return
    lower, upper = bounds(band, one.rule.instrument)
    yield context.say(
        "method.zone_category" if band.category else "method.zone",
        zone=zone_told(context, band),
        category=band.category,
        lower=_bound(lower, words),
        upper=_bound(upper, words),
        name=words.of(band.name),
    )
    if band.opinion and band.opinion != band.name:
        yield context.say("method.opinion", opinion=words.of(band.opinion))
    if band.dark:
        yield context.say("method.dark")
    if one.between:
        yield context.say("method.between")


def source_line(context: Context, one: Classified) -> str:
    """Where the bounds are from, and whether they were read there."""
    source = words_of(context).note_of(one.source)
    if one.band is None:
        return source
    return context.say("method.verified" if one.verified else "method.unverified", source=source)


def _bound(bound: Decimal, words: Words) -> str:
    """A bound as published: 78,00 where the year's bounds have decimals, else 56."""
    return words.points(bound) if bound.as_tuple().exponent == _CENTS else words.number(bound)


def rule_data(context: Context, rule: YearRule) -> dict[str, Json]:
    """One year and kind of office: its bounds, and what of its method is sourced."""
    words, instrument = words_of(context), rule.instrument
    aggregation, indicators = instrument.aggregation, list(instrument.indicators())
    return {
        "year": rule.year,
        "object": rule.object_type.code,
        "object_name": words.of(rule.object_type.name),
        "rolls_up_to": rule.object_type.rolls_up_to,
        "held": True,
        "instrument": instrument.pin,
        "title": words.of(instrument.title),
        "legal_basis": instrument.legal_basis,
        "maximum": maximum_data(rule.maximum),
        "bounds": [band_data(band, instrument, words) for band in instrument.bands],
        "status": _CLASSIFIED if instrument.bands else _UNPUBLISHED,
        "source": words.note_of(instrument.bands_source),
        "verified": instrument.bands_source.verified,
        "weighted": instrument.weighted,
        "indicators": len(indicators),
        "indicators_verified": sum(one.verified for one in indicators),
        "rule": aggregation.value if aggregation else None,
        "rule_source": words.note_of(instrument.aggregation_source),
        "rule_verified": instrument.aggregation_source.verified,
    }


def rule_lines(context: Context, rules: Sequence[YearRule]) -> Iterator[str]:
    """Every instrument with its years, its bounds, its aggregation and its kinds of office."""
    words = words_of(context)
    together: dict[str, list[YearRule]] = {}
    for rule in rules:
        together.setdefault(rule.instrument.pin, []).append(rule)
    for found in together.values():
        instrument = found[0].instrument
        rule_name, maximum = instrument.aggregation, found[0].maximum
        scale = "" if maximum is None else f"0–{words.weight(maximum)}: "
        yield context.say(
            "method.instrument",
            years=", ".join(dict.fromkeys(str(rule.year) for rule in found)),
            title=words.of(instrument.title),
            scale=scale,
            bounds=_bounds_told(context, instrument, words),
            aggregation=words(f"aggregation.{rule_name.value}")
            if rule_name
            else context.say("method.no_aggregation"),
            doubt="" if instrument.aggregation_source.verified or rule_name is None else UNVERIFIED,
            objects=", ".join(dict.fromkeys(rule.object_type.code for rule in found)),
        )


def _bounds_told(context: Context, instrument: Instrument, words: Words) -> str:
    if not instrument.bands:
        return context.say("method.bounds_unpublished")
    told = []
    for band in instrument.bands:
        lower, upper = bounds(band, instrument)
        places = {
            "zone": zone_told(context, band),
            "category": band.category,
            "lower": _bound(lower, words),
            "upper": _bound(upper, words),
        }
        name = "method.bounds_category" if band.category else "method.bounds_one"
        told.append(context.say(name, **places))
    return "; ".join(told) + ("" if instrument.bands_source.verified else UNVERIFIED)
