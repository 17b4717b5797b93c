"""A sealed manifest on the storage: opened, and asked from whom it is, before any part of it is."""

import hashlib
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from assessor_app.domain.problem import StoreProblem
from assessor_app.services.headquarters.devices import CertifiedDevice
from assessor_app.services.headquarters.keys import Keys
from assessor_app.storage.received import ReceivedPart
from assessor_app.syncing.sealed import unseal
from assessor_app.syncing.shipment import MANIFESTS, Shipment, manifest_name, read_shipment
from assessor_app.syncing.transports.transport import Transport

_MOST_BYTES = 16 * 1024 * 1024
_NAME = re.compile(rf"{MANIFESTS}([0-9a-f]{{64}})")


@dataclass(frozen=True, slots=True)
class Arrived:
    """A manifest whose signature is by a device that is known; `body` is its hash, hex."""

    manifest: str
    shipment: Shipment
    body: str
    device: CertifiedDevice


def listed_manifests(transport: Transport) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The manifests on a storage by their hash, and names below them that are none, in order."""
    names = sorted(transport.list(MANIFESTS))
    found = [match[1] for name in names if (match := _NAME.fullmatch(name))]
    return tuple(found), tuple(name for name in names if not _NAME.fullmatch(name))


def fetched_manifest(transport: Transport, manifest: str) -> bytes:
    """A sealed manifest. Raises StoreProblem `manifest_altered` where it is not what its name says,
    and TransportFailed."""
    name = manifest_name(manifest)
    size = transport.size(name)
    if size is None or size > _MOST_BYTES:
        raise StoreProblem("manifest_altered", name=name)
    sealed = transport.get(name)
    if hashlib.sha256(sealed).hexdigest() != manifest:
        raise StoreProblem("manifest_altered", name=name)
    return sealed


def opened_manifest(
    sealed: bytes, keys: Keys, *, devices: Mapping[str, CertifiedDevice]
) -> Arrived:
    """What a manifest says, and that it is by the device that it names.

    Raises StoreProblem `seal_broken`, `shipment_unreadable`, `device_unknown`, `shipment_forged`.
    """
    manifest = hashlib.sha256(sealed).hexdigest()
    name = manifest_name(manifest)
    try:
        signed, shipment = read_shipment(unseal(sealed, keys.seal.identity))
    except (ValueError, KeyError, TypeError, RecursionError) as error:
        raise StoreProblem("shipment_unreadable", name=name) from error
    device = devices.get(shipment.device)
    if device is None:
        raise StoreProblem("device_unknown", name=name, device=shipment.device)
    if not signed.is_by(device.public_key):
        raise StoreProblem("shipment_forged", name=name, device=shipment.device)
    return Arrived(manifest, shipment, signed.sha256, device)


def require_in_turn(arrived: Arrived, known: Iterable[ReceivedPart]) -> None:
    """That a device sends one thing under one number, each upon the one before.

    Raises StoreProblem `device_revoked`, or `shipment_forked` where it has sent two: somebody sends
    in its name, or a copy of its store is in use twice. They may arrive in any order.
    """
    shipment, revoked = arrived.shipment, arrived.device.revoked
    if revoked is not None:
        raise StoreProblem("device_revoked", device=shipment.device, reason=revoked.reason)
    bodies = {
        one.number: one.body
        for one in known
        if (one.device, one.visit) == (shipment.device, shipment.visit)
        and one.manifest != arrived.manifest
    }
    before = bodies.get(shipment.number - 1)
    is_first = shipment.number == 1
    if (
        bodies.get(shipment.number, arrived.body) != arrived.body
        or is_first is not (shipment.previous is None)
        or (before is not None and before != shipment.previous)
    ):
        raise StoreProblem(
            "shipment_forked",
            device=shipment.device,
            visit=shipment.visit,
            number=shipment.number,
        )
