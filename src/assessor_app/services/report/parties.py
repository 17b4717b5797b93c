"""Who signs a document electronically, the lead, further assessors, the receiver, and where."""

from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path

from assessor_app.reporting.signature_fields import LEAD_FIELD
from assessor_app.services.enrolment import Profile

RECEIVER_FIELD = "TTD_Penerima"
"""The field of a receiver who signs with a certificate of their own; there is none otherwise."""

MOST_ASSESSORS = 7
"""With the receiver eight parties, which one page holds with all that is said of each."""


class Role(StrEnum):
    """As what somebody signs."""

    LEAD = "lead"  # certifies the document: the first signature
    ASSESSOR = "assessor"
    RECEIVER = "receiver"  # receives, and does not agree


@dataclass(frozen=True, slots=True)
class Signatory:
    """One who is to sign beside the lead, and the passphrase that they typed for it.

    Their identity is in the file `path`, or is the one that this device keeps for `assessor` (an
    id, told by `name`). Keep it no longer than until it was unlocked.
    """

    role: Role
    passphrase: str = field(repr=False)
    path: Path | None = None
    assessor: str | None = None
    name: str = ""

    @property
    def told(self) -> str:
        """Whose passphrase it is, as far as it is known before it opens anything."""
        return self.name if self.path is None else self.path.name


@dataclass(frozen=True, slots=True)
class Party:
    """One who signs.

    `certified_name` is the name in the certificate, which cannot hold every sign of a name, and
    `fingerprint` its SHA-256 (hex); both are empty in a preview.
    """

    role: Role
    field: str
    profile: Profile
    certified_name: str = ""
    fingerprint: str = ""


@dataclass(frozen=True, slots=True)
class Parties:
    """All who sign, in the order of signing, and what their signatures are in law."""

    signers: tuple[Party, ...]
    legal_note: str

    @property
    def lead(self) -> Profile:
        return self.signers[0].profile


def assessor_field(number: int) -> str:
    """The field of an assessor, counted from 1: the lead is the first."""
    return f"TTD_Asesor{number}"


def alone(profile: Profile, *, legal_note: str = "") -> Parties:
    """A lone assessor, who is the lead."""
    return Parties((Party(Role.LEAD, LEAD_FIELD, profile),), legal_note)
