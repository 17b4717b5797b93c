"""A disk that is full from any one write of a visit on, and has space again a little later.

strace lets the system refuse the calls that need space (ENOSPC) to the product's own process, from
the n-th of them on: one n after the other, over all that a whole visit makes (walk.py). What was
refused must be told as a Problem, nothing of it may stay, what was acknowledged must be there, and
with space again the same program must go on.

Walks that are to be refused after enrolment begin with a store that is enrolled already.

How a single strace serves every n: it counts each kind of call of each process and refuses those
from a fixed number on. A child is forked for each n and first makes so many calls of each kind, all
without effect, that the n-th call of its walk is the first that is refused.

Not modelled: a file that cannot even be made (`openat` is needed for reading too), and a disk so
full that a shorter write fits.
"""

import contextlib
import json
import os
import shutil
import subprocess
import sys
import tempfile
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

from assessor_app.compose import build
from assessor_app.domain.problem import Problem
from places import QUICK, enrol, furnish
from power_cut import Recording
from reopened import Verdict, judge
from syscalls import Say, traced
from walk import ENROL, INDICATORS, Said, Step, Walk, said_from

NEED_SPACE = ("write", "pwrite64", "mkdir", "rename")
_REFUSED = 60  # calls of a kind, then there is space again


@dataclass(frozen=True, slots=True)
class Refused:
    """How one walk met the full disk."""

    step: str
    code: str
    """Of the Problem that was raised, or what else was."""
    clear: bool
    left: tuple[str, ...]
    """Half-written files that were found right after."""
    kept_on: str
    """Empty where the same step could be taken with space again, else why not."""
    said: tuple[Said, ...]


@dataclass(frozen=True, slots=True)
class Filled:
    """What was found over all the moments at which the disk was full."""

    writes: int
    moments: int
    refused: int
    codes: Mapping[str, int]
    lost: int
    corrupt: int
    unclear: int
    left_over: int
    stuck: int
    first: str

    @property
    def held(self) -> bool:
        """Whether every promise was kept."""
        return not (self.lost or self.corrupt or self.unclear or self.left_over or self.stuck)


def filled(recording: Recording, folder: Path, *, moments: int | None = None) -> Filled:
    """Fill the disk at that many writes of the recorded walk, evenly chosen, or at every one."""
    enrolling, visiting = _calls(recording)
    calls = [*((one, False) for one in enrolling), *((one, True) for one in visiting)]
    count = len(calls) if moments is None else min(moments, len(calls))
    empty, enrolled = _homes(folder)
    found: list[tuple[Refused | None, Verdict, str]] = []
    first = 1 + max(Counter(name for name, _ in calls).values())
    with _walker(first) as walker:
        for at in (number * len(calls) // count for number in range(count)):
            name, after = calls[at]
            made = Counter(visiting[: at - len(enrolling)] if after else enrolling[:at])
            with tempfile.TemporaryDirectory(dir=folder) as place:
                shutil.copytree(enrolled if after else empty, place, dirs_exist_ok=True)
                refused, said = _walked(walker, Path(place), made)
                judged = judge(Path(place), given=said, ever=said)
            why = f"write {at} ({name}): {refused and asdict(refused)} {judged.why}"
            found.append((refused, judged.verdict, why))
    return _summed(found, writes=len(calls))


def _calls(recording: Recording) -> tuple[list[str], list[str]]:
    """The calls that need space, in order: those of enrolment, and those of the visit."""
    enrolling: list[str] = []
    visiting: list[str] = []
    part = enrolling
    for call in recording.calls:
        if call.name in NEED_SPACE:
            part.append(call.name)
        if any(
            isinstance(one, Say) and said_from(one.line).step == ENROL for one in call.operations
        ):
            part = visiting
    return enrolling, visiting


def _homes(folder: Path) -> tuple[Path, Path]:
    """What a walk begins with: a home where nobody is enrolled, and one with an assessor."""
    empty, with_store = folder / "empty", folder / "enrolled"
    for root in (empty, with_store):
        furnish(root / "home", indicators=INDICATORS)
        (root / "out").mkdir()
    enrol(build(with_store / "home", cost=QUICK))
    return empty, with_store


def _summed(found: Sequence[tuple[Refused | None, Verdict, str]], *, writes: int) -> Filled:
    met = [one for one, _, _ in found if one is not None]
    verdicts = [verdict for _, verdict, _ in found]
    return Filled(
        writes=writes,
        moments=len(found),
        refused=len(met),
        codes=dict(Counter(one.code for one in met)),
        lost=verdicts.count(Verdict.LOST),
        corrupt=verdicts.count(Verdict.CORRUPT),
        unclear=sum(not one.clear for one in met),
        left_over=sum(bool(one.left) for one in met),
        stuck=sum(bool(one.kept_on) for one in met),
        first=next((why for one, verdict, why in found if _broken(one, verdict)), ""),
    )


def _broken(refused: Refused | None, verdict: Verdict) -> bool:
    if verdict is not Verdict.WHOLE:
        return True
    return refused is not None and bool(not refused.clear or refused.left or refused.kept_on)


@contextlib.contextmanager
def _walker(first: int) -> Iterator[subprocess.Popen[str]]:
    """The process that has imported the product and forks a walk for each line it is given.

    Of each kind, the calls of a walk from number `first` on are refused.
    """
    kinds = ",".join(NEED_SPACE)
    refusing = f"--inject={kinds}:error=ENOSPC:when={first}..{first + _REFUSED}"
    command = traced(
        [sys.executable, "-B", __file__, "--serve", str(first)],
        Path(os.devnull),
        *("-e", f"trace={kinds}", refusing),
    )
    with subprocess.Popen(  # noqa: S603 - our own program
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as walker:
        yield walker
        if walker.stdin is not None:
            walker.stdin.close()  # the end of its work


def _walked(
    walker: subprocess.Popen[str], root: Path, made: Mapping[str, int]
) -> tuple[Refused | None, tuple[Said, ...]]:
    """One walk that is refused after so many calls of each kind; what it met and what it said."""
    if walker.stdin is None or walker.stdout is None:
        raise RuntimeError("the walker has no pipes")
    walker.stdin.write(json.dumps({"root": str(root), "made": made}) + "\n")
    walker.stdin.flush()
    answer = json.loads(walker.stdout.readline())
    said = tuple(Said(**one) for one in answer.pop("said"))
    if not answer:
        return None, said
    return Refused(**(answer | {"left": tuple(answer["left"]), "said": said})), said


def _serve(first: int) -> None:
    while line := sys.stdin.readline():
        asked = json.loads(line)
        child = os.fork()
        if not child:
            _walk_refused(Path(asked["root"]), asked["made"], first=first)
            os._exit(0)
        if os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]):
            sys.exit(1)


def _walk_refused(root: Path, made: Mapping[str, int], *, first: int) -> None:
    """Walk until a step is refused, take it again with space, and one more; tell what was met."""
    said: list[Said] = []
    met: Refused | None = None
    visit = Walk(root)
    steps = visit.steps()
    if (visit.home / "store").exists():
        steps = tuple(one for one in steps if one[0] != ENROL)
    _spend({kind: first - 1 - made.get(kind, 0) for kind in NEED_SPACE})
    for name, step in steps:
        last = met is not None
        try:
            said.append(_taken(visit, name, step))
        except Exception as error:  # what else than a Problem is raised is looked for
            if met is not None:
                raise
            left = _half_written(visit)
            _spend({kind: _REFUSED + 1 + made.get(kind, 0) for kind in NEED_SPACE})
            kept_on = _taken_again(visit, name, step, said)
            met = Refused(
                step=name,
                code=error.code if isinstance(error, Problem) else repr(error),
                clear=isinstance(error, Problem),
                left=left,
                kept_on=kept_on,
                said=(),
            )
            last = bool(kept_on)
        if last:
            break
    visit.close()
    answer = (asdict(met) if met else {}) | {"said": [asdict(one) for one in said]}
    os.writev(sys.stdout.fileno(), [json.dumps(answer).encode() + b"\n"])


def _taken(visit: Walk, name: str, step: Step) -> Said:
    step()
    return visit.said(name)


def _taken_again(visit: Walk, name: str, step: Step, said: list[Said]) -> str:
    """Take a refused step again; why that could not be, or nothing."""
    if said and visit.said("").state != said[-1].state:
        return "the refused step has changed what is shown"
    try:
        said.append(_taken(visit, name, step))
    except Exception as error:  # noqa: BLE001 - whatever a full disk makes of it is to be shown
        return error.code if isinstance(error, Problem) else repr(error)
    return ""


def _half_written(visit: Walk) -> tuple[str, ...]:
    """Drafts of files, and files of the vault that no event names."""
    found = [path for path in visit.home.parent.rglob("*") if _draft(path)]
    named = visit.named_files()
    vault = visit.home / "store" / "evidence"
    found += [path for path in vault.rglob("*.*") if path.name.partition(".")[0] not in named]
    return tuple(sorted(path.name for path in found))


def _draft(path: Path) -> bool:
    return path.name.endswith(".part") or "being-made" in path.name


def _spend(calls: Mapping[str, int]) -> None:
    """Make so many calls of each kind without any effect: they count all the same."""
    nowhere = os.open(os.devnull, os.O_WRONLY)
    for kind, count in calls.items():
        for _ in range(count):
            with contextlib.suppress(OSError):
                _spend_one(kind, nowhere)
    os.close(nowhere)


def _spend_one(kind: str, nowhere: int) -> None:
    match kind:
        case "write":
            os.write(nowhere, b"x")
        case "pwrite64":
            os.pwrite(nowhere, b"x", 0)
        case "mkdir":
            os.mkdir(os.sep)  # noqa: PTH102 - the very call
        case "rename":
            os.rename(os.devnull + "/x", os.devnull + "/y")  # noqa: PTH104 - the very call
        case _:
            raise ValueError(kind)


if __name__ == "__main__":
    _serve(int(sys.argv[2]))
