"""Evidence that is recorded and not here yet: a colleague's file came without it.

That is no damage. What an import leaves out is noted in the store's own stream until a later one
brings it, so that it can be told apart from a file that was here and is lost.
"""

from collections.abc import Iterable

from assessor_app.domain.event import STORE, Json
from assessor_app.storage.store import Store

AWAITED = "awaited"
_ENTITY = "file/"


def awaited(store: Store) -> frozenset[str]:
    """The ids of all evidence that is not here yet."""
    return frozenset(
        entity.removeprefix(_ENTITY)
        for (entity, field), found in store.log.heads(STORE).items()
        if field == AWAITED and entity.startswith(_ENTITY) and found[-1].value is True
    )


def noted(
    store: Store, *, left_out: Iterable[str], brought: Iterable[str]
) -> dict[tuple[str, str], Json]:
    """What an import records of the evidence that it leaves out, and of what it brings at last."""
    known = awaited(store)
    values: dict[tuple[str, str], Json] = {
        (f"{_ENTITY}{id_}", AWAITED): True for id_ in left_out if id_ not in known
    }
    return values | {(f"{_ENTITY}{id_}", AWAITED): False for id_ in brought if id_ in known}
