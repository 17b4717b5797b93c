"""The queue as people look after it: what stands where and why, and sending something once more."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from assessor_app.domain.instants import instant_from_text
from assessor_app.domain.outbox import Item, ItemState, outdone
from assessor_app.domain.problem import StoreProblem
from assessor_app.instruments.library import Library
from assessor_app.services.enrolment import Workplace
from assessor_app.services.sync.packing import Tell, queue_visit
from assessor_app.storage import outbox
from assessor_app.storage.store import Store


@dataclass(frozen=True, slots=True)
class Resent:
    """Items whose sealed bytes go once more, and visits that were sealed anew; ids."""

    items: tuple[str, ...]
    visits: tuple[str, ...]


def listed(store: Store) -> list[Item]:
    """All items by visit and shipment, in the order of their parts.

    What was set aside and sealed anew since is told by what stands in for it.
    """
    items = outbox.items(store)
    former = outdone(items)
    shown = [one for one in items if one.state is not ItemState.QUARANTINED or one.id not in former]
    return sorted(shown, key=lambda one: (one.queued_at, one.visit, one.id))


def told_reason(item: Item) -> StoreProblem | None:
    """Why an item stands in quarantine, as a problem with its places; None where it does not."""
    if item.reason is None:
        return None
    return StoreProblem(item.reason, **item.places)


def resend(
    workplace: Workplace,
    *,
    library: Library,
    visits: Collection[str] | None = None,
    since: date | None = None,
    tell: Tell | None = None,
) -> Resent:
    """Send once more what stands in quarantine or unanswered; since a day, all of it anew.

    What is still here as it was sealed goes as it is. What was receipted since that day has been
    let go of: its visit is sealed anew under a new manifest, which headquarters knows how to take.
    Raises as `queue_visit` does.
    """
    store, zone = workplace.store, workplace.profile.zone
    again, anew = list[str](), set[str]()
    items = outbox.items(store)
    former = outdone(items)
    for item in items:
        day = instant_from_text(item.queued_at).astimezone(zone).date()
        if (visits is not None and item.visit not in visits) or (since is not None and day < since):
            continue
        is_asked = visits is not None or since is not None
        if item.state is ItemState.RECEIPTED:
            anew |= {item.visit} if since is not None else set()
        elif item.id in former:
            continue
        elif _is_here(store, item):
            if item.state is ItemState.QUARANTINED or is_asked:
                again += [item.id] if outbox.want_again(store, item.id) else []
                outbox.mark_manifest(store, item.manifest, is_put=False)
        elif item.state is ItemState.QUARANTINED:
            anew.add(item.visit)
    for visit in sorted(anew):
        queue_visit(workplace, visit, library=library, tell=tell, anew=True)
    return Resent(tuple(again), tuple(sorted(anew)))


def _is_here(store: Store, item: Item) -> bool:
    """Whether its sealed bytes, and those of its manifest, are still as they were sealed."""
    return bool(item.sha256) and all(
        outbox.is_sound(store, one) for one in (item.sha256, item.manifest)
    )
