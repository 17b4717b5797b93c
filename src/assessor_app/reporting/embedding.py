"""The step after the layout: the attached record and the file's own properties, through pikepdf."""

import zlib
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from io import BytesIO

import pikepdf
from pikepdf import AttachedFileSpec, Dictionary, Name, Object, Pdf, String

from assessor_app.reporting import archival
from assessor_app.reporting.content import RECORD_NAME
from assessor_app.texts import Language

PRODUCER = "assessor-app"
_ENDS_BADLY = b"\r\nendstream"


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
                description=archival.storable(properties.subject),
                made_at=properties.made_at,
            )
        _describe(opened, properties)
        archival.name_colours(opened)
        archival.name_characters(_fonts(opened))
        return saved(opened)


def finish_stamp(pdf: bytes) -> bytes:
    """A drawing that becomes a signature's appearance, with its characters named."""
    with pikepdf.open(BytesIO(pdf)) as opened:
        archival.name_characters(_fonts(opened))
        return saved(opened)


def saved(pdf: Pdf) -> bytes:
    """The file's bytes: the same every time, and none of its streams longer than it says."""
    written = _written(pdf)
    if _ENDS_BADLY in written:
        archival.end_streams_well(pdf)
        return _written(pdf)
    return written


def _written(pdf: Pdf) -> bytes:
    """All streams go in as they are: whoever made them compressed them."""
    out = BytesIO()
    pdf.save(out, deterministic_id=True, linearize=False, compress_streams=False)
    return out.getvalue()


def _fonts(pdf: Pdf) -> Iterable[Object]:
    """All fonts: ReportLab names them to every page alike."""
    return pdf.pages[0].Resources.get("/Font", Dictionary()).values()


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
    attached = pdf.attachments[name].obj
    attached.EF.F.write(zlib.compress(data, 9), filter=Name.FlateDecode)
    pdf.Root.AF = pikepdf.Array([attached])


def _describe(pdf: Pdf, properties: Properties) -> None:
    """The same properties twice: for readers of today, and as metadata for archives."""
    made = _pdf_date(properties.made_at)
    title, author, subject = map(
        archival.storable, (properties.title, properties.author, properties.subject)
    )
    pdf.docinfo = pdf.make_indirect(
        Dictionary(
            Title=String(title),
            Author=String(author),
            Subject=String(subject),
            Producer=String(PRODUCER),
            Creator=String(PRODUCER),
            CreationDate=String(made),
            ModDate=String(made),
        )
    )
    archival.describe(
        pdf,
        title=title,
        author=author,
        subject=subject,
        language=properties.language.value,
        producer=PRODUCER,
        made=properties.made_at.isoformat(timespec="seconds"),
    )
    pdf.Root.ViewerPreferences = Dictionary(DisplayDocTitle=True)
    pdf.Root.Lang = String(properties.language.value)
    if "/Outlines" in pdf.Root:
        pdf.Root.PageMode = Name.UseOutlines


def _pdf_date(instant: datetime) -> str:
    """An aware instant as a PDF date with its offset, such as D:20261122101500+07'00'."""
    return pikepdf.models.metadata.encode_pdf_date(instant)
