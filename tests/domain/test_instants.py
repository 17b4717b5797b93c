"""Days and instants."""

from datetime import date

import pytest

from assessor_app.domain.instants import instant_from_text, instant_text, one_month_later


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
