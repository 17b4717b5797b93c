"""Days and instants."""

from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assessor_app.domain.instants import instant_from_text, instant_text, one_month_later, plausible


@pytest.mark.parametrize(
    ("day", "later"),
    [
        (date(2026, 11, 22), date(2026, 12, 22)),
        (date(2026, 12, 31), date(2027, 1, 31)),
        (date(2026, 1, 31), date(2026, 2, 28)),
        (date(2028, 1, 30), date(2028, 2, 29)),
        (date(2026, 3, 31), date(2026, 4, 30)),
    ],
)
def test_one_month_later_is_a_day_that_exists(day: date, later: date) -> None:
    assert one_month_later(day) == later


def test_an_instant_survives_its_text() -> None:
    text = "2026-11-22T02:52:37.000001Z"

    assert instant_text(instant_from_text(text)) == text


@given(st.datetimes(timezones=st.just(UTC)))
def test_every_instant_that_can_be_written_can_be_read(instant: datetime) -> None:
    assert instant_from_text(instant_text(instant)) == instant


@pytest.mark.parametrize(
    "text", ["900-01-01T00:00:00.000000Z", "2026-11-22", "x", "2026-11-22T00Z"]
)
def test_another_form_is_no_instant_of_the_record(text: str) -> None:
    with pytest.raises(ValueError, match=r"instant|isoformat"):
        instant_from_text(text)


@pytest.mark.parametrize("year", [1, 1999, 2200, 9999])
def test_a_year_that_no_visit_lies_in_is_refused(year: int) -> None:
    with pytest.raises(ValueError, match="outside"):
        plausible(datetime(year, 6, 1, tzinfo=UTC))
