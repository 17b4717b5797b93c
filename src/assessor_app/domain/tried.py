"""Trials and timings as the record holds them: from fields to values and back."""

from collections.abc import Iterable, Mapping
from typing import Any

from assessor_app.domain.instants import instant_from_text
from assessor_app.domain.observation import WHOLE_UNIT
from assessor_app.domain.timings import Timing
from assessor_app.domain.trials import Channel, Result, Trial, Way

# A JSON border: what the record holds was checked when it was written.
Fields = Mapping[str, Any]

TRIAL_FIELDS = (
    "indicator",
    "product",
    "channel",
    "address",
    "way",
    "began_at",
    "result",
    "answered_after_s",
    "proof",
    "note",
)
TIMING_FIELDS = ("indicator", "product", "what", "started_at", "seconds", "note")


def read_trials(found: Iterable[tuple[str, Fields]]) -> tuple[Trial, ...]:
    """The trials in the order of their ids; one whose channel was taken back is none."""
    kept = ((id_, fields) for id_, fields in found if fields.get("channel"))
    return tuple(_trial(id_, fields) for id_, fields in sorted(kept))


def read_timings(found: Iterable[tuple[str, Fields]]) -> tuple[Timing, ...]:
    """The timings in the order of their ids; one whose seconds were taken back is none.

    Nor is one of which nobody knows where or when it was: two devices may each take back a part.
    """
    needed = ("seconds", "indicator", "started_at")
    kept = ((id_, one) for id_, one in found if all(one.get(name) is not None for name in needed))
    return tuple(_timing(id_, fields) for id_, fields in sorted(kept))


def _trial(id_: str, fields: Fields) -> Trial:
    began = fields.get("began_at")
    return Trial(
        id=id_,
        channel=Channel(fields["channel"]),
        address=fields.get("address"),
        indicator=fields.get("indicator"),
        product=fields.get("product") or WHOLE_UNIT,
        way=Way(fields["way"]) if fields.get("way") else None,
        began_at=instant_from_text(began) if began else None,
        result=Result(fields["result"]) if fields.get("result") else None,
        answered_after_s=fields.get("answered_after_s"),
        proof=tuple(fields.get("proof") or ()),
        note=fields.get("note"),
    )


def _timing(id_: str, fields: Fields) -> Timing:
    return Timing(
        id=id_,
        indicator=fields["indicator"],
        seconds=fields["seconds"],
        started_at=instant_from_text(fields["started_at"]),
        product=fields.get("product") or WHOLE_UNIT,
        what=fields.get("what"),
        note=fields.get("note"),
    )
