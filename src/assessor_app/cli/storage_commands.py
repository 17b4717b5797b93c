"""`storage`: where visits are sent to, and whether that works."""

from pathlib import Path
from typing import Annotated

import typer

from assessor_app.cli.context import Context, context_of
from assessor_app.cli.printing import answer, refusal
from assessor_app.domain.event import Json
from assessor_app.services.sync import place as places
from assessor_app.services.sync.place import Outcome, ProbeResult, SetStorage, StorageKind, Tried

_VARIABLE = "ASSESSOR_STORAGE_SECRET"

User = Annotated[
    str | None, typer.Option(help="Nama pengguna atau kunci akses / user or access key.")
]
SecretFile = Annotated[
    Path | None, typer.Option(help="Berkas kata sandi / file with the password or secret key.")
]

Limit = Annotated[
    int | None, typer.Option(help="Kecepatan tertinggi, kB/s / at most, kilobytes a second.")
]


def register(app: typer.Typer) -> None:
    group = typer.Typer(help="Tujuan pengiriman / where visits are sent to.", no_args_is_help=True)
    group.command("set")(set_)
    group.command("test")(try_)
    group.command()(show)
    group.command()(forget)
    app.add_typer(group, name="storage")


def set_(
    ctx: typer.Context,
    url: Annotated[
        str, typer.Argument(help="Folder, webdavs://…, s3://bucket/…?endpoint=… / its address.")
    ],
    *,
    user: User = None,
    secret_file: SecretFile = None,
    limit: Limit = None,
) -> None:
    """Tetapkan tujuan pengiriman; kata sandinya disimpan terenkripsi / set where to send to."""
    context = context_of(ctx)
    given = given_secret(context, url, user=user, file=secret_file)
    chosen = places.set_storage(context.workplace, url, user=user, secret=given, limit=limit)
    lines = [context.say("storage.set", place=chosen.place), context.say("storage.set_try")]
    answer(context, {"ok": True, **_data(chosen)}, "\n".join(lines))


def try_(
    ctx: typer.Context,
    url: Annotated[
        str | None, typer.Argument(help="Alamat lain daripada yang ditetapkan / another address.")
    ] = None,
    *,
    user: User = None,
    secret_file: SecretFile = None,
) -> None:
    """Tulis, baca, bandingkan, daftar, dan hapus berkas uji; kode keluar 1 bila gagal / try it."""
    context = context_of(ctx, looking=True)
    given = None if url is None else given_secret(context, url, user=user, file=secret_file)
    result = places.test_storage(context.workplace, url, user=user, secret=given)
    known = places.storage_of(context.workplace)
    place = known.place if url is None and known else url
    lines = [_told(context, one) for one in result.tried]
    lines.append(context.say("storage.ok" if result.ok else "storage.not_ok", place=place))
    answer(context, _result_data(context, result), "\n".join(lines))
    if not result.ok:
        raise typer.Exit(1)


def show(ctx: typer.Context) -> None:
    """Tampilkan tujuan pengiriman, tanpa kata sandinya / show it, never its password."""
    context = context_of(ctx, looking=True)
    known = places.storage_of(context.workplace)
    if known is None:
        answer(context, {"place": None}, context.say("storage.none"))
        return
    lines = [context.say("storage.show.place", place=known.place)]
    if known.user:
        lines.append(context.say("storage.show.user", user=known.user))
    if known.secret:
        lines.append(context.say("storage.show.secret"))
    if known.limit is None:
        lines.append(context.say("storage.show.no_limit"))
    else:
        lines.append(context.say("storage.show.limit", limit=known.limit))
    answer(context, _data(known), "\n".join(lines))


def forget(ctx: typer.Context) -> None:
    """Lupakan tujuan pengiriman dan kata sandinya / forget it and its password."""
    context = context_of(ctx)
    places.forget_storage(context.workplace)
    answer(context, {"ok": True}, context.say("storage.forgotten"))


def given_secret(context: Context, url: str, *, user: str | None, file: Path | None) -> str | None:
    """Asked for only where there is somebody whose it is: a folder has none."""
    if file is None and (user is None or places.kind_of_address(url) is StorageKind.FOLDER):
        return None
    return context.secret(file, _VARIABLE, "storage.ask.secret", user=user or "", place=url)


def _told(context: Context, one: Tried) -> str:
    step = context.say(f"storage.step.{one.step}")
    line = f"{step}: {context.say(f'storage.outcome.{one.outcome}')}"
    if one.outcome is Outcome.FAILED and one.problem is not None:
        return f"{line}\n  {refusal(one.problem, context.language)}"
    return line


def _data(known: SetStorage) -> dict[str, Json]:
    return {
        "place": known.place,
        "kind": known.kind.value,
        "user": known.user,
        "has_secret": known.secret is not None,
        "limit": known.limit,
    }


def _result_data(context: Context, result: ProbeResult) -> Json:
    return {
        "ok": result.ok,
        "steps": [
            {
                "step": one.step.value,
                "outcome": one.outcome.value,
                "code": None if one.problem is None else one.problem.code,
                "error": None if one.problem is None else refusal(one.problem, context.language),
            }
            for one in result.tried
        ],
    }
