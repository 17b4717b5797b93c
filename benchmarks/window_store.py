"""Homes for the window's benchmarks: visits half answered, with notes, gaps and photos."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC
from pathlib import Path
from unittest import mock

import sqlalchemy as sa
from sqlalchemy.engine.interfaces import DBAPIConnection
from tests.detailed_photos import photograph

from assessor_app.compose import build
from assessor_app.domain.instrument import Side
from assessor_app.domain.observation import EvidenceSource
from assessor_app.sealing.cost import Cost
from assessor_app.services.entries import entry_from
from assessor_app.services.evidence.intake import take_in_bytes
from assessor_app.services.session import Session
from places import PASSPHRASE, QUICK, WIDE, begun, enrol, furnish

_GAP_EVERY = 3
_NOTES = (
    "Terlihat dari kursi tunggu pengguna layanan; petugas membenarkan keadaan ini.",
    "Papan di dekat loket 2 memuat tarif yang tidak ada dalam peraturan; fotonya menyusul.",
)
_PHOTO_PX = 1280


def made(home: Path, *, indicators: int, photos: int = 0, cost: Cost = QUICK) -> str:
    """Enrol in a new home and begin a visit whose first half is answered; the visit's id.

    It is a real store on the disk; only the waiting for the disk is left out while it is made.
    """
    furnish(home, indicators=indicators)
    application = build(home, cost=cost)
    enrol(application)
    with _without_waiting():
        workplace = application.unlock(PASSPHRASE)
        session = begun(application, workplace, WIDE)
        for number in range(1, indicators // 2 + 1):
            _answer(session, number)
        for number in range(photos):
            _photograph(session, number, indicators=indicators)
        workplace.store.close()
    return session.visit_id


def _answer(session: Session, number: int) -> None:
    """Both sides with a note; every third is on paper and not in practice."""
    for side in Side:
        gap = side is Side.PRACTICE and number % _GAP_EVERY == 0
        given: dict[str, object] = {
            "indicator": f"W-{number:03}",
            "side": side.value,
            "answer": "absent" if gap else "present",
            "note": f"{_NOTES[number % 2]} ({number})",
        }
        if gap and number % 2:
            given["no_evidence_reason"] = "Pengguna layanan tidak berkenan difoto."
        session.record(entry_from(given, zone=UTC, now=session.snapshot.visit.arrival))


def _photograph(session: Session, number: int, *, indicators: int) -> None:
    photo = take_in_bytes(photograph(number, side=_PHOTO_PX), name=f"foto {number}.jpg", zone=UTC)
    code = f"W-{number * 7 % indicators + 1:03}"
    session.attach(code, Side.PRACTICE, photo, source=EvidenceSource.CAMERA)


@contextmanager
def _without_waiting() -> Iterator[None]:
    sa.event.listen(sa.pool.Pool, "connect", _write_only)
    try:
        with mock.patch("os.fsync"):
            yield
    finally:
        sa.event.remove(sa.pool.Pool, "connect", _write_only)


def _write_only(connection: DBAPIConnection, _: object) -> None:
    cursor = connection.cursor()
    cursor.execute("PRAGMA synchronous = OFF")
    cursor.close()
