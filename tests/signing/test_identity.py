"""Identities are made on the device, stay sealed, and say plainly that they are trials."""

from datetime import timedelta

import pytest
from asn1crypto.pkcs12 import Pfx, SafeContents
from asn1crypto.x509 import Name
from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import ec, ed25519, rsa
from cryptography.hazmat.primitives.serialization import pkcs12
from cryptography.x509.oid import NameOID
from hypothesis import example, given
from hypothesis import strategies as st
from tests.signing.people import (
    NOW,
    PASSPHRASE,
    YEAR,
    Key,
    cheap_seal,
    headquarters,
    new_trial_p12,
    trial,
    trial_p12,
)

from assessor_app.domain.problem import IdentityProblem
from assessor_app.signing.certificate import TRIAL_POLICY
from assessor_app.signing.identity import Holder, Identity, load_identity, make_trial_identity
from assessor_app.signing.subject import TRIAL_UNIT, same_person, storable

HARD_NAMES = [
    "Siti Nurbaya 🙂",
    "Ahmad أحمد Ali",
    "أحمد",
    "Raden Ajeng " + "Kartini " * 40,
    "baris\nbaru\tdan \u202ebalik",
    "山田 太郎",
]


def refusal(p12: bytes, passphrase: str = PASSPHRASE) -> str:
    with pytest.raises(IdentityProblem) as refused:
        load_identity(p12, passphrase, now=NOW)
    return refused.value.code


def trial_certificate(identity: Identity) -> x509.Certificate:
    return x509.load_der_x509_certificate(identity.certificate)


def test_trial_identity_carries_its_holder_and_opens_with_the_passphrase() -> None:
    identity = trial()

    assert identity.common_name == "Siti Nurbaya"
    assert identity.organization == "Perwakilan Maluku"
    assert identity.employee_id == "19800101 200501 2 001"
    assert identity.not_before <= NOW < NOW + timedelta(days=364) < identity.not_after


def test_trial_identity_says_so_to_people_and_to_programs() -> None:
    certificate = trial_certificate(trial())

    unit = certificate.subject.get_attributes_for_oid(NameOID.ORGANIZATIONAL_UNIT_NAME)
    policies = certificate.extensions.get_extension_for_class(x509.CertificatePolicies).value
    assert unit[0].value == TRIAL_UNIT
    assert [policy.policy_identifier for policy in policies] == [TRIAL_POLICY]
    assert trial().is_trial


def test_trial_certificate_may_sign_documents_and_nothing_else() -> None:
    usage = trial_certificate(trial()).extensions.get_extension_for_class(x509.KeyUsage)

    assert usage.critical
    assert usage.value.digital_signature
    assert usage.value.content_commitment
    assert not usage.value.key_cert_sign


@pytest.mark.usefixtures("costly_seals")
def test_file_is_sealed_by_aes_256_and_600000_rounds() -> None:
    certificates, keys = Pfx.load(new_trial_p12()).authenticated_safe
    seals = [
        certificates["content"]["encrypted_content_info"]["content_encryption_algorithm"],
        SafeContents.load(keys["content"].native)[0]["bag_value"]["encryption_algorithm"],
    ]

    for seal in seals:
        rounds = seal["parameters"]["key_derivation_func"]["parameters"]
        assert seal["algorithm"].native == "pbes2"
        assert seal.encryption_cipher == "aes"
        assert seal.key_length == 32
        assert rounds["iteration_count"].native == 600_000
        assert rounds["prf"]["algorithm"].native == "sha256"


def test_neither_key_nor_certificate_shows_in_a_log() -> None:
    shown = repr(trial())

    assert "key=" not in shown
    assert "certificate=" not in shown


def test_identity_of_an_authority_is_no_trial_and_names_its_issuer() -> None:
    identity = headquarters().identity("Siti Nurbaya")

    assert not identity.is_trial
    assert identity.issuer == headquarters().name


def test_wrong_passphrase_is_told_from_a_file_that_is_no_identity() -> None:
    assert refusal(trial_p12(), "salah") == "identity_passphrase_wrong"
    for junk in (b"", b"hello", b"%PDF-1.7", b"\x30\x80", trial_p12()[:40]):
        assert refusal(junk) == "identity_unreadable"


def test_passphrase_may_hold_any_characters_however_they_are_composed() -> None:
    composed, decomposed = "kunci-é-🔑", "kunci-e\u0301-🔑"
    holder = Holder("Siti Nurbaya", "Perwakilan Maluku")

    p12 = make_trial_identity(holder=holder, passphrase=decomposed, now=NOW)

    assert load_identity(p12, composed, now=NOW).common_name == "Siti Nurbaya"


def test_empty_passphrase_or_name_makes_no_identity() -> None:
    holder = Holder("Siti Nurbaya", "Perwakilan Maluku")
    for blank in ("", "  "):
        with pytest.raises(IdentityProblem, match="identity_passphrase_empty"):
            make_trial_identity(holder=holder, passphrase=blank, now=NOW)
    with pytest.raises(IdentityProblem, match="identity_name_empty"):
        make_trial_identity(holder=Holder("🙂 ", "Maluku"), passphrase="x", now=NOW)


def test_employee_number_that_a_certificate_cannot_hold_is_refused_not_changed() -> None:
    holder = Holder("Siti Nurbaya", "Perwakilan Maluku", employee_id="1980–01")

    with pytest.raises(IdentityProblem, match="identity_employee_id_invalid"):
        make_trial_identity(holder=holder, passphrase="x", now=NOW)


def test_expired_and_not_yet_valid_identities_are_refused_with_their_bounds() -> None:
    expired = headquarters().p12("Siti", start=NOW - 2 * YEAR, end=NOW - YEAR)
    coming = headquarters().p12("Siti", start=NOW + YEAR, end=NOW + 2 * YEAR)

    with pytest.raises(IdentityProblem) as refused:
        load_identity(expired, PASSPHRASE, now=NOW)

    assert refused.value.code == "identity_expired"
    assert refused.value.places["not_after"] == NOW - YEAR
    assert refusal(coming) == "identity_not_yet_valid"


def test_file_without_its_key_or_with_another_key_is_refused() -> None:
    certificate = trial_certificate(trial())
    alone = pkcs12.serialize_key_and_certificates(None, None, certificate, None, cheap_seal())
    unnamed = pkcs12.serialize_key_and_certificates(
        b"kunci", ec.generate_private_key(ec.SECP256R1()), None, [certificate], cheap_seal()
    )

    assert refusal(alone) == "identity_without_key"
    assert refusal(unnamed) == "identity_without_key"


@pytest.mark.parametrize(
    "key",
    [
        rsa.generate_private_key(65537, 2048),
        ec.generate_private_key(ec.SECP256K1()),
        ed25519.Ed25519PrivateKey.generate(),
    ],
    ids=["rsa-2048", "secp256k1", "ed25519"],
)
def test_weak_or_unreadable_keys_are_refused(key: Key) -> None:
    assert refusal(headquarters().p12("Siti", key=key)) == "identity_weak"


def test_certificate_that_was_not_issued_for_signing_is_refused() -> None:
    assert refusal(headquarters().p12("Siti", may_sign=False)) == "identity_wrong_usage"


@pytest.mark.parametrize("name", HARD_NAMES)
def test_hard_names_stand_in_a_certificate_in_at_most_64_bytes(name: str) -> None:
    stored = storable(name)

    assert stored
    assert len(stored.encode()) <= 64
    assert "\u202e" not in stored
    assert stored == storable(stored)


def test_a_cut_name_says_that_it_is_cut() -> None:
    assert storable("Kartini " * 40).endswith("…")


@given(st.text(max_size=80).map(storable).filter(bool))
@example(storable("Siti Ⴀ"))  # its small letter came after Unicode 3.2
@example(storable("0\U0001ee27"))  # a sign that becomes an Arabic letter
def test_any_name_equals_itself_for_readers(stored: str) -> None:
    # asn1crypto compares by RFC 4518: pyHanko calls a signature invalid where this is not so.
    assert Name.build({"common_name": stored}) == Name.build({"common_name": stored})


@pytest.mark.parametrize(
    ("certified", "recorded"),
    [
        ("WENDY PELUPESSY", "dr. Wendy  Pelupessy"),
        ("Drs. H. Budi Santoso", "Budi Santoso, S.H., M.Si."),
        ("Prof. Dr. Ani Wijaya Ph.D.", "ani wijaya"),
        ("Jose\u0301 Rizal", "José Rizal"),
        ("Ir. M. Yusuf", "M. Yusuf S.T."),
        ("H.", "H."),
    ],
)
def test_titles_and_degrees_tell_no_person_from_themselves(certified: str, recorded: str) -> None:
    assert same_person(certified, recorded)
    assert same_person(recorded, certified)


@pytest.mark.parametrize(
    ("certified", "recorded"),
    [
        ("Orang Lain", "dr. Wendy Pelupessy"),
        ("A. Yusuf", "M. Yusuf"),
        ("Budi B.", "Budi C."),
        ("Budi", "Budi Santoso"),
        ("H.", "Dr."),
        ("Budi", ""),
        ("Dr.", ""),
    ],
)
def test_another_name_is_another_person(certified: str, recorded: str) -> None:
    assert not same_person(certified, recorded)
    assert not same_person(recorded, certified)
