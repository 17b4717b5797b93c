"""What can be repaired, where it leads, and what it comes to."""

from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.domain import method_world as world

from assessor_app.domain.improvement import (
    Aim,
    Case,
    Reach,
    Repair,
    Unit,
    aim_of,
    aims,
    plan,
    unit_of,
)
from assessor_app.domain.instrument import Band, Instrument, NotAssessable, Side, SideRule
from assessor_app.domain.observation import Observation, ObservationKey
from assessor_app.domain.outlook import outlook
from assessor_app.domain.problem import ImprovementRefused
from assessor_app.domain.scoring import Basis, published
from assessor_app.domain.zone import ZoneColour

RED, YELLOW, GREEN = ZoneColour.RED, ZoneColour.YELLOW, ZoneColour.GREEN


def band(lower: str, upper: str, zone: ZoneColour, category: str | None = None) -> Band:
    return Band(
        Decimal(lower), Decimal(upper), zone, world.said(zone.value), world.SOURCED, category
    )


BANDS_2022 = (
    band("88", "100", GREEN, "A"),
    band("78", "87.99", GREEN, "B"),
    band("54", "77.99", YELLOW, "C"),
    band("32", "53.99", RED, "D"),
    band("0", "31.99", RED, "E"),
)


def year_2022() -> Instrument:
    return replace(world.instrument([world.indicator("A", "100")]), bands=BANDS_2022)


@pytest.mark.parametrize(
    ("now", "wanted", "zone", "category", "lower"),
    [
        ("10", None, YELLOW, None, "54"),  # the next zone, not the next category (D)
        ("53.99", None, YELLOW, None, "54"),
        ("54", None, GREEN, None, "78"),
        ("77.99", None, GREEN, None, "78"),
        ("78", None, GREEN, None, "78"),  # at the top: what was reached
        ("99", None, GREEN, None, "78"),
        ("10", "green", GREEN, None, "78"),
        ("10", "GREEN", GREEN, None, "78"),
        ("80", "a", GREEN, "A", "88"),
        ("10", "D", RED, "D", "32"),
        ("99", "red", RED, None, "0"),
    ],
)
def test_the_aim_is_the_next_zone_up_or_what_was_asked_for(
    now: str, wanted: str | None, zone: ZoneColour, category: str | None, lower: str
) -> None:
    assert aim_of(year_2022(), Decimal(now), wanted) == Aim(zone, category, Decimal(lower))


@pytest.mark.parametrize(
    ("now", "names"), [("10", ["D", "C", "B", "A"]), ("78", ["A"]), ("88", ["A"]), ("100", ["A"])]
)
def test_every_step_above_can_be_aimed_at_and_at_the_top_what_was_reached(
    now: str, names: list[str]
) -> None:
    assert [aim.name for aim in aims(year_2022(), Decimal(now))] == names


def test_a_zone_without_categories_is_named_by_its_colour() -> None:
    plain = replace(year_2022(), bands=(band("0", "50", RED), band("51", "100", GREEN)))

    assert [aim.name for aim in aims(plain, Decimal(10))] == ["green"]


def test_an_aim_that_the_instrument_does_not_have_is_refused_with_those_it_has() -> None:
    with pytest.raises(ImprovementRefused) as refused:
        aim_of(year_2022(), Decimal(10), "hijau tua")

    assert refused.value.code == "improve_target_unknown"
    assert refused.value.places["targets"] == "red, yellow, green, E, D, C, B, A"


def test_without_weights_or_bounds_there_is_no_way_and_the_reason_is_told() -> None:
    reason = world.said("bobot belum diumumkan")
    unweighted = replace(year_2022(), weighted=False, unweighted_because=reason)
    unbounded = replace(year_2022(), bands=())

    for instrument, code in ((unweighted, "improve_no_weights"), (unbounded, "improve_no_bands")):
        with pytest.raises(ImprovementRefused) as refused:
            aim_of(instrument, Decimal(10))
        assert refused.value.code == code
    with pytest.raises(ImprovementRefused) as refused:
        aim_of(unweighted, Decimal(10))
    assert refused.value.places["because"] == reason


def test_a_repair_lifts_to_the_full_on_all_sides_that_its_rule_counts() -> None:
    """Present on paper, partial in practice: worth the missing half, whatever the rule."""
    rules = (SideRule.PRACTICE, SideRule.LOWER, SideRule.MEAN, SideRule.PAPERWORK)
    codes = ("A", "B", "C", "D")
    listed = [
        world.indicator(code, "10", counts=rule) for code, rule in zip(codes, rules, strict=True)
    ]
    instrument = replace(world.instrument(listed), bands=BANDS_2022)
    seen: dict[ObservationKey, Observation] = {}
    for code in codes:
        seen[ObservationKey(code, Side.PAPERWORK)] = Observation(answer=world.PRESENT)
        seen[ObservationKey(code, Side.PRACTICE)] = Observation(answer=world.PARTIAL)

    found = unit_of("Dinas", outlook(world.snapshot(seen), instrument), instrument)

    gains = {one.indicator: one.gain for one in found.repairs}
    assert gains == {"A": Decimal(5), "B": Decimal(5), "C": Decimal("2.5")}


def test_only_what_was_measured_and_applies_can_be_repaired() -> None:
    codes = ("absent", "open", "unfit", "one side")
    listed = [world.indicator(code, "10", counts=SideRule.LOWER) for code in codes]
    instrument = replace(world.instrument(listed), bands=BANDS_2022)
    seen = {
        **world.both("absent", world.ABSENT),
        **world.unfit("unfit"),
        ObservationKey("one side", Side.PRACTICE): Observation(answer=world.ABSENT),
    }

    found = unit_of("Dinas", outlook(world.snapshot(seen), instrument), instrument)

    assert [one.indicator for one in found.repairs] == ["absent"]
    assert found.repairs[0].gain == Decimal(40) / 3  # with its share of what does not apply
    assert published(found.unmeasured) == Decimal("26.67")


@pytest.mark.parametrize("rule", NotAssessable)
def test_what_could_not_be_assessed_is_never_advised_on(rule: NotAssessable) -> None:
    """Even where its points count as earned by nobody: nobody knows that anything is broken."""
    listed = [world.indicator("A", "10"), world.indicator("B", "10")]
    instrument = replace(world.instrument(listed, not_assessable=rule), bands=BANDS_2022)
    locked = Observation(not_assessed_reason="terkunci")
    seen = {
        **world.both("A", world.ABSENT),
        ObservationKey("B", Side.PAPERWORK): locked,
        ObservationKey("B", Side.PRACTICE): locked,
    }

    found = unit_of("Dinas", outlook(world.snapshot(seen), instrument), instrument)

    assert [one.indicator for one in found.repairs] == ["A"]


@pytest.mark.parametrize("counts", [SideRule.LOWER, SideRule.MEAN])
def test_what_lacks_one_side_is_unmeasured_and_not_advised_too(counts: SideRule) -> None:
    """On paper it could not be assessed, in practice nobody has answered yet."""
    listed = [world.indicator(code, "10", counts=counts) for code in ("A", "B")]
    instrument = replace(
        world.instrument(listed, not_assessable=NotAssessable.LEAVE_OUT), bands=BANDS_2022
    )
    seen = {
        **world.both("A", world.ABSENT),
        ObservationKey("B", Side.PAPERWORK): Observation(not_assessed_reason="terkunci"),
    }

    found = unit_of("Dinas", outlook(world.snapshot(seen), instrument), instrument)

    assert [one.indicator for one in found.repairs] == ["A"]
    assert found.unmeasured == 10


@given(st.lists(st.sampled_from(["present", "partial", "absent"]), min_size=1, max_size=12))
def test_making_the_repairs_gives_the_very_score_that_was_promised(answers: list[str]) -> None:
    listed = [world.indicator(f"I{at:02}", "7.3") for at in range(len(answers))]
    instrument = replace(world.instrument(listed), bands=BANDS_2022)
    seen: dict[ObservationKey, Observation] = {}
    for asked, answer in zip(listed, answers, strict=True):
        seen |= world.both(asked.code, answer)
    unit = unit_of("Dinas", outlook(world.snapshot(seen), instrument), instrument)
    some = unit.repairs[::2]

    for one in some:
        seen |= world.both(one.indicator, world.PRESENT)
    later = outlook(world.snapshot(seen), instrument).scores[Basis.OFFICIAL]

    assert unit.after(some) == later.points


_SIDE = st.sampled_from([world.PRESENT, world.PARTIAL, world.ABSENT, "locked", "open"])
_JUDGED = st.tuples(
    st.sampled_from(list(SideRule)),
    st.decimals("0.1", "30", places=2),
    _SIDE,
    _SIDE,
    st.booleans(),  # whether it does not apply here
)


def _observed(told: str) -> Observation | None:
    match told:
        case "open":
            return None
        case "locked":
            return Observation(not_assessed_reason="terkunci")
        case _:
            return Observation(answer=told)


@given(
    judged=st.lists(_JUDGED, min_size=1, max_size=9),
    rule=st.sampled_from(list(NotAssessable)),
    chosen=st.lists(st.booleans(), min_size=9, max_size=9),
)
def test_whatever_was_judged_the_score_tried_out_is_that_of_the_office_once_repaired(
    judged: list[tuple[SideRule, Decimal, str, str, bool]],
    rule: NotAssessable,
    chosen: list[bool],
) -> None:
    seen: dict[ObservationKey, Observation] = {}
    listed = []
    for at, (counts, weight, paper, practice, unfit) in enumerate(judged):
        code = f"I{at:02}"
        listed.append(world.indicator(code, str(weight), counts=counts))
        for side, told in ((Side.PAPERWORK, paper), (Side.PRACTICE, practice)):
            if (observed := _observed(told)) is not None:
                seen[ObservationKey(code, side)] = observed
        if unfit:
            seen |= world.unfit(code)
    made = replace(world.instrument(listed, not_assessable=rule), bands=BANDS_2022)
    unit = unit_of("Dinas", outlook(world.snapshot(seen), made), made)
    some = [one for one, wanted in zip(unit.repairs, chosen, strict=False) if wanted]
    promised = Case((unit,), Aim(GREEN, None, Decimal(78))).score(some)

    for one in some:
        seen |= world.both(one.indicator, world.PRESENT)

    later = outlook(world.snapshot(seen), made).scores[Basis.OFFICIAL]
    assert promised == published(later.points)


@given(
    points=st.lists(st.integers(0, 10_000), min_size=1, max_size=7),
    shares=st.lists(st.integers(1, 9), min_size=7, max_size=7),
    lower=st.integers(0, 10_000),
)
def test_what_is_needed_is_exactly_what_rounding_half_up_needs(
    points: list[int], shares: list[int], lower: int
) -> None:
    units = tuple(
        Unit(str(at), Decimal(one) / 100, (), share=shares[at]) for at, one in enumerate(points)
    )
    case = Case(units, Aim(GREEN, None, Decimal(lower) / 100))

    sum_of_hundredths = sum(one * shares[at] for at, one in enumerate(points))

    assert case.reached_by(()) is (sum_of_hundredths >= case.needed)


def city() -> Case:
    units = (
        Unit("Dinsos", Decimal(70), (Repair("Dinsos", "A", Decimal(20)),)),
        Unit("Disdik", Decimal(70), (Repair("Disdik", "A", Decimal(6)),), share=3),
    )
    return Case(units, Aim(GREEN, None, Decimal(78)))


def test_a_plan_tells_what_each_units_repairs_do_to_the_whole() -> None:
    case = city()

    found = plan(case, case.repairs())

    assert found.reach is Reach.REACHABLE
    assert (found.now, found.after, found.effort) == (Decimal(70), Decimal("79.50"), Decimal(2))
    told = {one.unit: (one.before, one.after, one.effect) for one in found.units}
    assert told["Dinsos"] == (Decimal(70), Decimal(90), Decimal(5))
    assert told["Disdik"] == (Decimal(70), Decimal(76), Decimal("4.5"))
    assert [one.unit for one in found.repairs] == ["Dinsos", "Disdik"]  # 20 x 1 before 6 x 3


def test_a_plan_out_of_reach_tells_what_is_lacking_with_all_repairs_made() -> None:
    case = replace(city(), aim=Aim(GREEN, None, Decimal(88)))

    found = plan(case, None)

    assert found.reach is Reach.OUT_OF_REACH
    assert found.missing == Decimal("8.50")
    assert len(found.repairs) == 2


def test_what_is_reached_already_needs_nothing() -> None:
    case = replace(city(), aim=Aim(YELLOW, None, Decimal(54)))

    found = plan(case, ())

    assert found.reach is Reach.ALREADY
    assert (found.effort, found.after) == (Decimal(0), Decimal(70))
