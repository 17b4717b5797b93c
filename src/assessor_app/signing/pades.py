"""PAdES signatures: the first certifies the document, later ones approve it."""

import asyncio
from dataclasses import dataclass
from datetime import datetime
from io import BytesIO

from asn1crypto import keys, x509
from pyhanko.pdf_utils.content import RawContent, ResourceType
from pyhanko.pdf_utils.generic import pdf_name
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.pdf_utils.layout import (
    AxisAlignment,
    BoxConstraints,
    InnerScaling,
    Margins,
    SimpleBoxLayoutRule,
)
from pyhanko.pdf_utils.misc import PdfError
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.fields import (
    MDPPerm,
    SigFieldSpec,
    SigSeedSubFilter,
    enumerate_sig_fields,
)
from pyhanko.sign.general import SigningError
from pyhanko.sign.signers import PdfSignatureMetadata, PdfSigner, SimpleSigner
from pyhanko.sign.signers.pdf_cms import PdfCMSSignedAttributes
from pyhanko.stamp import StaticStampStyle
from pyhanko_certvalidator.registry import SimpleCertificateStore

from assessor_app.domain.problem import IssueProblem
from assessor_app.signing.identity import Identity, require_fit

FIRST_SIGNER_FIELD = "TTD_Asesor1"

_APPEARANCE = "/Stamp"


@dataclass(frozen=True, slots=True)
class FieldPlace:
    """Where a visible signature stands.

    `page` counts from 0; `box` is left, bottom, right, top in PDF points from the page's lower
    left corner; `label` is what a screen reader says.
    """

    page: int
    box: tuple[float, float, float, float]
    name: str = FIRST_SIGNER_FIELD
    label: str = "Tanda tangan asesor"


def sign(
    pdf: bytes,
    identity: Identity,
    *,
    field: FieldPlace,
    stamp: bytes,
    reason: str,
    location: str,
    at: datetime,
) -> bytes:
    """The PDF with one more PAdES B-B signature, as an incremental update.

    The first signature certifies the document and allows nothing after it but further signatures
    (DocMDP level 2, ISO 32000-2 table 257). A field that was prepared is filled, with what its
    lock says; one that was not is added before the first signature only: a visible field that
    comes later makes the certification void.
    `stamp` is a one-page PDF: the signature's appearance. `at` is the signer's claim, not proof.

    Raises IdentityProblem where the identity is not fit at that instant, IssueProblem
    `document_unsignable` where the PDF cannot be read or its signatures forbid another.
    """
    require_fit(identity, at)
    try:
        writer = _UpdateWriter(BytesIO(pdf))
        terms = _terms(writer.prev, field, reason=reason, location=location)
        signer = PdfSigner(
            terms,
            _signer(identity),
            stamp_style=_appearance(writer, stamp),
            new_field_spec=_field_spec(field),
        )
        return asyncio.run(_sign(signer, writer, at, only_prepared=not terms.certify))
    except (PdfError, SigningError) as fault:
        raise IssueProblem("document_unsignable", detail=str(fault)) from fault


class _UpdateWriter(IncrementalPdfFileWriter):
    """Appends the signature and leaves the document's metadata as they were built.

    pyHanko would rewrite the XMP, with the clock's time, in a form that breaks the extension
    schema of PDF/A; the method is private, so the version is pinned and a test watches it.
    """

    def _update_meta(self) -> None:
        return


async def _sign(
    signer: PdfSigner, writer: IncrementalPdfFileWriter, at: datetime, *, only_prepared: bool
) -> bytes:
    """`PdfSigner.sign_pdf` step by step, because that takes its time from the clock."""
    session = signer.init_signing_session(writer, existing_fields_only=only_prepared)
    session.system_time = at
    reserved = await session.estimate_signature_container_size(validation_info=None)
    prepared = session.prepare_tbs_document(validation_info=None, bytes_reserved=reserved)
    output = BytesIO()
    digest, _ = prepared.digest_tbs_document(output=output)
    await prepared.perform_signature(
        document_digest=digest.document_digest,
        pdf_cms_signed_attrs=PdfCMSSignedAttributes(signing_time=at),
    )
    return output.getvalue()


def _terms(
    document: PdfFileReader, field: FieldPlace, *, reason: str, location: str
) -> PdfSignatureMetadata:
    is_first = not any(enumerate_sig_fields(document, filled_status=True))
    return PdfSignatureMetadata(
        field_name=field.name,
        md_algorithm="sha256",
        subfilter=SigSeedSubFilter.PADES,
        certify=is_first,
        docmdp_permissions=MDPPerm.FILL_FORMS,
        reason=reason,
        location=location,
    )


def _signer(identity: Identity) -> SimpleSigner:
    return SimpleSigner(
        signing_cert=x509.Certificate.load(identity.certificate),
        signing_key=keys.PrivateKeyInfo.load(identity.key),
        cert_registry=SimpleCertificateStore.from_certs(  # type: ignore[no-untyped-call]  # pyHanko
            x509.Certificate.load(issuer) for issuer in identity.chain
        ),
    )


def _field_spec(field: FieldPlace) -> SigFieldSpec:
    return SigFieldSpec(
        sig_field_name=field.name,
        on_page=field.page,
        box=field.box,  # type: ignore[arg-type]  # declared as whole points, written as fractions
        readable_field_name=field.label,
    )


def _appearance(writer: IncrementalPdfFileWriter, stamp: bytes) -> StaticStampStyle:
    """The stamp as it was drawn, at full strength and without a frame of pyHanko's own."""
    form = writer.import_page_as_xobject(PdfFileReader(BytesIO(stamp)))
    left, bottom, right, top = form.get_object()["/BBox"]
    drawn = RawContent(
        f"{_APPEARANCE} Do".encode(),
        box=BoxConstraints(width=abs(right - left), height=abs(top - bottom)),
    )
    drawn.set_resource(ResourceType.XOBJECT, pdf_name(_APPEARANCE), form)
    filling = SimpleBoxLayoutRule(
        x_align=AxisAlignment.ALIGN_MID,
        y_align=AxisAlignment.ALIGN_MID,
        margins=Margins(),
        inner_content_scaling=InnerScaling.STRETCH_TO_FIT,
    )
    return StaticStampStyle(background=drawn, background_layout=filling, border_width=0)
