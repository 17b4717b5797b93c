"""A store of many visits stays quick: nothing that is done often reads all of it."""

from typing import Any

import pytest
import sqlalchemy as sa
from tests.conftest import begin
from tests.visiting import answer

from assessor_app.compose import Application
from assessor_app.services.enrolment import Workplace
from assessor_app.services.session import Session
from assessor_app.services.visits import all_visits, find_visit


@pytest.fixture
def asked(workplace: Workplace) -> list[str]:
    """Each statement that reads this store from now on, with its values, as SQLite is given it."""
    told: list[str] = []

    def hear(statement: str) -> None:
        if statement.lstrip().startswith(("SELECT", "WITH")):
            told.append(statement)

    @sa.event.listens_for(workplace.store.engine, "checkout")
    def _listen(connection: Any, *_: object) -> None:
        connection.set_trace_callback(hear)

    return told


def steps_of(workplace: Workplace, asked: list[str]) -> list[str]:
    """What these statements are planned to do, as SQLite tells."""
    statements = tuple(asked)
    with workplace.store.engine.connect() as connection:
        plans = [connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {one}") for one in statements]
        return [str(row[3]) for plan in plans for row in plan]


def test_the_list_of_visits_reads_no_answers(
    application: Application, workplace: Workplace, session: Session, asked: list[str]
) -> None:
    answer(session, "P15-06", "practice", "absent")
    second = begin(workplace, session.instrument, application.library)
    asked.clear()

    assert [visit.id for visit in all_visits(workplace.store)] == [second, session.visit_id]
    assert find_visit(workplace.store, second) == second
    steps = steps_of(workplace, asked)
    assert steps
    assert not [step for step in steps if step.startswith("SCAN field_head")]


def test_opening_a_visit_reads_no_other(
    application: Application, workplace: Workplace, session: Session, asked: list[str]
) -> None:
    answer(session, "P15-06", "practice", "absent")
    asked.clear()

    application.open(workplace, session.visit_id)

    steps = steps_of(workplace, asked)
    assert steps
    scans = [step for step in steps if step.startswith(("SCAN field_head", "SCAN event"))]
    assert not scans
