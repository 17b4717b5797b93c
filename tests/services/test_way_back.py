"""The whole way at the level of services: certified, sent, received, receipted, ended."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from tests.headquartered import Field, field_in

from assessor_app.domain.event import STORE, EventKind
from assessor_app.domain.outbox import ItemState
from assessor_app.domain.visit import HandoverWay, VisitState
from assessor_app.services.handing_over import hand_over
from assessor_app.services.verifying import Standing, verify_file
from assessor_app.storage import outbox
from assessor_app.storage.vault import Form


@pytest.fixture
def field(tmp_path: Path) -> Iterator[Field]:
    with field_in(tmp_path) as made:
        yield made


def states(field: Field) -> set[ItemState]:
    return {one.state for one in outbox.items(field.store)}


def test_what_is_signed_with_headquarters_certificate_is_valid_where_its_card_was_joined(
    field: Field,
) -> None:
    pdf = field.issue(field.closed())

    application = field.desk.application
    verdict = verify_file(
        pdf, roots=application.roots, trust_trial=False, known=application.revocations
    )

    assert verdict.standing is Standing.VALID
    assert "revocation_listed" in [one.code for one in verdict.reasons]


def test_a_visit_is_sent_received_receipted_and_ended_with_the_same_bytes(field: Field) -> None:
    visit = field.closed()
    field.issue(visit)
    field.push()
    assert states(field) == {ItemState.SENT}

    received = field.receive()
    pulled = field.pull()

    assert [one.reason for one in received.changed] == [None, None, None]
    assert {(one.kind, one.state) for one in received.changed} == {
        ("record", "receipted"),
        ("derivatives", "receipted"),
        ("originals", "receipted"),
    }
    assert not received.strange
    assert states(field) == {ItemState.RECEIPTED}
    assert len(pulled.answered) == 3
    assert not pulled.aside
    ours, theirs = field.store, field.office.workplace.store
    links = [one.body for one in ours.log.stored(visit)]
    assert [one.body for one in theirs.log.stored(visit)] == links
    for id_, file in ours.log.vault_files(visit).items():
        if file.entity.startswith("evidence/"):
            found = theirs.vault.get(id_, Form.ORIGINAL)
            assert found == ours.vault.get(id_, Form.ORIGINAL)
    assert theirs.head(visit) == ours.head(visit)


def test_received_once_more_nothing_happens_twice(field: Field) -> None:
    visit = field.closed()
    field.push()
    field.receive()
    before = [one.event.id for one in field.office.workplace.store.log.stored(STORE)]
    lying = sorted(field.transport.list(""))

    again = field.receive()

    assert again.changed == ()
    assert again.letters == 0
    assert sorted(field.transport.list("")) == lying
    assert [one.event.id for one in field.office.workplace.store.log.stored(STORE)] == before
    field.pull()
    assert field.pull().letters == ()
    assert field.store.log.stream_heads(visit)


def test_a_visit_that_was_handed_over_is_receipted_and_is_not_sent_again_for_it(
    field: Field,
) -> None:
    visit = field.closed()
    field.issue(visit)
    session = field.desk.open(visit)
    now = field.store.clock.now()
    hand_over(session, field.desk.workplace, to="Budi", way=HandoverWay.PRINT, at=now)
    field.push()
    field.receive()

    field.pull()

    snapshot = field.desk.open(visit).snapshot
    assert snapshot.visit.state is VisitState.RECEIPTED
    kinds = [one.event.kind for one in field.store.log.stored(visit)]
    assert kinds.count(EventKind.RECEIPTED) == 1
    assert field.push().queued == ()


def test_what_was_recorded_after_the_sending_keeps_a_visit_from_being_receipted(
    field: Field,
) -> None:
    visit = field.closed()
    field.issue(visit)
    field.push()
    session = field.desk.open(visit)
    now = field.store.clock.now()
    hand_over(session, field.desk.workplace, to="Budi", way=HandoverWay.PRINT, at=now)
    field.receive()

    field.pull()

    assert field.desk.open(visit).snapshot.visit.state is VisitState.HANDED_OVER
    field.push()
    field.receive()
    field.pull()
    assert field.desk.open(visit).snapshot.visit.state is VisitState.RECEIPTED


def test_a_piece_that_the_storage_altered_is_wanted_again_and_sent_again(field: Field) -> None:
    field.closed()
    field.push()
    name = next(iter(sorted(field.transport.list("p/"))))
    whole = (field.storage / name).read_bytes()
    (field.storage / name).write_bytes(bytes([whole[0] ^ 1]) + whole[1:])

    first = field.receive()
    assert [one.pieces for one in first.changed if one.state == "wanted" and one.pieces] == [
        (name.rpartition("/")[2],)
    ]
    field.pull()
    field.push()
    field.receive()
    field.pull()

    assert (field.storage / name).read_bytes() == whole
    assert states(field) == {ItemState.RECEIPTED}


def test_a_piece_that_the_storage_lost_is_wanted_again_and_nothing_else_waits_for_it(
    field: Field,
) -> None:
    visit, other = field.closed(), field.closed()
    field.push()
    record = next(one for one in outbox.items(field.store, visit=visit) if one.kind == "record")
    piece = outbox.pieces(field.store, record.id)[0].sha256
    field.transport.delete(f"p/{piece[:2]}/{piece}")

    field.receive()
    field.pull()

    ended = {one.visit for one in outbox.items(field.store) if one.state is ItemState.RECEIPTED}
    assert ended == {other}
    field.push()
    field.receive()
    field.pull()
    assert states(field) == {ItemState.RECEIPTED}


def test_nothing_plain_is_left_at_headquarters_outside_of_its_store(field: Field) -> None:
    field.closed()
    field.push()
    (field.office.workplace.store.folder / ".incoming.left").mkdir()

    field.receive()

    assert not list(field.office.workplace.store.folder.glob(".incoming.*"))
