"""Sweeping the vault: what was half-done when the power went goes away again, and is told."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from assessor_app.services.enrolment import Workplace
from assessor_app.storage.orphans import named_files
from assessor_app.storage.store import Store
from assessor_app.storage.vault import Sealed


@dataclass(frozen=True, slots=True)
class Orphan:
    """A file that was sealed and never recorded: nobody was told that it is kept."""

    id: str
    forms: tuple[str, ...]  # in which it lay there, sorted


@dataclass(frozen=True, slots=True)
class Swept:
    """What was removed: whole files by id, the rests of unfinished writing, and the room on disk.

    `in_work` counts the files of living processes, which were left alone.
    """

    removed: tuple[Orphan, ...]
    bytes: int
    parts: tuple[str, ...]  # file names
    in_work: int = 0


def sweep(workplace: Workplace) -> Swept:
    """Remove from the vault what no event names.

    It holds the log still while it removes, and every event that names a file requires that the
    file is there (`Draft.require`): what another process is just attaching is either named already
    and stays, or its event is refused. Raises StoreProblem where the store cannot be read.
    """
    store = workplace.store
    strangers = list(store.vault.walk(besides=_named(store)))
    if not strangers:  # nearly always: nobody has to wait then
        return Swept((), 0, ())
    with store.log.exclusively():
        named = _named(store)  # once more: an event may have named one of them meanwhile
        return _removed(
            store, (one for one in strangers if one.form is None or one.id not in named)
        )


def _named(store: Store) -> frozenset[str]:
    return named_files(store.engine, store.folder)


def _removed(store: Store, strangers: Iterable[Sealed]) -> Swept:
    groups: defaultdict[tuple[str, bool], list[Sealed]] = defaultdict(list)
    for one in strangers:
        groups[one.id, one.form is None].append(one)
    removed: list[Orphan] = []
    parts: list[str] = []
    room = in_work = 0
    for (id_, unfinished), files in sorted(groups.items()):
        freed = store.vault.remove(files)
        if freed is None:
            in_work += 1
            continue
        room += freed
        if unfinished:
            parts += sorted(one.path.name for one in files)
        else:
            removed.append(Orphan(id_, tuple(sorted(one.form.value for one in files if one.form))))
    return Swept(tuple(removed), room, tuple(parts), in_work)
