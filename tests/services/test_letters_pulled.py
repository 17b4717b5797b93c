"""Letters from the storage: only headquarters' own, to this device, newer than the last, count."""

import base64
import hashlib
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from tests.exchanging import desks_in
from tests.headquartered import Field, certified_by, field_in
from tests.visiting import SIGNING_PASSPHRASE

from assessor_app.domain.event import Json
from assessor_app.domain.outbox import ItemState
from assessor_app.domain.problem import IdentityProblem, StoreProblem
from assessor_app.services.headquarters.founding import found
from assessor_app.services.headquarters.keys import keys_of
from assessor_app.services.headquarters.revoking import revoke, tell_all
from assessor_app.services.headquarters.trusting import trust_list, write_card
from assessor_app.services.revocations import revocations
from assessor_app.services.sync.joining import join, read_card, take_trust_list
from assessor_app.services.sync.own_seal import own_seal
from assessor_app.services.sync.trusted import require_joined
from assessor_app.services.verifying import Standing, Verdict, verify_file
from assessor_app.storage import outbox
from assessor_app.storage.inbox import taken_letters
from assessor_app.storage.received import letters
from assessor_app.syncing.letter import (
    Letter,
    LetterKind,
    PartReceipt,
    PartState,
    Receipt,
    mailbox,
    read_letter,
    receipt_json,
    sign_letter,
)
from assessor_app.syncing.part import PartKind
from assessor_app.syncing.sealed import seal
from assessor_app.syncing.signed import Sign


@pytest.fixture
def field(tmp_path: Path) -> Iterator[Field]:
    with field_in(tmp_path) as made:
        yield made


def lay(field: Field, line: bytes) -> str:
    """A letter in this device's mailbox, as anybody may put one there."""
    sealed = seal(line, own_seal(field.store).recipient)
    digest = hashlib.sha256(sealed).hexdigest()
    field.transport.put(f"b/{mailbox(field.store.device.public_key)}/{digest}", sealed)
    return digest


def letter(field: Field, content: Json, **more: object) -> Letter:
    keys, now = keys_of(field.office.workplace.store), field.store.clock.now()
    made = Letter(1000, LetterKind.RECEIPT, field.store.device.id, keys.fingerprint, now, content)
    return replace(made, **more)  # type: ignore[arg-type]  # as a test names them


def signed(field: Field, made: Letter, *, sign: Sign | None = None) -> bytes:
    return sign_letter(made, sign or keys_of(field.office.workplace.store).sign).line


def receipted(field: Field, state: PartState = PartState.RECEIPTED) -> Json:
    """What headquarters would say of all that this device has sent."""
    items = outbox.items(field.store)
    parts = tuple(PartReceipt(PartKind(one.kind), one.sha256, state) for one in items)
    return receipt_json(Receipt(items[0].manifest, items[0].visit, None, parts))


def pulled(field: Field) -> list[str]:
    return [one.problem.code for one in field.pull().aside]


def states(field: Field) -> set[ItemState]:
    return {one.state for one in outbox.items(field.store)}


def test_a_forged_receipt_ends_nothing_and_the_true_one_still_does(field: Field) -> None:
    field.closed()
    field.push()
    lay(
        field,
        signed(field, letter(field, receipted(field)), sign=Ed25519PrivateKey.generate().sign),
    )

    assert pulled(field) == ["letter_forged"]
    assert states(field) == {ItemState.SENT}

    field.receive()
    field.pull()
    assert states(field) == {ItemState.RECEIPTED}


@pytest.mark.parametrize("more", [{"device": "0" * 36}, {"headquarters": "ab" * 32}])
def test_a_letter_for_another_or_of_another_is_set_aside_once(
    field: Field, more: dict[str, object]
) -> None:
    field.closed()
    field.push()
    lay(field, signed(field, letter(field, receipted(field), **more)))

    assert pulled(field) == ["letter_foreign"]
    assert pulled(field) == []
    assert states(field) == {ItemState.SENT}


def test_a_receipt_for_what_was_never_sent_is_set_aside(field: Field) -> None:
    content = receipt_json(
        Receipt(
            "ab" * 32, None, None, (PartReceipt(PartKind.RECORD, "cd" * 32, PartState.RECEIPTED),)
        )
    )
    lay(field, signed(field, letter(field, content)))

    assert pulled(field) == ["letter_foreign"]


@pytest.mark.parametrize("content", [None, {}, {"manifest": 1}, [["x"]]])
@pytest.mark.parametrize("kind", [LetterKind.RECEIPT, LetterKind.TRUST_LIST])
def test_a_letter_that_says_nothing_readable_is_set_aside(
    field: Field, content: Json, kind: LetterKind
) -> None:
    lay(field, signed(field, letter(field, content, kind=kind)))

    assert pulled(field) == ["letter_unreadable"]


def test_what_is_no_letter_or_no_seal_is_set_aside_and_others_are_taken(field: Field) -> None:
    field.closed()
    field.push()
    field.receive()
    lay(field, b"nothing signed")
    box = f"b/{mailbox(field.store.device.public_key)}/"
    page = b"<html>"
    field.transport.put(box + hashlib.sha256(page).hexdigest(), page)
    field.transport.put(box + "ab" * 32, page)
    field.transport.put(box + "index.html", page)

    assert sorted(pulled(field)) == ["letter_altered", "letter_unreadable", "seal_broken"]
    assert states(field) == {ItemState.RECEIPTED}
    assert pulled(field) == ["letter_altered"]


def test_the_same_letter_under_another_seal_is_a_replay(field: Field) -> None:
    field.closed()
    field.push()
    field.receive()
    field.pull()
    (true,) = [one for one in letters(field.office.workplace.store) if one.kind == "receipt"]
    lay(field, true.line)

    assert pulled(field) == ["letter_replayed"]


def test_an_old_receipt_after_a_newer_one_changes_nothing(field: Field) -> None:
    field.closed()
    field.push()
    field.receive()
    field.pull()
    old = letter(field, receipted(field, PartState.REFUSED), number=0)
    lay(field, signed(field, old))

    assert pulled(field) == ["letter_stale"]
    assert states(field) == {ItemState.RECEIPTED}


def test_a_receipt_never_goes_back(field: Field) -> None:
    field.closed()
    field.push()
    field.receive()
    field.pull()
    lay(field, signed(field, letter(field, receipted(field, PartState.WANTED))))
    lay(field, signed(field, letter(field, receipted(field, PartState.REFUSED), number=1001)))

    assert pulled(field) == []
    assert states(field) == {ItemState.RECEIPTED}


def test_a_refusal_in_words_of_a_newer_version_is_told_all_the_same(field: Field) -> None:
    field.closed()
    field.push()
    item = outbox.items(field.store)[0]
    parts = (
        PartReceipt(
            PartKind(item.kind), item.sha256, PartState.REFUSED, "of_the_future", (("x", "y"),)
        ),
    )
    content = receipt_json(Receipt(item.manifest, item.visit, None, parts))
    lay(field, signed(field, letter(field, content)))

    (answered,) = field.pull().answered

    assert answered.problem is not None
    assert answered.problem.code == "refused_otherwise"
    found = next(one for one in outbox.items(field.store) if one.id == item.id)
    assert (found.state, found.reason) == (ItemState.QUARANTINED, "refused_otherwise")


# Trust


def judged(field: Field, pdf: Path) -> Verdict:
    application = field.desk.application
    return verify_file(
        pdf, roots=application.roots, trust_trial=False, known=application.revocations
    )


def test_a_trust_list_comes_by_letter_and_the_verifier_refuses_from_then_on(
    field: Field,
) -> None:
    before = field.store.clock.now()
    pdf = field.issue(field.closed())
    assert judged(field, pdf).standing is Standing.VALID
    revoke(
        field.office.workplace,
        field.certified.fingerprint,
        reason="Kunci hilang",
        passphrase=SIGNING_PASSPHRASE,
        since=before - timedelta(hours=1),
    )
    field.receive()

    assert pulled(field) == []

    verdict = judged(field, pdf)
    assert verdict.standing is Standing.REFUSED
    assert verdict.reasons[0].code == "certificate_revoked"


def test_what_says_it_was_signed_before_its_certificate_was_revoked_stays_undetermined(
    field: Field,
) -> None:
    pdf = field.issue(field.closed())
    field.office.clock.moment = field.store.clock.now() + timedelta(days=1)
    revoke(
        field.office.workplace,
        field.store.device.id,
        reason="Pensiun",
        passphrase=SIGNING_PASSPHRASE,
    )
    field.receive()
    field.pull()

    verdict = judged(field, pdf)
    assert verdict.standing is Standing.UNDETERMINED
    assert verdict.reasons[0].code == "certificate_revoked_later"


def test_an_older_trust_list_brings_no_trust_back(field: Field) -> None:
    old = trust_list(field.office.workplace.store)
    revoke(
        field.office.workplace,
        field.certified.fingerprint,
        reason="x",
        passphrase=SIGNING_PASSPHRASE,
    )
    field.receive()
    field.pull()
    content = {"list": base64.b64encode(old).decode()}
    lay(field, signed(field, letter(field, content, kind=LetterKind.TRUST_LIST)))

    assert pulled(field) == ["trust_list_older"]
    assert require_joined(field.store).listed.certificates
    assert revocations(field.desk.application.home).certificates


def test_a_list_of_another_root_is_foreign_and_a_cut_one_too(field: Field) -> None:
    with desks_in(field.folder / "others") as desks:
        other = desks("D")
        found(other.workplace, "Kantor Lain", passphrase=SIGNING_PASSPHRASE)
        theirs = trust_list(other.workplace.store)
        card = field.folder / "theirs.hq"
        keys = write_card(other.workplace.store, card)
        for content in (theirs, theirs[:-1], b""):
            with pytest.raises(StoreProblem) as refused:
                take_trust_list(field.store, content)
            assert refused.value.code == "trust_list_foreign"
        with pytest.raises(StoreProblem) as elsewhere:
            join(field.desk.workplace, card, fingerprint=keys.fingerprint)
        assert elsewhere.value.code == "joined_elsewhere"


def test_a_card_is_joined_by_the_fingerprint_on_paper_alone(field: Field) -> None:
    card = field.folder / "again.hq"
    keys = write_card(field.office.workplace.store, card)
    with pytest.raises(IdentityProblem) as refused:
        join(field.desk.workplace, card, fingerprint="0" * 64)
    assert refused.value.code == "root_fingerprint_differs"
    card.write_bytes(card.read_bytes().replace(b"Ombudsman", b"Ombudsmen"))
    with pytest.raises(StoreProblem) as altered:
        join(field.desk.workplace, card, fingerprint=keys.fingerprint)
    assert altered.value.code == "card_unreadable"
    with pytest.raises(StoreProblem):
        read_card(field.folder / "none.hq")


def test_a_list_in_the_home_that_was_put_there_by_somebody_else_says_nothing(
    field: Field,
) -> None:
    home = field.desk.application.home
    (path,) = (home / "trust").glob("*.hq")
    assert revocations(home).lists
    for content in (b"", path.read_bytes()[:-1], b"x" * 100):
        path.write_bytes(content)
        assert not revocations(home).lists
    path.unlink()
    path.mkdir()
    assert not revocations(home).lists


def test_a_list_that_is_gone_from_the_home_is_put_there_again_by_the_next_pull(
    field: Field,
) -> None:
    home = field.desk.application.home
    (path,) = (home / "trust").glob("*.hq")
    path.unlink()

    field.pull()

    assert revocations(home).lists == (require_joined(field.store).listed,)


def test_every_device_is_told_and_each_opens_its_own_letters_alone(field: Field) -> None:
    told = tell_all(field.office.workplace, SIGNING_PASSPHRASE)
    assert told == 1
    assert field.receive().letters == 1
    assert [one.kind for one in field.pull().letters] == ["trust_list"]
    assert [one.kind for one in taken_letters(field.store)] == ["trust_list"]
    ((_, read),) = [read_letter(one.line) for one in letters(field.office.workplace.store)]
    assert read.device == field.store.device.id
    assert field.receive().letters == 0


@pytest.mark.parametrize(
    ("what", "reason", "code"),
    [
        ("0", "x", "revocation_unknown_target"),
        ("ffffffffffff", "x", "revocation_unknown_target"),
        (None, "  ", "revocation_reason_missing"),
    ],
)
def test_what_cannot_be_revoked_is_said(
    field: Field, what: str | None, reason: str, code: str
) -> None:
    with pytest.raises(StoreProblem) as refused:
        revoke(
            field.office.workplace,
            what or field.store.device.id,
            reason=reason,
            passphrase=SIGNING_PASSPHRASE,
        )
    assert refused.value.code == code


def test_nothing_is_revoked_twice_in_the_future_or_under_a_wrong_passphrase(field: Field) -> None:
    office, device = field.office.workplace, field.store.device.id
    later = office.store.clock.now() + timedelta(days=1)
    with pytest.raises(StoreProblem) as future:
        revoke(office, device, reason="x", passphrase=SIGNING_PASSPHRASE, since=later)
    with pytest.raises(IdentityProblem) as wrong:
        revoke(office, device, reason="x", passphrase="salah")
    revoke(office, device, reason="x", passphrase=SIGNING_PASSPHRASE)
    with pytest.raises(StoreProblem) as twice:
        revoke(office, device, reason="x", passphrase=SIGNING_PASSPHRASE)
    for left in field.folder.glob(f"{field.desk.name}.*"):
        left.unlink()
    with pytest.raises(StoreProblem) as certified:
        certified_by(field.office, field.desk)

    codes = [one.value.code for one in (future, wrong, twice, certified)]
    assert codes == [
        "revocation_in_future",
        "identity_passphrase_wrong",
        "already_revoked",
        "device_revoked",
    ]
