"""Events: canonical bytes, hashes, heads; exactly as record.md says."""

import hashlib
import json
from dataclasses import replace
from datetime import UTC, datetime

import pytest
import rfc8785
from hypothesis import given
from hypothesis import strategies as st

from assessor_app.domain.event import (
    Change,
    Event,
    EventKind,
    FieldHead,
    Json,
    StreamHead,
    current_heads,
    differing,
    event_body,
    event_from_json,
    event_hash,
    normalised,
    visit_head,
)

EVENT = Event(
    id="01890000-0000-7000-8000-000000000001",
    visit="01890000-0000-7000-8000-00000000000a",
    device="01890000-0000-7000-8000-00000000000d",
    seq=1,
    prev=None,
    actor="01890000-0000-7000-8000-00000000000e",
    wall=datetime(2026, 11, 22, 2, 52, 37, 123456, tzinfo=UTC),
    mono=42,
    boot="boot",
    kind=EventKind.RECORDED,
    reason=None,
    undoes=None,
    changes=(Change("observation/P15-06/-/-/practice/-", "answer", None, "absent", ()),),
)


def test_the_body_is_the_format_of_the_record_to_the_byte() -> None:
    assert event_body(EVENT).decode() == (
        '{"actor":"01890000-0000-7000-8000-00000000000e","boot":"boot","changes":'
        '[{"after":"absent","before":null,"entity":"observation/P15-06/-/-/practice/-",'
        '"field":"answer","parents":[]}],"device":"01890000-0000-7000-8000-00000000000d",'
        '"id":"01890000-0000-7000-8000-000000000001","kind":"recorded","mono":42,"prev":null,'
        '"reason":null,"seq":1,"undoes":null,"v":1,"visit":"01890000-0000-7000-8000-00000000000a",'
        '"wall":"2026-11-22T02:52:37.123456Z"}'
    )


values = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-(2**53) + 1, 2**53 - 1)
    | st.text(st.characters(exclude_categories=["Cs"])),
    lambda inner: (
        st.lists(inner, max_size=4)
        | st.dictionaries(st.text(st.characters(max_codepoint=127), max_size=8), inner, max_size=4)
    ),
    max_leaves=12,
)


@given(after=values, reason=st.none() | st.text(st.characters(exclude_categories=["Cs"])))
def test_the_body_is_what_rfc_8785_says_whatever_is_recorded(
    after: Json, reason: str | None
) -> None:
    change = replace(EVENT.changes[0], after=after)

    body = event_body(replace(EVENT, changes=(change,), reason=reason))

    assert body == rfc8785.dumps(json.loads(body))
    assert json.loads(body)["changes"][0]["after"] == normalised(after)


def test_the_hash_is_over_the_mark_of_the_version_and_the_body() -> None:
    body = event_body(EVENT)

    assert event_hash(body) == hashlib.sha256(b"event-v1\0" + body).hexdigest()


def test_text_is_kept_in_one_normal_form() -> None:
    change = EVENT.changes[0]
    decomposed = replace(EVENT, changes=(replace(change, after={"e\u0301": ["e\u0301"]}),))
    composed = replace(EVENT, changes=(replace(change, after={"\u00e9": ["\u00e9"]}),))

    assert event_body(decomposed) == event_body(composed)


def test_an_event_survives_its_own_bytes() -> None:
    assert event_from_json(json.loads(event_body(EVENT))) == EVENT


@pytest.mark.parametrize(
    "spoiled",
    [{"v": 2}, {"kind": "guessed"}, {"wall": "yesterday"}, {"changes": "none"}, {"extra": 1}],
)
def test_a_body_that_is_no_event_is_refused(spoiled: dict[str, object]) -> None:
    loaded = json.loads(event_body(EVENT)) | spoiled

    with pytest.raises((ValueError, TypeError)):
        event_from_json(loaded)


def test_an_instant_without_a_zone_has_no_place_in_the_record() -> None:
    with pytest.raises(ValueError, match="no time zone"):
        event_body(replace(EVENT, wall=datetime(2026, 11, 22)))  # noqa: DTZ001 - the point


def test_the_head_of_a_visit_does_not_depend_on_order() -> None:
    heads = [StreamHead("b", 2, "22"), StreamHead("a", 7, "11")]

    assert visit_head(heads) == visit_head(reversed(heads))
    expected = hashlib.sha256(b'head-v1\0[["a",7,"11"],["b",2,"22"]]').hexdigest()
    assert visit_head(heads) == expected
    assert visit_head([*heads, StreamHead("c", 1, "33")]) != expected


def said(id_: str, value: str, *parents: str) -> Event:
    change = Change("visit", "note", None, value, parents)
    return replace(EVENT, id=id_, changes=(change,))


STORY = [
    said("1", "first"),
    said("2", "by one", "1"),
    said("3", "by another", "1"),
    said("4", "resolved", "2", "3"),
    said("5", "later", "4"),
]


@given(st.permutations([*STORY, *STORY]))
def test_events_merge_in_any_order_and_any_repetition(events: list[Event]) -> None:
    assert current_heads(events) == {("visit", "note"): (FieldHead("5", "later"),)}


@given(st.permutations(STORY[:3]))
def test_two_values_at_once_are_both_kept(events: list[Event]) -> None:
    heads = current_heads(events)["visit", "note"]

    assert [head.value for head in heads] == ["by one", "by another"]


def test_only_what_is_not_current_differs() -> None:
    heads = {
        ("a", "same"): (FieldHead("1", "Caf\u00e9"),),
        ("a", "list"): (FieldHead("1", ["x", "y"]),),
        ("a", "cleared"): (FieldHead("1", None),),
        ("a", "conflict"): (FieldHead("1", "x"), FieldHead("2", "x")),
        ("a", "number"): (FieldHead("1", "1"),),
    }
    values: dict[tuple[str, str], Json] = {
        ("a", "same"): "Cafe\u0301",
        ("a", "list"): ("x", "y"),
        ("a", "cleared"): None,
        ("a", "never"): None,
        ("a", "conflict"): "x",
        ("a", "number"): 1,
    }

    assert set(differing(values, heads)) == {("a", "conflict"), ("a", "number")}
