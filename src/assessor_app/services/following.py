"""What a follow-up visit asks: taken from the visit before when it begins, and added to later."""

import contextlib
import uuid
from collections.abc import Iterable, Iterator, Mapping

from assessor_app.domain.event import Json
from assessor_app.domain.followed import (
    Followed,
    followed_entity,
    followed_values,
)
from assessor_app.domain.fulfilment import compare
from assessor_app.domain.instrument import Indicator, Instrument
from assessor_app.domain.observation import WHOLE_UNIT, ObservationKey
from assessor_app.domain.owed import Left, Owed, chains, left_by, owed
from assessor_app.domain.problem import InstrumentFault, VisitRefused
from assessor_app.domain.snapshot import read_snapshot, read_visit
from assessor_app.domain.visit import Snapshot, Visit, VisitState
from assessor_app.instruments.library import Library
from assessor_app.services.instruments import instrument_of
from assessor_app.storage.store import Store

Values = dict[tuple[str, str], Json]


def followed_values_of(
    store: Store,
    library: Library,
    predecessor: str,
    *,
    visit: str,
    instrument: Instrument,
) -> Values:
    """What the `started` event of a follow-up visit (id) fixes: all that is owed since before.

    It is written out whole, so that it can be asked and told where the visit before is not known.
    An indicator that this instrument dropped is taken along: it is told as not asked here. Raises
    VisitRefused `predecessor_missing`, `predecessor_open`, `predecessor_void`,
    `nothing_to_follow_up`, `followed_not_in_instrument`; InstrumentFault where the instrument of
    the visit before is missing.
    """
    found = still_owed(store, library, predecessor)
    if not found:
        raise VisitRefused("nothing_to_follow_up", visit=predecessor)
    codes = {one.code for one in instrument.indicators()}
    if not any(one.indicator in codes for one in found):
        raise VisitRefused(
            "followed_not_in_instrument", visit=predecessor, instrument=instrument.pin
        )
    values: Values = {}
    for one in found:
        product = WHOLE_UNIT
        if one.product:
            product = str(uuid.uuid5(uuid.UUID(visit), one.product.casefold()))
            values[f"product/{product}", "name"] = one.product
        values |= followed_values(item_of(one, product))
    return values


def still_owed(store: Store, library: Library, visit: str) -> tuple[Owed, ...]:
    """What is owed since a closed visit (id): by it and all visits of its chain that are here.

    What an assessment found and the coaching after it did not look at is owed as well. Raises as
    `followed_values_of`, but for what the new visit's instrument is asked.
    """
    if visit not in store.log.visits():
        raise VisitRefused("predecessor_missing", visit=visit)
    before = read_snapshot(visit, store.log.heads(visit))
    if before.visit.state is VisitState.VOIDED:
        raise VisitRefused("predecessor_void", visit=visit)
    first = left_by(before, compare(before, instrument_of(before.visit, library)))
    if first is None:
        raise VisitRefused("predecessor_open", visit=visit)
    others = (id_ for id_ in _chain(_visits(store), visit) if id_ != visit)
    return owed([first, *_lefts(store, library, others)])


def owed_before(store: Store, library: Library, visit: Visit) -> tuple[Owed, ...]:
    """What was owed when a visit began, as far as it is known here today.

    Of its chain those speak that it follows, near or far, and those that were made before it; one
    that was opened again, that is void, or that is not here says nothing.
    """
    known = _visits(store)
    follows = _ancestors(known, visit)
    earlier = [
        id_
        for id_ in _chain(known, visit.id)
        if id_ in follows or (known[id_].arrival, id_) < (visit.arrival, visit.id)
    ]
    return owed(_lefts(store, library, earlier))


def added(snapshot: Snapshot, indicator: Indicator) -> Values:
    """What is recorded where a follow-up visit asks one more; empty where it asks it already.

    Raises VisitRefused `not_a_follow_up` where everything is asked.
    """
    if not snapshot.followed:
        raise VisitRefused("not_a_follow_up", visit=snapshot.visit.id)
    if (indicator.code, WHOLE_UNIT) in snapshot.followed:
        return {}
    return {(followed_entity(indicator.code), "added"): True}


def taken_off(snapshot: Snapshot, indicator: Indicator) -> Values:
    """What is recorded where an added one is asked no more. Raises VisitRefused `not_added`."""
    known = snapshot.followed.get((indicator.code, WHOLE_UNIT))
    if known is None or not known.added:
        raise VisitRefused("not_added", indicator=indicator.code)
    return {(known.entity, "added"): None}


def also_followed(snapshot: Snapshot, key: ObservationKey) -> Values:
    """An answer to what a follow-up visit does not ask adds it, in the same action.

    What was seen at the door must not get lost, nor count for nothing without a word.
    """
    if not snapshot.followed or snapshot.follows(key.indicator, key.product):
        return {}
    return {(followed_entity(key.indicator), "added"): True}


def item_of(one: Owed, product: str) -> Followed:
    """What is owed, as an item of a visit; `product` is the id that this visit has for it."""
    return Followed(
        one.indicator,
        product,
        finding=one.finding,
        document=one.document,
        gap_kind=one.gap_kind,
        due_date=one.due_date,
        due_set_by=one.due_set_by,
        found_at=one.found_at,
        wording=one.wording,
        advice=one.advice,
    )


def _lefts(store: Store, library: Library, visits: Iterable[str]) -> Iterator[Left]:
    """What these visits say; nothing of those whose instrument is not here."""
    for visit in visits:
        snapshot = read_snapshot(visit, store.log.heads(visit))
        with contextlib.suppress(InstrumentFault):
            left = left_by(snapshot, compare(snapshot, instrument_of(snapshot.visit, library)))
            if left is not None:
                yield left


def _visits(store: Store) -> dict[str, Visit]:
    return {id_: read_visit(id_, heads) for id_, heads in store.log.frames().items()}


def _chain(known: Mapping[str, Visit], visit: str) -> tuple[str, ...]:
    """The visits here that hang together with a visit (id), itself among them."""
    found = chains({id_: one.predecessor for id_, one in known.items()})
    return next((ids for ids in found if visit in ids), ())


def _ancestors(known: Mapping[str, Visit], visit: Visit) -> set[str]:
    """The visits that a visit follows, near or far."""
    found: set[str] = set()
    at = visit.predecessor
    while at is not None and at in known and at not in {*found, visit.id}:
        found.add(at)
        at = known[at].predecessor
    return found
