"""A part from the storage, piece by piece, and out of its seal: plain for as long as it is read."""

import contextlib
import hashlib
import os
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO

from assessor_app.domain.problem import StoreProblem
from assessor_app.services.headquarters.keys import keys_of
from assessor_app.storage.claims import claiming_folder
from assessor_app.storage.files import told_plainly
from assessor_app.storage.store import Store
from assessor_app.syncing.part import OpenedPart, open_part
from assessor_app.syncing.sealed import open_file
from assessor_app.syncing.shipment import Piece, SealedPart, piece_name
from assessor_app.syncing.transports.transport import Transport, TransportFailed

_FOLDER = ".incoming."
_PRIVATE = 0o600


@contextlib.contextmanager
def alone(store: Store) -> Iterator[None]:
    """Nobody else receives meanwhile; what a run left plain that was killed is taken away first.

    Raises StoreProblem `receiving_busy`.
    """
    with told_plainly(store.folder), claiming_folder(store.folder) as mine:
        if not mine:
            raise StoreProblem("receiving_busy")
        for left in store.folder.glob(f"{_FOLDER}*"):
            shutil.rmtree(left, ignore_errors=True)
        yield


def missing_pieces(transport: Transport, part: SealedPart) -> tuple[str, ...]:
    """The pieces that the storage has not, or has in another size: nothing is fetched for it."""
    return tuple(
        one.sha256 for one in part.pieces if transport.size(piece_name(one.sha256)) != one.size
    )


class PiecesWanted(Exception):  # noqa: N818 - it says what is wanted, as Problem does
    """Pieces that are not there, or are not what they were sent as."""

    def __init__(self, pieces: tuple[str, ...]) -> None:
        super().__init__(pieces)
        self.pieces = pieces


@contextlib.contextmanager
def incoming(store: Store, transport: Transport, part: SealedPart) -> Iterator[OpenedPart]:
    """A part opened, in a folder of its own within the store that is gone afterwards.

    Raises PiecesWanted, TransportFailed, and StoreProblem `seal_broken`, `shipment_unlike`,
    `part_damaged`, `part_newer`, or as writing does.
    """
    wanted = missing_pieces(transport, part)
    if wanted:
        raise PiecesWanted(wanted)
    with told_plainly(store.folder), _folder(store) as folder:
        sealed, plain = folder / "sealed", folder / "plain"
        with _private(sealed) as file:
            _fetch(transport, part, file)
        with sealed.open("rb") as source, _private(plain) as target:
            open_file(source, target, keys_of(store).seal.identity)
        sealed.unlink()
        with plain.open("rb") as file:
            opened = open_part(file, plain)
            if opened.table.kind is not part.kind:
                raise StoreProblem("part_damaged", path=plain)
            yield opened


@contextlib.contextmanager
def _folder(store: Store) -> Iterator[Path]:
    folder = Path(tempfile.mkdtemp(prefix=_FOLDER, dir=store.folder))
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _private(path: Path) -> BinaryIO:
    """A new file that nobody else may read."""
    flags = os.O_RDWR | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0)
    return os.fdopen(os.open(path, flags, _PRIVATE), "w+b")


def _fetch(transport: Transport, part: SealedPart, target: BinaryIO) -> None:
    """All pieces, each looked at. Raises PiecesWanted, TransportFailed."""
    wanted, whole = [], hashlib.sha256()
    for piece in part.pieces:
        content = _piece(transport, piece)
        if content is None:
            wanted.append(piece.sha256)
        elif not wanted:
            whole.update(content)
            target.write(content)
    if wanted:
        raise PiecesWanted(tuple(wanted))
    if whole.hexdigest() != part.sha256:
        raise StoreProblem("shipment_unlike", kind=part.kind.value)


def _piece(transport: Transport, piece: Piece) -> bytes | None:
    """A piece that is what it was sent as; None where the storage has lost or altered it."""
    try:
        content = transport.get(piece_name(piece.sha256))
    except TransportFailed as failed:
        if failed.code != "storage_missing":
            raise
        return None
    return content if hashlib.sha256(content).hexdigest() == piece.sha256 else None
