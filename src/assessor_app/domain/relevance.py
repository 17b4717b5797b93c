"""Which indicators are asked at all: `relevant` conditions over the answers given so far."""

from collections.abc import Collection, Iterator, Mapping

from assessor_app.domain.instrument import Indicator, Instrument, Side
from assessor_app.domain.observation import WHOLE_UNIT, ObservationKey
from assessor_app.domain.scale import Answers
from assessor_app.domain.visit import Snapshot


class Relevance:
    """The conditions of one product's indicators; each is looked at once, when it is wanted.

    An indicator that is not asked reads as unanswered in the conditions of others, as in XForms.
    """

    def __init__(self, snapshot: Snapshot, instrument: Instrument, *, product: str) -> None:
        self._snapshot = snapshot
        self._product = product
        self._indicators = {one.code: one for one in instrument.indicators()}
        self._known: dict[str, bool] = {}

    def asked(self, indicator: Indicator) -> bool:
        """Whether the condition of an indicator holds; true where it has none."""
        if indicator.relevant is None:
            return True
        if indicator.code not in self._known:
            self._known[indicator.code] = False  # a cycle, which the rules refuse, ends here
            answers = self.answers(indicator.relevant.names)
            self._known[indicator.code] = indicator.relevant.holds(answers)
        return self._known[indicator.code]

    def answers(self, codes: Collection[str]) -> Answers:
        """What was answered to these; nothing of those that are not asked."""
        return dict(self._answered(codes))

    def _answered(self, codes: Collection[str]) -> Iterator[tuple[str, str]]:
        for code in codes:
            indicator = self._indicators.get(code)
            if indicator is not None and self.asked(indicator):
                found = _answer(self._snapshot, indicator, product=self._product)
                if found is not None:
                    yield code, found


def dependents(instrument: Instrument, codes: Collection[str]) -> frozenset[str]:
    """These indicators and those whose conditions look at them, near or far."""
    found = frozenset(codes)
    conditions = _conditions(instrument)
    while True:
        more = {code for code, names in conditions.items() if names & found}
        if more <= found:
            return found
        found |= more


def _conditions(instrument: Instrument) -> Mapping[str, frozenset[str]]:
    return {
        one.code: one.relevant.names for one in instrument.indicators() if one.relevant is not None
    }


def _answer(snapshot: Snapshot, indicator: Indicator, *, product: str) -> str | None:
    """What was seen in practice, or on paper where practice is not asked."""
    side = Side.PRACTICE if Side.PRACTICE in indicator.sides else Side.PAPERWORK
    own = snapshot.observation(ObservationKey(indicator.code, side, product)).answer
    if own is not None or product == WHOLE_UNIT:
        return own
    return snapshot.observation(ObservationKey(indicator.code, side)).answer
