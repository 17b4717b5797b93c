"""Reading an event: its one form is known without making it, and nothing else is an event."""

import json
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.domain.test_event import EVENT

from assessor_app.domain.chain import Link, breaks, read_checked, read_link, unaltered
from assessor_app.domain.event import Change, event_body, event_from_json, event_hash

TEXTS = st.text(st.characters(codec="utf-8"), max_size=12)
VALUES = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**53), 2**53) | TEXTS,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(TEXTS, inner, max_size=3),
    max_leaves=6,
)


@given(TEXTS, VALUES, st.lists(TEXTS, max_size=3))
def test_what_was_made_is_canonical_and_read_as_it_was(
    reason: str, value: object, parents: list[str]
) -> None:
    change = Change("e", "f", None, value, tuple(parents))  # type: ignore[arg-type]  # JSON
    body = event_body(replace(EVENT, reason=reason, changes=(change,)))

    link, whole = read_checked(body, event_hash(body))

    assert whole
    assert event_body(link.event) == body


@given(st.integers(min_value=0), st.sampled_from([b" ", b"\n", b"\xcc\x81", b"e\xcc\x81", b"0"]))
def test_any_other_form_of_an_event_is_noticed(at: int, more: bytes) -> None:
    """Whatever is put in: no event any more, or not the one form of one."""
    body = event_body(replace(EVENT, reason="Papan é"))
    at %= len(body) + 1
    other = body[:at] + more + body[at:]
    try:
        link, whole = read_checked(other, event_hash(other))
    except (ValueError, KeyError, TypeError):
        return

    assert whole == (event_body(link.event) == other)


def test_a_name_said_twice_is_noticed() -> None:
    body = event_body(EVENT).replace(b'{"actor"', b'{"actor":"x","actor"')

    assert read_checked(body, event_hash(body))[1] is False


def test_half_a_sign_is_no_canonical_text() -> None:
    body = event_body(replace(EVENT, reason="x")).replace(b'"reason":"x"', b'"reason":"\\ud800"')
    link = Link(event_from_json(json.loads(body)), body, event_hash(body))

    assert not unaltered(link)
    assert [one.kind for one in breaks([link])] == ["event_altered"]


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("seq", "1"),
        ("seq", True),
        ("seq", 1.0),
        ("mono", None),
        ("v", True),
        ("id", 7),
        ("visit", None),
        ("device", ["x"]),
        ("prev", 0),
        ("actor", {}),
        ("boot", 1),
        ("reason", 5),
        ("undoes", []),
        ("wall", 1),
        ("kind", None),
        ("changes", {}),
        ("changes", [{}]),
        ("changes", ["x"]),
        ("changes", [{"entity": 1, "field": "f", "before": 0, "after": 0, "parents": []}]),
        ("changes", [{"entity": "e", "field": "f", "before": 0, "after": 0, "parents": "ab"}]),
        ("changes", [{"entity": "e", "field": "f", "before": 0, "after": 0, "parents": [1]}]),
        (
            "changes",
            [{"entity": "e", "field": "f", "before": 0, "after": 0, "parents": ["b", "a"]}],
        ),
        ("changes", [{"entity": "e", "field": "f", "after": 0, "parents": []}]),
    ],
)
def test_an_event_with_a_value_of_another_kind_is_none(name: str, value: object) -> None:
    body = json.dumps(json.loads(event_body(EVENT)) | {name: value}).encode()

    with pytest.raises((ValueError, KeyError, TypeError)):
        read_link(body, event_hash(body))
