"""Which visits a search and filters let through, in which order, and what is not known yet."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assessor_app.domain.folding import folded
from assessor_app.domain.listing import (
    Counts,
    Listed,
    Made,
    Order,
    Shelf,
    Sieve,
    Sync,
    Zone,
)
from assessor_app.domain.reminders import Reminder
from assessor_app.domain.visit import Outcome, Visit, VisitKind, VisitState
from assessor_app.domain.zone import ZoneColour

ZONE = ZoneInfo("Asia/Jayapura")
NEW_YEAR = datetime(2025, 12, 31, 20, tzinfo=UTC)  # of 2026 where the assessor is


def visit(id_: str, **values: object) -> Visit:
    made = Visit(
        id=id_,
        institution="Kota Ambon",
        unit="Dinas Kependudukan",
        object_type="opd",
        instrument_version="2015-pemda@1",
        instrument_digest="0",
        kind=VisitKind.UNANNOUNCED,
        state=VisitState.OPEN,
        arrival=datetime(2026, 11, 22, 1, tzinfo=UTC),
        team=("Siti Rahma, S.H.",),
    )
    return replace(made, **values)  # type: ignore[arg-type]  # named as its fields


def found(visits: list[Listed], sieve: Sieve, order: Order = Order.NEWEST) -> list[str]:
    return [one.visit.id for one in Shelf(tuple(visits), ZONE).sifted(sieve, order).rows]


@pytest.mark.parametrize(
    "typed",
    [
        "kependudukan",
        "KEPENDUDUKAN",
        "  ambon   dinas ",
        "hairun",
        "maʼrif",  # typed with another sign for the same sound
        "MARIF",
        "st-118",
        "ST-118/ORI",
        "bünga",
        "bunga",
    ],
)
def test_a_visit_is_found_by_any_of_its_words_however_they_are_typed(typed: str) -> None:
    one = visit(
        "a",
        address_visited="Jl. Sultan Hairun, Gedung Bünga",
        team=("Siti", "Ahmad Ma’rif, S.H."),
        assignment_letter="ST-118/ORI-PW.12/XI/2026",
    )

    assert found([Listed(one), Listed(visit("b", unit="Puskesmas"))], Sieve(text=typed))[0] == "a"


@pytest.mark.parametrize("typed", ["puskesmas", "ambon timur", "%"])
def test_every_word_that_is_typed_must_be_there(typed: str) -> None:
    assert found([Listed(visit("a"))], Sieve(text=typed)) == []


@given(st.text(max_size=30))
def test_what_is_typed_folds_the_same_a_second_time(text: str) -> None:
    assert folded(folded(text)) == folded(text)


def test_each_filter_keeps_any_of_its_values_and_filters_together_keep_what_fits_all() -> None:
    visits = [
        Listed(visit("open")),
        Listed(visit("talk", state=VisitState.EXIT_TALK)),
        Listed(visit("void", state=VisitState.VOIDED)),
        Listed(visit("coach", kind=VisitKind.COACHING)),
    ]
    running = frozenset({VisitState.OPEN, VisitState.EXIT_TALK})

    assert set(found(visits, Sieve(states=running))) == {"open", "talk", "coach"}
    assert found(visits, Sieve(states=running, kinds=frozenset({VisitKind.COACHING}))) == ["coach"]
    assert Sieve().empty
    assert Sieve(text="  ").empty
    assert not Sieve(states=running).empty


def test_a_visit_of_the_last_night_is_of_the_year_where_the_assessor_is() -> None:
    one = Listed(visit("a", arrival=NEW_YEAR), counts=Counts(year=2015))

    assert found([one], Sieve(years=frozenset({2026}))) == ["a"]
    assert found([one], Sieve(years=frozenset({2015}))) == ["a"]
    assert found([one], Sieve(years=frozenset({2025}))) == []
    assert Shelf((one,), ZONE).known_years() == (2026, 2015)


def test_what_is_not_counted_yet_is_undecided_and_not_shown() -> None:
    visits = [
        Listed(visit("green"), counts=Counts(answered=2, asked=2, zone=ZoneColour.GREEN)),
        Listed(visit("red"), counts=Counts(answered=1, asked=2, zone=ZoneColour.RED)),
        Listed(visit("waiting")),
        Listed(visit("void", state=VisitState.VOIDED)),
    ]
    shelf = Shelf(tuple(visits), ZONE)

    sifted = shelf.sifted(Sieve(zones=frozenset({Zone.GREEN}), states=frozenset({VisitState.OPEN})))

    assert [one.visit.id for one in sifted.rows] == ["green"]
    assert sifted.undecided == 1  # a voided visit is out, whatever its zone


@pytest.mark.parametrize(
    ("outcome", "counts", "made"),
    [
        (None, Counts(answered=0, asked=40), Made.NOT_BEGUN),
        (None, Counts(answered=1, asked=40), Made.UNDER_WAY),
        (None, Counts(answered=40, asked=40), Made.COMPLETE),
        (Outcome.ENTRY_REFUSED, Counts(answered=0, asked=40), Made.NOT_ENTERED),
        (Outcome.OFFICE_CLOSED, Counts(answered=3, asked=40), Made.UNDER_WAY),
        (None, Counts(instrument_found=False), Made.UNKNOWN),
        (None, None, None),
    ],
)
def test_how_far_a_visit_has_come(
    outcome: Outcome | None, counts: Counts | None, made: Made | None
) -> None:
    one = Listed(visit("a", outcome=outcome), counts=counts)

    assert one.made is made
    if made is not None:
        assert found([one], Sieve(made=frozenset({made}))) == ["a"]
        assert found([one], Sieve(made=frozenset(Made) - {made})) == []


def test_a_visit_without_a_zone_can_be_looked_for_too() -> None:
    visits = [
        Listed(visit("none"), counts=Counts(weighted=False)),
        Listed(visit("red"), counts=Counts(zone=ZoneColour.RED)),
    ]

    assert found(visits, Sieve(zones=frozenset({Zone.NONE}))) == ["none"]
    assert set(found(visits, Sieve(zones=frozenset(Zone)))) == {"none", "red"}


def test_what_has_travelled_twice_is_found_under_both() -> None:
    one = Listed(visit("a"), sync=(Sync.AWAITED, Sync.RECEIVED))

    for each in (Sync.AWAITED, Sync.RECEIVED):
        assert found([one], Sieve(sync=frozenset({each}))) == ["a"]
    assert found([one], Sieve(sync=frozenset({Sync.LOCAL}))) == []


def test_the_orders_put_first_what_is_asked_for_first() -> None:
    def day(number: int) -> datetime:
        return datetime(2026, 11, number, tzinfo=UTC)

    soon = Reminder("b", over=0, near=1, first=date(2026, 11, 24), days=2)
    visits = [
        Listed(
            visit("a", arrival=day(1), unit="Zamrud", institution="Kota Ambon"),
            counts=Counts(answered=3, asked=4, zone=ZoneColour.GREEN),
        ),
        Listed(
            visit("b", arrival=day(3), unit="alun-alun", institution="Kota Tual"),
            counts=Counts(answered=1, asked=4, zone=ZoneColour.RED),
            reminder=soon,
        ),
        Listed(visit("c", arrival=day(2), unit="Élan", institution="Buru")),
    ]

    assert found(visits, Sieve(), Order.NEWEST) == ["b", "c", "a"]
    assert found(visits, Sieve(), Order.OLDEST) == ["a", "c", "b"]
    assert found(visits, Sieve(), Order.UNIT) == ["b", "c", "a"]
    assert found(visits, Sieve(), Order.INSTITUTION) == ["c", "a", "b"]
    assert found(visits, Sieve(), Order.PROGRESS) == ["b", "a", "c"]
    assert found(visits, Sieve(), Order.ZONE) == ["b", "a", "c"]
    assert found(visits, Sieve(), Order.DUE)[0] == "b"


def test_only_what_is_due_is_shown_once_it_is_counted() -> None:
    over = Reminder("a", over=1, near=0, first=date(2026, 11, 1), days=-21)
    visits = [
        Listed(visit("a"), counts=Counts(), reminder=over),
        Listed(visit("b"), counts=Counts()),
        Listed(visit("c", arrival=NEW_YEAR - timedelta(days=1))),
    ]
    shelf = Shelf(tuple(visits), ZONE)

    sifted = shelf.sifted(Sieve(due=True))

    assert [one.visit.id for one in sifted.rows] == ["a"]
    assert sifted.undecided == 1
