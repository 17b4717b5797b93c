"""`mark`: what somebody wants to come back to, and which indicators are whose."""

from typing import Annotated

import typer

from assessor_app.cli.context import Context, context_of
from assessor_app.cli.printing import answer, table
from assessor_app.domain.event import Json
from assessor_app.domain.marks import UNMARKED
from assessor_app.services.session import Session
from assessor_app.services.trust import names_of_people


def register(app: typer.Typer) -> None:
    app.command()(mark)


def mark(
    ctx: typer.Context,
    visit: str,
    indicator: Annotated[str | None, typer.Argument(help="Tanpa ini: daftarnya / or list.")] = None,
    *,
    later: Annotated[bool, typer.Option("--later", help="Untuk nanti / for later.")] = False,
    mine: Annotated[bool, typer.Option("--mine", help="Bagian saya / one's own part.")] = False,
    clear: Annotated[bool, typer.Option("--clear", help="Lepas tandanya / take it off.")] = False,
) -> None:
    """Tandai indikator untuk nanti atau sebagai bagian saya; bukan bagian dari temuan."""
    wanted = later or mine or clear
    if wanted and indicator is None:
        raise typer.BadParameter("INDICATOR?", param_hint="INDICATOR")
    if indicator is not None and (not wanted or (clear and (later or mine))):
        raise typer.BadParameter("--later, --mine | --clear", param_hint="--later")
    context = context_of(ctx, looking=not wanted)
    session = context.session(visit)
    if indicator is not None:
        _put(session, indicator, later=later, mine=mine, clear=clear)
    answer(context, _data(session), _text(context, session))


def _put(session: Session, indicator: str, *, later: bool, mine: bool, clear: bool) -> None:
    """Whose another assessor's is, stays theirs when a mark is taken off."""
    if later or clear:
        session.mark(indicator, later=later)
    own = session.snapshot.marks.get(indicator, UNMARKED).mine == session.me
    if mine or (clear and own):
        session.take(indicator, taken=mine)


def _data(session: Session) -> Json:
    return {
        "ok": True,
        "visit": session.visit_id,
        "marks": [
            {"indicator": code, "later": one.later, "mine": one.mine}
            for code, one in sorted(session.snapshot.marks.items())
        ],
    }


def _text(context: Context, session: Session) -> str:
    marks = session.snapshot.marks
    if not marks:
        return context.say("mark.none")
    names = names_of_people(context.workplace.store)
    rows = [
        (
            code,
            context.say("mark.yes") if one.later else "",
            names.get(one.mine, one.mine) if one.mine else "",
        )
        for code, one in sorted(marks.items())
    ]
    return table(rows, [context.say(f"mark.{name}") for name in ("indicator", "later", "mine")])
