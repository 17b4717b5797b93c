"""What no event names, put aside: the database may be an older copy, and a newer come back."""

import os
from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from pathlib import Path

from assessor_app.storage.claims import claimed
from assessor_app.storage.files import sync_folders_of, told_plainly
from assessor_app.storage.vault import ASIDE, Sealed, Vault

KEPT_ASIDE = timedelta(days=30)


def put_aside(files: Iterable[Sealed], *, at: datetime) -> bool:
    """Rename files of one id where they lie, their time being from now on when that was.

    False, and nothing is renamed, where a living process still works on one of them. Raises
    StoreProblem as `write_whole` does.
    """
    listed = list(files)
    if any(claimed(one.path) for one in listed):
        return False
    for one in listed:
        with told_plainly(one.path):
            try:
                # A clock that was put back makes nothing old.
                since = max(at.timestamp(), one.path.stat().st_mtime)
                os.utime(one.path, (since, since))
                one.path.replace(one.path.with_name(f"{one.path.name}{ASIDE}"))
            except FileNotFoundError:
                continue
            except PermissionError:  # it is open, on Windows
                if os.name != "nt":
                    raise
                return False
    sync_folders_of(one.path for one in listed)
    return True


def put_back(vault: Vault, files: Iterable[Sealed]) -> None:
    """Put files back that an event names; one that is there again, and whole, is taken instead.

    Raises StoreProblem as `write_whole` does.
    """
    listed = list(files)
    for one in listed:
        place = place_of(one)
        with told_plainly(one.path):
            if place.exists() and one.form is not None and vault.opens(one.id, one.form):
                one.path.unlink(missing_ok=True)
            elif one.path.exists():
                one.path.replace(place)
    sync_folders_of(one.path for one in listed)


def place_of(file: Sealed) -> Path:
    """Where a file belongs that lies aside."""
    return file.path.with_name(file.path.name.removesuffix(ASIDE))


def lies_since(file: Sealed) -> datetime:
    """When a file was put aside; now, where it is gone."""
    try:
        return datetime.fromtimestamp(file.path.stat().st_mtime, UTC)
    except FileNotFoundError:
        return datetime.now(UTC)
