"""Files taken in by a process of their own: a decoder holds no turn of the window, its memory goes
with it, and a file that makes it fall takes nothing else along."""

import contextlib
import os
import pickle
import subprocess
import sys
import threading
import weakref
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import tzinfo
from pathlib import Path
from typing import IO, cast

import assessor_app
from assessor_app.domain.problem import EvidenceRefused
from assessor_app.services.evidence.taken import TakenIn

DECODER = "--decoder"
"""The argument by which the program is the decoder and nothing else (__main__.py)."""
PATIENCE_S = 600.0
"""How long one file may take: a video of two gigabytes is read whole from a slow card."""
_LEFT_S = 1.0  # how long a process that was killed is waited for
_TRIES = 2  # one may find a process that ended itself just then, as it had nothing to do
_LONGEST = 400_000_000  # bytes of a message: no file that is held in memory is larger
_LENGTH = 8  # bytes that tell how long a message is


@dataclass(frozen=True, slots=True)
class Wanted:
    """A file that is to be taken in: where it lies, or what it holds."""

    name: str
    zone: tzinfo
    path: Path | None = None
    data: bytes = b""


@dataclass(frozen=True, slots=True)
class Refused:
    """An EvidenceRefused as it goes from one process to another."""

    code: str
    places: dict[str, str | int]


class Apart:
    """Takes files in, one after another; the process is started when it is first wanted.

    It ends by itself once it was idle for some seconds (decoder.py), by `end`, and with the
    program, however that ends: there is nobody left then who writes to it.
    """

    def __init__(self, *, command: Callable[[], list[str]] | None = None) -> None:
        self._command = command or _own_program
        self._process: subprocess.Popen[bytes] | None = None
        self._finalizer: weakref.finalize[[subprocess.Popen[bytes]], Apart] | None = None
        self._turn = threading.Lock()

    @property
    def process_id(self) -> int | None:
        """Of the process, where one runs."""
        process = self._process
        return process.pid if process is not None and process.poll() is None else None

    def take_in(self, path: Path, *, zone: tzinfo) -> TakenIn:
        """As `intake.take_in`, but `original` is the path. Blocks: for a worker's time."""
        return self._answered(Wanted(str(path), zone, path=path.absolute()))

    def take_in_bytes(self, data: bytes, *, name: str, zone: tzinfo) -> TakenIn:
        """As `intake.take_in_bytes`."""
        return replace(self._answered(Wanted(name, zone, data=data)), original=data)

    def end(self) -> None:
        """Let the process go, also while it works: what it was at is refused."""
        if self._finalizer is not None:
            self._finalizer()

    def _answered(self, wanted: Wanted) -> TakenIn:
        with self._turn:
            for _ in range(_TRIES):
                try:
                    process = self._running()
                except OSError:  # no room for one more process: it is done here
                    return taken_in(wanted)
                answer = _asked(process, wanted)
                if answer is not None:
                    break
                self.end()
            else:
                raise EvidenceRefused("photo_damaged", file=wanted.name, cause=_fallen(process))
        if isinstance(answer, Refused):
            raise EvidenceRefused(answer.code, **answer.places)
        return answer

    def _running(self) -> "subprocess.Popen[bytes]":
        if self._process is None or self._process.poll() is not None:
            self.end()
            self._process = _started(self._command())
            self._finalizer = weakref.finalize(self, _ended, self._process)
        return self._process


def taken_in(wanted: Wanted) -> TakenIn:
    """A file taken in here; raises as `take_in`. What lies on the disk is not held in memory."""
    from assessor_app.services.evidence.intake import take_in, take_in_bytes

    if wanted.path is None:
        return take_in_bytes(wanted.data, name=wanted.name, zone=wanted.zone)
    return replace(take_in(wanted.path, zone=wanted.zone), original=wanted.path)


def send(message: object, pipe: IO[bytes]) -> None:
    """Write a message to the other process. Raises OSError where that is gone."""
    told = pickle.dumps(message, protocol=pickle.HIGHEST_PROTOCOL)
    pipe.write(len(told).to_bytes(_LENGTH, "big"))
    pipe.write(told)
    pipe.flush()


def receive(pipe: IO[bytes]) -> object | None:
    """The next message of the other process; None where that is gone, or talks nonsense."""
    begin = pipe.read(_LENGTH)
    length = int.from_bytes(begin, "big") if len(begin) == _LENGTH else 0
    told = pipe.read(length) if length <= _LONGEST else b""
    # Both ends are this very program, under this very user.
    return cast("object", pickle.loads(told)) if told else None  # noqa: S301


def _asked(process: "subprocess.Popen[bytes]", wanted: Wanted) -> TakenIn | Refused | None:
    """What the process answers; None where it fell, or took longer than anybody waits."""
    if process.stdin is None or process.stdout is None:
        return None
    limit = threading.Timer(PATIENCE_S, process.kill)
    limit.start()
    try:
        send(wanted, process.stdin)
        return cast("TakenIn | Refused | None", receive(process.stdout))
    except (OSError, ValueError, EOFError, pickle.UnpicklingError):  # it fell, or was let go
        return None
    finally:
        limit.cancel()
        limit.join()


def _own_program() -> list[str]:
    """This program once more; built as one file it is found under its own name."""
    if not sys.executable:
        raise FileNotFoundError("there is no interpreter to start")
    module = [] if getattr(sys, "frozen", False) else ["-m", assessor_app.__name__]
    return [sys.executable, *module, DECODER]


def _started(command: list[str]) -> "subprocess.Popen[bytes]":
    """In the folder that the product lies in: there it is found, and nobody else's module is."""
    quiet = 0
    if sys.platform == "win32":  # no console opens, and the window comes first
        quiet = subprocess.CREATE_NO_WINDOW | subprocess.BELOW_NORMAL_PRIORITY_CLASS
    return subprocess.Popen(  # noqa: S603 - our own program
        command,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        cwd=Path(assessor_app.__file__).parents[1],
        env=os.environ | {"PYTHONFAULTHANDLER": ""},
        creationflags=quiet,
    )


def _ended(process: "subprocess.Popen[bytes]") -> None:
    process.kill()
    with contextlib.suppress(subprocess.TimeoutExpired):  # it hangs at a share that hangs
        process.wait(_LEFT_S)
    for pipe in (process.stdin, process.stdout):
        if pipe is not None:
            with contextlib.suppress(OSError):  # what was not read any more
                pipe.close()


def _fallen(process: "subprocess.Popen[bytes]") -> str:
    return f"decoder {process.returncode}"
