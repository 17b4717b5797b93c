"""Practice the same as paperwork: the answer alone, and only where it means the same."""

import pytest

from assessor_app.domain.instrument import Instrument
from assessor_app.domain.observation import Observation
from assessor_app.domain.problem import RecordRefused
from assessor_app.domain.same import same_as_paperwork
from assessor_app.domain.scale import AnswerKind
from assessor_app.instruments.library import Library

OPEN = Observation()


@pytest.fixture
def kinds_instrument(library: Library) -> Instrument:
    return library.get("kinds")


def test_the_answer_is_the_same_and_nothing_else_is_told(library: Library) -> None:
    indicator = library.get("2015-pemda").indicator("P15-06")
    paper = Observation(answer="present", note="Di lampiran", no_evidence_reason="dilarang")

    assert same_as_paperwork(indicator, paper, OPEN) == "present"


@pytest.mark.parametrize(
    ("paper", "practice", "code"),
    [
        (OPEN, OPEN, "same_nothing_on_paper"),
        (Observation(not_assessed_reason="terkunci"), OPEN, "same_nothing_on_paper"),
        (Observation(answer="present"), Observation(answer="absent"), "same_answered_otherwise"),
        (
            Observation(answer="present"),
            Observation(not_assessed_reason="gelap"),
            "same_answered_otherwise",
        ),
        (Observation(answer="present"), None, "same_one_side"),
        (None, OPEN, "same_one_side"),
    ],
)
def test_what_cannot_be_said_shortly_is_said_why(
    library: Library, paper: Observation | None, practice: Observation | None, code: str
) -> None:
    indicator = library.get("2015-pemda").indicator("P15-06")

    with pytest.raises(RecordRefused) as refused:
        same_as_paperwork(indicator, paper, practice)

    assert refused.value.code == code


def test_what_is_the_same_already_stays(library: Library) -> None:
    indicator = library.get("2015-pemda").indicator("P15-06")
    both = Observation(answer="present")

    assert same_as_paperwork(indicator, both, both) == "present"


def test_kinds_that_mean_something_else_in_practice_are_refused(
    kinds_instrument: Instrument,
) -> None:
    told: dict[AnswerKind, str] = {}
    for indicator in kinds_instrument.indicators():
        try:
            same_as_paperwork(indicator, Observation(answer="1"), OPEN)
        except RecordRefused as refused:
            told[indicator.kind] = refused.code

    own = ("duration", "text", "date", "photo", "note")
    assert told == {AnswerKind(kind): f"same_kind_{kind}" for kind in own}
