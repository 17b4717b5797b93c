"""A sum that goes on: equal in every digit to the one that is made of all addends at once."""

from collections import Counter
from collections.abc import Iterable
from decimal import MAX_EMAX, MAX_PREC, MIN_EMIN, Context, Decimal, getcontext

_NOTHING = Decimal(0)
_EXACT = Context(prec=MAX_PREC, Emax=MAX_EMAX, Emin=MIN_EMIN)


class RunningSum:
    """The sum of addends by name, none of them negative; to change one costs the same among many.

    Beside them stands their sum without any rounding. Where that fits the precision at hand, no sum
    of some of them was rounded either, and the order was all one; where it does not (a third of a
    point), they are added anew in their order, as everybody adds them.
    """

    def __init__(self, names: Iterable[str]) -> None:
        self._addends = dict.fromkeys(names, _NOTHING)
        self._exact = _NOTHING
        self._ends = Counter({0: len(self._addends) + 1})  # by exponent: one more, as sums begin

    def put(self, name: str, addend: Decimal) -> None:
        """Let an addend be another one. Raises KeyError for a name that was not there."""
        before, self._addends[name] = self._addends[name], addend
        self._exact = _EXACT.add(_EXACT.subtract(self._exact, before), addend)
        was, ends = _exponent(before), _exponent(addend)
        if was == ends:
            return
        self._ends[ends] += 1
        self._ends[was] -= 1
        if not self._ends[was]:
            del self._ends[was]

    def total(self) -> Decimal:
        """The sum, with as many places as the addends have."""
        least = min(self._ends)
        exact = self._exact.quantize(Decimal((0, (1,), least)), context=_EXACT)
        if exact.adjusted() - least < getcontext().prec:
            return exact
        return sum(self._addends.values(), _NOTHING)


def _exponent(number: Decimal) -> int:
    """Raises ValueError for what is no number: infinity, NaN."""
    return int(number.as_tuple().exponent)
