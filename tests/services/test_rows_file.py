"""The answers of many units from one table come to the scores of their visits."""

from decimal import Decimal
from pathlib import Path

import pytest
from tests.conftest import begin
from tests.visiting import answer, record

from assessor_app.domain.problem import RecordRefused, ResultsRefused
from assessor_app.domain.scoring import Basis, published
from assessor_app.domain.zone import ZoneColour
from assessor_app.instruments.library import Library
from assessor_app.services.enrolment import Workplace
from assessor_app.services.rows_file import score_file
from assessor_app.services.session import open_session
from assessor_app.texts import Language

HEAD = "unit,indicator,paperwork,practice\n"


def table(folder: Path, rows: str) -> Path:
    path = folder / "jawaban.csv"
    path.write_text(HEAD + rows, encoding="utf-8")
    return path


def test_a_table_comes_to_the_score_of_the_same_answers_in_a_visit(
    workplace: Workplace, library: Library, tmp_path: Path
) -> None:
    told = {
        "K-01": ("present", "present"),
        "K-03": ("monthly", "quarterly"),
        "K-05": ("10", "4"),
        "K-06": ("", "n/a"),
        "K-08": ("30", "60"),
        "K-09": ("none", "biaya waktu"),
    }
    instrument = library.get("kinds")
    session = open_session(workplace.store, begin(workplace, instrument, library), library)
    for code, (paper, practice) in told.items():
        for side, given in (("paperwork", paper), ("practice", practice)):
            if given == "n/a":
                reason = {"indicator": code, "side": side, "not_applicable_reason": "tidak ada"}
                record(session, reason)
            elif given:
                answer(session, code, side, given)
    rows = "".join(f"Dinas,{code},{paper},{practice}\n" for code, (paper, practice) in told.items())

    found = score_file(table(tmp_path, rows), instrument)

    assert [one.unit for one in found] == ["Dinas"]
    assert found[0].score == published(session.scores()[Basis.OFFICIAL].points)


def test_a_zone_is_named_where_everything_that_counts_was_measured(
    library: Library, tmp_path: Path
) -> None:
    instrument = library.get("2015-pemda")
    rows = "".join(
        f"{unit};{one.code};;{'present' if good else 'absent'}\n"
        for unit, good in (("Dinas A", True), ("Dinas B", False))
        for one in instrument.indicators()
    )
    path = tmp_path / "titik-koma.csv"
    path.write_text("nama unit;kode;kertas;praktik\n" + rows, encoding="utf-8-sig")

    first, second = score_file(path, instrument)

    assert (first.score, second.score) == (Decimal("110.00"), Decimal("0.00"))
    assert first.band is not None
    assert second.band is not None
    assert (first.band.zone, second.band.zone) == (ZoneColour.GREEN, ZoneColour.RED)


def test_a_unit_of_which_little_was_measured_has_no_zone(library: Library, tmp_path: Path) -> None:
    path = table(tmp_path, "Dinas,P15-06,present,present\nLain,P15-06,present,\n")

    measured, unmeasured = score_file(path, library.get("2015-pemda"))

    assert (measured.score, measured.band) == (Decimal("12.00"), None)
    assert (unmeasured.measured, unmeasured.band) == (Decimal("0.00"), None)


@pytest.mark.parametrize(
    ("row", "code", "told"),
    [
        (",P15-06,present,present", "cell_missing", "baris 2"),
        ("Dinas,P99,present,present", "cell_indicator_unknown", "P99"),
        ("Dinas,P15-06,ada,present", "answer_unknown", "baris 2"),
        ("Dinas,P15-01,,present\nDinas,p15-01,,absent", "cell_indicator_twice", "baris 3"),
    ],
)
def test_a_fault_names_its_row(
    library: Library, tmp_path: Path, row: str, code: str, told: str
) -> None:
    with pytest.raises(ResultsRefused) as refused:
        score_file(table(tmp_path, row + "\n"), library.get("2015-pemda"))

    faults = refused.value.places["faults"]
    assert isinstance(faults, tuple)
    assert [fault.code for fault in faults] == [code]
    assert told in faults[0].told(Language.INDONESIAN)


def test_an_instrument_without_weights_is_refused(library: Library, tmp_path: Path) -> None:
    with pytest.raises(RecordRefused, match="instrument_unweighted"):
        score_file(table(tmp_path, ""), library.get("2026"))
