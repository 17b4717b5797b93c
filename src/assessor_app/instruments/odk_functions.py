"""The ODK functions that conditions may use, over plain values."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from decimal import ROUND_CEILING, ROUND_FLOOR, ROUND_HALF_UP, Decimal
from typing import TypeAlias

from assessor_app.domain.scale import NONE
from assessor_app.instruments.odk_patterns import matches
from assessor_app.instruments.odk_values import EXACT, NOT_A_NUMBER, Value, day, number, text, truth

_LONGEST_CONCAT = 100_000
_MOST_DIGITS = 12


def compare(symbol: str, left: Value, right: Value) -> bool:
    """As ODK compares: truths with truths, numbers with numbers, `=` of two texts as texts."""
    if symbol in ("=", "!="):
        return _equal(left, right) == (symbol == "=")
    first, second = number(left), number(right)
    if first.is_nan() or second.is_nan():
        return False
    match symbol:
        case "<":
            return first < second
        case "<=":
            return first <= second
        case ">":
            return first > second
        case _:
            return first >= second


def _equal(left: Value, right: Value) -> bool:
    if isinstance(left, bool) or isinstance(right, bool):
        return truth(left) == truth(right)
    if isinstance(left, Decimal) or isinstance(right, Decimal):
        return number(left) == number(right)
    return left == right


def calculate(symbol: str, left: Value, right: Value) -> Decimal:
    first, second = number(left), number(right)
    match symbol:
        case "+":
            return EXACT.add(first, second)
        case "-":
            return EXACT.subtract(first, second)
        case "*":
            return EXACT.multiply(first, second)
        case "div":
            return EXACT.divide(first, second)
        case _:
            return EXACT.remainder(first, second)


def _chosen(value: Value) -> list[str]:
    """What is ticked; a checklist of which nothing was found is answered "none"."""
    ticked = text(value).split()
    return [] if ticked == [NONE] else ticked


def _selected(value: Value, choice: Value) -> bool:
    # A choice of that very name counts as ticked, so that "none" can be asked for.
    return text(choice).strip() in text(value).split()


def _selected_at(value: Value, index: Value) -> str:
    at, ticked = number(index), _chosen(value)
    return ticked[int(at)] if at.is_finite() and 0 <= at < len(ticked) else ""


def _coalesce(first: Value, second: Value) -> Value:
    return first if text(first) else second


def _if(condition: Value, then: Value, otherwise: Value) -> Value:
    return then if truth(condition) else otherwise


def _regex(value: Value, source: Value) -> bool:
    return matches(text(source), text(value))


def _concat(*values: Value) -> str:
    return "".join(text(value) for value in values)[:_LONGEST_CONCAT]


def _substr(value: Value, start: Value, end: Value | None = None) -> str:
    """From `start`, counted from 0, up to before `end`; negative ones count from the end."""
    begin, stop = number(start), number(end) if end is not None else None
    if not begin.is_finite() or (stop is not None and not stop.is_finite()):
        return ""
    return text(value)[_index(begin) : None if stop is None else _index(stop)]


def _index(at: Decimal) -> int:
    return int(max(Decimal(-10_000), min(Decimal(10_000), at)))


def _substring(value: Value, start: Value, length: Value | None = None) -> str:
    """XPath's own: counted from 1, and a length instead of an end."""
    begin = _rounded(number(start))
    count = Decimal(10_000) if length is None else _rounded(number(length))
    if not begin.is_finite() or not count.is_finite():
        return ""
    first = _index(begin) - 1
    return text(value)[max(first, 0) : max(first + _index(count), 0)]


def _before(value: Value, mark: Value) -> str:
    head, found, _ = text(value).partition(text(mark)) if text(mark) else ("", "", "")
    return head if found else ""


def _after(value: Value, mark: Value) -> str:
    return text(value).partition(text(mark))[2] if text(mark) else text(value)


def _translate(value: Value, old: Value, new: Value) -> str:
    fresh = text(new)
    table: dict[int, str] = {}
    for index, character in enumerate(text(old)):
        table.setdefault(ord(character), fresh[index : index + 1])
    return text(value).translate(table)


def _rounded(value: Decimal) -> Decimal:
    """Half up towards the greater number, as XPath rounds: -2.5 is -2."""
    if not value.is_finite():
        return value
    return (EXACT.add(value, Decimal("0.5"))).to_integral_value(rounding=ROUND_FLOOR)


def _round(value: Value, digits: Value | None = None) -> Decimal:
    one = number(value)
    if digits is None:
        return _rounded(one)
    places = number(digits)
    if not one.is_finite() or not places.is_finite() or abs(places) > _MOST_DIGITS:
        return NOT_A_NUMBER
    return one.quantize(Decimal(1).scaleb(-int(places)), ROUND_HALF_UP, EXACT)


def _int(value: Value) -> Decimal:
    one = number(value)
    return EXACT.to_integral_value(one) if not one.is_finite() else Decimal(int(one))


def _whole(value: Value, rounding: str) -> Decimal:
    return number(value).to_integral_value(rounding=rounding)


def _extreme(values: tuple[Value, ...], pick: Callable[[list[Decimal]], Decimal]) -> Decimal:
    numbers = [number(value) for value in values]
    return NOT_A_NUMBER if any(one.is_nan() for one in numbers) else pick(numbers)


def _date(value: Value) -> str:
    found = day(value)
    return found.isoformat() if found else ""


_DATE_PARTS: Mapping[str, str] = {
    "%Y": "{0:%Y}",
    "%y": "{0:%y}",
    "%m": "{0:%m}",
    "%n": "{0.month}",
    "%d": "{0:%d}",
    "%e": "{0.day}",
}


def _format_date(value: Value, form: Value) -> str:
    """Years, months and days in digits; names of months are a language's and left as written."""
    found = day(value)
    if found is None:
        return ""
    shown = text(form)
    for mark, part in _DATE_PARTS.items():
        shown = shown.replace(mark, part.format(found))
    return shown


Arity: TypeAlias = int | tuple[int, int | None]


@dataclass(frozen=True, slots=True)
class Function:
    """A function and how many values it takes: a number, or the least and the most of them."""

    arity: Arity
    call: Callable[..., Value]


FUNCTIONS: Mapping[str, Function] = {
    "true": Function(0, lambda: True),
    "false": Function(0, lambda: False),
    "not": Function(1, lambda value: not truth(value)),
    "boolean": Function(1, truth),
    "boolean-from-string": Function(1, lambda value: text(value) in ("1", "true")),
    "if": Function(3, _if),
    "coalesce": Function(2, _coalesce),
    "selected": Function(2, _selected),
    "selected-at": Function(2, _selected_at),
    "count-selected": Function(1, lambda value: Decimal(len(_chosen(value)))),
    "string": Function(1, text),
    "string-length": Function(1, lambda value: Decimal(len(text(value)))),
    "normalize-space": Function(1, lambda value: " ".join(text(value).split())),
    "contains": Function(2, lambda value, part: text(part) in text(value)),
    "starts-with": Function(2, lambda value, part: text(value).startswith(text(part))),
    "ends-with": Function(2, lambda value, part: text(value).endswith(text(part))),
    "substr": Function((2, 3), _substr),
    "substring": Function((2, 3), _substring),
    "substring-before": Function(2, _before),
    "substring-after": Function(2, _after),
    "translate": Function(3, _translate),
    "concat": Function((1, None), _concat),
    "regex": Function(2, _regex),
    "number": Function(1, number),
    "int": Function(1, _int),
    "round": Function((1, 2), _round),
    "abs": Function(1, lambda value: EXACT.abs(number(value))),
    "floor": Function(1, lambda value: _whole(value, ROUND_FLOOR)),
    "ceiling": Function(1, lambda value: _whole(value, ROUND_CEILING)),
    "min": Function((1, None), lambda *values: _extreme(values, min)),
    "max": Function((1, None), lambda *values: _extreme(values, max)),
    "date": Function(1, _date),
    "format-date": Function(2, _format_date),
    "decimal-date-time": Function(1, number),
}

CLOCK: Mapping[str, Callable[[datetime], str]] = {
    "today": lambda now: now.date().isoformat(),
    "now": lambda now: now.isoformat(timespec="seconds"),
}
"""Functions that look at the clock; the instant comes from the context of the evaluation."""
