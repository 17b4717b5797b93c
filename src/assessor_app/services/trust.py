"""The devices and people of a visit as this store came to know them, and meeting new ones.

A device is trusted at the first meeting, by the word of whoever knew the passphrase of the file;
from then on it has this key and no other (trust on first use). The fingerprint of its key is
shown, so that two people can compare it.
"""

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from assessor_app.domain.event import STORE, EventKind, Json
from assessor_app.domain.problem import StoreProblem
from assessor_app.storage.device import public_keys
from assessor_app.storage.log import Draft
from assessor_app.storage.store import Store
from assessor_app.syncing.manifest import Card

_KEY_HEX = 64  # digits of an Ed25519 public key


@dataclass(frozen=True, slots=True)
class Met:
    """A device met for the first time; `fingerprint` is the SHA-256 (hex) of its public key."""

    device: str
    fingerprint: str


@dataclass(frozen=True, slots=True)
class Introduction:
    """Who is new, and what is to be recorded of it: None where nobody is."""

    devices: tuple[Met, ...]
    people: tuple[Card, ...]
    told: Draft | None


def known_devices(store: Store) -> dict[str, str]:
    """The public keys (hex) of the devices that this store is and was, and of those it trusts."""
    known = {
        entity.partition("/")[2]: str(found[-1].value)
        for (entity, field), found in store.log.heads(STORE).items()
        if entity.startswith("device/") and field == "public_key"
    }
    own = public_keys(store.engine, store.folder)
    return known | {id_: key.hex() for id_, key in own.items()}


def known_people(store: Store) -> dict[str, Card]:
    """Everybody who was enrolled here or met in a bundle, by the assessor's id."""
    texts: dict[str, dict[str, str]] = {}
    for (entity, field), found in store.log.heads(STORE).items():
        kind, _, id_ = entity.partition("/")
        if kind == "assessor" and field in ("name", "office") and found[-1].value is not None:
            texts.setdefault(id_, {})[field] = str(found[-1].value)
    named = {id_: one for id_, one in texts.items() if "name" in one}
    return {id_: Card(id_, one["name"], one.get("office", "")) for id_, one in named.items()}


def names_of_people(store: Store) -> Mapping[str, str]:
    """The names of all assessors that this store knows, by their id."""
    return {id_: one.name for id_, one in known_people(store).items()}


def introduced(
    store: Store, devices: Mapping[str, str], people: Iterable[Card], *, path: Path
) -> Introduction:
    """Who of the devices (id to public key, hex) and people of a file at `path` is new here.

    Raises StoreProblem `device_key_changed` where a device is known under another key: one of the
    two is not what it says.
    """
    known = known_devices(store)
    for id_, key in devices.items():
        if known.get(id_, key) != key:
            raise StoreProblem("device_key_changed", path=path, device=id_)
    new_devices = {id_: key for id_, key in sorted(devices.items()) if id_ not in known}
    met = known_people(store)
    new_people = tuple(one for one in people if one.assessor not in met)
    values: dict[tuple[str, str], Json] = {
        (f"device/{id_}", "public_key"): key for id_, key in new_devices.items()
    }
    for one in new_people:
        values[f"assessor/{one.assessor}", "name"] = one.name
        values[f"assessor/{one.assessor}", "office"] = one.office
    return Introduction(
        tuple(Met(id_, fingerprint(key)) for id_, key in new_devices.items()),
        new_people,
        Draft(STORE, EventKind.TRUSTED, values) if values else None,
    )


def fingerprint(public_key: str) -> str:
    """SHA-256 (hex) of a public key, given in hex. Raises ValueError for what is none."""
    if len(public_key) != _KEY_HEX:
        raise ValueError("no public key")
    return hashlib.sha256(bytes.fromhex(public_key)).hexdigest()
