"""Kill -9 while answers are recorded: every acknowledged answer must be there afterwards.

`run.py soak` kills 200 times, `run.py soak --short` 20 times; one JSON line, exit code 1 on loss.
"""

import random
import signal
import subprocess
import sys
import tempfile
import time
from datetime import UTC
from pathlib import Path

from assessor_app.compose import build
from assessor_app.services.entries import entry_from
from places import PASSPHRASE, begun, enrolled, told


def record_until_killed(home: Path, visit: str) -> None:
    """The child: one answer after another, each number printed only after its commit."""
    application = build(home)
    session = application.open(application.unlock(PASSPHRASE), visit)
    number = int((session.snapshot.observations and _last(home, visit)) or 0)
    while True:
        number += 1
        given = {"indicator": "P15-06", "side": "practice", "answer": "absent", "note": str(number)}
        session.record(entry_from(given, zone=UTC, now=application.clock.now()))
        sys.stdout.write(f"{number}\n")
        sys.stdout.flush()


def _last(home: Path, visit: str) -> str:
    application = build(home)
    workplace = application.unlock(PASSPHRASE)
    session = application.open(workplace, visit)
    notes = [one.note for one in session.snapshot.observations.values()]
    workplace.store.close()
    return str(notes[0]) if notes else "0"


def main() -> int:
    kills = 20 if "--short" in sys.argv else 200
    chance = random.Random(20261122)  # noqa: S311 - moments of killing, no secret
    lost = differences = acknowledged = 0
    with tempfile.TemporaryDirectory(dir=Path.cwd()) as folder:
        application, workplace = enrolled(Path(folder))
        visit = begun(application, workplace, "2015-pemda").visit_id
        workplace.store.close()
        for _ in range(kills):
            said = _killed(application.home, visit, after=chance.uniform(0.0, 0.25))
            acknowledged = max(acknowledged, said)
            lost += int(_last(application.home, visit)) < said
            workplace = application.unlock(PASSPHRASE)
            differences += len(workplace.store.rebuild().differences)
            workplace.store.close()
    told(
        "kill_9",
        kills=kills,
        answers_acknowledged=acknowledged,
        acknowledged_answers_lost=lost,
        differences=differences,
        target="0 lost, 0 differences",
    )
    return 1 if lost or differences else 0


def _killed(home: Path, visit: str, *, after: float) -> int:
    """Run a child, kill it some seconds after its first answer; the last number it printed."""
    child = subprocess.Popen(  # noqa: S603 - this very file
        [sys.executable, __file__, "--child", str(home), visit], stdout=subprocess.PIPE, text=True
    )
    if child.stdout is None:
        raise RuntimeError("the child has no output")
    first = child.stdout.readline()
    time.sleep(after)
    child.send_signal(signal.SIGKILL)
    numbers = [first, *child.stdout.read().splitlines(keepends=True)]
    child.wait()
    whole = [int(line) for line in numbers if line.endswith("\n")]
    return whole[-1] if whole else 0


if __name__ == "__main__":
    if "--child" in sys.argv:
        record_until_killed(Path(sys.argv[2]), sys.argv[3])
    sys.exit(main())
