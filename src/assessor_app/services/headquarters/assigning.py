"""Assigning places to a device, sealed under a code of the day where the visit is a surprise."""

import json
import secrets
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from assessor_app.domain.problem import StoreProblem
from assessor_app.sealing.cost import Cost
from assessor_app.services.enrolment import Workplace
from assessor_app.services.given_file import content_of
from assessor_app.services.headquarters.devices import CertifiedDevice, certified_devices
from assessor_app.services.headquarters.keys import keys_of
from assessor_app.services.headquarters.letters import Written, sealed_letters
from assessor_app.storage.received import keep_received
from assessor_app.syncing.assignment import (
    AssignedPlace,
    Assignment,
    assignment_json,
    read_place,
    seal_places,
)
from assessor_app.syncing.letter import LetterKind
from assessor_app.syncing.reading import as_list, as_object, as_text

_MOST_BYTES = 4 * 1024 * 1024
_SALT_BYTES = 16
_SIGNS = "ABCDEFGHJKLMNPQRSTUVWXYZ23456789"  # none that is taken for another when it is told
_CODE_SIGNS = 12  # 60 bits: who has the device can try codes for as long as they like
_SHORTEST = 3  # characters of a device's id


@dataclass(frozen=True, slots=True)
class Assigned:
    """What waits for the next `receive`; `code` is to be told on the day, None where it is open."""

    id: str
    title: str
    device: str
    places: int
    code: str | None


def assign(
    workplace: Workplace, file: Path, *, to: str, is_sealed: bool, cost: Cost | None = None
) -> Assigned:
    """Write the places of a file (JSON: `title`, `due`, `places`) to a device.

    `to` is the beginning or end of its id. Raises StoreProblem `assignment_unreadable`,
    `assignment_device_unknown`, `no_headquarters`, or as reading and writing do.
    """
    store = workplace.store
    keys, device = keys_of(store), _device(workplace, to)
    title, due, places = _read(file)
    id_, code = store.new_id(), new_code() if is_sealed else None
    sealed = None
    if code is not None:
        salt = secrets.token_bytes(_SALT_BYTES)
        sealed = seal_places(places, code, id_=id_, salt=salt, cost=cost or Cost())
    made = Assignment(id_, title, due, () if sealed else places, sealed)
    letter = Written(device, LetterKind.ASSIGNMENT, assignment_json(made))
    keep_received(store, (), sealed_letters(store, keys, [letter]))
    return Assigned(id_, title, device.id, len(places), code)


def new_code() -> str:
    """A code that can be told by telephone, in groups of four."""
    signs = "".join(secrets.choice(_SIGNS) for _ in range(_CODE_SIGNS))
    return "-".join(signs[at : at + 4] for at in range(0, _CODE_SIGNS, 4))


def _device(workplace: Workplace, to: str) -> CertifiedDevice:
    wanted = to.strip().casefold()
    found = [
        one
        for one in certified_devices(workplace.store).values()
        if one.revoked is None and (one.id.startswith(wanted) or one.id.endswith(wanted))
    ]
    if len(wanted) < _SHORTEST or len(found) != 1:
        raise StoreProblem("assignment_device_unknown", device=to, count=len(found))
    return found[0]


def _read(file: Path) -> tuple[str, date | None, tuple[AssignedPlace, ...]]:
    try:
        loaded = as_object(json.loads(content_of(file, most=_MOST_BYTES)))
        title, due = as_text(loaded["title"]).strip(), loaded.get("due")
        places = tuple(read_place(one) for one in as_list(loaded["places"]))
        day = None if due is None else date.fromisoformat(as_text(due))
    except (ValueError, KeyError, TypeError, RecursionError) as error:
        raise StoreProblem("assignment_unreadable", path=file, cause=error) from error
    if not title or not places:
        raise StoreProblem("assignment_unreadable", path=file, cause="title, places")
    return title, day, places
