"""`record`, `attach`, `undo`, `redo`, `finding`, `due`: what an assessor does at an indicator."""

import json
import sys
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Annotated

import typer

from assessor_app.cli.context import Context, context_of
from assessor_app.cli.printing import recorded, refusal
from assessor_app.domain.components import components_json, read_components
from assessor_app.domain.event import Json
from assessor_app.domain.instrument import Side
from assessor_app.domain.observation import EvidenceSource
from assessor_app.domain.problem import Problem, RecordRefused
from assessor_app.services.embedded_record import SHORT_HASH
from assessor_app.services.entries import clean_text, read_entry
from assessor_app.services.evidence.attaching import same_photo
from assessor_app.services.evidence.editing import About
from assessor_app.services.findings import DueBy, FindingEdit, edit_finding, set_due_dates
from assessor_app.services.given_file import opened
from assessor_app.services.history import told
from assessor_app.services.session import Session

_Reason = Annotated[
    str | None, typer.Option(help="Alasan, sesudah pembicaraan akhir / after the exit talk.")
]


def register(app: typer.Typer) -> None:
    app.command()(record)
    app.command()(attach)
    app.command(name="attach-to-visit")(attach_to_visit)
    app.command()(undo)
    app.command()(redo)
    app.command()(finding)
    app.command()(due)


def record(
    ctx: typer.Context,
    visit: str,
    source: Annotated[str, typer.Argument(help="Berkas JSON per baris, atau - / JSON lines.")],
) -> None:
    """Catat satu objek JSON per baris; jawabannya satu baris sesudah tersimpan."""
    context = context_of(ctx)
    session = context.session(visit)
    refused = 0
    for line in _lines(source):
        if not line.strip():
            continue
        try:
            said: Json = {"ok": True, "event": _recorded(context, session, line)}
        except Problem as problem:
            refused += 1
            said = {"ok": False, "error": refusal(problem, context.language), "code": problem.code}
        typer.echo(json.dumps(said, ensure_ascii=False))
        sys.stdout.flush()
    if refused:
        raise typer.Exit(1)


def attach(
    ctx: typer.Context,
    visit: str,
    indicator: str,
    side: Side,
    file: Path,
    *,
    caption: Annotated[str | None, typer.Option(help="Keterangan bukti.")] = None,
    url: Annotated[str | None, typer.Option(help="Alamat web yang dilihat.")] = None,
    components: Annotated[
        str | None, typer.Option(help="Kode 14 komponen dengan koma / codes seen there.")
    ] = None,
    product: Annotated[str | None, typer.Option(help="Produk layanan.")] = None,
    respondent: Annotated[str | None, typer.Option(help="Nama samaran responden.")] = None,
    reason: _Reason = None,
) -> None:
    """Lampirkan foto, PDF, rekaman suara atau video sebagai bukti satu sisi / attach evidence."""
    from assessor_app.services.evidence.intake import take_in

    context = context_of(ctx)
    session = context.session(visit)
    taken = take_in(file, zone=context.workplace.profile.zone)
    done = session.attach(
        indicator,
        side,
        taken,
        source=EvidenceSource.FILE,
        product=clean_text(product, "product"),
        respondent=clean_text(respondent, "respondent"),
        caption=caption,
        about=_about(context, file, url=url, components=components),
        reason=reason,
    )
    said = context.say("attach.done", file=file.name, hash=taken.sha256[:SHORT_HASH])
    held, wanted = same_photo(session.snapshot, taken), clean_text(caption, "caption")
    stands = held.caption if held else None
    if wanted is not None and stands != wanted:
        typer.echo(context.say("evidence.caption_stays", caption=stands or ""), err=True)
    facts = {"kind": taken.kind.value, "sha256": taken.sha256, "caption": stands}
    recorded(context, done, said, **facts)


def _about(context: Context, file: Path, *, url: str | None, components: str | None) -> About:
    """Raises RecordRefused `component_unknown`."""
    codes = None
    if components is not None:
        codes = components_json(one.strip() for one in components.split(",") if one.strip())
    return About(
        file_name=file.name,
        url=url,
        seen_at=context.application.clock.now() if url else None,
        components=read_components(codes),
    )


def attach_to_visit(
    ctx: typer.Context,
    visit: str,
    file: Path,
    *,
    caption: Annotated[str | None, typer.Option(help="Keterangan bukti.")] = None,
    reason: _Reason = None,
) -> None:
    """Lampirkan bukti tentang kunjungan itu sendiri: pintu yang tertutup / of the visit itself."""
    from assessor_app.services.evidence.intake import take_in

    context = context_of(ctx)
    session = context.session(visit)
    taken = take_in(file, zone=context.workplace.profile.zone)
    about = About(file_name=file.name)
    done = session.attach_to_visit(
        taken, source=EvidenceSource.FILE, caption=caption, about=about, reason=reason
    )
    said = context.say("attach.done", file=file.name, hash=taken.sha256[:SHORT_HASH])
    recorded(context, done, said, kind=taken.kind.value, sha256=taken.sha256)


def undo(ctx: typer.Context, visit: str, *, reason: _Reason = None) -> None:
    """Urungkan tindakan terakhir / undo the last action."""
    context = context_of(ctx)
    session = context.session(visit)
    before = session.snapshot  # it still knows a product that is undone with its first answer
    done, undone = session.undo(reason=reason)
    action = told(undone, session.instrument, context.words, snapshot=before)
    recorded(context, done, context.say("undo.done", action=action), undid=undone.id)


def redo(ctx: typer.Context, visit: str, *, reason: _Reason = None) -> None:
    """Ulangi tindakan yang terakhir diurungkan / redo what was undone last."""
    context = context_of(ctx)
    session = context.session(visit)
    done, redone = session.redo(reason=reason)
    action = told(redone, session.instrument, context.words, snapshot=session.snapshot)
    recorded(context, done, context.say("redo.done", action=action), redid=redone.id)


def finding(
    ctx: typer.Context,
    visit: str,
    indicator: str,
    *,
    product: Annotated[str | None, typer.Option(help="Produk layanan.")] = None,
    wording: Annotated[str | None, typer.Option(help="Rumusan temuan / wording.")] = None,
    advice: Annotated[str | None, typer.Option(help="Saran perbaikan.")] = None,
    due: Annotated[str | None, typer.Option(help="Tenggat, TTTT-BB-HH.")] = None,
    due_by: Annotated[DueBy, typer.Option(help="Siapa menetapkan tenggat.")] = DueBy.ASSESSOR,
    owner: Annotated[str | None, typer.Option(help="Penanggung jawab.")] = None,
    reason: _Reason = None,
) -> None:
    """Ubah saran atau tenggat suatu temuan sebelum ditutup / edit a finding."""
    context = context_of(ctx)
    session = context.session(visit)
    edit = FindingEdit(wording, advice, owner, None if due is None else _day(due), due_by)
    done = edit_finding(session, context.workplace, indicator, edit, product=product, reason=reason)
    recorded(context, done, context.say("finding.done"))


def due(
    ctx: typer.Context,
    visit: str,
    day: Annotated[str, typer.Argument(help="Tenggat, TTTT-BB-HH.")],
    *,
    by: Annotated[DueBy, typer.Option(help="Siapa menetapkan tenggat.")] = DueBy.ASSESSOR,
    indicator: Annotated[
        list[str] | None, typer.Option(help="Hanya temuan indikator ini, berulang.")
    ] = None,
    reason: _Reason = None,
) -> None:
    """Satu tenggat untuk semua temuan, atau untuk beberapa / one due date for many findings."""
    context = context_of(ctx)
    session = context.session(visit)
    for code in indicator or ():
        session.instrument.indicator(code)
    wanted = [
        one.id for one in session.findings() if not indicator or one.indicator.code in indicator
    ]
    done = set_due_dates(session, context.workplace, wanted, _day(day), by=by, reason=reason)
    recorded(context, done, context.say("due.done", count=len(wanted)))


def _recorded(context: Context, session: Session, line: bytes) -> str | None:
    entry = read_entry(
        line, zone=context.workplace.profile.zone, now=context.application.clock.now()
    )
    return session.record(entry, reason=entry.reason).event


def _lines(source: str) -> Iterator[bytes]:
    if source == "-":
        yield from sys.stdin.buffer
        return
    try:
        with opened(Path(source)) as file:
            yield from file
    except OSError as error:
        raise RecordRefused("input_unreadable", file=source, cause=error.strerror) from error


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise RecordRefused("day_unreadable", value=text) from error
