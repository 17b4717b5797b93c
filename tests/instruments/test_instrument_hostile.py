"""Files that are no instrument, and files that mean harm."""

from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from assessor_app.domain.problem import InstrumentFault
from assessor_app.instruments.reading import check, load
from assessor_app.texts import Language

SMALL = Path(__file__).parent / "files" / "small.yaml"

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

    for fault in check(path):
        assert fault.told(Language.INDONESIAN)
        assert fault.told(Language.ENGLISH)
    try:
        load(path)
    except InstrumentFault:
        assert check(path)
    else:
        assert check(path) == ()
