"""The register: kept, renamed, merged, taken back, and what belongs to an office of it."""

from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path

import pytest
from tests.conftest import SteppingClock

from assessor_app.domain.event import STORE, EventKind
from assessor_app.domain.problem import RegisterRefused
from assessor_app.domain.register import DatedName, Institution, Names, Unit, standing
from assessor_app.domain.results import InstitutionLevel, PublishedResult
from assessor_app.domain.visit import VisitKind
from assessor_app.instruments.library import Library
from assessor_app.services.enrolment import Workplace
from assessor_app.services.register.belonging import (
    earlier_visits,
    office,
    take_names,
    unregistered,
)
from assessor_app.services.register.finding import found_by
from assessor_app.services.register.history import Did, history
from assessor_app.services.register.keeping import (
    last_step,
    merge,
    rename,
    retire,
    save,
    save_all,
    take_back,
)
from assessor_app.services.register.reading import at_hand, has_register, kept, read_register
from assessor_app.services.results import register as keep_results
from assessor_app.services.store_settings import settings
from assessor_app.services.visits import NewVisit, all_visits, start_visit

DAY = date(2026, 1, 31)


@pytest.fixture
def ambon(workplace: Workplace) -> Institution:
    return added(workplace, "Kota Ambon")


def added(workplace: Workplace, name: str) -> Institution:
    one = Institution(
        workplace.store.new_id(), Names(DatedName(name)), InstitutionLevel.CITY, "Maluku"
    )
    save(workplace.store, one)
    return one


def unit_of(workplace: Workplace, institution: Institution, name: str, **more: object) -> Unit:
    one = replace(
        Unit(workplace.store.new_id(), Names(DatedName(name)), institution.id, "dinas"),
        **more,  # type: ignore[arg-type]  # fields of a unit
    )
    save(workplace.store, one)
    return one


def visit(
    workplace: Workplace,
    library: Library,
    unit: str,
    *,
    institution: str = "Kota Ambon",
    year: int = 2025,
    ref: str | None = None,
) -> str:
    return start_visit(
        workplace.store,
        NewVisit(
            institution=institution,
            unit=unit,
            object_type="opd",
            kind=VisitKind.UNANNOUNCED,
            arrival=datetime(year, 3, 1, tzinfo=UTC),
            team=["Siti Rahma, S.H."],
            unit_ref=ref,
        ),
        library.get("2015-pemda"),
        library=library,
    )


def test_what_was_kept_is_read_again_and_found_by_letters_code_and_alias(
    workplace: Workplace, ambon: Institution
) -> None:
    unit = unit_of(workplace, ambon, "Dinas Kependudukan", code="AMB-01", address="Jalan Raya 1")
    names = replace(unit.names, aliases=("Disdukcapil",))
    save(workplace.store, replace(unit, names=names))

    now = kept(workplace.store)

    assert now.register.units[unit.id].address == "Jalan Raya 1"
    assert now.register.institutions[ambon.id].level is InstitutionLevel.CITY
    for typed in ("din kep", "disduk", "amb-01", "AMBON kepend", "  Dînas "):
        assert [one.id for one in now.index.search(typed)] == [unit.id], typed
    assert not now.index.search("puskesmas")
    assert at_hand(workplace.store) is now


def test_a_renamed_office_is_found_by_both_names_and_bears_each_in_its_time(
    workplace: Workplace, ambon: Institution
) -> None:
    unit = unit_of(workplace, ambon, "Kantor Catatan Sipil")

    rename(workplace.store, unit.id, "Dinas Dukcapil", since=DAY, reason="Perwali 3/2026")

    now = kept(workplace.store)
    found = now.register.units[unit.id]
    assert (found.name, found.names.before) == ("Dinas Dukcapil", "Kantor Catatan Sipil")
    assert found.names.on(date(2025, 12, 31)) == "Kantor Catatan Sipil"
    assert found.names.on(DAY) == "Dinas Dukcapil"
    assert [one.id for one in now.index.search("catatan")] == [unit.id]
    steps = history(workplace.store, unit.id)
    assert [step.did for step in steps] == [Did.RENAMED, Did.ADDED]
    assert (steps[0].before, steps[0].since) == ("Kantor Catatan Sipil", DAY)
    assert steps[0].reason == "Perwali 3/2026"


def test_visits_and_results_of_the_old_name_are_found_under_the_new_one(
    workplace: Workplace, library: Library, ambon: Institution
) -> None:
    unit = unit_of(workplace, ambon, "Kantor Catatan Sipil")
    old = visit(workplace, library, "KANTOR catatan sipil")
    result = PublishedResult(
        "Kota Ambon",
        "Kantor Catatan Sipil",
        "Maluku",
        2024,
        Decimal("80.50"),
        None,
        None,
        source="putusan",
    )
    keep_results(workplace.store, [result])
    rename(workplace.store, unit.id, "Dinas Dukcapil", since=DAY, reason=None)
    new = visit(workplace, library, "Dinas Dukcapil", year=2026, ref=unit.id)

    shown = office(workplace, library, unit.id)

    assert shown is not None
    assert [one.id for one in shown.visits] == [new, old]
    assert [one.result.year for one in shown.results] == [2024]
    (latest,) = (one for one in all_visits(workplace.store) if one.id == new)
    assert [one.id for one in earlier_visits(workplace, latest)] == [old]
    whole = office(workplace, library, ambon.id)
    assert whole is not None
    assert [one.id for one in whole.visits] == [new, old]


def test_two_offices_become_a_third_and_all_their_visits_are_found_there(
    workplace: Workplace, library: Library, ambon: Institution
) -> None:
    first = unit_of(workplace, ambon, "Dinas Perizinan")
    second = unit_of(workplace, ambon, "Dinas Penanaman Modal")
    visits = [visit(workplace, library, one.name, ref=one.id) for one in (first, second)]
    third = Unit(workplace.store.new_id(), Names(DatedName("DPMPTSP")), ambon.id, "dinas")

    into = merge(workplace.store, [first.id, second.id], third, on=DAY, reason="Perda 1/2026")

    now = kept(workplace.store)
    assert into == third.id
    assert standing(now.register.units[first.id], now.register.units).name == "DPMPTSP"
    assert now.register.units[second.id].until == DAY
    assert [one.id for one in now.index.search("ambon")] == [third.id]
    shown = office(workplace, library, third.id)
    assert shown is not None
    assert {one.id for one in shown.visits} == set(visits)
    assert {one.id for one in shown.before} == {first.id, second.id}
    told = [step.did for step in history(workplace.store, third.id)]
    assert told.count(Did.TOOK_IN) == 2


def test_merged_institutions_bring_their_units_along(
    workplace: Workplace, library: Library, ambon: Institution
) -> None:
    other = added(workplace, "Kota Teluk Ambon")
    unit = unit_of(workplace, other, "Dinas Kesehatan")
    old = visit(workplace, library, "Dinas Kesehatan", institution="Kota Teluk Ambon")

    merge(workplace.store, [other.id], ambon.id, on=DAY, reason=None)

    now = kept(workplace.store)
    institution = now.register.institution_of(now.register.units[unit.id])
    assert institution is not None
    assert institution.id == ambon.id
    assert [one.id for one in now.register.units_of(ambon.id)] == [unit.id]
    shown = office(workplace, library, ambon.id)
    assert shown is not None
    assert [one.id for one in shown.visits] == [old]


@pytest.mark.parametrize("way", ["same", "itself", "circle", "again", "kinds"])
def test_a_merger_that_makes_no_sense_is_refused(
    workplace: Workplace, ambon: Institution, way: str
) -> None:
    first = unit_of(workplace, ambon, "Dinas Perizinan")
    second = unit_of(workplace, ambon, "Dinas Penanaman Modal")
    merge(workplace.store, [first.id], second.id, on=DAY, reason=None)
    ways = {
        "same": ([second.id], second.id, "register_merge_nothing"),
        "itself": ([], second.id, "register_merge_nothing"),
        "circle": ([second.id], first.id, "register_merge_circle"),
        "again": ([first.id], second.id, "register_merged_already"),
        "kinds": ([second.id], ambon.id, "register_merge_kinds"),
    }
    ids, into, code = ways[way]

    with pytest.raises(RegisterRefused) as raised:
        merge(workplace.store, ids, into, on=DAY, reason=None)

    assert raised.value.code == code


@pytest.mark.parametrize(
    ("name", "code", "expected"),
    [
        ("  ", None, "register_name_missing"),
        ("dinas  KESEHATAN", None, "register_name_taken"),
        ("Dinas Sosial", "amb-9", "register_code_taken"),
    ],
)
def test_a_name_or_code_that_is_missing_or_taken_is_refused(
    workplace: Workplace, ambon: Institution, name: str, code: str | None, expected: str
) -> None:
    unit_of(workplace, ambon, "Dinas Kesehatan", code="AMB-9")
    new = Unit(workplace.store.new_id(), Names(DatedName(name)), ambon.id, code=code)

    with pytest.raises(RegisterRefused) as raised:
        save(workplace.store, new)

    assert raised.value.code == expected


def test_a_unit_needs_its_institution_and_two_institutions_have_two_names(
    workplace: Workplace, ambon: Institution
) -> None:
    lone = Unit(workplace.store.new_id(), Names(DatedName("Dinas Kesehatan")), "nowhere")
    for entry, code in (
        (lone, "register_institution_unknown"),
        (replace(ambon, id="other"), "register_name_taken"),
    ):
        with pytest.raises(RegisterRefused) as raised:
            save(workplace.store, entry)
        assert raised.value.code == code
    with_code = replace(ambon, code="8171")
    save(workplace.store, with_code)
    other = replace(with_code, id="other", names=Names(DatedName("Kota Tual")))
    with pytest.raises(RegisterRefused) as raised:
        save(workplace.store, other)
    assert raised.value.code == "register_code_taken"


def test_a_new_institution_comes_with_its_units_as_one_event(workplace: Workplace) -> None:
    institution = Institution(workplace.store.new_id(), Names(DatedName("Kota Tual")))
    unit = Unit(
        workplace.store.new_id(), Names(DatedName("Dinas Sosial")), institution.id, code="T-1"
    )
    save_all(workplace.store, [institution, unit])

    step = last_step(workplace.store)
    assert step is not None
    assert set(step.names) == {"Kota Tual", "Dinas Sosial"}
    second = replace(institution, id="second", names=Names(DatedName("Kota Sorong")))
    again = replace(unit, id="again", institution="second")
    with pytest.raises(RegisterRefused) as raised:
        save_all(workplace.store, [second, again])
    assert raised.value.code == "register_code_taken"


def test_the_last_step_is_taken_back_and_the_one_before_it_then(
    workplace: Workplace, ambon: Institution
) -> None:
    unit = unit_of(workplace, ambon, "Kantor Catatan Sipil")
    rename(workplace.store, unit.id, "Dinas Dukcapil", since=DAY, reason=None)

    take_back(workplace.store)

    found = read_register(workplace.store).units[unit.id]
    assert (found.name, found.names.former) == ("Kantor Catatan Sipil", ())
    assert history(workplace.store, unit.id)[1].undone
    take_back(workplace.store)
    assert unit.id not in read_register(workplace.store).units
    take_back(workplace.store)
    assert not read_register(workplace.store).institutions
    with pytest.raises(RegisterRefused) as raised:
        take_back(workplace.store)
    assert raised.value.code == "register_nothing_to_undo"


def test_a_step_that_a_visit_stands_upon_is_not_taken_back(
    workplace: Workplace, library: Library, ambon: Institution
) -> None:
    unit = unit_of(workplace, ambon, "Dinas Kesehatan")
    visit(workplace, library, "Dinas Kesehatan", ref=unit.id)

    with pytest.raises(RegisterRefused) as raised:
        take_back(workplace.store)

    assert raised.value.code == "register_undo_visited"
    assert read_register(workplace.store).units[unit.id].stands


def test_a_retired_office_is_not_offered_and_its_visits_stay(
    workplace: Workplace, library: Library, ambon: Institution
) -> None:
    unit = unit_of(workplace, ambon, "Dinas Kesehatan")
    old = visit(workplace, library, "Dinas Kesehatan")

    retire(workplace.store, unit.id, on=DAY, reason="Dibubarkan")

    index = kept(workplace.store).index
    assert not index.search("dinas")
    assert [one.id for one in index.search("dinas", standing_only=False)] == [unit.id]
    shown = office(workplace, library, unit.id)
    assert shown is not None
    assert [one.id for one in shown.visits] == [old]


def test_renaming_to_the_same_name_or_earlier_than_the_last_is_refused(
    workplace: Workplace, ambon: Institution
) -> None:
    unit = unit_of(workplace, ambon, "Dinas Kesehatan")
    rename(workplace.store, unit.id, "Dinas Kesehatan Kota", since=DAY, reason=None)

    for name, since, code in (
        ("Dinas Kesehatan Kota", DAY, "register_rename_same"),
        ("Dinkes", date(2020, 1, 1), "register_rename_earlier"),
    ):
        with pytest.raises(RegisterRefused) as raised:
            rename(workplace.store, unit.id, name, since=since, reason=None)
        assert raised.value.code == code


def test_the_names_of_visits_and_results_are_offered_once_and_taken_over(
    workplace: Workplace, library: Library
) -> None:
    visit(workplace, library, "Dinas Kesehatan")
    visit(workplace, library, "dinas kesehatan", institution="kota ambon", year=2024)
    results = [
        PublishedResult("Kota Tual", None, "Maluku", 2024, Decimal(70), None, None, source="x"),
        PublishedResult(
            "Kota Ambon", "Puskesmas Hitu", "Maluku", 2024, Decimal(70), None, None, source="x"
        ),
    ]
    keep_results(workplace.store, results)
    assert not has_register(workplace.store)

    offered = unregistered(workplace)
    made = take_names(workplace.store, offered)

    assert len(offered) == 3
    assert made == 4  # two institutions, two units
    assert not unregistered(workplace)
    index = kept(workplace.store).index
    unit = index.unit_of("Kota Ambon", "Dinas Kesehatan")
    assert unit is not None
    assert unit.object_type == "opd"
    assert index.unit_of("Kota Ambon", "puskesmas hitu") is not None
    tual = index.institution_of("Kota Tual")
    assert tual is not None
    assert (tual.level, tual.province) == (InstitutionLevel.CITY, "Maluku")


def test_one_office_is_meant_by_code_name_or_id_and_it_is_said_where_two_are(
    workplace: Workplace, ambon: Institution
) -> None:
    tual = added(workplace, "Kota Tual")
    first = unit_of(workplace, ambon, "Dinas Kesehatan", code="A-1")
    second = unit_of(workplace, tual, "Dinas Kesehatan")
    now = kept(workplace.store)

    assert found_by(now, "a-1").id == first.id
    assert found_by(now, second.id).id == second.id
    assert found_by(now, "kota tual").id == tual.id
    assert found_by(now, "dinas kesehatan", institution="Kota Tual").id == second.id
    for text, code in (
        ("Dinas Kesehatan", "register_ambiguous"),
        ("Dinas Sosial", "register_unknown"),
    ):
        with pytest.raises(RegisterRefused) as raised:
            found_by(now, text)
        assert raised.value.code == code


def test_the_register_is_read_apart_from_the_stores_settings(
    workplace: Workplace, ambon: Institution
) -> None:
    unit_of(workplace, ambon, "Dinas Kesehatan")

    heads = workplace.store.log.heads(STORE)

    assert not [entity for entity, _ in heads if entity.startswith(("unit/", "institution/"))]
    assert ("setting", "timezone") in heads
    assert settings(workplace) is not None
    (event,) = (
        link.event
        for link in workplace.store.log.stored(STORE)
        if any(change.entity.startswith("unit/") for change in link.event.changes)
    )
    assert event.kind is EventKind.REGISTERED
    assert workplace.store.rebuild().differences == ()


def test_visits_from_before_the_register_have_no_reference(
    workplace: Workplace, library: Library, clock: SteppingClock, tmp_path: Path
) -> None:
    old = visit(workplace, library, "Dinas Kesehatan")

    (found,) = all_visits(workplace.store)

    assert (found.id, found.unit_ref, found.institution_ref) == (old, None, None)


def test_a_visit_begun_in_the_same_minute_was_before_the_next_one(
    workplace: Workplace, library: Library, ambon: Institution
) -> None:
    unit_of(workplace, ambon, "Dinas")
    first = visit(workplace, library, "Dinas")
    second = visit(workplace, library, "Dinas")
    of = {one.id: one for one in all_visits(workplace.store)}
    assert of[first].arrival == of[second].arrival

    assert [one.id for one in earlier_visits(workplace, of[second])] == [first]
    assert earlier_visits(workplace, of[first]) == ()


def test_a_name_that_came_back_is_told_once(workplace: Workplace, ambon: Institution) -> None:
    unit = unit_of(workplace, ambon, "Dinas")
    for name in ("Badan", "Dinas"):
        rename(workplace.store, unit.id, name, since=None, reason=None)

    assert read_register(workplace.store).units[unit.id].names.all == ("Dinas", "Badan")


def test_nothing_is_merged_into_what_was_merged_itself(
    workplace: Workplace, ambon: Institution
) -> None:
    one, other, third = (unit_of(workplace, ambon, name) for name in ("Satu", "Dua", "Tiga"))
    merge(workplace.store, [one.id], other.id, on=DAY, reason=None)

    with pytest.raises(RegisterRefused) as refused:
        merge(workplace.store, [third.id], one.id, on=DAY, reason=None)

    assert refused.value.code == "register_merged_already"
