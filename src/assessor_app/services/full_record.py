"""The full record of a document in the vault: sealed with it, never handed out, found again."""

import contextlib
import hashlib
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import partial

from assessor_app.domain.event import Json
from assessor_app.domain.problem import StoreProblem
from assessor_app.storage.store import Store
from assessor_app.storage.vault import Form

KIND = "record"
_ENTITY = f"{KIND}/"


@dataclass(frozen=True, slots=True)
class Kept:
    """A full record that lies in the vault and is not named yet.

    `values` are what the issued event says of it; `require` is what must hold when it is recorded.
    """

    values: Mapping[tuple[str, str], Json]
    require: Callable[[], None]


@contextlib.contextmanager
def kept_record(store: Store, full: bytes, *, document: str) -> Iterator[Kept]:
    """Have the full record of a document in the vault while its event is recorded.

    It goes again where the block ends badly and no event names it. Raises StoreProblem as the vault
    does.
    """
    id_ = store.new_id()
    entity = f"{_ENTITY}{id_}"
    store.vault.put(id_, Form.RECORD, full)
    try:
        with store.vault.claiming(id_, Form.RECORD):
            values: dict[tuple[str, str], Json] = {
                (entity, "document"): document,
                (entity, "sha256"): hashlib.sha256(full).hexdigest(),
            }
            yield Kept(values, partial(store.vault.require, id_, Form.RECORD))
    except BaseException:  # an interrupt may have come after the commit
        if id_ not in store.log.named_files():
            with contextlib.suppress(StoreProblem):
                store.vault.drop(id_, Form.RECORD)
        raise


def full_record(store: Store, visit: str, *, sha256: str) -> bytes:
    """The full record of a visit's document by its hash (hex), as the document prints it.

    Raises StoreProblem `full_record_missing` where this store has none of that hash, or
    `evidence_missing`, `evidence_damaged`, `evidence_replaced` for the file itself.
    """
    for file in store.log.vault_files(visit).values():
        if file.entity.startswith(_ENTITY) and file.sha256 == sha256:
            store.vault.check(file.id, Form.RECORD, sha256)
            return store.vault.get(file.id, Form.RECORD)
    raise StoreProblem("full_record_missing", visit=visit, sha256=sha256)
