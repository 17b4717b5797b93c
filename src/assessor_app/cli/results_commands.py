"""`results`: published results side by side, and taking tables of them over."""

from pathlib import Path
from typing import Annotated

import typer

from assessor_app.cli.context import Context, context_of
from assessor_app.cli.printing import answer, tell_columns
from assessor_app.cli.results_telling import (
    imported_lines,
    own_data,
    own_lines,
    reading_data,
    result_lines,
    row_data,
    year_lines,
    years_data,
)
from assessor_app.domain.event import Json
from assessor_app.domain.results import InstitutionLevel
from assessor_app.services.report.words import NONE
from assessor_app.services.results import Wanted, offered, side_by_side, years_of
from assessor_app.services.results_file import (
    COLUMNS,
    REQUIRED,
    import_results,
    template,
    write_template,
)


def register(app: typer.Typer) -> None:
    group = typer.Typer(
        help="Hasil yang dipublikasikan, berdampingan / published results, side by side.",
        invoke_without_command=True,
    )
    group.callback()(results)
    group.command(name="import")(import_file)
    group.command(name="template")(empty_table)
    app.add_typer(group, name="results")


def results(
    ctx: typer.Context,
    *,
    province: Annotated[str | None, typer.Option(help="Provinsi / province.")] = None,
    year: Annotated[int | None, typer.Option(help="Tahun penilaian / year.")] = None,
    level: Annotated[
        InstitutionLevel | None, typer.Option(help="Tingkat instansi / level of institution.")
    ] = None,
    institution: Annotated[
        str | None, typer.Option(help="Satu instansi, tahun demi tahun / one institution.")
    ] = None,
) -> None:
    """Hasil yang dipublikasikan: peringkat, zona, opini, tahun demi tahun / published results."""
    if ctx.invoked_subcommand is not None:
        return
    context = context_of(ctx)
    library = context.application.library
    wanted = Wanted(year=year, province=province, level=level, institution=institution)
    found = side_by_side(context.workplace, library, wanted)
    data: list[Json] = [row for one in found.ranked for row in row_data(context, one)]
    data += [reading_data(context, one) for one in found.loose]
    data += [own_data(context, one) for one in found.own]
    lines = result_lines(context, found)
    if institution is not None and year is None:
        points = years_of(context.workplace, library, institution)
        data = years_data(context, points, data)
        lines += year_lines(context, points)
    lines += own_lines(context, found.own)
    answer(context, data, "\n".join(lines) or _nothing(context, wanted))


def _nothing(context: Context, wanted: Wanted) -> str:
    """That there is nothing at all, or nothing of what was asked for, and what there is."""
    if wanted == Wanted():
        return context.say("results.none")
    known = offered(context.workplace)
    years, provinces = ", ".join(map(str, known.years)), ", ".join(known.provinces)
    return context.say("results.none_such", years=years or NONE, provinces=provinces or NONE)


def import_file(
    ctx: typer.Context,
    file: Annotated[Path, typer.Argument(help="CSV / XLSX; kolom: assessor results template")],
    *,
    source: Annotated[
        str | None, typer.Option(help="Sumber untuk baris yang tidak menyebutnya / the source.")
    ] = None,
    province: Annotated[
        str | None, typer.Option(help="Provinsi untuk baris yang tidak menyebutnya / province.")
    ] = None,
) -> None:
    """Ambil hasil yang dipublikasikan dari tabel, seluruhnya atau tidak sama sekali / import."""
    context = context_of(ctx)
    library = context.application.library
    made = import_results(context.workplace, library, file, source=source, province=province)
    lines = imported_lines(context, made, file)
    data: Json = {
        "ok": True,
        "added": made.registered.added,
        "corrected": made.registered.corrected,
        "unchanged": made.registered.unchanged,
        "ignored_columns": list(made.ignored),
        "remarks": [{"row": one.row, "code": one.code} for one in made.remarks],
        "statement": " ".join(lines),
    }
    answer(context, data, "\n".join(lines))


def empty_table(
    ctx: typer.Context,
    *,
    out: Annotated[Path | None, typer.Option(help="Berkas CSV yang ditulis / the file.")] = None,
) -> None:
    """Tabel kosong untuk `results import`, dengan arti tiap kolom / an empty table."""
    context = context_of(ctx)
    meanings = {name: context.say(f"results.column.{name}") for name in COLUMNS}
    written = None
    if out is not None:
        write_template(out)
        written = (out, context.say("results.template_written", path=out))
    tell_columns(context, meanings, required=REQUIRED, table=template(), written=written)
