"""A real headquarters, devices that it has certified, and the folder between them, for tests."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from tests.exchanging import Desk, desks_in
from tests.visiting import SIGNING_PASSPHRASE, complete

from assessor_app.domain.visit import Declaration, Receiver
from assessor_app.services import issuing
from assessor_app.services.headquarters.certifying import Certified, certify
from assessor_app.services.headquarters.founding import found
from assessor_app.services.headquarters.receiving import Receiving, receive
from assessor_app.services.headquarters.trusting import write_card
from assessor_app.services.identity_changes import import_certificate, request_certificate
from assessor_app.services.sync.joining import join
from assessor_app.services.sync.packing import queue_visit
from assessor_app.services.sync.pulling import Pulled, pull
from assessor_app.services.sync.pushing import Pushed, push
from assessor_app.storage.store import Store
from assessor_app.syncing.transports.folder import FolderTransport
from assessor_app.texts import Language


@dataclass
class Field:
    """Headquarters, a device that has joined it, and the storage that both reach."""

    folder: Path
    office: Desk
    desk: Desk
    certified: Certified
    storage: Path

    @property
    def transport(self) -> FolderTransport:
        return FolderTransport(self.storage)

    @property
    def store(self) -> Store:
        return self.desk.workplace.store

    def push(self) -> Pushed:
        return push(self.desk.workplace, self.transport, library=self.desk.library)

    def receive(self) -> Receiving:
        return receive(self.office.workplace, self.transport, library=self.office.library)

    def pull(self) -> Pulled:
        return pull(self.desk.workplace, self.transport)

    def queue(self, visit: str) -> None:
        queue_visit(self.desk.workplace, visit, library=self.desk.library)

    def closed(self) -> str:
        session = self.desk.begin()
        complete(session, self.desk.workplace, self.folder)
        return session.visit_id

    def issue(self, visit: str) -> Path:
        """A document signed with the certificate of headquarters."""
        session, workplace = self.desk.open(visit), self.desk.workplace
        session.record_receiver(Receiver(Declaration.ABSENT, reason="Tidak ada di tempat"))
        now = workplace.store.clock.now()
        identity = issuing.signing_identity(workplace, SIGNING_PASSPHRASE, now=now)
        out = self.folder / f"{visit}.pdf"
        issuing.issue(session, workplace, identity, out=out, language=Language.INDONESIAN)
        return out


@contextmanager
def field_in(folder: Path) -> Iterator[Field]:
    """A field whose stores are closed at the end."""
    with desks_in(folder) as desks:
        office, desk = desks("E"), desks("A")
        found(office.workplace, "Ombudsman RI", passphrase=SIGNING_PASSPHRASE)
        certified = certified_by(office, desk)
        storage = folder / "storage"
        storage.mkdir()
        yield Field(folder, office, desk, certified, storage)


def certified_by(office: Desk, desk: Desk) -> Certified:
    """Ask, be certified, take the answer, and join: as two people do with two files."""
    asked, answer = desk.folder / f"{desk.name}.csr", desk.folder / f"{desk.name}.pem"
    request_certificate(desk.workplace, SIGNING_PASSPHRASE, out=asked)
    made = certify(office.workplace, asked, out=answer, passphrase=SIGNING_PASSPHRASE)
    import_certificate(desk.workplace, answer, SIGNING_PASSPHRASE)
    card = desk.folder / f"{desk.name}.hq"
    keys = write_card(office.workplace.store, card)
    join(desk.workplace, card, fingerprint=keys.fingerprint)
    return made
