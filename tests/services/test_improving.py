"""The way to green and the comparison of visits, over real stores."""

from collections.abc import Mapping, Sequence
from decimal import Decimal
from pathlib import Path

import pytest
from tests.services.walking import close, walk_kinds
from tests.visiting import SIGNING_PASSPHRASE, answer, answer_all, attach, record

from assessor_app.domain.comparison import Since
from assessor_app.domain.improvement import Reach
from assessor_app.domain.problem import ImprovementRefused, MethodRefused, Problem
from assessor_app.domain.scoring import Basis, published
from assessor_app.domain.visit import Outcome, Visit, VisitKind
from assessor_app.domain.zone import ZoneColour
from assessor_app.instruments.library import Library
from assessor_app.reporting.reading import read_back
from assessor_app.services.comparing import Comparison, carried_over, compare_to_earlier
from assessor_app.services.efforts import Efforts, efforts_from, read_efforts
from assessor_app.services.enrolment import Workplace
from assessor_app.services.improving import Way, score_together, way_of_institution, way_of_visit
from assessor_app.services.issuing import issue, signing_identity
from assessor_app.services.session import Session, open_session
from assessor_app.services.visits import NewVisit, all_visits, close_visit, start_visit
from assessor_app.texts import Language, catalogue

YEAR = 2026


def way(session: Session, **more: object) -> Way:
    return way_of_visit(session.snapshot, session.outlook(), session.instrument, **more)  # type: ignore[arg-type]  # whatever a test asks for


def begun(
    workplace: Workplace,
    library: Library,
    unit: str,
    *,
    instrument: str = "2015-pemda",
    object_type: str = "opd",
    kind: VisitKind = VisitKind.UNANNOUNCED,
    predecessor: str | None = None,
    sample: bool = False,
) -> Session:
    new = NewVisit(
        institution="Kota Ambon",
        unit=unit,
        object_type=object_type,
        kind=kind,
        arrival=workplace.store.clock.now(),
        team=[workplace.profile.name],
        predecessor=predecessor,
        sample=sample,
    )
    visit = start_visit(workplace.store, new, library.get(instrument), library=library)
    return open_session(workplace.store, visit, library)


def closed(
    session: Session,
    workplace: Workplace,
    *,
    absent: Mapping[str, str],
    products: Sequence[str] = (),
) -> Session:
    """Answered throughout and closed; what is `absent` is so on both sides, so without a gap."""
    answer_all(session, absent=absent)
    for product in products:
        answer(session, "P15-20", "practice", "present", product=product)
    close_visit(session, workplace, Outcome.COMPLETED, departure=workplace.store.clock.now())
    return session


def both(*codes: str) -> dict[str, str]:
    return dict.fromkeys((f"P15-{code}" for code in codes), "both")


def test_a_visit_is_told_the_fewest_heaviest_repairs_to_the_next_zone(session: Session) -> None:
    """56 of 110 is yellow; 89 is green: 33 points are three times 12, or more of the lighter."""
    answer_all(session, absent=dict.fromkeys(both("04", "05", "06", "07", "01"), "practice"))

    found = way(session).plan

    assert (found.now, found.aim.lower) == (Decimal(56), Decimal(89))
    assert found.aim.zone is ZoneColour.GREEN
    assert found.reach is Reach.REACHABLE
    assert [one.gain for one in found.repairs] == [12, 12, 12]
    assert found.after == 92


def test_the_visit_scored_again_after_the_repairs_has_the_score_that_was_promised(
    session: Session,
) -> None:
    answer_all(session, absent=dict.fromkeys(both("04", "05", "17", "18", "01"), "practice"))
    found = way(session).plan

    for one in found.repairs:
        answer(session, one.indicator, "practice", "present")

    assert published(session.scores()[Basis.OFFICIAL].points) == found.after


def test_efforts_lead_another_way(session: Session) -> None:
    """86 points lack 3: of three that suffice the heaviest is taken, unless it is dear."""
    answer_all(session, absent=dict.fromkeys(both("04", "01", "02"), "practice"))

    plain = way(session).plan
    led = way(session, efforts=efforts_from(["P15-04=1.5"])).plan

    assert [one.indicator for one in plain.repairs] == ["P15-04"]
    assert [one.indicator for one in led.repairs] == ["P15-01"]
    assert led.effort == 1


def test_what_is_not_measured_is_counted_as_nothing_and_never_advised(session: Session) -> None:
    for code in ("P15-01", "P15-02"):
        answer(session, code, "practice", "absent")

    found = way(session, target="yellow")

    assert found.plan.reach is Reach.OUT_OF_REACH
    assert found.plan.after == 12
    assert found.plan.missing == 44
    assert found.unmeasured == 98


def test_green_already_needs_nothing_and_a_visit_without_answers_has_no_way(
    session: Session,
) -> None:
    with pytest.raises(ImprovementRefused) as refused:
        way(session)
    assert refused.value.code == "improve_nothing_measured"

    answer_all(session)

    assert way(session).plan.reach is Reach.ALREADY


def test_an_instrument_without_weights_is_refused_with_its_reason(
    workplace: Workplace, library: Library
) -> None:
    session = begun(workplace, library, "Dinas A", instrument="unweighted")
    record(session, {"indicator": "U-01", "side": "practice", "answer": "absent"})

    with pytest.raises(ImprovementRefused) as refused:
        way(session)

    assert refused.value.code == "improve_no_weights"
    assert refused.value.places["because"] == session.instrument.unweighted_because


def test_a_question_that_a_repair_would_open_is_named(
    workplace: Workplace, library: Library
) -> None:
    """K-02 is asked where K-01 is present: repairing the one brings the other."""
    session = begun(workplace, library, "Dinas A", instrument="kinds")
    for side in ("paperwork", "practice"):
        record(session, {"indicator": "K-01", "side": side, "answer": "absent"})

    found = way(session)

    assert "K-01" in [one.indicator for one in found.plan.repairs]
    assert found.opens == ("K-02",)


def test_efforts_for_what_is_not_there_are_refused(session: Session) -> None:
    answer_all(session)
    for efforts, code in (
        (efforts_from(["P15-99=2"]), "effort_indicator_unknown"),
        (Efforts({("dinas lain", "P15-01"): Decimal(2)}), "effort_unit_unknown"),
    ):
        with pytest.raises(ImprovementRefused) as refused:
            way(session, efforts=efforts)
        assert refused.value.code == code


@pytest.mark.parametrize(
    ("given", "code"),
    [
        ("P15-01", "effort_unreadable"),
        ("=3", "effort_unreadable"),
        ("P15-01=", "effort_no_number"),
        ("P15-01=0", "effort_no_number"),
        ("P15-01=-1", "effort_no_number"),
        ("P15-01=nan", "effort_no_number"),
        ("P15-01=1e9", "effort_no_number"),
        ("P15-01=0.0001", "effort_no_number"),
    ],
)
def test_an_effort_that_is_none_is_refused(given: str, code: str) -> None:
    with pytest.raises(ImprovementRefused) as refused:
        efforts_from([given])

    assert refused.value.code == code


def test_efforts_are_read_from_a_table_and_what_is_typed_counts_before_it(tmp_path: Path) -> None:
    path = tmp_path / "upaya.csv"
    path.write_text("Kode;Upaya;Unit\nP15-01;2,5;\nP15-01;4;Dinas  Sosial\nP15-02;3;\n", "utf-8")

    found = efforts_from(["P15-02=9"]).over(read_efforts(path))

    assert found.of_unit("DINAS SOSIAL") == {"P15-01": 4, "P15-02": 9}
    assert found.of_unit("Disdik") == {"P15-01": Decimal("2.5"), "P15-02": 9}


def test_every_bad_row_of_a_table_is_named_and_nothing_is_taken(tmp_path: Path) -> None:
    path = tmp_path / "upaya.csv"
    path.write_text("code,effort\nP15-01,2\n,3\nP15-02,banyak\nP15-01,4\n", "utf-8")

    with pytest.raises(Problem) as refused:
        read_efforts(path)

    faults = refused.value.places["faults"]
    assert isinstance(faults, tuple)
    assert [(one.row, one.code) for one in faults] == [
        (3, "effort_code_missing"),
        (4, "effort_no_number"),
        (5, "effort_twice"),
    ]
    assert all(one.told(language) for one in faults for language in Language)


@pytest.fixture
def city(workplace: Workplace, library: Library) -> Workplace:
    """Two offices of Kota Ambon, one of them visited twice, and one coached.

    In 2015 a unit counts once for each of its products: one in Dinas Sosial, three in Disdik.
    """
    heavy = both("04", "05", "06", "07")
    one, three = ("Rekomendasi",), ("PPDB", "Izin", "Legalisasi")
    closed(begun(workplace, library, "Dinas Sosial"), workplace, absent=heavy, products=one)
    closed(begun(workplace, library, "Disdik"), workplace, absent=both("12"), products=three)
    light = both("01", "02", "03", "04", "05", "06", "07")
    closed(begun(workplace, library, "DISDIK"), workplace, absent=light, products=three)
    coached = begun(workplace, library, "Disdukcapil", kind=VisitKind.COACHING)
    closed(coached, workplace, absent=heavy, products=one)
    return workplace


def test_a_city_is_lifted_where_it_costs_least_and_each_unit_is_told_what_it_adds(
    city: Workplace, library: Library
) -> None:
    """62 once and 44 three times make 48.50, red; 56 is yellow: 30 points more are needed."""
    found = way_of_institution(city, library, "kota ambon", YEAR).plan

    assert found.now == Decimal("48.50")
    assert (found.aim.zone, found.aim.lower) == (ZoneColour.YELLOW, Decimal(56))
    assert [(one.unit, one.gain) for one in found.repairs] == [("DISDIK", Decimal(12))]
    assert found.after == Decimal("57.50")
    told = {one.unit: (one.before, one.after, one.effect) for one in found.units}
    assert told == {
        "Dinas Sosial": (Decimal(62), Decimal(62), Decimal(0)),
        "DISDIK": (Decimal(44), Decimal(56), Decimal(9)),
    }


def test_a_unit_alone_is_lifted_also_where_its_products_are_not_known(
    workplace: Workplace, library: Library
) -> None:
    """One unit is the whole, however many products it has: 44 of 110 lacks 12 for yellow."""
    absent = both("01", "02", "03", "04", "05", "06", "07")
    closed(begun(workplace, library, "Dinas Sosial"), workplace, absent=absent)

    found = way_of_institution(workplace, library, "Kota Ambon", YEAR).plan

    assert (found.now, found.aim.lower) == (Decimal(44), Decimal(56))
    assert [one.effect for one in found.units] == [found.after - found.now]
    assert found.reach is Reach.REACHABLE


def test_the_efforts_of_one_unit_are_its_own(city: Workplace, library: Library) -> None:
    """With Disdik's repairs dear, three of Dinas Sosial (9 points) are cheaper than one."""
    dear = {("disdik", f"P15-{at:02}"): Decimal(4) for at in range(1, 21)}

    found = way_of_institution(city, library, "Kota Ambon", YEAR, efforts=Efforts(dear)).plan

    assert {one.unit for one in found.repairs} == {"Dinas Sosial"}
    assert found.effort == 3


def test_an_institution_without_visits_that_count_is_refused(
    city: Workplace, library: Library
) -> None:
    for institution, year in (("Kota Tual", YEAR), ("Kota Ambon", 2019)):
        with pytest.raises(MethodRefused) as refused:
            way_of_institution(city, library, institution, year)
        assert refused.value.code == "institution_without_visits"


def test_visits_that_count_make_one_score_together(city: Workplace, library: Library) -> None:
    social, _, disdik, _ = by_arrival(city)

    found = [score_together(city, library, visit) for visit in (social, disdik)]

    assert [one.aggregate.score for one in found] == [Decimal("48.50")] * 2
    assert {one.visit.id for one in found[0].units} == {social.id, disdik.id}


def test_a_visit_that_does_not_count_is_told_why(city: Workplace, library: Library) -> None:
    _, earlier, _, coached = by_arrival(city)
    open_still = begun(city, library, "Dinas Perhubungan").snapshot.visit
    stopped = begun(city, library, "Dinas Perikanan")
    now = city.store.clock.now()
    close_visit(stopped, city, Outcome.STOPPED, departure=now, account="Kantor dikosongkan.")
    voided = closed(begun(city, library, "Dinas Pariwisata"), city, absent={}, products=["Izin"])
    voided.void("salah kantor")

    for visit, code in (
        (open_still, "improve_visit_open"),
        (coached, "improve_visit_coaching"),
        (stopped.snapshot.visit, "improve_visit_not_completed"),
        (voided.snapshot.visit, "improve_visit_voided"),
        (earlier, "improve_visit_superseded"),
    ):
        assert refusal_of(city, library, visit) == code


def test_a_visit_alone_makes_no_institution_nor_does_one_of_samples(
    workplace: Workplace, library: Library
) -> None:
    one = closed(begun(workplace, library, "Disdik"), workplace, absent={}, products=["PPDB"])
    shown = begun(workplace, library, "Dinas Sosial", sample=True)
    closed(shown, workplace, absent={}, products=["PPDB"])

    for session in (one, shown):
        assert refusal_of(workplace, library, session.snapshot.visit) == "improve_visit_alone"


def test_a_vertical_agency_is_no_part_of_the_city(
    workplace: Workplace, library: Library, tmp_path: Path
) -> None:
    for unit, object_type in (("Polresta", "polres"), ("Disdik", "opd"), ("PTSP", "opd")):
        session = begun(workplace, library, unit, instrument="kinds", object_type=object_type)
        walk_kinds(session, tmp_path)
        close(session, workplace)
    police, education, _ = by_arrival(workplace)

    found = score_together(workplace, library, education)

    assert {one.unit.name for one in found.aggregate.members} == {"Disdik", "PTSP"}
    assert refusal_of(workplace, library, police) == "improve_visit_left_out"


def by_arrival(workplace: Workplace) -> list[Visit]:
    return sorted(all_visits(workplace.store), key=lambda visit: visit.arrival)


def refusal_of(workplace: Workplace, library: Library, visit: Visit) -> str:
    with pytest.raises(ImprovementRefused) as refused:
        score_together(workplace, library, visit)
    return refused.value.code


def test_nothing_of_the_way_stands_in_the_signed_document(
    session: Session, workplace: Workplace, tmp_path: Path
) -> None:
    """Neither on a page nor in the machine-readable record."""
    answer_all(session, absent=dict.fromkeys(both("04", "05", "06"), "practice"))
    for code, colour in (("P15-04", "teal"), ("P15-05", "navy"), ("P15-06", "olive")):
        attach(session, code, tmp_path, colour=colour)
    way(session)
    now = workplace.store.clock.now()
    close_visit(session, workplace, Outcome.COMPLETED, departure=now)
    identity = signing_identity(workplace, SIGNING_PASSPHRASE, now=workplace.store.clock.now())
    pdf = tmp_path / "temuan.pdf"

    issue(session, workplace, identity, out=pdf, language=Language.INDONESIAN)

    found = read_back(pdf.read_bytes())
    pages = " ".join(" ".join(found.page_texts).split())
    records = " ".join(one.data.decode("utf-8", "replace") for one in found.attachments)
    assert "P15-04" in pages
    assert "P15-04" in records
    words = catalogue("words", Language.INDONESIAN)
    for secret in (words["improve.statement"], words["improve.rule"], "Jalan ke hijau"):
        assert secret not in pages
        assert secret not in records
    for key in ('"effort"', '"repairs"', '"gain"', '"target"', '"way"'):
        assert key not in records


def test_a_visit_is_compared_with_the_last_one_before_it(
    workplace: Workplace, library: Library
) -> None:
    coached = begun(workplace, library, "Dinas Sosial", kind=VisitKind.COACHING)
    closed(coached, workplace, absent=both("04", "05", "06"))
    begun(workplace, library, "Disdik")
    later = begun(workplace, library, "dinas  sosial")
    answer_all(later, absent=both("05", "07"))

    found = compare_to_earlier(workplace, library, later.visit_id)

    assert found.earlier.visit.id == coached.visit_id
    assert found.same_unit
    assert codes(found, Since.REPAIRED) == ["P15-04", "P15-06"]
    assert codes(found, Since.STILL_OPEN) == ["P15-05"]
    assert codes(found, Since.NEWLY_BROKEN) == ["P15-07"]
    assert sum(found.counts.values()) == 20


def test_what_coaching_left_open_is_carried_over_until_it_is_found_repaired(
    workplace: Workplace, library: Library
) -> None:
    coached = begun(workplace, library, "Dinas Sosial", kind=VisitKind.COACHING)
    closed(coached, workplace, absent=both("04", "05", "06"))
    later = begun(workplace, library, "Dinas Sosial")
    for side in ("paperwork", "practice"):
        answer(later, "P15-04", side, "present")
        answer(later, "P15-05", side, "absent")

    carried = carried_over(compare_to_earlier(workplace, library, later.visit_id))

    assert [one.indicator.code for one in carried] == ["P15-05", "P15-06"]


def test_a_visit_is_compared_with_the_one_it_follows_before_any_later_one(
    workplace: Workplace, library: Library
) -> None:
    coached = begun(workplace, library, "Dinas Sosial", kind=VisitKind.COACHING).visit_id
    begun(workplace, library, "Dinas Sosial")
    follows = begun(workplace, library, "Dinsos P3A", predecessor=coached)
    lost = begun(workplace, library, "Disdik", predecessor="not in this store")

    found = compare_to_earlier(workplace, library, follows.visit_id)

    assert found.earlier.visit.id == coached
    assert not found.same_unit
    with pytest.raises(ImprovementRefused):
        compare_to_earlier(workplace, library, lost.visit_id)


def test_visits_under_two_methods_are_compared_by_their_codes(
    workplace: Workplace, library: Library
) -> None:
    earlier = begun(workplace, library, "Dinas Sosial", instrument="small")
    later = begun(workplace, library, "Dinas Sosial")
    answer_all(later)

    found = compare_to_earlier(workplace, library, later.visit_id, earlier=earlier.visit_id)

    assert found.counts[Since.NOT_COMPARABLE] == 26


def test_without_an_earlier_visit_or_with_a_later_one_there_is_no_comparison(
    workplace: Workplace, library: Library
) -> None:
    first = begun(workplace, library, "Dinas Sosial").visit_id
    second = begun(workplace, library, "Dinas Sosial").visit_id

    for visit, earlier, code in (
        (first, None, "compare_no_earlier"),
        (first, second, "compare_not_earlier"),
        (first, first, "compare_not_earlier"),
    ):
        with pytest.raises(ImprovementRefused) as refused:
            compare_to_earlier(workplace, library, visit, earlier=earlier)
        assert refused.value.code == code


def codes(found: Comparison, since: Since) -> list[str]:
    return [one.indicator.code for one in found.traced if one.since is since]
