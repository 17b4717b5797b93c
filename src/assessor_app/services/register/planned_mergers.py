"""Which units and institutions a table merges into others."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace

from assessor_app.domain.folding import folded
from assessor_app.domain.register import Entry, Institution, Unit, folded_institution, standing
from assessor_app.services.register.columns import Told
from assessor_app.services.register.planned import Become, Work, line_of


def merge_units(work: Work, told: Sequence[Told]) -> None:
    """What the rows about units merge: into a unit of the same institution, or the only one."""
    units = dict(work.now.register.units) | work.units

    def own(one: Told) -> Unit | None:
        return units.get(work.unit_at.get(one.row.number, ""))

    def meant(unit: Unit, wanted: str) -> str | None:
        found = _called(units.values(), folded(wanted), folded)
        near = [one for one in found if one.institution == unit.institution]
        return near[0].id if near else found[0].id if len(found) == 1 else None

    rows = [one for one in told if one.unit is not None and one.merged_into is not None]
    for row, unit in _merge(work, rows, units, own=own, meant=meant):
        work.units[unit.id] = unit
        _tell_merged(work, row, unit, work.now.register.units.get(unit.id))


def merge_institutions(work: Work, told: Sequence[Told]) -> None:
    """What the rows about institutions merge; their units go with them."""
    institutions = dict(work.now.register.institutions) | work.institutions

    def own(one: Told) -> Institution | None:
        return institutions.get(work.by_key[folded_institution(one.institution)] or "")

    def meant(_: Institution, wanted: str) -> str | None:
        found = _called(institutions.values(), folded_institution(wanted), folded_institution)
        return found[0].id if len(found) == 1 else None

    rows = [one for one in told if one.unit is None and one.merged_into is not None]
    for row, institution in _merge(work, rows, institutions, own=own, meant=meant):
        work.institutions[institution.id] = institution
        kept = work.now.register.institutions.get(institution.id)
        _tell_merged(work, row, institution, kept)


def _merge(
    work: Work,
    rows: Sequence[Told],
    entries: dict[str, Entry],
    *,
    own: Callable[[Told], Entry | None],
    meant: Callable[[Entry, str], str | None],
) -> list[tuple[Told, Entry]]:
    """The rows with what they merge; `entries` is changed. What misses its goal is a fault."""
    by_code = {folded(one.code): one.id for one in entries.values() if one.code}
    for row in rows:
        entry, wanted = own(row), row.merged_into or ""
        if entry is None:  # it is left out
            continue
        into = by_code.get(folded(wanted)) or meant(entry, wanted)
        if into is None:
            fault = work.table.fault(row.row, "merged_into", "cell_merge_unknown", value=wanted)
            work.faults.append(fault)
            continue
        until = row.valid_until or entry.until
        entries[entry.id] = replace(entry, merged_into=into, until=until)
    merged: list[tuple[Told, Entry]] = []
    for row in rows:
        entry = own(row)
        if entry is None or entry.merged_into is None:
            continue
        if standing(entry, entries).merged_into is not None:
            places = {"value": entry.name, "into": row.merged_into}
            work.faults.append(
                work.table.fault(row.row, "merged_into", "cell_merge_circle", **places)
            )
        merged.append((row, entry))
    return merged


def _called(entries: Iterable[Entry], wanted: str, fold: Callable[[str], str]) -> list[Entry]:
    """Those that are called so; where none is any more, those that were."""
    known = list(entries)
    now = [one for one in known if fold(one.name) == wanted]
    return now or [one for one in known if wanted in map(fold, one.names.all)]


def _tell_merged(
    work: Work, told: Told, entry: Unit | Institution, kept: Unit | Institution | None
) -> None:
    if kept is not None and kept.merged_into == entry.merged_into:
        return
    unit = isinstance(entry, Unit)
    for place, line in enumerate(work.lines):
        if line.row == told.row.number and line.is_unit is unit:
            work.lines[place] = replace(line, become=Become.MERGED, before=told.merged_into)
            return
    made = line_of(told, folded_institution(told.institution), become=Become.MERGED, unit=unit)
    work.lines.append(replace(made, before=told.merged_into))
