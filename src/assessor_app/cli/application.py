"""The command line as a whole: its options, its commands, and what it says when it must refuse."""

import json
import logging
import os
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Annotated

import typer

from assessor_app.cli import (
    compare_commands,
    conflict_commands,
    demo_command,
    document_commands,
    enrolment_commands,
    evidence_commands,
    exchange_commands,
    follow_up_command,
    handover_commands,
    history_command,
    hq_commands,
    identity_commands,
    improve_commands,
    instrument_commands,
    keys_commands,
    list_command,
    mark_command,
    method_commands,
    move_command,
    preflight_command,
    privacy_commands,
    pull_commands,
    receiver_command,
    record_commands,
    redaction_commands,
    register_commands,
    results_commands,
    score_commands,
    storage_commands,
    store_commands,
    sync_commands,
    template_command,
    trial_commands,
    verify_command,
    visit_commands,
)
from assessor_app.cli.context import Context
from assessor_app.cli.printing import refusal
from assessor_app.domain.problem import Problem
from assessor_app.settings import HOME, read_settings
from assessor_app.texts import Language, say

# These may stand anywhere on the line, as people type them; True where a value follows.
_GLOBAL_OPTIONS = {
    "--home": True,
    "--passphrase-file": True,
    "--signing-passphrase-file": True,
    "--lang": True,
    "--json": False,
}

app = typer.Typer(
    name="assessor",
    no_args_is_help=True,
    add_completion=False,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    help="Kunjungan penilaian: dua sisi, nilai, temuan bertanda tangan. / Assessment visits.",
)
for commands in (
    enrolment_commands,
    keys_commands,
    identity_commands,
    list_command,
    visit_commands,
    record_commands,
    mark_command,
    trial_commands,
    evidence_commands,
    redaction_commands,
    history_command,
    score_commands,
    improve_commands,
    compare_commands,
    follow_up_command,
    template_command,
    receiver_command,
    document_commands,
    verify_command,
    handover_commands,
    instrument_commands,
    move_command,
    exchange_commands,
    storage_commands,
    sync_commands,
    pull_commands,
    hq_commands,
    conflict_commands,
    privacy_commands,
    store_commands,
    method_commands,
    register_commands,
    results_commands,
    preflight_command,
    demo_command,
):
    commands.register(app)


@app.callback()
def _options(
    ctx: typer.Context,
    home: Annotated[Path | None, typer.Option(envvar=HOME, help="Folder of the store.")] = None,
    passphrase_file: Annotated[
        Path | None, typer.Option(help="File with the store's passphrase.")
    ] = None,
    signing_passphrase_file: Annotated[
        Path | None, typer.Option(help="File with the signing passphrase.")
    ] = None,
    lang: Annotated[Language | None, typer.Option(help="Language of what is printed.")] = None,
    *,
    as_json: Annotated[
        bool, typer.Option("--json", help="Print JSON instead of sentences.")
    ] = False,
) -> None:
    ctx.obj = context = Context(
        home=home or read_settings().home,
        passphrase_file=passphrase_file,
        signing_passphrase_file=signing_passphrase_file,
        language=lang or read_settings().language,
        as_json=as_json,
    )
    ctx.call_on_close(context.close)


def run(arguments: Sequence[str]) -> int:
    """Run one command; returns its exit code and never raises.

    0 done, 1 refused or failed, 2 wrong usage; `verify` also 3, cannot be determined.
    """
    options, command = _options_and_command(arguments)
    ordered = [*options, *command]
    language, as_json = _how_to_speak(ordered)
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")
    try:
        app(args=ordered)
    except SystemExit as ended:
        return ended.code if isinstance(ended.code, int) else 1
    except Problem as problem:
        return _tell(refusal(problem, language), problem.code, as_json=as_json)
    except BrokenPipeError:
        # The reader has gone (`assessor show | head`); there is nobody left to tell.
        _forget_output()
        return 1
    except Exception as error:  # style.md 12: the border to the user, who gets no traceback
        logging.getLogger(__name__).debug("unexpected", exc_info=True)
        cause = f"{type(error).__name__}: {error}"
        _tell(say(language, "cli.unexpected", cause=cause), "unexpected", as_json=as_json)
        # A verifier or check that failed has refused nothing: it could not determine.
        judging = command[:1] == ["verify"] or command[:2] == ["store", "check"]
        return 3 if judging else 1
    return 0


def _options_and_command(arguments: Sequence[str]) -> tuple[list[str], list[str]]:
    """The options for all commands, wherever they stand, and the command with its own words."""
    first: list[str] = []
    rest: list[str] = []
    waiting = list(arguments)
    while waiting:
        argument = waiting.pop(0)
        name = argument.partition("=")[0]
        if argument == "--":
            rest += [argument, *waiting]
            break
        if name not in _GLOBAL_OPTIONS:
            rest.append(argument)
        else:
            first.append(argument)
            if _GLOBAL_OPTIONS[name] and "=" not in argument and waiting:
                first.append(waiting.pop(0))
    return first, rest


def _how_to_speak(ordered: Sequence[str]) -> tuple[Language, bool]:
    """Language and form for refusals, known even where the options themselves are wrong."""
    language = read_settings().language
    known = {one.value: one for one in Language}
    for place, argument in enumerate(ordered):
        if argument.startswith("--lang="):
            language = known.get(argument.partition("=")[2], language)
        elif argument == "--lang" and place + 1 < len(ordered):
            language = known.get(ordered[place + 1], language)
    return language, "--json" in ordered


def _tell(sentence: str, code: str, *, as_json: bool) -> int:
    sys.stderr.write(sentence + "\n")
    if as_json:
        try:
            sys.stdout.write(json.dumps({"ok": False, "error": sentence, "code": code}) + "\n")
            sys.stdout.flush()
        except OSError:
            _forget_output()
    return 1


def _forget_output() -> None:
    """Nothing more can be written (a full disk, a reader that has gone): end without a noise."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
