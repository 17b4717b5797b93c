"""One line of JSON a record: every fault has its name and its place."""

import contextlib
import json
from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assessor_app.domain.instrument import Side
from assessor_app.domain.problem import RecordRefused
from assessor_app.services.entries import LONGEST_TEXT, Entry, read_entry

NOW = datetime(2026, 11, 22, 3, 0, tzinfo=UTC)
WIT = timezone(timedelta(hours=9))


def read(line: bytes | str | dict[str, object]) -> Entry:
    if isinstance(line, dict):
        line = json.dumps(line)
    raw = line.encode() if isinstance(line, str) else line
    return read_entry(raw, zone=WIT, now=NOW)


def given_with(**more: object) -> dict[str, object]:
    return {"indicator": "P15-06", "side": "practice", "answer": "absent", **more}


def refused_code(line: bytes | str | dict[str, object]) -> str:
    with pytest.raises(RecordRefused) as refused:
        read(line)
    return refused.value.code


def test_the_line_of_the_issue_is_read() -> None:
    entry = read('{"indicator": "P15-06", "side": "practice", "answer": "absent", "note": "…"}')

    assert entry == Entry("P15-06", Side.PRACTICE, {"answer": "absent", "note": "…"})


@pytest.mark.parametrize(
    ("line", "code"),
    [
        (b"\xff{}", "line_not_utf8"),
        ("not json", "line_not_json"),
        ("[" * 100_000, "line_not_json"),
        ("[]", "line_not_object"),
        ("null", "line_not_object"),
        ('{"side": "practice", "side": "paperwork"}', "field_twice"),
        ({"side": "practice", "answer": "x"}, "field_missing"),
        ({"indicator": "P15-06", "answer": "x"}, "field_missing"),
        (given_with(indicator=""), "field_missing"),
        (given_with(indicator=6), "field_not_text"),
        (given_with(side="left"), "side_unknown"),
        (given_with(answer=True), "field_not_text"),
        (given_with(score=5), "field_unknown"),
        ({"indicator": "P15-06", "side": "practice"}, "nothing_recorded"),
        (given_with(note="x" * (LONGEST_TEXT + 1)), "text_too_long"),
        (given_with(note="a\u0000b"), "text_unprintable"),
        (given_with(note="\ud800"), "text_unprintable"),
        (given_with(observed_at="yesterday"), "observed_at_unreadable"),
        (given_with(observed_at="0001-01-01T00:00:00+14:00"), "observed_at_unreadable"),
        (given_with(observed_at="2026-11-23T00:00:00Z"), "observed_at_in_future"),
        (given_with(document={"kind": "SK"}), "document_on_practice"),
        (given_with(side="paperwork", document="SK"), "document_not_object"),
        (given_with(side="paperwork", document={"colour": "x"}), "field_unknown"),
        (given_with(side="paperwork", document={"date": "2 Maret"}), "document_date_unreadable"),
        (given_with(side="paperwork", document={"where_seen": "heard"}), "where_seen_unknown"),
    ],
)
def test_each_fault_is_named(line: bytes | str | dict[str, object], code: str) -> None:
    assert refused_code(line) == code


def test_a_note_of_20000_characters_emoji_and_right_to_left_text_is_taken_whole() -> None:
    note = ("بسم الله 🏢 שלום " * 1300)[:20_000].strip()

    assert read(given_with(note=note)).values["note"] == note


def test_times_without_a_zone_are_meant_where_the_assessor_is() -> None:
    entry = read(given_with(observed_at="2026-11-22T09:14:00"))

    assert entry.values["observed_at"] == "2026-11-22T00:14:00.000000Z"


def test_a_field_given_as_null_is_cleared() -> None:
    entry = read(given_with(side="paperwork", note=None, observed_at=None, document=None))

    assert entry.values["note"] is None
    assert entry.values["observed_at"] is None
    assert entry.values["document_kind"] is None


def test_only_the_document_details_that_are_given_change() -> None:
    entry = read(given_with(side="paperwork", document={"number": "1/2026", "date": "2026-01-31"}))

    assert {name for name in entry.values if name.startswith("document_")} == {
        "document_number",
        "document_date",
    }


@given(st.binary())
def test_bytes_of_any_kind_are_an_entry_or_a_refusal(raw: bytes) -> None:
    with contextlib.suppress(RecordRefused):
        assert isinstance(read(raw), Entry)


values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner),
    max_leaves=8,
)
names = st.sampled_from(
    ["indicator", "side", "answer", "note", "product", "respondent", "observed_at", "document"]
)


@given(st.dictionaries(names, values))
def test_objects_of_any_kind_are_an_entry_or_a_refusal(loaded: dict[str, object]) -> None:
    with contextlib.suppress(RecordRefused):
        assert isinstance(read(loaded), Entry)
