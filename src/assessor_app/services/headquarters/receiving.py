"""Headquarters takes in what lies on a storage: verified, receipted, one thing never in the way of
the next."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from assessor_app.domain.problem import Problem, StoreProblem
from assessor_app.instruments.library import Library
from assessor_app.services.enrolment import Workplace
from assessor_app.services.headquarters.devices import CertifiedDevice, certified_devices
from assessor_app.services.headquarters.fetching import PiecesWanted, alone, incoming
from assessor_app.services.headquarters.keys import Keys, keys_of
from assessor_app.services.headquarters.letters import (
    Written,
    put_letters,
    receipt_content,
    sealed_letters,
)
from assessor_app.services.headquarters.shipments import (
    Arrived,
    fetched_manifest,
    listed_manifests,
    opened_manifest,
    require_in_turn,
)
from assessor_app.services.headquarters.taking import take_part
from assessor_app.storage.received import WHOLE, ReceivedPart, keep_received, received_parts
from assessor_app.storage.store import Store
from assessor_app.syncing.letter import LetterKind, PartState
from assessor_app.syncing.part import PartKind
from assessor_app.syncing.shipment import SealedPart, manifest_name
from assessor_app.syncing.transports.transport import Transport, TransportFailed

_MAY_PASS = frozenset({"device_unknown", "part_newer", "bundle_newer", "record_refused"})
"""Codes of refusals that another day may lift: the device is certified, this program is newer, the
record above the pictures was taken in after all."""
_UNDONE = frozenset(
    {
        "disk_full",
        "disk_failing",
        "file_failed",
        "not_writable",
        "store_busy",
        "store_damaged",
        "store_read_only",
    }
)
"""Codes that say that headquarters itself could not: the run ends, and nothing is refused."""
_ORDER = {kind.value: place for place, kind in enumerate(PartKind)}


@dataclass(frozen=True, slots=True)
class Receiving:
    """What a run found. `changed` are the parts of which something new is to be said, `strange`
    what lies on the storage and is nobody's shipment; `letters` were put there."""

    manifests: int
    changed: tuple[ReceivedPart, ...]
    strange: tuple[StoreProblem, ...]
    letters: int


@dataclass(frozen=True, slots=True)
class Told:
    """A part as it is told: `kind` is empty for a shipment as a whole, `pieces` are wanted."""

    manifest: str
    visit: str
    device: str
    kind: str
    state: str
    pieces: int
    problem: StoreProblem | None


def told(part: ReceivedPart) -> Told:
    """What is to be said of a part."""
    problem = None if part.reason is None else StoreProblem(part.reason, **dict(part.places))
    return Told(
        part.manifest,
        part.visit,
        part.device,
        part.kind,
        part.state,
        len(part.pieces),
        problem,
    )


def receive(workplace: Workplace, transport: Transport, *, library: Library) -> Receiving:
    """Take in all that has arrived, and write what became of it to the devices.

    Run again it does nothing twice. What is refused is said with its reason and stays refused;
    what is missing is wanted again. Raises StoreProblem `no_headquarters`, `receiving_busy`,
    TransportFailed where the storage fails, or as this store's own writing does: what was taken in
    until then stays.
    """
    keys = keys_of(workplace.store)
    with alone(workplace.store):
        return _received(workplace, transport, keys, library=library)


def _received(
    workplace: Workplace, transport: Transport, keys: Keys, *, library: Library
) -> Receiving:
    store, devices = workplace.store, certified_devices(workplace.store)
    run = _Run(workplace, transport, library, keys, devices, list(received_parts(store)))
    listed, foreign = listed_manifests(transport)
    strange = [StoreProblem("name_foreign", name=name) for name in foreign]
    known = _by_manifest(run.known)
    changed: list[ReceivedPart] = []
    arrived = []
    for manifest in listed:
        if _is_settled(known.get(manifest, ())):
            continue
        try:
            sealed = fetched_manifest(transport, manifest)
        except StoreProblem as problem:
            if isinstance(problem, TransportFailed) and problem.code != "storage_missing":
                raise  # it fails as a whole
            strange.append(problem)
            continue
        try:
            arrived.append(opened_manifest(sealed, keys, devices=devices))
        except StoreProblem as problem:
            changed += run.keep_unread(manifest, problem, known.get(manifest, ()))
    for one in sorted(arrived, key=lambda one: (one.shipment.visit, one.shipment.number)):
        changed += run.take(one)
    put = put_letters(store, transport, {id_: one.public_key for id_, one in devices.items()})
    return Receiving(len(listed), tuple(changed), tuple(strange), put)


@dataclass(frozen=True, slots=True)
class _Run:
    workplace: Workplace
    transport: Transport
    library: Library
    keys: Keys
    devices: Mapping[str, CertifiedDevice]
    known: list[ReceivedPart]
    """What has become of all parts by now."""

    @property
    def store(self) -> Store:
        return self.workplace.store

    def keep_unread(
        self, manifest: str, problem: StoreProblem, before: Sequence[ReceivedPart]
    ) -> tuple[ReceivedPart, ...]:
        """A manifest that nobody here can answer: from whom it is, is not known or not true."""
        row = ReceivedPart(
            manifest=manifest,
            kind=WHOLE,
            visit="",
            device="",
            number=0,
            body="",
            sha256="",
            state=PartState.REFUSED.value,
            changed_at=self.store.clock.now(),
            reason=problem.code,
            places=_told(problem, called=manifest_name(manifest)),
        )
        changed = _differing([row], before)
        keep_received(self.store, changed)
        return changed

    def take(self, arrived: Arrived) -> tuple[ReceivedPart, ...]:
        """Take in the parts of a shipment, and write to its device what became of them."""
        before = [one for one in self.known if one.manifest == arrived.manifest]
        try:
            require_in_turn(arrived, self.known)
            parts = self._parts(arrived, {one.kind: one for one in before})
        except StoreProblem as problem:
            if problem.code not in ("device_revoked", "shipment_forked"):
                raise
            parts = [_refused(self._row(arrived, one), problem) for one in arrived.shipment.parts]
        changed = _differing(parts, before)
        if changed:
            content = receipt_content(arrived.manifest, arrived.shipment.head, parts)
            letter = Written(arrived.device, LetterKind.RECEIPT, content)
            keep_received(self.store, parts, sealed_letters(self.store, self.keys, [letter]))
            self.known[:] = [one for one in self.known if one.manifest != arrived.manifest]
            self.known.extend(parts)
        return changed

    def _parts(self, arrived: Arrived, before: Mapping[str, ReceivedPart]) -> list[ReceivedPart]:
        found: list[ReceivedPart] = []
        for part in sorted(arrived.shipment.parts, key=lambda one: _ORDER[one.kind.value]):
            known = before.get(part.kind.value)
            is_done = known is not None and _is_settled((known,))
            row = known if known is not None and is_done else self._part(arrived, part, found)
            found.append(row)
        return found

    def _part(
        self, arrived: Arrived, part: SealedPart, above: Sequence[ReceivedPart]
    ) -> ReceivedPart:
        """A part; the pictures of a record that is not here yet wait for it."""
        row = self._row(arrived, part)
        record = next((one for one in above if one.kind == PartKind.RECORD.value), None)
        if record is not None and record.state != PartState.RECEIPTED.value:
            is_refused = record.state == PartState.REFUSED.value
            refusal = StoreProblem("record_refused", path=manifest_name(arrived.manifest))
            return _refused(row, refusal) if is_refused else row
        try:
            with incoming(self.store, self.transport, part) as opened:
                take_part(self.workplace, opened, arrived, library=self.library)
        except PiecesWanted as wanted:
            return replace(row, pieces=wanted.pieces)
        except TransportFailed:
            raise
        except Problem as problem:
            if problem.code in _UNDONE:
                raise
            return _refused(row, problem)
        return replace(row, state=PartState.RECEIPTED.value)

    def _row(self, arrived: Arrived, part: SealedPart) -> ReceivedPart:
        """A part of which nothing is known yet: it is wanted."""
        shipment = arrived.shipment
        return ReceivedPart(
            manifest=arrived.manifest,
            kind=part.kind.value,
            visit=shipment.visit,
            device=shipment.device,
            number=shipment.number,
            body=arrived.body,
            sha256=part.sha256,
            state=PartState.WANTED.value,
            changed_at=self.store.clock.now(),
        )


def _refused(row: ReceivedPart, problem: Problem) -> ReceivedPart:
    places = _told(problem, called=manifest_name(row.manifest))
    return replace(
        row, state=PartState.REFUSED.value, reason=problem.code, places=places, pieces=()
    )


def _told(problem: Problem, *, called: str) -> tuple[tuple[str, str], ...]:
    """What fills its sentence elsewhere: a path of headquarters is nobody's business there."""
    told = {
        name: called if isinstance(place, Path) else str(place)
        for name, place in problem.places.items()
    }
    return tuple(sorted(told.items()))


def _is_settled(parts: Sequence[ReceivedPart]) -> bool:
    """Whether there is nothing more to be done for these parts, whatever the storage holds."""
    # What was said of it as a whole, before its device was certified, is over by now.
    own = [one for one in parts if one.kind != WHOLE] or parts
    if any(one.kind == PartKind.RECORD.value and _is_refused_for_good(one) for one in own):
        return True  # its pictures will never be taken in either
    return bool(own) and all(
        one.state == PartState.RECEIPTED.value or _is_refused_for_good(one) for one in own
    )


def _is_refused_for_good(part: ReceivedPart) -> bool:
    return part.state == PartState.REFUSED.value and part.reason not in _MAY_PASS


def _differing(
    parts: Sequence[ReceivedPart], before: Sequence[ReceivedPart]
) -> tuple[ReceivedPart, ...]:
    """The parts of which something else is to be said than before, besides when."""
    known = {one.kind: one for one in before}
    return tuple(
        one
        for one in parts
        if one.kind not in known
        or replace(one, changed_at=known[one.kind].changed_at) != known[one.kind]
    )


def _by_manifest(parts: Sequence[ReceivedPart]) -> Mapping[str, tuple[ReceivedPart, ...]]:
    found: defaultdict[str, list[ReceivedPart]] = defaultdict(list)
    for one in parts:
        found[one.manifest].append(one)
    return {manifest: tuple(of) for manifest, of in found.items()}
