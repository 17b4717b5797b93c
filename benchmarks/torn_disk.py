"""A disk that loses power: what was synced is kept, of the rest whatever chance decides.

Data of a file is safe once the file was synced; a name in a folder (made, renamed, removed) once
that folder was synced, as POSIX says and no more. What was not is dropped, kept, kept up to a
moment, or kept in part: a later write without an earlier one (reordered), a name without its file's
content; and a kept write may be torn at any 512 bytes. Files and folders have fates of their own.

Not modelled: a disk that says it has synced and has not; bytes that rot; old data that comes back
over newer in the same place; a rename between two folders (none is made; an error if one is).
"""

import random
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TypeVar

from syscalls import Create, MakeFolder, Operation, Remove, Rename, Resize, Say, Sync, Write

SECTOR = 512  # bytes: what a disk writes whole or not at all
_TORN = 0.3  # share of the kept unsynced writes that are torn

Change = TypeVar("Change")


@dataclass(slots=True)
class File:
    synced: bytes = b""
    pending: list[Write | Resize] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Name:
    """A change of a folder: `gone` is no name any more, `name` leads to `node`."""

    gone: str | None = None
    name: str | None = None
    node: "File | Folder | None" = None


@dataclass(slots=True)
class Folder:
    synced: dict[str, "File | Folder"] = field(default_factory=dict)
    pending: list[Name] = field(default_factory=list)

    def now(self) -> dict[str, "File | Folder"]:
        """The names as the running system sees them."""
        return _named(self.synced, self.pending)


class Disk:
    """Everything below one folder, `root`; at first it holds what lies in `before`."""

    def __init__(self, before: Path, *, root: Path) -> None:
        self._root = root.resolve()
        self._top = _taken(before)

    def do(self, operation: Operation) -> None:
        """Raises NotImplementedError for a rename between folders."""
        match operation:
            case Say():
                return
            case Write() | Resize():
                self._file(operation.path).pending.append(operation)
            case Sync(path):
                self._sync(path)
            case Create(path):
                if path.name not in self._folder(path.parent).now():
                    self._change(path.parent, Name(name=path.name, node=File()))
            case MakeFolder(path):
                self._change(path.parent, Name(name=path.name, node=Folder()))
            case Remove(path):
                self._change(path.parent, Name(gone=path.name))
            case Rename(path, to):
                if path.parent != to.parent:
                    raise NotImplementedError(f"a rename between folders: {path} to {to}")
                node = self._folder(path.parent).now()[path.name]
                self._change(path.parent, Name(gone=path.name, name=to.name, node=node))

    def after_cut(self, target: Path, chance: random.Random) -> None:
        """Write into an empty folder what the disk may hold if the power went now."""
        _written(self._top, target, chance)

    def _sync(self, path: Path) -> None:
        node = self._node(path)
        if isinstance(node, File):
            node.synced = _content(node.synced, node.pending)
        else:
            node.synced = node.now()
        node.pending.clear()

    def _change(self, folder: Path, change: Name) -> None:
        self._folder(folder).pending.append(change)

    def _node(self, path: Path) -> File | Folder:
        node: File | Folder = self._top
        for part in path.relative_to(self._root).parts:
            if not isinstance(node, Folder):
                raise NotADirectoryError(path)
            node = node.now()[part]
        return node

    def _file(self, path: Path) -> File:
        node = self._node(path)
        if not isinstance(node, File):
            raise IsADirectoryError(path)
        return node

    def _folder(self, path: Path) -> Folder:
        node = self._node(path)
        if not isinstance(node, Folder):
            raise NotADirectoryError(path)
        return node


def _taken(root: Path) -> Folder:
    return Folder(
        {
            one.name: _taken(one) if one.is_dir() else File(one.read_bytes())
            for one in root.iterdir()
        }
    )


def _written(folder: Folder, target: Path, chance: random.Random) -> None:
    target.mkdir(parents=True, exist_ok=True)
    for name, node in _named(folder.synced, _fate(folder.pending, chance)).items():
        if isinstance(node, Folder):
            _written(node, target / name, chance)
            continue
        kept = [_torn(one, chance) for one in _fate(node.pending, chance)]
        content = _content(node.synced, [piece for one in kept for piece in one])
        (target / name).write_bytes(content)


def _fate(pending: Sequence[Change], chance: random.Random) -> Sequence[Change]:
    """Which of the changes that were not synced have come to the disk all the same."""
    fates: tuple[Callable[[], Sequence[Change]], ...] = (
        lambda: (),
        lambda: pending,
        lambda: pending[: chance.randint(0, len(pending))],
        lambda: [one for one in pending if chance.random() < 0.5],
    )
    return chance.choice(fates)()


def _torn(change: Write | Resize, chance: random.Random) -> list[Write | Resize]:
    """The sectors of a write that have come to the disk; most often all."""
    if isinstance(change, Resize) or chance.random() >= _TORN:
        return [change]
    edges = [change.at]
    edges += range((change.at // SECTOR + 1) * SECTOR, change.at + len(change.data), SECTOR)
    ends = [*edges[1:], change.at + len(change.data)]
    return [
        Write(change.path, at, change.data[at - change.at : end - change.at])
        for at, end in zip(edges, ends, strict=True)
        if chance.random() < 0.5
    ]


def _content(synced: bytes, changes: Sequence[Write | Resize]) -> bytes:
    content = bytearray(synced)
    for change in changes:
        size = change.size if isinstance(change, Resize) else change.at + len(change.data)
        if size > len(content):
            content.extend(bytes(size - len(content)))
        if isinstance(change, Resize):
            del content[change.size :]
        else:
            content[change.at : size] = change.data
    return bytes(content)


def _named(synced: dict[str, File | Folder], changes: Sequence[Name]) -> dict[str, File | Folder]:
    names = dict(synced)
    for change in changes:
        if change.gone is not None:
            names.pop(change.gone, None)
        if change.name is not None and change.node is not None:
            names[change.name] = change.node
    return names
