"""The list that headquarters' root signs: read only as it was signed."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, ed25519
from cryptography.hazmat.primitives.serialization import Encoding
from cryptography.x509.oid import NameOID

from assessor_app.syncing.trust_list import Revoked, TrustList, read_trust_list, sign_trust_list

NOW = datetime(2026, 11, 22, tzinfo=UTC)


def root_of(key: ec.EllipticCurvePrivateKey | ed25519.Ed25519PrivateKey) -> bytes:
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "Ombudsman RI")])
    made = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(1)
        .not_valid_before(NOW)
        .not_valid_after(NOW + timedelta(days=1))
        .sign(key, hashes.SHA256() if isinstance(key, ec.EllipticCurvePrivateKey) else None)
    )
    return made.public_bytes(Encoding.DER)


KEY = ec.generate_private_key(ec.SECP256R1())
LISTED = TrustList(
    number=3,
    made_at=NOW,
    name="Ombudsman RI",
    root=root_of(KEY),
    recipient="age1ykxd337ycnnnyxee7lzz376ddtylmgkl846jrmmg8p84cz9ep6sf38n3v",
    receipt_keys=("a" * 64,),
    devices={"0194f1a0-0000-7000-8000-000000000002": Revoked(NOW, "stolen")},
    certificates={"b" * 64: Revoked(NOW, "resigned")},
)


def test_a_list_is_read_as_its_root_signed_it() -> None:
    assert read_trust_list(sign_trust_list(LISTED, KEY)) == LISTED


def test_a_list_without_revocations_is_read() -> None:
    bare = replace(LISTED, devices={}, certificates={})
    assert read_trust_list(sign_trust_list(bare, KEY)) == bare


def test_a_list_that_another_signed_is_refused() -> None:
    with pytest.raises(ValueError, match="no list of this root"):
        read_trust_list(sign_trust_list(LISTED, ec.generate_private_key(ec.SECP256R1())))


def test_an_altered_list_is_refused() -> None:
    content = sign_trust_list(LISTED, KEY)
    for other in (
        content.replace(b'"number":3', b'"number":4'),
        content.replace(b"stolen", b"broken"),
        content[:-1],
        b"",
        b"ASSESSOR-HQ\n",
        b"ASSESSOR-HQ\nzz {}",
    ):
        with pytest.raises(ValueError, match="no list of this root"):
            read_trust_list(other)


def test_a_root_of_another_kind_of_key_is_refused() -> None:
    listed = replace(LISTED, root=root_of(ed25519.Ed25519PrivateKey.generate()))
    with pytest.raises(ValueError, match="no list of this root"):
        read_trust_list(sign_trust_list(listed, KEY))
