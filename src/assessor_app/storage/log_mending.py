"""The log of a database before its first connection: put right, or kept and not opened."""

import hashlib
import os
import time
from pathlib import Path
from typing import Any

from assessor_app.domain.problem import StoreProblem
from assessor_app.storage.files import read_if_there, told_plainly, write_whole
from assessor_app.storage.wal import Flip, Sealed, look

_AFTER = (0, 0.02, 0.1)  # seconds: it is read again where another process may be writing it
_ASIDE = "damaged-"


def log_of(database: Path) -> Path:
    return database.with_name(f"{database.name}-wal")


def kept_logs(database: Path) -> list[Path]:
    """The logs that did not fit and were kept as they were."""
    return sorted(database.parent.glob(f"{log_of(database).name}.{_ASIDE}*"))


def mend_log(database: Path, sealed: Sealed, *, told_as: Path | None = None) -> None:
    """Before the first connection: put single flipped bits of the log right, or refuse to open.

    The log is kept as it was before anything else. Raises StoreProblem `log_damaged` (of
    `told_as`, where a copy of that is looked at), or as `write_whole`.
    """
    path = log_of(database)
    for seconds in _AFTER:
        time.sleep(seconds)
        content = read_if_there(path) or b""
        found = look(content, sealed)
        if found.whole:
            return
    _keep(path, content)
    if found.damaged:
        raise StoreProblem("log_damaged", path=log_of(told_as or database))
    _mend(path, content, found.flips)


def work_in(connection: Any) -> None:
    """Bring into the pages what the log holds, and empty it: then no bit of it can flip.

    Not where another process reads or writes just now: whoever closes last does it. Raises as the
    engine does.
    """
    cursor = connection.cursor()
    (patience,) = cursor.execute("PRAGMA busy_timeout").fetchone()
    cursor.execute("PRAGMA busy_timeout=0").fetchall()
    cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()
    cursor.execute(f"PRAGMA busy_timeout={patience}").fetchall()


def _keep(path: Path, content: bytes) -> None:
    """Keep a log; under a name of its content, so that trying again makes no second copy."""
    copy = path.with_name(f"{path.name}.{_ASIDE}{hashlib.sha256(content).hexdigest()[:12]}")
    if not copy.exists():
        write_whole(copy, content)


def _mend(path: Path, content: bytes, flips: tuple[Flip, ...]) -> None:
    """Put bits right in place, where the byte still is the one that was looked at."""
    with told_plainly(path), path.open("r+b") as log:
        for flip in flips:
            log.seek(flip.offset)
            if log.read(1) == content[flip.offset : flip.offset + 1]:
                log.seek(flip.offset)
                log.write(bytes([content[flip.offset] ^ flip.mask]))
        log.flush()
        os.fsync(log.fileno())
