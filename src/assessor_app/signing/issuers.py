"""Who stands behind a certificate: the way from it to an authority, pinned or not."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from enum import StrEnum

from cryptography import x509
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.serialization import Encoding

from assessor_app.domain.problem import IdentityProblem
from assessor_app.signing.certificate import (
    UNREADABLE,
    CertificateProblem,
    find_problem,
    is_authority,
    read_certificate,
)

_LONGEST = 8  # authorities above one another


class Standing(StrEnum):
    """What a certificate is worth where its signature is looked at."""

    TRIAL = "trial"  # issued by its holder
    OFFICE = "office"  # issued by an authority that is not pinned here
    TRUSTED = "trusted"  # issued below a root that is pinned here


def standing(
    certificate: bytes, chain: Iterable[bytes], *, roots: Iterable[bytes], at: datetime
) -> Standing:
    """What a certificate (DER) with its issuers is worth against the pinned roots (PEM or DER)."""
    if read_certificate(certificate).is_trial:
        return Standing.TRIAL
    pinned = [read_any(one) for one in roots]
    leaf = x509.load_der_x509_certificate(certificate)
    issuers = [x509.load_der_x509_certificate(one) for one in chain]
    path = issuers_of(leaf, [*pinned, *issuers], at=at)
    return Standing.TRUSTED if any(one in pinned for one in path) else Standing.OFFICE


def issuers_of(
    certificate: x509.Certificate, authorities: Iterable[x509.Certificate], *, at: datetime
) -> tuple[x509.Certificate, ...]:
    """The authorities that lead up from a certificate, the nearest first, as far as they go.

    Only what is good at that instant: of a renewed authority the certificate before it may be here.
    """
    good = [one for one in authorities if _is_good(one, at)]
    path: list[x509.Certificate] = []
    below = certificate
    while len(path) < _LONGEST and not _issued(below, by=below):
        above = next((one for one in good if _is_above(one, below, path)), None)
        if above is None:
            break
        path.append(above)
        below = above
    return tuple(path)


def read_any(encoded: bytes) -> x509.Certificate:
    """A certificate, PEM or DER. Raises IdentityProblem `root_unreadable`."""
    is_pem = b"-----BEGIN" in encoded
    load = x509.load_pem_x509_certificate if is_pem else x509.load_der_x509_certificate
    try:
        found = load(encoded)
        read_certificate(found.public_bytes(Encoding.DER))  # what it says of itself as well
    except UNREADABLE as error:
        raise IdentityProblem("root_unreadable") from error
    return found


def read_der(encoded: bytes) -> bytes:
    """A certificate, PEM or DER, as DER. Raises IdentityProblem `root_unreadable`."""
    return read_any(encoded).public_bytes(Encoding.DER)


def read_root(encoded: bytes, *, at: datetime) -> bytes:
    """A root certificate that may be pinned, as DER.

    Raises IdentityProblem `root_unreadable`, `root_no_authority` for a certificate that is no
    self-issued authority's, `root_weak` or `root_expired`.
    """
    root = read_any(encoded)
    der = root.public_bytes(Encoding.DER)
    facts = read_certificate(der)
    name = facts.common_name
    if not is_authority(root) or not _issued(root, by=root):
        raise IdentityProblem("root_no_authority", name=name)
    problem = find_problem(der, at, authority=True)
    if problem is CertificateProblem.WEAK:
        raise IdentityProblem("root_weak", name=name)
    if problem is not None:
        raise IdentityProblem(
            "root_expired",
            name=name,
            not_before=facts.not_before.astimezone(),
            not_after=facts.not_after.astimezone(),
        )
    return der


def _is_above(
    one: x509.Certificate, below: x509.Certificate, path: Sequence[x509.Certificate]
) -> bool:
    return _issued(below, by=one) and _has_room(
        one, sum(not _issued(each, by=each) for each in path)
    )


def _has_room(authority: x509.Certificate, below: int) -> bool:
    """Whether it may stand above so many authorities (RFC 5280, path length)."""
    # It can be read: `is_authority` has, where it was found good.
    found = authority.extensions.get_extension_for_class(x509.BasicConstraints).value
    return found.path_length is None or below <= found.path_length


def _issued(certificate: x509.Certificate, *, by: x509.Certificate) -> bool:
    try:
        certificate.verify_directly_issued_by(by)
    except (InvalidSignature, *UNREADABLE):
        return False
    return True


def _is_good(authority: x509.Certificate, at: datetime) -> bool:
    return find_problem(authority.public_bytes(Encoding.DER), at, authority=True) is None
