"""Conditions that cannot be read, speak of nothing, or can never be met."""

from pathlib import Path

import pytest
from tests.instruments.mistakes import KINDS, UNWEIGHTED, written
from tests.instruments.workbooks import faults_of, survey

from assessor_app.instruments.faults import Fault
from assessor_app.instruments.reading import check
from assessor_app.instruments.xlsform.reading import read_workbook
from assessor_app.texts import Language

BOARD = "dimensions[0].variables[0].indicators[1].relevant"
NEVER = [
    "false()",
    "1 = 2",
    "${K-12} != ''",  # a note is never answered
    "${K-15} != ''",  # nor is a photo
    "${K-01} = 'present' and ${K-01} = 'absent'",
    "${K-01} = 'present' and not(${K-01} != 'absent')",
    "${K-05} > 10",
    "${K-05} < 0",
    "${K-01} > 3",
]
SOMETIMES = [
    "true()",
    "${K-01} = ''",
    "${K-01} = 'absent' or ${K-03} = 'monthly'",
    "${K-05} > 9",
    "${K-06} > 1000",  # no end is set to this count
    "${K-08} < 5",
    "${K-13} = 'anything'",
    "${K-14} > '2026-01-01'",
    "today() > date('2999-12-31')",
    "selected(${K-09}, 'biaya') and count-selected(${K-09}) = 14",
    "selected(${K-09}, 'none')",
]


@pytest.mark.parametrize("expression", NEVER)
def test_a_question_that_can_never_be_asked_is_told(tmp_path: Path, expression: str) -> None:
    (fault,) = relevant(tmp_path, expression)

    assert (fault.code, fault.key) == ("instrument_relevant_never", BOARD)
    assert "tidak pernah ditanyakan" in fault.told(Language.INDONESIAN)
    assert "can never be asked" in fault.told(Language.ENGLISH)


@pytest.mark.parametrize("expression", SOMETIMES)
def test_a_condition_that_some_answers_meet_is_sound(tmp_path: Path, expression: str) -> None:
    assert relevant(tmp_path, expression) == ()


@pytest.mark.parametrize(
    ("expression", "value"),
    [
        ("${K-01} = 'ada'", "ada"),
        ("${K-01} = 'present' or ${K-03} = 'weekly'", "weekly"),
        ("selected(${K-09}, 'warna')", "warna"),
        ("'Present' = ${K-01}", "Present"),
    ],
)
def test_an_answer_that_is_not_on_the_list_is_told_with_the_list(
    tmp_path: Path, expression: str, value: str
) -> None:
    (fault,) = relevant(tmp_path, expression)

    assert fault.code == "instrument_condition_value_unknown"
    assert fault.places["value"] == value
    assert str(fault.places["known"]) in fault.told(Language.ENGLISH)


@pytest.mark.parametrize(
    ("expression", "code"),
    [
        ("${K-99} = 'present'", "instrument_condition_unknown"),
        ("${K-02} = 'present'", "instrument_relevant_own"),
        ("${K-04} = 'shared'", "instrument_condition_many_answers"),
        ("${K-10} = '4'", "instrument_condition_many_answers"),
        ("${K-01} = ", "instrument_expression_broken"),
        ("pulldata('a', 'b', 'c', 'd')", "instrument_expression_function"),
    ],
)
def test_a_condition_that_means_nothing_is_told_once(
    tmp_path: Path, expression: str, code: str
) -> None:
    (fault,) = relevant(tmp_path, expression)

    assert (fault.code, fault.key) == (code, BOARD)
    assert fault.told(Language.INDONESIAN) != fault.told(Language.ENGLISH)


def test_questions_that_wait_for_each_other_are_told_at_each_of_them(tmp_path: Path) -> None:
    text = KINDS.read_text(encoding="utf-8")
    for code, other in [("K-03", "K-06"), ("K-06", "K-05"), ("K-05", "K-03"), ("K-13", "K-14")]:
        text = text.replace(
            f"- code: {code}\n", f"- code: {code}\n            relevant: \"${{{other}}} != ''\"\n"
        )
    text = text.replace("- code: K-14\n", "- code: K-14\n            relevant: \"${K-13} != ''\"\n")
    path = tmp_path / "rings.yaml"
    path.write_text(text, encoding="utf-8")

    faults = check(path)

    assert {fault.code for fault in faults} == {"instrument_relevant_cycle"}
    lines = path.read_text(encoding="utf-8").splitlines()
    told = [(lines[(fault.line or 0) - 2].strip(), fault.places["ring"]) for fault in faults]
    assert told == [
        ("- code: K-03", "K-03 → K-06 → K-05 → K-03"),
        ("- code: K-05", "K-03 → K-06 → K-05 → K-03"),
        ("- code: K-06", "K-03 → K-06 → K-05 → K-03"),
        ("- code: K-13", "K-13 → K-14 → K-13"),
        ("- code: K-14", "K-13 → K-14 → K-13"),
    ]


@pytest.mark.parametrize(
    ("expression", "code"),
    [
        ("count-selected(${U-04}) > 3", "instrument_relevant_never"),
        (
            "selected(${U-04}, 'brosur') and not(selected(${U-04}, 'brosur'))",
            "instrument_relevant_never",
        ),
        ("count-selected(${U-04}) = 3", None),
        ("selected(${U-04}, 'spanduk') and selected(${U-04}, 'layar')", None),
    ],
)
def test_every_choice_of_a_short_checklist_is_tried(
    tmp_path: Path, expression: str, code: str | None
) -> None:
    question = f'- code: U-03\n            relevant: "{expression}"'

    faults = check(written(tmp_path, "- code: U-03", question, file=UNWEIGHTED))

    assert [fault.code for fault in faults] == ([code] if code else [])


def test_a_condition_on_a_question_whose_scale_is_broken_is_not_judged(tmp_path: Path) -> None:
    path = written(tmp_path, "kind: presence", "kind: present", file=KINDS)

    assert [fault.code for fault in check(path)] == ["instrument_value_unknown"]


def test_a_constraint_of_a_question_whose_scale_is_broken_is_not_judged(tmp_path: Path) -> None:
    constrained = "keselamatan"
    missing = written(tmp_path, f"scale: {constrained}\n", "scale: nowhere\n", file=KINDS)
    assert [fault.code for fault in check(missing)] == ["instrument_scale_unknown"]

    sound = f"  {constrained}:\n    kind: count"
    broken = written(tmp_path, sound, f"{sound}s", file=KINDS)
    assert [fault.code for fault in check(broken)] == ["instrument_value_unknown"]


@pytest.mark.parametrize("backward", [False, True])
def test_a_thousand_questions_may_wait_for_one_another(tmp_path: Path, *, backward: bool) -> None:
    rows = [["select_one ada", "q0", "Q0", None]]
    waits = "${{q{0}}} = 'present'"
    rows += [["select_one ada", f"q{n}", f"Q{n}", waits.format(n - 1)] for n in range(1, 1_000)]
    path = survey(
        tmp_path / "chain.xlsx", *(reversed(rows) if backward else rows), columns=["relevant"]
    )

    assert read_workbook(path).form.dimensions


@pytest.mark.parametrize("backward", [False, True])
def test_a_ring_of_hundreds_of_questions_is_told_at_every_one(
    tmp_path: Path, *, backward: bool
) -> None:
    waits = "${{q{0}}} = 'present'"
    rows = [["select_one ada", f"q{n}", f"Q{n}", waits.format((n - 1) % 300)] for n in range(300)]
    path = survey(
        tmp_path / "ring.xlsx", *(reversed(rows) if backward else rows), columns=["relevant"]
    )

    assert {fault.code for fault in faults_of(path)} == {"instrument_relevant_cycle"}
    assert len(faults_of(path)) == 300


def test_products_may_wait_for_products_of_the_same(tmp_path: Path) -> None:
    text = KINDS.read_text(encoding="utf-8")
    path = tmp_path / "products.yaml"
    path.write_text(
        text.replace(
            "- code: K-07\n", "- code: K-07\n            relevant: \"${K-04} = 'shared'\"\n"
        ),
        encoding="utf-8",
    )

    assert check(path) == ()


@pytest.mark.parametrize("constraint", [". > 10", ". = 2.5", ". < 3 and . > 5", "false()"])
def test_a_constraint_that_no_answer_meets_is_told(tmp_path: Path, constraint: str) -> None:
    path = written(tmp_path, 'constraint: ". <= 10"', f'constraint: "{constraint}"', file=KINDS)

    (fault,) = check(path)

    assert fault.code == "instrument_constraint_never"


@pytest.mark.parametrize("constraint", [". = 10", ". <= ${K-06}", "${K-05} < 4", "${K-01} != ''"])
def test_a_constraint_that_some_answer_meets_is_sound(tmp_path: Path, constraint: str) -> None:
    path = written(tmp_path, 'constraint: ". <= 10"', f'constraint: "{constraint}"', file=KINDS)

    assert check(path) == ()


def relevant(folder: Path, expression: str) -> tuple[Fault, ...]:
    """The faults of the good file with another condition for its second question."""
    good = "relevant: \"${K-01} = 'present'\""
    return check(written(folder, good, f'relevant: "{expression}"', file=KINDS))
