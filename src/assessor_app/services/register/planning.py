"""What a table would make of the register, said before anything is written."""

from collections.abc import Mapping, Sequence

from assessor_app.domain.clock import NewId
from assessor_app.domain.folding import folded
from assessor_app.domain.register import Institution, Unit, folded_institution
from assessor_app.services.register.columns import Told
from assessor_app.services.register.planned import Decision, Plan, Tell, Work
from assessor_app.services.register.planned_institutions import (
    plan_institution,
    tell_of_institutions,
)
from assessor_app.services.register.planned_mergers import merge_institutions, merge_units
from assessor_app.services.register.planned_units import plan_unit
from assessor_app.services.register.reading import Kept
from assessor_app.services.table_file import RowFault, Table

_EVERY = 250  # rows between two words of how far it is


def plan(
    table: Table,
    told: Sequence[Told],
    now: Kept,
    *,
    new_id: NewId,
    decisions: Mapping[str, Decision] | None = None,
    otherwise: Decision = Decision.SKIP,
    tell: Tell = lambda _done, _total: None,
) -> tuple[Plan, list[RowFault]]:
    """What the rows make of the register, and what is wrong between them.

    `decisions` is by the key of a line, `otherwise` for every doubtful line that is not in it.
    """
    work = Work(now, table, new_id, decisions or {}, otherwise)
    for one in told:
        if one.unit is None or folded_institution(one.institution) not in work.by_key:
            plan_institution(work, one)
    tell_of_institutions(work, told)
    for place, one in enumerate(told):
        if place % _EVERY == 0:
            tell(place, len(told))
        if one.unit is not None:
            plan_unit(work, one)
    merge_units(work, told)
    merge_institutions(work, told)
    tell(len(told), len(told))
    entries: tuple[Institution | Unit, ...] = (
        *work.institutions.values(),
        *work.units.values(),
    )
    ordered = sorted(work.lines, key=lambda line: (line.row, line.is_unit))
    return Plan(tuple(ordered), entries), work.faults


def twice(table: Table, told: Sequence[Told]) -> list[RowFault]:
    """The rows that tell a unit or an institution for the second time, or give a code to two."""
    faults: list[RowFault] = []
    codes: dict[str, Told] = {}
    names: dict[tuple[str, str], Told] = {}
    for one in told:
        name = (folded_institution(one.institution), folded(one.unit or ""))
        first = names.setdefault(name, one)
        if first is not one:
            column = "unit" if one.unit else "institution"
            places: dict[str, object] = {"value": one.name, "first": first.row.number}
            faults.append(table.fault(one.row, column, "cell_office_twice", **places))
            continue
        first = codes.setdefault(folded(one.code), one) if one.code else one
        if first is not one:
            places = {"value": one.code, "first": first.row.number}
            faults.append(table.fault(one.row, "code", "cell_code_twice", **places))
    return faults
