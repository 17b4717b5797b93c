"""What headquarters has received, part by part, and the letters that it wrote to devices."""

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime

import sqlalchemy as sa

from assessor_app.domain.event import canonical
from assessor_app.domain.instants import instant_from_text, instant_text
from assessor_app.storage.store import Store
from assessor_app.storage.tables import letter, received

WHOLE = ""
"""The kind of the row of a manifest that could not be taken apart."""


@dataclass(frozen=True, slots=True)
class ReceivedPart:
    """A part of a shipment and what became of it; `manifest` is the name of the sealed one.

    `body` is the SHA-256 of the manifest's body, `sha256` that of the sealed part. `reason` is the
    code of a problem whose sentence `places` fill; `pieces` are those that are wanted again.
    """

    manifest: str
    kind: str
    visit: str
    device: str
    number: int
    body: str
    sha256: str
    state: str
    changed_at: datetime
    reason: str | None = None
    places: tuple[tuple[str, str], ...] = ()
    pieces: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class WrittenLetter:
    """A letter to a device: sealed as it goes, and its signed line; `sha256` is of the sealed."""

    number: int
    device: str
    kind: str
    sha256: str
    made_at: datetime
    sealed: bytes = field(repr=False)
    line: bytes = field(repr=False)
    is_put: bool = False


def received_parts(store: Store) -> tuple[ReceivedPart, ...]:
    """All of them, in order of manifest and kind. Raises StoreProblem as reading does."""
    query = sa.select(received).order_by(received.c.manifest, received.c.kind)
    with store.transaction() as connection:
        rows = connection.execute(query).all()
    return tuple(
        ReceivedPart(
            manifest=row.manifest,
            kind=row.kind,
            visit=row.visit,
            device=row.device,
            number=row.number,
            body=row.body,
            sha256=row.sha256,
            state=row.state,
            changed_at=instant_from_text(row.changed_at),
            reason=row.reason,
            places=tuple(sorted(json.loads(row.places).items())) if row.places else (),
            pieces=tuple(json.loads(row.pieces)) if row.pieces else (),
        )
        for row in rows
    )


def keep_received(
    store: Store, parts: Iterable[ReceivedPart], letters: Sequence[WrittenLetter] = ()
) -> None:
    """Keep what became of parts, and what was written of it, in one transaction.

    Raises StoreProblem as writing does.
    """
    with store.transaction() as connection:
        for one in parts:
            connection.execute(
                received.delete().where(
                    received.c.manifest == one.manifest, received.c.kind == one.kind
                )
            )
            connection.execute(received.insert(), _row(one))
        for made in letters:
            connection.execute(letter.insert(), _letter_row(made))


def last_letter(store: Store) -> int:
    """The number of the newest letter; 0 before the first."""
    query = sa.select(sa.func.coalesce(sa.func.max(letter.c.number), 0))
    with store.transaction() as connection:
        return int(connection.execute(query).scalar_one())


def letters(store: Store, *, waiting: bool = False) -> tuple[WrittenLetter, ...]:
    """All letters by number, or those that are not on the storage yet."""
    query = sa.select(letter).order_by(letter.c.number)
    if waiting:
        query = query.where(letter.c.put == 0)
    with store.transaction() as connection:
        rows = connection.execute(query).all()
    return tuple(
        WrittenLetter(
            number=row.number,
            device=row.device,
            kind=row.kind,
            sha256=row.sha256,
            made_at=instant_from_text(row.made_at),
            sealed=bytes(row.sealed),
            line=bytes(row.line),
            is_put=bool(row.put),
        )
        for row in rows
    )


def mark_letter_put(store: Store, number: int) -> None:
    """That a letter lies on the storage. Raises StoreProblem as writing does."""
    with store.transaction() as connection:
        connection.execute(letter.update().where(letter.c.number == number).values(put=1))


def _row(one: ReceivedPart) -> dict[str, object]:
    return {
        "manifest": one.manifest,
        "kind": one.kind,
        "visit": one.visit,
        "device": one.device,
        "number": one.number,
        "body": one.body,
        "sha256": one.sha256,
        "state": one.state,
        "reason": one.reason,
        "places": canonical(dict(one.places)).decode() if one.places else None,
        "pieces": canonical(list(one.pieces)).decode() if one.pieces else None,
        "changed_at": instant_text(one.changed_at),
    }


def _letter_row(made: WrittenLetter) -> dict[str, object]:
    return {
        "number": made.number,
        "device": made.device,
        "kind": made.kind,
        "sha256": made.sha256,
        "sealed": made.sealed,
        "line": made.line,
        "put": int(made.is_put),
        "made_at": instant_text(made.made_at),
    }
