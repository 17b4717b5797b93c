"""Answering a device's request: its certificate, and the device is known from then on."""

import hashlib
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from cryptography.hazmat.primitives.serialization import Encoding

from assessor_app.domain.event import STORE, EventKind
from assessor_app.domain.instants import instant_text
from assessor_app.domain.problem import IdentityProblem, StoreProblem
from assessor_app.services.destination import require_free
from assessor_app.services.enrolment import Workplace
from assessor_app.services.given_file import content_of
from assessor_app.services.headquarters.devices import (
    CERTIFICATE,
    DEVICE,
    certified_devices,
)
from assessor_app.services.headquarters.keys import keys_of
from assessor_app.services.trust import known_devices
from assessor_app.signing.issuing import LEAF_DAYS, issue, opened_root, read_request
from assessor_app.signing.request import key_hash
from assessor_app.storage.files import flush, writing_whole
from assessor_app.storage.log import Draft
from assessor_app.syncing.device_card import DeviceCard, read_device_block

_MOST_BYTES = 64 * 1024
_SEPARATORS = str.maketrans("", "", ": -\t")


@dataclass(frozen=True, slots=True)
class Certified:
    """A certificate that was issued: `fingerprint` is its SHA-256, `key` its key's (hex)."""

    path: Path
    holder: str
    device: str
    fingerprint: str
    key: str
    not_after: datetime


def certify(
    workplace: Workplace,
    request: Path,
    *,
    out: Path,
    passphrase: str,
    key: str | None = None,
    days: int = LEAF_DAYS,
) -> Certified:
    """Issue the certificate that a request asks for, and know its device from now on.

    `key` is what the assessor read out: the SHA-256 of the key, or its beginning. The answer gets
    its name last: what was sent off is recorded. Raises IdentityProblem `request_unreadable`,
    `request_forged`, `request_weak`, `request_without_device`, `request_key_differs`,
    `identity_passphrase_wrong`; StoreProblem `no_headquarters`, `device_key_changed`,
    `device_revoked`, or as reading and writing do: nothing is issued then.
    """
    require_free(out)
    store = workplace.store
    keys = keys_of(store)
    content = content_of(request, most=_MOST_BYTES)
    asked, holder = read_request(content)
    told = key_hash(asked.public_key())
    _require_key(told, key)
    card = _card(content, told, request)
    _require_known_as(workplace, card, request)
    by = opened_root(keys.sealed_root, passphrase)
    made = issue(asked, holder, by=by, now=store.clock.now(), days=days)
    fingerprint = hashlib.sha256(made.public_bytes(Encoding.DER)).hexdigest()
    values = {
        (f"{DEVICE}{card.device}", "public_key"): card.public_key,
        (f"{DEVICE}{card.device}", "recipient"): card.recipient,
        (f"{DEVICE}{card.device}", "holder"): holder.name,
        (f"{CERTIFICATE}{fingerprint}", "device"): card.device,
        (f"{CERTIFICATE}{fingerprint}", "holder"): holder.name,
        (f"{CERTIFICATE}{fingerprint}", "not_after"): instant_text(made.not_valid_after_utc),
    }
    with writing_whole(out, mode=0o644) as file:
        file.write(made.public_bytes(Encoding.PEM) + by[1].public_bytes(Encoding.PEM))
        flush(file)
        store.log.append(Draft(STORE, EventKind.TRUSTED, values))
    return Certified(out, holder.name, card.device, fingerprint, told, made.not_valid_after_utc)


def _require_key(found: str, typed: str | None) -> None:
    """What was read out over the telephone has to be the beginning of the key's hash."""
    if typed is None:
        return
    wanted = typed.translate(_SEPARATORS).casefold()
    if not wanted or not found.startswith(wanted):
        raise IdentityProblem("request_key_differs", found=found, typed=typed)


def _card(content: bytes, key: str, request: Path) -> DeviceCard:
    """The device that asks, whose block is for this very request."""
    try:
        card = read_device_block(content)
    except ValueError as error:
        raise IdentityProblem("request_without_device", path=request) from error
    if card.key != key:
        raise IdentityProblem("request_without_device", path=request)
    return card


def _require_known_as(workplace: Workplace, card: DeviceCard, request: Path) -> None:
    """A device that is known keeps its key, and one that was revoked stays so."""
    known = known_devices(workplace.store).get(card.device, card.public_key)
    if known != card.public_key:
        raise StoreProblem("device_key_changed", path=request, device=card.device)
    certified = certified_devices(workplace.store).get(card.device)
    if certified is not None and certified.revoked is not None:
        raise StoreProblem("device_revoked", device=card.device, reason=certified.revoked.reason)
