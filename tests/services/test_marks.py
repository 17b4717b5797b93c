"""Marks on an indicator: for later, and whose it is; no answer, no finding, and undone like one."""

import pytest
from tests.visiting import answer

from assessor_app.compose import Application
from assessor_app.domain.conflicts import conflicts
from assessor_app.domain.event import FieldHead
from assessor_app.domain.marks import Marked, mark_values, marked_indicator, read_marks
from assessor_app.domain.problem import RecordRefused, VisitRefused
from assessor_app.domain.visit import Outcome
from assessor_app.services.enrolment import Workplace
from assessor_app.services.history import told
from assessor_app.services.report.words import Words
from assessor_app.services.session import Session
from assessor_app.services.timeline import indicator_history, visit_history
from assessor_app.texts import Language


def test_a_mark_is_there_again_when_the_visit_is_opened_anew(
    session: Session, application: Application, workplace: Workplace
) -> None:
    done = session.mark("P15-06", later=True)
    session.take("P15-06", taken=True)

    again = application.open(workplace, session.visit_id)
    assert done.indicators == {"P15-06"}
    assert again.snapshot.marks == {"P15-06": Marked(later=True, mine=session.me)}


def test_a_mark_given_twice_is_one_event(session: Session) -> None:
    session.mark("P15-06", later=True)

    assert session.mark("P15-06", later=True).event is None


def test_an_undo_takes_a_mark_off_and_a_redo_puts_it_back(session: Session) -> None:
    session.mark("P15-06", later=True)

    session.undo()
    assert "P15-06" not in session.snapshot.marks
    session.redo()
    assert session.snapshot.marks["P15-06"].later


def test_a_mark_taken_off_leaves_no_mark(
    session: Session, application: Application, workplace: Workplace
) -> None:
    session.mark("P15-06", later=True)
    session.take("P15-06", taken=True)
    session.mark("P15-06", later=False)
    session.take("P15-06", taken=False)

    assert application.open(workplace, session.visit_id).snapshot.marks == {}


def test_a_mark_changes_no_answer_no_score_and_no_rule(session: Session) -> None:
    answer(session, "P15-06", "practice", "present")
    before = (session.compared(), session.scores(), session.open_rules(Outcome.COMPLETED))

    session.mark("P15-06", later=True)
    session.take("P15-07", taken=True)

    assert (session.compared(), session.scores(), session.open_rules(Outcome.COMPLETED)) == before


def test_marks_of_two_devices_are_no_conflict() -> None:
    heads = {
        ("mark/P15-06", "mine"): (FieldHead("01", "a"), FieldHead("02", "b")),
        ("mark/P15-06", "later"): (FieldHead("01", True), FieldHead("02", None)),
    }

    assert conflicts(heads) == ()
    assert read_marks(heads) == {"P15-06": Marked(later=False, mine="b")}


def test_an_unknown_indicator_and_a_voided_visit_take_no_mark(session: Session) -> None:
    with pytest.raises(RecordRefused, match="indicator_unknown"):
        session.mark("P15-99", later=True)
    session.void("Salah kantor")
    with pytest.raises(VisitRefused):
        session.mark("P15-06", later=True)


def test_only_a_mark_names_the_indicator_of_a_mark() -> None:
    assert marked_indicator("mark/P15-06") == "P15-06"
    assert marked_indicator("observation/P15-06/paperwork/-/-/-") is None
    assert mark_values("P15-06") == {}


@pytest.mark.parametrize("language", list(Language))
def test_marks_are_told_in_words(
    session: Session, workplace: Workplace, language: Language
) -> None:
    session.mark("P15-06", later=True)
    session.take("P15-06", taken=True)
    session.take("P15-06", taken=False)
    words = Words(language, workplace.profile.zone)
    events = [one.event for one in workplace.store.log.stored(session.visit_id)][-3:]

    said = [told(event, session.instrument, words) for event in events]
    lines = indicator_history(session, workplace, words, "P15-06")

    assert all("P15-06" in sentence for sentence in said)
    assert len(set(said)) == 3
    assert [change.field for line in lines for change in line.changes] == ["mine", "mine", "later"]
    assert lines[1].changes[0].after == workplace.profile.name
    assert len(visit_history(session, workplace, words)) == 1  # its begin alone


def test_who_recorded_last_at_an_indicator_is_known(session: Session) -> None:
    assert session.recorders() == {}
    answer(session, "P15-06", "practice", "present")
    assert session.recorders() == {"P15-06": session.me}

    session.undo()

    assert session.recorders() == {}


def test_a_mark_records_nobody(session: Session) -> None:
    session.mark("P15-06", later=True)

    assert session.recorders() == {}
