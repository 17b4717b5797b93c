"""`trial` and `timing`: complaint channels that were tried, and service times."""

from typing import Annotated

import typer

from assessor_app.cli.context import Context, context_of
from assessor_app.cli.printing import answer, recorded, table
from assessor_app.domain.event import Json
from assessor_app.domain.instants import instant_text
from assessor_app.domain.timings import Timing, in_order, timed
from assessor_app.domain.trials import Channel, Result, Trial, Way, tally
from assessor_app.services.report.words import NONE
from assessor_app.services.tried_told import (
    channel_name,
    lasting,
    not_own_told,
    result_told,
    tally_told,
    timed_told,
)

_Reason = Annotated[
    str | None, typer.Option(help="Alasan, sesudah pembicaraan akhir / after the exit talk.")
]
_Address = Annotated[str | None, typer.Option(help="Nomor atau alamat / as announced.")]
_Way = Annotated[Way | None, typer.Option(help="Cara mencoba.")]
_BeganAt = Annotated[str | None, typer.Option(help="Waktu mencoba / when.")]
_Result = Annotated[Result | None, typer.Option(help="Hasil.")]
_AnsweredAfter = Annotated[int | None, typer.Option(help="Detik / seconds.")]
_Proof = Annotated[list[str] | None, typer.Option(help="Nomor bukti / evidence ids.")]
_Trial = Annotated[str, typer.Argument(help="Nomor uji coba / the trial's id.")]
_Timing = Annotated[str, typer.Argument(help="Nomor pengukuran / the measurement's id.")]


def register(app: typer.Typer) -> None:
    trials = typer.Typer(
        help="Uji coba kanal pengaduan / trials of complaint channels.", no_args_is_help=True
    )
    trials.command(name="add")(add_trial)
    trials.command(name="set")(set_trial)
    trials.command(name="list")(list_trials)
    trials.command(name="remove")(remove_trial)
    app.add_typer(trials, name="trial")
    timings = typer.Typer(
        help="Waktu layanan yang diukur / service times measured.", no_args_is_help=True
    )
    timings.command(name="add")(add_timing)
    timings.command(name="list")(list_timings)
    timings.command(name="remove")(remove_timing)
    app.add_typer(timings, name="timing")


def add_trial(
    ctx: typer.Context,
    visit: str,
    channel: Channel,
    *,
    address: _Address = None,
    indicator: Annotated[str | None, typer.Option(help="Kode indikator.")] = None,
    product: Annotated[str | None, typer.Option(help="Produk layanan.")] = None,
    way: _Way = None,
    began_at: _BeganAt = None,
    result: _Result = None,
    answered_after_s: _AnsweredAfter = None,
    proof: _Proof = None,
    note: Annotated[str | None, typer.Option(help="Catatan.")] = None,
    reason: _Reason = None,
) -> None:
    """Catat kanal yang diumumkan dan hasil mencobanya / a channel and how it was tried."""
    context = context_of(ctx)
    given = _given(
        channel=channel.value,
        address=address,
        indicator=indicator,
        product=product,
        way=way.value if way else None,
        began_at=began_at,
        result=result.value if result else None,
        answered_after_s=answered_after_s,
        proof=proof,
        note=note,
    )
    _record_trial(context, visit, given, trial=None, reason=reason)


def set_trial(
    ctx: typer.Context,
    visit: str,
    trial: _Trial,
    *,
    address: _Address = None,
    way: _Way = None,
    began_at: _BeganAt = None,
    result: _Result = None,
    answered_after_s: _AnsweredAfter = None,
    proof: _Proof = None,
    note: Annotated[str | None, typer.Option(help="Catatan.")] = None,
    reason: _Reason = None,
) -> None:
    """Ubah yang diketahui dari satu uji coba / change what is known of a trial."""
    given = _given(
        address=address,
        way=way.value if way else None,
        began_at=began_at,
        result=result.value if result else None,
        answered_after_s=answered_after_s,
        proof=proof,
        note=note,
    )
    _record_trial(context_of(ctx), visit, given, trial=trial, reason=reason)


def remove_trial(ctx: typer.Context, visit: str, trial: _Trial, *, reason: _Reason = None) -> None:
    """Hapus satu uji coba; riwayatnya tetap / take a trial back; its history stays."""
    context = context_of(ctx)
    session = context.session(visit)
    zone = context.workplace.profile.zone
    done = session.record_trial({"channel": None}, zone=zone, trial=trial, reason=reason)
    recorded(context, done, context.say("trial.removed"), id=trial)


def list_trials(ctx: typer.Context, visit: str) -> None:
    """Daftar kanal dan hasilnya / the channels and what became of them."""
    context = context_of(ctx, looking=True)
    trials, words = context.session(visit).snapshot.trials, context.words
    if not trials:
        answer(context, {"trials": [], "tally": None}, context.say("trial.none"))
        return
    found = tally(trials)
    heads = [context.say(f"trial.head.{name}") for name in ("id", "channel", "result", "own")]
    rows = [
        (
            one.id,
            channel_name(one, words),
            result_told(one, words),
            not_own_told(one, words) or NONE,
        )
        for one in trials
    ]
    data: Json = {
        "trials": [_trial_data(one) for one in trials],
        "tally": {
            "announced": found.announced,
            "tried": found.tried,
            "answered": found.answered,
            "others": found.others,
        },
    }
    answer(context, data, f"{table(rows, heads)}\n{tally_told(found, words)}")


def add_timing(
    ctx: typer.Context,
    visit: str,
    indicator: str,
    seconds: int,
    started_at: Annotated[str, typer.Argument(help="Mulai, mis. 2026-11-22T09:30 / begun at.")],
    *,
    product: Annotated[str | None, typer.Option(help="Produk layanan.")] = None,
    what: Annotated[str | None, typer.Option(help="Yang diukur / what was measured.")] = None,
    note: Annotated[str | None, typer.Option(help="Catatan.")] = None,
    reason: _Reason = None,
) -> None:
    """Catat waktu layanan satu pelanggan / record how long a service took one customer."""
    context = context_of(ctx)
    session = context.session(visit)
    known = {one.id for one in session.snapshot.timings}
    given = _given(
        indicator=indicator,
        seconds=seconds,
        started_at=started_at,
        product=product,
        what=what,
        note=note,
    )
    done = session.record_timing(given, zone=context.workplace.profile.zone, reason=reason)
    new = {one.id for one in session.snapshot.timings} - known
    time = lasting(seconds, context.words)
    said = context.say("timing.recorded", indicator=indicator, time=time)
    recorded(context, done, said, id=next(iter(new), None))


def remove_timing(
    ctx: typer.Context, visit: str, timing: _Timing, *, reason: _Reason = None
) -> None:
    """Hapus satu pengukuran / take a measurement back."""
    context = context_of(ctx)
    session = context.session(visit)
    zone = context.workplace.profile.zone
    done = session.record_timing({"seconds": None}, zone=zone, timing=timing, reason=reason)
    recorded(context, done, context.say("timing.removed"), id=timing)


def list_timings(ctx: typer.Context, visit: str) -> None:
    """Daftar waktu layanan, dengan median dan terlama / service times with median and longest."""
    context = context_of(ctx, looking=True)
    timings, words = in_order(context.session(visit).snapshot.timings), context.words
    if not timings:
        answer(context, {"timings": [], "together": []}, context.say("timing.none"))
        return
    heads = [context.say(f"timing.head.{name}") for name in ("id", "indicator", "from", "time")]
    rows = [
        (one.id, one.indicator, words.moment(one.started_at), lasting(one.seconds, words))
        for one in timings
    ]
    together: list[Json] = []
    lines = [table(rows, heads)]
    for place in dict.fromkeys((one.indicator, one.product) for one in timings):
        found = timed(one for one in timings if (one.indicator, one.product) == place)
        if found is not None:
            together.append(
                {
                    "indicator": place[0],
                    "count": found.count,
                    "median": found.median,
                    "longest": found.longest,
                }
            )
            lines.append(f"{place[0]}: {timed_told(found, words)}")
    data: Json = {"timings": [_timing_data(one) for one in timings], "together": together}
    answer(context, data, "\n".join(lines))


def _record_trial(
    context: Context,
    visit: str,
    given: dict[str, object],
    *,
    trial: str | None,
    reason: str | None,
) -> None:
    session = context.session(visit)
    known = {one.id for one in session.snapshot.trials}
    zone = context.workplace.profile.zone
    done = session.record_trial(given, zone=zone, trial=trial, reason=reason)
    id_ = trial or next(iter({one.id for one in session.snapshot.trials} - known), None)
    one = next((each for each in session.snapshot.trials if each.id == id_), None)
    words = context.words
    lines = [context.say("trial.recorded", channel=channel_name(one, words) if one else NONE)]
    if one is not None and one.not_own is not None:
        lines.append(not_own_told(one, words))
    own = one is None or one.not_own is None
    recorded(context, done, "\n".join(lines), id=id_, own=own)


def _given(**fields: object) -> dict[str, object]:
    """What was named on the line; the rest stays as it is."""
    return {name: value for name, value in fields.items() if value is not None}


def _trial_data(one: Trial) -> Json:
    return {
        "id": one.id,
        "channel": one.channel.value,
        "address": one.address,
        "indicator": one.indicator,
        "way": one.way.value if one.way else None,
        "began_at": instant_text(one.began_at) if one.began_at else None,
        "result": one.result.value if one.result else None,
        "answered_after_s": one.answered_after_s,
        "proof": list(one.proof),
        "note": one.note,
        "own": one.not_own is None,
        "not_own": one.not_own.value if one.not_own else None,
    }


def _timing_data(one: Timing) -> Json:
    return {
        "id": one.id,
        "indicator": one.indicator,
        "product": one.product,
        "started_at": instant_text(one.started_at),
        "seconds": one.seconds,
        "what": one.what,
        "note": one.note,
    }
