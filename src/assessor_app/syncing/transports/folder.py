"""A folder as storage: a USB stick, a network drive, what another program keeps in step."""

import contextlib
import errno
import os
import secrets
import stat
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from assessor_app.durable import sync_folder
from assessor_app.syncing.transports.transport import (
    TransportFailed,
    checked_name,
    checked_prefix,
    is_name,
)

_FULL = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EFBIG})
_FORBIDDEN = frozenset({errno.EACCES, errno.EPERM, errno.EROFS})


@dataclass(frozen=True, slots=True)
class FolderTransport:
    """A folder that is there already: an unplugged stick's must not come to be on the disk."""

    root: Path

    @property
    def place(self) -> str:
        return str(self.root)

    def size(self, name: str) -> int | None:
        path = self._path(name)
        with self._told():
            try:
                found = path.stat()
            except (FileNotFoundError, NotADirectoryError):
                return None
            return found.st_size if stat.S_ISREG(found.st_mode) else None

    def put(self, name: str, data: bytes) -> None:
        path = self._path(name)
        with self._told():
            self._make_folder(path.parent)
            drafts = f".{path.name[:32]}"
            draft = path.with_name(f"{drafts}.{secrets.token_hex(6)}.part")
            try:
                with draft.open("xb") as file:
                    file.write(data)
                    file.flush()
                    os.fsync(file.fileno())
                draft.replace(path)
            except BaseException:
                with contextlib.suppress(OSError):
                    draft.unlink(missing_ok=True)
                raise
            with contextlib.suppress(OSError):
                for left in path.parent.glob(f"{drafts}.*.part"):  # by one who was killed at it
                    left.unlink(missing_ok=True)
            sync_folder(path.parent)

    def get(self, name: str) -> bytes:
        path = self._path(name)
        with self._told():
            try:
                return path.read_bytes()
            except (FileNotFoundError, IsADirectoryError) as error:
                raise TransportFailed("storage_missing", place=self.place, cause=name) from error

    def list(self, prefix: str) -> Iterator[str]:
        folder = checked_prefix(prefix)
        self._require_root()
        return self._names(self.root / folder, folder)

    def delete(self, name: str) -> None:
        path = self._path(name)
        with self._told():
            try:
                path.unlink()
            except FileNotFoundError:
                return
            sync_folder(path.parent)

    def _names(self, folder: Path, prefix: str) -> Iterator[str]:
        """What others left in it, links and half-written files are no names of ours."""
        with self._told():
            try:
                found = sorted(os.scandir(folder), key=lambda entry: entry.name)
            except (FileNotFoundError, NotADirectoryError):
                return
            kinds = [
                (f"{prefix}{entry.name}", entry.is_dir(follow_symlinks=False), entry)
                for entry in found
            ]
            names = [
                (name, is_folder)
                for name, is_folder, entry in kinds
                if is_name(name) and (is_folder or entry.is_file(follow_symlinks=False))
            ]
        for name, is_folder in names:
            if is_folder:
                yield from self._names(self.root / name, f"{name}/")
            else:
                yield name

    def _path(self, name: str) -> Path:
        path = self.root / checked_name(name)
        self._require_root()
        return path

    def _require_root(self) -> None:
        with self._told():
            if not self.root.is_dir():
                raise TransportFailed("storage_folder_missing", place=self.place)

    def _make_folder(self, folder: Path) -> None:
        """Make what is missing below the root, and have it on the disk."""
        missing = [one for one in (folder, *folder.parents) if not one.exists()]
        for one in reversed(missing):
            if one == self.root:  # unplugged a moment ago
                raise TransportFailed("storage_folder_missing", place=self.place)
            one.mkdir(exist_ok=True)
            sync_folder(one.parent)

    @contextlib.contextmanager
    def _told(self) -> Iterator[None]:
        """Turn what the system says into what a person can act on."""
        try:
            yield
        except OSError as error:
            raise self._failed(error) from error

    def _failed(self, error: OSError) -> TransportFailed:
        cause = error.strerror or str(error)
        if error.errno in _FULL:
            return TransportFailed("storage_full", place=self.place, cause=cause)
        if error.errno in _FORBIDDEN:
            return TransportFailed("storage_forbidden", place=self.place, cause=cause)
        with contextlib.suppress(OSError):
            if self.root.is_dir():
                return TransportFailed("storage_other", place=self.place, cause=cause)
        return TransportFailed("storage_folder_missing", place=self.place, cause=cause)
