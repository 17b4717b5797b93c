"""Wiping a device: what would be lost is told first, then the keys go, then all the rest."""

import contextlib
import json
import os
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from pathlib import Path

from assessor_app.domain.event import STORE
from assessor_app.domain.problem import StoreProblem
from assessor_app.domain.visit import Visit, VisitState
from assessor_app.services.backup import backup_places
from assessor_app.services.enrolment import Workplace, unlock
from assessor_app.services.keys import os_keyring
from assessor_app.services.keys.record import current_keys
from assessor_app.services.people import people_of
from assessor_app.services.roots import TRUST
from assessor_app.services.visits import all_visits
from assessor_app.storage.destroying import destroy, remove_tree, set_aside
from assessor_app.storage.files import told_plainly, write_whole
from assessor_app.storage.generations import Generation, generations, is_own_folder, own_folder
from assessor_app.storage.keys import holders, keyring_names
from assessor_app.storage.layout import BACKUPS, DATABASE, KEYS, PEOPLE, PINNED
from assessor_app.storage.manifest import Manifest, read_manifest
from assessor_app.storage.store import Store

CONFIRMED_BY = 8
"""How many of the last characters of the device's id have to be given."""
_ASIDE = ".store.being-wiped"
_PLAN = "wiping.json"  # which backups go too; beside the store's files, so that it is set aside
_LOG = "window.log"


class WipeStage(StrEnum):
    """What a wiping is at; what its `progress` raises at either leaves everything as it was."""

    CHECKING = "checking"
    DESTROYING = "destroying"  # the last word: from here on nothing ends it


@dataclass(frozen=True, slots=True)
class NewestBackup:
    """The newest backup that can be reached, and the visits that are not as they are now in it."""

    folder: Path
    made_at: datetime
    lacking: tuple[Visit, ...]


@dataclass(frozen=True, slots=True)
class WipePreview:
    """What a wiping would take away from this device.

    `confirmation` is what has to be given for it. `unsent` are the visits that headquarters has not
    receipted: where they are in no backup either, they are lost for good. `evidence_bytes` is what
    the sealed files take up; `backups` are the folders of this store's backups, `unreached` those
    that may be on a medium that is not plugged in.
    """

    device: str
    visits: int
    unsent: tuple[Visit, ...]
    events: int
    evidence_files: int
    evidence_bytes: int
    people: int
    backups: tuple[Path, ...]
    unreached: tuple[Path, ...]
    newest: NewestBackup | None

    @property
    def confirmation(self) -> str:
        return self.device[-CONFIRMED_BY:]


def wipe_preview(workplace: Workplace) -> WipePreview:
    """What would be lost, and what of it is in a backup."""
    store = workplace.store
    visits = all_visits(store)
    streams = [store.log.stream_heads(visit) for visit in (STORE, *(one.id for one in visits))]
    sealed = [path for path in store.vault.folder.rglob("*") if path.is_file()]
    folders = _backup_folders(workplace)
    backups = tuple(folder for folder in folders if folder.is_dir())
    return WipePreview(
        device=store.device.id,
        visits=len(visits),
        unsent=tuple(one for one in visits if one.state is not VisitState.RECEIPTED),
        # A stream counts from 1 without a gap: its head is how many there are.
        events=sum(head.seq for heads in streams for head in heads),
        evidence_files=len(store.log.vault_files()),
        evidence_bytes=sum(path.stat().st_size for path in sealed),
        people=len(people_of(store).kept()),
        backups=backups,
        unreached=tuple(folder for folder in folders if _out_of_reach(folder)),
        newest=_newest(store, visits, backups),
    )


def wipe(
    workplace: Workplace,
    passphrase: str,
    *,
    confirmed: str,
    backups: bool = False,
    instruments: bool = False,
    progress: Callable[[WipeStage], None] = lambda _stage: None,
) -> tuple[Path, ...]:
    """Take the store away from this device; returns what of the product is or may be still there.

    The keys are destroyed first, so that nothing of the rest can be read however the wiping ends.
    `confirmed` is what the preview names; the passphrase is asked for anew. Backups and the
    instruments that somebody wrote stay unless asked for. `progress` hears of each stage before it
    begins. Raises StoreProblem `passphrase_wrong`,
    `wipe_not_confirmed` or `store_busy`: nothing has changed then.
    """
    store, home = workplace.store, workplace.store.folder.parent
    progress(WipeStage.CHECKING)
    again = unlock(home, passphrase, clock=store.clock, new_id=store.new_id).store
    try:
        token = again.device.id[-CONFIRMED_BY:]
        if confirmed.strip().casefold() not in (token, again.device.id):
            raise StoreProblem("wipe_not_confirmed", confirmation=token)
        progress(WipeStage.DESTROYING)
        copies, in_keyring = _backup_folders(workplace), _kept_in_keyring(store)
        finish_wipe(home)
        store.close()
        with _planned(store.folder / _PLAN, copies if backups else ()):
            set_aside(again.engine, store.folder, aside=home / _ASIDE)
    finally:
        again.close()
    finish_wipe(home)
    for name in in_keyring:
        with contextlib.suppress(StoreProblem):  # it opens nothing any more
            os_keyring.forget(name)
    remove_tree((home / PINNED).parent if instruments else home / PINNED)
    remove_tree(home / TRUST)
    return _left(home, copies)


def wipe_interrupted(home: Path) -> bool:
    """Whether a wiping was begun here and not finished: power failed, or a file was in use."""
    return os.path.lexists(home / _ASIDE)


def finish_wipe(home: Path) -> tuple[Path, ...]:
    """Do the rest of a wiping; it needs no passphrase, since that was given when it was begun.

    Returns the folders of backups that were to go and could not be reached. Raises StoreProblem
    where a file cannot be taken away: to be called again then.
    """
    aside = home / _ASIDE
    if not wipe_interrupted(home):
        return ()
    for path in _secrets(aside) if aside.is_dir() else ():
        destroy(path)
    planned = _read_plan(aside / _PLAN)
    for folder in planned:
        _wipe_backups(folder)
    for log in home.glob(f"{_LOG}*"):
        destroy(log)
    # Last of all its name: until then the wiping can be seen to be unfinished.
    remove_tree(aside.resolve())  # a store may lie on another disk, with a link to it
    remove_tree(aside)
    return tuple(folder for folder in planned if _out_of_reach(folder))


def _secrets(folder: Path) -> list[Path]:
    """The files to overwrite before anything else goes: all but the sealed evidence and database.

    The key file's copies come first, then the signing identity and other small files, then people.
    """
    with told_plainly(folder):
        top = [path for path in folder.iterdir() if path.is_file() and path.name != _PLAN]
    small = [path for path in top if not path.name.startswith(DATABASE)]
    small.sort(key=lambda path: (Path(KEYS).stem not in path.name, path.name))
    return [*small, *_people(folder)]


def _wipe_backups(folder: Path) -> None:
    """Destroy the keys of all generations, then of people, then all the rest.

    Whoever can write to the home could name any folder in the plan: only what is called as a
    folder of backups goes, and nothing that a link leads to.
    """
    if not is_own_folder(folder):
        return
    keys = (path for path in folder.rglob(f"*{Path(KEYS).stem}*") if path.is_file())
    for path in [*keys, *_people(folder)]:
        destroy(path)
    remove_tree(folder)


def _people(folder: Path) -> list[Path]:
    kept = folder / PEOPLE
    return [] if kept.is_symlink() else sorted(kept.glob("*"))


@contextlib.contextmanager
def _planned(plan: Path, folders: tuple[Path, ...]) -> Iterator[None]:
    """Write down which backups go as well: an interrupted wiping could not find them again."""
    write_whole(plan, json.dumps([str(folder) for folder in folders]).encode())
    try:
        yield
    except BaseException:
        plan.unlink(missing_ok=True)
        raise


def _read_plan(plan: Path) -> tuple[Path, ...]:
    try:
        return tuple(Path(folder) for folder in json.loads(plan.read_bytes()))
    except (OSError, ValueError, TypeError):  # none, or one that the product did not write
        return ()


def _kept_in_keyring(store: Store) -> tuple[str, ...]:
    content = current_keys(store)
    return tuple(name for one in holders(content) for name in keyring_names(content, one))


def _backup_folders(workplace: Workplace) -> tuple[Path, ...]:
    """Where this store's backups are, or would be."""
    key = workplace.store.unlocked.key
    return tuple(own_folder(place, key) for place in backup_places(workplace))


def _out_of_reach(folder: Path) -> bool:
    """Whether a folder of backups may be on a medium that is not plugged in."""
    return folder.parent.name != BACKUPS and not folder.parent.is_dir()


def _newest(
    store: Store, visits: tuple[Visit, ...], backups: tuple[Path, ...]
) -> NewestBackup | None:
    """The newest backup that can be opened, wherever it lies."""
    read: list[tuple[Generation, Manifest]] = []
    for one in (one for folder in backups for one in generations(folder)):
        with contextlib.suppress(StoreProblem):  # a damaged one holds nothing to count on
            read.append((one, read_manifest(one.folder, store.unlocked.key)))
    if not read:
        return None
    generation, manifest = max(read, key=lambda pair: (pair[1].made_at, pair[0].number))
    heads = manifest.heads()
    lacking = tuple(one for one in visits if heads.get(one.id) != store.head(one.id))
    return NewestBackup(generation.folder, manifest.made_at, lacking)


def _left(home: Path, copies: tuple[Path, ...]) -> tuple[Path, ...]:
    """What the wiping left: in the home, and backups elsewhere, or on a medium out of reach."""
    with told_plainly(home):
        inside = [path for path in home.iterdir() if path.is_file() or any(path.iterdir())]
    outside = [
        folder
        for folder in copies
        if home not in folder.parents and (folder.exists() or _out_of_reach(folder))
    ]
    return tuple(sorted((*inside, *outside)))
