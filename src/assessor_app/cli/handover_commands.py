"""`handover`, `returned`: the document goes to the office, and what comes back from there."""

from pathlib import Path
from typing import Annotated

import typer

from assessor_app.cli.context import context_of
from assessor_app.cli.printing import answer, recorded
from assessor_app.cli.visit_commands import moment
from assessor_app.domain.visit import HandoverWay, ReturnedKind
from assessor_app.services.documents import require_document
from assessor_app.services.handing_over import hand_over, hand_over_by_usb
from assessor_app.services.returned import bring_back, returned_named, save_returned


def register(app: typer.Typer) -> None:
    app.command()(handover)
    group = typer.Typer(
        help="Yang kembali dari kantor / what came back from the office.", no_args_is_help=True
    )
    group.command()(add)
    group.command()(save)
    app.add_typer(group, name="returned")


def handover(
    ctx: typer.Context,
    visit: str,
    *,
    to: Annotated[str, typer.Option(help="Kepada siapa / to whom.")],
    how: Annotated[HandoverWay | None, typer.Option(help="Cara / how.")] = None,
    usb: Annotated[
        Path | None,
        typer.Option(help="Tulis dokumen, sertifikat, cara memeriksa ke folder ini / write here."),
    ] = None,
    at: Annotated[str | None, typer.Option(help="Kapan (ISO 8601) / when.")] = None,
    document: Annotated[
        str | None, typer.Option(help="Nomor dokumennya; jika tidak, yang terakhir / which one.")
    ] = None,
) -> None:
    """Catat penyerahan dokumen, lewat USB sekaligus ditulis / record the hand-over."""
    context = context_of(ctx)
    way = how or (HandoverWay.USB if usb else None)
    if way is None:
        raise typer.BadParameter(context.say("handover.needs_way"))
    if usb is not None and way is not HandoverWay.USB:
        raise typer.BadParameter(context.say("handover.only_usb"))
    session, when = context.session(visit), moment(context, at)
    went = require_document(session, document)
    when_told = context.words.moment(when)
    told = context.say("handover.done", number=went.number, to=to, when=when_told)
    if usb is None:
        done = hand_over(session, context.workplace, to=to, way=way, at=when, document=went)
        recorded(context, done, told, document=went.number)
        return
    roots = context.application.roots
    out = hand_over_by_usb(
        session, context.workplace, to=to, at=when, onto=usb, roots=roots, document=went
    )
    files = ", ".join(out.files)
    written = context.say("handover.written", folder=out.folder, files=files)
    told = f"{written}\n{told}"
    folder, names = str(out.folder), list(out.files)
    recorded(context, out.done, told, document=went.number, folder=folder, files=names)


def add(
    ctx: typer.Context,
    visit: str,
    file: Annotated[Path, typer.Argument(help="PDF, JPEG, PNG, HEIC.")],
    *,
    sender: Annotated[str, typer.Option("--from", help="Dari siapa / from whom.")],
    kind: Annotated[
        ReturnedKind | None,
        typer.Option(help="Pindaian, atau berkas bertanda tangan; jika tidak, dari isinya / as."),
    ] = None,
    note: Annotated[str | None, typer.Option(help="Catatan / note.")] = None,
    at: Annotated[str | None, typer.Option(help="Kapan (ISO 8601) / when.")] = None,
    document: Annotated[
        str | None, typer.Option(help="Nomor dokumennya; jika tidak, yang terakhir / which one.")
    ] = None,
) -> None:
    """Lampirkan yang kembali dari kantor / attach what came back from the office."""
    context = context_of(ctx)
    session, when = context.session(visit), moment(context, at)
    back = bring_back(
        session,
        context.workplace,
        file,
        sender=sender,
        at=when,
        kind=kind,
        note=note,
        document=require_document(session, document),
    )
    item, words = back.item, context.words
    told = context.say(
        "returned.done",
        kind=words(f"returned.{item.kind.value}"),
        sender=sender,
        when=words.moment(when),
        hash=item.sha256,
    )
    more = {"id": item.id, "kind": item.kind.value, "sha256": item.sha256}
    recorded(context, back.done, told, document=item.document, **more)


def save(
    ctx: typer.Context,
    visit: str,
    returned: Annotated[str, typer.Argument(help="Nomornya atau akhirnya / its id or its end.")],
    out: Annotated[Path, typer.Option(help="Berkas yang ditulis / the file to write.")],
) -> None:
    """Simpan salinan yang sidiknya sudah dicocokkan / save a copy, its hash checked."""
    context = context_of(ctx, looking=True)
    item = returned_named(context.session(visit), returned)
    save_returned(context.workplace, item, out)
    answer(
        context,
        {"ok": True, "id": item.id, "path": str(out), "sha256": item.sha256, "size": item.size},
        context.say("returned.saved", path=out, hash=item.sha256),
    )
