"""The assignments that headquarters has sent here, and opening one with the code of the day."""

import json
from dataclasses import dataclass, replace

from assessor_app.domain.event import canonical
from assessor_app.domain.problem import StoreProblem
from assessor_app.services.enrolment import Workplace
from assessor_app.storage.inbox import taken_letters
from assessor_app.storage.secrets import keep_secret, read_secret
from assessor_app.storage.store import Store
from assessor_app.syncing.assignment import (
    AssignedPlace,
    Assignment,
    LastResult,
    assignment_json,
    open_places,
    read_assignment,
)
from assessor_app.syncing.letter import LetterKind, read_letter

__all__ = ["AssignedPlace", "Assignment", "LastResult", "Listed", "assignments", "open_assignment"]

_OPENED = "assignment/"


@dataclass(frozen=True, slots=True)
class Listed:
    """An assignment as it stands here; while it `is_sealed` its places are not known."""

    number: int
    assignment: Assignment
    is_sealed: bool


def assignments(workplace: Workplace) -> tuple[Listed, ...]:
    """Those that came, the newest letter of each, in order. Raises StoreProblem as reading does."""
    store, found = workplace.store, dict[str, Listed]()
    for taken in taken_letters(store, kind=LetterKind.ASSIGNMENT.value):
        if taken.reason is None:
            one = read_assignment(read_letter(taken.line)[1].content)
            found[one.id] = _listed(store, taken.number, one)
    return tuple(found.values())


def open_assignment(workplace: Workplace, which: str, code: str) -> Listed:
    """The places of an assignment, by the beginning or end of its id; they stay open from then on.

    Raises StoreProblem `assignment_unknown`, `assignment_code_wrong`, or as writing does.
    """
    store, wanted = workplace.store, which.strip().casefold()
    found = [
        one
        for one in assignments(workplace)
        if wanted and (one.assignment.id.startswith(wanted) or one.assignment.id.endswith(wanted))
    ]
    if len(found) != 1:
        raise StoreProblem("assignment_unknown", assignment=which, count=len(found))
    (one,) = found
    if not one.is_sealed:
        return one
    places = open_places(one.assignment, code)
    if places is None:
        raise StoreProblem("assignment_code_wrong", title=one.assignment.title)
    opened = replace(one.assignment, places=places, sealed=None)
    keep_secret(store, f"{_OPENED}{opened.id}", canonical(assignment_json(opened)))
    return Listed(one.number, opened, is_sealed=False)


def _listed(store: Store, number: int, one: Assignment) -> Listed:
    if one.sealed is None:
        return Listed(number, one, is_sealed=False)
    opened = read_secret(store, f"{_OPENED}{one.id}")
    if opened is None:
        return Listed(number, one, is_sealed=True)
    return Listed(number, read_assignment(json.loads(opened)), is_sealed=False)
