"""What a certified device sends and is refused all the same; and a storage that fails meanwhile."""

import dataclasses
import hashlib
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path

import pytest
from tests.exchanging import Desk, desks_in
from tests.headquartered import Field, certified_by, field_in
from tests.services.test_hostile_shipments import (
    plain_of,
    reasons,
    rebuilt,
    sealed_part,
    sent,
    ship,
    table,
    take_off,
)
from tests.visiting import SIGNING_PASSPHRASE, complete

from assessor_app.domain.event import EventKind
from assessor_app.domain.outbox import ItemState
from assessor_app.domain.problem import StoreProblem
from assessor_app.services.headquarters.fetching import alone
from assessor_app.services.headquarters.founding import found, founded
from assessor_app.services.headquarters.receiving import receive
from assessor_app.services.headquarters.trusting import write_card
from assessor_app.services.sync.joining import join
from assessor_app.services.sync.packing import queue_visit
from assessor_app.services.sync.pulling import pull
from assessor_app.services.sync.pushing import push
from assessor_app.storage import outbox
from assessor_app.storage.log import Draft
from assessor_app.storage.vault import Form
from assessor_app.syncing.part import PartKind, open_part
from assessor_app.syncing.transports.failing import FailingTransport, Failure, every
from assessor_app.syncing.transports.transport import TransportFailed


@pytest.fixture
def field(tmp_path: Path) -> Iterator[Field]:
    with field_in(tmp_path) as made:
        yield made


def name_document(field: Field, visit: str, pdf: bytes, *, like: str) -> None:
    """Let the device record a PDF as a document of a visit, as none of ours would."""
    store, id_ = field.store, field.store.new_id()
    store.vault.put(id_, Form.DOCUMENT, pdf)
    known = store.log.heads(like, kind="document")
    first = min({entity for entity, _ in known})
    values = {
        (f"document/{id_}", name): heads[-1].value
        for (entity, name), heads in known.items()
        if entity == first
    }
    values |= {(f"document/{id_}", "sha256"): hashlib.sha256(pdf).hexdigest()}
    store.log.append(Draft(visit, EventKind.ISSUED, values))


def test_a_document_that_is_none_keeps_its_record_out(field: Field) -> None:
    visit = field.closed()
    field.issue(visit)
    name_document(field, visit, b"no pdf", like=visit)
    field.push()

    found_ = field.receive()

    record = next(one for one in found_.changed if one.kind == "record")
    assert record.reason == "document_refused"
    assert dict(record.places)["why"] == "not_a_pdf"
    assert not list(field.office.workplace.store.log.stored(visit))


def test_the_document_of_another_visit_keeps_its_record_out(field: Field) -> None:
    visit, other = field.closed(), field.closed()
    field.issue(visit)
    theirs = field.issue(other).read_bytes()
    name_document(field, visit, theirs, like=visit)
    field.push()

    received = field.receive()

    record = next(one for one in received.changed if one.kind == "record" and one.visit == visit)
    assert dict(record.places)["why"] == "record_not_of_this_visit"
    assert all(one.state == "receipted" for one in received.changed if one.visit == other)


def test_a_colleagues_device_has_to_be_certified_before_the_visit_comes_in(
    field: Field,
) -> None:
    with desks_in(field.folder / "more") as desks:
        colleague: Desk = desks("B")
        visit = field.closed()
        colleague.take_in(field.desk.export(visit))
        colleague.open(visit)
        certified_by(field.office, colleague)
        library = colleague.library
        queue_visit(colleague.workplace, visit, library=library)
        push(colleague.workplace, field.transport, library=library)

        assert {one.state for one in field.receive().changed} == {"receipted"}


def test_a_stranger_in_the_record_is_refused_until_it_is_certified(field: Field) -> None:
    with desks_in(field.folder / "more") as desks:
        colleague: Desk = desks("B")
        visit = colleague.begin().visit_id
        complete(colleague.open(visit), colleague.workplace, field.folder)
        field.desk.take_in(colleague.export(visit))
        field.queue(visit)
        field.push()

        first = field.receive()
        field.pull()

        assert {one.reason for one in first.changed} == {"device_unknown", "record_refused"}
        certified_by(field.office, colleague)
        assert {one.state for one in field.receive().changed} == {"receipted"}
        field.pull()
        assert {one.state for one in outbox.items(field.store)} == {ItemState.RECEIPTED}


def test_a_part_of_another_kind_than_its_manifest_says_is_refused(field: Field) -> None:
    manifest, shipment = sent(field)
    take_off(field, manifest)
    record = shipment.part(PartKind.RECORD)
    assert record is not None
    plain = plain_of(field, record)
    assert open_part(BytesIO(plain), Path("x")).table.kind is PartKind.RECORD
    swapped = dataclasses.replace(sealed_part(field, PartKind.ORIGINALS, plain))
    made = ship(field, dataclasses.replace(shipment, parts=(record, swapped)))

    assert reasons(field.receive(), made) == {None, "part_damaged"}


def test_a_record_that_another_device_has_made_does_not_travel_under_ones_own_manifest(
    field: Field,
) -> None:
    manifest, shipment = sent(field)
    take_off(field, manifest)
    record = shipment.part(PartKind.RECORD)
    assert record is not None
    opened = open_part(BytesIO(plain_of(field, record)), Path("x"))
    about = dataclasses.replace(opened.manifest, device=field.store.new_id())
    plain = rebuilt(dataclasses.replace(opened.table, about=about), {}, opened.read)
    part = sealed_part(field, PartKind.RECORD, plain)

    made = ship(field, dataclasses.replace(shipment, parts=(part,)))

    assert reasons(field.receive(), made) == {"part_foreign"}


def test_pictures_of_another_visit_are_refused(field: Field) -> None:
    manifest, shipment = sent(field)
    take_off(field, manifest)
    record = shipment.part(PartKind.RECORD)
    assert record is not None
    bad = sealed_part(field, PartKind.ORIGINALS, table([], visit=field.store.new_id()))
    made = ship(field, dataclasses.replace(shipment, parts=(record, bad)))

    assert reasons(field.receive(), made) == {None, "part_foreign"}


# A storage that fails


@pytest.mark.parametrize("verb", ["list", "size", "get", "put"])
def test_a_storage_that_fails_ends_the_run_and_nothing_is_refused_for_it(
    field: Field, verb: str
) -> None:
    field.closed()
    field.push()
    office = field.office
    broken = FailingTransport(field.transport, every(verb, Failure.BEFORE))

    with pytest.raises(TransportFailed):
        receive(office.workplace, broken, library=office.library)

    assert not list(office.workplace.store.folder.glob(".incoming.*"))
    field.receive()
    field.pull()
    assert {one.state for one in outbox.items(field.store)} == {ItemState.RECEIPTED}


@pytest.mark.parametrize("verb", ["list", "size", "get"])
def test_a_storage_that_fails_while_letters_are_fetched_loses_none(field: Field, verb: str) -> None:
    field.closed()
    field.push()
    field.receive()
    broken = FailingTransport(field.transport, every(verb, Failure.BEFORE))

    with pytest.raises(TransportFailed):
        pull(field.desk.workplace, broken)

    field.pull()
    assert {one.state for one in outbox.items(field.store)} == {ItemState.RECEIPTED}


class Forgetful:
    """A storage that says what lies there and has lost it when it is asked for."""

    def __init__(self, field: Field, prefix: str) -> None:
        self._inner, self._prefix = field.transport, prefix

    def size(self, name: str) -> int | None:
        return self._inner.size(name)

    def put(self, name: str, data: bytes) -> None:
        self._inner.put(name, data)

    def get(self, name: str) -> bytes:
        if name.startswith(self._prefix):
            raise TransportFailed("storage_missing", place="x")
        return self._inner.get(name)

    def list(self, prefix: str) -> Iterator[str]:
        return self._inner.list(prefix)

    def delete(self, name: str) -> None:
        self._inner.delete(name)


def test_pieces_and_manifests_that_are_lost_when_they_are_fetched_are_wanted_or_left(
    field: Field,
) -> None:
    field.closed()
    field.push()
    office = field.office

    none = receive(office.workplace, Forgetful(field, "m/"), library=office.library)
    wanted = receive(office.workplace, Forgetful(field, "p/"), library=office.library)

    assert [one.code for one in none.strange] == ["storage_missing"]
    assert {one.state for one in wanted.changed} == {"wanted"}
    assert pull(field.desk.workplace, Forgetful(field, "b/")).letters == ()
    # The letter of what was wanted is older than what lies there whole by now.
    for item in outbox.items(field.store):
        outbox.move(field.store, item.id, ItemState.SENDING)
    assert field.pull().answered == ()
    field.receive()
    field.pull()
    assert {one.state for one in outbox.items(field.store)} == {ItemState.RECEIPTED}


@pytest.mark.parametrize("forgets", ["p/", ""])
def test_what_is_wanted_while_it_is_still_sent_is_put_again_where_it_does_not_lie_whole(
    field: Field, forgets: str
) -> None:
    field.closed()
    field.push()
    (piece, *_) = sorted(field.transport.list("p/"))
    whole = (field.storage / piece).read_bytes()
    (field.storage / piece).write_bytes(whole[::-1])
    field.receive()
    for item in outbox.items(field.store):
        outbox.move(field.store, item.id, ItemState.SENDING)
    if not forgets:
        field.transport.delete(piece)

    pull(field.desk.workplace, Forgetful(field, forgets) if forgets else field.transport)
    field.push()
    field.receive()
    field.pull()

    assert (field.storage / piece).read_bytes() == whole
    assert {one.state for one in outbox.items(field.store)} == {ItemState.RECEIPTED}


def test_headquarters_is_founded_once_and_not_where_visits_are(field: Field) -> None:
    with pytest.raises(StoreProblem) as twice:
        found(field.office.workplace, "x", passphrase=SIGNING_PASSPHRASE)
    field.closed()
    with pytest.raises(StoreProblem) as beside:
        found(field.desk.workplace, "x", passphrase=SIGNING_PASSPHRASE)
    with pytest.raises(StoreProblem) as none:
        founded(field.desk.workplace)

    codes = [one.value.code for one in (twice, beside, none)]
    assert codes == ["headquarters_there_already", "headquarters_needs_its_own", "no_headquarters"]


def test_two_never_receive_at_once(field: Field) -> None:
    with alone(field.office.workplace.store), pytest.raises(StoreProblem) as busy:
        field.receive()
    assert busy.value.code == "receiving_busy"


def test_a_shipment_that_came_before_its_device_was_certified_is_settled_once_it_is_taken(
    field: Field,
) -> None:
    with desks_in(field.folder / "more") as desks:
        late: Desk = desks("B")
        session = late.begin()
        complete(session, late.workplace, field.folder)
        card = field.folder / "late.hq"
        keys = write_card(field.office.workplace.store, card)
        join(late.workplace, card, fingerprint=keys.fingerprint)
        push(late.workplace, field.transport, library=late.library)
        assert {one.reason for one in field.receive().changed} == {"device_unknown"}
        assert field.receive().changed == ()
        certified_by(field.office, late)

        assert {one.state for one in field.receive().changed} == {"receipted"}
        watched = FailingTransport(field.transport, lambda *_: None)
        receive(field.office.workplace, watched, library=field.office.library)
        assert "get" not in {verb for verb, _ in watched.done}
