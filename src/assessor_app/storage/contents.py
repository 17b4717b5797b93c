"""What a store holds: which visits, and whose keys; read at one moment, holding nobody up."""

import contextlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

import sqlalchemy as sa
from sqlalchemy.engine.interfaces import DBAPICursor

from assessor_app.domain.chain import read_checked
from assessor_app.domain.event import STORE
from assessor_app.storage.database import told_plainly_of_database

_VISITS = " UNION ".join(
    f"SELECT visit FROM {table}"  # noqa: S608 - names of our own
    for table in ("event", "checkpoint", "field_head", "late_event", "vault_file")
)
_MEETINGS = (  # the events of the store that may tell the key of a device
    "SELECT body FROM event WHERE visit = ? AND kind IN ('enrolled', 'restored', 'trusted')"
    " ORDER BY place"
)

UNREADABLE = (ValueError, KeyError, TypeError, AttributeError, RecursionError)
"""What reading a body raises where it is no event: anything may lie there."""


@contextlib.contextmanager
def looking(engine: sa.Engine, path: Path) -> Iterator[DBAPICursor]:
    """The store as it is at this moment, for as long as it is looked at.

    Whoever records meanwhile is not held up. Raises StoreProblem as `told_plainly_of_database`.
    """
    with told_plainly_of_database(path), contextlib.closing(engine.raw_connection()) as connection:
        cursor = connection.cursor()
        try:
            cursor.execute("BEGIN")
            yield cursor
            connection.rollback()
        except BaseException:
            # An engine that has met a damaged page answers nothing any more: nobody else gets it.
            connection.invalidate()
            raise


@dataclass(frozen=True, slots=True)
class Contents:
    """Which visits any table speaks of (`store` too), sorted, and the public keys of devices.

    `own` are those that the store is and was, as the table has them; `told` are as events tell
    them, those that it trusts among them.
    """

    visits: tuple[str, ...]
    own: Mapping[str, bytes]
    told: Mapping[str, bytes]

    @property
    def keys(self) -> Mapping[str, bytes]:
        """Of all devices; what the table says of an own one goes before what an event tells."""
        return {**self.told, **self.own}


def contents(engine: sa.Engine, path: Path) -> Contents:
    """What is in a store, at this moment. Raises StoreProblem as `looking` does."""
    with looking(engine, path) as cursor:
        return contents_in(cursor)


def contents_in(cursor: DBAPICursor) -> Contents:
    """What is in a store, within a transaction that is under way."""
    cursor.execute(_VISITS)
    visits = tuple(sorted(str(row[0]) for row in cursor.fetchall()))
    cursor.execute("SELECT id, public_key FROM device")
    own = {str(id_): as_bytes(key) for id_, key in cursor.fetchall()}
    return Contents(visits, own, _told_keys(cursor))


def as_bytes(column: object) -> bytes:
    """What lies in a column of bytes: anything, where somebody wrote into it by hand."""
    return column if isinstance(column, bytes) else str(column).encode()


def _told_keys(cursor: DBAPICursor) -> dict[str, bytes]:
    """The public keys of devices as events of the store tell them: the first is meant."""
    cursor.execute(_MEETINGS, (STORE,))
    told: dict[str, bytes] = {}
    for (body,) in cursor.fetchall():
        with contextlib.suppress(*UNREADABLE):
            for change in read_checked(as_bytes(body), "")[0].event.changes:
                kind, _, id_ = change.entity.partition("/")
                if kind == "device" and change.field == "public_key":
                    told.setdefault(id_, bytes.fromhex(str(change.after)))
    return told
