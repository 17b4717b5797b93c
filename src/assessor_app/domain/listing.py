"""The list of visits as values: what is known of each, which of them are wanted, in which order."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import tzinfo
from enum import StrEnum
from functools import partial

from assessor_app.domain.folding import folded
from assessor_app.domain.owed import Left
from assessor_app.domain.reminders import Reminder
from assessor_app.domain.visit import Outcome, Visit, VisitKind, VisitState
from assessor_app.domain.zone import ZoneColour


class Sync(StrEnum):
    """What of a visit has travelled, the most pressing first."""

    QUARANTINED = "quarantined"  # headquarters has refused some of it, or it cannot be read here
    AWAITED = "awaited"  # evidence of a colleague that is not here yet
    OUTDATED = "outdated"  # exported, and recorded in since
    QUEUED = "queued"  # waits for being sent to headquarters, or is on its way
    SENT = "sent"  # all of it lies on the storage, and headquarters has not signed for it yet
    RECEIPTED = "receipted"  # headquarters has signed for all of it
    EXPORTED = "exported"
    RECEIVED = "received"  # from another device
    LOCAL = "local"  # it never left this device


SENT_KINDS = frozenset({Sync.QUARANTINED, Sync.QUEUED, Sync.SENT, Sync.RECEIPTED})
"""What is said of a visit that goes, or went, to headquarters."""


class Made(StrEnum):
    """How far a visit has come."""

    NOT_BEGUN = "not_begun"
    UNDER_WAY = "under_way"
    COMPLETE = "complete"
    NOT_ENTERED = "not_entered"  # the office was closed, or let nobody in: nothing is missing
    UNKNOWN = "unknown"  # its instrument is not here


class Zone(StrEnum):
    """The zone that is shown of a visit; a word for none of them too, so that it can be chosen."""

    RED = "red"
    YELLOW = "yellow"
    GREEN = "green"
    NONE = "none"


@dataclass(frozen=True, slots=True)
class Counts:
    """What must be counted from a visit's answers, for its line in the list.

    `answered` of `asked` sides are settled; `gaps` count the indicators whose sides differ,
    `conflicts` the places where two devices said different things, `late` what came after it was
    closed. Of an instrument without weights there is no zone; `year` is the instrument's.
    """

    paused: bool = False
    answered: int = 0
    asked: int = 0
    gaps: int = 0
    findings: int = 0
    zone: ZoneColour | None = None
    weighted: bool = True
    instrument_found: bool = True
    year: int | None = None
    conflicts: int = 0
    late: int = 0
    left: Left | None = None


@dataclass(frozen=True, slots=True)
class Listed:
    """A visit as far as the list knows it; `counts` follow one by one."""

    visit: Visit
    sync: tuple[Sync, ...] = (Sync.LOCAL,)
    counts: Counts | None = None
    reminder: Reminder | None = None

    @property
    def made(self) -> Made | None:
        """How far it has come; None before it is counted."""
        counts = self.counts
        if counts is None:
            return None
        if not counts.instrument_found:
            return Made.UNKNOWN
        if self.visit.outcome in UNENTERED and not counts.answered:
            return Made.NOT_ENTERED
        if not counts.answered:
            return Made.NOT_BEGUN
        return Made.COMPLETE if counts.answered >= counts.asked else Made.UNDER_WAY

    @property
    def zone(self) -> Zone | None:
        """Its zone; None before it is counted."""
        if self.counts is None:
            return None
        return Zone(self.counts.zone.value) if self.counts.zone else Zone.NONE


UNENTERED = frozenset({Outcome.ENTRY_REFUSED, Outcome.OFFICE_CLOSED})
"""Nothing could be answered: to count what was not would look like negligence."""


@dataclass(frozen=True, slots=True)
class Sieve:
    """Which visits are wanted: of each kind of filter any of its values, all where it has none."""

    text: str = ""
    states: frozenset[VisitState] = frozenset()
    zones: frozenset[Zone] = frozenset()
    years: frozenset[int] = frozenset()
    made: frozenset[Made] = frozenset()
    sync: frozenset[Sync] = frozenset()
    kinds: frozenset[VisitKind] = frozenset()
    due: bool = False

    @property
    def empty(self) -> bool:
        """Whether it lets every visit through."""
        return replace(self, text=self.text.strip()) == Sieve()

    @property
    def counting(self) -> bool:
        """Whether it asks for what must be counted first."""
        return bool(self.zones or self.made or self.due or self.years)


class Order(StrEnum):
    """How the list is sorted."""

    NEWEST = "newest"
    OLDEST = "oldest"
    UNIT = "unit"
    INSTITUTION = "institution"
    PROGRESS = "progress"
    ZONE = "zone"
    DUE = "due"


COUNTED_ORDERS = frozenset({Order.PROGRESS, Order.ZONE, Order.DUE})
"""Orders that go by what must be counted first."""


@dataclass(frozen=True, slots=True)
class Sifted:
    """The visits that are wanted, in order, and how many cannot be told before they are counted."""

    rows: tuple[Listed, ...]
    undecided: int = 0


_IN_NUMBERS = "/-."
"""What stands within the number of a letter, and is typed with it."""


@dataclass(frozen=True, slots=True)
class Shelf:
    """The visits of a store, each with the words it is found by; made once for many sievings.

    `also` are other names of a visit's office, by visit: it is found by them too.
    """

    visits: tuple[Listed, ...]
    zone: tzinfo
    also: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    _words: dict[str, str] = field(default_factory=dict)

    def sifted(self, sieve: Sieve, order: Order = Order.NEWEST) -> Sifted:
        """Those that a sieve lets through.

        Every word that is searched for must stand somewhere in unit, institution, address, team
        or letter, or in another name of the office. What is not counted yet is not shown where
        that decides, and told as undecided.
        """
        wanted = folded(sieve.text, keep=_IN_NUMBERS).split()
        rows, undecided = [], 0
        for one in self.visits:
            if wanted and not self._has(one.visit, wanted):
                continue
            match _fits(one, sieve, self.zone):
                case True:
                    rows.append(one)
                case None:
                    undecided += 1
        return Sifted(tuple(sorted(rows, key=_KEYS[order])), undecided)

    def years_of(self, one: Listed) -> frozenset[int]:
        """The years that a visit is found under: that of its arrival, and its instrument's."""
        return _years(one, self.zone)

    def known_years(self) -> tuple[int, ...]:
        """Every year of an arrival or of an instrument that is counted, the latest first."""
        years = {year for one in self.visits for year in _years(one, self.zone)}
        return tuple(sorted(years, reverse=True))

    def _has(self, visit: Visit, wanted: Iterable[str]) -> bool:
        words = self._words.get(visit.id)
        if words is None:
            words = self._words[visit.id] = folded(
                "\n".join(
                    (
                        visit.unit,
                        visit.institution,
                        visit.address_visited or "",
                        visit.assignment_letter or "",
                        *visit.team,
                        *self.also.get(visit.id, ()),
                    )
                ),
                keep=_IN_NUMBERS,
            )
        return all(word in words for word in wanted)


def _years(one: Listed, zone: tzinfo) -> frozenset[int]:
    of_instrument = one.counts.year if one.counts is not None else None
    arrived = one.visit.arrival.astimezone(zone).year
    return frozenset({arrived} if of_instrument is None else {arrived, of_instrument})


def _fits(one: Listed, sieve: Sieve, zone: tzinfo) -> bool | None:
    """Whether a visit is wanted; None where that is not counted yet."""
    visit = one.visit
    if sieve.states and visit.state not in sieve.states:
        return False
    if sieve.kinds and visit.kind not in sieve.kinds:
        return False
    if sieve.sync and not sieve.sync.intersection(one.sync):
        return False
    counted: list[bool | None] = []
    if sieve.years:
        in_year = bool(sieve.years & _years(one, zone))
        counted.append(True if in_year else None if one.counts is None else False)
    if sieve.zones:
        counted.append(None if one.zone is None else one.zone in sieve.zones)
    if sieve.made:
        counted.append(None if one.made is None else one.made in sieve.made)
    if sieve.due:
        counted.append(None if one.counts is None else one.reminder is not None)
    return False if False in counted else None if None in counted else True


def _newest(one: Listed) -> tuple[float, str]:
    return -one.visit.arrival.timestamp(), one.visit.id


def _named(first: Callable[[Visit], str], one: Listed) -> tuple[str, str, float]:
    return folded(first(one.visit)), folded(one.visit.unit), _newest(one)[0]


_LAST = 2.0  # behind every share and every zone


def _by_progress(one: Listed) -> tuple[float, float]:
    counts = one.counts
    share = counts.answered / counts.asked if counts and counts.asked else _LAST
    return share, _newest(one)[0]


_ZONES = {Zone.RED: 0, Zone.YELLOW: 1, Zone.GREEN: 2, Zone.NONE: 3, None: 4}

_KEYS: dict[Order, Callable[[Listed], tuple[object, ...]]] = {
    Order.NEWEST: _newest,
    Order.OLDEST: lambda one: (one.visit.arrival.timestamp(), one.visit.id),
    Order.UNIT: partial(_named, lambda visit: visit.unit),
    Order.INSTITUTION: partial(_named, lambda visit: visit.institution),
    Order.PROGRESS: _by_progress,
    Order.ZONE: lambda one: (_ZONES[one.zone], _newest(one)[0]),
    Order.DUE: lambda one: (
        one.reminder is None,
        one.reminder.first.toordinal() if one.reminder else 0,
        _newest(one)[0],
    ),
}
