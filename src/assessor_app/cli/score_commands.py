"""`score`: the numbers, with their derivation and their standing."""

from collections import Counter
from typing import Annotated

import typer

from assessor_app.cli.agreement import consistency_data, consistency_lines
from assessor_app.cli.context import context_of
from assessor_app.cli.printing import answer, sample_mark
from assessor_app.domain.consistency import consistency
from assessor_app.domain.event import Json
from assessor_app.domain.gap import GapKind
from assessor_app.domain.numbers import exact_text
from assessor_app.domain.progress import progress
from assessor_app.domain.scoring import Basis, Score
from assessor_app.services.report.counting import because
from assessor_app.services.report.summary import standing_reason, zone_of
from assessor_app.services.report.words import Words
from assessor_app.services.session import Session


def register(app: typer.Typer) -> None:
    app.command()(score)


def score(
    ctx: typer.Context,
    visit: str,
    *,
    explain: Annotated[bool, typer.Option(help="Indikator mana memberi berapa poin.")] = False,
) -> None:
    """Nilai sementara kunjungan: tiga nilai, zona, dan asal angkanya / the three scores."""
    context = context_of(ctx, looking=True)
    session, words = context.session(visit), context.words
    agreement = consistency(session.outlook(), session.instrument)
    found = tuple(session.scores().values())
    data = _facts(session, words)
    data |= {one.basis.value: score_data(one, explain=explain) for one in found}
    data["consistency"] = consistency_data(agreement)
    lines = _lines(session, words, explain=explain) if found else _unscored(session, words)
    mark = sample_mark(session.snapshot.visit, words)
    told = [mark + lines[0], *lines[1:], "", *consistency_lines(agreement, words)]
    answer(context, data, "\n".join(told))


def score_data(found: Score, *, explain: bool) -> Json:
    """A score as JSON: exact decimals as text, never floats."""
    data: dict[str, Json] = {
        "points": exact_text(found.points),
        "maximum": exact_text(found.maximum),
        "measured": exact_text(found.measured),
        "verified": exact_text(found.verified),
        "standing": found.standing.value,
        "zone": found.band.zone.value if found.band else None,
        "category": found.band.category if found.band else None,
    }
    if explain:
        data["lines"] = [
            {
                "indicator": line.indicator.code,
                "points": exact_text(line.points),
                "weight": exact_text(line.weight),
                "rule": line.rule.value,
                "fulfilment": None if line.fulfilment is None else exact_text(line.fulfilment),
                "products": line.products,
                "verified": line.indicator.verified,
            }
            for line in found.lines
        ]
    return data


def _facts(session: Session, words: Words) -> dict[str, Json]:
    """What is told with a score and without one."""
    compared, weighted = session.compared(), session.instrument.weighted
    made = progress(session.snapshot, compared)
    gaps = [one.gap.kind.value for one in compared if one.gap]
    return {
        "weighted": weighted,
        "reason": None if session.scores() else _because(session, words),
        "completeness": {"answered": made.answered, "asked": made.asked},
        "gaps": {kind: gaps.count(kind) for kind in sorted(set(gaps))},
        "findings": len(session.findings()),
        "does_not_apply": sorted({one.indicator.code for one in compared if not one.asked}),
        "sample": session.snapshot.visit.sample,
    }


def _lines(session: Session, words: Words, *, explain: bool) -> list[str]:
    found = session.scores()
    official = found[Basis.OFFICIAL]
    lines = [words(f"standing.{official.standing.value}"), standing_reason(official, words), ""]
    for one in found.values():
        zone = f"; {zone_of(one, session.instrument, words)}" if one is official else ""
        name = words(f"basis.{one.basis.value}")
        points, maximum = words.points(one.points), words.weight(one.maximum)
        lines.append(f"{name}: {points} / {maximum}{zone}")
        if explain:
            lines += [f"    {line}" for line in explained(one, words)]
    return lines


def _because(session: Session, words: Words) -> str:
    """Why there is no number: a follow-up asks a part, or the instrument has no weights."""
    if session.snapshot.followed:
        return words("followed.no_score_because")
    return because(session.instrument, words)


def _unscored(session: Session, words: Words) -> list[str]:
    """Completeness, gaps by kind and findings, and why there is no number."""
    compared = session.compared()
    made = progress(session.snapshot, compared)
    done = words("minutes.answered_of", answered=made.answered, asked=made.asked)
    kinds = Counter(one.gap.kind for one in compared if one.gap)
    return [
        words("followed.no_score" if session.snapshot.followed else "unscored.statement"),
        _because(session, words),
        "",
        f"{words('minutes.answered')}: {done}",
        f"{words('unscored.findings')}: {len(session.findings())}",
        *(f"{words(f'gap.{kind.value}')}: {kinds[kind]}" for kind in GapKind if kinds[kind]),
    ]


def explained(found: Score, words: Words) -> list[str]:
    """Which indicator gave how many of how many points, by which rule."""
    lines = []
    for line in found.lines:
        weight = words.weight(line.weight)
        code = line.indicator.code + ("" if line.indicator.verified else " †")
        if line.fulfilment is None:
            lines.append(words("score_line.unmeasured", code=code, weight=weight))
            continue
        lines.append(
            words(
                "score_line.detail",
                code=code,
                points=words.points(line.points),
                weight=weight,
                rule=words(f"rule.{line.rule.value}"),
                fulfilment=words.weight(line.fulfilment),
            )
        )
    return lines
