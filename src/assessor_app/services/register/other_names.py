"""Under which other names the office of a visit is known: formerly, now, and for short."""

from collections import defaultdict
from collections.abc import Iterable, Mapping

from assessor_app.domain.register import Entry, names_of, standing
from assessor_app.domain.visit import Visit
from assessor_app.services.register.belonging import unit_of_visit
from assessor_app.services.register.reading import has_register, kept
from assessor_app.services.register.short_names import short_names
from assessor_app.storage.store import Store


def other_names(store: Store, visits: Iterable[Visit]) -> dict[str, tuple[str, ...]]:
    """By visit (id), what it is found by beside the names that are recorded in it.

    The names of its unit and institution and of all that were merged into them, where the register
    knows them, and the short names of such offices. A window asks in a worker: it may read the
    register.
    """
    listed = tuple(visits)
    registered = _registered(store, listed) if has_register(store) else {}
    short = short_names()
    found: dict[str, tuple[str, ...]] = {}
    for visit in listed:
        names = registered.get(visit.id, ())
        names += short.of(visit.unit, visit.institution, *names)
        if names:
            found[visit.id] = names
    return found


def _registered(store: Store, visits: Iterable[Visit]) -> dict[str, tuple[str, ...]]:
    register, index = kept(store).register, kept(store).index
    units, institutions = _gone(register.units), _gone(register.institutions)
    found: dict[str, tuple[str, ...]] = {}
    for visit in visits:
        unit = unit_of_visit(index, visit)
        own = register.institution_of(unit) if unit is not None else None
        own = own or index.institution_of(visit.institution, ref=visit.institution_ref)
        names = names_of(unit, units.get(unit.id, ())) if unit is not None else ()
        names += names_of(own, institutions.get(own.id, ())) if own is not None else ()
        found[visit.id] = names
    return found


def _gone(entries: Mapping[str, Entry]) -> Mapping[str, list[Entry]]:
    """What was merged away, by the id of what stands in its place now."""
    gone: defaultdict[str, list[Entry]] = defaultdict(list)
    for one in entries.values():
        if one.merged_into is not None:
            gone[standing(one, entries).id].append(one)
    return gone
