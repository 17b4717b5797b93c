"""Which indicators are asked at all: `relevant` conditions over the answers given so far."""

from collections.abc import Collection, Iterator

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
        self._indicators = instrument.by_code
        self._known: dict[str, bool] = {}

    def asked(self, indicator: Indicator) -> bool:
        """Whether the condition of an indicator holds; true where it has none."""
        if indicator.relevant is None:
            return True
        waiting, begun = [indicator.code], set[str]()
        while waiting:  # a form may chain a thousand conditions: no recursion
            code = waiting[-1]
            first = [] if code in begun else self._undecided(code)
            begun.add(code)
            if first:
                waiting += first
                continue
            waiting.pop()
            if code not in self._known:
                self._known[code] = self._holds(code)
        return self._known[indicator.code]

    def answers(self, codes: Collection[str]) -> Answers:
        """What was answered to these; nothing of those that are not asked."""
        for code in codes:
            if code in self._indicators:
                self.asked(self._indicators[code])
        return dict(self._answered(codes))

    def _undecided(self, code: str) -> list[str]:
        """The conditional indicators that a condition looks at and that are not decided yet."""
        condition = self._indicators[code].relevant
        names = condition.names if condition is not None and code not in self._known else ()
        return [name for name in names if self._conditional(name) and name not in self._known]

    def _conditional(self, code: str) -> bool:
        return code in self._indicators and self._indicators[code].relevant is not None

    def _holds(self, code: str) -> bool:
        condition = self._indicators[code].relevant
        return condition is None or condition.holds(dict(self._answered(condition.names)))

    def _answered(self, codes: Collection[str]) -> Iterator[tuple[str, str]]:
        for code in codes:
            # What is not decided yet is part of a cycle, which the rules refuse.
            if code in self._indicators and self._known.get(code, not self._conditional(code)):
                indicator = self._indicators[code]
                found = _answer(self._snapshot, indicator, product=self._product)
                if found is not None:
                    yield code, found


def dependents(instrument: Instrument, codes: Collection[str]) -> frozenset[str]:
    """These indicators and those whose conditions look at them, near or far."""
    found, waiting = set(codes), list(codes)
    while waiting:
        for code in instrument.watchers(waiting.pop()):
            if code not in found:
                found.add(code)
                waiting.append(code)
    return frozenset(found)


def _answer(snapshot: Snapshot, indicator: Indicator, *, product: str) -> str | None:
    """What was seen in practice, or on paper where practice is not asked."""
    side = Side.PRACTICE if Side.PRACTICE in indicator.sides else Side.PAPERWORK
    own = snapshot.observation(ObservationKey(indicator.code, side, product)).answer
    if own is not None or product == WHOLE_UNIT:
        return own
    return snapshot.observation(ObservationKey(indicator.code, side)).answer
