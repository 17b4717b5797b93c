"""Small documents that keep the product's contract between pages, record and signature."""

import hashlib
from collections.abc import Sequence
from functools import cache
from io import BytesIO

import pikepdf
from pikepdf import Array, AttachedFileSpec, Dictionary, Name, String
from reportlab.pdfgen.canvas import Canvas
from tests.signing.people import NOW

from assessor_app.domain.event import Json, StreamHead, canonical, visit_head
from assessor_app.signing.identity import Identity
from assessor_app.signing.pades import FIRST_SIGNER_FIELD, FieldPlace, sign

NUMBER = "T-2026-AMBON-R1"
SECOND_FIELD = "TTD_Asesor2"
BOX = (300.0, 100.0, 500.0, 160.0)
_STREAMS = (StreamHead("laptop-a", 41, "a" * 64), StreamHead("laptop-b", 7, "b" * 64))
_A4 = (595, 842)


def record_for(*signers: Identity, number: str = NUMBER, head: str | None = None) -> bytes:
    """The record of a visit that expects these signers, the first of them in the first field."""
    fields = (FIRST_SIGNER_FIELD, SECOND_FIELD)
    expected: list[Json] = [
        {"name": signer.common_name, "fingerprint": signer.fingerprint, "field": field}
        for signer, field in zip(signers, fields, strict=False)
    ]
    streams: list[Json] = [
        {"device": stream.device, "seq": stream.seq, "hash": stream.hash} for stream in _STREAMS
    ]
    return canonical(
        {
            "v": 1,
            "document": {"number": number, "revision": 1, "kind": "findings"},
            "visit": {"id": "0199f6a2-7f1e-7c3e-9d5c-000000000001"},
            "head": visit_head(_STREAMS) if head is None else head,
            "streams": streams,
            "signers": expected,
            "scores": {"official": {"points": "73.5", "measured": "100"}},
        }
    )


def paper(
    record: bytes,
    *,
    number: str = NUMBER,
    head: str | None = None,
    attached: Sequence[tuple[str, bytes]] | None = None,
) -> bytes:
    """An unsigned document of two pages that prints and carries the record."""
    fingerprint = hashlib.sha256(record).hexdigest()
    head = visit_head(_STREAMS) if head is None else head
    made = BytesIO()
    canvas = Canvas(made, pagesize=_A4, invariant=1)
    told = (["Kepatuhan: sementara", "73.50"], [fingerprint[:40], fingerprint[40:], head])
    for count, lines in enumerate(told, start=1):
        for row, line in enumerate(lines):
            canvas.drawString(40, 780 - 20 * row, line)
        canvas.drawString(40, 30, f"{number}  {fingerprint[:16]}")
        canvas.drawString(400, 30, f"Halaman {count} dari {len(told)}")
        canvas.showPage()
    canvas.save()
    return attach(made.getvalue(), [("temuan.json", record)] if attached is None else attached)


def attach(pdf: bytes, files: Sequence[tuple[str, bytes]]) -> bytes:
    """The document with attachments, all streams plain so that an attack can aim at a word."""
    out = BytesIO()
    with pikepdf.open(BytesIO(pdf)) as document:
        for name, data in files:
            attached = AttachedFileSpec(
                document,
                data,
                filename=name,
                description="",
                mime_type="application/json",
                creation_date="",
                mod_date="",
            )
            attached.relationship = Name.Data
            document.attachments[name] = attached
        document.save(
            out,
            deterministic_id=True,
            compress_streams=False,
            stream_decode_level=pikepdf.StreamDecodeLevel.generalized,
        )
    return out.getvalue()


def with_second_field(pdf: bytes) -> bytes:
    """The document with an empty field for a second signer, prepared before the first signs."""
    out = BytesIO()
    with pikepdf.open(BytesIO(pdf)) as document:
        page = document.pages[1].obj
        field = document.make_indirect(
            Dictionary(
                Type=Name.Annot,
                Subtype=Name.Widget,
                FT=Name.Sig,
                T=String(SECOND_FIELD),
                Rect=Array([40, 100, 240, 160]),
                F=4,
                P=page,
            )
        )
        page.Annots = Array([field])
        document.Root.AcroForm = Dictionary(Fields=Array([field]), SigFlags=3)
        document.save(out, deterministic_id=True)
    return out.getvalue()


def signed(pdf: bytes, identity: Identity, *, field: str = FIRST_SIGNER_FIELD) -> bytes:
    return sign(
        pdf,
        identity,
        field=FieldPlace(page=1, box=BOX, name=field),
        stamp=stamp(),
        reason="Temuan kunjungan",
        location="Ambon",
        at=NOW,
    )


@cache
def document_by(*signers: Identity) -> bytes:
    """A document whose record names the signers, signed by the first."""
    return signed(paper(record_for(*signers)), signers[0])


@cache
def stamp() -> bytes:
    made = BytesIO()
    canvas = Canvas(made, pagesize=(200, 60), invariant=1, pageCompression=0)
    canvas.drawString(10, 30, "Ditandatangani secara elektronik")
    canvas.save()
    return made.getvalue()
