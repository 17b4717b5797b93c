"""Files that must not be read again: overwritten, synced, unlinked, and their folder synced."""

import os
import secrets
from pathlib import Path

import sqlalchemy as sa

from assessor_app.domain.problem import StoreProblem
from assessor_app.durable import sync_folder
from assessor_app.storage.database import told_plainly_of_database
from assessor_app.storage.files import told_plainly

_PIECE = 1024 * 1024


def destroy(path: Path) -> bool:
    """Overwrite a small file with noise, then take it away; True where there was one.

    For keys: what they sealed cannot be read without them. Flash memory and copying file systems
    may keep the old blocks for a while, which no program can see (docs/privacy.md). Only this name
    is taken away where the file has others, as a hard link has. Raises StoreProblem as
    `write_whole` does; the file is then there still.
    """
    if not os.path.lexists(path):
        return False
    with told_plainly(path):
        if path.is_file() and not path.is_symlink() and path.stat().st_nlink == 1:
            _overwrite(path)
        path.unlink(missing_ok=True)
        sync_folder(path.parent)
    return True


def remove_tree(folder: Path) -> None:
    """Take a folder away with all that is in it, links as links. Raises as `destroy` does."""
    if not os.path.lexists(folder):
        return
    with told_plainly(folder):
        if folder.is_symlink():
            folder.unlink()
            return
        for inner in sorted(folder.rglob("*"), key=lambda path: len(path.parts), reverse=True):
            if inner.is_dir() and not inner.is_symlink():
                inner.rmdir()
            else:
                inner.unlink(missing_ok=True)
        folder.rmdir()
        sync_folder(folder.parent)


def set_aside(engine: sa.Engine, folder: Path, *, aside: Path) -> None:
    """Give a store's folder another name while no program has its database open.

    Raises StoreProblem `store_busy` where one has, in this process or another: what that one calls
    saved would be gone. All is as before then.
    """
    connection = engine.raw_connection()
    try:
        with told_plainly_of_database(folder):
            cursor = connection.cursor()
            # The way out of WAL is open to the only connection there is, and to no other.
            cursor.execute("PRAGMA busy_timeout=500")
            cursor.execute("PRAGMA journal_mode=DELETE")
            if cursor.fetchall() != [("delete",)]:
                raise StoreProblem("store_busy", path=folder)
            cursor.execute("BEGIN EXCLUSIVE")
        if os.name != "nt":  # there nobody can rename what is open: that is guard enough
            _renamed(folder, aside)
    finally:
        connection.close()
        engine.dispose()
    if os.name == "nt":
        _renamed(folder, aside)


def _renamed(folder: Path, aside: Path) -> None:
    with told_plainly(folder):
        folder.rename(aside)
        sync_folder(folder.parent)


def _overwrite(path: Path) -> None:
    with path.open("r+b") as file:
        left = os.fstat(file.fileno()).st_size
        while left > 0:
            left -= file.write(secrets.token_bytes(min(left, _PIECE)))
        file.flush()
        os.fsync(file.fileno())
