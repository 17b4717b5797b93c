"""What the verifier says of a file, and what it read to say so."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING

from assessor_app.services.revocations import NONE_KNOWN, Revocations
from assessor_app.signing.verification import SignatureFacts, SignatureReport

if TYPE_CHECKING:  # pikepdf: where a document is read, it is there
    from assessor_app.reporting.reading import ReadBack


class Standing(StrEnum):
    """The answer in one word; nothing is valid by default."""

    VALID = "valid"
    REFUSED = "refused"
    UNDETERMINED = "undetermined"


class Part(StrEnum):
    """As what a signature stands in a document."""

    LEAD = "lead"
    ASSESSOR = "assessor"
    RECEIVER = "receiver"
    SEAL = "seal"  # of headquarters, after the visit
    TIMESTAMP = "timestamp"
    STRANGER = "stranger"  # in no place that the record or the document has for it


@dataclass(frozen=True, slots=True)
class Reason:
    """Why: `code` names the sentence `verify.<code>`, and `places` fill it."""

    code: str
    places: Mapping[str, object] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Verdict:
    """What the verifier says of a file; the first reason is the decisive one.

    `signers` are the signatures as found, `parts` as what each of them stands. `number`,
    `record_hash` (SHA-256, hex) and `head` are what the embedded record says, None where there is
    none that can be read. `continues` says whether the file is an earlier one with later
    signatures, None where that was not asked.
    """

    standing: Standing
    reasons: tuple[Reason, ...]
    signers: tuple[SignatureFacts, ...] = ()
    parts: tuple[Part, ...] = ()
    number: str | None = None
    record_hash: str | None = None
    head: str | None = None
    continues: bool | None = None


@dataclass(frozen=True, slots=True)
class FileRead:
    """What was read of a file: its signatures, its pages and attachments; and what is known here of
    certificates that headquarters has revoked."""

    report: SignatureReport
    content: "ReadBack"
    revocations: Revocations = NONE_KNOWN

    @property
    def attachment_names(self) -> tuple[str, ...]:
        return tuple(attachment.name for attachment in self.content.attachments)
