"""`preflight`: whether device and store are ready for the field, and what to mend before."""

import typer

from assessor_app.cli.context import context_of
from assessor_app.cli.printing import answer
from assessor_app.domain.event import Json
from assessor_app.domain.preflight import judge, to_mend
from assessor_app.services.preflight.readings import measure
from assessor_app.services.preflight.telling import Told, told, verdict

_ATTENTION = 1


def register(app: typer.Typer) -> None:
    app.command()(preflight)


def preflight(ctx: typer.Context) -> None:
    """Periksa sebelum berangkat: 0 siap, 1 ada yang perlu diperhatikan / before leaving."""
    context = context_of(ctx, looking=True)
    judged = judge(measure(context.workplace, context.application.library))
    lines = [told(one, context.words) for one in judged]
    whole = verdict(judged, context.words)
    data: Json = {
        "ready": not to_mend(judged),
        "verdict": whole,
        "checks": [
            {
                "check": one.judged.check.value,
                "grade": one.judged.grade.value,
                "code": one.judged.code,
                "sentence": one.sentence,
                "advice": one.advice or None,
            }
            for one in lines
        ],
    }
    answer(context, data, "\n".join([*map(_line, lines), "", whole]))
    if to_mend(judged):
        raise typer.Exit(_ATTENTION)


def _line(one: Told) -> str:
    told_all = " ".join(part for part in (one.sentence, one.advice) if part)
    return f"[{one.word}] {one.title}: {told_all}"
