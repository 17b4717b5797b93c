"""A store of many visits stays quick: nothing that is done often reads all of it."""

import pytest
import sqlalchemy as sa
from tests.conftest import begin
from tests.visiting import answer

from assessor_app.compose import Application
from assessor_app.services.enrolment import Workplace
from assessor_app.services.session import Session
from assessor_app.services.visits import all_visits, find_visit


@pytest.fixture
def steps(workplace: Workplace) -> list[str]:
    """What each statement on this store is planned to do, as SQLite tells."""
    told: list[str] = []

    @sa.event.listens_for(workplace.store.engine, "before_cursor_execute")
    def _plan(
        connection: sa.Connection, cursor: object, statement: str, given: object, *_: object
    ) -> None:
        if statement.lstrip().startswith(("SELECT", "WITH")):
            plan = connection.connection.cursor()
            plan.execute(f"EXPLAIN QUERY PLAN {statement}", given)  # type: ignore[arg-type]  # as it came
            told.extend(str(row[3]) for row in plan.fetchall())

    return told


def test_the_list_of_visits_reads_no_answers(
    application: Application, workplace: Workplace, session: Session, steps: list[str]
) -> None:
    answer(session, "P15-06", "practice", "absent")
    second = begin(workplace, session.instrument, application.library)
    steps.clear()

    assert [visit.id for visit in all_visits(workplace.store)] == [second, session.visit_id]
    assert find_visit(workplace.store, second) == second
    assert steps
    assert not [step for step in steps if step.startswith("SCAN field_head")]


def test_opening_a_visit_reads_no_other(
    application: Application, workplace: Workplace, session: Session, steps: list[str]
) -> None:
    answer(session, "P15-06", "practice", "absent")
    steps.clear()

    application.open(workplace, session.visit_id)

    assert steps
    scans = [step for step in steps if step.startswith(("SCAN field_head", "SCAN event"))]
    assert not scans
