"""`score` and `results`: the numbers, with their derivation and their standing."""

from collections.abc import Sequence
from typing import Annotated

import typer

from assessor_app.cli.context import Context, context_of
from assessor_app.cli.printing import answer, sample_mark, table
from assessor_app.domain.event import Json
from assessor_app.domain.numbers import exact_text
from assessor_app.domain.scoring import Score
from assessor_app.services.report.summary import standing_reason, zone_name
from assessor_app.services.report.words import NONE, Words
from assessor_app.services.results import published


def register(app: typer.Typer) -> None:
    app.command()(score)
    app.command()(results)


def score(
    ctx: typer.Context,
    visit: str,
    *,
    explain: Annotated[bool, typer.Option(help="Indikator mana memberi berapa poin.")] = False,
) -> None:
    """Nilai sementara kunjungan: tiga nilai, zona, dan asal angkanya / the three scores."""
    context = context_of(ctx)
    session = context.session(visit)
    found = tuple(session.scores().values())
    gaps = [one.gap.kind.value for one in session.compared() if one.gap]
    data: dict[str, Json] = {one.basis.value: score_data(one, explain=explain) for one in found}
    data["gaps"] = {kind: gaps.count(kind) for kind in sorted(set(gaps))}
    data["sample"] = session.snapshot.visit.sample
    mark = sample_mark(session.snapshot.visit, context.words)
    answer(context, data, mark + "\n".join(_lines(context, found, explain=explain)))


def results(ctx: typer.Context) -> None:
    """Hasil yang telah dipublikasikan, per instansi dan tahun / published results."""
    context = context_of(ctx)
    words = context.words
    found = published(context.workplace.store)
    rows = [
        (
            one.institution,
            one.unit or "",
            str(one.year),
            words.points(one.score) if one.score is not None else NONE,
            one.category or "",
            words(f"zone.{one.zone.value}") if one.zone else NONE,
        )
        for one in found
    ]
    heads = [
        context.say(f"head.{name}")
        for name in ("institution", "unit", "year", "score", "category", "zone")
    ]
    data: list[Json] = [
        {
            "institution": one.institution,
            "unit": one.unit,
            "province": one.province,
            "year": one.year,
            "score": None if one.score is None else f"{one.score:f}",
            "category": one.category,
            "zone": one.zone.value if one.zone else None,
            "source": one.source,
        }
        for one in found
    ]
    answer(context, data, table(rows, heads) if rows else context.say("results.none"))


def score_data(found: Score, *, explain: bool) -> Json:
    """A score as JSON: exact decimals as text, never floats."""
    data: dict[str, Json] = {
        "points": exact_text(found.points),
        "maximum": exact_text(found.maximum),
        "measured": exact_text(found.measured),
        "verified": exact_text(found.verified),
        "standing": found.standing.value,
        "zone": found.band.zone.value if found.band else None,
        "category": found.band.category if found.band else None,
    }
    if explain:
        data["lines"] = [
            {
                "indicator": line.indicator.code,
                "points": exact_text(line.points),
                "weight": exact_text(line.weight),
                "rule": line.rule.value,
                "fulfilment": None if line.fulfilment is None else exact_text(line.fulfilment),
                "products": line.products,
                "verified": line.indicator.verified,
            }
            for line in found.lines
        ]
    return data


def _lines(context: Context, found: Sequence[Score], *, explain: bool) -> list[str]:
    words = context.words
    official = found[0]
    lines = [words(f"standing.{official.standing.value}"), standing_reason(official, words), ""]
    for one in found:
        zone = f"; {zone_name(one.band, words)}" if one is official else ""
        name = words(f"basis.{one.basis.value}")
        points, maximum = words.points(one.points), words.weight(one.maximum)
        lines.append(f"{name}: {points} / {maximum}{zone}")
        if explain:
            lines += [f"    {line}" for line in explained(one, words)]
    return lines


def explained(found: Score, words: Words) -> list[str]:
    """Which indicator gave how many of how many points, by which rule."""
    lines = []
    for line in found.lines:
        weight = words.weight(line.weight)
        code = line.indicator.code + ("" if line.indicator.verified else " †")
        if line.fulfilment is None:
            lines.append(words("score_line.unmeasured", code=code, weight=weight))
            continue
        lines.append(
            words(
                "score_line.detail",
                code=code,
                points=words.points(line.points),
                weight=weight,
                rule=words(f"rule.{line.rule.value}"),
                fulfilment=words.weight(line.fulfilment),
            )
        )
    return lines
