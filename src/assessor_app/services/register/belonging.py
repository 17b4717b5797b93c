"""What belongs to an office of the register: its visits and published results, under any name."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date

from assessor_app.domain.folding import folded
from assessor_app.domain.institutions import named, objects_of
from assessor_app.domain.register import (
    DatedName,
    Institution,
    Names,
    Unit,
    folded_institution,
    merged_with,
)
from assessor_app.domain.register_index import RegisterIndex
from assessor_app.domain.results import PublishedResult, Reading, read_result
from assessor_app.domain.visit import Visit, VisitState
from assessor_app.instruments.library import Library
from assessor_app.services.enrolment import Workplace
from assessor_app.services.register.keeping import record
from assessor_app.services.register.reading import kept
from assessor_app.services.results import published
from assessor_app.services.visits import all_visits
from assessor_app.services.year_rules import methods
from assessor_app.storage.store import Store


@dataclass(frozen=True, slots=True)
class Office:
    """One office of the register with all that is known of it.

    `before` are the entries that were merged into it; `visits` and `results` come the latest first
    and bear the names that they were recorded with.
    """

    entry: Institution | Unit
    institution: Institution | None
    before: tuple[Institution | Unit, ...]
    units: tuple[Unit, ...]
    visits: tuple[Visit, ...]
    results: tuple[Reading, ...]


@dataclass(frozen=True, slots=True)
class Unregistered:
    """An office that visits or published results name and the register does not."""

    institution: str
    unit: str | None
    object_type: str | None = None
    address: str | None = None
    province: str | None = None


def office(workplace: Workplace, library: Library, id_: str) -> Office | None:
    """An institution or unit (id) with its visits and results; None where there is none."""
    now = kept(workplace.store)
    register, index = now.register, now.index
    unit = register.units.get(id_)
    institution = register.institutions.get(id_)
    visits = [one for one in all_visits(workplace.store) if one.state is not VisitState.VOIDED]
    if unit is not None:
        family = merged_with(id_, register.units)
        return Office(
            entry=unit,
            institution=register.institution_of(unit),
            before=tuple(register.units[one] for one in sorted(family - {id_})),
            units=(),
            visits=_latest(one for one in visits if _is_of(index, one, unit)),
            results=_results(workplace, library, lambda one: _result_of(index, one, unit)),
        )
    if institution is not None:
        gone = merged_with(id_, register.institutions)
        return Office(
            entry=institution,
            institution=institution,
            before=tuple(register.institutions[one] for one in sorted(gone - {id_})),
            units=register.units_of(id_),
            visits=_latest(one for one in visits if _of_institution(index, one, institution)),
            results=_results(
                workplace,
                library,
                lambda one: (
                    one.unit is None
                    and (found := index.institution_of(one.institution)) is not None
                    and found.id == institution.id
                ),
            ),
        )
    return None


def unit_of_visit(index: RegisterIndex, visit: Visit) -> Unit | None:
    """The unit that stands now for the one that a visit went to; None where none is kept."""
    return index.unit_of(visit.institution, visit.unit, ref=visit.unit_ref, on=visit.arrival.date())


def same_office(index: RegisterIndex, one: Visit, other: Visit) -> bool:
    """Whether two visits went to what is one office now, under whatever name and after mergers."""
    if one.unit_ref is not None and one.unit_ref == other.unit_ref:
        return True
    found, known = unit_of_visit(index, one), unit_of_visit(index, other)
    if found is not None and known is not None:
        return found.id == known.id
    return _named(one.institution, one.unit) == _named(other.institution, other.unit)


def earlier_visits(workplace: Workplace, visit: Visit) -> tuple[Visit, ...]:
    """The visits before this one to what is the same office now, the latest first.

    Sample visits are held against sample visits alone; what was voided is left out.
    """
    index = kept(workplace.store).index
    return _latest(
        one
        for one in all_visits(workplace.store)
        # Arrivals are told to the minute; ids grow with the time that visits were begun.
        if (one.arrival, one.id) < (visit.arrival, visit.id)
        and one.state is not VisitState.VOIDED
        and one.sample is visit.sample
        and same_office(index, one, visit)
    )


def results_to(
    workplace: Workplace, library: Library, visit: Visit, *, before: int
) -> tuple[Reading, ...]:
    """What was published of a visit's office before a year, the latest first."""
    index = kept(workplace.store).index
    wanted = unit_of_visit(index, visit)

    def fits(one: PublishedResult) -> bool:
        if one.year >= before or one.unit is None:
            return False
        if wanted is not None:
            return _result_of(index, one, wanted)
        return _named(one.institution, one.unit) == _named(visit.institution, visit.unit)

    return _results(workplace, library, fits)


# Names that are taken over into the register


def unregistered(workplace: Workplace) -> tuple[Unregistered, ...]:
    """The offices that visits and published results name and the register does not know.

    Sample visits are left out. An institution stands before its units.
    """
    index = kept(workplace.store).index
    found: dict[tuple[str, str], Unregistered] = {}
    for result in published(workplace.store):
        _add(
            found,
            index,
            Unregistered(
                result.institution,
                result.unit,
                object_type=next(iter(objects_of(result)), None) if result.unit else None,
                province=result.province,
            ),
        )
    for visit in all_visits(workplace.store):
        if not visit.sample and visit.state is not VisitState.VOIDED:
            _add(
                found,
                index,
                Unregistered(
                    visit.institution,
                    visit.unit,
                    object_type=visit.object_type,
                    address=visit.address_visited,
                ),
            )
    return tuple(found[key] for key in sorted(found))


def take_names(store: Store, offered: Sequence[Unregistered], *, reason: str | None = None) -> int:
    """Put offices into the register, as one event; how many institutions and units were added."""
    now = kept(store)
    institutions: dict[str, Institution] = {}
    added: dict[tuple[str, str], Unit] = {}
    for one in offered:
        key = folded_institution(one.institution)
        known = now.index.institution_of(one.institution) or institutions.get(key)
        if known is None:
            told = named(one.institution)
            known = Institution(
                store.new_id(), Names(DatedName(told.name)), told.level, one.province
            )
            institutions[key] = known
        if one.unit is None or now.index.unit_of(one.institution, one.unit) is not None:
            continue
        place = (known.id, folded(one.unit))
        before = added.get(place)
        added[place] = (
            _fuller(before, one)
            if before is not None
            else Unit(
                store.new_id(),
                Names(DatedName(one.unit)),
                known.id,
                one.object_type,
                one.address,
            )
        )
    record(store, now, [*institutions.values(), *added.values()], reason=reason)
    return len(institutions) + len(added)


def _fuller(before: Unit, one: Unregistered) -> Unit:
    return replace(
        before,
        object_type=one.object_type or before.object_type,
        address=before.address or one.address,
    )


def _add(
    found: dict[tuple[str, str], Unregistered], index: RegisterIndex, one: Unregistered
) -> None:
    """An office that the register does not know; a visit tells its kind better than a result."""
    known = (
        index.institution_of(one.institution)
        if one.unit is None
        else index.unit_of(one.institution, one.unit)
    )
    if known is not None:
        return
    key = _named(one.institution, one.unit or "")
    before = found.get(key)
    if before is not None:
        one = replace(
            one,
            institution=before.institution,
            address=one.address or before.address,
            province=one.province or before.province,
        )
    found[key] = one


# What is of what


def _is_of(index: RegisterIndex, visit: Visit, unit: Unit) -> bool:
    if visit.unit_ref == unit.id:
        return True
    found = unit_of_visit(index, visit)
    return found is not None and found.id == unit.id


def _of_institution(index: RegisterIndex, visit: Visit, institution: Institution) -> bool:
    unit = unit_of_visit(index, visit)
    own = index.register.institution_of(unit) if unit is not None else None
    own = own or index.institution_of(visit.institution, ref=visit.institution_ref)
    return own is not None and own.id == institution.id


def _result_of(index: RegisterIndex, result: PublishedResult, unit: Unit) -> bool:
    if result.unit is None:
        return False
    found = index.unit_of(result.institution, result.unit, on=date(result.year, 12, 31))
    return found is not None and found.id == unit.id


def _results(
    workplace: Workplace, library: Library, fits: Callable[[PublishedResult], bool]
) -> tuple[Reading, ...]:
    found = [one for one in published(workplace.store) if fits(one)]
    instruments = methods(library) if found else ()  # to read all that are shipped takes a while
    return tuple(
        read_result(one, instruments, objects=objects_of(one))
        for one in sorted(found, key=lambda one: -one.year)
    )


def _latest(visits: Iterable[Visit]) -> tuple[Visit, ...]:
    return tuple(sorted(visits, key=lambda one: (one.arrival, one.id), reverse=True))


def _named(institution: str, unit: str) -> tuple[str, str]:
    return folded_institution(institution), folded(unit)
