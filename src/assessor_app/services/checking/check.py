"""Is the store what was recorded? Everything in it is looked at, nothing is written."""

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from pathlib import Path

from assessor_app.domain.anchors import Anchor
from assessor_app.domain.event import STORE
from assessor_app.domain.problem import StoreProblem, VisitRefused
from assessor_app.services.awaited import awaited
from assessor_app.services.checking.anchoring import Paper, of_backups, of_documents, of_paper
from assessor_app.services.checking.identities import check_identities, check_roots
from assessor_app.services.checking.noticed import Noticed, Progress, Remedy, Stage, Weight
from assessor_app.services.checking.store import (
    check_database,
    check_devices,
    check_generation,
    check_keys,
    check_memory,
    check_own_stream,
    check_people,
    check_schema,
    exports,
    restorings,
)
from assessor_app.services.checking.streams import Surroundings, check_streams
from assessor_app.services.checking.vault import (
    NamedFile,
    check_files,
    check_strangers,
    documents_in,
    named_files,
)
from assessor_app.services.freed import freed
from assessor_app.storage.contents import Contents, contents
from assessor_app.storage.differences import VisitRead, look_at
from assessor_app.storage.layout import DATABASE
from assessor_app.storage.store import Store

__all__ = ["Paper", "Progress", "Stage"]  # what front ends hand in and hear


@dataclass(frozen=True, slots=True)
class Checked:
    """What was looked at, and all that was noticed; sound where nothing is broken."""

    noticed: tuple[Noticed, ...]
    visits: int
    events: int
    files: int
    documents: int  # that vouch for visits: in the vault, and brought

    @property
    def worst(self) -> Weight | None:
        """The heaviest of what was noticed; None where the store is sound, whatever is remarked."""
        found = {one.weight for one in self.noticed}
        return next((one for one in (Weight.BROKEN, Weight.UNDETERMINED) if one in found), None)

    @property
    def touched(self) -> tuple[str, ...]:
        """The visits in which something is broken."""
        broken = {one.visit for one in self.noticed if one.weight is Weight.BROKEN}
        return tuple(sorted(one for one in broken if one is not None and one != STORE))


def in_silence(stage: Stage, done: int, count: int) -> None:
    """A progress that nobody hears."""


def check(
    store: Store,
    visit: str | Collection[str] | None = None,
    *,
    evidence: bool = True,
    against: Sequence[Paper] = (),
    roots: Sequence[bytes] = (),
    progress: Progress = in_silence,
    cancelled: Callable[[], bool] = lambda: False,
) -> Checked:
    """Check the whole store, or only some visits of it.

    Without `evidence` no file of the vault is opened: the quick form. `against` are documents that
    somebody brought, whose signers are traced to `roots`; what they name must be here. Nobody who
    records meanwhile is held up. Raises StoreProblem where the store cannot be read at all, though
    not for damage, which is told.
    """
    wanted = None if visit is None else {visit} if isinstance(visit, str) else set(visit)
    work = _Work(store, wanted, progress, cancelled)
    work.brought(against, roots)
    if evidence:
        work.documents()
    work.database()
    work.visits()
    if evidence:
        work.files()
    if cancelled():
        work.noticed.append(Noticed("cancelled", Weight.UNDETERMINED))
    return Checked(
        noticed=tuple(work.noticed),
        visits=len(work.seen - {STORE}),
        events=work.events,
        files=len(work.named) if evidence else 0,
        documents=work.vouching,
    )


def visits_called(store: Store, names: Iterable[str]) -> set[str]:
    """The ids of visits called by their id or an unambiguous beginning or end of it.

    They are looked for in the events themselves: what is shown of visits may be wrong. Raises
    VisitRefused `visit_unknown` or `visit_ambiguous`, and StoreProblem.
    """
    there = [one for one in contents(store.engine, store.folder / DATABASE).visits if one != STORE]
    found: set[str] = set()
    for name in names:
        fitting = [one for one in there if name and (one.startswith(name) or one.endswith(name))]
        if name in there:
            fitting = [name]
        if not fitting:
            raise VisitRefused("visit_unknown", visit=name)
        if len(fitting) > 1:
            raise VisitRefused("visit_ambiguous", visit=name, found=", ".join(fitting))
        found |= set(fitting)
    return found


@dataclass
class _Work:
    """A check as it goes on; each step notices what it finds."""

    store: Store
    wanted: set[str] | None  # None is everything
    progress: Progress
    cancelled: Callable[[], bool]
    noticed: list[Noticed] = field(default_factory=list)
    anchors: list[Anchor] = field(default_factory=list)
    named: dict[str, NamedFile] = field(default_factory=dict)
    seen: set[str] = field(default_factory=set)
    events: int = 0
    vouching: int = 0
    newest: datetime | None = None

    def brought(self, against: Sequence[Paper], roots: Sequence[bytes]) -> None:
        for paper in against:
            read = of_paper(paper, roots=roots)
            self.noticed += read.noticed
            if read.anchor is not None:
                self.anchors.append(read.anchor)
                self.vouching += 1
                if self.wanted is not None:
                    self.wanted.add(read.anchor.visit)
        if self.wanted is None:
            self.anchors += of_backups(self.store)

    def documents(self) -> None:
        ids = self._documents()
        for done, read in enumerate(of_documents(self.store, ids)):
            if self.cancelled():
                return
            self.progress(Stage.ANCHORS, done, len(ids))
            self.noticed += read.noticed
            if read.anchor is not None:
                self.anchors.append(read.anchor)
                self.vouching += 1

    def database(self) -> None:
        self.noticed += check_keys(self.store)
        if self.wanted is None and not self.cancelled():
            self.progress(Stage.DATABASE, 0, 0)
            self.noticed += check_database(self.store)
        if not self.cancelled():
            self.noticed += check_schema(self.store)

    def visits(self) -> None:
        """Each visit by itself: where a page of one is damaged the others can still be read."""
        try:
            found = contents(self.store.engine, self._path)
        except StoreProblem as problem:
            self._unread(problem, None)
            return
        self.noticed += check_devices(self.store, own=found.own, told=found.told)
        around = self._around(found)
        every = self._every(found.visits, around)
        for done, visit in enumerate(every):
            if self.cancelled():
                return
            self.progress(Stage.VISITS, done, len(every))
            self._visit(visit, around, keys=found.keys)
        if self.wanted is None:
            self.noticed += check_memory(self.store, self.seen)

    def files(self) -> None:
        if self.cancelled():
            return
        self.noticed += check_files(
            self.store.vault,
            list(self.named.values()),
            awaited=self._noted(awaited),
            freed=self._noted(freed),
            progress=self.progress,
            cancelled=self.cancelled,
        )
        if self.wanted is None and not self.cancelled():
            lost = {Remedy.RECORD, Remedy.BEHIND, Remedy.DATABASE}
            self.noticed += check_strangers(
                self.store.vault,
                self.named,
                newest=self.newest,
                events_gone=any(
                    one.weight is Weight.BROKEN and one.remedy in lost for one in self.noticed
                ),
            )

    def _visit(self, visit: str, around: Surroundings, *, keys: Mapping[str, bytes]) -> None:
        read = self._read(visit, keys=keys)
        if read is None:
            return
        own = tuple(one for one in around.anchors if one.visit == visit)
        if read.links:
            self.seen.add(visit)
        elif not own and not read.differences and not _tells_of(around, visit):
            self.noticed.append(Noticed("visit_unknown", Weight.UNDETERMINED, visit=visit))
        self.events += len(read.links)
        times = [link.event.wall for link in read.links]
        self.newest = max([*times, *([self.newest] if self.newest else [])], default=None)
        for id_, one in named_files(read.links).items():
            self.named.setdefault(id_, one)
        self.noticed += check_streams(read, replace(around, anchors=own))
        if visit == STORE:
            self.noticed += check_own_stream(read)
            self.noticed += check_generation(self.store, read)
            self.noticed += check_identities(self.store, read)
            self.noticed += check_roots(self.store, read)
            self.noticed += check_people(self.store, read)

    def _read(self, visit: str, *, keys: Mapping[str, bytes]) -> VisitRead | None:
        try:
            return look_at(self.store.engine, self._path, visit, keys=keys)
        except StoreProblem as problem:
            self._unread(problem, visit)
            return None

    def _around(self, found: Contents) -> Surroundings:
        retired = frozenset(found.own) - {self.store.device.id}
        told = len(self.noticed)
        read = self._read(STORE, keys=found.keys)
        del self.noticed[told:]  # it is looked at in its turn
        return Surroundings(
            anchors=tuple(self.anchors),
            devices=frozenset(found.keys),
            retired=retired,
            restorings=restorings(read.links) if read and retired else (),
            exports=exports(read.links) if read else {},
        )

    def _every(self, known: Iterable[str], around: Surroundings) -> list[str]:
        """The visits to look at: those that are here, and those that something says were here."""
        if self.wanted is not None:
            return sorted(self.wanted)
        exported = (visit for visit, _ in around.exports)
        return sorted({*known, *(one.visit for one in self.anchors), *exported})

    def _documents(self) -> list[str]:
        there = documents_in(self.store.vault)
        if self.wanted is None:
            return there
        try:
            others = {
                id_
                for id_, one in self.store.log.vault_files().items()
                if one.visit not in self.wanted
            }
        except StoreProblem:
            return there
        return [id_ for id_ in there if id_ not in others]

    def _noted(self, read: Callable[[Store], frozenset[str]]) -> frozenset[str]:
        try:
            return read(self.store)
        except (StoreProblem, ValueError):  # told already: the table is not what it should be
            return frozenset()

    def _unread(self, problem: StoreProblem, visit: str | None) -> None:
        if problem.code != "store_damaged":
            raise problem
        places = {"cause": problem.places.get("cause", problem.code)}
        code = "visits_unreadable" if visit is None else "visit_unreadable"
        self.noticed.append(Noticed(code, Weight.BROKEN, Remedy.DATABASE, visit, places))

    @property
    def _path(self) -> Path:
        return self.store.folder / DATABASE


def _tells_of(around: Surroundings, visit: str) -> bool:
    return any(exported == visit for exported, _ in around.exports)
