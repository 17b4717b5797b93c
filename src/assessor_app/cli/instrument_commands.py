"""`instrument list` and `instrument check`."""

from decimal import Decimal
from pathlib import Path

import typer

from assessor_app.cli.context import context_of
from assessor_app.cli.printing import answer, table
from assessor_app.domain.event import Json
from assessor_app.domain.instrument import Instrument
from assessor_app.domain.numbers import exact_text
from assessor_app.services.instruments import faults_of
from assessor_app.texts import Language


def register(app: typer.Typer) -> None:
    group = typer.Typer(help="Instrumen penilaian / the instruments.", no_args_is_help=True)
    group.command(name="list")(list_instruments)
    group.command()(check)
    app.add_typer(group, name="instrument")


def list_instruments(ctx: typer.Context) -> None:
    """Daftar instrumen yang ada / list the instruments at hand."""
    context = context_of(ctx)
    library = context.application.library
    found = library.all()
    english = context.language is Language.ENGLISH
    rows = [
        (
            one.pin,
            str(one.year),
            one.title.en if english else one.title.id,
            str(sum(1 for _ in one.indicators())),
            exact_text(one.maximum),
        )
        for one in found
    ]
    heads = [
        context.say(f"head.{name}")
        for name in ("instrument", "year", "title", "indicators", "maximum")
    ]
    for fault in library.faults():
        typer.echo(fault.told(context.language), err=True)
    answer(context, [_data(one) for one in found], table(rows, heads))


def check(ctx: typer.Context, file: Path) -> None:
    """Periksa berkas instrumen; setiap kesalahan dengan berkas, baris, dan kunci."""
    context = context_of(ctx)
    faults = faults_of(file)
    data: Json = {
        "ok": not faults,
        "faults": [
            {
                "file": fault.file,
                "line": fault.line,
                "key": fault.key,
                "code": fault.code,
                "error": fault.told(context.language),
            }
            for fault in faults
        ],
    }
    told = "\n".join(fault.told(context.language) for fault in faults)
    answer(context, data, told or context.say("instrument.sound", file=file))
    if faults:
        raise typer.Exit(1)


def _data(one: Instrument) -> Json:
    return {
        "id": one.id,
        "version": one.version,
        "pin": one.pin,
        "year": one.year,
        "title": one.title.id,
        "title_en": one.title.en,
        "legal_basis": one.legal_basis,
        "object_types": [kind.code for kind in one.object_types],
        "visitable": one.visitable,
        "indicators": sum(1 for _ in one.indicators()),
        "maximum": exact_text(one.maximum),
        "verified": exact_text(_verified(one)) if one.visitable else None,
        "aggregation": one.aggregation.value,
        "sha256": one.digest,
        "bands": [
            {
                "lower": exact_text(band.lower),
                "upper": exact_text(band.upper),
                "zone": band.zone.value,
                "category": band.category,
            }
            for band in one.bands
        ],
    }


def _verified(one: Instrument) -> Decimal:
    return sum((line.weight for line in one.indicators() if line.verified), Decimal(0))
