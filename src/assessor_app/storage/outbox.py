"""The outbox: shipments, their sealed parts and pieces, and the sealed bytes until their receipt.

A sealed part is a file named by its SHA-256, written whole before the rows that name it; what no
row names is swept away. The queue survives a restart and a kill at any moment.
"""

import contextlib
import hashlib
import json
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import sqlalchemy as sa

from assessor_app.domain.instants import instant_text
from assessor_app.domain.outbox import Item, ItemState, may_become
from assessor_app.domain.problem import StoreProblem
from assessor_app.storage import lock
from assessor_app.storage.files import make_folder, told_plainly
from assessor_app.storage.store import Store
from assessor_app.storage.tables import outbox, outbox_piece, shipment

_LOCK = "sending.lock"  # beside the folder, whose files a sweep takes away
_WANTED, _PUT = -1, 1  # of a piece, besides 0: not put yet


@dataclass(frozen=True, slots=True)
class NewItem:
    """A sealed part to be queued; `pieces` are SHA-256 (hex) and size of each.

    One that could not be sealed has a `reason`, no bytes and no pieces.
    """

    kind: str
    sha256: str
    size: int
    entries: tuple[str, ...]
    pieces: Sequence[tuple[str, int]] = ()
    reason: str | None = None
    places: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class KeptShipment:
    """A shipment as it is kept: `manifest` is the SHA-256 of the sealed manifest, hex."""

    manifest: str
    visit: str
    device: str
    number: int
    line: bytes
    is_put: bool


@dataclass(frozen=True, slots=True)
class KeptPiece:
    """A piece of an item, by its place from 0; `size` in bytes.

    One that is `wanted_again` is put although the storage says that it has it.
    """

    place: int
    sha256: str
    size: int
    is_put: bool
    wanted_again: bool


def queue(store: Store, made: KeptShipment, items: Iterable[NewItem]) -> tuple[str, ...]:
    """Queue a shipment whose files lie in the outbox, in one transaction; the items' ids.

    Raises StoreProblem as writing does; nothing is queued then.
    """
    now, ids = instant_text(store.clock.now()), []
    with store.transaction() as connection:
        connection.execute(
            shipment.insert(),
            {
                "manifest": made.manifest,
                "visit": made.visit,
                "device": made.device,
                "number": made.number,
                "line": made.line,
                "put": int(made.is_put),
                "queued_at": now,
            },
        )
        for item in items:
            ids.append(store.new_id())
            connection.execute(outbox.insert(), _row(item, made.manifest, ids[-1], now))
            rows = [
                {"item": ids[-1], "place": place, "sha256": sha256, "size": size, "put": 0}
                for place, (sha256, size) in enumerate(item.pieces)
            ]
            if rows:
                connection.execute(outbox_piece.insert(), rows)
    return tuple(ids)


def items(store: Store, *, visit: str | None = None, manifest: str | None = None) -> list[Item]:
    """All items, those of a visit, or of a shipment, in order of their ids, which is of time.

    Raises StoreProblem as reading does.
    """
    put = (
        sa.select(sa.func.coalesce(sa.func.sum(outbox_piece.c.size), 0))
        .where(outbox_piece.c.item == outbox.c.id, outbox_piece.c.put == _PUT)
        .scalar_subquery()
    )
    query = sa.select(
        outbox, shipment.c.visit, shipment.c.number, shipment.c.queued_at, put.label("is_put")
    ).join(shipment, shipment.c.manifest == outbox.c.manifest)
    if visit is not None:
        query = query.where(shipment.c.visit == visit)
    if manifest is not None:
        query = query.where(outbox.c.manifest == manifest)
    with store.transaction() as connection:
        rows = connection.execute(query.order_by(outbox.c.id)).all()
    return [_item(row) for row in rows]


def shipments(store: Store, *, visit: str | None = None) -> list[KeptShipment]:
    """All shipments, or those of a visit, by number. Raises StoreProblem as reading does."""
    query = sa.select(shipment).order_by(shipment.c.visit, shipment.c.number)
    if visit is not None:
        query = query.where(shipment.c.visit == visit)
    with store.transaction() as connection:
        rows = connection.execute(query).all()
    return [
        KeptShipment(
            row.manifest, row.visit, row.device, row.number, bytes(row.line), bool(row.put)
        )
        for row in rows
    ]


def pieces(store: Store, item: str) -> list[KeptPiece]:
    """The pieces of an item in their order. Raises StoreProblem as reading does."""
    query = (
        sa.select(outbox_piece).where(outbox_piece.c.item == item).order_by(outbox_piece.c.place)
    )
    with store.transaction() as connection:
        rows = connection.execute(query).all()
    return [
        KeptPiece(row.place, row.sha256, row.size, row.put == _PUT, row.put == _WANTED)
        for row in rows
    ]


def mark_put(store: Store, item: str, places: Collection[int]) -> None:
    """The storage has these pieces. Raises StoreProblem as writing does."""
    chosen = outbox_piece.c.item == item, outbox_piece.c.place.in_(places)
    with store.transaction() as connection:
        connection.execute(outbox_piece.update().where(*chosen).values(put=_PUT))


def mark_manifest(store: Store, manifest: str, *, is_put: bool = True) -> None:
    """The storage has a sealed manifest, or no longer. Raises StoreProblem as writing does."""
    with store.transaction() as connection:
        connection.execute(
            shipment.update().where(shipment.c.manifest == manifest).values(put=int(is_put))
        )


def move(
    store: Store,
    item: str,
    state: ItemState,
    *,
    reason: str | None = None,
    places: Mapping[str, str] | None = None,
    receipt: str | None = None,
) -> bool:
    """Bring an item into a state, where it may come from its own; whether it did.

    Raises StoreProblem as writing does.
    """
    with _changing(store, item, state) as connection:
        if connection is None:
            return False
        connection.execute(
            outbox.update()
            .where(outbox.c.id == item)
            .values(
                state=state.value,
                reason=reason,
                places=json.dumps(dict(places)) if places else None,
                receipt=receipt,
                changed_at=instant_text(store.clock.now()),
            )
        )
        if state is ItemState.RECEIPTED:
            whole = outbox_piece.update().where(outbox_piece.c.item == item).values(put=_PUT)
            connection.execute(whole)
    return True


def want_again(store: Store, item: str, wanted: Collection[str] | None = None) -> bool:
    """Pieces (SHA-256; all where None) are to be sent once more; whether the item is still open.

    Raises StoreProblem as writing does.
    """
    with _changing(store, item, ItemState.SENDING) as connection:
        if connection is None:
            return False
        chosen = [outbox_piece.c.item == item]
        if wanted is not None:
            chosen.append(outbox_piece.c.sha256.in_(wanted))
        connection.execute(outbox_piece.update().where(*chosen).values(put=_WANTED))
        connection.execute(
            outbox.update()
            .where(outbox.c.id == item)
            .values(
                state=ItemState.SENDING.value,
                reason=None,
                places=None,
                changed_at=instant_text(store.clock.now()),
            )
        )
    return True


def drop_queue(store: Store) -> int:
    """Forget what is still to be sent, with its shipments; how many items that were.

    What headquarters has receipted stays. For a store that was restored, which is another device:
    what the former one signed is not its to send. Their sealed bytes go at the next sweep. Raises
    StoreProblem as writing does.
    """
    ended = outbox.c.state == ItemState.RECEIPTED.value
    with store.transaction() as connection:
        left = sa.select(outbox.c.id).where(~ended)
        connection.execute(outbox_piece.delete().where(outbox_piece.c.item.in_(left)))
        count = connection.execute(outbox.delete().where(~ended)).rowcount
        used = sa.select(outbox.c.manifest)
        connection.execute(shipment.delete().where(shipment.c.manifest.not_in(used)))
    return count


# The sealed bytes


@contextlib.contextmanager
def alone(store: Store) -> Iterator[None]:
    """Nobody else seals, sends or sweeps meanwhile: what no row names yet is swept away otherwise.

    Raises StoreProblem `sending_busy` where another process or thread is at it.
    """
    make_folder(store.outbox)
    with contextlib.ExitStack() as held:
        try:
            held.enter_context(lock.alone(store.folder / _LOCK, wait=0))
        except StoreProblem as problem:
            if problem.code != "backup_running":
                raise
            raise StoreProblem("sending_busy") from problem
        yield


def sealed_path(store: Store, sha256: str) -> Path:
    """Where the sealed bytes of this hash (hex) lie, as long as they are kept."""
    return store.outbox / sha256


def is_sound(store: Store, sha256: str) -> bool:
    """Whether the sealed bytes are here and still those. Raises StoreProblem as reading does."""
    path = sealed_path(store, sha256)
    if not path.is_file():
        return False
    with told_plainly(path), path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest() == sha256


def sweep(store: Store) -> int:
    """Remove sealed bytes that no open item needs; the bytes that they took.

    Needed are those of items without a receipt, and the manifests of these. It is called `alone`.
    Raises StoreProblem as reading and removing do.
    """
    if not store.outbox.is_dir():
        return 0
    ended = outbox.c.state == ItemState.RECEIPTED.value
    with store.transaction() as connection:
        rows = connection.execute(sa.select(outbox.c.sha256, outbox.c.manifest).where(~ended)).all()
    needed = {name for row in rows for name in (row.sha256, row.manifest)}
    freed = 0
    with told_plainly(store.outbox):
        for path in store.outbox.iterdir():
            if path.name not in needed:
                freed += path.stat().st_size
                path.unlink()
    return freed


@contextlib.contextmanager
def _changing(store: Store, item: str, state: ItemState) -> Iterator[sa.Connection | None]:
    """A transaction to change an item in; None where it may not become this."""
    with store.transaction() as connection:
        query = sa.select(outbox.c.state).where(outbox.c.id == item)
        before = connection.execute(query).scalar_one_or_none()
        fits = before is not None and may_become(ItemState(before), state)
        yield connection if fits else None


def _row(item: NewItem, manifest: str, id_: str, now: str) -> dict[str, object]:
    state = ItemState.QUEUED if item.reason is None else ItemState.QUARANTINED
    return {
        "id": id_,
        "manifest": manifest,
        "kind": item.kind,
        "sha256": item.sha256,
        "size": item.size,
        "state": state.value,
        "reason": item.reason,
        "places": json.dumps(dict(item.places)) if item.places else None,
        "changed_at": now,
        "receipt": None,
        "entries": json.dumps(item.entries),
    }


def _item(row: sa.Row[tuple[object, ...]]) -> Item:
    return Item(
        id=row.id,
        manifest=row.manifest,
        visit=row.visit,
        number=row.number,
        kind=row.kind,
        sha256=row.sha256,
        size=row.size,
        put=row.is_put,
        state=ItemState(row.state),
        reason=row.reason,
        places=json.loads(row.places) if row.places else {},
        entries=tuple(json.loads(row.entries)),
        queued_at=row.queued_at,
        changed_at=row.changed_at,
        receipt=row.receipt,
    )
