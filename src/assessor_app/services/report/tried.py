"""Trials of complaint channels and service times in the document, and in its record."""

from collections.abc import Mapping

from assessor_app.domain.event import Json
from assessor_app.domain.instants import instant_text
from assessor_app.domain.observation import WHOLE_UNIT
from assessor_app.domain.outlook import Seen
from assessor_app.domain.timings import Timing, in_order, timed, timings_of
from assessor_app.domain.trials import Trial, tally
from assessor_app.domain.visit import Snapshot
from assessor_app.reporting.report_content import Tried, TriedTable
from assessor_app.services.report.record_fields import filled, instant_or_none
from assessor_app.services.report.words import NONE, Words
from assessor_app.services.tried_told import (
    channel_name,
    not_own_told,
    result_told,
    tally_told,
    timed_told,
)


def section(seen: Seen, words: Words) -> Tried | None:
    """The section on what was tried and measured; None where nothing was."""
    snapshot = seen.snapshot
    if not snapshot.trials and not snapshot.timings:
        return None
    tables = []
    if snapshot.trials:
        tables.append(_trial_table(snapshot, words))
    if snapshot.timings:
        tables.append(_timing_table(seen, words))
    return Tried(title=words("tried_section.title"), tables=tuple(tables))


def record(snapshot: Snapshot) -> Mapping[str, Json]:
    """What the record holds of it: nothing at all where nothing was tried or measured."""
    found: dict[str, Json] = {}
    if snapshot.trials:
        found["trials"] = [_trial_record(snapshot, one) for one in snapshot.trials]
    if snapshot.timings:
        found["timings"] = [_timing_record(snapshot, one) for one in in_order(snapshot.timings)]
    return found


def _trial_table(snapshot: Snapshot, words: Words) -> TriedTable:
    rows = tuple(_trial_row(one, words) for one in snapshot.trials)
    reasons = dict.fromkeys(not_own_told(one, words) for one in snapshot.trials)
    return TriedTable(
        name=words("tried_section.trials"),
        summary=tally_told(tally(snapshot.trials), words),
        heads=tuple(
            words(f"tried_section.{name}") for name in ("channel", "way", "when", "result", "note")
        ),
        rows=rows,
        notes=tuple(one for one in reasons if one),
    )


def _trial_row(one: Trial, words: Words) -> tuple[str, ...]:
    proof = words("trial_told.proofs", count=len(one.proof)) if one.proof else ""
    aside = words("tried_section.not_counted") if one.not_own is not None else ""
    note = ". ".join(part for part in (aside, one.note, proof) if part)
    return (
        channel_name(one, words),
        words(f"trial_way.{one.way.value}") if one.way else NONE,
        words.moment(one.began_at) if one.began_at else NONE,
        result_told(one, words),
        note or NONE,
    )


def _timing_table(seen: Seen, words: Words) -> TriedTable:
    """A row for each indicator and product: several customers together."""
    snapshot = seen.snapshot
    places = dict.fromkeys((one.indicator, one.product) for one in in_order(snapshot.timings))
    names = {one.code: words.of(one.text) for one in seen.instrument.indicators()}
    rows = []
    for code, product in places:
        own = timings_of(snapshot.timings, code, product=product)
        found = timed(own)
        about = names.get(code, NONE)
        if product != WHOLE_UNIT:
            about = f"{about} – {snapshot.products.get(product, product)}"
        notes = "; ".join(note for one in own for note in (one.what, one.note) if note)
        told = timed_told(found, words) if found else NONE
        rows.append((code, about, words.moment(own[0].started_at), told, notes or NONE))
    return TriedTable(
        name=words("tried_section.timings"),
        summary=words("tried_section.timings_note"),
        heads=tuple(
            words(f"tried_section.{name}") for name in ("code", "about", "from", "time", "note")
        ),
        rows=tuple(rows),
    )


def _trial_record(snapshot: Snapshot, one: Trial) -> Json:
    told: dict[str, Json] = {
        "id": one.id,
        "channel": one.channel.value,
        "own": one.not_own is None,
    }
    return told | filled(
        {
            "not_own": one.not_own.value if one.not_own else None,
            "address": one.address,
            "indicator": one.indicator,
            "product": snapshot.products.get(one.product),
            "way": one.way.value if one.way else None,
            "began_at": instant_or_none(one.began_at),
            "result": one.result.value if one.result else None,
            "answered_after_s": one.answered_after_s,
            "proof": list(one.proof) or None,
            "note": one.note,
        }
    )


def _timing_record(snapshot: Snapshot, one: Timing) -> Json:
    told: dict[str, Json] = {
        "id": one.id,
        "indicator": one.indicator,
        "started_at": instant_text(one.started_at),
        "seconds": one.seconds,
    }
    return told | filled(
        {"product": snapshot.products.get(one.product), "what": one.what, "note": one.note}
    )
