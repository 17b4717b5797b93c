"""Makes the store of this version's schema that later versions must be able to open.

Called once for a release whose schema is new:

    PYTHONPATH=src:. .venv/bin/python -m tests.storage.release_store

It writes `tests/storage/released/<schema>/home`, with the passphrases of tests/visiting.py, and
`expected.json`: what its visits say. A folder that is there is never written over.
"""

import json
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from tests.visiting import PASSPHRASE, QUICK, SIGNING_PASSPHRASE, answer, attach, complete

from assessor_app.compose import Application, build
from assessor_app.domain.instants import instant_text
from assessor_app.domain.visit import HandoverWay, VisitKind
from assessor_app.services.enrolment import Profile, Workplace, time_zone
from assessor_app.services.handing_over import hand_over
from assessor_app.services.issuing import issue, signing_identity
from assessor_app.services.session import Session, open_session
from assessor_app.services.visits import NewVisit, start_visit
from assessor_app.storage.tables import SCHEMA
from assessor_app.texts import Language

RELEASED = Path(__file__).parent / "released"


def main() -> None:
    target = RELEASED / SCHEMA
    if target.exists():
        raise SystemExit(f"{target} is there already: a released store never changes")
    home = target / "home"
    application = build(home, cost=QUICK)
    profile = Profile(
        name="Siti Rahma, S.H.",
        office="Ombudsman RI Perwakilan Maluku",
        nip="19850101 201001 2 001",
        position="Asisten",
        zone=time_zone("Asia/Jayapura"),
    )
    application.enrol(profile, passphrase=PASSPHRASE, signing_passphrase=SIGNING_PASSPHRASE)
    workplace = application.unlock(PASSPHRASE)
    with tempfile.TemporaryDirectory() as folder:
        _handed_over(application, workplace, Path(folder))
        _still_open(application, workplace, Path(folder))
    expected = json.dumps(told(application, workplace), indent=1, ensure_ascii=False)
    workplace.store.close()
    shutil.rmtree(home / "backups", ignore_errors=True)
    (target / "expected.json").write_text(expected + "\n", encoding="utf-8")


def told(application: Application, workplace: Workplace) -> dict[str, Any]:
    """What the visits of a home say: the same whichever version reads them."""
    return {visit: dict(_told(application.open(workplace, visit))) for visit in _visits(workplace)}


def _visits(workplace: Workplace) -> list[str]:
    return list(workplace.store.log.frames())


def _told(session: Session) -> Iterator[tuple[str, Any]]:
    snapshot = session.snapshot
    yield "state", snapshot.visit.state.value
    yield "unit", snapshot.visit.unit
    yield "arrival", instant_text(snapshot.visit.arrival)
    yield "instrument", session.instrument.pin
    yield (
        "answers",
        {
            key.entity: str(one.answer)
            for key, one in sorted(snapshot.observations.items(), key=str)
        },
    )
    yield (
        "notes",
        {
            key.entity: one.note
            for key, one in sorted(snapshot.observations.items(), key=str)
            if one.note is not None
        },
    )
    yield "evidence", sorted(snapshot.evidence)
    yield "documents", sorted(snapshot.documents)
    yield "points", {basis.value: str(one.points) for basis, one in session.scores().items()}


def _handed_over(application: Application, workplace: Workplace, folder: Path) -> None:
    session = _begun(application, workplace, "Dinas Kependudukan")
    complete(session, workplace, folder)
    now = application.clock.now()
    identity = signing_identity(workplace, SIGNING_PASSPHRASE, now=now)
    out = folder / "temuan.pdf"
    issue(session, workplace, identity, out=out, language=Language.INDONESIAN)
    hand_over(
        session, workplace, to="Kepala Dinas", way=HandoverWay.PRINT, at=application.clock.now()
    )


def _still_open(application: Application, workplace: Workplace, folder: Path) -> None:
    session = _begun(application, workplace, "Dinas Kesehatan")
    answer(session, "P15-06", "practice", "absent", note="Bingkai maklumat kosong")
    answer(session, "P15-07", "paperwork", "present")
    session.undo()
    attach(session, "P15-06", folder, colour="maroon")
    session.pause("Istirahat", at=workplace.store.clock.now())


def _begun(application: Application, workplace: Workplace, unit: str) -> Session:
    new = NewVisit(
        institution="Kota Ambon",
        unit=unit,
        object_type="opd",
        kind=VisitKind.UNANNOUNCED,
        arrival=application.clock.now(),
        team=[workplace.profile.name],
    )
    instrument = application.library.get("2015-pemda")
    visit = start_visit(workplace.store, new, instrument, library=application.library)
    return open_session(workplace.store, visit, application.library)


if __name__ == "__main__":
    main()
