"""`push`, `outbox`: visits on their way to headquarters."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from enum import StrEnum
from itertools import groupby
from typing import Annotated

import typer

from assessor_app.cli.context import Context, context_of
from assessor_app.cli.printing import answer, refusal, table
from assessor_app.cli.progress import Telling, telling
from assessor_app.cli.storage_commands import Limit, SecretFile, User, given_secret
from assessor_app.domain.event import Json
from assessor_app.domain.outbox import Item, ItemState, Sending
from assessor_app.domain.problem import StoreProblem
from assessor_app.services.evidence.words import size
from assessor_app.services.sync.freeing import LONGEST_RULE, free, freeable, rule, set_rule
from assessor_app.services.sync.place import open_transport
from assessor_app.services.sync.pushing import Pushed, Stop, go_on, pause, push
from assessor_app.services.sync.queue import listed, resend, told_reason
from assessor_app.services.visits import find_visit

_SHORT = 8  # digits of an id
_MINUTE = 60

To = Annotated[
    str | None,
    typer.Option(help="Tujuan selain yang ditetapkan / another storage than the set one."),
]
Visit = Annotated[
    list[str] | None, typer.Option(help="Hanya kunjungan ini / this visit alone, in any state.")
]


class Stage(StrEnum):
    """What a run is at: a part of a visit."""

    RECORD = "record"
    DERIVATIVES = "derivatives"
    ORIGINALS = "originals"


def register(app: typer.Typer) -> None:
    app.command(name="push")(send)
    group = typer.Typer(
        help="Antrean pengiriman / what is on its way.", invoke_without_command=True
    )
    group.callback()(show)
    group.command(name="list")(list_)
    group.command(name="pause")(pause_)
    group.command(name="resume")(resume)
    group.command(name="resend")(send_again)
    group.command(name="free")(free_)
    app.add_typer(group, name="outbox")


def send(
    ctx: typer.Context,
    *,
    to: To = None,
    visit: Visit = None,
    user: User = None,
    secret_file: SecretFile = None,
    limit: Limit = None,
) -> None:
    """Kirim kunjungan yang sudah ditutup ke kantor pusat; kode keluar 1 bila terputus / send."""
    context = context_of(ctx)
    workplace = context.workplace
    stop = Stop()
    secret = None if to is None else given_secret(context, to, user=user, file=secret_file)
    transport = open_transport(workplace, to, user=user, secret=secret, limit=limit, wait=stop.wait)
    wanted = None if not visit else [find_visit(workplace.store, one) for one in visit]
    with telling(context, "sync.stage") as tell:
        done = push(
            workplace,
            transport,
            library=context.application.library,
            visits=wanted,
            tell=lambda now: _tell_sending(context, tell, now),
            tell_sealing=lambda kind, part, of: tell(Stage(kind), part, of),
            stop=stop,
        )
    answer(context, _pushed_data(context, done), "\n".join(_pushed_told(context, done)))
    if done.ended_by is not None or done.refused:
        raise typer.Exit(1)


def show(ctx: typer.Context) -> None:
    """Antrean: setiap bagian setiap kunjungan dan keadaannya / each part and how it stands."""
    if ctx.invoked_subcommand is None:
        list_(ctx)


def list_(ctx: typer.Context) -> None:
    """Setiap bagian setiap kunjungan dan keadaannya / each part of each visit and its state."""
    context = context_of(ctx, looking=True)
    items = listed(context.workplace.store)
    data: Json = {"items": [_item_data(context, one) for one in items]}
    answer(context, data, _told(context, items))


def pause_(ctx: typer.Context) -> None:
    """Jeda pengiriman; yang sedang berjalan berhenti sesudah potongannya / pause sending."""
    context = context_of(ctx)
    pause(context.workplace.store)
    answer(context, {"ok": True, "paused": True}, context.say("sync.paused"))


def resume(ctx: typer.Context) -> None:
    """Lanjutkan pengiriman / let it be sent again."""
    context = context_of(ctx)
    go_on(context.workplace.store)
    answer(context, {"ok": True, "paused": False}, context.say("sync.resumed"))


def send_again(
    ctx: typer.Context,
    *,
    visit: Visit = None,
    since: Annotated[
        datetime | None,
        typer.Option(formats=["%Y-%m-%d"], help="Yang diantrekan sejak hari ini / queued since."),
    ] = None,
) -> None:
    """Antrekan lagi yang dikarantina, atau semuanya sejak suatu hari / queue it once more."""
    context = context_of(ctx)
    workplace = context.workplace
    wanted = None if not visit else [find_visit(workplace.store, one) for one in visit]
    day = None if since is None else since.date()
    with telling(context, "sync.stage") as tell:
        made = resend(
            workplace,
            library=context.application.library,
            visits=wanted,
            since=day,
            tell=lambda kind, part, of: tell(Stage(kind), part, of),
        )
    data: Json = {"ok": True, "items": list(made.items), "visits": list(made.visits)}
    said = "sync.resent" if made.items or made.visits else "sync.resent_nothing"
    answer(context, data, context.say(said, items=len(made.items), visits=len(made.visits)))


def free_(
    ctx: typer.Context,
    *,
    visit: Visit = None,
    after: Annotated[
        int | None,
        typer.Option(
            min=0, max=LONGEST_RULE, help="Aturan: lepas sendiri sesudah hari ini / days, a rule."
        ),
    ] = None,
    never: Annotated[
        bool, typer.Option("--never", help="Hapus aturan itu / end the rule.")
    ] = False,
    show_only: Annotated[
        bool, typer.Option("--show", help="Tunjukkan saja / only tell what could go.")
    ] = False,
) -> None:
    """Lepas berkas asli yang sudah ditandatangani kantor pusat / free originals with a receipt."""
    context = context_of(ctx)
    workplace = context.workplace
    if never or after is not None:
        set_rule(workplace, None if never else after)
        answer(context, {"ok": True, "after": rule(workplace.store)}, _rule_told(context))
        return
    wanted = None if not visit else [find_visit(workplace.store, one) for one in visit]
    listed = freeable(workplace.store, visits=wanted)
    taken = sum(one.size for one in listed)
    if not show_only:
        free(workplace, visits=wanted)
    data: Json = {
        "ok": True,
        "freed": not show_only,
        "files": [one.id for one in listed],
        "size": taken,
        "after": rule(workplace.store),
    }
    said = "sync.freeable" if show_only else "sync.freed"
    amount = size(taken, context.words)
    lines = [context.say(said, count=len(listed), size=amount), _rule_told(context)]
    answer(context, data, "\n".join(lines))


def _rule_told(context: Context) -> str:
    days = rule(context.workplace.store)
    return context.say("sync.no_rule") if days is None else context.say("sync.rule", days=days)


def _tell_sending(context: Context, tell: Telling, now: Sending) -> None:
    words = context.words
    left = "" if now.seconds is None else f", {_lasting(context, now.seconds)}"
    share = f" {size(now.done, words)} / {size(now.total, words)}"
    tell(Stage(now.kind), 0, 0, f" {now.visit[-_SHORT:]}{share}{left}")


def _lasting(context: Context, seconds: float) -> str:
    if seconds < _MINUTE:
        return context.say("sync.seconds_left", count=max(1, round(seconds)))
    return context.say("sync.minutes_left", count=round(seconds / _MINUTE))


def _pushed_told(context: Context, done: Pushed) -> Iterable[str]:
    for one in done.queued:
        amount = size(one.size, context.words)
        yield context.say("sync.queued", visit=one.visit[-_SHORT:], number=one.number, size=amount)
        if one.left_out:
            yield context.say("sync.left_out", count=len(one.left_out))
    for visit, problem in done.refused:
        why = refusal(problem, context.language)
        yield context.say("sync.refused", visit=visit[-_SHORT:], why=why)
    amount = size(done.put, context.words)
    yield context.say("sync.sent", count=len(done.sent), size=amount, left=done.left)
    if done.freed.files:
        amount = size(done.freed.size, context.words)
        yield context.say("sync.freed", count=done.freed.files, size=amount)
    if done.ended_by is not None:
        yield refusal(done.ended_by, context.language)
        yield context.say("sync.kept")
    elif done.stopped:
        yield context.say("sync.stopped")
    elif not done.left:
        yield context.say("sync.awaiting")


def _pushed_data(context: Context, done: Pushed) -> Json:
    return {
        "ok": done.ended_by is None and not done.refused,
        "queued": [
            {
                "visit": one.visit,
                "number": one.number,
                "items": list(one.items),
                "size": one.size,
                "left_out": list(one.left_out),
            }
            for one in done.queued
        ],
        "sent": list(done.sent),
        "put_bytes": done.put,
        "left": done.left,
        "stopped": done.stopped,
        "freed": {"files": done.freed.files, "size": done.freed.size},
        "refused": [
            {
                "visit": visit,
                "code": problem.code,
                "error": refusal(problem, context.language),
            }
            for visit, problem in done.refused
        ],
        "code": None if done.ended_by is None else done.ended_by.code,
        "error": None if done.ended_by is None else refusal(done.ended_by, context.language),
    }


def _told(context: Context, items: Sequence[Item]) -> str:
    if not items:
        return context.say("sync.nothing")
    say, words = context.say, context.words
    heads = [say(f"sync.head.{name}") for name in ("visit", "part", "size", "state", "since")]
    rows = []
    for visit, parts in groupby(items, key=lambda one: one.visit):
        for one in parts:
            state = say(f"sync.state.{one.state.value}")
            if one.state is ItemState.SENDING:
                state = say("sync.sending_share", state=state, share=_share(one))
            since = words.moment(datetime.fromisoformat(one.changed_at))
            part = say(f"sync.stage.{one.kind}")
            rows.append(
                (f"{visit[-_SHORT:]}/{one.number}", part, size(one.size, words), state, since)
            )
    reasons = [
        say("sync.reason", visit=one.visit[-_SHORT:], why=refusal(reason, context.language))
        for one in items
        if (reason := told_reason(one)) is not None
    ]
    return "\n".join([table(rows, heads), *reasons])


def _share(item: Item) -> int:
    return 100 * item.put // item.size if item.size else 0


def _item_data(context: Context, item: Item) -> Json:
    reason: StoreProblem | None = told_reason(item)
    return {
        "id": item.id,
        "visit": item.visit,
        "shipment": item.number,
        "part": item.kind,
        "state": item.state.value,
        "size": item.size,
        "put": item.put,
        "sha256": item.sha256,
        "manifest": item.manifest,
        "queued_at": item.queued_at,
        "changed_at": item.changed_at,
        "receipt": item.receipt,
        "reason": item.reason,
        "error": None if reason is None else refusal(reason, context.language),
    }
