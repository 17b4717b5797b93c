"""The storage that this device sends to: set, shown without its secret, opened and tried."""

import json
import time
from dataclasses import dataclass, field

from assessor_app.domain.event import Json
from assessor_app.domain.problem import StoreProblem
from assessor_app.services.enrolment import Workplace
from assessor_app.storage.secrets import forget_secret, keep_secret, read_secret
from assessor_app.syncing.transports.address import (
    Address,
    Credentials,
    StorageKind,
    open_address,
    read_address,
)
from assessor_app.syncing.transports.probing import Outcome, ProbeResult, Step, Tried, probe
from assessor_app.syncing.transports.remote import RETRIES
from assessor_app.syncing.transports.throttled import ThrottledTransport, Wait
from assessor_app.syncing.transports.transport import Transport

__all__ = [
    "Outcome",
    "ProbeResult",
    "SetStorage",
    "Step",
    "StorageKind",
    "Transport",
    "Tried",
    "forget_storage",
    "kept_secret",
    "kind_of_address",
    "limit_from_text",
    "open_transport",
    "set_storage",
    "storage_of",
    "test_storage",
]

_NAME = "storage"
_KILOBYTE = 1000
_FASTEST = 10_000_000
"""Kilobytes a second beyond which nothing is limited."""
_SHOWN = 20  # characters of what was typed


@dataclass(frozen=True, slots=True)
class SetStorage:
    """Where visits are sent to. `limit` is in kilobytes (1,000 bytes) a second; None has none."""

    place: str
    kind: StorageKind
    user: str | None = None
    secret: str | None = field(default=None, repr=False)
    limit: int | None = None


def set_storage(
    workplace: Workplace,
    url: str,
    *,
    user: str | None = None,
    secret: str | None = None,
    limit: int | None = None,
) -> SetStorage:
    """Send to this storage from now on; user, secret and limit replace what was set before.

    Nothing is asked of the storage: it may be out of reach here. Raises StoreProblem
    `storage_user_missing`, `storage_credentials_unused`, `storage_limit_unfit`, what
    `read_address` and `open_address` raise, or as the writing does: nothing is changed then.
    """
    address = read_address(url)
    chosen = SetStorage(address.text, address.kind, user or None, secret or None, limit)
    _require_fitting(chosen)
    open_address(address, credentials=_credentials(chosen))  # what it needs is installed
    store = workplace.store
    keep_secret(store, _NAME, json.dumps(_kept(chosen)).encode())
    return chosen


def forget_storage(workplace: Workplace) -> None:
    """Send nowhere any more, and keep no secret of it. Raises as the writing does."""
    forget_secret(workplace.store, _NAME)


def storage_of(workplace: Workplace) -> SetStorage | None:
    """The storage that is set; None where none is."""
    kept = read_secret(workplace.store, _NAME)
    if kept is None:
        return None
    value = json.loads(kept)
    return SetStorage(
        place=value["place"],
        kind=StorageKind(value["kind"]),
        user=value["user"],
        secret=value["secret"],
        limit=value["limit"],
    )


def kept_secret(workplace: Workplace, url: str, *, user: str | None) -> str | None:
    """The secret of the set storage, where this is its address and its user; None elsewhere.

    Raises StoreProblem as `read_address` does.
    """
    known = storage_of(workplace)
    is_same = known is not None and known.place == read_address(url).text
    return known.secret if known is not None and is_same and known.user == user else None


def limit_from_text(text: str) -> int | None:
    """What was typed as a limit; None for nothing. Raises StoreProblem `storage_limit_unfit`."""
    told = text.strip()
    if not told:
        return None
    if not told.isdecimal() or len(told) > len(str(_FASTEST)):
        raise StoreProblem("storage_limit_unfit", limit=told[:_SHOWN], most=_FASTEST)
    return int(told)


def kind_of_address(url: str) -> StorageKind:
    """Whether it leads to a folder, or to a server that asks who it is."""
    return read_address(url).kind


def open_transport(
    workplace: Workplace,
    url: str | None = None,
    *,
    user: str | None = None,
    secret: str | None = None,
    limit: int | None = None,
    wait: Wait = time.sleep,
    retries: int = RETRIES,
) -> Transport:
    """The set storage, or one by its address; the set one's secret is for that one alone.

    `limit` (kilobytes a second) goes before the one that is set; `wait` is what a limited line
    waits with. Raises StoreProblem `storage_not_set`, or as `set_storage` does.
    """
    chosen, address = _chosen(workplace, url, user=user, secret=secret, limit=limit)
    opened = open_address(address, credentials=_credentials(chosen), retries=retries)
    if chosen.limit is None:
        return opened
    return ThrottledTransport(opened, chosen.limit * _KILOBYTE, wait)


def test_storage(
    workplace: Workplace,
    url: str | None = None,  # noqa: PT028 - the product's own test, none of pytest
    *,
    user: str | None = None,  # noqa: PT028 - as above
    secret: str | None = None,  # noqa: PT028 - as above
) -> ProbeResult:
    """Try the set storage, or one by its address, at full speed and without trying again.

    What does not work is in the result. Raises as `open_transport` does.
    """
    chosen, address = _chosen(workplace, url, user=user, secret=secret, limit=None)
    opened = open_address(address, credentials=_credentials(chosen), retries=0)
    return probe(opened, place=chosen.place, now=workplace.store.clock.now)


def _chosen(
    workplace: Workplace,
    url: str | None,
    *,
    user: str | None,
    secret: str | None,
    limit: int | None,
) -> tuple[SetStorage, Address]:
    known = storage_of(workplace)
    if url is None and known is None:
        raise StoreProblem("storage_not_set")
    address = read_address(known.place if url is None and known else url or "")
    chosen = SetStorage(address.text, address.kind, user or None, secret or None, limit)
    if (
        known is not None
        and known.place == chosen.place
        and not secret
        and user in (None, known.user)
    ):
        chosen = SetStorage(known.place, known.kind, known.user, known.secret, limit or known.limit)
    _require_fitting(chosen)
    return chosen, address


def _require_fitting(chosen: SetStorage) -> None:
    limit = chosen.limit
    if limit is not None and (isinstance(limit, bool) or not 1 <= limit <= _FASTEST):
        raise StoreProblem("storage_limit_unfit", limit=limit, most=_FASTEST)
    has_some = bool(chosen.user or chosen.secret)
    if chosen.kind is StorageKind.FOLDER:
        if has_some:
            raise StoreProblem("storage_credentials_unused", place=chosen.place)
    elif not (chosen.user and chosen.secret):
        raise StoreProblem("storage_user_missing", place=chosen.place)


def _credentials(chosen: SetStorage) -> Credentials:
    return Credentials(chosen.user, chosen.secret)


def _kept(chosen: SetStorage) -> dict[str, Json]:
    return {
        "place": chosen.place,
        "kind": chosen.kind.value,
        "user": chosen.user,
        "secret": chosen.secret,
        "limit": chosen.limit,
    }
