"""The pinned roots: certificates of headquarters that a document's signer may be traced to.

They come with the product (`resources/trust/`) and from the home's folder `trust/`, where each is
named by its fingerprint. Who added one is an event of the store; a file that no event names was put
there past the product, which `store check` says. The verifier needs no store to be open.
"""

import base64
import hashlib
from dataclasses import dataclass
from pathlib import Path

from assessor_app.domain.event import STORE, Heads
from assessor_app.domain.problem import IdentityProblem, StoreProblem
from assessor_app.paths import resources_dir
from assessor_app.storage.files import make_folder, read_if_there, write_whole
from assessor_app.storage.identity_files import sha256_of
from assessor_app.storage.store import Store

TRUST = "trust"
ENTITY = "root/"
CERTIFICATE = "certificate"
MOST_BYTES = 1024 * 1024
"""More than any certificate takes."""


@dataclass(frozen=True, slots=True)
class PinnedRoot:
    """A root certificate (PEM or DER) and the file that it was read from."""

    path: Path
    certificate: bytes
    is_shipped: bool


def pinned_roots(home: Path) -> tuple[PinnedRoot, ...]:
    """The shipped roots, then those of the home's folder; what cannot be one is left out.

    Anybody may have put a file there: one under another's name, of any size, or no certificate.
    """
    shipped = [
        PinnedRoot(path, path.read_bytes(), is_shipped=True)
        for path in sorted((resources_dir() / TRUST).glob("*.pem"))
    ]
    added = []
    for path in sorted((home / TRUST).glob("*.der")):
        certificate = _read(path)
        if certificate is not None:
            added.append(PinnedRoot(path, certificate, is_shipped=False))
    return (*shipped, *added)


def _read(path: Path) -> bytes | None:
    """The certificate that a file of the home keeps under its fingerprint, if it does."""
    from assessor_app.signing.issuers import read_der

    if not path.is_file() or path.stat().st_size > MOST_BYTES:
        return None
    found = read_if_there(path)
    if found is None or hashlib.sha256(found).hexdigest() != path.stem:
        return None
    try:
        return found if read_der(found) == found else None
    except IdentityProblem:
        return None


def root_file(home: Path, fingerprint: str) -> Path:
    """Where the home keeps the root certificate of a fingerprint (hex)."""
    return home / TRUST / f"{fingerprint}.der"


def write_root(home: Path, certificate: bytes) -> Path:
    """Keep a root certificate (DER) in the home. Raises StoreProblem as `write_whole` does."""
    path = root_file(home, hashlib.sha256(certificate).hexdigest())
    make_folder(path.parent)
    write_whole(path, certificate, mode=0o644)
    return path


def recorded_roots(known: Heads) -> dict[str, bytes]:
    """The roots that a store's fields say were added and not removed: fingerprint (hex) to DER."""
    found: dict[str, bytes] = {}
    for (entity, field), heads in known.items():
        if entity.startswith(ENTITY) and field == CERTIFICATE and heads[-1].value is not None:
            der = base64.b64decode(str(heads[-1].value))
            found[hashlib.sha256(der).hexdigest()] = der
    return found


def settle_roots(store: Store) -> tuple[StoreProblem, ...]:
    """Write what is recorded and not (whole) in the home: a restored store brings its roots."""
    home, told = store.folder.parent, []
    for fingerprint, certificate in recorded_roots(store.log.heads(STORE)).items():
        try:
            if sha256_of(root_file(home, fingerprint)) != fingerprint:
                write_root(home, certificate)
        except StoreProblem as problem:
            told.append(problem)
    return tuple(told)
