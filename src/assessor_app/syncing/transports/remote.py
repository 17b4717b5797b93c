"""WebDAV and S3 by OpenDAL: a Nextcloud, a NAS, a bucket."""

import asyncio
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING

from assessor_app.domain.problem import StoreProblem
from assessor_app.syncing.transports.answered import Answered, read_answer
from assessor_app.syncing.transports.transport import (
    TransportFailed,
    checked_name,
    checked_prefix,
    is_name,
)

if TYPE_CHECKING:
    import opendal

RETRIES = 3
"""How often an operation that may go well later is tried again at once, with 1, 2, 4 s between."""

_ANSWER_SECONDS = 60.0
_PIECE_SECONDS = 300.0
"""A piece of 1 MiB at 30 kbit/s: slower than this a line is told as down."""
_NOWHERE = "p/probe/none"


@dataclass(frozen=True, slots=True)
class RemoteTransport:
    """A storage behind a server. `place` names it without secrets."""

    place: str
    operator: "opendal.Operator" = field(repr=False)

    def size(self, name: str) -> int | None:
        checked_name(name)
        try:
            with self._told():
                found = self.operator.stat(name)
        except TransportFailed as failed:
            if failed.code != "storage_missing":
                raise
            return None
        return found.content_length if found.mode.is_file() else None

    def put(self, name: str, data: bytes) -> None:
        checked_name(name)
        try:
            with self._told():
                self.operator.write(name, data)
        except TransportFailed as failed:
            if failed.code != "storage_missing":
                raise
            # Whoever writes has no piece to miss: it is what it is to lie in.
            cause = failed.places["cause"]
            raise TransportFailed(
                "storage_folder_missing", place=self.place, cause=cause
            ) from failed

    def get(self, name: str) -> bytes:
        checked_name(name)
        with self._told():
            return bytes(self.operator.read(name))

    def list(self, prefix: str) -> Iterator[str]:
        folder = checked_prefix(prefix)
        with self._told():
            # The library's own list holds Python's lock while it waits for the network.
            found = asyncio.run(_listed(self.operator.to_async_operator(), folder))
        if not found:
            # A page for people where files are expected reads as an empty folder.
            self.size(_NOWHERE)
        return iter(found)

    def delete(self, name: str) -> None:
        checked_name(name)
        with self._told():
            self.operator.delete(name)

    def time(self) -> datetime | None:
        """As in the answer about what is certainly not there: only refusals are told in full."""
        try:
            self.operator.stat(_NOWHERE)
        except _errors() as error:
            return read_answer(str(error)).time
        return None

    @contextmanager
    def _told(self) -> Iterator[None]:
        try:
            yield
        except _errors() as error:
            raise _failed(read_answer(str(error)), self.place) from error


def webdav(
    place: str,
    *,
    endpoint: str,
    root: str,
    user: str | None,
    secret: str | None,
    retries: int = RETRIES,
) -> RemoteTransport:
    """A folder of a WebDAV server; it is made where the server lets it.

    Raises StoreProblem `storage_needs_extra`.
    """
    given = {"endpoint": endpoint, "root": root, "username": user, "password": secret}
    return RemoteTransport(place, _operator("webdav", given, retries=retries))


def s3(
    place: str,
    *,
    bucket: str,
    root: str,
    endpoint: str | None,
    region: str,
    user: str | None,
    secret: str | None,
    retries: int = RETRIES,
) -> RemoteTransport:
    """A folder of a bucket. Nothing is taken from what else the device knows of such services.

    Raises StoreProblem `storage_needs_extra`.
    """
    given = {
        "bucket": bucket,
        "root": root,
        "endpoint": endpoint,
        "region": region,
        "access_key_id": user,
        "secret_access_key": secret,
        "disable_config_load": "true",
        "disable_ec2_metadata": "true",
    }
    return RemoteTransport(place, _operator("s3", given, retries=retries))


def _operator(kind: str, given: dict[str, str | None], *, retries: int) -> "opendal.Operator":
    try:
        import opendal
        from opendal.layers import RetryLayer, TimeoutLayer
    except ImportError as error:
        raise StoreProblem("storage_needs_extra", kind=kind) from error
    known = {name: value for name, value in given.items() if value is not None}
    # Each try has its own time, therefore the retries are around it.
    timed = TimeoutLayer(timeout=_ANSWER_SECONDS, io_timeout=_PIECE_SECONDS)
    operator = opendal.Operator(kind, **known).layer(timed)
    return operator.layer(RetryLayer(max_times=retries, jitter=True)) if retries else operator


async def _listed(operator: "opendal.AsyncOperator", folder: str) -> Sequence[str]:
    found = await operator.list(folder, recursive=True)
    return [entry.path async for entry in found if is_name(entry.path)]


def _errors() -> tuple[type[Exception], ...]:
    from opendal import exceptions

    return tuple(
        one
        for one in vars(exceptions).values()
        if isinstance(one, type) and issubclass(one, Exception)
    )


def _failed(answered: Answered, place: str) -> TransportFailed:
    return TransportFailed(
        answered.code, place=place, cause=answered.cause, retry=answered.is_passing
    )
