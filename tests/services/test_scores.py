"""Scores over real visits: exact, explained, honest about what they rest on."""

from decimal import Decimal

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.visiting import answer, answer_all

from assessor_app.domain.fulfilment import compare
from assessor_app.domain.instrument import SideRule
from assessor_app.domain.observation import Observation, ObservationKey
from assessor_app.domain.scoring import Basis, Standing, score
from assessor_app.domain.zone import ZoneColour
from assessor_app.services.session import Session


def points(session: Session, basis: Basis) -> Decimal:
    return session.scores()[basis].points


def test_the_2015_score_counts_practice_and_says_how_much_is_sourced(session: Session) -> None:
    answer_all(session, absent={"P15-06": "practice", "P15-08": "paperwork"})

    official = session.scores()[Basis.OFFICIAL]

    assert official.points == Decimal(98)
    assert official.maximum == official.measured == Decimal(110)
    assert official.verified == Decimal(91)
    assert official.standing is Standing.SIMULATION
    assert official.band is not None
    assert official.band.zone is ZoneColour.GREEN
    assert points(session, Basis.ON_PAPER) == Decimal(107)
    assert points(session, Basis.IN_PRACTICE) == Decimal(98)


def test_a_score_is_the_sum_of_its_lines(session: Session) -> None:
    answer_all(session, absent={"P15-17": "both", "P15-03": "practice"})

    for found in session.scores().values():
        assert found.points == sum(line.points for line in found.lines)
    line = next(
        line for line in session.scores()[Basis.OFFICIAL].lines if line.indicator.code == "P15-17"
    )
    assert (line.points, line.weight, line.rule) == (Decimal(0), Decimal("3.8"), SideRule.PRACTICE)


def test_the_zone_is_told_only_when_nothing_unmeasured_can_change_it(session: Session) -> None:
    codes = [one.code for one in session.instrument.indicators()]
    for code in codes[:5]:
        answer(session, code, "practice", "present")

    open_yet = session.scores()[Basis.OFFICIAL]
    for code in codes[5:]:
        answer(session, code, "practice", "absent")
    settled = session.scores()[Basis.OFFICIAL]

    assert open_yet.band is None
    assert open_yet.measured == Decimal(42)
    assert settled.band is not None
    assert settled.band.zone is ZoneColour.RED


def test_nothing_measured_has_neither_zone_nor_points(session: Session) -> None:
    found = session.scores()[Basis.OFFICIAL]

    assert (found.points, found.measured, found.band) == (Decimal(0), Decimal(0), None)


def test_each_side_rule_counts_what_it_says(small: Session) -> None:
    """T-03 counts the lower side, T-04 the mean, T-02 has paperwork only."""
    answer(small, "T-03", "paperwork", "present")
    answer(small, "T-03", "practice", "partial")
    answer(small, "T-04", "paperwork", "present")
    answer(small, "T-04", "practice", "absent")
    answer(small, "T-02", "paperwork", "present")

    lines = {line.indicator.code: line for line in small.scores()[Basis.OFFICIAL].lines}
    practice = {line.indicator.code for line in small.scores()[Basis.IN_PRACTICE].lines}

    assert lines["T-03"].points == Decimal(15)
    assert lines["T-04"].points == Decimal(10)
    assert lines["T-02"].points == Decimal("17.75")
    assert lines["T-02"].rule is SideRule.PAPERWORK
    assert "T-02" not in practice


def test_a_rule_over_both_sides_waits_for_both(small: Session) -> None:
    answer(small, "T-03", "paperwork", "present")

    lines = {line.indicator.code: line for line in small.scores()[Basis.OFFICIAL].lines}

    assert lines["T-03"].fulfilment is None


def test_respondents_are_averaged(small: Session) -> None:
    for name, level in (("R1", "4"), ("R2", "2"), ("r1", "3")):
        answer(small, "T-01", "practice", level, respondent=name)

    lines = {line.indicator.code: line for line in small.scores()[Basis.OFFICIAL].lines}

    assert lines["T-01"].fulfilment == Decimal("0.625")
    assert len(small.snapshot.respondents) == 2


def test_products_are_averaged_and_fall_back_to_the_whole_unit(session: Session) -> None:
    answer_all(session)
    answer(session, "P15-05", "practice", "absent", product="KTP-el")
    answer(session, "P15-06", "practice", "present", product="Akta")

    lines = {line.indicator.code: line for line in session.scores()[Basis.OFFICIAL].lines}

    assert lines["P15-05"].fulfilment == Decimal("0.5")
    assert lines["P15-05"].products == 2
    assert lines["P15-06"].fulfilment == 1


answers = st.dictionaries(
    st.tuples(st.integers(0, 19), st.sampled_from(["paperwork", "practice"])),
    st.sampled_from(["present", "absent"]),
)


@given(given_answers=answers, flipped=st.integers(0, 19))
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=40)
def test_scores_are_bounded_monotone_and_free_of_order(
    session: Session, given_answers: dict[tuple[int, str], str], flipped: int
) -> None:
    codes = [one.code for one in session.instrument.indicators()]
    sides = {side.value: side for side in next(session.instrument.indicators()).sides}

    def found(answers: dict[tuple[int, str], str], basis: Basis) -> Decimal:
        observations = {
            ObservationKey(codes[place], sides[side]): Observation(answer=value)
            for (place, side), value in answers.items()
        }
        snapshot = session.snapshot
        seen = type(snapshot)(snapshot.visit, observations, {}, {}, {}, {}, {})
        whole = score(compare(seen, session.instrument), session.instrument, basis)
        assert whole is not None
        return whole.points

    for basis in Basis:
        whole = found(given_answers, basis)
        better = {**given_answers, (flipped, "practice"): "present"}
        backwards = dict(reversed(given_answers.items()))
        assert 0 <= whole <= session.instrument.maximum
        assert found(better, basis) >= whole
        assert found(backwards, basis) == whole


def test_56_points_are_the_first_of_yellow(session: Session) -> None:
    missing = ("P15-04", "P15-05", "P15-06", "P15-07", "P15-01")
    answer_all(session, absent=dict.fromkeys(missing, "practice"))

    found = session.scores()[Basis.OFFICIAL]

    assert found.points == Decimal(56)
    assert found.band is not None
    assert found.band.zone is ZoneColour.YELLOW
