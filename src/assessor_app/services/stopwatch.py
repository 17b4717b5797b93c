"""The stopwatch of a visit: it runs on over pages, a lock and a crash until it is stopped."""

from dataclasses import dataclass

from assessor_app.domain.event import Json
from assessor_app.domain.instants import instant_from_text, instant_text
from assessor_app.domain.observation import WHOLE_UNIT
from assessor_app.domain.problem import RecordRefused
from assessor_app.domain.timings import LONGEST_SECONDS, Running
from assessor_app.services.change_reason import change_reason
from assessor_app.services.drafts import draft, keep_draft
from assessor_app.services.enrolment import Workplace
from assessor_app.services.session import Session
from assessor_app.services.standing import Done

SERVICE = "stopwatch"
"""The watch for service times; a channel that is being tried has one of its own."""
TRIAL = "trial_watch"


@dataclass(frozen=True, slots=True)
class Elapsed:
    """How long a watch has run; `by_wall` says that only the wall clock could tell.

    `forgotten` says that it has run longer than any service takes, `turned_back` that the clock was
    set to before its beginning while the device was off: neither is recorded.
    """

    seconds: int
    by_wall: bool
    forgotten: bool
    turned_back: bool = False


def start(
    workplace: Workplace,
    visit: str,
    indicator: str,
    *,
    product: str = WHOLE_UNIT,
    what: str | None = None,
    name: str = SERVICE,
) -> Running:
    """Start the watch of a visit anew. Raises StoreProblem where it cannot be kept."""
    begun = _begun(workplace, visit, indicator, product=product, what=what)
    _keep(workplace, begun, name=name)
    return begun


def running(workplace: Workplace, visit: str, *, name: str = SERVICE) -> Running | None:
    """The watch of a visit that runs; None where none does, or what was kept is not whole."""
    kept = draft(workplace, visit, name=name)
    try:
        return Running(
            visit,
            kept["indicator"],
            kept["product"],
            instant_from_text(kept["started_at"]),
            int(kept["mono"]),
            kept["boot"],
            kept.get("what") or None,
        )
    except (KeyError, ValueError):
        return None


def forget(workplace: Workplace, visit: str, *, name: str = SERVICE) -> None:
    """Stop the watch without recording anything. Raises StoreProblem as `start`."""
    keep_draft(workplace, visit, name=name, value={})


def elapsed(workplace: Workplace, watch: Running) -> Elapsed:
    """How long a watch has run by now."""
    clock = workplace.store.clock
    seconds = watch.seconds(now=clock.now(), mono=clock.mono(), boot=clock.boot)
    return Elapsed(
        seconds,
        watch.by_wall(clock.boot),
        seconds > LONGEST_SECONDS,
        watch.turned_back(now=clock.now(), boot=clock.boot),
    )


def stopped(workplace: Workplace, watch: Running) -> tuple[int, Running]:
    """The seconds of a customer who is done now, and the watch of the next one, not kept yet.

    Raises RecordRefused `watch_forgotten` or `watch_turned_back` for what means nothing.
    """
    found = elapsed(workplace, watch)
    if found.forgotten:
        raise RecordRefused("watch_forgotten", indicator=watch.indicator)
    if found.turned_back:
        raise RecordRefused("watch_turned_back", indicator=watch.indicator)
    begun = _begun(workplace, watch.visit, watch.indicator, product=watch.product, what=watch.what)
    return found.seconds, begun


def measured(watch: Running, seconds: int) -> dict[str, Json]:
    """What is recorded of a customer's time."""
    return {
        "indicator": watch.indicator,
        "product": watch.product,
        "what": watch.what,
        "started_at": instant_text(watch.started_at),
        "seconds": seconds,
    }


def record_customer(
    session: Session,
    workplace: Workplace,
    watch: Running,
    *,
    again: bool,
    done: tuple[int, Running] | None = None,
    reason: str | None = None,
) -> Done:
    """Record the customer whose time the watch has measured; `again` begins with the next one.

    `done` is what `stopped` said when that customer was: whoever gives a reason first does not
    measure how long that took. The watch goes on where it was refused. Raises as `stopped`, and as
    `Session.record_timing` does.
    """
    seconds, following = done or stopped(workplace, watch)
    told = reason or change_reason(workplace, session)
    zone = workplace.profile.zone
    recorded = session.record_timing(measured(watch, seconds), zone=zone, reason=told)
    if again:
        _keep(workplace, following, name=SERVICE)
    else:
        forget(workplace, session.visit_id)
    return recorded


def _begun(
    workplace: Workplace, visit: str, indicator: str, *, product: str, what: str | None
) -> Running:
    clock = workplace.store.clock
    return Running(visit, indicator, product, clock.now(), clock.mono(), clock.boot, what)


def _keep(workplace: Workplace, watch: Running, *, name: str) -> None:
    """Keep a watch that runs: it was said to run, so that a power cut must not stop it."""
    value = {
        "indicator": watch.indicator,
        "product": watch.product,
        "started_at": instant_text(watch.started_at),
        "mono": str(watch.mono),
        "boot": watch.boot,
        "what": watch.what or "",
    }
    keep_draft(workplace, watch.visit, name=name, value=value, synced=True)
