"""What headquarters has revoked, as the lists in the home say: asked before any store is open.

A list lies beside the root that signed it (`trust/<fingerprint>.hq`); of a root that is not pinned
here none counts. Who can write to the home can take a list away: then nothing is known of
revocations, which the verifier says.
"""

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path

from assessor_app.domain.problem import StoreProblem
from assessor_app.services.roots import TRUST, pinned_roots
from assessor_app.storage.files import make_folder, read_if_there, write_whole
from assessor_app.syncing.trust_list import Revoked, TrustList, read_trust_list

MOST_BYTES = 16 * 1024 * 1024
"""More than a list of a hundred thousand revocations takes."""
SUFFIX = ".hq"


@dataclass(frozen=True, slots=True)
class Revocations:
    """The newest list of each pinned root that has one, and what they revoke together."""

    lists: tuple[TrustList, ...] = ()
    certificates: dict[str, Revoked] = field(default_factory=dict)


NONE_KNOWN = Revocations()


def revocations(home: Path) -> Revocations:
    """What is known in a home; what is no list of a root that is pinned is left out."""
    from assessor_app.signing.issuers import read_der

    pinned = [hashlib.sha256(read_der(one.certificate)).hexdigest() for one in pinned_roots(home)]
    found = (_list_of(home, root) for root in pinned)
    return together(one for one in found if one is not None)


def together(lists: Iterable[TrustList]) -> Revocations:
    """What several lists revoke: of one certificate the earliest instant counts."""
    listed, found = tuple(lists), dict[str, Revoked]()
    for one in listed:
        for fingerprint, revoked in one.certificates.items():
            known = found.get(fingerprint)
            if known is None or revoked.at < known.at:
                found[fingerprint] = revoked
    return Revocations(listed, found)


def write_list(home: Path, content: bytes) -> Path:
    """Keep a list beside its root. Raises ValueError for what is none, StoreProblem as writing."""
    root = hashlib.sha256(read_trust_list(content).root).hexdigest()
    path = _path(home, root)
    make_folder(path.parent)
    write_whole(path, content, mode=0o644)
    return path


def _list_of(home: Path, root: str) -> TrustList | None:
    """The list of a root, where one lies there that can be read and is by it."""
    path = _path(home, root)
    try:
        if not path.is_file() or path.stat().st_size > MOST_BYTES:
            return None
        found = read_trust_list(read_if_there(path) or b"")
    except (OSError, ValueError, StoreProblem):
        return None
    return found if hashlib.sha256(found.root).hexdigest() == root else None


def _path(home: Path, root: str) -> Path:
    return home / TRUST / f"{root}{SUFFIX}"
