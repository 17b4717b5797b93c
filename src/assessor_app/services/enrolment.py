"""Enrolment: a person, a device and a signing identity, in one store."""

from dataclasses import dataclass
from pathlib import Path
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import tzlocal

from assessor_app.domain.clock import Clock, NewId
from assessor_app.domain.event import STORE, EventKind, Heads
from assessor_app.domain.problem import StoreProblem
from assessor_app.services.entries import clean_text
from assessor_app.signing.identity import Holder, make_trial_identity
from assessor_app.storage.keys import Cost
from assessor_app.storage.log import Draft
from assessor_app.storage.store import Store, new_store, open_store, write_identity

COMFORTABLE_PASSPHRASE = 12
"""Characters below which a passphrase is taken, but called short."""


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
    """An unlocked store and whose it is."""

    store: Store
    profile: Profile


def enrol(
    home: Path,
    profile: Profile,
    *,
    passphrase: str,
    signing_passphrase: str,
    clock: Clock,
    new_id: NewId,
    cost: Cost,
) -> None:
    """Make the store, the device's key and a trial signing identity, all or nothing.

    Raises StoreProblem `already_enrolled`, `passphrase_empty`, or as the writing does.
    """
    for secret, code in (
        (passphrase, "passphrase_empty"),
        (signing_passphrase, "signing_passphrase_empty"),
    ):
        if not secret:
            raise StoreProblem(code)
    profile = _checked(profile)
    with new_store(home, passphrase, clock=clock, new_id=new_id, cost=cost) as store:
        holder = Holder(name=profile.name, office=profile.office, employee_id=profile.nip)
        p12 = make_trial_identity(holder=holder, passphrase=signing_passphrase, now=clock.now())
        write_identity(store, p12)
        assessor = f"assessor/{store.assessor}"
        store.log.append(
            Draft(
                STORE,
                EventKind.ENROLLED,
                {
                    (assessor, "name"): profile.name,
                    (assessor, "office"): profile.office,
                    (assessor, "nip"): profile.nip,
                    (assessor, "position"): profile.position,
                    ("setting", "timezone"): profile.zone.key,
                },
            )
        )


def _checked(profile: Profile) -> Profile:
    """The profile with clean texts. Raises StoreProblem or RecordRefused for what is none."""
    texts = {
        field: clean_text(getattr(profile, field), field)
        for field in ("name", "office", "nip", "position")
    }
    if texts["name"] is None or texts["office"] is None:
        raise StoreProblem("profile_incomplete")
    return Profile(texts["name"], texts["office"], texts["nip"], texts["position"], profile.zone)


def unlock(home: Path, passphrase: str, *, clock: Clock, new_id: NewId) -> Workplace:
    """Open the store and read whose it is. Raises StoreProblem as `open_store` does."""
    store = open_store(home, passphrase, clock=clock, new_id=new_id)
    return Workplace(store, _profile(store.log.heads(STORE), store.assessor))


def time_zone(name: str | None) -> ZoneInfo:
    """The named time zone, or the device's own. Raises StoreProblem `timezone_unknown`."""
    wanted = name or tzlocal.get_localzone_name() or "UTC"
    try:
        return ZoneInfo(wanted)
    except (ZoneInfoNotFoundError, ValueError, OSError) as error:
        raise StoreProblem("timezone_unknown", timezone=wanted) from error


def _profile(heads: Heads, assessor: str) -> Profile:
    def text(field: str) -> str | None:
        found = heads[f"assessor/{assessor}", field][-1].value
        return None if found is None else str(found)

    return Profile(
        name=text("name") or "",
        office=text("office") or "",
        nip=text("nip"),
        position=text("position"),
        zone=time_zone(str(heads["setting", "timezone"][-1].value)),
    )
