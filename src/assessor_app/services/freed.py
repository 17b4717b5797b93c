"""Originals that this device has let go of: headquarters signed for them before.

That is no damage. What was freed is noted in the store's own stream before anything is removed, so
that it can be told apart from a file that is lost.
"""

from assessor_app.domain.event import STORE
from assessor_app.storage.store import Store

FREED = "freed"
FILE = "file/"


def freed(store: Store) -> frozenset[str]:
    """The ids of all evidence whose original was freed here."""
    return frozenset(
        entity.removeprefix(FILE)
        for (entity, field), found in store.log.heads(STORE, kind="file").items()
        if field == FREED and found[-1].value is True
    )
