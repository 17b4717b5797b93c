"""Weights, sides and respondents: who weighs what, and who can be asked at all."""

from pathlib import Path

import pytest
from tests.instruments.mistakes import KINDS, SMALL, UNWEIGHTED, Mistake, told, written

from assessor_app.instruments.reading import check

OF_KINDS = [
    Mistake(
        "scale: isian",
        "scale: isian\n            weight: 5",
        "instrument_weight_unscored",
        ".indicators[1].weight",
    ),
    Mistake(
        "scale: isian",
        "scale: isian\n            weight_source: terbaca",
        "instrument_weight_unscored",
        ".indicators[1].weight_source",
    ),
    Mistake(
        "scale: isian\n            sides: [practice]",
        "scale: isian\n            sides: []",
        "instrument_sides_missing",
        ".indicators[1].sides",
    ),
    Mistake(
        "scale: foto\n            sides: [practice]",
        "scale: foto\n            sides: []",
        "instrument_sides_missing",
        ".indicators[3].sides",
    ),
    Mistake(
        "scale: waktu\n            sides: [paperwork, practice]",
        "scale: waktu\n            sides: [practice]",
        "instrument_duration_unpromised",
        ".sides",
    ),
    Mistake("roles: [pengguna]", "roles: [pelanggan]", "instrument_role_unknown", ".roles[0]"),
    Mistake(
        "roles: [pengguna]", "roles: [pengguna, pengguna]", "instrument_entry_twice", ".roles[1]"
    ),
    Mistake(
        "asked: per_respondent\n            roles: [pengguna]",
        "asked: once\n            roles: [pengguna]",
        "instrument_roles_unasked",
        ".roles",
    ),
    Mistake(
        "{code: petugas-loket,",
        "{code: kepala,",
        "instrument_entry_twice",
        "respondents.roles[1].code",
    ),
    Mistake(
        "posts: 2,", "posts: 2, share: 0,", "instrument_not_positive", "respondents.roles[1].share"
    ),
    Mistake(
        "substitute_share: 0.5",
        "substitute_share: -0.5",
        "instrument_negative",
        "respondents.roles[0].substitute_share",
    ),
    Mistake(
        "at_least: 3,",
        "at_least: 3, posts: 3,",
        "instrument_role_key_unfit",
        "respondents.roles[2].posts",
    ),
    Mistake(
        "posts: 2,",
        "at_least: 2,",
        "instrument_role_key_unfit",
        "respondents.roles[1].at_least",
    ),
]


@pytest.mark.parametrize("mistake", OF_KINDS, ids=str)
def test_each_mistake_is_told_with_its_line_and_key(tmp_path: Path, mistake: Mistake) -> None:
    told(tmp_path, mistake, file=KINDS)


@pytest.mark.parametrize("key", ["weight", "weight_source", "shares"])
def test_an_instrument_that_says_it_has_no_weights_has_none(tmp_path: Path, key: str) -> None:
    value = "5" if key == "weight" else "dugaan"
    path = written(
        tmp_path, "- code: U-02", f"- code: U-02\n            {key}: {value}", file=UNWEIGHTED
    )

    faults = [fault for fault in check(path) if fault.code == "instrument_weight_in_unweighted"]

    assert [fault.key for fault in faults] == [f"dimensions[0].variables[0].indicators[1].{key}"]


def test_an_instrument_without_weights_has_no_groups_that_share_some(tmp_path: Path) -> None:
    groups = "shared_weights:\n  bersama: {points: 20, source: dugaan}\ncounts:"

    (fault,) = check(written(tmp_path, "counts:", groups, file=UNWEIGHTED))

    assert (fault.code, fault.key) == ("instrument_weight_in_unweighted", "shared_weights")


def test_weights_without_a_word_why_there_are_none_are_missed(tmp_path: Path) -> None:
    text = UNWEIGHTED.read_text(encoding="utf-8")
    head, _, rest = text.partition("unweighted:")
    path = tmp_path / "silent.yaml"
    path.write_text(head + rest[rest.index("bands:") :], encoding="utf-8")

    codes = [fault.code for fault in check(path)]

    # The fourth question's parts have no shares: it is not scored and needs no weight.
    assert codes.count("instrument_weight_missing") == 3
    assert codes.count("instrument_weights_do_not_sum") == 1


def test_a_weighted_instrument_in_which_nothing_is_scored_is_told_so(tmp_path: Path) -> None:
    text = UNWEIGHTED.read_text(encoding="utf-8")
    head, _, rest = text.partition("unweighted:")
    text = head + rest[rest.index("bands:") :]
    for fulfilment in ("fulfilment: 1, ", "fulfilment: 0.5, ", "fulfilment: 0, "):
        text = text.replace(fulfilment, "")
    path = tmp_path / "nothing.yaml"
    path.write_text(text, encoding="utf-8")

    assert [fault.code for fault in check(path)] == ["instrument_nothing_scored"]


def test_a_scale_that_cannot_be_read_makes_no_weight_missing(tmp_path: Path) -> None:
    path = written(tmp_path, "kind: partial", "kind: partially", file=SMALL)

    assert [fault.code for fault in check(path)] == ["instrument_value_unknown"]


def test_a_negative_weight_is_told_beside_the_sum(tmp_path: Path) -> None:
    path = written(tmp_path, "weight: 12.25", "weight: -12.25", file=SMALL)

    faults = {fault.code: fault for fault in check(path)}

    assert set(faults) == {"instrument_not_positive", "instrument_weights_do_not_sum"}
    assert str(faults["instrument_weights_do_not_sum"].places["difference"]) == "24.50"


def test_a_composition_that_the_weights_make_is_sound(tmp_path: Path) -> None:
    parts = (
        "composition:\n  - {dimensions: [input], points: 30, source: dugaan}\n"
        "  - {dimensions: [proses], points: 70, source: terbaca}\nretired_codes:"
    )

    assert check(written(tmp_path, "retired_codes:", parts)) == ()


def test_a_file_of_bounds_only_needs_no_weights(tmp_path: Path) -> None:
    head, _, _ = SMALL.read_text(encoding="utf-8").partition("dimensions:")
    path = tmp_path / "bounds.yaml"
    path.write_text(head.replace("bersama: {points: 20, source: dugaan}", "{}"), encoding="utf-8")

    assert check(path) == ()
