"""Who signs beside the lead, as a line of the terminal names them, each with their passphrase."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from assessor_app.cli.context import Context
from assessor_app.services.keys.access import assessors, find_assessor
from assessor_app.services.report.parties import Role, Signatory

_SIGNER, _RECEIVER = "ASSESSOR_SIGNER_PASSPHRASE", "ASSESSOR_RECEIVER_PASSPHRASE"


@dataclass(frozen=True, slots=True)
class Given:
    """What the options say: files of identities or names, and files of passphrases in order."""

    signers: Sequence[str]
    signer_passphrase_files: Sequence[Path]
    receiver: Path | None
    receiver_passphrase_file: Path | None


def signatories(context: Context, given: Given) -> tuple[Signatory, ...]:
    """Everybody who signs beside the lead, the receiver last; asks for each passphrase.

    A signer is a PKCS#12 file, or an assessor of this device by name or id. A passphrase comes out
    of its file, out of `ASSESSOR_SIGNER_PASSPHRASE_<n>`, or is typed. Raises StoreProblem
    `assessor_unknown` for what is neither, and as `Context.secret` does.
    """
    listed = [
        _signer(context, one, number=number, files=given.signer_passphrase_files)
        for number, one in enumerate(given.signers, start=1)
    ]
    if given.receiver is not None:
        passphrase = context.secret(
            given.receiver_passphrase_file,
            _RECEIVER,
            "signing.ask_receiver",
            signer=given.receiver.name,
        )
        listed.append(Signatory(Role.RECEIVER, passphrase, path=given.receiver))
    return tuple(listed)


def _signer(context: Context, told: str, *, number: int, files: Sequence[Path]) -> Signatory:
    path = Path(told)
    known = None
    if not path.exists() and path.suffix.lower() not in {".p12", ".pfx"}:
        known = find_assessor(assessors(context.workplace), told)
    name = known.name if known else path.name
    passphrase = context.secret(
        files[number - 1] if number <= len(files) else None,
        f"{_SIGNER}_{number}",
        "signing.ask_signer",
        signer=name,
    )
    if known is not None:
        return Signatory(Role.ASSESSOR, passphrase, assessor=known.id, name=name)
    return Signatory(Role.ASSESSOR, passphrase, path=path)
