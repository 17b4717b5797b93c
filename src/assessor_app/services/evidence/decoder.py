"""The process that takes files in for the window (apart.py): reads what is wanted, answers, and
ends by itself once nothing is wanted any more."""

import contextlib
import os
import sys
import threading
import time
from collections.abc import Iterator
from dataclasses import replace
from typing import IO

from assessor_app.domain.problem import EvidenceRefused
from assessor_app.services.evidence.apart import Refused, Wanted, receive, send, taken_in
from assessor_app.services.evidence.taken import TakenIn

IDLE_S = 30.0
_NICE = 5  # behind whatever the window does


def serve() -> int:
    """Answer on the standard output what is wanted on the standard input, until that ends."""
    answers = _own_output()
    if sys.platform != "win32":
        os.nice(_NICE)
    idle = _Idle()
    while True:
        wanted = receive(sys.stdin.buffer)
        if not isinstance(wanted, Wanted):
            return 0
        with idle.busy():
            send(_answer(wanted), answers)


def _answer(wanted: Wanted) -> TakenIn | Refused:
    try:
        taken = taken_in(wanted)
    except EvidenceRefused as refused:
        places = {
            name: value if isinstance(value, int) else str(value)
            for name, value in refused.places.items()
        }
        if wanted.path is not None:  # a window tells the file as it is called, not where it lies
            places["file"] = wanted.path.name
        return Refused(refused.code, places)
    return taken if wanted.path else replace(taken, original=b"")  # they have it


def _own_output() -> IO[bytes]:
    """The pipe to whoever asks; what a library prints goes where faults go."""
    own = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)
    return own


class _Idle:
    """Ends the process some seconds after its last work."""

    def __init__(self) -> None:
        self._turn = threading.Lock()
        self._since = time.monotonic()
        threading.Thread(target=self._look, daemon=True).start()

    @contextlib.contextmanager
    def busy(self) -> Iterator[None]:
        with self._turn:
            yield
            self._since = time.monotonic()

    def _look(self) -> None:
        while True:
            time.sleep(IDLE_S / 4)
            with self._turn:
                if time.monotonic() - self._since > IDLE_S:
                    os._exit(0)
