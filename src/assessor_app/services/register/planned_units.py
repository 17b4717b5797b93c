"""What the rows of a table make of units."""

from dataclasses import replace

from assessor_app.domain.clock import NewId
from assessor_app.domain.folding import folded
from assessor_app.domain.register import Unit, folded_institution
from assessor_app.services.register.columns import Told
from assessor_app.services.register.planned import (
    Become,
    Decision,
    Work,
    become_of,
    key_of,
    line_of,
    names_upon,
)


def plan_unit(work: Work, told: Told) -> None:
    institution = work.by_key[folded_institution(told.institution)]
    key = f"{folded_institution(told.institution)}/{folded(told.name)}"
    if institution is None:  # its institution is left out, and it with it
        work.lines.append(line_of(told, key, become=Become.DOUBTFUL, unit=True))
        return
    kept = _known_unit(work, told)
    decided: Decision | None = None
    close: tuple[str, ...] = ()
    if kept is None:
        near = work.now.index.close_units(told.name, institution=told.institution)
        close = tuple(one.name for one in near)
        if near:
            decided = work.decisions.get(key_of(institution, key), work.otherwise)
            kept = near[0] if decided is Decision.SAME else None
    if decided is Decision.SKIP:
        work.lines.append(line_of(told, key, become=Become.DOUBTFUL, close=close, unit=True))
        return
    entry = _unit_upon(kept, told, institution, new_id=work.new_id, alias=decided is Decision.SAME)
    if entry.id in work.units:
        _tell_twice(work, told, entry)
        return
    work.units[entry.id] = entry
    work.unit_at[told.row.number] = entry.id
    become = become_of(kept, entry)
    before = kept.name if kept and become is Become.RENAMED else None
    made = line_of(told, key, become=become, close=close, unit=True)
    work.lines.append(replace(made, before=before, decided=decided))


def _known_unit(work: Work, told: Told) -> Unit | None:
    """The unit that is kept under the row's code, its name, or the name that it had."""
    index = work.now.index
    if told.code and (found := index.unit_by_code(told.code)):
        return found
    former = [one.name for one in told.former_names[::-1]]
    for name in (told.unit or "", *former):
        for one in index.units_named(name, institution=_kept_name(work, told)):
            if told.code is None or one.code is None:  # another code is another office
                return one
    return None


def _kept_name(work: Work, told: Told) -> str:
    """The institution as it is kept: the file may call it by a new name."""
    id_ = work.by_key[folded_institution(told.institution)] or ""
    kept = work.now.register.institutions.get(id_)
    return kept.name if kept else told.institution


def _unit_upon(
    before: Unit | None, told: Told, institution: str, *, new_id: NewId, alias: bool
) -> Unit:
    """The unit with what the row says of it; what it does not say stays."""
    names = names_upon(
        before.names if before else None, told.name, told=told, alias=alias, same=folded
    )
    before = before or Unit(new_id(), names, institution)
    ends = told.valid_until is not None
    return replace(
        before,
        names=names,
        institution=institution,
        object_type=told.object_type or before.object_type,
        address=told.address or before.address,
        code=told.code or before.code,
        until=told.valid_until or before.until,
        retired=before.retired or (ends and told.merged_into is None),
    )


def _tell_twice(work: Work, told: Told, entry: Unit) -> None:
    first = next(row for row, id_ in work.unit_at.items() if id_ == entry.id)
    places = {"value": told.code or told.name, "first": first}
    code = "cell_code_twice" if told.code else "cell_office_twice"
    column = "code" if told.code else "unit"
    work.faults.append(work.table.fault(told.row, column, code, **places))
