"""The letters of headquarters that this device has fetched, byte for byte."""

from dataclasses import dataclass, field
from datetime import datetime

import sqlalchemy as sa

from assessor_app.domain.instants import instant_from_text, instant_text
from assessor_app.storage.store import Store
from assessor_app.storage.tables import inbox


@dataclass(frozen=True, slots=True)
class TakenLetter:
    """A letter by the SHA-256 (hex) of its sealed form; `reason` says why it was set aside.

    What was set aside may have no kind and the number 0: it could not be read.
    """

    sha256: str
    kind: str
    number: int
    taken_at: datetime
    line: bytes = field(repr=False)
    reason: str | None = None


def taken_letters(store: Store, *, kind: str | None = None) -> tuple[TakenLetter, ...]:
    """The letters of a kind, or all, by number; those set aside among them.

    Raises StoreProblem as reading does.
    """
    query = sa.select(inbox).order_by(inbox.c.number, inbox.c.sha256)
    if kind is not None:
        query = query.where(inbox.c.kind == kind)
    with store.transaction() as connection:
        rows = connection.execute(query).all()
    return tuple(
        TakenLetter(
            sha256=row.sha256,
            kind=row.kind,
            number=row.number,
            taken_at=instant_from_text(row.taken_at),
            line=bytes(row.line),
            reason=row.reason,
        )
        for row in rows
    )


def keep_letter(store: Store, taken: TakenLetter) -> None:
    """Keep a letter, in place of what was kept of it. Raises StoreProblem as writing does."""
    row = {
        "sha256": taken.sha256,
        "kind": taken.kind,
        "number": taken.number,
        "line": taken.line,
        "reason": taken.reason,
        "taken_at": instant_text(taken.taken_at),
    }
    with store.transaction() as connection:
        connection.execute(inbox.delete().where(inbox.c.sha256 == taken.sha256))
        connection.execute(inbox.insert(), row)
