"""`method classify`, `aggregate`, `score`, `list`: every year's rules applied to numbers."""

from pathlib import Path
from typing import Annotated

import typer

from assessor_app.cli.aggregate_telling import aggregated_data, aggregated_lines
from assessor_app.cli.context import context_of
from assessor_app.cli.method_telling import (
    classified_data,
    classified_lines,
    differing_data,
    rule_data,
    rule_lines,
    words_of,
)
from assessor_app.cli.printing import answer, refusal, table
from assessor_app.domain.event import Json
from assessor_app.domain.numbers import exact_text
from assessor_app.domain.problem import MethodRefused
from assessor_app.domain.trend import NOT_HELD
from assessor_app.services.report.summary import zone_name
from assessor_app.services.rows_file import score_file
from assessor_app.services.units_file import read_units
from assessor_app.services.year_rules import (
    DEFAULT_OBJECT,
    aggregated,
    classified,
    classified_under,
    methods,
    read_score,
    rule_of,
    year_rules,
)

Year = Annotated[int, typer.Option("--year", help="Tahun penilaian / the assessment's year.")]
ObjectName = Annotated[
    str,
    typer.Option(
        "--object",
        help="Jenis objek: kota, kabupaten (kab), provinsi (prov), kementerian, lembaga, opd, "
        "dinas, puskesmas, rsud, kantah, polres, … / the kind of office.",
    ),
]


def register(app: typer.Typer) -> None:
    group = typer.Typer(
        help="Metode tiap tahun: zona sebuah nilai, nilai sebuah instansi / every year's method.",
        no_args_is_help=True,
    )
    group.command()(classify)
    group.command()(aggregate)
    group.command()(score)
    group.command(name="list")(list_methods)
    app.add_typer(group, name="method")


def classify(
    ctx: typer.Context,
    *,
    year: Year,
    object_name: ObjectName,
    score: Annotated[str, typer.Option(help="Nilai, misalnya 79,20 / the score.")],
    under: Annotated[
        list[int] | None,
        typer.Option(help="Nilai yang sama menurut tahun lain / under another year too."),
    ] = None,
) -> None:
    """Zona, kategori, dan opini sebuah nilai menurut aturan tahunnya / the zone of a score."""
    context = context_of(ctx)
    instruments = methods(context.application.library)
    own, *others = [rule_of(instruments, asked, object_name) for asked in (year, *(under or ()))]
    points = read_score(score, own)
    first = classified(own, points)
    data, lines = classified_data(context, first), classified_lines(context, first)
    told: list[Json] = []
    for rule in others:
        try:
            one = classified_under(rule, points, own=own)
        except MethodRefused as refused:
            told.append(differing_data(context, rule, refused, score=points))
            lines.append(refusal(refused, context.language))
            continue
        told.append(classified_data(context, one))
        lines += classified_lines(context, one)
    answer(context, data | {"under": told}, "\n".join(lines))


def aggregate(
    ctx: typer.Context,
    file: Annotated[Path, typer.Argument(help="CSV / XLSX: unit, score, products, …")],
    *,
    year: Year,
    object_name: ObjectName = DEFAULT_OBJECT,
) -> None:
    """Nilai instansi dari nilai unit-unitnya / an institution's score from its units' scores.

    Kolom: unit, score; bila ada products, object, input, proses, output, pengaduan.
    """
    context = context_of(ctx)
    rule = rule_of(methods(context.application.library), year, object_name)
    kind = rule.object_type.code if rule.object_type.vertical else None
    units = read_units(file, rule.instrument, kind=kind)
    made = aggregated(rule, units.scores)
    told = aggregated_lines(context, made, units)
    data = aggregated_data(context, made, units)
    answer(context, data | {"statement": " ".join(told)}, "\n".join(told))


def score(
    ctx: typer.Context,
    file: Annotated[Path, typer.Argument(help="CSV / XLSX: unit, indicator, paperwork, practice")],
    *,
    instrument: Annotated[str, typer.Option(help="Instrumen, mis. 2023-2024 / the instrument.")],
) -> None:
    """Nilai banyak unit sekaligus dari jawabannya / the scores of many units from their answers.

    Satu baris satu indikator. Sel boleh berisi n/a (tidak berlaku) atau "tidak dapat dinilai"; sel
    kosong berarti belum dijawab.
    """
    context = context_of(ctx)
    rules = context.application.library.get(instrument)
    found = score_file(file, rules)
    data: Json = {
        "instrument": rules.pin,
        "maximum": exact_text(rules.maximum),
        "units": [
            {
                "unit": one.unit,
                "score": f"{one.score:f}",
                "measured": exact_text(one.measured),
                "zone": one.band.zone.value if one.band else None,
                "category": one.band.category if one.band else None,
            }
            for one in found
        ],
        "statement": context.say("method.scored", instrument=rules.pin),
    }
    heads = [context.say(f"head.{name}") for name in ("unit", "score", "measured", "zone")]
    words = words_of(context)
    rows = [
        (
            one.unit,
            words.points(one.score),
            words.weight(one.measured),
            zone_name(one.band, words),
        )
        for one in found
    ]
    told = context.say("method.scored", instrument=rules.pin)
    answer(context, data, f"{table(rows, heads)}\n{told}")


def list_methods(ctx: typer.Context) -> None:
    """Semua tahun dan objek, dengan rentang dan sumbernya / every year, its bounds and source."""
    context = context_of(ctx)
    rules = year_rules(methods(context.application.library))
    data: list[Json] = [rule_data(context, rule) for rule in rules]
    data += [
        {"year": year, "object": None, "held": False, "statement": context.say("method.not_held")}
        for year in NOT_HELD
    ]
    lines = [*rule_lines(context, rules)]
    lines += [f"{year}  {context.say('method.not_held')}" for year in NOT_HELD]
    answer(context, data, "\n".join([*lines, context.say("method.list_notes")]))
