"""`follow-up`: how each item of a follow-up visit stands, and what is asked besides."""

from typing import Annotated

import typer

from assessor_app.cli.context import Context, context_of
from assessor_app.cli.printing import answer, sample_mark, table
from assessor_app.domain.event import Json
from assessor_app.domain.follow_up import Judged, repaired
from assessor_app.domain.problem import VisitRefused
from assessor_app.services.follow_up import items_of
from assessor_app.services.report.follow_up import due_then, since, summary
from assessor_app.services.session import Session


def register(app: typer.Typer) -> None:
    app.command(name="follow-up")(follow_up)


def follow_up(
    ctx: typer.Context,
    visit: Annotated[str, typer.Argument(help="Kunjungan tindak lanjut / the follow-up visit.")],
    add: Annotated[
        list[str] | None, typer.Option(help="Tambahkan indikator / ask one more, repeatable.")
    ] = None,
    drop: Annotated[
        list[str] | None, typer.Option(help="Batalkan yang ditambahkan / ask it no more.")
    ] = None,
    reason: Annotated[str | None, typer.Option(help="Alasan setelah pembicaraan akhir.")] = None,
) -> None:
    """Yang ditindaklanjuti: diperbaiki, masih terbuka, lewat tenggat, baru timbul."""
    context = context_of(ctx, looking=not (add or drop))
    session = context.session(visit)
    if not session.snapshot.followed:
        raise VisitRefused("not_a_follow_up", visit=session.visit_id)
    for code in add or ():
        session.follow_also(code, reason=reason)
    for code in drop or ():
        session.follow_no_more(code, reason=reason)
    items = items_of(session, context.workplace)
    answer(context, _data(session, items), _text(context, session, items))


def _data(session: Session, items: tuple[Judged, ...]) -> Json:
    snapshot, done = session.snapshot, repaired(items)
    return {
        "visit": session.visit_id,
        "predecessor": snapshot.visit.predecessor,
        "repaired": done.repaired,
        "found": done.found,
        "items": [
            {
                "indicator": one.item.indicator,
                "product": snapshot.products.get(one.item.product),
                "standing": one.standing.value,
                "owed": one.owed,
                "added": one.item.added,
                "finding": one.item.finding,
                "document": one.item.document,
                "gap_kind": one.item.gap_kind or None,
                "due_date": one.item.due_date.isoformat() if one.item.due_date else None,
                "due_set_by": one.item.due_set_by,
                "kinds": [found.kind.value for found in one.findings],
            }
            for one in items
        ],
        "sample": snapshot.visit.sample,
    }


def _text(context: Context, session: Session, items: tuple[Judged, ...]) -> str:
    words, visit = context.words, session.snapshot.visit
    rows = [
        (
            one.item.indicator,
            session.snapshot.products.get(one.item.product, ""),
            words("followed.was_added")
            if one.item.added
            else words(f"finding.{one.item.gap_kind}"),
            "" if one.item.added else since(one, words),
            "" if one.item.added else due_then(one, words),
            words(f"followed.standing.{one.standing.value}"),
        )
        for one in items
    ]
    heads = [
        context.say(f"follow_up.{name}")
        for name in ("indicator", "product", "then", "since", "due", "now")
    ]
    return "\n".join(
        [
            f"{sample_mark(visit, words)}{visit.institution} – {visit.unit}",
            summary(items, words),
            "",
            table(rows, heads),
        ]
    )
