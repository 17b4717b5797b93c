"""All fields are there before anybody signs, and filling them in order breaks nothing."""

from functools import cache
from io import BytesIO

import pikepdf
import pytest
from asn1crypto import keys, pem, x509
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    pkcs12,
)
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.signers import PdfTimeStamper
from pyhanko.sign.timestamps import DummyTimeStamper
from pyhanko.sign.validation import validate_pdf_signature
from pyhanko_certvalidator import ValidationContext
from tests.reporting.conforming import (
    EARLIER_SIGNATURE,
    PDF_A,
    PDF_UA,
    breaches,
    filled,
    rendered,
    report,
    signed,
    with_parties,
)
from tests.signing.people import NOW, PASSPHRASE, colleague, headquarters

from assessor_app.reporting.signature_fields import SEAL_FIELD, TIMESTAMP_FIELDS
from assessor_app.texts import Language

CONTENT = with_parties(report(Language.INDONESIAN))
PEOPLE = ["TTD_Asesor1", "TTD_Asesor2", "TTD_Penerima"]


class Writer(IncrementalPdfFileWriter):
    def _update_meta(self) -> None:
        """As when the product signs: the metadata stay as they are."""


def stamped(pdf: bytes, field: str) -> bytes:
    """The file with a timestamp in a field, from an authority of our own."""
    out = BytesIO()
    maker = PdfTimeStamper(timestamper(), field_name=field)
    maker.timestamp_pdf(Writer(BytesIO(pdf)), "sha256", output=out)
    return out.getvalue()


@cache
def timestamper() -> DummyTimeStamper:
    """pyHanko's own for tests, which signs with RSA only."""
    key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
    made = pkcs12.load_pkcs12(headquarters().p12("Jam Uji", key=key), PASSPHRASE.encode())
    assert made.cert is not None
    return DummyTimeStamper(
        x509.Certificate.load(made.cert.certificate.public_bytes(Encoding.DER)),
        keys.PrivateKeyInfo.load(
            key.private_bytes(Encoding.DER, PrivateFormat.PKCS8, NoEncryption())
        ),
        fixed_dt=NOW,
    )


def still_valid(pdf: bytes) -> dict[str, bool]:
    """Every signature by its field, and whether it is valid with all that came after it."""
    root = x509.Certificate.load(pem.unarmor(headquarters().root())[2])
    trust = ValidationContext(trust_roots=[root], moment=NOW, revocation_mode="soft-fail")
    read = PdfFileReader(BytesIO(pdf))
    return {
        one.field_name: validate_pdf_signature(one, trust).bottom_line
        for one in read.embedded_regular_signatures
    }


def test_the_fields_are_people_in_reading_order_then_seal_and_timestamps() -> None:
    made = rendered(CONTENT)

    with pikepdf.open(BytesIO(made.pdf)) as pdf:
        in_file = [str(field.T) for field in pdf.Root.AcroForm.Fields]
        locked = [str(field.T) for field in pdf.Root.AcroForm.Fields if "/Lock" in field]
        unseen = [str(one.T) for one in pdf.Root.AcroForm.Fields if list(one.Rect) == [0, 0, 0, 0]]
        spoken = [str(field.TU) for field in pdf.Root.AcroForm.Fields]

    assert in_file == [field.name for field in made.fields]
    assert in_file == [*PEOPLE, SEAL_FIELD, *TIMESTAMP_FIELDS]
    assert locked == ["TTD_Penerima"]
    assert unseen == list(TIMESTAMP_FIELDS)
    assert spoken == [field.label for field in made.fields]
    assert len(set(spoken)) == len(spoken)


def test_an_element_holds_its_field_and_no_list_of_it() -> None:
    with pikepdf.open(BytesIO(rendered(CONTENT).pdf)) as pdf:
        for field in pdf.Root.AcroForm.Fields:
            numbers = list(pdf.Root.StructTreeRoot.ParentTree.Nums)
            element = numbers[1 + numbers.index(field.StructParent)]

            assert element.S == "/Form"
            assert element.K.Obj.T == field.T


def test_seal_and_timestamps_leave_all_signatures_valid_and_the_file_accessible() -> None:
    pdf = signed(CONTENT, times=3)
    pdf = filled(pdf, rendered(CONTENT), SEAL_FIELD, by=headquarters().identity("Segel"))
    for field in TIMESTAMP_FIELDS:
        pdf = stamped(pdf, field)

    assert still_valid(pdf) == dict.fromkeys([*PEOPLE, SEAL_FIELD], True)
    assert breaches(pdf, PDF_A) == [EARLIER_SIGNATURE]
    assert breaches(pdf, PDF_UA) == []


def test_a_field_that_the_last_signature_locked_cannot_be_filled_any_more() -> None:
    made = rendered(CONTENT)
    lead = signed(CONTENT, times=1)
    closed = filled(lead, made, "TTD_Penerima", by=headquarters().identity("Kepala Dinas"))

    late = filled(closed, made, "TTD_Asesor2", by=colleague())

    assert still_valid(late)["TTD_Penerima"] is False


@pytest.mark.parametrize("language", list(Language))
def test_a_lone_assessor_s_signature_locks_what_the_visit_filled(language: Language) -> None:
    made = rendered(report(language))

    assert [field.name for field in made.fields if field.lock] == ["TTD_Asesor1"]
    assert still_valid(signed(report(language), times=1)) == {"TTD_Asesor1": True}
