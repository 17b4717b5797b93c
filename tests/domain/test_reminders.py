"""Which due dates are near or over, along chains of visits that follow each other."""

from datetime import UTC, date, datetime, timedelta

import pytest

from assessor_app.domain.owed import Left, Owed
from assessor_app.domain.reminders import Nearness, due_items, reminders

TODAY = date(2026, 11, 22)
FIRST = datetime(2026, 10, 1, 2, tzinfo=UTC)


def owed(visit: str, code: str, due: date | None, *, at: datetime = FIRST) -> Owed:
    return Owed(
        visit=visit,
        indicator=code,
        product="",
        finding=f"{visit}-{code}",
        gap_kind="paper_only",
        found_at=at,
        due_date=due,
    )


def left(visit: str, *found: Owed, settled: tuple[str, ...] = (), at: datetime = FIRST) -> Left:
    return Left(visit, at, found, frozenset((code, "") for code in settled))


@pytest.mark.parametrize(
    ("days", "nearness"),
    [
        (-30, Nearness.OVER),
        (-1, Nearness.OVER),
        (0, Nearness.NEAR),  # the due day itself belongs to the office
        (7, Nearness.NEAR),
        (8, None),
        (400, None),
    ],
)
def test_a_week_before_it_is_near_and_a_day_after_it_is_over(
    days: int, nearness: Nearness | None
) -> None:
    due = TODAY + timedelta(days=days)

    items = due_items([left("a", owed("a", "P1", due))], {"a": None}, today=TODAY)

    assert [one.nearness for one in items] == ([nearness] if nearness else [])


def test_what_has_no_due_date_is_never_reminded_of() -> None:
    assert not due_items([left("a", owed("a", "P1", None))], {"a": None}, today=TODAY)


def test_the_threshold_can_be_another_one() -> None:
    due = TODAY + timedelta(days=20)
    found = [left("a", owed("a", "P1", due))]

    assert not due_items(found, {"a": None}, today=TODAY)
    assert due_items(found, {"a": None}, today=TODAY, near=timedelta(days=30))


def test_what_a_later_visit_saw_repaired_is_due_no_more() -> None:
    over = TODAY - timedelta(days=3)
    first = left("a", owed("a", "P1", over), owed("a", "P2", over))
    later = left("b", settled=("P1",), at=FIRST + timedelta(days=30))

    items = due_items([first, later], {"a": None, "b": "a"}, today=TODAY)

    assert [(one.visit, one.indicator) for one in items] == [("a", "P2")]


def test_what_a_later_visit_found_again_is_due_by_its_own_date() -> None:
    first = left("a", owed("a", "P1", TODAY - timedelta(days=3)))
    at = FIRST + timedelta(days=30)
    later = left("b", owed("b", "P1", TODAY + timedelta(days=25), at=at), at=at)

    assert not due_items([first, later], {"a": None, "b": "a"}, today=TODAY)


def test_a_follow_up_that_is_not_closed_settles_nothing_yet() -> None:
    first = left("a", owed("a", "P1", TODAY))

    items = due_items([first], {"a": None, "b": "a"}, today=TODAY)

    assert [one.visit for one in items] == ["a"]


def test_a_visit_has_one_reminder_with_the_earliest_day() -> None:
    found = left(
        "a",
        owed("a", "P1", TODAY - timedelta(days=2)),
        owed("a", "P2", TODAY + timedelta(days=1)),
        owed("a", "P3", TODAY - timedelta(days=9)),
    )
    other = left("b", owed("b", "P1", TODAY))

    made = reminders(due_items([found, other], {"a": None, "b": None}, today=TODAY), today=TODAY)

    assert (made["a"].over, made["a"].near, made["a"].days) == (2, 1, -9)
    assert made["a"].nearness is Nearness.OVER
    assert (made["b"].over, made["b"].near, made["b"].days) == (0, 1, 0)
    assert made["b"].nearness is Nearness.NEAR
