"""`redact` and `full-record`: what of evidence no hand-out shows, and proof of what is sealed."""

from pathlib import Path
from typing import Annotated

import typer

from assessor_app.cli.context import Context, context_of
from assessor_app.cli.given import read_given
from assessor_app.cli.printing import answer, table
from assessor_app.domain.event import Json
from assessor_app.domain.observation import Evidence
from assessor_app.domain.problem import RecordRefused
from assessor_app.domain.redaction import Box, Layer, Why, layers_json
from assessor_app.domain.visit import Snapshot
from assessor_app.services.disclosing import Disclosed, prove_by_bundle, prove_document
from assessor_app.services.evidence.copies import chosen
from assessor_app.services.evidence.redacting import renew_copies, unexamined
from assessor_app.services.evidence.words import covered_parts

_CORNERS = 4
_BUNDLE = "ASSESSOR_BUNDLE_PASSPHRASE"


def register(app: typer.Typer) -> None:
    app.command()(redact)
    group = typer.Typer(help="Catatan lengkap dokumen / a document's full record.")
    group.command()(check)
    app.add_typer(group, name="full-record")


def redact(
    ctx: typer.Context,
    visit: str,
    evidence: Annotated[str, typer.Argument(help="Nomor bukti atau akhirnya / its id or its end.")],
    *,
    box: Annotated[
        list[str] | None, typer.Option(help="Kiri,atas,kanan,bawah per 10.000 / L,T,R,B.")
    ] = None,
    why: Annotated[list[Why] | None, typer.Option(help="Apa yang ditutup / what it is.")] = None,
    page: Annotated[int, typer.Option(help="Halaman PDF / page of a PDF.")] = 1,
    none: Annotated[bool, typer.Option("--none", help="Lepas semua / uncover all.")] = False,
    listed: Annotated[bool, typer.Option("--list", help="Hanya lihat / only look.")] = False,
    reason: Annotated[str | None, typer.Option(help="Alasan / the reason.")] = None,
) -> None:
    """Tutup bagian foto atau PDF dalam dokumen untuk instansi / cover parts of evidence.

    Kotak menambah yang sudah ada; berkas asli tidak berubah. / Boxes add to those that are there.
    """
    context = context_of(ctx, looking=listed)
    session = context.session(visit)
    item = chosen(session.snapshot, evidence)
    if listed:
        _tell(context, item)
        return
    if not none and not box:
        raise RecordRefused("nothing_to_redact")
    given = _layers(box or [], why or [], page=page)
    kept = () if none else item.layers
    done = session.redact(item.id, (*kept, *given), reason=reason)
    now = session.snapshot.evidence[item.id]
    renew_copies(context.workplace, [now])
    _tell(context, now, event=done.event)


def hint_at_unexamined(context: Context, visit: str, snapshot: Snapshot) -> int:
    """Say how much evidence nobody has looked at for faces and names; returns how much."""
    waiting = unexamined(snapshot)
    if waiting:
        told = context.say("redaction.unexamined", count=len(waiting), visit=visit)
        typer.echo(told, err=True)
    return len(waiting)


def check(
    ctx: typer.Context,
    document: Annotated[Path, typer.Argument(help="PDF yang diterbitkan / the issued PDF.")],
    *,
    bundle: Annotated[
        Path | None, typer.Option(help="Berkas kunjungan yang diekspor / an exported visit.")
    ] = None,
    bundle_passphrase_file: Annotated[
        Path | None, typer.Option(help="Kata sandi berkas kunjungan / its passphrase.")
    ] = None,
) -> None:
    """Buktikan bahwa catatan lengkap yang tersegel adalah yang ditandatangani dalam PDF itu.

    Keluar dengan 0 bila terbukti, 1 bila tidak. / Exit code 0 where it is proven, 1 where not.
    """
    context = context_of(ctx, looking=True)
    pdf = read_given(context, document)
    if bundle is None:
        found = prove_document(pdf, context.workplace.store)
    else:
        secret = context.secret(bundle_passphrase_file, _BUNDLE, "ask.bundle")
        found = prove_by_bundle(pdf, bundle, secret=secret)
    answer(context, _proof_data(found), _proof_told(context, found))
    if not found.proof.proven:
        raise typer.Exit(1)


def _layers(boxes: list[str], whys: list[Why], *, page: int) -> list[Layer]:
    if boxes and len(whys) not in (1, len(boxes)):
        raise RecordRefused(
            "why_missing", boxes=len(boxes), whys=len(whys), known=", ".join(sorted(Why))
        )
    each = whys * len(boxes) if len(whys) == 1 else whys
    return [Layer(page, _box(one), why) for one, why in zip(boxes, each, strict=True)]


def _box(given: str) -> Box:
    try:
        corners = [int(one) for one in given.split(",")]
    except ValueError as error:
        raise RecordRefused("box_unreadable", box=given) from error
    if len(corners) != _CORNERS:
        raise RecordRefused("box_unreadable", box=given)
    return Box(*corners)


def _tell(context: Context, item: Evidence, *, event: str | None = None) -> None:
    data: dict[str, Json] = {"ok": True, "id": item.id, "layers": layers_json(item.layers)}
    if event is not None:
        data["event"] = event
    if not item.layers:
        answer(context, data, context.say("redaction.none", evidence=item.id))
        return
    heads = [context.say(f"redaction.head.{name}") for name in ("page", "box", "why")]
    rows = [
        (
            str(one.page),
            ",".join(map(str, one.box)),
            covered_parts([one], context.words),
        )
        for one in item.layers
    ]
    told = context.say("redaction.covered", evidence=item.id, count=len(item.layers))
    answer(context, data, "\n".join((told, table(rows, heads))))


def _proof_data(found: Disclosed) -> Json:
    return {
        "ok": found.proof.proven,
        "number": found.number,
        "visit": found.visit,
        "full_record": found.full_sha256,
        "leaves": found.proof.leaves,
        "faults": [{"pointer": one.pointer, "kind": one.kind.value} for one in found.proof.faults],
    }


def _proof_told(context: Context, found: Disclosed) -> str:
    if found.nothing_left_out:
        return context.say("full_record.nothing_left_out", number=found.number)
    if found.proof.proven:
        return context.say(
            "full_record.proven",
            number=found.number,
            hash=found.full_sha256,
            count=found.proof.leaves,
        )
    faults = "\n".join(
        context.say(f"full_record.fault.{one.kind.value}", place=one.pointer or "/")
        for one in found.proof.faults
    )
    return "\n".join((context.say("full_record.not_proven", number=found.number), faults))
