"""Sending: how much of what the same library copies our own put keeps, on loopback servers.

Part 1 is the line alone: pieces of 1 MiB by our transport, each looked at again by `size` as the
push does, beside the same bytes written by OpenDAL with nothing of ours. In turn, medians.
"""

import json
import os
import secrets
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path

import opendal
from tests.syncing import storages

from assessor_app.syncing.transports.address import Credentials, open_address, read_address
from assessor_app.syncing.transports.transport import Transport

PIECE = 1024 * 1024
PIECES, WARM = 210, 10
TARGET = 0.8
"""Of what the library copies by itself (issue 8)."""

# Each server is a process of its own: in ours it would wait for the same lock as the client.
_SERVER = """
import sys, threading
from pathlib import Path
from tests.syncing import storages
kind, folder = sys.argv[1], Path(sys.argv[2])
with storages.serving_s3() if kind == "s3" else storages.serving_webdav(folder) as address:
    print(address, flush=True)
    sys.stdin.read()
"""


@dataclass(frozen=True, slots=True)
class Throughput:
    """In MB (1,000,000 bytes) a second, as medians; `kept` is ours of the library's own."""

    storage: str
    ours_mb_s: float
    with_size_mb_s: float
    plain_mb_s: float
    kept: float
    kept_with_size: float


@contextmanager
def _server(kind: str, folder: Path) -> Iterator[str]:
    root = Path(__file__).parents[1]
    path = os.pathsep.join([str(root / "src"), str(root)])
    running = subprocess.Popen(  # noqa: S603 - our own program
        [sys.executable, "-c", _SERVER, kind, str(folder)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        env=os.environ | {"PYTHONPATH": path},
        text=True,
    )
    try:
        yield running.stdout.readline().strip() if running.stdout else ""
    finally:
        running.communicate("")


def throughput(kind: str, folder: Path) -> Throughput:
    """Put the same bytes by three ways in turn, piece by piece, under new names each time."""
    piece = secrets.token_bytes(PIECE)
    with _server(kind, folder) as address:
        transport, plain = _both(kind, address)
        ways: dict[str, Callable[[str, bytes], object]] = {
            "plain": plain.write,
            "ours": transport.put,
            "sized": lambda name, piece: _put_and_ask(transport, name, piece),
        }
        seconds: dict[str, list[float]] = {way: [] for way in ways}
        for number in range(PIECES):
            order = list(ways) if number % 2 else list(reversed(ways))
            for way in order:
                name = f"p/{way}/{number:064x}"
                seconds[way].append(_seconds(ways[way], name, piece))
    speed = {way: PIECE / 1e6 / statistics.median(taken[WARM:]) for way, taken in seconds.items()}
    return Throughput(
        storage=kind,
        ours_mb_s=round(speed["ours"], 1),
        with_size_mb_s=round(speed["sized"], 1),
        plain_mb_s=round(speed["plain"], 1),
        kept=round(speed["ours"] / speed["plain"], 3),
        kept_with_size=round(speed["sized"] / speed["plain"], 3),
    )


def _both(kind: str, address: str) -> tuple[Transport, opendal.Operator]:
    own = Credentials(storages.USER, storages.SECRET)
    if kind == "s3":
        url = storages.s3_address(address, "ours")
        plain = opendal.Operator(
            "s3",
            bucket=storages.BUCKET,
            endpoint=address,
            region=storages.REGION,
            root="/plain/",
            access_key_id=storages.USER,
            secret_access_key=storages.SECRET,
            disable_config_load="true",
        )
    else:
        url = f"{address}/ours"
        plain = opendal.Operator(
            "webdav",
            endpoint=address.replace("webdav://", "http://"),
            root="/plain/",
            username=storages.USER,
            password=storages.SECRET,
        )
    return open_address(read_address(url), credentials=own), plain


def _put_and_ask(transport: Transport, name: str, piece: bytes) -> None:
    transport.put(name, piece)
    if transport.size(name) != len(piece):
        raise SystemExit(f"{name} is not there whole")


def _seconds(put: Callable[[str, bytes], object], name: str, piece: bytes) -> float:
    began = time.perf_counter()
    put(name, piece)
    return time.perf_counter() - began


def main() -> int:
    """One JSON line a storage; 1 where ours keeps less than the target."""
    kept = []
    for kind in ("webdav", "s3"):
        with tempfile.TemporaryDirectory() as folder:
            found = throughput(kind, Path(folder))
        print(json.dumps(asdict(found) | {"target": TARGET}), flush=True)
        kept.append(found.kept_with_size)
    return 0 if min(kept) >= TARGET else 1


if __name__ == "__main__":
    raise SystemExit(main())
