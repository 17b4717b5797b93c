"""What a long command is at, told on one line that goes again: for people at a terminal only."""

import contextlib
import sys
import time
from collections.abc import Callable, Iterator
from enum import StrEnum

from assessor_app.cli.context import Context

_PATIENCE = 1.0  # seconds that nobody needs to be told anything
_ONE_LINE = "\r\x1b[K"


@contextlib.contextmanager
def telling(context: Context, room: str) -> Iterator[Callable[[StrEnum, int, int], None]]:
    """Hears stages, which are named in a room of sentences, with how much of them is done."""
    began = time.monotonic()
    told = False

    def tell(stage: StrEnum, done: int, count: int) -> None:
        nonlocal told
        quiet = context.as_json or not sys.stderr.isatty()
        if quiet or time.monotonic() - began < _PATIENCE:
            return
        share = f" {done}/{count}" if count else ""
        sys.stderr.write(f"{_ONE_LINE}{context.say(f'{room}.{stage.value}')}{share}\r")
        told = True

    try:
        yield tell
    finally:
        if told:
            sys.stderr.write(_ONE_LINE)
