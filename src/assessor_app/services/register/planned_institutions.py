"""What the rows of a table make of institutions."""

from collections.abc import Sequence
from dataclasses import replace

from assessor_app.domain.clock import NewId
from assessor_app.domain.folding import folded
from assessor_app.domain.register import Institution, folded_institution
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


def plan_institution(work: Work, told: Told) -> None:
    key, index = folded_institution(told.institution), work.now.index
    found = index.institution_by_code(told.institution_code) if told.institution_code else None
    named = found or next(iter(index.institutions_named(told.institution)), None)
    if named is None and told.unit is None:
        before_names = (index.institutions_named(one.name) for one in told.former_names[::-1])
        named = next((one for found in before_names for one in found), None)
    decided: Decision | None = None
    close: tuple[str, ...] = ()
    if named is None and key not in work.by_key:
        near = index.close_institutions(told.institution)
        close = tuple(one.name for one in near)
        if near:
            decided = work.decisions.get(key_of(None, key), work.otherwise)
            named = near[0] if decided is Decision.SAME else None
    before = work.institutions.get(work.by_key.get(key) or "") or named
    if decided is Decision.SKIP:
        work.by_key[key] = None
        work.lines.append(line_of(told, key, become=Become.DOUBTFUL, close=close, unit=False))
        return
    entry = _institution_upon(before, told, new_id=work.new_id, alias=decided is Decision.SAME)
    work.institutions[entry.id] = entry
    work.by_key[key] = entry.id
    if decided is not None:
        become = Become.NEW if decided is Decision.NEW else Become.CHANGED
        made = line_of(told, key, become=become, close=close, unit=False)
        work.lines.append(replace(made, decided=decided))


def _institution_upon(
    before: Institution | None, told: Told, *, new_id: NewId, alias: bool
) -> Institution:
    """The institution with what the row says of it; what it does not say stays."""
    names = names_upon(
        before.names if before else None,
        told.institution,
        told=told if told.unit is None else None,
        alias=alias,
        same=folded_institution,
    )
    before = before or Institution(new_id(), names)
    ends = told.valid_until if told.unit is None else None
    return replace(
        before,
        names=names,
        level=told.level or before.level,
        province=told.province or before.province,
        code=told.institution_code or before.code,
        until=ends or before.until,
        retired=before.retired or (ends is not None and told.merged_into is None),
    )


def tell_of_institutions(work: Work, told: Sequence[Told]) -> None:
    """A line for each institution that becomes another one, or that a row is about."""
    seen: set[str] = set()
    skipped = {line.key for line in work.lines}
    codes: dict[str, Told] = {}
    for one in told:
        key = folded_institution(one.institution)
        id_ = work.by_key[key]
        _require_one_code(work, one, codes)
        if id_ is None or id_ in seen or key_of(None, key) in skipped:
            continue
        seen.add(id_)
        entry = work.institutions[id_]
        kept = work.now.register.institutions.get(id_)
        become = become_of(kept, entry)
        if become is not Become.UNCHANGED or one.unit is None:
            before = kept.name if kept and become is Become.RENAMED else None
            made = line_of(one, key, become=become, unit=False)
            work.lines.append(replace(made, before=before))


def _require_one_code(work: Work, told: Told, codes: dict[str, Told]) -> None:
    """One code belongs to one institution."""
    if told.institution_code is None:
        return
    first = codes.setdefault(folded(told.institution_code), told)
    if folded_institution(first.institution) != folded_institution(told.institution):
        column = "institution_code" if told.unit else "code"
        places = {"value": told.institution_code, "first": first.row.number}
        work.faults.append(work.table.fault(told.row, column, "cell_code_twice", **places))
