"""One institution's years and units in the words of the window."""

from collections.abc import Sequence

from assessor_app.charts.trend import Step, TrendYear
from assessor_app.domain.instrument import Instrument
from assessor_app.domain.results import Reading
from assessor_app.domain.trend import TrendPoint
from assessor_app.services.method import OwnResult
from assessor_app.services.report.words import NONE
from assessor_app.services.results_page import InstitutionResults
from assessor_app.services.year_rules import Classified
from assessor_app.ui.desk import Desk
from assessor_app.ui.pages.results.rows import (
    opinion_of,
    own_texts,
    reading_notes,
    score_text,
    zone_of,
)
from assessor_app.ui.widgets.trend_chart import YearShown


def drawn_years(desk: Desk, points: Sequence[TrendPoint]) -> list[YearShown]:
    """The years as the chart draws them."""
    return [
        YearShown(
            year=_drawn(point),
            below=str(point.year),
            text=_at_mark(desk, point),
            tip=" ".join([desk.say("results.in_year", year=point.year), *year_told(desk, point)]),
        )
        for point in points
    ]


def spoken_years(desk: Desk, shown: InstitutionResults) -> str:
    """All years in one row for a screen reader."""
    told = [
        desk.say("results.spoken_year", year=point.year, told=" ".join(year_told(desk, point)))
        for point in shown.points
    ]
    return desk.say("results.spoken_years", institution=shown.institution, years=" ".join(told))


def year_told(desk: Desk, point: TrendPoint) -> list[str]:
    """What is known of a year, in sentences: score and zone, then what stands beside them."""
    if point.reading is None:
        return year_remarks(desk, point)
    reading = point.reading
    told = desk.say("results.year", score=score_text(desk, reading), zone=zone_of(desk, reading))
    return [told, *year_remarks(desk, point)]


def year_remarks(desk: Desk, point: TrendPoint) -> list[str]:
    """What breaks the row of years, and what a source says of this one."""
    if not point.held:
        return [desk.say("results.not_held")]
    told = []
    if point.bounds_changed:
        told.append(desk.say("results.bounds_changed"))
    elif point.method_changed:
        told.append(desk.say("results.method_changed"))
    if point.reading is None:
        return [*told, desk.say("results.missing")]
    opinion = opinion_of(desk, point.reading)
    if opinion != NONE:
        told.insert(0, desk.say("results.opinion_told", opinion=opinion))
    told += reading_notes(desk, point.reading)
    return [*told, desk.say("results.source", source=point.reading.result.source)]


def own_told(desk: Desk, own: OwnResult) -> list[str]:
    """What an own result rests on: its units, its instrument, and how they were put together."""
    below, standing = own_texts(desk, own)
    if own.score is None:
        return [below]
    words, whole = desk.words, own.score.aggregate
    rule = words(f"aggregation.{whole.rule.value}")
    instrument = words.of(own.score.instrument.title)
    members = [
        desk.say("results.own_unit", unit=one.unit.name, score=words.points(one.unit.score))
        for one in whole.members
    ]
    how = desk.say("results.own_rule", instrument=instrument, rule=rule)
    return [standing, below, how, *members]


def rule_told(desk: Desk, reading: Reading, found: Classified) -> list[str]:
    """The same score under another year's rule, in sentences, and that its own year's holds."""
    words, band = desk.words, found.band
    places = {
        "score": words.points(found.score),
        "year": reading.result.year,
        "other": found.rule.year,
    }
    if band is None:
        return [desk.say("results.rule_unpublished", **places)]
    bounds = {"lower": words.weight(band.lower), "upper": words.weight(band.upper)}
    zone = words(f"zone.{band.zone.value}")
    name = "results.rule_category" if band.category else "results.rule_zone"
    told = [desk.say(name, **places, **bounds, zone=zone, category=band.category or "")]
    told.append(desk.say("results.rule_own", **places, zone=zone_of(desk, reading)))
    if not found.verified:
        source = words.note_of(found.source)
        told.append(desk.say("results.rule_unverified", **places, source=source))
    return told


def _drawn(point: TrendPoint) -> TrendYear:
    reading, instrument = point.reading, point.instrument
    return TrendYear(
        score=reading.result.score if reading else None,
        zone=reading.zone if reading else None,
        maximum=instrument.maximum if instrument else None,
        steps=_steps(instrument),
        changed=point.method_changed,
        shown=reading is not None,
        held=point.held,
    )


def _steps(instrument: Instrument | None) -> tuple[Step, ...]:
    bands = instrument.bands if instrument else ()
    return tuple(Step(band.lower, band.zone) for band in sorted(bands, key=lambda one: one.lower))


def _at_mark(desk: Desk, point: TrendPoint) -> str:
    """The score at its mark; what stands where no mark is."""
    if not point.held:
        return desk.say("results.none_held")
    if point.reading is None or point.reading.result.score is None:
        return NONE
    return desk.words.points(point.reading.result.score)
