"""Going through the queue once: pieces over a few lanes at a time, looked for once they are put.

Servers take as long to tell a size as to take a piece. Records and manifests are looked for piece
by piece; of the rest a sample is, which finds out a storage that loses. Headquarters counts all.
"""

import hashlib
import threading
import time
from collections import deque
from collections.abc import Callable
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from dataclasses import dataclass, field
from pathlib import Path

from assessor_app.domain.outbox import ITEM_KINDS, Item, ItemState, Pace, Sending, in_order
from assessor_app.domain.problem import StoreProblem
from assessor_app.storage import outbox
from assessor_app.storage.files import told_plainly
from assessor_app.storage.outbox import KeptPiece, KeptShipment
from assessor_app.storage.store import Store
from assessor_app.syncing.shipment import PIECE_BYTES, manifest_name, piece_name
from assessor_app.syncing.transports.transport import Transport, TransportFailed

TellSending = Callable[[Sending], None]
"""Hears after every piece how far it is."""

_LANES = 3
_SAMPLE = 8
"""Of how many pieces of pictures one is looked for; the first and the last of a part are."""
_MARK_AFTER = 1.0
"""Seconds after which what was put is marked: a mark is a write to the disk. What a kill leaves
unmarked is looked for on the storage, and not put again."""
_TRIES = 5
"""How often the same thing is tried where the line is at fault, before a run ends."""
_FIRST_WAIT = 1.0
"""Seconds before the second try; each further one waits twice as long."""
_DAMAGED = "outbox_damaged"


class Stop:
    """Lets whoever waits end a run after the pieces at hand; `wait` ends early where they do."""

    def __init__(self) -> None:
        self._asked = threading.Event()

    def ask(self) -> None:
        self._asked.set()

    def is_asked(self) -> bool:
        return self._asked.is_set()

    def wait(self, seconds: float) -> bool:
        """Wait so long, or until it is asked for; whether it was."""
        return self._asked.wait(seconds)


@dataclass(slots=True)
class Run:
    """One going through the queue; the store is asked by the thread that calls `send` alone."""

    store: Store
    transport: Transport
    stop: Stop
    is_paused: Callable[[], bool]
    tell: TellSending
    sent: list[str] = field(default_factory=list)
    put: int = 0
    is_stopped: bool = False
    _pace: Pace = field(default_factory=Pace)
    _done: int = 0
    _total: int = 0
    _left: int = 0
    _landed_at: float = 0.0
    _marked_at: float = 0.0
    _landed: list[int] = field(default_factory=list)
    _is_over: threading.Event = field(default_factory=threading.Event)
    _counting: threading.Lock = field(default_factory=threading.Lock)

    def send(self) -> None:
        """Raises TransportFailed where the storage fails for all of them."""
        if self._is_to_stop():
            return
        queue = in_order(one for one in outbox.items(self.store) if one.is_to_be_sent)
        shipments = {one.manifest: one for one in outbox.shipments(self.store)}
        self._total, self._done = sum(one.size for one in queue), sum(one.put for one in queue)
        self._landed_at = time.monotonic()
        with ThreadPoolExecutor(_LANES, thread_name_prefix="sending") as lanes:
            try:
                for place, item in enumerate(queue):
                    self._left = len(queue) - place
                    if self._is_to_stop() or not self._send_item(
                        item, shipments[item.manifest], lanes=lanes
                    ):
                        return
            finally:
                self._is_over.set()  # what waits to try again need not

    def _send_item(self, item: Item, shipment: KeptShipment, *, lanes: ThreadPoolExecutor) -> bool:
        """Whether to go on with the next: what cannot be read here is set aside, and is no end."""
        try:
            self._require_manifest(shipment)
            outbox.move(self.store, item.id, ItemState.SENDING)
            if not self._send_pieces(item, lanes):
                return False
            self._send_manifest(shipment)
        except _Damaged:
            self._set_aside(item)
            return True
        if outbox.move(self.store, item.id, ItemState.SENT):
            self.sent.append(item.id)
        return True

    def _is_to_stop(self) -> bool:
        self.is_stopped = self.stop.is_asked() or self.is_paused()
        return self.is_stopped

    def _set_aside(self, item: Item) -> None:
        now = next(one for one in outbox.items(self.store, visit=item.visit) if one.id == item.id)
        self._total, self._done = self._total - now.size, self._done - now.put
        path = str(outbox.sealed_path(self.store, item.sha256))
        outbox.move(
            self.store,
            item.id,
            ItemState.QUARANTINED,
            reason=_DAMAGED,
            places={"path": path},
        )

    def _send_pieces(self, item: Item, lanes: ThreadPoolExecutor) -> bool:
        """Whether all of them are there; not where it was to stop. Raises _Damaged."""
        pieces = outbox.pieces(self.store, item.id)
        left = deque(one for one in pieces if not one.is_put)
        # Only of what was begun before may a piece be there that nobody has marked.
        look = item.state is ItemState.SENDING
        going: dict[Future[bool], KeptPiece] = {}
        try:
            while left or going:
                while left and len(going) < _LANES and not self._is_to_stop():
                    piece = left.popleft()
                    sure = _is_looked_for(item, piece, last=len(pieces) - 1)
                    future = lanes.submit(self._send_piece, item, piece, look=look, sure=sure)
                    going[future] = piece
                if not going:
                    self._mark(item)
                    return False
                for future in wait(going, return_when=FIRST_COMPLETED).done:
                    was_put = future.result()
                    self._land(item, going.pop(future), was_put=was_put)
        except BaseException:
            self._keep_landed(item, going)
            raise
        self._mark(item)
        return True

    def _land(self, item: Item, piece: KeptPiece, *, was_put: bool) -> None:
        self._landed.append(piece.place)
        now = time.monotonic()
        if now - self._marked_at >= _MARK_AFTER:
            self._mark(item)
        if was_put:
            self._pace.went(piece.size, now - self._landed_at)
        self._landed_at = now
        self._done += piece.size
        seconds = self._pace.left(self._total - self._done)
        self.tell(Sending(item.visit, item.kind, self._done, self._total, self._left, seconds))

    def _mark(self, item: Item) -> None:
        outbox.mark_put(self.store, item.id, self._landed)
        self._landed, self._marked_at = [], time.monotonic()

    def _keep_landed(self, item: Item, going: dict[Future[bool], KeptPiece]) -> None:
        """What the other lanes brought there meanwhile is not sent again."""
        self._is_over.set()
        wait(going)
        self._landed += [
            piece.place for future, piece in going.items() if future.exception() is None
        ]
        self._mark(item)

    def _send_piece(self, item: Item, piece: KeptPiece, *, look: bool, sure: bool) -> bool:
        """In a lane of its own. Whether it was put, and not there already."""
        path = outbox.sealed_path(self.store, item.sha256)
        data = _read(path, piece.sha256, start=piece.place * PIECE_BYTES, size=piece.size)
        name = piece_name(piece.sha256)
        return self._send(name, data, look=look and not piece.wanted_again, sure=sure)

    def _require_manifest(self, shipment: KeptShipment) -> None:
        """Raises _Damaged: parts without it are nothing to headquarters."""
        if not shipment.is_put and not outbox.is_sound(self.store, shipment.manifest):
            raise _Damaged

    def _send_manifest(self, shipment: KeptShipment) -> None:
        """Straight behind the first part that is there whole, which is the record."""
        current = outbox.shipments(self.store, visit=shipment.visit)
        if any(one.is_put for one in current if one.manifest == shipment.manifest):
            return
        data = _read(outbox.sealed_path(self.store, shipment.manifest), shipment.manifest)
        self._send(manifest_name(shipment.manifest), data, look=True, sure=True)
        outbox.mark_manifest(self.store, shipment.manifest)

    def _send(self, name: str, data: bytes, *, look: bool, sure: bool) -> bool:
        """Put what is not there yet; more often where the line is at fault.

        `look` asks first whether it is there, `sure` afterwards.
        """
        seconds = _FIRST_WAIT
        for attempt in range(1, _TRIES + 1):
            try:
                return self._send_once(name, data, look=look or attempt > 1, sure=sure)
            except TransportFailed as failed:
                if not failed.retry or attempt == _TRIES or self._is_over.is_set():
                    raise
                if self.stop.wait(seconds) or self._is_over.is_set():
                    raise
                seconds *= 2
        raise AssertionError(name)

    def _send_once(self, name: str, data: bytes, *, look: bool, sure: bool) -> bool:
        if look and self.transport.size(name) == len(data):
            return False
        self.transport.put(name, data)
        with self._counting:
            self.put += len(data)
        if sure and self.transport.size(name) != len(data):
            raise TransportFailed("storage_lies", place=name, cause=name, retry=True)
        return True


def _is_looked_for(item: Item, piece: KeptPiece, *, last: int) -> bool:
    """Whether a piece is looked for behind its put; what was lost before always is."""
    if item.kind == ITEM_KINDS[0] or piece.wanted_again:
        return True
    return piece.place % _SAMPLE == 0 or piece.place == last


class _Damaged(Exception):  # noqa: N818 - it says what is the matter, as Problem does
    """Sealed bytes are not here any more as they were sealed."""


def _read(path: Path, sha256: str, *, start: int = 0, size: int = -1) -> bytes:
    """Bytes of this hash (hex) out of a file of the outbox. Raises _Damaged."""
    try:
        with told_plainly(path), path.open("rb") as file:
            file.seek(start)
            data = file.read(size)
    except StoreProblem as problem:
        raise _Damaged from problem
    if hashlib.sha256(data).hexdigest() != sha256:
        raise _Damaged
    return data
