"""A file becomes evidence: in the vault first, and gone again where its event fails."""

import contextlib
from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import partial
from io import BytesIO
from pathlib import Path
from typing import BinaryIO

from assessor_app.domain.event import Json
from assessor_app.domain.observation import OF_VISIT, Evidence, ObservationKey
from assessor_app.domain.problem import EvidenceRefused, Problem, RecordRefused, StoreProblem
from assessor_app.domain.visit import Snapshot
from assessor_app.services.enrolment import Workplace
from assessor_app.services.entries import clean_text
from assessor_app.services.evidence.editing import (
    NOTHING_TOLD,
    About,
    about_values,
    places_of,
)
from assessor_app.services.evidence.taken import TakenIn
from assessor_app.storage.vault import DERIVED, Form, SourceFailed, Vault

_UNSURE = frozenset({"disk_failing", "store_damaged"})


def same_photo(snapshot: Snapshot, photo: TakenIn) -> Evidence | None:
    """The evidence of the visit that is this very file, attached anywhere or not."""
    known = (*snapshot.evidence.values(), *snapshot.unattached.values())
    return next((one for one in known if one.sha256 == photo.sha256), None)


def shared(
    known: Evidence, place: str, *, caption: str | None = None, about: About = NOTHING_TOLD
) -> dict[tuple[str, str], Json]:
    """Attach what the visit has already to one more side, or to the visit itself (`place`).

    It has one caption, one address and so on: what is given becomes it where there was none, else
    the first one stays. Raises RecordRefused `evidence_already_there`.
    """
    places = places_of(known)
    if place in places:
        named = ObservationKey.from_entity(place).indicator if place != OF_VISIT else place
        raise RecordRefused("evidence_already_there", indicator=named)
    entity = f"evidence/{known.id}"
    values: dict[tuple[str, str], Json] = {(entity, "attached_to"): sorted([*places, place])}
    told = {"caption": clean_text(caption, "caption"), **about_values(about, pages=known.pages)}
    for name, value in told.items():
        if value is not None and getattr(known, name) is None:
            values[entity, name] = value
    return values


def stage(workplace: Workplace, snapshot: Snapshot, taken: TakenIn) -> TakenIn:
    """Put a file into the vault before it is attached, in a worker's time; not one that is known.

    `kept` finds it there, and `unstage` takes back what is not attached after all; what a crash
    leaves is swept. Raises as `kept`.
    """
    if same_photo(snapshot, taken) is not None:
        return taken
    evidence_id = workplace.store.new_id()
    _put(workplace.store.vault, evidence_id, taken)
    return replace(taken, staged_as=evidence_id)


def unstage(workplace: Workplace, snapshot: Snapshot, taken: TakenIn) -> None:
    """Take what was staged and is no evidence now out of the vault: refused, or known already."""
    if taken.staged_as is not None and taken.staged_as not in snapshot.evidence:
        _drop(workplace.store.vault, taken.staged_as)


def may_be_recorded(problem: Problem) -> bool:
    """Whether an event may be found all the same after this: what it names must stay until then."""
    return problem.code in _UNSURE


@contextlib.contextmanager
def kept(vault: Vault, evidence_id: str, photo: TakenIn) -> Iterator[Callable[[], None]]:
    """Have the file in the vault while its event is recorded; a Problem takes it out again.

    What was staged lies there already, under its own id, unless a sweep took it meanwhile. Gives
    what the event must be recorded with: that no sweep takes the file away before. Raises
    StoreProblem as the vault does, EvidenceRefused `file_changed` or `file_unreadable` where a
    recording is not any more what was taken in.
    """
    kept_as = photo.staged_as or evidence_id
    if not (photo.staged_as and vault.has(kept_as, Form.ORIGINAL)):
        _put(vault, kept_as, photo)
    try:
        with vault.claiming(kept_as, Form.ORIGINAL):
            yield partial(vault.require, kept_as, Form.ORIGINAL)
    except Problem as problem:
        if not may_be_recorded(problem):
            _drop(vault, kept_as)
        raise


def _put(vault: Vault, evidence_id: str, taken: TakenIn) -> None:
    try:
        with _opened(taken) as source:
            put = vault.put_file(evidence_id, Form.ORIGINAL, source)
        if put.sha256 != taken.sha256:
            raise EvidenceRefused("file_changed", file=taken.name)
        for form, copy in zip(DERIVED, (taken.report_copy, taken.thumbnail), strict=True):
            if copy:
                vault.put(evidence_id, form, copy)
    except SourceFailed as failed:
        raise EvidenceRefused("file_unreadable", file=taken.name, cause=failed) from failed
    except Problem:
        _drop(vault, evidence_id)
        raise


@contextlib.contextmanager
def _opened(taken: TakenIn) -> Iterator[BinaryIO]:
    if not isinstance(taken.original, Path):
        yield BytesIO(taken.original)
        return
    try:
        file = taken.original.open("rb")
    except OSError as error:
        raise EvidenceRefused("file_unreadable", file=taken.name, cause=error.strerror) from error
    with file:
        yield file


def _drop(vault: Vault, evidence_id: str) -> None:
    """What cannot be removed now is swept later: why the file was refused is what counts."""
    for form in (Form.ORIGINAL, *DERIVED):
        with contextlib.suppress(StoreProblem):
            vault.drop(evidence_id, form)
