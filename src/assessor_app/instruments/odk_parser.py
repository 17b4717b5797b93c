"""elementpath's XPath 1.0 grammar with ODK's operators and functions in place of its own.

Paths, axes and predicates are left out of the grammar: a condition looks at answers by the name
of their question, never at a document.
"""

from collections.abc import Callable

from elementpath import XPath1Parser, XPathContext, XPathToken
from elementpath.xpath_tokens import XPathFunction

from assessor_app.instruments.odk_functions import CLOCK, FUNCTIONS, Function, calculate, compare
from assessor_app.instruments.odk_values import EXACT, Value, number, truth, value_of

_KEPT = ("(", ")", ",", "$", ".", "(name)", "(string)", "(integer)", "(decimal)", "(float)")
_SPECIAL = ("(start)", "(end)", "(invalid)", "(unknown)")


class OdkParser(XPath1Parser):
    # Only these are shared with the parent; an operator that stood in its table would be changed
    # there as well, for every other user of the library.
    symbol_table = {  # noqa: RUF012 - the library's own way, declared in its parent
        symbol: XPath1Parser.symbol_table[symbol] for symbol in (*_KEPT, *_SPECIAL)
    }


def result(token: XPathToken, context: XPathContext | None) -> Value:
    """What a part of an expression yields."""
    return value_of(token.evaluate(context))


def _logical(symbol: str, *, bp: int, decides: bool) -> None:
    """`or` is decided by the first true operand, `and` by the first false one."""

    def evaluate(self: XPathToken, context: XPathContext | None = None) -> bool:
        if truth(result(self[0], context)) is decides:
            return decides
        return truth(result(self[1], context))

    _evaluated(OdkParser.infix(symbol, bp=bp), evaluate)


def _comparing(symbol: str, *, bp: int) -> None:
    def evaluate(self: XPathToken, context: XPathContext | None = None) -> bool:
        return compare(symbol, result(self[0], context), result(self[1], context))

    _evaluated(OdkParser.infix(symbol, bp=bp), evaluate)


def _computing(symbol: str, *, bp: int) -> None:
    def evaluate(self: XPathToken, context: XPathContext | None = None) -> Value:
        if len(self) == 1:
            return EXACT.minus(number(result(self[0], context)))
        return calculate(symbol, result(self[0], context), result(self[1], context))

    _evaluated(OdkParser.infix(symbol, bp=bp), evaluate)


def _negation(self: XPathToken) -> XPathToken:
    self[:] = (self.parser.expression(rbp=70),)
    return self


def _function(name: str, function: Function) -> None:
    def evaluate(self: XPathFunction, context: XPathContext | None = None) -> Value:
        return function.call(*(result(argument, context) for argument in self))

    _evaluated(OdkParser.function(name, nargs=function.arity), evaluate)


def _clock(name: str) -> None:
    def evaluate(self: XPathFunction, context: XPathContext | None = None) -> Value:
        if context is None:
            raise self.missing_context()
        return CLOCK[name](context.current_dt)

    _evaluated(OdkParser.function(name, nargs=0), evaluate)


def _evaluated(token: type[XPathToken], evaluate: Callable[..., Value]) -> None:
    """Give a new token its meaning, the way the library's own `method` does."""
    setattr(token, "evaluate", evaluate)  # noqa: B010 - a method of a class made while running


_logical("or", bp=20, decides=True)
_logical("and", bp=25, decides=False)
for _symbol in ("=", "!="):
    _comparing(_symbol, bp=30)
for _symbol in ("<", "<=", ">", ">="):
    _comparing(_symbol, bp=35)
for _symbol in ("+", "-"):
    _computing(_symbol, bp=40)
for _symbol in ("*", "div", "mod"):
    _computing(_symbol, bp=45)
setattr(OdkParser.symbol_table["-"], "nud", _negation)  # noqa: B010 - its attribute is read-only to the checker
for _name, _one in FUNCTIONS.items():
    _function(_name, _one)
for _name in CLOCK:
    _clock(_name)
OdkParser.build()
