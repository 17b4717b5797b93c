"""What a process really asks of the disk, in order: recorded by strace, read into operations.

Anything that changes a file by a call that is not modelled here is an error, never left out.
Linux only. What is mapped into memory and never written (the WAL's index, `-shm`) is not seen;
SQLite builds it anew from the log after a crash.
"""

import re
import shutil
import subprocess
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

_WRITES = ("write", "pwrite64")
_CHANGES = ("openat", "ftruncate", "rename", "unlink", "unlinkat", "rmdir", "mkdir", "lseek")
_SYNCS = ("fsync", "fdatasync")
_NOT_MODELLED = [
    "open",
    "creat",
    "pwritev",
    "pwritev2",
    "sendfile",
    "copy_file_range",
    "splice",
    "link",
    "linkat",
    "symlink",
    "symlinkat",
    "fallocate",
    "truncate",
    "renameat",
    "renameat2",
    "mkdirat",
    "sync_file_range",
]
_TRACED = (*_WRITES, *_CHANGES, *_SYNCS, *_NOT_MODELLED, "writev", "mmap")
_CALL = re.compile(r"^(\d+) +(\w+)\((.*)\) += (-?\d+|0x[0-9a-f]+)(?:<[^>]*>)?(?: .*)?$")
_BEGUN = re.compile(r"^(\d+) +(\w+)\((.*?),? *<unfinished \.\.\.>$")
_ENDED = re.compile(r"^(\d+) +<\.\.\. (\w+) resumed>,? *(.*)$")
_PLACE = re.compile(r"^-?\d+<([^>]*)>(\(deleted\))?$|^AT_FDCWD<([^>]*)>$")
_LONGEST = 1 << 26  # bytes of one write that strace may print
STRACE_MISSING = "strace is needed: sudo apt-get install strace (packaging/system-packages.txt)"


@dataclass(frozen=True, slots=True)
class Write:
    path: Path
    at: int
    data: bytes


@dataclass(frozen=True, slots=True)
class Resize:
    path: Path
    size: int


@dataclass(frozen=True, slots=True)
class Create:
    """A file where none was; one that is there already stays as it is."""

    path: Path


@dataclass(frozen=True, slots=True)
class MakeFolder:
    path: Path


@dataclass(frozen=True, slots=True)
class Rename:
    path: Path
    to: Path


@dataclass(frozen=True, slots=True)
class Remove:
    path: Path


@dataclass(frozen=True, slots=True)
class Sync:
    """Of a file or of a folder."""

    path: Path


@dataclass(frozen=True, slots=True)
class Say:
    """A line that the process wrote to the place of acknowledgements."""

    line: bytes


Operation = Write | Resize | Create | MakeFolder | Rename | Remove | Sync | Say


@dataclass(frozen=True, slots=True)
class Called:
    """One call of a process, with what it did to our files: nothing where it failed."""

    process: int
    name: str
    operations: tuple[Operation, ...]


def traced(command: Sequence[str], log: Path, *more: str) -> list[str]:
    """The command under strace. Raises FileNotFoundError that says what to install."""
    strace = shutil.which("strace")
    if strace is None:
        raise FileNotFoundError(STRACE_MISSING)
    return [strace, "-f", "-qq", "--seccomp-bpf", "-o", str(log), *more, *command]


def record(command: Sequence[str], log: Path, *, root: Path, said: Path) -> list[Called]:
    """Run a command; all that it and its children did below `root`, and wrote to `said`."""
    how = ("-y", "-xx", "-s", str(_LONGEST), "-e", f"trace={','.join(_TRACED)}")
    subprocess.run(traced(command, log, *how), check=True)  # noqa: S603 - our own program
    return list(_read(log, Reading(root.resolve(), said.resolve())))


def _read(log: Path, reading: "Reading") -> Iterator[Called]:
    begun: dict[tuple[str, str], str] = {}
    with log.open() as lines:
        for raw in lines:
            line = raw.rstrip("\n")
            if found := _BEGUN.match(line):
                begun[found[1], found[2]] = found[3]
                continue
            if found := _ENDED.match(line):  # it counts when it is done
                before = begun.pop((found[1], found[2]))
                joint = ", " if before and not found[3].startswith(")") else ""
                line = f"{found[1]} {found[2]}({before}{joint}{found[3]}"
            if call := _CALL.match(line):
                process, name, result = int(call[1]), call[2], int(call[4], 0)
                given = call[3].split(", ")
                done = reading.operations(process, name, given, result) if result >= 0 else ()
                yield Called(process, name, tuple(done))


@dataclass(slots=True)
class Reading:
    """What must be known to read one call after the other: where plain writes go on."""

    root: Path
    said: Path
    _ends: dict[tuple[int, str], int] = field(default_factory=dict)

    def operations(
        self, process: int, name: str, given: list[str], result: int
    ) -> Iterator[Operation]:
        """What a call did below the root. Raises NotImplementedError for what is not modelled."""
        match name:
            case "openat":
                yield from self._opened(process, given, result)
            case "lseek":
                self._ends[process, _handle(given[0])] = result
            case "write" | "pwrite64":
                yield from self._written(process, name, given, result)
            case "writev" if _open_path(given[0]) == self.said:
                yield Say(_text("".join(given[1:])))
            case "ftruncate" | "fsync" | "fdatasync":
                yield from self._sized_or_synced(name, given)
            case "rename" | "unlink" | "unlinkat" | "rmdir" | "mkdir":
                yield from self._named_otherwise(name, list(_named(given)))
            case "mmap" if not _shared_for_writing(given):
                return
            case _:
                self._refuse(name, given)

    def _sized_or_synced(self, name: str, given: list[str]) -> Iterator[Operation]:
        path = _open_path(given[0])
        if path is not None and self._ours(path):
            yield Resize(path, int(given[1])) if name == "ftruncate" else Sync(path)

    def _named_otherwise(self, name: str, paths: list[Path]) -> Iterator[Operation]:
        if not any(self._ours(path) for path in paths):
            return
        match name:
            case "rename":
                yield Rename(*paths)
            case "mkdir":
                yield MakeFolder(paths[0])
            case _:
                yield Remove(paths[0])

    def _opened(self, process: int, given: list[str], result: int) -> Iterator[Operation]:
        path, flags = next(_named(given[:2])), given[2]
        self._ends[process, str(result)] = 0
        if not self._ours(path):
            return
        if "O_TMPFILE" in flags or "O_APPEND" in flags:
            self._refuse("openat", given)
        if "O_CREAT" in flags:
            yield Create(path)
        if "O_TRUNC" in flags:
            yield Resize(path, 0)

    def _written(
        self, process: int, name: str, given: list[str], count: int
    ) -> Iterator[Operation]:
        if name == "pwrite64":
            at = int(given[3])
        else:
            place = process, _handle(given[0])
            at = self._ends.get(place, 0)
            self._ends[place] = at + count
        path = _open_path(given[0])
        if path is not None and self._ours(path):
            yield Write(path, at, _text(given[1])[:count])

    def _ours(self, path: Path) -> bool:
        # The WAL's index holds nothing that is not in the WAL.
        return path.is_relative_to(self.root) and not path.name.endswith("-shm")

    def _refuse(self, name: str, given: list[str]) -> None:
        touched = [*_named(given), *(_open_path(one) for one in given)]
        if any(path is not None and self._ours(path) for path in touched):
            raise NotImplementedError(f"the model knows no {name} of a kept file: {given}")


def _open_path(text: str) -> Path | None:
    """The path of an open file as strace names it; None for what is removed or no file."""
    found = _PLACE.match(text)
    if not found or found[2] or not (found[1] or "").startswith("\\x2f"):
        return None
    return Path(_text(f'"{found[1]}"').decode())


def _named(given: Sequence[str]) -> Iterator[Path]:
    """The paths in a call's arguments, those relative to an open folder made whole."""
    folder = Path()
    for one in given:
        if (found := _PLACE.match(one)) and (found[1] or found[3]):
            folder = Path(_text(f'"{found[1] or found[3]}"').decode(errors="surrogateescape"))
        elif one.startswith('"\\x'):
            yield folder / _text(one).decode(errors="surrogateescape")


def _shared_for_writing(given: Sequence[str]) -> bool:
    return "PROT_WRITE" in given[2] and "MAP_SHARED" in given[3]


def _handle(text: str) -> str:
    return text.partition("<")[0]


def _text(printed: str) -> bytes:
    """The bytes of a string that was printed as hexadecimal escapes."""
    if '"...' in printed:
        raise NotImplementedError("strace has cut a write short")
    return b"".join(
        bytes.fromhex(part.replace("\\x", "")) for part in re.findall(r'"([^"]*)"', printed)
    )
