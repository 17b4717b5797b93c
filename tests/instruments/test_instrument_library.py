"""Reading instruments into domain values and finding them by name."""

import os
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assessor_app.domain.instrument import AnswerKind, Asked, Side, SideRule
from assessor_app.domain.problem import InstrumentFault
from assessor_app.instruments.building import split_evenly
from assessor_app.instruments.library import Library
from assessor_app.instruments.reading import load

FILES = Path(__file__).parent / "files"
SMALL = FILES / "small.yaml"


def test_every_feature_of_the_form_reaches_the_domain() -> None:
    instrument = load(SMALL)

    by_code = {indicator.code: indicator for indicator in instrument.indicators()}
    assert list(by_code) == ["T-01", "T-02", "T-03", "T-04", "T-05", "T-06"]
    assert by_code["T-01"].kind is AnswerKind.ORDINAL
    assert by_code["T-01"].asked is Asked.PER_RESPONDENT
    assert by_code["T-01"].fulfilment(Side.PRACTICE, "3") == Decimal("0.75")
    assert by_code["T-02"].counts is SideRule.PAPERWORK
    assert by_code["T-03"].counts is SideRule.LOWER
    assert by_code["T-03"].fulfilment(Side.PAPERWORK, "partial") == Decimal("0.5")
    assert by_code["T-04"].counts is SideRule.MEAN
    assert by_code["T-05"].counts is SideRule.PRACTICE
    assert by_code["T-05"].weight == 10
    assert by_code["T-05"].shared_with == ("T-05", "T-06")
    assert not by_code["T-05"].verified
    assert instrument.pin == "small@1"
    assert len(instrument.digest) == 64


def test_a_name_without_version_means_the_highest_one(tmp_path: Path) -> None:
    for version in ("2", "10", "9.1"):
        copy_of_small(tmp_path / f"small@{version}.yaml", version=version)
    library = Library([FILES, tmp_path])

    versions = [one.version for one in library.all() if one.id == "small"]
    assert versions == ["1", "2", "9.1", "10"]
    assert library.get("small").version == "10"
    assert library.get("small@2").version == "2"


@pytest.mark.parametrize("name", ["large", "small@7", "", "small@", "../small"])
def test_an_unknown_name_is_refused_with_the_known_ones(name: str) -> None:
    if name == "small@":
        assert Library([FILES]).get(name).version == "1"
        return

    with pytest.raises(InstrumentFault) as refused:
        Library([FILES]).get(name)

    assert refused.value.code == "instrument_unknown"
    assert refused.value.places["known"] == "kinds@1, small@1, unweighted@1"


def test_a_broken_file_hides_no_other_and_is_told_when_asked_for(tmp_path: Path) -> None:
    (tmp_path / "broken.yaml").write_text("id: broken\n", encoding="utf-8")
    library = Library([FILES, tmp_path, tmp_path / "no such folder"])

    assert [one.id for one in library.all()] == ["kinds", "small", "unweighted"]
    assert library.faults()
    with pytest.raises(InstrumentFault) as refused:
        library.get("broken")
    assert refused.value.code == "instrument_broken"
    assert refused.value.places["faults"] == library.faults()


def test_the_same_version_with_other_content_is_refused(tmp_path: Path) -> None:
    copy_of_small(tmp_path / "other.yaml", version="1")
    (tmp_path / "same.yaml").write_bytes(SMALL.read_bytes())
    library = Library([FILES, tmp_path])

    assert library.get("small").digest == load(SMALL).digest
    assert [fault.code for fault in library.faults()] == ["instrument_pin_twice"]


@given(
    points=st.decimals(min_value="0.01", max_value=1000, places=2),
    count=st.integers(min_value=1, max_value=60),
)
def test_shares_are_equal_to_the_millionth_and_sum_exactly(points: Decimal, count: int) -> None:
    shares = split_evenly(points, count)

    assert sum(shares) == points
    assert max(shares) - min(shares) <= Decimal("0.000001")


def copy_of_small(path: Path, *, version: str) -> None:
    text = SMALL.read_text(encoding="utf-8")
    changed = text.replace('version: "1"', f'version: "{version}"').replace("kecil", "lain")
    path.write_text(changed, encoding="utf-8")


def test_the_copies_that_were_kept_last_are_read_ahead(tmp_path: Path) -> None:
    kept = tmp_path / "pinned"
    kept.mkdir()
    digests = []
    for number, version in enumerate(("1", "2", "3")):
        file = tmp_path / f"small@{version}.yaml"
        copy_of_small(file, version=version)
        digests.append(load(file).digest)
        copy = file.rename(kept / f"{digests[-1]}.yaml")
        os.utime(copy, (number, number))
    (kept / "broken.yaml").write_text("[", encoding="utf-8")
    library = Library([], kept=kept)

    library.read_ahead(3)
    for copy in kept.iterdir():
        copy.unlink()

    found = [library.copy_of(digest) for digest in digests]
    assert [one and one.version for one in found] == [None, "2", "3"]


def test_the_same_bytes_are_read_once_wherever_they_lie(tmp_path: Path) -> None:
    kept, own = tmp_path / "pinned", tmp_path / "own"
    for folder in (kept, own):
        folder.mkdir()
    digest = load(SMALL).digest
    for file in (kept / f"{digest}.yaml", own / "small.yaml"):
        file.write_bytes(SMALL.read_bytes())
    library = Library([own], kept=kept)

    library.read_ahead(1)

    assert library.copy_of(digest) is library.get("small")
    copy_of_small(own / "small.yaml", version="2")
    library.forget()
    assert library.get("small").version == "2"
