"""Projections written anew from the events, and every difference between the two named."""

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

import sqlalchemy as sa
from sqlalchemy.engine.interfaces import DBAPICursor

from assessor_app.storage.database import told_plainly_of_database
from assessor_app.storage.differences import (
    BREAKS,
    PROJECTIONS,
    Difference,
    Projection,
    Row,
    read_all,
)


@dataclass(frozen=True, slots=True)
class Rebuilt:
    """What a rebuild found, and whether it wrote the projection anew."""

    differences: tuple[Difference, ...]
    written: bool


def rebuild(engine: sa.Engine, path: Path) -> Rebuilt:
    """Compare chain, checkpoints and projection with the events, then write the projection anew.

    All in one transaction: an answer recorded meanwhile waits for it. Where the chain or a
    checkpoint is broken nothing is written: nothing may be made from events that were changed.
    """
    with told_plainly_of_database(path), engine.begin() as connection:
        cursor = connection.connection.cursor()
        read = list(read_all(cursor))
        differences = tuple(one for visit in read for one in visit.differences)
        broken = any(one.kind in BREAKS for one in differences)
        if not broken:
            for projection in PROJECTIONS:
                rows = (row for one in read for row in one.rows[projection.table].values())
                _write(cursor, projection, rows)
    return Rebuilt(differences, written=not broken)


def _write(cursor: DBAPICursor, projection: Projection, rows: Iterable[Row]) -> None:
    names, marks = ", ".join(projection.columns), ", ".join("?" for _ in projection.columns)
    cursor.execute(f"DELETE FROM {projection.table}")  # noqa: S608 - a name of our own
    cursor.executemany(
        # Two visits that name one file are no work of ours; the older one keeps it.
        f"INSERT OR IGNORE INTO {projection.table} ({names}) VALUES ({marks})",  # noqa: S608 - our own too
        list(rows),
    )
