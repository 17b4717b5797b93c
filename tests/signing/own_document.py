"""A document as the product itself makes and signs it: by a lead, an assessor and the receiver."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from tests.conftest import CountingIds, SteppingClock, begin
from tests.signing.paper import stamp
from tests.signing.people import NOW, Authority, headquarters
from tests.visiting import PASSPHRASE, QUICK, complete

from assessor_app.compose import Application
from assessor_app.domain.visit import Capacity, Declaration, Receiver, ReceiverSigns
from assessor_app.instruments.library import Library
from assessor_app.services.issuing import issue
from assessor_app.services.session import open_session
from assessor_app.signing.identity import Identity
from assessor_app.signing.pades import FieldPlace, sign
from assessor_app.texts import Language

FIELDS = ("TTD_Asesor1", "TTD_Asesor2", "TTD_Penerima")
LEAD, ASSESSOR, RECEIVER = "Siti Nurbaya", "Johanis Latuconsina", "Drs. Hasan Tuasikal"


@dataclass(frozen=True)
class OwnDocument:
    """The bytes as written, and the file as it was before and after each signature."""

    pdf: bytes
    unsigned: bytes
    after: tuple[bytes, ...]


@cache
def lead() -> Identity:
    return headquarters().identity(LEAD)


@cache
def second() -> Identity:
    return headquarters().identity(ASSESSOR)


@cache
def receiver() -> Identity:
    """With a certificate of an authority that nobody here has pinned."""
    return Authority("Penerbit Lain").identity(RECEIVER)


def issue_own(home: Path, library: Library, folder: Path) -> OwnDocument:
    """A completed visit of an enrolled home, issued with three signatures."""
    application = Application(home, SteppingClock(), CountingIds(count=1000), library, QUICK)
    workplace = application.unlock(PASSPHRASE)
    visit = begin(workplace, library.get("2015-pemda"), library)
    session = open_session(workplace.store, visit, library)
    complete(session, workplace, folder)
    session.record_receiver(
        Receiver(
            Declaration.RECEIVED,
            name=RECEIVER,
            position="Kepala Dinas",
            capacity=Capacity.DEFINITIVE,
            signs=ReceiverSigns.CERTIFICATE,
        )
    )
    issued = issue(
        session,
        workplace,
        lead(),
        further=[second()],
        receiver=receiver(),
        out=folder / "temuan.pdf",
        language=Language.INDONESIAN,
    )
    pdf = issued.path.read_bytes()
    workplace.store.close()
    unsigned, *after = _revisions(pdf)
    return OwnDocument(pdf, unsigned, tuple(after))


def signed_anew(
    unsigned: bytes, *, by: Sequence[Identity] | None = None, fields: Sequence[str] = FIELDS
) -> bytes:
    """A changed unsigned document signed as the product signs, in its prepared fields."""
    pdf = unsigned
    for field, identity in zip(fields, by or (lead(), second(), receiver()), strict=False):
        pdf = sign(
            pdf,
            identity,
            field=FieldPlace(page=0, box=(0.0, 0.0, 1.0, 1.0), name=field),
            stamp=stamp(),
            reason="Temuan kunjungan",
            location="Ambon",
            at=NOW,
        )
    return pdf


def _revisions(pdf: bytes) -> list[bytes]:
    """The file as it was at each end of file, oldest first."""
    mark, ends, at = b"%%EOF", [], pdf.find(b"%%EOF")
    while at >= 0:
        end = at + len(mark)
        end += len(pdf[end : end + 2]) - len(pdf[end : end + 2].lstrip(b"\r\n"))
        ends.append(end)
        at = pdf.find(mark, end)
    return [pdf[:end] for end in ends]
