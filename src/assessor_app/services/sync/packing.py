"""A visit into sealed parts under a signed manifest, queued to be sent.

The bytes are sealed once, straight from the vault into the outbox: nothing of them lies anywhere in
clear. They are kept until headquarters has signed for them (docs/adr/0022).
"""

import contextlib
import hashlib
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import BinaryIO

from assessor_app.domain.chain import Link
from assessor_app.domain.event import EventKind, StreamHead, visit_head
from assessor_app.domain.problem import StoreProblem
from assessor_app.durable import sync_folder
from assessor_app.instruments.library import Library
from assessor_app.services.awaited import awaited
from assessor_app.services.enrolment import Workplace
from assessor_app.services.exchange.contents import Contents, gathered, named_files
from assessor_app.services.freed import freed
from assessor_app.services.sync.own_seal import own_seal
from assessor_app.services.sync.trusted import headquarters_of
from assessor_app.storage import outbox
from assessor_app.storage.files import told_plainly, write_whole, writing_whole
from assessor_app.storage.outbox import KeptShipment, NewItem
from assessor_app.storage.store import Store
from assessor_app.storage.vault import FORM_OF, Form
from assessor_app.syncing.bundle import Contents as Opening
from assessor_app.syncing.bundle import PartDiffers, PieceReader
from assessor_app.syncing.manifest import EVIDENCE, Part
from assessor_app.syncing.part import PartKind, Table, part_bytes
from assessor_app.syncing.sealed import seal, seal_file
from assessor_app.syncing.shipment import (
    PIECE_BYTES,
    Piece,
    SealedPart,
    Shipment,
    read_shipment,
    sign_shipment,
)

DERIVATIVE = "report"
"""The kind of entry that a smaller picture is, behind which stands the id of its evidence."""

Tell = Callable[[str, int, int], None]
"""Hears which part is being sealed, and how many of its bytes are."""


@dataclass(frozen=True, slots=True)
class Queued:
    """What was queued of a visit; `size` in bytes as sealed. `left_out` could not be read here."""

    visit: str
    number: int
    items: tuple[str, ...]
    size: int
    left_out: tuple[str, ...]


def queue_visit(
    workplace: Workplace,
    visit: str,
    *,
    library: Library,
    tell: Tell | None = None,
    anew: bool = False,
) -> Queued | None:
    """Seal and queue what headquarters has not been sent of a visit; None where that is nothing.

    `anew` takes all of it once more. What cannot be read is left out and stands in quarantine with
    its reason. Raises StoreProblem as `headquarters_of` does, `sending_busy`, or as
    reading and writing do, and InstrumentFault as `gathered` does: nothing is queued then.
    """
    store = workplace.store
    recipient = headquarters_of(store).recipient
    with outbox.alone(store):
        links = tuple(store.log.stored(visit))
        known = frozenset[str]() if anew else _known(store, visit)
        wanted = {
            PartKind.DERIVATIVES: _derivatives(store, links, known),
            PartKind.ORIGINALS: _originals(store, links, known),
        }
        if not anew and not any(wanted.values()) and _is_sent(store, visit, links):
            return None
        outbox.sweep(store)  # what was begun before and never queued
        sealing = _Sealing(store, recipient, tell or _unheard)
        bad = sealing.papers(links)
        contents = gathered(workplace, visit, library=library, evidence=False, without=bad)
        parts = [sealing.record(contents)]
        for kind, form in (
            (PartKind.DERIVATIVES, Form.REPORT),
            (PartKind.ORIGINALS, Form.ORIGINAL),
        ):
            made = sealing.files(visit, kind, wanted[kind], form)
            parts += [made] if made is not None else []
        kept = _manifest(store, contents, parts, recipient=recipient)
        items = [*(one.item for one in parts), *sealing.unreadable]
        ids = outbox.queue(store, kept, items)
    return Queued(
        visit=visit,
        number=kept.number,
        items=ids,
        size=sum(one.item.size for one in parts),
        left_out=tuple(name for one in sealing.unreadable for name in one.entries),
    )


def _known(store: Store, visit: str) -> frozenset[str]:
    """What any shipment of this device brought, or could not: it is not taken again by itself."""
    return frozenset(name for one in outbox.items(store, visit=visit) for name in one.entries)


def _is_sent(store: Store, visit: str, links: Sequence[Link]) -> bool:
    """Whether the last shipment holds all events but receipts, which headquarters has given itself.

    The head that it was signed with is met again where those at the end of the own stream are
    taken away, one after another.
    """
    last = [one for one in outbox.shipments(store, visit=visit) if one.device == store.device.id]
    if not last:
        return False
    _, shipment = read_shipment(last[-1].line)
    heads = {one.device: one for one in store.log.stream_heads(visit)}
    own = [one for one in links if one.event.device == store.device.id]
    while visit_head(tuple(heads.values())) != shipment.head:
        if not own or own[-1].event.kind is not EventKind.RECEIPTED:
            return False
        own.pop()
        heads.pop(store.device.id)
        if own:
            device, seq = store.device.id, own[-1].event.seq
            heads[device] = StreamHead(device, seq, own[-1].hash)
    return True


def _derivatives(store: Store, links: Sequence[Link], known: Collection[str]) -> tuple[Part, ...]:
    """The smaller pictures that are here; one that cannot be read is made anew of its original."""
    found = []
    for one in named_files(links):
        name = f"{DERIVATIVE}/{one.id}"
        if one.kind != EVIDENCE or name in known or not store.vault.has(one.id, Form.REPORT):
            continue
        with contextlib.suppress(StoreProblem):
            data = store.vault.get(one.id, Form.REPORT)
            found.append(Part(name, len(data), hashlib.sha256(data).hexdigest()))
    return tuple(found)


def _originals(store: Store, links: Sequence[Link], known: Collection[str]) -> tuple[Part, ...]:
    """The evidence; but for what a colleague has yet to send, and what was let go of here.

    Other evidence that is not here is lost: it is told apart when it is to be read.
    """
    found, elsewhere = [], awaited(store) | freed(store)
    for one in named_files(links):
        name = f"{EVIDENCE}/{one.id}"
        is_here = store.vault.has(one.id, Form.ORIGINAL)
        if one.kind != EVIDENCE or name in known or (one.id in elsewhere and not is_here):
            continue
        size = one.size
        if size is None:  # of an older version's event
            with contextlib.suppress(StoreProblem):
                size = len(store.vault.get(one.id, Form.ORIGINAL))
        found.append(Part(name, size or 0, one.sha256))
    return tuple(found)


@dataclass(frozen=True, slots=True)
class _Made:
    """A part as it was sealed, and as it is queued."""

    sealed: SealedPart
    item: NewItem


@dataclass(slots=True)
class _Sealing:
    """Seals the parts of one visit into the outbox; what could not be read is gathered."""

    store: Store
    recipient: str
    tell: Tell
    unreadable: list[NewItem] = field(default_factory=list)

    def papers(self, links: Sequence[Link]) -> frozenset[str]:
        """The ids of documents and the like that cannot be read: the record goes without them."""
        bad = set()
        for one in named_files(links):
            form = FORM_OF[one.kind]
            if form is Form.ORIGINAL or not self.store.vault.has(one.id, form):
                continue
            try:
                self.store.vault.check(one.id, form, one.sha256)
            except StoreProblem as problem:
                part = Part(f"{one.kind}/{one.id}", one.size or 0, one.sha256)
                found = _Unreadable(part, problem)
                self.unreadable.append(_quarantined(PartKind.RECORD, found))
                bad.add(one.id)
        return frozenset(bad)

    def record(self, contents: Contents) -> _Made:
        about = contents.manifest
        table = Table(PartKind.RECORD, about.visit, about.parts, about)
        try:
            return self._seal(table, contents.open)
        except _Unreadable as found:
            raise found.problem from found

    def files(
        self, visit: str, kind: PartKind, entries: tuple[Part, ...], form: Form
    ) -> _Made | None:
        """A part of the files that can be read; None where there are none."""
        while entries:
            try:
                return self._seal(Table(kind, visit, entries), self._opening(form))
            except _Unreadable as found:
                self.unreadable.append(_quarantined(kind, found))
                entries = tuple(one for one in entries if one != found.part)
        return None

    def _opening(self, form: Form) -> Opening:
        return lambda part: self.store.vault.pieces(part.id, form)

    def _seal(self, table: Table, contents: Opening) -> _Made:
        kind = table.kind.value
        pieces = part_bytes(
            table, _telling(contents), progress=lambda done, of: self.tell(kind, done, of)
        )
        draft = self.store.outbox / kind  # under its hash once that is known
        try:
            with writing_whole(draft) as target:
                cut = _Cut(target)
                seal_file(PieceReader(pieces), cut, self.recipient)
        except PartDiffers as error:
            problem = StoreProblem("evidence_replaced", path=draft, file=error.part.id)
            raise _Unreadable(error.part, problem) from error
        sealed = cut.part(table.kind)
        _named(self.store, draft, sealed.sha256)
        names = () if table.kind is PartKind.RECORD else tuple(one.name for one in table.entries)
        return _Made(sealed, _queued(sealed, names))


class _Unreadable(Exception):  # noqa: N818 - it names what cannot be read, as Problem does
    """An entry of a part cannot be read here."""

    def __init__(self, part: Part, problem: StoreProblem) -> None:
        super().__init__(part.name)
        self.part = part
        self.problem = problem


def _telling(contents: Opening) -> Opening:
    """The same, which tells of what it was that could not be read."""

    @contextlib.contextmanager
    def opened(part: Part) -> Iterator[Iterable[bytes]]:
        try:
            with contents(part) as pieces:
                yield pieces
        except StoreProblem as problem:
            raise _Unreadable(part, problem) from problem

    return opened


class _Cut:
    """Where the sealed bytes go: written, hashed, and cut into pieces on the way."""

    def __init__(self, target: BinaryIO) -> None:
        self._target = target
        self._whole, self._size = hashlib.sha256(), 0
        self._piece, self._piece_size = hashlib.sha256(), 0
        self._pieces: list[Piece] = []

    def write(self, data: bytes, /) -> int:
        self._target.write(data)
        self._whole.update(data)
        self._size += len(data)
        rest = memoryview(data)
        while rest:
            taken = rest[: PIECE_BYTES - self._piece_size]
            self._piece.update(taken)
            self._piece_size += len(taken)
            rest = rest[len(taken) :]
            if self._piece_size == PIECE_BYTES:
                self._end_piece()
        return len(data)

    def flush(self) -> None:
        self._target.flush()

    def part(self, kind: PartKind) -> SealedPart:
        """What was written, once it is whole."""
        if self._piece_size:
            self._end_piece()
        return SealedPart(kind, self._whole.hexdigest(), self._size, tuple(self._pieces))

    def _end_piece(self) -> None:
        self._pieces.append(Piece(self._piece.hexdigest(), self._piece_size))
        self._piece, self._piece_size = hashlib.sha256(), 0


def _manifest(
    store: Store, contents: Contents, parts: Sequence[_Made], *, recipient: str
) -> KeptShipment:
    """Sign the manifest of these parts, and seal it into the outbox."""
    visit, device = contents.manifest.visit, store.device
    before = [one for one in outbox.shipments(store, visit=visit) if one.device == device.id]
    shipment = Shipment(
        visit=visit,
        device=device.id,
        number=before[-1].number + 1 if before else 1,
        previous=read_shipment(before[-1].line)[0].sha256 if before else None,
        made_at=contents.manifest.made_at,
        app=contents.manifest.app,
        schema=contents.manifest.schema,
        head=contents.head,
        recipient=own_seal(store).recipient,
        parts=tuple(one.sealed for one in parts),
    )
    signed = sign_shipment(shipment, device.signer.sign)
    sealed = seal(signed.line, recipient)
    digest = hashlib.sha256(sealed).hexdigest()
    write_whole(outbox.sealed_path(store, digest), sealed)
    return KeptShipment(digest, visit, device.id, shipment.number, signed.line, is_put=False)


def _named(store: Store, draft: Path, sha256: str) -> None:
    """Give sealed bytes their name, durably."""
    with told_plainly(draft):
        draft.replace(outbox.sealed_path(store, sha256))
        sync_folder(store.outbox)


def _queued(sealed: SealedPart, entries: tuple[str, ...]) -> NewItem:
    return NewItem(
        kind=sealed.kind.value,
        sha256=sealed.sha256,
        size=sealed.size,
        entries=entries,
        pieces=tuple((one.sha256, one.size) for one in sealed.pieces),
    )


def _quarantined(kind: PartKind, found: _Unreadable) -> NewItem:
    places = tuple((name, str(told)) for name, told in found.problem.places.items())
    return NewItem(
        kind=kind.value,
        sha256="",
        size=0,
        entries=(found.part.name,),
        reason=found.problem.code,
        places=places,
    )


def _unheard(_kind: str, _done: int, _total: int) -> None:
    """Nobody listens."""
