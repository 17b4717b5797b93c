"""Channels tried and times measured, in words: for the history, the pages and the document."""

from collections.abc import Mapping

from assessor_app.domain.event import Change, Event, Json
from assessor_app.domain.timings import Timed
from assessor_app.domain.trials import REPLIED, Tally, Trial
from assessor_app.domain.visit import Snapshot
from assessor_app.services.report.words import NONE, Words

_MINUTE, _HOUR, _DAY = 60, 3600, 86_400


def lasting(seconds: int, words: Words) -> str:
    """A time as it is read: "48 detik", "12 menit 5 detik", "1 jam 3 menit", "2 hari 4 jam"."""
    if seconds < _MINUTE:
        return words("lasting.seconds", seconds=seconds)
    if seconds < _HOUR:
        return words("lasting.minutes", minutes=seconds // _MINUTE, seconds=seconds % _MINUTE)
    if seconds < _DAY:
        minutes = seconds % _HOUR // _MINUTE
        return words("lasting.hours", hours=seconds // _HOUR, minutes=minutes)
    return words("lasting.days", days=seconds // _DAY, hours=seconds % _DAY // _HOUR)


def watch(seconds: int) -> str:
    """The face of a watch: "04:05", "1:02:09"; the same in every language."""
    hours, rest = divmod(seconds, _HOUR)
    minutes, left = divmod(rest, _MINUTE)
    return f"{hours}:{minutes:02}:{left:02}" if hours else f"{minutes:02}:{left:02}"


def channel_name(trial: Trial, words: Words) -> str:
    """What is announced: the kind of channel and its number or address."""
    kind = words(f"trial_channel.{trial.channel.value}")
    if not trial.address:
        return kind
    return words("trial_told.channel", kind=kind, address=trial.address)


def result_told(trial: Trial, words: Words) -> str:
    """What became of it, with the time until it was answered."""
    if trial.result is None:
        return words("trial_told.untried")
    told = words(f"trial_result.{trial.result.value}")
    if trial.answered_after_s is None or trial.result not in REPLIED:
        return told  # two devices may have told the one and the other
    return words("trial_told.after", result=told, time=lasting(trial.answered_after_s, words))


def not_own_told(trial: Trial, words: Words) -> str:
    """Why it does not count as the unit's own; empty where it does."""
    why = trial.not_own
    return words(f"trial_not_own.{why.value}") if why is not None else ""


def tally_told(found: Tally, words: Words) -> str:
    """ "4 kanal diumumkan, 3 dicoba, 1 menjawab", and how many do not count."""
    told = words(
        "trial_told.tally",
        announced=found.announced,
        tried=found.tried,
        answered=found.answered,
    )
    if not found.others:
        return told
    return words("trial_told.tally_others", told=told, others=found.others)


def timed_told(found: Timed, words: Words) -> str:
    """ "3 pelanggan: median 12 menit, terlama 20 menit"."""
    if found.count == 1:
        return words("timing_told.one", time=lasting(found.median, words))
    return words(
        "timing_told.several",
        count=found.count,
        median=lasting(found.median, words),
        longest=lasting(found.longest, words),
    )


def told_trial(event: Event, words: Words, snapshot: Snapshot | None) -> str:
    """What an action did to a trial."""
    changes = _by_field(event)
    channel = changes.get("channel")
    if channel is not None and channel.after is None:
        return words("history.trial_removed", channel=_kind(channel.before, words))
    id_ = event.changes[0].entity.partition("/")[2]
    known = next((one for one in snapshot.trials if one.id == id_), None) if snapshot else None
    kind = channel.after if channel is not None else known.channel.value if known else None
    address = changes.get("address")
    where = address.after if address is not None else known.address if known else None
    name = _kind(kind, words)
    if where:
        name = words("trial_told.channel", kind=name, address=where)
    result = changes.get("result")
    if result is not None and result.after is not None:
        told = words(f"trial_result.{result.after}")
        return words("history.trial_result", channel=name, result=told)
    new = channel is not None and channel.before is None
    return words("history.trial_named" if new else "history.trial_changed", channel=name)


def told_timing(event: Event, words: Words, snapshot: Snapshot | None) -> str:
    """What an action did to a measured time."""
    changes = _by_field(event)
    seconds, place = changes.get("seconds"), changes.get("indicator")
    id_ = event.changes[0].entity.partition("/")[2]
    known = next((one for one in snapshot.timings if one.id == id_), None) if snapshot else None
    where = str(place.after) if place is not None else known.indicator if known else NONE
    if seconds is None:
        return words("history.timing_changed", indicator=where)
    if seconds.after is None:
        gone = lasting(int(str(seconds.before or 0)), words)
        return words("history.timing_removed", time=gone)
    time = lasting(int(str(seconds.after)), words)
    return words("history.timing", indicator=where, time=time)


def _by_field(event: Event) -> Mapping[str, Change]:
    entity = event.changes[0].entity
    return {one.field: one for one in event.changes if one.entity == entity}


def _kind(given: Json, words: Words) -> str:
    return words(f"trial_channel.{given}") if given else NONE
