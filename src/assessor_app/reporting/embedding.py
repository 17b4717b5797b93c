"""The step after the layout: the attached record and the file's own properties, through pikepdf."""

from datetime import datetime
from io import BytesIO

import pikepdf
from pikepdf import AttachedFileSpec, Dictionary, Name, Pdf, String

from assessor_app.reporting.content import Document

PRODUCER = "assessor-app"


def finish(pdf: bytes, document: Document, *, name: str, data: bytes) -> bytes:
    """The laid-out PDF with its properties and the record attached, byte for byte repeatable."""
    with pikepdf.open(BytesIO(pdf)) as opened:
        attach(
            opened,
            name,
            data=data,
            mime_type="application/json",
            description=document.subject,
            made_at=document.created_at,
        )
        _describe(opened, document)
        out = BytesIO()
        opened.save(out, deterministic_id=True, linearize=False)
        return out.getvalue()


def attach(
    pdf: Pdf, name: str, *, data: bytes, mime_type: str, description: str, made_at: datetime
) -> None:
    """Attach a file as the data behind the pages (AFRelationship /Data, as PDF/A-3 wants it).

    `description` is what a viewer shows beside the name; `made_at` is an aware instant.
    """
    spec = AttachedFileSpec(
        pdf,
        data,
        filename=name,
        mime_type=mime_type,
        creation_date=_pdf_date(made_at),
        mod_date=_pdf_date(made_at),
        description=description,
    )
    spec.relationship = Name.Data
    pdf.attachments[name] = spec
    pdf.Root.AF = pikepdf.Array([pdf.attachments[name].obj])


def _describe(pdf: Pdf, document: Document) -> None:
    made = _pdf_date(document.created_at)
    pdf.docinfo = pdf.make_indirect(
        Dictionary(
            Title=String(_title(document)),
            Author=String(document.author),
            Subject=String(document.subject),
            Producer=String(PRODUCER),
            Creator=String(PRODUCER),
            CreationDate=String(made),
            ModDate=String(made),
        )
    )
    with pdf.open_metadata(set_pikepdf_as_editor=False, update_docinfo=False) as metadata:
        metadata["dc:title"] = _title(document)
        metadata["dc:creator"] = [document.author]
        metadata["dc:description"] = document.subject
        metadata["dc:language"] = [document.language.value]
        metadata["pdf:Producer"] = PRODUCER
        metadata["xmp:CreatorTool"] = PRODUCER
        metadata["xmp:CreateDate"] = document.created_at.isoformat(timespec="seconds")
        metadata["xmp:ModifyDate"] = document.created_at.isoformat(timespec="seconds")
    pdf.Root.ViewerPreferences = Dictionary(DisplayDocTitle=True)
    pdf.Root.Lang = String(document.language.value)
    pdf.Root.PageMode = Name.UseOutlines


def _title(document: Document) -> str:
    return f"{document.title} · {document.number}"


def _pdf_date(instant: datetime) -> str:
    """An aware instant as a PDF date with its offset, such as D:20261122101500+07'00'."""
    return pikepdf.models.metadata.encode_pdf_date(instant)
