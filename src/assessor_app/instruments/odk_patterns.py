"""Patterns of `regex()`: compiled once, and refused where a short answer could take for ever."""

import re
from functools import lru_cache

LONGEST = 200

_PART = re.compile(
    r"""\\. | \[\^?\]?(?:\\.|[^\]\\])*\] | (?P<open>\() | (?P<close>\)) | (?P<choice>\|)
    | (?P<repeat>[*+]|\{[0-9]+(?:,[0-9]*)?\}|\{,[0-9]+\}) | (?P<maybe>\?) | .""",
    re.VERBOSE | re.DOTALL,
)


@lru_cache(maxsize=256)
def pattern(source: str) -> re.Pattern[str]:
    """Raises re.error, OverflowError or RecursionError for what is no pattern."""
    return re.compile(source)


def slow(source: str) -> bool:
    """Whether a group is repeated that repeats, or chooses, within itself.

    Such a pattern (`(a+)+`, `(a|a)*`) may try every way to split an answer before it gives up:
    thirty letters take years.
    """
    loose = [False]  # whether each open group repeats or chooses; the whole pattern is the first
    closed = False  # whether the group that was just closed did
    for part in _PART.finditer(source):
        match part.lastgroup:
            case "open":
                loose.append(False)
            case "close" if len(loose) > 1:
                closed = loose.pop()
                loose[-1] |= closed
                continue
            case "choice":
                loose[-1] = True
            case "repeat":
                if closed:
                    return True
                loose[-1] = True
        closed = False
    return len(source) > LONGEST
