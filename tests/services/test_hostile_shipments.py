"""What anybody may lay on the storage: refused in words, and nothing else waits for it."""

import base64
import dataclasses
import hashlib
import struct
from collections.abc import Callable, Iterator
from contextlib import nullcontext
from datetime import timedelta
from io import BytesIO
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from tests.headquartered import Field, field_in
from tests.visiting import SIGNING_PASSPHRASE

from assessor_app.domain.event import Json, canonical
from assessor_app.domain.outbox import ItemState
from assessor_app.domain.problem import IdentityProblem, StoreProblem
from assessor_app.services.headquarters.certifying import certify
from assessor_app.services.headquarters.keys import keys_of
from assessor_app.services.headquarters.receiving import Receiving
from assessor_app.services.headquarters.revoking import revoke
from assessor_app.services.identity_changes import request_certificate
from assessor_app.services.sync.own_seal import own_seal
from assessor_app.signing.request import key_hash
from assessor_app.storage import outbox
from assessor_app.storage.received import received_parts
from assessor_app.storage.vault import Form
from assessor_app.syncing.device_card import DeviceCard, device_block
from assessor_app.syncing.part import PartKind, Table, open_part, part_bytes
from assessor_app.syncing.sealed import new_sealing_key, seal, unseal
from assessor_app.syncing.shipment import (
    PIECE_BYTES,
    Piece,
    SealedPart,
    Shipment,
    manifest_name,
    piece_name,
    read_shipment,
    sign_shipment,
)
from assessor_app.syncing.signed import Sign

MAGIC = b"ASSESSOR-PART\n"


@pytest.fixture
def field(tmp_path: Path) -> Iterator[Field]:
    with field_in(tmp_path) as made:
        yield made


def lay(field: Field, sealed: bytes) -> str:
    """A sealed manifest on the storage."""
    digest = hashlib.sha256(sealed).hexdigest()
    field.transport.put(manifest_name(digest), sealed)
    return digest


def sealed_part(field: Field, kind: PartKind, plain: bytes) -> SealedPart:
    """A part of any content, sealed to headquarters and laid down piece by piece."""
    sealed = seal(plain, keys_of(field.office.workplace.store).seal.recipient)
    cut = [sealed[at : at + PIECE_BYTES] for at in range(0, len(sealed), PIECE_BYTES)]
    pieces = tuple(Piece(hashlib.sha256(one).hexdigest(), len(one)) for one in cut)
    for piece, content in zip(pieces, cut, strict=True):
        field.transport.put(piece_name(piece.sha256), content)
    return SealedPart(kind, hashlib.sha256(sealed).hexdigest(), len(sealed), pieces)


def sent(field: Field) -> tuple[str, Shipment]:
    """A visit that was pushed, and its manifest as it was signed."""
    visit = field.closed()
    field.push()
    kept = outbox.shipments(field.store, visit=visit)[0]
    return kept.manifest, read_shipment(kept.line)[1]


def ship(field: Field, shipment: Shipment, *, sign: Sign | None = None) -> str:
    """Lay down a manifest of the device, or one that another has signed."""
    signed = sign_shipment(shipment, sign or field.store.device.signer.sign)
    recipient = keys_of(field.office.workplace.store).seal.recipient
    return lay(field, seal(signed.line, recipient))


def take_off(field: Field, manifest: str) -> None:
    field.transport.delete(manifest_name(manifest))


def reasons(found: Receiving, manifest: str) -> set[str | None]:
    return {one.reason for one in found.changed if one.manifest == manifest}


def plain_of(field: Field, part: SealedPart) -> bytes:
    sealed = b"".join(field.transport.get(piece_name(one.sha256)) for one in part.pieces)
    return unseal(sealed, keys_of(field.office.workplace.store).seal.identity)


def events_at_headquarters(field: Field, visit: str) -> int:
    return len(list(field.office.workplace.store.log.stored(visit)))


def the_other_one_came(field: Field, found: Receiving, other: str) -> bool:
    return all(one.state == "receipted" for one in found.changed if one.manifest == other)


def test_a_manifest_of_a_device_that_nobody_certified_waits_for_its_certificate(
    field: Field,
) -> None:
    manifest, shipment = sent(field)
    take_off(field, manifest)
    stranger = ship(field, dataclasses.replace(shipment, device=field.store.new_id()))

    found = field.receive()

    assert reasons(found, stranger) == {"device_unknown"}
    assert events_at_headquarters(field, shipment.visit) == 0


def test_a_manifest_that_another_has_signed_is_forged_and_stands_in_nobodys_way(
    field: Field,
) -> None:
    true, shipment = sent(field)
    forged = ship(
        field, dataclasses.replace(shipment, number=2), sign=Ed25519PrivateKey.generate().sign
    )

    found = field.receive()

    assert reasons(found, forged) == {"shipment_forged"}
    assert the_other_one_came(field, found, true)


def test_two_shipments_under_one_number_are_a_fork_and_the_first_holds(field: Field) -> None:
    true, shipment = sent(field)
    field.receive()
    later = shipment.made_at + timedelta(minutes=1)
    fork = ship(field, dataclasses.replace(shipment, made_at=later))

    found = field.receive()

    assert reasons(found, fork) == {"shipment_forked"}
    assert {
        one.state for one in received_parts(field.office.workplace.store) if one.manifest == true
    } == {"receipted"}


@pytest.mark.parametrize(("number", "previous"), [(1, "ab" * 32), (2, None), (2, "cd" * 32)])
def test_a_shipment_that_does_not_follow_the_one_before_is_a_fork(
    field: Field, number: int, previous: str | None
) -> None:
    _, shipment = sent(field)
    field.receive()

    made = ship(field, dataclasses.replace(shipment, number=number, previous=previous))

    assert reasons(field.receive(), made) == {"shipment_forked"}


def test_a_device_that_was_revoked_yesterday_brings_nothing_in_and_is_told(field: Field) -> None:
    _, shipment = sent(field)
    revoke(
        field.office.workplace,
        field.store.device.id,
        reason="Dicuri",
        passphrase=SIGNING_PASSPHRASE,
    )

    found = field.receive()
    pulled = field.pull()

    assert {one.reason for one in found.changed} == {"device_revoked"}
    assert events_at_headquarters(field, shipment.visit) == 0
    items = outbox.items(field.store)
    assert {(one.state, one.reason) for one in items} == {(ItemState.QUARANTINED, "device_revoked")}
    assert not pulled.aside


@pytest.mark.parametrize(
    "sealed",
    [
        pytest.param(lambda _: b"no seal at all", id="no-seal"),
        pytest.param(lambda _: seal(b"x", new_sealing_key().recipient), id="to-another"),
    ],
)
def test_what_does_not_open_is_refused_once_and_told_to_nobody(
    field: Field, sealed: Callable[[Field], bytes]
) -> None:
    true, _ = sent(field)
    strange = lay(field, sealed(field))

    found = field.receive()

    assert reasons(found, strange) == {"seal_broken"}
    assert the_other_one_came(field, found, true)
    assert field.receive().changed == ()


@pytest.mark.parametrize("line", [b"", b"00 {}", b"zz {}", b"{}" * 4000, b"ab" * 64 + b" [1]"])
def test_what_is_sealed_to_headquarters_and_no_manifest_is_refused(
    field: Field, line: bytes
) -> None:
    recipient = keys_of(field.office.workplace.store).seal.recipient
    strange = lay(field, seal(line, recipient))

    assert reasons(field.receive(), strange) == {"shipment_unreadable"}


def test_a_manifest_under_the_name_of_another_is_passed_over(field: Field) -> None:
    true, _ = sent(field)
    field.transport.put(manifest_name("ab" * 32), b"a login page")

    found = field.receive()

    assert [one.code for one in found.strange] == ["manifest_altered"]
    assert the_other_one_came(field, found, true)


def test_a_bomb_under_the_name_of_a_manifest_is_not_fetched(field: Field) -> None:
    path = field.storage / manifest_name("ab" * 32)
    path.parent.mkdir(exist_ok=True)
    with path.open("wb") as file:
        file.truncate(1 << 32)

    assert [one.code for one in field.receive().strange] == ["manifest_altered"]


def test_a_name_of_nobody_on_the_storage_is_not_opened(field: Field) -> None:
    field.transport.put("m/index.html", b"<html>")

    assert [one.code for one in field.receive().strange] == ["name_foreign"]


def test_a_piece_of_another_size_is_wanted_and_never_fetched(field: Field) -> None:
    true, shipment = sent(field)
    piece = shipment.parts[0].pieces[0]
    with (field.storage / piece_name(piece.sha256)).open("r+b") as file:
        file.truncate(1 << 32)

    found = field.receive()

    wanted = [one for one in found.changed if one.manifest == true and one.pieces]
    assert [one.pieces for one in wanted] == [(piece.sha256,)]


def test_pieces_that_are_not_the_part_together_are_refused(field: Field) -> None:
    manifest, shipment = sent(field)
    take_off(field, manifest)
    parts = tuple(dataclasses.replace(one, sha256="ab" * 32) for one in shipment.parts)
    made = ship(field, dataclasses.replace(shipment, parts=parts))

    assert reasons(field.receive(), made) == {"shipment_unlike", "record_refused"}


def table(entries: Json, **more: Json) -> bytes:
    """The start of a part, with any table."""
    plain = canonical(
        {"v": 1, "kind": "originals", "visit": "v", "entries": entries, "about": None, **more}
    )
    return MAGIC + struct.pack(">I", len(plain)) + plain


HASH = hashlib.sha256(b"x").hexdigest()


@pytest.mark.parametrize(
    "plain",
    [
        pytest.param(table([["../../x", 1, HASH]]) + b"x", id="path"),
        pytest.param(table([["evidence/../x", 1, HASH]]) + b"x", id="path-behind-a-kind"),
        pytest.param(table([["evidence/a", 1, HASH], ["evidence/a", 1, HASH]]) + b"xx", id="twice"),
        pytest.param(table([["evidence/a", 10**15, HASH]]) + b"x", id="size-bomb"),
        pytest.param(table([["evidence/a", -1, HASH]]) + b"x", id="negative"),
        pytest.param(table([["evidence/a", 1, HASH]]) + b"xy", id="something-behind"),
        pytest.param(table([["evidence/a", 2, HASH]]) + b"x", id="cut"),
        pytest.param(MAGIC + b"\xff\xff\xff\xff{}", id="table-bomb"),
        pytest.param(b"PK\x03\x04", id="zip"),
        pytest.param(b"", id="empty"),
        pytest.param(MAGIC + struct.pack(">I", 40000) + b"[" * 40000, id="boxes-in-boxes"),
    ],
)
def test_a_part_that_no_program_writes_is_refused_and_nothing_is_left_of_it(
    field: Field, plain: bytes
) -> None:
    manifest, shipment = sent(field)
    take_off(field, manifest)
    plain = plain.replace(b'"visit":"v"', f'"visit":"{shipment.visit}"'.encode())
    if len(plain) > 18 and plain.startswith(MAGIC) and b'"v":1' in plain:
        end = plain.index(b"}", 18) + 1
        length = struct.pack(">I", end - 18)
        plain = MAGIC + length + plain[18:]
    record = shipment.part(PartKind.RECORD)
    assert record is not None
    bad = sealed_part(field, PartKind.ORIGINALS, plain)
    made = ship(field, dataclasses.replace(shipment, parts=(record, bad)))
    store = field.office.workplace.store
    before = store.vault.ids()

    found = field.receive()

    states = {one.kind: (one.state, one.reason) for one in found.changed if one.manifest == made}
    assert states["record"] == ("receipted", None)
    assert states["originals"][0] == "refused"
    assert states["originals"][1] in ("part_damaged", "part_foreign")
    assert store.vault.ids() == before
    assert not list(store.folder.glob(".incoming.*"))


def test_originals_that_no_event_names_or_with_other_bytes_are_refused(field: Field) -> None:
    manifest, shipment = sent(field)
    take_off(field, manifest)
    record, originals = shipment.part(PartKind.RECORD), shipment.part(PartKind.ORIGINALS)
    assert record is not None
    assert originals is not None
    known = open_part(BytesIO(plain_of(field, originals)), Path("x")).table.entries[0].name
    unnamed, otherwise = f"evidence/{field.store.new_id()}", known.replace("evidence", "document")
    previous = None
    for number, name in enumerate((known, unnamed, otherwise), start=1):
        plain = table([[name, 1, HASH]], visit=shipment.visit) + b"x"
        bad = sealed_part(field, PartKind.ORIGINALS, plain)
        told = dataclasses.replace(shipment, parts=(record, bad), number=number, previous=previous)
        previous = sign_shipment(told, field.store.device.signer.sign).sha256

        made = ship(field, told)

        assert reasons(field.receive(), made) == {None, "part_foreign"}


def test_a_record_whose_stream_was_cut_is_refused(field: Field) -> None:
    manifest, shipment = sent(field)
    take_off(field, manifest)
    record = shipment.part(PartKind.RECORD)
    assert record is not None
    opened = open_part(BytesIO(plain_of(field, record)), Path("x"))
    events = opened.manifest.part("events")
    lines = opened.read(events).splitlines(keepends=True)
    cut = b"".join(lines[:-1])
    plain = rebuilt(opened.table, {"events": cut}, opened.read)
    made = ship(
        field,
        dataclasses.replace(shipment, parts=(sealed_part(field, PartKind.RECORD, plain),)),
    )

    assert reasons(field.receive(), made) == {"bundle_cut"}
    assert events_at_headquarters(field, shipment.visit) == 0


def test_a_record_of_another_head_than_its_manifest_is_refused(field: Field) -> None:
    manifest, shipment = sent(field)
    take_off(field, manifest)
    made = ship(field, dataclasses.replace(shipment, head="ab" * 32))

    assert "part_foreign" in reasons(field.receive(), made)


def test_a_record_under_the_manifest_of_another_visit_is_refused(field: Field) -> None:
    manifest, shipment = sent(field)
    take_off(field, manifest)
    made = ship(field, dataclasses.replace(shipment, visit=field.store.new_id()))

    assert "part_foreign" in reasons(field.receive(), made)


def test_a_document_of_the_record_that_was_altered_is_refused(field: Field) -> None:
    visit = field.closed()
    field.issue(visit)
    document = next(
        one
        for one in field.store.log.vault_files(visit).values()
        if one.entity.startswith("document/")
    )
    pdf = field.store.vault.get(document.id, Form.DOCUMENT)
    assert pdf.startswith(b"%PDF")
    field.push()
    kept = outbox.shipments(field.store, visit=visit)[0]
    shipment = read_shipment(kept.line)[1]
    take_off(field, kept.manifest)
    record = shipment.part(PartKind.RECORD)
    assert record is not None
    opened = open_part(BytesIO(plain_of(field, record)), Path("x"))
    plain = rebuilt(opened.table, {f"document/{document.id}": pdf + b"%"}, opened.read)
    made = ship(
        field,
        dataclasses.replace(shipment, parts=(sealed_part(field, PartKind.RECORD, plain),)),
    )

    assert reasons(field.receive(), made) == {"bundle_damaged"}


def rebuilt(table: Table, other: dict[str, bytes], read: Callable[..., bytes]) -> bytes:
    """A record with other bytes in some entries, its table and manifest made to fit."""
    contents = {
        one.name: other.get(one.name, b"") if one.name in other else read(one)
        for one in table.entries
    }
    entries = tuple(
        dataclasses.replace(
            one,
            size=len(contents[one.name]),
            sha256=hashlib.sha256(contents[one.name]).hexdigest(),
        )
        for one in table.entries
    )
    assert table.about is not None
    about = dataclasses.replace(table.about, parts=entries)
    made = dataclasses.replace(table, entries=entries, about=about)
    return b"".join(part_bytes(made, lambda one: nullcontext((contents[one.name],))))


# Requests


def asked(field: Field) -> bytes:
    out = field.folder / "again.csr"
    request_certificate(field.desk.workplace, SIGNING_PASSPHRASE, out=out)
    return out.read_bytes()


def answer_to(field: Field, request: bytes, *, key: str | None = None) -> Path:
    path, out = field.folder / "given.csr", field.folder / "given.pem"
    path.write_bytes(request)
    certify(field.office.workplace, path, out=out, passphrase=SIGNING_PASSPHRASE, key=key)
    return out


def test_the_key_that_was_read_out_is_compared(field: Field) -> None:
    request = asked(field)

    with pytest.raises(IdentityProblem) as refused:
        answer_to(field, request, key="00 11")

    assert refused.value.code == "request_key_differs"
    assert not (field.folder / "given.pem").exists()


@pytest.mark.parametrize(
    ("change", "code"),
    [
        (
            lambda told: told.replace(b"ASSESSOR DEVICE", b"SOMETHING ELSE"),
            "request_without_device",
        ),
        (lambda told: told + told[told.index(b"-----BEGIN ASSESSOR") :], "request_without_device"),
        (lambda _: b"no request", "request_unreadable"),
    ],
)
def test_a_request_that_is_none_or_names_no_device_is_refused(
    field: Field, change: Callable[[bytes], bytes], code: str
) -> None:
    with pytest.raises(IdentityProblem) as refused:
        answer_to(field, change(asked(field)))

    assert refused.value.code == code


def test_a_block_of_another_device_behind_a_request_is_refused(field: Field) -> None:
    request = asked(field)
    csr = request[: request.index(b"-----BEGIN ASSESSOR")]
    own = Ed25519PrivateKey.generate()
    card = DeviceCard(
        field.store.device.id,
        own.public_key().public_bytes_raw().hex(),
        own_seal(field.store).recipient,
        "ab" * 32,
    )
    with pytest.raises(IdentityProblem) as refused:
        answer_to(field, csr + device_block(card, own.sign))
    assert refused.value.code == "request_without_device"
    key = key_hash(x509.load_pem_x509_csr(csr).public_key())
    with pytest.raises(StoreProblem) as taken:
        answer_to(field, csr + device_block(dataclasses.replace(card, key=key), own.sign))
    assert taken.value.code == "device_key_changed"


def test_openssl_style_readers_pass_over_the_block(field: Field) -> None:
    request = asked(field)

    assert x509.load_pem_x509_csr(request).is_signature_valid
    assert base64.b64decode(
        b"".join(request.split(b"-----BEGIN ASSESSOR DEVICE-----")[1].splitlines()[1:-1])
    )
