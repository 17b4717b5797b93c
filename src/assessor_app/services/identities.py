"""Each assessor's own signing identity: where it is, how it opens to sign, how long it lasts."""

import hashlib
from datetime import datetime, timedelta, tzinfo
from pathlib import Path
from typing import TYPE_CHECKING

from assessor_app.domain.problem import IdentityProblem, StoreProblem
from assessor_app.services.enrolment import Workplace
from assessor_app.services.identity_record import (
    Kept,
    change,
    identity_values,
    kept_of,
    seen_now,
)
from assessor_app.services.keys.access import assessors
from assessor_app.storage.files import read_if_there
from assessor_app.storage.identity_files import settle, sha256_of

if TYPE_CHECKING:  # what they are made of is large
    from assessor_app.signing.identity import Identity

WARNED = timedelta(days=30)
"""How long before its end an identity is warned of: an answer of headquarters takes its time."""


def identity_file(workplace: Workplace, assessor: str | None = None) -> Path:
    """Where the signing identity of an assessor (an id; who works here, where None) is kept."""
    return kept_of(workplace.store, assessor or workplace.store.assessor).files.current


def open_identity(
    workplace: Workplace, passphrase: str, *, assessor: str | None = None, now: datetime
) -> "Identity":
    """Unlock an assessor's own identity for one signature; it can sign at `now`.

    Raises IdentityProblem `identity_missing` where its file is gone, `identity_foreign` where it is
    not the one that the record names, `identity_none` where the assessor never had one,
    `identity_expired` and the like, or StoreProblem.
    """
    from assessor_app.signing.identity import load_identity

    kept = kept_of(workplace.store, assessor or workplace.store.assessor)
    identity = load_identity(_content(workplace, kept), passphrase, now=now)
    if kept.certificate is None:
        _note(workplace, kept, identity)
    return identity


def expiry_notice(
    workplace: Workplace, *, assessor: str | None = None, now: datetime
) -> IdentityProblem | None:
    """That an assessor's identity ends within 30 days, or has ended; None where neither is so.

    Needs no passphrase and reads no file: it may be asked whenever a store is opened.
    """
    store = workplace.store
    whose = assessor or store.assessor
    ends = kept_of(store, whose).not_after
    name = next((one.name for one in assessors(workplace) if one.id == whose), "")
    return None if ends is None else ending(name, ends, now, zone=workplace.profile.zone)


def ending(
    name: str, not_after: datetime, now: datetime, *, zone: tzinfo
) -> IdentityProblem | None:
    """That an identity ends soon or has ended, as a notice with the day as the zone has it."""
    if not is_ending(not_after, now):
        return None
    told = not_after.astimezone(zone)
    if not_after < now:
        return IdentityProblem("identity_ended", name=name, not_after=told)
    days = days_until(not_after, now, zone=zone)
    return IdentityProblem("identity_ends_soon", name=name, not_after=told, days=days)


def is_ending(not_after: datetime, now: datetime) -> bool:
    """Whether it is time to see to the next identity."""
    return not_after - now <= WARNED


def days_until(end: datetime, now: datetime, *, zone: tzinfo) -> int:
    """How many days off the day of an instant is, by a calendar of the zone; 0 is today."""
    return (end.astimezone(zone).date() - now.astimezone(zone).date()).days


def _content(workplace: Workplace, kept: Kept) -> bytes:
    path = kept.files.current
    # Older versions recorded nothing of the first one; any other file has to be a recorded one.
    if kept.file is None and path != workplace.store.identity_path:
        names = {one.id: one.name for one in assessors(workplace)}
        raise IdentityProblem("identity_none", name=names.get(kept.assessor, "–"))
    if kept.file is not None and sha256_of(path) != kept.file:
        settle(path, kept.file)  # where another program held the old file as this one was recorded
    content = read_if_there(path)
    if content is None:
        raise IdentityProblem("identity_missing", path=path)
    if kept.file not in (None, hashlib.sha256(content).hexdigest()):
        raise IdentityProblem("identity_foreign", path=path)
    return content


def _note(workplace: Workplace, kept: Kept, identity: "Identity") -> None:
    """Record what an older version did not: from now on its end can be told beforehand.

    A signature does not wait for it: where it cannot be recorded, the next opening does it.
    """
    try:
        seen, file = seen_now(workplace.store), sha256_of(kept.files.current)
        if file is None or kept.file not in (None, file):
            return
        values = identity_values(
            kept,
            file=file,
            certificate=identity.certificate,
            chain=identity.chain,
            not_after=identity.not_after,
        )
        change(workplace.store, {}, values, seen=seen)
    except StoreProblem:
        return
