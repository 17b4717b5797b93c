"""The seal of each page of the database, as SQLCipher 4 makes it: proves a page that was put right.

Of a page of 4096 bytes the last 80 are an IV (16) and an HMAC-SHA512 (64) of all before it and of
the page's number. The first 16 bytes of the file are the salt and no part of page 1.
"""

import hashlib
import hmac
import struct
from dataclasses import dataclass
from pathlib import Path

_SALT, _HMAC = 16, 64  # bytes
_SALT_MASK = 0x3A  # tells the key of the seals from the key of the pages
_ROUNDS = 2


@dataclass(frozen=True, slots=True)
class PageSeal:
    """Whether a page is as it was sealed under the raw key of a database."""

    database: Path
    key: bytes

    def __call__(self, number: int, page: bytes) -> bool:
        sealed = page[_SALT:-_HMAC] if number == 1 else page[:-_HMAC]
        seal = hmac.digest(self._key(), sealed + struct.pack("<I", number), "sha512")
        return hmac.compare_digest(seal, page[-_HMAC:])

    def _key(self) -> bytes:
        # Read only for what is damaged: closing a file gives up the locks of its open engine.
        with self.database.open("rb") as file:
            salt = file.read(_SALT)
        masked = bytes(byte ^ _SALT_MASK for byte in salt)
        return hashlib.pbkdf2_hmac("sha512", self.key, masked, _ROUNDS, len(self.key))
