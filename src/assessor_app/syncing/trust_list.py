"""Whom headquarters trusts and no longer trusts: a list that its root signs, in a file or a letter.

It is how a device comes to know headquarters at all: to which key it seals, whose receipts count,
which devices and certificates were revoked. The root's fingerprint is compared by voice, once.
"""

import base64
import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec

from assessor_app.domain.event import Json, canonical
from assessor_app.domain.instants import instant_from_text, instant_text
from assessor_app.syncing.reading import as_count, as_hex32, as_list, as_object, as_text

FORM = 1
_MAGIC = b"ASSESSOR-HQ\n"
_DOMAIN = b"trust-v1\0"
_UNREADABLE = (ValueError, KeyError, TypeError, RecursionError)


@dataclass(frozen=True, slots=True)
class Revoked:
    """From when on something is trusted no more, and why."""

    at: datetime
    reason: str


@dataclass(frozen=True, slots=True)
class TrustList:
    """`root` is a certificate (DER), `recipient` the age key that parts are sealed to.

    `receipt_keys` are Ed25519 public keys (hex). Revoked are devices by their id, certificates by
    the SHA-256 (hex) of their DER. `number` grows with every list.
    """

    number: int
    made_at: datetime
    name: str
    root: bytes = field(repr=False)
    recipient: str
    receipt_keys: tuple[str, ...]
    devices: Mapping[str, Revoked] = field(default_factory=dict)
    certificates: Mapping[str, Revoked] = field(default_factory=dict)


def sign_trust_list(listed: TrustList, key: ec.EllipticCurvePrivateKey) -> bytes:
    """The list under the root's signature (ECDSA, SHA-256), as it is written to a file."""
    body = canonical(_json(listed))
    signature = key.sign(_DOMAIN + body, ec.ECDSA(hashes.SHA256()))
    return _MAGIC + signature.hex().encode() + b" " + body


def read_trust_list(content: bytes) -> TrustList:
    """A list whose signature is by the root that it names; whether that one is trusted, it is not
    asked here.

    Raises ValueError where it is none, is altered, or of a newer form.
    """
    from cryptography import x509

    try:
        if not content.startswith(_MAGIC):
            raise ValueError("no list")
        told, _, body = content[len(_MAGIC) :].partition(b" ")
        loaded = as_object(json.loads(body))
        if as_count(loaded["v"]) != FORM or canonical(loaded) != body:
            raise ValueError("of another form")
        found = _list(loaded)
        key = x509.load_der_x509_certificate(found.root).public_key()
        if not isinstance(key, ec.EllipticCurvePublicKey):
            raise TypeError("a root of another kind")
        key.verify(bytes.fromhex(told.decode()), _DOMAIN + body, ec.ECDSA(hashes.SHA256()))
    except (*_UNREADABLE, InvalidSignature) as error:
        raise ValueError("no list of this root") from error
    return found


def _json(listed: TrustList) -> Json:
    return {
        "v": FORM,
        "number": listed.number,
        "made_at": instant_text(listed.made_at),
        "name": listed.name,
        "root": base64.b64encode(listed.root).decode(),
        "recipient": listed.recipient,
        "receipt_keys": list(listed.receipt_keys),
        "devices": _revoked_json(listed.devices),
        "certificates": _revoked_json(listed.certificates),
    }


def _revoked_json(known: Mapping[str, Revoked]) -> Json:
    return {id_: [instant_text(one.at), one.reason] for id_, one in known.items()}


def _list(loaded: dict[str, Json]) -> TrustList:
    return TrustList(
        number=as_count(loaded["number"]),
        made_at=instant_from_text(as_text(loaded["made_at"])),
        name=as_text(loaded["name"]),
        root=base64.b64decode(as_text(loaded["root"]), validate=True),
        recipient=as_text(loaded["recipient"]),
        receipt_keys=tuple(as_hex32(one) for one in as_list(loaded["receipt_keys"])),
        devices=_revoked(as_object(loaded["devices"])),
        certificates=_revoked(as_object(loaded["certificates"])),
    )


def _revoked(loaded: dict[str, Json]) -> dict[str, Revoked]:
    found = {}
    for id_, told in loaded.items():
        at, reason = as_list(told)
        found[id_] = Revoked(instant_from_text(as_text(at)), as_text(reason))
    return found
