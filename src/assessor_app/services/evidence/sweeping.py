"""Sweeping the vault: what was half-done when the power went goes away again, and is told.

No whole file goes at once. Where somebody put an older database in the newer one's place, what was
recorded since looks just like the rest of a crash: it lies aside for thirty days, and is put back
as soon as an event names it.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from enum import StrEnum
from typing import assert_never

from assessor_app.services.enrolment import Workplace
from assessor_app.storage.aside import KEPT_ASIDE, lies_since, put_aside, put_back
from assessor_app.storage.layout import DATABASE
from assessor_app.storage.store import Store
from assessor_app.storage.vault import Sealed

DAYS_ASIDE = KEPT_ASIDE.days


@dataclass(frozen=True, slots=True)
class Orphan:
    """A file that lies in the vault and no event names, or none did until now."""

    id: str
    forms: tuple[str, ...]  # in which it lay there, sorted


@dataclass(frozen=True, slots=True)
class Swept:
    """What was done: `aside` are put aside now, `back` are in their places again.

    `removed` had lain aside for thirty days. `bytes` is the room that this and the rests of
    unfinished writing (`parts`) gave back. `in_work` counts the files of living processes, which
    were left alone.
    """

    aside: tuple[Orphan, ...] = ()
    back: tuple[Orphan, ...] = ()
    removed: tuple[Orphan, ...] = ()
    bytes: int = 0
    parts: tuple[str, ...] = ()  # file names
    in_work: int = 0


class _Step(StrEnum):
    """What is to be done with a file."""

    ASIDE = "aside"
    BACK = "back"
    OVER = "over"
    UNFINISHED = "unfinished"


@dataclass(slots=True)
class _Doing:
    """A sweep as it goes on."""

    store: Store
    moved: dict[_Step, list[Orphan]] = field(default_factory=lambda: defaultdict(list))
    parts: list[str] = field(default_factory=list)
    room: int = 0
    in_work: int = 0

    def take(self, step: _Step, id_: str, files: list[Sealed]) -> None:
        if not self._done(step, files):
            self.in_work += 1
        elif step is _Step.UNFINISHED:
            self.parts += sorted(one.path.name for one in files)
        else:
            forms = tuple(sorted(one.form.value for one in files if one.form))
            self.moved[step].append(Orphan(id_, forms))

    def _done(self, step: _Step, files: list[Sealed]) -> bool:
        match step:
            case _Step.ASIDE:
                return put_aside(files, at=_latest(self.store))
            case _Step.BACK:
                put_back(self.store.vault, files)
                return True
            case _Step.OVER | _Step.UNFINISHED:
                freed = self.store.vault.remove(files)
                self.room += freed or 0
                return freed is not None
            case _:
                assert_never(step)


def sweep(workplace: Workplace) -> Swept:
    """Tidy the vault of what no event names, and put back what one names again.

    It holds the log still meanwhile, and every event that names a file requires that the file is
    there (`Draft.require`), in its place or aside: what another process is just attaching is named
    already and stays, or lies aside until the next sweep. Raises StoreProblem where the store
    cannot be read.
    """
    store = workplace.store
    now = store.clock.now()
    named = store.log.named_files()
    found = list(store.vault.walk(besides=named))
    if not any(_steps(found, named, now)):  # nearly always: nobody has to wait then
        return Swept()
    with store.log.exclusively():
        named = store.log.named_files()  # once more: an event may have named one of them meanwhile
        return _swept(store, _steps(found, named, now))


def _swept(store: Store, steps: Iterable[tuple[_Step, Sealed]]) -> Swept:
    groups: defaultdict[tuple[str, _Step], list[Sealed]] = defaultdict(list)
    for step, one in steps:
        groups[one.id, step].append(one)
    doing = _Doing(store)
    for (id_, step), files in sorted(groups.items()):
        doing.take(step, id_, files)
    return Swept(
        aside=tuple(doing.moved[_Step.ASIDE]),
        back=tuple(doing.moved[_Step.BACK]),
        removed=tuple(doing.moved[_Step.OVER]),
        bytes=doing.room,
        parts=tuple(doing.parts),
        in_work=doing.in_work,
    )


def _steps(
    files: Iterable[Sealed], named: frozenset[str], now: datetime
) -> Iterator[tuple[_Step, Sealed]]:
    for one in files:
        if one.form is None:
            yield _Step.UNFINISHED, one
        elif one.id in named:
            if one.aside:
                yield _Step.BACK, one
        elif not one.aside:
            yield _Step.ASIDE, one
        elif now - lies_since(one) >= KEPT_ASIDE:
            yield _Step.OVER, one


def _latest(store: Store) -> datetime:
    """Now, or when the database was last written: a clock that stands wrong makes nothing old."""
    written = (store.folder / DATABASE).stat().st_mtime
    return max(store.clock.now(), datetime.fromtimestamp(written, UTC))
