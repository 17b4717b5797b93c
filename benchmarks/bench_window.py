"""The window beside its limits and what others need: start, opening, answering, memory."""

import json
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Mapping
from pathlib import Path

import window_start
from assessor_app.sealing.cost import FLOOR
from peers import ANSWER_P95_MS, OPEN_MS
from places import told
from window_store import made

_HERE = Path(__file__).parent
_SIZES = (150, 1000, 5000)
_PHOTOS = 200
_OPEN_LIMIT_MS = {150: 300, 1000: 700}
_ANSWER_LIMIT_MS = {150: 16, 1000: 16}
_NEXT_LIMIT_MS = 40
_MEMORY_LIMIT_MB = 200
_UNLOCK_LIMIT_MS = 600
Figures = Mapping[str, object]


def main() -> None:
    """Each size in a process of its own, on a copy of its home: an answer is given once.

    Where other programs work on the machine, read the CPU times.
    """
    with tempfile.TemporaryDirectory(dir=Path.cwd()) as folder:
        root = Path(folder)
        window_start.measure(root)
        _unlocking(root)
        for size in _SIZES:
            photos = _PHOTOS if size == _SIZES[1] else 0
            home = root / f"home{size}"
            visit = made(home, indicators=size, photos=photos)
            _opening(home, visit, size)
            _answering(home, visit, size)
            if photos:
                _answering_while_sending(home, visit, size)
                _memory(home, visit, size)


def _unlocking(root: Path) -> None:
    """A real passphrase at its real cost: the derivation is told apart from what is ours."""
    home = root / "real"
    visit = made(home, indicators=_SIZES[0], cost=FLOOR)
    told(
        "unlocked_until_usable",
        **_asked("unlocking", home, visit, _SIZES[0]),
        target=f"usable_ms at most {_UNLOCK_LIMIT_MS}, the derivation left out",
    )


def _opening(home: Path, visit: str, size: int) -> None:
    limit = _OPEN_LIMIT_MS.get(size)
    told(
        "open_visit",
        indicators=size,
        **_asked("opening", home, visit, size),
        target=f"first_ms under {limit}" if limit else "printed; growth no worse than linear",
        peers_ms=OPEN_MS.get(size, {}),
    )


def _answering(home: Path, visit: str, size: int) -> None:
    limit = _ANSWER_LIMIT_MS.get(size)
    told(
        "answer_until_painted",
        indicators=size,
        **_asked("answering", home, visit, size),
        target=f"answer_p95_ms at most {limit}; next_indicator_p95_ms under {_NEXT_LIMIT_MS}"
        if limit
        else "printed",
        peers_p95_ms=ANSWER_P95_MS.get(size, {}),
    )


def _answering_while_sending(home: Path, visit: str, size: int) -> None:
    told(
        "answer_while_sending",
        indicators=size,
        **_asked("sending", home, visit, size, program="window_sending.py"),
        target="answer_p95_ms as without sending, within what two runs differ by",
    )


def _memory(home: Path, visit: str, size: int) -> None:
    told(
        "memory_of_a_visit",
        indicators=size,
        photos=_PHOTOS,
        **_asked("memory", home, visit, size),
        target=f"walked_mb (PSS) under {_MEMORY_LIMIT_MB}",
    )


def _asked(
    what: str, home: Path, visit: str, size: int, *, program: str = "window_program.py"
) -> dict[str, object]:
    """What a fresh process tells of a fresh copy of the home."""
    copy = home.with_name(f"{home.name}-{what}")
    shutil.copytree(home, copy)
    command = [sys.executable, str(_HERE / program), what, str(copy), visit, str(size)]
    environment = window_start.compiled()
    path = os.pathsep.join([str(_HERE.parent), environment.get("PYTHONPATH", "")])
    ran = subprocess.run(  # noqa: S603 - our own program
        command,
        env={**environment, "PYTHONPATH": path},
        capture_output=True,
        text=True,
        check=True,
    )
    found: dict[str, object] = json.loads(ran.stdout.splitlines()[-1])
    return found


if __name__ == "__main__":
    main()
