"""What of a store goes into the file of one visit, and nothing else of it."""

import contextlib
import hashlib
from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from assessor_app.domain.chain import Link
from assessor_app.domain.event import StreamHead, visit_head
from assessor_app.domain.problem import InstrumentFault
from assessor_app.domain.snapshot import read_visit
from assessor_app.domain.visit import Visit
from assessor_app.instruments.library import Library
from assessor_app.services.enrolment import Workplace
from assessor_app.services.instruments import bytes_of
from assessor_app.services.trust import known_devices, known_people
from assessor_app.storage.database_version import app_version
from assessor_app.storage.device import Checkpoint
from assessor_app.storage.files import told_plainly
from assessor_app.storage.store import Store
from assessor_app.storage.tables import SCHEMA
from assessor_app.storage.vault import FORM_OF, Form, Vault
from assessor_app.syncing.manifest import (
    CHECKPOINTS,
    EVENTS,
    EVIDENCE,
    INSTRUMENT,
    Manifest,
    Part,
)


@dataclass(frozen=True, slots=True)
class Named:
    """A file that an event names; `size` in bytes where the event says it."""

    kind: str
    id: str
    sha256: str
    size: int | None


@dataclass(frozen=True, slots=True)
class Contents:
    """The manifest of a bundle and where its parts are to be had.

    `texts` are the parts that are made here, `forms` those that lie in the vault, by name.
    """

    manifest: Manifest
    head: str
    events: int
    texts: Mapping[str, bytes]
    forms: Mapping[str, Form]
    vault: Vault

    def open(self, part: Part) -> contextlib.AbstractContextManager[Iterable[bytes]]:
        """The bytes of a part, in pieces."""
        if part.name in self.texts:
            return contextlib.nullcontext((self.texts[part.name],))
        return self.vault.pieces(part.id, self.forms[part.name])


def gathered(
    workplace: Workplace,
    visit: str,
    *,
    library: Library,
    evidence: bool,
    without: Container[str] = frozenset(),
) -> Contents:
    """All of a visit as of now, signed by this device; `without` files of these ids.

    Raises InstrumentFault where the visit's instrument is not at hand, and StoreProblem.
    """
    store = workplace.store
    sealed = store.log.seal(visit)
    streams = sealed.streams()
    links = _within(store.log.stored(visit), streams)
    checkpoints = [one for one in store.log.checkpoints(visit) if _within_all(one, streams)]
    frame = read_visit(visit, store.log.heads(visit))
    texts = {
        EVENTS: b"".join(event_line(one) for one in links),
        CHECKPOINTS: b"".join(checkpoint_line(one) for one in checkpoints),
        **_instruments(frame, links, library),
    }
    files = [one for one in named_files(links) if one.kind != EVIDENCE or evidence]
    here = [
        one for one in files if one.id not in without and store.vault.has(one.id, FORM_OF[one.kind])
    ]
    brought = {one.id for one in here}
    parts = [Part(name, len(data), _hex(data)) for name, data in texts.items()]
    parts += [Part(f"{one.kind}/{one.id}", _size(one, store), one.sha256) for one in here]
    authors = {link.event.actor for link in links} | {store.assessor}
    signers = {one.device for one in streams} | {one.device for one in checkpoints}
    devices, people = known_devices(store), known_people(store)
    manifest = Manifest(
        visit=visit,
        app=app_version(),
        schema=SCHEMA,
        device=store.device.id,
        maker=store.assessor,
        made_at=store.clock.now(),
        instrument=frame.instrument_digest,
        streams=streams,
        devices={id_: devices[id_] for id_ in sorted(signers)},
        people=tuple(people[one] for one in sorted(authors) if one in people),
        parts=tuple(parts),
        left_out=tuple(one.id for one in named_files(links) if one.id not in brought),
    )
    forms = {f"{one.kind}/{one.id}": FORM_OF[one.kind] for one in here}
    return Contents(manifest, visit_head(streams), len(links), texts, forms, store.vault)


def named_files(links: Iterable[Link]) -> tuple[Named, ...]:
    """The files that events give a hash, each once, by id."""
    found: dict[str, Named] = {}
    for link in links:
        sizes = {one.entity: one.after for one in link.event.changes if one.field == "size"}
        for change in link.event.changes:
            kind, _, id_ = change.entity.partition("/")
            if change.field == "sha256" and change.after is not None and kind in FORM_OF:
                size = sizes.get(change.entity)
                told = size if isinstance(size, int) else None
                found.setdefault(id_, Named(kind, id_, str(change.after), told))
    return tuple(found[id_] for id_ in sorted(found))


def event_line(link: Link) -> bytes:
    """An event as it travels: its hash and its body, byte for byte (which holds no line break)."""
    return b"%s %s\n" % (link.hash.encode(), link.body)


def checkpoint_line(made: Checkpoint) -> bytes:
    return b"%s %s\n" % (made.signature.hex().encode(), made.body)


def _within(stored: Iterator[Link], streams: Sequence[StreamHead]) -> list[Link]:
    """The events up to the heads that were signed: another process may go on recording."""
    last = {one.device: one.seq for one in streams}
    return [one for one in stored if one.event.seq <= last.get(one.event.device, 0)]


def _within_all(made: Checkpoint, streams: Sequence[StreamHead]) -> bool:
    last = {one.device: one.seq for one in streams}
    return all(one.seq <= last.get(one.device, 0) for one in made.streams())


def _instruments(frame: Visit, links: Iterable[Link], library: Library) -> dict[str, bytes]:
    """Every version of an instrument that the visit was under, as far as it is at hand."""
    current, pin = frame.instrument_digest, frame.instrument_version
    found = {current: bytes_of(pin, current, library)}
    for link in links:
        fields = {one.field: one.after for one in link.event.changes if one.entity == "visit"}
        digest = fields.get("instrument_digest")
        if isinstance(digest, str) and digest not in found:
            with contextlib.suppress(InstrumentFault):
                found[digest] = bytes_of(str(fields["instrument_version"]), digest, library)
    return {f"{INSTRUMENT}/{digest}": data for digest, data in sorted(found.items())}


def _size(one: Named, store: Store) -> int:
    if one.size is not None:
        return one.size
    return len(store.vault.get(one.id, FORM_OF[one.kind]))


def _hex(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


def sha256_of(path: Path) -> str:
    """SHA-256 (hex) of a bundle's file as it lies there. Raises StoreProblem as reading does."""
    with told_plainly(path), path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
