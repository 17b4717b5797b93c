"""Files that a line of the terminal names: what cannot be read is wrong usage, in our own words."""

import json
from pathlib import Path

import typer

from assessor_app.cli.context import Context
from assessor_app.cli.printing import refusal
from assessor_app.domain.problem import StoreProblem
from assessor_app.services.given_file import content_of

_WRONG_USAGE = 2


def read_given(context: Context, path: Path) -> bytes:
    """All of a named file, for a command whose exit code 1 would judge what is in it.

    Where it cannot be read the command ends with 2.
    """
    try:
        return content_of(path)
    except StoreProblem as problem:
        raise end_as_wrong_usage(context, problem) from problem


def end_as_wrong_usage(context: Context, problem: StoreProblem) -> typer.Exit:
    """Say why a named file cannot be read; to be raised, it ends the command with 2."""
    told = refusal(problem, context.language)
    typer.echo(told, err=True)
    if context.as_json:
        typer.echo(json.dumps({"ok": False, "error": told, "code": problem.code}))
    return typer.Exit(_WRONG_USAGE)
