"""Every kind of answer scale is held to what it needs and can use."""

from pathlib import Path

import pytest
from tests.instruments.mistakes import KINDS, UNWEIGHTED, Mistake, told, written

from assessor_app.domain.instrument import AnswerKind
from assessor_app.instruments.reading import check, load

MISTAKES = [
    Mistake("kind: likert", "kind: ordinal", "instrument_levels_unfit", "setuju.levels", "levels:"),
    Mistake(
        "value: never,", "value: monthly,", "instrument_entry_twice", ".levels[3].value", "Setiap"
    ),
    Mistake(
        "value: monthly, fulfilment: 1",
        "value: monthly, fulfilment: 0.9",
        "instrument_fulfilment_ends_missing",
        "scales.berkala.levels",
        "levels:",
    ),
    Mistake(
        "value: monthly, fulfilment: 1,",
        "value: monthly,",
        "instrument_scale_half_scored",
        "scales.berkala.levels[3]",
    ),
    Mistake(
        'value: 4, fulfilment: 0.75, rubric: {id: "Setuju"',
        'value: 4, fulfilment: 0.25, rubric: {id: "Setuju"',
        "instrument_fulfilment_disordered",
        "scales.setuju.levels",
        "levels:",
    ),
    Mistake(
        "    kind: likert\n",
        "    kind: likert\n    target: 4\n",
        "instrument_scale_key_unfit",
        "scales.setuju.target",
    ),
    Mistake(
        "{kind: text}",
        "{kind: text, most: 5}",
        "instrument_scale_key_unfit",
        "scales.isian.most",
    ),
    Mistake(
        "    kind: duration\n",
        "    kind: duration\n    target: 4\n",
        "instrument_scale_key_unfit",
        "scales.waktu.target",
    ),
    Mistake("{kind: note}", "{kind: choice}", "instrument_scale_key_missing", "scales.keterangan"),
    Mistake("{kind: note}", "{kind: parts}", "instrument_scale_key_missing", "scales.keterangan"),
    Mistake(
        '    unit: {id: "hari kerja", en: "working days"}\n',
        "",
        "instrument_scale_key_missing",
        "scales.waktu",
        "waktu:",
    ),
    Mistake("target: 20", "target: 0", "instrument_not_positive", "scales.kursi.target"),
    Mistake(
        "target: 20",
        "target: 20\n    most: 19",
        "instrument_target_beyond",
        "scales.kursi.target",
        "target: 20",
    ),
    Mistake(
        "    target: 20",
        "    least: 3\n    most: 2",
        "instrument_no_number_fits",
        "scales.kursi.most",
    ),
    Mistake(
        "    target: 20",
        "    least: 2.1\n    most: 2.9",
        "instrument_no_number_fits",
        "scales.kursi.most",
    ),
    Mistake("    whole: false", "    most: 0", "instrument_not_positive", "scales.waktu.most"),
    Mistake(
        "at_least: 5, fulfilment: 1",
        "at_least: 1, fulfilment: 1",
        "instrument_steps_disordered",
        "keselamatan.steps[1].at_least",
    ),
    Mistake(
        "at_least: 1, fulfilment: 0.5",
        "at_least: 1, fulfilment: 1.5",
        "instrument_fulfilment_outside",
        "keselamatan.steps[0].fulfilment",
    ),
    Mistake(
        "at_least: 5, fulfilment: 1",
        "at_least: 5, fulfilment: 0.4",
        "instrument_steps_fall",
        "keselamatan.steps[1].fulfilment",
    ),
    Mistake(
        "at_least: 5, fulfilment: 1",
        "at_least: 5, fulfilment: 0.9",
        "instrument_steps_end_missing",
        "keselamatan.steps[1].fulfilment",
    ),
    Mistake(
        "at_least: 5, fulfilment: 1",
        "at_least: 11, fulfilment: 1",
        "instrument_step_unreachable",
        "keselamatan.steps[1].at_least",
    ),
    Mistake(
        "at_least: 100, fulfilment: 1",
        "at_least: 101, fulfilment: 1",
        "instrument_step_unreachable",
        "waktu-berjenjang.steps[1].at_least",
    ),
    Mistake(
        "value: persyaratan, share: 1",
        "value: persyaratan, share: 0",
        "instrument_not_positive",
        "empat-belas.parts[0].share",
    ),
    Mistake(
        "value: persyaratan, share: 1,",
        "value: persyaratan,",
        "instrument_scale_half_scored",
        "empat-belas.parts[0]",
    ),
    Mistake("value: persyaratan,", "value: none,", "instrument_part_reserved", ".parts[0].value"),
    Mistake(
        "value: persyaratan,",
        "value: prosedur,",
        "instrument_entry_twice",
        ".parts[1].value",
        "Sis",
    ),
    Mistake(
        "      - {value: persyaratan",
        "      - {value: lain\n        , share: 1, name: {id: Lain, en: Other}}\n    steps:\n"
        "      - {at_least: 17, fulfilment: 1}\n    parts:\n      - {value: persyaratan",
        "instrument_key_twice",
        "scales.empat-belas.parts",
        "parts:",
    ),
]


@pytest.mark.parametrize("mistake", MISTAKES, ids=str)
def test_each_mistake_of_a_scale_is_told_with_its_line_and_key(
    tmp_path: Path, mistake: Mistake
) -> None:
    told(tmp_path, mistake, file=KINDS)


def test_one_file_has_every_kind_of_answer_and_is_sound() -> None:
    assert check(KINDS) == ()
    assert {one.kind for one in load(KINDS).indicators()} == set(AnswerKind)


def test_a_likert_scale_may_fall_where_to_agree_is_bad(tmp_path: Path) -> None:
    text = KINDS.read_text(encoding="utf-8")
    for value, rising, falling in [
        (1, "0", "1"),
        (2, "0.25", "0.75"),
        (4, "0.75", "0.25"),
        (5, "1", "0"),
    ]:
        level = f"value: {value}, fulfilment: {rising}, "
        head, _, scale = text.partition("  setuju:")
        text = f"{head}  setuju:{scale.replace(level, level.replace(rising, falling), 1)}"
    path = tmp_path / "falling.yaml"
    path.write_text(text, encoding="utf-8")

    assert check(path) == ()
    assert load(path).indicator("K-11").levels[0].fulfilment == 1


def test_a_choice_stands_in_any_order_and_may_give_two_answers_the_same(tmp_path: Path) -> None:
    path = written(tmp_path, "fulfilment: 0.6", "fulfilment: 0", file=KINDS)

    assert check(path) == ()


def test_a_checklist_with_steps_must_be_scored(tmp_path: Path) -> None:
    parts = "    kind: parts\n"
    path = written(
        tmp_path, parts, f"{parts}    steps: [{{at_least: 1, fulfilment: 1}}]\n", file=UNWEIGHTED
    )

    (fault,) = check(path)

    assert (fault.code, fault.key) == ("instrument_steps_without_shares", "scales.temuan.steps")


def test_a_step_beyond_the_number_of_parts_is_told(tmp_path: Path) -> None:
    parts = "    kind: parts\n"
    steps = "    steps: [{at_least: 15, fulfilment: 1}]\n"

    (fault,) = check(written(tmp_path, parts, parts + steps, file=KINDS))

    assert fault.code == "instrument_step_unreachable"
    assert str(fault.places["highest"]) == "14"


def test_a_scale_may_be_wholly_unscored_where_nothing_is_weighed(tmp_path: Path) -> None:
    text = UNWEIGHTED.read_text(encoding="utf-8")
    for fulfilment in ("fulfilment: 1, ", "fulfilment: 0.5, ", "fulfilment: 0, "):
        text = text.replace(fulfilment, "")
    path = tmp_path / "unscored.yaml"
    path.write_text(text, encoding="utf-8")

    assert check(path) == ()
    assert not any(one.scored for one in load(path).indicators())
