"""`evidence edit`, `move`, `share`, `detach`, `annotate`: what is said of evidence, and where."""

from typing import Annotated

import typer

from assessor_app.cli.context import Context, context_of
from assessor_app.cli.printing import recorded
from assessor_app.domain.annotation import Annotation, Ink, Shape, Spot
from assessor_app.domain.instrument import Side
from assessor_app.domain.problem import RecordRefused
from assessor_app.services.entries import clean_text
from assessor_app.services.evidence.copies import chosen
from assessor_app.services.evidence.redacting import renew_copies
from assessor_app.services.session import Session
from assessor_app.services.standing import Done

_Evidence = Annotated[str, typer.Argument(help="Nomor bukti atau akhirnya / its id or its end.")]
_Product = Annotated[str | None, typer.Option(help="Produk layanan / service product.")]
_Respondent = Annotated[str | None, typer.Option(help="Nama samaran responden / pseudonym.")]
_Reason = Annotated[
    str | None, typer.Option(help="Alasan, sesudah pembicaraan akhir / after the exit talk.")
]


def register(group: typer.Typer) -> None:
    for command in (edit, move, share, detach, annotate):
        group.command()(command)


def edit(
    ctx: typer.Context,
    visit: str,
    evidence: _Evidence,
    *,
    caption: Annotated[str | None, typer.Option(help="Keterangan; kosong menghapus.")] = None,
    url: Annotated[str | None, typer.Option(help="Alamat web; kosong menghapus.")] = None,
    components: Annotated[
        str | None, typer.Option(help="Kode komponen dengan koma / codes of the 14.")
    ] = None,
    page: Annotated[int | None, typer.Option(help="Halaman yang menjadi bukti.")] = None,
    reason: _Reason = None,
) -> None:
    """Ubah keterangan, alamat web, komponen, atau halaman bukti / say something else of it."""
    context, session, id_ = _opened(ctx, visit, evidence)
    values: dict[str, object] = {}
    if caption is not None:
        values["caption"] = caption or None
    if url is not None:
        values["url"] = url or None
    if components is not None:
        values["components"] = [one.strip() for one in components.split(",") if one.strip()]
    if page is not None:
        values["page"] = page
    _told(context, session.edit_evidence(id_, reason=reason, **values), id_)


def move(
    ctx: typer.Context,
    visit: str,
    evidence: _Evidence,
    indicator: str,
    side: Side,
    *,
    product: _Product = None,
    respondent: _Respondent = None,
    reason: _Reason = None,
) -> None:
    """Pindahkan bukti ke satu sisi; di tempat lain tidak lagi / attach it elsewhere only."""
    context, session, id_ = _opened(ctx, visit, evidence)
    done = session.move_evidence(
        [id_],
        indicator,
        side,
        product=clean_text(product, "product"),
        respondent=clean_text(respondent, "respondent"),
        reason=reason,
    )
    _told(context, done, id_)


def share(
    ctx: typer.Context,
    visit: str,
    evidence: _Evidence,
    indicator: str,
    side: Side,
    *,
    product: _Product = None,
    respondent: _Respondent = None,
    reason: _Reason = None,
) -> None:
    """Pakai bukti untuk satu sisi lagi / let it prove one more side."""
    context, session, id_ = _opened(ctx, visit, evidence)
    done = session.share_evidence(
        id_,
        indicator,
        side,
        product=clean_text(product, "product"),
        respondent=clean_text(respondent, "respondent"),
        reason=reason,
    )
    _told(context, done, id_)


def detach(ctx: typer.Context, visit: str, evidence: _Evidence, *, reason: _Reason = None) -> None:
    """Lepas bukti dari semua tempatnya; tetap tersimpan / detach it; it is kept."""
    context, session, id_ = _opened(ctx, visit, evidence)
    _told(context, session.detach_evidence([id_], reason=reason), id_)


def annotate(
    ctx: typer.Context,
    visit: str,
    evidence: _Evidence,
    *,
    sign: Annotated[
        list[str] | None,
        typer.Option(help="bentuk:x,y,x,y per 10.000, atau text:x,y:tulisan / shape:points."),
    ] = None,
    ink: Annotated[Ink, typer.Option(help="Warna / colour.")] = Ink.RED,
    page: Annotated[int, typer.Option(help="Halaman PDF / page of a PDF.")] = 1,
    none: Annotated[bool, typer.Option("--none", help="Hapus semua / remove all.")] = False,
    reason: _Reason = None,
) -> None:
    """Gambar tanda di atas foto atau PDF; berkas asli tidak berubah / draw signs over it."""
    context, session, id_ = _opened(ctx, visit, evidence)
    held = () if none else chosen(session.snapshot, id_).annotations
    given = [_sign(one, ink=ink, page=page) for one in sign or []]
    done = session.annotate(id_, [*held, *given], reason=reason)
    renew_copies(context.workplace, [chosen(session.snapshot, id_)])
    _told(context, done, id_)


def _opened(ctx: typer.Context, visit: str, evidence: str) -> tuple[Context, Session, str]:
    context = context_of(ctx)
    session = context.session(visit)
    return context, session, chosen(session.snapshot, evidence).id


def _told(context: Context, done: Done, evidence: str) -> None:
    recorded(context, done, context.say("evidence.edited"), id=evidence)


def _sign(given: str, *, ink: Ink, page: int) -> Annotation:
    """Raises RecordRefused `annotation_unreadable`."""
    name, _, rest = given.partition(":")
    points, _, text = rest.partition(":")
    try:
        numbers = [int(one) for one in points.split(",")]
        pairs = zip(numbers[::2], numbers[1::2], strict=True)
        return Annotation(page, Shape(name), tuple(Spot(x, y) for x, y in pairs), ink, text)
    except ValueError as error:
        raise RecordRefused("annotation_unreadable", given=given) from error
