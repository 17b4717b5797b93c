"""What the form of a new visit knows beforehand."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from assessor_app.domain.visit import Visit, VisitKind, VisitState
from assessor_app.services.starting import NewVisitFrom, following_up, next_office

ZONE = ZoneInfo("Asia/Jayapura")
NOW = datetime(2026, 11, 22, 5, tzinfo=UTC)
VISIT = Visit(
    id="a",
    institution="Kota Ambon",
    unit="Dinas Kependudukan",
    object_type="opd",
    instrument_version="2015-pemda@1",
    instrument_digest="0",
    kind=VisitKind.SCHEDULED,
    state=VisitState.CLOSED,
    arrival=NOW - timedelta(hours=3),
    team=("Siti", "Hasan"),
    address_visited="Jl. Sultan Hairun",
    assignment_letter="ST-1",
)


def after(*visits: Visit) -> NewVisitFrom | None:
    return next_office(visits, own_name="Siti", now=NOW, zone=ZONE)


def test_the_next_office_has_the_frame_of_the_last_one_but_not_its_place() -> None:
    earlier = replace(VISIT, id="b", arrival=NOW - timedelta(hours=5), institution="Kota Tual")

    assert after(earlier, VISIT) == NewVisitFrom(
        institution="Kota Ambon",
        object_type="opd",
        kind=VisitKind.SCHEDULED,
        assignment_letter="ST-1",
        team=("Hasan",),
        instrument="2015-pemda@1",
    )


def test_only_real_visits_of_today_are_gone_on_from() -> None:
    yesterday = replace(VISIT, arrival=NOW - timedelta(hours=15))  # before midnight there

    assert after() is None
    assert after(yesterday) is None
    assert after(replace(VISIT, state=VisitState.VOIDED)) is None
    assert after(replace(VISIT, sample=True)) is None


def test_an_early_visit_is_of_today_where_the_assessor_is() -> None:
    early = replace(VISIT, arrival=datetime(2026, 11, 21, 23, tzinfo=UTC))  # 8 o'clock

    assert after(early) is not None


def test_after_a_follow_up_the_next_office_is_looked_at_anew() -> None:
    found = after(replace(VISIT, kind=VisitKind.FOLLOW_UP, predecessor="x"))

    assert found is not None
    assert (found.kind, found.predecessor) == (VisitKind.UNANNOUNCED, None)


def test_a_follow_up_goes_to_the_same_place_with_a_letter_of_its_own() -> None:
    found = following_up(VISIT, own_name="Siti")

    assert (found.unit, found.address_visited) == ("Dinas Kependudukan", "Jl. Sultan Hairun")
    assert (found.kind, found.predecessor) == (VisitKind.FOLLOW_UP, "a")
    assert found.assignment_letter is None
