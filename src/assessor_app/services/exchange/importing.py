"""One visit out of a sealed file into this store, where all of it is verified first."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey

from assessor_app.domain.event import STORE, EventKind, Json
from assessor_app.domain.observation import ObservationKey
from assessor_app.domain.snapshot import read_snapshot
from assessor_app.domain.visit import Snapshot
from assessor_app.instruments.library import Library
from assessor_app.services import given_file
from assessor_app.services.awaited import noted
from assessor_app.services.enrolment import Workplace
from assessor_app.services.exchange.carrying import Carrier
from assessor_app.services.exchange.contents import sha256_of
from assessor_app.services.exchange.files import brought, require_all
from assessor_app.services.exchange.former_answers import former_answers
from assessor_app.services.exchange.verified import Checked, checked
from assessor_app.services.instruments import keep_bytes
from assessor_app.services.trust import Introduction, Met, introduced
from assessor_app.storage.files import told_plainly
from assessor_app.storage.log import Draft
from assessor_app.storage.store import Store
from assessor_app.storage.vault import Form
from assessor_app.syncing.bundle import Progress, open_bundle
from assessor_app.syncing.manifest import Card, Manifest

BundleSecret = str | X25519PrivateKey
"""What opens a file: its passphrase, or the private half of headquarters' recovery key."""


@dataclass(frozen=True, slots=True)
class Imported:
    """What came with a file, and how the visit stands now.

    `new` counts the events that were not known, `files` those of the vault that were not here;
    `missing` are the ids of evidence that is still to come. `late` counts all events of the visit
    that came after it was closed, whoever recorded them. `former` says where answers are to be
    looked at again (former_answers.py). `devices` and `people` were met for the first time.
    """

    snapshot: Snapshot
    made_by: Card
    manifest: Manifest
    new: int
    files: int
    missing: tuple[str, ...]
    late: int
    conflicts: int
    former: tuple[ObservationKey, ...]
    devices: tuple[Met, ...]
    people: tuple[Card, ...]

    @property
    def visit(self) -> str:
        return self.snapshot.visit.id

    @property
    def nothing_new(self) -> bool:
        return not self.new and not self.files


def import_visit(
    workplace: Workplace,
    path: Path,
    *,
    library: Library,
    secret: BundleSecret,
    progress: Progress | None = None,
) -> Imported:
    """Take the visit of a file into this store, where all of it is verified: all or nothing.

    What is known already is not taken again. Evidence goes to the vault first, then one transaction
    takes all events; after a crash before it the next sweep finds what was brought for nothing.
    `progress` hears of bytes, first verified and then taken in; what it raises ends the import.

    Raises StoreProblem: `bundle_foreign`, `bundle_damaged`, `bundle_newer`,
    `bundle_passphrase_wrong`, `bundle_recovery_missing`, `bundle_chain_broken`, `bundle_cut`,
    `bundle_checkpoint_forged`, `bundle_event_foreign`, `bundle_file_taken`, `bundle_unreadable`,
    `device_key_changed`, `stream_forked`, or as the reading and writing do. Nothing of the visit
    has changed then.
    """
    with told_plainly(path), given_file.opened(path) as file:
        bundle = open_bundle(file, path, secret=secret)
        return take_in(workplace, bundle, library=library, progress=progress)


def take_in(
    workplace: Workplace,
    bundle: Carrier,
    *,
    library: Library,
    approve: Callable[[Checked], None] | None = None,
    progress: Progress | None = None,
) -> Imported:
    """Take in what an opened file carries. Does and raises as `import_visit`.

    `approve` is asked about what was verified before any of it is taken in, and may raise.
    """
    found = checked(bundle, workplace.store, library=library, progress=_first_half(progress))
    if approve is not None:
        approve(found)
    manifest = bundle.manifest
    met = introduced(workplace.store, manifest.devices, manifest.people, path=bundle.path)
    for instrument in found.instruments:
        keep_bytes(instrument.digest, instrument.content, library)
    return _taken_in(
        workplace, bundle, found, met, library=library, progress=_second_half(progress)
    )


def _taken_in(
    workplace: Workplace,
    bundle: Carrier,
    found: Checked,
    met: Introduction,
    *,
    library: Library,
    progress: Progress | None,
) -> Imported:
    store, visit = workplace.store, bundle.manifest.visit
    with brought(workplace, bundle, found, progress=progress) as files:
        still_there = partial(require_all, store, files)
        told = _told_of_import(store, bundle, found, files=files, require=still_there)
        ingested = store.log.ingest(found.links, found.checkpoints, told=told, met=met.told)
        if not ingested.new and files:  # the evidence of events that were known already
            store.log.append(told)
    heads = store.log.heads(visit)
    snapshot, arrived = read_snapshot(visit, heads), [link.event for link in found.links]
    missing = tuple(id_ for id_, (form, _) in found.files.items() if not store.vault.has(id_, form))
    maker = {one.assessor: one for one in bundle.manifest.people}
    return Imported(
        snapshot=snapshot,
        made_by=maker.get(bundle.manifest.maker, Card(bundle.manifest.maker, "–", "–")),
        manifest=bundle.manifest,
        new=ingested.new,
        files=len(files),
        missing=missing,
        late=len(store.log.late(visit)),
        conflicts=len(snapshot.conflicts),
        former=former_answers(heads, arrived, before=found.known, library=library),
        devices=met.devices,
        people=met.people,
    )


def _told_of_import(
    store: Store,
    bundle: Carrier,
    found: Checked,
    *,
    files: Mapping[str, Form],
    require: Callable[[], None],
) -> Draft:
    manifest = bundle.manifest
    entity = f"import/{store.new_id()}"
    left_out = [
        id_
        for id_, (form, _) in found.files.items()
        if id_ not in files and not store.vault.has(id_, form)
    ]
    values: dict[tuple[str, str], Json] = {
        (entity, "visit"): manifest.visit,
        (entity, "head"): found.head,
        (entity, "device"): manifest.device,
        (entity, "events"): len(found.links),
        (entity, "files"): len(files),
        (entity, "sha256_of_file"): sha256_of(bundle.path),
        **noted(store, left_out=left_out, brought=files),
    }
    return Draft(STORE, EventKind.IMPORTED, values, require=require)


def _first_half(progress: Progress | None) -> Progress | None:
    return None if progress is None else lambda done, total: progress(done, 2 * total)


def _second_half(progress: Progress | None) -> Progress | None:
    return None if progress is None else lambda done, total: progress(total + done, 2 * total)
