"""Published results in the store: kept once, corrected by an event, ranked side by side."""

from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest
from tests.conftest import begin
from tests.domain.published import result
from tests.visiting import answer_all

from assessor_app.domain.chain import Link
from assessor_app.domain.event import STORE, EventKind
from assessor_app.domain.instrument import Wording
from assessor_app.domain.problem import ResultsRefused
from assessor_app.domain.ranking import Rank
from assessor_app.domain.results import InstitutionLevel, PublishedResult
from assessor_app.domain.visit import Outcome
from assessor_app.domain.zone import ZoneColour as Zone
from assessor_app.instruments.library import Library
from assessor_app.services.enrolment import Workplace
from assessor_app.services.results import (
    Registered,
    Wanted,
    of_institution,
    offered,
    published,
    register,
    side_by_side,
    upon,
    years_of,
)
from assessor_app.services.results_file import import_results
from assessor_app.services.sample.published import published_results
from assessor_app.services.session import open_session
from assessor_app.services.visits import close_visit
from assessor_app.services.year_rules import methods, rule_of
from assessor_app.storage.log import Draft

JAYAPURA = result(
    "Kota Jayapura",
    2024,
    "90.10",
    province="Papua",
    opinion="Kualitas Tertinggi",
    without_maladministration=False,
    award_eligible=False,
    award_note=Wording("Catatan belum ditindaklanjuti.", "Notes not followed up."),
    note=Wording("Tertinggi di Papua.", "The highest of Papua."),
    object_type="kota",
)


def events(workplace: Workplace) -> int:
    return sum(1 for _ in workplace.store.log.stored(STORE))


def test_every_field_of_a_result_comes_back_as_it_was_kept(workplace: Workplace) -> None:
    register(workplace.store, [JAYAPURA])

    assert published(workplace.store) == (JAYAPURA,)


def test_the_same_result_again_is_not_doubled_and_records_nothing(workplace: Workplace) -> None:
    register(workplace.store, [JAYAPURA])
    before = events(workplace)

    again = register(workplace.store, [replace(JAYAPURA, score=Decimal("90.1"))])

    assert again == Registered(unchanged=1)
    assert events(workplace) == before
    assert len(published(workplace.store)) == 1


def test_a_corrected_result_replaces_by_an_event_and_the_old_value_stays_in_the_record(
    workplace: Workplace,
) -> None:
    register(workplace.store, [JAYAPURA])

    made = register(workplace.store, [replace(JAYAPURA, score=Decimal("91.00"))], reason="koreksi")

    (kept,) = published(workplace.store)
    *_, last = workplace.store.log.stored(STORE)
    (change,) = last.event.changes
    assert made == Registered(corrected=1)
    assert kept.score == Decimal("91.00")
    assert (change.field, change.before, change.after) == ("score", "90.10", "91.00")
    assert last.event.reason == "koreksi"


def test_results_of_an_older_store_are_read_without_the_new_fields(workplace: Workplace) -> None:
    values = {
        "institution": "Kota Ambon",
        "unit": None,
        "province": "Maluku",
        "year": 2023,
        "score": None,
        "category": None,
        "zone": "green",
        "source": "koran",
        "level": "kota",
        "note": None,
    }
    fields = {("published_result/1", name): value for name, value in values.items()}
    workplace.store.log.append(Draft(STORE, EventKind.REGISTERED, fields))

    (kept,) = published(workplace.store)

    assert (kept.zone, kept.award_eligible, kept.opinion) == (Zone.GREEN, None, None)


def test_two_programs_that_register_at_once_do_not_double_a_result(
    workplace: Workplace, monkeypatch: pytest.MonkeyPatch
) -> None:
    log = workplace.store.log
    append = log.append

    def overtaken(draft: Draft) -> Link:
        monkeypatch.setattr(log, "append", append)
        register(workplace.store, [JAYAPURA], reason="program lain")
        return append(draft)

    monkeypatch.setattr(log, "append", overtaken)
    made = register(workplace.store, [JAYAPURA, result("Kota Sorong", 2024, "70")])

    assert made == Registered(added=1, unchanged=1)
    assert [one.institution for one in published(workplace.store)] == [
        "Kota Jayapura",
        "Kota Sorong",
    ]


def test_a_table_leaves_what_another_program_has_told_meanwhile(
    workplace: Workplace, library: Library, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """An empty cell says nothing: the zone that came in between stays."""
    path = tmp_path / "hasil.csv"
    path.write_text("institution,year,score\nKota Ambon,2022,60\n")
    log = workplace.store.log
    append = log.append

    def overtaken(draft: Draft) -> Link:
        monkeypatch.setattr(log, "append", append)
        register(workplace.store, [result("Kota Ambon", 2022, None, province="Maluku")])
        return append(draft)

    monkeypatch.setattr(log, "append", overtaken)
    made = import_results(workplace, library, path)

    (kept,) = published(workplace.store)
    assert made.registered == Registered(corrected=1)
    assert (kept.score, kept.province) == (Decimal(60), "Maluku")


def test_where_another_program_does_not_let_up_nothing_is_registered(
    workplace: Workplace, monkeypatch: pytest.MonkeyPatch
) -> None:
    log = workplace.store.log
    append = log.append

    def overtaken(draft: Draft) -> Link:
        append(Draft(STORE, EventKind.REGISTERED, {("profile/1", "name"): "Siti"}))
        return append(draft)

    monkeypatch.setattr(log, "append", overtaken)
    with pytest.raises(ResultsRefused, match="results_busy"):
        register(workplace.store, [JAYAPURA])

    assert published(workplace.store) == ()


def test_an_own_result_is_found_by_the_province_that_any_year_names(
    workplace: Workplace, library: Library
) -> None:
    register(
        workplace.store,
        [
            result("Kota Ambon", 2023, "80", province="Maluku"),
            result("Kota Ambon", 2024, "81"),
        ],
    )
    session = open_session(
        workplace.store, begin(workplace, library.get("2015-pemda"), library), library
    )
    answer_all(session)
    close_visit(session, workplace, Outcome.COMPLETED, departure=workplace.store.clock.now())

    found = side_by_side(workplace, library, Wanted(province="Maluku"))

    assert [one.institution for one in found.own] == ["Kota Ambon"]
    assert side_by_side(workplace, library, Wanted(province="Papua")).own == ()


def test_what_is_not_told_anew_stays_and_a_new_score_takes_its_zone_along() -> None:
    known = replace(JAYAPURA, zone=Zone.GREEN, category="A")
    told = result("Kota jayapura", 2024, "90.10")
    corrected = result("Kota Jayapura", 2024, "70.10")

    assert upon(None, told) == told
    assert upon(known, told) == replace(known, source="uji")
    anew = upon(known, corrected)
    assert (anew.score, anew.zone, anew.category, anew.opinion) == (
        Decimal("70.10"),
        None,
        None,
        None,
    )
    assert (anew.province, anew.award_eligible) == ("Papua", False)


def test_the_sample_shows_ternate_first_and_three_green_in_maluku(
    workplace: Workplace, library: Library
) -> None:
    register(workplace.store, published_results())

    malut = side_by_side(workplace, library, Wanted(province="Malut", year=2023))
    maluku = side_by_side(workplace, library, Wanted(province="maluku", year=2023))

    first = malut.ranked[0]
    assert first.reading.result.institution == "Kota Ternate"
    assert first.overall == Rank(1, tied=False, among=6)
    green = [one.reading.result.institution for one in maluku.ranked if one.green]
    assert sorted(green) == ["Kabupaten Maluku Tengah", "Kota Ambon", "Polres Maluku Tengah"]


def test_a_narrower_question_does_not_change_a_rank(workplace: Workplace, library: Library) -> None:
    register(workplace.store, published_results())
    wanted = Wanted(institution="Kab. Pulau Morotai", level=InstitutionLevel.REGENCY)

    (row,) = side_by_side(workplace, library, wanted).ranked

    assert (row.rank, row.overall) == (
        Rank(4, tied=False, among=4),
        Rank(5, tied=False, among=6),
    )


def test_units_stand_with_their_institution_or_by_themselves(
    workplace: Workplace, library: Library
) -> None:
    lone = result("Kota Baubau", 2022, "58.03", unit="Dinas Sosial")
    register(workplace.store, [*published_results(), lone])

    found = side_by_side(workplace, library, Wanted())

    rembang = next(r for r in found.ranked if r.reading.result.institution == "Kabupaten Rembang")
    assert len(rembang.units) == 7
    assert [one.result for one in found.loose] == [lone]


def test_the_years_of_ambon_in_a_row(workplace: Workplace, library: Library) -> None:
    register(workplace.store, published_results())

    points = years_of(workplace, library, "kota ambon")

    assert [point.year for point in points] == list(range(2015, 2025))
    assert [point.year for point in points if point.reading] == [2015, 2016, 2017, 2023, 2024]
    assert years_of(workplace, library, "Kota Ambon", unit="Dinas Lain") == ()


def test_only_what_is_there_is_offered(workplace: Workplace) -> None:
    assert offered(workplace).years == ()
    register(workplace.store, [JAYAPURA, result("Polres Biak", 2023, "80")])

    found = offered(workplace)

    assert found.years == (2024, 2023)
    assert found.provinces == ("Papua",)
    assert found.levels == (InstitutionLevel.CITY, InstitutionLevel.VERTICAL)


def test_earlier_results_of_an_institution_come_latest_first(workplace: Workplace) -> None:
    register(workplace.store, published_results())

    found = of_institution(workplace.store, "KOTA AMBON", before=2024)

    assert [one.year for one in found] == [2023, 2017, 2016, 2015]


def test_the_shipped_method_of_a_year_answers_before_an_own_one(library: Library) -> None:
    instruments = methods(library)

    assert rule_of(instruments, 2024, "opd").instrument.id == "2023-2024"
    assert library.get("small").covers(2024)


def test_a_result_is_no_other_because_of_case_or_a_short_name(workplace: Workplace) -> None:
    first: PublishedResult = result("Kab. Solok", 2024, "97.73")
    register(workplace.store, [first])

    made = register(workplace.store, [replace(first, institution="kabupaten  SOLOK")])

    assert made == Registered(corrected=1)
    assert len(published(workplace.store)) == 1
