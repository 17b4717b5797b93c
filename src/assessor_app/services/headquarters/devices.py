"""The devices that headquarters has certified, as its own record tells them."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from assessor_app.domain.event import STORE, Heads
from assessor_app.domain.instants import instant_from_text
from assessor_app.storage.store import Store
from assessor_app.syncing.trust_list import Revoked

DEVICE, CERTIFICATE = "device/", "certificate/"
REVOKED_AT, REVOKED_WHY = "revoked_at", "revoked_reason"


@dataclass(frozen=True, slots=True)
class CertifiedDevice:
    """A device that may send: its own key (hex), to whom letters are sealed, and whose it is."""

    id: str
    public_key: str
    recipient: str
    holder: str
    revoked: Revoked | None


@dataclass(frozen=True, slots=True)
class IssuedCertificate:
    """A certificate by the SHA-256 (hex) of its DER, and the device that asked for it."""

    fingerprint: str
    device: str
    holder: str
    not_after: datetime
    revoked: Revoked | None


def certified_devices(store: Store) -> Mapping[str, CertifiedDevice]:
    """All devices that were certified here, revoked ones too, by id."""
    heads = store.log.heads(STORE)
    found = {}
    for entity in sorted({one for one, field in heads if field == "recipient"}):
        if not entity.startswith(DEVICE):
            continue
        id_ = entity.removeprefix(DEVICE)
        found[id_] = CertifiedDevice(
            id_,
            _text(heads, entity, "public_key"),
            _text(heads, entity, "recipient"),
            _text(heads, entity, "holder"),
            _revoked(heads, entity),
        )
    return found


def issued_certificates(store: Store) -> Mapping[str, IssuedCertificate]:
    """All certificates that were issued here, revoked ones too, by fingerprint."""
    heads = store.log.heads(STORE)
    found = {}
    for entity in sorted({one for one, _ in heads if one.startswith(CERTIFICATE)}):
        fingerprint = entity.removeprefix(CERTIFICATE)
        found[fingerprint] = IssuedCertificate(
            fingerprint,
            _text(heads, entity, "device"),
            _text(heads, entity, "holder"),
            instant_from_text(_text(heads, entity, "not_after")),
            _revoked(heads, entity),
        )
    return found


def _revoked(heads: Heads, entity: str) -> Revoked | None:
    if (entity, REVOKED_AT) not in heads:
        return None
    at = instant_from_text(_text(heads, entity, REVOKED_AT))
    return Revoked(at, _text(heads, entity, REVOKED_WHY))


def _text(heads: Heads, entity: str, field: str) -> str:
    return str(heads[entity, field][-1].value)
