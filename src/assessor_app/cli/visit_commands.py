"""`new`, `show`, `pause`, `resume`, …, `close`, `void`: the visit as a whole."""

from datetime import datetime
from typing import Annotated

import typer

from assessor_app.cli.context import Context, context_of
from assessor_app.cli.printing import answer, missed_backup, recorded
from assessor_app.cli.redaction_commands import hint_at_unexamined
from assessor_app.cli.seen import seen
from assessor_app.domain.instants import plausible
from assessor_app.domain.problem import RecordRefused
from assessor_app.domain.visit import Outcome, VisitKind
from assessor_app.services.backup import Why, back_up_if_due
from assessor_app.services.entries import CLOCK_SLACK
from assessor_app.services.instruments import default_instrument
from assessor_app.services.visits import NewVisit, close_visit, find_visit, start_visit


def register(app: typer.Typer) -> None:
    app.command()(new)
    app.command()(show)
    app.command()(pause)
    app.command()(resume)
    app.command(name="exit-talk")(exit_talk)
    app.command()(close)
    app.command()(void)


def new(
    ctx: typer.Context,
    *,
    institution: Annotated[str, typer.Option(help="Instansi induk / parent institution.")],
    unit: Annotated[str, typer.Option(help="Unit yang dikunjungi / the office visited.")],
    object_type: Annotated[str, typer.Option("--object", help="Jenis objek, e.g. opd.")],
    instrument: Annotated[
        str | None, typer.Option(help="Instrumen, mis. 2015-pemda; bawaan: yang terbaru.")
    ] = None,
    kind: Annotated[VisitKind, typer.Option(help="Jenis kunjungan.")] = VisitKind.UNANNOUNCED,
    address: Annotated[str | None, typer.Option(help="Alamat yang dikunjungi.")] = None,
    assignment_letter: Annotated[str | None, typer.Option(help="Surat tugas.")] = None,
    team: Annotated[list[str] | None, typer.Option(help="Anggota tim lain, berulang.")] = None,
    arrival: Annotated[str | None, typer.Option(help="Waktu tiba (ISO 8601).")] = None,
    sample: Annotated[bool, typer.Option(help="Tandai sebagai CONTOH.")] = False,
    predecessor: Annotated[
        str | None, typer.Option(help="Kunjungan yang ditindaklanjuti, mis. pendampingan.")
    ] = None,
) -> None:
    """Mulai kunjungan / start a visit."""
    context = context_of(ctx)
    workplace, library = context.workplace, context.application.library
    today = workplace.store.clock.now().astimezone(workplace.profile.zone).date()
    visit = start_visit(
        workplace.store,
        NewVisit(
            institution=institution,
            unit=unit,
            object_type=object_type.casefold(),
            kind=kind,
            arrival=moment(context, arrival),
            team=(workplace.profile.name, *(team or ())),
            address_visited=address,
            assignment_letter=assignment_letter,
            sample=sample,
            predecessor=find_visit(workplace.store, predecessor) if predecessor else None,
        ),
        library.get(instrument) if instrument else default_instrument(library, today=today),
        library=library,
    )
    answer(context, {"visit": visit}, context.say("new.done", visit=visit))


def show(ctx: typer.Context, visit: str) -> None:
    """Tampilkan kunjungan dengan kedua sisi setiap indikator / show a visit."""
    context = context_of(ctx, looking=True)
    data, told = seen(context, context.session(visit))
    answer(context, data, told)


def pause(
    ctx: typer.Context,
    visit: str,
    reason: Annotated[str, typer.Option(help="Alasan / the reason.")],
    at: Annotated[str | None, typer.Option(help="Waktu dijeda (ISO 8601).")] = None,
) -> None:
    """Jeda kunjungan, untuk dilanjutkan nanti atau hari lain / pause a visit."""
    context = context_of(ctx)
    done = context.session(visit).pause(reason, at=moment(context, at))
    recorded(context, done, context.say("pause.done"))


def resume(
    ctx: typer.Context,
    visit: str,
    at: Annotated[str | None, typer.Option(help="Waktu dilanjutkan (ISO 8601).")] = None,
) -> None:
    """Lanjutkan kunjungan yang dijeda / resume a paused visit."""
    context = context_of(ctx)
    done = context.session(visit).resume(at=moment(context, at))
    recorded(context, done, context.say("resume.done"))


def exit_talk(ctx: typer.Context, visit: str) -> None:
    """Mulai pembicaraan akhir / begin the exit talk."""
    context = context_of(ctx)
    done = context.session(visit).begin_exit_talk()
    recorded(context, done, context.say("exit_talk.done"))


def close(
    ctx: typer.Context,
    visit: str,
    outcome: Annotated[Outcome, typer.Option(help="Hasil kunjungan.")],
    departure: Annotated[str | None, typer.Option(help="Waktu selesai (ISO 8601).")] = None,
    account: Annotated[str | None, typer.Option(help="Uraian kejadian bila tidak selesai.")] = None,
) -> None:
    """Tutup kunjungan; ditolak selama ada yang belum lengkap / close a visit."""
    context = context_of(ctx)
    session = context.session(visit)
    done = close_visit(
        session,
        context.workplace,
        outcome,
        departure=moment(context, departure),
        account=account,
    )
    count = len(session.findings())
    backed_up = back_up_if_due(context.workplace, why=Why.CLOSE)
    for missed in backed_up.missed:
        typer.echo(missed_backup(context, missed), err=True)
    answer(
        context,
        {
            "ok": True,
            "event": done.event,
            "findings": count,
            "backups": [str(made.folder) for made in backed_up.made],
            "unexamined": hint_at_unexamined(context, visit, session.snapshot),
        },
        context.say("close.done", count=count),
    )


def void(
    ctx: typer.Context,
    visit: str,
    reason: Annotated[str, typer.Option(help="Alasan / the reason.")],
) -> None:
    """Batalkan kunjungan dengan alasan; tidak ada yang dihapus / void a visit."""
    context = context_of(ctx)
    done = context.session(visit).void(reason)
    recorded(context, done, context.say("void.done"))


def moment(context: Context, text: str | None) -> datetime:
    """The instant that was given, in the assessor's zone where it names none; else now."""
    if text is None:
        return context.application.clock.now()
    zone = context.workplace.profile.zone
    try:
        given = datetime.fromisoformat(text)
        instant = plausible(given if given.tzinfo else given.replace(tzinfo=zone))
    except ValueError as error:
        raise RecordRefused("instant_unreadable", value=text) from error
    if instant > context.application.clock.now() + CLOCK_SLACK:
        raise RecordRefused("instant_in_future", value=text)
    return instant
