"""Whether all of a bundle is what it says it is, asked before anything of it is taken in."""

import json
import tempfile
import uuid
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from assessor_app.domain.acceptance import counting
from assessor_app.domain.chain import Link, breaks, read_link
from assessor_app.domain.event import Event, StreamHead, canonical, visit_head
from assessor_app.domain.instrument import Instrument
from assessor_app.domain.outlook import outlook
from assessor_app.domain.problem import InstrumentFault, Problem, StoreProblem
from assessor_app.domain.snapshot import read_snapshot
from assessor_app.instruments.library import Library
from assessor_app.services.exchange.carrying import Carrier
from assessor_app.services.exchange.contents import named_files
from assessor_app.services.exchange.values import require_plausible
from assessor_app.services.instruments import instrument_of
from assessor_app.services.trust import fingerprint
from assessor_app.storage.database_version import known_schemas
from assessor_app.storage.device import Checkpoint
from assessor_app.storage.store import Store
from assessor_app.storage.vault import FORM_OF, Form
from assessor_app.syncing.bundle import Progress
from assessor_app.syncing.manifest import CHECKPOINTS, EVENTS, INSTRUMENT, Part

_UNREADABLE = (ValueError, KeyError, TypeError, LookupError, AttributeError, ArithmeticError)
"""What reading values may raise that no program of ours has written."""


@dataclass(frozen=True, slots=True)
class CarriedInstrument:
    """An instrument that came along, as bytes and as what they say."""

    digest: str
    content: bytes
    instrument: Instrument


@dataclass(frozen=True, slots=True)
class Checked:
    """What is to be taken in. `files` gives form and SHA-256 of every file that the events name,
    `parts` are those of them that the bundle brings; `known` are the events of the visit that were
    here before."""

    links: tuple[Link, ...]
    checkpoints: tuple[Checkpoint, ...]
    head: str
    files: Mapping[str, tuple[Form, str]]
    parts: tuple[Part, ...]
    instruments: tuple[CarriedInstrument, ...]
    known: tuple[Event, ...]


def checked(
    bundle: Carrier, store: Store, *, library: Library, progress: Progress | None = None
) -> Checked:
    """Verify seal, chains, checkpoints, hashes, instruments, and that it can be shown.

    Raises StoreProblem as `import_visit` (services/exchange/importing.py) says.
    """
    if bundle.manifest.schema not in known_schemas():
        raise StoreProblem("bundle_newer", path=bundle.path, app=bundle.manifest.app)
    bundle.check(progress)
    try:
        _require_ids(bundle)
        links = tuple(_links(bundle))
        checkpoints = tuple(_checkpoints(bundle))
        _require_concerned(bundle, checkpoints)
        instruments = tuple(_instruments(bundle, library))
    except (ValueError, KeyError, TypeError, RecursionError, InstrumentFault) as error:
        raise StoreProblem("bundle_damaged", path=bundle.path) from error
    _require_chains(bundle, links)
    _require_checkpoints(bundle, links, checkpoints)
    files, parts = _files(bundle, links, store)
    known = tuple(store.log.stored(bundle.manifest.visit))
    _require_one_history(bundle, links, known)
    events = {one.event.id: one.event for one in (*known, *links)}
    _require_showable(bundle, tuple(events.values()), instruments, library)
    before = tuple(one.event for one in known)
    head = visit_head(bundle.manifest.streams)
    return Checked(links, checkpoints, head, files, parts, instruments, before)


def _require_ids(bundle: Carrier) -> None:
    """Ids become names of files and are told to people: raise ValueError unless they are UUIDs."""
    manifest = bundle.manifest
    files = [part.id for part in manifest.parts if part.kind in FORM_OF]
    cards = [card.assessor for card in manifest.people]
    for id_ in (manifest.visit, manifest.device, *manifest.devices, *cards, *files):
        _require_id(id_)
    for key in manifest.devices.values():
        fingerprint(key)


def _require_concerned(bundle: Carrier, checkpoints: Iterable[Checkpoint]) -> None:
    """Raise ValueError where keys of devices come along that signed nothing of the visit.

    A key that is met is trusted from then on: nobody vouches for others in passing.
    """
    signers = {one.device for one in bundle.manifest.streams} | {one.device for one in checkpoints}
    if not bundle.manifest.devices.keys() <= signers:
        raise ValueError("a device that has no part in the visit")


def _require_id(id_: str) -> None:
    if str(uuid.UUID(id_)) != id_:
        raise ValueError("not an id")


def _links(bundle: Carrier) -> Iterator[Link]:
    for line in bundle.read(bundle.manifest.part(EVENTS)).splitlines():
        digest, _, body = line.partition(b" ")
        link = read_link(body, digest.decode())
        if link.event.visit != bundle.manifest.visit:
            raise StoreProblem("bundle_event_foreign", path=bundle.path, event=link.event.id)
        for change in link.event.changes:
            kind, _, id_ = change.entity.partition("/")
            if change.field == "sha256" and kind not in FORM_OF:
                raise ValueError("a file of no kind")
            if kind in FORM_OF:
                _require_id(id_)
        yield link


def _checkpoints(bundle: Carrier) -> Iterator[Checkpoint]:
    for line in bundle.read(bundle.manifest.part(CHECKPOINTS)).splitlines():
        signature, _, body = line.partition(b" ")
        loaded = json.loads(body)
        made = Checkpoint(
            str(loaded["visit"]),
            str(loaded["device"]),
            str(loaded["head"]),
            body,
            bytes.fromhex(signature.decode()),
        )
        if canonical(loaded) != body or visit_head(made.streams()) != made.head:
            raise ValueError("not a checkpoint")
        yield made


def _instruments(bundle: Carrier, library: Library) -> Iterator[CarriedInstrument]:
    for part in bundle.manifest.of_kind(INSTRUMENT):
        if part.id != part.sha256:
            raise ValueError("another instrument")
        content = bundle.read(part)
        yield CarriedInstrument(part.id, content, library.copy_of(part.id) or _loaded(content))


def _loaded(content: bytes) -> Instrument:
    from assessor_app.instruments.reading import load

    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "instrument.yaml"
        file.write_bytes(content)
        return load(file)


def _require_chains(bundle: Carrier, links: Sequence[Link]) -> None:
    streams: defaultdict[str, list[Link]] = defaultdict(list)
    for link in links:
        streams[link.event.device].append(link)
    for device, found in streams.items():
        for fault in breaks(found):
            place = f"{device}/{fault.event.seq}"
            raise StoreProblem("bundle_chain_broken", path=bundle.path, place=place)
    heads = {
        StreamHead(device, found[-1].event.seq, found[-1].hash)
        for device, found in ((id_, sorted(of, key=_seq)) for id_, of in streams.items())
    }
    if heads != set(bundle.manifest.streams):
        raise StoreProblem("bundle_cut", path=bundle.path)


def _seq(link: Link) -> int:
    return link.event.seq


def _require_checkpoints(
    bundle: Carrier, links: Iterable[Link], checkpoints: Sequence[Checkpoint]
) -> None:
    """Each is signed by its device and met; one of who made the file is over just its streams.

    Each stream is signed up to its end by the device whose it is: events leave a device under its
    signature (by an export, or by a backup that was taken back), so that nobody else can add any.
    """
    manifest = bundle.manifest
    hashes = {(one.event.device, one.event.seq): one.hash for one in links}
    for made in checkpoints:
        key = manifest.devices.get(made.device, "")
        if made.visit != manifest.visit or not made.signed_by(bytes.fromhex(key)):
            raise StoreProblem("bundle_checkpoint_forged", path=bundle.path, device=made.device)
        if any(hashes.get((one.device, one.seq)) != one.hash for one in made.streams()):
            raise StoreProblem("bundle_cut", path=bundle.path)
    whole = tuple(sorted(manifest.streams))
    if not any(one.device == manifest.device and one.streams() == whole for one in checkpoints):
        raise StoreProblem("bundle_checkpoint_forged", path=bundle.path, device=manifest.device)
    ends = {one for made in checkpoints for one in made.streams() if one.device == made.device}
    for head in whole:
        if head not in ends:
            raise StoreProblem("bundle_checkpoint_forged", path=bundle.path, device=head.device)


def _files(
    bundle: Carrier, links: Sequence[Link], store: Store
) -> tuple[dict[str, tuple[Form, str]], tuple[Part, ...]]:
    """The files that the events name, and the parts that bring them: each the one that is named.

    A file that another visit has, or that is known with other content, is never written over; nor
    does an event give another hash to a file that one before it has named.
    """
    named = {one.id: one for one in named_files(links)}
    for link in links:
        if any(one != named[one.id] for one in named_files([link])):
            raise StoreProblem("bundle_damaged", path=bundle.path)
    parts = tuple(part for part in bundle.manifest.parts if part.kind in FORM_OF)
    for part in parts:
        one = named.get(part.id)
        if one is None or (one.kind, one.sha256) != (part.kind, part.sha256):
            raise StoreProblem("bundle_damaged", path=bundle.path)
        if one.size not in (None, part.size):  # it could never be passed on
            raise StoreProblem("bundle_damaged", path=bundle.path)
    known = store.log.vault_files()
    for id_, one in named.items():
        other = known.get(id_)
        if other and (other.visit, other.sha256) != (bundle.manifest.visit, one.sha256):
            raise StoreProblem("bundle_file_taken", path=bundle.path, file=id_)
    return {id_: (FORM_OF[one.kind], one.sha256) for id_, one in named.items()}, parts


def _require_one_history(bundle: Carrier, links: Sequence[Link], known: Sequence[Link]) -> None:
    """No device has said two different things in one place of its stream."""
    places = {(one.event.device, one.event.seq): one.hash for one in known}
    for link in links:
        device, seq = link.event.device, link.event.seq
        if places.get((device, seq), link.hash) != link.hash:
            place, visit = f"{device}/{seq}", bundle.manifest.visit
            raise StoreProblem("stream_forked", path=bundle.path, place=place, visit=visit)


def _require_showable(
    bundle: Carrier,
    events: Sequence[Event],
    carried: Sequence[CarriedInstrument],
    library: Library,
) -> None:
    """Read the visit as it would stand: what nobody could open afterwards is not taken in."""
    try:
        snapshot = read_snapshot(bundle.manifest.visit, counting(events).heads)
        brought = {one.digest: one.instrument for one in carried}
        digest = snapshot.visit.instrument_digest
        instrument = brought.get(digest) or instrument_of(snapshot.visit, library)
        require_plausible(snapshot, instrument)
        outlook(snapshot, instrument)
    except (*_UNREADABLE, Problem) as error:
        cause = f"{type(error).__name__}: {error}"
        raise StoreProblem("bundle_unreadable", path=bundle.path, cause=cause) from error
