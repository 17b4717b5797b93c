"""The manifest of a backup: what it holds, sealed, so that no file of it can be swapped."""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from pathlib import Path
from typing import Any

from assessor_app.domain.event import StreamHead, canonical, visit_head
from assessor_app.domain.instants import instant_from_text, instant_text
from assessor_app.domain.problem import StoreProblem
from assessor_app.sealing.box import boxed, unboxed
from assessor_app.storage.files import told_plainly, write_whole
from assessor_app.storage.keys import DataKey

NAME = "manifest.sealed"
_VERSION = 1
_PURPOSE = "backup"
_BOUND = b"backup-manifest-v1"


class Why(StrEnum):
    """What a backup was made for."""

    START = "start"
    CLOSE = "close"  # of a visit
    ASKED = "asked"
    MIGRATION = "migration"


@dataclass(frozen=True, slots=True)
class FileInside:
    """A file of the generation as it was written."""

    sha256: str  # hex
    size: int  # bytes


@dataclass(frozen=True, slots=True)
class Manifest:
    """What one generation holds."""

    made_at: datetime
    why: Why
    device: str
    app: str
    schema: str
    newest: str  # hash of the event that arrived last
    streams: Mapping[str, tuple[StreamHead, ...]]  # by visit
    files: Mapping[str, FileInside]

    def heads(self) -> dict[str, str]:
        """The head of each visit, as a document prints it."""
        return {visit: visit_head(heads) for visit, heads in self.streams.items()}

    def covers(self, other: "Manifest") -> bool:
        """Whether everything recorded in the other one is recorded in this one too."""
        mine = {
            (visit, one.device): one.seq for visit, all_ in self.streams.items() for one in all_
        }
        return all(
            mine.get((visit, one.device), 0) >= one.seq
            for visit, heads in other.streams.items()
            for one in heads
        )


def measured(path: Path) -> FileInside:
    """Hash a file as it lies on the disk. Raises StoreProblem where it cannot be read."""
    with told_plainly(path), path.open("rb") as file:
        digest = hashlib.file_digest(file, "sha256")
        return FileInside(digest.hexdigest(), file.tell())


def write_manifest(folder: Path, manifest: Manifest, key: DataKey) -> None:
    """Seal the manifest into a generation's folder. Raises StoreProblem as `write_whole` does."""
    plain = canonical(
        {
            "v": _VERSION,
            "made_at": instant_text(manifest.made_at),
            "why": manifest.why.value,
            "device": manifest.device,
            "app": manifest.app,
            "schema": manifest.schema,
            "newest": manifest.newest,
            "streams": {
                visit: [[one.device, one.seq, one.hash] for one in sorted(heads)]
                for visit, heads in manifest.streams.items()
            },
            "files": {
                name: {"sha256": one.sha256, "size": one.size}
                for name, one in manifest.files.items()
            },
        }
    )
    write_whole(folder / NAME, boxed(plain, key=key.subkey(_PURPOSE), bound=_BOUND))


def read_manifest(folder: Path, key: DataKey) -> Manifest:
    """Open the manifest of a generation. Raises StoreProblem `backup_damaged`."""
    path = folder / NAME
    with told_plainly(path):
        sealed = path.read_bytes()
    try:
        return _read(json.loads(unboxed(sealed, key=key.subkey(_PURPOSE), bound=_BOUND)))
    except (ValueError, KeyError, TypeError) as error:
        raise StoreProblem("backup_damaged", path=folder, cause=NAME) from error


def _read(told: dict[str, Any]) -> Manifest:
    if told["v"] != _VERSION:
        raise ValueError("manifest version")
    return Manifest(
        made_at=instant_from_text(told["made_at"]),
        why=Why(told["why"]),
        device=told["device"],
        app=told["app"],
        schema=told["schema"],
        newest=told["newest"],
        streams={
            visit: tuple(StreamHead(*one) for one in heads)
            for visit, heads in told["streams"].items()
        },
        files={name: FileInside(**one) for name, one in told["files"].items()},
    )
