"""`visits`: the list of visits, searched, filtered and sorted as in the window."""

from collections.abc import Iterable
from dataclasses import replace
from typing import Annotated

import typer

from assessor_app.cli.context import Context, context_of
from assessor_app.cli.printing import answer, sample_mark, table
from assessor_app.domain.event import Json
from assessor_app.domain.listing import (
    COUNTED_ORDERS,
    Listed,
    Made,
    Order,
    Shelf,
    Sieve,
    Sync,
    Zone,
)
from assessor_app.domain.reminders import due_items, reminders
from assessor_app.domain.visit import VisitKind, VisitState
from assessor_app.services.counted import counted_visits, instrument_is_here
from assessor_app.services.travelled import travelled
from assessor_app.services.visits import all_visits


def register(app: typer.Typer) -> None:
    app.command()(visits)


def visits(
    ctx: typer.Context,
    *,
    search: Annotated[
        str, typer.Option(help="Kata dari unit, instansi, alamat, tim, surat tugas / words.")
    ] = "",
    state: Annotated[list[VisitState] | None, typer.Option(help="Keadaan / state.")] = None,
    zone: Annotated[list[Zone] | None, typer.Option(help="Zona / zone.")] = None,
    year: Annotated[
        list[int] | None, typer.Option(help="Tahun tiba atau instrumen / year.")
    ] = None,
    progress: Annotated[list[Made] | None, typer.Option(help="Kemajuan / progress.")] = None,
    sync: Annotated[list[Sync] | None, typer.Option(help="Perpindahan / exchange.")] = None,
    kind: Annotated[list[VisitKind] | None, typer.Option(help="Jenis / kind.")] = None,
    due: Annotated[
        bool, typer.Option("--due", help="Hanya yang jatuh tempo / what is due.")
    ] = False,
    sort: Annotated[Order, typer.Option(help="Urutan / order.")] = Order.NEWEST,
) -> None:
    """Daftar kunjungan / list the visits."""
    context = context_of(ctx, looking=True)
    sieve = Sieve(
        text=search,
        states=frozenset(state or ()),
        zones=frozenset(zone or ()),
        years=frozenset(year or ()),
        made=frozenset(progress or ()),
        sync=frozenset(sync or ()),
        kinds=frozenset(kind or ()),
        due=due,
    )
    listed = _listed(context)
    if sieve.counting or sort in COUNTED_ORDERS:
        listed = _counted(context, listed)
    shelf = Shelf(tuple(listed), context.workplace.profile.zone)
    found = shelf.sifted(sieve, sort).rows
    none = "visits.none" if sieve.empty else "visits.none_fits"
    told = _table(context, found) if found else context.say(none)
    answer(context, [_data(one) for one in found], told)


def _listed(context: Context) -> list[Listed]:
    store = context.workplace.store
    moved = travelled(store, store.log.streams())
    return [Listed(one, moved.get(one.id, (Sync.LOCAL,))) for one in all_visits(store)]


def _counted(context: Context, listed: Iterable[Listed]) -> list[Listed]:
    """With what must be counted; what was counted before is taken as it was kept."""
    from assessor_app.services.overview import visit_line

    workplace, library = context.workplace, context.application.library
    known = counted_visits(workplace, workplace.store.log.streams())
    found: list[Listed] = []
    for one in listed:
        counts = known.of(one.visit)
        if counts is None or not instrument_is_here(one.visit, library):
            counts = visit_line(workplace, library, one.visit).counts
            known.take(one.visit, counts)
        found.append(replace(one, counts=counts))
    known.keep()
    today = workplace.store.clock.now().astimezone(workplace.profile.zone).date()
    left = [one.counts.left for one in found if one.counts and one.counts.left]
    predecessors = {one.visit.id: one.visit.predecessor for one in found}
    due = reminders(due_items(left, predecessors, today=today), today=today)
    return [replace(one, reminder=due.get(one.visit.id)) for one in found]


def _table(context: Context, found: Iterable[Listed]) -> str:
    words = context.words
    rows = [
        (
            one.visit.id,
            sample_mark(one.visit, words) + one.visit.institution,
            one.visit.unit,
            words.moment(one.visit.arrival),
            words(f"state.{one.visit.state.value}"),
            words(f"outcome.{one.visit.outcome.value}") if one.visit.outcome else "",
        )
        for one in found
    ]
    heads = [context.say(f"head.{name}") for name in ("visit", "institution", "unit", "arrival")]
    heads += [context.say(f"head.{name}") for name in ("state", "outcome")]
    return table(rows, heads)


def _data(one: Listed) -> Json:
    visit = one.visit
    data: dict[str, Json] = {
        "visit": visit.id,
        "institution": visit.institution,
        "unit": visit.unit,
        "object_type": visit.object_type,
        "instrument": visit.instrument_version,
        "kind": visit.kind.value,
        "arrival": visit.arrival.isoformat(),
        "state": visit.state.value,
        "outcome": visit.outcome.value if visit.outcome else None,
        "sample": visit.sample,
        "sync": [each.value for each in one.sync],
    }
    if one.counts is not None:
        data["progress"] = {
            "made": one.made.value if one.made else None,
            "answered": one.counts.answered,
            "asked": one.counts.asked,
        }
        data["zone"] = one.counts.zone.value if one.counts.zone else None
        data["due"] = (
            {
                "over": one.reminder.over,
                "near": one.reminder.near,
                "first": one.reminder.first.isoformat(),
            }
            if one.reminder
            else None
        )
    return data
