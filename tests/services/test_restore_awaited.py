"""Taking a store back that waits for a colleague's evidence: what was never here is not lost."""

from pathlib import Path

from tests.exchanging import desks_in
from tests.visiting import PASSPHRASE, attach

from assessor_app.services.backup import back_up, restore


def test_evidence_that_is_still_to_come_is_not_lost_by_the_backup(tmp_path: Path) -> None:
    with desks_in(tmp_path) as desks:
        here, there = desks("A"), desks("B")
        session = here.begin()
        attach(session, "P15-06", tmp_path)
        there.take_in(here.export(session.visit_id, evidence=False))
        own = there.begin()
        attach(own, "P15-06", tmp_path, colour="navy")
        (made,) = back_up(there.workplace).made

        told = restore(
            *(made.folder, tmp_path / "new", PASSPHRASE),
            clock=there.clock,
            new_id=there.application.new_id,
        )

    assert (told.visits, told.missing, told.evidence) == (2, (), 1)
