"""Slots: what opens them, what does not, and that nothing about them can be changed unseen."""

import base64
from dataclasses import replace

import pytest
from asn1crypto import keys as asn1_keys
from asn1crypto import pem
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey
from cryptography.hazmat.primitives.serialization import (
    BestAvailableEncryption,
    Encoding,
    NoEncryption,
    PrivateFormat,
    PublicFormat,
)
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.visiting import QUICK

from assessor_app.domain.event import Json
from assessor_app.domain.problem import StoreProblem
from assessor_app.sealing.cost import Cost
from assessor_app.sealing.recovery_key import (
    KeyPair,
    fingerprint,
    new_key_pair,
    read_private_key,
    read_public_key,
)
from assessor_app.sealing.slots import (
    open_kept,
    open_recovery,
    open_slot,
    read_kept_slot,
    read_passphrase_slot,
    read_recovery_slot,
    seal_kept,
    seal_recovery,
    seal_slot,
)

SECRET = bytes(range(32))
ABOUT = {"assessor": "siti"}
CHEAP = Cost(memory_kib=64, passes=2, lanes=2)


def altered(value: Json) -> Json:
    """Another value of the same kind; of base64 text, another one of the same length."""
    if isinstance(value, int):
        return value - 1
    assert isinstance(value, str)
    return ("B" if value[0] == "A" else "A") + value[1:]


@settings(max_examples=25, deadline=None)
@given(
    secret=st.binary(min_size=32, max_size=32),
    passphrase=st.text(st.characters(codec="utf-8"), max_size=80),
    whose=st.text(st.characters(codec="utf-8"), max_size=20),
)
def test_whatever_is_sealed_opens_again_from_its_json(
    secret: bytes, passphrase: str, whose: str
) -> None:
    sealed = seal_slot(secret, passphrase, cost=QUICK, about={"assessor": whose})

    slot = read_passphrase_slot(sealed.as_json())

    assert slot == sealed
    assert open_slot(slot, passphrase) == secret
    assert open_slot(slot, passphrase + "x") is None


@pytest.mark.parametrize(
    "name", ["assessor", "memory_kib", "passes", "lanes", "salt", "nonce", "wrapped"]
)
def test_a_passphrase_slot_with_anything_changed_does_not_open(name: str) -> None:
    content = seal_slot(SECRET, "benar", cost=CHEAP, about=ABOUT).as_json()

    slot = read_passphrase_slot({**content, name: altered(content[name])})

    assert open_slot(slot, "benar") is None


def test_a_description_that_is_added_is_noticed() -> None:
    content = seal_slot(SECRET, "benar", cost=CHEAP, about=ABOUT).as_json()

    assert open_slot(read_passphrase_slot({**content, "role": "lead"}), "benar") is None


def test_the_same_passphrase_never_gives_the_same_slot() -> None:
    first, second = (seal_slot(SECRET, "benar", cost=QUICK, about={}) for _ in range(2))

    assert not {first.salt, first.nonce, first.wrapped} & {
        second.salt,
        second.nonce,
        second.wrapped,
    }


@pytest.mark.parametrize(
    "change",
    [
        {"kdf": "scrypt"},
        {"kdf": None},
        {"memory_kib": 2**40},
        {"memory_kib": 15},
        {"memory_kib": "64"},
        {"memory_kib": True},
        {"passes": 0},
        {"passes": 65},
        {"lanes": 0},
        {"lanes": 65},
        {"lanes": 1.5},
        {"salt": ""},
        {"salt": "!"},
        {"salt": 5},
        {"nonce": "AAAA"},
        {"wrapped": ""},
        {"assessor": 5},
    ],
)
def test_what_is_no_passphrase_slot_is_refused_before_anything_is_computed(
    change: dict[str, Json],
) -> None:
    content = seal_slot(SECRET, "benar", cost=CHEAP, about=ABOUT).as_json()

    with pytest.raises(ValueError, match="slot"):
        read_passphrase_slot({**content, **change})


@pytest.mark.parametrize("content", [None, [], "x", 5])
def test_a_slot_that_is_no_object_is_refused(content: Json) -> None:
    for read in (read_passphrase_slot, read_recovery_slot, read_kept_slot):
        with pytest.raises(ValueError, match="slot"):
            read(content)


def test_only_a_whole_key_is_sealed_and_no_parameter_is_described_away() -> None:
    with pytest.raises(ValueError, match="32 bytes"):
        seal_slot(b"short", "benar", cost=QUICK, about={})
    with pytest.raises(ValueError, match="parameter"):
        seal_kept(SECRET, SECRET, about={"nonce": "x"})


def test_a_recovery_slot_opens_with_its_private_key_only() -> None:
    private = X25519PrivateKey.generate()
    sealed = seal_recovery(SECRET, private.public_key(), about=ABOUT)

    slot = read_recovery_slot(sealed.as_json())

    assert open_recovery(slot, private) == SECRET
    assert open_recovery(slot, X25519PrivateKey.generate()) is None
    assert slot.fingerprint == fingerprint(private.public_key().public_bytes_raw())


@pytest.mark.parametrize("name", ["assessor", "sealed"])
def test_a_recovery_slot_with_anything_changed_does_not_open(name: str) -> None:
    private = X25519PrivateKey.generate()
    content = seal_recovery(SECRET, private.public_key(), about=ABOUT).as_json()

    slot = read_recovery_slot({**content, name: altered(content[name])})

    assert open_recovery(slot, private) is None


@pytest.mark.parametrize("name", ["hpke", "key", "public_key"])
def test_a_recovery_slot_that_names_another_key_than_it_holds_is_refused(name: str) -> None:
    content = seal_recovery(SECRET, X25519PrivateKey.generate().public_key(), about={}).as_json()

    with pytest.raises(ValueError, match="recovery slot"):
        read_recovery_slot({**content, name: altered(content[name])})


def test_a_cut_recovery_slot_does_not_open() -> None:
    private = X25519PrivateKey.generate()
    slot = seal_recovery(SECRET, private.public_key(), about={})

    assert open_recovery(replace(slot, sealed=slot.sealed[:10]), private) is None
    assert open_recovery(replace(slot, sealed=b""), private) is None


def test_a_kept_slot_opens_with_its_key_only() -> None:
    key = bytes(32)
    slot = read_kept_slot(seal_kept(SECRET, key, about=ABOUT).as_json())

    assert open_kept(slot, key) == SECRET
    assert open_kept(slot, SECRET) is None
    assert open_kept(slot, b"somebody else's entry") is None
    assert open_kept(replace(slot, about={"assessor": "budi"}), key) is None


@pytest.fixture(scope="module")
def pair() -> KeyPair:
    return new_key_pair("kantor pusat")


def test_a_recovery_key_is_read_from_its_pem_and_from_base64(pair: KeyPair) -> None:
    public = read_public_key(pair.public)
    private = read_private_key(pair.private, "kantor pusat")

    raw = public.public_bytes_raw()
    assert private.public_key().public_bytes_raw() == raw
    assert read_public_key(base64.b64encode(raw) + b"\n").public_bytes_raw() == raw
    assert pair.fingerprint == fingerprint(raw)


@pytest.mark.usefixtures("costly_seals")
def test_the_private_key_is_sealed_so_that_guessing_is_slow() -> None:
    _, _, der = pem.unarmor(new_key_pair("kantor pusat").private)

    sealing = asn1_keys.EncryptedPrivateKeyInfo.load(der)["encryption_algorithm"]

    assert sealing.kdf == "pbkdf2"
    assert sealing.kdf_iterations >= 600_000
    assert sealing.encryption_cipher == "aes"


def code_of(call: object, *arguments: object) -> str:
    assert callable(call)
    with pytest.raises(StoreProblem) as refused:
        call(*arguments)
    return refused.value.code


def test_what_is_no_public_recovery_key_is_refused() -> None:
    other = Ed25519PrivateKey.generate().public_key()
    small_order = base64.b64encode(bytes(32))
    broken = b"-----BEGIN PUBLIC KEY-----\nAA==\n-----END PUBLIC KEY-----"

    for content in (
        b"",
        b"AAAA",
        b"\xff\xfe",
        broken,
        small_order,
        other.public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo),
    ):
        assert code_of(read_public_key, content) == "recovery_key_unreadable"
    with pytest.raises(StoreProblem):
        seal_recovery(SECRET, X25519PublicKey.from_public_bytes(bytes(32)), about={})


def test_what_is_no_private_recovery_key_is_refused(pair: KeyPair) -> None:
    bare = X25519PrivateKey.generate()
    open_pem = bare.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    other = Ed25519PrivateKey.generate().private_bytes(
        Encoding.PEM, PrivateFormat.PKCS8, BestAvailableEncryption(b"x")
    )

    for content in (b"", open_pem, other):
        assert code_of(read_private_key, content, "x") == "recovery_private_unreadable"
    assert code_of(read_private_key, pair.private, "y") == "recovery_passphrase_wrong"
    assert code_of(read_private_key, pair.private, "") == "recovery_passphrase_wrong"
