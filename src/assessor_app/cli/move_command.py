"""`move`: a visit goes on under another version of the instrument, once its effects were shown."""

from collections.abc import Iterator
from typing import Annotated

import typer

from assessor_app.cli.context import Context, context_of
from assessor_app.cli.instrument_told import difference_data, difference_told
from assessor_app.cli.printing import answer
from assessor_app.cli.score_commands import score_data
from assessor_app.domain.event import Json
from assessor_app.domain.outlook import Outlook
from assessor_app.domain.scoring import Basis
from assessor_app.domain.visit import Snapshot
from assessor_app.services.moving import Move, Unfit, move_visit, moves
from assessor_app.services.session import Session


def register(app: typer.Typer) -> None:
    app.command()(move)


def move(
    ctx: typer.Context,
    visit: str,
    instrument: str,
    *,
    yes: Annotated[bool, typer.Option("--yes", help="Pindahkan sungguh / really move it.")] = False,
    reason: Annotated[str, typer.Option(help="Alasan, dicatat / the reason, recorded.")] = "",
) -> None:
    """Pindahkan kunjungan ke versi instrumen lain; tanpa --yes hanya menunjukkan akibatnya."""
    context = context_of(ctx)
    library = context.application.library
    session = context.session(visit)
    found = moves(session, library.get(instrument))
    data = _data(found)
    told = list(_told(found, session, context))
    if yes:
        done = move_visit(session, found, reason=reason, library=library)
        data |= {"ok": True, "moved": True, "event": done.event}
        sentence = context.say("move_done", instrument=found.instrument.pin, count=len(found.unfit))
    else:
        data["moved"] = False
        sentence = context.say(
            "move_preview", visit=session.visit_id, instrument=found.instrument.pin
        )
    answer(context, data, "\n".join([*told, "", sentence]))


def _told(found: Move, session: Session, context: Context) -> Iterator[str]:
    yield context.say("move_differences")
    yield from (f"  {line}" for line in difference_told(found.difference, context))
    yield ""
    yield context.say("move_kept", count=len(found.taken_over))
    if found.unfit:
        yield context.say("move_unfit", count=len(found.unfit))
        yield from (f"  {_unfit(one, session.snapshot, context)}" for one in found.unfit)
    if found.added:
        codes = ", ".join(one.code for one in found.added)
        yield context.say("move_open", count=len(found.added), indicators=codes)
    before, after = (_score(one, context) for one in (found.before.outlook, found.after))
    yield context.say("move_score", before=before, after=after)


def _unfit(one: Unfit, snapshot: Snapshot, context: Context) -> str:
    inapplicable = snapshot.observations[one.key].not_applicable_reason
    answered = one.answer or context.say(
        "move_does_not_apply" if inapplicable else "move_not_assessed"
    )
    return context.say(
        "move_set_aside" if one.set_aside else "move_unread",
        place=_place(one, snapshot, context),
        answer=answered,
        why=context.say(f"misfit.{one.why.value}"),
    )


def _place(one: Unfit, snapshot: Snapshot, context: Context) -> str:
    """The indicator with its product or respondent, and the side."""
    respondent = snapshot.respondents.get(one.key.respondent)
    names = (snapshot.products.get(one.key.product), respondent.pseudonym if respondent else None)
    parts = [one.key.indicator, *(name for name in names if name)]
    return f"{' · '.join(parts)}, {context.say(f'side_short.{one.key.side.value}')}"


def _score(outlook: Outlook, context: Context) -> str:
    official = outlook.scores.get(Basis.OFFICIAL)
    if official is None:
        return context.say("move_no_score")
    words = context.words
    zone = f" ({words.of(official.band.name)})" if official.band else ""
    return f"{words.points(official.points)} / {words.weight(official.maximum)}{zone}"


def _data(found: Move) -> dict[str, Json]:
    before, after = found.before.outlook, found.after
    return {
        "from": found.before.instrument.pin,
        "to": found.instrument.pin,
        "taken_over": [key.entity for key in found.taken_over],
        "unfit": [
            {
                "observation": one.key.entity,
                "indicator": one.key.indicator,
                "side": one.key.side.value,
                "answer": one.answer,
                "why": one.why.value,
                "set_aside": one.set_aside,
            }
            for one in found.unfit
        ],
        "added": [one.code for one in found.added],
        "score_before": _score_data(before),
        "score_after": _score_data(after),
        "difference": difference_data(found.difference),
    }


def _score_data(outlook: Outlook) -> Json:
    official = outlook.scores.get(Basis.OFFICIAL)
    return None if official is None else score_data(official, explain=False)
