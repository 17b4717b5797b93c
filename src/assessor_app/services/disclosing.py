"""Proving that a full record is the one that a signed document was made of, leaf by leaf.

The document carries the record with leaves left out, and the hash of the full one, both under its
signature (services/report/leaving_out.py). Whoever is shown the full record later has the proof
that nothing of it was changed; or learns which leaf was.
"""

import hashlib
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Any

from assessor_app.domain.event import Json, canonical
from assessor_app.domain.problem import IssueProblem, StoreProblem
from assessor_app.services import given_file
from assessor_app.services.embedded_record import (
    FULL_RECORD_VERSION,
    LEFT_OUT,
    EmbeddedRecord,
    find_record,
)
from assessor_app.services.full_record import KIND, full_record
from assessor_app.services.report.leaving_out import SALT_BYTES, leaf_hash, step
from assessor_app.storage.files import told_plainly
from assessor_app.storage.store import Store
from assessor_app.syncing.bundle import open_bundle

if TYPE_CHECKING:
    from assessor_app.services.exchange.importing import BundleSecret

_OWN = "full_record"  # what the embedded record says of the full one, and the full one cannot


class FaultKind(StrEnum):
    """How a place of the two records does not fit."""

    OTHER_FILE = "other_file"  # the full record is not the one whose hash was signed
    UNREADABLE = "unreadable"
    LEAF_DIFFERS = "leaf_differs"  # value and salt do not come to the hash that was signed
    LEAF_MISSING = "leaf_missing"  # the full record has no value or salt for a left-out leaf
    DIFFERS = "differs"  # a value that was handed out is another one in the full record
    LEFT_OVER = "left_over"  # a salt or value that the signed record knows nothing of


@dataclass(frozen=True, slots=True)
class Fault:
    """Where, as a JSON pointer into the record, and what."""

    pointer: str
    kind: FaultKind


@dataclass(frozen=True, slots=True)
class Proof:
    """`leaves` counts the left-out leaves that fit; it is proven where there is no fault."""

    leaves: int
    faults: tuple[Fault, ...]

    @property
    def proven(self) -> bool:
        return not self.faults


@dataclass(frozen=True, slots=True)
class Disclosed:
    """The proof for one document; `nothing_left_out` for one of version 1, which holds it all."""

    number: str
    visit: str
    full_sha256: str | None
    proof: Proof

    @property
    def nothing_left_out(self) -> bool:
        return self.full_sha256 is None


def prove(embedded: bytes, full: bytes) -> Proof:
    """Whether the full record is the one that the embedded record was made of.

    Both as bytes, canonical; neither is trusted. Every left-out leaf is looked at, whatever was
    found before.
    """
    try:
        signed, (record, salts) = _object(embedded), _sealed(full)
        told = signed.pop(_OWN)["sha256"]
        comparing = _Comparing(salts)
        faults = list(comparing.faults(signed, record, ""))
    except (ValueError, KeyError, TypeError, RecursionError):
        return Proof(0, (Fault("", FaultKind.UNREADABLE),))
    faults += [Fault(one, FaultKind.LEFT_OVER) for one in sorted(salts.keys() - comparing.met)]
    if hashlib.sha256(full).hexdigest() != told:
        faults.insert(0, Fault("", FaultKind.OTHER_FILE))
    wrong = {one.pointer for one in faults}
    return Proof(len(comparing.met - wrong), tuple(faults))


def prove_document(pdf: bytes, store: Store) -> Disclosed:
    """The proof for a document whose visit this store has.

    Raises IssueProblem `record_not_found` where the PDF carries no record of ours, or as reading it
    does; StoreProblem as `services.full_record.full_record`. The signatures are for `verify`.
    """
    data, known = _embedded(pdf)
    if known.full_record is None:
        return _whole(known)
    full = full_record(store, known.visit, sha256=known.full_record)
    return Disclosed(known.number, known.visit, known.full_record, prove(data, full))


def prove_by_bundle(pdf: bytes, path: Path, *, secret: "BundleSecret") -> Disclosed:
    """The same with the full record out of an exported file, which no store need know.

    Raises as `prove_document`, and StoreProblem as opening and reading the file does.
    """
    data, known = _embedded(pdf)
    if known.full_record is None:
        return _whole(known)
    with told_plainly(path), given_file.opened(path) as file:
        bundle = open_bundle(file, path, secret=secret)
        for part in bundle.manifest.of_kind(KIND):
            if part.sha256 == known.full_record:
                proof = prove(data, bundle.read(part))
                return Disclosed(known.number, known.visit, known.full_record, proof)
    raise StoreProblem("full_record_missing", visit=known.visit, sha256=known.full_record)


def _whole(known: EmbeddedRecord) -> Disclosed:
    return Disclosed(known.number, known.visit, None, Proof(0, ()))


def _embedded(pdf: bytes) -> tuple[bytes, EmbeddedRecord]:
    from assessor_app.reporting.reading import read_attachments

    attachments = read_attachments(pdf)
    known = find_record(attachments)
    if known is None:
        raise IssueProblem("record_not_found")
    return attachments[0].data, known


def _object(data: bytes) -> dict[str, Any]:
    loaded = json.loads(data)
    if not isinstance(loaded, dict) or canonical(loaded) != data:
        raise ValueError("not a canonical object")
    return loaded


def _sealed(full: bytes) -> tuple[Json, dict[str, Json]]:
    """The record and the salts of a full record. Raises ValueError, KeyError or TypeError."""
    sealed = _object(full)
    salts = sealed["salts"]
    if sealed["v"] != FULL_RECORD_VERSION or not isinstance(salts, dict):
        raise ValueError("not a full record of a known version")
    return sealed["record"], salts


class _Comparing:
    """Walks the signed record beside the full one; `met` are the pointers of left-out leaves."""

    def __init__(self, salts: Mapping[str, Json]) -> None:
        self._salts = salts
        self.met: set[str] = set()

    def faults(self, signed: Json, value: object, pointer: str) -> Iterator[Fault]:
        if isinstance(signed, Mapping) and signed.keys() == {LEFT_OUT}:
            yield from self._leaf(signed[LEFT_OUT], value, pointer)
        elif isinstance(signed, Mapping) and isinstance(value, Mapping):
            for name in sorted(signed.keys() | value.keys()):
                yield from self._within(signed, value, name, pointer)
        elif isinstance(signed, list) and isinstance(value, list) and len(signed) == len(value):
            for number, (one, other) in enumerate(zip(signed, value, strict=True)):
                yield from self.faults(one, other, step(pointer, number))
        elif type(signed) is not type(value) or signed != value:
            yield Fault(pointer, FaultKind.DIFFERS)

    def _within(
        self, signed: Mapping[str, Json], value: Mapping[str, Json], name: str, pointer: str
    ) -> Iterator[Fault]:
        inner = step(pointer, name)
        if name not in signed:
            yield Fault(inner, FaultKind.LEFT_OVER)
        else:
            yield from self.faults(signed[name], value.get(name, _ABSENT), inner)

    def _leaf(self, told: Json, value: object, pointer: str) -> Iterator[Fault]:
        salt = _salt(self._salts.get(pointer))
        self.met.add(pointer)
        if salt is None or value is _ABSENT:
            yield Fault(pointer, FaultKind.LEAF_MISSING)
        elif leaf_hash(salt, value) != told:  # type: ignore[arg-type]  # out of JSON, or _ABSENT
            yield Fault(pointer, FaultKind.LEAF_DIFFERS)


_ABSENT = object()


def _salt(held: Json) -> bytes | None:
    try:
        salt = bytes.fromhex(held) if isinstance(held, str) else b""
    except ValueError:
        return None
    return salt if len(salt) == SALT_BYTES else None
