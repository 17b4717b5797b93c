"""Which values stand against each other, and what choosing one of them records."""

import pytest

from assessor_app.domain.conflicts import conflicts, furthest, settled, united
from assessor_app.domain.event import FieldHead, Json
from assessor_app.domain.problem import VisitRefused

SIDE = "observation/P15-06/-/-/practice/-"


def heads(*values: Json) -> tuple[FieldHead, ...]:
    return tuple(FieldHead(f"e{number}", value) for number, value in enumerate(values))


def places(found: dict[tuple[str, str], tuple[FieldHead, ...]]) -> list[tuple[str, str]]:
    return [(one.entity, one.field) for one in conflicts(found)]


def test_different_values_of_one_field_are_a_conflict() -> None:
    assert places({(SIDE, "answer"): heads("present", "absent")}) == [(SIDE, "answer")]


def test_devices_that_say_the_same_are_of_one_mind() -> None:
    assert places({(SIDE, "answer"): heads("present", "present")}) == []


def test_a_value_against_none_is_a_conflict() -> None:
    assert places({(SIDE, "note"): heads(None, "kosong")}) == [(SIDE, "note")]


def test_an_answer_against_a_reason_for_none_is_one_conflict() -> None:
    found = conflicts(
        {(SIDE, "answer"): heads("present"), (SIDE, "not_assessed_reason"): heads("tutup")}
    )

    assert [(one.field, len(one.contenders)) for one in found] == [("answer", 2)]


def test_a_reason_that_was_taken_back_stands_against_nothing() -> None:
    known = {(SIDE, "answer"): heads("present"), (SIDE, "not_assessed_reason"): heads(None)}
    assert places(known) == []


@pytest.mark.parametrize(
    ("entity", "field", "values"),
    [
        ("visit", "state", ("closed", "open")),
        ("visit", "reopened", ("2026-01-01", "2026-01-02")),
        ("visit", "accepted_heads", ([["d", 1, "x"]], [["d", 2, "y"]])),
        ("evidence/x", "attached_to", ([SIDE], [])),
        ("finding/x", "weight", ("1", "2")),
        ("finding/x", "wording", ({"id": "a", "en": "b"}, {"id": "c", "en": "d"})),
    ],
)
def test_what_is_no_matter_of_opinion_is_no_conflict(
    entity: str, field: str, values: tuple[Json, ...]
) -> None:
    assert places({(entity, field): heads(*values)}) == []


def test_what_a_person_wrote_of_a_finding_stands_against_what_was_proposed() -> None:
    values = heads("tulisan sendiri", {"id": "usulan", "en": "proposed"})
    assert places({("finding/x", "wording"): values}) == [("finding/x", "wording")]


def test_choosing_records_the_value_and_takes_the_other_fields_away() -> None:
    (conflict,) = conflicts(
        {
            (SIDE, "answer"): (FieldHead("a", "present"),),
            (SIDE, "not_assessed_reason"): (FieldHead("b", "tutup"),),
        }
    )

    assert settled(conflict, "b") == {
        (SIDE, "not_assessed_reason"): "tutup",
        (SIDE, "answer"): None,
    }
    with pytest.raises(VisitRefused, match="contender_unknown"):
        settled(conflict, "c")


def test_an_answer_against_a_reason_that_took_it_back_is_one_conflict_settled_at_once() -> None:
    (conflict,) = conflicts(
        {
            (SIDE, "answer"): (FieldHead("a", "present"), FieldHead("b", None)),
            (SIDE, "not_assessed_reason"): (FieldHead("b", "tutup"),),
        }
    )

    assert [one.value for one in conflict.contenders] == ["present", "tutup"]
    assert settled(conflict, "a") == {
        (SIDE, "answer"): "present",
        (SIDE, "not_assessed_reason"): None,
    }
    assert settled(conflict, "b") == {
        (SIDE, "answer"): None,
        (SIDE, "not_assessed_reason"): "tutup",
    }


def test_evidence_proves_all_that_any_device_attached_it_to() -> None:
    assert united(heads(["a", "b"], ["b", "c"], [])) == ["a", "b", "c"]


@pytest.mark.parametrize(
    ("states", "held"),
    [
        (("exit_talk", "closed"), "closed"),
        (("closed", "open"), "open"),
        (("issued", "closed"), "issued"),
        (("voided", "open"), "voided"),
    ],
)
def test_the_furthest_state_holds(states: tuple[str, ...], held: str) -> None:
    assert furthest(heads(*states)) == furthest(heads(*reversed(states))) == held
