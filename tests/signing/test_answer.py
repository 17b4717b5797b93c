"""Headquarters' answers: what a certificate is worth, and how far that is traced."""

import random
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from functools import partial
from zoneinfo import ZoneInfo

import pytest
from asn1crypto.cms import ContentInfo
from asn1crypto.pkcs12 import Pfx, SafeContents
from asn1crypto.x509 import Certificate
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import pkcs12
from tests.signing.office import Office, bundle, der, pem
from tests.signing.people import NOW, PASSPHRASE, YEAR, Authority, cheap_seal, headquarters, trial

from assessor_app.domain.problem import IdentityProblem
from assessor_app.signing.answer import Answer, read_answer
from assessor_app.signing.certificate import CertificateProblem, find_problem, is_authority
from assessor_app.signing.identity import Holder, load_identity, resealed
from assessor_app.signing.issuers import Standing, read_root, standing
from assessor_app.signing.request import (
    certified,
    is_for,
    key_hash,
    make_request,
    make_request_again,
)

HOLDER = Holder("Siti Rahma, S.H.", "Perwakilan Maluku", "19850101 201001 2 001")


@pytest.fixture(scope="module")
def requested() -> tuple[bytes, bytes, str]:
    """A request, its sealed key, and that key's hash."""
    made = make_request(HOLDER, PASSPHRASE)
    return made.csr, made.sealed, made.key


@pytest.fixture(scope="module")
def office() -> Office:
    return Office()


def read(data: bytes, key: str, holder: Holder = HOLDER) -> Answer:
    return read_answer(data, holder=holder, belongs=partial(is_for, key), now=NOW)


@pytest.mark.usefixtures("costly_seals")
def test_the_waiting_key_is_sealed_as_an_identity_is() -> None:
    (keys,) = Pfx.load(make_request(HOLDER, PASSPHRASE).sealed).authenticated_safe
    seal = SafeContents.load(keys["content"].native)[0]["bag_value"]["encryption_algorithm"]
    rounds = seal["parameters"]["key_derivation_func"]["parameters"]

    assert seal.encryption_cipher == "aes"
    assert rounds["iteration_count"].native == 600_000
    assert rounds["prf"]["algorithm"].native == "sha256"


def test_the_answer_and_the_waiting_key_make_an_identity_with_its_issuers(
    requested: tuple[bytes, bytes, str], office: Office
) -> None:
    csr, sealed, key = requested
    leaf = office.answer(csr)

    answer = read(pem(office.root_certificate, leaf, office.issuing_certificate), key)
    identity = load_identity(certified(sealed, answer, PASSPHRASE), PASSPHRASE, now=NOW)

    assert identity.certificate == der(leaf)
    assert identity.chain == (der(office.issuing_certificate), der(office.root_certificate))
    assert identity.employee_id == HOLDER.employee_id
    assert make_request_again(sealed, HOLDER, PASSPHRASE).key == key


def test_a_pkcs7_is_read_in_whatever_order_it_was_written(
    requested: tuple[bytes, bytes, str], office: Office
) -> None:
    leaf, above = office.answer(requested[0]), office.issuing_certificate
    written = bundle(leaf, above)
    for one, other in ((leaf, above), (above, leaf)):
        first, second = der(one), der(other)
        if first + second in written:
            other_way = written.replace(first + second, second + first)

    for data in (written, other_way):
        assert read(data, requested[2]).certificate == der(leaf)


def test_a_pkcs7_that_holds_something_else_is_no_answer(
    requested: tuple[bytes, bytes, str],
) -> None:
    for kind in ("data", "digested_data"):
        other = ContentInfo({"content_type": kind})
        with pytest.raises(IdentityProblem, match="answer_unreadable"):
            read(other.dump(), requested[2])


def test_a_certificate_of_another_key_is_never_sealed_with_the_waiting_one(
    requested: tuple[bytes, bytes, str], office: Office
) -> None:
    other = ec.generate_private_key(ec.SECP256R1()).public_key()
    leaf = office.answer(requested[0], key=other)

    with pytest.raises(IdentityProblem, match="answer_of_another_key"):
        certified(requested[1], read(pem(leaf), key_hash(other)), PASSPHRASE)


def test_of_a_holder_without_a_number_the_name_alone_is_compared(office: Office) -> None:
    bare = Holder("Siti Rahma, S.H.", "Perwakilan Maluku")
    made = make_request(bare, PASSPHRASE)
    leaf = office.answer(made.csr)

    assert read(pem(leaf), made.key, bare).common_name == bare.name
    with pytest.raises(IdentityProblem, match="answer_of_another_person"):
        read(pem(leaf), made.key)


@pytest.mark.parametrize("blank", ["", " \u200b"])
def test_no_request_or_identity_is_sealed_with_nothing(blank: str) -> None:
    with pytest.raises(IdentityProblem, match="identity_passphrase_empty"):
        make_request(HOLDER, blank)
    with pytest.raises(IdentityProblem, match="identity_passphrase_empty"):
        resealed(b"", "x", blank)


def test_what_holds_no_key_is_not_resealed(office: Office) -> None:
    alone = pkcs12.serialize_key_and_certificates(
        None, None, office.root_certificate, None, cheap_seal()
    )

    with pytest.raises(IdentityProblem, match="identity_without_key"):
        resealed(alone, PASSPHRASE, "baru")


# Authorities


def test_an_ended_or_weak_issuer_that_comes_along_is_refused(
    requested: tuple[bytes, bytes, str],
) -> None:
    office = Office()
    ended = office.issuing_certificate.not_valid_after_utc + timedelta(days=1)
    leaf = office.answer(requested[0], end=ended + YEAR)

    with pytest.raises(IdentityProblem, match="answer_issuer_broken"):
        read_answer(
            pem(leaf, office.issuing_certificate),
            holder=HOLDER,
            belongs=partial(is_for, requested[2]),
            now=ended,
        )


def test_a_chain_is_traced_to_a_pinned_root_and_no_further(
    requested: tuple[bytes, bytes, str], office: Office
) -> None:
    leaf, above = der(office.answer(requested[0])), [der(office.issuing_certificate)]
    root = pem(office.root_certificate)

    def worth(chain: list[bytes], *roots: bytes, at: int = 0) -> Standing:
        return standing(leaf, chain, roots=roots, at=NOW + at * YEAR)

    assert worth(above, root) is Standing.TRUSTED
    assert worth(above, root, at=30) is Standing.OFFICE  # its root has ended by then
    assert worth([], root) is Standing.OFFICE  # what is between them is missing
    assert worth([], pem(office.issuing_certificate)) is Standing.TRUSTED
    assert worth(above) is Standing.OFFICE
    assert worth(above, headquarters().root()) is Standing.OFFICE
    assert standing(trial().certificate, (), roots=(root,), at=NOW) is Standing.TRIAL


def test_of_a_renewed_authority_the_certificate_that_is_valid_counts(
    requested: tuple[bytes, bytes, str], office: Office
) -> None:
    leaf, above = office.answer(requested[0]), office.issuing_certificate
    before = office.renewed(end=NOW - timedelta(days=1))

    answer = read(pem(leaf, before, above), requested[2])

    assert answer.chain == (der(above),)
    both, root = [der(before), der(above)], pem(office.root_certificate)
    assert standing(der(leaf), both, roots=[root], at=NOW) is Standing.TRUSTED
    with pytest.raises(IdentityProblem, match="answer_issuer_broken"):
        read(pem(leaf, before), requested[2])


def test_of_two_certificates_for_one_key_the_one_that_lasts_longer_is_taken(
    requested: tuple[bytes, bytes, str], office: Office
) -> None:
    ended = office.answer(requested[0], end=NOW - timedelta(hours=1))
    lasting = office.answer(requested[0])

    assert read(pem(ended, lasting), requested[2]).certificate == der(lasting)


def test_a_certificate_without_an_end_can_be_told_in_any_zone(
    requested: tuple[bytes, bytes, str], office: Office
) -> None:
    """RFC 5280 calls the last second of the year 9999 "no end"."""
    endless = office.answer(requested[0], end=datetime(9999, 12, 31, 23, 59, 59, tzinfo=UTC))

    answer = read(pem(endless), requested[2])

    for zone in ("Asia/Jayapura", "Pacific/Kiritimati", "America/Lima"):
        assert answer.not_after.astimezone(ZoneInfo(zone)).year == 9999
    assert find_problem(answer.certificate, NOW + 1000 * YEAR) is None


def test_an_authority_of_the_same_name_issued_nothing(
    requested: tuple[bytes, bytes, str], office: Office
) -> None:
    leaf, other = der(office.answer(requested[0])), Office()

    found = standing(
        leaf, [der(other.issuing_certificate)], roots=[pem(other.root_certificate)], at=NOW
    )

    assert found is Standing.OFFICE


def test_a_signer_may_not_issue_for_another() -> None:
    identity = headquarters().identity("Siti Nurbaya")

    assert not is_authority(x509.load_der_x509_certificate(identity.certificate))
    with pytest.raises(IdentityProblem, match="root_no_authority"):
        read_root(identity.certificate, at=NOW)


def test_a_root_is_its_own_authority_and_within_its_time() -> None:
    root = Authority("Akar Uji")

    made = root.certificate()

    assert read_root(pem(made), at=NOW) == read_root(der(made), at=NOW) == der(made)
    with pytest.raises(IdentityProblem, match="root_expired"):
        read_root(root.root(), at=NOW + 40 * YEAR)


def test_an_authority_that_may_stand_over_none_stands_over_none(
    requested: tuple[bytes, bytes, str],
) -> None:
    """RFC 5280, path length: a root that issues to signers alone vouches for no authority."""
    office = Office()
    name, key = office.root.subject, office.root.key
    narrow = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(1)
        .not_valid_before(NOW - YEAR)
        .not_valid_after(NOW + YEAR)
        .add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
        .sign(key, hashes.SHA256())
    )
    chain = [der(office.issuing_certificate)]

    assert is_authority(narrow)
    found = standing(der(office.answer(requested[0])), chain, roots=[pem(narrow)], at=NOW)
    assert found is Standing.OFFICE


def test_a_certificate_signed_with_sha1_is_weak(
    requested: tuple[bytes, bytes, str], office: Office
) -> None:
    for name in ("sha1_ecdsa", "md5_rsa"):
        altered = Certificate.load(der(office.answer(requested[0])))
        for place in (altered["tbs_certificate"]["signature"], altered["signature_algorithm"]):
            place["algorithm"] = name
        assert find_problem(altered.dump(force=True), NOW) is CertificateProblem.WEAK


@pytest.mark.parametrize("form", ["der", "pkcs7"])
def test_no_damaged_answer_or_root_is_taken_or_crashes(
    requested: tuple[bytes, bytes, str], office: Office, form: str
) -> None:
    """Any byte may be any other; what is taken all the same is for the waiting key."""
    chance = random.Random(6)
    leaf = office.answer(requested[0])
    whole = der(leaf) if form == "der" else bundle(leaf, office.issuing_certificate)
    root = der(office.root_certificate)
    for _ in range(150):
        damaged, other = bytearray(whole), bytearray(root)
        damaged[chance.randrange(len(whole))] = chance.randrange(256)
        other[chance.randrange(len(root))] ^= 1 + chance.randrange(255)
        with suppress(IdentityProblem):
            taken = x509.load_der_x509_certificate(read(bytes(damaged), requested[2]).certificate)
            assert taken.public_key() == leaf.public_key()
        with pytest.raises(IdentityProblem):
            read_root(bytes(other), at=NOW)
