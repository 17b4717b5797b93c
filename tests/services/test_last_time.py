"""What was found at the same office before, and what a new visit begins with."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from pathlib import Path

import pytest
from tests.conftest import SteppingClock
from tests.visiting import answer, complete

from assessor_app.domain.findings import FindingKind
from assessor_app.domain.gap import GapKind
from assessor_app.domain.instrument import Instrument, Side
from assessor_app.domain.register import DatedName, Institution, Names, Unit
from assessor_app.domain.results import PublishedResult
from assessor_app.domain.visit import Outcome, Visit, VisitKind
from assessor_app.instruments.library import Library
from assessor_app.services.enrolment import Workplace
from assessor_app.services.first_choices import (
    can_be_followed,
    fitting_instrument,
    kind_under,
    last_letter,
    last_team,
)
from assessor_app.services.last_time import Comparable, held_against, last_time
from assessor_app.services.register.keeping import rename, save_all
from assessor_app.services.register.reading import kept
from assessor_app.services.results import register as keep_results
from assessor_app.services.session import Session
from assessor_app.services.visits import NewVisit, all_visits, close_visit, start_visit

NAME = "Siti Rahma, S.H."


@pytest.fixture
def now(session: Session, workplace: Workplace, clock: SteppingClock, tmp_path: Path) -> None:
    """A year after a closed visit to Dinas Kependudukan of Kota Ambon."""
    answer(session, "P15-06", "practice", "absent", note="Bingkai kosong")
    complete(session, workplace, tmp_path)
    clock.moment += timedelta(days=365)


def begun(
    workplace: Workplace,
    library: Library,
    *,
    unit: str = "Dinas Kependudukan",
    instrument: str = "2015-pemda",
    ref: str | None = None,
    letter: str | None = None,
    team: tuple[str, ...] = (NAME,),
) -> Visit:
    visit = start_visit(
        workplace.store,
        NewVisit(
            institution="Kota Ambon",
            unit=unit,
            object_type="opd",
            kind=VisitKind.UNANNOUNCED,
            arrival=workplace.store.clock.now(),
            team=team,
            unit_ref=ref,
            assignment_letter=letter,
        ),
        library.get(instrument),
        library=library,
    )
    return next(one for one in all_visits(workplace.store) if one.id == visit)


@pytest.mark.usefixtures("now")
def test_both_sides_the_gap_the_finding_and_its_photo_are_told(
    workplace: Workplace, library: Library, session: Session
) -> None:
    visit = begun(workplace, library)

    known = last_time(workplace, library, visit)

    assert known is not None
    assert known.last is not None
    assert known.last.id == session.visit_id
    then = known.by_code["P15-06"]
    assert [(one.side, one.answer) for one in then.sides] == [
        (Side.PAPERWORK, "present"),
        (Side.PRACTICE, "absent"),
    ]
    assert then.gap is GapKind.PAPER_ONLY
    assert then.finding is FindingKind.PAPER_ONLY
    assert then.due is not None
    assert len(then.photos) == 1
    assert known.score is not None
    assert known.score.measured
    assert known.by_code["P15-07"].finding is None
    assert held_against(then, then.indicator, session.instrument) is Comparable.SAME


@pytest.mark.usefixtures("now")
def test_a_renamed_office_knows_its_last_visit_and_what_it_was_called(
    workplace: Workplace, library: Library
) -> None:
    store = workplace.store
    institution = Institution(store.new_id(), Names(DatedName("Kota Ambon")))
    unit = Unit(store.new_id(), Names(DatedName("Dinas Kependudukan")), institution.id)
    save_all(store, [institution, unit])
    rename(store, unit.id, "Disdukcapil", since=date(2027, 1, 1), reason=None)

    known = last_time(
        workplace, library, begun(workplace, library, unit="Disdukcapil", ref=unit.id)
    )

    assert known is not None
    assert known.former_name == "Dinas Kependudukan"
    assert "P15-06" in known.by_code
    assert kept(store).index.unit_of("Kota Ambon", "Dinas Kependudukan") is not None


@pytest.mark.usefixtures("now")
def test_another_office_or_a_visit_that_saw_nothing_tells_nothing(
    workplace: Workplace, library: Library
) -> None:
    assert last_time(workplace, library, begun(workplace, library, unit="Dinas Sosial")) is None


def test_a_closed_door_tells_nothing_of_the_indicators(
    workplace: Workplace, library: Library, session: Session, clock: SteppingClock
) -> None:
    close_visit(
        session,
        workplace,
        Outcome.OFFICE_CLOSED,
        departure=workplace.store.clock.now(),
        account="Tutup",
    )
    clock.moment += timedelta(days=30)

    assert last_time(workplace, library, begun(workplace, library)) is None


def test_a_published_result_alone_is_told_with_its_year(
    workplace: Workplace, library: Library
) -> None:
    result = PublishedResult(
        "Kota Ambon", "Dinas Kependudukan", None, 2024, Decimal(88), None, None, source="putusan"
    )
    keep_results(workplace.store, [result])

    known = last_time(workplace, library, begun(workplace, library))

    assert known is not None
    assert known.last is None
    assert [one.result.year for one in known.published] == [2024]


def test_where_nothing_was_published_the_instruments_are_not_read_for_it(
    workplace: Workplace, library: Library, tmp_path: Path
) -> None:
    visit = begun(workplace, library)
    unread = Library([tmp_path / "instruments"])

    assert last_time(workplace, unread, visit) is None
    assert "_read" not in vars(unread)


@pytest.mark.usefixtures("now")
def test_answers_under_another_instrument_are_held_against_by_their_code(
    workplace: Workplace, library: Library, session: Session
) -> None:
    known = last_time(workplace, library, begun(workplace, library))
    assert known is not None
    then = known.by_code["P15-06"]
    other: Instrument = replace(session.instrument, digest="0" * 64)

    assert held_against(then, then.indicator, other) is Comparable.OTHER_VERSION
    reworded = replace(then.indicator, text=replace(then.indicator.text, id="Lain"))
    assert held_against(then, reworded, other) is Comparable.REWORDED
    one_side = replace(then.indicator, sides=(Side.PRACTICE,))
    assert held_against(then, one_side, other) is Comparable.OTHER_SCALE


def test_the_team_and_a_fresh_letter_of_the_last_visit_are_offered_again(
    workplace: Workplace, library: Library, clock: SteppingClock
) -> None:
    begun(workplace, library, team=(NAME, "Budi"), letter="ST/1")
    begun(workplace, library, team=("Ana",), letter="ST/2")
    visits = all_visits(workplace.store)

    assert last_team(visits, NAME) == ("Budi",)
    assert last_team(visits, "Orang Lain") == ()
    assert last_letter(visits, now=clock.now()) == "ST/2"
    assert last_letter(visits, now=clock.now() + timedelta(days=8)) is None
    assert not can_be_followed(visits[0])


@pytest.mark.parametrize(
    ("kind", "year", "expected"),
    [
        ("puskesmas", 2016, ("2016-2019", "opd")),
        ("dinas", 2015, ("2015-pemda", "opd")),
        ("kapal", 2026, None),
    ],
)
def test_the_instrument_fits_the_kind_of_office_and_the_year(
    library: Library, kind: str, year: int, expected: tuple[str, str] | None
) -> None:
    found = fitting_instrument(library.all(), kind, today=date(year, 6, 1))

    if expected is None:
        assert found is None
        return
    assert found is not None
    instrument, code = found
    assert instrument.year <= year
    assert instrument.object_type(code) is not None
    assert kind_under(instrument, kind) == code


def test_an_instant_without_letters_offers_none(workplace: Workplace) -> None:
    assert last_letter([], now=datetime(2026, 1, 1, tzinfo=UTC)) is None
