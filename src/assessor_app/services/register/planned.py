"""What a table makes of the register, as values, and what is gathered while it is worked out."""

from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from enum import StrEnum

from assessor_app.domain.clock import NewId
from assessor_app.domain.register import DatedName, Institution, Names, Unit
from assessor_app.services.register.columns import Told
from assessor_app.services.register.reading import Kept
from assessor_app.services.table_file import RowFault, Table

Tell = Callable[[int, int], None]
"""Hears how many rows of how many are looked at; may raise to stop."""


class Become(StrEnum):
    """What a row would make, in the order in which it is told."""

    DOUBTFUL = "doubtful"
    NEW = "new"
    RENAMED = "renamed"
    MERGED = "merged"
    CHANGED = "changed"
    UNCHANGED = "unchanged"


class Decision(StrEnum):
    """What is to be done with a row whose name is nearly one that is known."""

    SKIP = "skip"
    SAME = "same"
    NEW = "new"


@dataclass(frozen=True, slots=True)
class Line:
    """One row of the table, or an institution that its rows name; `row` counts in the file.

    `before` is the name that it is kept under, `close` are the names that it is nearly.
    """

    row: int
    key: str
    name: str
    institution: str
    is_unit: bool
    become: Become
    before: str | None = None
    close: tuple[str, ...] = ()
    decided: Decision | None = None


@dataclass(frozen=True, slots=True)
class Plan:
    """All that a table would make: its lines, and the entries as they would be kept."""

    lines: tuple[Line, ...]
    entries: tuple[Institution | Unit, ...]

    @property
    def counts(self) -> Mapping[Become, int]:
        counted = Counter(line.become for line in self.lines)
        return {one: counted[one] for one in Become}

    @property
    def open(self) -> tuple[Line, ...]:
        """The doubtful lines that nobody has decided on: they would be left out."""
        return tuple(one for one in self.lines if one.become is Become.DOUBTFUL)


@dataclass(slots=True)
class Work:
    now: Kept
    table: Table
    new_id: NewId
    decisions: Mapping[str, Decision]
    otherwise: Decision
    institutions: dict[str, Institution] = field(default_factory=dict)
    units: dict[str, Unit] = field(default_factory=dict)
    unit_at: dict[int, str] = field(default_factory=dict)  # row to unit
    by_key: dict[str, str | None] = field(default_factory=dict)  # institution to id, None: left out
    lines: list[Line] = field(default_factory=list)
    faults: list[RowFault] = field(default_factory=list)


def names_upon(
    before: Names | None,
    name: str,
    *,
    told: Told | None,
    alias: bool,
    same: Callable[[str], str],
) -> Names:
    """The names with the one that a row gives, as a new one where it was none of them."""
    since = told.valid_from if told else None
    aliases = told.aliases if told else ()
    if before is None:
        return Names(DatedName(name, since), told.former_names if told else (), aliases)
    if told is not None:
        before = _with_former(before, told.former_names, name, same=same)
    known = {same(one) for one in before.all}
    added = tuple(one for one in aliases if same(one) not in known)
    names = replace(before, aliases=(*before.aliases, *added)) if added else before
    if same(name) in known:
        return names
    if alias:
        return replace(names, aliases=(*names.aliases, name))
    return replace(names, current=DatedName(name, since), former=(*names.former, names.current))


def _with_former(
    before: Names, told: tuple[DatedName, ...], name: str, *, same: Callable[[str], str]
) -> Names:
    """The names with the former ones that a row tells and nobody knew, in the order of days."""
    known = {same(one) for one in (*before.all, name)}
    missing = tuple(one for one in told if same(one.name) not in known)
    if not missing:
        return before
    former = sorted((*missing, *before.former), key=lambda one: one.since or date.min)
    return replace(before, former=tuple(former))


def become_of(kept: Institution | Unit | None, entry: Institution | Unit) -> Become:
    if kept is None:
        return Become.NEW
    if kept == entry:
        return Become.UNCHANGED
    return Become.RENAMED if kept.name != entry.name else Become.CHANGED


def line_of(
    told: Told, key: str, *, become: Become, unit: bool, close: tuple[str, ...] = ()
) -> Line:
    return Line(
        row=told.row.number,
        key=key_of("" if unit else None, key),
        name=told.name if unit else told.institution,
        institution=told.institution,
        is_unit=unit,
        become=become,
        close=close,
    )


def key_of(institution: str | None, key: str) -> str:
    """The name of a line for whoever decides on it."""
    return f"institution:{key}" if institution is None else f"unit:{key}"
