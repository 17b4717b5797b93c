"""What an institution's own visits make together: the latest of each unit, never coaching."""

import re
from datetime import timedelta
from decimal import Decimal
from pathlib import Path

import pytest
from tests.conftest import SMALL
from tests.visiting import answer, answer_all

from assessor_app.domain.event import FieldHead
from assessor_app.domain.fulfilment import compare
from assessor_app.domain.instrument import Side
from assessor_app.domain.problem import MethodRefused
from assessor_app.domain.scoring import Basis, Standing, published, score
from assessor_app.domain.snapshot import read_snapshot
from assessor_app.domain.visit import Outcome, VisitKind
from assessor_app.instruments.library import Library
from assessor_app.services.enrolment import Workplace
from assessor_app.services.entries import entry_from
from assessor_app.services.method import (
    institution_score,
    own_results,
    visits_of_institution,
)
from assessor_app.services.session import Session, open_session
from assessor_app.services.visits import NewVisit, close_visit, start_visit
from assessor_app.storage.store import Store

CITY = "Kota Ambon"


class Round:
    """A city's round of visits under one instrument."""

    def __init__(self, workplace: Workplace, library: Library) -> None:
        self.workplace, self.library = workplace, library

    def begun(self, unit: str, instrument: str, **more: object) -> Session:
        new = NewVisit(
            institution=str(more.get("institution", CITY)),
            unit=unit,
            object_type=str(more.get("kind_of_office", "dinas")),
            kind=VisitKind(str(more.get("kind", "unannounced"))),
            arrival=self.workplace.store.clock.now(),
            team=[self.workplace.profile.name],
            sample=bool(more.get("sample")),
        )
        chosen = self.library.get(instrument)
        visit = start_visit(self.workplace.store, new, chosen, library=self.library)
        return open_session(self.workplace.store, visit, self.library)

    def visited(
        self,
        unit: str,
        *,
        absent: tuple[str, ...] = (),
        instrument: str = "2015-pemda",
        **more: object,
    ) -> Session:
        """A visit that is closed; `absent` are codes that are missing on both sides."""
        session = self.begun(unit, instrument, **more)
        answer_all(session, absent=dict.fromkeys(absent, "both"))
        now = self.workplace.store.clock.now()
        close_visit(session, self.workplace, Outcome.COMPLETED, departure=now)
        return session


@pytest.fixture
def city(workplace: Workplace, library: Library) -> Round:
    return Round(workplace, library)


def made(city: Round, *, sample: bool = False) -> Decimal:
    found = institution_score(city.workplace, city.library, CITY, 2026, sample=sample)
    return found.aggregate.score


def test_one_unit_makes_its_institution(city: Round) -> None:
    session = city.visited("Dinas Sosial", absent=("P15-06",))

    found = institution_score(city.workplace, city.library, "kota  AMBON", 2026)

    official = session.scores()[Basis.OFFICIAL]
    assert found.aggregate.score == published(official.points) == Decimal("98.00")
    assert found.institution == CITY
    assert found.measured == 1
    assert found.band is not None
    assert found.band.zone.value == "green"
    assert found.standing is Standing.SIMULATION  # 19 points of 2015 are not sourced


def test_units_without_product_counts_are_not_put_together_by_guess(city: Round) -> None:
    city.visited("Dinas Sosial")
    city.visited("Dinas Kesehatan")

    with pytest.raises(MethodRefused, match="not_recomputable"):
        made(city)
    (told,) = own_results(city.workplace, city.library)
    assert (told.units, told.score) == (2, None)
    assert told.refused is not None
    assert told.refused.code == "not_recomputable"


def with_products(city: Round, unit: str, names: tuple[str, ...], *, absent: str) -> None:
    session = city.begun(unit, "small", kind_of_office="opd")
    for indicator in session.instrument.indicators():
        for side in indicator.sides:
            value = "0" if indicator.code == "T-01" else "present"
            if indicator.code == absent:
                value = "absent"
            asked = indicator.asked.value
            targets: list[dict[str, str]] = [{}]
            if asked == "per_product":
                targets = [{"product": name} for name in names]
            if asked == "per_respondent":
                targets = [{"respondent": "R1"}]
            for target in targets:
                answer(session, indicator.code, side.value, value, **target)
    now = city.workplace.store.clock.now()
    close_visit(session, city.workplace, Outcome.COMPLETED, departure=now)


def test_the_latest_visit_of_a_unit_counts_and_coaching_never_does(city: Round) -> None:
    city.visited("Dinas Sosial", absent=("P15-06", "P15-07"))
    city.visited("dinas sosial", absent=("P15-06",))
    city.visited("Dinas Sosial", kind="coaching")

    (visit,) = visits_of_institution(city.workplace, CITY, year=2026)

    assert visit.kind is VisitKind.UNANNOUNCED
    assert made(city) == Decimal("98.00")


def test_open_interrupted_and_other_years_visits_do_not_count(city: Round) -> None:
    city.begun("Dinas Sosial", "2015-pemda")
    stopped = city.begun("Dinas Kesehatan", "2015-pemda")
    now = city.workplace.store.clock.now()
    close_visit(
        stopped, city.workplace, Outcome.OFFICE_CLOSED, departure=now, account="Kantor tutup."
    )
    city.visited("Dinas Pendidikan")

    assert [visit.unit for visit in visits_of_institution(city.workplace, CITY)] == [
        "Dinas Pendidikan"
    ]
    assert visits_of_institution(city.workplace, CITY, year=2025) == ()
    with pytest.raises(MethodRefused, match="institution_without_visits"):
        institution_score(city.workplace, city.library, CITY, 2025)


def test_sample_visits_are_counted_only_with_the_sample(city: Round) -> None:
    city.visited("Dinas Sosial", sample=True)
    city.visited("Dinas Sosial", absent=("P15-06",))

    assert made(city) == Decimal("98.00")
    assert made(city, sample=True) == Decimal("110.00")
    assert [one.sample for one in own_results(city.workplace, city.library)] == [False, True]


def test_visits_under_two_methods_are_not_put_together(city: Round) -> None:
    city.visited("Dinas Sosial")
    with_products(city, "Dinas Kesehatan", ("KTP",), absent="T-03")

    with pytest.raises(MethodRefused, match="institution_of_two_methods") as refused:
        made(city)

    assert refused.value.places["found"] == "2015-pemda@1, small@1"


def test_an_instrument_without_weights_says_why_there_is_no_number(city: Round) -> None:
    session = city.begun("Dinas Sosial", "unweighted", kind_of_office="opd")
    for indicator in session.instrument.indicators():
        for side in indicator.sides:
            given = {
                "indicator": indicator.code,
                "side": side.value,
                "not_assessed_reason": "Tidak sempat.",
            }
            if indicator.scale.answerable:
                zone = city.workplace.profile.zone
                later = city.workplace.store.clock.now() + timedelta(days=1)
                session.record(entry_from(given, zone=zone, now=later))
    now = city.workplace.store.clock.now()
    close_visit(session, city.workplace, Outcome.COMPLETED, departure=now)

    with pytest.raises(MethodRefused, match="institution_unweighted") as refused:
        made(city)

    assert refused.value.places["reason"] == session.instrument.unweighted_because


def test_several_units_make_the_mean_of_their_published_scores(city: Round) -> None:
    with_products(city, "Dinas Sosial", ("KTP", "KK"), absent="T-03")
    with_products(city, "Dinas Kesehatan", ("Rujukan",), absent="T-02")
    with_products(city, "Disdukcapil", ("KTP",), absent="-")

    found = institution_score(city.workplace, city.library, CITY, 2026)

    units = [one.unit.score for one in found.units]
    assert len(set(units)) == 3
    assert found.aggregate.score == published(sum(units, Decimal(0)) / 3)
    assert [one.unit.products for one in found.units] == [1, 2, 1]


def test_the_aggregate_equals_a_recomputation_from_the_events(city: Round) -> None:
    with_products(city, "Dinas Sosial", ("KTP", "KK"), absent="T-03")
    with_products(city, "Dinas Kesehatan", ("Rujukan",), absent="T-04")
    found = institution_score(city.workplace, city.library, CITY, 2026)

    again = [recomputed(city.workplace.store, one.visit.id, city.library) for one in found.units]

    assert [one.unit.score for one in found.units] == again
    assert found.aggregate.score == published(sum(again, Decimal(0)) / len(again))


def recomputed(store: Store, visit: str, library: Library) -> Decimal:
    """A unit's score from the events alone, without the store's projection of them."""
    heads: dict[tuple[str, str], tuple[FieldHead, ...]] = {}
    for stored in store.log.stored(visit):
        for change in stored.event.changes:
            heads[change.entity, change.field] = (FieldHead(stored.event.id, change.after),)
    snapshot = read_snapshot(visit, heads)
    instrument = library.get(snapshot.visit.instrument_version)
    official = score(compare(snapshot, instrument), instrument, Basis.OFFICIAL)
    assert official is not None
    return published(official.points)


def test_what_was_not_measured_leaves_the_zone_open(city: Round) -> None:
    session = city.begun("Dinas Sosial", "2015-pemda")
    half = [indicator.code for indicator in session.instrument.indicators()][:10]
    answer_all(session)
    for code in half:
        for side in Side:
            given = {
                "indicator": code,
                "side": side.value,
                "answer": None,
                "not_assessed_reason": "Ruang terkunci.",
            }
            zone = city.workplace.profile.zone
            later = city.workplace.store.clock.now() + timedelta(days=1)
            session.record(entry_from(given, zone=zone, now=later))
    now = city.workplace.store.clock.now()
    close_visit(session, city.workplace, Outcome.COMPLETED, departure=now)

    found = institution_score(city.workplace, city.library, CITY, 2026)

    assert found.band is None
    assert 0 < found.measured < 1
    assert found.standing is Standing.SIMULATION


def test_the_counters_of_one_police_station_make_that_station(
    workplace: Workplace, tmp_path: Path
) -> None:
    text = (SMALL / "small.yaml").read_text(encoding="utf-8")
    office = '{code: opd, name: {id: "Polres", en: "Police"}, rolls_up_to: "Polri"'
    police_text, count = re.subn(r"\{code: opd, name: \{[^}]*\}", office, text)
    assert count == 1
    (tmp_path / "small.yaml").write_text(police_text, encoding="utf-8")
    police = Round(workplace, Library([tmp_path]))
    with_products(police, "SPKT", ("SKCK",), absent="T-03")
    with_products(police, "Satlantas", ("SIM",), absent="T-02")

    found = institution_score(workplace, police.library, CITY, 2026)

    assert len(found.aggregate.members) == 2
    assert found.aggregate.left_out == ()
