"""A channel tried and a service timed: checked field by field before anything is written."""

from collections.abc import Mapping
from datetime import datetime, tzinfo
from enum import StrEnum

from assessor_app.domain.clock import NewId
from assessor_app.domain.event import Json
from assessor_app.domain.instants import instant_text, plausible
from assessor_app.domain.instrument import Instrument
from assessor_app.domain.observation import WHOLE_UNIT
from assessor_app.domain.problem import RecordRefused
from assessor_app.domain.timings import LONGEST_SECONDS
from assessor_app.domain.trials import REPLIED, Channel, Result, Trial, Way
from assessor_app.domain.tried import TIMING_FIELDS, TRIAL_FIELDS
from assessor_app.domain.visit import Snapshot
from assessor_app.services.entries import CLOCK_SLACK, clean_text

Values = dict[tuple[str, str], Json]

_LONGEST_WAIT = 366 * 24 * 60 * 60
"""Seconds: a letter may be answered after weeks."""

_KINDS: Mapping[str, type[StrEnum]] = {"channel": Channel, "way": Way, "result": Result}


def trial_values(
    snapshot: Snapshot,
    instrument: Instrument,
    given: Mapping[str, object],
    *,
    trial: str | None,
    new_id: NewId,
    zone: tzinfo,
    now: datetime,
) -> tuple[Values, str]:
    """What is written of a trial, and its entity; only the fields named in `given` change.

    A new one needs its channel. A result that is known without a beginning was found out now; a
    result that is taken back takes the time of the answer along. Raises RecordRefused.
    """
    known = {one.id: one for one in snapshot.trials}
    if trial is not None and trial not in known:
        raise RecordRefused("trial_unknown", trial=trial)
    _require_names(given, TRIAL_FIELDS)
    if trial is None and not given.get("channel"):
        raise RecordRefused("field_missing", field="channel")
    told = {name: _trial_field(snapshot, instrument, name, given[name]) for name in given}
    told |= {
        name: _moment(given[name], zone=zone, now=now) for name in ("began_at",) if name in given
    }
    told |= _following(told, known.get(trial or ""), now=now)
    entity = f"trial/{trial or new_id()}"
    return {(entity, name): value for name, value in told.items()}, entity


def timing_values(
    snapshot: Snapshot,
    instrument: Instrument,
    given: Mapping[str, object],
    *,
    timing: str | None,
    new_id: NewId,
    zone: tzinfo,
    now: datetime,
) -> tuple[Values, str]:
    """What is written of a measured time, and its entity, as `trial_values`.

    A new one needs its indicator, its beginning and its seconds.
    """
    known = {one.id: one for one in snapshot.timings}
    if timing is not None and timing not in known:
        raise RecordRefused("timing_unknown", timing=timing)
    _require_names(given, TIMING_FIELDS)
    for name in ("indicator", "started_at", "seconds"):
        if timing is None and given.get(name) is None:
            raise RecordRefused("field_missing", field=name)
    told: dict[str, Json] = {}
    needed = ("indicator", "started_at")
    for name, value in given.items():
        match name:
            case "seconds":
                told[name] = None if value is None else _seconds(value, name, LONGEST_SECONDS)
            case "started_at":
                told[name] = _moment(value, zone=zone, now=now, field=name)
            case _:
                told[name] = _common(snapshot, instrument, name, value)
        if name in needed and told[name] is None:  # it would be of nothing, or of no time
            raise RecordRefused("field_missing", field=name)
    entity = f"timing/{timing or new_id()}"
    return {(entity, name): value for name, value in told.items()}, entity


def _following(told: Mapping[str, Json], before: Trial | None, *, now: datetime) -> dict[str, Json]:
    """What a result brings with it: when it was tried, and no time without a reply.

    Raises RecordRefused `time_without_reply` where such a time is told all the same.
    """
    result = told.get("result", before.result if before else None)
    replied = result is not None and Result(str(result)) in REPLIED
    if told.get("answered_after_s") is not None and not replied:
        raise RecordRefused("time_without_reply", results=", ".join(sorted(REPLIED)))
    found: dict[str, Json] = {}
    if "result" in told and not replied:
        found["answered_after_s"] = None
    if told.get("result") is not None and not (
        told.get("began_at") or (before is not None and before.began_at)
    ):
        found["began_at"] = instant_text(now)
    return found


def _trial_field(snapshot: Snapshot, instrument: Instrument, name: str, value: object) -> Json:
    match name:
        case "channel" | "way" | "result":
            return _named(_KINDS[name], name, value)
        case "answered_after_s":
            return None if value is None else _seconds(value, name, _LONGEST_WAIT)
        case "proof":
            return _proof(snapshot, value)
        case "began_at":
            return None  # read with its zone
        case _:
            return _common(snapshot, instrument, name, value)


def _common(snapshot: Snapshot, instrument: Instrument, name: str, value: object) -> Json:
    text = clean_text(value, name)
    if text is None:
        return WHOLE_UNIT if name == "product" else None
    if name == "indicator":
        return instrument.indicator(text).code
    if name == "product":
        return _product(snapshot, text)
    return text


def _product(snapshot: Snapshot, text: str) -> str:
    """The id of a product by its name or id. Raises RecordRefused `trial_product_unknown`."""
    for id_, name in snapshot.products.items():
        if text == id_ or text.casefold() == name.casefold():
            return id_
    if text == WHOLE_UNIT:
        return text
    products = ", ".join(snapshot.products.values()) or "–"
    raise RecordRefused("trial_product_unknown", product=text, products=products)


def _named(kind: type[StrEnum], name: str, value: object) -> str | None:
    text = clean_text(value, name)
    if text is None:
        return None
    if text not in set(kind):
        raise RecordRefused("value_unknown", field=name, value=text, values=", ".join(kind))
    return text


def _proof(snapshot: Snapshot, value: object) -> Json:
    listed = value if isinstance(value, list | tuple) else [] if value is None else [value]
    found: list[str] = []
    for one in listed:
        id_ = clean_text(one, "proof")
        if id_ not in snapshot.evidence:
            raise RecordRefused("proof_unknown", evidence=id_ or "–")
        found.append(str(id_))
    return sorted(set(found))


def _seconds(value: object, field: str, most: int) -> int:
    if isinstance(value, bool) or not isinstance(value, int) or not 0 <= value <= most:
        raise RecordRefused("seconds_out_of_range", field=field, value=str(value), most=most)
    return value


def _moment(value: object, *, zone: tzinfo, now: datetime, field: str = "began_at") -> str | None:
    if isinstance(value, datetime):
        given = value
    else:
        text = clean_text(value, field)
        if text is None:
            return None
        try:
            given = datetime.fromisoformat(text)
        except ValueError as error:
            raise RecordRefused("moment_unreadable", field=field, value=text) from error
    try:
        instant = plausible(given if given.tzinfo else given.replace(tzinfo=zone))
    except ValueError as error:
        raise RecordRefused("moment_unreadable", field=field, value=str(value)) from error
    if instant > now + CLOCK_SLACK:
        raise RecordRefused("moment_in_future", field=field, value=str(value))
    return instant_text(instant)


def _require_names(given: Mapping[str, object], known: tuple[str, ...]) -> None:
    for name in given:
        if name not in known:
            raise RecordRefused("field_unknown", field=name, fields=", ".join(known))
    if not given:
        raise RecordRefused("nothing_recorded", fields=", ".join(known))
