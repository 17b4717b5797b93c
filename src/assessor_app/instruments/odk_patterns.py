"""Patterns of `regex()`: compiled once, and never searched for longer than a blink."""

import re
from functools import lru_cache

from assessor_app.instruments.pattern_cost import most_steps

LONGEST_PATTERN = 200
LONGEST_TEXT = 1_000
"""Characters; a longer answer meets no pattern."""
MOST_STEPS = 6 * (LONGEST_TEXT + 1) ** 2
"""Enough for two repeats without an end and a few letters: a third of a second at the worst."""


@lru_cache(maxsize=256)
def pattern(source: str) -> re.Pattern[str]:
    """Raises re.error, OverflowError or RecursionError for what is no pattern.

    `\\d`, `\\w` and `\\s` know ASCII alone, as they do where XLSForms are filled in otherwise.
    """
    return re.compile(source, re.ASCII)


def matches(source: str, text: str) -> bool:
    """Whether a pattern fits a text from its beginning to its end."""
    return len(text) <= LONGEST_TEXT and pattern(source).fullmatch(text) is not None


def slow(source: str) -> bool:
    """Whether some text could keep a pattern busy for long, as it does `(a+)+` and `.*.*.*x`.

    Raises UnknownPartError for a pattern of which that cannot be said.
    """
    return most_steps(source, length=LONGEST_TEXT) > MOST_STEPS
