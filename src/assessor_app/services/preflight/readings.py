"""Measuring what is judged before leaving; each reading is a small function of its own."""

import itertools
import os
import shutil
from datetime import UTC, datetime, timedelta
from pathlib import Path

from assessor_app.domain.instrument import Instrument
from assessor_app.domain.preflight import FolderSeen, InstrumentSeen, Readings
from assessor_app.domain.problem import InstrumentFault, StoreProblem
from assessor_app.domain.visit import Visit, VisitState
from assessor_app.instruments.library import Library
from assessor_app.paths import resources_dir
from assessor_app.services.awaited import awaited
from assessor_app.services.backup import backup_places
from assessor_app.services.enrolment import Workplace
from assessor_app.services.identity_record import kept_of
from assessor_app.services.instruments import default_instrument
from assessor_app.services.preflight.battery import battery
from assessor_app.services.preflight.remembering import hint_made_at, typed_at
from assessor_app.services.store_settings import StoreSettings, settings
from assessor_app.services.visits import all_visits
from assessor_app.storage.generations import generations, own_folder

USUAL_PHOTO = 6_000_000
"""Bytes: a photo of 12 megapixels as cameras make it, with the copies for paper and lists."""
_LOOKED_AT = 600  # files of the vault that the average is made of


def measure(workplace: Workplace, library: Library) -> Readings:
    """Everything at once; it touches disks and may take a moment. Raises StoreProblem."""
    store = workplace.store
    now = store.clock.now()
    zone = workplace.profile.zone
    known = settings(workplace)
    visits = all_visits(store)
    newest, second = _backups(workplace)
    latest = store.log.latest()
    return Readings(
        now=now,
        disk_free=disk_free(store.folder),
        photo_bytes=photo_bytes(store.vault.folder),
        battery=battery(),
        recorded=latest.wall if latest is not None else None,
        built=built_at(resources_dir()),
        device_offset=now.astimezone().utcoffset(),
        papers_offset=now.astimezone(zone).utcoffset(),
        typed=typed_at(store),
        hint_made=hint_made_at(store),
        certificate_ends=kept_of(store, store.assessor).not_after,
        instrument=instrument_seen(library, now=now.astimezone(zone)),
        folders=photo_folders(known),
        backed_up=newest,
        second_place=str(known.backup_place) if known.backup_place else None,
        second_reached=second is not None and newest is not None and second >= newest - _SLACK,
        awaited=len(awaited(store)),
        under_way=_units(visits, VisitState.OPEN, VisitState.EXIT_TALK),
        unsigned=_units(visits, VisitState.CLOSED),
    )


_SLACK = timedelta(hours=1)  # between the backups of both places, made one after the other


def disk_free(folder: Path) -> int | None:
    """Bytes that are free for the store."""
    try:
        return shutil.disk_usage(folder).free
    except OSError:
        return None


def photo_bytes(vault: Path) -> int:
    """Bytes that a photo of this store takes with its copies, on average; the usual before one.

    The files of one photo are named alike up to the first dot. Never less than a tenth of the
    usual: a few screenshots say nothing of a camera.
    """
    found = itertools.islice((path for path in vault.rglob("*") if path.is_file()), _LOOKED_AT)
    sizes: dict[str, int] = {}
    for path in found:
        name = path.name.partition(".")[0]
        try:
            sizes[name] = sizes.get(name, 0) + path.stat().st_size
        except OSError:
            continue  # swept away meanwhile
    if not sizes:
        return USUAL_PHOTO
    return max(sum(sizes.values()) // len(sizes), USUAL_PHOTO // 10)


def built_at(resources: Path) -> datetime | None:
    """When the program was made, by the newest of its own texts: a clock before that is wrong."""
    times: list[float] = []
    for path in (resources / "texts").glob("*.toml"):
        try:
            times.append(path.stat().st_mtime)
        except OSError:
            continue
    return datetime.fromtimestamp(max(times), UTC) if times else None


def instrument_seen(library: Library, *, now: datetime) -> InstrumentSeen:
    """What a new visit would be made with today."""
    broken = len({fault.file for fault in library.faults()})
    try:
        one = default_instrument(library, today=now.date())
    except InstrumentFault:
        return InstrumentSeen(None, broken=broken)
    return InstrumentSeen(one.pin, _last_year(one), _verified(one), broken)


def photo_folders(known: StoreSettings) -> tuple[FolderSeen, ...]:
    """The folders that new photos are taken from, as they are found now."""
    seen = []
    for one in known.photo_folders:
        there = one.path.is_dir()
        seen.append(
            FolderSeen(str(one.path), there, there and os.access(one.path, os.R_OK | os.X_OK))
        )
    return tuple(seen)


def _backups(workplace: Workplace) -> tuple[datetime | None, datetime | None]:
    """When the newest backup was made anywhere, and the newest one in the second place."""
    made: list[datetime | None] = []
    for place in backup_places(workplace):
        folder = own_folder(place, workplace.store.unlocked.key)
        try:
            newest = next(iter(generations(folder)), None)
        except StoreProblem:  # as a medium that is not plugged in
            newest = None
        made.append(newest.made_at if newest is not None else None)
    known = [one for one in made if one is not None]
    return max(known, default=None), made[1] if len(made) > 1 else None


def _units(visits: tuple[Visit, ...], *states: VisitState) -> tuple[str, ...]:
    return tuple(one.unit for one in visits if one.state in states and not one.sample)


def _last_year(instrument: Instrument) -> int:
    return max((instrument.year, *instrument.years))


def _verified(instrument: Instrument) -> bool:
    return all(one.verified for one in instrument.indicators())
