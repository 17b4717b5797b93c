"""A file becomes evidence: in the vault first, and gone again where its event fails."""

import contextlib
from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import partial
from io import BytesIO
from pathlib import Path
from typing import BinaryIO

from assessor_app.domain.clock import NewId
from assessor_app.domain.event import Json
from assessor_app.domain.observation import Evidence, ObservationKey
from assessor_app.domain.problem import EvidenceRefused, Problem, RecordRefused
from assessor_app.domain.visit import Snapshot
from assessor_app.services.intake import TakenIn
from assessor_app.storage.vault import DERIVED, Form, SourceFailed, Vault

_MAY_BE_RECORDED = frozenset({"disk_failing", "store_damaged"})
"""Failures after which the event may be found all the same: what it names must stay until then."""


def same_photo(snapshot: Snapshot, photo: TakenIn) -> Evidence | None:
    """The evidence of the visit that is this very file."""
    return next((one for one in snapshot.evidence.values() if one.sha256 == photo.sha256), None)


def shared(known: Evidence, key: ObservationKey) -> dict[tuple[str, str], Json]:
    """Attach what the visit has already to one more side.

    Raises RecordRefused `evidence_already_there`.
    """
    if key in known.attached_to:
        raise RecordRefused("evidence_already_there", indicator=key.indicator)
    places = sorted(one.entity for one in (*known.attached_to, key))
    return {(f"evidence/{known.id}", "attached_to"): places}


def staged(vault: Vault, snapshot: Snapshot, taken: TakenIn, *, new_id: NewId) -> TakenIn:
    """Put a file into the vault before it is attached, in a worker's time; not one that is known.

    `kept` takes it over, and `unstage` takes back what is not attached after all; what a crash
    leaves is swept. Raises as `kept`.
    """
    if same_photo(snapshot, taken) is not None:
        return taken
    evidence_id = new_id()
    _put(vault, evidence_id, taken)
    return replace(taken, staged_as=evidence_id)


def unstage(vault: Vault, taken: TakenIn) -> None:
    """Take a staged file out of the vault again."""
    if taken.staged_as is not None:
        _drop(vault, taken.staged_as)


@contextlib.contextmanager
def kept(vault: Vault, evidence_id: str, photo: TakenIn) -> Iterator[Callable[[], None]]:
    """Have the file in the vault while its event is recorded; a Problem takes it out again.

    Gives what the event must be recorded with: that no sweep took the file away meanwhile. Raises
    StoreProblem as the vault does, EvidenceRefused `file_changed` or `file_unreadable` where a
    recording is not any more what was taken in.
    """
    if photo.staged_as != evidence_id:
        unstage(vault, photo)
        _put(vault, evidence_id, photo)
    try:
        with vault.claiming(evidence_id, Form.ORIGINAL):
            yield partial(vault.require, evidence_id, Form.ORIGINAL)
    except Problem as problem:
        if problem.code not in _MAY_BE_RECORDED:
            _drop(vault, evidence_id)
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
    for form in (Form.ORIGINAL, *DERIVED):
        vault.drop(evidence_id, form)
