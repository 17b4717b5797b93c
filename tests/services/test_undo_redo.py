"""Undo and redo as two stacks, whatever is done in between and after a restart."""

from dataclasses import dataclass, field
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.conftest import begin
from tests.visiting import answer, attach, record

from assessor_app.compose import Application
from assessor_app.domain.event import EventKind
from assessor_app.domain.instrument import Side
from assessor_app.domain.observation import ObservationKey
from assessor_app.domain.problem import VisitRefused
from assessor_app.domain.visit import Declaration, Outcome, Receiver
from assessor_app.instruments.library import Library
from assessor_app.services.enrolment import Workplace
from assessor_app.services.findings import FindingEdit, edit_finding
from assessor_app.services.session import Session, open_session

PRACTICE_06 = ObservationKey("P15-06", Side.PRACTICE)
PAPER_06 = ObservationKey("P15-06", Side.PAPERWORK)

State = dict[ObservationKey, str]
actions = st.lists(
    st.tuples(
        st.sampled_from(["P15-06", "P15-07"]),
        st.sampled_from(["paperwork", "practice"]),
        st.sampled_from(["present", "absent"]),
    )
    | st.sampled_from(["undo", "redo"]),
    max_size=14,
)


@dataclass
class TwoStacks:
    """What undo and redo mean: the states before, and the states taken back."""

    now: State = field(default_factory=dict)
    before: list[State] = field(default_factory=list)
    after: list[State] = field(default_factory=list)

    def record(self, key: ObservationKey, value: str) -> None:
        if self.now.get(key) == value:
            return  # it holds already: no action
        self.before.append(self.now)
        self.now = {**self.now, key: value}
        self.after.clear()

    def undo(self) -> bool:
        return self._swap(self.before, self.after)

    def redo(self) -> bool:
        return self._swap(self.after, self.before)

    def _swap(self, source: list[State], target: list[State]) -> bool:
        if not source:
            return False
        target.append(self.now)
        self.now = source.pop()
        return True


def answers(session: Session) -> State:
    found = session.snapshot.observations.items()
    return {key: one.answer for key, one in found if one.answer is not None}


def turned(session: Session, way: str) -> bool:
    """Whether there was something to undo or redo; what is announced is what happens."""
    undo = way == "undo"
    announced, verb = (
        (session.next_undo, session.undo) if undo else (session.next_redo, session.redo)
    )
    if announced is None:
        with pytest.raises(VisitRefused) as refused:
            verb()
        assert refused.value.code == f"nothing_to_{way}"
        return False
    _, action = verb()
    assert action == announced
    assert action.kind is EventKind.RECORDED
    return True


@settings(
    max_examples=25,
    deadline=None,
    # One store for all examples, a new visit for each: that is what makes them independent.
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(done=actions, reopened=st.booleans())
def test_any_sequence_of_answers_undos_and_redos_is_two_stacks(
    workplace: Workplace,
    library: Library,
    done: list[str | tuple[str, str, str]],
    *,
    reopened: bool,
) -> None:
    visit = begin(workplace, library.get("2015-pemda"), library)
    session, model = open_session(workplace.store, visit, library), TwoStacks()

    for one in done:
        if isinstance(one, tuple):
            indicator, side, value = one
            answer(session, indicator, side, value)
            model.record(ObservationKey(indicator, Side(side)), value)
        else:
            assert turned(session, one) is (model.undo() if one == "undo" else model.redo())
        assert answers(session) == model.now
        session.outlook()  # drawn again from the last one: what it rests on must not go stale
        if reopened:
            session = open_session(workplace.store, visit, library)
    fresh = open_session(workplace.store, visit, library)
    assert fresh.snapshot == session.snapshot
    assert (fresh.next_undo, fresh.next_redo) == (session.next_undo, session.next_redo)
    assert fresh.outlook() == session.outlook()
    assert not workplace.store.rebuild().differences


def test_the_outlook_after_every_action_is_the_one_a_restart_computes(
    small: Session, application: Application, workplace: Workplace
) -> None:
    def same() -> bool:
        again = application.open(workplace, small.visit_id)
        return small.outlook() == again.outlook()

    small.outlook()
    answer(small, "T-04", "paperwork", "present")
    answer(small, "T-04", "practice", "absent", product="KTP-el")
    assert same()
    answer(small, "T-01", "practice", "4", respondent="R1")
    answer(small, "T-01", "practice", "0", respondent="R2")
    answer(small, "T-04", "practice", "present", product="KIA")
    assert same()
    for _ in range(5):
        small.undo()
        assert same()
    for _ in range(5):
        small.redo()
        assert same()


def test_a_redo_is_an_undo_of_the_undo(session: Session, workplace: Workplace) -> None:
    original = answer(session, "P15-06", "practice", "absent", note="Bingkai kosong")
    undone, _ = session.undo()

    redone, action = session.redo()

    *_, event = [one.event for one in workplace.store.log.stored(session.visit_id)]
    assert (event.id, event.kind, event.undoes) == (redone.event, EventKind.UNDONE, undone.event)
    assert action.id == original.event
    assert session.snapshot.observations[PRACTICE_06].note == "Bingkai kosong"
    assert redone.indicators == {"P15-06"}
    again, action = session.undo()
    assert action.id == original.event
    assert again.event != undone.event
    assert session.snapshot.observations[PRACTICE_06].answer is None


def test_every_kind_of_action_can_be_taken_back_and_given_back(
    session: Session, workplace: Workplace, tmp_path: Path
) -> None:
    answer(session, "P15-06", "paperwork", "present", document={"kind": "SK", "number": "1"})
    answer(session, "P15-05", "practice", "absent", product="KTP-el")
    answer(session, "P15-06", "practice", "absent")
    attach(session, "P15-06", tmp_path)
    attach(session, "P15-07", tmp_path)  # the same photo, shared
    edit_finding(session, workplace, "P15-06", FindingEdit(advice="Pasang.", owner="Kepala"))
    session.record_receiver(Receiver(Declaration.REFUSED, name="Budi"))
    seen = session.snapshot

    for _ in range(7):
        session.undo()
    assert session.next_undo is None
    assert not answers(session)
    for _ in range(7):
        session.redo()

    assert session.next_redo is None
    assert session.snapshot == seen


def test_a_new_action_ends_what_could_be_redone(session: Session) -> None:
    answer(session, "P15-06", "practice", "absent")
    session.undo()
    answer(session, "P15-07", "practice", "absent")

    assert session.next_redo is None
    with pytest.raises(VisitRefused) as refused:
        session.redo()
    assert refused.value.code == "nothing_to_redo"


def test_a_redo_is_refused_where_another_touched_the_field(
    application: Application, session: Session, workplace: Workplace
) -> None:
    answer(session, "P15-06", "practice", "absent")
    session.undo()
    other = application.open(workplace, session.visit_id)
    other._store.log.actor = "another-assessor"
    answer(other, "P15-06", "practice", "present")
    other._store.log.actor = workplace.store.assessor

    with pytest.raises(VisitRefused) as refused:
        session.redo()

    assert refused.value.code == "nothing_to_redo"
    assert answers(application.open(workplace, session.visit_id)) == {PRACTICE_06: "present"}


def test_what_another_took_back_again_is_in_nobodys_way(
    application: Application, session: Session, workplace: Workplace
) -> None:
    """The other's answer and its undo leave the field to who had set it: undo goes on."""
    log = workplace.store.log
    first = answer(session, "P15-06", "practice", "absent")
    log.actor = "another-assessor"
    other = application.open(workplace, session.visit_id)
    answer(other, "P15-06", "practice", "present")
    other.undo()
    log.actor = workplace.store.assessor

    mine = application.open(workplace, session.visit_id)
    _, action = mine.undo()

    assert action.id == first.event
    assert not answers(mine)


def test_another_programs_answer_of_a_new_field_does_not_look_untouched(
    application: Application, session: Session, workplace: Workplace
) -> None:
    """A field that nobody had set before the action has no parents; one that was set since has."""
    answer(session, "P15-06", "practice", "absent")
    session.undo()
    session.redo()
    other = application.open(workplace, session.visit_id)
    record(other, {"indicator": "P15-06", "side": "practice", "answer": None})

    with pytest.raises(VisitRefused) as refused:
        session.undo()

    assert refused.value.code == "visit_moved_on"  # the other's is this actor's last action


def test_a_closed_visit_announces_nothing(session: Session) -> None:
    answer(session, "P15-06", "practice", "absent")
    session.undo()
    arrival = session.snapshot.visit.arrival
    session.close(Outcome.STOPPED, departure=arrival, due=lambda _: {}, account="Diminta pergi.")

    assert (session.next_undo, session.next_redo) == (None, None)
    for verb in (session.undo, session.redo):
        with pytest.raises(VisitRefused) as refused:
            verb()
        assert refused.value.code == "visit_not_answerable"
