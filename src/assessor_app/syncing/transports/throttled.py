"""A storage on a line that others need too: no more than so many bytes a second."""

import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

from assessor_app.syncing.transports.transport import Transport

Wait = Callable[[float], object]
"""Waits so many seconds, or shorter where somebody wants to stop: `threading.Event.wait`."""


@dataclass(slots=True)
class ThrottledTransport:
    """Over a while, `limit` bytes a second both ways; pauses stand before the next transfer.

    A line that was idle is owed nothing: after a pause no burst follows.
    """

    inner: Transport
    limit: int
    wait: Wait = time.sleep
    monotonic: Callable[[], float] = time.monotonic
    _free_at: float = field(default=float("-inf"))
    _lock: threading.Lock = field(default_factory=threading.Lock, repr=False)

    def size(self, name: str) -> int | None:
        return self.inner.size(name)

    def put(self, name: str, data: bytes) -> None:
        self._turn(len(data))
        self.inner.put(name, data)

    def get(self, name: str) -> bytes:
        self._turn(0)
        data = self.inner.get(name)
        self._turn(len(data))
        return data

    def list(self, prefix: str) -> Iterator[str]:
        return self.inner.list(prefix)

    def delete(self, name: str) -> None:
        self.inner.delete(name)

    def _turn(self, size: int) -> None:
        """Wait until what went before is paid for; this transfer is paid for by the next."""
        with self._lock:
            now = self.monotonic()
            waiting = self._free_at - now
            self._free_at = max(now, self._free_at) + size / self.limit
        if waiting > 0:
            self.wait(waiting)
