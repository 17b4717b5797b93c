"""The states of what is sent, their order, and how long it will still take."""

from dataclasses import replace
from itertools import pairwise, permutations

import pytest

from assessor_app.domain.outbox import (
    ITEM_KINDS,
    Item,
    ItemState,
    Pace,
    in_order,
    may_become,
    outdone,
)

ITEM = Item(
    id="1",
    manifest="m",
    visit="v",
    number=1,
    kind="record",
    sha256="s",
    size=10,
    put=0,
    state=ItemState.QUEUED,
    reason=None,
    places={},
    entries=(),
    queued_at="2026-11-22T00:00:00.000000Z",
    changed_at="2026-11-22T00:00:00.000000Z",
    receipt=None,
)


@pytest.mark.parametrize("after", list(ItemState))
def test_nothing_leaves_a_receipt(after: ItemState) -> None:
    assert not may_become(ItemState.RECEIPTED, after)


@pytest.mark.parametrize("before", [one for one in ItemState if one is not ItemState.RECEIPTED])
def test_a_receipt_may_come_at_any_time(before: ItemState) -> None:
    assert may_become(before, ItemState.RECEIPTED)


def test_the_usual_way_is_open_and_what_is_wanted_again_goes_back() -> None:
    usual = (ItemState.QUEUED, ItemState.SENDING, ItemState.SENT, ItemState.RECEIPTED)
    assert all(may_become(*step) for step in pairwise(usual))
    assert may_become(ItemState.SENT, ItemState.SENDING)
    assert may_become(ItemState.QUARANTINED, ItemState.SENDING)
    assert not may_become(ItemState.QUEUED, ItemState.SENT)


def test_records_of_all_visits_go_first_and_the_oldest_first_of_a_kind() -> None:
    every = [
        replace(ITEM, id=f"{kind}{day}", kind=kind, queued_at=f"2026-11-{day}T00:00:00.000000Z")
        for kind in ITEM_KINDS
        for day in (21, 22)
    ]
    for mixed in permutations(every, 6):
        assert in_order(mixed) == every


@pytest.mark.parametrize("state", list(ItemState))
def test_only_what_is_queued_or_begun_is_to_be_sent(state: ItemState) -> None:
    is_due = state in (ItemState.QUEUED, ItemState.SENDING)
    assert replace(ITEM, state=state).is_to_be_sent is is_due


def test_a_later_record_stands_in_for_the_one_before() -> None:
    later = replace(ITEM, id="2", number=2)
    assert outdone([ITEM, later]) == {"1"}
    assert outdone([ITEM, replace(later, visit="w")]) == set()


def test_pictures_are_stood_in_for_by_what_brings_all_of_them() -> None:
    both = replace(ITEM, kind="originals", entries=("evidence/a", "evidence/b"))
    one = replace(both, id="2", number=2, entries=("evidence/a",))
    other = replace(both, id="3", number=3, entries=("evidence/b",))
    assert outdone([both, one]) == set()
    assert outdone([both, one, other]) == {"1"}
    assert outdone([both, replace(one, kind="derivatives")]) == set()


def test_the_rest_is_told_once_the_pace_has_settled() -> None:
    pace = Pace()
    assert pace.left(100) is None
    pace.went(10, 1.0)
    assert pace.left(100) is None
    pace.went(10, 1.0)
    assert pace.left(100) == pytest.approx(10)


def test_a_pace_follows_a_line_that_grows_slower_and_is_not_misled_by_nothing() -> None:
    pace = Pace()
    for _ in range(3):
        pace.went(100, 1.0)
    pace.went(0, 5.0)
    pace.went(100, 0.0)
    assert pace.left(100) == pytest.approx(1)
    for _ in range(30):
        pace.went(10, 1.0)
    told = pace.left(100)
    assert told is not None
    assert 9 < told <= 10.1
