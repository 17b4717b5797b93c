"""Headquarters' own root and what it issues: fit for signing documents, and for nothing else."""

from datetime import UTC, datetime, timedelta

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, ed25519, rsa
from cryptography.hazmat.primitives.serialization import Encoding
from cryptography.x509.oid import NameOID

from assessor_app.domain.problem import IdentityProblem
from assessor_app.signing.answer import read_answer
from assessor_app.signing.certificate import find_problem
from assessor_app.signing.identity import Holder
from assessor_app.signing.issuers import Standing, read_root, standing
from assessor_app.signing.issuing import issue, make_root, opened_root, read_request
from assessor_app.signing.request import is_for, key_hash, make_request

NOW = datetime(2026, 11, 22, tzinfo=UTC)
HOLDER = Holder("Siti Rahma", "Perwakilan Maluku", "19850101 201001 2 001")


@pytest.fixture(scope="module")
def root() -> tuple[ec.EllipticCurvePrivateKey, x509.Certificate]:
    p12 = make_root(name="Ombudsman RI", office="Ombudsman RI", passphrase="induk", now=NOW)
    return opened_root(p12, "induk")


def request_by(key: object, name: str = "Siti") -> bytes:
    subject = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)])
    digest = None if isinstance(key, ed25519.Ed25519PrivateKey) else hashes.SHA256()
    made = x509.CertificateSigningRequestBuilder().subject_name(subject)
    return made.sign(key, digest).public_bytes(Encoding.PEM)  # type: ignore[arg-type]  # of any kind


def test_what_it_issues_is_taken_by_the_device_and_traced_to_it(
    root: tuple[ec.EllipticCurvePrivateKey, x509.Certificate],
) -> None:
    asked, holder = read_request(make_request(HOLDER, "sandi").csr)
    key = key_hash(asked.public_key())

    made = issue(asked, holder, by=root, now=NOW)

    der, authority = made.public_bytes(Encoding.DER), root[1].public_bytes(Encoding.DER)
    assert holder == HOLDER
    assert find_problem(der, NOW) is None
    assert read_root(authority, at=NOW) == authority
    assert standing(der, [], roots=[authority], at=NOW) is Standing.TRUSTED
    answer = read_answer(
        made.public_bytes(Encoding.PEM) + root[1].public_bytes(Encoding.PEM),
        holder=HOLDER,
        belongs=lambda one: is_for(key, one),
        now=NOW,
    )
    assert answer.chain == (authority,)


def test_no_certificate_outlives_its_root(
    root: tuple[ec.EllipticCurvePrivateKey, x509.Certificate],
) -> None:
    asked, holder = read_request(make_request(HOLDER, "sandi").csr)
    later = root[1].not_valid_after_utc - timedelta(days=10)

    made = issue(asked, holder, by=root, now=later)

    assert made.not_valid_after_utc == root[1].not_valid_after_utc


@pytest.mark.parametrize(
    "key",
    [
        ed25519.Ed25519PrivateKey.generate(),
        ec.generate_private_key(ec.SECP521R1()),
        rsa.generate_private_key(65537, 2048),
    ],
    ids=["ed25519", "p-521", "rsa-2048"],
)
def test_a_key_that_no_document_may_be_signed_with_gets_no_certificate(
    root: tuple[ec.EllipticCurvePrivateKey, x509.Certificate], key: object
) -> None:
    asked, holder = read_request(request_by(key))

    with pytest.raises(IdentityProblem) as refused:
        issue(asked, holder, by=root, now=NOW)

    assert refused.value.code == "request_weak"


def test_a_request_for_somebody_elses_key_is_forged() -> None:
    told = make_request(HOLDER, "sandi").csr
    der = bytearray(x509.load_pem_x509_csr(told).public_bytes(Encoding.DER))
    at = bytes(der).index(b"Siti Rahma")
    der[at : at + 4] = b"Sita"
    pem = x509.load_der_x509_csr(bytes(der)).public_bytes(Encoding.PEM)

    with pytest.raises(IdentityProblem) as refused:
        read_request(pem)

    assert refused.value.code == "request_forged"


@pytest.mark.parametrize(
    ("name", "passphrase", "code"),
    [("x", " ", "identity_passphrase_empty"), ("\n", "x", "identity_name_empty")],
)
def test_a_root_needs_a_name_and_a_passphrase(name: str, passphrase: str, code: str) -> None:
    with pytest.raises(IdentityProblem) as refused:
        make_root(name=name, office="", passphrase=passphrase, now=NOW)
    assert refused.value.code == code


def test_a_key_without_a_certificate_is_no_root() -> None:
    with pytest.raises(IdentityProblem) as refused:
        opened_root(make_request(HOLDER, "sandi").sealed, "sandi")
    assert refused.value.code == "identity_without_key"
