"""How long a pattern may search before it gives up: read as a tree, and counted at its worst.

Only what every engine of XLSForm reads is known here, so that nothing is counted wrongly.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import reduce
from itertools import pairwise
from typing import TypeAlias

_TOKEN = re.compile(
    r"""(?P<set>\[\^?\]?(?:\\.|[^\]\\])*\])
    |(?P<open>\((?:\?(?::|<?[=!]))?) | (?P<close>\)) | (?P<choice>\|)
    |(?P<repeat>(?:[*+?]|\{[0-9]+(?:,[0-9]*)?\}|\{,[0-9]+\})\??)
    |(?P<place>[\^$]|\\[bB])
    |(?P<sign>\\(?:[dDwWsStnrfv]|x[0-9a-fA-F]{2}|u[0-9a-fA-F]{4}|[^a-zA-Z0-9])|[^\\])""",
    re.VERBOSE | re.DOTALL,
)
_ENDLESS = {"*": 0, "+": 1}
# What may match a letter beyond ASCII; `\x` and `\u` may spell one.
_WIDE = re.compile(r"\.|\[\^.*|.*(?:\\[DWSxu]|[^\x00-\x7f]).*", re.DOTALL)
_ASCII = tuple(map(chr, range(128)))


class UnknownPartError(ValueError):
    """A part of a pattern that cannot be counted; its text is the argument."""


@dataclass(frozen=True, slots=True)
class Sign:
    """One character: a letter, a set, a point. `ascii` are those of ASCII that it matches."""

    ascii: frozenset[str]
    wide: bool  # whether it may match others as well

    def excludes(self, other: "Sign") -> bool:
        return not (self.ascii & other.ascii or (self.wide and other.wide))


@dataclass(frozen=True, slots=True)
class Place:
    """Matches no character: the beginning, the end, the edge of a word."""


@dataclass(frozen=True, slots=True)
class Repeat:
    part: "Part"
    least: int
    most: int | None  # None for as often as it goes


@dataclass(frozen=True, slots=True)
class Group:
    """What may stand there, one of several sequences."""

    choices: "tuple[tuple[Part, ...], ...]"


Part: TypeAlias = Sign | Place | Repeat | Group


@dataclass(frozen=True, slots=True)
class Cost:
    """In how many ways a part may match from one place, and the steps to try them all."""

    ways: int
    steps: int


def most_steps(source: str, *, length: int) -> int:
    """No fewer steps than the search takes at its worst, over texts up to a length.

    `source` is a pattern that compiles. Raises UnknownPartError for what cannot be counted.
    """
    return _cost(_tree(source), length).steps


def _tree(source: str) -> Group:
    open_groups: list[list[list[Part]]] = [[[]]]
    for token in _tokens(source):
        sequence = open_groups[-1][-1]
        match token.lastgroup:
            case "open":
                open_groups.append([[]])
            case "close":
                closed = open_groups.pop()
                open_groups[-1][-1].append(Group(tuple(map(tuple, closed))))
            case "choice":
                open_groups[-1].append([])
            case "repeat":
                sequence.append(_repeat(sequence.pop(), token[0]))
            case "place":
                sequence.append(Place())
            case _:
                sequence.append(_sign(token[0]))
    return Group(tuple(map(tuple, open_groups[0])))


def _tokens(source: str) -> Iterator[re.Match[str]]:
    at, before = 0, ""
    while at < len(source):
        token = _TOKEN.match(source, at)
        # `(?i)`, `(?P<n>…)`, `(?>…)`, `\1` and the repeat that gives nothing back (`a*+`).
        if token is None or (token["repeat"] and before in ("open", "repeat")):
            raise UnknownPartError(source[max(at - 1, 0) : at + 3])
        yield token
        at, before = token.end(), token.lastgroup or ""


def _repeat(part: Part, sign: str) -> Repeat:
    if sign[0] == "?":
        return Repeat(part, 0, 1)
    if sign[0] in _ENDLESS:
        return Repeat(part, _ENDLESS[sign[0]], None)
    least, comma, most = sign.strip("{}?").partition(",")
    if not comma:
        return Repeat(part, int(least), int(least))
    return Repeat(part, int(least or 0), int(most) if most else None)


def _sign(source: str) -> Sign:
    one = re.compile(source if source != "{" else r"\{", re.ASCII)
    found = frozenset(letter for letter in _ASCII if one.fullmatch(letter))
    return Sign(found, bool(_WIDE.fullmatch(source)))


def _cost(part: Part, length: int) -> Cost:
    match part:
        case Group():
            tried = [_sequence(choice, length) for choice in part.choices]
            return Cost(sum(one.ways for one in tried), sum(one.steps for one in tried))
        case Repeat():
            return _repeated(part, length)
        case _:
            return Cost(1, 1)


def _sequence(parts: tuple[Part, ...], length: int) -> Cost:
    """Every way of a part is followed by every way of the next."""
    costs = [_cost(part, length) for part in parts]
    for index, (part, follower) in enumerate(pairwise(parts)):
        if _ends_surely(part, follower):
            costs[index] = Cost(1, costs[index].steps)
    return reduce(
        lambda so_far, one: Cost(so_far.ways * one.ways, so_far.steps + so_far.ways * one.steps),
        costs,
        Cost(1, 1),
    )


def _ends_surely(part: Part, follower: Part) -> bool:
    """Whether a repeat can end in one place only: before a character that it cannot match."""
    if isinstance(follower, Repeat) and follower.least:
        follower = follower.part
    return (
        isinstance(part, Repeat)
        and isinstance(part.part, Sign)
        and isinstance(follower, Sign)
        and part.part.excludes(follower)
    )


def _repeated(repeat: Repeat, length: int) -> Cost:
    inner = _cost(repeat.part, length)
    # What matches nothing is not tried again, so that no repeat outlasts the text.
    most = max(repeat.least, length if repeat.most is None else min(repeat.most, length))
    if isinstance(repeat.part, Sign):
        most = min(most, length)
    least = min(repeat.least, most)
    if inner.ways == 1:
        return Cost(most - least + 1, 1 + most * inner.steps)
    return _branching(inner, least, most)


def _branching(inner: Cost, least: int, most: int) -> Cost:
    """Each round tries every way of the rounds before it; given up where that is beyond hope."""
    ways, tried, steps = 0, 1, 1
    for round_number in range(most + 1):
        if round_number >= least:
            ways += tried
        if round_number < most:
            steps += tried * inner.steps
            tried *= inner.ways
        if steps > _BEYOND:
            return Cost(_BEYOND, _BEYOND)
    return Cost(ways, steps)


_BEYOND = 10**12
