"""The clock and the maker of ids, as parameters: the domain itself knows neither."""

from collections.abc import Callable
from datetime import datetime
from typing import Protocol

NewId = Callable[[], str]
"""Makes a fresh UUIDv7 as text."""


class Clock(Protocol):
    """Wall time for people, monotonic time to catch a wall clock that was turned."""

    @property
    def boot(self) -> str:
        """The id of this boot: `mono` can be compared within one boot only."""
        ...

    def now(self) -> datetime:
        """The wall clock's instant, with zone."""
        ...

    def mono(self) -> int:
        """Microseconds since some moment of this boot; never goes back."""
        ...
