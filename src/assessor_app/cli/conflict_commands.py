"""`conflicts`, `resolve`, `late`, `reopen`, `take-lead`: a visit that several devices record."""

from collections.abc import Iterator
from typing import Annotated

import typer

from assessor_app.cli.context import Context, context_of
from assessor_app.cli.history_command import line_data
from assessor_app.cli.printing import answer, recorded
from assessor_app.cli.visit_commands import moment
from assessor_app.domain.event import Json
from assessor_app.domain.instants import instant_text
from assessor_app.services.conflicts import Proof, Said, Shown, conflicts
from assessor_app.services.timeline import Line, late_history

_REASON = typer.Option(help="Alasan / the reason.")


def register(app: typer.Typer) -> None:
    app.command(name="conflicts")(list_conflicts)
    app.command()(resolve)
    app.command()(late)
    app.command()(reopen)
    app.command(name="take-lead")(take_lead)


def list_conflicts(ctx: typer.Context, visit: str) -> None:
    """Tampilkan nilai yang bertentangan antar-perangkat / values that contradict each other."""
    context = context_of(ctx, looking=True)
    found = conflicts(context.session(visit), context.workplace, context.words)
    lines = [line for one in found for line in _told(context, one)]
    data: Json = [_data(one) for one in found]
    answer(context, data, "\n".join(lines) or context.say("conflicts.none"))


def resolve(
    ctx: typer.Context,
    visit: str,
    entity: Annotated[str, typer.Argument(help="Tempat, seperti pada `conflicts`.")],
    event: Annotated[str, typer.Argument(help="Peristiwa yang nilainya berlaku.")],
    *,
    field: Annotated[str | None, typer.Option(help="Satu bidang saja / one field only.")] = None,
    reason: Annotated[str | None, _REASON] = None,
) -> None:
    """Selesaikan pertentangan: nilai peristiwa ini yang berlaku / settle a conflict."""
    context = context_of(ctx)
    done = context.session(visit).resolve(entity, event, field=field, reason=reason)
    recorded(context, done, context.say("resolve.done"))


def late(ctx: typer.Context, visit: str) -> None:
    """Catatan yang datang sesudah kunjungan ditutup; belum dinilai / late records."""
    context = context_of(ctx, looking=True)
    found = late_history(context.session(visit), context.workplace, context.words)
    lines = [line for one in found for line in _told_late(context, one)]
    data: Json = [line_data(one) for one in found]
    answer(context, data, "\n".join(lines) or context.say("late.none"))


def reopen(
    ctx: typer.Context,
    visit: str,
    reason: Annotated[str, _REASON],
    at: Annotated[str | None, typer.Option(help="Kapan (ISO 8601) / when.")] = None,
) -> None:
    """Buka kembali kunjungan yang ditutup, oleh ketua tim / reopen a closed visit."""
    context = context_of(ctx)
    session = context.session(visit)
    done = session.reopen(reason, at=moment(context, at))
    told = "reopen.again" if session.snapshot.documents else "reopen.done"
    recorded(context, done, context.say(told))


def take_lead(ctx: typer.Context, visit: str, reason: Annotated[str, _REASON]) -> None:
    """Ambil alih pimpinan kunjungan, dengan alasan / lead the visit from now on."""
    context = context_of(ctx)
    done = context.session(visit).take_lead(reason)
    recorded(context, done, context.say("take_lead.done"))


def _told_late(context: Context, one: Line) -> Iterator[str]:
    yield context.say(
        "late.head", moment=one.moment, author=one.author, device=one.device, did=one.did
    )
    if one.part:
        yield f"    {one.part}"
    for change in one.changes:
        yield context.say("late.change", name=change.name, after=change.after)


def _data(one: Shown) -> Json:
    return {
        "entity": one.entity,
        "field": one.field,
        "place": one.place,
        "name": one.name,
        "sides": [_side(side) for side in one.sides],
        "other_evidence": [_proof(proof) for proof in one.others],
    }


def _side(side: Said) -> Json:
    return {
        "event": side.event,
        "field": side.field,
        "value": side.recorded,
        "told": side.value,
        "author": side.author,
        "device": side.device,
        "own_device": side.own_device,
        "recorded_at": instant_text(side.recorded_at),
        "observed_at": instant_text(side.observed_at) if side.observed_at else None,
        "note": side.note,
        "evidence": [_proof(proof) for proof in side.proofs],
    }


def _proof(proof: Proof) -> Json:
    return {
        "evidence": proof.evidence,
        "sha256": proof.sha256,
        "caption": proof.caption,
        "author": proof.author,
        "attached_at": instant_text(proof.attached_at),
    }


def _told(context: Context, one: Shown) -> Iterator[str]:
    yield context.say("conflicts.place", place=one.place, name=one.name, entity=one.entity)
    for side in one.sides:
        where = "conflicts.here" if side.own_device else "conflicts.there"
        yield context.say(
            where,
            name=side.name,
            value=side.value,
            author=side.author,
            moment=context.words.moment(side.recorded_at),
        )
        if side.observed_at is not None:
            observed = context.words.moment(side.observed_at)
            yield context.say("conflicts.observed", moment=observed)
        if side.note:
            yield context.say("conflicts.note", note=side.note)
        if side.proofs:
            yield context.say("conflicts.proofs", count=len(side.proofs))
        yield context.say("conflicts.choose", event=side.event)
    if one.others:
        yield context.say("conflicts.others", count=len(one.others))
