"""`sync`, `pull`: which headquarters this device belongs to, and what it has written to it."""

from decimal import Decimal
from pathlib import Path
from typing import Annotated

import typer

from assessor_app.cli.context import Context, context_of
from assessor_app.cli.printing import answer, refusal
from assessor_app.cli.storage_commands import SecretFile, User, given_secret
from assessor_app.domain.event import Json
from assessor_app.domain.instants import instant_text
from assessor_app.domain.numbers import in_fours
from assessor_app.services.report.words import Words
from assessor_app.services.sync import joining
from assessor_app.services.sync.assignments import Listed, assignments, open_assignment
from assessor_app.services.sync.place import open_transport
from assessor_app.services.sync.pulling import Pulled
from assessor_app.services.sync.pulling import pull as fetch
from assessor_app.services.sync.trusted import Joined, joined

_SHORT = 8  # digits of an id
_CODE = "ASSESSOR_ASSIGNMENT_CODE"


def register(app: typer.Typer) -> None:
    group = typer.Typer(help="Kantor pusat perangkat ini / its headquarters.", no_args_is_help=True)
    group.command()(join)
    group.command()(trust)
    app.add_typer(group, name="sync")
    app.command()(pull)
    given = typer.Typer(help="Penugasan / assignments.", invoke_without_command=True)
    given.callback()(show_assignments)
    given.command(name="open")(open_)
    app.add_typer(given, name="assignments")


def join(
    ctx: typer.Context,
    card: Annotated[Path, typer.Argument(help="Kartu kantor pusat (.hq) / headquarters' card.")],
    *,
    fingerprint: Annotated[
        str | None, typer.Option(help="Sidik yang tercetak (SHA-256) / the printed fingerprint.")
    ] = None,
) -> None:
    """Bergabung dengan kantor pusat yang sidiknya Anda ketik dari kertas / join headquarters."""
    context = context_of(ctx)
    if fingerprint is None:  # it is looked at first, and nothing is believed of it
        shown = joining.read_card(card)
        told = context.say("join.shown", name=shown.name, fingerprint=in_fours(shown.fingerprint))
        answer(context, {"joined": False, **_data(shown)}, told)
        return
    made = joining.join(context.workplace, card, fingerprint=fingerprint)
    told = context.say("join.done", name=made.name, fingerprint=in_fours(made.fingerprint))
    answer(context, {"joined": True, **_data(made)}, told)


def trust(ctx: typer.Context) -> None:
    """Kantor pusat perangkat ini dan daftar kepercayaannya / what is known of headquarters."""
    context = context_of(ctx, looking=True)
    known = joined(context.workplace.store)
    if known is None:
        answer(context, {"joined": False}, context.say("join.none"))
        return
    told = context.say(
        "join.trust",
        name=known.name,
        fingerprint=in_fours(known.fingerprint),
        number=known.listed.number,
        at=context.words.moment(known.listed.made_at),
        devices=len(known.listed.devices),
        certificates=len(known.listed.certificates),
    )
    answer(context, {"joined": True, **_data(known)}, told)


def pull(
    ctx: typer.Context,
    *,
    to: Annotated[
        str | None, typer.Option("--from", help="Selain yang ditetapkan / another storage.")
    ] = None,
    user: User = None,
    secret_file: SecretFile = None,
) -> None:
    """Ambil tanda terima dan surat kantor pusat; kode keluar 1 bila ada yang disisihkan / fetch."""
    context = context_of(ctx)
    secret = None if to is None else given_secret(context, to, user=user, file=secret_file)
    transport = open_transport(context.workplace, to, user=user, secret=secret)
    done = fetch(context.workplace, transport, library=context.application.library)
    answer(context, _pulled_data(context, done), "\n".join(_pulled_told(context, done)))
    if done.aside:
        raise typer.Exit(1)


def show_assignments(ctx: typer.Context) -> None:
    """Penugasan dari kantor pusat / what headquarters has assigned."""
    if ctx.invoked_subcommand is not None:
        return
    context = context_of(ctx, looking=True)
    listed = assignments(context.workplace)
    told = "\n".join(line for one in listed for line in _assignment_told(context, one))
    answer(
        context,
        {"assignments": [_assignment_data(one) for one in listed]},
        told or context.say("assigned.none"),
    )


def open_(
    ctx: typer.Context,
    which: Annotated[str, typer.Argument(help="Id penugasan / the assignment's id.")],
    *,
    code_file: Annotated[
        Path | None, typer.Option(help="Berkas kode hari ini / file with the code of the day.")
    ] = None,
) -> None:
    """Buka penugasan tersegel dengan kode hari ini / open one with the code of the day."""
    context = context_of(ctx)
    known = {one.assignment.id: one for one in assignments(context.workplace)}
    is_sealed = any(one.is_sealed for one in known.values())
    code = context.secret(code_file, _CODE, "assigned.ask") if is_sealed else ""
    opened = open_assignment(context.workplace, which, code)
    answer(context, _assignment_data(opened), "\n".join(_assignment_told(context, opened)))


def _assignment_told(context: Context, one: Listed) -> list[str]:
    say, words, given = context.say, context.words, one.assignment
    due = words.day(given.due) if given.due else say("assigned.no_due")
    lines = [say("assigned.head", id=given.id[-_SHORT:], title=given.title, due=due)]
    if one.is_sealed:
        lines.append("  " + say("assigned.sealed"))
    for place in given.places:
        lines.append(f"  {place.unit}, {place.institution}")
        lines += [f"    {place.address}"] if place.address else []
        lines += [
            "    "
            + say(
                "assigned.result",
                year=result.year,
                score=_score(result.score, words),
                zone=result.zone or "–",
            )
            for result in place.last_results
        ]
        lines += [f"    - {finding}" for finding in place.open_findings]
    return lines


def _score(score: str | None, words: Words) -> str:
    return "–" if score is None else words.points(Decimal(score))


def _assignment_data(one: Listed) -> Json:
    given = one.assignment
    return {
        "id": given.id,
        "title": given.title,
        "due": given.due.isoformat() if given.due else None,
        "sealed": one.is_sealed,
        "places": [
            {
                "institution": place.institution,
                "unit": place.unit,
                "object_type": place.object_type,
                "address": place.address,
                "last_results": [
                    {
                        "year": result.year,
                        "score": result.score,
                        "zone": result.zone,
                        "source": result.source,
                    }
                    for result in place.last_results
                ],
                "open_findings": list(place.open_findings),
            }
            for place in given.places
        ],
    }


def _pulled_told(context: Context, done: Pulled) -> list[str]:
    say = context.say
    lines = [say("pull.letters", count=len(done.letters))] if done.letters else []
    for one in done.answered:
        part = say(f"sync.stage.{one.item.kind}")
        name = f"pull.{one.state.value}"
        lines.append(say(name, visit=one.item.visit[-_SHORT:], part=part))
        if one.problem is not None:
            lines.append("  " + refusal(one.problem, context.language))
    lines += [refusal(one.problem, context.language) for one in done.aside]
    return lines or [say("pull.nothing")]


def _pulled_data(context: Context, done: Pulled) -> Json:
    return {
        "ok": not done.aside,
        "letters": [{"number": one.number, "kind": one.kind} for one in done.letters],
        "answered": [
            {
                "item": one.item.id,
                "visit": one.item.visit,
                "part": one.item.kind,
                "state": one.state.value,
                "code": one.problem.code if one.problem else None,
                "error": refusal(one.problem, context.language) if one.problem else None,
            }
            for one in done.answered
        ],
        "aside": [
            {
                "letter": one.sha256,
                "code": one.problem.code,
                "error": refusal(one.problem, context.language),
            }
            for one in done.aside
        ],
    }


def _data(known: Joined) -> dict[str, Json]:
    listed = known.listed
    return {
        "name": known.name,
        "fingerprint": known.fingerprint,
        "number": listed.number,
        "made_at": instant_text(listed.made_at),
        "revoked_devices": sorted(listed.devices),
        "revoked_certificates": sorted(listed.certificates),
    }
