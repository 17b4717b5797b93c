"""`receiver`: who receives the document, what was declared, and how they sign."""

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from assessor_app.cli.context import context_of
from assessor_app.cli.printing import recorded
from assessor_app.domain.handwriting import LONGEST_FILE, read_handwriting
from assessor_app.domain.problem import VisitRefused
from assessor_app.domain.visit import Capacity, Declaration, Receiver, ReceiverSigns
from assessor_app.services.given_file import content_of
from assessor_app.services.receiving import carried_over, fix_receiver


class Signs(StrEnum):
    """How the receiver signs, as it is typed."""

    HANDWRITING = "handwriting"
    CERTIFICATE = "certificate"
    ON_PAPER = "on-paper"

    @property
    def recorded(self) -> ReceiverSigns:
        return ReceiverSigns(self.value.replace("-", "_"))


def register(app: typer.Typer) -> None:
    app.command()(receiver)


def receiver(
    ctx: typer.Context,
    visit: str,
    *,
    declared: Annotated[Declaration, typer.Option(help="Menerima, menolak, atau tidak ada.")],
    name: Annotated[str | None, typer.Option(help="Nama penerima.")] = None,
    nip: Annotated[str | None, typer.Option(help="NIP penerima.")] = None,
    position: Annotated[str | None, typer.Option(help="Jabatan penerima.")] = None,
    capacity: Annotated[Capacity | None, typer.Option(help="Kedudukan penerima.")] = None,
    response: Annotated[str | None, typer.Option(help="Tanggapan penyelenggara.")] = None,
    said_by: Annotated[
        str | None, typer.Option(help="Tanggapan dicatat dari penuturan siapa / who dictated it.")
    ] = None,
    reason: Annotated[
        str | None, typer.Option(help="Alasan menolak, atau mengapa tidak ada / why not.")
    ] = None,
    signs: Annotated[
        Signs | None, typer.Option(help="Cara penerima menandatangani / how they sign.")
    ] = None,
    strokes: Annotated[
        Path | None, typer.Option(help="Goresan tangan (JSON) / strokes of the signature.")
    ] = None,
    amends: Annotated[
        str | None,
        typer.Option(
            help="Mengapa dokumen yang terbit digantikan / why the issued one is amended."
        ),
    ] = None,
) -> None:
    """Catat penerima dan tanggapannya, sebelum dokumen dibuat / record the receiver."""
    if signs is not None and declared is not Declaration.RECEIVED:
        raise VisitRefused("signs_not_asked")
    if strokes is not None and signs is not Signs.HANDWRITING:
        raise VisitRefused("strokes_not_asked")
    drawn = None
    if strokes is not None:
        drawn = read_handwriting(content_of(strokes, most=LONGEST_FILE + 1))
    context = context_of(ctx)
    session = context.session(visit)
    known = session.snapshot.receiver
    given = Receiver(
        declared=declared,
        name=name,
        nip=nip,
        position=position,
        capacity=capacity,
        response=response,
        reason=reason,
        signs=signs.recorded if signs else None,
        handwriting=known.handwriting if known else None,  # without new strokes it stays
        said_by=said_by,
        said_at=context.application.clock.now() if said_by else None,
    )
    if amends is not None:
        given = carried_over(known, given)
    done = fix_receiver(session, context.workplace, given, handwriting=drawn, amends=amends)
    recorded(context, done, context.say("receiver.done"))
