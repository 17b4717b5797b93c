"""How published and own results are told: a table for people, rows of JSON for programs."""

from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from pathlib import Path

from assessor_app.cli.context import Context
from assessor_app.cli.printing import refusal, table
from assessor_app.domain.event import Json
from assessor_app.domain.instrument import Wording
from assessor_app.domain.numbers import exact_text
from assessor_app.domain.ranking import Rank, Ranked, level_of
from assessor_app.domain.results import Reading
from assessor_app.domain.trend import TrendPoint
from assessor_app.services.method import OwnResult
from assessor_app.services.report.words import NONE
from assessor_app.services.results import SideBySide
from assessor_app.services.results_file import Imported

_HEADS = ("rank", "overall", "institution", "year", "score", "category", "zone", "opinion")


def row_data(context: Context, one: Ranked) -> Iterator[Json]:
    """An institution's row, and after it those of its units."""
    yield {
        **reading_data(context, one.reading),
        **_rank_data("", one.rank),
        **_rank_data("overall_", one.overall),
        "green": one.green,
        "red_units": [unit.result.unit for unit in one.red_units],
    }
    for unit in one.units:
        yield reading_data(context, unit)


def reading_data(context: Context, one: Reading) -> dict[str, Json]:
    """What was printed, what its year says of it, and which is which."""
    result, words = one.result, context.words
    level = level_of(result)
    return {
        "origin": "published",
        "institution": result.institution,
        "unit": result.unit,
        "province": result.province,
        "level": level.value if level else None,
        "object": result.object_type,
        "year": result.year,
        "score": None if result.score is None else f"{result.score:f}",
        "category": one.category,
        "category_computed": one.category_computed,
        "zone": one.zone.value if one.zone else None,
        "zone_name": words(f"zone_word.{one.zone.value}") if one.zone else None,
        "zone_computed": one.computed,
        "opinion": words.of(one.opinion) if one.opinion else None,
        "opinion_computed": one.opinion_computed,
        "without_maladministration": result.without_maladministration,
        "award_eligible": result.award_eligible,
        "award_note": _note(context, result.award_note),
        "note": _note(context, result.note),
        "disagrees": one.disagrees,
        "instrument": one.instrument.pin if one.instrument else None,
        "source": result.source,
    }


def own_data(context: Context, one: OwnResult) -> dict[str, Json]:
    """What own visits made: provisional, and why there is no number where there is none."""
    made = one.score
    zone = made.band.zone if made and made.band else None
    return {
        "origin": "own",
        "institution": one.institution,
        "unit": None,
        "year": one.year,
        "units": one.units,
        "sample": one.sample,
        "score": f"{made.aggregate.score:f}" if made else None,
        "zone": zone.value if zone else None,
        "category": made.band.category if made and made.band else None,
        "standing": made.standing.value if made else None,
        "measured": exact_text(made.measured) if made else None,
        "rule": made.aggregate.rule.value if made else None,
        "instrument": made.instrument.pin if made else None,
        "members": [
            {"unit": member.unit.name, "score": f"{member.unit.score:f}"}
            for member in (made.aggregate.members if made else ())
        ],
        "refused": refusal(one.refused, context.language) if one.refused else None,
        "source": context.say("results.own_source"),
    }


def result_lines(context: Context, found: SideBySide) -> list[str]:
    """The table, then what it cannot show by itself: who is green, what a green whole hides."""
    if not found.ranked and not found.loose:
        return []
    rows = [row for one in found.ranked for row in _rows(context, one)]
    rows += [("", "", *_cells(context, one, name=_loose(one))) for one in found.loose]
    lines = [table(rows, [context.say(f"results.head.{head}") for head in _HEADS])]
    notes = [note for one in found.ranked for note in _notes(context, one)]
    legend = [context.say("results.rank_note")] if any(one.rank for one in found.ranked) else []
    readings = [one for row in found.ranked for one in (row.reading, *row.units)] + list(
        found.loose
    )
    if any(one.computed or one.category_computed or one.opinion_computed for one in readings):
        legend.append(context.say("results.computed_note"))
    return lines + _green(context, found) + notes + legend


def own_lines(context: Context, found: Sequence[OwnResult]) -> list[str]:
    """Own visits, never among the published: the number is not determined yet."""
    if not found:
        return []
    lines = ["", context.say("results.own_heading")]
    for one in found:
        mark = f"[{context.words('sample_mark')}] " if one.sample else ""
        places = {"institution": mark + one.institution, "year": one.year, "units": one.units}
        if one.score is None:
            reason = refusal(one.refused, context.language) if one.refused else ""
            lines.append(context.say("results.own_refused", **places, reason=reason))
            continue
        made, words = one.score, context.words
        zone = f"zone.{made.band.zone.value}" if made.band else "zone.none"
        places |= {
            "score": words.points(made.aggregate.score),
            "zone": words(zone),
            "standing": words(f"standing.{made.standing.value}"),
            "measured": words.percent(made.measured, Decimal(1)),
            "instrument": made.instrument.pin,
        }
        lines.append(context.say("results.own", **places))
    return lines


def years_data(context: Context, points: Sequence[TrendPoint], rows: Sequence[Json]) -> list[Json]:
    """The rows with what each year's method did, and a row for each year without a result."""
    known = {point.year: _year_data(context, point) for point in points}
    data: list[Json] = [
        {**row, **known.get(int(str(row["year"])), {})} for row in rows if isinstance(row, Mapping)
    ]
    data += [
        {"origin": "published", "year": point.year, **known[point.year]}
        for point in points
        if point.reading is None
    ]
    return sorted(data, key=_year)


def year_lines(context: Context, points: Sequence[TrendPoint]) -> list[str]:
    """All years in a row, with what breaks it: another method, no assessment, no result."""
    if len(points) <= 1:
        return []
    heads = [context.say(f"results.head.{head}") for head in ("year", "score", "zone", "remark")]
    return ["", table([_year_cells(context, point) for point in points], heads)]


def imported_lines(context: Context, made: Imported, file: Path) -> list[str]:
    counts = made.registered
    lines = [
        context.say(
            "results.imported",
            file=file.name,
            added=counts.added,
            corrected=counts.corrected,
            unchanged=counts.unchanged,
        )
    ]
    lines += [
        context.say(f"results.remark.{one.code}", row=one.row, institution=one.result.institution)
        for one in made.remarks
    ]
    if made.ignored:
        lines.append(context.say("results.ignored", columns=", ".join(made.ignored)))
    return lines


def _year(row: Json) -> int:
    return int(str(row["year"])) if isinstance(row, Mapping) else 0


def _year_cells(context: Context, point: TrendPoint) -> tuple[str, ...]:
    year, words = str(point.year), context.words
    if not point.held:
        return year, NONE, NONE, context.say("results.not_held")
    remarks = []
    if point.bounds_changed:
        remarks.append(context.say("results.bounds_changed"))
    elif point.method_changed:
        remarks.append(context.say("results.method_changed"))
    if point.reading is None:
        remarks.append(context.say("results.missing"))
        return year, NONE, NONE, " ".join(remarks)
    score, zone = point.reading.result.score, point.reading.zone
    return (
        year,
        words.points(score) if score is not None else NONE,
        (words(f"zone.{zone.value}") if zone else NONE) + ("*" if point.reading.computed else ""),
        " ".join(remarks),
    )


def _rows(context: Context, one: Ranked) -> Iterator[tuple[str, ...]]:
    ranks = _rank(context, one.rank), _rank(context, one.overall)
    yield (*ranks, *_cells(context, one.reading, name=one.reading.result.institution))
    for unit in one.units:
        yield ("", "", *_cells(context, unit, name=f"  {unit.result.unit}"))


def _cells(context: Context, one: Reading, *, name: str) -> tuple[str, ...]:
    result, words = one.result, context.words
    zone = words(f"zone.{one.zone.value}") if one.zone else NONE
    return (
        name,
        str(result.year),
        words.points(result.score) if result.score is not None else NONE,
        (one.category or "") + ("*" if one.category_computed else ""),
        zone + ("*" if one.computed else ""),
        _opinion(context, one),
    )


def _opinion(context: Context, one: Reading) -> str:
    opinion = context.words.of(one.opinion) if one.opinion else ""
    opinion += "*" if one.opinion_computed else ""
    if one.result.without_maladministration:
        return context.say("results.without_maladministration", opinion=opinion).strip()
    return opinion


def _rank(context: Context, rank: Rank | None) -> str:
    if rank is None:
        return NONE
    name = "results.rank_tied" if rank.tied else "results.rank"
    told = context.say(name, place=rank.place, among=rank.among)
    return f"{told} +{rank.unscored}" if rank.unscored else told


def _green(context: Context, found: SideBySide) -> list[str]:
    names = [
        f"{one.reading.result.institution} ({one.reading.result.year})"
        for one in found.ranked
        if one.green
    ]
    return ["", context.say("results.green", names="; ".join(names))] if names else []


def _notes(context: Context, one: Ranked) -> Iterator[str]:
    """What stands beside an institution's figures."""
    result = one.reading.result
    places = {"institution": result.institution, "year": result.year}
    if one.hides_red:
        units = "; ".join(unit.result.unit or "" for unit in one.red_units)
        yield context.say("results.hides_red", **places, units=units)
    overall = one.overall
    if overall and overall.place == 1 and overall.among > 1 and not overall.unscored:
        among = overall.among
        name = "results.highest_tied" if overall.tied else "results.highest"
        yield context.say(name, **places, province=result.province, among=among)
    if one.reading.disagrees:
        yield context.say("results.disagrees", **places)
    if result.award_eligible is False:
        note = _note(context, result.award_note) or ""
        yield context.say("results.no_award", **places, note=note).strip()
    if result.note is not None:
        yield context.say("results.note", **places, note=context.words.of(result.note))


def _rank_data(prefix: str, rank: Rank | None) -> dict[str, Json]:
    return {
        f"{prefix}rank": rank.place if rank else None,
        f"{prefix}tied": rank.tied if rank else False,
        f"{prefix}among": rank.among if rank else None,
        f"{prefix}unscored": rank.unscored if rank else None,
    }


def _year_data(context: Context, point: TrendPoint) -> dict[str, Json]:
    return {
        "held": point.held,
        "method_changed": point.method_changed,
        "bounds_changed": point.bounds_changed,
        "year_instrument": point.instrument.pin if point.instrument else None,
        "missing": point.reading is None,
        "year_note": None if point.held else context.say("results.not_held"),
    }


def _loose(one: Reading) -> str:
    return f"{one.result.institution}: {one.result.unit}"


def _note(context: Context, note: Wording | None) -> str | None:
    return context.words.of(note) if note else None
