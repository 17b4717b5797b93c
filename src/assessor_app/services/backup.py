"""Backing up on start, on close and when asked for; and taking a backup back."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from assessor_app.domain.clock import Clock, NewId
from assessor_app.domain.event import STORE, EventKind, Json
from assessor_app.domain.instants import instant_text
from assessor_app.domain.problem import StoreProblem
from assessor_app.services.awaited import awaited
from assessor_app.services.enrolment import Workplace, store_zone
from assessor_app.services.freed import freed
from assessor_app.services.keys.record import settle
from assessor_app.services.store_settings import settings
from assessor_app.storage import outbox
from assessor_app.storage.backup import (
    Progress,
    Source,
    Stage,
    in_silence,
    make_backup,
    newest_event,
    refresh_backups,
)
from assessor_app.storage.files import make_folder
from assessor_app.storage.generations import (
    folders_in,
    generations,
    newest_generation,
    own_folder,
)
from assessor_app.storage.layout import BACKUPS, DATABASE
from assessor_app.storage.log import Draft
from assessor_app.storage.manifest import Why, read_manifest
from assessor_app.storage.restoring import restored_store
from assessor_app.storage.store import Store
from assessor_app.storage.tables import SCHEMA
from assessor_app.storage.vault import Form

__all__ = ["Progress", "Stage", "Why"]  # what front ends hear and say of a backup


@dataclass(frozen=True, slots=True)
class BackedUp:
    """A backup that was made. Sizes are in bytes; `new_files` of evidence were not there before."""

    place: Path
    folder: Path
    made_at: datetime
    size: int
    new_files: int
    new_bytes: int


@dataclass(frozen=True, slots=True)
class Missed:
    """A place that could not be backed up to, and why; nothing else was held up by it."""

    place: Path
    problem: StoreProblem


@dataclass(frozen=True, slots=True)
class Backups:
    """What came of backing up: made, missed, and where nothing new was to be kept."""

    made: tuple[BackedUp, ...] = ()
    missed: tuple[Missed, ...] = ()
    current: tuple[Path, ...] = ()


@dataclass(frozen=True, slots=True)
class Listed:
    """A backup in a place, told without any passphrase; `size` (bytes) is without evidence."""

    folder: Path
    made_at: datetime
    size: int


@dataclass(frozen=True, slots=True)
class Restored:
    """A store that was taken back from a backup, on a device of its own.

    `missing` are the ids of evidence that the backup had lost; `aside` is where the store that
    was there before is now; `zone` is where its papers are dated. `unsent` are parts that were
    still to be sent: the device that signed for them is no more, they are to be queued anew.
    """

    home: Path
    folder: Path
    made_at: datetime
    device: str
    predecessor: str
    visits: int
    evidence: int
    missing: tuple[str, ...]
    aside: Path | None
    zone: ZoneInfo
    unsent: int = 0


def back_up(
    workplace: Workplace,
    *,
    to: Path | None = None,
    progress: Progress = in_silence,
) -> Backups:
    """Back up to the home and to the second place that is set, or only to `to`.

    A place that is not there or has no room is told and holds up no other. May run beside the
    recording of answers. Raises StoreProblem `backup_place_missing` or `backup_place_inside_store`
    for `to`.
    """
    if to is not None:
        _require_place(to, workplace)
    places = (to,) if to is not None else backup_places(workplace)
    return _each(places, lambda place: _back_up(workplace, place, why=Why.ASKED, progress=progress))


def back_up_if_due(
    workplace: Workplace, *, why: Why = Why.START, progress: Progress = in_silence
) -> Backups:
    """Back up to every place whose newest backup does not hold what was recorded last.

    Where it does, the key file and the erased persons are brought up to date all the same.
    """

    def one(place: Path) -> BackedUp | None:
        if not _is_current(workplace, place):
            return _back_up(workplace, place, why=why, progress=progress)
        source = _source(workplace)
        refresh_backups(source, own_folder(place, source.key))
        return None

    return _each(backup_places(workplace), one)


def backup_places(workplace: Workplace) -> tuple[Path, ...]:
    """Where this store is backed up to: beside it, and the second place where one is set."""
    second = settings(workplace).backup_place
    first = workplace.store.folder.parent / BACKUPS
    return (first,) if second is None else (first, second)


def refresh_keys(workplace: Workplace) -> tuple[Path, ...]:
    """Give the backups that can be reached the key file of now: who lost access opens none of them.

    Returns the places that could not be reached: they get it with their next backup, and hold up
    nothing now.
    """
    source = _source(workplace)
    return in_reach(workplace, lambda folder: refresh_backups(source, folder))


def in_reach(workplace: Workplace, work: Callable[[Path], None]) -> tuple[Path, ...]:
    """Do something to this store's folder of backups in every place where there is one.

    Returns the places that could not be reached, as a medium that is not plugged in.
    """
    store, missed = workplace.store, []
    for place in backup_places(workplace):
        folder = own_folder(place, store.unlocked.key)
        try:
            if folder.is_dir():
                work(folder)
            elif not place.is_dir() and place.parent != store.folder.parent:
                missed.append(place)
        except StoreProblem:
            missed.append(place)
    return tuple(missed)


def list_backups(place: Path) -> tuple[Listed, ...]:
    """The backups of all stores in a place, the newest of each first; no passphrase is needed.

    Raises StoreProblem `backup_place_missing`.
    """
    return tuple(
        Listed(one.folder, one.made_at, one.size())
        for folder in folders_in(place)
        for one in generations(folder)
    )


def restore(
    source: Path,
    home: Path,
    passphrase: str,
    *,
    clock: Clock,
    new_id: NewId,
    replace: bool = False,
    incomplete: bool = False,
    progress: Progress = in_silence,
) -> Restored:
    """Take the newest backup of a place, or the one that is named, into a home.

    It is verified whole before anything is put in place; a store that is there is moved aside,
    and only with `replace`. From then on the store is on a device of its own: its first event
    names the old one and the backup. Raises StoreProblem as `restored_store` does.
    """
    generation = newest_generation(source)
    with restored_store(
        generation,
        home,
        passphrase,
        replace=replace,
        incomplete=incomplete,
        clock=clock,
        new_id=new_id,
        awaited=lambda store: awaited(store) | freed(store),
        progress=progress,
    ) as found:
        store, device = found.store, f"device/{found.store.device.id}"
        values: dict[tuple[str, str], Json] = {
            (device, "public_key"): store.device.public_key,
            (device, "predecessor"): found.manifest.device,
            (device, "backup"): instant_text(found.manifest.made_at),
        }
        if found.missing:
            values[device, "missing_evidence"] = list(found.missing)
        store.log.append(Draft(STORE, EventKind.RESTORED, values))
        settle(store)  # the key file of a backup may be newer than its database
        for id_ in sorted(freed(store) - _originals(store)):
            store.vault.mark_freed(id_)
        unsent = outbox.drop_queue(store)
        return Restored(
            home=home,
            folder=generation.folder,
            made_at=found.manifest.made_at,
            device=store.device.id,
            predecessor=found.manifest.device,
            visits=sum(visit != STORE for visit in found.manifest.streams),
            evidence=len(store.vault.ids() & store.log.vault_files().keys()),
            missing=found.missing,
            aside=found.aside,
            zone=store_zone(store.log.heads(STORE)),
            unsent=unsent,
        )


def _each(places: tuple[Path, ...], work: Callable[[Path], BackedUp | None]) -> Backups:
    made: list[BackedUp] = []
    missed: list[Missed] = []
    current: list[Path] = []
    for place in places:
        try:
            done = work(place)
        except StoreProblem as problem:
            missed.append(Missed(place, problem))
            continue
        if done is None:
            current.append(place)
        else:
            made.append(done)
    return Backups(tuple(made), tuple(missed), tuple(current))


def _back_up(workplace: Workplace, place: Path, *, why: Why, progress: Progress) -> BackedUp:
    store, source = workplace.store, _source(workplace)
    if place == store.folder.parent / BACKUPS:
        make_folder(place)  # any other is made by who owns the medium: it may not be plugged in
    _require_place(place, workplace)
    folder = own_folder(place, source.key)
    done = make_backup(source, folder, why=why, at=store.clock.now(), progress=progress)
    return BackedUp(
        place=place,
        folder=done.generation.folder,
        made_at=done.manifest.made_at,
        size=done.generation.size(),
        new_files=done.evidence.files,
        new_bytes=done.evidence.size,
    )


def _is_current(workplace: Workplace, place: Path) -> bool:
    source = _source(workplace)
    newest = next(iter(generations(own_folder(place, source.key))), None)
    if newest is None:
        return False
    try:
        manifest = read_manifest(newest.folder, source.key)
    except StoreProblem:
        return False
    last = newest_event(source.engine, workplace.store.folder / DATABASE)
    now = (last, workplace.store.device.id, SCHEMA)
    return (manifest.newest, manifest.device, manifest.schema) == now


def _require_place(place: Path, workplace: Workplace) -> None:
    if not place.is_dir():
        raise StoreProblem("backup_place_missing", place=place)
    if place.resolve().is_relative_to(workplace.store.folder.resolve()):
        raise StoreProblem("backup_place_inside_store", place=place)


def _source(workplace: Workplace) -> Source:
    store = workplace.store
    return Source(store.folder, store.engine, store.unlocked.key)


def _originals(store: Store) -> set[str]:
    return {one.id for one in store.vault.walk() if one.form is Form.ORIGINAL}
