"""`compare`: what became of every indicator since an earlier visit to the same office."""

from typing import Annotated

import typer

from assessor_app.cli.context import Context, context_of
from assessor_app.cli.printing import answer, table
from assessor_app.domain.comparison import Since, Traced
from assessor_app.domain.event import Json
from assessor_app.domain.scoring import published
from assessor_app.services.comparing import Comparison, VisitThen, carried_over, compare_to_earlier
from assessor_app.services.report.words import Words
from assessor_app.services.visits import find_visit

_TOLD = (Since.NEWLY_BROKEN, Since.STILL_OPEN, Since.REPAIRED)


def register(app: typer.Typer) -> None:
    app.command()(compare)


def compare(
    ctx: typer.Context,
    visit: Annotated[str, typer.Argument(help="Kunjungan / the later visit.")],
    earlier: Annotated[
        str | None, typer.Argument(help="Yang lebih awal; bawaan: kunjungan sebelumnya.")
    ] = None,
) -> None:
    """Bandingkan dengan kunjungan yang lebih awal: diperbaiki, terbuka, baru timbul."""
    context = context_of(ctx, looking=True)
    store = context.workplace.store
    found = compare_to_earlier(
        context.workplace,
        context.application.library,
        find_visit(store, visit),
        earlier=find_visit(store, earlier) if earlier else None,
    )
    answer(context, _comparison_data(context, found), _comparison_text(context, found))


def _comparison_data(context: Context, found: Comparison) -> Json:
    return {
        "visit": found.later.visit.id,
        "earlier": found.earlier.visit.id,
        "same_unit": found.same_unit,
        "instrument": found.later.stood.instrument.pin,
        "earlier_instrument": found.earlier.stood.instrument.pin,
        "score": _points(found.later),
        "earlier_score": _points(found.earlier),
        "counts": {since.value: count for since, count in found.counts.items()},
        "carried_over": [one.indicator.code for one in carried_over(found)],
        "indicators": [_traced_data(context.words, one) for one in found.traced],
        "sample": found.later.visit.sample,
    }


def _traced_data(words: Words, one: Traced) -> Json:
    return {
        "indicator": one.indicator.code,
        "text": words.of(one.indicator.text),
        "since": one.since.value,
        "earlier": one.earlier.value,
        "later": one.later.value,
        "findings": [kind.value for kind in one.findings],
    }


def _points(then: VisitThen) -> str | None:
    """The published points of a visit; None without weights, or while nothing was measured."""
    official = then.official
    return f"{published(official.points):f}" if official and official.measured else None


def _comparison_text(context: Context, found: Comparison) -> str:
    words, earlier, later = context.words, found.earlier, found.later
    mark = f"[{words('sample_mark')}] " if later.visit.sample else ""
    head = context.say(
        "compare.head",
        unit=later.visit.unit,
        institution=later.visit.institution,
        later=words.moment(later.visit.arrival),
        earlier=words.moment(earlier.visit.arrival),
    )
    lines = [mark + head, *_cautions(context, found), ""]
    lines += [f"{words(f'since.{since.value}')}: {found.counts[since]}" for since in Since]
    told = [one for one in found.traced if one.since in _TOLD]
    rows = [
        (words(f"since.{one.since.value}"), one.indicator.code, words.of(one.indicator.text))
        for one in sorted(told, key=lambda one: _TOLD.index(one.since))
    ]
    return "\n".join([*lines, "", _listed(context, rows)])


def _listed(context: Context, rows: list[tuple[str, str, str]]) -> str:
    if not rows:
        return context.say("compare.nothing")
    heads = ["", context.say("improve.head_indicator"), context.say("improve.head_text")]
    return table(rows, heads)


def _cautions(context: Context, found: Comparison) -> list[str]:
    """What has to be known before the two are held against each other."""
    words, earlier, later = context.words, found.earlier, found.later
    lines = []
    if not found.same_unit:
        unit, institution = earlier.visit.unit, earlier.visit.institution
        lines.append(context.say("compare.other_unit", unit=unit, institution=institution))
    pins = earlier.stood.instrument.pin, later.stood.instrument.pin
    if pins[0] != pins[1]:
        lines.append(context.say("compare.other_method", earlier=pins[0], later=pins[1]))
    if earlier.official and later.official:
        before, after = (words.points(one.points) for one in (earlier.official, later.official))
        lines.append(context.say("compare.scores", earlier=before, later=after))
    return lines
