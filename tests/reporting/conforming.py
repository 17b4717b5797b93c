"""Documents to validate, of both kinds and unsigned or signed, and the independent validators."""

from collections.abc import Iterable
from dataclasses import replace
from functools import cache
from pathlib import Path

import outloud  # type: ignore[import-untyped]  # it has no types
import page
import pdfua
from tests.reporting.report_sample import RECORD, sample
from tests.signing.people import NOW, assessor, colleague, headquarters

from assessor_app.domain.visit import Outcome
from assessor_app.reporting.addendum import AddendumContent
from assessor_app.reporting.content import Fact, Receiver, Signature, SignatureBox
from assessor_app.reporting.minutes_content import MinutesContent
from assessor_app.reporting.render import Content, Rendered, render
from assessor_app.reporting.report_content import ReportContent
from assessor_app.reporting.stamp import render_stamp
from assessor_app.signing.identity import Identity
from assessor_app.signing.pades import FieldPlace, sign
from assessor_app.texts import Language

PDF_A = page.ValidationProfile.PDF_A_3A
PDF_UA = page.ValidationProfile.PDF_UA_1

EARLIER_SIGNATURE = "PDFA3A-SIGNATURE-BYTERANGE-001"
"""Of a file with several signatures all but the last one, which cannot cover what came after it.

The validator reads ISO 19005-3, 6.4.3, of the whole file; the standard speaks of the file as it was
when the signature was made, and PAdES has no other way for several to sign.
"""
NOTED = frozenset({"LNK-010"})
"""What `outloud` remarks and we know: an address is no link, for nothing in our files is active."""


def report(language: Language, *, preview: str = "") -> ReportContent:
    """The sample report, or a preview of it."""
    content = sample(language)
    return replace(content, document=replace(content.document, preview_mark=preview))


def minutes(language: Language, *, preview: str = "") -> MinutesContent:
    """Minutes of a visit to a closed office."""
    whole = report(language, preview=preview)
    return MinutesContent(
        document=whole.document,
        cover=whole.cover,
        outcome=Outcome.OFFICE_CLOSED,
        headline="Kantor tutup" if language is Language.INDONESIAN else "The office was closed",
        meaning="Kantor ini tidak buka ketika tim datang. سلام",
        no_score="Nilai tidak diberikan.",
        account="Pintu terkunci sejak pagi.\nSatpam tidak ada.",
        receiver=whole.receiver,
        signature=whole.signature,
        integrity=replace(whole.integrity, facts=whole.integrity.facts[:3]),
    )


def addendum(language: Language, *, preview: str = "", statement: str = "") -> AddendumContent:
    """An addendum to the sample report, with words of another script."""
    whole = report(language, preview=preview)
    return AddendumContent(
        document=whole.document,
        cover=whole.cover,
        added_to=(Fact("Dokumen", "T-2026-1-R1"), Fact("SHA-256", "ab" * 32, mono=True)),
        meaning="Adendum ini menambah keterangan. سلام",
        statement=statement or "Loket dibuka lagi.\nPetugasnya sudah ditunjuk.",
        receiver=replace(whole.receiver, facts=(), signs=True, handwriting=None, box=None),
        signature=whole.signature,
        integrity=replace(whole.integrity, facts=whole.integrity.facts[:3]),
    )


def with_parties(content: Content) -> Content:
    """The same, to be signed by two assessors and the receiver, with certificates of their own."""
    second = SignatureBox(
        "TTD_Asesor2", "Tanda tangan asesor 2", "Anggota tim", (Fact("Nama", "Johanis"),)
    )
    box = SignatureBox("TTD_Penerima", "Tanda tangan penerima", "Penerima")
    signature: Signature = replace(
        content.signature, signers=(*content.signature.signers[:1], second)
    )
    receiver: Receiver = replace(content.receiver, box=box, hint="Sertifikat penerima sendiri.")
    return replace(content, signature=signature, receiver=receiver)


@cache
def rendered(content: Content, *, whole: bool = True) -> Rendered:
    """The unsigned file; a preview is not `whole`, as it has no record."""
    return render(content, record=RECORD if whole else None)


@cache
def signed(content: Content, *, times: int) -> bytes:
    """The file with its first so many fields signed, each with the product's own stamp."""
    made = rendered(content)
    if times == 0:
        return made.pdf
    before = signed(content, times=times - 1)
    return filled(before, made, made.fields[times - 1].name, by=_people()[times - 1])


def filled(pdf: bytes, made: Rendered, name: str, *, by: Identity) -> bytes:
    """The file with one more field signed."""
    field = next(one for one in made.fields if one.name == name)
    assert field.box is not None
    stamp = render_stamp(
        ("Ditandatangani secara elektronik", by.common_name, "tanda tangan tidak tersertifikasi"),
        width=field.box.width,
        height=field.box.height,
    )
    return sign(
        pdf,
        by,
        field=FieldPlace(field.box.page, field.box.corners, name, field.label),
        stamp=stamp,
        reason="Laporan temuan",
        location="Ambon",
        at=NOW,
    )


@cache
def _people() -> tuple[Identity, ...]:
    return (assessor(), colleague(), headquarters().identity("Kepala Dinas Sosial"))


def breaches(pdf: bytes, profile: page.ValidationProfile) -> list[str]:
    """The rules that the file breaks, each once."""
    found = page.validate_pdf_bytes(pdf, profile=profile)
    return [failure.rule_id for failure in found.failures]


def places(pdf: bytes, profile: page.ValidationProfile) -> int:
    """In how many places the file breaks a rule."""
    return page.validate_pdf_bytes(pdf, profile=profile).checks.failed


def heard(pdf: bytes, folder: Path) -> Iterable[tuple[str, str]]:
    """What the two other validators say of the file: rule and severity, no mere information."""
    file = folder / "document.pdf"
    file.write_bytes(pdf)
    told = outloud.check(str(file))
    assert not told.error
    for one in told.findings:
        if one.severity != "info":
            yield one.rule, one.severity
    for finding in pdfua.validate(str(file)).findings:
        yield finding.rule_id, finding.severity.name
