"""The record of a document twice: whole, to be sealed, and with leaves left out, to be handed out.

A left-out leaf is `{"left_out": SHA-256(salt + canonical value)}`. The salt is 16 bytes, so that
nobody finds a phone number or a “yes” by trying; it stands in the full record, beside the value. So
whoever is shown the full record can be shown, leaf by leaf, that it is the one that was signed
(docs/temuan.md; services/disclosing.py proves it).
"""

import hashlib
import hmac
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import TypeGuard

from assessor_app.domain.event import Json, canonical, normalised
from assessor_app.domain.outlook import Seen
from assessor_app.services.embedded_record import FULL_RECORD_VERSION, LEFT_OUT
from assessor_app.services.report.record import Imprint, record_values

SALT_BYTES = 16


@dataclass(frozen=True, slots=True)
class Records:
    """`embedded` is `temuan.json` as the document carries it, `full` what is sealed of it."""

    embedded: bytes
    full: bytes

    @property
    def full_sha256(self) -> str:
        return hashlib.sha256(self.full).hexdigest()


def records(whole: Seen, shown: Seen, imprint: Imprint, *, told: Imprint | None = None) -> Records:
    """Both records of a visit, as it is and as the office may read it (for_office.py).

    `told` is the imprint as it may be read, where that is another one.
    """
    leaving = _Leaving(imprint.seed)
    values = normalised(record_values(whole, imprint))
    handed_out = leaving.out(values, normalised(record_values(shown, told or imprint, whole=False)))
    full = canonical(
        {
            "v": FULL_RECORD_VERSION,
            "seed": imprint.seed.hex(),
            "record": values,
            "salts": leaving.salts,
        }
    )
    if not isinstance(handed_out, dict):
        raise TypeError("a record is an object")
    sealed: Json = {"sha256": hashlib.sha256(full).hexdigest()}
    return Records(canonical({**handed_out, "full_record": sealed}), full)


def leaf_hash(salt: bytes, value: Json) -> str:
    """What stands for a value that is left out, in hex."""
    return hashlib.sha256(salt + canonical(value)).hexdigest()


def salt_of(seed: bytes, pointer: str) -> bytes:
    """The salt of the leaf at a JSON pointer (RFC 6901): the same for the same document."""
    return hmac.digest(seed, pointer.encode(), "sha256")[:SALT_BYTES]


def step(pointer: str, name: str | int) -> str:
    """The JSON pointer one step further in."""
    escaped = str(name).replace("~", "~0").replace("/", "~1")
    return f"{pointer}/{escaped}"


_MISSING = object()


@dataclass(frozen=True, slots=True)
class _Leaving:
    """Leaves out where a value is shown in another way than it is, or not at all."""

    seed: bytes
    salts: dict[str, Json] = field(default_factory=dict)

    def out(self, value: Json, shown: object, pointer: str = "") -> Json:
        if isinstance(value, Mapping) and isinstance(shown, Mapping):
            return {
                name: self.out(inner, shown.get(name, _MISSING), step(pointer, name))
                for name, inner in value.items()
            }
        if _listed(value) and _listed(shown) and len(value) == len(shown):
            return [
                self.out(inner, other, step(pointer, number))
                for number, (inner, other) in enumerate(zip(value, shown, strict=True))
            ]
        if value == shown:
            return value
        salt = salt_of(self.seed, pointer)
        self.salts[pointer] = salt.hex()
        return {LEFT_OUT: leaf_hash(salt, value)}


def _listed(value: object) -> TypeGuard[Sequence[Json]]:
    return isinstance(value, Sequence) and not isinstance(value, str)
