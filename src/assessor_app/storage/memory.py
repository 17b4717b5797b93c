"""What the window remembers from one start to the next: small, sealed, and no loss when lost."""

import json
import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from assessor_app.domain.event import Json
from assessor_app.storage.files import told_plainly
from assessor_app.storage.keys import DataKey

_NONCE_BYTES = 12
_BOUND = b"memory-v1"


@dataclass(frozen=True, slots=True)
class Memory:
    """One sealed file beside the database."""

    path: Path
    key: DataKey

    def read(self) -> dict[str, Json]:
        """What was kept; nothing where the file is missing, damaged or of another store."""
        try:
            sealed = self.path.read_bytes()
            plain = self._cipher().decrypt(sealed[:_NONCE_BYTES], sealed[_NONCE_BYTES:], _BOUND)
            kept = json.loads(plain)
        except (OSError, InvalidTag, ValueError):
            return {}
        return kept if isinstance(kept, dict) else {}

    def keep(self, values: Mapping[str, Json]) -> None:
        """Keep these values and forget the others, whole or not at all.

        It is not synced to disk: a convenience must not make the assessor wait. Raises
        StoreProblem where the file cannot be written.
        """
        nonce = secrets.token_bytes(_NONCE_BYTES)
        sealed = nonce + self._cipher().encrypt(nonce, json.dumps(values).encode(), _BOUND)
        draft = self.path.with_name(f".{self.path.name}.{secrets.token_hex(6)}.part")
        with told_plainly(self.path):
            try:
                draft.touch(mode=0o600)
                draft.write_bytes(sealed)
                draft.replace(self.path)
            finally:
                draft.unlink(missing_ok=True)

    def section(self, name: str) -> dict[str, Json]:
        """What was kept under a name; nothing where there is no such section."""
        kept = self.read().get(name)
        return kept if isinstance(kept, dict) else {}

    def keep_section(self, name: str, values: Mapping[str, Json]) -> None:
        """Keep these values under a name; the other sections stay. Raises as `keep`."""
        self.keep({**self.read(), name: dict(values)})

    def _cipher(self) -> AESGCM:
        return AESGCM(self.key.subkey("memory"))
