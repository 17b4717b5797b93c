"""Paper against practice as figures, and a visit against an earlier one."""

from dataclasses import replace
from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st
from tests.domain import method_world as world

from assessor_app.domain.comparison import Found, Since, Stood, compare_visits
from assessor_app.domain.consistency import consistency
from assessor_app.domain.findings import FindingKind
from assessor_app.domain.gap import GapKind
from assessor_app.domain.instrument import Asked, Indicator, Instrument, Side, SideRule
from assessor_app.domain.observation import Observation, ObservationKey
from assessor_app.domain.outlook import outlook

Answers = dict[ObservationKey, Observation]
VALUES = (world.PRESENT, world.PARTIAL, world.ABSENT)


def sides(code: str, paper: str, practice: str, *, product: str = "-") -> Answers:
    return {
        ObservationKey(code, Side.PAPERWORK, product): Observation(answer=paper),
        ObservationKey(code, Side.PRACTICE, product): Observation(answer=practice),
    }


def ten(*codes: str) -> list[Indicator]:
    return [world.indicator(code, "10") for code in codes]


def test_the_weight_is_told_apart_by_how_the_sides_agree_in_total_and_by_dimension() -> None:
    instrument = world.instrument(ten("A", "B", "C"), ten("D", "E", "F"))
    seen = {
        **sides("A", world.PRESENT, world.PRESENT),
        **sides("B", world.PRESENT, world.ABSENT),
        **sides("C", world.ABSENT, world.ABSENT),
        **sides("D", world.ABSENT, world.PRESENT),
        **sides("E", world.PARTIAL, world.PARTIAL),
        **sides("F", world.PRESENT, world.PARTIAL),
    }

    found = consistency(outlook(world.snapshot(seen), instrument), instrument)

    assert found.weighted
    assert found.total.compared == 60
    assert found.total.left_out == 0
    assert found.total.weights == {
        GapKind.CONSISTENT: 20,
        GapKind.PAPER_ONLY: 10,
        GapKind.PAPER_AHEAD: 10,
        GapKind.PRACTICE_AHEAD: 0,
        GapKind.PRACTICE_ONLY: 10,
        GapKind.NEITHER: 10,
    }
    first, second = (balance for _, balance in found.dimensions)
    assert first.share(GapKind.PAPER_ONLY) == Decimal(1) / 3
    assert second.share(GapKind.PAPER_ONLY) == 0
    assert [dimension.code for dimension, _ in found.dimensions] == ["d0", "d1"]


def test_what_is_asked_on_one_side_or_open_on_the_other_is_left_out() -> None:
    one_side = world.indicator("P", "10", sides=[Side.PRACTICE])
    instrument = world.instrument([*ten("A", "B", "N"), one_side])
    seen = {
        **sides("A", world.PRESENT, world.PRESENT),
        ObservationKey("B", Side.PAPERWORK): Observation(answer=world.PRESENT),
        ObservationKey("P", Side.PRACTICE): Observation(answer=world.PRESENT),
        **world.unfit("N"),
    }

    found = consistency(outlook(world.snapshot(seen), instrument), instrument)

    # A third of N's ten points went to each of the others.
    assert found.total.share(GapKind.CONSISTENT) == 1
    assert found.total.left_out == 2 * found.total.compared


def test_nothing_compared_has_no_shares() -> None:
    instrument = world.instrument(ten("A"))

    found = consistency(outlook(world.snapshot(), instrument), instrument)

    assert found.total.compared == 0
    assert all(found.total.share(kind) == 0 for kind in GapKind)


def test_products_share_the_weight_of_their_indicator() -> None:
    fee = world.indicator("A", "10", asked=Asked.PER_PRODUCT)
    instrument = world.instrument([fee])
    seen = {
        **sides("A", world.PRESENT, world.PRESENT, product="p1"),
        **sides("A", world.PRESENT, world.ABSENT, product="p2"),
    }
    snapshot = world.snapshot(seen, products={"p1": "KTP", "p2": "Akta"})

    found = consistency(outlook(snapshot, instrument), instrument)

    assert found.total.weights[GapKind.PAPER_ONLY] == 5
    assert found.total.weights[GapKind.CONSISTENT] == 5


def test_without_weights_indicators_are_counted() -> None:
    listed = [replace(one, weight=Decimal(0), weight_source=None) for one in ten("A", "B", "C")]
    instrument = world.instrument(listed, weighted=False)
    seen = {**sides("A", world.PRESENT, world.ABSENT), **sides("B", world.ABSENT, world.ABSENT)}

    found = consistency(outlook(world.snapshot(seen), instrument), instrument)

    assert not found.weighted
    assert found.total.weights[GapKind.PAPER_ONLY] == 1
    assert found.total.compared == 2
    assert found.total.left_out == 1


pairs = st.lists(
    st.tuples(st.sampled_from((*VALUES, "")), st.sampled_from((*VALUES, ""))),
    min_size=1,
    max_size=10,
)


@given(given_pairs=pairs)
def test_kinds_and_what_is_left_out_make_the_whole_and_dimensions_make_the_total(
    given_pairs: list[tuple[str, str]],
) -> None:
    listed = [world.indicator(f"I{at:02}", "7.3") for at in range(len(given_pairs))]
    half = len(listed) // 2
    instrument = world.instrument(listed[:half], listed[half:])
    seen: Answers = {}
    for one, (paper, practice) in zip(listed, given_pairs, strict=True):
        seen |= {
            key: value for key, value in sides(one.code, paper, practice).items() if value.answer
        }

    found = consistency(outlook(world.snapshot(seen), instrument), instrument)

    assert found.total.compared + found.total.left_out == instrument.maximum
    for kind in GapKind:
        parts = sum(balance.weights[kind] for _, balance in found.dimensions)
        assert parts == found.total.weights[kind]
        assert 0 <= found.total.share(kind) <= 1


def stood(instrument: Instrument, seen: Answers) -> Stood:
    return Stood(outlook(world.snapshot(seen), instrument), instrument)


def test_each_indicator_is_traced_from_one_visit_to_the_next() -> None:
    earlier = world.instrument(ten("mended", "left", "broke", "fine", "dropped", "unknown", "na"))
    later = world.instrument(ten("new", "mended", "left", "broke", "fine", "unknown", "na"))
    full, none = (world.PRESENT, world.PRESENT), (world.ABSENT, world.ABSENT)
    before = {
        **sides("mended", *none),
        **sides("left", *none),
        **sides("broke", *full),
        **sides("fine", *full),
        **sides("dropped", *none),
        **sides("unknown", *none),
        **sides("na", *none),
    }
    after = {
        **sides("new", *none),
        **sides("mended", *full),
        **sides("left", world.PRESENT, world.ABSENT),
        **sides("broke", *none),
        **sides("fine", *full),
        ObservationKey("unknown", Side.PRACTICE): Observation(answer=world.PRESENT),
        **world.unfit("na"),
    }

    found = compare_visits(stood(earlier, before), stood(later, after))

    assert {one.indicator.code: one.since for one in found} == {
        "new": Since.NOT_COMPARABLE,
        "mended": Since.REPAIRED,
        "left": Since.STILL_OPEN,
        "broke": Since.NEWLY_BROKEN,
        "fine": Since.STILL_FINE,
        "unknown": Since.NOT_COMPARABLE,
        "na": Since.NOT_COMPARABLE,
        "dropped": Since.NOT_COMPARABLE,
    }
    by_code = {one.indicator.code: one for one in found}
    assert found[-1].indicator.code == "dropped"
    assert (by_code["new"].earlier, by_code["dropped"].later) == (Found.ABSENT, Found.ABSENT)
    assert by_code["unknown"].later is Found.UNKNOWN
    assert by_code["na"].later is Found.NOT_APPLICABLE
    assert by_code["left"].findings == (FindingKind.PAPER_ONLY,)
    assert by_code["mended"].findings == ()


def test_an_indicator_is_open_while_it_is_open_for_any_product() -> None:
    fee = world.indicator("A", "10", asked=Asked.PER_PRODUCT, counts=SideRule.LOWER)
    instrument = world.instrument([fee])
    good = sides("A", world.PRESENT, world.PRESENT, product="p1")
    bad = sides("A", world.ABSENT, world.ABSENT, product="p2")
    products = {"p1": "KTP", "p2": "Akta"}
    earlier = Stood(
        outlook(world.snapshot({**good, **bad}, products=products), instrument), instrument
    )
    later = Stood(outlook(world.snapshot(good, products={"p1": "KTP"}), instrument), instrument)

    (traced,) = compare_visits(earlier, later)

    assert traced.since is Since.REPAIRED
    assert traced.was_open


@given(given_pairs=pairs)
def test_a_visit_against_itself_has_repaired_and_broken_nothing(
    given_pairs: list[tuple[str, str]],
) -> None:
    listed = [world.indicator(f"I{at:02}", "1") for at in range(len(given_pairs))]
    seen: Answers = {}
    for one, (paper, practice) in zip(listed, given_pairs, strict=True):
        seen |= {key: got for key, got in sides(one.code, paper, practice).items() if got.answer}
    same = stood(world.instrument(listed), seen)

    found = {one.since for one in compare_visits(same, same)}

    assert found <= {Since.STILL_OPEN, Since.STILL_FINE, Since.NOT_COMPARABLE}
