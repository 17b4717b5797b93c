"""Files that are no instrument, and files that mean harm."""

import copy
import json
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.instruments.mistakes import FILES, SMALL, written

from assessor_app.domain.problem import InstrumentFault
from assessor_app.instruments.document import read_document
from assessor_app.instruments.reading import check, load
from assessor_app.paths import resources_dir
from assessor_app.texts import Language

GOOD = sorted([*FILES.glob("*.yaml"), *(resources_dir() / "instruments").glob("*.yaml")])

BOMB = b"a: &a [x, x, x, x]\nb: &b [*a, *a, *a, *a]\nc: &c [*b, *b, *b, *b]\nd: [*c, *c]\n"
HOSTILE = [
    (BOMB, "instrument_alias_refused", 1),
    (b"id: *nowhere\n", "instrument_alias_refused", 1),
    (b"id: x\ntitle: !!python/object/apply:os.system ['ls']\n", "instrument_tag_refused", 2),
    (b"id: x\nyear: !!int '5'\n", "instrument_tag_refused", 2),
    (b"id: x\nyear: 20\x0024\n", "instrument_control_character", 2),
    (b"id: caf\xe9\n", "instrument_not_utf8", 1),
    (b"\xff\xfei\x00d\x00", "instrument_not_utf8", 1),
    (b"id: x\n  year: [\n", "instrument_not_yaml", 2),
    (b"id: 'x\n\n", "instrument_not_yaml", 3),
    (b"id: x\n---\nid: y\n", "instrument_many_documents", 2),
    (b"[" * 100_000, "instrument_too_deep", 1),
    (b"a:\n" + b"".join(b" " * n + b"- \n" for n in range(1, 60)), "instrument_too_deep", 34),
    (b"? [a, b]\n: c\n", "instrument_key_not_text", 1),
    (b"", "instrument_file_empty", None),
    (b"# nothing but a comment\n", "instrument_file_empty", None),
    (b"~", "instrument_file_empty", None),
    (b"x" * 3_000_000, "instrument_too_large", None),
    (b"PK\x03\x04", "instrument_control_character", 1),
    (b'id: x\ntitle: "bell \\a"\n', "instrument_control_character", 2),
    (b'id: x\n"ti\\0tle": x\n', "instrument_control_character", 2),
    (b'id: x\ntitle: "\\ud800"\n', "instrument_not_yaml", 2),
    (b'id: x\ntitle: "\\UFFFFFFFF"\n', "instrument_not_yaml", 2),
    ("id: x\ntitle: hijau\u202ehajim\n".encode(), "instrument_control_character", 2),
    ("id: x\ntitle: \u200b\n".encode(), "instrument_control_character", 2),
    ("id: x\ntitle: \ufffe\n".encode(), "instrument_control_character", 2),
    (b"%TAG ! tag:x\n---\nid: !x y\n", "instrument_tag_refused", 3),
    (b"id: x\n<<: *base\n", "instrument_alias_refused", 2),
    (b"a: [" + b"1," * 120_000 + b"1]", "instrument_too_many_values", 1),
]


@pytest.mark.parametrize(("content", "code", "line"), HOSTILE)
def test_a_hostile_file_is_refused_with_a_sentence(
    tmp_path: Path, content: bytes, code: str, line: int | None
) -> None:
    path = tmp_path / "hostile.yaml"
    path.write_bytes(content)

    with pytest.raises(InstrumentFault) as refused:
        load(path)
    (fault,) = check(path)

    assert refused.value.code == fault.code == code
    assert fault.line == line
    assert fault.told(Language.INDONESIAN) != fault.told(Language.ENGLISH)


@pytest.mark.parametrize("content", [b"just a sentence", b"- a\n- b\n", b"42"])
def test_a_file_that_is_no_table_is_told_so(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "list.yaml"
    path.write_bytes(content)

    assert [fault.code for fault in check(path)] == ["instrument_expects_table"]


def test_a_folder_and_a_missing_file_are_refused(tmp_path: Path) -> None:
    assert [fault.code for fault in check(tmp_path)] == ["instrument_is_folder"]
    assert [fault.code for fault in check(tmp_path / "none.yaml")] == ["instrument_missing"]


def test_a_number_keeps_its_digits_and_yaml_words_stay_text(tmp_path: Path) -> None:
    path = tmp_path / "exact.yaml"
    text = SMALL.read_text(encoding="utf-8").replace("weight: 12.25", "weight: 12.250000001")
    text = text.replace("weight: 17.75", "weight: 17.749999999")
    path.write_text(text.replace("A, lower: 80.00", "no, lower: 80.00"), encoding="utf-8")

    instrument = load(path)

    assert str(instrument.indicator("T-01").weight) == "12.250000001"
    assert instrument.bands[-1].category == "no"


def test_a_byte_order_mark_and_windows_line_ends_do_no_harm(tmp_path: Path) -> None:
    path = tmp_path / "windows.yaml"
    path.write_bytes(b"\xef\xbb\xbf" + SMALL.read_bytes().replace(b"\n", b"\r\n"))

    assert check(path) == ()


NO_NUMBERS = [
    *("1e999", ".inf", "-.inf", ".nan", "NaN", "0x10", "1_000", "9" * 40, "1" * 5000),
    *("\u0661\u0662", "\uff11\uff12"),  # digits of other scripts
]


@pytest.mark.parametrize("number", NO_NUMBERS)
@pytest.mark.parametrize(
    "key", ["maximum: 100", "weight: 12.25", "lower: 50.00", "fulfilment: 0.5"]
)
def test_what_only_looks_like_a_number_is_none(tmp_path: Path, key: str, number: str) -> None:
    name = key.partition(":")[0]
    path = written(tmp_path, key, f"{name}: {number}")

    assert [fault.code for fault in check(path)] == ["instrument_expects_number"]


def test_a_letter_that_only_looks_right_is_told(tmp_path: Path) -> None:
    path = written(tmp_path, "maximum:", "m\u0430ximum:")

    assert {fault.code for fault in check(path)} == {
        "instrument_key_missing",
        "instrument_key_misspelt",
    }


def test_of_very_many_faults_the_first_are_told_and_all_are_counted(tmp_path: Path) -> None:
    path = tmp_path / "many.yaml"
    path.write_text("\n".join(f"key-{number}: x" for number in range(2_000)), encoding="utf-8")

    faults = check(path)

    assert len(faults) == 501
    assert faults[-1].code == "instrument_more_faults"
    assert int(str(faults[-1].places["count"])) > 2_000
    assert "500" in faults[-1].told(Language.INDONESIAN)


@settings(
    max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(content=st.binary(max_size=400))
def test_arbitrary_bytes_raise_nothing_but_an_instrument_fault(
    tmp_path: Path, content: bytes
) -> None:
    path = tmp_path / "any.yaml"
    path.write_bytes(content)

    with pytest.raises(InstrumentFault):
        load(path)
    assert check(path)


@settings(
    max_examples=100, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(
    at=st.integers(min_value=0, max_value=7_000),
    length=st.integers(min_value=0, max_value=60),
    noise=st.text(alphabet='-:[]{}"#&*!|>%@,0.9\n\t aé', max_size=12),
)
def test_a_damaged_instrument_is_either_sound_or_told_in_full(
    tmp_path: Path, at: int, length: int, noise: str
) -> None:
    text = SMALL.read_text(encoding="utf-8")
    path = tmp_path / "damaged.yaml"
    path.write_text(text[:at] + noise + text[at + length :], encoding="utf-8")

    assert_sound_or_told(path)


TREES = {path: read_document(path).tree for path in GOOD}
ODD: list[object] = [
    *(None, True, 0, -1, 10**17, "", " ", "none", "1e999", "NaN", "-0", "0.000000001", "\u00a0"),
    *([], [[]], [None], {}, {"id": "a"}, {"id": "a", "en": "b"}, {"": {}}, "x" * 5000),
    *("practice", "presence", "parts", "duration", "per_respondent", "lower", "K-01", "dugaan"),
    *("${K-01} = 'present'", "${K-01} > 3 or", "${", ". > 0", "false()", "today() > 'x'"),
    *(["practice"], ["practice", "practice"], ["paperwork", "practice"], ["K-01", "K-01"]),
]


@settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(data=st.data())
def test_a_good_file_with_odd_values_is_either_sound_or_told_in_full(
    tmp_path: Path, data: st.DataObject
) -> None:
    tree = copy.deepcopy(TREES[data.draw(st.sampled_from(GOOD))])
    for _ in range(data.draw(st.integers(1, 3))):
        spoil(tree, data)
    path = tmp_path / "odd.yaml"
    path.write_text(json.dumps(tree, ensure_ascii=False), encoding="utf-8")  # is YAML, too

    assert_sound_or_told(path)


def spoil(node: object, data: st.DataObject) -> None:
    """Replace, remove or repeat something somewhere below a node."""
    while True:
        inner = dict(enumerate(node)) if isinstance(node, list) else node
        if not isinstance(inner, dict) or not inner:
            return
        key = data.draw(st.sampled_from(list(inner)))
        if isinstance(inner[key], dict | list) and data.draw(st.integers(0, 9)):
            node = inner[key]
            continue
        match data.draw(st.sampled_from(["odd", "odd", "gone", "again"])):
            case "gone":
                del inner[key]
            case "again" if isinstance(node, list):
                inner[len(inner)] = copy.deepcopy(inner[key])
            case _:
                inner[key] = copy.deepcopy(data.draw(st.sampled_from(ODD)))
        if isinstance(node, list):
            node[:] = inner.values()
        return


def assert_sound_or_told(path: Path) -> None:
    """A file loads and has no fault, or does not load and has some, each with its sentence."""
    faults = check(path)
    for fault in faults:
        assert fault.told(Language.INDONESIAN)
        assert fault.told(Language.ENGLISH)
    try:
        load(path)
    except InstrumentFault:
        assert faults
    else:
        assert faults == ()
