"""A visit that is moved to another instrument while a colleague answers under the former one."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from tests.conftest import SMALL
from tests.exchanging import Desk, Desks, desks_in
from tests.visiting import answer

from assessor_app.instruments.document import read_document
from assessor_app.instruments.library import Library
from assessor_app.instruments.schema import InstrumentForm
from assessor_app.instruments.writing import write_yaml
from assessor_app.services.moving import move_visit, moves
from assessor_app.services.session import Session


@pytest.fixture
def desks(tmp_path: Path) -> Iterator[Desks]:
    with desks_in(tmp_path) as made:
        yield made


def second_version(folder: Path) -> None:
    """The instrument of every kind, where seats (K-06) are counted in another unit."""
    folder.mkdir()
    tree = read_document(SMALL / "kinds.yaml").tree
    assert isinstance(tree, dict)
    tree["version"] = "2"
    tree["scales"]["kursi"]["unit"] = {"id": "baris kursi", "en": "rows of seats"}
    text = write_yaml(InstrumentForm.model_validate(tree))
    (folder / "kinds@2.yaml").write_text(text, encoding="utf-8")


def lead_and_colleague(desks: Desks, folder: Path) -> tuple[Desk, Desk]:
    """Only the lead has the second version at hand."""
    second_version(folder / "baru")
    with_both = Library([SMALL, folder / "baru"], kept=folder / "pin-a")
    return desks("A", library=with_both), desks(
        "B", library=Library([SMALL], kept=folder / "pin-b")
    )


def moved(lead: Desk, session: Session) -> None:
    move = moves(session, lead.library.get("kinds@2"))
    move_visit(session, move, reason="versi baru berlaku", library=lead.library)


def test_the_visit_goes_on_under_the_new_one_and_says_what_to_look_at_again(
    desks: Desks, tmp_path: Path
) -> None:
    lead, colleague = lead_and_colleague(desks, tmp_path)
    visit = lead.begin("kinds@1").visit_id
    colleague.take_in(lead.export(visit))
    answer(colleague.open(visit), "K-06", "practice", "12")
    answer(colleague.open(visit), "K-01", "practice", "present")
    session = lead.open(visit)
    moved(lead, session)

    to_lead = lead.take_in(colleague.export(visit))
    colleague.take_in(lead.export(visit))

    assert lead.rows(visit) == colleague.rows(visit)
    assert colleague.open(visit).instrument == lead.open(visit).instrument
    assert [key.indicator for key in to_lead.former] == ["K-06"]
    assert not to_lead.conflicts


def test_the_colleague_is_told_as_well(desks: Desks, tmp_path: Path) -> None:
    lead, colleague = lead_and_colleague(desks, tmp_path)
    session = lead.begin("kinds@1")
    visit = session.visit_id
    colleague.take_in(lead.export(visit))
    answer(colleague.open(visit), "K-06", "practice", "12")
    moved(lead, session)

    done = colleague.take_in(lead.export(visit))
    answer(colleague.open(visit), "K-06", "practice", "3")
    back = lead.take_in(colleague.export(visit))

    assert [key.indicator for key in done.former] == ["K-06"]
    assert back.former == ()


def test_what_was_answered_before_or_after_the_move_is_not_looked_at_again(
    desks: Desks, tmp_path: Path
) -> None:
    lead, colleague = lead_and_colleague(desks, tmp_path)
    session = lead.begin("kinds@1")
    visit = session.visit_id
    answer(session, "K-01", "practice", "present")
    moved(lead, session)
    first = colleague.take_in(lead.export(visit))
    answer(colleague.open(visit), "K-06", "practice", "12")

    assert first.former == ()
    assert lead.take_in(colleague.export(visit)).former == ()
