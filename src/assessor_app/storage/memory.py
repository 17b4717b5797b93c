"""What the window remembers from one start to the next: small, sealed, and no loss when lost."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from assessor_app.domain.event import Json
from assessor_app.sealing.box import boxed, unboxed
from assessor_app.storage.files import write_whole
from assessor_app.storage.keys import DataKey


@dataclass(frozen=True, slots=True)
class Memory:
    """One sealed file beside the database; `bound` tells it from others under the same key."""

    path: Path
    key: DataKey
    bound: bytes = b"memory-v1"

    def read(self) -> dict[str, Json]:
        """What was kept; nothing where the file is missing, damaged or of another store."""
        try:
            kept = json.loads(unboxed(self.path.read_bytes(), key=self._key, bound=self.bound))
        except (OSError, ValueError):
            return {}
        return kept if isinstance(kept, dict) else {}

    def keep(self, values: Mapping[str, Json], *, synced: bool = False) -> None:
        """Keep these values and forget the others, whole or not at all.

        It is not synced to disk unless that is asked for: a convenience must not make the assessor
        wait. Raises StoreProblem where the file cannot be written.
        """
        sealed = boxed(json.dumps(values).encode(), key=self._key, bound=self.bound)
        write_whole(self.path, sealed, synced=synced)

    def section(self, name: str) -> dict[str, Json]:
        """What was kept under a name; nothing where there is no such section."""
        kept = self.read().get(name)
        return kept if isinstance(kept, dict) else {}

    def keep_section(self, name: str, values: Mapping[str, Json], *, synced: bool = False) -> None:
        """Keep these values under a name; the other sections stay. Raises as `keep`."""
        self.keep({**self.read(), name: dict(values)}, synced=synced)

    @property
    def _key(self) -> bytes:
        return self.key.subkey("memory")
