"""The register from a CSV or XLSX file: seen before it is taken over, then whole or not at all."""

from collections.abc import Mapping
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from pathlib import Path

from assessor_app.domain.folding import folded
from assessor_app.instruments.library import Library
from assessor_app.services.register.columns import COLUMNS, REQUIRED, Told, told_of
from assessor_app.services.register.keeping import record_values, values_of
from assessor_app.services.register.planned import Decision, Plan, Tell
from assessor_app.services.register.planning import plan, twice
from assessor_app.services.register.reading import Kept, kept
from assessor_app.services.table_file import RowFault, Table, read_table, refuse_faults
from assessor_app.storage.store import Store

_EVERY = 500  # rows between two words of how far it is


@dataclass(frozen=True, slots=True)
class Previewed:
    """A table that has no fault in itself, and what it would make of the register."""

    file: str
    table: Table
    told: tuple[Told, ...]
    now: Kept
    plan: Plan

    @property
    def ignored(self) -> tuple[str, ...]:
        """The columns that mean nothing to us."""
        return self.table.ignored


def _quiet(_done: int, _total: int) -> None:
    """Nobody asks how far it is."""


def preview(
    store: Store,
    library: Library,
    path: Path,
    *,
    decisions: Mapping[str, Decision] | None = None,
    otherwise: Decision = Decision.SKIP,
    tell: Tell = _quiet,
) -> Previewed:
    """What a file would make of the register; nothing is written.

    Raises ResultsRefused where the file is no table, and `table_faults` with every fault of every
    row at once.
    """
    table = read_table(path, COLUMNS, required=REQUIRED)
    told, wrong = _told(table, library, tell=tell)
    now = kept(store)
    made, between = plan(
        table,
        told,
        now,
        new_id=store.new_id,
        decisions=decisions,
        otherwise=otherwise,
        tell=tell,
    )
    rows = {one.row for one in wrong}  # what is wrong with a row is told once
    between = [
        one for one in between if one.row not in rows and not _meant_faulty(table, rows, one)
    ]
    refuse_faults([*wrong, *between], path.name)
    return Previewed(path.name, table, told, now, made)


def decided(
    store: Store,
    before: Previewed,
    *,
    decisions: Mapping[str, Decision],
    otherwise: Decision = Decision.SKIP,
    tell: Tell = _quiet,
) -> Previewed:
    """The same table with other decisions on its doubtful rows."""
    now = kept(store)
    made, faults = plan(
        before.table,
        before.told,
        now,
        new_id=store.new_id,
        decisions=decisions,
        otherwise=otherwise,
        tell=tell,
    )
    refuse_faults(faults, before.file)
    return Previewed(before.file, before.table, before.told, now, made)


def take_over(store: Store, previewed: Previewed) -> bool:
    """Write what was previewed, as one event; False where nothing differs from what is kept.

    Raises RegisterRefused `register_moved_on` where something was recorded since it was looked
    at: what was seen is what is written.
    """
    values = values_of(previewed.now, previewed.plan.entries)
    return record_values(store, previewed.now, values, reason=previewed.file)


def import_table(
    store: Store,
    library: Library,
    path: Path,
    *,
    otherwise: Decision = Decision.SKIP,
    tell: Tell = _quiet,
) -> Previewed:
    """Look at a file and take it over at once: what is doubtful goes as `otherwise` says."""
    seen = preview(store, library, path, otherwise=otherwise, tell=tell)
    take_over(store, seen)
    return seen


def _told(table: Table, library: Library, *, tell: Tell) -> tuple[tuple[Told, ...], list[RowFault]]:
    """What the rows say that can be read, and what is wrong with the others and between them."""
    objects = object_codes_of(library)
    faults = list(table.faults)
    told: list[Told] = []
    for place, row in enumerate(table.rows):
        if place % _EVERY == 0:
            tell(place, len(table.rows))
        one, wrong = told_of(table, row, objects)
        faults += wrong
        if one is not None:
            told.append(one)
    return tuple(told), [*faults, *twice(table, told)]


def _meant_faulty(table: Table, rows: AbstractSet[int], one: RowFault) -> bool:
    """Whether a merger only misses its target because that row has a fault of its own."""
    if one.code != "cell_merge_unknown":
        return False
    wanted = folded(str(one.places["value"]))
    names = (
        folded(row.cells.get(name, ""))
        for row in table.rows
        if row.number in rows
        for name in ("unit", "code", "institution", "institution_code")
    )
    return wanted in names


def object_codes_of(library: Library) -> tuple[str, ...]:
    """The kinds of office that any instrument at hand knows, by code."""
    codes = (kind.code for one in library.all() for kind in one.object_types)
    return tuple(dict.fromkeys(codes))
