"""Conditions of questions, written as in XLSForm: read once, and held against answers."""

import re
from collections.abc import Iterator, Mapping
from copy import copy
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import cache, lru_cache
from typing import TYPE_CHECKING, NoReturn

from assessor_app.domain.conditions import Condition
from assessor_app.domain.problem import InstrumentFault
from assessor_app.domain.scale import Answers
from assessor_app.instruments.faults import shown
from assessor_app.instruments.odk_functions import CLOCK, FUNCTIONS
from assessor_app.instruments.odk_patterns import LONGEST_PATTERN, pattern, slow
from assessor_app.instruments.odk_values import truth, value_of
from assessor_app.instruments.pattern_cost import UnknownPartError

if TYPE_CHECKING:
    from elementpath import XPathContext, XPathToken

LONGEST = 2_000
_DEEPEST = 100

_TOKEN = re.compile(
    r"""(?P<string>'(?:[^']|'')*'|"(?:[^"]|"")*")
    |\$\{\s*(?P<asked>[^\s{}$'"]+)\s*\}
    |(?P<call>[^\W\d][\w.\-]*(?::[\w.\-]+)*)(?=\s*\()
    |(?P<number>[0-9]+(?:\.[0-9]*)?|\.[0-9]+)
    |(?P<word>[^\W\d][\w.\-]*(?::[\w.\-]+)*)
    |(?P<path>\.\.|//?|[\[\]@|])
    |(?P<space>\s+)
    |(?P<sign>.)""",
    re.VERBOSE | re.DOTALL,
)
_OPERATORS = frozenset({"and", "or", "div", "mod"})
_CURLY = "‘’“”´`"


@dataclass(frozen=True, slots=True)
class Expression:
    """A condition as written, with what it was parsed to; equal to another of the same text."""

    expression: str
    names: frozenset[str] = field(compare=False)
    _root: "XPathToken" = field(compare=False, repr=False)
    _variables: tuple[tuple[str, str], ...] = field(compare=False, repr=False)

    def holds(self, answers: Answers, *, own: str | None = None) -> bool:
        """Whether it is met; `today()` and `now()` read the computer's clock."""
        return self.holds_at(answers, own=own, now=None)

    def holds_at(self, answers: Answers, *, own: str | None, now: datetime | None) -> bool:
        """As `holds`, at an instant of its own."""
        context = copy(_context())
        context.variables = {variable: answers.get(name, "") for variable, name in self._variables}
        context.item = own or ""
        context.current_dt = now or datetime.now(UTC).astimezone()
        return truth(value_of(self._root.evaluate(context)))

    def compared(self) -> frozenset[tuple[str, str]]:
        """Each question with each text it is compared with: by `=`, `!=` or `selected()`."""
        names = dict(self._variables)
        found = set()
        for token, _ in _tree(self._root):
            if token.symbol in ("=", "!=", "selected"):
                sides = {_bare(one).symbol: _bare(one).value for one in token}
                if sides.keys() == {"$", "(string)"}:
                    found.add((names[str(sides["$"])], str(sides["(string)"])))
        return frozenset(found)


@lru_cache(maxsize=4096)
def compiled(expression: str) -> Condition:
    """The condition that an expression says.

    Raises InstrumentFault `instrument_expression_…` for what cannot be parsed or uses something
    that the product lacks, named. The library is loaded with the first condition there is.
    """
    if len(expression) > LONGEST:
        raise InstrumentFault("instrument_expression_long", limit=LONGEST)
    source, names = _rewritten(expression)
    root = _parsed(source, expression)
    _check(root, expression)
    variables = tuple((f"q{index}", name) for index, name in enumerate(names))
    return Expression(expression, frozenset(names), root, variables)


def renamed(expression: str, names: Mapping[str, str]) -> str:
    """The expression with other names of questions; those that are not in `names` stay."""
    parts = []
    for token in _TOKEN.finditer(expression):
        asked = token["asked"]
        parts.append(f"${{{names.get(asked, asked)}}}" if asked else token[0])
    return "".join(parts)


def compared(condition: Condition) -> frozenset[tuple[str, str]]:
    """What an expression compares; nothing for a condition of another kind."""
    return condition.compared() if isinstance(condition, Expression) else frozenset()


def cycle(conditions: Mapping[str, Condition | None]) -> tuple[str, ...] | None:
    """Questions each of which depends on the next, and the last on the first; None if none do."""
    done: set[str] = set()
    for start in conditions:
        path: dict[str, None] = {}
        waiting = [iter((start,))]
        while waiting:
            code = next(waiting[-1], None)
            if code is None:
                waiting.pop()
                if path:
                    done.add(path.popitem()[0])
            elif code in path:
                return tuple(path)[tuple(path).index(code) :]
            elif code not in done:
                path[code] = None
                condition = conditions.get(code)
                waiting.append(iter(sorted(condition.names) if condition else ()))
    return None


def _rewritten(expression: str) -> tuple[str, tuple[str, ...]]:
    """The expression with `$q0` for the first question it names, and the names in that order."""
    names: dict[str, None] = {}
    parts = []
    for token in _TOKEN.finditer(expression):
        if (asked := token["asked"]) is not None:
            names.setdefault(asked)
            parts.append(f" $q{list(names).index(asked)} ")
        else:
            parts.append(_accepted(token, expression))
    return "".join(parts), tuple(names)


def _accepted(token: re.Match[str], expression: str) -> str:
    """A token that stays as it is. Raises InstrumentFault for one that the product lacks."""
    match token.lastgroup:
        case "call" if token[0] not in _OPERATORS and token[0] not in FUNCTIONS:
            if token[0] not in CLOCK:
                _refuse("function", expression, function=shown(token[0]))
        case "word" if token[0] not in _OPERATORS:
            _refuse("word", expression, word=shown(token[0]))
        case "path":
            _refuse("path", expression, path=token[0])
        case "space":
            return " "  # a no-break space, which spreadsheets like to insert, among them
        case "sign" if token[0] == "$":
            _refuse("reference", expression)
        case "sign" if token[0] in _CURLY:
            _refuse("quotes", expression, character=token[0])
        case "sign" if token[0] in "'\"":
            _refuse("quote_open", expression)
    return token[0]


def _parsed(source: str, expression: str) -> "XPathToken":
    from elementpath import ElementPathError

    from assessor_app.instruments.odk_parser import OdkParser

    try:
        root = OdkParser().parse(source)
    except RecursionError:
        _refuse("deep", expression)
    except (ElementPathError, SyntaxError, ValueError):
        _refuse("broken", expression)
    if max(depth for _, depth in _tree(root)) > _DEEPEST:
        _refuse("deep", expression)
    return root


def _check(root: "XPathToken", expression: str) -> None:
    for token, _ in _tree(root):
        if token.symbol == "regex":
            _check_pattern(_bare(token[1]), expression)


def _check_pattern(token: "XPathToken", expression: str) -> None:
    if token.symbol != "(string)":
        _refuse("pattern_open", expression)
    source = str(token.value)
    if len(source) > LONGEST_PATTERN:
        _refuse("pattern_long", expression, pattern=shown(source), limit=LONGEST_PATTERN)
    try:
        pattern(source)
        too_slow = slow(source)
    except UnknownPartError as unknown:
        _refuse("pattern_unknown", expression, pattern=shown(source), part=str(unknown))
    except (re.error, OverflowError, RecursionError):
        _refuse("pattern", expression, pattern=shown(source))
    if too_slow:
        _refuse("pattern_slow", expression, pattern=shown(source))


def _bare(token: "XPathToken") -> "XPathToken":
    while token.symbol == "(" and len(token):
        token = token[0]
    return token


def _tree(root: "XPathToken") -> Iterator[tuple["XPathToken", int]]:
    """All parts of an expression with their depth; the name of a variable is no part of its own."""
    waiting = [(root, 1)]
    while waiting:
        token, depth = waiting.pop()
        yield token, depth
        if token.symbol != "$":
            waiting.extend((part, depth + 1) for part in token)


def _refuse(why: str, expression: str, /, **places: object) -> NoReturn:
    raise InstrumentFault(f"instrument_expression_{why}", expression=shown(expression), **places)


@cache
def _context() -> "XPathContext":
    """An empty context to be copied: making one takes longer than most conditions."""
    from elementpath import XPathContext

    return XPathContext(item="")
