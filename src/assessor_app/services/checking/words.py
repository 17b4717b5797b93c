"""A check of the store told in words: what is wrong, since when, and what to do next."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from assessor_app.domain.anchors import Anchor, AnchorKind
from assessor_app.domain.chain import Link
from assessor_app.domain.event import STORE, Event
from assessor_app.domain.instrument import Instrument
from assessor_app.domain.problem import InstrumentFault, Problem, StoreProblem
from assessor_app.instruments.library import Library
from assessor_app.services.checking.check import Checked
from assessor_app.services.checking.noticed import Explained, Noticed, Remedy, Weight
from assessor_app.services.history import told as told_in_one_sentence
from assessor_app.services.report.words import Words
from assessor_app.services.told_fields import SHORT_DEVICE
from assessor_app.services.trust import names_of_people
from assessor_app.storage.store import Store
from assessor_app.texts import Language, say

SHOWN_OF_A_KIND = 5
"""How many notices of one kind in one visit are told in full; the others are counted."""

_INDENT = "  "


@dataclass(frozen=True, slots=True)
class Told:
    """One notice in words; `since` says up to when all was well, and what vouches for it."""

    noticed: Noticed
    sentence: str
    since: tuple[str, ...]
    next_step: str


class Telling:
    """Finds the words for what a check noticed, in a store that may be damaged itself."""

    def __init__(self, store: Store, library: Library, words: Words) -> None:
        self._store = store
        self._library = library
        self._words = words
        self._people: Mapping[str, str] = _people(store)
        self._frames: Mapping[str, Mapping[str, str]] = _frames(store)

    def verdict(self, checked: Checked) -> str:
        worst = checked.worst.value if checked.worst else "sound"
        return self._say(f"verdict.{worst}")

    def told(self, noticed: Noticed) -> Told:
        return Told(
            noticed,
            sentence=self._say(f"notice.{noticed.code}", **self._places(noticed.places)),
            since=tuple(self._since(noticed)),
            next_step=""
            if noticed.remedy is Remedy.NOTHING
            else self._say(f"next.{noticed.remedy.value}"),
        )

    def lines(self, checked: Checked, *, quick: bool) -> Iterator[str]:
        """The whole answer, as a terminal shows it."""
        yield self.verdict(checked)
        looked = "looked_quick" if quick else "looked"
        counts = {
            "visits": checked.visits,
            "events": checked.events,
            "files": checked.files,
            "documents": checked.documents,
        }
        yield self._say(looked, **counts)
        by_weight = {
            weight: [one for one in checked.noticed if one.weight is weight] for weight in Weight
        }
        yield from self._section(by_weight[Weight.BROKEN], None)
        yield from self._section(by_weight[Weight.UNDETERMINED], "undetermined")
        yield from self._next(checked.noticed)
        yield from self._section(by_weight[Weight.REMARK], "remarks")

    def _section(self, noticed: list[Noticed], heading: str | None) -> Iterator[str]:
        if noticed and heading:
            yield ""
            yield self._say(heading)
        for visit in sorted({_place_of(one) for one in noticed}):
            yield ""
            yield self._about(visit)
            found = [one for one in noticed if _place_of(one) == visit]
            for code in dict.fromkeys(one.code for one in found):
                alike = [one for one in found if one.code == code]
                for one in alike[:SHOWN_OF_A_KIND]:
                    told = self.told(one)
                    yield f"{_INDENT}- {told.sentence}"
                    yield from (f"{_INDENT * 2}{line}" for line in told.since)
                if len(alike) > SHOWN_OF_A_KIND:
                    yield f"{_INDENT}{self._say('more', count=len(alike) - SHOWN_OF_A_KIND)}"

    def _next(self, noticed: Iterable[Noticed]) -> Iterator[str]:
        steps = {one.remedy for one in noticed} - {Remedy.NOTHING}
        if Remedy.RECORD in steps:  # nothing may be made anew from events that were changed
            steps -= {Remedy.SHOWN}
        if steps:
            yield ""
            yield self._say("next_steps")
            for step in (one for one in Remedy if one in steps):
                yield f"{_INDENT}- {self._say(f'next.{step.value}')}"

    def _about(self, visit: str) -> str:
        if not visit:
            return self._say("store")
        frame = self._frames.get(visit)
        if frame is None:
            return self._say("visit_bare", visit=visit)
        return self._say("visit", visit=visit, **frame)

    def _since(self, noticed: Noticed) -> Iterator[str]:
        if noticed.about is not None:
            yield self._say("since.about", **self._event(noticed.about))
        broken = noticed.weight is Weight.BROKEN and "seq" in noticed.places
        if noticed.good is not None:
            yield self._say("since.good", **self._event(noticed.good))
        elif broken:
            yield self._say("since.good_none")
        if noticed.bad is not None:
            yield self._say("since.bad", **self._event(noticed.bad))
        elif noticed.code == "event_unreadable":
            yield self._say("since.bad_unread", seq=noticed.places["seq"])
        if noticed.anchors:
            anchors = "; ".join(self._anchor(one) for one in _worth_telling(noticed.anchors))
            yield self._say("since.anchored", anchors=anchors)
        elif broken:
            yield self._say("since.unanchored")

    def _event(self, link: Link) -> dict[str, object]:
        event = link.event
        return {
            "seq": event.seq,
            "moment": self._words.moment(event.wall),
            "author": self._people.get(event.actor, self._say("somebody")),
            "did": self._did(event),
        }

    def _did(self, event: Event) -> str:
        """What an event did; in general where it is about what nobody could have recorded."""
        instrument = self._instrument(event.visit)
        if instrument is not None:
            try:
                return told_in_one_sentence(event, instrument, self._words)
            # An event that somebody has written by hand can hold anything at all.
            except (Problem, LookupError, ValueError, TypeError, AttributeError, StopIteration):
                pass
        try:
            return self._words(f"timeline.did.{event.kind.value}")
        except KeyError:  # of the store's own stream
            return self._say(f"did.{event.kind.value}")

    def _instrument(self, visit: str) -> Instrument | None:
        digest, pin = (self._frames.get(visit, {}).get(name, "") for name in ("digest", "pin"))
        try:
            return self._library.copy_of(digest) or self._library.get(pin)
        except InstrumentFault:
            return None

    def _places(self, places: Mapping[str, object]) -> dict[str, object]:
        return {name: self._place(name, value) for name, value in places.items()}

    def _place(self, name: str, value: object) -> object:
        told: object = value
        match value:
            case str() if name == "device":
                told = self._device(value)
            case Anchor():
                told = self._anchor(value)
            case datetime():
                told = self._words.moment(value)
            case timedelta():
                told = self._span(value)
            case StoreProblem():
                told = say(self._words.language, f"problems.{value.code}", **value.places)
            case Explained():
                told = value.say(self._words.language, self._words.zone)
            case None:
                told = self._say("no_time")
        return told

    def _anchor(self, anchor: Anchor) -> str:
        return self._say(
            f"anchor.{anchor.kind.value}",
            **(
                {"device": self._device(anchor.name)}
                if anchor.kind is AnchorKind.CHECKPOINT
                else {"name": anchor.name}
            ),
            moment=self._words.moment(anchor.at) if anchor.at else self._say("no_time"),
        )

    def _device(self, device: str) -> str:
        if device == self._store.device.id:
            return self._say("own_device")
        return self._say("other_device", device=device[-SHORT_DEVICE:])

    def _span(self, span: timedelta) -> str:
        minutes, seconds = divmod(round(span.total_seconds()), 60)
        hours, minutes = divmod(minutes, 60)
        days, hours = divmod(hours, 24)
        if days:
            return self._say("span.days", days=days, hours=hours)
        if hours:
            return self._say("span.hours", hours=hours, minutes=minutes)
        if minutes:
            return self._say("span.minutes", minutes=minutes)
        return self._say("span.seconds", seconds=seconds)

    def _say(self, key: str, **places: object) -> str:
        return say(self._words.language, f"checking.{key}", **places)


def told_unopened(noticed: Noticed, language: Language) -> tuple[str, ...]:
    """Why a store does not open, in words: the verdict, the reason, and what to do next."""
    problem = noticed.places["problem"]
    why = str(problem)
    if isinstance(problem, StoreProblem):
        why = say(language, f"problems.{problem.code}", **problem.places)
    return (
        say(language, "checking.verdict.broken"),
        say(language, f"checking.unopened.{noticed.code}", problem=why),
        say(language, f"checking.next.{noticed.remedy.value}"),
    )


def _place_of(noticed: Noticed) -> str:
    """The visit under whose name it is told; empty for the store as a whole."""
    return "" if noticed.visit in {None, STORE} else str(noticed.visit)


def _worth_telling(anchors: Iterable[Anchor]) -> Iterator[Anchor]:
    """Every document, and of the other kinds the one that vouches for most."""
    told: set[AnchorKind] = set()
    for one in anchors:
        paper = one.kind in {AnchorKind.DOCUMENT, AnchorKind.PAPER}
        if paper or one.kind not in told:
            told.add(one.kind)
            yield one


_UNTOLD = (StoreProblem, LookupError, ValueError, TypeError)
"""What looking up a name raises where the tables are damaged: the check itself tells of that."""


def _people(store: Store) -> Mapping[str, str]:
    try:
        return names_of_people(store)
    except _UNTOLD:
        return {}


def _frames(store: Store) -> dict[str, dict[str, str]]:
    """Of each visit the words that it is known by, and its instrument."""
    fields = {
        "institution": "institution",
        "unit": "unit",
        "instrument_digest": "digest",
        "instrument_version": "pin",
    }
    try:
        frames = store.log.frames()
    except _UNTOLD:
        return {}
    return {
        visit: {
            name: str(heads["visit", field][-1].value) if ("visit", field) in heads else ""
            for field, name in fields.items()
        }
        for visit, heads in frames.items()
    }
