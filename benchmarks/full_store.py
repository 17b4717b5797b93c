"""A store as it may be after years: many visits, answered on both sides, with their evidence.

It is made by the product's own log and vault, event by event as in the field; only the waiting for
the disk is left out while it is made. It is kept under `build/`, as long as it fits the schema.
"""

import hashlib
import io
import shutil
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import UTC
from functools import cache
from pathlib import Path
from unittest import mock

import sqlalchemy as sa
from PIL import Image
from sqlalchemy.engine.interfaces import DBAPIConnection

from assessor_app.compose import build
from assessor_app.domain.event import EventKind
from assessor_app.domain.instrument import Side
from assessor_app.domain.observation import EvidenceSource, ObservationKey
from assessor_app.services.entries import Entry
from assessor_app.services.evidence.intake import take_in_bytes
from assessor_app.services.evidence.taken import TakenIn, evidence_values
from assessor_app.services.placing import entered
from assessor_app.services.session import Session
from assessor_app.storage.log import Draft
from assessor_app.storage.store import Store
from assessor_app.storage.tables import SCHEMA
from assessor_app.storage.vault import Form
from places import PASSPHRASE, WIDE, begun, enrol, furnish

_MADE = 1  # raise it where what is made changes


@dataclass(frozen=True, slots=True)
class Size:
    visits: int
    indicators: int
    evidence: int

    @property
    def name(self) -> str:
        return f"{SCHEMA}-{_MADE}-{self.visits}x{self.indicators}-{self.evidence}"


WHOLE = Size(visits=500, indicators=150, evidence=20_000)
SHORT = Size(visits=40, indicators=150, evidence=1_600)


def full_home(size: Size, *, kept: Path = Path("build/full-store")) -> Path:
    """The home of such a store, made where there is none yet (some minutes). Not to be changed."""
    home = kept / size.name / "home"
    if home.exists():
        return home
    draft = kept / f"{size.name}.being-made"
    shutil.rmtree(draft, ignore_errors=True)
    furnish(draft / "home", indicators=size.indicators)
    sa.event.listen(sa.pool.Pool, "connect", _without_waiting)
    try:
        with mock.patch("os.fsync"):
            _fill(draft / "home", size)
    finally:
        sa.event.remove(sa.pool.Pool, "connect", _without_waiting)
    draft.rename(kept / size.name)
    return home


def _fill(home: Path, size: Size) -> None:
    application = build(home)
    enrol(application)
    workplace = application.unlock(PASSPHRASE)
    photo = take_in_bytes(_picture(), name="foto.jpg", zone=UTC)
    share = size.evidence // size.visits
    for number in range(size.visits):
        session = begun(application, workplace, WIDE)
        _answer(session, workplace.store)
        for place in range(share):
            _attach(session, workplace.store, photo, number=number * share + place, place=place)
    workplace.store.close()


def _answer(session: Session, store: Store) -> None:
    """Both sides of every indicator, one event each."""
    for at, (code, side) in enumerate(_sides(session)):
        given = {
            "answer": "absent" if at % 7 == 3 else "present",
            "note": f"Terlihat di loket pelayanan, {code}" if at % 3 == 0 else None,
        }
        values, _ = entered(
            session.snapshot, session.instrument, Entry(code, side, given), new_id=store.new_id
        )
        known = {place: value for place, value in values.items() if value is not None}
        digest = session.instrument.digest
        store.log.append(Draft(session.visit_id, EventKind.RECORDED, known, under=digest))


def _attach(session: Session, store: Store, photo: TakenIn, *, number: int, place: int) -> None:
    """A photo of its own for each: the same picture with a number behind its end."""
    data = _picture() + number.to_bytes(8, "big")
    evidence = store.new_id()
    code, side = list(_sides(session))[place]
    store.vault.put(evidence, Form.ORIGINAL, data)
    store.vault.put(evidence, Form.REPORT, _picture())
    taken = replace(photo, sha256=hashlib.sha256(data).hexdigest(), size=len(data))
    key = ObservationKey(code, side)
    values = evidence_values(
        evidence, taken, key.entity, source=EvidenceSource.CAMERA, caption=None
    )
    store.log.append(Draft(session.visit_id, EventKind.ATTACHED, values))


def _sides(session: Session) -> Iterator[tuple[str, Side]]:
    return ((one.code, side) for one in session.instrument.indicators() for side in one.sides)


@cache
def _picture() -> bytes:
    out = io.BytesIO()
    Image.new("RGB", (64, 48), "teal").save(out, "JPEG")
    return out.getvalue()


def _without_waiting(connection: DBAPIConnection, _record: object) -> None:
    connection.cursor().execute("PRAGMA synchronous=OFF")
