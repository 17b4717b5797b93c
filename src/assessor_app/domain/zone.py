"""The zones that a score falls in; alone in its room, since the first painted page needs it."""

from enum import StrEnum


class ZoneColour(StrEnum):
    RED = "red"
    YELLOW = "yellow"
    GREEN = "green"
