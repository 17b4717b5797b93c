"""What of each visit has travelled: in a file, from a colleague's, or to headquarters."""

from collections import defaultdict
from collections.abc import Mapping

from assessor_app.domain.event import STORE, Heads, StreamHead, visit_head
from assessor_app.domain.listing import Sync
from assessor_app.domain.outbox import ItemState
from assessor_app.services.awaited import AWAITED
from assessor_app.services.sync.standing import visit_states
from assessor_app.storage.store import Store

_SENT = {
    ItemState.QUARANTINED: Sync.QUARANTINED,
    ItemState.QUEUED: Sync.QUEUED,
    ItemState.SENDING: Sync.QUEUED,
    ItemState.SENT: Sync.SENT,
    ItemState.RECEIPTED: Sync.RECEIPTED,
}
_ORDER = {one: place for place, one in enumerate(Sync)}


def travelled(
    store: Store, streams: Mapping[str, tuple[StreamHead, ...]]
) -> dict[str, tuple[Sync, ...]]:
    """What is so of every visit that ever left or reached this device, the most pressing first.

    `streams` are the last events of all visits (EventLog.streams): a file that was written before
    the last of them does not hold the visit any more as it is.
    """
    found: defaultdict[str, set[Sync]] = defaultdict(set)
    for visit, head in _exports(store.log.heads(STORE, kind="export")).items():
        same = head == visit_head(streams.get(visit, ()))
        found[visit].add(Sync.EXPORTED if same else Sync.OUTDATED)
    received = set(_each(store.log.heads(STORE, kind="import"), "visit").values())
    for visit in received:
        found[visit].add(Sync.RECEIVED)
    for visit in _waiting(store, received):
        found[visit].add(Sync.AWAITED)
    for visit, state in visit_states(store).items():
        found[visit].add(_SENT[state])
    return {visit: tuple(sorted(known, key=_ORDER.__getitem__)) for visit, known in found.items()}


def _exports(heads: Heads) -> dict[str, str]:
    """The head of each visit as it was exported last; ids of exports grow with time."""
    visits, kept = _each(heads, "visit"), _each(heads, "head")
    return {visits[entity]: kept.get(entity, "") for entity in sorted(visits)}


def _each(heads: Heads, wanted: str) -> dict[str, str]:
    return {
        entity: str(found[-1].value) for (entity, field), found in heads.items() if field == wanted
    }


def _waiting(store: Store, received: set[str]) -> set[str]:
    """The visits of which a colleague's file came without all of its evidence."""
    awaited = {
        entity.partition("/")[2]
        for (entity, field), found in store.log.heads(STORE, kind="file").items()
        if field == AWAITED and found[-1].value is True
    }
    if not awaited:
        return set()
    return {visit for visit in received if awaited & store.log.vault_files(visit).keys()}
