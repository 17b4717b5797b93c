"""How far one indicator is fulfilled on each side, from what was recorded."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from itertools import chain

from assessor_app.domain.gap import Gap, measure_gap
from assessor_app.domain.instrument import AnswerKind, Asked, Indicator, Instrument, Side
from assessor_app.domain.observation import WHOLE_UNIT, Observation, ObservationKey
from assessor_app.domain.relevance import Relevance
from assessor_app.domain.visit import Snapshot

_Found = tuple[ObservationKey, Observation]
_NO_SIDE: frozenset[Side] = frozenset()


class Applies(StrEnum):
    """Whether an indicator counts in this visit at all."""

    ASKED = "asked"
    NOT_APPLICABLE = "not_applicable"  # the assessor recorded that it does not apply, and why
    NOT_RELEVANT = "not_relevant"  # its condition does not hold
    NOT_FOLLOWED = "not_followed"  # a follow-up visit asks only what was found


@dataclass(frozen=True, slots=True)
class Compared:
    """One indicator of one product: the fulfilment of both sides (0 to 1) and the gap.

    A fulfilment is None where the side is not asked, not answered or could not be assessed; the
    gap is None where either is. Where the indicator does not apply it has neither.
    `unassessed` are the sides of which it was recorded that they could not be assessed.
    """

    indicator: Indicator
    product: str
    paper: Decimal | None
    practice: Decimal | None
    gap: Gap | None
    keys: tuple[ObservationKey, ...]  # the observations that it rests on
    applies: Applies = Applies.ASKED
    unassessed: frozenset[Side] = _NO_SIDE

    @property
    def asked(self) -> bool:
        return self.applies is Applies.ASKED

    def on(self, side: Side) -> Decimal | None:
        return self.paper if side is Side.PAPERWORK else self.practice


Parts = dict[str, tuple[Compared, ...]]
"""What was compared of each indicator (code): one for each product that it is asked of."""


def compare(snapshot: Snapshot, instrument: Instrument) -> tuple[Compared, ...]:
    """Every indicator, for every product that it is asked of, in the instrument's order."""
    return tuple(chain.from_iterable(parts(snapshot, instrument, instrument.by_code).values()))


def parts(snapshot: Snapshot, instrument: Instrument, codes: Iterable[str]) -> Parts:
    """The same of these indicators alone: an answer touches one of a thousand."""
    relevance = _Conditions(snapshot, instrument)
    by_code = instrument.by_code
    return {code: tuple(_products(snapshot, by_code[code], relevance)) for code in codes}


def products_of(snapshot: Snapshot, indicator: Indicator) -> tuple[str, ...]:
    """The products that an indicator is asked of; the whole unit for the others."""
    if indicator.asked is Asked.PER_PRODUCT:
        return snapshot.asked_products()
    return (WHOLE_UNIT,)


def keys_of(
    snapshot: Snapshot, indicator: Indicator, side: Side, *, product: str
) -> Iterator[ObservationKey]:
    """The observations that speak for a side: one, or one a respondent who is asked."""
    if indicator.asked is not Asked.PER_RESPONDENT:
        yield ObservationKey(indicator.code, side, product)
        return
    posts = {role.code for role in indicator.roles}
    for id_, respondent in sorted(snapshot.respondents.items()):
        key = ObservationKey(indicator.code, side, respondent=id_)
        fits = respondent.post is None or respondent.post in posts or not posts
        if fits or key in snapshot.observations:
            yield key


def mean(values: Sequence[Decimal]) -> Decimal:
    """The exact mean of one value or more; nearly always there is one, and no sum to make."""
    return values[0] if len(values) == 1 else sum(values, Decimal(0)) / len(values)


class _Conditions:
    """The conditions of each product, made when the first indicator has one."""

    def __init__(self, snapshot: Snapshot, instrument: Instrument) -> None:
        self._snapshot = snapshot
        self._instrument = instrument
        self._products: dict[str, Relevance] = {}

    def hold(self, indicator: Indicator, product: str) -> bool:
        if product not in self._products:
            self._products[product] = Relevance(self._snapshot, self._instrument, product=product)
        known = self._products[product]
        return self._undecidable(indicator, known) or known.asked(indicator)

    def _undecidable(self, indicator: Indicator, known: Relevance) -> bool:
        """Whether a follow-up has no answer to what a condition looks at.

        What was found applied then: where nothing of this visit speaks against it, it is asked.
        """
        if not self._snapshot.followed or indicator.relevant is None:
            return False
        names = self._instrument.by_code.keys() & set(indicator.relevant.names)
        return not names <= known.answers(names).keys()


def _products(snapshot: Snapshot, indicator: Indicator, conditions: _Conditions) -> list[Compared]:
    free = indicator.relevant is None
    return [
        _compared(
            snapshot, indicator, product, relevant=free or conditions.hold(indicator, product)
        )
        if not snapshot.followed or snapshot.follows(indicator.code, product)
        else Compared(indicator, product, None, None, None, (), Applies.NOT_FOLLOWED)
        for product in products_of(snapshot, indicator)
    ]


def _compared(
    snapshot: Snapshot, indicator: Indicator, product: str, *, relevant: bool
) -> Compared:
    if indicator.asked is Asked.PER_RESPONDENT:
        found = [_voices(snapshot, indicator, side, product=product) for side in indicator.sides]
        keys = tuple(key for pairs in found for key, _ in pairs)
    else:
        keys = tuple([ObservationKey(indicator.code, side, product) for side in indicator.sides])
        found = [[(key, snapshot.observation(key))] for key in keys]
    if not relevant:
        return Compared(indicator, product, None, None, None, keys, Applies.NOT_RELEVANT)
    if _declared_unfit(snapshot, indicator, found):
        return Compared(indicator, product, None, None, None, keys, Applies.NOT_APPLICABLE)
    paper = practice = gap = None
    for side, pairs in zip(indicator.sides, found, strict=True):
        if side is Side.PAPERWORK:
            paper = _fulfilment(snapshot, indicator, pairs)
        else:
            practice = _fulfilment(snapshot, indicator, pairs)
    if paper is not None and practice is not None:
        gap = measure_gap(paper=paper, practice=practice, weight=indicator.weight)
        return Compared(indicator, product, paper, practice, gap, keys)
    unassessed = _unassessed(indicator, found)
    return Compared(indicator, product, paper, practice, None, keys, unassessed=unassessed)


def _voices(snapshot: Snapshot, indicator: Indicator, side: Side, *, product: str) -> list[_Found]:
    """What each respondent who is asked answered on a side."""
    keys = keys_of(snapshot, indicator, side, product=product)
    return [(key, snapshot.observation(key)) for key in keys]


def _declared_unfit(
    snapshot: Snapshot, indicator: Indicator, found: Sequence[Sequence[_Found]]
) -> bool:
    """Whether it was recorded, on either side, that the indicator does not apply.

    Of an interview that is said once, of nobody's answer.
    """
    if indicator.asked is Asked.PER_RESPONDENT:
        wholes = (ObservationKey(indicator.code, side) for side in indicator.sides)
        return any(snapshot.observation(key).not_applicable_reason for key in wholes)
    return any(pairs[0][1].not_applicable_reason for pairs in found)


def _unassessed(indicator: Indicator, found: Sequence[Sequence[_Found]]) -> frozenset[Side]:
    """The sides of which it was said of everybody asked that they could not be assessed."""
    return frozenset(
        side
        for side, pairs in zip(indicator.sides, found, strict=True)
        if pairs and all(one.not_assessed_reason for _, one in pairs)
    )


def _fulfilment(
    snapshot: Snapshot, indicator: Indicator, found: Sequence[_Found]
) -> Decimal | None:
    """Fulfilment of a side from 0 to 1: the mean over respondents, by what each one weighs."""
    if indicator.asked is not Asked.PER_RESPONDENT:
        return _answered(snapshot, indicator, *found[0]) if found else None
    shares: list[tuple[Decimal, Decimal]] = []
    for key, one in found:
        share = _answered(snapshot, indicator, key, one)
        if share is not None:
            shares.append((share, snapshot.respondents[key.respondent].weight(indicator.roles)))
    whole = sum((weight for _, weight in shares), Decimal(0))
    return sum((share * weight for share, weight in shares), Decimal(0)) / whole if whole else None


def _answered(
    snapshot: Snapshot, indicator: Indicator, key: ObservationKey, found: Observation
) -> Decimal | None:
    if not found.answer:
        return None
    promised = None
    if indicator.kind is AnswerKind.DURATION and key.side is Side.PRACTICE:
        promised = _promised(snapshot, key)
    return indicator.fulfilment(key.side, found.answer, promised=promised)


def _promised(snapshot: Snapshot, key: ObservationKey) -> str | None:
    """The time promised on paper: to this respondent, or to everybody."""
    whole = ObservationKey(key.indicator, Side.PAPERWORK, key.product)
    own = ObservationKey(key.indicator, Side.PAPERWORK, key.product, key.respondent)
    return snapshot.observation(own).answer or snapshot.observation(whole).answer
