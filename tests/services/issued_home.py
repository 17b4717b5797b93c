"""Homes with a document issued already, made once and copied for each test."""

import shutil
from io import BytesIO
from pathlib import Path

from asn1crypto import keys, x509
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.sign.fields import SigSeedSubFilter
from pyhanko.sign.signers import PdfSignatureMetadata, PdfSigner, SimpleSigner
from pyhanko_certvalidator.registry import SimpleCertificateStore
from tests.conftest import CountingIds, SteppingClock, begin
from tests.visiting import PASSPHRASE, QUICK, SIGNING_PASSPHRASE

from assessor_app.compose import Application
from assessor_app.domain.visit import Outcome
from assessor_app.instruments.library import Library
from assessor_app.services import issuing
from assessor_app.services.session import open_session
from assessor_app.services.visits import close_visit
from assessor_app.signing.identity import Identity
from assessor_app.texts import Language


def with_minutes(
    enrolled: Path, home: Path, library: Library, *, language: Language = Language.INDONESIAN
) -> str:
    """A home whose office was found closed: its minutes are issued. Returns the visit's id."""
    shutil.copytree(enrolled, home)
    application = Application(home, SteppingClock(), CountingIds(count=500), library, QUICK)
    workplace = application.unlock(PASSPHRASE)
    visit = begin(workplace, library.get("2015-pemda"), library)
    session = open_session(workplace.store, visit, library)
    now = workplace.store.clock.now()
    close_visit(session, workplace, Outcome.OFFICE_CLOSED, departure=now, account="Terkunci.")
    identity = issuing.signing_identity(workplace, SIGNING_PASSPHRASE, now=now)
    out = home.with_name(f"{home.name}.pdf")
    issuing.issue(session, workplace, identity, out=out, language=language)
    workplace.store.close()
    return visit


def countersigned(pdf: bytes, identity: Identity, *, field: str = "Segel_BSrE") -> bytes:
    """The document with one more signature, made by another program in a field kept for it."""
    writer = IncrementalPdfFileWriter(BytesIO(pdf))
    writer._update_meta = lambda: None  # type: ignore[method-assign]  # as the product signs
    signer = SimpleSigner(
        signing_cert=x509.Certificate.load(identity.certificate),
        signing_key=keys.PrivateKeyInfo.load(identity.key),
        cert_registry=SimpleCertificateStore(),  # type: ignore[no-untyped-call]  # as pyHanko has it
    )
    terms = PdfSignatureMetadata(
        field_name=field, md_algorithm="sha256", subfilter=SigSeedSubFilter.PADES
    )
    out = BytesIO()
    PdfSigner(terms, signer).sign_pdf(writer, output=out)
    return out.getvalue()
