"""The step after the layout: the attached record and the file's own properties, through pikepdf."""

from dataclasses import dataclass
from datetime import datetime
from io import BytesIO

import pikepdf
from pikepdf import AttachedFileSpec, Dictionary, Name, Pdf, String

from assessor_app.reporting.content import RECORD_NAME
from assessor_app.texts import Language

PRODUCER = "assessor-app"


@dataclass(frozen=True, slots=True)
class Properties:
    """What a file says of itself; `made_at` is an aware instant."""

    title: str
    author: str
    subject: str
    language: Language
    made_at: datetime


def finish(pdf: bytes, properties: Properties, *, record: bytes | None) -> bytes:
    """The laid-out PDF with its properties, and with the record attached where there is one.

    The same input gives the same bytes.
    """
    with pikepdf.open(BytesIO(pdf)) as opened:
        if record is not None:
            attach(
                opened,
                RECORD_NAME,
                data=record,
                mime_type="application/json",
                description=properties.subject,
                made_at=properties.made_at,
            )
        _describe(opened, properties)
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


def _describe(pdf: Pdf, properties: Properties) -> None:
    made = _pdf_date(properties.made_at)
    pdf.docinfo = pdf.make_indirect(
        Dictionary(
            Title=String(properties.title),
            Author=String(properties.author),
            Subject=String(properties.subject),
            Producer=String(PRODUCER),
            Creator=String(PRODUCER),
            CreationDate=String(made),
            ModDate=String(made),
        )
    )
    with pdf.open_metadata(set_pikepdf_as_editor=False, update_docinfo=False) as metadata:
        metadata["dc:title"] = properties.title
        metadata["dc:creator"] = [properties.author]
        metadata["dc:description"] = properties.subject
        metadata["dc:language"] = [properties.language.value]
        metadata["pdf:Producer"] = PRODUCER
        metadata["xmp:CreatorTool"] = PRODUCER
        metadata["xmp:CreateDate"] = properties.made_at.isoformat(timespec="seconds")
        metadata["xmp:ModifyDate"] = properties.made_at.isoformat(timespec="seconds")
    pdf.Root.ViewerPreferences = Dictionary(DisplayDocTitle=True)
    pdf.Root.Lang = String(properties.language.value)
    if "/Outlines" in pdf.Root:
        pdf.Root.PageMode = Name.UseOutlines


def _pdf_date(instant: datetime) -> str:
    """An aware instant as a PDF date with its offset, such as D:20261122101500+07'00'."""
    return pikepdf.models.metadata.encode_pdf_date(instant)
