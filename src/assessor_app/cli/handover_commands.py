"""`handover`, `returned`: the document goes to the office, and what comes back from there."""

from typing import Annotated

import typer

from assessor_app.cli.context import context_of
from assessor_app.cli.printing import recorded
from assessor_app.cli.visit_commands import moment
from assessor_app.domain.visit import HandoverWay


def register(app: typer.Typer) -> None:
    app.command()(handover)


def handover(
    ctx: typer.Context,
    visit: str,
    to: Annotated[str, typer.Option(help="Kepada siapa / to whom.")],
    how: Annotated[HandoverWay, typer.Option(help="Cara / how.")],
    at: Annotated[str | None, typer.Option(help="Kapan (ISO 8601) / when.")] = None,
) -> None:
    """Catat penyerahan dokumen / record the hand-over of the document."""
    from assessor_app.services import handing_over

    context = context_of(ctx)
    session = context.session(visit)
    when = moment(context, at)
    done = handing_over.hand_over(session, context.workplace, to=to, way=how, at=when)
    told = context.say("handover.done", to=to, when=context.words.moment(when))
    recorded(context, done, told)
