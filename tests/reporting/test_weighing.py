"""A file that would unpack to more than any document of ours is refused before it is parsed."""

import time
from pathlib import Path

import pytest
from tests.reporting.hostile import HEAVY, STRANGE

from assessor_app.domain.problem import IssueProblem
from assessor_app.reporting.reading import read_back
from assessor_app.reporting.weighing import LARGEST_PDF
from assessor_app.services.verifying import Standing, verify, verify_file

_ENOUGH = 20.0  # seconds; two are needed on a quiet machine, years without a limit


@pytest.mark.parametrize("name", HEAVY)
def test_what_asks_for_too_much_is_refused_by_name(name: str) -> None:
    pdf = HEAVY[name]()
    began = time.monotonic()

    with pytest.raises(IssueProblem, match="pdf_too_heavy") as refused:
        read_back(pdf)

    assert refused.value.places["what"] == name.split(maxsplit=1)[0]
    assert time.monotonic() - began < _ENOUGH


@pytest.mark.parametrize("name", STRANGE)
def test_strange_structures_get_a_verdict_in_time(name: str) -> None:
    pdf = STRANGE[name]()
    began = time.monotonic()

    assert verify(pdf, roots=(), trust_trial=True).standing is Standing.REFUSED

    assert time.monotonic() - began < _ENOUGH


def test_a_file_of_500_megabytes_is_refused_unread(tmp_path: Path) -> None:
    path = tmp_path / "besar.pdf"
    with path.open("wb") as file:
        file.write(b"%PDF-1.7\n")
        file.truncate(500 * 2**20)  # a hole: nothing of it is on the disk
    began = time.monotonic()

    verdict = verify_file(path, roots=(), trust_trial=True)

    assert (verdict.standing, verdict.reasons[0].code) == (Standing.REFUSED, "too_large")
    assert verdict.reasons[0].places == {"megabytes": 500, "limit": LARGEST_PDF // 2**20}
    assert time.monotonic() - began < 1
