"""`store backup`, `backups`, `restore` and `sweep`: the store as a whole, and its copies."""

from collections.abc import Iterable
from pathlib import Path
from typing import Annotated

import typer

from assessor_app.cli import privacy_commands, store_check_command
from assessor_app.cli.context import Context, context_of
from assessor_app.cli.printing import answer, missed_backup, table
from assessor_app.cli.progress import telling
from assessor_app.domain.event import Json
from assessor_app.domain.instants import instant_text
from assessor_app.services import backup as backups_of
from assessor_app.services.enrolment import time_zone
from assessor_app.services.evidence.sweeping import DAYS_ASIDE, Orphan
from assessor_app.services.evidence.sweeping import sweep as sweep_vault
from assessor_app.services.evidence.words import size
from assessor_app.services.report.words import Words


def register(app: typer.Typer) -> None:
    group = typer.Typer(help="Penyimpanan dan cadangannya / the store.", no_args_is_help=True)
    group.command()(backup)
    group.command()(backups)
    group.command()(restore)
    group.command()(sweep)
    group.command("check")(store_check_command.store_check)
    privacy_commands.register_wipe(group)
    app.add_typer(group, name="store")


def backup(
    ctx: typer.Context,
    *,
    to: Annotated[
        Path | None, typer.Option(help="Hanya ke folder ini / only to this folder.")
    ] = None,
) -> None:
    """Buat cadangan terenkripsi sekarang; kode keluar 1 bila ada tempat yang terlewat."""
    context = context_of(ctx)
    with telling(context, "backup.stage") as progress:
        done = backups_of.back_up(context.workplace, to=to, progress=progress)
    made = [
        context.say(
            "backup.made_with" if one.new_files else "backup.made",
            folder=one.folder,
            size=size(one.size, context.words),
            files=one.new_files,
            new=size(one.new_bytes, context.words),
        )
        for one in done.made
    ]
    missed = [missed_backup(context, one) for one in done.missed]
    data: Json = {
        "ok": not done.missed,
        "made": [
            {
                "place": str(one.place),
                "folder": str(one.folder),
                "made_at": instant_text(one.made_at),
                "size": one.size,
                "new_files": one.new_files,
                "new_bytes": one.new_bytes,
            }
            for one in done.made
        ],
        "missed": [{"place": str(one.place), "code": one.problem.code} for one in done.missed],
    }
    answer(context, data, "\n".join([*made, *missed]))
    if done.missed:
        raise typer.Exit(1)


def backups(
    ctx: typer.Context,
    *,
    place: Annotated[
        Path | None, typer.Option("--in", help="Folder cadangan lain / another place.")
    ] = None,
) -> None:
    """Daftar cadangan di satu tempat; tanpa frasa sandi / list backups, no passphrase asked."""
    context = context_of(ctx)
    found = backups_of.list_backups(place or context.home)
    words = Words(context.language, time_zone(None))
    rows = [(words.moment(one.made_at), size(one.size, words), str(one.folder)) for one in found]
    heads = [context.say(f"backup.head.{name}") for name in ("made_at", "size", "folder")]
    data: Json = [
        {"folder": str(one.folder), "made_at": instant_text(one.made_at), "size": one.size}
        for one in found
    ]
    answer(context, data, table(rows, heads) if found else context.say("backup.none"))


def restore(
    ctx: typer.Context,
    source: Annotated[
        Path, typer.Argument(help="Tempat cadangan, atau satu cadangan / a place or one backup.")
    ],
    *,
    replace: Annotated[
        bool, typer.Option("--replace", help="Pindahkan penyimpanan lama ke samping.")
    ] = False,
    incomplete: Annotated[
        bool, typer.Option("--incomplete", help="Terima walaupun ada berkas bukti yang hilang.")
    ] = False,
) -> None:
    """Pulihkan penyimpanan dari cadangan, sesudah diperiksa seluruhnya / restore a backup."""
    context = context_of(ctx)
    with telling(context, "backup.stage") as progress:
        done = backups_of.restore(
            source,
            context.home,
            context.passphrase(),
            clock=context.application.clock,
            new_id=context.application.new_id,
            replace=replace,
            incomplete=incomplete,
            progress=progress,
        )
    data: Json = {
        "ok": True,
        "home": str(done.home),
        "from": str(done.folder),
        "made_at": instant_text(done.made_at),
        "device": done.device,
        "predecessor": done.predecessor,
        "visits": done.visits,
        "evidence": done.evidence,
        "missing": list(done.missing),
        "unsent": done.unsent,
        "aside": None if done.aside is None else str(done.aside),
    }
    answer(context, data, "\n".join(_restored(context, done)))


def sweep(ctx: typer.Context) -> None:
    """Sisihkan berkas yang tidak disebut rekaman mana pun / put aside what no record names."""
    context = context_of(ctx)
    swept = sweep_vault(context.workplace)
    lines = [
        context.say("sweep.aside", id=one.id, forms=", ".join(one.forms), days=DAYS_ASIDE)
        for one in swept.aside
    ]
    for key, orphans in (("sweep.back", swept.back), ("sweep.removed", swept.removed)):
        lines += [context.say(key, id=one.id, forms=", ".join(one.forms)) for one in orphans]
    lines += [context.say("sweep.part", name=name) for name in swept.parts]
    if swept.bytes:
        lines.append(context.say("sweep.done", size=size(swept.bytes, context.words)))
    elif not lines:
        lines.append(context.say("sweep.clean"))
    if swept.in_work:
        lines.append(context.say("sweep.in_work", count=swept.in_work))
    data: Json = {
        "ok": True,
        "aside": _orphans(swept.aside),
        "back": _orphans(swept.back),
        "removed": _orphans(swept.removed),
        "parts": list(swept.parts),
        "bytes": swept.bytes,
        "in_work": swept.in_work,
    }
    answer(context, data, "\n".join(lines))


def _orphans(orphans: Iterable[Orphan]) -> list[Json]:
    return [{"id": one.id, "forms": list(one.forms)} for one in orphans]


def _restored(context: Context, done: backups_of.Restored) -> list[str]:
    words = Words(context.language, done.zone)
    lines = [
        context.say(
            "restore.done",
            home=done.home,
            moment=words.moment(done.made_at),
            visits=done.visits,
            evidence=done.evidence,
        ),
        context.say("restore.device", device=done.device, predecessor=done.predecessor),
    ]
    if done.aside is not None:
        lines.append(context.say("restore.aside", path=done.aside))
    if done.missing:
        lines.append(
            context.say("restore.missing", count=len(done.missing), ids=", ".join(done.missing))
        )
    if done.unsent:
        lines.append(context.say("restore.unsent", count=done.unsent))
    return lines
