"""Pinning a root certificate of headquarters, by its fingerprint as headquarters has printed it."""

import base64
import hashlib
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from assessor_app.domain.event import STORE, EventKind
from assessor_app.domain.problem import IdentityProblem
from assessor_app.durable import sync_folder
from assessor_app.services.enrolment import Workplace
from assessor_app.services.given_file import content_of
from assessor_app.services.roots import (
    CERTIFICATE,
    ENTITY,
    MOST_BYTES,
    PinnedRoot,
    pinned_roots,
    recorded_roots,
    root_file,
    write_root,
)
from assessor_app.signing.certificate import read_certificate
from assessor_app.signing.issuers import read_der, read_root
from assessor_app.storage.files import told_plainly
from assessor_app.storage.identity_files import take_away
from assessor_app.storage.log import Draft

_SEPARATORS = str.maketrans("", "", ": -\t")
_DIGITS = 64  # of a SHA-256 in hex


@dataclass(frozen=True, slots=True)
class Root:
    """A pinned root; `is_recorded` says that it was added by an assessor of this store."""

    name: str
    fingerprint: str
    not_after: datetime
    is_shipped: bool
    is_recorded: bool


def roots_of(workplace: Workplace) -> tuple[Root, ...]:
    """The roots that documents are verified against here."""
    store = workplace.store
    recorded = recorded_roots(store.log.heads(STORE))
    return tuple(_told(one, recorded) for one in pinned_roots(store.folder.parent))


def add_root(workplace: Workplace, file: Path, *, fingerprint: str) -> Root:
    """Pin the root certificate of a file whose fingerprint (SHA-256, hex) was typed from paper.

    The file may have come by any way; what headquarters has printed did not come with it. Raises
    IdentityProblem `root_fingerprint_unreadable`, `root_fingerprint_differs`, what `read_root`
    raises, or StoreProblem: nothing is pinned then.
    """
    now = workplace.store.clock.now()
    certificate = read_root(content_of(file, most=MOST_BYTES), at=now)
    require_fingerprint(certificate, fingerprint)
    return take_root(workplace, certificate)


def require_fingerprint(certificate: bytes, fingerprint: str) -> None:
    """Raise IdentityProblem `root_fingerprint_unreadable` or `root_fingerprint_differs`."""
    typed = fingerprint.translate(_SEPARATORS).casefold()
    if len(typed) != _DIGITS or not all(one in "0123456789abcdef" for one in typed):
        raise IdentityProblem("root_fingerprint_unreadable", digits=_DIGITS)
    found = hashlib.sha256(certificate).hexdigest()
    if found != typed:
        raise IdentityProblem("root_fingerprint_differs", found=found, typed=typed)


def take_root(workplace: Workplace, certificate: bytes) -> Root:
    """Pin a root (DER) whose fingerprint was compared. Raises StoreProblem: nothing is pinned."""
    store = workplace.store
    home, found = store.folder.parent, hashlib.sha256(certificate).hexdigest()
    path = root_file(home, found)
    was_there = path.exists()
    write_root(home, certificate)
    try:
        if found not in recorded_roots(store.log.heads(STORE)):
            told = base64.b64encode(certificate).decode()
            values = {(f"{ENTITY}{found}", CERTIFICATE): told}
            store.log.append(Draft(STORE, EventKind.TRUSTED, values))
    except BaseException:
        if not was_there:
            take_away([path])
        raise
    pinned = PinnedRoot(path, certificate, is_shipped=False)
    return _told(pinned, {found: certificate})


def remove_root(workplace: Workplace, part: str, *, reason: str | None = None) -> Root:
    """Trust a root no more that was added here, by the beginning of its fingerprint.

    One that is shipped stays. Raises IdentityProblem `root_unknown`, or StoreProblem: where its
    file stays it is trusted still, and told as unrecorded.
    """
    store = workplace.store
    wanted = part.translate(_SEPARATORS).casefold()
    added = [one for one in roots_of(workplace) if not one.is_shipped]
    found = [one for one in added if wanted and one.fingerprint.startswith(wanted)]
    if len(found) != 1:
        raise IdentityProblem("root_unknown", fingerprint=part)
    root = found[0]
    if root.is_recorded:
        values = {(f"{ENTITY}{root.fingerprint}", CERTIFICATE): None}
        store.log.append(Draft(STORE, EventKind.TRUSTED, values, reason=reason))
    path = root_file(store.folder.parent, root.fingerprint)
    with told_plainly(path):  # where it stays it is trusted still
        path.unlink(missing_ok=True)
        sync_folder(path.parent)
    return root


def _told(pinned: PinnedRoot, recorded: dict[str, bytes]) -> Root:
    facts = read_certificate(read_der(pinned.certificate))
    return Root(
        name=facts.common_name,
        fingerprint=facts.fingerprint,
        not_after=facts.not_after,
        is_shipped=pinned.is_shipped,
        is_recorded=facts.fingerprint in recorded,
    )
