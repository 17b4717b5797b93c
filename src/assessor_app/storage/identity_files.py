"""Where signing identities lie in a store, and how one takes the place of another.

`signing.p12` is the first assessor's, `signing.<assessor>.p12` another's; beside each may lie a key
that waits for its certificate (`….request.p12`) and what it took the place of (`….former-….p12`).
A new one is staged first (`….next-….p12`), named by an event then, and put in place last: where the
power goes in between, `settle` ends it by what the event says.
"""

import contextlib
import hashlib
import time
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from pathlib import Path

from assessor_app.domain.problem import StoreProblem
from assessor_app.durable import sync_folder
from assessor_app.storage.files import (
    clear_rests,
    read_if_there,
    sync_folders_of,
    told_plainly,
    write_whole,
)
from assessor_app.storage.layout import IDENTITY

_STEM, _SUFFIX = Path(IDENTITY).stem, Path(IDENTITY).suffix
_SHORT = 16  # hex digits of a hash in a file's name
_LEFT_OVER = 3600  # seconds after which nobody is at work on it any more


@dataclass(frozen=True, slots=True)
class IdentityFiles:
    """The files of one assessor: what signs, and the key that waits for its certificate."""

    current: Path
    request: Path

    def former(self, sha256: str) -> Path:
        """Where the identity whose file has this hash is kept aside."""
        return self.current.with_suffix(f".former-{sha256[:_SHORT]}{_SUFFIX}")


def files_of(folder: Path, assessor: str | None) -> IdentityFiles:
    """The files of an assessor in the folder of a store; None for the first one."""
    stem = _STEM if assessor is None else f"{_STEM}.{assessor}"
    return IdentityFiles(folder / f"{stem}{_SUFFIX}", folder / f"{stem}.request{_SUFFIX}")


def identity_files_in(folder: Path) -> tuple[Path, ...]:
    """All files of identities in the folder of a store, the staged ones too."""
    with told_plainly(folder):
        found = [path for path in folder.glob(f"{_STEM}.*") if path.suffix == _SUFFIX]
        return tuple(sorted(path for path in found if path.is_file()))


def sha256_of(path: Path) -> str | None:
    """The hash (hex) of a file; None where there is none. Raises StoreProblem as the reading."""
    content = read_if_there(path)
    return None if content is None else hashlib.sha256(content).hexdigest()


def stage(path: Path, content: bytes) -> Path:
    """Write what is to take a place, beside it. Raises StoreProblem as `write_whole` does."""
    staged = path.with_suffix(f".next-{hashlib.sha256(content).hexdigest()[:_SHORT]}{_SUFFIX}")
    write_whole(staged, content)
    return staged


def put_in_place(staged: Path, path: Path) -> None:
    """Let what was staged take its place; where it cannot now, `settle` does it later."""
    with contextlib.suppress(OSError):
        staged.replace(path)
        sync_folder(path.parent)


def take_away(paths: Iterable[Path]) -> None:
    """Remove files that nothing names any more, as far as the system lets us."""
    listed = list(paths)
    for path in listed:
        with contextlib.suppress(OSError):
            path.unlink(missing_ok=True)
    with contextlib.suppress(StoreProblem):
        sync_folders_of(listed)


def settle(path: Path, recorded: str) -> None:
    """Let what was staged and is recorded take its place, where that was cut off."""
    for one in path.parent.glob(f"{path.stem}.next-{recorded[:_SHORT]}{_SUFFIX}"):
        if sha256_of(one) == recorded:
            put_in_place(one, path)


def sweep_staged(folder: Path, *, recorded: Collection[str]) -> None:
    """Remove what was cut off in writing, or staged and not among the hashes that are recorded.

    What was staged a short while ago stays: another program may be about to record it. What is
    recorded and cannot take its place yet stays too: it may hold the only copy of its key.
    """
    clear_rests(folder / _STEM)
    for path in identity_files_in(folder):
        if is_staged(path) and _is_left_over(path) and sha256_of(path) not in recorded:
            take_away([path])


def is_staged(path: Path) -> bool:
    """Whether a file of an identity has not taken its place yet."""
    return ".next-" in path.name


def _is_left_over(path: Path) -> bool:
    try:
        return time.time() - path.stat().st_mtime > _LEFT_OVER
    except OSError:
        return False
