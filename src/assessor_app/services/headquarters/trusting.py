"""The trust list of headquarters: signed by its root, kept, and written to a file or to devices."""

from collections.abc import Mapping
from pathlib import Path

from assessor_app.services.destination import require_free
from assessor_app.services.headquarters.devices import certified_devices, issued_certificates
from assessor_app.services.headquarters.keys import Keys, keys_of
from assessor_app.signing.issuing import opened_root
from assessor_app.storage.files import write_whole
from assessor_app.storage.secrets import keep_secret, read_secret
from assessor_app.storage.store import Store
from assessor_app.syncing.trust_list import Revoked, TrustList, read_trust_list, sign_trust_list

_NAME = "headquarters/trust_list"


def renew_trust_list(store: Store, passphrase: str) -> bytes:
    """Sign who is trusted and who no more, as the record says now, under the next number.

    Raises IdentityProblem `identity_passphrase_wrong`, StoreProblem `no_headquarters`.
    """
    keys = keys_of(store)
    key, _ = opened_root(keys.sealed_root, passphrase)
    kept = read_secret(store, _NAME)
    number = 1 if kept is None else read_trust_list(kept).number + 1
    made = sign_trust_list(_listed(store, keys, number), key)
    keep_secret(store, _NAME, made)
    return made


def trust_list(store: Store) -> bytes:
    """The list as it was signed last. Raises StoreProblem `no_headquarters`."""
    keys_of(store)
    return read_secret(store, _NAME) or b""


def write_card(store: Store, path: Path) -> Keys:
    """Write the list to a file, with which devices join. Raises as `require_free` and writing."""
    require_free(path)
    keys = keys_of(store)
    write_whole(path, trust_list(store), mode=0o644)
    return keys


def _listed(store: Store, keys: Keys, number: int) -> TrustList:
    return TrustList(
        number=number,
        made_at=store.clock.now(),
        name=keys.name,
        root=keys.root,
        recipient=keys.seal.recipient,
        receipt_keys=(keys.receipt_key,),
        devices=_only_revoked({one.id: one.revoked for one in certified_devices(store).values()}),
        certificates=_only_revoked(
            {one.fingerprint: one.revoked for one in issued_certificates(store).values()}
        ),
    )


def _only_revoked(known: Mapping[str, Revoked | None]) -> dict[str, Revoked]:
    return {id_: one for id_, one in known.items() if one is not None}
