"""The answers of many units from one table come to the scores of their visits."""

from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest
from tests.conftest import begin
from tests.domain import method_world as world
from tests.visiting import answer, record

from assessor_app.domain.instrument import (
    Indicator,
    Instrument,
    NotAssessable,
    Side,
    SideRule,
    Wording,
)
from assessor_app.domain.observation import Observation, ObservationKey
from assessor_app.domain.outlook import outlook
from assessor_app.domain.problem import RecordRefused, ResultsRefused
from assessor_app.domain.scoring import Basis, published
from assessor_app.domain.zone import ZoneColour
from assessor_app.instruments.expressions import compiled
from assessor_app.instruments.library import Library
from assessor_app.services import table_file
from assessor_app.services.enrolment import Workplace
from assessor_app.services.rows_file import score_file
from assessor_app.services.session import open_session
from assessor_app.texts import Language

HEAD = "unit,indicator,paperwork,practice\n"


def table(folder: Path, rows: str) -> Path:
    path = folder / "jawaban.csv"
    path.write_text(HEAD + rows, encoding="utf-8")
    return path


def changed(instrument: Instrument, code: str, **changes: object) -> Instrument:
    """The instrument with one indicator otherwise."""

    def of(one: Indicator) -> Indicator:
        return replace(one, **changes) if one.code == code else one  # type: ignore[arg-type]  # by name

    return replace(
        instrument,
        dimensions=tuple(
            replace(
                dimension,
                variables=tuple(
                    replace(variable, indicators=tuple(map(of, variable.indicators)))
                    for variable in dimension.variables
                ),
            )
            for dimension in instrument.dimensions
        ),
    )


def faults(rows: str, instrument: Instrument, folder: Path) -> list[tuple[int, str]]:
    with pytest.raises(ResultsRefused) as refused:
        score_file(table(folder, rows), instrument)
    found = refused.value.places["faults"]
    assert isinstance(found, tuple)
    return [(fault.row, fault.code) for fault in found]


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


def test_a_unit_is_the_same_however_it_is_spelled(library: Library, tmp_path: Path) -> None:
    rows = "Dinas  Sosial,P15-06,,present\nDINAS SOSIAL,P15-04,,present\n"

    (found,) = score_file(table(tmp_path, rows), library.get("2015-pemda"))

    assert (found.unit, found.measured) == ("Dinas  Sosial", Decimal("24.00"))
    twice = "Dinas Sosial,P15-06,,present\ndinas sosial,P15-06,,absent\n"
    assert faults(twice, library.get("2015-pemda"), tmp_path) == [(3, "cell_indicator_twice")]


def test_what_always_applies_takes_no_other_word(library: Library, tmp_path: Path) -> None:
    whole = library.get("2015-pemda")
    instrument = changed(whole, "P15-06", may_not_apply=False)

    assert faults("Dinas,P15-06,,n/a\n", instrument, tmp_path) == [(2, "cell_always_applies")]
    (free,) = score_file(table(tmp_path, "Dinas,P15-06,,Tidak  berlaku\n"), whole)
    assert free.score == 0


def test_a_word_on_a_side_that_is_not_asked_says_nothing(library: Library, tmp_path: Path) -> None:
    instrument = changed(library.get("2015-pemda"), "P15-06", sides=(Side.PRACTICE,))
    rows = "A,P15-06,n/a,present\nB,P15-06,not assessed,present\n"

    found = score_file(table(tmp_path, rows), instrument)

    assert [one.score for one in found] == [Decimal("12.00")] * 2


@pytest.mark.parametrize("condition", [". != 'absent'", "${P15-06} != 'absent'"])
def test_a_constraint_on_the_answer_alone_is_kept(
    library: Library, tmp_path: Path, condition: str
) -> None:
    plain = changed(library.get("2015-pemda"), "P15-06", constraint=compiled(condition))
    because = Wording("harus ada.", "it must be there.")
    explained = changed(plain, "P15-06", constraint_message=because)

    for one, name in ((plain, "cell_unfit"), (explained, "cell_unfit_because")):
        assert faults("Dinas,P15-06,,absent\n", one, tmp_path) == [(2, name)]
        assert score_file(table(tmp_path, "Dinas,P15-06,,present\n"), one)[0].score == 12


def test_the_reason_of_a_constraint_is_told_in_the_language_of_the_reader(
    library: Library, tmp_path: Path
) -> None:
    instrument = changed(
        library.get("2015-pemda"),
        "P15-06",
        constraint=compiled(". != 'absent'"),
        constraint_message=Wording("harus ada.", "it must be there."),
    )

    with pytest.raises(ResultsRefused) as refused:
        score_file(table(tmp_path, "Dinas,P15-06,,absent\n"), instrument)

    found = refused.value.places["faults"]
    assert isinstance(found, tuple)
    assert "harus ada." in found[0].told(Language.INDONESIAN)
    assert "it must be there." in found[0].told(Language.ENGLISH)


def test_a_constraint_that_looks_at_other_answers_is_not_followed(
    library: Library, tmp_path: Path
) -> None:
    condition = compiled("${P15-04} = 'present'")
    instrument = changed(library.get("2015-pemda"), "P15-06", constraint=condition)

    (found,) = score_file(table(tmp_path, "Dinas,P15-06,,present\n"), instrument)

    assert found.score == 12


@pytest.mark.parametrize("rule", NotAssessable)
def test_what_could_not_be_assessed_counts_as_in_a_visit(
    tmp_path: Path, rule: NotAssessable
) -> None:
    """Of B the other side is not answered either: that stays unmeasured whatever the rule."""
    codes = ("A", "B", "C", "D")
    listed = [world.indicator(code, "25", counts=SideRule.LOWER) for code in codes]
    instrument = world.instrument(listed, not_assessable=rule)
    locked = Observation(not_assessed_reason="terkunci")
    seen = {
        ObservationKey("A", Side.PAPERWORK): locked,
        ObservationKey("A", Side.PRACTICE): Observation(answer=world.PRESENT),
        ObservationKey("B", Side.PAPERWORK): locked,
        ObservationKey("C", Side.PAPERWORK): locked,
        ObservationKey("C", Side.PRACTICE): locked,
        **world.both("D", world.PARTIAL),
    }
    rows = (
        "Dinas,A,Tidak dapat dinilai,present\nDinas,B,not assessed,\n"
        "Dinas,C,not assessed,not assessed\nDinas,D,partial,partial\n"
    )

    (found,) = score_file(table(tmp_path, rows), instrument)

    visit = outlook(world.snapshot(seen), instrument).scores[Basis.OFFICIAL]
    assert (found.score, found.measured) == (published(visit.points), published(visit.measured))
    assert (
        found.measured
        == {
            NotAssessable.OPEN: Decimal("25.00"),
            NotAssessable.ZERO: Decimal("75.00"),
            NotAssessable.LEAVE_OUT: Decimal("50.00"),
        }[rule]
    )


def test_a_table_of_answers_may_be_longer_than_others(
    library: Library, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(table_file, "MOST_ROWS", 2)
    monkeypatch.setattr(table_file, "LARGEST_FILE", 1)
    codes = [one.code for one in library.get("2015-pemda").indicators()][:4]

    (found,) = score_file(
        table(tmp_path, "".join(f"Dinas,{code},,present\n" for code in codes)),
        library.get("2015-pemda"),
    )

    assert found.measured > 0


def test_an_instrument_without_weights_is_refused(library: Library, tmp_path: Path) -> None:
    with pytest.raises(RecordRefused, match="instrument_unweighted"):
        score_file(table(tmp_path, ""), library.get("2026"))
