"""`improve`: what an office, or a whole institution, has to repair to reach a better zone."""

from decimal import Decimal
from pathlib import Path
from typing import Annotated

import typer

from assessor_app.cli.context import Context, context_of
from assessor_app.cli.printing import answer, table
from assessor_app.domain.event import Json
from assessor_app.domain.improvement import Reach, Repair
from assessor_app.domain.instrument import Band
from assessor_app.domain.numbers import exact_text
from assessor_app.services.efforts import Efforts, efforts_from, read_efforts
from assessor_app.services.improving import Way, way_of_institution, way_of_visit
from assessor_app.services.report.summary import zone_name
from assessor_app.services.report.words import Words


def register(app: typer.Typer) -> None:
    app.command()(improve)


def improve(
    ctx: typer.Context,
    visit: Annotated[str | None, typer.Argument(help="Kunjungan / the visit.")] = None,
    *,
    institution: Annotated[str | None, typer.Option(help="Instansi, bukan satu unit.")] = None,
    year: Annotated[int | None, typer.Option(help="Tahun kunjungannya.")] = None,
    target: Annotated[
        str | None, typer.Option(help="green, yellow, atau kategori; bawaan: zona berikutnya.")
    ] = None,
    effort: Annotated[
        list[str] | None, typer.Option(help="Upaya satu indikator, mis. P15-06=3; berulang.")
    ] = None,
    efforts: Annotated[Path | None, typer.Option(help="CSV: code, effort, unit.")] = None,
    sample: Annotated[bool, typer.Option(help="Hitung kunjungan CONTOH instansi itu.")] = False,
) -> None:
    """Jalan ke hijau: perbaikan dengan upaya paling kecil / the way to a better zone."""
    context = context_of(ctx, looking=True)
    given = efforts_from(effort or ()).over(read_efforts(efforts) if efforts else Efforts())
    if visit is not None and institution is None:
        session = context.session(visit)
        way = way_of_visit(
            session.snapshot, session.outlook(), session.instrument, target=target, efforts=given
        )
    elif visit is None and institution is not None and year is not None:
        way = way_of_institution(
            context.workplace,
            context.application.library,
            institution,
            year,
            target=target,
            efforts=given,
            sample=sample,
        )
    else:
        raise typer.BadParameter(context.say("improve.needs_one"))
    answer(context, _way_data(context, way), _way_text(context, way))


def _way_data(context: Context, way: Way) -> Json:
    plan, words = way.plan, context.words
    now, after = (way.instrument.band(score) for score in (plan.now, plan.after))
    aim = plan.aim
    return {
        "status": plan.reach.value,
        "institution": way.institution,
        "unit": way.unit,
        "year": way.year,
        "instrument": way.instrument.pin,
        "target": {
            "zone": aim.zone.value,
            "category": aim.category,
            "lower": exact_text(aim.lower),
        },
        "now": f"{plan.now:f}",
        "now_zone": now.zone.value if now else None,
        "after": f"{plan.after:f}",
        "after_zone": after.zone.value if after else None,
        "missing": f"{plan.missing:f}",
        "effort": exact_text(plan.effort),
        "repairs": [_repair_data(words, way, one) for one in plan.repairs],
        "units": [
            {
                "unit": one.unit,
                "before": f"{one.before:f}",
                "after": f"{one.after:f}",
                "effect": exact_text(one.effect),
            }
            for one in plan.units
        ],
        "opens": list(way.opens),
        "certain": not way.opens,
        "unmeasured": exact_text(way.unmeasured),
        "maximum": exact_text(way.maximum),
        "standing": way.standing.value,
        "sample": way.sample,
        "statement": words("improve.statement"),
    }


def _repair_data(words: Words, way: Way, one: Repair) -> Json:
    indicator = way.instrument.indicator(one.indicator)
    return {
        "unit": one.unit,
        "indicator": one.indicator,
        "text": words.of(indicator.text),
        "advice": words.of(indicator.advice) if indicator.advice else None,
        "gain": exact_text(one.gain),
        "effort": exact_text(one.effort),
    }


def _way_text(context: Context, way: Way) -> str:
    words, plan = context.words, way.plan
    mark = f"[{words('sample_mark')}] " if way.sample else ""
    if way.unit is not None:
        places: dict[str, object] = {"unit": way.unit, "institution": way.institution}
        head = context.say("improve.head_visit", **places)
    else:
        head = context.say("improve.head_institution", institution=way.institution, year=way.year)
    lines = [mark + head, words("improve.statement"), words(f"standing.{way.standing.value}"), ""]
    lines.append(_outcome(context, way))
    if way.unmeasured:
        unmeasured, maximum = words.weight(way.unmeasured), words.weight(way.maximum)
        lines.append(context.say("improve.unmeasured", unmeasured=unmeasured, maximum=maximum))
    if way.opens:
        lines.append(_opens(context, way))
    if plan.repairs:
        effort = words.weight(plan.effort)
        lines += ["", context.say("improve.sum", count=len(plan.repairs), effort=effort)]
        lines.append(_repairs(context, way))
    if way.unit is None:
        lines += ["", _units(context, way)]
    return "\n".join([*lines, "", words("improve.rule")])


def _outcome(context: Context, way: Way) -> str:
    words, plan = context.words, way.plan
    name = {
        Reach.ALREADY: "already",
        Reach.REACHABLE: "step",
        Reach.OUT_OF_REACH: "unreachable",
    }[plan.reach]
    places = {
        "now": words.points(plan.now),
        "now_zone": zone_name(_band(way, plan.now), words),
        "after": words.points(plan.after),
        "after_zone": zone_name(_band(way, plan.after), words),
        "aim": _aim(context, way),
        "lower": words.weight(plan.aim.lower),
        "missing": words.points(plan.missing),
    }
    return context.say(f"improve.{name}", **places)


def _aim(context: Context, way: Way) -> str:
    aim = way.plan.aim
    zone = context.words(f"zone.{aim.zone.value}")
    if not aim.category:
        return zone
    return context.say("improve.category", zone=zone, category=aim.category)


def _opens(context: Context, way: Way) -> str:
    """Which questions the repairs may open, and that what is to be reached is not certain then."""
    codes = ", ".join(way.opens)
    if way.plan.reach is not Reach.REACHABLE:
        return context.say("improve.opens", codes=codes)
    return context.say("improve.opens_aim", codes=codes, aim=_aim(context, way))


def _band(way: Way, score: Decimal) -> Band | None:
    return way.instrument.band(score)


def _repairs(context: Context, way: Way) -> str:
    heads = ["gain", "effort", "indicator", "text"]
    several = way.unit is None

    def row(one: Repair) -> list[str]:
        words = context.words
        text = words.of(way.instrument.indicator(one.indicator).text)
        cells = [f"+{words.points(one.gain)}", words.weight(one.effort), one.indicator, text]
        return [one.unit, *cells] if several else cells

    named = [context.say(f"improve.head_{head}") for head in heads]
    unit = [context.say("head.unit")] if several else []
    return table([row(one) for one in way.plan.repairs], [*unit, *named])


def _units(context: Context, way: Way) -> str:
    words = context.words
    heads = [context.say("head.unit")]
    heads += [context.say(f"improve.head_{head}") for head in ("before", "after", "effect")]
    rows = [
        (one.unit, words.points(one.before), words.points(one.after), words.points(one.effect))
        for one in way.plan.units
    ]
    return table(rows, heads)
