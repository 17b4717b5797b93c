"""A closed and issued visit in a home that each test may spoil, and ways to spoil it."""

import atexit
import shutil
import tempfile
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from sqlcipher3 import dbapi2 as sqlcipher
from tests.conftest import CountingIds, SteppingClock, begin
from tests.visiting import PASSPHRASE, QUICK, SIGNING_PASSPHRASE, complete

from assessor_app.compose import Application
from assessor_app.domain.visit import Declaration, Receiver
from assessor_app.instruments.library import Library
from assessor_app.services import issuing
from assessor_app.services.enrolment import Workplace
from assessor_app.services.session import open_session
from assessor_app.storage.keys import open_keys
from assessor_app.texts import Language


@dataclass(frozen=True)
class World:
    """A home with one enrolled assessor and one issued visit, and the PDF that was handed out."""

    home: Path
    visit: str
    pdf: bytes

    def copy(self, to: Path) -> "World":
        return World(Path(shutil.copytree(self.home, to)), self.visit, self.pdf)

    @property
    def store(self) -> Path:
        return self.home / "store"

    def application(self, library: Library, *, ids: int = 5000) -> Application:
        return Application(self.home, SteppingClock(), CountingIds(ids), library, QUICK)

    def unlocked(self, library: Library) -> Workplace:
        return self.application(library).unlock(PASSPHRASE)

    def spoil(self, *statements: str, **values: object) -> list[tuple[Any, ...]]:
        """Write into the database by hand, as somebody who has the passphrase can.

        The triggers are out of the way meanwhile. Returns what the last statement found.
        """
        key = open_keys(self.store / "keys.json", PASSPHRASE).key.subkey("database")
        database = sqlcipher.connect(str(self.store / "store.db"), isolation_level=None)
        database.execute(f"PRAGMA key=\"x'{key.hex()}'\"")
        guards = database.execute(
            "SELECT name, sql FROM sqlite_master WHERE type = 'trigger' AND name LIKE '%_never_%'"
        ).fetchall()
        for name, _ in guards:
            database.execute(f"DROP TRIGGER {name}")
        found: list[tuple[Any, ...]] = []
        for statement in statements:
            named = {name: value for name, value in values.items() if f":{name}" in statement}
            found = database.execute(statement, named).fetchall()
        for _, made in guards:
            database.execute(made)
        database.close()
        return list(found)

    def sealed(self, form: str = "original") -> list[Path]:
        return sorted((self.store / "evidence").glob(f"*/*.{form}"))


@cache
def issued_world(enrolled: Path, library: Library) -> World:
    """A whole visit in a copy of an enrolled home, closed and issued, once for all tests.

    Each test takes a `copy` of it.
    """
    folder = Path(tempfile.mkdtemp(prefix="assessor-issued-"))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    home = Path(shutil.copytree(enrolled, folder / "home"))
    application = Application(home, SteppingClock(), CountingIds(1000), library, QUICK)
    workplace = application.unlock(PASSPHRASE)
    session = open_session(
        workplace.store, begin(workplace, library.get("2015-pemda"), library), library
    )
    session.record_receiver(Receiver(Declaration.RECEIVED, "Budi Santoso"))
    complete(session, workplace, home.parent)
    identity = issuing.signing_identity(
        workplace, SIGNING_PASSPHRASE, now=workplace.store.clock.now()
    )
    out = home.parent / "temuan.pdf"
    issuing.issue(session, workplace, identity, out=out, language=Language.INDONESIAN)
    workplace.store.close()
    return World(home, session.visit_id, out.read_bytes())
