"""`enrol` and `rebuild`: the store itself."""

from pathlib import Path
from typing import Annotated

import typer

from assessor_app.cli.context import context_of
from assessor_app.cli.printing import answer
from assessor_app.services.enrolment import COMFORTABLE_PASSPHRASE, Profile, time_zone
from assessor_app.services.keys.access import recovery_keys
from assessor_app.settings import read_settings


def register(app: typer.Typer) -> None:
    app.command()(enrol)
    app.command()(rebuild)


def enrol(
    ctx: typer.Context,
    *,
    name: Annotated[str, typer.Option(help="Nama asesor / the assessor's name.")],
    office: Annotated[str, typer.Option(help="Kantor / the Ombudsman office.")],
    nip: Annotated[str | None, typer.Option(help="NIP.")] = None,
    position: Annotated[str | None, typer.Option(help="Jabatan / position.")] = None,
    timezone: Annotated[
        str | None, typer.Option(help="Zona waktu / time zone, e.g. Asia/Jayapura.")
    ] = None,
    recovery_key: Annotated[
        Path | None,
        typer.Option(help="Kunci publik pemulihan kantor pusat / headquarters' recovery key."),
    ] = None,
) -> None:
    """Daftarkan asesor dan perangkat ini; buat identitas tanda tangan uji coba."""
    context = context_of(ctx)
    profile = Profile(
        name=name, office=office, nip=nip, position=position, zone=time_zone(timezone)
    )
    passphrase = context.passphrase(new=True)
    context.application.enrol(
        profile,
        passphrase=passphrase,
        signing_passphrase=context.signing_passphrase(new=True),
        recovery_key=recovery_key or read_settings().recovery_key,
    )
    if len(passphrase) < COMFORTABLE_PASSPHRASE:
        typer.echo(context.say("enrol.short", length=COMFORTABLE_PASSPHRASE), err=True)
    store = context.workplace.store
    sealed_to = recovery_keys(context.workplace)
    told = [context.say("enrol.done", name=name, home=context.home)]
    told += [context.say("keys.recovery.sealed", fingerprint=one) for one in sealed_to]
    answer(
        context,
        {"assessor": store.assessor, "device": store.device.id, "recovery": list(sealed_to)},
        "\n".join(told),
    )


def rebuild(ctx: typer.Context) -> None:
    """Bangun ulang proyeksi dari peristiwa; laporkan setiap perbedaan (kode keluar 1)."""
    context = context_of(ctx)
    rebuilt = context.workplace.store.rebuild()
    differences = rebuilt.differences
    data = [
        {
            "kind": one.kind,
            "visit": one.visit,
            "place": one.place,
            "found": one.found,
            "expected": one.expected,
        }
        for one in differences
    ]
    sentences = [
        context.say(
            f"difference.{one.kind}",
            visit=one.visit,
            place=one.place,
            found=one.found,
            expected=one.expected,
        )
        for one in differences
    ]
    name = "rebuild.mended" if rebuilt.written else "rebuild.broken"
    count = context.say(name, count=len(differences))
    told = "\n".join([count, *sentences]) if differences else context.say("rebuild.clean")
    answer(context, {"ok": not differences, "written": rebuilt.written, "differences": data}, told)
    if differences:
        raise typer.Exit(1)
