"""The evidence vault: files sealed by AES-256-GCM in chunks, each file under a key of its own.

Layout of a sealed file: magic, 32-byte salt, 7-byte nonce prefix, then chunks of 64 KiB with
their tags. The nonce of a chunk is prefix, counter, and a last flag (the STREAM construction):
truncated, reordered or swapped chunks do not open. The file's name and form are authenticated.
"""

import secrets
import struct
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from assessor_app.domain.problem import StoreProblem
from assessor_app.storage.files import make_folder, told_plainly, write_whole
from assessor_app.storage.keys import DataKey

_MAGIC = b"ASSESSOR-VAULT-1"
_SALT_BYTES = 32
_PREFIX_BYTES = 7
_TAG_BYTES = 16
CHUNK_BYTES = 64 * 1024


class Form(StrEnum):
    """In which form a file is kept."""

    ORIGINAL = "original"  # the bytes as captured, never altered
    REPORT = "report"  # the smaller picture that goes into the PDF
    DOCUMENT = "document"  # a signed PDF as issued


@dataclass(frozen=True, slots=True)
class Vault:
    """The folder of sealed files."""

    folder: Path
    key: DataKey

    def put(self, file_id: str, form: Form, data: bytes) -> None:
        """Seal and write a file, durably; it is there whole or not at all.

        Raises StoreProblem as `write_whole` does.
        """
        path = self._path(file_id, form)
        make_folder(path.parent)
        write_whole(path, self._sealed(file_id, form, data))

    def get(self, file_id: str, form: Form) -> bytes:
        """The bytes as they were put.

        Raises StoreProblem `evidence_missing` or `evidence_damaged`.
        """
        path = self._path(file_id, form)
        if not path.exists():
            raise StoreProblem("evidence_missing", path=path)
        with told_plainly(path):
            sealed = path.read_bytes()
        try:
            return self._opened(file_id, form, sealed)
        except (InvalidTag, ValueError) as error:
            raise StoreProblem("evidence_damaged", path=path) from error

    def has(self, file_id: str, form: Form) -> bool:
        return self._path(file_id, form).exists()

    def drop(self, file_id: str, form: Form) -> None:
        """Remove a file that no event names: what was half-done goes away again."""
        self._path(file_id, form).unlink(missing_ok=True)

    def _path(self, file_id: str, form: Form) -> Path:
        return self.folder / file_id[-2:] / f"{file_id}.{form.value}"

    def _sealed(self, file_id: str, form: Form, data: bytes) -> bytes:
        salt = secrets.token_bytes(_SALT_BYTES)
        prefix = secrets.token_bytes(_PREFIX_BYTES)
        cipher, bound = self._cipher(salt), _bound(file_id, form)
        pieces = [data[at : at + CHUNK_BYTES] for at in range(0, len(data), CHUNK_BYTES)] or [b""]
        chunks = [
            cipher.encrypt(nonce, piece, bound)
            for nonce, piece in zip(_nonces(prefix, len(pieces)), pieces, strict=True)
        ]
        return b"".join((_MAGIC, salt, prefix, *chunks))

    def _opened(self, file_id: str, form: Form, sealed: bytes) -> bytes:
        head = len(_MAGIC) + _SALT_BYTES + _PREFIX_BYTES
        if not sealed.startswith(_MAGIC) or len(sealed) < head + _TAG_BYTES:
            raise ValueError("not a sealed file")
        salt = sealed[len(_MAGIC) : len(_MAGIC) + _SALT_BYTES]
        cipher, bound = self._cipher(salt), _bound(file_id, form)
        step = CHUNK_BYTES + _TAG_BYTES
        pieces = [sealed[at : at + step] for at in range(head, len(sealed), step)]
        nonces = _nonces(sealed[head - _PREFIX_BYTES : head], len(pieces))
        return b"".join(
            cipher.decrypt(nonce, piece, bound) for nonce, piece in zip(nonces, pieces, strict=True)
        )

    def _cipher(self, salt: bytes) -> AESGCM:
        return AESGCM(self.key.subkey("evidence", salt=salt))


def _bound(file_id: str, form: Form) -> bytes:
    return f"{file_id}/{form.value}".encode()


def _nonces(prefix: bytes, count: int) -> Iterator[bytes]:
    for number in range(count):
        yield prefix + struct.pack(">IB", number, number == count - 1)
