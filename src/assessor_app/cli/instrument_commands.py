"""`instrument list`, `show`, `check`, `import`, `export`, `template` and `diff`."""

from collections.abc import Iterator
from pathlib import Path
from typing import Annotated

import typer

from assessor_app.cli.context import Context, context_of
from assessor_app.cli.instrument_told import difference_data, difference_told, outline
from assessor_app.cli.instrument_words import number_told
from assessor_app.cli.printing import answer, table
from assessor_app.domain.changes import weight_sum
from assessor_app.domain.event import Json
from assessor_app.domain.instrument import Instrument
from assessor_app.domain.numbers import exact_text
from assessor_app.services.instruments import LookedOver, look_over
from assessor_app.texts import Language


def register(app: typer.Typer) -> None:
    group = typer.Typer(help="Instrumen penilaian / the instruments.", no_args_is_help=True)
    group.command(name="list")(list_instruments)
    group.command()(show)
    group.command()(check)
    group.command(name="import")(take_in)
    group.command()(export)
    group.command()(template)
    group.command()(diff)
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
            number_told(one.maximum, context) if one.weighted else "–",
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


def show(ctx: typer.Context, name: str) -> None:
    """Tampilkan instrumen: batas, dimensi, indikator, bobot / show one, by name or file."""
    from assessor_app.services.workbooks import instrument_called

    context = context_of(ctx)
    found = instrument_called(name, context.application.library)
    answer(context, _shown(found), outline(found, context))


def check(ctx: typer.Context, file: Path) -> None:
    """Periksa berkas instrumen: setiap kesalahan, dan catatan tentang yang tidak akan diambil."""
    context = context_of(ctx)
    found = look_over(file)
    data = _looked_over_data(found, context)
    answer(context, data, "\n".join(_looked_over(found, context, file=file)))
    if found.faults:
        raise typer.Exit(1)


def take_in(
    ctx: typer.Context,
    book: Path,
    out: Annotated[Path | None, typer.Option(help="Tulis ke berkas ini / into this file.")] = None,
) -> None:
    """Ambil instrumen dari buku kerja Excel (XLSForm) / take one over from a workbook."""
    from assessor_app.services.workbooks import import_workbook

    context = context_of(ctx)
    folder = context.home / "instruments"
    taken = import_workbook(book, context.application.library, folder=folder, out=out)
    notes = [note.told(context.language) for note in taken.notes]
    data: Json = {
        "ok": True,
        "instrument": taken.instrument.pin,
        "file": str(taken.file),
        "again": taken.again,
        "indicators": sum(1 for _ in taken.instrument.indicators()),
        "sha256": taken.instrument.digest,
        "notes": notes,
    }
    sentence = context.say(
        _way(taken.file, folder, again=taken.again),
        instrument=taken.instrument.pin,
        file=taken.file,
        book=book,
        folder=folder,
        count=sum(1 for _ in taken.instrument.indicators()),
    )
    answer(context, data, "\n".join([sentence, *(f"  {note}" for note in notes)]))


def export(
    ctx: typer.Context,
    name: str,
    out: Annotated[Path, typer.Option(help="Buku kerja yang ditulis / the workbook to write.")],
) -> None:
    """Tulis instrumen (nama atau berkas) sebagai buku kerja Excel (XLSForm)."""
    from assessor_app.services.workbooks import export_workbook

    context = context_of(ctx)
    _written(context, export_workbook(name, context.application.library, out=out), out)


def template(
    ctx: typer.Context,
    out: Annotated[Path, typer.Option(help="Buku kerja yang ditulis / the workbook to write.")],
) -> None:
    """Tulis buku kerja contoh untuk ditiru / write an example workbook to start from."""
    from assessor_app.services.workbooks import write_template

    _written(context_of(ctx), write_template(out), out)


def diff(ctx: typer.Context, before: str, after: str) -> None:
    """Perbedaan dua instrumen, menurut nama atau berkas / what differs between two."""
    from assessor_app.services.workbooks import difference_between

    context = context_of(ctx)
    found = difference_between(before, after, context.application.library)
    answer(context, difference_data(found), "\n".join(difference_told(found, context)))


def _looked_over(found: LookedOver, context: Context, *, file: Path) -> Iterator[str]:
    yield from (fault.told(context.language) for fault in found.faults)
    if not found.faults:
        yield context.say("check_noted" if found.notes else "instrument.sound", file=file)
    yield from (f"  {note.told(context.language)}" for note in found.notes)


def _looked_over_data(found: LookedOver, context: Context) -> Json:
    told = (("faults", "error", found.faults), ("notes", "note", found.notes))
    return {"ok": not found.faults} | {
        name: [
            {
                "file": one.file,
                "line": one.line,
                "key": one.key,
                "code": one.code,
                "sheet": one.cell.sheet if one.cell else None,
                "row": one.cell.row if one.cell else None,
                "column": one.cell.column if one.cell else None,
                sentence: one.told(context.language),
            }
            for one in ones
        ]
        for name, sentence, ones in told
    }


def _way(file: Path, folder: Path, *, again: bool) -> str:
    if again:
        return "import_again"
    return "import_done" if file.parent == folder else "import_written"


def _written(context: Context, instrument: Instrument, out: Path) -> None:
    data: Json = {"ok": True, "instrument": instrument.pin, "file": str(out)}
    answer(context, data, context.say("export_done", instrument=instrument.pin, file=out))


def _data(one: Instrument) -> dict[str, Json]:
    return {
        "id": one.id,
        "version": one.version,
        "pin": one.pin,
        "year": one.year,
        "years": list(one.years),
        "title": one.title.id,
        "title_en": one.title.en,
        "legal_basis": one.legal_basis,
        "object_types": [kind.code for kind in one.object_types],
        "visitable": one.visitable,
        "weighted": one.weighted,
        "indicators": sum(1 for _ in one.indicators()),
        "maximum": exact_text(one.maximum),
        "verified": exact_text(weight_sum(one, verified=True)) if one.visitable else None,
        "aggregation": one.aggregation.value if one.aggregation else None,
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


def _shown(one: Instrument) -> Json:
    """The instrument with its indicators, each with what counts of it."""
    return _data(one) | {
        "dimensions": [
            {
                "code": dimension.code,
                "name": dimension.name.id,
                "name_en": dimension.name.en,
                "indicators": [
                    {
                        "code": indicator.code,
                        "text": indicator.text.id,
                        "text_en": indicator.text.en,
                        "variable": variable.name.id,
                        "kind": indicator.kind.value,
                        "sides": [side.value for side in indicator.sides],
                        "counts": indicator.counts.value,
                        "asked": indicator.asked.value,
                        "required": indicator.required,
                        "weight": exact_text(indicator.weight),
                        "verified": indicator.verified,
                    }
                    for variable in dimension.variables
                    for indicator in variable.indicators
                ],
            }
            for dimension in one.dimensions
        ]
    }
