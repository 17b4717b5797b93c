"""How the command line puts things: sentences for people, JSON for programs."""

import json
from collections.abc import Collection, Iterable, Mapping, Sequence
from pathlib import Path

import typer

from assessor_app.cli.context import Context
from assessor_app.domain.event import Json
from assessor_app.domain.problem import Problem
from assessor_app.domain.visit import Visit
from assessor_app.services.backup import Missed
from assessor_app.services.objections import told_places, told_rule
from assessor_app.services.report.words import Words
from assessor_app.services.standing import Done
from assessor_app.texts import Language, say


def answer(context: Context, data: Json, sentence: str) -> None:
    """Print the data where JSON is wanted, else the sentence."""
    typer.echo(json.dumps(data, ensure_ascii=False, indent=2) if context.as_json else sentence)


def recorded(context: Context, done: Done, sentence: str, **more: Json) -> None:
    """Answer with the event that an action became, and what is to be known of it besides."""
    answer(context, {"ok": True, "event": done.event, **more}, sentence)


def tell_columns(
    context: Context,
    meanings: Mapping[str, str],
    *,
    required: Collection[str],
    table: bytes,
    written: tuple[Path, str] | None,
) -> None:
    """What a table to be filled in asks, or itself where it was not `written` (where, what to say).

    `meanings` tells each column, `table` is the empty table as CSV.
    """
    data: dict[str, Json] = {
        "columns": [
            {"name": name, "required": name in required, "meaning": meaning}
            for name, meaning in meanings.items()
        ]
    }
    if written is None:
        answer(context, data, table.decode("utf-8-sig").strip())
        return
    path, said = written
    lines = [said, *(f"  {name}: {meaning}" for name, meaning in meanings.items())]
    answer(context, data | {"path": str(path)}, "\n".join(lines))


def missed_backup(context: Context, missed: Missed) -> str:
    """That a place could not be backed up to, and why."""
    why = refusal(missed.problem, context.language)
    return context.say("backup.missed", place=missed.place, why=why)


def refusal(problem: Problem, language: Language) -> str:
    """The sentence of a refusal, with the list of what is open where there is one."""
    places = told_places(problem, language)
    rules = places.pop("rules", ())
    faults = places.pop("faults", ())
    lines = [say(language, f"problems.{problem.code}", **places)]
    if isinstance(rules, tuple):
        lines += [f"  {told_rule(rule, language)}" for rule in rules]
    if isinstance(faults, tuple):
        lines += [f"  {fault.told(language)}" for fault in faults]
    return "\n".join(lines)


def table(rows: Iterable[Sequence[str]], heads: Sequence[str]) -> str:
    """Columns under their heads, as wide as they need to be."""
    listed = [list(heads), *(list(row) for row in rows)]
    widths = [max(len(row[column]) for row in listed) for column in range(len(heads))]
    lines = [
        "  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip()
        for row in listed
    ]
    return "\n".join(lines)


def sample_mark(visit: Visit, words: Words) -> str:
    """What a sample visit says of itself wherever it is shown; nothing for a real one."""
    return f"[{words('sample_mark')}] " if visit.sample else ""
