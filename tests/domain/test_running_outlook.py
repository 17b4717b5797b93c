"""A visit that goes on: what is computed of each action alone equals what is computed of all."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.domain.method_world import (
    ABSENT,
    PARTIAL,
    PRESENT,
    both,
    indicator,
    instrument,
    snapshot,
    unfit,
)

from assessor_app.domain.instrument import (
    Asked,
    Denominator,
    Indicator,
    Instrument,
    NotAssessable,
    Side,
    SideRule,
)
from assessor_app.domain.observation import Observation, ObservationKey
from assessor_app.domain.outlook import Outlook, RunningOutlook, outlook
from assessor_app.domain.respondents import Respondent
from assessor_app.domain.scale import Answers

Told = Mapping[ObservationKey, Observation]

PRODUCTS = {"p1": "KTP-el", "p2": "Akta", "p3": "KIA"}
PEOPLE = [Respondent(str(number), f"Responden {number}", "user") for number in range(3)]
UNASSESSED = Observation(not_assessed_reason="pejabatnya dinas luar")
SAID = [ABSENT, PARTIAL, PRESENT, "n/a", "unassessed", "paper only", "open"]


@dataclass(frozen=True)
class Present:
    """Holds where another indicator was answered as present."""

    name: str

    @property
    def expression(self) -> str:
        return f"${{{self.name}}} = 'present'"

    @property
    def names(self) -> frozenset[str]:
        return frozenset({self.name})

    def holds(self, answers: Answers, *, own: str | None = None) -> bool:
        return answers.get(self.name) == PRESENT and own is None


def rows() -> list[Indicator]:
    """Every way to ask, weights whose shares do not end, and conditions near and far."""
    plain = [indicator(f"X-{n}", f"{n + 1}.37") for n in range(5)]
    return [
        *plain,
        indicator("X-5", "0"),
        replace(indicator("X-6", "3"), relevant=Present("X-0")),
        replace(indicator("X-7", "1.5"), relevant=Present("X-6")),
        indicator("X-8", "2", counts=SideRule.LOWER),
        indicator("X-9", "2", counts=SideRule.MEAN),
        indicator("P-1", "4", asked=Asked.PER_PRODUCT),
        indicator("P-2", "0.7", asked=Asked.PER_PRODUCT, counts=SideRule.LOWER),
        indicator("R-1", "6", asked=Asked.PER_RESPONDENT, sides=[Side.PRACTICE]),
        indicator("K-1", "1", sides=[Side.PAPERWORK]),
    ]


CODES = [one.code for one in rows()]


def said(what: str, one: Indicator, subject: int) -> Told:
    """What is recorded of an indicator, of one product or respondent where it is asked so."""
    product = list(PRODUCTS)[subject] if one.asked is Asked.PER_PRODUCT else ""
    respondent = str(subject) if one.asked is Asked.PER_RESPONDENT else ""
    keys = [ObservationKey(one.code, side, product, respondent) for side in one.sides]
    match what:
        case "n/a":
            return unfit(one.code, one.sides[0])
        case "unassessed":
            return dict.fromkeys(keys, UNASSESSED)
        case "open":
            return dict.fromkeys([*keys, *unfit(one.code, one.sides[0])], Observation())
        case "paper only":
            return {
                key: Observation(answer=PRESENT if key.side is Side.PAPERWORK else ABSENT)
                for key in keys
            }
        case _:
            return {key: Observation(answer=what) for key in keys}


def digits(found: Outlook) -> list[str]:
    """All numbers to their last digit: a document that is made of them has the same bytes."""
    return [
        f"{basis} {one.points} {one.measured} {one.maximum} {one.verified} "
        f"{[(line.fulfilment, line.weight) for line in one.lines]}"
        for basis, one in found.scores.items()
    ]


@given(
    steps=st.lists(
        st.tuples(st.sampled_from(CODES), st.sampled_from(SAID), st.integers(0, 2)), max_size=25
    ),
    denominator=st.sampled_from(Denominator),
    not_assessable=st.sampled_from(NotAssessable),
    weighted=st.booleans(),
)
def test_what_is_computed_of_each_action_alone_equals_what_is_computed_of_all(
    steps: list[tuple[str, str, int]],
    denominator: Denominator,
    not_assessable: NotAssessable,
    *,
    weighted: bool,
) -> None:
    every = rows()
    of = instrument(
        every[:6],
        every[6:],
        denominator=denominator,
        not_assessable=not_assessable,
        weighted=weighted,
    )
    seen = snapshot(products=PRODUCTS, respondents=PEOPLE)
    running = RunningOutlook(seen, of)
    for code, what, subject in steps:
        told = said(what, of.indicator(code), subject)
        seen = replace(seen, observations={**seen.observations, **told})
        now, whole = running.again(seen, touched={code}), outlook(seen, of)
        assert now == whole
        assert digits(now) == digits(whole)
        assert running.of(code) == tuple(c for c in whole.compared if c.indicator.code == code)


def wide() -> Instrument:
    return instrument([indicator(f"X-{n}") for n in range(40)])


def test_a_product_that_is_named_later_is_compared_from_then_on() -> None:
    of = instrument([indicator("P-1", asked=Asked.PER_PRODUCT), indicator("X-1")])
    running = RunningOutlook(snapshot(both("X-1", PRESENT)), of)

    seen = snapshot(both("X-1", PRESENT), products=PRODUCTS)

    assert running.again(seen, touched={"P-1"}) == outlook(seen, of)
    assert len(running.of("P-1")) == len(PRODUCTS)


def test_an_answer_computes_nothing_of_the_indicators_that_it_does_not_touch(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    of = wide()
    running = RunningOutlook(snapshot(), of)
    before = running.outlook.compared
    asked: list[str] = []
    look = type(snapshot()).observation

    def counting(seen: object, key: ObservationKey) -> Observation:
        asked.append(key.indicator)
        return look(seen, key)  # type: ignore[arg-type]  # the snapshot whose method it is

    monkeypatch.setattr("assessor_app.domain.visit.Snapshot.observation", counting)
    after = running.again(snapshot(both("X-7", ABSENT)), touched={"X-7"}).compared

    assert set(asked) == {"X-7"}
    assert [one for one, was in zip(after, before, strict=True) if one is not was] == [after[7]]


def test_an_indicator_that_the_instrument_lacks_touches_nothing() -> None:
    of = wide()
    running = RunningOutlook(snapshot(), of)

    assert running.again(snapshot(), touched={"Z-1"}) == outlook(snapshot(), of)
    assert running.of("Z-1") == ()


def test_an_outlook_that_was_taken_stays_as_it_was() -> None:
    """A worker makes a document of one while answers go on."""
    of = wide()
    running = RunningOutlook(snapshot(), of)
    taken = running.outlook

    running.again(snapshot(both("X-3", ABSENT)), touched={"X-3"})

    assert taken == outlook(snapshot(), of)
    assert taken != running.outlook
