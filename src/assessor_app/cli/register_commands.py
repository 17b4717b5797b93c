"""`register`: institutions and units, taken over from tables, renamed, merged, written out."""

from datetime import date
from pathlib import Path
from typing import Annotated

import typer

from assessor_app.cli.context import Context, context_of
from assessor_app.cli.printing import answer, table, tell_columns
from assessor_app.domain.event import Json
from assessor_app.domain.problem import RegisterRefused
from assessor_app.domain.register import Institution, Unit
from assessor_app.services.register.columns import COLUMNS, REQUIRED, day_from
from assessor_app.services.register.exporting import export_register, template, write_template
from assessor_app.services.register.finding import found_by
from assessor_app.services.register.keeping import merge as merge_entries
from assessor_app.services.register.keeping import rename as rename_entry
from assessor_app.services.register.keeping import retire as retire_entry
from assessor_app.services.register.keeping import take_back
from assessor_app.services.register.planned import Become, Decision, Line
from assessor_app.services.register.reading import kept
from assessor_app.services.register.table import Previewed, preview, take_over

_ALL = 100_000

What = Annotated[str, typer.Argument(help="Kode, nama, atau id / code, name or id.")]
Since = Annotated[str | None, typer.Option(help="Berlaku sejak (2026-01-31) / from this day on.")]
Reason = Annotated[str | None, typer.Option(help="Alasan / the reason.")]
OfInstitution = Annotated[
    str | None, typer.Option("--institution", help="Instansi induknya / its institution.")
]


def register(app: typer.Typer) -> None:
    group = typer.Typer(help="Register instansi dan unit / institutions and units.")
    group.command(name="import")(import_file)
    group.command(name="list")(list_register)
    group.command()(rename)
    group.command()(merge)
    group.command()(retire)
    group.command()(undo)
    group.command()(export)
    group.command(name="template")(empty_table)
    app.add_typer(group, name="register")


def import_file(
    ctx: typer.Context,
    file: Annotated[Path, typer.Argument(help="CSV / XLSX; kolom: assessor register template")],
    *,
    doubtful: Annotated[
        Decision, typer.Option(help="Nama yang mirip: lewati, samakan, atau baru.")
    ] = Decision.SKIP,
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Lihat saja, tidak menulis / only look.")
    ] = False,
) -> None:
    """Ambil register dari tabel, seluruhnya atau tidak sama sekali / import."""
    context = context_of(ctx, looking=dry_run)
    store, library = context.workplace.store, context.application.library
    seen = preview(store, library, file, otherwise=doubtful)
    written = False if dry_run else take_over(store, seen)
    lines = _imported_lines(context, seen, written=written, dry_run=dry_run)
    data: Json = {
        "ok": True,
        "written": written,
        **{one.value: count for one, count in seen.plan.counts.items()},
        "ignored_columns": list(seen.ignored),
        "rows": [_line_data(one) for one in seen.plan.lines if one.become is not Become.UNCHANGED],
    }
    answer(context, data, "\n".join(lines))


def _imported_lines(
    context: Context, seen: Previewed, *, written: bool, dry_run: bool
) -> list[str]:
    counts = ", ".join(
        context.say(f"register.count.{one.value}", count=count)
        for one, count in seen.plan.counts.items()
        if count
    )
    ways = "looked" if dry_run else "imported" if written else "unchanged"
    lines = [context.say(f"register.{ways}", file=seen.file, counts=counts or "0")]
    lines += [
        context.say(
            "register.doubtful_row", row=one.row, name=one.name, close="; ".join(one.close) or "–"
        )
        for one in seen.plan.open
    ]
    if seen.ignored:
        lines.append(context.say("register.ignored", columns=", ".join(seen.ignored)))
    return lines


def _line_data(line: Line) -> dict[str, Json]:
    return {
        "row": line.row,
        "institution": line.institution,
        "name": line.name,
        "is_unit": line.is_unit,
        "become": line.become.value,
        "before": line.before,
        "close": list(line.close),
    }


def list_register(
    ctx: typer.Context,
    search: Annotated[str, typer.Argument(help="Yang dicari / what is searched.")] = "",
    *,
    everything: Annotated[
        bool, typer.Option("--all", help="Juga yang sudah tidak ada / also what is no more.")
    ] = False,
) -> None:
    """Daftar unit, dengan instansi dan nama lamanya / list the units."""
    context = context_of(ctx, looking=True)
    now = kept(context.workplace.store)
    units = now.index.search(search, most=_ALL, standing_only=not everything)
    rows, data = [], []
    for unit in units:
        institution = now.register.institution_of(unit)
        into = now.register.units.get(unit.merged_into or "")
        rows.append(
            (
                unit.code or "",
                unit.name,
                institution.name if institution else "",
                unit.object_type or "",
                unit.names.before or "",
                into.name if into else "",
            )
        )
        data.append(_unit_data(unit, institution, into))
    heads = [
        context.say(f"register.head_{name}")
        for name in ("code", "unit", "institution", "object", "former", "merged")
    ]
    answer(context, data, table(rows, heads) if rows else context.say("register.none"))


def _unit_data(unit: Unit, institution: Institution | None, into: Unit | None) -> Json:
    since = unit.names.current.since
    return {
        "id": unit.id,
        "code": unit.code,
        "name": unit.name,
        "valid_from": since.isoformat() if since else None,
        "former_names": [one.name for one in unit.names.former],
        "aliases": list(unit.names.aliases),
        "institution": institution.name if institution else None,
        "institution_id": institution.id if institution else None,
        "level": institution.level.value if institution and institution.level else None,
        "province": institution.province if institution else None,
        "object": unit.object_type,
        "address": unit.address,
        "merged_into": into.id if into else None,
        "standing": unit.stands,
    }


def rename(
    ctx: typer.Context,
    what: What,
    name: Annotated[str, typer.Argument(help="Nama baru / the new name.")],
    *,
    since: Since = None,
    reason: Reason = None,
    institution: OfInstitution = None,
) -> None:
    """Ganti nama; nama lama tetap tercatat dan tetap ditemukan / rename."""
    context = context_of(ctx)
    store = context.workplace.store
    entry = found_by(kept(store), what, institution=institution)
    rename_entry(store, entry.id, name, since=_day(since), reason=reason)
    said = context.say("register.renamed", before=entry.name, name=name)
    answer(context, {"ok": True, "id": entry.id}, said)


def merge(
    ctx: typer.Context,
    what: Annotated[list[str], typer.Argument(help="Kantor yang digabung / what is merged.")],
    *,
    into: Annotated[str, typer.Option(help="Kantor tujuan / the office it goes into.")],
    since: Since = None,
    reason: Reason = None,
    institution: OfInstitution = None,
) -> None:
    """Gabungkan kantor ke kantor lain; riwayatnya ikut / merge offices."""
    context = context_of(ctx)
    store = context.workplace.store
    now = kept(store)
    target = found_by(now, into, institution=institution)
    gone = [found_by(now, one, institution=institution) for one in what]
    on = (
        _day(since)
        or context.application.clock.now().astimezone(context.workplace.profile.zone).date()
    )
    merge_entries(store, [one.id for one in gone], target.id, on=on, reason=reason)
    names = "; ".join(one.name for one in gone)
    said = context.say("register.merged", names=names, into=target.name)
    answer(context, {"ok": True, "id": target.id}, said)


def retire(
    ctx: typer.Context,
    what: What,
    *,
    since: Since = None,
    reason: Reason = None,
    institution: OfInstitution = None,
) -> None:
    """Nyatakan sebuah kantor tidak ada lagi; kunjungannya tetap / retire."""
    context = context_of(ctx)
    store, zone = context.workplace.store, context.workplace.profile.zone
    entry = found_by(kept(store), what, institution=institution)
    on = _day(since) or context.application.clock.now().astimezone(zone).date()
    retire_entry(store, entry.id, on=on, reason=reason)
    said = context.say("register.retired", name=entry.name)
    answer(context, {"ok": True, "id": entry.id}, said)


def undo(ctx: typer.Context) -> None:
    """Urungkan langkah terakhir Anda pada register / take the last step back."""
    context = context_of(ctx)
    step = take_back(context.workplace.store)
    shown = "; ".join(step.names[:3])
    said = context.say("register.undone", names=shown)
    answer(context, {"ok": True, "event": step.event.id}, said)


def export(
    ctx: typer.Context,
    out: Annotated[Path, typer.Argument(help="Berkas .csv atau .xlsx / the file.")],
) -> None:
    """Tulis seluruh register ke tabel, yang dapat diambil lagi / export."""
    context = context_of(ctx, looking=True)
    rows = export_register(context.workplace.store, out)
    said = context.say("register.exported", path=out, rows=rows)
    answer(context, {"ok": True, "path": str(out), "rows": rows}, said)


def empty_table(
    ctx: typer.Context,
    *,
    out: Annotated[Path | None, typer.Option(help="Berkas yang ditulis / the file.")] = None,
) -> None:
    """Tabel kosong untuk `register import`, dengan arti tiap kolom / an empty table."""
    context = context_of(ctx)
    meanings = {name: context.say(f"register.column.{name}") for name in COLUMNS}
    written = None
    if out is not None:
        write_template(out)
        written = (out, context.say("register.template_written", path=out))
    tell_columns(context, meanings, required=REQUIRED, table=template(), written=written)


def _day(text: str | None) -> date | None:
    if text is None:
        return None
    day = day_from(text)
    if day is None:
        raise RegisterRefused("register_day_unreadable", value=text)
    return day
