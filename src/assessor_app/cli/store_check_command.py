"""`store check`: whether the store is what was recorded, since when not, and what to do next."""

import contextlib
import signal
import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Annotated

import typer

from assessor_app.cli.context import Context, context_of
from assessor_app.cli.given import read_given
from assessor_app.cli.printing import answer, refusal
from assessor_app.cli.progress import telling
from assessor_app.domain.anchors import Anchor
from assessor_app.domain.chain import Link
from assessor_app.domain.event import Json
from assessor_app.domain.instants import instant_text
from assessor_app.domain.problem import Problem
from assessor_app.services.checking.check import Checked, Paper, check, visits_called
from assessor_app.services.checking.noticed import Noticed, Weight
from assessor_app.services.checking.opening import Opening, Store, open_to_look, zone_of
from assessor_app.services.checking.words import Telling, Told, told_unopened
from assessor_app.services.report.words import Words

_EXIT_CODES = {None: 0, Weight.BROKEN: 1, Weight.UNDETERMINED: 3}
_UNDETERMINED = 3


def store_check(
    ctx: typer.Context,
    visits: Annotated[
        list[str] | None, typer.Argument(help="Hanya kunjungan ini / only these visits.")
    ] = None,
    *,
    against: Annotated[
        list[Path] | None,
        typer.Option(help="PDF terbitan sebagai pembanding, berulang / an issued PDF."),
    ] = None,
    evidence: Annotated[
        bool, typer.Option(help="Buka juga setiap berkas bukti / open every evidence file.")
    ] = True,
    read_only: Annotated[
        bool, typer.Option("--read-only", help="Jangan menulis apa pun / write nothing.")
    ] = False,
) -> None:
    """Periksa penyimpanan: 0 utuh, 1 rusak atau diubah, 2 salah pakai, 3 tidak dapat dipastikan."""
    context = context_of(ctx)
    papers = [Paper(path.name, read_given(context, path)) for path in against or ()]
    try:
        opened = _opened(context, read_only=read_only)
        if isinstance(opened, Noticed):
            told = told_unopened(opened, context.language)
            answer(context, _unopened_data(opened, told), "\n".join(told))
            raise typer.Exit(1)
        with contextlib.closing(opened):
            checked = _checked(context, opened, visits or [], papers, evidence=evidence)
            words = Words(context.language, zone_of(opened))
            telling_it = Telling(opened, context.application.library, words)
            lines = telling_it.lines(checked, quick=not evidence)
            answer(context, _data(checked, telling_it), "\n".join(lines))
    except Problem as problem:  # nothing is said of the store itself
        told_problem = refusal(problem, context.language)
        data: Json = {"standing": "undetermined", "code": problem.code, "error": told_problem}
        answer(context, data, told_problem)
        raise typer.Exit(_UNDETERMINED) from problem
    raise typer.Exit(_EXIT_CODES[checked.worst])


def _opened(context: Context, *, read_only: bool) -> Store | Noticed:
    application = context.application
    opening = Opening(context.home, application.clock, application.new_id, read_only=read_only)
    return open_to_look(opening, context.passphrase())


def _checked(
    context: Context, store: Store, visits: list[str], papers: list[Paper], *, evidence: bool
) -> Checked:
    wanted = visits_called(store, visits) if visits else None
    with telling(context, "check.stage") as progress, _stoppable() as stopped:
        return check(
            store,
            wanted,
            evidence=evidence,
            against=papers,
            roots=context.application.roots,
            progress=progress,
            cancelled=stopped,
        )


@contextlib.contextmanager
def _stoppable() -> Iterator[Callable[[], bool]]:
    """Let Ctrl-C end the check early, with what was found until then."""
    stop = threading.Event()
    if threading.current_thread() is not threading.main_thread():
        yield stop.is_set  # only the main thread hears of signals
        return
    before = signal.signal(signal.SIGINT, lambda *_: stop.set())
    try:
        yield stop.is_set
    finally:
        signal.signal(signal.SIGINT, before)


def _data(checked: Checked, telling_it: Telling) -> Json:
    return {
        "standing": checked.worst.value if checked.worst else "sound",
        "visits": checked.visits,
        "events": checked.events,
        "files": checked.files,
        "documents": checked.documents,
        "touched": list(checked.touched),
        "noticed": [_noticed_data(telling_it.told(one)) for one in checked.noticed],
    }


def _noticed_data(told: Told) -> Json:
    one = told.noticed
    return {
        "code": one.code,
        "weight": one.weight.value,
        "visit": one.visit,
        "sentence": told.sentence,
        "since": list(told.since),
        "next": told.next_step,
        "good": _event_data(one.good),
        "bad": _event_data(one.bad),
        "about": _event_data(one.about),
        "anchors": [_anchor_data(anchor) for anchor in one.anchors],
    }


def _event_data(link: Link | None) -> Json:
    if link is None:
        return None
    event = link.event
    return {
        "id": event.id,
        "device": event.device,
        "seq": event.seq,
        "wall": instant_text(event.wall),
        "actor": event.actor,
        "kind": event.kind.value,
    }


def _anchor_data(anchor: Anchor) -> Json:
    return {
        "kind": anchor.kind.value,
        "name": anchor.name,
        "at": instant_text(anchor.at) if anchor.at else None,
    }


def _unopened_data(noticed: Noticed, told: tuple[str, ...]) -> Json:
    return {"standing": "broken", "code": noticed.code, "sentences": list(told)}
