"""A line of the list of visits, and the place that a restart comes back to."""

from pathlib import Path

import pytest
from tests.conftest import begin
from tests.visiting import PASSPHRASE, answer, answer_all, complete, record

from assessor_app.compose import Application
from assessor_app.domain.scoring import Basis
from assessor_app.domain.visit import VisitState
from assessor_app.instruments.library import Library
from assessor_app.services.enrolment import Workplace
from assessor_app.services.overview import VisitLine, visit_line
from assessor_app.services.places import Place, remember, remembered
from assessor_app.services.session import Session, open_session
from assessor_app.services.visits import all_visits


def line(workplace: Workplace, library: Library) -> VisitLine:
    (visit,) = all_visits(workplace.store)
    return visit_line(workplace, library, visit)


def test_a_visit_that_has_just_begun(
    workplace: Workplace, library: Library, session: Session
) -> None:
    seen = line(workplace, library)

    assert (seen.answered, seen.asked, seen.gaps, seen.paused) == (0, 40, 0, False)
    assert seen.instrument_found
    assert seen.official is not None
    assert seen.official.band is None


def test_progress_gaps_score_and_pause_are_those_of_the_session(
    workplace: Workplace, library: Library, session: Session
) -> None:
    answer_all(session, absent={"P15-06": "practice", "P15-08": "both"})
    session.pause("Jam istirahat", at=workplace.store.clock.now())

    seen = line(workplace, library)

    assert (seen.answered, seen.asked, seen.gaps, seen.paused) == (40, 40, 1, True)
    assert seen.official == session.scores()[Basis.OFFICIAL]


def test_a_reason_counts_as_settled_and_products_count_each(
    workplace: Workplace, library: Library, session: Session
) -> None:
    answer(session, "P15-05", "practice", "absent", product="KTP-el")
    answer(session, "P15-05", "practice", "absent", product="KIA")
    given = {"indicator": "P15-06", "side": "practice", "not_assessed_reason": "Terkunci"}
    record(session, given)  # of the whole unit: it holds for both products

    seen = line(workplace, library)

    products = [len(session.instrument.indicator(f"P15-{n:02}").sides) for n in range(1, 21)]
    assert (seen.answered, seen.asked) == (4, 2 * sum(products))


def test_a_respondent_who_was_not_asked_yet_is_still_asked_for(
    workplace: Workplace, library: Library, small: Session
) -> None:
    before = line(workplace, library)
    answer(small, "T-01", "practice", "4", respondent="R1")
    answer(small, "T-01", "practice", "2", respondent="R2")

    after = line(workplace, library)

    assert before.asked == after.asked
    assert after.answered == before.answered + 1


@pytest.mark.parametrize("kept", [None, "# changed\n"])
def test_a_visit_whose_instrument_is_gone_or_changed_still_has_a_line(
    workplace: Workplace, session: Session, tmp_path: Path, kept: str | None
) -> None:
    if kept is not None:
        text = Path("resources/instruments/2015-pemda.yaml").read_text(encoding="utf-8")
        (tmp_path / "2015-pemda.yaml").write_text(text + kept, encoding="utf-8")
    answer(session, "P15-06", "practice", "absent")

    seen = line(workplace, Library([tmp_path]))

    assert not seen.instrument_found
    assert seen.official is None
    assert seen.visit.unit == "Dinas Kependudukan"


def test_a_closed_visit_has_its_line(
    workplace: Workplace, library: Library, session: Session, tmp_path: Path
) -> None:
    complete(session, workplace, tmp_path)

    seen = line(workplace, library)

    assert seen.visit.state is VisitState.CLOSED
    assert (seen.answered, seen.gaps, seen.paused) == (40, 2, False)


def test_the_place_is_there_after_a_restart(application: Application, workplace: Workplace) -> None:
    assert remembered(workplace) is None
    remember(workplace, Place("some-visit", "P15-06"))

    again = application.unlock(PASSPHRASE)
    assert remembered(again) == Place("some-visit", "P15-06")
    remember(again, Place("some-visit"))
    assert remembered(workplace) == Place("some-visit", None)
    remember(workplace, None)
    assert remembered(again) is None
    again.store.close()


def test_a_place_that_cannot_be_kept_is_forgotten_without_a_word(workplace: Workplace) -> None:
    workplace.store.memory.path.mkdir()

    remember(workplace, Place("some-visit", "P15-06"))

    assert remembered(workplace) is None


def test_the_place_does_not_stand_in_the_way_of_anything(
    application: Application, workplace: Workplace, library: Library
) -> None:
    visit = begin(workplace, library.get("2015-pemda"), library)
    remember(workplace, Place(visit, "P15-06"))
    workplace.store.memory.path.write_bytes(b"")

    again = application.unlock(PASSPHRASE)

    assert remembered(again) is None
    assert application.open(again, visit).visit_id == visit
    again.store.close()


def test_a_visit_without_weights_has_counts_and_no_score(
    workplace: Workplace, library: Library
) -> None:
    visit = begin(workplace, library.get("unweighted"), library)
    opened = open_session(workplace.store, visit, library)
    answer(opened, "U-01", "paperwork", "present")
    answer(opened, "U-01", "practice", "partial")

    seen = line(workplace, library)

    assert seen.instrument_found
    assert (seen.weighted, seen.official) == (False, None)
    assert (seen.answered, seen.asked, seen.gaps, seen.findings) == (2, 7, 1, 1)
