"""The register: which institutions and units there are, under which names, since when."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache
from typing import TypeVar

from assessor_app.domain.folding import folded
from assessor_app.domain.institutions import institution_key
from assessor_app.domain.results import InstitutionLevel


@dataclass(frozen=True, slots=True)
class DatedName:
    """A name and the day from which it holds; None where that is not known."""

    name: str
    since: date | None = None


@dataclass(frozen=True, slots=True)
class Names:
    """What an office is and was called: `former` the oldest first, `aliases` in no order."""

    current: DatedName
    former: tuple[DatedName, ...] = ()
    aliases: tuple[str, ...] = ()

    def on(self, day: date) -> str:
        """The name that held on a day; before the first dated change it is the oldest one."""
        for one in (self.current, *reversed(self.former)):
            if one.since is None or one.since <= day:
                return one.name
        return (*self.former, self.current)[0].name

    @property
    def before(self) -> str | None:
        """The name before the present one."""
        return self.former[-1].name if self.former else None

    @property
    def all(self) -> tuple[str, ...]:
        """Every name it is found by, the present one first."""
        former = (one.name for one in reversed(self.former))
        return tuple(dict.fromkeys((self.current.name, *former, *self.aliases)))


@dataclass(frozen=True, slots=True)
class _Entry:
    """What both have; `merged_into` is the id of the one that took its place.

    `until` is the day from which it is no more, by a merger or retired.
    """

    id: str
    names: Names
    code: str | None = field(default=None, kw_only=True)
    merged_into: str | None = field(default=None, kw_only=True)
    until: date | None = field(default=None, kw_only=True)
    retired: bool = field(default=False, kw_only=True)

    @property
    def name(self) -> str:
        return self.names.current.name

    @property
    def stands(self) -> bool:
        """Whether it is still there to be visited."""
        return self.merged_into is None and not self.retired


@dataclass(frozen=True, slots=True)
class Institution(_Entry):
    """An institution."""

    level: InstitutionLevel | None = None
    province: str | None = None


@dataclass(frozen=True, slots=True)
class Unit(_Entry):
    """An office that is visited; `institution` is the id of the one it belongs to.

    `object_type` is the code of the kind of office, which instruments know it by.
    """

    institution: str
    object_type: str | None = None
    address: str | None = None


Entry = TypeVar("Entry", Institution, Unit)


@dataclass(frozen=True, slots=True)
class Register:
    """All institutions and units, by id, also those that are no more."""

    institutions: Mapping[str, Institution]
    units: Mapping[str, Unit]

    def institution_of(self, unit: Unit) -> Institution | None:
        """The institution that a unit belongs to now, after mergers."""
        own = self.institutions.get(unit.institution)
        return standing(own, self.institutions) if own is not None else None

    def units_of(self, institution: str) -> tuple[Unit, ...]:
        """The units of an institution (id) and of all that were merged into it, by name."""
        family = merged_with(institution, self.institutions)
        found = (one for one in self.units.values() if one.institution in family)
        return tuple(sorted(found, key=lambda one: (folded(one.name), one.id)))


def standing(entry: Entry, entries: Mapping[str, Entry]) -> Entry:
    """What stands in the place of an entry after all mergers; a circle ends where it began."""
    seen = {entry.id}
    while entry.merged_into is not None and entry.merged_into not in seen:
        following = entries.get(entry.merged_into)
        if following is None:
            return entry
        entry = following
        seen.add(entry.id)
    return entry


def merged_with(id_: str, entries: Mapping[str, Entry]) -> frozenset[str]:
    """The ids of an entry and of all that were merged into it, directly or by others."""
    into: dict[str, list[str]] = {}
    for one in entries.values():
        if one.merged_into is not None:
            into.setdefault(one.merged_into, []).append(one.id)
    found, waiting = {id_}, [id_]
    while waiting:
        for before in into.get(waiting.pop(), ()):
            if before not in found:
                found.add(before)
                waiting.append(before)
    return frozenset(found)


def would_circle(id_: str, into: str, entries: Mapping[str, Entry]) -> bool:
    """Whether an entry that is merged into another one would end up in itself."""
    return into in merged_with(id_, entries)


@lru_cache(maxsize=65_536)
def folded_institution(text: str) -> str:
    """What an institution is compared by: "Kab. Solok" is Kabupaten Solok."""
    return folded(institution_key(text))


def names_of(entry: Institution | Unit, entries: Iterable[Institution | Unit]) -> tuple[str, ...]:
    """Every name of an entry and of those merged into it, each once, the present one first."""
    return tuple(dict.fromkeys(name for one in (entry, *entries) for name in one.names.all))
