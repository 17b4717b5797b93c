"""Names and contacts of respondents: beside the chain, each under a key that can be destroyed.

For each person there are two files, named by the respondent's id: `.key`, a random key wrapped by
the data key, and `.sealed`, what is kept of the person under that key. Erasing destroys the first;
an empty `.erased` stays in its place, so that the copies beside backups are destroyed as well.
"""

import contextlib
import hashlib
import json
import secrets
import uuid
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from assessor_app.domain.event import Json
from assessor_app.domain.problem import StoreProblem
from assessor_app.sealing.box import BrokenSeal, boxed, unboxed
from assessor_app.storage.destroying import destroy
from assessor_app.storage.files import make_folder, read_if_there, told_plainly, write_whole
from assessor_app.storage.keys import DataKey

_KEY, _SEALED, _ERASED = ".key", ".sealed", ".erased"
_PURPOSE = "people"
_KEY_BYTES = 32
_STEP = 1024  # bytes: what is kept is filled up to a multiple, so that its length tells no name


@dataclass(frozen=True, slots=True)
class Synced:
    """What went to a pool of copies, and what was destroyed there; respondents' ids."""

    copied: frozenset[str]
    destroyed: frozenset[str]


@dataclass(frozen=True, slots=True)
class People:
    """The folder of what is kept of respondents."""

    folder: Path
    key: DataKey

    @contextlib.contextmanager
    def keeping(self, respondent: str, values: Mapping[str, Json]) -> Iterator[Callable[[], None]]:
        """Gives what writes these values, durably; all is as before where the block ends badly.

        It is to be called within the transaction that records the keeping: nobody who looks from
        within another one then sees files that are not recorded. What is kept anew stays under the
        same key, so that a crash leaves the old values or the new ones. Raises StoreProblem
        `respondent_id_unfit`, `person_damaged`, or as `write_whole` does.
        """
        path, before, ours = self._path(respondent, _SEALED), None, None
        tombstone = self._path(respondent, _ERASED)
        was_erased = tombstone.exists()

        def write() -> None:
            nonlocal before, ours
            before = read_if_there(path) if self.has(respondent) else None
            ours = self._sealed(respondent, values)
            write_whole(path, ours)
            tombstone.unlink(missing_ok=True)

        try:
            yield write
        except BaseException:  # an interrupt too must not leave a person behind unrecorded
            if ours is not None and read_if_there(path) == ours:
                self._put_back(respondent, before, was_erased=was_erased)
            raise

    def has(self, respondent: str) -> bool:
        """Whether something is kept of a respondent; whether it can be read is not asked."""
        return all(self._path(respondent, end).exists() for end in (_KEY, _SEALED))

    def read(self, respondent: str) -> dict[str, Json] | None:
        """What is kept of a respondent; None where nothing is.

        Raises StoreProblem `person_damaged`.
        """
        wrapped = read_if_there(self._path(respondent, _KEY))
        sealed = read_if_there(self._path(respondent, _SEALED))
        if wrapped is None or sealed is None:
            return None
        key = self._unwrapped(respondent, wrapped)
        try:
            return dict(json.loads(unboxed(sealed, key=key, bound=_bound(respondent, _SEALED))))
        except ValueError as error:
            raise StoreProblem("person_damaged", respondent=respondent) from error

    def erase(self, respondent: str) -> None:
        """Destroy the key of a respondent, then what it sealed; nothing brings it back.

        Raises StoreProblem as `destroy` does: then it has to be called again.
        """
        make_folder(self.folder)
        # First: should the key be copied to a pool meanwhile, it is found there and destroyed.
        write_whole(self._path(respondent, _ERASED), b"")
        _destroy_all(respondent, self.folder)

    def drop(self, respondent: str) -> None:
        """Destroy what was never said to be kept; no copy elsewhere is destroyed for it.

        Raises StoreProblem as `destroy` does.
        """
        self._path(respondent, _KEY)  # an id that names no file elsewhere
        _destroy_all(respondent, self.folder)

    def mark(self, respondent: str) -> str | None:
        """A mark of what is kept, that changes with every keeping; None where nothing is."""
        found = [read_if_there(self._path(respondent, end)) for end in (_KEY, _SEALED)]
        if found == [None, None]:
            return None
        return hashlib.sha256(b"\0".join(one or b"" for one in found)).hexdigest()

    def kept(self) -> frozenset[str]:
        """The respondents of whom there are files, whole or half-written."""
        return _named(self.folder, _KEY) | _named(self.folder, _SEALED)

    def erased(self) -> frozenset[str]:
        """The respondents whose key was destroyed here, or where these files came from."""
        return _named(self.folder, _ERASED)

    def sync_to(self, pool: Path) -> Synced:
        """Bring a pool of copies up to this folder; see `sync_people`."""
        return sync_people(self.folder, pool)

    def _sealed(self, respondent: str, values: Mapping[str, Json]) -> bytes:
        make_folder(self.folder)
        key_path = self._path(respondent, _KEY)
        wrapped = read_if_there(key_path)
        if wrapped is None:
            key = secrets.token_bytes(_KEY_BYTES)
            wrapped = boxed(key, key=self.key.subkey(_PURPOSE), bound=_bound(respondent, _KEY))
            write_whole(key_path, wrapped)
        else:
            key = self._unwrapped(respondent, wrapped)
        plain = json.dumps(dict(values)).encode()
        plain += b" " * (-len(plain) % _STEP)
        return boxed(plain, key=key, bound=_bound(respondent, _SEALED))

    def _put_back(self, respondent: str, before: bytes | None, *, was_erased: bool) -> None:
        if before is not None:
            write_whole(self._path(respondent, _SEALED), before)
        elif was_erased:
            self.erase(respondent)
        else:
            self.drop(respondent)

    def _unwrapped(self, respondent: str, wrapped: bytes) -> bytes:
        bound = _bound(respondent, _KEY)
        try:
            return unboxed(wrapped, key=self.key.subkey(_PURPOSE), bound=bound)
        except BrokenSeal as error:
            raise StoreProblem("person_damaged", respondent=respondent) from error

    def _path(self, respondent: str, end: str) -> Path:
        if not _is_id(respondent):
            # An id from another device's file must not name a file elsewhere.
            raise StoreProblem("respondent_id_unfit", respondent=respondent)
        return self.folder / f"{respondent}{end}"


def sync_people(source: Path, pool: Path) -> Synced:
    """Copy what is missing or older in the pool, and destroy there what was erased in `source`.

    A pool belongs to one store. What the source does not know stays in the pool: a folder that was
    lost is no wish to erase. Called the other way round it brings a pool back into a restored
    store, with what was erased since. Raises StoreProblem as `write_whole` does.
    """
    make_folder(pool)
    copied = frozenset(one for one in _named(source, _KEY) if _copied(one, source, pool))
    # Read after the copying: what was erased meanwhile is destroyed in the pool at once.
    destroyed = sync_erased(source, pool)
    return Synced(copied - destroyed, destroyed)


def sync_erased(source: Path, copy: Path) -> frozenset[str]:
    """Destroy in a copy what was erased in `source`; of whom there was anything."""
    return frozenset(one for one in _named(source, _ERASED) if _destroyed(one, copy))


def _copied(respondent: str, source: Path, pool: Path) -> bool:
    names = [f"{respondent}{end}" for end in (_KEY, _SEALED)]
    content = {name: read_if_there(source / name) for name in names}
    if any(data is None for data in content.values()):
        return False
    stale = {name: data for name, data in content.items() if read_if_there(pool / name) != data}
    if names[0] in stale:
        destroy(pool / names[0])  # of an earlier life: kept, erased, and kept again
    for name, data in stale.items():
        write_whole(pool / name, data or b"")
    (pool / f"{respondent}{_ERASED}").unlink(missing_ok=True)
    return bool(stale)


def _destroyed(respondent: str, pool: Path) -> bool:
    tombstone = pool / f"{respondent}{_ERASED}"
    if not tombstone.exists():
        write_whole(tombstone, b"")
    return _destroy_all(respondent, pool)


def _destroy_all(respondent: str, folder: Path) -> bool:
    """Keys first; with what a crash left of writing them. True where there was anything."""
    drafts = [path for end in (_KEY, _SEALED) for path in folder.glob(f".{respondent}{end}.*.part")]
    found = [folder / f"{respondent}{end}" for end in (_KEY, _SEALED)]
    gone = [destroy(path) for path in (*found, *drafts)]  # all of them, then whether any was there
    return any(gone)


def _named(folder: Path, end: str) -> frozenset[str]:
    with told_plainly(folder):
        found = [path.name.removesuffix(end) for path in folder.glob(f"*{end}")]
    return frozenset(name for name in found if _is_id(name))


def _is_id(text: str) -> bool:
    try:
        return str(uuid.UUID(text)) == text
    except ValueError:
        return False


def _bound(respondent: str, end: str) -> bytes:
    return f"person-v1/{respondent}{end}".encode()
