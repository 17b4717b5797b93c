"""A visit beside an earlier one of an office that has another name now."""

import pytest
from tests.services.test_register import DAY, added, unit_of, visit

from assessor_app.domain.problem import ImprovementRefused
from assessor_app.domain.register import DatedName, Names, Unit
from assessor_app.instruments.library import Library
from assessor_app.services.comparing import compare_to_earlier
from assessor_app.services.enrolment import Workplace
from assessor_app.services.register.keeping import merge, rename


def test_an_office_that_was_renamed_is_compared_to_its_visit_under_the_old_name(
    workplace: Workplace, library: Library
) -> None:
    unit = unit_of(workplace, added(workplace, "Kota Ambon"), "Kantor Catatan Sipil")
    old = visit(workplace, library, "Kantor Catatan Sipil")
    new = visit(workplace, library, "Dinas Dukcapil", year=2026)
    with pytest.raises(ImprovementRefused, match="compare_no_earlier"):
        compare_to_earlier(workplace, library, new)

    rename(workplace.store, unit.id, "Dinas Dukcapil", since=DAY, reason=None)

    found = compare_to_earlier(workplace, library, new)
    assert found.earlier.visit.id == old
    assert found.same_unit


def test_an_office_that_took_in_another_is_compared_to_the_last_visit_of_either(
    workplace: Workplace, library: Library
) -> None:
    institution = added(workplace, "Kota Ambon")
    first = unit_of(workplace, institution, "Dinas Perizinan")
    second = unit_of(workplace, institution, "Dinas Penanaman Modal")
    visit(workplace, library, first.name, ref=first.id, year=2024)
    last = visit(workplace, library, second.name, ref=second.id)
    third = Unit(workplace.store.new_id(), Names(DatedName("DPMPTSP")), institution.id, "dinas")
    merge(workplace.store, [first.id, second.id], third, on=DAY, reason="Perda 1/2026")
    new = visit(workplace, library, "DPMPTSP", ref=third.id, year=2026)

    found = compare_to_earlier(workplace, library, new)

    assert (found.earlier.visit.id, found.same_unit) == (last, True)
    elsewhere = visit(workplace, library, "Dinas Lain", year=2026)
    assert not compare_to_earlier(workplace, library, elsewhere, earlier=last).same_unit
