"""Service products are named before their first answer, and renamed without losing an answer."""

import pytest
from tests.visiting import answer

from assessor_app.domain.instrument import Side
from assessor_app.domain.observation import ObservationKey
from assessor_app.domain.problem import RecordRefused
from assessor_app.services.enrolment import Workplace
from assessor_app.services.history import told
from assessor_app.services.report.words import Words
from assessor_app.services.session import Session
from assessor_app.texts import Language


def product_of(session: Session, name: str) -> str:
    return next(id_ for id_, known in session.snapshot.products.items() if known == name)


def test_a_product_is_there_before_it_is_answered(small: Session) -> None:
    small.name_product("KTP-el")

    assert list(small.snapshot.products.values()) == ["KTP-el"]


def test_a_renamed_product_keeps_its_answers(small: Session) -> None:
    answer(small, "T-04", "practice", "present", product="KTP")
    id_ = product_of(small, "KTP")

    small.name_product("KTP-el", product=id_)

    assert small.snapshot.products == {id_: "KTP-el"}
    key = ObservationKey("T-04", Side.PRACTICE, id_)
    assert small.snapshot.observation(key).answer == "present"
    answer(small, "T-04", "paperwork", "present", product="KTP-el")
    assert list(small.snapshot.products) == [id_]


def test_an_undo_gives_a_product_its_former_name(small: Session) -> None:
    small.name_product("KTP")
    small.name_product("KTP-el", product=product_of(small, "KTP"))

    small.undo()

    assert list(small.snapshot.products.values()) == ["KTP"]


def test_names_that_cannot_be_are_refused(small: Session) -> None:
    small.name_product("KTP")
    small.name_product("Akta kelahiran")

    for name, product, code in (
        (" ", None, "field_missing"),
        ("akta KELAHIRAN", product_of(small, "KTP"), "product_there"),
        ("Paspor", "no-such-id", "product_gone"),
        ("KTP", None, "product_there"),
    ):
        with pytest.raises(RecordRefused, match=code):
            small.name_product(name, product=product)


@pytest.mark.parametrize("language", list(Language))
def test_naming_and_renaming_are_told(
    small: Session, workplace: Workplace, language: Language
) -> None:
    small.name_product("KTP")
    small.name_product("KTP-el", product=product_of(small, "KTP"))
    words = Words(language, workplace.profile.zone)
    events = [one.event for one in workplace.store.log.stored(small.visit_id)][-2:]

    named, renamed = (told(event, small.instrument, words) for event in events)

    assert "KTP" in named
    assert "“KTP”" in renamed
    assert "“KTP-el”" in renamed
