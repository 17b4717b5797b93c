"""A link as in the field: a proxy on loopback that resets, delays and cuts by chance."""

import contextlib
import random
import socket
import struct
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from types import TracebackType
from typing import Self

_READ_BYTES = 64 * 1024
_RESET_AT_CLOSE = struct.pack("ii", 1, 0)  # SO_LINGER: on, no seconds


@dataclass(frozen=True, slots=True)
class Weather:
    """How often a connection fares badly (each from 0 to 1), and how late it comes at most (s).

    A connection that is reset or cut gets through up to `carried` bytes before, both ways together.
    """

    reset: float = 0.1
    cut: float = 0.05
    late: float = 0.1
    late_s: float = 0.05
    carried: int = 1_500_000


CALM = Weather(reset=0, cut=0, late=0)


@dataclass
class Seen:
    """What went through: connections, those that fared badly, and bytes towards the server."""

    connections: int = 0
    broken: int = 0
    sent_bytes: int = 0
    lock: threading.Lock = field(default_factory=threading.Lock, repr=False)


class StormyLink:
    """Listens on a port of its own and carries every connection to a server's port."""

    def __init__(self, server_port: int, *, seed: int, weather: Weather | None = None) -> None:
        self.weather = weather or Weather()
        self.seen = Seen()
        self._server_port = server_port
        self._chance = random.Random(seed)
        self._listening = socket.create_server(("127.0.0.1", 0))
        self._threads: list[threading.Thread] = []
        self._open: set[socket.socket] = set()
        self._lock = threading.Lock()
        self._closed = False

    @property
    def port(self) -> int:
        return int(self._listening.getsockname()[1])

    def __enter__(self) -> Self:
        self._begin(self._accept)
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._closed = True
        with contextlib.suppress(OSError):
            self._listening.shutdown(socket.SHUT_RDWR)  # a thread still waits in accept
        self._listening.close()
        with self._lock:
            left = list(self._open)
        for one in left:
            _end(one)
        for thread in self._threads:
            thread.join()

    def _begin(self, work: Callable[..., None], *given: object) -> None:
        thread = threading.Thread(target=work, args=given, daemon=True)
        self._threads.append(thread)
        thread.start()

    def _accept(self) -> None:
        while not self._closed:
            try:
                client, _ = self._listening.accept()
            except OSError:
                return
            self._begin(self._carry, client)

    def _carry(self, client: socket.socket) -> None:
        with self._held(client):
            fate = self._fate()
            time.sleep(fate.late_s)
            with contextlib.suppress(OSError):
                server = socket.create_connection(("127.0.0.1", self._server_port))
                with self._held(server):
                    back = threading.Thread(
                        target=self._pour, args=(server, client, fate), daemon=True
                    )
                    back.start()
                    self._pour(client, server, fate, counted=True)
                    back.join()

    def _pour(
        self, source: socket.socket, target: socket.socket, fate: "_Fate", *, counted: bool = False
    ) -> None:
        with contextlib.suppress(OSError):
            while data := source.recv(_READ_BYTES):
                allowed = fate.take(len(data))
                target.sendall(data[:allowed])
                if counted:
                    with self.seen.lock:
                        self.seen.sent_bytes += allowed
                if allowed < len(data):
                    self._break(source, target, fate)
                    return
        _end(target)

    def _break(self, source: socket.socket, target: socket.socket, fate: "_Fate") -> None:
        with self.seen.lock:
            self.seen.broken += 1
        for one in (source, target):
            if fate.resets:
                with contextlib.suppress(OSError):
                    one.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, _RESET_AT_CLOSE)
            _end(one)
            one.close()

    def _fate(self) -> "_Fate":
        weather = self.weather
        with self._lock:
            self.seen.connections += 1
            drawn = self._chance.random()
            late = self._chance.random() < weather.late
            late_s = self._chance.uniform(0, weather.late_s) if late else 0.0
            left = self._chance.randrange(1, weather.carried)
        resets, cuts = drawn < weather.reset, drawn < weather.reset + weather.cut
        return _Fate(left if resets or cuts else None, resets=resets, late_s=late_s)

    @contextlib.contextmanager
    def _held(self, one: socket.socket) -> Iterator[None]:
        with self._lock:
            self._open.add(one)
        try:
            yield
        finally:
            with self._lock:
                self._open.discard(one)
            one.close()


class _Fate:
    """How many bytes a connection still carries, both ways together; None is without end."""

    def __init__(self, left: int | None, *, resets: bool, late_s: float) -> None:
        self._left = left
        self._lock = threading.Lock()
        self.resets = resets
        self.late_s = late_s

    def take(self, size: int) -> int:
        with self._lock:
            if self._left is None:
                return size
            taken = min(size, self._left)
            self._left -= taken
            return taken


def _end(one: socket.socket) -> None:
    with contextlib.suppress(OSError):
        one.shutdown(socket.SHUT_RDWR)
