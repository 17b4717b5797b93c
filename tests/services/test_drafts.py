"""What is typed and cannot be recorded yet is there again after a restart."""

import pytest
from tests.visiting import PASSPHRASE

from assessor_app.compose import Application
from assessor_app.domain.problem import StoreProblem
from assessor_app.services.drafts import draft, keep_draft
from assessor_app.services.enrolment import Workplace
from assessor_app.services.places import Place, remember, remembered

TYPED = {"account": "Listrik padam", "outcome": "interrupted"}


def test_a_draft_is_there_after_a_restart(application: Application, workplace: Workplace) -> None:
    keep_draft(workplace, "visit", name="closing", value=TYPED)

    again = application.unlock(PASSPHRASE)

    assert draft(again, "visit", name="closing") == TYPED
    assert draft(again, "visit", name="receiver") == {}
    assert draft(again, "other", name="closing") == {}
    again.store.close()


def test_the_place_and_the_drafts_leave_each_other_alone(workplace: Workplace) -> None:
    remember(workplace, Place("visit", "P15-06"))
    keep_draft(workplace, "visit", name="closing", value=TYPED)
    keep_draft(workplace, "visit", name="receiver", value={"name": "Ibu Kepala"})
    remember(workplace, Place("visit", "P15-07"))
    keep_draft(workplace, "visit", name="closing", value={})

    assert remembered(workplace) == Place("visit", "P15-07")
    assert draft(workplace, "visit", name="closing") == {}
    assert draft(workplace, "visit", name="receiver") == {"name": "Ibu Kepala"}


def test_nothing_is_left_of_a_visit_without_drafts(workplace: Workplace) -> None:
    keep_draft(workplace, "visit", name="closing", value=TYPED)
    keep_draft(workplace, "visit", name="closing", value={})

    assert workplace.store.memory.section("drafts") == {}


def test_a_draft_cannot_be_read_without_the_key(workplace: Workplace) -> None:
    keep_draft(workplace, "visit", name="closing", value=TYPED)

    assert b"Listrik" not in workplace.store.memory.path.read_bytes()


def test_a_draft_that_cannot_be_written_is_refused_aloud(workplace: Workplace) -> None:
    workplace.store.memory.path.mkdir()

    with pytest.raises(StoreProblem):
        keep_draft(workplace, "visit", name="closing", value=TYPED)
