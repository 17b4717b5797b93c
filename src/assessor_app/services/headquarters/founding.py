"""Founding headquarters: a store of its own, and the keys that devices come to trust."""

from dataclasses import dataclass

from cryptography.hazmat.primitives.serialization import Encoding

from assessor_app.domain.event import STORE, EventKind
from assessor_app.domain.problem import StoreProblem
from assessor_app.services.enrolment import Workplace
from assessor_app.services.headquarters.keys import is_headquarters, keep_keys, keys_of, new_keys
from assessor_app.services.headquarters.trusting import renew_trust_list
from assessor_app.signing.issuing import make_root, opened_root
from assessor_app.storage.log import Draft


@dataclass(frozen=True, slots=True)
class Founded:
    """`fingerprint` is the root's SHA-256 (hex): what is printed and compared at each joining."""

    name: str
    fingerprint: str


def found(workplace: Workplace, name: str, *, passphrase: str) -> Founded:
    """Make root, seal and receipt key in a store that was just enrolled.

    The root's key lies under the signing passphrase, beside the encrypted database's own. Raises
    StoreProblem `headquarters_there_already`, `headquarters_needs_its_own` in an
    assessor's store with visits, IdentityProblem as `make_root` does.
    """
    from assessor_app.services.pinning import take_root

    store = workplace.store
    if is_headquarters(store):
        raise StoreProblem("headquarters_there_already", path=store.folder)
    if store.log.visits():
        raise StoreProblem("headquarters_needs_its_own", path=store.folder)
    p12 = make_root(
        name=name, office=workplace.profile.office, passphrase=passphrase, now=store.clock.now()
    )
    _, root = opened_root(p12, passphrase)
    keys = new_keys(name, root=root.public_bytes(Encoding.DER), sealed_root=p12)
    keep_keys(store, keys)
    values = {
        ("headquarters", "name"): name,
        ("headquarters", "root"): keys.fingerprint,
        ("headquarters", "receipt_key"): keys.receipt_key,
        ("headquarters", "recipient"): keys.seal.recipient,
    }
    store.log.append(Draft(STORE, EventKind.KEYS_CHANGED, values))
    take_root(workplace, keys.root)
    renew_trust_list(store, passphrase)
    return founded(workplace)


def founded(workplace: Workplace) -> Founded:
    """Whose headquarters this store is. Raises StoreProblem `no_headquarters`."""
    keys = keys_of(workplace.store)
    return Founded(keys.name, keys.fingerprint)
