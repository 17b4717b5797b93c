"""Short ways to say what an assessor does, for tests."""

import io
from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path

from PIL import Image

from assessor_app.domain.instrument import Side
from assessor_app.domain.observation import EvidenceSource
from assessor_app.domain.visit import Outcome
from assessor_app.services.enrolment import Workplace
from assessor_app.services.entries import entry_from
from assessor_app.services.evidence.intake import take_in
from assessor_app.services.session import Session
from assessor_app.services.standing import Done
from assessor_app.services.visits import close_visit
from assessor_app.storage.keys import Cost

PASSPHRASE = "sandi untuk uji"
SIGNING_PASSPHRASE = "sandi tanda tangan uji"
QUICK = Cost(memory_kib=64, passes=1, lanes=1)
LATER = datetime(2030, 1, 1, tzinfo=UTC)


def answer(session: Session, indicator: str, side: str, value: str, **more: object) -> Done:
    given: dict[str, object] = {
        "indicator": indicator,
        "side": side,
        "answer": value,
        **more,
    }
    return session.record(entry_from(given, zone=UTC, now=LATER))


def record(session: Session, given: Mapping[str, object]) -> Done:
    return session.record(entry_from(given, zone=UTC, now=LATER))


def answer_all(session: Session, *, absent: Mapping[str, str] | None = None) -> None:
    """Present everywhere, but for the sides named in `absent` (code to side)."""
    for indicator in session.instrument.indicators():
        for side in indicator.sides:
            missing = (absent or {}).get(indicator.code) in (side.value, "both")
            answer(session, indicator.code, side.value, "absent" if missing else "present")


def jpeg(colour: str = "teal", size: tuple[int, int] = (640, 480)) -> bytes:
    out = io.BytesIO()
    Image.new("RGB", size, colour).save(out, "JPEG")
    return out.getvalue()


def photo_file(folder: Path, colour: str = "teal") -> Path:
    path = folder / f"{colour}.jpg"
    path.write_bytes(jpeg(colour))
    return path


def attach(
    session: Session, indicator: str, folder: Path, *, side: str = "practice", colour: str = "teal"
) -> Done:
    return session.attach(
        indicator,
        Side(side),
        take_in(photo_file(folder, colour), zone=UTC),
        source=EvidenceSource.FILE,
    )


def complete(session: Session, workplace: Workplace, folder: Path) -> None:
    """A visit with two gaps and one item absent on both sides, answered, proven and closed."""
    answer_all(session, absent={"P15-06": "practice", "P15-08": "paperwork", "P15-12": "both"})
    attach(session, "P15-06", folder, colour="teal")
    attach(session, "P15-08", folder, colour="navy")
    close_visit(session, workplace, Outcome.COMPLETED, departure=workplace.store.clock.now())
