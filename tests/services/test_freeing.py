"""Originals are let go of after their receipt alone, and nobody takes that for damage."""

import contextlib
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from tests.headquartered import Field, field_in
from tests.visiting import PASSPHRASE

from assessor_app.domain.problem import StoreProblem
from assessor_app.domain.visit import HandoverWay
from assessor_app.services.backup import back_up, restore
from assessor_app.services.checking.check import Checked, check
from assessor_app.services.checking.opening import Opening, Store, open_to_look
from assessor_app.services.evidence.copies import photo, save_copy
from assessor_app.services.freed import freed
from assessor_app.services.handing_over import hand_over
from assessor_app.services.sync.freeing import FreedNow, free, freeable, rule, set_rule
from assessor_app.services.sync.pulling import pull
from assessor_app.services.sync.pushing import push
from assessor_app.storage import outbox
from assessor_app.storage.vault import Form


@pytest.fixture
def field(tmp_path: Path) -> Iterator[Field]:
    with field_in(tmp_path) as made:
        yield made


@pytest.fixture
def receipted(field: Field) -> str:
    """A visit that was handed over, and that headquarters has signed for."""
    visit = handed_over(field)
    field.push()
    field.receive()
    pull(field.desk.workplace, field.transport)
    return visit


def handed_over(field: Field) -> str:
    visit = field.closed()
    field.issue(visit)
    now = field.store.clock.now()
    session = field.desk.open(visit)
    hand_over(session, field.desk.workplace, to="Budi", way=HandoverWay.PRINT, at=now)
    return visit


def originals(field: Field) -> set[str]:
    return {one.id for one in field.store.vault.walk() if one.form is Form.ORIGINAL}


def checked(field: Field) -> Checked:
    application = field.desk.application
    opened = open_to_look(
        Opening(application.home, application.clock, application.new_id), PASSPHRASE
    )
    assert isinstance(opened, Store)
    try:
        return check(opened, None, roots=application.roots)
    finally:
        opened.close()


def test_nothing_may_go_before_its_receipt(field: Field) -> None:
    handed_over(field)
    field.push()
    field.receive()
    assert freeable(field.store) == ()
    assert free(field.desk.workplace) == FreedNow(0, 0)
    assert len(originals(field)) == 2


def test_nothing_may_go_while_a_document_may_still_be_made_of_it(field: Field) -> None:
    field.issue(field.closed())
    field.push()
    field.receive()
    pull(field.desk.workplace, field.transport)
    assert freeable(field.store) == ()


def test_what_was_freed_is_shown_by_its_smaller_picture_and_told_in_words(
    field: Field, receipted: str, tmp_path: Path
) -> None:
    listed = freeable(field.store)
    assert {one.visit for one in listed} == {receipted}
    done = free(field.desk.workplace)
    assert (done.files, done.size) == (2, sum(one.size for one in listed))
    assert originals(field) == set()
    assert freed(field.store) == {one.id for one in listed}
    for item in field.desk.open(receipted).snapshot.evidence.values():
        assert photo(field.desk.workplace, item)
        with pytest.raises(StoreProblem, match="evidence_freed"):
            save_copy(field.desk.workplace, item, tmp_path / "copy.jpg")
    assert freeable(field.store) == ()


def test_a_check_tells_what_was_freed_and_calls_it_no_damage(field: Field, receipted: str) -> None:
    free(field.desk.workplace)
    found = checked(field)
    assert found.worst is None
    told = [one for one in found.noticed if one.code == "evidence_freed"]
    assert [one.places["count"] for one in told] == [2]


def test_an_original_that_somebody_removed_is_lost_whatever_marks_lie_there(
    field: Field, receipted: str
) -> None:
    victim = freeable(field.store)[0]
    field.store.vault.free(victim.id)  # as a stranger might: no event says so
    codes = [one.code for one in checked(field).noticed]
    assert "evidence_missing" in codes
    assert "evidence_freed" not in codes


def test_what_is_freed_before_a_crash_goes_the_next_time(field: Field, receipted: str) -> None:
    listed = freeable(field.store)
    whole = {one.id: field.store.vault.get(one.id, Form.ORIGINAL) for one in listed}
    free(field.desk.workplace)
    first = listed[0].id
    field.store.vault.put(first, Form.ORIGINAL, whole[first])  # noted, and not yet removed
    assert field.store.vault.get(first, Form.ORIGINAL) == whole[first]
    assert free(field.desk.workplace).files == 1
    assert originals(field) == set()


def test_a_picture_that_cannot_be_opened_keeps_its_original(field: Field, receipted: str) -> None:
    spared = freeable(field.store)[0].id
    path = next(field.store.vault.folder.rglob(f"{spared}.report"))
    path.write_bytes(path.read_bytes()[:-1])
    free(field.desk.workplace)
    assert originals(field) == {spared}


def test_a_rule_frees_at_the_end_of_a_sending_once_its_days_are_over(
    field: Field, receipted: str
) -> None:
    assert rule(field.store) is None
    set_rule(field.desk.workplace, 30)
    assert rule(field.store) == 30
    assert field.push().freed.files == 0
    set_rule(field.desk.workplace, 0)
    assert field.push().freed.files == 2
    set_rule(field.desk.workplace, None)
    assert rule(field.store) is None
    with pytest.raises(StoreProblem, match="free_after_out_of_range"):
        set_rule(field.desk.workplace, -1)


def test_a_restored_store_misses_nothing_that_was_freed_and_queues_anew(
    field: Field, receipted: str, tmp_path: Path
) -> None:
    gone = freeable(field.store)
    free(field.desk.workplace)
    other = handed_over(field)
    field.queue(other)
    stick = tmp_path / "backup"
    stick.mkdir()
    back_up(field.desk.workplace, to=stick)
    application = field.desk.application
    field.store.close()

    home = tmp_path / "again"
    done = restore(stick, home, PASSPHRASE, clock=application.clock, new_id=application.new_id)

    assert done.missing == ()
    assert done.unsent == 3
    workplace = replace(application, home=home).unlock(PASSPHRASE)
    with contextlib.closing(workplace.store):
        assert freed(workplace.store) == {one.id for one in gone}
        with pytest.raises(StoreProblem, match="evidence_freed"):
            workplace.store.vault.get(gone[0].id, Form.ORIGINAL)
        pushed = push(workplace, field.transport, library=application.library)
        assert {one.visit for one in pushed.queued} == {receipted, other}
        assert pushed.left == 0
        files = [one.entries for one in outbox.items(workplace.store, visit=receipted)]
        assert not any(f"evidence/{one.id}" in files[-1] for one in gone)
