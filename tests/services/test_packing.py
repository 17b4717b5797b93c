"""What a visit is sealed into: all of it, nothing of another; what is unreadable blocks nothing."""

import io
from collections.abc import Iterator
from pathlib import Path

import pytest
from tests.exchanging import Desk, Desks, desks_in
from tests.headquartered import field_in
from tests.sending import closed_visit, join_headquarters
from tests.visiting import answer, attach

from assessor_app.domain.outbox import Item, ItemState
from assessor_app.domain.problem import StoreProblem
from assessor_app.services.sync.packing import Queued, queue_visit
from assessor_app.services.sync.queue import listed, resend, told_reason
from assessor_app.storage import outbox
from assessor_app.storage.vault import Form
from assessor_app.syncing.sealed import open_file
from assessor_app.syncing.shipment import read_shipment


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    with desks_in(tmp_path) as desks:
        made = desks("A")
        join_headquarters(made.workplace.store)
        yield made


@pytest.fixture
def desks(tmp_path: Path) -> Iterator[Desks]:
    with desks_in(tmp_path) as made:
        yield made


def queued(desk: Desk, visit: str, *, anew: bool = False) -> Queued:
    made = queue_visit(desk.workplace, visit, library=desk.library, anew=anew)
    assert made is not None
    return made


def items(desk: Desk, visit: str) -> list[Item]:
    return outbox.items(desk.workplace.store, visit=visit)


def clear(desk: Desk, item: Item) -> bytes:
    """What headquarters reads of a part."""
    keys = join_headquarters(desk.workplace.store)
    target = io.BytesIO()
    with outbox.sealed_path(desk.workplace.store, item.sha256).open("rb") as sealed:
        open_file(sealed, target, keys.seal.identity)
    return target.getvalue()


def victim(desk: Desk, visit: str) -> str:
    return min(desk.open(visit).snapshot.evidence)


def path_of(desk: Desk, id_: str, form: Form) -> Path:
    return next(desk.workplace.store.vault.folder.rglob(f"{id_}.{form.value}"))


def test_a_store_that_joined_nobody_seals_nothing(desks: Desks, tmp_path: Path) -> None:
    desk = desks("A")
    visit = closed_visit(desk, tmp_path)
    with pytest.raises(StoreProblem, match="sync_not_joined"):
        queue_visit(desk.workplace, visit, library=desk.library)
    assert items(desk, visit) == []


def test_a_visit_is_sealed_once_and_again_only_after_more_events(
    desk: Desk, tmp_path: Path
) -> None:
    visit = desk.begin().visit_id
    attach(desk.open(visit), "P15-06", tmp_path)
    first = queued(desk, visit)
    assert [one.kind for one in items(desk, visit)] == ["record", "derivatives", "originals"]
    assert queue_visit(desk.workplace, visit, library=desk.library) is None

    answer(desk.open(visit), "P15-08", "paperwork", "present")
    second = queued(desk, visit)

    assert (first.number, second.number) == (1, 2)
    assert [one.kind for one in items(desk, visit)[3:]] == ["record"]
    shipments = outbox.shipments(desk.workplace.store, visit=visit)
    (one, _), (_, two) = (read_shipment(made.line) for made in shipments)
    assert two.previous == one.sha256


def test_nothing_of_another_visit_is_in_any_part(desk: Desk, tmp_path: Path) -> None:
    visit, other = closed_visit(desk, tmp_path), closed_visit(desk, tmp_path)
    queued(desk, visit)
    foreign = {other, *desk.open(other).snapshot.evidence}
    for item in items(desk, visit):
        plain = clear(desk, item)
        assert plain.startswith(b"ASSESSOR-PART\n")
        assert not any(name.encode() in plain for name in foreign)
    assert visit.encode() in clear(desk, items(desk, visit)[0])


def test_nothing_lies_in_clear_and_nothing_half_made_stays(desk: Desk, tmp_path: Path) -> None:
    visit = closed_visit(desk, tmp_path)
    folder = desk.workplace.store.outbox
    folder.mkdir(exist_ok=True)
    (folder / "record").write_bytes(b"half of it")  # what a killed sealing leaves
    (folder / ("0" * 64)).write_bytes(b"sealed, and never queued")
    queued(desk, visit)
    named = {name for one in items(desk, visit) for name in (one.sha256, one.manifest)}
    assert {path.name for path in folder.iterdir()} == named
    assert all(path.read_bytes().startswith(b"age-encryption") for path in folder.iterdir())


@pytest.mark.parametrize(
    ("harm", "reason"),
    [
        ("gone", "evidence_missing"),
        ("altered", "evidence_damaged"),
        ("another", "evidence_replaced"),
    ],
)
def test_evidence_that_cannot_be_read_is_set_aside_with_its_reason_and_blocks_nothing(
    desk: Desk, tmp_path: Path, harm: str, reason: str
) -> None:
    visit = closed_visit(desk, tmp_path)
    bad, vault = victim(desk, visit), desk.workplace.store.vault
    path = path_of(desk, bad, Form.ORIGINAL)
    if harm == "altered":
        path.write_bytes(path.read_bytes()[:-1])
    elif harm == "another":
        vault.put(bad, Form.ORIGINAL, b"not what was recorded")
    else:
        path.unlink()

    made = queued(desk, visit)

    found = {one.id: one for one in items(desk, visit)}
    aside = [one for one in found.values() if one.state is ItemState.QUARANTINED]
    (one,) = aside
    assert one.entries == made.left_out == (f"evidence/{bad}",)
    assert one.reason == reason
    assert told_reason(one) is not None
    whole = [one for one in found.values() if one.state is ItemState.QUEUED]
    assert [one.kind for one in whole] == ["record", "derivatives", "originals"]
    assert bad not in str(whole[2].entries)


def test_what_a_colleague_has_yet_to_send_is_not_missed(desks: Desks, tmp_path: Path) -> None:
    here, there = desks("A"), desks("B")
    join_headquarters(there.workplace.store)
    session = here.begin()
    attach(session, "P15-06", tmp_path)
    there.take_in(here.export(session.visit_id, evidence=False))

    made = queued(there, session.visit_id)

    assert made.left_out == ()
    assert [one.kind for one in items(there, session.visit_id)] == ["record"]
    there.take_in(here.export(session.visit_id))
    queued(there, session.visit_id)
    assert "originals" in [one.kind for one in items(there, session.visit_id)]


def test_what_was_mended_is_sealed_anew_and_the_old_place_in_quarantine_is_over(
    desk: Desk, tmp_path: Path
) -> None:
    visit = closed_visit(desk, tmp_path)
    bad = victim(desk, visit)
    path = path_of(desk, bad, Form.ORIGINAL)
    sound = path.read_bytes()
    path.write_bytes(sound[:-1])
    queued(desk, visit)
    path.write_bytes(sound)

    made = resend(desk.workplace, library=desk.library)

    assert made.visits == (visit,)
    shown = listed(desk.workplace.store)
    assert all(one.state is ItemState.QUEUED for one in shown)
    assert any(f"evidence/{bad}" in one.entries for one in shown)
    assert resend(desk.workplace, library=desk.library).visits == ()


@pytest.mark.parametrize("what", ["part", "manifest"])
def test_a_sealed_part_that_was_lost_here_is_sealed_anew(
    desk: Desk, tmp_path: Path, what: str
) -> None:
    visit = closed_visit(desk, tmp_path)
    queued(desk, visit)
    store = desk.workplace.store
    item = items(desk, visit)[0]
    lost = item.sha256 if what == "part" else item.manifest
    outbox.sealed_path(store, lost).unlink()
    outbox.move(store, item.id, ItemState.QUARANTINED, reason="outbox_damaged")

    made = resend(desk.workplace, library=desk.library)

    assert made.visits == (visit,)
    assert [one.number for one in items(desk, visit)] == [1, 1, 1, 2, 2, 2]
    assert item.id not in {one.id for one in listed(store)}


def test_what_headquarters_refused_goes_as_it_was_when_it_is_asked_for(
    desk: Desk, tmp_path: Path
) -> None:
    visit = closed_visit(desk, tmp_path)
    queued(desk, visit)
    store = desk.workplace.store
    item = items(desk, visit)[2]
    outbox.move(store, item.id, ItemState.QUARANTINED, reason="part_damaged")

    made = resend(desk.workplace, library=desk.library)

    assert (made.items, made.visits) == ((item.id,), ())
    assert items(desk, visit)[2].state is ItemState.SENDING
    assert all(one.wanted_again for one in outbox.pieces(store, item.id))


def test_since_a_day_what_was_receipted_is_sealed_anew(desk: Desk, tmp_path: Path) -> None:
    visit = closed_visit(desk, tmp_path)
    queued(desk, visit)
    store = desk.workplace.store
    for item in items(desk, visit):
        assert outbox.move(store, item.id, ItemState.RECEIPTED, receipt="0" * 64)
    today = store.clock.now().date()

    assert resend(desk.workplace, library=desk.library).visits == ()
    later = today.replace(year=today.year + 1)
    assert resend(desk.workplace, library=desk.library, since=later).visits == ()
    earlier = today.replace(year=today.year - 1)
    assert resend(desk.workplace, library=desk.library, since=earlier).visits == (visit,)
    assert [one.number for one in items(desk, visit)] == [1, 1, 1, 2, 2, 2]


def test_two_cannot_seal_at_once(desk: Desk, tmp_path: Path) -> None:
    visit = closed_visit(desk, tmp_path)
    with outbox.alone(desk.workplace.store), pytest.raises(StoreProblem, match="sending_busy"):
        queued(desk, visit)
    assert queued(desk, visit).number == 1


def test_a_receipt_is_the_end_and_its_bytes_go(desk: Desk, tmp_path: Path) -> None:
    visit = closed_visit(desk, tmp_path)
    queued(desk, visit)
    store = desk.workplace.store
    record, *others = items(desk, visit)
    assert outbox.move(store, record.id, ItemState.RECEIPTED, receipt="0" * 64)
    assert not outbox.move(store, record.id, ItemState.QUARANTINED, reason="part_damaged")
    assert not outbox.want_again(store, record.id)
    assert not outbox.move(store, "unknown", ItemState.SENDING)
    assert outbox.sweep(store) == record.size
    for one in others:
        outbox.move(store, one.id, ItemState.RECEIPTED, receipt="0" * 64)
    outbox.sweep(store)
    assert list(store.outbox.iterdir()) == []


def test_a_queue_that_is_dropped_keeps_what_was_receipted(desk: Desk, tmp_path: Path) -> None:
    first, second = closed_visit(desk, tmp_path), closed_visit(desk, tmp_path)
    queued(desk, first)
    queued(desk, second)
    store = desk.workplace.store
    for item in items(desk, first):
        outbox.move(store, item.id, ItemState.RECEIPTED, receipt="0" * 64)
    assert outbox.drop_queue(store) == 3
    assert {one.visit for one in outbox.items(store)} == {first}
    assert {one.visit for one in outbox.shipments(store)} == {first}
    assert queued(desk, second).number == 1


def test_a_document_that_cannot_be_read_is_told_and_the_record_goes_without_it(
    tmp_path: Path,
) -> None:
    with field_in(tmp_path) as field:
        visit = field.closed()
        field.issue(visit)
        vault = field.store.vault
        (document,) = [one.id for one in vault.walk() if one.form is Form.DOCUMENT]
        path = path_of(field.desk, document, Form.DOCUMENT)
        sound = path.read_bytes()
        path.write_bytes(sound[:-1])

        pushed = field.push()
        assert pushed.refused == ()
        (made,) = pushed.queued

        assert made.left_out == (f"document/{document}",)
        (aside,) = [one for one in listed(field.store) if one.state is ItemState.QUARANTINED]
        assert aside.reason == "evidence_damaged"
        assert {one.state for one in field.receive().changed} == {"receipted"}
        path.write_bytes(sound)
        assert resend(field.desk.workplace, library=field.desk.library).visits == (visit,)
        field.push()
        assert {one.state for one in field.receive().changed} == {"receipted"}
        assert field.office.workplace.store.vault.has(document, Form.DOCUMENT)
        assert aside.id not in {one.id for one in listed(field.store)}
