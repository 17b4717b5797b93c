"""Making, certifying and resealing an assessor's identity: one event each, whole or not at all.

The identity that signs goes on signing until its successor is recorded, and is kept aside then.
"""

import contextlib
import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from functools import partial
from pathlib import Path

from assessor_app.domain.problem import IdentityProblem
from assessor_app.services.destination import require_free
from assessor_app.services.enrolment import Profile, Workplace
from assessor_app.services.given_file import content_of
from assessor_app.services.identities import is_ending
from assessor_app.services.identity_record import (
    Kept,
    Request,
    Values,
    change,
    former_values,
    identity_values,
    kept_of,
    request_values,
    seen_now,
)
from assessor_app.services.sync.own_seal import device_block_of
from assessor_app.signing.answer import MOST_BYTES, read_answer
from assessor_app.signing.identity import (
    Holder,
    make_trial_identity,
    open_expired_too,
    opened_seal,
    resealed,
)
from assessor_app.signing.request import certified, is_for, make_request, make_request_again
from assessor_app.storage.files import flush, read_if_there, write_whole, writing_whole
from assessor_app.storage.store import Store


@dataclass(frozen=True, slots=True)
class Asked:
    """A certificate request on disk; `again` where its key waited already.

    `key` is the SHA-256 (hex) of its public key, to be compared with headquarters by voice.
    """

    path: Path
    key: str
    again: bool


@dataclass(frozen=True, slots=True)
class Imported:
    """An identity that signs from now on; `former` is where the one before it is kept aside.

    `request_dropped` says that a key waited for its certificate and does so no more.
    """

    name: str
    not_after: datetime
    former: Path | None
    request_dropped: bool = False


def new_identity(workplace: Workplace, passphrase: str, *, replacing: bool = False) -> Imported:
    """A trial identity for the assessor at work, who has none, or whose own comes to its end.

    The one before is kept aside, and a key that waits for its certificate goes on waiting under the
    passphrase that it has. `replacing` does so at any time, as where that passphrase is forgotten:
    the waiting key is dropped then. Raises IdentityProblem `identity_still_valid`, what
    `make_trial_identity` raises, or StoreProblem.
    """
    require_replaceable(workplace, replacing=replacing)
    store = workplace.store
    kept, now = kept_of(store, store.assessor), store.clock.now()
    seen, aside = seen_now(store), _aside(kept)
    p12, values, ends = _made(kept, workplace.profile, passphrase, now)
    writes, drops = (
        {**aside.writes, kept.files.current: p12},
        replacing and kept.request is not None,
    )
    if drops:
        values |= request_values(kept, None)
    gone = [kept.files.request] if drops else []
    change(store, writes, values | aside.values, seen=seen, gone=gone)
    return Imported(workplace.profile.name, ends, aside.path, request_dropped=drops)


def require_replaceable(workplace: Workplace, *, replacing: bool) -> None:
    """Raise IdentityProblem `identity_still_valid` before any secret is asked for."""
    store = workplace.store
    kept, now = kept_of(store, store.assessor), store.clock.now()
    goes_on = kept.not_after is None or not is_ending(kept.not_after, now)
    if goes_on and not replacing and kept.files.current.exists():
        raise IdentityProblem("identity_still_valid", name=workplace.profile.name)


def first_identity(
    store: Store, assessor: str, profile: Profile, passphrase: str
) -> tuple[dict[Path, bytes], Values]:
    """The file of a newcomer's trial identity, and what is recorded of it with their name."""
    kept = kept_of(store, assessor)
    p12, values, _ = _made(kept, profile, passphrase, store.clock.now())
    return {kept.files.current: p12}, values


def request_certificate(
    workplace: Workplace, passphrase: str, *, out: Path, new_key: bool = False
) -> Asked:
    """Write the request that headquarters answers with a certificate; the key stays here, sealed.

    Behind the request stands which device asks (syncing/device_card.py): programs that read
    requests pass over it. The passphrase is that of the present identity, and later that of the new
    one. Asked again, the request is for the key that waits already, with its passphrase, unless a
    `new_key` is wanted: an answer to the old request fits no more then. Raises IdentityProblem,
    IssueProblem `file_exists` or `folder_missing`, or StoreProblem: nothing has changed then.
    """
    require_free(out)
    store = workplace.store
    kept, holder = kept_of(store, store.assessor), _holder(workplace.profile)
    seen = seen_now(store)
    waiting = None if new_key else _waiting(kept)
    if waiting is not None:
        asked = make_request_again(waiting, holder, passphrase)
        write_whole(out, asked.csr + device_block_of(store, asked.key), mode=0o644)
        return Asked(out, asked.key, again=True)
    present = read_if_there(kept.files.current)
    if present is not None:
        opened_seal(present, passphrase)
    asked = make_request(holder, passphrase)
    request = Request(hashlib.sha256(asked.sealed).hexdigest(), asked.key, store.clock.now())
    block = device_block_of(store, asked.key)
    # A request that can be sent off has its key kept: it gets its name last.
    with writing_whole(out, mode=0o644) as file:
        file.write(asked.csr + block)
        flush(file)
        values = request_values(kept, request)
        change(store, {kept.files.request: asked.sealed}, values, seen=seen)
    return Asked(out, asked.key, again=False)


def import_certificate(workplace: Workplace, file: Path, passphrase: str) -> Imported:
    """Let headquarters' answer and the waiting key sign from now on.

    Raises IdentityProblem `request_missing`, what `read_answer` and `certified` raise, or
    StoreProblem: nothing has changed then, and the present identity goes on signing.
    """
    store = workplace.store
    kept, seen = kept_of(store, store.assessor), seen_now(store)
    waiting = _waiting(kept)
    if kept.request is None or waiting is None:
        raise IdentityProblem("request_missing", name=workplace.profile.name)
    answer = read_answer(
        content_of(file, most=MOST_BYTES + 1),
        holder=_holder(workplace.profile),
        belongs=partial(is_for, kept.request.key),
        now=store.clock.now(),
    )
    p12 = certified(waiting, answer, passphrase)
    aside = _aside(kept)
    values = identity_values(
        kept,
        file=hashlib.sha256(p12).hexdigest(),
        certificate=answer.certificate,
        chain=answer.chain,
        not_after=answer.not_after,
    )
    change(
        store,
        {**aside.writes, kept.files.current: p12},
        values | request_values(kept, None) | aside.values,
        seen=seen,
        gone=[kept.files.request],
    )
    return Imported(answer.common_name, answer.not_after, aside.path)


def change_signing_passphrase(workplace: Workplace, old: str, new: str) -> None:
    """Seal the identity of the assessor at work, and the key that waits, under another passphrase.

    What was kept aside, and backups that were made before, open with the old one. Raises
    IdentityProblem `identity_passphrase_wrong`, `identity_passphrase_empty`, `identity_missing` or
    `identity_none`, or StoreProblem: nothing has changed then.
    """
    store = workplace.store
    kept, seen = kept_of(store, store.assessor), seen_now(store)
    present = read_if_there(kept.files.current)
    if present is None and kept.file is None:
        raise IdentityProblem("identity_none", name=workplace.profile.name)
    if present is None:
        raise IdentityProblem("identity_missing", path=kept.files.current)
    identity = open_expired_too(present, old)
    writes = {kept.files.current: resealed(present, old, new)}
    values = identity_values(
        kept,
        file=hashlib.sha256(writes[kept.files.current]).hexdigest(),
        certificate=identity.certificate,
        chain=identity.chain,
        not_after=identity.not_after,
    )
    waiting = _waiting(kept)
    if kept.request is not None and waiting is not None:
        # Asked for before this identity was made, it may have another passphrase, and keeps that.
        with contextlib.suppress(IdentityProblem):
            sealed = writes[kept.files.request] = resealed(waiting, old, new)
            request = replace(kept.request, file=hashlib.sha256(sealed).hexdigest())
            values |= request_values(kept, request)
    change(store, writes, values, seen=seen)


@dataclass(frozen=True, slots=True)
class _Aside:
    """How the present identity is kept, where there is one."""

    path: Path | None
    writes: Mapping[Path, bytes]
    values: Values


def _aside(kept: Kept) -> _Aside:
    present = read_if_there(kept.files.current)
    if present is None:
        return _Aside(None, {}, {})
    file = hashlib.sha256(present).hexdigest()
    path = kept.files.former(file)
    return _Aside(path, {path: present}, former_values(kept, file))


def _made(
    kept: Kept, profile: Profile, passphrase: str, now: datetime
) -> tuple[bytes, Values, datetime]:
    p12 = make_trial_identity(holder=_holder(profile), passphrase=passphrase, now=now)
    made = open_expired_too(p12, passphrase)
    values = identity_values(
        kept,
        file=hashlib.sha256(p12).hexdigest(),
        certificate=made.certificate,
        chain=(),
        not_after=made.not_after,
    )
    return p12, values, made.not_after


def _waiting(kept: Kept) -> bytes | None:
    return read_if_there(kept.files.request) if kept.request is not None else None


def _holder(profile: Profile) -> Holder:
    return Holder(name=profile.name, office=profile.office, employee_id=profile.nip)
