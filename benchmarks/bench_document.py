"""Findings of 100 indicators and 40 photos beside three rivals that set the same words and photos.

Each engine sets it in a process of its own, five times and in turn: the machine is never quite
still. Then 150 indicators and 100 photos, and what the product does before and after the pages.
"""

import json
import os
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Mapping
from pathlib import Path

from document_engine import ENGINES
from places import told

_HERE = Path(__file__).parent
_USUAL = (100, 40, 40)  # indicators, gaps, photos
_LARGE = (150, 75, 100)
_TIMES = 5
_TARGET = "ours < 1 s, < 150 MB, < 8 MB; <= WeasyPrint and fpdf2, <= 2 x typst"
_LARGE_TARGET = "< 3 s"
_AROUND_TARGET = "two signatures < 0.5 s, verify < 1 s"

Run = Mapping[str, float]


def main() -> None:
    """One JSON line an engine, one for the large visit, and one for signing and verifying each."""
    with tempfile.TemporaryDirectory(dir=Path.cwd()) as name:
        usual, large = Path(name) / "usual", Path(name) / "large"
        _tell_around(_ran("document_visit.py", usual, *_USUAL), _USUAL)
        runs: dict[str, list[Run]] = {engine: [] for engine in ENGINES}
        for _ in range(_TIMES):
            for engine, done in runs.items():
                done.append(_ran("document_engine.py", engine, usual))
        for engine, done in runs.items():
            _tell(engine, done, _USUAL, target=_TARGET)
        _tell_around(_ran("document_visit.py", large, *_LARGE), _LARGE)
        done = [_ran("document_engine.py", "ours", large) for _ in range(_TIMES)]
        _tell("ours", done, _LARGE, target=_LARGE_TARGET)


def _ran(script: str, *arguments: object) -> Run:
    """What a script said in its one line of JSON."""
    call = [sys.executable, str(_HERE / script), *map(str, arguments)]
    environment = os.environ | {"PYTHONPATH": str(_HERE.parent)}
    done = subprocess.run(call, env=environment, stdout=subprocess.PIPE, check=True)  # noqa: S603 - our own scripts
    found: Run = json.loads(done.stdout)
    return found


def _tell(engine: str, runs: list[Run], size: tuple[int, int, int], *, target: str) -> None:
    seconds = [run["seconds"] for run in runs]
    told(
        "document",
        engine=engine,
        indicators=size[0],
        findings=size[1],
        photos=size[2],
        best_s=min(seconds),
        median_s=statistics.median(seconds),
        best_cpu_s=min(run["cpu"] for run in runs),
        peak_mb=max(run["peak_mb"] for run in runs),
        megabytes=runs[0]["mb"],
        pages=runs[0]["pages"],
        runs=len(runs),
        target=target,
    )


def _tell_around(run: Run, size: tuple[int, int, int]) -> None:
    told(
        "document_around",
        indicators=size[0],
        findings=size[1],
        photos=size[2],
        **run,
        target=_AROUND_TARGET,
    )


if __name__ == "__main__":
    main()
