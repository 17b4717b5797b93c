"""Trusting a device or a certificate no more, and telling all devices of it."""

import base64
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from assessor_app.domain.event import STORE, EventKind
from assessor_app.domain.instants import instant_text
from assessor_app.domain.problem import StoreProblem
from assessor_app.services.enrolment import Workplace
from assessor_app.services.headquarters.devices import (
    CERTIFICATE,
    DEVICE,
    REVOKED_AT,
    REVOKED_WHY,
    certified_devices,
    issued_certificates,
)
from assessor_app.services.headquarters.keys import keys_of
from assessor_app.services.headquarters.letters import Written, sealed_letters
from assessor_app.services.headquarters.trusting import renew_trust_list
from assessor_app.signing.issuing import opened_root
from assessor_app.storage.log import Draft
from assessor_app.storage.received import keep_received
from assessor_app.syncing.letter import LetterKind

_SHORTEST = 8  # characters of an id: enough to mean one thing


@dataclass(frozen=True, slots=True)
class RevokedNow:
    """What is trusted no more from `since` on; `letters` tell as many devices of it."""

    devices: tuple[str, ...]
    certificates: tuple[str, ...]
    since: datetime
    letters: int


def revoke(
    workplace: Workplace,
    what: str,
    *,
    reason: str,
    passphrase: str,
    since: datetime | None = None,
) -> RevokedNow:
    """Revoke a device with all its certificates, or one certificate, by the beginning of its id.

    `since` is from when on it is trusted no more, where that was before now: what was signed after
    that instant is refused. The new trust list waits for the next `receive`. Raises StoreProblem
    `no_headquarters`, `revocation_reason_missing`, `revocation_unknown_target`, `already_revoked`,
    `revocation_in_future`, IdentityProblem `identity_passphrase_wrong`: nothing has changed then.
    """
    store, told = workplace.store, " ".join(reason.split())
    keys, now = keys_of(store), store.clock.now()
    if not told:
        raise StoreProblem("revocation_reason_missing")
    at = since or now
    if at > now:
        raise StoreProblem("revocation_in_future", since=at.astimezone())
    devices, certificates = _meant(workplace, what)
    opened_root(keys.sealed_root, passphrase)  # before anything is recorded
    entities = [f"{DEVICE}{one}" for one in devices]
    entities += [f"{CERTIFICATE}{one}" for one in certificates]
    values = {(one, REVOKED_AT): instant_text(at) for one in entities}
    values |= {(one, REVOKED_WHY): told for one in entities}
    store.log.append(Draft(STORE, EventKind.TRUSTED, values, reason=told))
    return RevokedNow(devices, certificates, at, tell_all(workplace, passphrase))


def tell_all(workplace: Workplace, passphrase: str) -> int:
    """Write a trust list as of now to every device, revoked ones too; how many there are."""
    store = workplace.store
    made = renew_trust_list(store, passphrase)
    content = {"list": base64.b64encode(made).decode()}
    drafts = [
        Written(one, LetterKind.TRUST_LIST, content) for one in certified_devices(store).values()
    ]
    keep_received(store, (), sealed_letters(store, keys_of(store), drafts))
    return len(drafts)


def _meant(workplace: Workplace, what: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The one device with its certificates, or the one certificate, that is not revoked yet."""
    store, wanted = workplace.store, "".join(what.split()).casefold()
    devices, certificates = certified_devices(store), issued_certificates(store)
    found = _beginning(devices, wanted) or _beginning(certificates, wanted)
    if len(wanted) < _SHORTEST or len(found) != 1:
        raise StoreProblem("revocation_unknown_target", target=what, count=len(found))
    one = found[0]
    revoked = devices[one].revoked if one in devices else certificates[one].revoked
    if revoked is not None:
        raise StoreProblem("already_revoked", target=one, reason=revoked.reason)
    if one in certificates:
        return (), (one,)
    own = [each for each in certificates.values() if each.device == one and not each.revoked]
    return (one,), tuple(each.fingerprint for each in own)


def _beginning(ids: Iterable[str], wanted: str) -> list[str]:
    return [one for one in ids if one.startswith(wanted)]
