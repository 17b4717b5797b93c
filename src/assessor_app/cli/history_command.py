"""`history`: who did what at an indicator or in a visit, when, on which device, and why."""

from collections.abc import Iterator
from typing import Annotated

import typer

from assessor_app.cli.context import Context, context_of
from assessor_app.cli.printing import answer
from assessor_app.domain.event import Json
from assessor_app.domain.instants import instant_text
from assessor_app.services.timeline import Line, indicator_history, visit_history


def register(app: typer.Typer) -> None:
    app.command()(history)


def history(
    ctx: typer.Context,
    visit: str,
    indicator: Annotated[
        str | None, typer.Argument(help="Kode indikator; tanpa ini langkah-langkah kunjungan.")
    ] = None,
    *,
    everything: Annotated[
        bool, typer.Option("--all", help="Semua peristiwa kunjungan / every event.")
    ] = False,
) -> None:
    """Riwayat: siapa, kapan, sebelum, sesudah, mengapa / the history of a visit or indicator."""
    context = context_of(ctx, looking=True)
    session = context.session(visit)
    workplace, words = context.workplace, context.words
    lines = (
        visit_history(session, workplace, words, everything=everything)
        if indicator is None
        else indicator_history(session, workplace, words, indicator)
    )
    told = [part for line in lines for part in _told(context, line)]
    answer(
        context, [line_data(line) for line in lines], "\n".join(told) or context.say("history.none")
    )


def line_data(line: Line) -> Json:
    """One event of the history, for programs."""
    event = line.event
    return {
        "event": event.id,
        "kind": event.kind.value,
        "wall": instant_text(event.wall),
        "device": event.device,
        "own_device": line.own_device,
        "actor": event.actor,
        "author": line.author,
        "about": line.part,
        "reason": event.reason,
        "undoes": event.undoes,
        "marks": sorted(mark.value for mark in line.marks),
        "clock": line.clock,
        "changes": [
            {
                "entity": one.entity,
                "field": one.field,
                "name": one.name,
                "before": one.before_value,
                "after": one.after_value,
                "before_told": one.before,
                "after_told": one.after,
            }
            for one in line.changes
        ],
    }


def _told(context: Context, line: Line) -> Iterator[str]:
    """The lines of one event: a head, then each field with what was and what is."""
    marks = ", ".join(context.words(f"timeline.mark.{mark.value}") for mark in sorted(line.marks))
    did = f"{line.did} [{marks}]" if marks else line.did
    yield context.say(
        "history.head", moment=line.moment, author=line.author, device=line.device, did=did
    )
    if line.part:
        yield f"    {line.part}"
    for one in line.changes:
        yield context.say("history.change", name=one.name, before=one.before, after=one.after)
    if line.reason:
        yield context.say("history.reason", reason=line.reason)
    for remark in (line.observed, line.clock):
        if remark:
            yield f"    {remark}"
