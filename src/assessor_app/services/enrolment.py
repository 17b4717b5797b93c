"""Enrolment: a person, a device and a signing identity, in one store."""

import hashlib
from dataclasses import dataclass
from pathlib import Path
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import tzlocal

from assessor_app.domain.clock import Clock, NewId
from assessor_app.domain.event import STORE, EventKind, Heads, Json
from assessor_app.domain.passphrase import is_blank
from assessor_app.domain.problem import StoreProblem
from assessor_app.sealing.cost import Cost, calibrated
from assessor_app.services.entries import clean_text
from assessor_app.services.identity_record import identity_values, kept_of, settle_identities
from assessor_app.services.keys.record import settle
from assessor_app.services.keys.recovery_key import chosen_key, seal_to
from assessor_app.services.roots import settle_roots
from assessor_app.storage.attempts import one_attempt
from assessor_app.storage.log import Draft
from assessor_app.storage.store import Store, keys_path, new_store, open_store, write_identity

COMFORTABLE_PASSPHRASE = 12
"""Characters below which a passphrase is taken, but called short."""

UNWRITABLE = frozenset({"store_read_only", "not_writable", "disk_full"})
"""Codes that say that the medium takes no writes: a store on it can be read all the same."""


@dataclass(frozen=True, slots=True)
class Profile:
    """The assessor of this device, as enrolled; `zone` is where papers are dated."""

    name: str
    office: str
    nip: str | None
    position: str | None
    zone: ZoneInfo


@dataclass(frozen=True, slots=True)
class Workplace:
    """An unlocked store and whose it is.

    `notices` are what was found in opening it and has to be told, with what was done about it.
    """

    store: Store
    profile: Profile
    notices: tuple[StoreProblem, ...] = ()


def enrol(
    home: Path,
    profile: Profile,
    *,
    passphrase: str,
    signing_passphrase: str,
    clock: Clock,
    new_id: NewId,
    cost: Cost | None,
    recovery_key: Path | None = None,
) -> None:
    """Make the store, the device's key and a trial signing identity, all or nothing.

    What trying a passphrase costs is fitted to this device where `cost` is None. `recovery_key`
    is the file of headquarters' public key; where none is named, `recovery.pub` in the home is
    taken if it is there. Raises StoreProblem `already_enrolled`, `passphrase_empty`, what
    `chosen_key` raises, or as the writing does.
    """
    for secret, code in (
        (passphrase, "passphrase_empty"),
        (signing_passphrase, "signing_passphrase_empty"),
    ):
        if is_blank(secret):
            raise StoreProblem(code)
    profile = checked_profile(profile)
    recovery = chosen_key(home, recovery_key)
    from assessor_app.signing.identity import Holder, make_trial_identity, open_expired_too

    made = cost or calibrated()
    with new_store(home, passphrase, clock=clock, new_id=new_id, cost=made) as store:
        holder = Holder(name=profile.name, office=profile.office, employee_id=profile.nip)
        p12 = make_trial_identity(holder=holder, passphrase=signing_passphrase, now=clock.now())
        write_identity(store, p12)
        signs = open_expired_too(p12, signing_passphrase)
        values = profile_values(store.assessor, profile) | {
            ("setting", "timezone"): profile.zone.key,
            (f"device/{store.device.id}", "public_key"): store.device.public_key,
        }
        values |= identity_values(
            kept_of(store, store.assessor),
            file=hashlib.sha256(p12).hexdigest(),
            certificate=signs.certificate,
            chain=signs.chain,
            not_after=signs.not_after,
        )
        store.log.append(Draft(STORE, EventKind.ENROLLED, values))
        if recovery is not None:
            seal_to(store, recovery)


def profile_values(assessor: str, profile: Profile) -> dict[tuple[str, str], Json]:
    """Who an assessor is, as the record keeps it."""
    return {
        (f"assessor/{assessor}", field): getattr(profile, field)
        for field in ("name", "office", "nip", "position")
    }


def checked_profile(profile: Profile) -> Profile:
    """The profile with clean texts. Raises StoreProblem or RecordRefused for what is none."""
    texts = {
        field: clean_text(getattr(profile, field), field)
        for field in ("name", "office", "nip", "position")
    }
    if texts["name"] is None or texts["office"] is None:
        raise StoreProblem("profile_incomplete")
    return Profile(texts["name"], texts["office"], texts["nip"], texts["position"], profile.zone)


def unlock(
    home: Path, passphrase: str, *, clock: Clock, new_id: NewId, read_only: bool = False
) -> Workplace:
    """Open the store and read whose it is; `read_only` where its medium takes no writes.

    Raises StoreProblem `passphrase_wait` after several wrong ones, or as `open_store` does.
    """
    with one_attempt(keys_path(home).parent, clock):
        store = open_store(home, passphrase, clock=clock, new_id=new_id, read_only=read_only)
    return entered(store, read_only=read_only)


def entered(store: Store, *, read_only: bool = False) -> Workplace:
    """The workplace of a store that was just opened; its key file is mended where it needs it.

    Nothing is mended of a store that was opened `read_only`, and that is told. Raises StoreProblem
    `assessor_unrecorded` for whom a crash has left without a name in the record.
    """
    heads = store.log.heads(STORE)
    if (f"assessor/{store.assessor}", "name") not in heads:
        store.close()
        raise StoreProblem("assessor_unrecorded")
    profile = _profile(heads, store.assessor)
    if read_only:
        told = StoreProblem("store_opened_to_read", path=store.folder)
        return Workplace(store, profile, notices=(told,))
    settle_identities(store)
    notices = (*_migrated(store), *settle(store), *settle_roots(store))
    return Workplace(store, profile, notices=notices)


def _migrated(store: Store) -> tuple[StoreProblem, ...]:
    """That the store was brought up to date as it was opened, with the copy from before."""
    done = store.migrated
    if done is None:
        return ()
    backup = done.backup or "–"
    return (StoreProblem("store_migrated", before=done.before, after=done.after, backup=backup),)


def time_zone(name: str | None) -> ZoneInfo:
    """The named time zone, or the device's own. Raises StoreProblem `timezone_unknown`."""
    wanted = name or tzlocal.get_localzone_name() or "UTC"
    try:
        return ZoneInfo(wanted)
    except (ZoneInfoNotFoundError, ValueError, OSError) as error:
        raise StoreProblem("timezone_unknown", timezone=wanted) from error


def store_zone(heads: Heads) -> ZoneInfo:
    """Where the papers of a store are dated, by the heads of its own stream.

    Raises LookupError where they do not say, and StoreProblem `timezone_unknown`.
    """
    return time_zone(str(heads["setting", "timezone"][-1].value))


def _profile(heads: Heads, assessor: str) -> Profile:
    def text(field: str) -> str | None:
        found = heads[f"assessor/{assessor}", field][-1].value
        return None if found is None else str(found)

    return Profile(
        name=text("name") or "",
        office=text("office") or "",
        nip=text("nip"),
        position=text("position"),
        zone=store_zone(heads),
    )
