"""The judge of every proof: the store opened again by the product, against what it acknowledged."""

import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC
from enum import StrEnum
from pathlib import Path

from assessor_app.compose import Application, build
from assessor_app.domain.problem import Problem, StoreProblem
from assessor_app.domain.visit import VisitState
from assessor_app.services.enrolment import Workplace
from assessor_app.services.entries import entry_from
from assessor_app.services.session import Session
from assessor_app.services.visits import all_visits
from checked import faults, state
from places import PASSPHRASE, QUICK, enrol
from walk import Said


class Verdict(StrEnum):
    WHOLE = "whole"
    LOST = "lost"  # something acknowledged is not there
    CORRUPT = "corrupt"  # something is there that never was, or it does not open, or go on


@dataclass(frozen=True, slots=True)
class Judged:
    verdict: Verdict
    why: str = ""


WHOLE = Judged(Verdict.WHOLE)


def judge(root: Path, *, given: Sequence[Said], ever: Sequence[Said]) -> Judged:
    """Judge a home after a fault, and go on with it: it may record one more answer.

    `given` was acknowledged before the fault, `ever` in the whole undisturbed walk: what is found
    must be the state after the last acknowledged step, or after the one that was under way.
    """
    application = build(root / "home", cost=QUICK)
    try:
        workplace = application.unlock(PASSPHRASE)
    except StoreProblem as problem:
        if given:
            lost = problem.code == "not_enrolled"
            return Judged(Verdict.LOST if lost else Verdict.CORRUPT, f"unlock: {problem.code}")
        return _enrolled_again(application, problem)
    try:
        found = list(_faults(application, workplace, root, given=given, ever=ever))
        return max(found, key=lambda one: one.verdict is Verdict.LOST, default=WHOLE)
    except Problem as problem:
        return Judged(Verdict.CORRUPT, f"{problem.code} {problem.places}")
    finally:
        workplace.store.close()


def _enrolled_again(application: Application, problem: StoreProblem) -> Judged:
    """Nothing was promised yet: then there is no store at all, and one can be made."""
    if problem.code != "not_enrolled":
        return Judged(Verdict.CORRUPT, f"half an enrolment: {problem.code}")
    try:
        enrol(application)
    except Problem as refused:
        return Judged(Verdict.CORRUPT, f"no second enrolment: {refused.code}")
    return WHOLE


def _faults(
    application: Application,
    workplace: Workplace,
    root: Path,
    *,
    given: Sequence[Said],
    ever: Sequence[Said],
) -> Iterator[Judged]:
    store = workplace.store
    visits = [visit.id for visit in all_visits(store)]
    session = application.open(workplace, visits[-1]) if visits else None
    states = [one.state for one in ever]
    found = state(workplace, session)
    if found not in states:
        yield Judged(Verdict.CORRUPT, f"a state that never was, after {len(given)} steps")
    elif states.index(found) > len(given) + _unseen(given, ever):
        yield Judged(Verdict.CORRUPT, f"ahead of what was done, after {len(given)} steps")
    elif states.index(found) < len(given) - 1:
        stands = ever[states.index(found)].step
        yield Judged(Verdict.LOST, f"stands at {stands}, said {given[-1].step}")
    for name, sha256 in (given[-1].files if given else {}).items():
        path = root / "out" / name
        if not path.exists() or _sha256(path.read_bytes()) != sha256:
            yield Judged(Verdict.LOST, f"the file {name}")
    for name in faults(workplace):
        missing = "missing" in name
        yield Judged(Verdict.LOST if missing else Verdict.CORRUPT, name)
    if session is not None:
        _go_on(application, session)


def _unseen(given: Sequence[Said], ever: Sequence[Said]) -> int:
    """1 where the step under way shows only in the next: who is enrolled, when it is unlocked."""
    return int(len(given) < len(ever) and not ever[len(given)].state)


def _go_on(application: Application, session: Session) -> None:
    """One more answer. Raises Problem where the visit takes none though it is open."""
    if session.snapshot.visit.state is VisitState.OPEN:
        given = {"indicator": "W-001", "side": "practice", "answer": "absent", "note": "Lanjut"}
        session.record(entry_from(given, zone=UTC, now=application.clock.now()))


def _sha256(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()
