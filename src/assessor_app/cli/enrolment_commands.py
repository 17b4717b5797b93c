"""`enrol` and `rebuild`: the store itself."""

from typing import Annotated

import typer

from assessor_app.cli.context import context_of
from assessor_app.cli.printing import answer
from assessor_app.services.enrolment import COMFORTABLE_PASSPHRASE, Profile, time_zone


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
) -> None:
    """Daftarkan asesor dan perangkat ini; buat identitas tanda tangan uji coba."""
    context = context_of(ctx)
    profile = Profile(
        name=name, office=office, nip=nip, position=position, zone=time_zone(timezone)
    )
    passphrase = context.passphrase(new=True)
    context.application.enrol(
        profile, passphrase=passphrase, signing_passphrase=context.signing_passphrase(new=True)
    )
    if len(passphrase) < COMFORTABLE_PASSPHRASE:
        typer.echo(context.say("enrol.short", length=COMFORTABLE_PASSPHRASE), err=True)
    assessor = context.workplace.store.assessor
    answer(
        context,
        {"assessor": assessor, "device": context.workplace.store.device.id},
        context.say("enrol.done", name=name, home=context.home),
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
