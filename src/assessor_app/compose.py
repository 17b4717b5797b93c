"""The graph of the product, built once from a home folder and handed to a front end."""

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from assessor_app.domain.clock import Clock, NewId
from assessor_app.instruments.library import Library
from assessor_app.paths import resources_dir
from assessor_app.services import enrolment
from assessor_app.services.clock import new_id, system_clock
from assessor_app.services.enrolment import Profile, Workplace
from assessor_app.services.keys import access
from assessor_app.services.revocations import Revocations, revocations
from assessor_app.services.roots import pinned_roots
from assessor_app.services.session import Session, open_session
from assessor_app.services.visits import find_visit
from assessor_app.storage.keys import Cost


@dataclass(frozen=True)
class Application:
    """Everything a front end needs before a store is unlocked."""

    home: Path
    clock: Clock
    new_id: NewId
    library: Library
    cost: Cost | None
    """What trying a passphrase costs; None fits it to the device at enrolment."""

    @property
    def roots(self) -> tuple[bytes, ...]:
        """The certificates that a document's signer may be traced to: shipped, and pinned here."""
        return tuple(one.certificate for one in pinned_roots(self.home))

    @property
    def revocations(self) -> Revocations:
        """What the lists of headquarters that lie here have revoked."""
        return revocations(self.home)

    def enrol(
        self,
        profile: Profile,
        *,
        passphrase: str,
        signing_passphrase: str,
        recovery_key: Path | None = None,
    ) -> None:
        enrolment.enrol(
            self.home,
            profile,
            passphrase=passphrase,
            signing_passphrase=signing_passphrase,
            clock=self.clock,
            new_id=self.new_id,
            cost=self.cost,
            recovery_key=recovery_key,
        )

    def unlock(self, passphrase: str, *, read_only: bool = False) -> Workplace:
        return enrolment.unlock(
            self.home, passphrase, clock=self.clock, new_id=self.new_id, read_only=read_only
        )

    def unlock_by_keyring(self, *, read_only: bool = False) -> Workplace:
        return access.unlock_by_keyring(
            self.home, clock=self.clock, new_id=self.new_id, read_only=read_only
        )

    def open(self, workplace: Workplace, visit: str) -> Session:
        """The session of a visit, called by its id or a part of it."""
        return open_session(workplace.store, find_visit(workplace.store, visit), self.library)


def build(home: Path, *, cost: Cost | None = None, folders: Iterable[Path] = ()) -> Application:
    """The product over one home. `folders` hold further instruments beside the shipped ones."""
    shipped = resources_dir() / "instruments"
    return Application(
        home=home,
        clock=system_clock(),
        new_id=new_id,
        library=Library(
            (shipped, home / "instruments", *folders), kept=home / "instruments" / "pinned"
        ),
        cost=cost,
    )
