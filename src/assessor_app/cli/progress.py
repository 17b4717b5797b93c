"""What a long command is at, told on one line that goes again: for people at a terminal only."""

import contextlib
import sys
import time
from collections.abc import Iterator
from enum import StrEnum
from typing import Protocol

from assessor_app.cli.context import Context

_PATIENCE = 1.0  # seconds that nobody needs to be told anything
_ONE_LINE = "\r\x1b[K"


class Telling(Protocol):
    """Hears how much of a stage is done; `more` stands behind it."""

    def __call__(self, stage: StrEnum, done: int, count: int, more: str = "") -> None: ...


@contextlib.contextmanager
def telling(context: Context, room: str) -> Iterator[Telling]:
    """Hears stages, which are named in a room of sentences, with how much of them is done."""
    began = time.monotonic()
    told = False

    def tell(stage: StrEnum, done: int, count: int, more: str = "") -> None:
        nonlocal told
        quiet = context.as_json or not sys.stderr.isatty()
        if quiet or time.monotonic() - began < _PATIENCE:
            return
        share = f" {done}/{count}" if count else ""
        sys.stderr.write(f"{_ONE_LINE}{context.say(f'{room}.{stage.value}')}{share}{more}\r")
        told = True

    try:
        yield tell
    finally:
        if told:
            sys.stderr.write(_ONE_LINE)
